"""The reset manager: lines are released one by one, and never asserted by attaching."""

import pytest

from bedplate.errors import PollTimeout
from bedplate.ip.rstmgr.driver import Rstmgr, RstmgrState
from bedplate.ip.rstmgr.model import RstmgrModel

ID = (0x0, 0x5253544D)
LINES = ("noc", "hbm")


def make(bench):
    return bench(Rstmgr, LINES, RstmgrModel(lines=LINES), ID)


@pytest.fixture
def rstmgr(bench):
    return make(bench)


def test_waits_for_the_power_on_sequence_and_writes_nothing(rstmgr):
    assert rstmgr.state() is RstmgrState.SEQUENCING
    report = rstmgr.converge()
    assert (report.ok, report.writes) == (True, 0)


def test_survives_a_kill_at_every_transaction(bench, kill_everywhere):
    kill_everywhere(lambda: make(bench))


def test_releasing_a_line_leaves_the_others(rstmgr):
    rstmgr.converge()
    dut = rstmgr.chip(rstmgr.model).dut
    dut.line("hbm").turn_on()
    rstmgr.model.sleep(dut.line("hbm").limit)
    assert dut.line("hbm").is_on()
    assert not dut.line("noc").is_on()
    assert rstmgr.dut.provides("hbm")
    assert not rstmgr.dut.provides("noc")


def test_asserting_a_line_is_a_hazard(rstmgr):
    rstmgr.converge()
    regs = rstmgr.chip(rstmgr.model).dut.regs
    regs.line[0].write(released=True)
    rstmgr.model.sleep(1000)
    regs.line[0].write(released=False)
    rstmgr.model.sleep(1000)
    assert [hazard.text for hazard in rstmgr.model.hazards()] == ["line 0 asserted"]


def test_a_sequence_that_never_ends_runs_out_of_its_budget(rstmgr):
    rstmgr.plant_at_power_on("stuck_busy")
    assert isinstance(rstmgr.error(), PollTimeout)


def test_an_inconsistency_is_reported_with_its_code(rstmgr):
    rstmgr.dut.hw.status.error = 3
    assert "error=3" in rstmgr.error().got


def test_the_cause_of_the_last_reset_is_left_for_its_owner(rstmgr):
    rstmgr.converge()
    assert rstmgr.dut.hw.info.por
