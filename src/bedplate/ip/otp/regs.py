# Generated from otp.rdl by `bedplate gen`; do not edit. Digest of the description: 298c70e67c5c67b3.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
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


class Id(ReadableRegister):
    """Block identity: 'OTP1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


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


class Status(ReadableRegister):
    """What the controller does, and what it found."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, part_error: int = ..., dai_error: bool = ..., check_timeout: bool = ..., dai_idle: bool = ..., check_pending: bool = ..., sensed: bool = ..., timeout: int) -> StatusValue: ...


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


class ErrCode(ReadableRegister):
    """What was found in one partition, worst first."""
    __slots__ = ()
    Value = ErrCodeValue

    def read(self) -> ErrCodeValue:
        return ErrCodeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, code: OtpErrorE = ..., corrected: int = ..., timeout: int) -> ErrCodeValue: ...


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


class Digest(ReadableRegister):
    """Digest of one partition, as computed while sensing: CRC-32 of its words. 0 before, and where none was
    programmed.
    """
    __slots__ = ()
    Value = DigestValue
    WIDTH = 64

    def read(self) -> DigestValue:
        return DigestValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., timeout: int) -> DigestValue: ...


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


class DaiRegwen(ReadableRegister):
    """Whether the direct access registers take writes: not while an access is in progress."""
    __slots__ = ()
    Value = DaiRegwenValue

    def read(self) -> DaiRegwenValue:
        return DaiRegwenValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, open: bool = ..., timeout: int) -> DaiRegwenValue: ...


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


class DaiAddr(ReadableRegister):
    """Direct access address."""
    __slots__ = ()
    Value = DaiAddrValue

    def read(self) -> DaiAddrValue:
        return DaiAddrValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, address: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if address is not None: word = word & 0xFFFFF800 | address; over |= address >> 11
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, address=address)
        self.bus.write(self.address, word)

    def modify(self, *, address: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if address is not None: keep ^= 0x7FF; bits |= address; over |= address >> 11
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", address=address)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, address: int = ..., timeout: int) -> DaiAddrValue: ...


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
            word, over = value, value >> 32
            if burn is not None: word = word & 0xFFFFFFFE | burn; over |= burn >> 1
            if seal is not None: word = word & 0xFFFFFFFD | seal << 1; over |= seal >> 1
            if zeroize is not None: word = word & 0xFFFFFFFB | zeroize << 2; over |= zeroize >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, burn=burn, seal=seal, zeroize=zeroize)
        self.bus.write(self.address, word)

    def pulse(self, *, burn: bool = False, seal: bool = False, zeroize: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if burn: bits |= burn; over |= burn >> 1
            if seal: bits |= seal << 1; over |= seal >> 1
            if zeroize: bits |= zeroize << 2; over |= zeroize >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", burn=burn, seal=seal, zeroize=zeroize)
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


class DaiWdata(ReadableRegister):
    """Word to program."""
    __slots__ = ()
    Value = DaiWdataValue
    WIDTH = 64

    def read(self) -> DaiWdataValue:
        return DaiWdataValue(self._load())

    def write(self, value: int = 0x0, /, *, low: int | None = None, high: int | None = None) -> None:
        try:
            word, over = value, value >> 64
            if low is not None: word = word & 0xFFFFFFFF00000000 | low; over |= low >> 32
            if high is not None: word = word & 0xFFFFFFFF | high << 32; over |= high >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, low=low, high=high)
        self._store(word)

    def modify(self, *, low: int | None = None, high: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFF, 0x0, 0
            if low is not None: keep ^= 0xFFFFFFFF; bits |= low; over |= low >> 32
            if high is not None: keep ^= 0xFFFFFFFF00000000; bits |= high << 32; over |= high >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", low=low, high=high)
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., timeout: int) -> DaiWdataValue: ...


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


