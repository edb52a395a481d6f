"""Topology: the instances of a chip, their addresses, and what each needs. Data only, no procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple, TypeVar

from bedplate.block import Block
from bedplate.bus import Bus, Canary, Guard, Meter
from bedplate.errors import OutOfReach, WiringError
from bedplate.topology.names import AddressMap, Target, register, select

Instance = Block[Any, Any]
T = TypeVar("T")
U = TypeVar("U")


class Limit(NamedTuple):
    """A shared limit: at most `most` of these instances may be in a step's claim of that name at one time."""

    claim: str
    most: int
    among: tuple[Instance, ...]


class Harvest(NamedTuple):
    """Fuses that say which parts are absent: bit i of `read()` removes the instances `parts[i]`.

    `read` is legal once `fuses` is at its goal.
    """

    fuses: Instance
    read: Callable[[], int]
    parts: tuple[tuple[Instance, ...], ...]


class Group:
    """A named place in the wiring that holds instances and further groups as typed attributes, in order."""

    def instances(self) -> Iterator[Instance]:
        """All instances below, in the order of the source."""
        for member in vars(self).values():
            yield from _instances(member)


def _instances(member: object) -> Iterator[Instance]:
    if isinstance(member, Block):
        yield member
    elif isinstance(member, Group):
        yield from member.instances()
    elif type(member) is tuple:  # not its subclasses: limits and harvests refer to instances, they do not hold them
        for item in member:
            yield from _instances(item)


class Topology(Group):
    """A chip on a bus. Subclasses set `canary` and wire their instances in `wire`; a check follows, before any transaction.

    `ports` are the addresses that each port of the chip reaches: each parallel bus, each SPI bridge by its chip select.
    `pci_id` is the vendor and device id (16 bits each) of its PCI function, whose BAR 0 reaches the addresses from 0 on. What
    only the chip knows it says by overriding `tenant_active`, `epochs` and `boot_identity`.
    """

    name: ClassVar[str]
    canary: ClassVar[Canary]
    ports: ClassVar[tuple[range, ...]] = (range(1 << 40),)
    pci_id: ClassVar[tuple[int, int] | None] = None

    def __init__(self, bus: Bus) -> None:
        self.meter = Meter(bus)
        self.bus = Guard(self.meter, self.canary, lambda address: self.addresses.is_probe_safe(address))
        self.limits: tuple[Limit, ...] = ()
        self.harvests: tuple[Harvest, ...] = ()
        self.wire(self.bus)
        self.all = tuple(self.instances())
        self._addresses: AddressMap | None = None
        self.order = check(self)

    def wire(self, bus: Bus) -> None:
        """Make the instances, their groups, `limits` and `harvests`."""
        raise NotImplementedError

    def tenant_active(self) -> bool:
        """Whether a workload runs on the chip now, by the chip's own word. One or a few reads."""
        return False

    def epochs(self) -> tuple[int, ...]:
        """The reset epochs of all domains, by the chip's own word: a change means a reset behind the HAL's back."""
        return ()

    def boot_identity(self) -> tuple[int, ...]:
        """Which chip this is and which boot of it, by the chip's own word: other numbers after each power-on reset."""
        return ()

    @property
    def addresses(self) -> AddressMap:
        if self._addresses is None:
            self._addresses = AddressMap(self.all)
        return self._addresses

    def select(self, pattern: str) -> list[Instance]:
        """The instances that a pattern names (`die0.pll.sys`, `die*.hbm.phy*`, `ip:pll`). Raises UnknownName."""
        return select(pattern, self.all)

    def register(self, name: str) -> Target:
        """The register or field of that name (`die0.pll.sys.ctrl.bypass`). Raises UnknownName."""
        return register(name, self.all)


def within_reach(ask: Callable[[], T], beyond: U) -> T | U:
    """The answer to a question that a part of the chip is asked; `beyond` where this way to the chip does not lead to it."""
    try:
        return ask()
    except OutOfReach:
        return beyond


def check(chip: Topology) -> tuple[Instance, ...]:
    """The instances so that each comes after all it needs. Raises WiringError; makes no transaction."""
    known = {block.name: block for block in chip.all}
    _distinct(chip.all)
    needs = {block.name: [need.provider for need in block.needs] for block in chip.all}
    for harvest in chip.harvests:
        for parts in harvest.parts:
            for part in parts:
                needs[part.name].append(harvest.fuses)
    for name, providers in needs.items():
        for provider in providers:
            if known.get(provider.name) is not provider:
                raise WiringError(
                    "need on an instance that is not on this chip",
                    where=name,
                    got=provider.name,
                    next="make the provider a member of the chip",
                )
    for harvest in chip.harvests:
        _harvest_is_closed(chip, harvest)
    return _sorted(chip.all, needs)


def _distinct(blocks: Sequence[Instance]) -> None:
    by_base = sorted(blocks, key=lambda block: block.regs.base)
    for low, high in pairwise(by_base):
        if low.regs.base + low.regs.SIZE > high.regs.base:
            raise WiringError(
                f"overlap of addresses: {low.name} and {high.name}",
                where=high.name,
                wanted=f"a base at or above 0x{low.regs.base + low.regs.SIZE:x}",
                got=f"0x{high.regs.base:x}",
            )
    names = set()
    for block in blocks:
        if block.name in names:
            raise WiringError(f"two instances are named {block.name}", where=block.name)
        names.add(block.name)


def _harvest_is_closed(chip: Topology, harvest: Harvest) -> None:
    """Every fuse that removes a provider must remove its users too."""
    bits: dict[str, int] = {}
    for bit, parts in enumerate(harvest.parts):
        for part in parts:
            bits[part.name] = bits.get(part.name, 0) | 1 << bit
    for block in chip.all:
        mine = bits.get(block.name, 0)
        for need in block.needs:
            alone = bits.get(need.provider.name, 0) & ~mine
            if alone:
                raise WiringError(
                    f"need on a harvested part: {need.provider.name} can be fused off without {block.name}",
                    where=block.name,
                    wanted=f"{block.name} in harvest bit {alone.bit_length() - 1} too",
                    got=str(need),
                )


def _sorted(blocks: Sequence[Instance], needs: dict[str, list[Instance]]) -> tuple[Instance, ...]:
    order: list[Instance] = []
    done: set[str] = set()

    def visit(block: Instance, path: tuple[str, ...]) -> None:
        if block.name in done:
            return
        if block.name in path:
            cycle = " -> ".join((*path[path.index(block.name) :], block.name))
            raise WiringError("cycle in needs", where=block.name, got=cycle)
        for provider in needs[block.name]:
            visit(provider, (*path, block.name))
        done.add(block.name)
        order.append(block)

    for block in blocks:
        visit(block, ())
    return tuple(order)
