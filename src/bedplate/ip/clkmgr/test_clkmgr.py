"""The clock manager: roots go to their PLLs one by one, and never both ways at once."""

import pytest

from bedplate.block import us
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.clkmgr.driver import Clkmgr, ClkmgrState
from bedplate.ip.clkmgr.model import ClkmgrModel
from bedplate.ip.clkmgr.regs import ClockSourceE

ROOTS = ("sys", "noc", "hbm0")


@pytest.fixture
def clkmgr(bench):
    return bench(Clkmgr, ROOTS, ClkmgrModel(roots=ROOTS))


def test_takes_the_core_root_from_its_pll_and_no_other(clkmgr):
    assert clkmgr.writes() == [("root[0]", 1)]
    assert clkmgr.dut.regs.status.read().on_pll == 0b001


def test_killed_anywhere(clkmgr):
    clkmgr.survives_every_kill()


def test_killed_anywhere_while_trying_again(clkmgr):
    clkmgr.plant("dead_clock", times=1)
    clkmgr.survives_every_kill()


@pytest.mark.model_only("the RTL's switch is through before the next access")
def test_a_root_that_leaves_its_pll_is_not_at_its_goal(clkmgr):
    clkmgr.boot().regs.root[0].modify(source=ClockSourceE.REFERENCE)
    assert clkmgr.dut.regs.status.read().on_pll == 0b001, "not yet"
    assert clkmgr.state is ClkmgrState.RETURNING
    clkmgr.boot()


def test_a_closed_gate_is_no_dead_clock_whatever_happened_before(clkmgr):
    clkmgr.plant("dead_clock", times=1)
    regs = clkmgr.boot().regs
    assert regs.errors.read().dead == 0b001
    regs.root[0].modify(enable=False)
    assert clkmgr.state is ClkmgrState.ON_REFERENCE
    clkmgr.boot()


def test_other_roots_are_turned_on_for_their_users(clkmgr):
    root = clkmgr.boot().root("hbm0")
    assert not root.is_on()
    root.turn_on()
    assert root.is_coming() or root.is_on()
    clkmgr.sleep(root.limit)
    assert root.is_on()
    assert clkmgr.dut.regs.status.read().on_pll == 0b101
    assert clkmgr.violations() == []


def test_a_root_that_is_turned_off_stops_and_goes_back_to_the_reference(clkmgr):
    root = clkmgr.boot().root("hbm0")
    root.turn_on()
    clkmgr.sleep(root.limit)
    root.turn_off()
    clkmgr.sleep(root.limit)
    assert not root.is_on()
    status = clkmgr.dut.regs.status.read()
    assert (status.on_pll, status.enabled >> 2 & 1) == (0b001, 0)


def test_the_core_root_never_loses_its_clock(clkmgr):
    clkmgr.boot()
    clkmgr.leads_down()
    assert clkmgr.dut.regs.status.read().enabled & 1
    clkmgr.plant("dead_clock", times=1)
    clkmgr.dut.switch()
    clkmgr.sleep(us(30))
    assert clkmgr.state is ClkmgrState.DEAD_CLOCK
    clkmgr.dut.back_to_reference()
    assert clkmgr.dut.regs.status.read().enabled & 1


def test_a_root_of_another_name_is_refused_in_the_wiring(clkmgr):
    with pytest.raises(ValueError, match="tuple"):
        clkmgr.dut.root("usb")


def test_a_dead_clock_is_given_up_and_tried_again(clkmgr):
    clkmgr.plant("dead_clock", times=1)
    clkmgr.boot()
    assert clkmgr.dut.regs.errors.read().dead == 0b001, "evidence survives"


def test_a_clock_that_stays_dead_is_reported(clkmgr):
    clkmgr.plant("dead_clock")
    error = clkmgr.fails(NoWayOut, ClkmgrState.DEAD_CLOCK)
    assert "dead=1" in error.got


def test_a_switch_that_is_asked_again_while_it_switches_begins_anew(clkmgr):
    clkmgr.plant("dead_clock", times=1)
    for _ in range(2):
        clkmgr.dut.switch()
    clkmgr.sleep(us(30))
    assert clkmgr.state is ClkmgrState.ON_PLL
    assert not clkmgr.dut.regs.errors.read().dead, "the first attempt is no longer there to give up"
    assert len(clkmgr.violations()) == 1


def test_a_switch_that_never_ends_runs_out_of_its_budget(clkmgr):
    clkmgr.plant("stuck_busy")
    clkmgr.fails(PollTimeout, ClkmgrState.SWITCHING)
