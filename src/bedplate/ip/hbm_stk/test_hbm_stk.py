"""An HBM stack: reset timing, identity before anything is built on it, lanes checked and repaired, mode registers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import Block, Effect, State, path_to_goal, power, problems, reset
from bedplate.bus import Canary, Decorator, MemoryBus, Request, Trace, ms, perform, us
from bedplate.converge import Chip
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.hbm_stk.driver import HbmStk, HbmStkState
from bedplate.ip.hbm_stk.mode import VENDORS, HbmStkWant, is_known
from bedplate.ip.hbm_stk.mode import image as mode_registers
from bedplate.ip.hbm_stk.model import HbmStkModel
from bedplate.ip.hbm_stk.regs import DeviceIdValue, HbmStkRegs, WirE
from bedplate.model import ChipModel, Placed
from bedplate.reg import RegisterBlock


class On(State):
    ON = "there"


class Supply(Block):
    """Stands for everything that the block needs."""

    goal = On.ON
    reset_state = On.ON

    def observe(self):
        return On.ON


class Bench(Chip):
    """A stack, with power and reset taken for granted."""

    name = "bench"
    canary = Canary(0, 0x48535431)

    def wire(self, bus):
        self.supply = Supply(RegisterBlock(bus, 0x8000, "supply"), None)
        self.stk = HbmStk(HbmStkRegs(bus, 0, "stk"), HbmStkWant(), power(self.supply), reset(self.supply))


class ReadOnly(Decorator):
    """Observing never writes."""

    def transact(self, request):
        assert not request.is_write
        return super().transact(request)


class Tape(Decorator):
    """Keeps the chip as it was before each transaction."""

    def __init__(self, model):
        super().__init__(model)
        self.model = model
        self.taken = []

    def transact(self, request):
        self.taken.append((self.model.snapshot(), request))
        return super().transact(request)


def make(**settings):
    return ChipModel([Placed("stk", 0, HbmStkModel(**settings))])


def boot(chip):
    report = Bench(chip).converge()
    assert report.ok, str(report)
    return Bench(chip).stk


def end(chip):
    """Converge; the state that the block ends in, and its error."""
    line = next(line for line in Bench(chip).converge().lines if line.name == "stk")
    return line.state, line.error


def deaths(chip):
    """The chip as a controller leaves it that dies at any transaction: before, inside its burst, after, and long after."""
    tape = Tape(chip)
    Bench(tape).converge()
    for index, (snapshot, request) in enumerate(tape.taken):
        for words in range(request.length + 1):
            left = ChipModel.restore(snapshot)
            if words:
                values = request.values[:words] if request.values is not None else None
                perform(left, Request(request.address, words, values, request.size))
            yield f"transaction {index} ({request}), {words} words", left
        left.sleep(ms(50))
        yield f"transaction {index} ({request}), then alone", left


def proves_kill_anywhere(make_chip, wanted="READY"):
    undisturbed = make_chip()
    assert end(undisturbed)[0] == wanted
    assert not undisturbed.hazards()
    for where, chip in deaths(make_chip()):
        assert end(chip)[0] == wanted, where
        assert chip.state() == undisturbed.state(), where
        assert not chip.hazards(), where
        assert Bench(chip).converge().writes == 0, where


WORDS = HbmStkRegs.SIZE // 4
WORD = st.one_of(st.sampled_from((0, 0xFFFF_FFFF, 1)), st.integers(0, 0xFFFF_FFFF))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, WORDS - 1), WORD, max_size=8), st.booleans())
def test_observe_is_total_and_only_reads(overlay, booted):
    memory = MemoryBus(0x9000)
    memory.write_block(0, IMAGE[booted])
    for index, word in overlay.items():
        memory.write(4 * index, word)
    block = Bench(ReadOnly(memory)).stk
    assert isinstance(block.observe(), HbmStkState)
    assert isinstance(block.detail(), str)


def image(chip):
    """All that can be read, as words."""
    return list(chip.read_block(0, WORDS))


def booted():
    chip = make()
    boot(chip)
    return chip


IMAGE = (image(make()), image(booted()))


def test_every_state_leads_to_the_goal():
    assert problems(HbmStk) == []


def test_boot_takes_the_time_that_the_stack_needs():
    chip = make()
    report = Bench(chip).converge()
    assert report.ok
    assert ms(0.2 + 4 + 2) < report.device_time < ms(8)
    assert report.transactions < 130
    assert Bench(chip).converge().writes == 0


def test_ladder():
    path = [way.name for way in path_to_goal(HbmStk, HbmStkState.IN_RESET)]
    assert path == [
        *("reset_time", "release_reset", "fuses", "identify", "identity", "check_lanes", "lanes", "pulse_reset"),
        *("start_clock", "load_mode_registers", "loading"),
    ]


def test_killed_anywhere():
    proves_kill_anywhere(make)


def test_killed_anywhere_while_repairing_a_lane():
    def broken():
        return make(bad_lanes=((5, 17), (2, 40)))

    proves_kill_anywhere(broken)


# Identity and mode registers.


def test_the_identity_is_82_bits_in_one_register():
    device = boot(make(serial=0x2_FFFF_0001)).regs.device_id.read()
    assert (device.vendor, device.density, device.serial_low, device.serial_high) == (6, 4, 0xFFFF_0001, 2)
    assert device.WIDTH == 128


@pytest.mark.parametrize("vendor", VENDORS)
def test_mode_registers_follow_the_device(vendor):
    stack = boot(make(vendor=vendor, density=5))
    held = stack.regs.mr_dump.read()
    assert (held.mr1, held.mr6, held.mr10) == (*VENDORS[vendor], 5)
    assert (held.mr2, held.mr3) == (stack.want.read_latency, stack.want.write_latency)
    assert held.mr8 == 0x80 | stack.regs.device_id.read().raaimt


def test_the_mode_registers_go_out_in_one_burst():
    trace = Trace(make())
    Bench(trace).converge()
    address = HbmStkRegs(trace).mr_image.address
    assert [t.request.length for t in trace.log if t.request.is_write and t.request.address == address] == [4]


def test_other_mode_registers_are_put_right_but_not_under_load():
    chip = make()
    stack = boot(chip)
    stack.regs.mr_image.modify(mr2=1)
    stack.regs.w_instr.write(opcode=WirE.MODE_REGISTER_DUMP_SET, channel=31)
    stack.regs.w_start.pulse(go=True)
    chip.sleep(us(50))
    assert stack.observe() is HbmStkState.CLOCKED
    assert HbmStk.way_from(HbmStkState.CLOCKED).effect is Effect.LOSES_DATA
    assert boot(chip).regs.mr_dump.read().mr2 == stack.want.read_latency


def test_an_unknown_device_is_refused_before_anything_is_built_on_it():
    chip = make()
    chip.plant("stk", "wrong_device")
    state, error = end(chip)
    assert (state, type(error)) == ("UNKNOWN_DEVICE", NoWayOut)
    assert "vendor 10" in Bench(chip).stk.detail()
    assert int(Bench(chip).stk.regs.mr_image.read()) == 0


@given(st.integers(0, (1 << 128) - 1))
def test_mode_registers_fit_any_known_device(word):
    device = DeviceIdValue(word)
    if is_known(device):
        assert mode_registers(device, HbmStkWant()) >> 128 == 0


# Lanes.


def test_a_bad_lane_gets_its_channels_spare():
    stack = boot(make(bad_lanes=((5, 17), (2, 40))))
    assert stack.regs.lane_map.read().ch2 == 0x80 | 40


def test_a_soft_repair_keeps_the_repairs_from_fuses():
    """SOFT replaces HARD: without the merge, lane 17 of channel 5 would be broken again."""
    stack = boot(make(bad_lanes=((5, 17), (2, 40))))
    assert stack.regs.lane_map.read().ch5 == 0x80 | 17


def test_several_channels_are_repaired_one_after_the_other():
    stack = boot(make(bad_lanes=((5, 17), (0, 1), (9, 99), (15, 127))))
    assert f"{int(stack.regs.lane_map.read()):032x}" == "ff000000_0000e300_00009100_00000081".replace("_", "")


def test_no_repair_where_no_lane_is_bad():
    trace = Trace(make())
    Bench(trace).converge()
    address = HbmStkRegs(trace).lane_repair.address
    assert not [t for t in trace.log if t.request.is_write and t.request.address == address]


def test_two_bad_lanes_in_a_channel_are_one_too_many():
    chip = make()
    chip.plant("stk", "two_bad_lanes", times=1)
    state, error = end(chip)
    assert (state, type(error)) == ("UNREPAIRABLE", NoWayOut)
    assert "channel 7 lane 12" in Bench(chip).stk.detail()


def test_nothing_burns_fuses():
    chip = make(bad_lanes=((5, 17), (2, 40)))
    boot(chip)
    assert HbmStkRegs(chip).hard_repair.EFFECT is Effect.PERMANENT
    assert chip.permanent() == {}


# What goes wrong.


def test_a_stuck_port_is_a_timeout():
    chip = make()
    chip.plant("stk", "stuck_busy")
    for _ in range(2):
        state, error = end(chip)
        assert (state, type(error)) == ("IDENTIFYING", PollTimeout)


def test_a_stack_that_does_not_say_who_it_is():
    chip = make()
    chip.plant("stk", "no_identity")
    state, error = end(chip)
    assert (state, type(error)) == ("FUSES_APPLIED", CheckFailed)
    assert "no identity" in str(error)


def test_mode_registers_that_do_not_take_are_loaded_again():
    chip = make()
    chip.plant("stk", "mode_lost", times=1)
    assert boot(chip).observe() is HbmStkState.READY
    chip = make()
    chip.plant("stk", "mode_lost")
    assert end(chip)[0] == "CLOCKED"


def test_a_trip_is_reported():
    chip = make()
    stack = boot(chip)
    chip.plant("stk", "cattrip")
    chip["stk"].reset("test")
    assert stack.observe() is HbmStkState.TRIPPED
    assert isinstance(end(chip)[1], NoWayOut)


@pytest.mark.parametrize("pins", [0b111, 0b110, 0b011, 0b100, 0b101])
def test_pins_raised_by_somebody_else_too_early_begin_anew(pins):
    chip = make()
    chip.write(4, pins)
    wrong = len(chip.hazards())
    assert Bench(chip).stk.observe() is HbmStkState.OUT_OF_ORDER
    assert boot(chip).observe() is HbmStkState.READY
    assert len(chip.hazards()) == wrong


def test_a_reset_behind_our_back_is_converged_again():
    chip = make()
    stack = boot(chip)
    chip.plant("stk", "block_reset")
    chip.sleep(1)
    assert stack.observe() is HbmStkState.IN_RESET
    assert boot(chip).observe() is HbmStkState.READY


def test_a_slow_stack_is_waited_for():
    chip = make()
    chip.plant("stk", "slow", 3)
    assert boot(chip).observe() is HbmStkState.READY


# Reading.


def test_temperature():
    assert boot(make()).measure_temperature() == 45
    chip = make(celsius=-12)
    stack = boot(chip)
    assert stack.measure_temperature() == -12
    assert stack.observe() is HbmStkState.READY
    stack.regs.w_start.pulse(go=True)
    assert stack.observe() is HbmStkState.ASKING
    assert boot(chip).observe() is HbmStkState.READY


def test_the_error_log_cannot_be_read_by_accident():
    chip = make()
    stack = boot(chip)
    hw = chip["stk"].hw
    hw.ecs_log.count, hw.ecs_log.valid = 3, True
    assert not hasattr(stack.regs.ecs_log, "read")
    assert stack.regs.ecs_peek.read().count == 3
    stack.observe()
    stack.regs.dump()
    assert stack.regs.ecs_log.take().count == 3
    assert not stack.regs.ecs_peek.read().valid
