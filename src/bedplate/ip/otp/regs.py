# Generated from otp.rdl by `bedplate gen`; do not edit. Digest of the description: 8842b8b568e585f3.
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


class OtpErrorE(IntEnum):
    NONE = 0
    MACRO = 1
    """The fuse macro reported an error."""
    CORRECTED = 2
    """One bit was corrected; the contents are good."""
    UNCORRECTABLE = 3
    """More than one bit of a word is wrong."""
    DIGEST = 4
    """The contents do not match the digest."""
    TIMEOUT = 5
    """A check did not finish in time."""


_OTP_ERROR_E = decoder(OtpErrorE, 3)


class IdValue(Value):
    """Block identity: 'OTP1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x4F545031),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(Register):
    """Block identity: 'OTP1' in ASCII."""
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
    """What the controller does, and what it found."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("part_error", 0, 4, sw="r", hw="w"),
        Field("dai_error", 4, 1, sw="r", hw="w"),
        Field("check_timeout", 5, 1, sw="r", hw="w"),
        Field("dai_idle", 16, 1, sw="r", hw="w"),
        Field("check_pending", 17, 1, sw="r", hw="w"),
        Field("sensed", 18, 1, sw="r", hw="w"),
    )

    @property
    def part_error(self) -> int:
        """Partition whose contents are not good, a bit each. A corrected bit is no error; bits 3:0, r."""
        return self & 0xF

    @property
    def dai_error(self) -> bool:
        """The last direct access failed; bit 4, r."""
        return (self & 0x10) != 0

    @property
    def check_timeout(self) -> bool:
        """A periodic check did not finish in time; bit 5, r."""
        return (self & 0x20) != 0

    @property
    def dai_idle(self) -> bool:
        """The direct access interface is idle; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def check_pending(self) -> bool:
        """A check is in progress; bit 17, r."""
        return (self & 0x20000) != 0

    @property
    def sensed(self) -> bool:
        """Sensing is done: shadows, digests and errors mean something; bit 18, r."""
        return (self & 0x40000) != 0


class Status(Register):
    """What the controller does, and what it found."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, part_error: int | None = None, dai_error: bool | None = None, check_timeout: bool | None = None, dai_idle: bool | None = None, check_pending: bool | None = None, sensed: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if part_error is not None:
                if part_error >> 4:
                    raise self._field("part_error", part_error)
                mask |= 0xF
                bits |= part_error
            if dai_error is not None:
                if dai_error >> 1:
                    raise self._field("dai_error", dai_error)
                mask |= 0x10
                bits |= dai_error << 4
            if check_timeout is not None:
                if check_timeout >> 1:
                    raise self._field("check_timeout", check_timeout)
                mask |= 0x20
                bits |= check_timeout << 5
            if dai_idle is not None:
                if dai_idle >> 1:
                    raise self._field("dai_idle", dai_idle)
                mask |= 0x10000
                bits |= dai_idle << 16
            if check_pending is not None:
                if check_pending >> 1:
                    raise self._field("check_pending", check_pending)
                mask |= 0x20000
                bits |= check_pending << 17
            if sensed is not None:
                if sensed >> 1:
                    raise self._field("sensed", sensed)
                mask |= 0x40000
                bits |= sensed << 18
        except TypeError:
            raise self._no_number({"part_error": part_error, "dai_error": dai_error, "check_timeout": check_timeout, "dai_idle": dai_idle, "check_pending": check_pending, "sensed": sensed}) from None
        return StatusValue(self._wait(mask, bits, timeout))


class ErrCodeValue(Value):
    """What was found in one partition, worst first."""
    __slots__ = ()
    NAME = "err_code"
    FIELDS = (
        Field("code", 0, 3, sw="r", hw="w", enum=OtpErrorE),
        Field("corrected", 8, 8, sw="r", hw="w"),
    )

    @property
    def code(self) -> OtpErrorE:
        """Bits 2:0, r."""
        return _OTP_ERROR_E[self & 0x7]

    @property
    def corrected(self) -> int:
        """Words that needed correction; bits 15:8, r."""
        return self >> 8 & 0xFF


