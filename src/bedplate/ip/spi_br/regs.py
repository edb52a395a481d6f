# Generated from spi_br.rdl by `bedplate gen`; do not edit. Digest of the description: 73e5b8b03f6af26e.
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


class ResultE(IntEnum):
    OKAY = 0
    """Done."""
    EXOKAY = 1
    """Not used."""
    SLVERR = 2
    """The block or the fabric answered with an error."""
    DECERR = 3
    """Nobody can live at this address."""
    AXI_TIMEOUT = 4
    """No answer within a timeout."""
    FW_BLOCKED = 5
    """Not used: this fabric answers SLVERR."""
    UNPOWERED_TARGET = 6
    """Not used: this fabric answers AXI_TIMEOUT."""
    HCRC = 7
    """Dropped: the header was wrong."""
    CRC = 8
    """Dropped: the frame was wrong."""
    FORMAT = 9
    """No such operation, width, alignment, length or mask; or the frame was cut short."""
    SEQ_GAP = 10
    """Dropped: neither the next sequence number nor the last frame again."""
    BUSY = 11
    """Dropped: the access before is still under way."""
    LOCKED = 12
    """The bridge is disabled, or takes no writes."""
    SESSION_MISMATCH = 13
    """Dropped: another controller's frame, or one from before a reset of the bridge."""
    PARTIAL = 14
    """A burst stopped early: `done` words were accessed."""


_RESULT_E = decoder(ResultE, 4)


class IdValue(Value):
    """Block identity: 'SPIB' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x53504942),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'SPIB' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class VersionValue(Value):
    """What this bridge speaks."""
    __slots__ = ()
    NAME = "version"
    FIELDS = (
        Field("protocol", 0, 4, sw="r", hw="na", reset=1),
        Field("burst", 8, 8, sw="r", hw="na", reset=0x40),
    )

    @property
    def protocol(self) -> int:
        """Version of the frames; bits 3:0, r."""
        return self & 0xF

    @property
    def burst(self) -> int:
        """Longest burst, in words; bits 15:8, r."""
        return self >> 8 & 0xFF


class Version(ReadableRegister):
    """What this bridge speaks."""
    __slots__ = ()
    Value = VersionValue

    def read(self) -> VersionValue:
        return VersionValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, protocol: int = ..., burst: int = ..., timeout: int) -> VersionValue: ...


class CtrlValue(Value):
    """What the pins may do. Whoever closes this way through the pins cannot open it again through them."""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("en", 0, 1, reset=1, props={"donttest": True, "swwe": "lock.writable"}),
        Field("read_only", 1, 1, props={"donttest": True, "swwe": "lock.writable"}),
    )

    @property
    def en(self) -> bool:
        """Accesses from the pins are made; else they answer LOCKED. GET_STATUS always answers; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def read_only(self) -> bool:
        """Writes from the pins answer LOCKED; bit 1, rw."""
        return (self & 0x2) != 0


