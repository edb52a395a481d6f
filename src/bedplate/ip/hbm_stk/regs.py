# Generated from hbm_stk.rdl by `bedplate gen`; do not edit. Digest of the description: 56da1213083de432.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Probe,
    ReadableRegister,
    Register,
    RegisterBlock,
    Value,
    decoder,
)


class WirE(IntEnum):
    BYPASS = 0
    HBM_RESET = 1
    EXTEST = 2
    """Drive and compare every lane of every channel."""
    MBIST = 3
    SOFT_REPAIR = 4
    SOFT_LANE_REPAIR = 6
    """Shift in lane_repair: replaces the repairs of all channels, those from fuses too."""
    CHANNEL_ID = 8
    DEVICE_ID = 9
    TEMPERATURE = 10
    MODE_REGISTER_DUMP_SET = 11
    """Shift in mr_image, shift out what is held."""
    CHANNEL_DISABLE = 12
    ECS_ERROR_LOG = 13
    SELF_REP = 14


_WIR_E = decoder(WirE, 8)


class IdValue(Value):
    """Block identity: 'HST1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x48535431),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'HST1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class WCtrlValue(Value):
    """Pins of the stack."""
    __slots__ = ()
    NAME = "w_ctrl"
    FIELDS = (
        Field("wrst_n", 0, 1),
        Field("reset_n", 1, 1),
        Field("ck_en", 2, 1),
    )

    @property
    def wrst_n(self) -> bool:
        """Releases the IEEE 1500 port. Low together with RESET_n starts everything anew; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def reset_n(self) -> bool:
        """Releases the memory. Low also brings the port to BYPASS; bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def ck_en(self) -> bool:
        """The clock CK toggles; bit 2, rw."""
        return (self & 0x4) != 0


class WCtrl(ReadableRegister):
    """Pins of the stack."""
    __slots__ = ()
    Value = WCtrlValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> WCtrlValue:
        return WCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, wrst_n: bool | None = None, reset_n: bool | None = None, ck_en: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if wrst_n is not None: word = word & 0xFFFFFFFE | wrst_n; over |= wrst_n >> 1
            if reset_n is not None: word = word & 0xFFFFFFFD | reset_n << 1; over |= reset_n >> 1
            if ck_en is not None: word = word & 0xFFFFFFFB | ck_en << 2; over |= ck_en >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, wrst_n=wrst_n, reset_n=reset_n, ck_en=ck_en)
        self.bus.write(self.address, word)

    def modify(self, *, wrst_n: bool | None = None, reset_n: bool | None = None, ck_en: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if wrst_n is not None: keep ^= 0x1; bits |= wrst_n; over |= wrst_n >> 1
            if reset_n is not None: keep ^= 0x2; bits |= reset_n << 1; over |= reset_n >> 1
            if ck_en is not None: keep ^= 0x4; bits |= ck_en << 2; over |= ck_en >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", wrst_n=wrst_n, reset_n=reset_n, ck_en=ck_en)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, wrst_n: bool = ..., reset_n: bool = ..., ck_en: bool = ..., timeout: int) -> WCtrlValue: ...


class MonitorValue(Value):
    """What the pins have gone through since the stack had power."""
    __slots__ = ()
    NAME = "monitor"
    FIELDS = (
        Field("reset_time_ok", 0, 1, sw="r", hw="w"),
        Field("fuses_applied", 1, 1, sw="r", hw="w"),
        Field("extest_dirty", 2, 1, sw="r", hw="w"),
        Field("cattrip", 8, 1, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
        Field("lockout", 9, 1, sw="r", hw="w"),
    )

    @property
    def reset_time_ok(self) -> bool:
        """RESET_n was low long enough (tINIT1); bit 0, r."""
        return (self & 0x1) != 0

    @property
    def fuses_applied(self) -> bool:
        """RESET_n was high long enough for fuses and impedance (tINIT3); bit 1, r."""
        return (self & 0x2) != 0

    @property
    def extest_dirty(self) -> bool:
        """EXTEST was used and RESET_n not pulsed since; bit 2, r."""
        return (self & 0x4) != 0

    @property
    def cattrip(self) -> bool:
        """The stack tripped by temperature. Only power-off clears it; bit 8, r."""
        return (self & 0x100) != 0

    @property
    def lockout(self) -> bool:
        """Direct access is locked out until power-off; bit 9, r."""
        return (self & 0x200) != 0


class Monitor(ReadableRegister):
    """What the pins have gone through since the stack had power."""
    __slots__ = ()
    Value = MonitorValue

    def read(self) -> MonitorValue:
        return MonitorValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, reset_time_ok: bool = ..., fuses_applied: bool = ..., extest_dirty: bool = ..., cattrip: bool = ..., lockout: bool = ..., timeout: int) -> MonitorValue: ...


class ElapsedValue(Value):
    """Time since RESET_n changed, or since power."""
    __slots__ = ()
    NAME = "elapsed"
    FIELDS = (
        Field("us", 0, 32, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, saturating; bits 31:0, r."""
        return self & 0xFFFFFFFF


