"""The fan controller, modelled by somebody else: six fans on six pages, driven as planned; and a sensor with limits."""

import pytest

from bedplate.bus import Decorator
from bedplate.chips.max31785.driver import DUTY, DeviceState, FanState, SensorState
from bedplate.chips.max31785.wiring import FANS, Max31785
from bedplate.converge import Outcome
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.device.observe() is DeviceState.IDENTIFIED
    assert [fan.observe() for fan in chip.fans] == [FanState.OTHER] * 6
    assert chip.die_temp.observe() is SensorState.OTHER


def test_converges_to_the_planned_duty_cycle_on_each_page(machine):
    chip = machine.up()
    for fan in chip.fans:
        config = fan.regs.config.read()
        assert (config.installed, config.rpm, config.pulses) == (True, False, 1)
        assert DUTY.number(fan.regs.command.read().value) == FANS.duty
        assert fan.regs.speed.read().value == 18_000
    assert chip.die_temp.regs.ot_fault_limit.read().value == 8500


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


@pytest.mark.parametrize("fan", range(6))
def test_a_fan_that_somebody_else_changed_is_driven_again_and_no_other(machine, fan):
    chip = machine.up()
    chip.fans[fan].regs.command.write(value=DUTY.word(10.0))
    assert [one.observe() is FanState.TURNING for one in chip.fans].count(False) == 1
    hal, log = machine.watched(chip)
    assert hal.converge().ok
    assert {request.address >> 16 for request in log} == {0x0100 + fan}


def test_a_page_that_somebody_else_turned_is_no_matter(machine):
    chip = machine.up()
    chip.bus.write(0, 12, 1)  # PAGE, as another master would
    assert chip.converge().writes == 0


def test_a_fan_that_stands_still_runs_out_of_its_budget(machine, monkeypatch):
    """The model's fans all turn, so one's speed is hidden on the way, and the budget is shorter."""

    class Stands(Decorator):
        def transact(self, request):
            words = super().transact(request)
            return (0,) if request.address == 0x0102_9000 else words

    monkeypatch.setattr("bedplate.chips.max31785.driver.Fan.spin_up.limit", 100_000_000)
    chip = machine.on()
    report = Max31785(Stands(chip.meter.bus)).converge()
    assert isinstance(report.first_error, PollTimeout)
    assert [line.name for line in report.lines if line.outcome is not Outcome.GOAL] == ["fan2"]


class TestNotedFault:
    def plant(self, chip):
        chip.bus.write(0x0103_7900, 0x0400, 2)  # STATUS_WORD: the model takes what it is given
        assert chip.fans[3].observe() is FanState.FAILED

    def test_is_forgiven_once_and_fails_if_it_is_still_there(self, machine):
        chip = machine.up()
        self.plant(chip)
        report = chip.converge()
        assert isinstance(report.first_error, (NoWayOut, CheckFailed))
        assert [line.name for line in report.lines if line.outcome is Outcome.FAILED] == ["fan3"]

    def test_that_is_gone_is_no_failure(self, machine):
        class Mended(Decorator):
            """CLEAR_FAULTS works, as it does in newer models."""

            def transact(self, request):
                words = super().transact(request)
                if request.is_write and request.address & 0xFFFF == 0x0308:
                    self.bus.write(request.address & ~0xFFFF | 0x7900, 0, 2)
                return words

        chip = machine.up()
        self.plant(chip)
        assert Max31785(Mended(chip.meter.bus)).converge().ok


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 20
