# Generated from pwrmgr.rdl by `bedplate gen`; do not edit. Digest of the description: 1589d163be0710bf.
# fmt: off

from __future__ import annotations

from enum import IntEnum

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Register,
    RegisterBlock,
    Value,
    decoder,
)


class PowerStateE(IntEnum):
    RAMPING = 0
    ACTIVE = 1
    LOW_POWER = 2
    FAULT = 7


_POWER_STATE_E = decoder(PowerStateE, 3)


class IdValue(Value):
    """Block identity: 'PWRM' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x5057524D),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(Register):
    """Block identity: 'PWRM' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    def wait(self, *, value: int | None = None, timeout: int) -> IdValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return IdValue(self._wait(mask, bits, timeout))


class StatusValue(Value):
    """State of the slow sequencer."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("state", 0, 3, sw="r", hw="w", enum=PowerStateE),
        Field("rail_good", 8, 5, sw="r", hw="w"),
        Field("domains", 16, 10, sw="r", hw="w"),
    )

    @property
    def state(self) -> PowerStateE:
        """Bits 2:0, r."""
        return _POWER_STATE_E[self & 0x7]

    @property
    def rail_good(self) -> int:
        """Rails within tolerance: 0 core, 1 SRAM, 2 HBM core, 3 HBM I/O, 4 I/O; bits 12:8, r."""
        return self >> 8 & 0x1F

    @property
    def domains(self) -> int:
        """Domains that are on, bit i for PPU i; bits 25:16, r."""
        return self >> 16 & 0x3FF


class Status(Register):
    """State of the slow sequencer."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, state: PowerStateE | None = None, rail_good: int | None = None, domains: int | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if state is not None:
                if state >> 3:
                    raise self._field("state", state)
                mask |= 0x7
                bits |= state
            if rail_good is not None:
                if rail_good >> 5:
                    raise self._field("rail_good", rail_good)
                mask |= 0x1F00
                bits |= rail_good << 8
            if domains is not None:
                if domains >> 10:
                    raise self._field("domains", domains)
                mask |= 0x3FF0000
                bits |= domains << 16
        except TypeError:
            raise self._no_number({"state": state, "rail_good": rail_good, "domains": domains}) from None
        return StatusValue(self._wait(mask, bits, timeout))