class Elapsed(ReadableRegister):
    """Time since RESET_n changed, or since power."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> ElapsedValue: ...


class WInstrValue(Value):
    """Wrapper instruction. Those that burn fuses are not reached from here, but from hard_repair."""
    __slots__ = ()
    NAME = "w_instr"
    FIELDS = (
        Field("opcode", 0, 8, enum=WirE),
        Field("channel", 8, 5, reset=0x1F),
    )

    @property
    def opcode(self) -> WirE:
        """Bits 7:0, rw."""
        return _WIR_E[self & 0xFF]

    @property
    def channel(self) -> int:
        """Channel, 31 for all; bits 12:8, rw."""
        return self >> 8 & 0x1F


class WInstr(ReadableRegister):
    """Wrapper instruction. Those that burn fuses are not reached from here, but from hard_repair."""
    __slots__ = ()
    Value = WInstrValue

    def read(self) -> WInstrValue:
        return WInstrValue(self.bus.read(self.address))

    def write(self, value: int = 0x1F00, /, *, opcode: WirE | None = None, channel: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if opcode is not None: word = word & 0xFFFFFF00 | opcode; over |= opcode >> 8
            if channel is not None: word = word & 0xFFFFE0FF | channel << 8; over |= channel >> 5
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, opcode=opcode, channel=channel)
        self.bus.write(self.address, word)

    def modify(self, *, opcode: WirE | None = None, channel: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if opcode is not None: keep ^= 0xFF; bits |= opcode; over |= opcode >> 8
            if channel is not None: keep ^= 0x1F00; bits |= channel << 8; over |= channel >> 5
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", opcode=opcode, channel=channel)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, opcode: WirE = ..., channel: int = ..., timeout: int) -> WInstrValue: ...


class WStartValue(Value):
    """Run the wrapper instruction."""
    __slots__ = ()
    NAME = "w_start"
    FIELDS = (
        Field("go", 0, 1, sw="w", singlepulse=True),
    )


class WStart(Register):
    """Run the wrapper instruction."""
    __slots__ = ()
    Value = WStartValue
    EFFECT = Effect.LOSES_DATA

    def write(self, value: int = 0x0, /, *, go: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if go is not None: word = word & 0xFFFFFFFE | go; over |= go >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, go=go)
        self.bus.write(self.address, word)

    def pulse(self, *, go: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if go: bits |= go; over |= go >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", go=go)
        if bits:
            self.bus.write(self.address, bits)


class WStatusValue(Value):
    """The wrapper."""
    __slots__ = ()
    NAME = "w_status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("done", 1, 1, hw="w", onwrite="woclr", props={"precedence": "hw", "we": True}),
    )

    @property
    def busy(self) -> bool:
        """Shifting or working; visible before the next access; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def done(self) -> bool:
        """The last instruction is done. Cleared by the next start, too; bit 1, rw, woclr."""
        return (self & 0x2) != 0


class WStatus(ReadableRegister):
    """The wrapper."""
    __slots__ = ()
    Value = WStatusValue

    def read(self) -> WStatusValue:
        return WStatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, done: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if done is not None: word = word & 0xFFFFFFFD | done << 1; over |= done >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, done=done)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, done: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x2
            if done: bits |= done << 1; over |= done >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, done=done)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., done: bool = ..., timeout: int) -> WStatusValue: ...


class WLenValue(Value):
    """Length of a raw shift, in bits."""
    __slots__ = ()
    NAME = "w_len"
    FIELDS = (
        Field("bits", 0, 9),
    )

    @property
    def bits(self) -> int:
        """Bits 8:0, rw."""
        return self & 0x1FF


class WLen(ReadableRegister):
    """Length of a raw shift, in bits."""
    __slots__ = ()
    Value = WLenValue

    def read(self) -> WLenValue:
        return WLenValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, bits: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if bits is not None: word = word & 0xFFFFFE00 | bits; over |= bits >> 9
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, bits=bits)
        self.bus.write(self.address, word)

    def modify(self, *, bits: int | None = None) -> None:
        try:
            keep, _bits, over = 0xFFFFFFFF, 0x0, 0
            if bits is not None: keep ^= 0x1FF; _bits |= bits; over |= bits >> 9
            if over or not isinstance(_bits, int): raise TypeError
        except TypeError:
            return self._again("modify", bits=bits)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | _bits)

    if TYPE_CHECKING:
        def wait(self, *, bits: int = ..., timeout: int) -> WLenValue: ...


class WDataValue(Value):
    """Raw shift data, in."""
    __slots__ = ()
    NAME = "w_data"
    FIELDS = (
        Field("bits", 0, 32),
    )

    @property
    def bits(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class WData(ReadableRegister):
    """Raw shift data, in."""
    __slots__ = ()
    Value = WDataValue

    def read(self) -> WDataValue:
        return WDataValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, bits: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if bits is not None: word = bits; over |= bits >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, bits=bits)
        self.bus.write(self.address, word)

    def modify(self, *, bits: int | None = None) -> None:
        try:
            keep, _bits, over = 0xFFFFFFFF, 0x0, 0
            if bits is not None: keep ^= 0xFFFFFFFF; _bits |= bits; over |= bits >> 32
            if over or not isinstance(_bits, int): raise TypeError
        except TypeError:
            return self._again("modify", bits=bits)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | _bits)

    if TYPE_CHECKING:
        def wait(self, *, bits: int = ..., timeout: int) -> WDataValue: ...


class WCaptureValue(Value):
    """Raw shift data, out."""
    __slots__ = ()
    NAME = "w_capture"
    FIELDS = (
        Field("bits", 0, 32, sw="r", hw="w"),
    )

    @property
    def bits(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class WCapture(ReadableRegister):
    """Raw shift data, out."""
    __slots__ = ()
    Value = WCaptureValue

    def read(self) -> WCaptureValue:
        return WCaptureValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, bits: int = ..., timeout: int) -> WCaptureValue: ...


