# Generated from pll.rdl by `bedplate gen`; do not edit. Digest of the description: 4dc802b25304fb36.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    RegisterBlock,
    Value,
)


class IdValue(Value):
    """Block identity: 'PLL1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x504C4C31),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'PLL1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class CtrlValue(Value):
    """Power, bypass and output gate."""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("power_down", 0, 1, reset=1),
        Field("reset", 1, 1, reset=1),
        Field("bypass", 2, 1, reset=1),
        Field("gate", 3, 1),
    )

    @property
    def power_down(self) -> bool:
        """Analogue part powered down; clears lock, lock_timeout and the measurement; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def reset(self) -> bool:
        """Dividers held in reset; bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def bypass(self) -> bool:
        """Output taken from the reference clock, glitch-free; bit 2, rw."""
        return (self & 0x4) != 0

    @property
    def gate(self) -> bool:
        """Output gated off; bit 3, rw."""
        return (self & 0x8) != 0


class Ctrl(ReadableRegister):
    """Power, bypass and output gate."""
    __slots__ = ()
    Value = CtrlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x7, /, *, power_down: bool | None = None, reset: bool | None = None, bypass: bool | None = None, gate: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if power_down is not None: word = word & 0xFFFFFFFE | power_down; over |= power_down >> 1
            if reset is not None: word = word & 0xFFFFFFFD | reset << 1; over |= reset >> 1
            if bypass is not None: word = word & 0xFFFFFFFB | bypass << 2; over |= bypass >> 1
            if gate is not None: word = word & 0xFFFFFFF7 | gate << 3; over |= gate >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, power_down=power_down, reset=reset, bypass=bypass, gate=gate)
        self.bus.write(self.address, word)

    def modify(self, *, power_down: bool | None = None, reset: bool | None = None, bypass: bool | None = None, gate: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if power_down is not None: keep ^= 0x1; bits |= power_down; over |= power_down >> 1
            if reset is not None: keep ^= 0x2; bits |= reset << 1; over |= reset >> 1
            if bypass is not None: keep ^= 0x4; bits |= bypass << 2; over |= bypass >> 1
            if gate is not None: keep ^= 0x8; bits |= gate << 3; over |= gate >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", power_down=power_down, reset=reset, bypass=bypass, gate=gate)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, power_down: bool = ..., reset: bool = ..., bypass: bool = ..., gate: bool = ..., timeout: int) -> CtrlValue: ...


class DivValue(Value):
    """Reference and feedback dividers. Write only while powered down."""
    __slots__ = ()
    NAME = "div"
    FIELDS = (
        Field("refdiv", 0, 6, reset=1, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("fbdiv", 8, 12, props={"swwe": "regwen.writable"}),
    )

    @property
    def refdiv(self) -> int:
        """Reference divider, 1 to 63; bits 5:0, rw."""
        return self & 0x3F

    @property
    def fbdiv(self) -> int:
        """Feedback divider, integer part; bits 19:8, rw."""
        return self >> 8 & 0xFFF


class Div(ReadableRegister):
    """Reference and feedback dividers. Write only while powered down."""
    __slots__ = ()
    Value = DivValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> DivValue:
        return DivValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, refdiv: int | None = None, fbdiv: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if refdiv is not None: word = word & 0xFFFFFFC0 | refdiv; over |= refdiv >> 6
            if fbdiv is not None: word = word & 0xFFF000FF | fbdiv << 8; over |= fbdiv >> 12
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, refdiv=refdiv, fbdiv=fbdiv)
        self.bus.write(self.address, word)

    def modify(self, *, refdiv: int | None = None, fbdiv: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if refdiv is not None: keep ^= 0x3F; bits |= refdiv; over |= refdiv >> 6
            if fbdiv is not None: keep ^= 0xFFF00; bits |= fbdiv << 8; over |= fbdiv >> 12
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", refdiv=refdiv, fbdiv=fbdiv)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, refdiv: int = ..., fbdiv: int = ..., timeout: int) -> DivValue: ...


class FracValue(Value):
    """Feedback divider, fraction in units of 2^-24."""
    __slots__ = ()
    NAME = "frac"
    FIELDS = (
        Field("frac", 0, 24, props={"swmod": True}),
    )

    @property
    def frac(self) -> int:
        """Bits 23:0, rw."""
        return self & 0xFFFFFF


class Frac(ReadableRegister):
    """Feedback divider, fraction in units of 2^-24."""
    __slots__ = ()
    Value = FracValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> FracValue:
        return FracValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, frac: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if frac is not None: word = word & 0xFF000000 | frac; over |= frac >> 24
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, frac=frac)
        self.bus.write(self.address, word)

    def modify(self, *, frac: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if frac is not None: keep ^= 0xFFFFFF; bits |= frac; over |= frac >> 24
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", frac=frac)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, frac: int = ..., timeout: int) -> FracValue: ...


class PostValue(Value):
    """Post dividers, 1 to 7 each; 0 stops the output."""
    __slots__ = ()
    NAME = "post"
    FIELDS = (
        Field("postdiv1", 0, 3, props={"swmod": True}),
        Field("postdiv2", 4, 3),
    )

    @property
    def postdiv1(self) -> int:
        """Bits 2:0, rw."""
        return self & 0x7

    @property
    def postdiv2(self) -> int:
        """Bits 6:4, rw."""
        return self >> 4 & 0x7


class Post(ReadableRegister):
    """Post dividers, 1 to 7 each; 0 stops the output."""
    __slots__ = ()
    Value = PostValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> PostValue:
        return PostValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, postdiv1: int | None = None, postdiv2: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if postdiv1 is not None: word = word & 0xFFFFFFF8 | postdiv1; over |= postdiv1 >> 3
            if postdiv2 is not None: word = word & 0xFFFFFF8F | postdiv2 << 4; over |= postdiv2 >> 3
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, postdiv1=postdiv1, postdiv2=postdiv2)
        self.bus.write(self.address, word)

    def modify(self, *, postdiv1: int | None = None, postdiv2: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if postdiv1 is not None: keep ^= 0x7; bits |= postdiv1; over |= postdiv1 >> 3
            if postdiv2 is not None: keep ^= 0x70; bits |= postdiv2 << 4; over |= postdiv2 >> 3
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", postdiv1=postdiv1, postdiv2=postdiv2)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, postdiv1: int = ..., postdiv2: int = ..., timeout: int) -> PostValue: ...


class StatusValue(Value):
    """Lock detector and clock source."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("lock", 0, 1, sw="r", hw="w"),
        Field("lock_timeout", 1, 1, sw="r", hw="w"),
        Field("lock_lost", 2, 1, hw="na", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE, props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("on_pll", 3, 1, sw="r", hw="w"),
    )

    @property
    def lock(self) -> bool:
        """Phase locked, now; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def lock_timeout(self) -> bool:
        """No lock within lock_limit since power-up or since lock was lost; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def lock_lost(self) -> bool:
        """Lock was lost at some time. Evidence: survives everything but power-on reset; bit 2, rw, woclr."""
        return (self & 0x4) != 0

    @property
    def on_pll(self) -> bool:
        """The output comes from the PLL, not from the reference; bit 3, r."""
        return (self & 0x8) != 0