class DaiRdata(ReadableRegister):
    """Word read by the last direct access."""
    __slots__ = ()
    Value = DaiRdataValue
    WIDTH = 64

    def read(self) -> DaiRdataValue:
        return DaiRdataValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., timeout: int) -> DaiRdataValue: ...


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
            word, over = value, value >> 32
            if integrity is not None: word = word & 0xFFFFFFFE | integrity; over |= integrity >> 1
            if consistency is not None: word = word & 0xFFFFFFFD | consistency << 1; over |= consistency >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, integrity=integrity, consistency=consistency)
        self.bus.write(self.address, word)

    def pulse(self, *, integrity: bool = False, consistency: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if integrity: bits |= integrity; over |= integrity >> 1
            if consistency: bits |= consistency << 1; over |= consistency >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", integrity=integrity, consistency=consistency)
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


class CheckRegwen(ReadableRegister):
    """Write protection of the check periods: clear to lock until reset."""
    __slots__ = ()
    Value = CheckRegwenValue

    def read(self) -> CheckRegwenValue:
        return CheckRegwenValue(self.bus.read(self.address))

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
        def wait(self, *, writable: bool = ..., timeout: int) -> CheckRegwenValue: ...


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


class CheckLimit(ReadableRegister):
    """Budget of one check, in AON clock cycles; 0 is none."""
    __slots__ = ()
    Value = CheckLimitValue

    def read(self) -> CheckLimitValue:
        return CheckLimitValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cycles: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cycles is not None: word = cycles; over |= cycles >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cycles=cycles)
        self.bus.write(self.address, word)

    def modify(self, *, cycles: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if cycles is not None: keep ^= 0xFFFFFFFF; bits |= cycles; over |= cycles >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", cycles=cycles)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, cycles: int = ..., timeout: int) -> CheckLimitValue: ...


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


class Integrity(ReadableRegister):
    """Mean time between integrity checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    Value = IntegrityValue

    def read(self) -> IntegrityValue:
        return IntegrityValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, period: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if period is not None: word = period; over |= period >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, period=period)
        self.bus.write(self.address, word)

    def modify(self, *, period: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if period is not None: keep ^= 0xFFFFFFFF; bits |= period; over |= period >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", period=period)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, period: int = ..., timeout: int) -> IntegrityValue: ...


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


class Consistency(ReadableRegister):
    """Mean time between consistency checks, in units of 256 AON clock cycles; 0 turns them off."""
    __slots__ = ()
    Value = ConsistencyValue

    def read(self) -> ConsistencyValue:
        return ConsistencyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, period: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if period is not None: word = period; over |= period >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, period=period)
        self.bus.write(self.address, word)

    def modify(self, *, period: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if period is not None: keep ^= 0xFFFFFFFF; bits |= period; over |= period >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", period=period)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, period: int = ..., timeout: int) -> ConsistencyValue: ...


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


class ReadLock(ReadableRegister):
    """Read protection of one partition: clear to lock until reset."""
    __slots__ = ()
    Value = ReadLockValue

    def read(self) -> ReadLockValue:
        return ReadLockValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, readable: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if readable is not None: word = word & 0xFFFFFFFE | readable; over |= readable >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, readable=readable)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, readable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x1
            if readable: bits |= readable; over |= readable >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, readable=readable)
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    if TYPE_CHECKING:
        def wait(self, *, readable: bool = ..., timeout: int) -> ReadLockValue: ...


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


class Supply(ReadableRegister):
    """Supply switch for programming (VQPS)."""
    __slots__ = ()
    Value = SupplyValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> SupplyValue:
        return SupplyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, on: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if on is not None: word = word & 0xFFFFFFFE | on; over |= on >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, on=on)
        self.bus.write(self.address, word)

    def modify(self, *, on: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if on is not None: keep ^= 0x1; bits |= on; over |= on >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", on=on)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, on: bool = ..., timeout: int) -> SupplyValue: ...


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


class Harvest(ReadableRegister):
    """Shadow of the harvest word: parts that are fused off."""
    __slots__ = ()
    Value = HarvestValue

    def read(self) -> HarvestValue:
        return HarvestValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, absent: int = ..., marker: int = ..., timeout: int) -> HarvestValue: ...


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


class Calibration(ReadableRegister):
    """Shadow of the calibration of one sensor group (SE0, SE1, IO), which the hardware also hands to that group."""
    __slots__ = ()
    Value = CalibrationValue

    def read(self) -> CalibrationValue:
        return CalibrationValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, trim0: int = ..., trim1: int = ..., trim2: int = ..., trim3: int = ..., timeout: int) -> CalibrationValue: ...


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


class ThermalTrip(ReadableRegister):
    """Shadow of the trim of the analogue thermal trip."""
    __slots__ = ()
    Value = ThermalTripValue

    def read(self) -> ThermalTripValue:
        return ThermalTripValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, trim: int = ..., valid: bool = ..., timeout: int) -> ThermalTripValue: ...


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


class Serial(ReadableRegister):
    """Shadow of the serial number."""
    __slots__ = ()
    Value = SerialValue
    WIDTH = 64

    def read(self) -> SerialValue:
        return SerialValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., timeout: int) -> SerialValue: ...


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