class DeviceIdValue(Value):
    """What DEVICE_ID brought: 82 bits of the stack, and a marker of the host side."""
    __slots__ = ()
    NAME = "device_id"
    WIDTH = 128
    FIELDS = (
        Field("density", 0, 4, sw="r", hw="w"),
        Field("vendor", 4, 4, sw="r", hw="w"),
        Field("height", 8, 2, sw="r", hw="w"),
        Field("rfm", 10, 1, sw="r", hw="w"),
        Field("raaimt", 11, 5, sw="r", hw="w"),
        Field("raammt", 16, 3, sw="r", hw="w"),
        Field("revision", 24, 8, sw="r", hw="w"),
        Field("serial_low", 32, 32, sw="r", hw="w"),
        Field("serial_high", 64, 18, sw="r", hw="w"),
        Field("valid", 127, 1, sw="r", hw="w"),
    )

    @property
    def density(self) -> int:
        """Gigabits of a channel: 1 is 4, 2 is 6, 3 is 8, 4 is 12, 5 is 16; bits 3:0, r."""
        return self & 0xF

    @property
    def vendor(self) -> int:
        """Manufacturer code; bits 7:4, r."""
        return self >> 4 & 0xF

    @property
    def height(self) -> int:
        """Dies in the stack: 0 is 4, 1 is 8, 2 is 12, 3 is 16; bits 9:8, r."""
        return self >> 8 & 0x3

    @property
    def rfm(self) -> bool:
        """Needs refresh management; bit 10, r."""
        return (self & 0x400) != 0

    @property
    def raaimt(self) -> int:
        """Activations until refresh management, in units of 8; bits 15:11, r."""
        return self >> 11 & 0x1F

    @property
    def raammt(self) -> int:
        """Most activations, in units of RAAIMT; bits 18:16, r."""
        return self >> 16 & 0x7

    @property
    def revision(self) -> int:
        """Revision of the part; bits 31:24, r."""
        return self >> 24 & 0xFF

    @property
    def serial_low(self) -> int:
        """Serial number; bits 63:32, r."""
        return self >> 32 & 0xFFFFFFFF

    @property
    def serial_high(self) -> int:
        """Serial number; bits 81:64, r."""
        return self >> 64 & 0x3FFFF

    @property
    def valid(self) -> bool:
        """The capture is good; cleared with the port's reset; bit 127, r."""
        return (self & 0x80000000000000000000000000000000) != 0


class DeviceId(ReadableRegister):
    """What DEVICE_ID brought: 82 bits of the stack, and a marker of the host side."""
    __slots__ = ()
    Value = DeviceIdValue
    WIDTH = 128

    def read(self) -> DeviceIdValue:
        return DeviceIdValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, density: int = ..., vendor: int = ..., height: int = ..., rfm: bool = ..., raaimt: int = ..., raammt: int = ..., revision: int = ..., serial_low: int = ..., serial_high: int = ..., valid: bool = ..., timeout: int) -> DeviceIdValue: ...


class TemperatureValue(Value):
    """What TEMPERATURE brought."""
    __slots__ = ()
    NAME = "temperature"
    FIELDS = (
        Field("celsius", 0, 8, sw="r", hw="w"),
        Field("valid", 31, 1, sw="r", hw="w"),
    )

    @property
    def celsius(self) -> int:
        """degC, signed; bits 7:0, r."""
        return self & 0xFF

    @property
    def valid(self) -> bool:
        """The capture is good; bit 31, r."""
        return (self & 0x80000000) != 0


class Temperature(ReadableRegister):
    """What TEMPERATURE brought."""
    __slots__ = ()
    Value = TemperatureValue

    def read(self) -> TemperatureValue:
        return TemperatureValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, celsius: int = ..., valid: bool = ..., timeout: int) -> TemperatureValue: ...


class ExtestValue(Value):
    """What EXTEST found: the first bad lane that no repair covers."""
    __slots__ = ()
    NAME = "extest"
    FIELDS = (
        Field("lane", 0, 7, sw="r", hw="w"),
        Field("channel", 8, 4, sw="r", hw="w"),
        Field("bad", 30, 1, sw="r", hw="w"),
        Field("valid", 31, 1, sw="r", hw="w"),
    )

    @property
    def lane(self) -> int:
        """Lane within the channel; bits 6:0, r."""
        return self & 0x7F

    @property
    def channel(self) -> int:
        """Channel; bits 11:8, r."""
        return self >> 8 & 0xF

    @property
    def bad(self) -> bool:
        """A lane is bad; bit 30, r."""
        return (self & 0x40000000) != 0

    @property
    def valid(self) -> bool:
        """The check was run since the last lane repair and port reset; bit 31, r."""
        return (self & 0x80000000) != 0


class Extest(ReadableRegister):
    """What EXTEST found: the first bad lane that no repair covers."""
    __slots__ = ()
    Value = ExtestValue

    def read(self) -> ExtestValue:
        return ExtestValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, lane: int = ..., channel: int = ..., bad: bool = ..., valid: bool = ..., timeout: int) -> ExtestValue: ...