class ErrCode(Register):
    """What was found in one partition, worst first."""
    __slots__ = ()
    Value = ErrCodeValue

    def read(self) -> ErrCodeValue:
        return ErrCodeValue(self.bus.read(self.address))

    def wait(self, *, code: OtpErrorE | None = None, corrected: int | None = None, timeout: int) -> ErrCodeValue:
        mask = bits = 0
        try:
            if code is not None:
                if code >> 3:
                    raise self._field("code", code)
                mask |= 0x7
                bits |= code
            if corrected is not None:
                if corrected >> 8:
                    raise self._field("corrected", corrected)
                mask |= 0xFF00
                bits |= corrected << 8
        except TypeError:
            raise self._no_number({"code": code, "corrected": corrected}) from None
        return ErrCodeValue(self._wait(mask, bits, timeout))


class DigestValue(Value):
    """Digest of one partition, as computed while sensing: CRC-32 of its words. 0 before, and where none was
    programmed.
    """
    __slots__ = ()
    NAME = "digest"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w"),
        Field("high", 32, 32, sw="r", hw="w"),
    )

    @property
    def low(self) -> int:
        """CRC-32 (IEEE 802.3), words little-endian; bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """The same from seed 1; bits 63:32, r."""
        return self >> 32 & 0xFFFFFFFF


class Digest(Register):
    """Digest of one partition, as computed while sensing: CRC-32 of its words. 0 before, and where none was
    programmed.
    """
    __slots__ = ()
    Value = DigestValue
    WIDTH = 64

    def read(self) -> DigestValue:
        return DigestValue(self._load())

    def wait(self, *, low: int | None = None, high: int | None = None, timeout: int) -> DigestValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                mask |= 0xFFFFFFFF00000000
                bits |= high << 32
        except TypeError:
            raise self._no_number({"low": low, "high": high}) from None
        return DigestValue(self._wait(mask, bits, timeout))


class DaiRegwenValue(Value):
    """Whether the direct access registers take writes: not while an access is in progress."""
    __slots__ = ()
    NAME = "dai_regwen"
    FIELDS = (
        Field("open", 0, 1, sw="r", hw="w"),
    )

    @property
    def open(self) -> bool:
        """Bit 0, r."""
        return (self & 0x1) != 0


class DaiRegwen(Register):
    """Whether the direct access registers take writes: not while an access is in progress."""
    __slots__ = ()
    Value = DaiRegwenValue

    def read(self) -> DaiRegwenValue:
        return DaiRegwenValue(self.bus.read(self.address))

    def wait(self, *, open: bool | None = None, timeout: int) -> DaiRegwenValue:
        mask = bits = 0
        try:
            if open is not None:
                if open >> 1:
                    raise self._field("open", open)
                mask |= 0x1
                bits |= open
        except TypeError:
            raise self._no_number({"open": open}) from None
        return DaiRegwenValue(self._wait(mask, bits, timeout))


class DaiReadValue(Value):
    """Direct access: read the word at dai_addr."""
    __slots__ = ()
    NAME = "dai_read"
    FIELDS = (
        Field("go", 0, 1, sw="w", singlepulse=True, props={"swwe": "dai_regwen.open"}),
    )


class DaiRead(Register):
    """Direct access: read the word at dai_addr."""
    __slots__ = ()
    Value = DaiReadValue

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


class DaiAddrValue(Value):
    """Direct access address."""
    __slots__ = ()
    NAME = "dai_addr"
    FIELDS = (
        Field("address", 0, 11, props={"swwe": "dai_regwen.open"}),
    )

    @property
    def address(self) -> int:
        """Bits 10:0, rw."""
        return self & 0x7FF


class DaiAddr(Register):
    """Direct access address."""
    __slots__ = ()
    Value = DaiAddrValue

    def read(self) -> DaiAddrValue:
        return DaiAddrValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, address: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if address is not None:
                if address >> 11:
                    raise self._field("address", address)
                value = value & 0xFFFFF800 | address
        except TypeError:
            raise self._no_number({"": value, "address": address}) from None
        self.bus.write(self.address, value)

    def modify(self, *, address: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if address is not None:
                if address >> 11:
                    raise self._field("address", address)
                keep ^= 0x7FF
                bits |= address
        except TypeError:
            raise self._no_number({"address": address}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, address: int | None = None, timeout: int) -> DaiAddrValue:
        mask = bits = 0
        try:
            if address is not None:
                if address >> 11:
                    raise self._field("address", address)
                mask |= 0x7FF
                bits |= address
        except TypeError:
            raise self._no_number({"address": address}) from None
        return DaiAddrValue(self._wait(mask, bits, timeout))


class DaiProgramValue(Value):
    """Direct access: program. For ever: in manufacturing, with intent, never in a resume, no word twice."""
    __slots__ = ()
    NAME = "dai_program"
    FIELDS = (
        Field("burn", 0, 1, sw="w", singlepulse=True, props={"swwe": "dai_regwen.open"}),
        Field("seal", 1, 1, sw="w", singlepulse=True, props={"swwe": "dai_regwen.open"}),
        Field("zeroize", 2, 1, sw="w", singlepulse=True, props={"swwe": "dai_regwen.open"}),
    )


class DaiProgram(Register):
    """Direct access: program. For ever: in manufacturing, with intent, never in a resume, no word twice."""
    __slots__ = ()
    Value = DaiProgramValue
    EFFECT = Effect.PERMANENT

    def write(self, value: int = 0x0, /, *, burn: bool | None = None, seal: bool | None = None, zeroize: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if burn is not None:
                if burn >> 1:
                    raise self._field("burn", burn)
                value = value & 0xFFFFFFFE | burn
            if seal is not None:
                if seal >> 1:
                    raise self._field("seal", seal)
                value = value & 0xFFFFFFFD | seal << 1
            if zeroize is not None:
                if zeroize >> 1:
                    raise self._field("zeroize", zeroize)
                value = value & 0xFFFFFFFB | zeroize << 2
        except TypeError:
            raise self._no_number({"": value, "burn": burn, "seal": seal, "zeroize": zeroize}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, burn: bool = False, seal: bool = False, zeroize: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if burn:
                if burn >> 1:
                    raise self._field("burn", burn)
                bits |= burn
            if seal:
                if seal >> 1:
                    raise self._field("seal", seal)
                bits |= seal << 1
            if zeroize:
                if zeroize >> 1:
                    raise self._field("zeroize", zeroize)
                bits |= zeroize << 2
        except TypeError:
            raise self._no_number({"burn": burn, "seal": seal, "zeroize": zeroize}) from None
        if bits:
            self.bus.write(self.address, bits)


class DaiWdataValue(Value):
    """Word to program."""
    __slots__ = ()
    NAME = "dai_wdata"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, props={"swwe": "dai_regwen.open"}),
        Field("high", 32, 32, props={"swwe": "dai_regwen.open"}),
    )

    @property
    def low(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Bits 63:32, rw."""
        return self >> 32 & 0xFFFFFFFF


