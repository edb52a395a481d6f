# Generated from nvme.rdl by `bedplate gen`; do not edit. Digest of the description: f9f83ec6466cd390.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableMemory,
    ReadableRegister,
    Register,
    RegisterBlock,
    Value,
    WritableMemory,
)


class Sq(ReadableMemory, WritableMemory):
    """Submission queue: 4 entries of 16 dwords."""
    __slots__ = ()
    ENTRIES = 64


class CqeDw0Value(Value):
    """What the command says about its result."""
    __slots__ = ()
    NAME = "dw0"
    FIELDS = (
        Field("value", 0, 32, hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class CqeDw0(ReadableRegister):
    """What the command says about its result."""
    __slots__ = ()
    Value = CqeDw0Value

    def read(self) -> CqeDw0Value:
        return CqeDw0Value(self.bus.read(self.address))

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
        def wait(self, *, value: int = ..., timeout: int) -> CqeDw0Value: ...


class CqeDw2Value(Value):
    """How far the submission queue was consumed."""
    __slots__ = ()
    NAME = "dw2"
    FIELDS = (
        Field("sqhd", 0, 16, hw="w", reset=None),
        Field("sqid", 16, 16, hw="w", reset=None),
    )

    @property
    def sqhd(self) -> int:
        """Head of the submission queue; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def sqid(self) -> int:
        """Which submission queue; bits 31:16, rw."""
        return self >> 16 & 0xFFFF


class CqeDw2(ReadableRegister):
    """How far the submission queue was consumed."""
    __slots__ = ()
    Value = CqeDw2Value

    def read(self) -> CqeDw2Value:
        return CqeDw2Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, sqhd: int | None = None, sqid: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if sqhd is not None: word = word & 0xFFFF0000 | sqhd; over |= sqhd >> 16
            if sqid is not None: word = word & 0xFFFF | sqid << 16; over |= sqid >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, sqhd=sqhd, sqid=sqid)
        self.bus.write(self.address, word)

    def modify(self, *, sqhd: int | None = None, sqid: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if sqhd is not None: keep ^= 0xFFFF; bits |= sqhd; over |= sqhd >> 16
            if sqid is not None: keep ^= 0xFFFF0000; bits |= sqid << 16; over |= sqid >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", sqhd=sqhd, sqid=sqid)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, sqhd: int = ..., sqid: int = ..., timeout: int) -> CqeDw2Value: ...


class CqeDw3Value(Value):
    """Which command, and how it ended."""
    __slots__ = ()
    NAME = "dw3"
    FIELDS = (
        Field("cid", 0, 16, hw="w"),
        Field("phase", 16, 1, hw="w"),
        Field("status", 17, 15, hw="w"),
    )

    @property
    def cid(self) -> int:
        """Command identifier; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def phase(self) -> bool:
        """Phase tag: 1 in the first round of the queue; bit 16, rw."""
        return (self & 0x10000) != 0

    @property
    def status(self) -> int:
        """Status; 0 is success; bits 31:17, rw."""
        return self >> 17 & 0x7FFF


class CqeDw3(ReadableRegister):
    """Which command, and how it ended."""
    __slots__ = ()
    Value = CqeDw3Value

    def read(self) -> CqeDw3Value:
        return CqeDw3Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cid: int | None = None, phase: bool | None = None, status: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cid is not None: word = word & 0xFFFF0000 | cid; over |= cid >> 16
            if phase is not None: word = word & 0xFFFEFFFF | phase << 16; over |= phase >> 1
            if status is not None: word = word & 0x1FFFF | status << 17; over |= status >> 15
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cid=cid, phase=phase, status=status)
        self.bus.write(self.address, word)

    def modify(self, *, cid: int | None = None, phase: bool | None = None, status: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if cid is not None: keep ^= 0xFFFF; bits |= cid; over |= cid >> 16
            if phase is not None: keep ^= 0x10000; bits |= phase << 16; over |= phase >> 1
            if status is not None: keep ^= 0xFFFE0000; bits |= status << 17; over |= status >> 15
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", cid=cid, phase=phase, status=status)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, cid: int = ..., phase: bool = ..., status: int = ..., timeout: int) -> CqeDw3Value: ...


class Cqe(RegisterBlock):
    """Completion queue entry."""
    __slots__ = (
        "dw0",
        "dw2",
        "dw3",
    )
    SIZE = 0x10
    IS_FILE = True
    CHILDREN = (
        Child("dw0", 0x0, CqeDw0),
        Child("dw2", 0x8, CqeDw2),
        Child("dw3", 0xC, CqeDw3),
    )
    dw0: CqeDw0
    dw2: CqeDw2
    dw3: CqeDw3


class Controller(ReadableMemory, WritableMemory):
    """Identify Controller data structure."""
    __slots__ = ()
    ENTRIES = 1024


class Namespaces(ReadableMemory, WritableMemory):
    """Active namespace ID list."""
    __slots__ = ()
    ENTRIES = 1024


class AdminRegs(RegisterBlock):
    """The admin queue, each part on a page of its own, and the pages that Identify fills."""
    __slots__ = (
        "sq",
        "cqe",
        "controller",
        "namespaces",
    )
    SIZE = 0x4000
    CHILDREN = (
        Child("sq", 0x0, Sq),
        Child("cqe", 0x1000, Cqe, (4,), 0x10),
        Child("controller", 0x2000, Controller),
        Child("namespaces", 0x3000, Namespaces),
    )
    sq: Sq
    cqe: tuple[Cqe, ...]
    controller: Controller
    namespaces: Namespaces


class CapValue(Value):
    """Controller capabilities."""
    __slots__ = ()
    NAME = "cap"
    WIDTH = 64
    FIELDS = (
        Field("mqes", 0, 16, sw="r", hw="na", reset=None),
        Field("cqr", 16, 1, sw="r", hw="na", reset=None),
        Field("ams", 17, 2, sw="r", hw="na", reset=None),
        Field("to", 24, 8, sw="r", hw="na", reset=None),
        Field("dstrd", 32, 4, sw="r", hw="na", reset=None),
        Field("nssrs", 36, 1, sw="r", hw="na", reset=None),
        Field("css", 37, 8, sw="r", hw="na", reset=None),
        Field("mpsmin", 48, 4, sw="r", hw="na", reset=None),
        Field("mpsmax", 52, 4, sw="r", hw="na", reset=None),
    )

    @property
    def mqes(self) -> int:
        """Maximum queue entries supported, less one; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def cqr(self) -> bool:
        """Contiguous queues required; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def ams(self) -> int:
        """Arbitration mechanisms; bits 18:17, r."""
        return self >> 17 & 0x3

    @property
    def to(self) -> int:
        """Timeout: the longest that RDY takes to follow EN, in 500 ms; bits 31:24, r."""
        return self >> 24 & 0xFF

    @property
    def dstrd(self) -> int:
        """Doorbell stride: 4 bytes shifted left by this; bits 35:32, r."""
        return self >> 32 & 0xF

    @property
    def nssrs(self) -> bool:
        """NVM subsystem reset supported; bit 36, r."""
        return (self & 0x1000000000) != 0

    @property
    def css(self) -> int:
        """Command sets supported; bits 44:37, r."""
        return self >> 37 & 0xFF

    @property
    def mpsmin(self) -> int:
        """Smallest memory page, 4 KiB shifted left by this; bits 51:48, r."""
        return self >> 48 & 0xF

    @property
    def mpsmax(self) -> int:
        """Largest memory page, likewise; bits 55:52, r."""
        return self >> 52 & 0xF


class Cap(ReadableRegister):
    """Controller capabilities."""
    __slots__ = ()
    Value = CapValue
    WIDTH = 64

    def read(self) -> CapValue:
        return CapValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, mqes: int = ..., cqr: bool = ..., ams: int = ..., to: int = ..., dstrd: int = ..., nssrs: bool = ..., css: int = ..., mpsmin: int = ..., mpsmax: int = ..., timeout: int) -> CapValue: ...


class VsValue(Value):
    """Version."""
    __slots__ = ()
    NAME = "vs"
    FIELDS = (
        Field("ter", 0, 8, sw="r", hw="na", reset=None),
        Field("mnr", 8, 8, sw="r", hw="na", reset=None),
        Field("mjr", 16, 16, sw="r", hw="na", reset=None),
    )

    @property
    def ter(self) -> int:
        """Tertiary; bits 7:0, r."""
        return self & 0xFF

    @property
    def mnr(self) -> int:
        """Minor; bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def mjr(self) -> int:
        """Major; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class Vs(ReadableRegister):
    """Version."""
    __slots__ = ()
    Value = VsValue

    def read(self) -> VsValue:
        return VsValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, ter: int = ..., mnr: int = ..., mjr: int = ..., timeout: int) -> VsValue: ...