class LaneMapValue(Value):
    """Lane repairs in force, a byte a channel: bit 7 repaired, bits 6:0 the lane. From fuses, or soft ones instead."""
    __slots__ = ()
    NAME = "lane_map"
    WIDTH = 128
    FIELDS = (
        Field("ch0", 0, 8, sw="r", hw="w"),
        Field("ch1", 8, 8, sw="r", hw="w"),
        Field("ch2", 16, 8, sw="r", hw="w"),
        Field("ch3", 24, 8, sw="r", hw="w"),
        Field("ch4", 32, 8, sw="r", hw="w"),
        Field("ch5", 40, 8, sw="r", hw="w"),
        Field("ch6", 48, 8, sw="r", hw="w"),
        Field("ch7", 56, 8, sw="r", hw="w"),
        Field("ch8", 64, 8, sw="r", hw="w"),
        Field("ch9", 72, 8, sw="r", hw="w"),
        Field("ch10", 80, 8, sw="r", hw="w"),
        Field("ch11", 88, 8, sw="r", hw="w"),
        Field("ch12", 96, 8, sw="r", hw="w"),
        Field("ch13", 104, 8, sw="r", hw="w"),
        Field("ch14", 112, 8, sw="r", hw="w"),
        Field("ch15", 120, 8, sw="r", hw="w"),
    )

    @property
    def ch0(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def ch1(self) -> int:
        """Bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def ch2(self) -> int:
        """Bits 23:16, r."""
        return self >> 16 & 0xFF

    @property
    def ch3(self) -> int:
        """Bits 31:24, r."""
        return self >> 24 & 0xFF

    @property
    def ch4(self) -> int:
        """Bits 39:32, r."""
        return self >> 32 & 0xFF

    @property
    def ch5(self) -> int:
        """Bits 47:40, r."""
        return self >> 40 & 0xFF

    @property
    def ch6(self) -> int:
        """Bits 55:48, r."""
        return self >> 48 & 0xFF

    @property
    def ch7(self) -> int:
        """Bits 63:56, r."""
        return self >> 56 & 0xFF

    @property
    def ch8(self) -> int:
        """Bits 71:64, r."""
        return self >> 64 & 0xFF

    @property
    def ch9(self) -> int:
        """Bits 79:72, r."""
        return self >> 72 & 0xFF

    @property
    def ch10(self) -> int:
        """Bits 87:80, r."""
        return self >> 80 & 0xFF

    @property
    def ch11(self) -> int:
        """Bits 95:88, r."""
        return self >> 88 & 0xFF

    @property
    def ch12(self) -> int:
        """Bits 103:96, r."""
        return self >> 96 & 0xFF

    @property
    def ch13(self) -> int:
        """Bits 111:104, r."""
        return self >> 104 & 0xFF

    @property
    def ch14(self) -> int:
        """Bits 119:112, r."""
        return self >> 112 & 0xFF

    @property
    def ch15(self) -> int:
        """Bits 127:120, r."""
        return self >> 120 & 0xFF


class LaneMap(ReadableRegister):
    """Lane repairs in force, a byte a channel: bit 7 repaired, bits 6:0 the lane. From fuses, or soft ones instead."""
    __slots__ = ()
    Value = LaneMapValue
    WIDTH = 128

    def read(self) -> LaneMapValue:
        return LaneMapValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, ch0: int = ..., ch1: int = ..., ch2: int = ..., ch3: int = ..., ch4: int = ..., ch5: int = ..., ch6: int = ..., ch7: int = ..., ch8: int = ..., ch9: int = ..., ch10: int = ..., ch11: int = ..., ch12: int = ..., ch13: int = ..., ch14: int = ..., ch15: int = ..., timeout: int) -> LaneMapValue: ...


class LaneRepairValue(Value):
    """Lane repairs to shift in, laid out as lane_map. All channels at once: merge before writing."""
    __slots__ = ()
    NAME = "lane_repair"
    WIDTH = 128
    FIELDS = (
        Field("ch0", 0, 8),
        Field("ch1", 8, 8),
        Field("ch2", 16, 8),
        Field("ch3", 24, 8),
        Field("ch4", 32, 8),
        Field("ch5", 40, 8),
        Field("ch6", 48, 8),
        Field("ch7", 56, 8),
        Field("ch8", 64, 8),
        Field("ch9", 72, 8),
        Field("ch10", 80, 8),
        Field("ch11", 88, 8),
        Field("ch12", 96, 8),
        Field("ch13", 104, 8),
        Field("ch14", 112, 8),
        Field("ch15", 120, 8),
    )

    @property
    def ch0(self) -> int:
        """Bits 7:0, rw."""
        return self & 0xFF

    @property
    def ch1(self) -> int:
        """Bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def ch2(self) -> int:
        """Bits 23:16, rw."""
        return self >> 16 & 0xFF

    @property
    def ch3(self) -> int:
        """Bits 31:24, rw."""
        return self >> 24 & 0xFF

    @property
    def ch4(self) -> int:
        """Bits 39:32, rw."""
        return self >> 32 & 0xFF

    @property
    def ch5(self) -> int:
        """Bits 47:40, rw."""
        return self >> 40 & 0xFF

    @property
    def ch6(self) -> int:
        """Bits 55:48, rw."""
        return self >> 48 & 0xFF

    @property
    def ch7(self) -> int:
        """Bits 63:56, rw."""
        return self >> 56 & 0xFF

    @property
    def ch8(self) -> int:
        """Bits 71:64, rw."""
        return self >> 64 & 0xFF

    @property
    def ch9(self) -> int:
        """Bits 79:72, rw."""
        return self >> 72 & 0xFF

    @property
    def ch10(self) -> int:
        """Bits 87:80, rw."""
        return self >> 80 & 0xFF

    @property
    def ch11(self) -> int:
        """Bits 95:88, rw."""
        return self >> 88 & 0xFF

    @property
    def ch12(self) -> int:
        """Bits 103:96, rw."""
        return self >> 96 & 0xFF

    @property
    def ch13(self) -> int:
        """Bits 111:104, rw."""
        return self >> 104 & 0xFF

    @property
    def ch14(self) -> int:
        """Bits 119:112, rw."""
        return self >> 112 & 0xFF

    @property
    def ch15(self) -> int:
        """Bits 127:120, rw."""
        return self >> 120 & 0xFF


class LaneRepair(ReadableRegister):
    """Lane repairs to shift in, laid out as lane_map. All channels at once: merge before writing."""
    __slots__ = ()
    Value = LaneRepairValue
    WIDTH = 128

    def read(self) -> LaneRepairValue:
        return LaneRepairValue(self._load())

    def write(self, value: int = 0x0, /, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None) -> None:
        try:
            word, over = value, value >> 128
            if ch0 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | ch0; over |= ch0 >> 8
            if ch1 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | ch1 << 8; over |= ch1 >> 8
            if ch2 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | ch2 << 16; over |= ch2 >> 8
            if ch3 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | ch3 << 24; over |= ch3 >> 8
            if ch4 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFF00FFFFFFFF | ch4 << 32; over |= ch4 >> 8
            if ch5 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFF00FFFFFFFFFF | ch5 << 40; over |= ch5 >> 8
            if ch6 is not None: word = word & 0xFFFFFFFFFFFFFFFFFF00FFFFFFFFFFFF | ch6 << 48; over |= ch6 >> 8
            if ch7 is not None: word = word & 0xFFFFFFFFFFFFFFFF00FFFFFFFFFFFFFF | ch7 << 56; over |= ch7 >> 8
            if ch8 is not None: word = word & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | ch8 << 64; over |= ch8 >> 8
            if ch9 is not None: word = word & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | ch9 << 72; over |= ch9 >> 8
            if ch10 is not None: word = word & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | ch10 << 80; over |= ch10 >> 8
            if ch11 is not None: word = word & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | ch11 << 88; over |= ch11 >> 8
            if ch12 is not None: word = word & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | ch12 << 96; over |= ch12 >> 8
            if ch13 is not None: word = word & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | ch13 << 104; over |= ch13 >> 8
            if ch14 is not None: word = word & 0xFF00FFFFFFFFFFFFFFFFFFFFFFFFFFFF | ch14 << 112; over |= ch14 >> 8
            if ch15 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF | ch15 << 120; over |= ch15 >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ch0=ch0, ch1=ch1, ch2=ch2, ch3=ch3, ch4=ch4, ch5=ch5, ch6=ch6, ch7=ch7, ch8=ch8, ch9=ch9, ch10=ch10, ch11=ch11, ch12=ch12, ch13=ch13, ch14=ch14, ch15=ch15)
        self._store(word)

    def modify(self, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, 0x0, 0
            if ch0 is not None: keep ^= 0xFF; bits |= ch0; over |= ch0 >> 8
            if ch1 is not None: keep ^= 0xFF00; bits |= ch1 << 8; over |= ch1 >> 8
            if ch2 is not None: keep ^= 0xFF0000; bits |= ch2 << 16; over |= ch2 >> 8
            if ch3 is not None: keep ^= 0xFF000000; bits |= ch3 << 24; over |= ch3 >> 8
            if ch4 is not None: keep ^= 0xFF00000000; bits |= ch4 << 32; over |= ch4 >> 8
            if ch5 is not None: keep ^= 0xFF0000000000; bits |= ch5 << 40; over |= ch5 >> 8
            if ch6 is not None: keep ^= 0xFF000000000000; bits |= ch6 << 48; over |= ch6 >> 8
            if ch7 is not None: keep ^= 0xFF00000000000000; bits |= ch7 << 56; over |= ch7 >> 8
            if ch8 is not None: keep ^= 0xFF0000000000000000; bits |= ch8 << 64; over |= ch8 >> 8
            if ch9 is not None: keep ^= 0xFF000000000000000000; bits |= ch9 << 72; over |= ch9 >> 8
            if ch10 is not None: keep ^= 0xFF00000000000000000000; bits |= ch10 << 80; over |= ch10 >> 8
            if ch11 is not None: keep ^= 0xFF0000000000000000000000; bits |= ch11 << 88; over |= ch11 >> 8
            if ch12 is not None: keep ^= 0xFF000000000000000000000000; bits |= ch12 << 96; over |= ch12 >> 8
            if ch13 is not None: keep ^= 0xFF00000000000000000000000000; bits |= ch13 << 104; over |= ch13 >> 8
            if ch14 is not None: keep ^= 0xFF0000000000000000000000000000; bits |= ch14 << 112; over |= ch14 >> 8
            if ch15 is not None: keep ^= 0xFF000000000000000000000000000000; bits |= ch15 << 120; over |= ch15 >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", ch0=ch0, ch1=ch1, ch2=ch2, ch3=ch3, ch4=ch4, ch5=ch5, ch6=ch6, ch7=ch7, ch8=ch8, ch9=ch9, ch10=ch10, ch11=ch11, ch12=ch12, ch13=ch13, ch14=ch14, ch15=ch15)
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, ch0: int = ..., ch1: int = ..., ch2: int = ..., ch3: int = ..., ch4: int = ..., ch5: int = ..., ch6: int = ..., ch7: int = ..., ch8: int = ..., ch9: int = ..., ch10: int = ..., ch11: int = ..., ch12: int = ..., ch13: int = ..., ch14: int = ..., ch15: int = ..., timeout: int) -> LaneRepairValue: ...


