"""A sensor group: clock, serial interfaces, samples that know their age, alarms; and the curves, which are signed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.bus import ms, us
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.pvt.curve import CODES, SERIES_5, SERIES_6, VOLTAGE_CODES, signed, volts
from bedplate.ip.pvt.driver import Pvt, PvtConfig, PvtState
from bedplate.ip.pvt.model import PvtModel
from bedplate.ip.pvt.regs import SdifAddrE

STEADY = "temperatures of the RTL are parameters, they do not change"


@pytest.fixture
def make(bench):
    return lambda **sensors: bench(Pvt, PvtConfig(), PvtModel(**sensors))


@pytest.fixture
def pvt(make):
    return make()


def test_boot_starts_every_macro_and_arms_the_alarms(pvt):
    report = pvt.converge()
    assert report.ok
    assert us(80) < report.lines[-1].reached < ms(1)
    assert report.transactions < 120


def test_killed_anywhere(pvt):
    pvt.survives_every_kill()


@pytest.mark.parametrize("fault", ["sensor_fault", "clock_stopped", "frozen"])
def test_killed_anywhere_while_recovering(pvt, fault):
    pvt.boot()
    pvt.plant(fault, times=1)
    pvt.sleep(ms(6))
    pvt.survives_every_kill()


def test_macros_that_are_told_to_run_powered_down_do_not_count_as_running(pvt):
    sdif = pvt.boot().regs.sdif[0]
    for data in (0, 0b101):
        sdif.cmd.write(wdata=data, addr=SdifAddrE.CTRL, wrn=True, prog=True)
        sdif.status.wait(busy=False, timeout=us(200))
    assert (sdif.mirror.read().running, sdif.mirror.read().powered) == (True, False)
    assert pvt.state is PvtState.MISCONFIGURED
    pvt.boot()


# Samples.


def test_temperatures_and_voltages(pvt):
    dut = pvt.boot()
    assert dut.temperature(0) == pytest.approx(57.4 + 249.4 * (1850 / 4096 - 0.5) + 2 / 8)
    assert dut.temperature(1) == pytest.approx(57.4 + 249.4 * (1900 / 4096 - 0.5) - 5 / 8)
    assert dut.voltage(0) == pytest.approx(0.7795, abs=1e-3)


def test_value_and_counter_come_in_one_word(pvt):
    dut = pvt.boot()
    first = dut.regs.ts[0].data.read()
    pvt.sleep(us(500))
    later = dut.regs.ts[0].data.read()
    assert (later.count - first.count) & 0xFF == 10
    assert later.sample == first.sample
    assert dut.age(0) < us(50)


def test_the_counter_wraps_and_a_sample_stays_fresh(pvt):
    pvt.boot()
    pvt.sleep(ms(100))
    assert pvt.state is PvtState.RUNNING


def test_the_other_series_has_another_curve_and_is_refused(make):
    make(series=5).fails(NoWayOut, PvtState.WRONG_TYPE)


def test_without_offsets_from_fuses_there_is_no_calibration(pvt):
    pvt.withdraw("firmware")
    pvt.reset()
    pvt.fails(NoWayOut, PvtState.UNCALIBRATED)


@pytest.mark.model_only(STEADY)
def test_extremes_begin_anew_with_the_present_sample(pvt):
    regs = pvt.boot().regs
    pvt.model.warm(0, 1900)
    pvt.model.warm(0, 1800)
    extremes = regs.ts[0].hilo.read()
    assert (extremes.lo, extremes.hi) == (1800, 1900)
    regs.hilo_reset.pulse(forget=True)
    extremes = regs.ts[0].hilo.read()
    assert (extremes.lo, extremes.hi) == (1800, 1800)


def test_a_sensor_without_a_sample_has_no_extremes(pvt):
    pvt.plant("frozen", 2, times=1)
    pvt.dut.synthesise_clock()
    pvt.dut.start()
    pvt.sleep(us(100))
    seen = [sensor.hilo.read() for sensor in pvt.dut.regs.ts]
    assert (seen[1].lo, seen[1].hi) == (1900, 1900)
    assert (seen[2].lo, seen[2].hi) == (0xFFFF, 0)


def test_held_macros_take_no_samples(pvt):
    regs = pvt.boot().regs
    regs.sdif[0].halt.write(hold=True)
    held = regs.ts[0].data.read().count
    pvt.sleep(us(500))
    assert regs.ts[0].data.read().count == held
    regs.sdif[0].halt.write(hold=False)
    pvt.sleep(us(525))
    assert regs.ts[0].data.read().count == held + 10


# Serial interfaces.


def test_a_serial_read_changes_nothing(pvt):
    pvt.dut.synthesise_clock()
    sdif = pvt.dut.regs.sdif[0]
    sdif.cmd.write(wdata=0x55, addr=SdifAddrE.CFG, wrn=False, prog=True)
    assert sdif.status.read().busy
    pvt.sleep(us(10))
    assert not sdif.status.read().busy
    assert not sdif.mirror.read()


def test_a_serial_access_that_ends_without_a_sensor_clock_reaches_nobody(pvt):
    pvt.dut.synthesise_clock()
    sdif = pvt.dut.regs.sdif[0]
    sdif.cmd.write(wdata=1, addr=SdifAddrE.CTRL, wrn=True, prog=True)
    pvt.dut.restart()
    pvt.sleep(us(100))
    assert not sdif.mirror.read()
    assert not pvt.dut.regs.done.read()


# Alarms.


@pytest.mark.model_only(STEADY)
def test_alarms_are_raised_where_planned(pvt):
    dut = pvt.boot()
    alarm, _ = dut.config.thresholds(dut.config.alarm)
    pvt.model.warm(2, alarm - 1)
    assert not dut.regs.irq_status.read().alarm_a
    pvt.model.warm(2, alarm)
    assert dut.regs.irq_status.read().alarm_a
    assert not dut.regs.irq_status.read().alarm_b
    assert pvt.model.interrupt("irq_status")


@pytest.mark.model_only(STEADY)
def test_alarms_are_withdrawn_below_their_hysteresis(pvt):
    """The interrupt is sticky: it can be cleared once its cause is gone."""
    regs = pvt.boot().regs
    alarm, calm = pvt.dut.config.thresholds(pvt.dut.config.alarm)
    pvt.model.warm(2, alarm)
    pvt.model.warm(2, calm)
    regs.irq_status.clear(alarm_a=True)
    assert regs.irq_status.read().alarm_a
    pvt.model.warm(2, calm - 1)
    assert regs.irq_status.read().alarm_a
    regs.irq_status.clear(alarm_a=True)
    assert not regs.irq_status.read().alarm_a


def test_a_lower_threshold_raises_at_once(pvt):
    regs = pvt.boot().regs
    regs.alarm_a.modify(thresh=1900)
    assert regs.irq_status.read().alarm_a


def test_changed_thresholds_are_put_right(pvt):
    pvt.boot().regs.alarm_b.modify(thresh=0xFFFF)
    assert pvt.state is PvtState.SAMPLING
    pvt.boot()


# What goes wrong.


def test_a_frozen_channel_is_seen_by_its_age_and_restarted(pvt):
    pvt.boot()
    pvt.plant("frozen", 2, times=1)
    pvt.sleep(ms(2))
    assert pvt.state is PvtState.RUNNING
    pvt.sleep(ms(4))
    assert pvt.state is PvtState.FROZEN
    assert "temperature channel 2" in pvt.dut.detail()
    pvt.boot()


@pytest.mark.model_only(STEADY)
def test_a_frozen_channel_shows_what_was(pvt):
    before = pvt.boot().temperature(2)
    pvt.plant("frozen", 2, times=1)
    pvt.model.warm(2, 3000)
    pvt.sleep(ms(6))
    assert pvt.dut.temperature(2) == before
    assert pvt.boot().temperature(2) > before


def test_a_stopped_clock_leaves_plausible_values_which_are_not_believed(pvt):
    value = pvt.boot().temperature(0)
    pvt.plant("clock_stopped", times=1)
    pvt.sleep(ms(6))
    assert pvt.dut.temperature(0) == value
    assert pvt.state is PvtState.FROZEN
    pvt.boot()


def test_a_channel_that_stays_frozen_is_reported(pvt):
    pvt.plant("frozen", 1)
    error = pvt.fails(NoWayOut, PvtState.FROZEN)
    assert "temperature channel 1" in error.got


def test_a_faulty_sensor_is_restarted(pvt):
    pvt.plant("sensor_fault", 3, times=1)
    pvt.boot()


def test_a_sensor_that_stays_faulty_is_reported_and_not_believed(pvt):
    pvt.plant("sensor_fault", 3)
    pvt.fails(NoWayOut, PvtState.SENSOR_FAULT)
    with pytest.raises(CheckFailed, match=r"ts\[3\]"):
        pvt.dut.temperature(3)


def test_a_stuck_serial_interface_is_a_timeout_that_names_it(pvt):
    pvt.plant("stuck_busy")
    error = pvt.fails(PollTimeout, PvtState.CLOCKED)
    assert error.where == "dut.sdif[0].status"


def test_another_clock_than_planned_is_a_fault_with_a_way_out(pvt):
    pvt.boot().regs.clk_synth.modify(lo=40)
    assert pvt.state is PvtState.MISCONFIGURED
    pvt.boot()


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


def test_the_curve_depends_on_the_sensor_clock():
    slow, fast = SERIES_5.celsius(2047, 4_000), SERIES_5.celsius(2047, 5_000)
    assert slow - fast == pytest.approx(0.1)


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
