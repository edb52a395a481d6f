# Generated from pwrmgr.rdl by `bedplate gen`; do not edit. Digest of the description: 342e1db08d928334.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
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


class Id(ReadableRegister):
    """Block identity: 'PWRM' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


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


class Status(ReadableRegister):
    """State of the slow sequencer."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, state: PowerStateE = ..., rail_good: int = ..., domains: int = ..., timeout: int) -> StatusValue: ...


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


class Errors(ReadableRegister):
    """Errors of the sequencer. Evidence."""
    __slots__ = ()
    Value = ErrorsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrorsValue:
        return ErrorsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, rail: bool | None = None, switch_timeout: bool | None = None, glitch: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if rail is not None: word = word & 0xFFFFFFFE | rail; over |= rail >> 1
            if switch_timeout is not None: word = word & 0xFFFFFFFD | switch_timeout << 1; over |= switch_timeout >> 1
            if glitch is not None: word = word & 0xFFFFFFFB | glitch << 2; over |= glitch >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, rail=rail, switch_timeout=switch_timeout, glitch=glitch)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, rail: bool = False, switch_timeout: bool = False, glitch: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x7
            if rail: bits |= rail; over |= rail >> 1
            if switch_timeout: bits |= switch_timeout << 1; over |= switch_timeout >> 1
            if glitch: bits |= glitch << 2; over |= glitch >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, rail=rail, switch_timeout=switch_timeout, glitch=glitch)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, rail: bool = ..., switch_timeout: bool = ..., glitch: bool = ..., timeout: int) -> ErrorsValue: ...


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


class Control(ReadableRegister):
    """Low-power entry."""
    __slots__ = ()
    Value = ControlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> ControlValue:
        return ControlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, low_power_hint: bool | None = None, sync: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if low_power_hint is not None: word = word & 0xFFFFFFFE | low_power_hint; over |= low_power_hint >> 1
            if sync is not None: word = word & 0xFFFFFFFD | sync << 1; over |= sync >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, low_power_hint=low_power_hint, sync=sync)
        self.bus.write(self.address, word)

    def modify(self, *, low_power_hint: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFD, 0x0, 0
            if low_power_hint is not None: keep ^= 0x1; bits |= low_power_hint; over |= low_power_hint >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", low_power_hint=low_power_hint)
        if keep != 0xFFFFFFFD:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, sync: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            over = bits = 0
            if sync: bits |= sync << 1; over |= sync >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", sync=sync)
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0xFFFFFFFD | bits)

    if TYPE_CHECKING:
        def wait(self, *, low_power_hint: bool = ..., sync: bool = ..., timeout: int) -> ControlValue: ...


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
