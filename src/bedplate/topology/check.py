"""The check of a wiring, before any transaction: whatever it says fits together, and each instance comes after all it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bedplate.block import Step
from bedplate.bus import WORD, Canary, shown
from bedplate.declared import Meaning, require_sense
from bedplate.errors import ConfigError, WiringError, line_of
from bedplate.topology.pair import require_closed
from bedplate.topology.parts import Harvest, Instance
from bedplate.topology.region import Region

if TYPE_CHECKING:
    from bedplate.topology.topology import Topology


def check(chip: Topology) -> tuple[Instance, ...]:
    """The instances so that each comes after all it needs; who needs one end of a pair comes after both.

    Raises WiringError; makes no transaction.
    """
    _make_sense(chip)
    _distinct(chip.all)
    _no_strangers(chip)
    _have_fuses_of_their_own(chip)
    _are_drawn_on(chip)
    _are_limited(chip)
    _lead_to_their_goals(chip)
    _regions_are_distinct(chip.regions)
    needs = {block.name: [need.provider for need in block.needs] for block in chip.all}
    for harvest in chip.harvests:
        for parts in harvest.parts:
            for part in parts:
                needs[part.name].append(harvest.fuses)
    for name, providers in needs.items():
        needs[name] = providers + [other for one in providers if (other := chip.partner_of(one)) is not None]
    for harvest in chip.harvests:
        _harvest_is_closed(chip, harvest)
    for block in chip.all:
        if not any(block.regs.base in region.reach for region in chip.regions):
            raise WiringError("address behind no port of the chip", where=block.name, got=f"0x{block.regs.base:x}")
    return _sorted(chip.all, needs)


def _make_sense(chip: Topology) -> None:
    """What is of its kind means something: a budget lets somebody have it, and parameters are those of an instance."""
    require_sense(_meanings(chip), chip.name, WiringError, lambda: chip.name)
    for budget in (*chip.budgets, *chip.capacities):
        if budget.most < 1:
            raise WiringError(
                f"the budget '{budget.name}' is for nobody", where=chip.name, wanted="1 or more", got=f"{budget.most}"
            )
    known = {block.name for block in chip.all}
    for name in chip.parameters:
        if name not in known:
            raise WiringError(
                "`parameters` holds what is none of an instance",
                where=chip.name,
                wanted="by the name of an instance its parameters, by their names",
                got=shown(chip.parameters),
            )


def _meanings(chip: Topology) -> Iterator[Meaning]:
    if chip.pci_id is not None:
        yield Meaning("pci_id", all(0 <= one < 1 << 16 for one in chip.pci_id), "two numbers of 16 bits", chip.pci_id)
    yield Meaning("ports", bool(chip.ports), "one at least", chip.ports)
    for n, port in enumerate(chip.guard.ports):
        yield from _of_addresses(f"ports[{n}]", port.reach, port.canary)
    for n, region in enumerate(chip.regions):
        yield Meaning(f"regions[{n}].name", bool(region.name), "a name", region.name)
        yield from _of_addresses(f"regions[{n}].reach", region.reach, region.canary)
    for n, budget in enumerate((*chip.budgets, *chip.capacities)):
        yield Meaning(f"(*budgets, *capacities)[{n}].name", bool(budget.name), "a name", budget.name)
    for n, harvest in enumerate(chip.harvests):
        wanted = "by bit of the mask the instances that it removes"
        yield Meaning(f"harvests[{n}].parts", bool(harvest.parts), wanted, harvest.parts)


def _of_addresses(name: str, reach: range, canary: Canary | None) -> Iterator[Meaning]:
    yield Meaning(
        name, bool(reach) and reach.step == 1 and reach.start >= 0, "addresses from 0 on, one at least", reach
    )
    if canary is not None:
        is_place = canary.size in (1, 2, WORD) and canary.address >= 0 and not canary.address % canary.size
        yield Meaning("canary", is_place, "1, 2 or 4 bytes, at an address aligned to them", canary)
        is_told = canary.value is None or (
            canary._replace(value=None).alive(canary.value) and 0 < canary.value < canary.ones
        )
        yield Meaning(
            "canary", is_told, "a value that a bus without a chip never reads as, and no more bits than it has", canary
        )


def _distinct(blocks: Sequence[Instance]) -> None:
    by_base = sorted(blocks, key=lambda block: block.regs.base)
    for low, high in pairwise(by_base):
        if low.regs.base + low.regs.SIZE > high.regs.base:
            if (low.name, low.regs.base) == (high.name, high.regs.base):
                raise WiringError(
                    "the same registers are given to two instances",
                    where=high.name,
                    wanted="registers of its own for each",
                    got=f"made in {low.made_at} and {high.made_at}",
                )
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


def _no_strangers(chip: Topology) -> None:
    """Whatever the wiring refers to must be a member of the chip."""
    known = {block.name: block for block in chip.all}
    named = [(f"{block.name}: need", need.provider) for block in chip.all for need in block.needs]
    named += [(f"budget {budget.name}: share", block) for budget in chip.budgets for block in budget.among]
    for harvest in chip.harvests:
        parts = (part for parts in harvest.parts for part in parts)
        named += [(f"fuses of {harvest.fuses.name}: part", block) for block in (harvest.fuses, *parts)]
    named += [(f"region {region.name}: holder", region.holder) for region in chip.regions if region.holder is not None]
    for what, block in named:
        if known.get(block.name) is not block:
            raise WiringError(
                f"{what} on an instance that is not on this chip",
                where=chip.name,
                got=f"{block.name}, made in {block.made_at}",
                next="make it a member of the chip",
            )


def _have_fuses_of_their_own(chip: Topology) -> None:
    """A mask is said of a part of the chip, and shown by one instance: two harvests there would each take the other's."""
    by_group: dict[str, Harvest] = {}
    for harvest in chip.harvests:
        other = by_group.setdefault(harvest.group, harvest)
        if other is not harvest:
            both = " and ".join(dict.fromkeys((other.fuses.name, harvest.fuses.name)))
            raise WiringError(
                f"two harvests for {harvest.group}",
                where=chip.name,
                wanted="one Harvest for each part of the chip, with the bits of both in its `read` and `parts`",
                got=f"of {both}",
            )


