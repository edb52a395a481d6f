"""The power manager: rails are good when the chip says so."""

import pytest

from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.pwrmgr.driver import Pwrmgr, PwrmgrState
from bedplate.ip.pwrmgr.model import PwrmgrModel


@pytest.fixture
def pwrmgr(bench):
    return bench(Pwrmgr, None, PwrmgrModel(), (0x0, 0x5057524D))


def test_waits_for_the_rails_and_writes_nothing(pwrmgr):
    assert pwrmgr.state() is PwrmgrState.RAMPING
    report = pwrmgr.converge()
    assert (report.ok, report.writes) == (True, 0)


def test_a_rail_that_leaves_its_tolerance_is_reported_with_what_is_good(pwrmgr):
    pwrmgr.model.plant_text("dut:rail_fault")
    error = pwrmgr.error()
    assert isinstance(error, NoWayOut)
    assert "rail_good=29" in error.got


def test_rails_that_never_ramp_run_out_of_their_budget(pwrmgr):
    pwrmgr.plant_at_power_on("stuck_busy")
    assert isinstance(pwrmgr.error(), PollTimeout)
