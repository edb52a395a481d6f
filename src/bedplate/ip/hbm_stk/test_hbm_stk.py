"""An HBM stack: reset timing, identity before anything is built on it, lanes checked and repaired, mode registers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.block import Effect, path_to_goal
from bedplate.bus import Decorator, ms, us
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.hbm_stk.driver import HbmStk, HbmStkConfig, HbmStkState
from bedplate.ip.hbm_stk.mode import VENDORS, image, is_known
from bedplate.ip.hbm_stk.model import HbmStkModel
from bedplate.ip.hbm_stk.regs import DeviceIdValue, WirE


@pytest.fixture
def make(bench):
    return lambda **stack: bench(HbmStk, HbmStkConfig(), HbmStkModel(**stack))


@pytest.fixture
def stk(make):
    return make()


def test_boot_takes_the_time_that_the_stack_needs(stk):
    report = stk.converge()
    assert report.ok
    assert ms(0.2 + 4 + 2) < report.device_time < ms(8)
    assert report.transactions < 130


def test_state_machine():
    path = [way.name for way in path_to_goal(HbmStk, HbmStkState.IN_RESET)]
    assert path == [
        *("reset_time", "release_reset", "fuses", "identify", "identity", "check_lanes", "lanes", "pulse_reset"),
        *("start_clock", "load_mode_registers", "loading"),
    ]


def test_killed_anywhere(stk):
    stk.survives_every_kill()


def test_killed_anywhere_while_repairing_a_lane(make):
    make(bad_lanes=((5, 17), (2, 40))).survives_every_kill()


def test_killed_anywhere_while_beginning_anew(stk):
    stk.boot().regs.w_ctrl.modify(wrst_n=False)
    assert stk.state is HbmStkState.OUT_OF_ORDER
    stk.survives_every_kill()


def test_a_port_that_was_released_before_the_fuses_begins_anew(stk):
    stk.sleep(us(300))
    stk.dut.regs.w_ctrl.modify(wrst_n=True)
    assert stk.state is HbmStkState.OUT_OF_ORDER
    stk.dut.hold()
    assert stk.state is HbmStkState.IN_RESET
    stk.boot()


# Identity and mode registers.


def test_the_identity_is_82_bits_in_one_register(make):
    device = make(serial=0x2_FFFF_0001).boot().regs.device_id.read()
    assert (device.vendor, device.density, device.serial_low, device.serial_high) == (6, 4, 0xFFFF_0001, 2)
    assert device.WIDTH == 128


@pytest.mark.parametrize("vendor", VENDORS)
def test_mode_registers_follow_the_device(make, vendor):
    dut = make(vendor=vendor, density=5).boot()
    held = dut.regs.mr_dump.read()
    assert (held.mr1, held.mr6, held.mr10) == (*VENDORS[vendor], 5)
    assert (held.mr2, held.mr3) == (dut.config.read_latency, dut.config.write_latency)
    assert held.mr8 == 0x80 | dut.regs.device_id.read().raaimt


@given(st.integers(0, (1 << 128) - 1))
def test_mode_registers_fit_any_known_device(word):
    device = DeviceIdValue(word)
    if is_known(device):
        assert image(device, HbmStkConfig()) >> 128 == 0


def test_the_mode_registers_go_out_in_one_burst(stk):
    assert [words for register, words in stk.writes() if register == "mr_image"] == [4]


def test_other_mode_registers_are_put_right_but_not_under_load(stk):
    regs = stk.boot().regs
    regs.mr_image.modify(mr2=1)
    regs.w_instr.write(opcode=WirE.MODE_REGISTER_DUMP_SET, channel=31)
    regs.w_start.pulse(go=True)
    stk.sleep(us(50))
    assert stk.state is HbmStkState.CLOCKED
    assert HbmStk.way_from(HbmStkState.CLOCKED).effect is Effect.LOSES_DATA
    assert stk.boot().regs.mr_dump.read().mr2 == stk.config.read_latency


def test_an_unknown_device_is_refused_before_anything_is_built_on_it(stk):
    stk.plant("wrong_device")
    error = stk.fails(NoWayOut, HbmStkState.UNKNOWN_DEVICE)
    assert "vendor 10" in error.got
    assert int(stk.dut.regs.mr_image.read()) == 0


# Lanes.


def test_a_bad_lane_gets_its_channels_spare(make):
    dut = make(bad_lanes=((5, 17), (2, 40))).boot()
    assert dut.regs.lane_map.read().ch2 == 0x80 | 40


def test_a_soft_repair_keeps_the_repairs_from_fuses(make):
    """SOFT replaces HARD: without the merge, lane 17 of channel 5 would be broken again."""
    dut = make(bad_lanes=((5, 17), (2, 40))).boot()
    assert dut.regs.lane_map.read().ch5 == 0x80 | 17


def test_several_channels_are_repaired_one_after_the_other(make):
    dut = make(bad_lanes=((5, 17), (0, 1), (9, 99), (15, 127))).boot()
    assert f"{int(dut.regs.lane_map.read()):032x}" == "ff000000_0000e300_00009100_00000081".replace("_", "")


def test_what_an_instruction_shifts_is_there_before_it_starts(make):
    stk = make(bad_lanes=((5, 17), (2, 40)))
    regs = stk.dut.regs

    class Watched(Decorator):
        def transact(self, request):
            if request.is_write and request.address in {regs.lane_repair.address, regs.mr_image.address}:
                busy.append(regs.w_status.read().busy)
            return super().transact(request)

    busy = []
    assert stk.hal(Watched(stk.bus)).converge().ok
    assert busy == [False] * 2


def test_each_instruction_is_the_one_that_was_meant_when_it_starts(stk):
    regs = stk.dut.regs

    class Watched(Decorator):
        def transact(self, request):
            if request.is_write and request.address == regs.w_start.address:
                started.append(regs.w_instr.read().opcode)
            return super().transact(request)

    started = []
    assert stk.hal(Watched(stk.bus)).converge().ok
    assert started == [WirE.DEVICE_ID, WirE.EXTEST, WirE.MODE_REGISTER_DUMP_SET]


def test_an_instruction_that_did_not_arrive_is_not_started(stk):
    """What stood there before may be one that drives all lanes under the memory's clock."""
    regs = stk.boot().regs

    class Loses(Decorator):
        def transact(self, request):
            if request.is_write and request.address == regs.w_instr.address:
                return ()
            assert not (request.is_write and request.address == regs.w_start.address)
            return super().transact(request)

    regs.w_instr.write(opcode=WirE.EXTEST)
    with pytest.raises(PollTimeout):
        stk.hal(Loses(stk.bus)).dut.measure_temperature()