class DaiWdata(Register):
    """Word to program."""
    __slots__ = ()
    Value = DaiWdataValue
    WIDTH = 64

    def read(self) -> DaiWdataValue:
        return DaiWdataValue(self._load())

    def write(self, value: int = 0x0, /, *, low: int | None = None, high: int | None = None) -> None:
        try:
            if value >> 64:
                raise self._whole(value)
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                value = value & 0xFFFFFFFF00000000 | low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                value = value & 0xFFFFFFFF | high << 32
        except TypeError:
            raise self._no_number({"": value, "low": low, "high": high}) from None
        self._store(value)

    def modify(self, *, low: int | None = None, high: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                keep ^= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                keep ^= 0xFFFFFFFF00000000
                bits |= high << 32
        except TypeError:
            raise self._no_number({"low": low, "high": high}) from None
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, low: int | None = None, high: int | None = None, timeout: int) -> DaiWdataValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                mask |= 0xFFFFFFFF00000000
                bits |= high << 32
        except TypeError:
            raise self._no_number({"low": low, "high": high}) from None
        return DaiWdataValue(self._wait(mask, bits, timeout))


class DaiRdataValue(Value):
    """Word read by the last direct access."""
    __slots__ = ()
    NAME = "dai_rdata"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w"),
        Field("high", 32, 32, sw="r", hw="w"),
    )

    @property
    def low(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Bits 63:32, r."""
        return self >> 32 & 0xFFFFFFFF


class DaiRdata(Register):
    """Word read by the last direct access."""
    __slots__ = ()
    Value = DaiRdataValue
    WIDTH = 64

    def read(self) -> DaiRdataValue:
        return DaiRdataValue(self._load())

    def wait(self, *, low: int | None = None, high: int | None = None, timeout: int) -> DaiRdataValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                mask |= 0xFFFFFFFF00000000
                bits |= high << 32
        except TypeError:
            raise self._no_number({"low": low, "high": high}) from None
        return DaiRdataValue(self._wait(mask, bits, timeout))


class CheckTriggerValue(Value):
    """Check now."""
    __slots__ = ()
    NAME = "check_trigger"
    FIELDS = (
        Field("integrity", 0, 1, sw="w", singlepulse=True),
        Field("consistency", 1, 1, sw="w", singlepulse=True),
    )


class CheckTrigger(Register):
    """Check now."""
    __slots__ = ()
    Value = CheckTriggerValue

    def write(self, value: int = 0x0, /, *, integrity: bool | None = None, consistency: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if integrity is not None:
                if integrity >> 1:
                    raise self._field("integrity", integrity)
                value = value & 0xFFFFFFFE | integrity
            if consistency is not None:
                if consistency >> 1:
                    raise self._field("consistency", consistency)
                value = value & 0xFFFFFFFD | consistency << 1
        except TypeError:
            raise self._no_number({"": value, "integrity": integrity, "consistency": consistency}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, integrity: bool = False, consistency: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if integrity:
                if integrity >> 1:
                    raise self._field("integrity", integrity)
                bits |= integrity
            if consistency:
                if consistency >> 1:
                    raise self._field("consistency", consistency)
                bits |= consistency << 1
        except TypeError:
            raise self._no_number({"integrity": integrity, "consistency": consistency}) from None
        if bits:
            self.bus.write(self.address, bits)


class CheckRegwenValue(Value):
    """Write protection of the check periods: clear to lock until reset."""
    __slots__ = ()
    NAME = "check_regwen"
    FIELDS = (
        Field("writable", 0, 1, reset=1, onwrite="wzc"),
    )

    @property
    def writable(self) -> bool:
        """Bit 0, rw, wzc."""
        return (self & 0x1) != 0


class CheckRegwen(Register):
    """Write protection of the check periods: clear to lock until reset."""
    __slots__ = ()
    Value = CheckRegwenValue

    def read(self) -> CheckRegwenValue:
        return CheckRegwenValue(self.bus.read(self.address))

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

    def wait(self, *, writable: bool | None = None, timeout: int) -> CheckRegwenValue:
        mask = bits = 0
        try:
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                mask |= 0x1
                bits |= writable
        except TypeError:
            raise self._no_number({"writable": writable}) from None
        return CheckRegwenValue(self._wait(mask, bits, timeout))


class CheckLimitValue(Value):
    """Budget of one check, in AON clock cycles; 0 is none."""
    __slots__ = ()
    NAME = "check_limit"
    FIELDS = (
        Field("cycles", 0, 32, props={"swwe": "check_regwen.writable"}),
    )

    @property
    def cycles(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class CheckLimit(Register):
    """Budget of one check, in AON clock cycles; 0 is none."""
    __slots__ = ()
    Value = CheckLimitValue

    def read(self) -> CheckLimitValue:
        return CheckLimitValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cycles: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if cycles is not None:
                if cycles >> 32:
                    raise self._field("cycles", cycles)
                value = cycles
        except TypeError:
            raise self._no_number({"": value, "cycles": cycles}) from None
        self.bus.write(self.address, value)

    def modify(self, *, cycles: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if cycles is not None:
                if cycles >> 32:
                    raise self._field("cycles", cycles)
                keep ^= 0xFFFFFFFF
                bits |= cycles
        except TypeError:
            raise self._no_number({"cycles": cycles}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, cycles: int | None = None, timeout: int) -> CheckLimitValue:
        mask = bits = 0
        try:
            if cycles is not None:
                if cycles >> 32:
                    raise self._field("cycles", cycles)
                mask |= 0xFFFFFFFF
                bits |= cycles
        except TypeError:
            raise self._no_number({"cycles": cycles}) from None
        return CheckLimitValue(self._wait(mask, bits, timeout))


class IntegrityValue(Value):
    """Mean time between integrity checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    NAME = "integrity"
    FIELDS = (
        Field("period", 0, 32, props={"swwe": "check_regwen.writable"}),
    )

    @property
    def period(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Integrity(Register):
    """Mean time between integrity checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    Value = IntegrityValue

    def read(self) -> IntegrityValue:
        return IntegrityValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, period: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                value = period
        except TypeError:
            raise self._no_number({"": value, "period": period}) from None
        self.bus.write(self.address, value)

    def modify(self, *, period: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                keep ^= 0xFFFFFFFF
                bits |= period
        except TypeError:
            raise self._no_number({"period": period}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, period: int | None = None, timeout: int) -> IntegrityValue:
        mask = bits = 0
        try:
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                mask |= 0xFFFFFFFF
                bits |= period
        except TypeError:
            raise self._no_number({"period": period}) from None
        return IntegrityValue(self._wait(mask, bits, timeout))


class ConsistencyValue(Value):
    """Mean time between consistency checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    NAME = "consistency"
    FIELDS = (
        Field("period", 0, 32, props={"swwe": "check_regwen.writable"}),
    )

    @property
    def period(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Consistency(Register):
    """Mean time between consistency checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    Value = ConsistencyValue

    def read(self) -> ConsistencyValue:
        return ConsistencyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, period: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                value = period
        except TypeError:
            raise self._no_number({"": value, "period": period}) from None
        self.bus.write(self.address, value)

    def modify(self, *, period: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                keep ^= 0xFFFFFFFF
                bits |= period
        except TypeError:
            raise self._no_number({"period": period}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, period: int | None = None, timeout: int) -> ConsistencyValue:
        mask = bits = 0
        try:
            if period is not None:
                if period >> 32:
                    raise self._field("period", period)
                mask |= 0xFFFFFFFF
                bits |= period
        except TypeError:
            raise self._no_number({"period": period}) from None
        return ConsistencyValue(self._wait(mask, bits, timeout))


class ReadLockValue(Value):
    """Read protection of one partition: clear to lock until reset."""
    __slots__ = ()
    NAME = "read_lock"
    FIELDS = (
        Field("readable", 0, 1, reset=1, onwrite="wzc"),
    )

    @property
    def readable(self) -> bool:
        """Bit 0, rw, wzc."""
        return (self & 0x1) != 0


class ReadLock(Register):
    """Read protection of one partition: clear to lock until reset."""
    __slots__ = ()
    Value = ReadLockValue

    def read(self) -> ReadLockValue:
        return ReadLockValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, readable: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if readable is not None:
                if readable >> 1:
                    raise self._field("readable", readable)
                value = value & 0xFFFFFFFE | readable
        except TypeError:
            raise self._no_number({"": value, "readable": readable}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, readable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x1
            if readable:
                if readable >> 1:
                    raise self._field("readable", readable)
                bits |= readable
        except TypeError:
            raise self._no_number({"": value, "readable": readable}) from None
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    def wait(self, *, readable: bool | None = None, timeout: int) -> ReadLockValue:
        mask = bits = 0
        try:
            if readable is not None:
                if readable >> 1:
                    raise self._field("readable", readable)
                mask |= 0x1
                bits |= readable
        except TypeError:
            raise self._no_number({"readable": readable}) from None
        return ReadLockValue(self._wait(mask, bits, timeout))


class SupplyValue(Value):
    """Supply switch for programming (VQPS)."""
    __slots__ = ()
    NAME = "supply"
    FIELDS = (
        Field("on", 0, 1),
    )

    @property
    def on(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0


class Supply(Register):
    """Supply switch for programming (VQPS)."""
    __slots__ = ()
    Value = SupplyValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> SupplyValue:
        return SupplyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, on: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                value = value & 0xFFFFFFFE | on
        except TypeError:
            raise self._no_number({"": value, "on": on}) from None
        self.bus.write(self.address, value)

    def modify(self, *, on: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                keep ^= 0x1
                bits |= on
        except TypeError:
            raise self._no_number({"on": on}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, on: bool | None = None, timeout: int) -> SupplyValue:
        mask = bits = 0
        try:
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                mask |= 0x1
                bits |= on
        except TypeError:
            raise self._no_number({"on": on}) from None
        return SupplyValue(self._wait(mask, bits, timeout))


class HarvestValue(Value):
    """Shadow of the harvest word: parts that are fused off."""
    __slots__ = ()
    NAME = "harvest"
    FIELDS = (
        Field("absent", 0, 8, sw="r", hw="w"),
        Field("marker", 16, 16, sw="r", hw="w"),
    )

    @property
    def absent(self) -> int:
        """Bits 0-3 NC0-NC3, 4 HBM0, 5 HBM1, 6 SE0, 7 SE1; 1 is absent; bits 7:0, r."""
        return self & 0xFF

    @property
    def marker(self) -> int:
        """0x4856 where the word was programmed: a blank fuse is no harvest mask; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class Harvest(Register):
    """Shadow of the harvest word: parts that are fused off."""
    __slots__ = ()
    Value = HarvestValue

    def read(self) -> HarvestValue:
        return HarvestValue(self.bus.read(self.address))

    def wait(self, *, absent: int | None = None, marker: int | None = None, timeout: int) -> HarvestValue:
        mask = bits = 0
        try:
            if absent is not None:
                if absent >> 8:
                    raise self._field("absent", absent)
                mask |= 0xFF
                bits |= absent
            if marker is not None:
                if marker >> 16:
                    raise self._field("marker", marker)
                mask |= 0xFFFF0000
                bits |= marker << 16
        except TypeError:
            raise self._no_number({"absent": absent, "marker": marker}) from None
        return HarvestValue(self._wait(mask, bits, timeout))


class CalibrationValue(Value):
    """Shadow of the calibration of one sensor group (SE0, SE1, IO), which the hardware also hands to that group."""
    __slots__ = ()
    NAME = "calibration"
    FIELDS = (
        Field("trim0", 0, 8, sw="r", hw="w"),
        Field("trim1", 8, 8, sw="r", hw="w"),
        Field("trim2", 16, 8, sw="r", hw="w"),
        Field("trim3", 24, 8, sw="r", hw="w"),
    )

    @property
    def trim0(self) -> int:
        """Offset of sensor 0, signed, in 1/8 degC; bits 7:0, r."""
        return self & 0xFF

    @property
    def trim1(self) -> int:
        """Offset of sensor 1; bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def trim2(self) -> int:
        """Offset of sensor 2; bits 23:16, r."""
        return self >> 16 & 0xFF

    @property
    def trim3(self) -> int:
        """Offset of sensor 3; bits 31:24, r."""
        return self >> 24 & 0xFF


class Calibration(Register):
    """Shadow of the calibration of one sensor group (SE0, SE1, IO), which the hardware also hands to that group."""
    __slots__ = ()
    Value = CalibrationValue

    def read(self) -> CalibrationValue:
        return CalibrationValue(self.bus.read(self.address))

    def wait(self, *, trim0: int | None = None, trim1: int | None = None, trim2: int | None = None, trim3: int | None = None, timeout: int) -> CalibrationValue:
        mask = bits = 0
        try:
            if trim0 is not None:
                if trim0 >> 8:
                    raise self._field("trim0", trim0)
                mask |= 0xFF
                bits |= trim0
            if trim1 is not None:
                if trim1 >> 8:
                    raise self._field("trim1", trim1)
                mask |= 0xFF00
                bits |= trim1 << 8
            if trim2 is not None:
                if trim2 >> 8:
                    raise self._field("trim2", trim2)
                mask |= 0xFF0000
                bits |= trim2 << 16
            if trim3 is not None:
                if trim3 >> 8:
                    raise self._field("trim3", trim3)
                mask |= 0xFF000000
                bits |= trim3 << 24
        except TypeError:
            raise self._no_number({"trim0": trim0, "trim1": trim1, "trim2": trim2, "trim3": trim3}) from None
        return CalibrationValue(self._wait(mask, bits, timeout))


class ThermalTripValue(Value):
    """Shadow of the trim of the analogue thermal trip."""
    __slots__ = ()
    NAME = "thermal_trip"
    FIELDS = (
        Field("trim", 0, 6, sw="r", hw="w"),
        Field("valid", 31, 1, sw="r", hw="w"),
    )

    @property
    def trim(self) -> int:
        """Bits 5:0, r."""
        return self & 0x3F

    @property
    def valid(self) -> bool:
        """The word was programmed; bit 31, r."""
        return (self & 0x80000000) != 0


class ThermalTrip(Register):
    """Shadow of the trim of the analogue thermal trip."""
    __slots__ = ()
    Value = ThermalTripValue

    def read(self) -> ThermalTripValue:
        return ThermalTripValue(self.bus.read(self.address))

    def wait(self, *, trim: int | None = None, valid: bool | None = None, timeout: int) -> ThermalTripValue:
        mask = bits = 0
        try:
            if trim is not None:
                if trim >> 6:
                    raise self._field("trim", trim)
                mask |= 0x3F
                bits |= trim
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x80000000
                bits |= valid << 31
        except TypeError:
            raise self._no_number({"trim": trim, "valid": valid}) from None
        return ThermalTripValue(self._wait(mask, bits, timeout))


class SerialValue(Value):
    """Shadow of the serial number."""
    __slots__ = ()
    NAME = "serial"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w"),
        Field("high", 32, 32, sw="r", hw="w"),
    )

    @property
    def low(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Bits 63:32, r."""
        return self >> 32 & 0xFFFFFFFF


class Serial(Register):
    """Shadow of the serial number."""
    __slots__ = ()
    Value = SerialValue
    WIDTH = 64

    def read(self) -> SerialValue:
        return SerialValue(self._load())

    def wait(self, *, low: int | None = None, high: int | None = None, timeout: int) -> SerialValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 32:
                    raise self._field("high", high)
                mask |= 0xFFFFFFFF00000000
                bits |= high << 32
        except TypeError:
            raise self._no_number({"low": low, "high": high}) from None
        return SerialValue(self._wait(mask, bits, timeout))


class OtpRegs(RegisterBlock):
    """OTP
    One-time-programmable fuses: sensed at power-up, shadowed, guarded by ECC and digests.
    """
    __slots__ = (
        "id",
        "status",
        "err_code",
        "digest",
        "dai_regwen",
        "dai_read",
        "dai_addr",
        "dai_program",
        "dai_wdata",
        "dai_rdata",
        "check_trigger",
        "check_regwen",
        "check_limit",
        "integrity",
        "consistency",
        "read_lock",
        "supply",
        "harvest",
        "calibration",
        "thermal_trip",
        "serial",
    )
    SIZE = 0xC0
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("status", 0x4, Status),
        Child("err_code", 0x10, ErrCode, (4,), 0x4),
        Child("digest", 0x20, Digest, (4,), 0x8),
        Child("dai_regwen", 0x40, DaiRegwen),
        Child("dai_read", 0x44, DaiRead),
        Child("dai_addr", 0x48, DaiAddr),
        Child("dai_program", 0x4C, DaiProgram),
        Child("dai_wdata", 0x50, DaiWdata),
        Child("dai_rdata", 0x58, DaiRdata),
        Child("check_trigger", 0x60, CheckTrigger),
        Child("check_regwen", 0x64, CheckRegwen),
        Child("check_limit", 0x68, CheckLimit),
        Child("integrity", 0x6C, Integrity),
        Child("consistency", 0x70, Consistency),
        Child("read_lock", 0x80, ReadLock, (4,), 0x4),
        Child("supply", 0x90, Supply),
        Child("harvest", 0xA0, Harvest),
        Child("calibration", 0xA4, Calibration, (3,), 0x4),
        Child("thermal_trip", 0xB0, ThermalTrip),
        Child("serial", 0xB8, Serial),
    )
    id: Id
    status: Status
    err_code: tuple[ErrCode, ...]
    digest: tuple[Digest, ...]
    dai_regwen: DaiRegwen
    dai_read: DaiRead
    dai_addr: DaiAddr
    dai_program: DaiProgram
    dai_wdata: DaiWdata
    dai_rdata: DaiRdata
    check_trigger: CheckTrigger
    check_regwen: CheckRegwen
    check_limit: CheckLimit
    integrity: Integrity
    consistency: Consistency
    read_lock: tuple[ReadLock, ...]
    supply: Supply
    harvest: Harvest
    calibration: tuple[Calibration, ...]
    thermal_trip: ThermalTrip
    serial: Serial
