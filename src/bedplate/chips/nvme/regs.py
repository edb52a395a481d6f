# Generated from nvme.rdl by `bedplate gen`; do not edit. Digest of the description: 311ae3a66c621b9a.
# fmt: off

from __future__ import annotations

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableMemory,
    Register,
    RegisterBlock,
    Value,
    WritableMemory,
)


class Sq(ReadableMemory, WritableMemory):
    """Submission queue: 4 entries of 16 dwords."""
    __slots__ = ()
    ENTRIES = 64


class Dw0Value(Value):
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


class Dw0(Register):
    """What the command says about its result."""
    __slots__ = ()
    Value = Dw0Value

    def read(self) -> Dw0Value:
        return Dw0Value(self.bus.read(self.address))

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

    def wait(self, *, value: int | None = None, timeout: int) -> Dw0Value:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return Dw0Value(self._wait(mask, bits, timeout))


class Dw2Value(Value):
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


class Dw2(Register):
    """How far the submission queue was consumed."""
    __slots__ = ()
    Value = Dw2Value

    def read(self) -> Dw2Value:
        return Dw2Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, sqhd: int | None = None, sqid: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if sqhd is not None:
                if sqhd >> 16:
                    raise self._field("sqhd", sqhd)
                value = value & 0xFFFF0000 | sqhd
            if sqid is not None:
                if sqid >> 16:
                    raise self._field("sqid", sqid)
                value = value & 0xFFFF | sqid << 16
        except TypeError:
            raise self._no_number({"": value, "sqhd": sqhd, "sqid": sqid}) from None
        self.bus.write(self.address, value)

    def modify(self, *, sqhd: int | None = None, sqid: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if sqhd is not None:
                if sqhd >> 16:
                    raise self._field("sqhd", sqhd)
                keep ^= 0xFFFF
                bits |= sqhd
            if sqid is not None:
                if sqid >> 16:
                    raise self._field("sqid", sqid)
                keep ^= 0xFFFF0000
                bits |= sqid << 16
        except TypeError:
            raise self._no_number({"sqhd": sqhd, "sqid": sqid}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, sqhd: int | None = None, sqid: int | None = None, timeout: int) -> Dw2Value:
        mask = bits = 0
        try:
            if sqhd is not None:
                if sqhd >> 16:
                    raise self._field("sqhd", sqhd)
                mask |= 0xFFFF
                bits |= sqhd
            if sqid is not None:
                if sqid >> 16:
                    raise self._field("sqid", sqid)
                mask |= 0xFFFF0000
                bits |= sqid << 16
        except TypeError:
            raise self._no_number({"sqhd": sqhd, "sqid": sqid}) from None
        return Dw2Value(self._wait(mask, bits, timeout))


class Dw3Value(Value):
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


class Dw3(Register):
    """Which command, and how it ended."""
    __slots__ = ()
    Value = Dw3Value

    def read(self) -> Dw3Value:
        return Dw3Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cid: int | None = None, phase: bool | None = None, status: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if cid is not None:
                if cid >> 16:
                    raise self._field("cid", cid)
                value = value & 0xFFFF0000 | cid
            if phase is not None:
                if phase >> 1:
                    raise self._field("phase", phase)
                value = value & 0xFFFEFFFF | phase << 16
            if status is not None:
                if status >> 15:
                    raise self._field("status", status)
                value = value & 0x1FFFF | status << 17
        except TypeError:
            raise self._no_number({"": value, "cid": cid, "phase": phase, "status": status}) from None
        self.bus.write(self.address, value)

    def modify(self, *, cid: int | None = None, phase: bool | None = None, status: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if cid is not None:
                if cid >> 16:
                    raise self._field("cid", cid)
                keep ^= 0xFFFF
                bits |= cid
            if phase is not None:
                if phase >> 1:
                    raise self._field("phase", phase)
                keep ^= 0x10000
                bits |= phase << 16
            if status is not None:
                if status >> 15:
                    raise self._field("status", status)
                keep ^= 0xFFFE0000
                bits |= status << 17
        except TypeError:
            raise self._no_number({"cid": cid, "phase": phase, "status": status}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, cid: int | None = None, phase: bool | None = None, status: int | None = None, timeout: int) -> Dw3Value:
        mask = bits = 0
        try:
            if cid is not None:
                if cid >> 16:
                    raise self._field("cid", cid)
                mask |= 0xFFFF
                bits |= cid
            if phase is not None:
                if phase >> 1:
                    raise self._field("phase", phase)
                mask |= 0x10000
                bits |= phase << 16
            if status is not None:
                if status >> 15:
                    raise self._field("status", status)
                mask |= 0xFFFE0000
                bits |= status << 17
        except TypeError:
            raise self._no_number({"cid": cid, "phase": phase, "status": status}) from None
        return Dw3Value(self._wait(mask, bits, timeout))


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
        Child("dw0", 0x0, Dw0),
        Child("dw2", 0x8, Dw2),
        Child("dw3", 0xC, Dw3),
    )
    dw0: Dw0
    dw2: Dw2
    dw3: Dw3


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


class Cap(Register):
    """Controller capabilities."""
    __slots__ = ()
    Value = CapValue
    WIDTH = 64

    def read(self) -> CapValue:
        return CapValue(self._load())

    def wait(self, *, mqes: int | None = None, cqr: bool | None = None, ams: int | None = None, to: int | None = None, dstrd: int | None = None, nssrs: bool | None = None, css: int | None = None, mpsmin: int | None = None, mpsmax: int | None = None, timeout: int) -> CapValue:
        mask = bits = 0
        try:
            if mqes is not None:
                if mqes >> 16:
                    raise self._field("mqes", mqes)
                mask |= 0xFFFF
                bits |= mqes
            if cqr is not None:
                if cqr >> 1:
                    raise self._field("cqr", cqr)
                mask |= 0x10000
                bits |= cqr << 16
            if ams is not None:
                if ams >> 2:
                    raise self._field("ams", ams)
                mask |= 0x60000
                bits |= ams << 17
            if to is not None:
                if to >> 8:
                    raise self._field("to", to)
                mask |= 0xFF000000
                bits |= to << 24
            if dstrd is not None:
                if dstrd >> 4:
                    raise self._field("dstrd", dstrd)
                mask |= 0xF00000000
                bits |= dstrd << 32
            if nssrs is not None:
                if nssrs >> 1:
                    raise self._field("nssrs", nssrs)
                mask |= 0x1000000000
                bits |= nssrs << 36
            if css is not None:
                if css >> 8:
                    raise self._field("css", css)
                mask |= 0x1FE000000000
                bits |= css << 37
            if mpsmin is not None:
                if mpsmin >> 4:
                    raise self._field("mpsmin", mpsmin)
                mask |= 0xF000000000000
                bits |= mpsmin << 48
            if mpsmax is not None:
                if mpsmax >> 4:
                    raise self._field("mpsmax", mpsmax)
                mask |= 0xF0000000000000
                bits |= mpsmax << 52
        except TypeError:
            raise self._no_number({"mqes": mqes, "cqr": cqr, "ams": ams, "to": to, "dstrd": dstrd, "nssrs": nssrs, "css": css, "mpsmin": mpsmin, "mpsmax": mpsmax}) from None
        return CapValue(self._wait(mask, bits, timeout))


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


class Vs(Register):
    """Version."""
    __slots__ = ()
    Value = VsValue

    def read(self) -> VsValue:
        return VsValue(self.bus.read(self.address))

    def wait(self, *, ter: int | None = None, mnr: int | None = None, mjr: int | None = None, timeout: int) -> VsValue:
        mask = bits = 0
        try:
            if ter is not None:
                if ter >> 8:
                    raise self._field("ter", ter)
                mask |= 0xFF
                bits |= ter
            if mnr is not None:
                if mnr >> 8:
                    raise self._field("mnr", mnr)
                mask |= 0xFF00
                bits |= mnr << 8
            if mjr is not None:
                if mjr >> 16:
                    raise self._field("mjr", mjr)
                mask |= 0xFFFF0000
                bits |= mjr << 16
        except TypeError:
            raise self._no_number({"ter": ter, "mnr": mnr, "mjr": mjr}) from None
        return VsValue(self._wait(mask, bits, timeout))


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


class Intms(Register):
    """Interrupt mask set."""
    __slots__ = ()
    Value = IntmsValue

    def read(self) -> IntmsValue:
        return IntmsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ivms: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if ivms is not None:
                if ivms >> 32:
                    raise self._field("ivms", ivms)
                value = ivms
        except TypeError:
            raise self._no_number({"": value, "ivms": ivms}) from None
        self.bus.write(self.address, value)

    def set(self, value: int = 0, /, *, ivms: int = 0) -> None:
        """Set the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0xFFFFFFFF
            if ivms:
                if ivms >> 32:
                    raise self._field("ivms", ivms)
                bits |= ivms
        except TypeError:
            raise self._no_number({"": value, "ivms": ivms}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, ivms: int | None = None, timeout: int) -> IntmsValue:
        mask = bits = 0
        try:
            if ivms is not None:
                if ivms >> 32:
                    raise self._field("ivms", ivms)
                mask |= 0xFFFFFFFF
                bits |= ivms
        except TypeError:
            raise self._no_number({"ivms": ivms}) from None
        return IntmsValue(self._wait(mask, bits, timeout))


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


class Intmc(Register):
    """Interrupt mask clear."""
    __slots__ = ()
    Value = IntmcValue

    def read(self) -> IntmcValue:
        return IntmcValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ivmc: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if ivmc is not None:
                if ivmc >> 32:
                    raise self._field("ivmc", ivmc)
                value = ivmc
        except TypeError:
            raise self._no_number({"": value, "ivmc": ivmc}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, ivmc: int = 0) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0xFFFFFFFF
            if ivmc:
                if ivmc >> 32:
                    raise self._field("ivmc", ivmc)
                bits |= ivmc
        except TypeError:
            raise self._no_number({"": value, "ivmc": ivmc}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, ivmc: int | None = None, timeout: int) -> IntmcValue:
        mask = bits = 0
        try:
            if ivmc is not None:
                if ivmc >> 32:
                    raise self._field("ivmc", ivmc)
                mask |= 0xFFFFFFFF
                bits |= ivmc
        except TypeError:
            raise self._no_number({"ivmc": ivmc}) from None
        return IntmcValue(self._wait(mask, bits, timeout))


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


class Cc(Register):
    """Controller configuration."""
    __slots__ = ()
    Value = CcValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CcValue:
        return CcValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, en: bool | None = None, css: int | None = None, mps: int | None = None, ams: int | None = None, shn: int | None = None, iosqes: int | None = None, iocqes: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                value = value & 0xFFFFFFFE | en
            if css is not None:
                if css >> 3:
                    raise self._field("css", css)
                value = value & 0xFFFFFF8F | css << 4
            if mps is not None:
                if mps >> 4:
                    raise self._field("mps", mps)
                value = value & 0xFFFFF87F | mps << 7
            if ams is not None:
                if ams >> 3:
                    raise self._field("ams", ams)
                value = value & 0xFFFFC7FF | ams << 11
            if shn is not None:
                if shn >> 2:
                    raise self._field("shn", shn)
                value = value & 0xFFFF3FFF | shn << 14
            if iosqes is not None:
                if iosqes >> 4:
                    raise self._field("iosqes", iosqes)
                value = value & 0xFFF0FFFF | iosqes << 16
            if iocqes is not None:
                if iocqes >> 4:
                    raise self._field("iocqes", iocqes)
                value = value & 0xFF0FFFFF | iocqes << 20
        except TypeError:
            raise self._no_number({"": value, "en": en, "css": css, "mps": mps, "ams": ams, "shn": shn, "iosqes": iosqes, "iocqes": iocqes}) from None
        self.bus.write(self.address, value)

    def modify(self, *, en: bool | None = None, css: int | None = None, mps: int | None = None, ams: int | None = None, shn: int | None = None, iosqes: int | None = None, iocqes: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                keep ^= 0x1
                bits |= en
            if css is not None:
                if css >> 3:
                    raise self._field("css", css)
                keep ^= 0x70
                bits |= css << 4
            if mps is not None:
                if mps >> 4:
                    raise self._field("mps", mps)
                keep ^= 0x780
                bits |= mps << 7
            if ams is not None:
                if ams >> 3:
                    raise self._field("ams", ams)
                keep ^= 0x3800
                bits |= ams << 11
            if shn is not None:
                if shn >> 2:
                    raise self._field("shn", shn)
                keep ^= 0xC000
                bits |= shn << 14
            if iosqes is not None:
                if iosqes >> 4:
                    raise self._field("iosqes", iosqes)
                keep ^= 0xF0000
                bits |= iosqes << 16
            if iocqes is not None:
                if iocqes >> 4:
                    raise self._field("iocqes", iocqes)
                keep ^= 0xF00000
                bits |= iocqes << 20
        except TypeError:
            raise self._no_number({"en": en, "css": css, "mps": mps, "ams": ams, "shn": shn, "iosqes": iosqes, "iocqes": iocqes}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, en: bool | None = None, css: int | None = None, mps: int | None = None, ams: int | None = None, shn: int | None = None, iosqes: int | None = None, iocqes: int | None = None, timeout: int) -> CcValue:
        mask = bits = 0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                mask |= 0x1
                bits |= en
            if css is not None:
                if css >> 3:
                    raise self._field("css", css)
                mask |= 0x70
                bits |= css << 4
            if mps is not None:
                if mps >> 4:
                    raise self._field("mps", mps)
                mask |= 0x780
                bits |= mps << 7
            if ams is not None:
                if ams >> 3:
                    raise self._field("ams", ams)
                mask |= 0x3800
                bits |= ams << 11
            if shn is not None:
                if shn >> 2:
                    raise self._field("shn", shn)
                mask |= 0xC000
                bits |= shn << 14
            if iosqes is not None:
                if iosqes >> 4:
                    raise self._field("iosqes", iosqes)
                mask |= 0xF0000
                bits |= iosqes << 16
            if iocqes is not None:
                if iocqes >> 4:
                    raise self._field("iocqes", iocqes)
                mask |= 0xF00000
                bits |= iocqes << 20
        except TypeError:
            raise self._no_number({"en": en, "css": css, "mps": mps, "ams": ams, "shn": shn, "iosqes": iosqes, "iocqes": iocqes}) from None
        return CcValue(self._wait(mask, bits, timeout))


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


class Csts(Register):
    """Controller status."""
    __slots__ = ()
    Value = CstsValue

    def read(self) -> CstsValue:
        return CstsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, nssro: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if nssro is not None:
                if nssro >> 1:
                    raise self._field("nssro", nssro)
                value = value & 0xFFFFFFEF | nssro << 4
        except TypeError:
            raise self._no_number({"": value, "nssro": nssro}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, nssro: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x10
            if nssro:
                if nssro >> 1:
                    raise self._field("nssro", nssro)
                bits |= nssro << 4
        except TypeError:
            raise self._no_number({"": value, "nssro": nssro}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, rdy: bool | None = None, cfs: bool | None = None, shst: int | None = None, nssro: bool | None = None, pp: bool | None = None, timeout: int) -> CstsValue:
        mask = bits = 0
        try:
            if rdy is not None:
                if rdy >> 1:
                    raise self._field("rdy", rdy)
                mask |= 0x1
                bits |= rdy
            if cfs is not None:
                if cfs >> 1:
                    raise self._field("cfs", cfs)
                mask |= 0x2
                bits |= cfs << 1
            if shst is not None:
                if shst >> 2:
                    raise self._field("shst", shst)
                mask |= 0xC
                bits |= shst << 2
            if nssro is not None:
                if nssro >> 1:
                    raise self._field("nssro", nssro)
                mask |= 0x10
                bits |= nssro << 4
            if pp is not None:
                if pp >> 1:
                    raise self._field("pp", pp)
                mask |= 0x20
                bits |= pp << 5
        except TypeError:
            raise self._no_number({"rdy": rdy, "cfs": cfs, "shst": shst, "nssro": nssro, "pp": pp}) from None
        return CstsValue(self._wait(mask, bits, timeout))


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


class Aqa(Register):
    """Admin queue attributes. Write only while disabled, as the two that follow."""
    __slots__ = ()
    Value = AqaValue

    def read(self) -> AqaValue:
        return AqaValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, asqs: int | None = None, acqs: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if asqs is not None:
                if asqs >> 12:
                    raise self._field("asqs", asqs)
                value = value & 0xFFFFF000 | asqs
            if acqs is not None:
                if acqs >> 12:
                    raise self._field("acqs", acqs)
                value = value & 0xF000FFFF | acqs << 16
        except TypeError:
            raise self._no_number({"": value, "asqs": asqs, "acqs": acqs}) from None
        self.bus.write(self.address, value)

    def modify(self, *, asqs: int | None = None, acqs: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if asqs is not None:
                if asqs >> 12:
                    raise self._field("asqs", asqs)
                keep ^= 0xFFF
                bits |= asqs
            if acqs is not None:
                if acqs >> 12:
                    raise self._field("acqs", acqs)
                keep ^= 0xFFF0000
                bits |= acqs << 16
        except TypeError:
            raise self._no_number({"asqs": asqs, "acqs": acqs}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, asqs: int | None = None, acqs: int | None = None, timeout: int) -> AqaValue:
        mask = bits = 0
        try:
            if asqs is not None:
                if asqs >> 12:
                    raise self._field("asqs", asqs)
                mask |= 0xFFF
                bits |= asqs
            if acqs is not None:
                if acqs >> 12:
                    raise self._field("acqs", acqs)
                mask |= 0xFFF0000
                bits |= acqs << 16
        except TypeError:
            raise self._no_number({"asqs": asqs, "acqs": acqs}) from None
        return AqaValue(self._wait(mask, bits, timeout))


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


class Asq(Register):
    """Admin submission queue base address, on a page."""
    __slots__ = ()
    Value = AsqValue
    WIDTH = 64

    def read(self) -> AsqValue:
        return AsqValue(self._load())

    def write(self, value: int = 0x0, /, *, asqb: int | None = None) -> None:
        try:
            if value >> 64:
                raise self._whole(value)
            if asqb is not None:
                if asqb >> 52:
                    raise self._field("asqb", asqb)
                value = value & 0xFFF | asqb << 12
        except TypeError:
            raise self._no_number({"": value, "asqb": asqb}) from None
        self._store(value)

    def modify(self, *, asqb: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if asqb is not None:
                if asqb >> 52:
                    raise self._field("asqb", asqb)
                keep ^= 0xFFFFFFFFFFFFF000
                bits |= asqb << 12
        except TypeError:
            raise self._no_number({"asqb": asqb}) from None
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, asqb: int | None = None, timeout: int) -> AsqValue:
        mask = bits = 0
        try:
            if asqb is not None:
                if asqb >> 52:
                    raise self._field("asqb", asqb)
                mask |= 0xFFFFFFFFFFFFF000
                bits |= asqb << 12
        except TypeError:
            raise self._no_number({"asqb": asqb}) from None
        return AsqValue(self._wait(mask, bits, timeout))


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


class Acq(Register):
    """Admin completion queue base address, on a page."""
    __slots__ = ()
    Value = AcqValue
    WIDTH = 64

    def read(self) -> AcqValue:
        return AcqValue(self._load())

    def write(self, value: int = 0x0, /, *, acqb: int | None = None) -> None:
        try:
            if value >> 64:
                raise self._whole(value)
            if acqb is not None:
                if acqb >> 52:
                    raise self._field("acqb", acqb)
                value = value & 0xFFF | acqb << 12
        except TypeError:
            raise self._no_number({"": value, "acqb": acqb}) from None
        self._store(value)

    def modify(self, *, acqb: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if acqb is not None:
                if acqb >> 52:
                    raise self._field("acqb", acqb)
                keep ^= 0xFFFFFFFFFFFFF000
                bits |= acqb << 12
        except TypeError:
            raise self._no_number({"acqb": acqb}) from None
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, acqb: int | None = None, timeout: int) -> AcqValue:
        mask = bits = 0
        try:
            if acqb is not None:
                if acqb >> 52:
                    raise self._field("acqb", acqb)
                mask |= 0xFFFFFFFFFFFFF000
                bits |= acqb << 12
        except TypeError:
            raise self._no_number({"acqb": acqb}) from None
        return AcqValue(self._wait(mask, bits, timeout))


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
            if value >> 32:
                raise self._whole(value)
            if sqt is not None:
                if sqt >> 16:
                    raise self._field("sqt", sqt)
                value = value & 0xFFFF0000 | sqt
        except TypeError:
            raise self._no_number({"": value, "sqt": sqt}) from None
        self.bus.write(self.address, value)


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
            if value >> 32:
                raise self._whole(value)
            if cqh is not None:
                if cqh >> 16:
                    raise self._field("cqh", cqh)
                value = value & 0xFFFF0000 | cqh
        except TypeError:
            raise self._no_number({"": value, "cqh": cqh}) from None
        self.bus.write(self.address, value)


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
