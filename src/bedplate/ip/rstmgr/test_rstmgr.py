"""The reset manager: lines are released and asserted one by one, the latter never by attaching."""

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
    rstmgr.reset()
    rstmgr.survives_every_kill()


def test_releasing_a_line_leaves_the_others(rstmgr):
    dut = rstmgr.boot()
    dut.line("hbm").turn_on()
    rstmgr.sleep(dut.line("hbm").limit)
    assert dut.line("hbm").is_on()
    assert not dut.line("noc").is_on()


def test_a_line_is_asserted_and_leaves_the_others_alone(rstmgr):
    dut = rstmgr.boot()
    lines = [dut.line(name) for name in ("noc", "hbm")]
    for line in lines:
        line.turn_on()
    rstmgr.sleep(1000)
    lines[0].turn_off()
    assert not lines[0].is_coming()
    rstmgr.sleep(1000)
    assert [line.is_on() for line in lines] == [False, True]
    assert rstmgr.violations() == []


def test_a_sequence_that_never_ends_runs_out_of_its_budget(rstmgr):
    rstmgr.plant_at_power_on("stuck_busy")
    rstmgr.fails(PollTimeout, RstmgrState.SEQUENCING)


@pytest.mark.model_only("hardware that is right never gets there: only its own state could be bent")
def test_an_inconsistency_is_reported_with_its_code(rstmgr):
    rstmgr.model.hw.status.error = 3
    assert "error=3" in rstmgr.fails(NoWayOut, RstmgrState.INCONSISTENT).got


def test_the_cause_of_the_last_reset_is_left_for_its_owner(rstmgr):
    rstmgr.boot()
    assert rstmgr.dut.regs.info.read().por


def test_a_cause_that_its_owner_cleared_does_not_come_back_with_a_reset_of_the_block(rstmgr):
    regs = rstmgr.boot().regs
    regs.info.clear(por=True)
    rstmgr.reset()
    assert not regs.info.read().por


@pytest.mark.model_only("nothing on this bench causes resets that the manager would log: power-on alone sets a cause")
def test_a_cause_that_nobody_cleared_stays(rstmgr):
    regs = rstmgr.boot().regs
    rstmgr.model.hw.info.watchdog = True
    regs.info.clear(por=True)
    rstmgr.reset()
    assert regs.info.read().watchdog
