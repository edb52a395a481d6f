"""The bench of the folders' tests has teeth in every world: it finds a driver with a bug, and gives and takes what a block needs."""

import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bedplate.block import Kind
from bedplate.bus import MemoryBus, Request, ms
from bedplate.chips.bench import benches
from bedplate.chips.bench.supply.driver import Supply
from bedplate.chips.bench.wiring import FIRST, STEP, part_of, supply_name
from bedplate.component import component_of
from bedplate.dv.conformance import states
from bedplate.dv.kill.patient import deaths
from bedplate.dv.testbed.base import Testbed
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed, sample
from bedplate.env.rtl.designs import ROOT, design_of
from bedplate.ip.d2d.model import D2dModel
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcConfig, HbmMcState
from bedplate.ip.hbm_mc.model import HbmMcModel
from bedplate.ip.pll.driver import Pll, PllConfig
from bedplate.ip.pll.model import PllModel

WANT = PllConfig(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)


@pytest.fixture(params=[ModelTestbed, RtlTestbed])
def bench(request):
    made = []

    def make(*what):
        made.append(request.param(*what))
        return made[-1]

    yield make
    for bed in made:
        bed.close()


def test_the_table_of_what_may_be_done_on_a_bench_is_that_of_the_bench():
    (rows,) = re.findall(r"\| on the bench \|.*\n.*\n((?: +\|.*\n)+)", (ROOT / "CONTRIBUTING.md").read_text())
    said = [verb for row in rows.splitlines() for verb in re.findall(r"`(.+?)`", row.split("|")[1])]
    ours_alone = {"of", "close"}  # the fixture's
    assert sorted(said) == sorted(
        _as_said(name) for name in {*vars(Testbed), "model"} if name[0] != "_" and name not in ours_alone
    )


def _as_said(name):
    one = getattr(ModelTestbed, name)
    if isinstance(one, property):
        return name
    _, *taken = inspect.signature(one).parameters.values()
    return f"{name}({', '.join(str(each.replace(annotation=each.empty, default=each.empty)) for each in taken)})"


def test_a_driver_that_remembers_does_not_survive(bench, with_memory):
    pll = bench(Pll, WANT, PllModel())
    pll.plant("no_lock", times=1)
    with pytest.raises(AssertionError):
        pll.survives_every_kill()


def test_what_a_block_needs_to_answer_is_taken_and_given(bench):
    mc = bench(HbmMc, HbmMcConfig(), HbmMcModel())
    mc.boot()
    for kind in ("power", "reset"):
        mc.withdraw(kind)
        mc.give(kind)
        assert mc.state is HbmMcState.STOPPED, "nothing is left of what was"
        mc.boot()


def test_device_time_is_slept_to_the_end_however_long(bench):
    pll = bench(Pll, WANT, PllModel())
    for duration in (ms(1), ms(43), ms(500)):
        before = pll.now()
        pll.sleep(duration)
        assert duration <= pll.now() - before < duration + ms(0.01)


def test_a_sample_is_found_by_its_parameters():
    for bench in benches().values():
        component, parts = bench.component, bench(MemoryBus(0)).parts
        for part, one in zip(parts, component.samples, strict=True):
            like = component.number_like(component.model(**one.parameters))
            assert part_of(component, like) == (part.name, part.regs.base)
    with pytest.raises(LookupError, match="no sample of pll"):
        component_of(Pll).number_like(PllModel(lock_time=1))


@pytest.mark.parametrize(
    "samples", ["", ", samples=(Sample(),)", ", samples=(Sample(), Sample())", ", samples=(Sample(None, {'side': 0}),)"]
)
def test_ends_of_a_pair_may_be_alike(samples, tmp_path, monkeypatch):
    """In a package outside of this tree, whose author has said no more than what a type has to say."""
    folder = tmp_path / "ours" / "end"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "__init__.py").touch()
    (folder / "driver.py").write_text("from bedplate.ip.d2d.driver import D2d\n\nclass End(D2d):\n    pass\n")
    (folder / "component.py").write_text(
        "from bedplate.component import Component, Sample\nfrom bedplate.ip.d2d.model import D2dModel\n"
        f"from ours.end.driver import End\n\nCOMPONENT = Component(End, D2dModel{samples})\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    try:
        component = import_module("ours.end.component").COMPONENT
        report = states.check(component.driver, None, D2dModel)
        assert (report.failed, report.checks > 100) == ((), True)
        bed = ModelTestbed.of(component)
        bed.boot()
        assert (bed.base, bed.far_base) == (FIRST, FIRST + STEP)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "ours"]:
            del sys.modules[name]


@pytest.mark.parametrize("bench", benches().values(), ids=lambda bench: bench.name)
def test_a_bench_is_made_of_its_own_type_alone(bench):
    """Whatever others there are, and whatever is wrong with them: so it is built anew for the sake of no other."""
    files = [path.relative_to(ROOT) for path in design_of(bench).files()]
    folders = {path.parts[3] for path in files if path.parts[:3] == ("src", "bedplate", "ip")}
    assert folders == {bench.component.name}
    tops = {path.parent for path in files if path.parts[:2] == ("hw", "bench")}
    assert tops == {Path("hw", "bench", bench.component.name)}
    chip = bench(MemoryBus(0))
    assert {type(block) for block in chip.all} == {bench.component.driver, Supply}
    assert chip.parts[0].regs.base == FIRST
    assert {supply.name for supply in chip.supply} == {
        supply_name(kind) for kind in {Kind.POWER, *bench.component.driver.requires}
    }


def test_a_sample_of_deaths_is_spread_and_two_in_three_are_at_writes():
    requests = [Request(at, 1, (0,) if at % 3 == 0 else None) for at in range(90)]
    chosen = sample(requests, 30)
    assert len(chosen) == 30
    assert sum(requests[death.at].is_write for death in chosen) == 20
    assert {death.variant for death in chosen} == {"before", "after", "later"}
    assert max(death.at for death in chosen) > 70
    assert sample(requests[:3], 30) == {death for at in range(3) for death in deaths(at, requests[at])}


def test_a_folder_that_is_broken_breaks_no_other_ones_bench(tmp_path):
    """And it is said as its author's mistake, with the place, not as ours."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "component.py").write_text("COMPONENT = Compnent()\n")
    code = (
        f"import bedplate.ip; bedplate.ip.__path__.append({str(tmp_path)!r})\n"
        "from bedplate.env import chip_type\n"
        "from bedplate.errors import ConfigError\n"
        "print(chip_type('bench.pll').name)\n"
        "try: chip_type('bench.broken')\n"
        "except ConfigError as error: print(error.what, error.where)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("bench.pll\nthe module bedplate.ip.broken.component cannot be imported: NameError")
    assert "component.py:1" in said
