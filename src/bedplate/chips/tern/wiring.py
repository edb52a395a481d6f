"""The wiring of Tern: which instances there are, and what each needs. Read it like a schematic.

Source: Tern data sheet, chapters instances, clocks, resets, power domains. Addresses are in `tern.rdl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from bedplate.block import digest_of, firmware, link, power, rail, source
from bedplate.bus import Bus, Canary
from bedplate.chips.tern import configuration as c
from bedplate.chips.tern.regs import ClkmgrsRegs, DieRegs, HbmRegs, PllsRegs, PpusRegs, PvtsRegs, TernRegs
from bedplate.converge import Chip
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.hbm_mc.driver import HbmMc
from bedplate.ip.hbm_phy.driver import HbmPhy
from bedplate.ip.hbm_stk.driver import HbmStk
from bedplate.ip.otp.driver import Otp
from bedplate.ip.pll.driver import Pll
from bedplate.ip.ppu.driver import INRUSH, Ppu
from bedplate.ip.pvt.driver import Pvt
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.rstmgr.driver import Rstmgr, epoch_by_line
from bedplate.ip.spi_br.driver import SpiBr
from bedplate.ip.sysid.driver import MAGIC, Sysid, SysidConfig
from bedplate.topology import Budget, Group, Harvest, Region

RESET_LINES = ("noc", "d2d", "se0", "se1", "hbm0_stk", "hbm0_phy", "hbm0_ctl", "hbm1_stk", "hbm1_phy", "hbm1_ctl")
ROOT_CLOCKS = ("sys", "noc", "hbm0", "hbm1", "d2d")
RAMPING_AT_ONCE = 2
"""Domains of one die that may ramp at the same time: inrush current."""
RAMPING_BORNE = 2
"""Domains of one die whose switches may ramp at the same time before its supply browns out, whatever the HAL believes."""
SERIAL = 0x5445_524E_0000_0001
"""Serial number in the fuses of the first die; the next ones follow."""


class Plls(Group):
    """The PLLs of a die, all in the always-on domain, on the 100 MHz reference."""

    def __init__(self, regs: PllsRegs, rails: Pwrmgr) -> None:
        self.sys = Pll(regs.sys, c.PLL_SYS, rail(rails))
        self.noc = Pll(regs.noc, c.PLL_NOC, rail(rails))
        self.se0 = Pll(regs.se0, c.PLL_SE, rail(rails))
        self.se1 = Pll(regs.se1, c.PLL_SE, rail(rails))
        self.hbm0 = Pll(regs.hbm0, c.PLL_HBM, rail(rails))
        self.hbm1 = Pll(regs.hbm1, c.PLL_HBM, rail(rails))
        self.d2d = Pll(regs.d2d, c.PLL_D2D, rail(rails))

    def hbm(self, stack: int) -> Pll:
        """The PLL of one stack."""
        return (self.hbm0, self.hbm1)[stack]


class Ppus(Group):
    """The switchable power domains of a die; the compute cores hang below their complex."""

    def __init__(self, regs: PpusRegs, rails: Pwrmgr) -> None:
        self.fab = Ppu(regs.fab, None, rail(rails))
        self.io = Ppu(regs.io, None, rail(rails))
        self.se0 = Ppu(regs.se0, None, rail(rails))
        self.se1 = Ppu(regs.se1, None, rail(rails))
        self.nc0 = Ppu(regs.nc0, None, rail(self.se0))
        self.nc1 = Ppu(regs.nc1, None, rail(self.se0))
        self.nc2 = Ppu(regs.nc2, None, rail(self.se1))
        self.nc3 = Ppu(regs.nc3, None, rail(self.se1))
        self.hbm0 = Ppu(regs.hbm0, None, rail(rails))
        self.hbm1 = Ppu(regs.hbm1, None, rail(rails))

    def hbm(self, stack: int) -> Ppu:
        """The domain of one stack."""
        return (self.hbm0, self.hbm1)[stack]


class Clkmgrs(Group):
    """Clock managers: the die's own is always on; those of the complexes live in their domains."""

    def __init__(self, regs: ClkmgrsRegs, pll: Plls, ppu: Ppus, rstmgr: Rstmgr) -> None:
        self.root = Clkmgr(regs.root, ROOT_CLOCKS, source(pll.sys))
        self.se0 = Clkmgr(regs.se0, ("se0",), power(ppu.se0), source(pll.se0), rstmgr.line("se0"))
        self.se1 = Clkmgr(regs.se1, ("se1",), power(ppu.se1), source(pll.se1), rstmgr.line("se1"))


class Pvts(Group):
    """Sensors; always on, calibrated from fuses."""

    def __init__(self, regs: PvtsRegs, otp: Otp) -> None:
        self.se0 = Pvt(regs.se0, c.PVT, firmware(otp))
        self.se1 = Pvt(regs.se1, c.PVT, firmware(otp))
        self.io = Pvt(regs.io, c.PVT, firmware(otp))


