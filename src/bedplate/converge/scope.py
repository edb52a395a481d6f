"""Who takes part in a run: a cell for each instance, and which of them it leads."""

from __future__ import annotations

from collections.abc import Collection

from bedplate.block import OFF, SERVICE
from bedplate.converge.cell import Cell
from bedplate.converge.pair import bind
from bedplate.errors import UnknownName, require
from bedplate.topology import Topology


def cells(chip: Topology, goal: str, only: Collection[str] | None) -> dict[str, Cell]:
    """A cell for each instance, in the order of needs, and those that this run leads.

    What has no such goal stays in service, and so do fuses: without them nobody knows who is there. With these stays all that they need.
    A chip of which nothing can be led out of service has the goal `off` all the same: there all of it stays. Raises UnknownName.
    """
    require(goal, str, "goal", "its name, such as 'off'")
    known = {SERVICE, OFF, *(name for block in chip.all for name in block.goals)}
    if goal not in known:
        raise UnknownName("goal", goal, sorted(known))
    led = scope(chip, goal, only)
    made = {block.name: Cell(block, chip.region_of(block), block.name in led, goal) for block in chip.order}
    for cell in made.values():
        cell.providers = [made[need.provider.name] for need in cell.block.needs]
        cell.fuses = [(made[harvest.fuses.name], bit) for harvest, bit in chip.fuses_of(cell.block)]
    for cell in made.values():
        cell.before = list(dict.fromkeys([*(fuses for fuses, _ in cell.fuses), *cell.providers]))
        for other in cell.before:
            other.users.append(cell)
    bind(made, chip)
    for fuses in {fuses for cell in made.values() for fuses, _ in cell.fuses}:
        if fuses.toward != SERVICE:
            fuses.goal = None
    staying = [cell for cell in made.values() if cell.goal is None]
    for stays in staying:  # grows by what it needs, and by the other end of a pair
        for needed in (stays.partner, *stays.providers):
            if needed is not None and needed.led and needed.goal is not None:
                needed.goal = None
                staying.append(needed)
    return made


def scope(chip: Topology, goal: str, only: Collection[str] | None) -> frozenset[str]:
    """The names of the instances that a run to this goal leads: with all they need into service, out of it with all that need them.

    `only` takes patterns (see `topology/names.py`). An end of a pair takes its other end along. Raises UnknownName, AccessError.
    """
    if only is None:
        return frozenset(block.name for block in chip.all)
    reached: set[str] = set()
    more = chip.names(only)
    while more:
        reached |= more
        found: set[str] = set()
        for block in chip.all:
            other = chip.partner_of(block)
            if goal == SERVICE and block.name in more:
                found |= chip.leans_on(block)
            elif other is not None and block.name in more:
                found.add(other.name)
            elif goal != SERVICE and any(need.provider.name in more for need in block.needs):
                found.add(block.name)
        more = found - reached
    return frozenset(reached)
