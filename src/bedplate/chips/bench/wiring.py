"""The wiring of the bench: which parts lie on it, and that each has all it needs from the supply.

A part is an IP type with its settings: those of its model, which are the parameters of its RTL. The tests of a room choose a
part by them; where a test wants other settings, it gets a part here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from bedplate.block import Kind, Need, Tenant, is_end
from bedplate.bus import Bus, Canary
from bedplate.chips.bench.supply.driver import Supply
from bedplate.converge import Chip
from bedplate.errors import UnknownName
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcWant
from bedplate.ip.hbm_phy.driver import HbmPhy, HbmPhyWant
from bedplate.ip.hbm_stk.driver import HbmStk, HbmStkWant
from bedplate.ip.otp.driver import Otp
from bedplate.ip.pll.driver import Pll, PllWant
from bedplate.ip.ppu.driver import Ppu
from bedplate.ip.pvt.driver import Pvt, PvtWant
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.rstmgr.driver import Rstmgr
from bedplate.ip.sysid.driver import MAGIC, Sysid, SysidWant
from bedplate.reg import RegisterBlock
from bedplate.topology import Instance, Pair

STEP = 0x1000
"""Bytes from one part to the next."""

Settings = Mapping[str, Any]


class Part(NamedTuple):
    """An IP type on the bench, with what is not as usual about it. `want` is what it is brought to where no test says so."""

    driver: type[Instance]
    want: object
    settings: Settings = MappingProxyType({})


LINES, ROOTS = ("noc", "hbm"), ("sys", "noc", "hbm0")
LANES = ((5, 17), (2, 40))
MANY_LANES = ((5, 17), (0, 1), (9, 99), (15, 127))


def _stack(**settings: Any) -> Part:
    return Part(HbmStk, HbmStkWant(), settings)


PARTS = (
    Part(Sysid, SysidWant(die=1, digest=0), {"die": 1}),
    Part(Rstmgr, LINES, {"lines": LINES}),
    Part(Pwrmgr, None),
    Part(Pll, PllWant(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)),
    Part(Ppu, None),
    Part(Clkmgr, ROOTS, {"roots": ROOTS}),
    Part(HbmPhy, HbmPhyWant()),
    Part(HbmMc, HbmMcWant()),
    Part(Otp, None, {"harvest": 0x21}),
    Part(Otp, None, {"harvest": 0x21, "serial": 0x0123_4567_89AB_CDEF}),
    Part(Otp, None, {"harvest": 0x21, "serial": 0x0403_0201_0000_0031}),
    Part(Pvt, PvtWant()),
    Part(Pvt, PvtWant(), {"series": 5}),
    _stack(),
    _stack(serial=0x2_FFFF_0001),
    _stack(celsius=-12),
    _stack(bad_lanes=LANES),
    _stack(bad_lanes=MANY_LANES),
    _stack(density=5),
    _stack(density=5, vendor=0x1),
    _stack(density=5, vendor=0xF),
    Part(D2d, None),
    Part(D2d, None, {"side": 1}),
)
"""An end of a pair is followed by its other end."""


class Bench(Chip):
    """All parts, named `bench.pll0` and so on, and a supply for each kind of need, named `bench.rail` and so on."""

    name = "bench"
    canary = Canary(STEP, MAGIC)
    tenant = Tenant.IDLE

    def wire(self, bus: Bus) -> None:
        ends = STEP * (1 + len(PARTS))
        self.supply = tuple(
            Supply(RegisterBlock(bus, ends + STEP * number, supply_name(kind)), None)
            for number, kind in enumerate(Kind)
        )
        given = {kind: Need(kind, supply) for kind, supply in zip(Kind, self.supply, strict=True)}
        self.parts = tuple(
            part.driver(
                regs_of(part.driver)(bus, base, name), part.want, *(given[kind] for kind in part.driver.requires)
            )
            for part, (name, base) in zip(PARTS, places(), strict=True)
        )
        halves = [block for block in self.parts if is_end(type(block))]
        self.pairs = tuple(map(Pair, halves[::2], halves[1::2]))


def places() -> list[tuple[str, int]]:
    """The name and the address of each part."""
    names: list[str] = []
    for part in PARTS:
        prefix = f"bench.{part.driver.__module__.split('.')[-2]}"
        names.append(f"{prefix}{sum(name.startswith(prefix) for name in names)}")
    return [(name, STEP * number) for number, name in enumerate(names, 1)]


def place_of(driver: type[Instance], settings: Settings) -> tuple[str, int]:
    """The name and the address of the part with these settings. Raises UnknownName."""
    for part, place in zip(PARTS, places(), strict=True):
        if part.driver is driver and part.settings == settings:
            return place
    known = [f"{part.driver.__name__} {dict(part.settings)}" for part in PARTS]
    raise UnknownName("part of the bench", f"{driver.__name__} {dict(settings)}", known)


def settings_of(model: object) -> dict[str, Any]:
    """The settings that a model was made with, as far as they are not its defaults."""
    kind = type(model)
    return {name: value for name, value in vars(model).items() if hasattr(kind, name) and value != getattr(kind, name)}


def other_end(driver: type[Instance], settings: Settings) -> Settings | None:
    """The settings of the part at the other end of a pair; None for a type that is no end of one."""
    if not is_end(driver):
        return None
    ends = [part.settings for part in PARTS if part.driver is driver]
    return ends[ends.index(settings) ^ 1]


def supply_name(kind: Kind) -> str:
    """The name of the supply of a kind of need."""
    return f"bench.{kind.value}"


def regs_of(driver: type[Instance]) -> type[RegisterBlock]:
    """The registers that a driver is written for."""
    found: type[RegisterBlock] = driver.__orig_bases__[0].__args__[0]  # type: ignore[attr-defined]
    return found
