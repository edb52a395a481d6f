"""The PLL: locks, is measured before it is used, and comes back from whatever a PLL can do."""

import pytest

from bedplate.block import us
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.pll.driver import Pll, PllState, PllWant
from bedplate.ip.pll.model import PllModel

WANT = PllWant(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)
ID = (0x0, 0x504C4C31)


@pytest.fixture
def pll(bench):
    return bench(Pll, WANT, PllModel(), ID)


def test_arithmetic():
    assert PllWant(2, 40, 0, 2, 1).output_khz == 1_000_000
    assert WANT.output_khz == 1_012_500
    assert WANT.measured == 10_368


def test_boots_to_a_measured_output(pll):
    report = pll.converge()
    assert report.ok
    assert report.writes == 7
    assert pll.dut.hw.meas.count == WANT.measured
    assert not pll.dut.hw.ctrl.bypass
    assert pll.model.hazards() == []


def test_a_second_converge_writes_nothing(pll):
    pll.converge()
    assert pll.converge().writes == 0


def test_survives_a_kill_at_every_transaction(bench, kill_everywhere):
    kill_everywhere(lambda: bench(Pll, WANT, PllModel(), ID))


class TestFaults:
    def test_no_lock_once_is_tried_again(self, pll):
        pll.model.plant_text("dut:no_lock*1")
        assert pll.converge().ok

    def test_no_lock_at_all_ends_bypassed_and_is_reported(self, pll):
        pll.model.plant_text("dut:no_lock")
        error = pll.error()
        assert isinstance(error, NoWayOut)
        assert "NO_LOCK" in error.got
        assert pll.dut.hw.ctrl.bypass

    def test_lock_that_is_lost_is_a_fault_until_it_is_back(self, pll):
        pll.converge()
        pll.model.plant_text("dut:lock_lost=1us*1")
        pll.model.sleep(us(2))
        assert pll.state() is PllState.UNLOCKED
        assert pll.converge().ok
        assert pll.dut.hw.status.lock_lost, "evidence survives recovery"
        assert pll.model.hazards() == []

    def test_a_silently_wrong_divisor_is_caught_by_the_counter(self, pll):
        pll.model.plant_text("dut:wrong_divisor*1")
        seen = []
        assert pll.converge(listen=lambda event: seen.append(event.text)).ok
        assert any("OFF_FREQUENCY" in text for text in seen)

    def test_a_divisor_that_stays_wrong_is_never_taken_into_use(self, pll):
        pll.model.plant_text("dut:wrong_divisor")
        assert "OFF_FREQUENCY" in pll.error().got
        assert pll.dut.hw.ctrl.bypass

    def test_a_measurement_that_never_ends_runs_out_of_its_budget(self, pll):
        pll.model.plant_text("dut:stuck_busy")
        error = pll.error()
        assert isinstance(error, PollTimeout)
        assert (error.where, error.wanted) == ("dut", "VERIFIED")

    def test_slow_is_not_broken(self, pll):
        pll.model.plant_text("dut:slow=3")
        assert pll.converge().ok

    def test_other_divisors_than_planned_are_replaced(self, bench, pll):
        pll.converge()
        other = bench(Pll, WANT._replace(fbdiv=44), PllModel(), ID)
        chip = other.chip(pll.model)
        assert chip.dut.observe() is PllState.MISCONFIGURED
        assert chip.converge().ok
        assert pll.model.hazards() == []

    def test_a_reset_behind_our_back_is_brought_up_again(self, pll):
        pll.converge()
        pll.dut.reset("spontaneous")
        assert pll.state() is PllState.OFF
        assert pll.converge().ok


class TestModel:
    def test_remembers_what_must_never_be_done(self, pll):
        pll.converge()
        regs = pll.chip(pll.model).dut.regs
        regs.div.modify(fbdiv=50)
        regs.ctrl.modify(power_down=True)
        assert [hazard.text for hazard in pll.model.hazards()] == [
            "divider written while the output was in use",
            "powered down while the output was in use",
        ]

    def test_locked_dividers_do_not_change(self, pll):
        regs = pll.chip(pll.model).dut.regs
        regs.regwen.clear(writable=True)
        regs.div.write(refdiv=3, fbdiv=50)
        assert regs.div.read().fbdiv == 0
