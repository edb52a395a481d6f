"""The power manager: rails are good when the chip says so."""

import pytest

from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.pwrmgr.driver import Pwrmgr, PwrmgrState
from bedplate.ip.pwrmgr.model import PwrmgrModel


@pytest.fixture
def pwrmgr(bench):
    return bench(Pwrmgr, None, PwrmgrModel())


def test_waits_for_the_rails_and_writes_nothing(pwrmgr):
    assert pwrmgr.state is PwrmgrState.RAMPING
    assert pwrmgr.writes() == []
    assert pwrmgr.state is PwrmgrState.RAILS_GOOD


def test_killed_anywhere(pwrmgr):
    pwrmgr.survives_every_kill()


def test_killed_anywhere_after_a_reset_behind_our_back(pwrmgr):
    pwrmgr.boot()
    pwrmgr.reset()
    pwrmgr.survives_every_kill()


def test_a_rail_that_leaves_its_tolerance_is_reported_with_what_is_good(pwrmgr):
    pwrmgr.plant("rail_fault")
    assert "rail_good=29" in pwrmgr.fails(NoWayOut, PwrmgrState.RAIL_FAULT).got


@pytest.mark.model_only("the sequencer judges the rails together: no fault makes its state and their bits differ")
def test_one_rail_that_is_not_good_is_enough(pwrmgr):
    pwrmgr.boot()
    pwrmgr.model.hw.status.rail_good = 0x0F
    assert pwrmgr.state is PwrmgrState.RAIL_FAULT


def test_rails_that_never_ramp_run_out_of_their_budget(pwrmgr):
    pwrmgr.plant_at_power_on("stuck_busy")
    pwrmgr.fails(PollTimeout, PwrmgrState.RAMPING)
