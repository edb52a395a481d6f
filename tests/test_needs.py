"""Needs are physics: what the loss of each kind of need costs a block is declared, and the block says so, on model and RTL."""

import pytest

from bedplate.block import SERVICE, Effect, Kind, Step
from bedplate.bus import MemoryBus, ms, us
from bedplate.chips.tern import Tern
from bedplate.chips.tern import configuration as c
from bedplate.component import component_of, components
from bedplate.converge.effects import users_lose
from bedplate.converge.scheduler import Scheduler
from bedplate.converge.scope import cells
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed
from bedplate.env import chip_type, known_chips, open_bus
from bedplate.errors import NoWayOut
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcState
from bedplate.ip.hbm_phy.driver import HbmPhy, HbmPhyState
from bedplate.ip.pll.driver import Pll, PllState
from bedplate.ip.ppu.driver import PpuState

WORLDS = {"model": ModelTestbed, "rtl": RtlTestbed}
TYPES = [component.driver for component in components().values() if component.samples]
NEEDS = [(driver, kind) for driver in TYPES for kind in driver.requires]
HARMLESS = [(driver, kind) for driver, kind in NEEDS if driver.loses.get(kind) is Effect.NONE]


def names(item):
    return getattr(item, "__name__", getattr(item, "value", None))


@pytest.fixture(params=WORLDS)
def bench(request):
    made = []

    def make(driver):
        made.append(WORLDS[request.param].of(component_of(driver)))
        return made[-1]

    yield make
    for bed in made:
        bed.close()


def interrupt(bed, kind):
    """What it needs goes for a while."""
    bed.withdraw(kind.value)
    bed.sleep(ms(1))
    bed.give(kind.value)
    bed.sleep(us(5))


# What is declared.


@pytest.mark.parametrize("name", known_chips())
def test_each_kind_of_need_of_each_type_is_declared(name):
    missing = {
        f"{type(block).__name__}: {need.kind.value}"
        for block in chip_type(name)(MemoryBus(0)).all
        for need in block.needs
        if need.kind not in type(block).loses
    }
    assert missing == set()


def test_so_is_that_of_the_types_that_lie_on_the_bench_alone():
    assert {(driver.__name__, kind) for driver, kind in NEEDS if kind not in driver.loses} == set()


def test_nothing_is_declared_that_nobody_needs():
    chips = [chip_type(name)(MemoryBus(0)) for name in known_chips()]
    wired = {(type(block), need.kind) for chip in chips for block in chip.all for need in block.needs}
    types = {type(block) for chip in chips for block in chip.all}
    assert {(driver, kind) for driver in types for kind in driver.loses} - wired == set()


@pytest.mark.parametrize(
    ("provider", "lost"),
    [
        ("die0.pll.hbm0", Effect.STOPS_TRAFFIC | Effect.LOSES_DATA),
        ("die0.pll.sys", Effect.STOPS_TRAFFIC | Effect.LOSES_DATA),
        ("die0.pll.noc", Effect.NONE),
        ("die0.otp", Effect.NONE),  # calibration was handed over, and who may be fused off takes nothing from the fuses
    ],
)
def test_what_the_users_of_an_instance_lose_with_it(provider, lost):
    """So much the gate and the plan count for a step of it that withdraws."""
    assert users_lose(cells(Tern(MemoryBus(0)), SERVICE, None)[provider]) == lost


# That it is so.


@pytest.mark.parametrize(("driver", "kind"), NEEDS, ids=names)
def test_a_need_that_goes_and_comes_back(bench, driver, kind):
    bed = bench(driver)
    bed.boot()
    before = bed.registers()
    interrupt(bed, kind)
    taken = len(bed.violations())
    if driver.loses[kind]:
        assert bed.state is not driver.goal, "something is lost, and the block says so"
        bed.boot()
    else:
        assert bed.registers() == before, "nothing is lost"
    assert bed.state is driver.goal
    assert bed.writes() == []
    assert len(bed.violations()) == taken, "who took it may have done wrong, but not who repairs it"


