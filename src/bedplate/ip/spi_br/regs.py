# Generated from spi_br.rdl by `bedplate gen`; do not edit. Digest of the description: 6e67748ce89c738d.
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


class Id(Register):
    """Block identity: 'SPIB' in ASCII."""
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


class Version(Register):
    """What this bridge speaks."""
    __slots__ = ()
    Value = VersionValue

    def read(self) -> VersionValue:
        return VersionValue(self.bus.read(self.address))

    def wait(self, *, protocol: int | None = None, burst: int | None = None, timeout: int) -> VersionValue:
        mask = bits = 0
        try:
            if protocol is not None:
                if protocol >> 4:
                    raise self._field("protocol", protocol)
                mask |= 0xF
                bits |= protocol
            if burst is not None:
                if burst >> 8:
                    raise self._field("burst", burst)
                mask |= 0xFF00
                bits |= burst << 8
        except TypeError:
            raise self._no_number({"protocol": protocol, "burst": burst}) from None
        return VersionValue(self._wait(mask, bits, timeout))


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


class Ctrl(Register):
    """What the pins may do. Whoever closes this way through the pins cannot open it again through them."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, en: bool | None = None, read_only: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                value = value & 0xFFFFFFFE | en
            if read_only is not None:
                if read_only >> 1:
                    raise self._field("read_only", read_only)
                value = value & 0xFFFFFFFD | read_only << 1
        except TypeError:
            raise self._no_number({"": value, "en": en, "read_only": read_only}) from None
        self.bus.write(self.address, value)

    def modify(self, *, en: bool | None = None, read_only: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                keep ^= 0x1
                bits |= en
            if read_only is not None:
                if read_only >> 1:
                    raise self._field("read_only", read_only)
                keep ^= 0x2
                bits |= read_only << 1
        except TypeError:
            raise self._no_number({"en": en, "read_only": read_only}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, en: bool | None = None, read_only: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                mask |= 0x1
                bits |= en
            if read_only is not None:
                if read_only >> 1:
                    raise self._field("read_only", read_only)
                mask |= 0x2
                bits |= read_only << 1
        except TypeError:
            raise self._no_number({"en": en, "read_only": read_only}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """The link, now. A controller that reads this through the pins sees its own read as busy."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, busy: bool | None = None, valid: bool | None = None, was_reset: bool | None = None, dropped: bool | None = None, locked: bool | None = None, fabric_fault: bool | None = None, draining: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x1
                bits |= busy
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x2
                bits |= valid << 1
            if was_reset is not None:
                if was_reset >> 1:
                    raise self._field("was_reset", was_reset)
                mask |= 0x4
                bits |= was_reset << 2
            if dropped is not None:
                if dropped >> 1:
                    raise self._field("dropped", dropped)
                mask |= 0x8
                bits |= dropped << 3
            if locked is not None:
                if locked >> 1:
                    raise self._field("locked", locked)
                mask |= 0x20
                bits |= locked << 5
            if fabric_fault is not None:
                if fabric_fault >> 1:
                    raise self._field("fabric_fault", fabric_fault)
                mask |= 0x40
                bits |= fabric_fault << 6
            if draining is not None:
                if draining >> 1:
                    raise self._field("draining", draining)
                mask |= 0x100
                bits |= draining << 8
        except TypeError:
            raise self._no_number({"busy": busy, "valid": valid, "was_reset": was_reset, "dropped": dropped, "locked": locked, "fabric_fault": fabric_fault, "draining": draining}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class Session(Register):
    """The controller that is attached."""
    __slots__ = ()
    Value = SessionValue

    def read(self) -> SessionValue:
        return SessionValue(self.bus.read(self.address))

    def wait(self, *, nonce: int | None = None, timeout: int) -> SessionValue:
        mask = bits = 0
        try:
            if nonce is not None:
                if nonce >> 32:
                    raise self._field("nonce", nonce)
                mask |= 0xFFFFFFFF
                bits |= nonce
        except TypeError:
            raise self._no_number({"nonce": nonce}) from None
        return SessionValue(self._wait(mask, bits, timeout))


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


class Epoch(Register):
    """Resets of the bridge, power-on included."""
    __slots__ = ()
    Value = EpochValue

    def read(self) -> EpochValue:
        return EpochValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> EpochValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return EpochValue(self._wait(mask, bits, timeout))


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


class Last(Register):
    """The last frame that was decided: made, or answered with an error."""
    __slots__ = ()
    Value = LastValue

    def read(self) -> LastValue:
        return LastValue(self.bus.read(self.address))

    def wait(self, *, seq: int | None = None, result: ResultE | None = None, dropped: ResultE | None = None, done: int | None = None, timeout: int) -> LastValue:
        mask = bits = 0
        try:
            if seq is not None:
                if seq >> 8:
                    raise self._field("seq", seq)
                mask |= 0xFF
                bits |= seq
            if result is not None:
                if result >> 4:
                    raise self._field("result", result)
                mask |= 0xF00
                bits |= result << 8
            if dropped is not None:
                if dropped >> 4:
                    raise self._field("dropped", dropped)
                mask |= 0xF000
                bits |= dropped << 12
            if done is not None:
                if done >> 7:
                    raise self._field("done", done)
                mask |= 0x7F0000
                bits |= done << 16
        except TypeError:
            raise self._no_number({"seq": seq, "result": result, "dropped": dropped, "done": done}) from None
        return LastValue(self._wait(mask, bits, timeout))


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


class LastAddrLo(Register):
    """Address of the last frame that was decided, low part."""
    __slots__ = ()
    Value = LastAddrLoValue

    def read(self) -> LastAddrLoValue:
        return LastAddrLoValue(self.bus.read(self.address))

    def wait(self, *, value: int | None = None, timeout: int) -> LastAddrLoValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return LastAddrLoValue(self._wait(mask, bits, timeout))


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


class LastAddrHi(Register):
    """The same, high part."""
    __slots__ = ()
    Value = LastAddrHiValue

    def read(self) -> LastAddrHiValue:
        return LastAddrHiValue(self.bus.read(self.address))

    def wait(self, *, value: int | None = None, timeout: int) -> LastAddrHiValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 8:
                    raise self._field("value", value)
                mask |= 0xFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return LastAddrHiValue(self._wait(mask, bits, timeout))


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


class ErrCntCrc(Register):
    """Frames with a wrong CRC, of the header or at the end."""
    __slots__ = ()
    Value = ErrCntCrcValue

    def read(self) -> ErrCntCrcValue:
        return ErrCntCrcValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ErrCntCrcValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ErrCntCrcValue(self._wait(mask, bits, timeout))


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


class ErrCntTrunc(Register):
    """Frames cut short: by chip select, not at the end of a byte, or by the idle timer."""
    __slots__ = ()
    Value = ErrCntTruncValue

    def read(self) -> ErrCntTruncValue:
        return ErrCntTruncValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ErrCntTruncValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ErrCntTruncValue(self._wait(mask, bits, timeout))


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


class ErrCntFormat(Register):
    """Frames that make no sense here: operation, length, width, alignment, mask, sequence, session."""
    __slots__ = ()
    Value = ErrCntFormatValue

    def read(self) -> ErrCntFormatValue:
        return ErrCntFormatValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ErrCntFormatValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ErrCntFormatValue(self._wait(mask, bits, timeout))


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


class ErrCntTimeout(Register):
    """Accesses that were not answered in time."""
    __slots__ = ()
    Value = ErrCntTimeoutValue

    def read(self) -> ErrCntTimeoutValue:
        return ErrCntTimeoutValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ErrCntTimeoutValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ErrCntTimeoutValue(self._wait(mask, bits, timeout))


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


class ErrCntSlverr(Register):
    """Accesses that were answered with an error, and addresses where nobody can live."""
    __slots__ = ()
    Value = ErrCntSlverrValue

    def read(self) -> ErrCntSlverrValue:
        return ErrCntSlverrValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ErrCntSlverrValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 16:
                    raise self._field("count", count)
                mask |= 0xFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ErrCntSlverrValue(self._wait(mask, bits, timeout))


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


class ErrClr(Register):
    """Clear the error counters and status.dropped."""
    __slots__ = ()
    Value = ErrClrValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> ErrClrValue:
        return ErrClrValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, clear: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if clear is not None:
                if clear >> 1:
                    raise self._field("clear", clear)
                value = value & 0xFFFFFFFE | clear
        except TypeError:
            raise self._no_number({"": value, "clear": clear}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, clear: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if clear:
                if clear >> 1:
                    raise self._field("clear", clear)
                bits |= clear
        except TypeError:
            raise self._no_number({"clear": clear}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, clear: bool | None = None, timeout: int) -> ErrClrValue:
        mask = bits = 0
        try:
            if clear is not None:
                if clear >> 1:
                    raise self._field("clear", clear)
                mask |= 0x1
                bits |= clear
        except TypeError:
            raise self._no_number({"clear": clear}) from None
        return ErrClrValue(self._wait(mask, bits, timeout))


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


class TimeoutCfg(Register):
    """How long the bridge waits."""
    __slots__ = ()
    Value = TimeoutCfgValue

    def read(self) -> TimeoutCfgValue:
        return TimeoutCfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x4003E8, /, *, access_us: int | None = None, wait_bytes: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if access_us is not None:
                if access_us >> 16:
                    raise self._field("access_us", access_us)
                value = value & 0xFFFF0000 | access_us
            if wait_bytes is not None:
                if wait_bytes >> 8:
                    raise self._field("wait_bytes", wait_bytes)
                value = value & 0xFF00FFFF | wait_bytes << 16
        except TypeError:
            raise self._no_number({"": value, "access_us": access_us, "wait_bytes": wait_bytes}) from None
        self.bus.write(self.address, value)

    def modify(self, *, access_us: int | None = None, wait_bytes: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if access_us is not None:
                if access_us >> 16:
                    raise self._field("access_us", access_us)
                keep ^= 0xFFFF
                bits |= access_us
            if wait_bytes is not None:
                if wait_bytes >> 8:
                    raise self._field("wait_bytes", wait_bytes)
                keep ^= 0xFF0000
                bits |= wait_bytes << 16
        except TypeError:
            raise self._no_number({"access_us": access_us, "wait_bytes": wait_bytes}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, access_us: int | None = None, wait_bytes: int | None = None, timeout: int) -> TimeoutCfgValue:
        mask = bits = 0
        try:
            if access_us is not None:
                if access_us >> 16:
                    raise self._field("access_us", access_us)
                mask |= 0xFFFF
                bits |= access_us
            if wait_bytes is not None:
                if wait_bytes >> 8:
                    raise self._field("wait_bytes", wait_bytes)
                mask |= 0xFF0000
                bits |= wait_bytes << 16
        except TypeError:
            raise self._no_number({"access_us": access_us, "wait_bytes": wait_bytes}) from None
        return TimeoutCfgValue(self._wait(mask, bits, timeout))


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


class IdleCfg(Register):
    """Idle timer: a frame without a clock edge for so long ends as if chip select had risen."""
    __slots__ = ()
    Value = IdleCfgValue

    def read(self) -> IdleCfgValue:
        return IdleCfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x2710, /, *, us: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if us is not None:
                if us >> 16:
                    raise self._field("us", us)
                value = value & 0xFFFF0000 | us
        except TypeError:
            raise self._no_number({"": value, "us": us}) from None
        self.bus.write(self.address, value)

    def modify(self, *, us: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if us is not None:
                if us >> 16:
                    raise self._field("us", us)
                keep ^= 0xFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, us: int | None = None, timeout: int) -> IdleCfgValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 16:
                    raise self._field("us", us)
                mask |= 0xFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return IdleCfgValue(self._wait(mask, bits, timeout))


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


class FrameCnt(Register):
    """Frames that were complete and right, of every kind."""
    __slots__ = ()
    Value = FrameCntValue

    def read(self) -> FrameCntValue:
        return FrameCntValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> FrameCntValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 32:
                    raise self._field("count", count)
                mask |= 0xFFFFFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return FrameCntValue(self._wait(mask, bits, timeout))


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


class Scratch(Register):
    """Scratch word."""
    __slots__ = ()
    Value = ScratchValue

    def read(self) -> ScratchValue:
        return ScratchValue(self.bus.read(self.address))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                keep ^= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, value: int | None = None, timeout: int) -> ScratchValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ScratchValue(self._wait(mask, bits, timeout))


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


class Lock(Register):
    """Write protection of ctrl, timeout_cfg and idle_cfg: clear to lock until reset."""
    __slots__ = ()
    Value = LockValue

    def read(self) -> LockValue:
        return LockValue(self.bus.read(self.address))

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

    def wait(self, *, writable: bool | None = None, timeout: int) -> LockValue:
        mask = bits = 0
        try:
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                mask |= 0x1
                bits |= writable
        except TypeError:
            raise self._no_number({"writable": writable}) from None
        return LockValue(self._wait(mask, bits, timeout))


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
