# Generated from sifive_u.rdl by `bedplate gen`; do not edit. Digest of the description: 509c2596bba160bf.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    RegisterBlock,
    Value,
)


class HfxosccfgValue(Value):
    """Crystal oscillator configuration."""
    __slots__ = ()
    NAME = "hfxosccfg"
    FIELDS = (
        Field("en", 30, 1, reset=1, effect=Effect.STOPS_TRAFFIC),
        Field("rdy", 31, 1, sw="r", hw="w"),
    )

    @property
    def en(self) -> bool:
        """Crystal driver enabled; bit 30, rw."""
        return (self & 0x40000000) != 0

    @property
    def rdy(self) -> bool:
        """Crystal output ready; bit 31, r."""
        return (self & 0x80000000) != 0


class Hfxosccfg(ReadableRegister):
    """Crystal oscillator configuration."""
    __slots__ = ()
    Value = HfxosccfgValue

    def read(self) -> HfxosccfgValue:
        return HfxosccfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x40000000, /, *, en: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if en is not None: word = word & 0xBFFFFFFF | en << 30; over |= en >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, en=en)
        self.bus.write(self.address, word)

    def modify(self, *, en: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if en is not None: keep ^= 0x40000000; bits |= en << 30; over |= en >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", en=en)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, en: bool = ..., rdy: bool = ..., timeout: int) -> HfxosccfgValue: ...


class XoscRegs(RegisterBlock):
    """The 33.33 MHz crystal oscillator, reference of all PLLs."""
    __slots__ = (
        "hfxosccfg",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("hfxosccfg", 0x0, Hfxosccfg),
    )
    hfxosccfg: Hfxosccfg


class Pllcfg0Value(Value):
    """PLL configuration."""
    __slots__ = ()
    NAME = "pllcfg0"
    FIELDS = (
        Field("divr", 0, 6, reset=1),
        Field("divf", 6, 9, reset=0x1F),
        Field("divq", 15, 3, reset=3),
        Field("range", 18, 3),
        Field("bypass", 24, 1, reset=1),
        Field("fse", 25, 1, reset=1),
        Field("lock", 31, 1, sw="r", hw="w"),
    )

    @property
    def divr(self) -> int:
        """Reference divider less one; bits 5:0, rw."""
        return self & 0x3F

    @property
    def divf(self) -> int:
        """Feedback divider less one, counted in twos; bits 14:6, rw."""
        return self >> 6 & 0x1FF

    @property
    def divq(self) -> int:
        """Output divider, as a power of two: 1 to 6; bits 17:15, rw."""
        return self >> 15 & 0x7

    @property
    def range(self) -> int:
        """Loop filter, by the divided reference: 4 for 33 MHz; bits 20:18, rw."""
        return self >> 18 & 0x7

    @property
    def bypass(self) -> bool:
        """Output taken from the reference; bit 24, rw."""
        return (self & 0x1000000) != 0

    @property
    def fse(self) -> bool:
        """Internal feedback; has to be 1; bit 25, rw."""
        return (self & 0x2000000) != 0

    @property
    def lock(self) -> bool:
        """Locked, now; bit 31, r."""
        return (self & 0x80000000) != 0


class Pllcfg0(ReadableRegister):
    """PLL configuration."""
    __slots__ = ()
    Value = Pllcfg0Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Pllcfg0Value:
        return Pllcfg0Value(self.bus.read(self.address))

    def write(self, value: int = 0x30187C1, /, *, divr: int | None = None, divf: int | None = None, divq: int | None = None, range: int | None = None, bypass: bool | None = None, fse: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if divr is not None: word = word & 0xFFFFFFC0 | divr; over |= divr >> 6
            if divf is not None: word = word & 0xFFFF803F | divf << 6; over |= divf >> 9
            if divq is not None: word = word & 0xFFFC7FFF | divq << 15; over |= divq >> 3
            if range is not None: word = word & 0xFFE3FFFF | range << 18; over |= range >> 3
            if bypass is not None: word = word & 0xFEFFFFFF | bypass << 24; over |= bypass >> 1
            if fse is not None: word = word & 0xFDFFFFFF | fse << 25; over |= fse >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, divr=divr, divf=divf, divq=divq, range=range, bypass=bypass, fse=fse)
        self.bus.write(self.address, word)

    def modify(self, *, divr: int | None = None, divf: int | None = None, divq: int | None = None, range: int | None = None, bypass: bool | None = None, fse: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if divr is not None: keep ^= 0x3F; bits |= divr; over |= divr >> 6
            if divf is not None: keep ^= 0x7FC0; bits |= divf << 6; over |= divf >> 9
            if divq is not None: keep ^= 0x38000; bits |= divq << 15; over |= divq >> 3
            if range is not None: keep ^= 0x1C0000; bits |= range << 18; over |= range >> 3
            if bypass is not None: keep ^= 0x1000000; bits |= bypass << 24; over |= bypass >> 1
            if fse is not None: keep ^= 0x2000000; bits |= fse << 25; over |= fse >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", divr=divr, divf=divf, divq=divq, range=range, bypass=bypass, fse=fse)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, divr: int = ..., divf: int = ..., divq: int = ..., range: int = ..., bypass: bool = ..., fse: bool = ..., lock: bool = ..., timeout: int) -> Pllcfg0Value: ...


class WrpllRegs(RegisterBlock):
    """One PLL: fout = 33.33 MHz / (divr + 1) * 2 * (divf + 1) / 2^divq, its VCO between 2400 and 4800 MHz."""
    __slots__ = (
        "pllcfg0",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("pllcfg0", 0x0, Pllcfg0),
    )
    pllcfg0: Pllcfg0


class Pllcfg1Value(Value):
    """PLL output."""
    __slots__ = ()
    NAME = "pllcfg1"
    FIELDS = (
        Field("cke", 31, 1),
    )

    @property
    def cke(self) -> bool:
        """Clock enabled: the output of the PLL goes to its users; bit 31, rw."""
        return (self & 0x80000000) != 0


class Pllcfg1(ReadableRegister):
    """PLL output."""
    __slots__ = ()
    Value = Pllcfg1Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Pllcfg1Value:
        return Pllcfg1Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cke: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if cke is not None: word = word & 0x7FFFFFFF | cke << 31; over |= cke >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, cke=cke)
        self.bus.write(self.address, word)

    def modify(self, *, cke: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if cke is not None: keep ^= 0x80000000; bits |= cke << 31; over |= cke >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", cke=cke)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, cke: bool = ..., timeout: int) -> Pllcfg1Value: ...


class ClkgateRegs(RegisterBlock):
    """The gate behind a PLL."""
    __slots__ = (
        "pllcfg1",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("pllcfg1", 0x0, Pllcfg1),
    )
    pllcfg1: Pllcfg1


class CoreclkselValue(Value):
    """Core clock selection."""
    __slots__ = ()
    NAME = "coreclksel"
    FIELDS = (
        Field("hfclk", 0, 1, reset=1),
    )

    @property
    def hfclk(self) -> bool:
        """1: the crystal oscillator; 0: the core PLL; bit 0, rw."""
        return (self & 0x1) != 0


class Coreclksel(ReadableRegister):
    """Core clock selection."""
    __slots__ = ()
    Value = CoreclkselValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CoreclkselValue:
        return CoreclkselValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, hfclk: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if hfclk is not None: word = word & 0xFFFFFFFE | hfclk; over |= hfclk >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, hfclk=hfclk)
        self.bus.write(self.address, word)

    def modify(self, *, hfclk: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if hfclk is not None: keep ^= 0x1; bits |= hfclk; over |= hfclk >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", hfclk=hfclk)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, hfclk: bool = ..., timeout: int) -> CoreclkselValue: ...


class CoreclkRegs(RegisterBlock):
    """The source of the core clock."""
    __slots__ = (
        "coreclksel",
    )
    SIZE = 0x4
    CHILDREN = (
        Child("coreclksel", 0x0, Coreclksel),
    )
    coreclksel: Coreclksel


class SifiveURegs(RegisterBlock):
    """SiFive FU540
    Clock part of the PRCI block of the FU540-C000.
    """
    __slots__ = (
        "xosc",
        "core_pll",
        "ddr_pll",
        "ddr_gate",
        "gem_pll",
        "gem_gate",
        "coreclk",
    )
    SIZE = 0x10000028
    CHILDREN = (
        Child("xosc", 0x10000000, XoscRegs),
        Child("core_pll", 0x10000004, WrpllRegs),
        Child("ddr_pll", 0x1000000C, WrpllRegs),
        Child("ddr_gate", 0x10000010, ClkgateRegs),
        Child("gem_pll", 0x1000001C, WrpllRegs),
        Child("gem_gate", 0x10000020, ClkgateRegs),
        Child("coreclk", 0x10000024, CoreclkRegs),
    )
    xosc: XoscRegs
    core_pll: WrpllRegs
    ddr_pll: WrpllRegs
    ddr_gate: ClkgateRegs
    gem_pll: WrpllRegs
    gem_gate: ClkgateRegs
    coreclk: CoreclkRegs
