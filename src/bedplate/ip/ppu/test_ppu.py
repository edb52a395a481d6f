"""The power policy unit: on, once, and by its status rather than its wish."""

import pytest

from bedplate.block import us
from bedplate.errors import PollTimeout
from bedplate.ip.ppu.driver import Ppu, PpuState
from bedplate.ip.ppu.model import PpuModel
from bedplate.ip.ppu.regs import PowerModeE

ID = (0x0, 0x50505531)


@pytest.fixture
def ppu(bench):
    return bench(Ppu, None, PpuModel(), ID)


def test_comes_on_with_one_write(ppu):
    report = ppu.converge()
    assert (report.ok, report.writes) == (True, 1)
    assert ppu.converge().writes == 0
    assert ppu.model.hazards() == []


def test_survives_a_kill_at_every_transaction(bench, kill_everywhere):
    kill_everywhere(lambda: bench(Ppu, None, PpuModel(), ID))


def test_the_wish_is_not_the_status(ppu):
    ppu.chip(ppu.model).dut.regs.policy.write(policy=PowerModeE.ON)
    assert ppu.state() is PpuState.RAMPING
    ppu.model.sleep(us(201))
    assert ppu.state() is PpuState.ON


def test_a_denial_is_asked_again_and_then_reported(ppu):
    ppu.model.plant_text("dut:deny*1")
    assert ppu.converge().ok
    assert ppu.dut.hw.events.deny, "evidence survives"


def test_a_domain_that_always_denies_is_reported(ppu):
    ppu.model.plant_text("dut:deny")
    assert "DENIED" in ppu.error().got


def test_a_switch_that_never_acknowledges_runs_out_of_its_budget(ppu):
    ppu.model.plant_text("dut:stuck_busy")
    assert isinstance(ppu.error(), PollTimeout)
