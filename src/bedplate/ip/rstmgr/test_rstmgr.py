"""The reset manager: lines are released one by one, and never asserted by attaching."""

import pytest

from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.rstmgr.driver import Rstmgr, RstmgrState
from bedplate.ip.rstmgr.model import RstmgrModel

LINES = ("noc", "hbm")


@pytest.fixture
def rstmgr(bench):
    return bench(Rstmgr, LINES, RstmgrModel(lines=LINES))


def test_waits_for_the_power_on_sequence_and_writes_nothing(rstmgr):
    assert rstmgr.state is RstmgrState.SEQUENCING
    assert rstmgr.writes() == []
    assert rstmgr.state is RstmgrState.READY


def test_killed_anywhere(rstmgr):
    rstmgr.survives_every_kill()


def test_killed_anywhere_after_a_reset_behind_our_back(rstmgr):
    rstmgr.boot()
    rstmgr.model.reset("spontaneous")
    rstmgr.survives_every_kill()


def test_releasing_a_line_leaves_the_others(rstmgr):
    dut = rstmgr.boot()
    dut.line("hbm").turn_on()
    rstmgr.chip.sleep(dut.line("hbm").limit)
    assert dut.line("hbm").is_on()
    assert not dut.line("noc").is_on()
    assert rstmgr.model.provides("hbm")
    assert not rstmgr.model.provides("noc")


def test_asserting_a_line_is_a_hazard(rstmgr):
    line = rstmgr.boot().regs.line[0]
    for released in (True, False):
        line.write(released=released)
        rstmgr.chip.sleep(1000)
    assert [hazard.text for hazard in rstmgr.chip.hazards()] == ["line 0 asserted"]


def test_a_sequence_that_never_ends_runs_out_of_its_budget(rstmgr):
    rstmgr.plant_at_power_on("stuck_busy")
    rstmgr.fails(PollTimeout, RstmgrState.SEQUENCING)


def test_an_inconsistency_is_reported_with_its_code(rstmgr):
    rstmgr.model.hw.status.error = 3
    assert "error=3" in rstmgr.fails(NoWayOut, RstmgrState.INCONSISTENT).got


def test_the_cause_of_the_last_reset_is_left_for_its_owner(rstmgr):
    rstmgr.boot()
    assert rstmgr.model.hw.info.por


def test_a_cause_that_its_owner_cleared_does_not_come_back_with_a_reset_of_the_block(rstmgr):
    regs = rstmgr.boot().regs
    rstmgr.model.hw.info.watchdog = True
    regs.info.clear(por=True)
    rstmgr.model.reset("spontaneous")
    info = regs.info.read()
    assert not info.por
    assert info.watchdog
