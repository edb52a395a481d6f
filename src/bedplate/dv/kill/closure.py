"""The part of a chip that a fault of one instance can have to do with, as a chip of its own: what is proved there holds in the whole.

Why that is enough: an instance is disturbed by nothing but a loss of what it needs (its providers, its fuses, the other end of its pair, the
region that it lies in), and sees nothing else of others. So whoever a fault can reach is in here, with all that these need; nobody
else is written to, changes, or is seen by a member. `tests/test_closure.py` holds every flow to that, on the whole chip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bedplate.bus import Bus
from bedplate.converge import Chip
from bedplate.topology import Budget, Instance, Topology


def closure(chip: Topology, name: str) -> frozenset[str]:
    """The names of the instances that a fault of that one can reach, and of all that these need."""
    needs = {block.name: _needed(chip, block) for block in chip.all}
    return closed(closed({name}, turned(needs)), needs)


def _needed(chip: Topology, block: Instance) -> set[str]:
    """Whom it leans on, and what answers for its region: who holds its identity, and in whom its canary lies."""
    region = chip.region_of(block)
    answering = {region.holder.name} if region.holder is not None else set()
    if region.canary is not None:
        at = region.canary.address
        answering |= {one.name for one in chip.all if one.regs.base <= at < one.regs.base + one.regs.SIZE}
    return chip.leans_on(block) | answering


def turned(needs: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Who leans on whom, the other way round: by each name those whom it carries."""
    return {name: {other for other, leant in needs.items() if name in leant} for name in needs}


def closed(names: Collection[str], leads: Mapping[str, Collection[str]]) -> frozenset[str]:
    """These names, and all that they lead to, directly or not."""
    found: set[str] = set()
    more = set(names)
    while more:
        found |= more
        more = {other for name in more for other in leads[name]} - found
    return frozenset(found)


def part_of(chip: type[Chip], names: Collection[str]) -> type[Chip]:
    """That chip with these instances alone, at their addresses. They have to be closed under what they need."""

    def wire(self: Chip, bus: Bus) -> None:
        chip.wire(self, bus)
        self.budgets, self.capacities = _budgets(self.budgets, names), _budgets(self.capacities, names)
        self.parameters = {name: said for name, said in self.parameters.items() if name in names}
        self.harvests = tuple(
            one._replace(parts=tuple(tuple(_those(parts, names)) for parts in one.parts))
            for one in self.harvests
            if one.fuses.name in names
        )
        self.pairs = tuple(one for one in self.pairs if {one.one.name, one.other.name} <= set(names))
        self.regions = tuple(one for one in self.regions if one.holder is None or one.holder.name in names)

    def instances(self: Chip) -> Iterator[Instance]:
        return _those(chip.instances(self), names)

    return type(chip.__name__, (chip,), {"wire": wire, "instances": instances, "__module__": chip.__module__})


def _those(blocks: Iterable[Instance], names: Collection[str]) -> Iterator[Instance]:
    return (block for block in blocks if block.name in names)


def _budgets(budgets: Iterable[Budget], names: Collection[str]) -> tuple[Budget, ...]:
    return tuple(one._replace(among=tuple(_those(one.among, names))) for one in budgets)
