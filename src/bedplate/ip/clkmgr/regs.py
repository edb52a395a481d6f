# Generated from clkmgr.rdl by `bedplate gen`; do not edit. Digest of the description: 87bf48e72973d9ae.
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


class Id(Register):
    """Block identity: 'CLKM' in ASCII."""
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


class Status(Register):
    """State of the roots, bit i for root i."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, on_pll: int | None = None, enabled: int | None = None, switching: int | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if on_pll is not None:
                if on_pll >> 8:
                    raise self._field("on_pll", on_pll)
                mask |= 0xFF
                bits |= on_pll
            if enabled is not None:
                if enabled >> 8:
                    raise self._field("enabled", enabled)
                mask |= 0xFF00
                bits |= enabled << 8
            if switching is not None:
                if switching >> 8:
                    raise self._field("switching", switching)
                mask |= 0xFF0000
                bits |= switching << 16
        except TypeError:
            raise self._no_number({"on_pll": on_pll, "enabled": enabled, "switching": switching}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class Errors(Register):
    """Recoverable errors, bit i for root i."""
    __slots__ = ()
    Value = ErrorsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrorsValue:
        return ErrorsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, dead: int | None = None, off_frequency: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if dead is not None:
                if dead >> 8:
                    raise self._field("dead", dead)
                value = value & 0xFFFFFF00 | dead
            if off_frequency is not None:
                if off_frequency >> 8:
                    raise self._field("off_frequency", off_frequency)
                value = value & 0xFFFF00FF | off_frequency << 8
        except TypeError:
            raise self._no_number({"": value, "dead": dead, "off_frequency": off_frequency}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, dead: int = 0, off_frequency: int = 0) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0xFFFF
            if dead:
                if dead >> 8:
                    raise self._field("dead", dead)
                bits |= dead
            if off_frequency:
                if off_frequency >> 8:
                    raise self._field("off_frequency", off_frequency)
                bits |= off_frequency << 8
        except TypeError:
            raise self._no_number({"": value, "dead": dead, "off_frequency": off_frequency}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, dead: int | None = None, off_frequency: int | None = None, timeout: int) -> ErrorsValue:
        mask = bits = 0
        try:
            if dead is not None:
                if dead >> 8:
                    raise self._field("dead", dead)
                mask |= 0xFF
                bits |= dead
            if off_frequency is not None:
                if off_frequency >> 8:
                    raise self._field("off_frequency", off_frequency)
                mask |= 0xFF00
                bits |= off_frequency << 8
        except TypeError:
            raise self._no_number({"dead": dead, "off_frequency": off_frequency}) from None
        return ErrorsValue(self._wait(mask, bits, timeout))


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


class Root(Register):
    """One clock root."""
    __slots__ = ()
    Value = RootValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> RootValue:
        return RootValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, source: ClockSourceE | None = None, enable: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if source is not None:
                if source >> 1:
                    raise self._field("source", source)
                value = value & 0xFFFFFFFE | source
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                value = value & 0xFFFFFFEF | enable << 4
        except TypeError:
            raise self._no_number({"": value, "source": source, "enable": enable}) from None
        self.bus.write(self.address, value)

    def modify(self, *, source: ClockSourceE | None = None, enable: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if source is not None:
                if source >> 1:
                    raise self._field("source", source)
                keep ^= 0x1
                bits |= source
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                keep ^= 0x10
                bits |= enable << 4
        except TypeError:
            raise self._no_number({"source": source, "enable": enable}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, source: ClockSourceE | None = None, enable: bool | None = None, timeout: int) -> RootValue:
        mask = bits = 0
        try:
            if source is not None:
                if source >> 1:
                    raise self._field("source", source)
                mask |= 0x1
                bits |= source
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                mask |= 0x10
                bits |= enable << 4
        except TypeError:
            raise self._no_number({"source": source, "enable": enable}) from None
        return RootValue(self._wait(mask, bits, timeout))


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


class Regwen(Register):
    """Write protection of all roots: clear to lock until reset."""
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