class ErrorsValue(Value):
    """Errors of the sequencer. Evidence."""
    __slots__ = ()
    NAME = "errors"
    FIELDS = (
        Field("rail", 0, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
        Field("switch_timeout", 1, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
        Field("glitch", 2, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
    )

    @property
    def rail(self) -> bool:
        """A rail left its tolerance; bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def switch_timeout(self) -> bool:
        """A domain switch did not acknowledge; bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def glitch(self) -> bool:
        """Glitch on the main domain; bit 2, rw, woclr."""
        return (self & 0x4) != 0


class Errors(Register):
    """Errors of the sequencer. Evidence."""
    __slots__ = ()
    Value = ErrorsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrorsValue:
        return ErrorsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, rail: bool | None = None, switch_timeout: bool | None = None, glitch: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if rail is not None:
                if rail >> 1:
                    raise self._field("rail", rail)
                value = value & 0xFFFFFFFE | rail
            if switch_timeout is not None:
                if switch_timeout >> 1:
                    raise self._field("switch_timeout", switch_timeout)
                value = value & 0xFFFFFFFD | switch_timeout << 1
            if glitch is not None:
                if glitch >> 1:
                    raise self._field("glitch", glitch)
                value = value & 0xFFFFFFFB | glitch << 2
        except TypeError:
            raise self._no_number({"": value, "rail": rail, "switch_timeout": switch_timeout, "glitch": glitch}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, rail: bool = False, switch_timeout: bool = False, glitch: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x7
            if rail:
                if rail >> 1:
                    raise self._field("rail", rail)
                bits |= rail
            if switch_timeout:
                if switch_timeout >> 1:
                    raise self._field("switch_timeout", switch_timeout)
                bits |= switch_timeout << 1
            if glitch:
                if glitch >> 1:
                    raise self._field("glitch", glitch)
                bits |= glitch << 2
        except TypeError:
            raise self._no_number({"": value, "rail": rail, "switch_timeout": switch_timeout, "glitch": glitch}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, rail: bool | None = None, switch_timeout: bool | None = None, glitch: bool | None = None, timeout: int) -> ErrorsValue:
        mask = bits = 0
        try:
            if rail is not None:
                if rail >> 1:
                    raise self._field("rail", rail)
                mask |= 0x1
                bits |= rail
            if switch_timeout is not None:
                if switch_timeout >> 1:
                    raise self._field("switch_timeout", switch_timeout)
                mask |= 0x2
                bits |= switch_timeout << 1
            if glitch is not None:
                if glitch >> 1:
                    raise self._field("glitch", glitch)
                mask |= 0x4
                bits |= glitch << 2
        except TypeError:
            raise self._no_number({"rail": rail, "switch_timeout": switch_timeout, "glitch": glitch}) from None
        return ErrorsValue(self._wait(mask, bits, timeout))


class ControlValue(Value):
    """Low-power entry."""
    __slots__ = ()
    NAME = "control"
    FIELDS = (
        Field("low_power_hint", 0, 1),
        Field("sync", 1, 1, singlepulse=True),
    )

    @property
    def low_power_hint(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def sync(self) -> bool:
        """Synchronise the configuration into the slow domain; bit 1, rw, single pulse."""
        return (self & 0x2) != 0


class Control(Register):
    """Low-power entry."""
    __slots__ = ()
    Value = ControlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> ControlValue:
        return ControlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, low_power_hint: bool | None = None, sync: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if low_power_hint is not None:
                if low_power_hint >> 1:
                    raise self._field("low_power_hint", low_power_hint)
                value = value & 0xFFFFFFFE | low_power_hint
            if sync is not None:
                if sync >> 1:
                    raise self._field("sync", sync)
                value = value & 0xFFFFFFFD | sync << 1
        except TypeError:
            raise self._no_number({"": value, "low_power_hint": low_power_hint, "sync": sync}) from None
        self.bus.write(self.address, value)

    def modify(self, *, low_power_hint: bool | None = None) -> None:
        keep = 0xFFFFFFFD
        bits = 0x0
        try:
            if low_power_hint is not None:
                if low_power_hint >> 1:
                    raise self._field("low_power_hint", low_power_hint)
                keep ^= 0x1
                bits |= low_power_hint
        except TypeError:
            raise self._no_number({"low_power_hint": low_power_hint}) from None
        if keep != 0xFFFFFFFD:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, sync: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            bits = 0
            if sync:
                if sync >> 1:
                    raise self._field("sync", sync)
                bits |= sync << 1
        except TypeError:
            raise self._no_number({"sync": sync}) from None
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0xFFFFFFFD | bits)

    def wait(self, *, low_power_hint: bool | None = None, sync: bool | None = None, timeout: int) -> ControlValue:
        mask = bits = 0
        try:
            if low_power_hint is not None:
                if low_power_hint >> 1:
                    raise self._field("low_power_hint", low_power_hint)
                mask |= 0x1
                bits |= low_power_hint
            if sync is not None:
                if sync >> 1:
                    raise self._field("sync", sync)
                mask |= 0x2
                bits |= sync << 1
        except TypeError:
            raise self._no_number({"low_power_hint": low_power_hint, "sync": sync}) from None
        return ControlValue(self._wait(mask, bits, timeout))


class PwrmgrRegs(RegisterBlock):
    """PWRMGR
    Power manager of a die: watches the rails and the switchable domains.
    """
    __slots__ = (
        "id",
        "status",
        "errors",
        "control",
    )
    SIZE = 0x10
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("status", 0x4, Status),
        Child("errors", 0x8, Errors),
        Child("control", 0xC, Control),
    )
    id: Id
    status: Status
    errors: Errors
    control: Control
