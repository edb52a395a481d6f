"""A sensor group: clock, serial interfaces, samples that know their age, alarms; and the curves, which are signed."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import Block, State, firmware, problems
from bedplate.bus import Canary, Decorator, MemoryBus, Request, ms, perform, us
from bedplate.converge import Chip
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.pvt.curve import CODES, SERIES_5, SERIES_6, VOLTAGE_CODES, signed, volts
from bedplate.ip.pvt.driver import Pvt, PvtState, PvtWant
from bedplate.ip.pvt.model import PvtModel
from bedplate.ip.pvt.regs import PvtRegs
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
    """A sensor group, its fuses taken for granted."""

    name = "bench"
    canary = Canary(0, 0x50565431)

    def wire(self, bus):
        self.supply = Supply(RegisterBlock(bus, 0x8000, "supply"), None)
        self.pvt = Pvt(PvtRegs(bus, 0, "pvt"), PvtWant(), firmware(self.supply))


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
    return ChipModel([Placed("pvt", 0, PvtModel(**settings))])


def boot(chip):
    report = Bench(chip).converge()
    assert report.ok, str(report)
    return Bench(chip).pvt


def end(chip):
    """Converge; the state that the block ends in, and its error."""
    line = next(line for line in Bench(chip).converge().lines if line.name == "pvt")
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


def proves_kill_anywhere(make_chip, wanted="RUNNING"):
    undisturbed = make_chip()
    assert end(undisturbed)[0] == wanted
    assert not undisturbed.hazards()
    for where, chip in deaths(make_chip()):
        assert end(chip)[0] == wanted, where
        assert chip.state() == undisturbed.state(), where
        assert not chip.hazards(), where
        assert Bench(chip).converge().writes == 0, where


WORDS = PvtRegs.SIZE // 4
WORD = st.one_of(st.sampled_from((0, 0xFFFF_FFFF, 1)), st.integers(0, 0xFFFF_FFFF))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, WORDS - 1), WORD, max_size=8), st.booleans())
def test_observe_is_total_and_only_reads(overlay, booted):
    memory = MemoryBus(0x9000)
    memory.write_block(0, IMAGE[booted])
    for index, word in overlay.items():
        memory.write(4 * index, word)
    block = Bench(ReadOnly(memory)).pvt
    assert isinstance(block.observe(), PvtState)
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
    assert problems(Pvt) == []


def test_boot_starts_every_macro_and_arms_the_alarms():
    chip = make()
    report = Bench(chip).converge()
    assert report.ok
    assert us(80) < report.device_time < ms(1)
    assert report.transactions < 120
    assert Bench(chip).converge().writes == 0


def test_killed_anywhere():
    proves_kill_anywhere(make)


@pytest.mark.parametrize("fault", ["sensor_fault", "clock_stopped", "frozen"])
def test_killed_anywhere_while_recovering(fault):
    def broken():
        chip = make()
        boot(chip)
        chip.plant("pvt", fault, times=1)
        chip.sleep(ms(6))
        return chip

    proves_kill_anywhere(broken)


# Samples.


def test_temperatures_and_voltages():
    pvt = boot(make())
    assert pvt.temperature(0) == pytest.approx(57.4 + 249.4 * (1850 / 4096 - 0.5) + 2 / 8)
    assert pvt.temperature(1) == pytest.approx(57.4 + 249.4 * (1900 / 4096 - 0.5) - 5 / 8)
    assert pvt.voltage(0) == pytest.approx(0.7795, abs=1e-3)


def test_value_and_counter_come_in_one_word():
    chip = make()
    pvt = boot(chip)
    first = pvt.regs.ts[0].data.read()
    chip.sleep(us(500))
    later = pvt.regs.ts[0].data.read()
    assert (later.count - first.count) & 0xFF == 10
    assert later.sample == first.sample
    assert pvt.age(0) < us(50)


def test_the_counter_wraps_and_a_sample_stays_fresh():
    chip = make()
    pvt = boot(chip)
    chip.sleep(ms(100))
    assert pvt.observe() is PvtState.RUNNING


def test_the_other_series_depends_on_the_sensor_clock():
    chip = make(series=5)
    assert end(chip)[0] == "WRONG_TYPE"
    slow, fast = SERIES_5.celsius(2047, 4_000), SERIES_5.celsius(2047, 5_000)
    assert slow - fast == pytest.approx(0.1)


def test_alarms_are_raised_where_planned():
    chip = make()
    pvt = boot(chip)
    alarm, _ = pvt.want.thresholds(pvt.want.alarm)
    chip["pvt"].warm(2, alarm - 1)
    assert not pvt.regs.irq_status.read().alarm_a
    chip["pvt"].warm(2, alarm)
    assert pvt.regs.irq_status.read().alarm_a
    assert not pvt.regs.irq_status.read().alarm_b
    assert chip["pvt"].interrupt("irq_status")


def test_changed_thresholds_are_put_right():
    chip = make()
    pvt = boot(chip)
    pvt.regs.alarm_b.modify(thresh=0xFFFF)
    assert pvt.observe() is PvtState.SAMPLING
    assert boot(chip).observe() is PvtState.RUNNING


# Faults.


def test_a_frozen_channel_is_seen_by_its_age_and_restarted():
    chip = make()
    pvt = boot(chip)
    before = pvt.temperature(2)
    chip.plant("pvt", "frozen", 2, times=1)
    chip["pvt"].warm(2, 3000)
    chip.sleep(ms(2))
    assert pvt.observe() is PvtState.RUNNING
    chip.sleep(ms(4))
    assert pvt.observe() is PvtState.FROZEN
    assert pvt.temperature(2) == before
    assert "temperature channel 2" in pvt.detail()
    assert boot(chip).temperature(2) > before


def test_a_stopped_clock_leaves_plausible_values_which_are_not_believed():
    chip = make()
    pvt = boot(chip)
    value = pvt.temperature(0)
    chip.plant("pvt", "clock_stopped", times=1)
    chip.sleep(ms(6))
    assert pvt.temperature(0) == value
    assert pvt.observe() is PvtState.FROZEN
    assert boot(chip).observe() is PvtState.RUNNING


def test_a_channel_that_stays_frozen_is_reported():
    chip = make()
    chip.plant("pvt", "frozen", 1)
    state, error = end(chip)
    assert (state, type(error)) == ("FROZEN", NoWayOut)
    assert "temperature channel 1" in Bench(chip).pvt.detail()


def test_a_faulty_sensor_is_restarted_once_and_then_reported():
    chip = make()
    chip.plant("pvt", "sensor_fault", 3, times=1)
    assert boot(chip).observe() is PvtState.RUNNING
    chip.plant("pvt", "sensor_fault", 3)
    state, error = end(chip)
    assert (state, type(error)) == ("SENSOR_FAULT", NoWayOut)
    with pytest.raises(CheckFailed, match=r"ts\[3\]"):
        Bench(chip).pvt.temperature(3)


def test_a_stuck_serial_interface_is_a_timeout_that_names_it():
    chip = make()
    chip.plant("pvt", "stuck_busy")
    error = end(chip)[1]
    assert isinstance(error, PollTimeout)
    assert error.where == "pvt.sdif[0].status"
    assert Bench(chip).pvt.observe() is PvtState.CLOCKED


def test_another_clock_than_planned_is_a_fault_with_a_way_out():
    chip = make()
    pvt = boot(chip)
    pvt.regs.clk_synth.modify(lo=40)
    assert pvt.observe() is PvtState.MISCONFIGURED
    assert boot(chip).observe() is PvtState.RUNNING


def test_without_offsets_from_fuses_there_is_no_calibration():
    class Blank(PvtModel):
        def inputs_changed(self):
            pass

    assert end(ChipModel([Placed("pvt", 0, Blank())]))[0] == "UNCALIBRATED"


# Curves. The traps: 3/256 in integers is 0, and a shift of a negative number in unsigned arithmetic is huge.


@pytest.mark.parametrize("curve", [SERIES_5, SERIES_6])
@given(code=st.integers(0, CODES - 1), khz=st.integers(1_000, 10_000))
def test_celsius_is_the_formula(curve, code, khz):
    exact = curve.g + curve.h * (Fraction(code, curve.full) - Fraction(1, 2)) + Fraction(curve.j * khz, 1000)
    assert curve.celsius(code, khz) == pytest.approx(float(exact / 1000), abs=1e-9)


@pytest.mark.parametrize("curve", [SERIES_5, SERIES_6])
@given(celsius=st.integers(-39, 155), khz=st.integers(1_000, 10_000))
def test_a_code_is_the_smallest_at_or_above_its_temperature(curve, celsius, khz):
    code = curve.code(celsius, khz)
    assert curve.celsius(code, khz) >= celsius - 1e-9
    assert curve.celsius(code - 1, khz) < celsius


@pytest.mark.parametrize("curve", [SERIES_5, SERIES_6])
def test_codes_stay_in_range(curve):
    assert curve.code(-300, 5_000) == 0
    assert curve.code(1000, 5_000) == CODES - 1


def test_cold_is_negative():
    assert SERIES_6.celsius(400, 5_000) == pytest.approx(-42.9, abs=0.1)
    assert signed(0xFB) == -5
    assert signed(0x7F) == 127


@given(code=st.integers(0, VOLTAGE_CODES - 2))
def test_volts_are_signed_and_rise(code):
    assert volts(code) == pytest.approx(float(Fraction(90 * code - 245_805, 1_024_000)), abs=1e-12)
    assert volts(code) < volts(code + 1)
    assert (volts(code) < 0) == (code < 2732)


def test_volts_at_the_ends():
    assert volts(0) == pytest.approx(-0.240044, abs=1e-6)
    assert volts(VOLTAGE_CODES - 1) == pytest.approx(1.19987, abs=1e-5)
