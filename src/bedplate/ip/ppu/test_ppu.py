"""The power policy unit: on, once, and by its status rather than its wish."""

import pytest

from bedplate.block import us
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.ppu.driver import Ppu, PpuState
from bedplate.ip.ppu.model import PpuModel
from bedplate.ip.ppu.regs import PowerModeE


@pytest.fixture
def ppu(bench):
    return bench(Ppu, None, PpuModel())


def test_comes_on_with_one_write(ppu):
    assert ppu.writes() == [("policy", 1)]
    assert ppu.state is PpuState.ON


def test_killed_anywhere(ppu):
    ppu.survives_every_kill()


def test_killed_anywhere_while_asking_again(ppu):
    ppu.plant("deny", times=1)
    ppu.survives_every_kill()


def test_the_wish_is_not_the_status(ppu):
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    assert ppu.state is PpuState.RAMPING
    ppu.sleep(us(201))
    assert ppu.state is PpuState.ON


def test_a_denial_is_asked_again(ppu):
    ppu.plant("deny", times=1)
    ppu.boot()
    assert ppu.dut.regs.events.read().deny, "evidence survives"


def test_a_domain_that_always_denies_is_reported(ppu):
    ppu.plant("deny")
    ppu.fails(NoWayOut, PpuState.DENIED)


def test_a_transition_takes_its_time_even_with_no_ramp(ppu):
    ppu.dut.regs.delays.write(ramp_us=0)
    ppu.dut.power_on()
    assert ppu.state is PpuState.RAMPING
    ppu.sleep(us(1))
    assert ppu.state is PpuState.ON


def test_one_write_is_one_violation_however_wrong_it_is(ppu):
    ppu.withdraw("rail")
    ppu.dut.regs.policy.write(policy=PowerModeE.MEM_RET)
    assert len(ppu.violations()) == 1


def test_off_is_a_ramp_as_well(ppu):
    ppu.boot()
    assert ppu.leads_down().state is PpuState.OFF
    ppu.boot().power_off()
    assert ppu.state is PpuState.FALLING
    ppu.boot()


def test_a_wish_that_was_denied_is_withdrawn_on_the_way_down(ppu):
    ppu.plant("deny", times=1)
    ppu.dut.power_on()
    ppu.sleep(us(300))
    assert ppu.state is PpuState.DENIED
    assert ppu.leads_down().dut.regs.policy.read().policy is PowerModeE.OFF


def test_a_switch_that_never_acknowledges_runs_out_of_its_budget(ppu):
    ppu.plant("stuck_busy")
    ppu.fails(PollTimeout, PpuState.RAMPING)
