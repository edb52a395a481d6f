"""The educational PCI device, modelled by somebody else: found, placed, enabled; then alive, and able to count."""

import pytest

from bedplate.bus import ALL_ONES, Decorator, Request
from bedplate.chips.edu.driver import EduConfig, EduState
from bedplate.chips.edu.wiring import BAR, BAR_SIZE, FUNCTION, SLOT, EduChip
from bedplate.chips.pci import q35
from bedplate.chips.pci.driver import PciFunction, PciState
from bedplate.chips.pci.regs import PciRegs
from bedplate.converge import Outcome
from bedplate.errors import CheckFailed, NoWayOut, WrongChip


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.function.observe() is PciState.UNPLACED
    assert chip.function.regs.bar0.read().base == 0
    seen = {one.block.name: one for one in chip.observe()}
    assert seen["device"].state is None, "registers behind a function that does not decode are not read"


def test_converges_to_a_device_that_proves_itself(machine):
    chip = machine.up()
    assert chip.function.bar() == BAR
    assert chip.function.regs.command.read().memory
    assert chip.device.regs.id.read() == 0x0100_00ED
    assert chip.device.regs.liveness.read() == ~0x600D_C0DE & ALL_ONES
    assert chip.device.regs.factorial.read() == 3_628_800


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


class TestFunction:
    def test_that_lost_its_place_is_placed_anew(self, machine):
        chip = machine.up()
        chip.function.regs.bar0.write(base=0x9000_0000 >> 4)
        assert chip.function.observe() is PciState.UNPLACED
        assert chip.converge().ok

    def test_that_was_turned_off_is_turned_on(self, machine):
        chip = machine.up()
        chip.function.regs.command.modify(memory=False)
        assert chip.function.observe() is PciState.PLACED
        assert chip.converge().writes == 1

    def test_is_placed_only_while_it_does_not_decode(self, machine):
        chip = machine.up()
        chip.function.place()
        assert not chip.function.regs.command.read().memory

    def test_an_empty_slot_is_a_fault_not_a_dead_bus(self, machine):
        chip = machine.on()
        nobody = PciFunction(PciRegs(chip.bus, q35.configuration(SLOT + 2), "nobody"), FUNCTION)
        assert nobody.observe() is PciState.ABSENT

    def test_another_device_in_the_slot_is_a_fault(self, machine):
        chip = machine.on()
        bridge = PciFunction(PciRegs(chip.bus, q35.configuration(0), "bridge"), FUNCTION)
        assert bridge.observe() is PciState.OTHER_DEVICE

    def test_of_another_size_is_never_enabled(self, machine):
        chip = machine.on()
        small = PciFunction(chip.function.regs, FUNCTION._replace(size=BAR_SIZE // 2))
        with pytest.raises(CheckFailed, match="BAR 0 is not what it must be"):
            small.place()
        assert not chip.function.regs.command.read().memory

    def test_status_bits_are_cleared_one_by_one_and_the_command_stays(self, machine):
        chip = machine.up()
        chip.function.regs.status.clear(master_abort_got=True)
        assert chip.function.regs.command.read().memory


class TestDevice:
    def test_that_forgot_our_word_is_asked_again(self, machine):
        chip = machine.up()
        chip.device.regs.liveness.write(value=0)
        assert chip.device.observe() is EduState.SILENT
        assert chip.converge().writes == 1

    def test_that_counted_something_else_counts_again(self, machine):
        chip = machine.up()
        chip.device.regs.factorial.write(value=5)
        assert chip.device.regs.status.wait(computing=False, timeout=1_000_000_000) is not None
        assert chip.device.observe() is EduState.ALIVE
        assert chip.converge().ok

    def test_that_is_still_computing_is_waited_for_and_not_started_again(self, machine):
        """The model is done at once, so it is slowed down on the way: busy for three looks, without a result."""

        class Slow(Decorator):
            looks = 3

            def transact(self, request):
                words = super().transact(request)
                if self.looks and request == Request(BAR + 0x20):
                    self.looks -= 1
                    return (words[0] | 1,)
                return (0,) if self.looks and request == Request(BAR + 0x08) else words

        chip = machine.on()
        hal, log = machine.watched(chip)
        events = []
        assert EduChip(Slow(hal.meter.bus)).converge(listen=lambda event: events.append(event.text)).ok
        assert sum(request.address == BAR + 0x08 for request in log) == 1
        assert "finish: COMPUTING -> PROVED" in events

    def test_that_counts_wrong_is_reported_after_two_attempts(self, machine, monkeypatch):
        monkeypatch.setattr("bedplate.chips.edu.wiring.PROOF", EduConfig(token=1, number=10, factorial=3_628_801))
        report = machine.on().converge()
        line = next(line for line in report.lines if line.name == "device")
        assert line.outcome is Outcome.FAILED
        assert isinstance(line.error, CheckFailed)
        assert "after 2 x compute" in str(line.error)

    def test_is_blocked_by_an_absent_function(self, machine, monkeypatch):
        monkeypatch.setattr("bedplate.chips.edu.wiring.SLOT", SLOT + 2)
        report = machine.on().converge()
        assert isinstance(report.first_error, NoWayOut)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.BLOCKED]


def test_configuration_space_that_nobody_decodes_is_a_fault_and_nothing_is_written(machine):
    """Undecoded memory reads as zero here, which no guard can tell from data: the identity does."""
    chip = machine.up()
    chip.meter.bus.port_write(0xCF8, 0x8000_0060)
    chip.meter.bus.port_write(0xCFC, 0)
    report = chip.converge()
    assert (report.ok, report.writes) == (False, 0)
    assert isinstance(report.ended, WrongChip)


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 6
