"""Drivers of the ISL69260: its identity, and a rail. Source: `isl69260.rdl` names it; the data sheet is not public.

What this device lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *No identity of its own* that every one of them has (IC_DEVICE_ID, ADh, is there on its sibling ISL69259): who answers is a PMBus device of
  revision 1.3, and more is not known of it.
- *Limits are not changed under load*: a step that writes them turns the rail off before, and says so.
- *No timer of the ramp*: a HAL that finds a rail ramping gives it the whole budget once more.

The model in QEMU has these manners of its own: CLEAR_FAULTS does nothing (in 7.2; mended since), limits are judged at each write to any page, and
a rail that is turned on comes to its low margin. So `ramp` asks for a voltage within the warning limits, not for the one commanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Block, Effect, State, fault, ms, step, wait
from bedplate.chips.isl69260.regs import DeviceRegs, RailRegs
from bedplate.reg.formats import Direct

VIN, VOUT, IOUT, POWER, TEMPERATURE = (
    Direct(1, 0, 2),
    Direct(1, 0, 3),
    Direct(1, 0, 1),
    Direct(1, 0, 0),
    Direct(1, 0, 0),
)
"""The formats of its readings and limits: V, V, A, W, degrees Celsius."""


class DeviceState(State):
    """States of the identity."""

    IDENTIFIED = "a PMBus device of revision 1.3"
    OTHER_DEVICE = fault("a PMBus device of another revision")


class Device(Block[DeviceRegs, None]):
    """What the device says of itself."""

    goal = DeviceState.IDENTIFIED
    reset_state = DeviceState.IDENTIFIED

    def observe(self) -> DeviceState:
        revision = self.regs.revision.read()
        identified = (revision.part_1, revision.part_2) == (3, 3)
        return DeviceState.IDENTIFIED if identified else DeviceState.OTHER_DEVICE

    def detail(self) -> str:
        return f"{self.regs.revision.read()!r}, {self.regs.capability.read()!r}"


class RailConfig(NamedTuple):
    """What a rail is to give (V), and its limits: margins and voltages (V), currents (A), temperatures (degrees Celsius).

    `reads_vin`: whether its page has the input voltage, too.
    """

    vout: float
    margin_high: float
    margin_low: float
    ov_fault: float
    ov_warn: float
    uv_warn: float
    uv_fault: float
    oc_fault: float
    oc_warn: float
    ot_fault: float
    ot_warn: float
    reads_vin: bool = False

    def words(self) -> Iterator[tuple[str, int]]:
        """Each register that holds a part of this, and the word that it is to hold. Raises OutOfRange for what has none."""
        yield "vout_command", VOUT.word(self.vout)
        yield "vout_margin_high", VOUT.word(self.margin_high)
        yield "vout_margin_low", VOUT.word(self.margin_low)
        yield "vout_ov_fault_limit", VOUT.word(self.ov_fault)
        yield "vout_ov_warn_limit", VOUT.word(self.ov_warn)
        yield "vout_uv_warn_limit", VOUT.word(self.uv_warn)
        yield "vout_uv_fault_limit", VOUT.word(self.uv_fault)
        yield "iout_oc_fault_limit", IOUT.word(self.oc_fault)
        yield "iout_oc_warn_limit", IOUT.word(self.oc_warn)
        yield "ot_fault_limit", TEMPERATURE.word(self.ot_fault)
        yield "ot_warn_limit", TEMPERATURE.word(self.ot_warn)


class RailState(State):
    """States of a rail."""

    OTHER = "other voltages or limits than planned, as after reset"
    OFF = "off, with the planned voltages and limits"
    RAMPING = "on, the output not within its warning limits"
    REGULATING = "on, the output within its warning limits"
    TRIPPED = fault("a fault is noted: overvoltage, undervoltage, overcurrent or overtemperature")


class Rail(Block[RailRegs, RailConfig]):
    """A rail, from whatever its non-volatile memory made of it to the planned voltage, watched by the planned limits."""

    goal = RailState.REGULATING
    reset_state = RailState.OTHER
    goals = MappingProxyType({OFF: RailState.OFF})

    def observe(self) -> RailState:
        regs, config = self.regs, self.config
        vout, iout, temperature = regs.status_vout.read(), regs.status_iout.read(), regs.status_temperature.read()
        if vout.ov_fault or vout.uv_fault or iout.oc_fault or temperature.ot_fault:
            return RailState.TRIPPED
        if any(getattr(regs, name).read().value != word for name, word in config.words()):
            return RailState.OTHER
        if not regs.operation.read().on:
            return RailState.OFF
        volts = VOUT.number(regs.read_vout.read().value)
        return RailState.REGULATING if config.uv_warn <= volts <= config.ov_warn else RailState.RAMPING

    def detail(self) -> str:
        regs = self.regs
        readings = [
            f"{VOUT.number(regs.read_vout.read().value):.3f} V",
            f"{IOUT.number(regs.read_iout.read().value):.1f} A",
            f"{POWER.number(regs.read_pout.read().value):.0f} W",
            f"{TEMPERATURE.number(regs.read_temperature_1.read().value):.0f} C",
        ]
        if self.config.reads_vin:
            readings.append(f"input {VIN.number(regs.read_vin.read().value):.2f} V")
        return f"{', '.join(readings)}, {regs.status_word.read()!r}"

    @step(RailState.OTHER, RailState.OFF, effect=Effect.STOPS_TRAFFIC, toward=(SERVICE, OFF))
    def configure(self) -> None:
        """Turn the rail off, then write what is planned of it."""
        self.regs.operation.modify(on=False)
        for name, word in self.config.words():
            getattr(self.regs, name).write(value=word)

    @step(
        RailState.TRIPPED,
        RailState.OFF,
        effect=Effect.STOPS_TRAFFIC | Effect.DESTROYS_EVIDENCE,
        toward=(SERVICE, OFF),
    )
    def recover(self) -> None:
        """Turn the rail off, and let it note anew what goes wrong: limits that nobody planned may have been the cause, so they come first."""
        self.configure()
        self.regs.clear_faults.write(go=True)

    @step(RailState.OFF, RailState.RAMPING, effect=Effect.STOPS_TRAFFIC)
    def turn_on(self) -> None:
        """Without margin."""
        self.regs.operation.modify(on=True, margin=0)

    ramp = wait(RailState.RAMPING, RailState.REGULATING, typical=ms(1), limit=ms(100))

    @step((RailState.REGULATING, RailState.RAMPING), RailState.OFF, effect=Effect.STOPS_TRAFFIC, toward=OFF)
    def turn_off(self) -> None:
        """At once."""
        self.regs.operation.modify(on=False)