class IntmsValue(Value):
    """Interrupt mask set."""
    __slots__ = ()
    NAME = "intms"
    FIELDS = (
        Field("ivms", 0, 32, onwrite="woset"),
    )

    @property
    def ivms(self) -> int:
        """Bits 31:0, rw, woset."""
        return self & 0xFFFFFFFF


class Intms(ReadableRegister):
    """Interrupt mask set."""
    __slots__ = ()
    Value = IntmsValue

    def read(self) -> IntmsValue:
        return IntmsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ivms: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if ivms is not None: word = ivms; over |= ivms >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ivms=ivms)
        self.bus.write(self.address, word)

    def set(self, value: int = 0, /, *, ivms: int = 0) -> None:
        """Set the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0xFFFFFFFF
            if ivms: bits |= ivms; over |= ivms >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("set", value, ivms=ivms)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, ivms: int = ..., timeout: int) -> IntmsValue: ...


class IntmcValue(Value):
    """Interrupt mask clear."""
    __slots__ = ()
    NAME = "intmc"
    FIELDS = (
        Field("ivmc", 0, 32, onwrite="woclr"),
    )

    @property
    def ivmc(self) -> int:
        """Bits 31:0, rw, woclr."""
        return self & 0xFFFFFFFF


class Intmc(ReadableRegister):
    """Interrupt mask clear."""
    __slots__ = ()
    Value = IntmcValue

    def read(self) -> IntmcValue:
        return IntmcValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ivmc: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if ivmc is not None: word = ivmc; over |= ivmc >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ivmc=ivmc)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, ivmc: int = 0) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0xFFFFFFFF
            if ivmc: bits |= ivmc; over |= ivmc >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, ivmc=ivmc)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, ivmc: int = ..., timeout: int) -> IntmcValue: ...


class CcValue(Value):
    """Controller configuration."""
    __slots__ = ()
    NAME = "cc"
    FIELDS = (
        Field("en", 0, 1),
        Field("css", 4, 3),
        Field("mps", 7, 4),
        Field("ams", 11, 3),
        Field("shn", 14, 2),
        Field("iosqes", 16, 4),
        Field("iocqes", 20, 4),
    )

    @property
    def en(self) -> bool:
        """Enable. From 1 to 0 is a controller reset: all queues are gone, the admin queue's registers stay; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def css(self) -> int:
        """Command set; 0 is NVM; bits 6:4, rw."""
        return self >> 4 & 0x7

    @property
    def mps(self) -> int:
        """Memory page size, 4 KiB shifted left by this; bits 10:7, rw."""
        return self >> 7 & 0xF

    @property
    def ams(self) -> int:
        """Arbitration; bits 13:11, rw."""
        return self >> 11 & 0x7

    @property
    def shn(self) -> int:
        """Shutdown notification; bits 15:14, rw."""
        return self >> 14 & 0x3

    @property
    def iosqes(self) -> int:
        """I/O submission queue entry size, as a power of two; bits 19:16, rw."""
        return self >> 16 & 0xF

    @property
    def iocqes(self) -> int:
        """I/O completion queue entry size, as a power of two; bits 23:20, rw."""
        return self >> 20 & 0xF


