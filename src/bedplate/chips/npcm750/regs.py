# Generated from npcm750.rdl by `bedplate gen`; do not edit. Digest of the description: b61c6f3d92a1f243.
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


class SourceE(IntEnum):
    PLL0 = 0
    PLL1 = 1
    REFCLK = 2
    """The 25 MHz reference."""
    PLL2_DIV2 = 3


_SOURCE_E = decoder(SourceE, 2)


class PdidValue(Value):
    """Product identity."""
    __slots__ = ()
    NAME = "pdid"
    FIELDS = (
        Field("chip", 0, 24, sw="r", hw="na", reset=0xA92750),
        Field("version", 24, 8, sw="r", hw="na", reset=4),
    )

    @property
    def chip(self) -> int:
        """0xA92750: an NPCM750; bits 23:0, r."""
        return self & 0xFFFFFF

    @property
    def version(self) -> int:
        """Silicon version: 0 is Z1, 3 is Z2, 4 is A1; bits 31:24, r."""
        return self >> 24 & 0xFF


class Pdid(ReadableRegister):
    """Product identity."""
    __slots__ = ()
    Value = PdidValue

    def read(self) -> PdidValue:
        return PdidValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, chip: int = ..., version: int = ..., timeout: int) -> PdidValue: ...


class GcrRegs(RegisterBlock):
    """Global control registers."""
    __slots__ = (
        "pdid",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("pdid", 0x0, Pdid),
    )
    pdid: Pdid


class ClkselValue(Value):
    """Clock sources. Bits without a field select sources of units that are not described here."""
    __slots__ = ()
    NAME = "clksel"
    FIELDS = (
        Field("cpucksel", 0, 2, reset=2, enum=SourceE),
        Field("sdcksel", 6, 2, reset=2, enum=SourceE),
        Field("uartcksel", 8, 2, reset=2, enum=SourceE),
        Field("timcksel", 14, 2, reset=2, enum=SourceE),
    )

    @property
    def cpucksel(self) -> SourceE:
        """CPU clock. PLL2 cannot be its source; bits 1:0, rw."""
        return _SOURCE_E[self & 0x3]

    @property
    def sdcksel(self) -> SourceE:
        """SD and MMC host clock; bits 7:6, rw."""
        return _SOURCE_E[self >> 6 & 0x3]

    @property
    def uartcksel(self) -> SourceE:
        """UART clock; bits 9:8, rw."""
        return _SOURCE_E[self >> 8 & 0x3]

    @property
    def timcksel(self) -> SourceE:
        """Timer clock; bits 15:14, rw."""
        return _SOURCE_E[self >> 14 & 0x3]