class MrImageValue(Value):
    """Mode registers to shift in."""
    __slots__ = ()
    NAME = "mr_image"
    WIDTH = 128
    FIELDS = (
        Field("mr0", 0, 8),
        Field("mr1", 8, 8),
        Field("mr2", 16, 8),
        Field("mr3", 24, 8),
        Field("mr4", 32, 8),
        Field("mr5", 40, 8),
        Field("mr6", 48, 8),
        Field("mr7", 56, 8),
        Field("mr8", 64, 8),
        Field("mr9", 72, 8),
        Field("mr10", 80, 8),
        Field("mr11", 88, 8),
        Field("mr12", 96, 8),
        Field("mr13", 104, 8),
        Field("mr14", 112, 8),
        Field("mr15", 120, 8),
    )

    @property
    def mr0(self) -> int:
        """Parity; bits 7:0, rw."""
        return self & 0xFF

    @property
    def mr1(self) -> int:
        """Drive strength; bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def mr2(self) -> int:
        """Read latency; bits 23:16, rw."""
        return self >> 16 & 0xFF

    @property
    def mr3(self) -> int:
        """Write latency; bits 31:24, rw."""
        return self >> 24 & 0xFF

    @property
    def mr4(self) -> int:
        """ECC; bits 39:32, rw."""
        return self >> 32 & 0xFF

    @property
    def mr5(self) -> int:
        """Speed bin; bits 47:40, rw."""
        return self >> 40 & 0xFF

    @property
    def mr6(self) -> int:
        """Reference voltage of data; bits 55:48, rw."""
        return self >> 48 & 0xFF

    @property
    def mr7(self) -> int:
        """Loopback; bits 63:56, rw."""
        return self >> 56 & 0xFF

    @property
    def mr8(self) -> int:
        """Refresh management: bit 7 on, bits 4:0 RAAIMT; bits 71:64, rw."""
        return self >> 64 & 0xFF

    @property
    def mr9(self) -> int:
        """Error check and scrub; bits 79:72, rw."""
        return self >> 72 & 0xFF

    @property
    def mr10(self) -> int:
        """Density; bits 87:80, rw."""
        return self >> 80 & 0xFF

    @property
    def mr11(self) -> int:
        """Bits 95:88, rw."""
        return self >> 88 & 0xFF

    @property
    def mr12(self) -> int:
        """Bits 103:96, rw."""
        return self >> 96 & 0xFF

    @property
    def mr13(self) -> int:
        """Bits 111:104, rw."""
        return self >> 104 & 0xFF

    @property
    def mr14(self) -> int:
        """Bits 119:112, rw."""
        return self >> 112 & 0xFF

    @property
    def mr15(self) -> int:
        """Bits 127:120, rw."""
        return self >> 120 & 0xFF


class MrImage(ReadableRegister):
    """Mode registers to shift in."""
    __slots__ = ()
    Value = MrImageValue
    WIDTH = 128
    EFFECT = Effect.LOSES_DATA

    def read(self) -> MrImageValue:
        return MrImageValue(self._load())

    def write(self, value: int = 0x0, /, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None) -> None:
        try:
            word, over = value, value >> 128
            if mr0 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | mr0; over |= mr0 >> 8
            if mr1 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | mr1 << 8; over |= mr1 >> 8
            if mr2 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | mr2 << 16; over |= mr2 >> 8
            if mr3 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | mr3 << 24; over |= mr3 >> 8
            if mr4 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFF00FFFFFFFF | mr4 << 32; over |= mr4 >> 8
            if mr5 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFF00FFFFFFFFFF | mr5 << 40; over |= mr5 >> 8
            if mr6 is not None: word = word & 0xFFFFFFFFFFFFFFFFFF00FFFFFFFFFFFF | mr6 << 48; over |= mr6 >> 8
            if mr7 is not None: word = word & 0xFFFFFFFFFFFFFFFF00FFFFFFFFFFFFFF | mr7 << 56; over |= mr7 >> 8
            if mr8 is not None: word = word & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | mr8 << 64; over |= mr8 >> 8
            if mr9 is not None: word = word & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | mr9 << 72; over |= mr9 >> 8
            if mr10 is not None: word = word & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | mr10 << 80; over |= mr10 >> 8
            if mr11 is not None: word = word & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | mr11 << 88; over |= mr11 >> 8
            if mr12 is not None: word = word & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | mr12 << 96; over |= mr12 >> 8
            if mr13 is not None: word = word & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | mr13 << 104; over |= mr13 >> 8
            if mr14 is not None: word = word & 0xFF00FFFFFFFFFFFFFFFFFFFFFFFFFFFF | mr14 << 112; over |= mr14 >> 8
            if mr15 is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF | mr15 << 120; over |= mr15 >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, mr0=mr0, mr1=mr1, mr2=mr2, mr3=mr3, mr4=mr4, mr5=mr5, mr6=mr6, mr7=mr7, mr8=mr8, mr9=mr9, mr10=mr10, mr11=mr11, mr12=mr12, mr13=mr13, mr14=mr14, mr15=mr15)
        self._store(word)

    def modify(self, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, 0x0, 0
            if mr0 is not None: keep ^= 0xFF; bits |= mr0; over |= mr0 >> 8
            if mr1 is not None: keep ^= 0xFF00; bits |= mr1 << 8; over |= mr1 >> 8
            if mr2 is not None: keep ^= 0xFF0000; bits |= mr2 << 16; over |= mr2 >> 8
            if mr3 is not None: keep ^= 0xFF000000; bits |= mr3 << 24; over |= mr3 >> 8
            if mr4 is not None: keep ^= 0xFF00000000; bits |= mr4 << 32; over |= mr4 >> 8
            if mr5 is not None: keep ^= 0xFF0000000000; bits |= mr5 << 40; over |= mr5 >> 8
            if mr6 is not None: keep ^= 0xFF000000000000; bits |= mr6 << 48; over |= mr6 >> 8
            if mr7 is not None: keep ^= 0xFF00000000000000; bits |= mr7 << 56; over |= mr7 >> 8
            if mr8 is not None: keep ^= 0xFF0000000000000000; bits |= mr8 << 64; over |= mr8 >> 8
            if mr9 is not None: keep ^= 0xFF000000000000000000; bits |= mr9 << 72; over |= mr9 >> 8
            if mr10 is not None: keep ^= 0xFF00000000000000000000; bits |= mr10 << 80; over |= mr10 >> 8
            if mr11 is not None: keep ^= 0xFF0000000000000000000000; bits |= mr11 << 88; over |= mr11 >> 8
            if mr12 is not None: keep ^= 0xFF000000000000000000000000; bits |= mr12 << 96; over |= mr12 >> 8
            if mr13 is not None: keep ^= 0xFF00000000000000000000000000; bits |= mr13 << 104; over |= mr13 >> 8
            if mr14 is not None: keep ^= 0xFF0000000000000000000000000000; bits |= mr14 << 112; over |= mr14 >> 8
            if mr15 is not None: keep ^= 0xFF000000000000000000000000000000; bits |= mr15 << 120; over |= mr15 >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", mr0=mr0, mr1=mr1, mr2=mr2, mr3=mr3, mr4=mr4, mr5=mr5, mr6=mr6, mr7=mr7, mr8=mr8, mr9=mr9, mr10=mr10, mr11=mr11, mr12=mr12, mr13=mr13, mr14=mr14, mr15=mr15)
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, mr0: int = ..., mr1: int = ..., mr2: int = ..., mr3: int = ..., mr4: int = ..., mr5: int = ..., mr6: int = ..., mr7: int = ..., mr8: int = ..., mr9: int = ..., mr10: int = ..., mr11: int = ..., mr12: int = ..., mr13: int = ..., mr14: int = ..., mr15: int = ..., timeout: int) -> MrImageValue: ...


class MrDumpValue(Value):
    """Mode registers that the stack holds, laid out as mr_image."""
    __slots__ = ()
    NAME = "mr_dump"
    WIDTH = 128
    FIELDS = (
        Field("mr0", 0, 8, sw="r", hw="w"),
        Field("mr1", 8, 8, sw="r", hw="w"),
        Field("mr2", 16, 8, sw="r", hw="w"),
        Field("mr3", 24, 8, sw="r", hw="w"),
        Field("mr4", 32, 8, sw="r", hw="w"),
        Field("mr5", 40, 8, sw="r", hw="w"),
        Field("mr6", 48, 8, sw="r", hw="w"),
        Field("mr7", 56, 8, sw="r", hw="w"),
        Field("mr8", 64, 8, sw="r", hw="w"),
        Field("mr9", 72, 8, sw="r", hw="w"),
        Field("mr10", 80, 8, sw="r", hw="w"),
        Field("mr11", 88, 8, sw="r", hw="w"),
        Field("mr12", 96, 8, sw="r", hw="w"),
        Field("mr13", 104, 8, sw="r", hw="w"),
        Field("mr14", 112, 8, sw="r", hw="w"),
        Field("mr15", 120, 8, sw="r", hw="w"),
    )

    @property
    def mr0(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def mr1(self) -> int:
        """Bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def mr2(self) -> int:
        """Bits 23:16, r."""
        return self >> 16 & 0xFF

    @property
    def mr3(self) -> int:
        """Bits 31:24, r."""
        return self >> 24 & 0xFF

    @property
    def mr4(self) -> int:
        """Bits 39:32, r."""
        return self >> 32 & 0xFF

    @property
    def mr5(self) -> int:
        """Bits 47:40, r."""
        return self >> 40 & 0xFF

    @property
    def mr6(self) -> int:
        """Bits 55:48, r."""
        return self >> 48 & 0xFF

    @property
    def mr7(self) -> int:
        """Bits 63:56, r."""
        return self >> 56 & 0xFF

    @property
    def mr8(self) -> int:
        """Bits 71:64, r."""
        return self >> 64 & 0xFF

    @property
    def mr9(self) -> int:
        """Bits 79:72, r."""
        return self >> 72 & 0xFF

    @property
    def mr10(self) -> int:
        """Bits 87:80, r."""
        return self >> 80 & 0xFF

    @property
    def mr11(self) -> int:
        """Bits 95:88, r."""
        return self >> 88 & 0xFF

    @property
    def mr12(self) -> int:
        """Bits 103:96, r."""
        return self >> 96 & 0xFF

    @property
    def mr13(self) -> int:
        """Bits 111:104, r."""
        return self >> 104 & 0xFF

    @property
    def mr14(self) -> int:
        """Bits 119:112, r."""
        return self >> 112 & 0xFF

    @property
    def mr15(self) -> int:
        """Bits 127:120, r."""
        return self >> 120 & 0xFF


