# Generated from pll.rdl by `bedplate gen`; do not edit. Digest of the description: 1810ae800bb222fb.
# fmt: off

from __future__ import annotations

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Register,
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


class Id(Register):
    """Block identity: 'PLL1' in ASCII."""
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


class Ctrl(Register):
    """Power, bypass and output gate."""
    __slots__ = ()
    Value = CtrlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x7, /, *, power_down: bool | None = None, reset: bool | None = None, bypass: bool | None = None, gate: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if power_down is not None:
                if power_down >> 1:
                    raise self._field("power_down", power_down)
                value = value & 0xFFFFFFFE | power_down
            if reset is not None:
                if reset >> 1:
                    raise self._field("reset", reset)
                value = value & 0xFFFFFFFD | reset << 1
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                value = value & 0xFFFFFFFB | bypass << 2
            if gate is not None:
                if gate >> 1:
                    raise self._field("gate", gate)
                value = value & 0xFFFFFFF7 | gate << 3
        except TypeError:
            raise self._no_number({"": value, "power_down": power_down, "reset": reset, "bypass": bypass, "gate": gate}) from None
        self.bus.write(self.address, value)

    def modify(self, *, power_down: bool | None = None, reset: bool | None = None, bypass: bool | None = None, gate: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if power_down is not None:
                if power_down >> 1:
                    raise self._field("power_down", power_down)
                keep ^= 0x1
                bits |= power_down
            if reset is not None:
                if reset >> 1:
                    raise self._field("reset", reset)
                keep ^= 0x2
                bits |= reset << 1
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                keep ^= 0x4
                bits |= bypass << 2
            if gate is not None:
                if gate >> 1:
                    raise self._field("gate", gate)
                keep ^= 0x8
                bits |= gate << 3
        except TypeError:
            raise self._no_number({"power_down": power_down, "reset": reset, "bypass": bypass, "gate": gate}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, power_down: bool | None = None, reset: bool | None = None, bypass: bool | None = None, gate: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if power_down is not None:
                if power_down >> 1:
                    raise self._field("power_down", power_down)
                mask |= 0x1
                bits |= power_down
            if reset is not None:
                if reset >> 1:
                    raise self._field("reset", reset)
                mask |= 0x2
                bits |= reset << 1
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                mask |= 0x4
                bits |= bypass << 2
            if gate is not None:
                if gate >> 1:
                    raise self._field("gate", gate)
                mask |= 0x8
                bits |= gate << 3
        except TypeError:
            raise self._no_number({"power_down": power_down, "reset": reset, "bypass": bypass, "gate": gate}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


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


class Div(Register):
    """Reference and feedback dividers. Write only while powered down."""
    __slots__ = ()
    Value = DivValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> DivValue:
        return DivValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, refdiv: int | None = None, fbdiv: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if refdiv is not None:
                if refdiv >> 6:
                    raise self._field("refdiv", refdiv)
                value = value & 0xFFFFFFC0 | refdiv
            if fbdiv is not None:
                if fbdiv >> 12:
                    raise self._field("fbdiv", fbdiv)
                value = value & 0xFFF000FF | fbdiv << 8
        except TypeError:
            raise self._no_number({"": value, "refdiv": refdiv, "fbdiv": fbdiv}) from None
        self.bus.write(self.address, value)

    def modify(self, *, refdiv: int | None = None, fbdiv: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if refdiv is not None:
                if refdiv >> 6:
                    raise self._field("refdiv", refdiv)
                keep ^= 0x3F
                bits |= refdiv
            if fbdiv is not None:
                if fbdiv >> 12:
                    raise self._field("fbdiv", fbdiv)
                keep ^= 0xFFF00
                bits |= fbdiv << 8
        except TypeError:
            raise self._no_number({"refdiv": refdiv, "fbdiv": fbdiv}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, refdiv: int | None = None, fbdiv: int | None = None, timeout: int) -> DivValue:
        mask = bits = 0
        try:
            if refdiv is not None:
                if refdiv >> 6:
                    raise self._field("refdiv", refdiv)
                mask |= 0x3F
                bits |= refdiv
            if fbdiv is not None:
                if fbdiv >> 12:
                    raise self._field("fbdiv", fbdiv)
                mask |= 0xFFF00
                bits |= fbdiv << 8
        except TypeError:
            raise self._no_number({"refdiv": refdiv, "fbdiv": fbdiv}) from None
        return DivValue(self._wait(mask, bits, timeout))


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


class Frac(Register):
    """Feedback divider, fraction in units of 2^-24."""
    __slots__ = ()
    Value = FracValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> FracValue:
        return FracValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, frac: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if frac is not None:
                if frac >> 24:
                    raise self._field("frac", frac)
                value = value & 0xFF000000 | frac
        except TypeError:
            raise self._no_number({"": value, "frac": frac}) from None
        self.bus.write(self.address, value)

    def modify(self, *, frac: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if frac is not None:
                if frac >> 24:
                    raise self._field("frac", frac)
                keep ^= 0xFFFFFF
                bits |= frac
        except TypeError:
            raise self._no_number({"frac": frac}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, frac: int | None = None, timeout: int) -> FracValue:
        mask = bits = 0
        try:
            if frac is not None:
                if frac >> 24:
                    raise self._field("frac", frac)
                mask |= 0xFFFFFF
                bits |= frac
        except TypeError:
            raise self._no_number({"frac": frac}) from None
        return FracValue(self._wait(mask, bits, timeout))


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


class Post(Register):
    """Post dividers, 1 to 7 each; 0 stops the output."""
    __slots__ = ()
    Value = PostValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> PostValue:
        return PostValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, postdiv1: int | None = None, postdiv2: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if postdiv1 is not None:
                if postdiv1 >> 3:
                    raise self._field("postdiv1", postdiv1)
                value = value & 0xFFFFFFF8 | postdiv1
            if postdiv2 is not None:
                if postdiv2 >> 3:
                    raise self._field("postdiv2", postdiv2)
                value = value & 0xFFFFFF8F | postdiv2 << 4
        except TypeError:
            raise self._no_number({"": value, "postdiv1": postdiv1, "postdiv2": postdiv2}) from None
        self.bus.write(self.address, value)

    def modify(self, *, postdiv1: int | None = None, postdiv2: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if postdiv1 is not None:
                if postdiv1 >> 3:
                    raise self._field("postdiv1", postdiv1)
                keep ^= 0x7
                bits |= postdiv1
            if postdiv2 is not None:
                if postdiv2 >> 3:
                    raise self._field("postdiv2", postdiv2)
                keep ^= 0x70
                bits |= postdiv2 << 4
        except TypeError:
            raise self._no_number({"postdiv1": postdiv1, "postdiv2": postdiv2}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, postdiv1: int | None = None, postdiv2: int | None = None, timeout: int) -> PostValue:
        mask = bits = 0
        try:
            if postdiv1 is not None:
                if postdiv1 >> 3:
                    raise self._field("postdiv1", postdiv1)
                mask |= 0x7
                bits |= postdiv1
            if postdiv2 is not None:
                if postdiv2 >> 3:
                    raise self._field("postdiv2", postdiv2)
                mask |= 0x70
                bits |= postdiv2 << 4
        except TypeError:
            raise self._no_number({"postdiv1": postdiv1, "postdiv2": postdiv2}) from None
        return PostValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """Lock detector and clock source."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, lock_lost: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if lock_lost is not None:
                if lock_lost >> 1:
                    raise self._field("lock_lost", lock_lost)
                value = value & 0xFFFFFFFB | lock_lost << 2
        except TypeError:
            raise self._no_number({"": value, "lock_lost": lock_lost}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, lock_lost: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x4
            if lock_lost:
                if lock_lost >> 1:
                    raise self._field("lock_lost", lock_lost)
                bits |= lock_lost << 2
        except TypeError:
            raise self._no_number({"": value, "lock_lost": lock_lost}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, lock: bool | None = None, lock_timeout: bool | None = None, lock_lost: bool | None = None, on_pll: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if lock is not None:
                if lock >> 1:
                    raise self._field("lock", lock)
                mask |= 0x1
                bits |= lock
            if lock_timeout is not None:
                if lock_timeout >> 1:
                    raise self._field("lock_timeout", lock_timeout)
                mask |= 0x2
                bits |= lock_timeout << 1
            if lock_lost is not None:
                if lock_lost >> 1:
                    raise self._field("lock_lost", lock_lost)
                mask |= 0x4
                bits |= lock_lost << 2
            if on_pll is not None:
                if on_pll >> 1:
                    raise self._field("on_pll", on_pll)
                mask |= 0x8
                bits |= on_pll << 3
        except TypeError:
            raise self._no_number({"lock": lock, "lock_timeout": lock_timeout, "lock_lost": lock_lost, "on_pll": on_pll}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class LockLimit(Register):
    """Lock timeout, in reference clock cycles."""
    __slots__ = ()
    Value = LockLimitValue

    def read(self) -> LockLimitValue:
        return LockLimitValue(self.bus.read(self.address))

    def write(self, value: int = 0x1388, /, *, cycles: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if cycles is not None:
                if cycles >> 16:
                    raise self._field("cycles", cycles)
                value = value & 0xFFFF0000 | cycles
        except TypeError:
            raise self._no_number({"": value, "cycles": cycles}) from None
        self.bus.write(self.address, value)

    def modify(self, *, cycles: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if cycles is not None:
                if cycles >> 16:
                    raise self._field("cycles", cycles)
                keep ^= 0xFFFF
                bits |= cycles
        except TypeError:
            raise self._no_number({"cycles": cycles}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, cycles: int | None = None, timeout: int) -> LockLimitValue:
        mask = bits = 0
        try:
            if cycles is not None:
                if cycles >> 16:
                    raise self._field("cycles", cycles)
                mask |= 0xFFFF
                bits |= cycles
        except TypeError:
            raise self._no_number({"cycles": cycles}) from None
        return LockLimitValue(self._wait(mask, bits, timeout))


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


class MeasCtrl(Register):
    """Start one measurement of the output against the reference, over 1024 reference cycles."""
    __slots__ = ()
    Value = MeasCtrlValue

    def read(self) -> MeasCtrlValue:
        return MeasCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, start: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if start is not None:
                if start >> 1:
                    raise self._field("start", start)
                value = value & 0xFFFFFFFE | start
        except TypeError:
            raise self._no_number({"": value, "start": start}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if start:
                if start >> 1:
                    raise self._field("start", start)
                bits |= start
        except TypeError:
            raise self._no_number({"start": start}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, start: bool | None = None, timeout: int) -> MeasCtrlValue:
        mask = bits = 0
        try:
            if start is not None:
                if start >> 1:
                    raise self._field("start", start)
                mask |= 0x1
                bits |= start
        except TypeError:
            raise self._no_number({"start": start}) from None
        return MeasCtrlValue(self._wait(mask, bits, timeout))


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


class Meas(Register):
    """The measurement. Any change of divisors or power makes it invalid."""
    __slots__ = ()
    Value = MeasValue

    def read(self) -> MeasValue:
        return MeasValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, busy: bool | None = None, valid: bool | None = None, timeout: int) -> MeasValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x40000000
                bits |= busy << 30
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000
                bits |= valid << 31
        except TypeError:
            raise self._no_number({"count": count, "busy": busy, "valid": valid}) from None
        return MeasValue(self._wait(mask, bits, timeout))


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


class Regwen(Register):
    """Write protection of the dividers: clear to lock until reset."""
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
