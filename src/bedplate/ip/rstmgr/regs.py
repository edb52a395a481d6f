# Generated from rstmgr.rdl by `bedplate gen`; do not edit. Digest of the description: abfdc303e50407ae.
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


class ResetRequestE(IntEnum):
    NO = 9
    YES = 6


_RESET_REQUEST_E = decoder(ResetRequestE, 4)


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


class Id(Register):
    """Block identity: 'RSTM' in ASCII."""
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


class Info(Register):
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
            if value >> 32:
                raise self._whole(value)
            if por is not None:
                if por >> 1:
                    raise self._field("por", por)
                value = value & 0xFFFFFFFE | por
            if low_power_exit is not None:
                if low_power_exit >> 1:
                    raise self._field("low_power_exit", low_power_exit)
                value = value & 0xFFFFFFFD | low_power_exit << 1
            if software is not None:
                if software >> 1:
                    raise self._field("software", software)
                value = value & 0xFFFFFFFB | software << 2
            if hardware is not None:
                if hardware >> 1:
                    raise self._field("hardware", hardware)
                value = value & 0xFFFFFFF7 | hardware << 3
            if watchdog is not None:
                if watchdog >> 1:
                    raise self._field("watchdog", watchdog)
                value = value & 0xFFFFFFEF | watchdog << 4
            if thermal is not None:
                if thermal >> 1:
                    raise self._field("thermal", thermal)
                value = value & 0xFFFFFFDF | thermal << 5
            if escalation is not None:
                if escalation >> 1:
                    raise self._field("escalation", escalation)
                value = value & 0xFFFFFFBF | escalation << 6
        except TypeError:
            raise self._no_number({"": value, "por": por, "low_power_exit": low_power_exit, "software": software, "hardware": hardware, "watchdog": watchdog, "thermal": thermal, "escalation": escalation}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, por: bool = False, low_power_exit: bool = False, software: bool = False, hardware: bool = False, watchdog: bool = False, thermal: bool = False, escalation: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x7F
            if por:
                if por >> 1:
                    raise self._field("por", por)
                bits |= por
            if low_power_exit:
                if low_power_exit >> 1:
                    raise self._field("low_power_exit", low_power_exit)
                bits |= low_power_exit << 1
            if software:
                if software >> 1:
                    raise self._field("software", software)
                bits |= software << 2
            if hardware:
                if hardware >> 1:
                    raise self._field("hardware", hardware)
                bits |= hardware << 3
            if watchdog:
                if watchdog >> 1:
                    raise self._field("watchdog", watchdog)
                bits |= watchdog << 4
            if thermal:
                if thermal >> 1:
                    raise self._field("thermal", thermal)
                bits |= thermal << 5
            if escalation:
                if escalation >> 1:
                    raise self._field("escalation", escalation)
                bits |= escalation << 6
        except TypeError:
            raise self._no_number({"": value, "por": por, "low_power_exit": low_power_exit, "software": software, "hardware": hardware, "watchdog": watchdog, "thermal": thermal, "escalation": escalation}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, por: bool | None = None, low_power_exit: bool | None = None, software: bool | None = None, hardware: bool | None = None, watchdog: bool | None = None, thermal: bool | None = None, escalation: bool | None = None, timeout: int) -> InfoValue:
        mask = bits = 0
        try:
            if por is not None:
                if por >> 1:
                    raise self._field("por", por)
                mask |= 0x1
                bits |= por
            if low_power_exit is not None:
                if low_power_exit >> 1:
                    raise self._field("low_power_exit", low_power_exit)
                mask |= 0x2
                bits |= low_power_exit << 1
            if software is not None:
                if software >> 1:
                    raise self._field("software", software)
                mask |= 0x4
                bits |= software << 2
            if hardware is not None:
                if hardware >> 1:
                    raise self._field("hardware", hardware)
                mask |= 0x8
                bits |= hardware << 3
            if watchdog is not None:
                if watchdog >> 1:
                    raise self._field("watchdog", watchdog)
                mask |= 0x10
                bits |= watchdog << 4
            if thermal is not None:
                if thermal >> 1:
                    raise self._field("thermal", thermal)
                mask |= 0x20
                bits |= thermal << 5
            if escalation is not None:
                if escalation >> 1:
                    raise self._field("escalation", escalation)
                mask |= 0x40
                bits |= escalation << 6
        except TypeError:
            raise self._no_number({"por": por, "low_power_exit": low_power_exit, "software": software, "hardware": hardware, "watchdog": watchdog, "thermal": thermal, "escalation": escalation}) from None
        return InfoValue(self._wait(mask, bits, timeout))


class RequestValue(Value):
    """Request a cold reset of the die. Multi-bit boolean: only 6 is true."""
    __slots__ = ()
    NAME = "request"
    FIELDS = (
        Field("value", 0, 4, reset=9, enum=ResetRequestE),
    )

    @property
    def value(self) -> ResetRequestE:
        """Bits 3:0, rw."""
        return _RESET_REQUEST_E[self & 0xF]


class Request(Register):
    """Request a cold reset of the die. Multi-bit boolean: only 6 is true."""
    __slots__ = ()
    Value = RequestValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> RequestValue:
        return RequestValue(self.bus.read(self.address))

    def write(self, _value: int = 0x9, /, *, value: ResetRequestE | None = None) -> None:
        try:
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 4:
                    raise self._field("value", value)
                _value = _value & 0xFFFFFFF0 | value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)

    def modify(self, *, value: ResetRequestE | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 4:
                    raise self._field("value", value)
                keep ^= 0xF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, value: ResetRequestE | None = None, timeout: int) -> RequestValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 4:
                    raise self._field("value", value)
                mask |= 0xF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return RequestValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """Progress of the reset sequencer."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, busy: bool | None = None, error: int | None = None, count: int | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x1
                bits |= busy
            if error is not None:
                if error >> 4:
                    raise self._field("error", error)
                mask |= 0xF0
                bits |= error << 4
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF0000
                bits |= count << 16
        except TypeError:
            raise self._no_number({"busy": busy, "error": error, "count": count}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class Lines(Register):
    """State of the lines, after synchronisers: 1 is released."""
    __slots__ = ()
    Value = LinesValue

    def read(self) -> LinesValue:
        return LinesValue(self.bus.read(self.address))

    def wait(self, *, released: int | None = None, timeout: int) -> LinesValue:
        mask = bits = 0
        try:
            if released is not None:
                if released >> 16:
                    raise self._field("released", released)
                mask |= 0xFFFF
                bits |= released
        except TypeError:
            raise self._no_number({"released": released}) from None
        return LinesValue(self._wait(mask, bits, timeout))


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


class Line(Register):
    """One reset line."""
    __slots__ = ()
    Value = LineValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> LineValue:
        return LineValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, released: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if released is not None:
                if released >> 1:
                    raise self._field("released", released)
                value = value & 0xFFFFFFFE | released
        except TypeError:
            raise self._no_number({"": value, "released": released}) from None
        self.bus.write(self.address, value)

    def modify(self, *, released: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if released is not None:
                if released >> 1:
                    raise self._field("released", released)
                keep ^= 0x1
                bits |= released
        except TypeError:
            raise self._no_number({"released": released}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, released: bool | None = None, timeout: int) -> LineValue:
        mask = bits = 0
        try:
            if released is not None:
                if released >> 1:
                    raise self._field("released", released)
                mask |= 0x1
                bits |= released
        except TypeError:
            raise self._no_number({"released": released}) from None
        return LineValue(self._wait(mask, bits, timeout))


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


class Regwen(Register):
    """Write protection of all lines: clear to lock until reset."""
    __slots__ = ()
    Value = RegwenValue

    def read(self) -> RegwenValue:
        return RegwenValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, writable: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                value = value & 0xFFFFFFFE | writable
        except TypeError:
            raise self._no_number({"": value, "writable": writable}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, writable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x1
            if writable:
                if writable >> 1:
                    raise self._field("writable", writable)
                bits |= writable
        except TypeError:
            raise self._no_number({"": value, "writable": writable}) from None
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    def wait(self, *, writable: bool | None = None, timeout: int) -> RegwenValue:
        mask = bits = 0
        try:
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                mask |= 0x1
                bits |= writable
        except TypeError:
            raise self._no_number({"writable": writable}) from None
        return RegwenValue(self._wait(mask, bits, timeout))


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
