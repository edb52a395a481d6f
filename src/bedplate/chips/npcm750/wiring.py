"""The wiring of the NPCM750: its identity, its four PLLs, and the clock sources, which need them locked."""

from __future__ import annotations

from bedplate.block import Tenant, source
from bedplate.bus import Bus, Canary
from bedplate.chips.npcm750.driver import Clksel, ClkselConfig, Gcr, Pll, PllConfig
from bedplate.chips.npcm750.regs import Npcm750Regs, SourceE
from bedplate.converge import Chip

PDID = 0xF080_0000

PLL0 = PllConfig(indv=1, fbdv=40, otdv1=1, otdv2=1)  # 1000 MHz
PLL1 = PllConfig(indv=1, fbdv=32, otdv1=1, otdv2=1)  # 800 MHz
PLL2 = PllConfig(indv=5, fbdv=192, otdv1=1, otdv2=1)  # 960 MHz
PLLG = PllConfig(indv=6, fbdv=290, otdv1=6, otdv2=4)  # 50 MHz
SOURCES = ClkselConfig(cpu=SourceE.PLL1, sd=SourceE.PLL0, uart=SourceE.PLL2_DIV2, timer=SourceE.REFCLK)


class Npcm750(Chip):
    """Identity and clock generator of the NPCM750."""

    name = "npcm750"
    canary = Canary(PDID, 0x04A9_2750)
    tenant = Tenant.IDLE  # nobody works here but who converges it: the chip has no word for workloads

    def wire(self, bus: Bus) -> None:
        regs = Npcm750Regs(bus)
        self.gcr = Gcr(regs.gcr, None)
        self.pll0 = Pll(regs.pll0, PLL0)
        self.pll1 = Pll(regs.pll1, PLL1)
        self.pll2 = Pll(regs.pll2, PLL2)
        self.pllg = Pll(regs.pllg, PLLG)
        self.clksel = Clksel(regs.clksel, SOURCES, source(self.pll0), source(self.pll1), source(self.pll2))