class MrDump(ReadableRegister):
    """Mode registers that the stack holds, laid out as mr_image."""
    __slots__ = ()
    Value = MrDumpValue
    WIDTH = 128

    def read(self) -> MrDumpValue:
        return MrDumpValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, mr0: int = ..., mr1: int = ..., mr2: int = ..., mr3: int = ..., mr4: int = ..., mr5: int = ..., mr6: int = ..., mr7: int = ..., mr8: int = ..., mr9: int = ..., mr10: int = ..., mr11: int = ..., mr12: int = ..., mr13: int = ..., mr14: int = ..., mr15: int = ..., timeout: int) -> MrDumpValue: ...


class MrStatusValue(Value):
    """Whether mr_dump means something."""
    __slots__ = ()
    NAME = "mr_status"
    FIELDS = (
        Field("valid", 0, 1, sw="r", hw="w"),
    )

    @property
    def valid(self) -> bool:
        """Mode registers were set since RESET_n was last low; bit 0, r."""
        return (self & 0x1) != 0


class MrStatus(ReadableRegister):
    """Whether mr_dump means something."""
    __slots__ = ()
    Value = MrStatusValue

    def read(self) -> MrStatusValue:
        return MrStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, valid: bool = ..., timeout: int) -> MrStatusValue: ...


