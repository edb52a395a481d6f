"""An NVMe controller that somebody else modelled: enabled, asked who it is through its admin queue, and recovered from faults."""

import pytest

from bedplate.block import ms
from bedplate.chips.nvme.driver import NvmeIdentity, NvmeState
from bedplate.chips.pci.driver import PciState


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.function.observe() is PciState.UNPLACED
    assert chip.function.regs.bar0.read().width == 2, "a BAR of 64 bits"


def test_converges_to_a_controller_that_said_who_it_is(machine):
    chip = machine.up()
    assert chip.controller.identity()._replace(firmware="") == NvmeIdentity("bedplate", "QEMU NVMe Ctrl", "", (1,))
    assert chip.function.regs.command.read().master


def test_each_command_of_the_start_is_executed_once(machine):
    chip = machine.up()
    assert [entry.dw2.read().sqhd for entry in chip.controller.regs.admin.cqe] == [1, 2, 0, 0]


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


def test_leftovers_in_memory_are_not_believed(machine):
    """The queue's memory is the machine's: it may hold completions of another life."""

    def prepare(chip):
        for entry in chip.controller.regs.admin.cqe:
            entry.dw3.write(phase=True)
        chip.controller.regs.admin.sq.write(0, [0xFFFF_FFFF] * 64)

    assert machine.up(prepare).controller.identity().model == "QEMU NVMe Ctrl"


def test_a_command_that_is_sent_again_is_not_executed_again(machine):
    chip = machine.up()
    chip.controller.list_namespaces()
    assert [entry.dw3.read().phase for entry in chip.controller.regs.admin.cqe] == [True, True, False, False]
    assert chip.controller.observe() is NvmeState.IDENTIFIED


class TestFaults:
    def test_a_fatal_error_is_recovered_by_a_controller_reset(self, machine):
        chip = machine.up()
        regs = chip.controller.regs.registers
        regs.cc.write(en=False)
        regs.asq.write(asqb=0)  # no queue can be there: the controller says so, fatally
        regs.aqa.write(asqs=0, acqs=0)
        regs.cc.write(en=True, iosqes=6, iocqes=4)
        assert regs.csts.read().cfs
        assert chip.controller.observe() is NvmeState.FATAL
        assert chip.converge().ok
        assert not regs.csts.read().cfs

    def test_a_refused_command_is_recovered_by_a_controller_reset(self, machine):
        chip = machine.on()
        chip.function.place()
        chip.function.enable()
        controller = chip.controller
        controller.enable()
        controller.regs.registers.csts.wait(rdy=True, timeout=ms(100))
        refused(controller)
        assert controller.observe() is NvmeState.REFUSED
        assert "status=" in controller.detail()
        assert chip.converge().ok

    @pytest.mark.parametrize(
        "other",
        [{"asqb": 0x200}, {"acqb": 0x200}, {"asqs": 7}, {"acqs": 7}],
        ids=lambda other: next(iter(other)),
    )
    def test_a_queue_of_somebody_else_is_replaced(self, machine, other):
        chip = machine.up()
        regs = chip.controller.regs.registers
        regs.cc.write(en=False)
        for register in (regs.asq, regs.acq, regs.aqa):
            names = {field.name for field in register.Value.FIELDS}
            if names & set(other):
                register.modify(**other)
        regs.cc.write(en=True, iosqes=6, iocqes=4)
        assert chip.controller.observe() is NvmeState.OTHER
        assert chip.converge().ok

    def test_a_controller_that_somebody_shut_down_is_started_anew(self, machine):
        chip = machine.up()
        chip.controller.regs.registers.cc.modify(shn=1)
        assert chip.controller.regs.registers.csts.read().shst == 2
        assert chip.controller.observe() is NvmeState.OTHER
        assert chip.converge().ok

    def test_a_controller_that_was_disabled_is_enabled_and_asked_again(self, machine):
        chip = machine.up()
        chip.controller.regs.registers.cc.write(en=False)
        assert chip.controller.observe() is NvmeState.DISABLED
        assert chip.converge().ok

    def test_a_function_above_four_gigabytes_is_placed_anew(self, machine):
        chip = machine.up()
        chip.function.regs.bar1.write(base=1)
        assert chip.function.observe() is PciState.UNPLACED
        assert chip.converge().ok
        assert chip.function.regs.bar1.read().base == 0

    def test_a_function_that_was_turned_off_keeps_what_is_behind_it(self, machine):
        chip = machine.up()
        chip.function.regs.command.modify(memory=False)
        assert chip.converge().writes == 1


def refused(controller):
    """A command that no controller knows, in the first slot."""
    controller.regs.admin.sq.write(0, [0x7F] + 15 * [0])
    controller.regs.registers.sq0tdbl.write(sqt=1)
    controller.regs.admin.cqe[0].dw3.wait(phase=True, timeout=ms(1000))


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 18

    @pytest.mark.parametrize("fault", ["other queue", "fatal"])
    def test_while_recovering(self, machine, fault):
        def prepare(chip):
            chip.converge()
            regs = chip.controller.regs.registers
            regs.cc.write(en=False)
            regs.asq.write(asqb=0x200 if fault == "other queue" else 0)
            regs.aqa.write(asqs=3 if fault == "other queue" else 0, acqs=3)
            regs.cc.write(en=True, iosqes=6, iocqes=4)

        machine.survives_every_kill(prepare)
