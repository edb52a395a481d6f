"""The whole chip in a simulator: how long it takes to build, how long to boot, and what takes that long."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bedplate.bench.boot import Playback, Tape
from bedplate.bench.suite import Figure
from bedplate.env import chip_type, open_bus, parse
from bedplate.env.rtl.build import simulator
from bedplate.env.rtl.designs import design_of
from bedplate.errors import duration

TARGET = "rtl:tern"


def boot(quick: bool) -> Iterator[Figure]:
    """From power-on until every instance is at its goal; once, since it is long enough."""
    kind = chip_type(parse(TARGET).name)
    bus = open_bus(TARGET, kind)
    from bedplate.env.rtl.simulation import Simulation  # needs packages, whose absence the environment has words for

    assert isinstance(bus, Simulation)
    tape = Tape(bus)
    before, began, busy = bus.slots, time.perf_counter(), time.process_time()
    report = kind(tape).converge()
    wall, busy, slots = time.perf_counter() - began, time.process_time() - busy, bus.slots - before
    bus.close()
    alone = time.process_time()
    kind(Playback(tape.answers)).converge()
    alone = time.process_time() - alone
    device = duration(report.device_time)
    work = f"{len(report.lines)} instances, {report.transactions} transactions, {device} of device time"
    each = f"{(busy - alone) / slots * 1e6:.1f} us each; a transfer takes 6 or more, during the others the HAL waits"
    yield Figure("simulator", f"boot of {TARGET}", wall, "s", note=work)
    share = Figure("simulator", "the HAL's share of it", alone * 1e3, "ms", alone / busy)
    yield share._replace(note=f"{alone / busy:.1%} of its CPU time: the same boot, played from a tape")
    yield Figure("simulator", "clock edges per transaction", slots / report.transactions, "", note=each)


def build(quick: bool) -> Iterator[Figure]:
    """A build where nothing is cached, and its parts. Not when it is to be quick."""
    if quick:
        return
    said: list[tuple[float, str]] = []
    design = design_of(chip_type(parse(TARGET).name))
    with _empty_cache():
        simulator(design, lambda text: said.append((time.perf_counter(), text)))
    began, compiling, ended = said[0][0], next(at for at, text in said if "compiled" in text), said[-1][0]
    total, verilating = ended - began, compiling - began
    files = next(text for _, text in said if "compiled" in text).partition(" of ")[2]
    where = f"{len(design.files())} files of SystemVerilog, on {os.cpu_count()} processors"
    yield Figure("simulator", f"cold build of {TARGET}", total, "s", note=where)
    yield Figure("simulator", "Verilator's share of it", verilating, "s", verilating / total, note="in one process")
    compiled = Figure("simulator", "the C++ compiler's share of it", total - verilating, "s", 1 - verilating / total)
    yield compiled._replace(note=f"{files}, and the linker")


@contextmanager
def _empty_cache() -> Iterator[None]:
    """Nothing is found as built, and nothing is kept."""
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
