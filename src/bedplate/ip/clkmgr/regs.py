# Generated from clkmgr.rdl by `bedplate gen`; do not edit. Digest of the description: 6d700095c0709fba.
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


class ClockSourceE(IntEnum):
    REFERENCE = 0
    PLL = 1


_CLOCK_SOURCE_E = decoder(ClockSourceE, 1)


class IdValue(Value):
    """Block identity: 'CLKM' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x434C4B4D),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'CLKM' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class StatusValue(Value):
    """State of the roots, bit i for root i."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("on_pll", 0, 8, sw="r", hw="w"),
        Field("enabled", 8, 8, sw="r", hw="w"),
        Field("switching", 16, 8, sw="r", hw="w"),
    )

    @property
    def on_pll(self) -> int:
        """The switch stands on the PLL; bits 7:0, r."""
        return self & 0xFF

    @property
    def enabled(self) -> int:
        """The gate is open; bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def switching(self) -> int:
        """The switch is waiting for both clocks; bits 23:16, r."""
        return self >> 16 & 0xFF


class Status(ReadableRegister):
    """State of the roots, bit i for root i."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, on_pll: int = ..., enabled: int = ..., switching: int = ..., timeout: int) -> StatusValue: ...


class ErrorsValue(Value):
    """Recoverable errors, bit i for root i."""
    __slots__ = ()
    NAME = "errors"
    FIELDS = (
        Field("dead", 0, 8, hw="rw", onwrite="woclr", props={"precedence": "hw", "swmod": True, "we": True}),
        Field("off_frequency", 8, 8, hw="rw", onwrite="woclr", props={"precedence": "hw", "we": True}),
    )

    @property
    def dead(self) -> int:
        """The switch gave up: the wanted clock is dead; bits 7:0, rw, woclr."""
        return self & 0xFF

    @property
    def off_frequency(self) -> int:
        """The measured frequency is out of its window; bits 15:8, rw, woclr."""
        return self >> 8 & 0xFF


class Errors(ReadableRegister):
    """Recoverable errors, bit i for root i."""
    __slots__ = ()
    Value = ErrorsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrorsValue:
        return ErrorsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, dead: int | None = None, off_frequency: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if dead is not None: word = word & 0xFFFFFF00 | dead; over |= dead >> 8
            if off_frequency is not None: word = word & 0xFFFF00FF | off_frequency << 8; over |= off_frequency >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, dead=dead, off_frequency=off_frequency)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, dead: int = 0, off_frequency: int = 0) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0xFFFF
            if dead: bits |= dead; over |= dead >> 8
            if off_frequency: bits |= off_frequency << 8; over |= off_frequency >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, dead=dead, off_frequency=off_frequency)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, dead: int = ..., off_frequency: int = ..., timeout: int) -> ErrorsValue: ...


class RootValue(Value):
    """One clock root."""
    __slots__ = ()
    NAME = "root"
    FIELDS = (
        Field("source", 0, 1, enum=ClockSourceE, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("enable", 4, 1, props={"swwe": "regwen.writable"}),
    )

    @property
    def source(self) -> ClockSourceE:
        """The wanted source; bit 0, rw."""
        return _CLOCK_SOURCE_E[self & 0x1]

    @property
    def enable(self) -> bool:
        """Open the gate; bit 4, rw."""
        return (self & 0x10) != 0


class Root(ReadableRegister):
    """One clock root."""
    __slots__ = ()
    Value = RootValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> RootValue:
        return RootValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, source: ClockSourceE | None = None, enable: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if source is not None: word = word & 0xFFFFFFFE | source; over |= source >> 1
            if enable is not None: word = word & 0xFFFFFFEF | enable << 4; over |= enable >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, source=source, enable=enable)
        self.bus.write(self.address, word)

    def modify(self, *, source: ClockSourceE | None = None, enable: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if source is not None: keep ^= 0x1; bits |= source; over |= source >> 1
            if enable is not None: keep ^= 0x10; bits |= enable << 4; over |= enable >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", source=source, enable=enable)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, source: ClockSourceE = ..., enable: bool = ..., timeout: int) -> RootValue: ...


class RegwenValue(Value):
    """Write protection of all roots: clear to lock until reset."""
    __slots__ = ()
    NAME = "regwen"
    FIELDS = (
        Field("writable", 0, 1, reset=1, onwrite="wzc"),
    )

    @property
    def writable(self) -> bool:
        """Bit 0, rw, wzc."""
        return (self & 0x1) != 0


class Regwen(ReadableRegister):
    """Write protection of all roots: clear to lock until reset."""
    __slots__ = ()
    Value = RegwenValue

    def read(self) -> RegwenValue:
        return RegwenValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, writable: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if writable is not None: word = word & 0xFFFFFFFE | writable; over |= writable >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, writable=writable)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, writable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x1
            if writable: bits |= writable; over |= writable >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, writable=writable)
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    if TYPE_CHECKING:
        def wait(self, *, writable: bool = ..., timeout: int) -> RegwenValue: ...


class ClkmgrRegs(RegisterBlock):
    """CLKMGR
    Clock manager: up to eight roots, each a glitch-free switch and a gate in one register.
    """
    __slots__ = (
        "id",
        "status",
        "errors",
        "root",
        "regwen",
    )
    SIZE = 0x44
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("status", 0x4, Status),
        Child("errors", 0x8, Errors),
        Child("root", 0x20, Root, (8,), 0x4),
        Child("regwen", 0x40, Regwen),
    )
    id: Id
    status: Status
    errors: Errors
    root: tuple[Root, ...]
    regwen: Regwen