def test_no_repair_where_no_lane_is_bad(stk):
    assert "lane_repair" not in dict(stk.writes())


def test_two_bad_lanes_in_a_channel_are_one_too_many(stk):
    stk.plant("two_bad_lanes", times=1)
    error = stk.fails(NoWayOut, HbmStkState.UNREPAIRABLE)
    assert "channel 7 lane 12" in error.got


def test_nothing_burns_fuses(make):
    stk = make(bad_lanes=((5, 17), (2, 40)))
    regs = stk.boot().regs
    assert regs.hard_repair.EFFECT is Effect.PERMANENT
    assert stk.permanent() == {}


# What goes wrong.


def test_a_stuck_port_is_a_timeout_and_stays_one(stk):
    stk.plant("stuck_busy")
    for _ in range(2):
        stk.fails(PollTimeout, HbmStkState.IDENTIFYING)


def test_a_stack_that_does_not_say_who_it_is(stk):
    stk.plant("no_identity")
    error = stk.fails(CheckFailed, HbmStkState.FUSES_APPLIED)
    assert "no identity" in str(error)


def test_mode_registers_that_do_not_take_are_loaded_again(stk):
    stk.plant("mode_lost", times=1)
    stk.boot()


def test_mode_registers_that_never_take_are_reported(stk):
    stk.plant("mode_lost")
    stk.fails(CheckFailed, HbmStkState.CLOCKED)


def test_a_trip_is_reported_and_outlives_a_reset(stk):
    stk.boot()
    stk.plant("cattrip", times=1)
    stk.reset()
    stk.fails(NoWayOut, HbmStkState.TRIPPED)


@pytest.mark.parametrize(("times", "tripped"), [(1, False), (None, True)])
def test_only_power_off_clears_a_trip_and_one_planted_for_ever_comes_back(stk, times, tripped):
    stk.plant("cattrip", times=times)
    stk.power_cycle()
    assert (stk.state is HbmStkState.TRIPPED) is tripped


@pytest.mark.parametrize("pins", [0b111, 0b110, 0b011, 0b100, 0b101])
def test_pins_raised_by_somebody_else_too_early_begin_anew(stk, pins):
    stk.dut.regs.w_ctrl.write(pins)
    wrong = stk.violations()
    assert stk.state is HbmStkState.OUT_OF_ORDER
    stk.boot()
    assert stk.violations() == wrong


def test_a_reset_that_was_cut_short_is_timed_anew(stk):
    stk.dut.regs.w_ctrl.write(0b011)
    stk.dut.regs.w_ctrl.write(0b001)
    stk.boot()


@pytest.mark.model_only("hardware that is right never gets there: only its own state could be bent")
@pytest.mark.parametrize(("field", "value"), [("valid", False), ("bad", True)])
def test_a_clock_over_lanes_not_known_to_be_good_begins_anew(stk, field, value):
    stk.boot()
    setattr(stk.model.hw.extest, field, value)
    assert stk.state is HbmStkState.OUT_OF_ORDER
    stk.boot()


def test_a_reset_behind_our_back_is_converged_again(stk):
    stk.boot()
    stk.reset()
    assert stk.state is HbmStkState.IN_RESET
    stk.boot()


def test_a_slow_stack_is_waited_for(stk):
    stk.plant("slow", 3)
    stk.boot()


# Reading.


@pytest.mark.parametrize("celsius", [45, -12])
def test_temperature(make, celsius):
    stk = make(celsius=celsius)
    assert stk.boot().measure_temperature() == celsius
    assert stk.state is HbmStkState.READY


def test_a_question_that_somebody_else_asked_is_waited_for(stk):
    stk.boot().measure_temperature()
    stk.dut.regs.w_start.pulse(go=True)
    assert stk.state is HbmStkState.ASKING
    assert stk.writes() == []
    assert stk.state is HbmStkState.READY


def test_an_instruction_that_the_stack_does_not_know_does_nothing(stk):
    regs = stk.boot().regs
    regs.w_instr.write(0x1F55)
    before = stk.registers()
    regs.w_start.pulse(go=True)
    assert regs.w_status.read().busy
    stk.sleep(us(20))
    assert stk.registers() == before
    assert stk.violations() == []


@pytest.mark.model_only("no traffic on this bench: the stack finds no errors to log")
def test_the_error_log_cannot_be_read_by_accident(stk):
    dut, log = stk.boot(), stk.model.hw.ecs_log
    log.count, log.valid = 3, True
    assert not hasattr(dut.regs.ecs_log, "read")
    assert dut.regs.ecs_peek.read().count == 3
    dut.observe()
    dut.regs.dump()
    assert dut.regs.ecs_log.take().count == 3
    assert not dut.regs.ecs_peek.read().valid
