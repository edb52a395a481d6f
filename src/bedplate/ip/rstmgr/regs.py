# Generated from rstmgr.rdl by `bedplate gen`; do not edit. Digest of the description: eb8532d48019158c.
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


class RequestResetRequestE(IntEnum):
    NO = 9
    YES = 6


_REQUEST_RESET_REQUEST_E = decoder(RequestResetRequestE, 4)


class IdValue(Value):
    """Block identity: 'RSTM' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x5253544D),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'RSTM' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class InfoValue(Value):
    """Causes of resets since last cleared, kept over all but power-on. Evidence: one owner reads, journals, then
    clears.
    """
    __slots__ = ()
    NAME = "info"
    FIELDS = (
        Field("por", 0, 1, hw="na", reset=1, onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("low_power_exit", 1, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("software", 2, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("hardware", 3, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("watchdog", 4, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("thermal", 5, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("escalation", 6, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
    )

    @property
    def por(self) -> bool:
        """Bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def low_power_exit(self) -> bool:
        """Bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def software(self) -> bool:
        """Bit 2, rw, woclr."""
        return (self & 0x4) != 0

    @property
    def hardware(self) -> bool:
        """Bit 3, rw, woclr."""
        return (self & 0x8) != 0

    @property
    def watchdog(self) -> bool:
        """Bit 4, rw, woclr."""
        return (self & 0x10) != 0

    @property
    def thermal(self) -> bool:
        """Bit 5, rw, woclr."""
        return (self & 0x20) != 0

    @property
    def escalation(self) -> bool:
        """Bit 6, rw, woclr."""
        return (self & 0x40) != 0


class Info(ReadableRegister):
    """Causes of resets since last cleared, kept over all but power-on. Evidence: one owner reads, journals, then
    clears.
    """
    __slots__ = ()
    Value = InfoValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> InfoValue:
        return InfoValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, por: bool | None = None, low_power_exit: bool | None = None, software: bool | None = None, hardware: bool | None = None, watchdog: bool | None = None, thermal: bool | None = None, escalation: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if por is not None: word = word & 0xFFFFFFFE | por; over |= por >> 1
            if low_power_exit is not None: word = word & 0xFFFFFFFD | low_power_exit << 1; over |= low_power_exit >> 1
            if software is not None: word = word & 0xFFFFFFFB | software << 2; over |= software >> 1
            if hardware is not None: word = word & 0xFFFFFFF7 | hardware << 3; over |= hardware >> 1
            if watchdog is not None: word = word & 0xFFFFFFEF | watchdog << 4; over |= watchdog >> 1
            if thermal is not None: word = word & 0xFFFFFFDF | thermal << 5; over |= thermal >> 1
            if escalation is not None: word = word & 0xFFFFFFBF | escalation << 6; over |= escalation >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, por=por, low_power_exit=low_power_exit, software=software, hardware=hardware, watchdog=watchdog, thermal=thermal, escalation=escalation)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, por: bool = False, low_power_exit: bool = False, software: bool = False, hardware: bool = False, watchdog: bool = False, thermal: bool = False, escalation: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x7F
            if por: bits |= por; over |= por >> 1
            if low_power_exit: bits |= low_power_exit << 1; over |= low_power_exit >> 1
            if software: bits |= software << 2; over |= software >> 1
            if hardware: bits |= hardware << 3; over |= hardware >> 1
            if watchdog: bits |= watchdog << 4; over |= watchdog >> 1
            if thermal: bits |= thermal << 5; over |= thermal >> 1
            if escalation: bits |= escalation << 6; over |= escalation >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, por=por, low_power_exit=low_power_exit, software=software, hardware=hardware, watchdog=watchdog, thermal=thermal, escalation=escalation)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, por: bool = ..., low_power_exit: bool = ..., software: bool = ..., hardware: bool = ..., watchdog: bool = ..., thermal: bool = ..., escalation: bool = ..., timeout: int) -> InfoValue: ...


class RequestValue(Value):
    """Request a cold reset of the die. Multi-bit boolean: only 6 is true."""
    __slots__ = ()
    NAME = "request"
    FIELDS = (
        Field("value", 0, 4, reset=9, enum=RequestResetRequestE),
    )

    @property
    def value(self) -> RequestResetRequestE:
        """Bits 3:0, rw."""
        return _REQUEST_RESET_REQUEST_E[self & 0xF]


class Request(ReadableRegister):
    """Request a cold reset of the die. Multi-bit boolean: only 6 is true."""
    __slots__ = ()
    Value = RequestValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> RequestValue:
        return RequestValue(self.bus.read(self.address))

    def write(self, _value: int = 0x9, /, *, value: RequestResetRequestE | None = None) -> None:
        try:
            word, over = _value, _value >> 32
            if value is not None: word = word & 0xFFFFFFF0 | value; over |= value >> 4
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word)

    def modify(self, *, value: RequestResetRequestE | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if value is not None: keep ^= 0xF; bits |= value; over |= value >> 4
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, value: RequestResetRequestE = ..., timeout: int) -> RequestValue: ...


class StatusValue(Value):
    """Progress of the reset sequencer."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("error", 4, 4, sw="r", hw="w"),
        Field("count", 16, 16, sw="r", hw="w", reset=1),
    )

    @property
    def busy(self) -> bool:
        """The sequencer works on power-on or a request; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def error(self) -> int:
        """Consistency error code, 0 is none; bits 7:4, r."""
        return self >> 4 & 0xF

    @property
    def count(self) -> int:
        """Power-on resets seen; survives all others; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class Status(ReadableRegister):
    """Progress of the reset sequencer."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., error: int = ..., count: int = ..., timeout: int) -> StatusValue: ...


class LinesValue(Value):
    """State of the lines, after synchronisers: 1 is released."""
    __slots__ = ()
    NAME = "lines"
    FIELDS = (
        Field("released", 0, 16, sw="r", hw="w"),
    )

    @property
    def released(self) -> int:
        """Bits 15:0, r."""
        return self & 0xFFFF


class Lines(ReadableRegister):
    """State of the lines, after synchronisers: 1 is released."""
    __slots__ = ()
    Value = LinesValue

    def read(self) -> LinesValue:
        return LinesValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, released: int = ..., timeout: int) -> LinesValue: ...


class LineValue(Value):
    """One reset line."""
    __slots__ = ()
    NAME = "line"
    FIELDS = (
        Field("released", 0, 1, props={"swwe": "regwen.writable"}),
    )

    @property
    def released(self) -> bool:
        """1 releases the line, 0 asserts it; bit 0, rw."""
        return (self & 0x1) != 0


class Line(ReadableRegister):
    """One reset line."""
    __slots__ = ()
    Value = LineValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> LineValue:
        return LineValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, released: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if released is not None: word = word & 0xFFFFFFFE | released; over |= released >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, released=released)
        self.bus.write(self.address, word)

    def modify(self, *, released: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if released is not None: keep ^= 0x1; bits |= released; over |= released >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", released=released)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, released: bool = ..., timeout: int) -> LineValue: ...


class RegwenValue(Value):
    """Write protection of all lines: clear to lock until reset."""
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
    """Write protection of all lines: clear to lock until reset."""
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


class RstmgrRegs(RegisterBlock):
    """RSTMGR
    Reset manager of a die. Each line has a register of its own, so that releasing one never touches another.
    """
    __slots__ = (
        "id",
        "info",
        "request",
        "status",
        "lines",
        "line",
        "regwen",
    )
    SIZE = 0x84
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("info", 0x4, Info),
        Child("request", 0x8, Request),
        Child("status", 0xC, Status),
        Child("lines", 0x10, Lines),
        Child("line", 0x40, Line, (16,), 0x4),
        Child("regwen", 0x80, Regwen),
    )
    id: Id
    info: Info
    request: Request
    status: Status
    lines: Lines
    line: tuple[Line, ...]
    regwen: Regwen