class Ctrl(ReadableRegister):
    """What the pins may do. Whoever closes this way through the pins cannot open it again through them."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, en: bool | None = None, read_only: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if en is not None: word = word & 0xFFFFFFFE | en; over |= en >> 1
            if read_only is not None: word = word & 0xFFFFFFFD | read_only << 1; over |= read_only >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, en=en, read_only=read_only)
        self.bus.write(self.address, word)

    def modify(self, *, en: bool | None = None, read_only: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if en is not None: keep ^= 0x1; bits |= en; over |= en >> 1
            if read_only is not None: keep ^= 0x2; bits |= read_only << 1; over |= read_only >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", en=en, read_only=read_only)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, en: bool = ..., read_only: bool = ..., timeout: int) -> CtrlValue: ...


class StatusValue(Value):
    """The link, now. A controller that reads this through the pins sees its own read as busy."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("valid", 1, 1, sw="r", hw="w"),
        Field("was_reset", 2, 1, sw="r", hw="w", reset=1),
        Field("dropped", 3, 1, sw="r", hw="w"),
        Field("locked", 5, 1, sw="r", hw="w"),
        Field("fabric_fault", 6, 1, sw="r", hw="w"),
        Field("draining", 8, 1, sw="r", hw="w"),
    )

    @property
    def busy(self) -> bool:
        """An access to the fabric is under way; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def valid(self) -> bool:
        """`last` has a result; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def was_reset(self) -> bool:
        """Reset since the last LINK_RESET; bit 2, r."""
        return (self & 0x4) != 0

    @property
    def dropped(self) -> bool:
        """A frame was dropped since the last LINK_RESET or err_clr; bit 3, r."""
        return (self & 0x8) != 0

    @property
    def locked(self) -> bool:
        """Disabled, or takes no writes; bit 5, r."""
        return (self & 0x20) != 0

    @property
    def fabric_fault(self) -> bool:
        """The fabric has latched a timeout; bit 6, r."""
        return (self & 0x40) != 0

    @property
    def draining(self) -> bool:
        """An access timed out and is still on the fabric: it is never abandoned there; bit 8, r."""
        return (self & 0x100) != 0


class Status(ReadableRegister):
    """The link, now. A controller that reads this through the pins sees its own read as busy."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., valid: bool = ..., was_reset: bool = ..., dropped: bool = ..., locked: bool = ..., fabric_fault: bool = ..., draining: bool = ..., timeout: int) -> StatusValue: ...


class SessionValue(Value):
    """The controller that is attached."""
    __slots__ = ()
    NAME = "session"
    FIELDS = (
        Field("nonce", 0, 32, sw="r", hw="w"),
    )

    @property
    def nonce(self) -> int:
        """Nonce of the last LINK_RESET, 0 after reset. Its low byte is the session; bits 31:0, r."""
        return self & 0xFFFFFFFF


class Session(ReadableRegister):
    """The controller that is attached."""
    __slots__ = ()
    Value = SessionValue

    def read(self) -> SessionValue:
        return SessionValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, nonce: int = ..., timeout: int) -> SessionValue: ...


class EpochValue(Value):
    """Resets of the bridge, power-on included."""
    __slots__ = ()
    NAME = "epoch"
    FIELDS = (
        Field("count", 0, 16, sw="r", props={"counter": True, "incrvalue": 1, "resetsignal": "signal:por_n"}),
    )

    @property
    def count(self) -> int:
        """Wrapping; bits 15:0, r."""
        return self & 0xFFFF


class Epoch(ReadableRegister):
    """Resets of the bridge, power-on included."""
    __slots__ = ()
    Value = EpochValue

    def read(self) -> EpochValue:
        return EpochValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> EpochValue: ...


class LastValue(Value):
    """The last frame that was decided: made, or answered with an error."""
    __slots__ = ()
    NAME = "last"
    FIELDS = (
        Field("seq", 0, 8, sw="r", hw="w"),
        Field("result", 8, 4, sw="r", hw="w", enum=ResultE),
        Field("dropped", 12, 4, sw="r", hw="w", enum=ResultE),
        Field("done", 16, 7, sw="r", hw="w"),
    )

    @property
    def seq(self) -> int:
        """Sequence number, 0 for none since LINK_RESET; bits 7:0, r."""
        return self & 0xFF

    @property
    def result(self) -> ResultE:
        """Bits 11:8, r."""
        return _RESULT_E[self >> 8 & 0xF]

    @property
    def dropped(self) -> ResultE:
        """Why the last dropped frame was dropped since then; OKAY for none; bits 15:12, r."""
        return _RESULT_E[self >> 12 & 0xF]

    @property
    def done(self) -> int:
        """Words accessed without error; bits 22:16, r."""
        return self >> 16 & 0x7F


class Last(ReadableRegister):
    """The last frame that was decided: made, or answered with an error."""
    __slots__ = ()
    Value = LastValue

    def read(self) -> LastValue:
        return LastValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, seq: int = ..., result: ResultE = ..., dropped: ResultE = ..., done: int = ..., timeout: int) -> LastValue: ...


class LastAddrLoValue(Value):
    """Address of the last frame that was decided, low part."""
    __slots__ = ()
    NAME = "last_addr_lo"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="w"),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class LastAddrLo(ReadableRegister):
    """Address of the last frame that was decided, low part."""
    __slots__ = ()
    Value = LastAddrLoValue

    def read(self) -> LastAddrLoValue:
        return LastAddrLoValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> LastAddrLoValue: ...


class LastAddrHiValue(Value):
    """The same, high part."""
    __slots__ = ()
    NAME = "last_addr_hi"
    FIELDS = (
        Field("value", 0, 8, sw="r", hw="w"),
    )

    @property
    def value(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF


class LastAddrHi(ReadableRegister):
    """The same, high part."""
    __slots__ = ()
    Value = LastAddrHiValue

    def read(self) -> LastAddrHiValue:
        return LastAddrHiValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> LastAddrHiValue: ...


class ErrCntCrcValue(Value):
    """Frames with a wrong CRC, of the header or at the end."""
    __slots__ = ()
    NAME = "err_cnt_crc"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 15:0, r."""
        return self & 0xFFFF


