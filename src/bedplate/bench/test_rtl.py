"""The figures about the simulator: that they are of what they say. How large they are is a measurement, not a test."""

import subprocess
import sys

import pytest

from bedplate.bench import cocotb as bench_cocotb
from bedplate.bench import rtl as bench_rtl
from bedplate.bench import rtl_chip as bench_rtl_chip
from bedplate.bus import MemoryBus
from bedplate.env import cache
from bedplate.errors import EnvError, ToolMissing


@pytest.fixture
def few_reads(monkeypatch):
    """No simulator of ours: only the other one runs."""
    monkeypatch.setattr(bench_rtl, "open_bus", lambda target: MemoryBus(64))


def test_cocotb_reads_what_we_read_by_itself_and_under_the_hal(few_reads):
    figures = {figure.name: figure for figure in bench_rtl.against_cocotb(quick=True)}
    assert set(figures) == {"read, against one by cocotb alone", "read, against one by the HAL in cocotb"}
    for figure in figures.values():
        assert figure.target == 0.1
        assert figure.met  # a list in memory against a simulator
        assert "Icarus" in figure.note


def test_a_benchmark_that_fails_inside_cocotb_is_an_error_with_its_last_words(tmp_path):
    once = bench_cocotb.prepare(tmp_path, reads=0)
    with pytest.raises(EnvError, match="ZeroDivisionError"):
        once()


def test_a_build_is_measured_cold_and_after_an_edit(monkeypatch):
    seen = []

    def simulator(design, listen):
        seen.append((design.name, [*design.changed], cache.cache_folder()))
        subprocess.run([sys.executable, "-c", "sum(range(1000000))"], check=True)  # what a build starts is counted

    monkeypatch.setattr(bench_rtl_chip, "simulator", simulator)
    figures = {figure.name: figure for figure in bench_rtl_chip.build(quick=False)}
    assert [name for name, *_ in seen] == ["bench.pll", "tern", "tern", "tern", "bench.pll"]
    assert [changed for _, changed, _ in seen] == [[], [], *([file] for file in bench_rtl_chip.EDITED), []]
    alone, *rest = (folder for *_, folder in seen)
    assert len({alone, *rest, cache.cache_folder()}) == 3, (
        "the bench alone, all others together, and not where we keep ours"
    )
    assert len(set(rest)) == 1
    cold = figures["cold build of rtl:tern"]
    assert cold.measured > 0
    edited = figures["build of rtl:tern after an edit of pll.sv"]
    assert edited.ratio == edited.measured / cold.measured
    assert list(bench_rtl_chip.build(quick=True)) == []


def test_what_cannot_be_measured_is_named_and_hinders_nothing_else(monkeypatch):
    def missing(*args):
        raise ToolMissing("verilator is not installed", next="apt-get install verilator")

    for name, place in (("open_bus", bench_rtl), ("open_bus", bench_rtl_chip), ("simulator", bench_rtl_chip)):
        monkeypatch.setattr(place, name, missing)
    figures = list(bench_rtl.simulator(quick=False))
    assert [figure.measured for figure in figures] == [None] * 4
    assert {figure.note for figure in figures} == {"verilator is not installed: apt-get install verilator"}
