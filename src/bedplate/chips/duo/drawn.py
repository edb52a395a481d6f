"""Chips that nobody thought of: one to three dies, wired, budgeted and fused by a seed. What holds for Tern holds for each of them.

The chip `drawn.17` is that of seed 17: every proof takes it by this name, `bedplate -t model:drawn.17 dv inject`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any, ClassVar

from bedplate.block import Block, Need, clock, firmware, link, power, rail, source
from bedplate.bus import Bus, Canary
from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.regs import DuoRegs
from bedplate.chips.duo.wiring import DIE, PLL
from bedplate.converge import Chip
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.clkmgr.regs import ClkmgrRegs
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.regs import D2dRegs
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.regs import OtpRegs
from bedplate.ip.pll.driver import Pll
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.ppu.driver import INRUSH, Ppu
from bedplate.ip.ppu.regs import PpuRegs
from bedplate.ip.pvt.driver import Pvt, PvtConfig
from bedplate.ip.pvt.regs import PvtRegs
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.regs import PwrmgrRegs
from bedplate.ip.rstmgr.driver import ResetLine, Rstmgr, epoch_by_line
from bedplate.ip.rstmgr.regs import RstmgrRegs
from bedplate.ip.sysid.driver import MAGIC, Sysid, SysidConfig
from bedplate.ip.sysid.regs import SysidRegs
from bedplate.topology import Budget, Group, Harvest, Pair, Region

LINES = tuple(f"line{n}" for n in range(8))
PIECE = 0x1000
"""Bytes from one block to the next."""
KINDS = ("pll", "pll", "ppu", "ppu", "clkmgr", "clkmgr", "ends", "client", "client", "pvt")

Instance = Block[Any, Any]


class Die(Group):
    """What each die has: its identity, its managers, and its fuses."""

    def __init__(self, n: int, bus: Bus) -> None:
        base = n * DIE
        self.n, self.bus, self.count = n, bus, 4
        self.sysid = Sysid(SysidRegs(bus, base, f"die{n}.sysid"), SysidConfig(die=n, digest=7))
        self.rstmgr = Rstmgr(RstmgrRegs(bus, base + 1 * PIECE, f"die{n}.rstmgr"), LINES)
        self.pwrmgr = Pwrmgr(PwrmgrRegs(bus, base + 2 * PIECE, f"die{n}.pwrmgr"), None)
        self.otp = Otp(OtpRegs(bus, base + 3 * PIECE, f"die{n}.otp"), None)
        self.blocks: tuple[Instance, ...] = ()

    def place(self, name: str) -> tuple[Bus, int, str]:
        """Bus, address and name of one more block."""
        self.count += 1
        return self.bus, self.n * DIE + self.count * PIECE, f"die{self.n}.{name}{self.count}"


class Drawn(Chip):
    """What the seed says: blocks in any die on whatever gives what they need in any other, pairs, budgets, and fuses."""

    canary = Canary(0, MAGIC)
    unlimited = (INRUSH,)
    seed: ClassVar[int]

    @classmethod
    def canary_of(cls, port: range) -> Canary:
        return Canary(port.start, MAGIC)

    def wire(self, bus: Bus) -> None:
        draw = _Draw(Random(self.seed), [Die(n, bus) for n in range(len(self.ports))])
        self.die = draw.dies
        self.pairs = tuple(draw.pairs)
        self.budgets = self.capacities = draw.budgets()
        self.harvests = draw.harvests()
        self.parameters = draw.parameters
        self.regions = tuple(
            Region(f"die{die.n}", port, self.canary_of(port), die.sysid, die.sysid.vitals, epoch_of=epoch_by_line)
            for port, die in zip(self.ports, self.die, strict=True)
        )


class _Draw:
    """The blocks of one chip, drawn one after the other, each from what there is already."""

    def __init__(self, chance: Random, dies: list[Die]) -> None:
        self.chance, self.dies = chance, tuple(dies)
        self.pairs: list[Pair] = []
        self.parameters: dict[str, Mapping[str, Any]] = {}
        for die in dies:
            self.parameters[die.sysid.name] = {"die": die.n}
            self.parameters[die.rstmgr.name] = {"lines": LINES}
        self.made: list[Instance] = []
        for kind in ("pll", *(chance.choice(KINDS) for _ in range(chance.randint(2, 12)))):
            getattr(self, kind)(chance.choice(dies))

    def of(self, kind: type[Any]) -> list[Any]:
        """All of a type that there are."""
        return [block for block in self.made if type(block) is kind]

    def keep(self, die: Die, block: Instance) -> None:
        """It lies in that die."""
        die.blocks += (block,)
        self.made.append(block)

    def other_die(self) -> Die:
        """One that gives something."""
        return self.chance.choice(self.dies)

    def line(self, die: Die) -> ResetLine:
        """A reset line: of its own die, which counts its resets."""
        return die.rstmgr.line(self.chance.choice(LINES))

    def rail(self) -> Need:
        """The board's rails, or a domain below another one."""
        domains = self.of(Ppu)
        return rail(self.chance.choice(domains) if domains and self.chance.random() < 0.4 else self.other_die().pwrmgr)

    def clock(self) -> Need:
        """A PLL, or a root of a clock manager."""
        managers = self.of(Clkmgr)
        if managers and self.chance.random() < 0.6:
            manager = self.chance.choice(managers)
            root: Need = manager.root(self.chance.choice(manager.config))
            return root
        return clock(self.chance.choice(self.of(Pll)))

    # One of each type

    def pll(self, die: Die) -> None:
        """A PLL."""
        self.keep(die, Pll(PllRegs(*die.place("pll")), PLL, rail(self.other_die().pwrmgr)))

    def ppu(self, die: Die) -> None:
        """A power domain."""
        self.keep(die, Ppu(PpuRegs(*die.place("ppu")), None, self.rail()))

    def clkmgr(self, die: Die) -> None:
        """A clock manager, always on or in a domain."""
        domains = self.of(Ppu)
        more = (power(self.chance.choice(domains)), self.line(die)) if domains and self.chance.random() < 0.6 else ()
        roots = ("core", "one", "two")[: self.chance.randint(1, 3)]
        block = Clkmgr(ClkmgrRegs(*die.place("clkmgr")), roots, source(self.chance.choice(self.of(Pll))), *more)
        self.parameters[block.name] = {"roots": roots}
        self.keep(die, block)

    def ends(self, die: Die) -> None:
        """A link, with an end in any die, and a client at one of them."""
        both = []
        for where in (die, self.other_die()):
            both.append(D2d(D2dRegs(*where.place("d2d")), None, self.clock(), self.line(where)))
            self.parameters[both[-1].name] = {"side": len(both) - 1}
            self.keep(where, both[-1])
        self.pairs.append(Pair(*both))
        self.client(die)

    def client(self, die: Die) -> None:
        """Who works through an end of a link, if there is one."""
        if found := self.of(D2d):
            end = self.chance.choice(found)
            self.keep(die, Client(DuoRegs(*die.place("client")), None, self.line(die), link(end)))

    def pvt(self, die: Die) -> None:
        """Sensors."""
        self.keep(die, Pvt(PvtRegs(*die.place("pvt")), PvtConfig(), firmware(self.other_die().otp)))

    # Around them

    def budgets(self) -> tuple[Budget, ...]:
        """Up to two inrush budgets, each among some domains of any die."""
        domains, chance = self.of(Ppu), self.chance
        count = chance.randint(0, 2) if domains else 0
        return tuple(
            Budget(INRUSH, chance.randint(1, 2), tuple(chance.sample(domains, chance.randint(1, len(domains)))))
            for _ in range(count)
        )

    def harvests(self) -> tuple[Harvest, ...]:
        """Fuses of some dies: each bit removes one instance, wherever it is, and all that need it."""
        chosen = [die for die in self.dies if self.chance.random() < 0.6]
        return tuple(
            Harvest(
                die.otp,
                die.otp.harvest,
                tuple(self.gone(self.chance.choice(self.made)) for _ in range(self.chance.randint(1, 3))),
            )
            for die in chosen
        )

    def gone(self, first: Instance) -> tuple[Instance, ...]:
        """An instance, the other end of its pair, and all that need any of them."""
        found = {first.name}
        for _ in self.made:
            found |= {block.name for block in self.made if any(need.provider.name in found for need in block.needs)}
            found |= {end.name for pair in self.pairs if {one.name for one in pair} & found for end in pair}
        return tuple(block for block in self.made if block.name in found)


@cache
def drawn(seed: int) -> type[Drawn]:
    """The chip of that seed."""
    dies = Random(f"dies of {seed}").choice((1, 2, 2, 3))
    ports = tuple(range(n * DIE, (n + 1) * DIE) for n in range(dies))
    return type(f"Drawn{seed}", (Drawn,), {"name": f"drawn.{seed}", "seed": seed, "ports": ports})


def __getattr__(name: str) -> type[Drawn]:
    """The chip of the seed that is its name. Raises AttributeError."""
    if not name.isdecimal():
        raise AttributeError(f"a drawn chip is named by a number, its seed, not {name}", name=name)
    return drawn(int(name))