class Status(ReadableRegister):
    """Lock detector and clock source."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, lock_lost: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if lock_lost is not None: word = word & 0xFFFFFFFB | lock_lost << 2; over |= lock_lost >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, lock_lost=lock_lost)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, lock_lost: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x4
            if lock_lost: bits |= lock_lost << 2; over |= lock_lost >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, lock_lost=lock_lost)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, lock: bool = ..., lock_timeout: bool = ..., lock_lost: bool = ..., on_pll: bool = ..., timeout: int) -> StatusValue: ...


class LockLimitValue(Value):
    """Lock timeout, in reference clock cycles."""
    __slots__ = ()
    NAME = "lock_limit"
    FIELDS = (
        Field("cycles", 0, 16, reset=0x1388),
    )

    @property
    def cycles(self) -> int:
        """Bits 15:0, rw."""
        return self & 0xFFFF


class LockLimit(ReadableRegister):
    """Lock timeout, in reference clock cycles."""
    __slots__ = ()
    Value = LockLimitValue

    def read(self) -> LockLimitValue:
        return LockLimitValue(self.bus.read(self.address))

    def write(self, value: int = 0x1388, /, *, cycles: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cycles is not None: word = word & 0xFFFF0000 | cycles; over |= cycles >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cycles=cycles)
        self.bus.write(self.address, word)

    def modify(self, *, cycles: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if cycles is not None: keep ^= 0xFFFF; bits |= cycles; over |= cycles >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", cycles=cycles)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, cycles: int = ..., timeout: int) -> LockLimitValue: ...


class MeasCtrlValue(Value):
    """Start one measurement of the output against the reference, over 1024 reference cycles."""
    __slots__ = ()
    NAME = "meas_ctrl"
    FIELDS = (
        Field("start", 0, 1, singlepulse=True),
    )

    @property
    def start(self) -> bool:
        """Bit 0, rw, single pulse."""
        return (self & 0x1) != 0


class MeasCtrl(ReadableRegister):
    """Start one measurement of the output against the reference, over 1024 reference cycles."""
    __slots__ = ()
    Value = MeasCtrlValue

    def read(self) -> MeasCtrlValue:
        return MeasCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if start is not None: word = word & 0xFFFFFFFE | start; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, start=start)
        self.bus.write(self.address, word)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if start: bits |= start; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", start=start)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, start: bool = ..., timeout: int) -> MeasCtrlValue: ...


class MeasValue(Value):
    """The measurement. Any change of divisors or power makes it invalid."""
    __slots__ = ()
    NAME = "meas"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="w"),
        Field("busy", 30, 1, sw="r", hw="w"),
        Field("valid", 31, 1, sw="r", hw="w"),
    )

    @property
    def count(self) -> int:
        """Output cycles in 1024 reference cycles; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def busy(self) -> bool:
        """Measuring; visible before the next access; bit 30, r."""
        return (self & 0x40000000) != 0

    @property
    def valid(self) -> bool:
        """The count belongs to the present divisors; bit 31, r."""
        return (self & 0x80000000) != 0


