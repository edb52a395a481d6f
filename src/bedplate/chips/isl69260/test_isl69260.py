"""The regulator, modelled by somebody else: configured, turned on, watched; and what it notes is told."""

import pytest

from bedplate.block import OFF
from bedplate.bus import Decorator
from bedplate.chips.isl69260.driver import VIN, VOUT, DeviceState, RailConfig, RailState
from bedplate.chips.isl69260.wiring import CORE, MEMORY, Isl69260
from bedplate.converge import Outcome
from bedplate.errors import OutOfRange, WrongChip


class Mended(Decorator):
    """CLEAR_FAULTS works, as it does in newer models: here its registers are written, which this model lets anybody do."""

    def transact(self, request):
        words = super().transact(request)
        if request.is_write and request.address & 0xFFFF == 0x0308:
            for status, size in ((0x7A00, 1), (0x7B00, 1), (0x7D00, 1), (0x7900, 2)):
                self.bus.write(request.address & ~0xFFFF | status, 0, size)
        return words


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.device.observe() is DeviceState.IDENTIFIED
    assert [rail.observe() for rail in (chip.rail0, chip.rail1)] == [RailState.OTHER] * 2


def test_converges_to_the_planned_voltages(machine):
    chip = machine.up()
    for rail, config in ((chip.rail0, CORE), (chip.rail1, MEMORY)):
        assert VOUT.number(rail.regs.vout_command.read().value) == config.vout
        assert config.uv_warn <= VOUT.number(rail.regs.read_vout.read().value) <= config.ov_warn
        assert rail.regs.operation.read().on


def test_each_rail_is_on_its_own_page(machine):
    chip = machine.up()
    words = [
        [getattr(rail.regs, name).read().value for name, _ in rail.config.words()] for rail in (chip.rail0, chip.rail1)
    ]
    assert words == [[word for _, word in config.words()] for config in (CORE, MEMORY)]


def test_status_and_readings_for_people(machine):
    detail = machine.up().rail0.detail()
    assert detail.startswith("0.855 V, 0.0 A, 0 W, 25 C, input 11.00 V, ")
    assert VIN.number(1100) == 11.0


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


def test_limits_are_written_while_the_rail_is_off(machine):
    chip = machine.up()
    chip.rail0.regs.vout_command.write(value=1234)
    assert chip.rail0.observe() is RailState.OTHER
    hal, log = machine.watched(chip)
    assert hal.converge().ok
    assert [(request.address, request.values) for request in (log[0], log[-1])] == [
        (0x0100_0100, (0,)),
        (0x0100_0100, (0x80,)),
    ]
    assert {request.address >> 16 for request in log} == {0x0100}, "the other rail is left alone"


def test_down_turns_both_off(machine):
    chip = machine.up()
    assert chip.converge(goal=OFF).ok
    assert [rail.observe() for rail in (chip.rail0, chip.rail1)] == [RailState.OFF] * 2
    assert chip.rail0.regs.read_vout.read().value == 0
    assert chip.converge().ok


class TestTripped:
    def plant(self, chip):
        chip.rail1.regs.bus.write(0x0101_7A00, 0x80, 1)  # STATUS_VOUT: the model takes what it is given
        assert chip.rail1.observe() is RailState.TRIPPED

    def test_is_turned_off_cleared_and_turned_on(self, machine):
        chip = machine.up()
        self.plant(chip)
        events = []
        report = Isl69260(Mended(chip.meter.bus)).converge(listen=lambda event: events.append(event.text))
        assert report.ok, report
        assert "recover: TRIPPED -> OFF" in events

    def test_that_does_not_go_away_is_a_failure_of_that_rail(self, machine):
        chip = machine.up()
        self.plant(chip)
        report = chip.converge()
        assert {line.name: line.outcome for line in report.lines} == {
            "device": Outcome.GOAL,
            "rail0": Outcome.GOAL,
            "rail1": Outcome.FAILED,
        }


def test_a_voltage_that_no_word_is_near_to_is_refused_without_a_write(machine):
    chip = machine.on()
    greedy = type(chip.rail0)(chip.rail0.regs, RailConfig(*((40.0,) * 11)))
    with pytest.raises(OutOfRange, match="no DIRECT word"):
        greedy.observe()
    assert chip.meter.writes == 0


def test_another_device_is_not_written_to(machine, monkeypatch):
    monkeypatch.setattr(
        "bedplate.chips.isl69260.machine.ARGUMENTS",
        ("-M", "ast2500-evb", "-device", "max31785,bus=aspeed.i2c.bus.0,address=0x60"),
    )
    monkeypatch.setattr("bedplate.chips.isl69260.machine.I2C_WRITES", ())
    with pytest.raises(WrongChip):
        machine.on()


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 26