def _are_drawn_on(chip: Topology) -> None:
    """A budget that no step of those who share it draws on would limit nothing."""
    for budget in chip.budgets:
        if budget.among and not any(type(block).holding(budget.name) for block in budget.among):
            raise WiringError(
                f"nobody draws on the budget '{budget.name}'",
                where=chip.name,
                wanted=f"the name that steps of {budget.among[0].name} have: `budget='...'`",
                cause="a misspelt name: it would limit nothing",
            )


def _are_limited(chip: Topology) -> None:
    """Whatever a step draws on, the chip limits, or says that it does not."""
    shares = {(budget.name, block.name) for budget in chip.budgets for block in budget.among}
    for block in chip.all:
        for name in type(block).draws_on:
            if (name, block.name) not in shares and name not in chip.unlimited:
                steps = [way.name for way in type(block).ways if isinstance(way, Step) and name in way.budgets]
                raise WiringError(
                    f"nothing limits the budget '{name}' that {' and '.join(steps)} of {type(block).__name__} draws on",
                    where=block.name,
                    wanted=f"self.budgets = (Budget('{name}', most, among),) with this instance among them",
                    next=f"or say unlimited = ('{name}',) in the chip's class, where all may draw on it at once",
                )


def _lead_to_their_goals(chip: Topology) -> None:
    """Each driver leads from everywhere to each goal that it has. Looked at once for each class."""
    first = {type(block): block.name for block in reversed(chip.all)}
    for driver, name in first.items():
        if found := driver.problems:
            raise ConfigError(
                f"the state machine of {driver.__name__} is wrong",
                where=name,
                wanted="one way out of each state, toward each of its goals; a fault may have none",
                got="; ".join(found),
                cause=f"the driver, {line_of(driver)}",
            )


def _regions_are_distinct(regions: Sequence[Region]) -> None:
    """Each region has a name and addresses of its own."""
    for low, high in pairwise(sorted(regions, key=lambda region: region.reach.start)):
        if low.reach.stop > high.reach.start:
            raise WiringError(
                f"regions overlap: {low.name} and {high.name}",
                where=high.name,
                wanted=f"a start at or above 0x{low.reach.stop:x}",
                got=f"0x{high.reach.start:x}",
            )
    names = set()
    for region in regions:
        if region.name in names:
            raise WiringError(f"two regions are named {region.name}", where=region.name)
        names.add(region.name)


def _harvest_is_closed(chip: Topology, harvest: Harvest) -> None:
    """Every fuse that removes a provider must remove its users too; and one that removes an end of a pair, the other end."""
    bits: dict[str, int] = {}
    for bit, parts in enumerate(harvest.parts):
        for part in parts:
            bits[part.name] = bits.get(part.name, 0) | 1 << bit
    require_closed(bits, {block.name: other for block in chip.all if (other := chip.partner_of(block)) is not None})
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
    order: dict[Instance, None] = {}
    for first in blocks:
        path = {first: iter(needs[first.name])} if first not in order else {}  # no recursion: chains may be long
        while path:
            block = next(reversed(path))
            provider = next((one for one in path[block] if one not in order), None)
            if provider is None:
                order[block] = None
                del path[block]
            elif provider in path:
                names = [one.name for one in path]
                cycle = " -> ".join((*names[names.index(provider.name) :], provider.name))
                raise WiringError("cycle in needs", where=provider.name, got=cycle)
            else:
                path[provider] = iter(needs[provider.name])
    return tuple(order)