class EcsLogValue(Value):
    """Error check and scrub: the log of the stack. Reading clears it, and below a threshold nothing is shown."""
    __slots__ = ()
    NAME = "ecs_log"
    FIELDS = (
        Field("count", 0, 8, sw="r", hw="w", onread="rclr", props={"precedence": "hw", "resetsignal": "signal:por_n", "we": True}),
        Field("channel", 8, 4, sw="r", hw="w", onread="rclr", props={"precedence": "hw", "resetsignal": "signal:por_n", "we": True}),
        Field("row", 12, 16, sw="r", hw="w", onread="rclr", props={"precedence": "hw", "resetsignal": "signal:por_n", "we": True}),
        Field("valid", 31, 1, sw="r", hw="w", onread="rclr", props={"precedence": "hw", "resetsignal": "signal:por_n", "we": True}),
    )

    @property
    def count(self) -> int:
        """Errors, saturating; bits 7:0, r, rclr."""
        return self & 0xFF

    @property
    def channel(self) -> int:
        """Channel of the first one; bits 11:8, r, rclr."""
        return self >> 8 & 0xF

    @property
    def row(self) -> int:
        """Row of the first one; bits 27:12, r, rclr."""
        return self >> 12 & 0xFFFF

    @property
    def valid(self) -> bool:
        """The log holds something; bit 31, r, rclr."""
        return (self & 0x80000000) != 0


