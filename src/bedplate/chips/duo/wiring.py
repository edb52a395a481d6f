"""The wiring of the pair chip: two dies, each with all that its end of the link needs, and with somebody who works through it.

The least chip on which everything can happen to a pair: an end may lose its clock, its reset line, its die or its port while the
other one has them all, and either may be fused off with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedplate.block import clock, link, rail
from bedplate.bus import Bus, Canary
from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.regs import DuoRegs
from bedplate.converge import Chip
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.regs import D2dRegs
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.regs import OtpRegs
from bedplate.ip.pll.driver import Pll, PllConfig
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.regs import PwrmgrRegs
from bedplate.ip.rstmgr.driver import Rstmgr, epoch_by_line
from bedplate.ip.rstmgr.regs import RstmgrRegs
from bedplate.ip.sysid.driver import MAGIC, Sysid, SysidConfig
from bedplate.ip.sysid.regs import SysidRegs
from bedplate.topology import Group, Harvest, Pair, Region

DIE = 1 << 20
"""Bytes from one die to the next."""
PLL = PllConfig(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)
LINES = ("d2d", "client")


class Die(Group):
    """A port of its own, an identity of its own, and an end of the link."""

    def __init__(self, n: int, bus: Bus) -> None:
        base = n * DIE
        self.sysid = Sysid(SysidRegs(bus, base, f"die{n}.sysid"), SysidConfig(die=n, digest=7))
        self.rstmgr = Rstmgr(RstmgrRegs(bus, base + 0x1000, f"die{n}.rstmgr"), LINES)
        self.pwrmgr = Pwrmgr(PwrmgrRegs(bus, base + 0x2000, f"die{n}.pwrmgr"), None)
        self.pll = Pll(PllRegs(bus, base + 0x3000, f"die{n}.pll"), PLL, rail(self.pwrmgr))
        self.d2d = D2d(D2dRegs(bus, base + 0x4000, f"die{n}.d2d"), None, clock(self.pll), self.rstmgr.line("d2d"))
        released = self.rstmgr.line("client")
        self.client = Client(DuoRegs(bus, base + 0x5000, f"die{n}.client"), None, released, link(self.d2d))
        self.otp = Otp(OtpRegs(bus, base + 0x6000, f"die{n}.otp"), None)
        self.n = n

    def parameters(self) -> dict[str, Mapping[str, Any]]:
        """Straps, and what the lines are called."""
        strapped = {self.sysid.name: {"die": self.n}, self.d2d.name: {"side": self.n}}
        return {**strapped, self.rstmgr.name: {"lines": LINES}}


class Duo(Chip):
    """Two dies, whose link is a pair: an end in each."""

    name = "duo"
    canary = Canary(0, MAGIC)
    ports = (range(DIE), range(DIE, 2 * DIE))

    @classmethod
    def canary_of(cls, port: range) -> Canary:
        return Canary(port.start, MAGIC)

    def wire(self, bus: Bus) -> None:
        self.die = tuple(Die(n, bus) for n in range(2))
        one, other = self.die
        self.parameters = {name: one for die in self.die for name, one in die.parameters().items()}
        self.pairs = (Pair(one.d2d, other.d2d),)
        whole = (one.d2d, one.client, other.d2d, other.client)
        self.harvests = tuple(Harvest(die.otp, die.otp.harvest, (whole,)) for die in self.die)
        self.regions = tuple(
            Region(f"die{n}", port, self.canary_of(port), die.sysid, die.sysid.vitals, epoch_of=epoch_by_line)
            for n, (port, die) in enumerate(zip(self.ports, self.die, strict=True))
        )
