# Generated from sifive_u.rdl by `bedplate gen`; do not edit. Digest of the description: 820ce7e85c8937bd.
# fmt: off

from __future__ import annotations

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Register,
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


class Hfxosccfg(Register):
    """Crystal oscillator configuration."""
    __slots__ = ()
    Value = HfxosccfgValue

    def read(self) -> HfxosccfgValue:
        return HfxosccfgValue(self.bus.read(self.address))

    def write(self, value: int = 0x40000000, /, *, en: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                value = value & 0xBFFFFFFF | en << 30
        except TypeError:
            raise self._no_number({"": value, "en": en}) from None
        self.bus.write(self.address, value)

    def modify(self, *, en: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                keep ^= 0x40000000
                bits |= en << 30
        except TypeError:
            raise self._no_number({"en": en}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, en: bool | None = None, rdy: bool | None = None, timeout: int) -> HfxosccfgValue:
        mask = bits = 0
        try:
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                mask |= 0x40000000
                bits |= en << 30
            if rdy is not None:
                if rdy >> 1:
                    raise self._field("rdy", rdy)
                mask |= 0x80000000
                bits |= rdy << 31
        except TypeError:
            raise self._no_number({"en": en, "rdy": rdy}) from None
        return HfxosccfgValue(self._wait(mask, bits, timeout))


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


class Pllcfg0(Register):
    """PLL configuration."""
    __slots__ = ()
    Value = Pllcfg0Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Pllcfg0Value:
        return Pllcfg0Value(self.bus.read(self.address))

    def write(self, value: int = 0x30187C1, /, *, divr: int | None = None, divf: int | None = None, divq: int | None = None, range: int | None = None, bypass: bool | None = None, fse: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if divr is not None:
                if divr >> 6:
                    raise self._field("divr", divr)
                value = value & 0xFFFFFFC0 | divr
            if divf is not None:
                if divf >> 9:
                    raise self._field("divf", divf)
                value = value & 0xFFFF803F | divf << 6
            if divq is not None:
                if divq >> 3:
                    raise self._field("divq", divq)
                value = value & 0xFFFC7FFF | divq << 15
            if range is not None:
                if range >> 3:
                    raise self._field("range", range)
                value = value & 0xFFE3FFFF | range << 18
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                value = value & 0xFEFFFFFF | bypass << 24
            if fse is not None:
                if fse >> 1:
                    raise self._field("fse", fse)
                value = value & 0xFDFFFFFF | fse << 25
        except TypeError:
            raise self._no_number({"": value, "divr": divr, "divf": divf, "divq": divq, "range": range, "bypass": bypass, "fse": fse}) from None
        self.bus.write(self.address, value)

    def modify(self, *, divr: int | None = None, divf: int | None = None, divq: int | None = None, range: int | None = None, bypass: bool | None = None, fse: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if divr is not None:
                if divr >> 6:
                    raise self._field("divr", divr)
                keep ^= 0x3F
                bits |= divr
            if divf is not None:
                if divf >> 9:
                    raise self._field("divf", divf)
                keep ^= 0x7FC0
                bits |= divf << 6
            if divq is not None:
                if divq >> 3:
                    raise self._field("divq", divq)
                keep ^= 0x38000
                bits |= divq << 15
            if range is not None:
                if range >> 3:
                    raise self._field("range", range)
                keep ^= 0x1C0000
                bits |= range << 18
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                keep ^= 0x1000000
                bits |= bypass << 24
            if fse is not None:
                if fse >> 1:
                    raise self._field("fse", fse)
                keep ^= 0x2000000
                bits |= fse << 25
        except TypeError:
            raise self._no_number({"divr": divr, "divf": divf, "divq": divq, "range": range, "bypass": bypass, "fse": fse}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, divr: int | None = None, divf: int | None = None, divq: int | None = None, range: int | None = None, bypass: bool | None = None, fse: bool | None = None, lock: bool | None = None, timeout: int) -> Pllcfg0Value:
        mask = bits = 0
        try:
            if divr is not None:
                if divr >> 6:
                    raise self._field("divr", divr)
                mask |= 0x3F
                bits |= divr
            if divf is not None:
                if divf >> 9:
                    raise self._field("divf", divf)
                mask |= 0x7FC0
                bits |= divf << 6
            if divq is not None:
                if divq >> 3:
                    raise self._field("divq", divq)
                mask |= 0x38000
                bits |= divq << 15
            if range is not None:
                if range >> 3:
                    raise self._field("range", range)
                mask |= 0x1C0000
                bits |= range << 18
            if bypass is not None:
                if bypass >> 1:
                    raise self._field("bypass", bypass)
                mask |= 0x1000000
                bits |= bypass << 24
            if fse is not None:
                if fse >> 1:
                    raise self._field("fse", fse)
                mask |= 0x2000000
                bits |= fse << 25
            if lock is not None:
                if lock >> 1:
                    raise self._field("lock", lock)
                mask |= 0x80000000
                bits |= lock << 31
        except TypeError:
            raise self._no_number({"divr": divr, "divf": divf, "divq": divq, "range": range, "bypass": bypass, "fse": fse, "lock": lock}) from None
        return Pllcfg0Value(self._wait(mask, bits, timeout))


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


class Pllcfg1(Register):
    """PLL output."""
    __slots__ = ()
    Value = Pllcfg1Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Pllcfg1Value:
        return Pllcfg1Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, cke: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if cke is not None:
                if cke >> 1:
                    raise self._field("cke", cke)
                value = value & 0x7FFFFFFF | cke << 31
        except TypeError:
            raise self._no_number({"": value, "cke": cke}) from None
        self.bus.write(self.address, value)

    def modify(self, *, cke: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if cke is not None:
                if cke >> 1:
                    raise self._field("cke", cke)
                keep ^= 0x80000000
                bits |= cke << 31
        except TypeError:
            raise self._no_number({"cke": cke}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, cke: bool | None = None, timeout: int) -> Pllcfg1Value:
        mask = bits = 0
        try:
            if cke is not None:
                if cke >> 1:
                    raise self._field("cke", cke)
                mask |= 0x80000000
                bits |= cke << 31
        except TypeError:
            raise self._no_number({"cke": cke}) from None
        return Pllcfg1Value(self._wait(mask, bits, timeout))


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


class Coreclksel(Register):
    """Core clock selection."""
    __slots__ = ()
    Value = CoreclkselValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CoreclkselValue:
        return CoreclkselValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, hfclk: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if hfclk is not None:
                if hfclk >> 1:
                    raise self._field("hfclk", hfclk)
                value = value & 0xFFFFFFFE | hfclk
        except TypeError:
            raise self._no_number({"": value, "hfclk": hfclk}) from None
        self.bus.write(self.address, value)

    def modify(self, *, hfclk: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if hfclk is not None:
                if hfclk >> 1:
                    raise self._field("hfclk", hfclk)
                keep ^= 0x1
                bits |= hfclk
        except TypeError:
            raise self._no_number({"hfclk": hfclk}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, hfclk: bool | None = None, timeout: int) -> CoreclkselValue:
        mask = bits = 0
        try:
            if hfclk is not None:
                if hfclk >> 1:
                    raise self._field("hfclk", hfclk)
                mask |= 0x1
                bits |= hfclk
        except TypeError:
            raise self._no_number({"hfclk": hfclk}) from None
        return CoreclkselValue(self._wait(mask, bits, timeout))


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
