"""The wiring of the FU540's clocks: an oscillator, three PLLs, and what takes their outputs."""

from __future__ import annotations

from bedplate.block import Tenant, source
from bedplate.bus import Bus, Canary
from bedplate.chips.sifive_u.driver import Clkgate, Coreclk, Wrpll, WrpllConfig, Xosc
from bedplate.chips.sifive_u.regs import SifiveURegs
from bedplate.converge import Chip

RESET_VECTOR = 0x1004
"""Its first instruction: on this chip and on its model never all zeros or ones, whatever the boot mode."""

CORE = WrpllConfig(divr=0, divf=59, divq=2, range=4)  # 1000 MHz
DDR = WrpllConfig(divr=0, divf=55, divq=2, range=4)  # 933 MHz
GEM = WrpllConfig(divr=0, divf=59, divq=5, range=4)  # 125 MHz


class SifiveU(Chip):
    """Clocks of the FU540-C000."""

    name = "sifive_u"
    canary = Canary(RESET_VECTOR)
    tenant = Tenant.IDLE  # nobody works here but who converges it: the chip has no word for workloads

    def wire(self, bus: Bus) -> None:
        regs = SifiveURegs(bus)
        self.xosc = Xosc(regs.xosc, None)
        self.core_pll = Wrpll(regs.core_pll, CORE, source(self.xosc))
        self.ddr_pll = Wrpll(regs.ddr_pll, DDR, source(self.xosc))
        self.gem_pll = Wrpll(regs.gem_pll, GEM, source(self.xosc))
        self.coreclk = Coreclk(regs.coreclk, None, source(self.core_pll))
        self.ddr_gate = Clkgate(regs.ddr_gate, None, source(self.ddr_pll))
        self.gem_gate = Clkgate(regs.gem_gate, None, source(self.gem_pll))