class EcsLog(Register):
    """Error check and scrub: the log of the stack. Reading clears it, and below a threshold nothing is shown."""
    __slots__ = ()
    Value = EcsLogValue
    PROBE = Probe.CLEARS

    def take(self) -> EcsLogValue:
        """Read it, which has an effect: count rclr, channel rclr, row rclr, valid rclr."""
        return EcsLogValue(self.bus.read(self.address))


class EcsPeekValue(Value):
    """The same log, to look at without clearing it."""
    __slots__ = ()
    NAME = "ecs_peek"
    FIELDS = (
        Field("count", 0, 8, sw="r", hw="w", props={"next": "ecs_log.count"}),
        Field("channel", 8, 4, sw="r", hw="w", props={"next": "ecs_log.channel"}),
        Field("row", 12, 16, sw="r", hw="w", props={"next": "ecs_log.row"}),
        Field("valid", 31, 1, sw="r", hw="w", props={"next": "ecs_log.valid"}),
    )

    @property
    def count(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def channel(self) -> int:
        """Bits 11:8, r."""
        return self >> 8 & 0xF

    @property
    def row(self) -> int:
        """Bits 27:12, r."""
        return self >> 12 & 0xFFFF

    @property
    def valid(self) -> bool:
        """Bit 31, r."""
        return (self & 0x80000000) != 0


class EcsPeek(ReadableRegister):
    """The same log, to look at without clearing it."""
    __slots__ = ()
    Value = EcsPeekValue

    def read(self) -> EcsPeekValue:
        return EcsPeekValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., channel: int = ..., row: int = ..., valid: bool = ..., timeout: int) -> EcsPeekValue: ...


class HardRepairValue(Value):
    """Burn repairs into the fuses of the stack. For ever: in manufacturing, with intent, never in a resume."""
    __slots__ = ()
    NAME = "hard_repair"
    FIELDS = (
        Field("lanes", 0, 1, sw="w", singlepulse=True),
        Field("rows", 1, 1, sw="w", singlepulse=True),
    )


class HardRepair(Register):
    """Burn repairs into the fuses of the stack. For ever: in manufacturing, with intent, never in a resume."""
    __slots__ = ()
    Value = HardRepairValue
    EFFECT = Effect.PERMANENT

    def write(self, value: int = 0x0, /, *, lanes: bool | None = None, rows: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if lanes is not None: word = word & 0xFFFFFFFE | lanes; over |= lanes >> 1
            if rows is not None: word = word & 0xFFFFFFFD | rows << 1; over |= rows >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, lanes=lanes, rows=rows)
        self.bus.write(self.address, word)

    def pulse(self, *, lanes: bool = False, rows: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if lanes: bits |= lanes; over |= lanes >> 1
            if rows: bits |= rows << 1; over |= rows >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", lanes=lanes, rows=rows)
        if bits:
            self.bus.write(self.address, bits)


class HbmStkRegs(RegisterBlock):
    """HBM_STK
    An HBM stack through its IEEE 1500 port: resets, identity, lane check and repair, mode registers.
    """
    __slots__ = (
        "id",
        "w_ctrl",
        "monitor",
        "elapsed",
        "w_instr",
        "w_start",
        "w_status",
        "w_len",
        "w_data",
        "w_capture",
        "device_id",
        "temperature",
        "extest",
        "lane_map",
        "lane_repair",
        "mr_image",
        "mr_dump",
        "mr_status",
        "ecs_log",
        "ecs_peek",
        "hard_repair",
    )
    SIZE = 0xE4
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("w_ctrl", 0x4, WCtrl),
        Child("monitor", 0x8, Monitor),
        Child("elapsed", 0xC, Elapsed),
        Child("w_instr", 0x10, WInstr),
        Child("w_start", 0x14, WStart),
        Child("w_status", 0x18, WStatus),
        Child("w_len", 0x1C, WLen),
        Child("w_data", 0x20, WData, (5,), 0x4),
        Child("w_capture", 0x40, WCapture, (5,), 0x4),
        Child("device_id", 0x60, DeviceId),
        Child("temperature", 0x70, Temperature),
        Child("extest", 0x74, Extest),
        Child("lane_map", 0x80, LaneMap),
        Child("lane_repair", 0x90, LaneRepair),
        Child("mr_image", 0xA0, MrImage),
        Child("mr_dump", 0xB0, MrDump),
        Child("mr_status", 0xC0, MrStatus),
        Child("ecs_log", 0xD0, EcsLog),
        Child("ecs_peek", 0xD4, EcsPeek),
        Child("hard_repair", 0xE0, HardRepair),
    )
    id: Id
    w_ctrl: WCtrl
    monitor: Monitor
    elapsed: Elapsed
    w_instr: WInstr
    w_start: WStart
    w_status: WStatus
    w_len: WLen
    w_data: tuple[WData, ...]
    w_capture: tuple[WCapture, ...]
    device_id: DeviceId
    temperature: Temperature
    extest: Extest
    lane_map: LaneMap
    lane_repair: LaneRepair
    mr_image: MrImage
    mr_dump: MrDump
    mr_status: MrStatus
    ecs_log: EcsLog
    ecs_peek: EcsPeek
    hard_repair: HardRepair