class Meas(ReadableRegister):
    """The measurement. Any change of divisors or power makes it invalid."""
    __slots__ = ()
    Value = MeasValue

    def read(self) -> MeasValue:
        return MeasValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., busy: bool = ..., valid: bool = ..., timeout: int) -> MeasValue: ...


class RegwenValue(Value):
    """Write protection of the dividers: clear to lock until reset."""
    __slots__ = ()
    NAME = "regwen"
    FIELDS = (
        Field("writable", 0, 1, reset=1, onwrite="wzc"),
    )

    @property
    def writable(self) -> bool:
        """Dividers can be written; bit 0, rw, wzc."""
        return (self & 0x1) != 0


class Regwen(ReadableRegister):
    """Write protection of the dividers: clear to lock until reset."""
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


class PllRegs(RegisterBlock):
    """PLL
    Fractional-N PLL with lock detector, lock timeout and a frequency counter.
    """
    __slots__ = (
        "id",
        "ctrl",
        "div",
        "frac",
        "post",
        "status",
        "lock_limit",
        "meas_ctrl",
        "meas",
        "regwen",
    )
    SIZE = 0x28
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("ctrl", 0x4, Ctrl),
        Child("div", 0x8, Div),
        Child("frac", 0xC, Frac),
        Child("post", 0x10, Post),
        Child("status", 0x14, Status),
        Child("lock_limit", 0x18, LockLimit),
        Child("meas_ctrl", 0x1C, MeasCtrl),
        Child("meas", 0x20, Meas),
        Child("regwen", 0x24, Regwen),
    )
    id: Id
    ctrl: Ctrl
    div: Div
    frac: Frac
    post: Post
    status: Status
    lock_limit: LockLimit
    meas_ctrl: MeasCtrl
    meas: Meas
    regwen: Regwen
