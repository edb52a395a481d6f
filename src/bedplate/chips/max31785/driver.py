"""Drivers of the MAX31785: its identity, a fan, and a temperature sensor. Source: `max31785.rdl` names it.

What this device lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *No timer of the spin-up*: a HAL that finds a fan spinning up gives it the whole budget once more.
- *Limits of a fan are in turns a minute, its command is a duty cycle*: `least_rpm` says how fast it has to turn by it, and is the limit of the
  device's own warning, too.

The model in QEMU does nothing on CLEAR_FAULTS (in 7.2; mended since). It turns a fan three times a minute for each 0.01 % of its duty cycle, at once and however it is configured; it has no temperatures.
"""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Block, Effect, State, fault, s, step, wait
from bedplate.chips.max31785.regs import DeviceRegs, FanRegs, SensorRegs
from bedplate.reg.formats import Direct

DUTY, TEMPERATURE = Direct(1, 0, 2), Direct(1, 0, 2)
"""The formats of duty cycles (%) and temperatures (degrees Celsius)."""
MAXIM, MODEL = 0x4D, 0x53
BROKEN = 0x7FFF


class DeviceState(State):
    """States of the identity."""

    IDENTIFIED = "a MAX31785"
    OTHER_DEVICE = fault("another manufacturer or model")


class Device(Block[DeviceRegs, None]):
    """What the device says of itself."""

    goal = DeviceState.IDENTIFIED
    reset_state = DeviceState.IDENTIFIED

    def observe(self) -> DeviceState:
        identified = (self.regs.mfr_id.read().value, self.regs.mfr_model.read().value) == (MAXIM, MODEL)
        return DeviceState.IDENTIFIED if identified else DeviceState.OTHER_DEVICE

    def detail(self) -> str:
        return repr(self.regs.mfr_revision.read())


class FanConfig(NamedTuple):
    """A duty cycle (%), how fast the fan turns by it at least (turns a minute), and its tachometer's pulses a turn (1 to 4)."""

    duty: float
    least_rpm: int
    pulses: int


class FanState(State):
    """States of a fan."""

    OTHER = "another duty cycle, limit or tachometer than planned, or not driven, as after reset"
    SPINNING_UP = "driven as planned, slower than it has to be"
    TURNING = "driven as planned, as fast as it has to be"
    FAILED = fault("driven as planned, and the device notes that it is, or was, slower than a limit")


class Fan(Block[FanRegs, FanConfig]):
    """A fan with a tachometer, driven by a duty cycle. It never stands still on the way: what it cools may be hot."""

    goal = FanState.TURNING
    reset_state = FanState.OTHER

    def observe(self) -> FanState:
        regs, planned = self.regs, self.config
        config = regs.config.read()
        driven = (config.installed, config.rpm, config.pulses + 1) == (True, False, planned.pulses)
        words = regs.command.read().value, regs.warn_limit.read().value
        if not driven or words != (DUTY.word(planned.duty), planned.least_rpm):
            return FanState.OTHER
        if regs.status_word.read().fans:
            return FanState.FAILED
        return FanState.TURNING if regs.speed.read().value >= planned.least_rpm else FanState.SPINNING_UP

    def detail(self) -> str:
        return f"{self.regs.speed.read().value} rpm, {self.regs.status_word.read()!r}"

    @step(FanState.OTHER, FanState.SPINNING_UP, effect=Effect.STOPS_TRAFFIC)
    def drive(self) -> None:
        """Limit and duty cycle before the fan is driven by them."""
        self.regs.warn_limit.write(value=self.config.least_rpm)
        self.regs.command.write(value=DUTY.word(self.config.duty))
        self.regs.config.modify(installed=True, rpm=False, pulses=self.config.pulses - 1)

    @step(FanState.FAILED, FanState.SPINNING_UP, effect=Effect.DESTROYS_EVIDENCE)
    def forgive(self) -> None:
        """Let the device note it anew, if it is still so."""
        self.regs.clear_faults.write(go=True)

    spin_up = wait(FanState.SPINNING_UP, FanState.TURNING, typical=s(2), limit=s(10))


class SensorConfig(NamedTuple):
    """When to warn, and when it is a fault (degrees Celsius)."""

    warn: float
    fault: float


class SensorState(State):
    """States of a temperature sensor."""

    OTHER = "other limits than planned, as after reset"
    WATCHING = "the planned limits, and nothing beyond them"
    HOT = fault("beyond its limit, now or since this was cleared")
    BROKEN = fault("the sensor is open or shorted")


class Sensor(Block[SensorRegs, SensorConfig]):
    """A temperature sensor with limits."""

    goal = SensorState.WATCHING
    reset_state = SensorState.OTHER

    def observe(self) -> SensorState:
        regs, config = self.regs, self.config
        limits = regs.ot_warn_limit.read().value, regs.ot_fault_limit.read().value
        if limits != (TEMPERATURE.word(config.warn), TEMPERATURE.word(config.fault)):
            return SensorState.OTHER
        if regs.temperature.read().value == BROKEN:
            return SensorState.BROKEN
        return SensorState.HOT if regs.status_temperature.read().ot_fault else SensorState.WATCHING

    def detail(self) -> str:
        return (
            f"{TEMPERATURE.number(self.regs.temperature.read().value):.2f} C, {self.regs.status_temperature.read()!r}"
        )

    @step(SensorState.OTHER, SensorState.WATCHING)
    def limit(self) -> None:
        """The fault first: at no moment is there a warning without it."""
        self.regs.ot_fault_limit.write(value=TEMPERATURE.word(self.config.fault))
        self.regs.ot_warn_limit.write(value=TEMPERATURE.word(self.config.warn))