class Cc(ReadableRegister):
    """Controller configuration."""
    __slots__ = ()
    Value = CcValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CcValue:
        return CcValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, en: bool | None = None, css: int | None = None, mps: int | None = None, ams: int | None = None, shn: int | None = None, iosqes: int | None = None, iocqes: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if en is not None: word = word & 0xFFFFFFFE | en; over |= en >> 1
            if css is not None: word = word & 0xFFFFFF8F | css << 4; over |= css >> 3
            if mps is not None: word = word & 0xFFFFF87F | mps << 7; over |= mps >> 4
            if ams is not None: word = word & 0xFFFFC7FF | ams << 11; over |= ams >> 3
            if shn is not None: word = word & 0xFFFF3FFF | shn << 14; over |= shn >> 2
            if iosqes is not None: word = word & 0xFFF0FFFF | iosqes << 16; over |= iosqes >> 4
            if iocqes is not None: word = word & 0xFF0FFFFF | iocqes << 20; over |= iocqes >> 4
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, en=en, css=css, mps=mps, ams=ams, shn=shn, iosqes=iosqes, iocqes=iocqes)
        self.bus.write(self.address, word)

    def modify(self, *, en: bool | None = None, css: int | None = None, mps: int | None = None, ams: int | None = None, shn: int | None = None, iosqes: int | None = None, iocqes: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if en is not None: keep ^= 0x1; bits |= en; over |= en >> 1
            if css is not None: keep ^= 0x70; bits |= css << 4; over |= css >> 3
            if mps is not None: keep ^= 0x780; bits |= mps << 7; over |= mps >> 4
            if ams is not None: keep ^= 0x3800; bits |= ams << 11; over |= ams >> 3
            if shn is not None: keep ^= 0xC000; bits |= shn << 14; over |= shn >> 2
            if iosqes is not None: keep ^= 0xF0000; bits |= iosqes << 16; over |= iosqes >> 4
            if iocqes is not None: keep ^= 0xF00000; bits |= iocqes << 20; over |= iocqes >> 4
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", en=en, css=css, mps=mps, ams=ams, shn=shn, iosqes=iosqes, iocqes=iocqes)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, en: bool = ..., css: int = ..., mps: int = ..., ams: int = ..., shn: int = ..., iosqes: int = ..., iocqes: int = ..., timeout: int) -> CcValue: ...


class CstsValue(Value):
    """Controller status."""
    __slots__ = ()
    NAME = "csts"
    FIELDS = (
        Field("rdy", 0, 1, sw="r", hw="w"),
        Field("cfs", 1, 1, sw="r", hw="w"),
        Field("shst", 2, 2, sw="r", hw="w"),
        Field("nssro", 4, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("pp", 5, 1, sw="r", hw="w"),
    )

    @property
    def rdy(self) -> bool:
        """Ready: commands are processed; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def cfs(self) -> bool:
        """Controller fatal status; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def shst(self) -> int:
        """Shutdown status; bits 3:2, r."""
        return self >> 2 & 0x3

    @property
    def nssro(self) -> bool:
        """An NVM subsystem reset occurred; bit 4, rw, woclr."""
        return (self & 0x10) != 0

    @property
    def pp(self) -> bool:
        """Processing paused; bit 5, r."""
        return (self & 0x20) != 0


class Csts(ReadableRegister):
    """Controller status."""
    __slots__ = ()
    Value = CstsValue

    def read(self) -> CstsValue:
        return CstsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, nssro: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if nssro is not None: word = word & 0xFFFFFFEF | nssro << 4; over |= nssro >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, nssro=nssro)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, nssro: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x10
            if nssro: bits |= nssro << 4; over |= nssro >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, nssro=nssro)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, rdy: bool = ..., cfs: bool = ..., shst: int = ..., nssro: bool = ..., pp: bool = ..., timeout: int) -> CstsValue: ...


