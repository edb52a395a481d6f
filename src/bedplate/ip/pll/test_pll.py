"""The PLL: locks, is measured before it is used, and comes back from whatever a PLL can do."""

import pytest

from bedplate.block import us
from bedplate.bus import Decorator
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.pll.driver import Pll, PllConfig, PllState
from bedplate.ip.pll.model import PllModel

WANT = PllConfig(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)


@pytest.fixture
def pll(bench):
    return bench(Pll, WANT, PllModel())


def test_arithmetic():
    assert PllConfig(2, 40, 0, 2, 1).output_khz == 1_000_000
    assert WANT.output_khz == 1_012_500
    assert WANT.measured == 10_368


def test_boots_to_a_measured_output(pll):
    assert pll.converge().writes == 7
    assert pll.state is PllState.RUNNING
    assert pll.dut.regs.meas.read().count == WANT.measured
    assert not pll.dut.regs.ctrl.read().bypass


@pytest.mark.parametrize("off", [{"power_down": True}, {"reset": True}, {"power_down": True, "reset": True}])
def test_divisors_are_written_while_it_is_powered_down_in_reset_and_out_of_use(pll, off):
    pll.dut.regs.ctrl.write(bypass=False, **off)
    ctrl = pll.dut.regs.ctrl

    class Watched(Decorator):
        def transact(self, request):
            if request.is_write and request.address in {pll.dut.regs.div.address, pll.dut.regs.post.address}:
                held.append(ctrl.read())
            return super().transact(request)

    held = []
    assert pll.hal(Watched(pll.bus)).converge().ok
    assert [(now.power_down, now.reset, now.bypass) for now in held] == [(True, True, True)] * 2


class TestKilled:
    def test_while_booting(self, pll):
        pll.survives_every_kill()

    @pytest.mark.parametrize("fault", ["no_lock", "wrong_divisor"])
    def test_while_trying_again(self, pll, fault):
        pll.plant(fault, times=1)
        pll.survives_every_kill()

    def test_while_bringing_lock_back(self, pll):
        pll.boot()
        pll.plant("lock_lost", us(1), times=1)
        pll.sleep(us(2))
        pll.survives_every_kill()

    def test_while_replacing_divisors(self, pll):
        pll.boot()
        pll.wanting(WANT._replace(fbdiv=44)).survives_every_kill()


class TestFaults:
    def test_no_lock_once_is_tried_again(self, pll):
        pll.plant("no_lock", times=1)
        pll.boot()

    def test_no_lock_at_all_ends_bypassed_and_is_reported(self, pll):
        pll.plant("no_lock")
        pll.fails(NoWayOut, PllState.NO_LOCK)
        assert pll.dut.regs.ctrl.read().bypass

    def test_lock_that_is_lost_is_a_fault_until_it_is_back(self, pll):
        pll.boot()
        pll.plant("lock_lost", us(1), times=1)
        pll.sleep(us(2))
        assert pll.state is PllState.UNLOCKED
        pll.boot()
        assert pll.dut.regs.status.read().lock_lost, "evidence survives recovery"

    def test_a_silently_wrong_divisor_is_caught_by_the_counter(self, pll):
        pll.plant("wrong_divisor", times=1)
        seen = []
        assert pll.converge(listen=lambda event: seen.append(event.text)).ok
        assert any("OFF_FREQUENCY" in text for text in seen)

    def test_a_divisor_that_stays_wrong_is_never_taken_into_use(self, pll):
        pll.plant("wrong_divisor")
        pll.fails(NoWayOut, PllState.OFF_FREQUENCY)
        assert pll.dut.regs.ctrl.read().bypass

    def test_a_measurement_that_never_ends_runs_out_of_its_budget(self, pll):
        pll.plant("stuck_busy")
        error = pll.fails(PollTimeout, PllState.MEASURING)
        assert (error.where, error.wanted) == ("dut", "VERIFIED")

    def test_slow_is_not_broken(self, pll):
        pll.plant("slow", 3)
        pll.boot()

    def test_other_divisors_than_planned_are_replaced(self, pll):
        pll.boot()
        other = pll.wanting(WANT._replace(fbdiv=44))
        assert other.state is PllState.MISCONFIGURED
        other.boot()
        assert pll.dut.regs.div.read().fbdiv == 44

    def test_an_output_that_is_gated_off_is_no_output(self, pll):
        pll.boot().regs.ctrl.modify(gate=True)
        assert pll.state is PllState.MISCONFIGURED
        assert not pll.boot().regs.ctrl.read().gate

    def test_what_is_off_or_begins_anew_is_powered_down_and_in_reset(self, pll):
        for off in (lambda: pll.leads_down(), lambda: pll.boot().turn_off(), lambda: pll.boot().restart()):
            off()
            ctrl = pll.dut.regs.ctrl.read()
            assert (ctrl.power_down, ctrl.reset, ctrl.bypass) == (True, True, True)

    def test_a_reset_behind_our_back_is_brought_up_again(self, pll):
        pll.boot()
        pll.reset()
        assert pll.state is PllState.OFF
        pll.boot()


class Deaf(Decorator):
    """A bus on which the first write is lost, and nobody is told."""

    lost = 0

    def transact(self, request):
        if request.is_write and not self.lost:
            self.lost += 1
            return ()
        return super().transact(request)


def test_power_stays_where_the_output_did_not_go_back_to_the_reference(pll):
    pll.boot()
    chip = pll.hal(Deaf(pll.bus))
    chip.bus.forced = True
    with pytest.raises(PollTimeout, match="on_pll"):
        chip.dut.restart()
    assert pll.violations_are()
    assert pll.state is PllState.RUNNING


class TestHardware:
    def test_remembers_what_must_never_be_done(self, pll):
        regs = pll.boot().regs
        regs.div.modify(fbdiv=50)
        regs.ctrl.modify(power_down=True)
        assert pll.violations_are(
            "divider written while the output was in use", "powered down while the output was in use"
        )

    def test_locked_dividers_do_not_change(self, pll):
        regs = pll.dut.regs
        regs.regwen.clear(writable=True)
        regs.div.write(refdiv=3, fbdiv=50)
        assert regs.div.read().fbdiv == 0