class Hbm(Group):
    """One HBM stack with its PHY and its four controllers, in a power domain, on a PLL and a clock root of its own."""

    def __init__(self, n: int, regs: HbmRegs, ppu: Ppu, pll: Pll, root: Clkmgr, rstmgr: Rstmgr) -> None:
        supply = (power(ppu), source(pll), root.root(f"hbm{n}"))
        self.stk = HbmStk(regs.stk, c.HBM_STK, *supply, rstmgr.line(f"hbm{n}_stk"))
        self.phy = HbmPhy(regs.phy, c.HBM_PHY, *supply, rstmgr.line(f"hbm{n}_phy"), link(self.stk))
        self.mc = tuple(HbmMc(mc, c.HBM_MC, *supply, rstmgr.line(f"hbm{n}_ctl"), link(self.phy)) for mc in regs.mc)


class Die(Group):
    """One die: always-on managers, then what they feed."""

    def __init__(self, n: int, regs: DieRegs) -> None:
        self.n = n
        self.sysid = Sysid(regs.sysid, SysidConfig(die=n, digest=0))  # stands first; its digest is of all that follow
        self.rstmgr = Rstmgr(regs.rstmgr, RESET_LINES)
        self.pwrmgr = Pwrmgr(regs.pwrmgr, None)
        self.otp = Otp(regs.otp, None)
        self.spi_br = SpiBr(regs.spi_br, None)
        self.pll = Plls(regs.pll, self.pwrmgr)
        self.ppu = Ppus(regs.ppu, self.pwrmgr)
        self.clkmgr = Clkmgrs(regs.clkmgr, self.pll, self.ppu, self.rstmgr)
        self.pvt = Pvts(regs.pvt, self.otp)
        self.hbm = tuple(
            Hbm(i, hbm, self.ppu.hbm(i), self.pll.hbm(i), self.clkmgr.root, self.rstmgr)
            for i, hbm in enumerate(regs.hbm)
        )
        configured = tuple(block.config for block in self.instances() if block is not self.sysid)
        self.sysid = Sysid(regs.sysid, SysidConfig(die=n, digest=digest_of(configured)))

    def parameters(self) -> dict[str, Mapping[str, Any]]:
        """Straps, serial numbers, and what outputs are called, by the name of the instance."""
        clkmgrs = (self.clkmgr.root, self.clkmgr.se0, self.clkmgr.se1)
        return {
            self.sysid.name: {"die": self.n, "serial": SERIAL + self.n},
            self.otp.name: {"serial": SERIAL + self.n},
            self.rstmgr.name: {"lines": self.rstmgr.config},
            **{clkmgr.name: {"roots": clkmgr.config} for clkmgr in clkmgrs},
        }

    def harvest(self) -> Harvest:
        """What each fuse of the harvest mask removes, in the order of its bits."""
        ppu, pll, clkmgr = self.ppu, self.pll, self.clkmgr
        return Harvest(
            self.otp,
            self.otp.harvest,
            (
                (ppu.nc0,),
                (ppu.nc1,),
                (ppu.nc2,),
                (ppu.nc3,),
                (ppu.hbm0, pll.hbm0, *self.hbm[0].instances()),
                (ppu.hbm1, pll.hbm1, *self.hbm[1].instances()),
                (ppu.se0, ppu.nc0, ppu.nc1, pll.se0, clkmgr.se0),
                (ppu.se1, ppu.nc2, ppu.nc3, pll.se1, clkmgr.se1),
            ),
        )


class Tern(Chip):
    """The reference chip: two dies, each behind a port of its own, each proved by its SYSID."""

    name = "tern"
    canary = Canary(0x0, MAGIC)
    ports = tuple(range(n << 24, (n + 1) << 24) for n in range(2))
    pci_id = (0x1234, 0x0A17)
    pads = ("sck", "cs_n", "mosi", "miso", "harvest_straps")
    registers: ClassVar[type[TernRegs]] = TernRegs
    die: tuple[Die, ...]

    @classmethod
    def canary_of(cls, port: range) -> Canary:
        return cls.canary._replace(address=port.start)

    def wire(self, bus: Bus) -> None:
        self.die = tuple(Die(n, regs) for n, regs in enumerate(self.registers(bus).die))
        self.budgets = tuple(Budget(INRUSH, RAMPING_AT_ONCE, tuple(die.ppu.instances())) for die in self.die)
        self.capacities = tuple(Budget(INRUSH, RAMPING_BORNE, tuple(die.ppu.instances())) for die in self.die)
        self.parameters = {name: one for die in self.die for name, one in die.parameters().items()}
        self.harvests = tuple(die.harvest() for die in self.die)
        self.regions = tuple(
            Region(f"die{n}", port, self.canary_of(port), die.sysid, die.sysid.vitals, epoch_of=epoch_by_line)
            for n, (port, die) in enumerate(zip(self.ports, self.die, strict=True))
        )
