"""The clock manager: roots go to their PLLs one by one, and never both ways at once."""

import pytest

from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.clkmgr.driver import Clkmgr, ClkmgrState
from bedplate.ip.clkmgr.model import ClkmgrModel

ID = (0x0, 0x434C4B4D)
ROOTS = ("sys", "noc", "hbm0")


def make(bench):
    return bench(Clkmgr, ROOTS, ClkmgrModel(roots=ROOTS), ID)


@pytest.fixture
def clkmgr(bench):
    return make(bench)


def test_takes_the_core_root_from_its_pll(clkmgr):
    report = clkmgr.converge()
    assert (report.ok, report.writes) == (True, 1)
    assert clkmgr.dut.hw.status.on_pll == 0b001
    assert clkmgr.converge().writes == 0


def test_survives_a_kill_at_every_transaction(bench, kill_everywhere):
    kill_everywhere(lambda: make(bench))


def test_other_roots_are_turned_on_for_their_users(clkmgr):
    clkmgr.converge()
    root = clkmgr.chip(clkmgr.model).dut.root("hbm0")
    assert not root.is_on()
    root.turn_on()
    clkmgr.model.sleep(root.limit)
    assert root.is_on()
    assert clkmgr.dut.hw.status.on_pll == 0b101
    assert clkmgr.model.hazards() == []


def test_a_root_of_another_name_is_refused_in_the_wiring(clkmgr):
    with pytest.raises(ValueError, match="tuple"):
        clkmgr.chip(clkmgr.model).dut.root("usb")


def test_a_dead_clock_is_given_up_and_tried_again(clkmgr):
    clkmgr.model.plant_text("dut:dead_clock*1")
    assert clkmgr.converge().ok


def test_a_clock_that_stays_dead_is_reported(clkmgr):
    clkmgr.model.plant_text("dut:dead_clock")
    error = clkmgr.error()
    assert isinstance(error, NoWayOut)
    assert "dead=1" in error.got
    assert clkmgr.state() is ClkmgrState.DEAD_CLOCK


def test_a_switch_that_never_ends_runs_out_of_its_budget(clkmgr):
    clkmgr.model.plant_text("dut:stuck_busy")
    assert isinstance(clkmgr.error(), PollTimeout)