class AqaValue(Value):
    """Admin queue attributes. Write only while disabled, as the two that follow."""
    __slots__ = ()
    NAME = "aqa"
    FIELDS = (
        Field("asqs", 0, 12),
        Field("acqs", 16, 12),
    )

    @property
    def asqs(self) -> int:
        """Submission queue size in entries, less one; bits 11:0, rw."""
        return self & 0xFFF

    @property
    def acqs(self) -> int:
        """Completion queue size in entries, less one; bits 27:16, rw."""
        return self >> 16 & 0xFFF


class Aqa(ReadableRegister):
    """Admin queue attributes. Write only while disabled, as the two that follow."""
    __slots__ = ()
    Value = AqaValue

    def read(self) -> AqaValue:
        return AqaValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, asqs: int | None = None, acqs: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if asqs is not None: word = word & 0xFFFFF000 | asqs; over |= asqs >> 12
            if acqs is not None: word = word & 0xF000FFFF | acqs << 16; over |= acqs >> 12
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, asqs=asqs, acqs=acqs)
        self.bus.write(self.address, word)

    def modify(self, *, asqs: int | None = None, acqs: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if asqs is not None: keep ^= 0xFFF; bits |= asqs; over |= asqs >> 12
            if acqs is not None: keep ^= 0xFFF0000; bits |= acqs << 16; over |= acqs >> 12
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", asqs=asqs, acqs=acqs)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, asqs: int = ..., acqs: int = ..., timeout: int) -> AqaValue: ...


class AsqValue(Value):
    """Admin submission queue base address, on a page."""
    __slots__ = ()
    NAME = "asq"
    WIDTH = 64
    FIELDS = (
        Field("asqb", 12, 52),
    )

    @property
    def asqb(self) -> int:
        """Bits 63:12, rw."""
        return self >> 12 & 0xFFFFFFFFFFFFF


class Asq(ReadableRegister):
    """Admin submission queue base address, on a page."""
    __slots__ = ()
    Value = AsqValue
    WIDTH = 64

    def read(self) -> AsqValue:
        return AsqValue(self._load())

    def write(self, value: int = 0x0, /, *, asqb: int | None = None) -> None:
        try:
            word, over = value, value >> 64
            if asqb is not None: word = word & 0xFFF | asqb << 12; over |= asqb >> 52
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, asqb=asqb)
        self._store(word)

    def modify(self, *, asqb: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFF, 0x0, 0
            if asqb is not None: keep ^= 0xFFFFFFFFFFFFF000; bits |= asqb << 12; over |= asqb >> 52
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", asqb=asqb)
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, asqb: int = ..., timeout: int) -> AsqValue: ...