class ErrCntCrc(ReadableRegister):
    """Frames with a wrong CRC, of the header or at the end."""
    __slots__ = ()
    Value = ErrCntCrcValue

    def read(self) -> ErrCntCrcValue:
        return ErrCntCrcValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ErrCntCrcValue: ...


class ErrCntTruncValue(Value):
    """Frames cut short: by chip select, not at the end of a byte, or by the idle timer."""
    __slots__ = ()
    NAME = "err_cnt_trunc"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 15:0, r."""
        return self & 0xFFFF


class ErrCntTrunc(ReadableRegister):
    """Frames cut short: by chip select, not at the end of a byte, or by the idle timer."""
    __slots__ = ()
    Value = ErrCntTruncValue

    def read(self) -> ErrCntTruncValue:
        return ErrCntTruncValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ErrCntTruncValue: ...


class ErrCntFormatValue(Value):
    """Frames that make no sense here: operation, length, width, alignment, mask, sequence, session."""
    __slots__ = ()
    NAME = "err_cnt_format"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 15:0, r."""
        return self & 0xFFFF


class ErrCntFormat(ReadableRegister):
    """Frames that make no sense here: operation, length, width, alignment, mask, sequence, session."""
    __slots__ = ()
    Value = ErrCntFormatValue

    def read(self) -> ErrCntFormatValue:
        return ErrCntFormatValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ErrCntFormatValue: ...


class ErrCntTimeoutValue(Value):
    """Accesses that were not answered in time."""
    __slots__ = ()
    NAME = "err_cnt_timeout"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 15:0, r."""
        return self & 0xFFFF


class ErrCntTimeout(ReadableRegister):
    """Accesses that were not answered in time."""
    __slots__ = ()
    Value = ErrCntTimeoutValue

    def read(self) -> ErrCntTimeoutValue:
        return ErrCntTimeoutValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ErrCntTimeoutValue: ...


class ErrCntSlverrValue(Value):
    """Accesses that were answered with an error, and addresses where nobody can live."""
    __slots__ = ()
    NAME = "err_cnt_slverr"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 15:0, r."""
        return self & 0xFFFF


class ErrCntSlverr(ReadableRegister):
    """Accesses that were answered with an error, and addresses where nobody can live."""
    __slots__ = ()
    Value = ErrCntSlverrValue

    def read(self) -> ErrCntSlverrValue:
        return ErrCntSlverrValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ErrCntSlverrValue: ...