class Clksel(ReadableRegister):
    """Clock sources. Bits without a field select sources of units that are not described here."""
    __slots__ = ()
    Value = ClkselValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> ClkselValue:
        return ClkselValue(self.bus.read(self.address))

    def write(self, value: int = 0x8282, /, *, cpucksel: SourceE | None = None, sdcksel: SourceE | None = None, uartcksel: SourceE | None = None, timcksel: SourceE | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cpucksel is not None: word = word & 0xFFFFFFFC | cpucksel; over |= cpucksel >> 2
            if sdcksel is not None: word = word & 0xFFFFFF3F | sdcksel << 6; over |= sdcksel >> 2
            if uartcksel is not None: word = word & 0xFFFFFCFF | uartcksel << 8; over |= uartcksel >> 2
            if timcksel is not None: word = word & 0xFFFF3FFF | timcksel << 14; over |= timcksel >> 2
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cpucksel=cpucksel, sdcksel=sdcksel, uartcksel=uartcksel, timcksel=timcksel)
        self.bus.write(self.address, word)

    def modify(self, *, cpucksel: SourceE | None = None, sdcksel: SourceE | None = None, uartcksel: SourceE | None = None, timcksel: SourceE | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if cpucksel is not None: keep ^= 0x3; bits |= cpucksel; over |= cpucksel >> 2
            if sdcksel is not None: keep ^= 0xC0; bits |= sdcksel << 6; over |= sdcksel >> 2
            if uartcksel is not None: keep ^= 0x300; bits |= uartcksel << 8; over |= uartcksel >> 2
            if timcksel is not None: keep ^= 0xC000; bits |= timcksel << 14; over |= timcksel >> 2
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", cpucksel=cpucksel, sdcksel=sdcksel, uartcksel=uartcksel, timcksel=timcksel)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, cpucksel: SourceE = ..., sdcksel: SourceE = ..., uartcksel: SourceE = ..., timcksel: SourceE = ..., timeout: int) -> ClkselValue: ...


class ClkselRegs(RegisterBlock):
    """Where the clocks of the chip come from."""
    __slots__ = (
        "clksel",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("clksel", 0x0, Clksel),
    )
    clksel: Clksel


class PllconValue(Value):
    """PLL control."""
    __slots__ = ()
    NAME = "pllcon"
    FIELDS = (
        Field("indv", 0, 6, reset=1),
        Field("otdv1", 8, 3, reset=1),
        Field("pwden", 12, 1),
        Field("otdv2", 13, 3, reset=1),
        Field("fbdv", 16, 12),
        Field("loks", 30, 1, onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("loki", 31, 1, sw="r", hw="w", reset=1),
    )

    @property
    def indv(self) -> int:
        """Input divider, 1 to 63; bits 5:0, rw."""
        return self & 0x3F

    @property
    def otdv1(self) -> int:
        """Output divider 1, 1 to 7; bits 10:8, rw."""
        return self >> 8 & 0x7

    @property
    def pwden(self) -> bool:
        """Powered down; lock is lost; bit 12, rw."""
        return (self & 0x1000) != 0

    @property
    def otdv2(self) -> int:
        """Output divider 2, 1 to 7; bits 15:13, rw."""
        return self >> 13 & 0x7

    @property
    def fbdv(self) -> int:
        """Feedback divider, 1 to 4095; bits 27:16, rw."""
        return self >> 16 & 0xFFF

    @property
    def loks(self) -> bool:
        """Lock was lost since this was cleared; bit 30, rw, woclr."""
        return (self & 0x40000000) != 0

    @property
    def loki(self) -> bool:
        """Locked, now; bit 31, r."""
        return (self & 0x80000000) != 0


class Pllcon(ReadableRegister):
    """PLL control."""
    __slots__ = ()
    Value = PllconValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> PllconValue:
        return PllconValue(self.bus.read(self.address))

    def write(self, value: int = 0x2101, /, *, indv: int | None = None, otdv1: int | None = None, pwden: bool | None = None, otdv2: int | None = None, fbdv: int | None = None, loks: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if indv is not None: word = word & 0xFFFFFFC0 | indv; over |= indv >> 6
            if otdv1 is not None: word = word & 0xFFFFF8FF | otdv1 << 8; over |= otdv1 >> 3
            if pwden is not None: word = word & 0xFFFFEFFF | pwden << 12; over |= pwden >> 1
            if otdv2 is not None: word = word & 0xFFFF1FFF | otdv2 << 13; over |= otdv2 >> 3
            if fbdv is not None: word = word & 0xF000FFFF | fbdv << 16; over |= fbdv >> 12
            if loks is not None: word = word & 0xBFFFFFFF | loks << 30; over |= loks >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, indv=indv, otdv1=otdv1, pwden=pwden, otdv2=otdv2, fbdv=fbdv, loks=loks)
        self.bus.write(self.address, word)

    def modify(self, *, indv: int | None = None, otdv1: int | None = None, pwden: bool | None = None, otdv2: int | None = None, fbdv: int | None = None) -> None:
        try:
            keep, bits, over = 0xBFFFFFFF, 0x0, 0
            if indv is not None: keep ^= 0x3F; bits |= indv; over |= indv >> 6
            if otdv1 is not None: keep ^= 0x700; bits |= otdv1 << 8; over |= otdv1 >> 3
            if pwden is not None: keep ^= 0x1000; bits |= pwden << 12; over |= pwden >> 1
            if otdv2 is not None: keep ^= 0xE000; bits |= otdv2 << 13; over |= otdv2 >> 3
            if fbdv is not None: keep ^= 0xFFF0000; bits |= fbdv << 16; over |= fbdv >> 12
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", indv=indv, otdv1=otdv1, pwden=pwden, otdv2=otdv2, fbdv=fbdv)
        if keep != 0xBFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def clear(self, value: int = 0, /, *, loks: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One read, one write; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x40000000
            if loks: bits |= loks << 30; over |= loks >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, loks=loks)
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0xBFFFFFFF | bits)

    if TYPE_CHECKING:
        def wait(self, *, indv: int = ..., otdv1: int = ..., pwden: bool = ..., otdv2: int = ..., fbdv: int = ..., loks: bool = ..., loki: bool = ..., timeout: int) -> PllconValue: ...


class ClkPllRegs(RegisterBlock):
    """One PLL: fout = 25 MHz * fbdv / (indv * otdv1 * otdv2)."""
    __slots__ = (
        "pllcon",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("pllcon", 0x0, Pllcon),
    )
    pllcon: Pllcon


class Npcm750Regs(RegisterBlock):
    """NPCM750
    Global control registers and clock generator of the NPCM750.
    """
    __slots__ = (
        "gcr",
        "clksel",
        "pll0",
        "pll1",
        "pll2",
        "pllg",
    )
    SIZE = 0xF0801064
    CHILDREN = (
        Child("gcr", 0xF0800000, GcrRegs),
        Child("clksel", 0xF0801004, ClkselRegs),
        Child("pll0", 0xF080100C, ClkPllRegs),
        Child("pll1", 0xF0801010, ClkPllRegs),
        Child("pll2", 0xF0801054, ClkPllRegs),
        Child("pllg", 0xF0801060, ClkPllRegs),
    )
    gcr: GcrRegs
    clksel: ClkselRegs
    pll0: ClkPllRegs
    pll1: ClkPllRegs
    pll2: ClkPllRegs
    pllg: ClkPllRegs