class AcqValue(Value):
    """Admin completion queue base address, on a page."""
    __slots__ = ()
    NAME = "acq"
    WIDTH = 64
    FIELDS = (
        Field("acqb", 12, 52),
    )

    @property
    def acqb(self) -> int:
        """Bits 63:12, rw."""
        return self >> 12 & 0xFFFFFFFFFFFFF


class Acq(ReadableRegister):
    """Admin completion queue base address, on a page."""
    __slots__ = ()
    Value = AcqValue
    WIDTH = 64

    def read(self) -> AcqValue:
        return AcqValue(self._load())

    def write(self, value: int = 0x0, /, *, acqb: int | None = None) -> None:
        try:
            word, over = value, value >> 64
            if acqb is not None: word = word & 0xFFF | acqb << 12; over |= acqb >> 52
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, acqb=acqb)
        self._store(word)

    def modify(self, *, acqb: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFF, 0x0, 0
            if acqb is not None: keep ^= 0xFFFFFFFFFFFFF000; bits |= acqb << 12; over |= acqb >> 52
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", acqb=acqb)
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, acqb: int = ..., timeout: int) -> AcqValue: ...


class Sq0tdblValue(Value):
    """Admin submission queue tail doorbell. What it reads as is not defined."""
    __slots__ = ()
    NAME = "sq0tdbl"
    FIELDS = (
        Field("sqt", 0, 16, sw="w"),
    )


class Sq0tdbl(Register):
    """Admin submission queue tail doorbell. What it reads as is not defined."""
    __slots__ = ()
    Value = Sq0tdblValue

    def write(self, value: int = 0x0, /, *, sqt: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if sqt is not None: word = word & 0xFFFF0000 | sqt; over |= sqt >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, sqt=sqt)
        self.bus.write(self.address, word)


class Cq0hdblValue(Value):
    """Admin completion queue head doorbell. What it reads as is not defined."""
    __slots__ = ()
    NAME = "cq0hdbl"
    FIELDS = (
        Field("cqh", 0, 16, sw="w"),
    )


class Cq0hdbl(Register):
    """Admin completion queue head doorbell. What it reads as is not defined."""
    __slots__ = ()
    Value = Cq0hdblValue

    def write(self, value: int = 0x0, /, *, cqh: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cqh is not None: word = word & 0xFFFF0000 | cqh; over |= cqh >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cqh=cqh)
        self.bus.write(self.address, word)


class RegistersRegs(RegisterBlock):
    """Controller registers, and the doorbells of the admin queue."""
    __slots__ = (
        "cap",
        "vs",
        "intms",
        "intmc",
        "cc",
        "csts",
        "aqa",
        "asq",
        "acq",
        "sq0tdbl",
        "cq0hdbl",
    )
    SIZE = 0x1008
    CHILDREN = (
        Child("cap", 0x0, Cap),
        Child("vs", 0x8, Vs),
        Child("intms", 0xC, Intms),
        Child("intmc", 0x10, Intmc),
        Child("cc", 0x14, Cc),
        Child("csts", 0x1C, Csts),
        Child("aqa", 0x24, Aqa),
        Child("asq", 0x28, Asq),
        Child("acq", 0x30, Acq),
        Child("sq0tdbl", 0x1000, Sq0tdbl),
        Child("cq0hdbl", 0x1004, Cq0hdbl),
    )
    cap: Cap
    vs: Vs
    intms: Intms
    intmc: Intmc
    cc: Cc
    csts: Csts
    aqa: Aqa
    asq: Asq
    acq: Acq
    sq0tdbl: Sq0tdbl
    cq0hdbl: Cq0hdbl


class NvmeRegs(RegisterBlock):
    """NVMe
    NVMe controller and its admin queue.
    """
    __slots__ = (
        "admin",
        "registers",
    )
    SIZE = 0x80001008
    CHILDREN = (
        Child("admin", 0x100000, AdminRegs),
        Child("registers", 0x80000000, RegistersRegs),
    )
    admin: AdminRegs
    registers: RegistersRegs