class ErrClrValue(Value):
    """Clear the error counters and status.dropped."""
    __slots__ = ()
    NAME = "err_clr"
    FIELDS = (
        Field("clear", 0, 1, singlepulse=True),
    )

    @property
    def clear(self) -> bool:
        """Bit 0, rw, single pulse."""
        return (self & 0x1) != 0


class ErrClr(ReadableRegister):
    """Clear the error counters and status.dropped."""
    __slots__ = ()
    Value = ErrClrValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrClrValue:
        return ErrClrValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, clear: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if clear is not None: word = word & 0xFFFFFFFE | clear; over |= clear >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, clear=clear)
        self.bus.write(self.address, word)

    def pulse(self, *, clear: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if clear: bits |= clear; over |= clear >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", clear=clear)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, clear: bool = ..., timeout: int) -> ErrClrValue: ...


class TimeoutCfgValue(Value):
    """How long the bridge waits."""
    __slots__ = ()
    NAME = "timeout_cfg"
    FIELDS = (
        Field("access_us", 0, 16, reset=0x3E8, props={"swwe": "lock.writable"}),
        Field("wait_bytes", 16, 8, reset=0x40, props={"swwe": "lock.writable"}),
    )

    @property
    def access_us(self) -> int:
        """Microseconds for an access on the fabric; 0 is for ever; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def wait_bytes(self) -> int:
        """Wait bytes in an answer, after which it is BUSY; bits 23:16, rw."""
        return self >> 16 & 0xFF


class TimeoutCfg(ReadableRegister):
    """How long the bridge waits."""
    __slots__ = ()
    Value = TimeoutCfgValue

    def read(self) -> TimeoutCfgValue:
        return TimeoutCfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x4003E8, /, *, access_us: int | None = None, wait_bytes: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if access_us is not None: word = word & 0xFFFF0000 | access_us; over |= access_us >> 16
            if wait_bytes is not None: word = word & 0xFF00FFFF | wait_bytes << 16; over |= wait_bytes >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, access_us=access_us, wait_bytes=wait_bytes)
        self.bus.write(self.address, word)

    def modify(self, *, access_us: int | None = None, wait_bytes: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if access_us is not None: keep ^= 0xFFFF; bits |= access_us; over |= access_us >> 16
            if wait_bytes is not None: keep ^= 0xFF0000; bits |= wait_bytes << 16; over |= wait_bytes >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", access_us=access_us, wait_bytes=wait_bytes)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, access_us: int = ..., wait_bytes: int = ..., timeout: int) -> TimeoutCfgValue: ...


class IdleCfgValue(Value):
    """Idle timer: a frame without a clock edge for so long ends as if chip select had risen."""
    __slots__ = ()
    NAME = "idle_cfg"
    FIELDS = (
        Field("us", 0, 16, reset=0x2710, props={"swwe": "lock.writable"}),
    )

    @property
    def us(self) -> int:
        """Microseconds; 0 is for ever; bits 15:0, rw."""
        return self & 0xFFFF


class IdleCfg(ReadableRegister):
    """Idle timer: a frame without a clock edge for so long ends as if chip select had risen."""
    __slots__ = ()
    Value = IdleCfgValue

    def read(self) -> IdleCfgValue:
        return IdleCfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x2710, /, *, us: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if us is not None: word = word & 0xFFFF0000 | us; over |= us >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, us=us)
        self.bus.write(self.address, word)

    def modify(self, *, us: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if us is not None: keep ^= 0xFFFF; bits |= us; over |= us >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", us=us)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> IdleCfgValue: ...


class FrameCntValue(Value):
    """Frames that were complete and right, of every kind."""
    __slots__ = ()
    NAME = "frame_cnt"
    FIELDS = (
        Field("count", 0, 32, sw="r", hw="na", props={"counter": True, "incrvalue": 1}),
    )

    @property
    def count(self) -> int:
        """Wrapping; bits 31:0, r."""
        return self & 0xFFFFFFFF


class FrameCnt(ReadableRegister):
    """Frames that were complete and right, of every kind."""
    __slots__ = ()
    Value = FrameCntValue

    def read(self) -> FrameCntValue:
        return FrameCntValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> FrameCntValue: ...


class ScratchValue(Value):
    """Scratch word."""
    __slots__ = ()
    NAME = "scratch"
    FIELDS = (
        Field("value", 0, 32, hw="na"),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Scratch(ReadableRegister):
    """Scratch word."""
    __slots__ = ()
    Value = ScratchValue

    def read(self) -> ScratchValue:
        return ScratchValue(self.bus.read(self.address))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 32
            if value is not None: word = value; over |= value >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFFFFFF; bits |= value; over |= value >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ScratchValue: ...


class LockValue(Value):
    """Write protection of ctrl, timeout_cfg and idle_cfg: clear to lock until reset."""
    __slots__ = ()
    NAME = "lock"
    FIELDS = (
        Field("writable", 0, 1, reset=1, onwrite="wzc", props={"donttest": True}),
    )

    @property
    def writable(self) -> bool:
        """Bit 0, rw, wzc."""
        return (self & 0x1) != 0


class Lock(ReadableRegister):
    """Write protection of ctrl, timeout_cfg and idle_cfg: clear to lock until reset."""
    __slots__ = ()
    Value = LockValue

    def read(self) -> LockValue:
        return LockValue(self.bus.read(self.address))

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
        def wait(self, *, writable: bool = ..., timeout: int) -> LockValue: ...


class SpiBrRegs(RegisterBlock):
    """SPI_BR
    SPI to APB bridge: checks a controller's frames and makes their accesses on the fabric, each at most once.
    """
    __slots__ = (
        "id",
        "version",
        "ctrl",
        "status",
        "session",
        "epoch",
        "last",
        "last_addr_lo",
        "last_addr_hi",
        "err_cnt_crc",
        "err_cnt_trunc",
        "err_cnt_format",
        "err_cnt_timeout",
        "err_cnt_slverr",
        "err_clr",
        "timeout_cfg",
        "idle_cfg",
        "frame_cnt",
        "scratch",
        "lock",
    )
    SIZE = 0x50
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("version", 0x4, Version),
        Child("ctrl", 0x8, Ctrl),
        Child("status", 0xC, Status),
        Child("session", 0x10, Session),
        Child("epoch", 0x14, Epoch),
        Child("last", 0x18, Last),
        Child("last_addr_lo", 0x1C, LastAddrLo),
        Child("last_addr_hi", 0x20, LastAddrHi),
        Child("err_cnt_crc", 0x24, ErrCntCrc),
        Child("err_cnt_trunc", 0x28, ErrCntTrunc),
        Child("err_cnt_format", 0x2C, ErrCntFormat),
        Child("err_cnt_timeout", 0x30, ErrCntTimeout),
        Child("err_cnt_slverr", 0x34, ErrCntSlverr),
        Child("err_clr", 0x38, ErrClr),
        Child("timeout_cfg", 0x3C, TimeoutCfg),
        Child("idle_cfg", 0x40, IdleCfg),
        Child("frame_cnt", 0x44, FrameCnt),
        Child("scratch", 0x48, Scratch),
        Child("lock", 0x4C, Lock),
    )
    id: Id
    version: Version
    ctrl: Ctrl
    status: Status
    session: Session
    epoch: Epoch
    last: Last
    last_addr_lo: LastAddrLo
    last_addr_hi: LastAddrHi
    err_cnt_crc: ErrCntCrc
    err_cnt_trunc: ErrCntTrunc
    err_cnt_format: ErrCntFormat
    err_cnt_timeout: ErrCntTimeout
    err_cnt_slverr: ErrCntSlverr
    err_clr: ErrClr
    timeout_cfg: TimeoutCfg
    idle_cfg: IdleCfg
    frame_cnt: FrameCnt
    scratch: Scratch
    lock: Lock
