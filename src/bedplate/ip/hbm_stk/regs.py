# Generated from hbm_stk.rdl by `bedplate gen`; do not edit. Digest of the description: 0cc568e09161c898.
# fmt: off

from __future__ import annotations

from enum import IntEnum

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Probe,
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


class Id(Register):
    """Block identity: 'HST1' in ASCII."""
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


class WCtrl(Register):
    """Pins of the stack."""
    __slots__ = ()
    Value = WCtrlValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> WCtrlValue:
        return WCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, wrst_n: bool | None = None, reset_n: bool | None = None, ck_en: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if wrst_n is not None:
                if wrst_n >> 1:
                    raise self._field("wrst_n", wrst_n)
                value = value & 0xFFFFFFFE | wrst_n
            if reset_n is not None:
                if reset_n >> 1:
                    raise self._field("reset_n", reset_n)
                value = value & 0xFFFFFFFD | reset_n << 1
            if ck_en is not None:
                if ck_en >> 1:
                    raise self._field("ck_en", ck_en)
                value = value & 0xFFFFFFFB | ck_en << 2
        except TypeError:
            raise self._no_number({"": value, "wrst_n": wrst_n, "reset_n": reset_n, "ck_en": ck_en}) from None
        self.bus.write(self.address, value)

    def modify(self, *, wrst_n: bool | None = None, reset_n: bool | None = None, ck_en: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if wrst_n is not None:
                if wrst_n >> 1:
                    raise self._field("wrst_n", wrst_n)
                keep ^= 0x1
                bits |= wrst_n
            if reset_n is not None:
                if reset_n >> 1:
                    raise self._field("reset_n", reset_n)
                keep ^= 0x2
                bits |= reset_n << 1
            if ck_en is not None:
                if ck_en >> 1:
                    raise self._field("ck_en", ck_en)
                keep ^= 0x4
                bits |= ck_en << 2
        except TypeError:
            raise self._no_number({"wrst_n": wrst_n, "reset_n": reset_n, "ck_en": ck_en}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, wrst_n: bool | None = None, reset_n: bool | None = None, ck_en: bool | None = None, timeout: int) -> WCtrlValue:
        mask = bits = 0
        try:
            if wrst_n is not None:
                if wrst_n >> 1:
                    raise self._field("wrst_n", wrst_n)
                mask |= 0x1
                bits |= wrst_n
            if reset_n is not None:
                if reset_n >> 1:
                    raise self._field("reset_n", reset_n)
                mask |= 0x2
                bits |= reset_n << 1
            if ck_en is not None:
                if ck_en >> 1:
                    raise self._field("ck_en", ck_en)
                mask |= 0x4
                bits |= ck_en << 2
        except TypeError:
            raise self._no_number({"wrst_n": wrst_n, "reset_n": reset_n, "ck_en": ck_en}) from None
        return WCtrlValue(self._wait(mask, bits, timeout))


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


class Monitor(Register):
    """What the pins have gone through since the stack had power."""
    __slots__ = ()
    Value = MonitorValue

    def read(self) -> MonitorValue:
        return MonitorValue(self.bus.read(self.address))

    def wait(self, *, reset_time_ok: bool | None = None, fuses_applied: bool | None = None, extest_dirty: bool | None = None, cattrip: bool | None = None, lockout: bool | None = None, timeout: int) -> MonitorValue:
        mask = bits = 0
        try:
            if reset_time_ok is not None:
                if reset_time_ok >> 1:
                    raise self._field("reset_time_ok", reset_time_ok)
                mask |= 0x1
                bits |= reset_time_ok
            if fuses_applied is not None:
                if fuses_applied >> 1:
                    raise self._field("fuses_applied", fuses_applied)
                mask |= 0x2
                bits |= fuses_applied << 1
            if extest_dirty is not None:
                if extest_dirty >> 1:
                    raise self._field("extest_dirty", extest_dirty)
                mask |= 0x4
                bits |= extest_dirty << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                mask |= 0x100
                bits |= cattrip << 8
            if lockout is not None:
                if lockout >> 1:
                    raise self._field("lockout", lockout)
                mask |= 0x200
                bits |= lockout << 9
        except TypeError:
            raise self._no_number({"reset_time_ok": reset_time_ok, "fuses_applied": fuses_applied, "extest_dirty": extest_dirty, "cattrip": cattrip, "lockout": lockout}) from None
        return MonitorValue(self._wait(mask, bits, timeout))


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


class Elapsed(Register):
    """Time since RESET_n changed, or since power."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, timeout: int) -> ElapsedValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 32:
                    raise self._field("us", us)
                mask |= 0xFFFFFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return ElapsedValue(self._wait(mask, bits, timeout))


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


class WInstr(Register):
    """Wrapper instruction. Those that burn fuses are not reached from here, but from hard_repair."""
    __slots__ = ()
    Value = WInstrValue

    def read(self) -> WInstrValue:
        return WInstrValue(self.bus.read(self.address))

    def write(self, value: int = 0x1F00, /, *, opcode: WirE | None = None, channel: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if opcode is not None:
                if opcode >> 8:
                    raise self._field("opcode", opcode)
                value = value & 0xFFFFFF00 | opcode
            if channel is not None:
                if channel >> 5:
                    raise self._field("channel", channel)
                value = value & 0xFFFFE0FF | channel << 8
        except TypeError:
            raise self._no_number({"": value, "opcode": opcode, "channel": channel}) from None
        self.bus.write(self.address, value)

    def modify(self, *, opcode: WirE | None = None, channel: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if opcode is not None:
                if opcode >> 8:
                    raise self._field("opcode", opcode)
                keep ^= 0xFF
                bits |= opcode
            if channel is not None:
                if channel >> 5:
                    raise self._field("channel", channel)
                keep ^= 0x1F00
                bits |= channel << 8
        except TypeError:
            raise self._no_number({"opcode": opcode, "channel": channel}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, opcode: WirE | None = None, channel: int | None = None, timeout: int) -> WInstrValue:
        mask = bits = 0
        try:
            if opcode is not None:
                if opcode >> 8:
                    raise self._field("opcode", opcode)
                mask |= 0xFF
                bits |= opcode
            if channel is not None:
                if channel >> 5:
                    raise self._field("channel", channel)
                mask |= 0x1F00
                bits |= channel << 8
        except TypeError:
            raise self._no_number({"opcode": opcode, "channel": channel}) from None
        return WInstrValue(self._wait(mask, bits, timeout))


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
            if value >> 32:
                raise self._whole(value)
            if go is not None:
                if go >> 1:
                    raise self._field("go", go)
                value = value & 0xFFFFFFFE | go
        except TypeError:
            raise self._no_number({"": value, "go": go}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, go: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if go:
                if go >> 1:
                    raise self._field("go", go)
                bits |= go
        except TypeError:
            raise self._no_number({"go": go}) from None
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


class WStatus(Register):
    """The wrapper."""
    __slots__ = ()
    Value = WStatusValue

    def read(self) -> WStatusValue:
        return WStatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, done: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                value = value & 0xFFFFFFFD | done << 1
        except TypeError:
            raise self._no_number({"": value, "done": done}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, done: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x2
            if done:
                if done >> 1:
                    raise self._field("done", done)
                bits |= done << 1
        except TypeError:
            raise self._no_number({"": value, "done": done}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, busy: bool | None = None, done: bool | None = None, timeout: int) -> WStatusValue:
        mask = bits = 0
        try:
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x1
                bits |= busy
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                mask |= 0x2
                bits |= done << 1
        except TypeError:
            raise self._no_number({"busy": busy, "done": done}) from None
        return WStatusValue(self._wait(mask, bits, timeout))


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


class WLen(Register):
    """Length of a raw shift, in bits."""
    __slots__ = ()
    Value = WLenValue

    def read(self) -> WLenValue:
        return WLenValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, bits: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if bits is not None:
                if bits >> 9:
                    raise self._field("bits", bits)
                value = value & 0xFFFFFE00 | bits
        except TypeError:
            raise self._no_number({"": value, "bits": bits}) from None
        self.bus.write(self.address, value)

    def modify(self, *, bits: int | None = None) -> None:
        keep = 0xFFFFFFFF
        _bits = 0x0
        try:
            if bits is not None:
                if bits >> 9:
                    raise self._field("bits", bits)
                keep ^= 0x1FF
                _bits |= bits
        except TypeError:
            raise self._no_number({"bits": bits}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | _bits)

    def wait(self, *, bits: int | None = None, timeout: int) -> WLenValue:
        mask = _bits = 0
        try:
            if bits is not None:
                if bits >> 9:
                    raise self._field("bits", bits)
                mask |= 0x1FF
                _bits |= bits
        except TypeError:
            raise self._no_number({"bits": bits}) from None
        return WLenValue(self._wait(mask, _bits, timeout))


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


class WData(Register):
    """Raw shift data, in."""
    __slots__ = ()
    Value = WDataValue

    def read(self) -> WDataValue:
        return WDataValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, bits: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if bits is not None:
                if bits >> 32:
                    raise self._field("bits", bits)
                value = bits
        except TypeError:
            raise self._no_number({"": value, "bits": bits}) from None
        self.bus.write(self.address, value)

    def modify(self, *, bits: int | None = None) -> None:
        keep = 0xFFFFFFFF
        _bits = 0x0
        try:
            if bits is not None:
                if bits >> 32:
                    raise self._field("bits", bits)
                keep ^= 0xFFFFFFFF
                _bits |= bits
        except TypeError:
            raise self._no_number({"bits": bits}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | _bits)

    def wait(self, *, bits: int | None = None, timeout: int) -> WDataValue:
        mask = _bits = 0
        try:
            if bits is not None:
                if bits >> 32:
                    raise self._field("bits", bits)
                mask |= 0xFFFFFFFF
                _bits |= bits
        except TypeError:
            raise self._no_number({"bits": bits}) from None
        return WDataValue(self._wait(mask, _bits, timeout))


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


class WCapture(Register):
    """Raw shift data, out."""
    __slots__ = ()
    Value = WCaptureValue

    def read(self) -> WCaptureValue:
        return WCaptureValue(self.bus.read(self.address))

    def wait(self, *, bits: int | None = None, timeout: int) -> WCaptureValue:
        mask = _bits = 0
        try:
            if bits is not None:
                if bits >> 32:
                    raise self._field("bits", bits)
                mask |= 0xFFFFFFFF
                _bits |= bits
        except TypeError:
            raise self._no_number({"bits": bits}) from None
        return WCaptureValue(self._wait(mask, _bits, timeout))


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


class DeviceId(Register):
    """What DEVICE_ID brought: 82 bits of the stack, and a marker of the host side."""
    __slots__ = ()
    Value = DeviceIdValue
    WIDTH = 128

    def read(self) -> DeviceIdValue:
        return DeviceIdValue(self._load())

    def wait(self, *, density: int | None = None, vendor: int | None = None, height: int | None = None, rfm: bool | None = None, raaimt: int | None = None, raammt: int | None = None, revision: int | None = None, serial_low: int | None = None, serial_high: int | None = None, valid: bool | None = None, timeout: int) -> DeviceIdValue:
        mask = bits = 0
        try:
            if density is not None:
                if density >> 4:
                    raise self._field("density", density)
                mask |= 0xF
                bits |= density
            if vendor is not None:
                if vendor >> 4:
                    raise self._field("vendor", vendor)
                mask |= 0xF0
                bits |= vendor << 4
            if height is not None:
                if height >> 2:
                    raise self._field("height", height)
                mask |= 0x300
                bits |= height << 8
            if rfm is not None:
                if rfm >> 1:
                    raise self._field("rfm", rfm)
                mask |= 0x400
                bits |= rfm << 10
            if raaimt is not None:
                if raaimt >> 5:
                    raise self._field("raaimt", raaimt)
                mask |= 0xF800
                bits |= raaimt << 11
            if raammt is not None:
                if raammt >> 3:
                    raise self._field("raammt", raammt)
                mask |= 0x70000
                bits |= raammt << 16
            if revision is not None:
                if revision >> 8:
                    raise self._field("revision", revision)
                mask |= 0xFF000000
                bits |= revision << 24
            if serial_low is not None:
                if serial_low >> 32:
                    raise self._field("serial_low", serial_low)
                mask |= 0xFFFFFFFF00000000
                bits |= serial_low << 32
            if serial_high is not None:
                if serial_high >> 18:
                    raise self._field("serial_high", serial_high)
                mask |= 0x3FFFF0000000000000000
                bits |= serial_high << 64
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000000000000000000000000000
                bits |= valid << 127
        except TypeError:
            raise self._no_number({"density": density, "vendor": vendor, "height": height, "rfm": rfm, "raaimt": raaimt, "raammt": raammt, "revision": revision, "serial_low": serial_low, "serial_high": serial_high, "valid": valid}) from None
        return DeviceIdValue(self._wait(mask, bits, timeout))


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


class Temperature(Register):
    """What TEMPERATURE brought."""
    __slots__ = ()
    Value = TemperatureValue

    def read(self) -> TemperatureValue:
        return TemperatureValue(self.bus.read(self.address))

    def wait(self, *, celsius: int | None = None, valid: bool | None = None, timeout: int) -> TemperatureValue:
        mask = bits = 0
        try:
            if celsius is not None:
                if celsius >> 8:
                    raise self._field("celsius", celsius)
                mask |= 0xFF
                bits |= celsius
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000
                bits |= valid << 31
        except TypeError:
            raise self._no_number({"celsius": celsius, "valid": valid}) from None
        return TemperatureValue(self._wait(mask, bits, timeout))


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


class Extest(Register):
    """What EXTEST found: the first bad lane that no repair covers."""
    __slots__ = ()
    Value = ExtestValue

    def read(self) -> ExtestValue:
        return ExtestValue(self.bus.read(self.address))

    def wait(self, *, lane: int | None = None, channel: int | None = None, bad: bool | None = None, valid: bool | None = None, timeout: int) -> ExtestValue:
        mask = bits = 0
        try:
            if lane is not None:
                if lane >> 7:
                    raise self._field("lane", lane)
                mask |= 0x7F
                bits |= lane
            if channel is not None:
                if channel >> 4:
                    raise self._field("channel", channel)
                mask |= 0xF00
                bits |= channel << 8
            if bad is not None:
                if bad >> 1:
                    raise self._field("bad", bad)
                mask |= 0x40000000
                bits |= bad << 30
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000
                bits |= valid << 31
        except TypeError:
            raise self._no_number({"lane": lane, "channel": channel, "bad": bad, "valid": valid}) from None
        return ExtestValue(self._wait(mask, bits, timeout))


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


class LaneMap(Register):
    """Lane repairs in force, a byte a channel: bit 7 repaired, bits 6:0 the lane. From fuses, or soft ones instead."""
    __slots__ = ()
    Value = LaneMapValue
    WIDTH = 128

    def read(self) -> LaneMapValue:
        return LaneMapValue(self._load())

    def wait(self, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None, timeout: int) -> LaneMapValue:
        mask = bits = 0
        try:
            if ch0 is not None:
                if ch0 >> 8:
                    raise self._field("ch0", ch0)
                mask |= 0xFF
                bits |= ch0
            if ch1 is not None:
                if ch1 >> 8:
                    raise self._field("ch1", ch1)
                mask |= 0xFF00
                bits |= ch1 << 8
            if ch2 is not None:
                if ch2 >> 8:
                    raise self._field("ch2", ch2)
                mask |= 0xFF0000
                bits |= ch2 << 16
            if ch3 is not None:
                if ch3 >> 8:
                    raise self._field("ch3", ch3)
                mask |= 0xFF000000
                bits |= ch3 << 24
            if ch4 is not None:
                if ch4 >> 8:
                    raise self._field("ch4", ch4)
                mask |= 0xFF00000000
                bits |= ch4 << 32
            if ch5 is not None:
                if ch5 >> 8:
                    raise self._field("ch5", ch5)
                mask |= 0xFF0000000000
                bits |= ch5 << 40
            if ch6 is not None:
                if ch6 >> 8:
                    raise self._field("ch6", ch6)
                mask |= 0xFF000000000000
                bits |= ch6 << 48
            if ch7 is not None:
                if ch7 >> 8:
                    raise self._field("ch7", ch7)
                mask |= 0xFF00000000000000
                bits |= ch7 << 56
            if ch8 is not None:
                if ch8 >> 8:
                    raise self._field("ch8", ch8)
                mask |= 0xFF0000000000000000
                bits |= ch8 << 64
            if ch9 is not None:
                if ch9 >> 8:
                    raise self._field("ch9", ch9)
                mask |= 0xFF000000000000000000
                bits |= ch9 << 72
            if ch10 is not None:
                if ch10 >> 8:
                    raise self._field("ch10", ch10)
                mask |= 0xFF00000000000000000000
                bits |= ch10 << 80
            if ch11 is not None:
                if ch11 >> 8:
                    raise self._field("ch11", ch11)
                mask |= 0xFF0000000000000000000000
                bits |= ch11 << 88
            if ch12 is not None:
                if ch12 >> 8:
                    raise self._field("ch12", ch12)
                mask |= 0xFF000000000000000000000000
                bits |= ch12 << 96
            if ch13 is not None:
                if ch13 >> 8:
                    raise self._field("ch13", ch13)
                mask |= 0xFF00000000000000000000000000
                bits |= ch13 << 104
            if ch14 is not None:
                if ch14 >> 8:
                    raise self._field("ch14", ch14)
                mask |= 0xFF0000000000000000000000000000
                bits |= ch14 << 112
            if ch15 is not None:
                if ch15 >> 8:
                    raise self._field("ch15", ch15)
                mask |= 0xFF000000000000000000000000000000
                bits |= ch15 << 120
        except TypeError:
            raise self._no_number({"ch0": ch0, "ch1": ch1, "ch2": ch2, "ch3": ch3, "ch4": ch4, "ch5": ch5, "ch6": ch6, "ch7": ch7, "ch8": ch8, "ch9": ch9, "ch10": ch10, "ch11": ch11, "ch12": ch12, "ch13": ch13, "ch14": ch14, "ch15": ch15}) from None
        return LaneMapValue(self._wait(mask, bits, timeout))


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


class LaneRepair(Register):
    """Lane repairs to shift in, laid out as lane_map. All channels at once: merge before writing."""
    __slots__ = ()
    Value = LaneRepairValue
    WIDTH = 128

    def read(self) -> LaneRepairValue:
        return LaneRepairValue(self._load())

    def write(self, value: int = 0x0, /, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None) -> None:
        try:
            if value >> 128:
                raise self._whole(value)
            if ch0 is not None:
                if ch0 >> 8:
                    raise self._field("ch0", ch0)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | ch0
            if ch1 is not None:
                if ch1 >> 8:
                    raise self._field("ch1", ch1)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | ch1 << 8
            if ch2 is not None:
                if ch2 >> 8:
                    raise self._field("ch2", ch2)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | ch2 << 16
            if ch3 is not None:
                if ch3 >> 8:
                    raise self._field("ch3", ch3)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | ch3 << 24
            if ch4 is not None:
                if ch4 >> 8:
                    raise self._field("ch4", ch4)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFF00FFFFFFFF | ch4 << 32
            if ch5 is not None:
                if ch5 >> 8:
                    raise self._field("ch5", ch5)
                value = value & 0xFFFFFFFFFFFFFFFFFFFF00FFFFFFFFFF | ch5 << 40
            if ch6 is not None:
                if ch6 >> 8:
                    raise self._field("ch6", ch6)
                value = value & 0xFFFFFFFFFFFFFFFFFF00FFFFFFFFFFFF | ch6 << 48
            if ch7 is not None:
                if ch7 >> 8:
                    raise self._field("ch7", ch7)
                value = value & 0xFFFFFFFFFFFFFFFF00FFFFFFFFFFFFFF | ch7 << 56
            if ch8 is not None:
                if ch8 >> 8:
                    raise self._field("ch8", ch8)
                value = value & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | ch8 << 64
            if ch9 is not None:
                if ch9 >> 8:
                    raise self._field("ch9", ch9)
                value = value & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | ch9 << 72
            if ch10 is not None:
                if ch10 >> 8:
                    raise self._field("ch10", ch10)
                value = value & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | ch10 << 80
            if ch11 is not None:
                if ch11 >> 8:
                    raise self._field("ch11", ch11)
                value = value & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | ch11 << 88
            if ch12 is not None:
                if ch12 >> 8:
                    raise self._field("ch12", ch12)
                value = value & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | ch12 << 96
            if ch13 is not None:
                if ch13 >> 8:
                    raise self._field("ch13", ch13)
                value = value & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | ch13 << 104
            if ch14 is not None:
                if ch14 >> 8:
                    raise self._field("ch14", ch14)
                value = value & 0xFF00FFFFFFFFFFFFFFFFFFFFFFFFFFFF | ch14 << 112
            if ch15 is not None:
                if ch15 >> 8:
                    raise self._field("ch15", ch15)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF | ch15 << 120
        except TypeError:
            raise self._no_number({"": value, "ch0": ch0, "ch1": ch1, "ch2": ch2, "ch3": ch3, "ch4": ch4, "ch5": ch5, "ch6": ch6, "ch7": ch7, "ch8": ch8, "ch9": ch9, "ch10": ch10, "ch11": ch11, "ch12": ch12, "ch13": ch13, "ch14": ch14, "ch15": ch15}) from None
        self._store(value)

    def modify(self, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if ch0 is not None:
                if ch0 >> 8:
                    raise self._field("ch0", ch0)
                keep ^= 0xFF
                bits |= ch0
            if ch1 is not None:
                if ch1 >> 8:
                    raise self._field("ch1", ch1)
                keep ^= 0xFF00
                bits |= ch1 << 8
            if ch2 is not None:
                if ch2 >> 8:
                    raise self._field("ch2", ch2)
                keep ^= 0xFF0000
                bits |= ch2 << 16
            if ch3 is not None:
                if ch3 >> 8:
                    raise self._field("ch3", ch3)
                keep ^= 0xFF000000
                bits |= ch3 << 24
            if ch4 is not None:
                if ch4 >> 8:
                    raise self._field("ch4", ch4)
                keep ^= 0xFF00000000
                bits |= ch4 << 32
            if ch5 is not None:
                if ch5 >> 8:
                    raise self._field("ch5", ch5)
                keep ^= 0xFF0000000000
                bits |= ch5 << 40
            if ch6 is not None:
                if ch6 >> 8:
                    raise self._field("ch6", ch6)
                keep ^= 0xFF000000000000
                bits |= ch6 << 48
            if ch7 is not None:
                if ch7 >> 8:
                    raise self._field("ch7", ch7)
                keep ^= 0xFF00000000000000
                bits |= ch7 << 56
            if ch8 is not None:
                if ch8 >> 8:
                    raise self._field("ch8", ch8)
                keep ^= 0xFF0000000000000000
                bits |= ch8 << 64
            if ch9 is not None:
                if ch9 >> 8:
                    raise self._field("ch9", ch9)
                keep ^= 0xFF000000000000000000
                bits |= ch9 << 72
            if ch10 is not None:
                if ch10 >> 8:
                    raise self._field("ch10", ch10)
                keep ^= 0xFF00000000000000000000
                bits |= ch10 << 80
            if ch11 is not None:
                if ch11 >> 8:
                    raise self._field("ch11", ch11)
                keep ^= 0xFF0000000000000000000000
                bits |= ch11 << 88
            if ch12 is not None:
                if ch12 >> 8:
                    raise self._field("ch12", ch12)
                keep ^= 0xFF000000000000000000000000
                bits |= ch12 << 96
            if ch13 is not None:
                if ch13 >> 8:
                    raise self._field("ch13", ch13)
                keep ^= 0xFF00000000000000000000000000
                bits |= ch13 << 104
            if ch14 is not None:
                if ch14 >> 8:
                    raise self._field("ch14", ch14)
                keep ^= 0xFF0000000000000000000000000000
                bits |= ch14 << 112
            if ch15 is not None:
                if ch15 >> 8:
                    raise self._field("ch15", ch15)
                keep ^= 0xFF000000000000000000000000000000
                bits |= ch15 << 120
        except TypeError:
            raise self._no_number({"ch0": ch0, "ch1": ch1, "ch2": ch2, "ch3": ch3, "ch4": ch4, "ch5": ch5, "ch6": ch6, "ch7": ch7, "ch8": ch8, "ch9": ch9, "ch10": ch10, "ch11": ch11, "ch12": ch12, "ch13": ch13, "ch14": ch14, "ch15": ch15}) from None
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, ch0: int | None = None, ch1: int | None = None, ch2: int | None = None, ch3: int | None = None, ch4: int | None = None, ch5: int | None = None, ch6: int | None = None, ch7: int | None = None, ch8: int | None = None, ch9: int | None = None, ch10: int | None = None, ch11: int | None = None, ch12: int | None = None, ch13: int | None = None, ch14: int | None = None, ch15: int | None = None, timeout: int) -> LaneRepairValue:
        mask = bits = 0
        try:
            if ch0 is not None:
                if ch0 >> 8:
                    raise self._field("ch0", ch0)
                mask |= 0xFF
                bits |= ch0
            if ch1 is not None:
                if ch1 >> 8:
                    raise self._field("ch1", ch1)
                mask |= 0xFF00
                bits |= ch1 << 8
            if ch2 is not None:
                if ch2 >> 8:
                    raise self._field("ch2", ch2)
                mask |= 0xFF0000
                bits |= ch2 << 16
            if ch3 is not None:
                if ch3 >> 8:
                    raise self._field("ch3", ch3)
                mask |= 0xFF000000
                bits |= ch3 << 24
            if ch4 is not None:
                if ch4 >> 8:
                    raise self._field("ch4", ch4)
                mask |= 0xFF00000000
                bits |= ch4 << 32
            if ch5 is not None:
                if ch5 >> 8:
                    raise self._field("ch5", ch5)
                mask |= 0xFF0000000000
                bits |= ch5 << 40
            if ch6 is not None:
                if ch6 >> 8:
                    raise self._field("ch6", ch6)
                mask |= 0xFF000000000000
                bits |= ch6 << 48
            if ch7 is not None:
                if ch7 >> 8:
                    raise self._field("ch7", ch7)
                mask |= 0xFF00000000000000
                bits |= ch7 << 56
            if ch8 is not None:
                if ch8 >> 8:
                    raise self._field("ch8", ch8)
                mask |= 0xFF0000000000000000
                bits |= ch8 << 64
            if ch9 is not None:
                if ch9 >> 8:
                    raise self._field("ch9", ch9)
                mask |= 0xFF000000000000000000
                bits |= ch9 << 72
            if ch10 is not None:
                if ch10 >> 8:
                    raise self._field("ch10", ch10)
                mask |= 0xFF00000000000000000000
                bits |= ch10 << 80
            if ch11 is not None:
                if ch11 >> 8:
                    raise self._field("ch11", ch11)
                mask |= 0xFF0000000000000000000000
                bits |= ch11 << 88
            if ch12 is not None:
                if ch12 >> 8:
                    raise self._field("ch12", ch12)
                mask |= 0xFF000000000000000000000000
                bits |= ch12 << 96
            if ch13 is not None:
                if ch13 >> 8:
                    raise self._field("ch13", ch13)
                mask |= 0xFF00000000000000000000000000
                bits |= ch13 << 104
            if ch14 is not None:
                if ch14 >> 8:
                    raise self._field("ch14", ch14)
                mask |= 0xFF0000000000000000000000000000
                bits |= ch14 << 112
            if ch15 is not None:
                if ch15 >> 8:
                    raise self._field("ch15", ch15)
                mask |= 0xFF000000000000000000000000000000
                bits |= ch15 << 120
        except TypeError:
            raise self._no_number({"ch0": ch0, "ch1": ch1, "ch2": ch2, "ch3": ch3, "ch4": ch4, "ch5": ch5, "ch6": ch6, "ch7": ch7, "ch8": ch8, "ch9": ch9, "ch10": ch10, "ch11": ch11, "ch12": ch12, "ch13": ch13, "ch14": ch14, "ch15": ch15}) from None
        return LaneRepairValue(self._wait(mask, bits, timeout))


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


class MrImage(Register):
    """Mode registers to shift in."""
    __slots__ = ()
    Value = MrImageValue
    WIDTH = 128
    EFFECT = Effect.LOSES_DATA

    def read(self) -> MrImageValue:
        return MrImageValue(self._load())

    def write(self, value: int = 0x0, /, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None) -> None:
        try:
            if value >> 128:
                raise self._whole(value)
            if mr0 is not None:
                if mr0 >> 8:
                    raise self._field("mr0", mr0)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | mr0
            if mr1 is not None:
                if mr1 >> 8:
                    raise self._field("mr1", mr1)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | mr1 << 8
            if mr2 is not None:
                if mr2 >> 8:
                    raise self._field("mr2", mr2)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | mr2 << 16
            if mr3 is not None:
                if mr3 >> 8:
                    raise self._field("mr3", mr3)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | mr3 << 24
            if mr4 is not None:
                if mr4 >> 8:
                    raise self._field("mr4", mr4)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFF00FFFFFFFF | mr4 << 32
            if mr5 is not None:
                if mr5 >> 8:
                    raise self._field("mr5", mr5)
                value = value & 0xFFFFFFFFFFFFFFFFFFFF00FFFFFFFFFF | mr5 << 40
            if mr6 is not None:
                if mr6 >> 8:
                    raise self._field("mr6", mr6)
                value = value & 0xFFFFFFFFFFFFFFFFFF00FFFFFFFFFFFF | mr6 << 48
            if mr7 is not None:
                if mr7 >> 8:
                    raise self._field("mr7", mr7)
                value = value & 0xFFFFFFFFFFFFFFFF00FFFFFFFFFFFFFF | mr7 << 56
            if mr8 is not None:
                if mr8 >> 8:
                    raise self._field("mr8", mr8)
                value = value & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | mr8 << 64
            if mr9 is not None:
                if mr9 >> 8:
                    raise self._field("mr9", mr9)
                value = value & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | mr9 << 72
            if mr10 is not None:
                if mr10 >> 8:
                    raise self._field("mr10", mr10)
                value = value & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | mr10 << 80
            if mr11 is not None:
                if mr11 >> 8:
                    raise self._field("mr11", mr11)
                value = value & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | mr11 << 88
            if mr12 is not None:
                if mr12 >> 8:
                    raise self._field("mr12", mr12)
                value = value & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | mr12 << 96
            if mr13 is not None:
                if mr13 >> 8:
                    raise self._field("mr13", mr13)
                value = value & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | mr13 << 104
            if mr14 is not None:
                if mr14 >> 8:
                    raise self._field("mr14", mr14)
                value = value & 0xFF00FFFFFFFFFFFFFFFFFFFFFFFFFFFF | mr14 << 112
            if mr15 is not None:
                if mr15 >> 8:
                    raise self._field("mr15", mr15)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF | mr15 << 120
        except TypeError:
            raise self._no_number({"": value, "mr0": mr0, "mr1": mr1, "mr2": mr2, "mr3": mr3, "mr4": mr4, "mr5": mr5, "mr6": mr6, "mr7": mr7, "mr8": mr8, "mr9": mr9, "mr10": mr10, "mr11": mr11, "mr12": mr12, "mr13": mr13, "mr14": mr14, "mr15": mr15}) from None
        self._store(value)

    def modify(self, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if mr0 is not None:
                if mr0 >> 8:
                    raise self._field("mr0", mr0)
                keep ^= 0xFF
                bits |= mr0
            if mr1 is not None:
                if mr1 >> 8:
                    raise self._field("mr1", mr1)
                keep ^= 0xFF00
                bits |= mr1 << 8
            if mr2 is not None:
                if mr2 >> 8:
                    raise self._field("mr2", mr2)
                keep ^= 0xFF0000
                bits |= mr2 << 16
            if mr3 is not None:
                if mr3 >> 8:
                    raise self._field("mr3", mr3)
                keep ^= 0xFF000000
                bits |= mr3 << 24
            if mr4 is not None:
                if mr4 >> 8:
                    raise self._field("mr4", mr4)
                keep ^= 0xFF00000000
                bits |= mr4 << 32
            if mr5 is not None:
                if mr5 >> 8:
                    raise self._field("mr5", mr5)
                keep ^= 0xFF0000000000
                bits |= mr5 << 40
            if mr6 is not None:
                if mr6 >> 8:
                    raise self._field("mr6", mr6)
                keep ^= 0xFF000000000000
                bits |= mr6 << 48
            if mr7 is not None:
                if mr7 >> 8:
                    raise self._field("mr7", mr7)
                keep ^= 0xFF00000000000000
                bits |= mr7 << 56
            if mr8 is not None:
                if mr8 >> 8:
                    raise self._field("mr8", mr8)
                keep ^= 0xFF0000000000000000
                bits |= mr8 << 64
            if mr9 is not None:
                if mr9 >> 8:
                    raise self._field("mr9", mr9)
                keep ^= 0xFF000000000000000000
                bits |= mr9 << 72
            if mr10 is not None:
                if mr10 >> 8:
                    raise self._field("mr10", mr10)
                keep ^= 0xFF00000000000000000000
                bits |= mr10 << 80
            if mr11 is not None:
                if mr11 >> 8:
                    raise self._field("mr11", mr11)
                keep ^= 0xFF0000000000000000000000
                bits |= mr11 << 88
            if mr12 is not None:
                if mr12 >> 8:
                    raise self._field("mr12", mr12)
                keep ^= 0xFF000000000000000000000000
                bits |= mr12 << 96
            if mr13 is not None:
                if mr13 >> 8:
                    raise self._field("mr13", mr13)
                keep ^= 0xFF00000000000000000000000000
                bits |= mr13 << 104
            if mr14 is not None:
                if mr14 >> 8:
                    raise self._field("mr14", mr14)
                keep ^= 0xFF0000000000000000000000000000
                bits |= mr14 << 112
            if mr15 is not None:
                if mr15 >> 8:
                    raise self._field("mr15", mr15)
                keep ^= 0xFF000000000000000000000000000000
                bits |= mr15 << 120
        except TypeError:
            raise self._no_number({"mr0": mr0, "mr1": mr1, "mr2": mr2, "mr3": mr3, "mr4": mr4, "mr5": mr5, "mr6": mr6, "mr7": mr7, "mr8": mr8, "mr9": mr9, "mr10": mr10, "mr11": mr11, "mr12": mr12, "mr13": mr13, "mr14": mr14, "mr15": mr15}) from None
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None, timeout: int) -> MrImageValue:
        mask = bits = 0
        try:
            if mr0 is not None:
                if mr0 >> 8:
                    raise self._field("mr0", mr0)
                mask |= 0xFF
                bits |= mr0
            if mr1 is not None:
                if mr1 >> 8:
                    raise self._field("mr1", mr1)
                mask |= 0xFF00
                bits |= mr1 << 8
            if mr2 is not None:
                if mr2 >> 8:
                    raise self._field("mr2", mr2)
                mask |= 0xFF0000
                bits |= mr2 << 16
            if mr3 is not None:
                if mr3 >> 8:
                    raise self._field("mr3", mr3)
                mask |= 0xFF000000
                bits |= mr3 << 24
            if mr4 is not None:
                if mr4 >> 8:
                    raise self._field("mr4", mr4)
                mask |= 0xFF00000000
                bits |= mr4 << 32
            if mr5 is not None:
                if mr5 >> 8:
                    raise self._field("mr5", mr5)
                mask |= 0xFF0000000000
                bits |= mr5 << 40
            if mr6 is not None:
                if mr6 >> 8:
                    raise self._field("mr6", mr6)
                mask |= 0xFF000000000000
                bits |= mr6 << 48
            if mr7 is not None:
                if mr7 >> 8:
                    raise self._field("mr7", mr7)
                mask |= 0xFF00000000000000
                bits |= mr7 << 56
            if mr8 is not None:
                if mr8 >> 8:
                    raise self._field("mr8", mr8)
                mask |= 0xFF0000000000000000
                bits |= mr8 << 64
            if mr9 is not None:
                if mr9 >> 8:
                    raise self._field("mr9", mr9)
                mask |= 0xFF000000000000000000
                bits |= mr9 << 72
            if mr10 is not None:
                if mr10 >> 8:
                    raise self._field("mr10", mr10)
                mask |= 0xFF00000000000000000000
                bits |= mr10 << 80
            if mr11 is not None:
                if mr11 >> 8:
                    raise self._field("mr11", mr11)
                mask |= 0xFF0000000000000000000000
                bits |= mr11 << 88
            if mr12 is not None:
                if mr12 >> 8:
                    raise self._field("mr12", mr12)
                mask |= 0xFF000000000000000000000000
                bits |= mr12 << 96
            if mr13 is not None:
                if mr13 >> 8:
                    raise self._field("mr13", mr13)
                mask |= 0xFF00000000000000000000000000
                bits |= mr13 << 104
            if mr14 is not None:
                if mr14 >> 8:
                    raise self._field("mr14", mr14)
                mask |= 0xFF0000000000000000000000000000
                bits |= mr14 << 112
            if mr15 is not None:
                if mr15 >> 8:
                    raise self._field("mr15", mr15)
                mask |= 0xFF000000000000000000000000000000
                bits |= mr15 << 120
        except TypeError:
            raise self._no_number({"mr0": mr0, "mr1": mr1, "mr2": mr2, "mr3": mr3, "mr4": mr4, "mr5": mr5, "mr6": mr6, "mr7": mr7, "mr8": mr8, "mr9": mr9, "mr10": mr10, "mr11": mr11, "mr12": mr12, "mr13": mr13, "mr14": mr14, "mr15": mr15}) from None
        return MrImageValue(self._wait(mask, bits, timeout))


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


class MrDump(Register):
    """Mode registers that the stack holds, laid out as mr_image."""
    __slots__ = ()
    Value = MrDumpValue
    WIDTH = 128

    def read(self) -> MrDumpValue:
        return MrDumpValue(self._load())

    def wait(self, *, mr0: int | None = None, mr1: int | None = None, mr2: int | None = None, mr3: int | None = None, mr4: int | None = None, mr5: int | None = None, mr6: int | None = None, mr7: int | None = None, mr8: int | None = None, mr9: int | None = None, mr10: int | None = None, mr11: int | None = None, mr12: int | None = None, mr13: int | None = None, mr14: int | None = None, mr15: int | None = None, timeout: int) -> MrDumpValue:
        mask = bits = 0
        try:
            if mr0 is not None:
                if mr0 >> 8:
                    raise self._field("mr0", mr0)
                mask |= 0xFF
                bits |= mr0
            if mr1 is not None:
                if mr1 >> 8:
                    raise self._field("mr1", mr1)
                mask |= 0xFF00
                bits |= mr1 << 8
            if mr2 is not None:
                if mr2 >> 8:
                    raise self._field("mr2", mr2)
                mask |= 0xFF0000
                bits |= mr2 << 16
            if mr3 is not None:
                if mr3 >> 8:
                    raise self._field("mr3", mr3)
                mask |= 0xFF000000
                bits |= mr3 << 24
            if mr4 is not None:
                if mr4 >> 8:
                    raise self._field("mr4", mr4)
                mask |= 0xFF00000000
                bits |= mr4 << 32
            if mr5 is not None:
                if mr5 >> 8:
                    raise self._field("mr5", mr5)
                mask |= 0xFF0000000000
                bits |= mr5 << 40
            if mr6 is not None:
                if mr6 >> 8:
                    raise self._field("mr6", mr6)
                mask |= 0xFF000000000000
                bits |= mr6 << 48
            if mr7 is not None:
                if mr7 >> 8:
                    raise self._field("mr7", mr7)
                mask |= 0xFF00000000000000
                bits |= mr7 << 56
            if mr8 is not None:
                if mr8 >> 8:
                    raise self._field("mr8", mr8)
                mask |= 0xFF0000000000000000
                bits |= mr8 << 64
            if mr9 is not None:
                if mr9 >> 8:
                    raise self._field("mr9", mr9)
                mask |= 0xFF000000000000000000
                bits |= mr9 << 72
            if mr10 is not None:
                if mr10 >> 8:
                    raise self._field("mr10", mr10)
                mask |= 0xFF00000000000000000000
                bits |= mr10 << 80
            if mr11 is not None:
                if mr11 >> 8:
                    raise self._field("mr11", mr11)
                mask |= 0xFF0000000000000000000000
                bits |= mr11 << 88
            if mr12 is not None:
                if mr12 >> 8:
                    raise self._field("mr12", mr12)
                mask |= 0xFF000000000000000000000000
                bits |= mr12 << 96
            if mr13 is not None:
                if mr13 >> 8:
                    raise self._field("mr13", mr13)
                mask |= 0xFF00000000000000000000000000
                bits |= mr13 << 104
            if mr14 is not None:
                if mr14 >> 8:
                    raise self._field("mr14", mr14)
                mask |= 0xFF0000000000000000000000000000
                bits |= mr14 << 112
            if mr15 is not None:
                if mr15 >> 8:
                    raise self._field("mr15", mr15)
                mask |= 0xFF000000000000000000000000000000
                bits |= mr15 << 120
        except TypeError:
            raise self._no_number({"mr0": mr0, "mr1": mr1, "mr2": mr2, "mr3": mr3, "mr4": mr4, "mr5": mr5, "mr6": mr6, "mr7": mr7, "mr8": mr8, "mr9": mr9, "mr10": mr10, "mr11": mr11, "mr12": mr12, "mr13": mr13, "mr14": mr14, "mr15": mr15}) from None
        return MrDumpValue(self._wait(mask, bits, timeout))


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


class MrStatus(Register):
    """Whether mr_dump means something."""
    __slots__ = ()
    Value = MrStatusValue

    def read(self) -> MrStatusValue:
        return MrStatusValue(self.bus.read(self.address))

    def wait(self, *, valid: bool | None = None, timeout: int) -> MrStatusValue:
        mask = bits = 0
        try:
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x1
                bits |= valid
        except TypeError:
            raise self._no_number({"valid": valid}) from None
        return MrStatusValue(self._wait(mask, bits, timeout))


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


class EcsPeek(Register):
    """The same log, to look at without clearing it."""
    __slots__ = ()
    Value = EcsPeekValue

    def read(self) -> EcsPeekValue:
        return EcsPeekValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, channel: int | None = None, row: int | None = None, valid: bool | None = None, timeout: int) -> EcsPeekValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF
                bits |= count
            if channel is not None:
                if channel >> 4:
                    raise self._field("channel", channel)
                mask |= 0xF00
                bits |= channel << 8
            if row is not None:
                if row >> 16:
                    raise self._field("row", row)
                mask |= 0xFFFF000
                bits |= row << 12
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000
                bits |= valid << 31
        except TypeError:
            raise self._no_number({"count": count, "channel": channel, "row": row, "valid": valid}) from None
        return EcsPeekValue(self._wait(mask, bits, timeout))


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
            if value >> 32:
                raise self._whole(value)
            if lanes is not None:
                if lanes >> 1:
                    raise self._field("lanes", lanes)
                value = value & 0xFFFFFFFE | lanes
            if rows is not None:
                if rows >> 1:
                    raise self._field("rows", rows)
                value = value & 0xFFFFFFFD | rows << 1
        except TypeError:
            raise self._no_number({"": value, "lanes": lanes, "rows": rows}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, lanes: bool = False, rows: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if lanes:
                if lanes >> 1:
                    raise self._field("lanes", lanes)
                bits |= lanes
            if rows:
                if rows >> 1:
                    raise self._field("rows", rows)
                bits |= rows << 1
        except TypeError:
            raise self._no_number({"lanes": lanes, "rows": rows}) from None
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