@pytest.mark.parametrize(("driver", "kind"), HARMLESS, ids=names)
def test_without_what_is_harmless_to_lose_the_way_up_ends_in_the_same(bench, driver, kind):
    """In the midst of what it does by itself, too: it stands still, or goes on, and nobody can tell later."""
    undisturbed, bed = bench(driver), bench(driver)
    for one in (undisturbed, bed):
        for when, _ in zip(Scheduler(one.hal()).go(), range(10), strict=False):
            one.sleep(max(when - one.now(), 0))
            if one is bed:
                interrupt(one, kind)
        one.boot()
    assert bed.registers() == undisturbed.registers()


# Clocks have rates.


@pytest.mark.parametrize("driver", [HbmPhy, HbmMc], ids=names)
def test_what_is_made_for_a_clock_of_another_rate_is_not_used(bench, driver):
    bed = bench(driver)
    bed.boot()
    bed.change_rate(1510)
    bed.sleep(us(5))
    assert bed.state is not driver.goal
    bed.fails(NoWayOut, type(driver.goal).WRONG_RATE)
    assert bed.violations_are(), "it was not even tried"
    bed.change_rate(1660)
    bed.boot()
    assert bed.violations_are()


class TestTern:
    """The PLL of a stack feeds the stack."""

    @pytest.fixture(params=["model:tern", "rtl:tern"])
    def bus(self, request):
        bus = open_bus(request.param)
        assert Tern(bus).converge(only=[f"die0.hbm{n}.mc0" for n in range(2)]).ok
        yield bus
        if hasattr(bus, "close"):
            bus.close()

    def states(self, bus, stack):
        hbm = Tern(bus).die[0].hbm[stack]
        return [hbm.phy.observe(), hbm.mc[0].observe()]

    def test_its_loss_of_lock_is_seen_by_what_it_feeds_and_by_nobody_else(self, bus):
        bus.plant_text("die0.pll.hbm0:lock_lost=1000*1")
        bus.sleep(ms(1))
        assert self.states(bus, 0) == [HbmPhyState.LOCK_LOST, HbmMcState.DFI_LOST]
        assert self.states(bus, 1) == [HbmPhyState.READY, HbmMcState.IN_SERVICE]
        assert Tern(bus).converge(only=["die0.hbm0.mc0"]).ok
        assert len(bus.violations()) == 0

    def test_a_clock_of_another_rate_leaves_nobody_content(self, bus):
        """Somebody else plans another rate for the PLL, and keeps to the rules of the PLL."""
        other = Tern(bus)
        other.bus.forced = True
        pll = other.die[0].pll.hbm0
        slow = Pll(pll.regs, c.PLL_HBM._replace(fbdiv=30), *pll.needs)
        slow.restart()
        while (state := slow.observe()) is not PllState.RUNNING:
            way = Pll.way_from(state)
            if isinstance(way, Step):
                way.run(slow)
            else:
                bus.sleep(way.typical)
        assert self.states(bus, 0) == [HbmPhyState.LOCK_LOST, HbmMcState.DFI_LOST]
        assert Tern(bus).converge(only=["die0.hbm0.mc0"]).ok, (
            "the plan stands: the PLL is led back, and all that it feeds"
        )
        assert len(bus.violations()) == 0


def test_a_rail_of_a_die_takes_along_what_hangs_on_it():
    """Down to the memory of its stacks; and the die comes up again."""
    bus = open_bus("model:tern")
    chip = Tern(bus)
    assert chip.converge().ok
    bus.plant_text("die0.pwrmgr:block_reset*1")
    bus.sleep(ms(1))
    die = chip.die[0]
    assert {block.observe().is_fault for block in die.pll.instances()} == {True}
    assert {block.observe() for block in (die.ppu.fab, die.ppu.io, die.ppu.se0, die.ppu.hbm0)} == {PpuState.OFF}
    taken = len(bus.violations())
    assert chip.converge().ok
    assert len(bus.violations()) == taken


def test_kinds_that_gate_access_are_known_to_the_bench():
    """What the table above cannot interrupt on the bench, `dv wiring` interrupts on the chip: a clock manager in a domain."""
    tern = Tern(MemoryBus(0))
    wired = {(type(block), need.kind) for block in tern.all for need in block.needs}
    assert {(driver.__name__, kind) for driver, kind in wired - set(NEEDS)} == {
        ("Clkmgr", Kind.POWER),
        ("Clkmgr", Kind.RESET),
    }
