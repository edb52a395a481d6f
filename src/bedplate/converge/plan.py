"""The plan: what a converge would do from here, and why, without a write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Effect, Output, State, Step, Tenant, Vitals, path_to_goal
from bedplate.converge.cell import Cell
from bedplate.converge.down import can_be_turned_off, sharers
from bedplate.converge.effects import effect_of, regions_in_reach
from bedplate.converge.loss import kept_by
from bedplate.converge.report import Outcome, some
from bedplate.converge.scope import cells
from bedplate.converge.survey import Seen, ended, identities, look, tenant
from bedplate.errors import BedplateError, DriverDefect, LinkDown
from bedplate.topology import Region, Topology, is_on, verdict, verdict_on


class Planned(NamedTuple):
    """One act of the plan: a step, an output, or a wait for hardware (`effect` none, `act` is its name).

    `effect` includes what the users of the instance lose by it. `refused` is what the gate says now; empty where it lets it pass.
    """

    instance: str
    act: str
    source: str
    target: str
    effect: Effect
    why: str
    refused: str


class Lost(NamedTuple):
    """An instance that the run would not lead to its goal, as the chip is now: it will have failed by itself (also where the gate
    refuses what it has to do), be blocked by another, `by`, or not be reached (`unknown`)."""

    instance: str
    outcome: Outcome
    by: str
    why: str


class Plan(NamedTuple):
    """The acts in the order of needs; instances at their goal or absent have none. `tenant` is the worst that any part says.

    Nothing is planned for a part that does not answer; `ended` is the error of the link, or of the identity, if there is no other.
    `stays` are instances that have no such goal; `lost` those that will not get to theirs, however far their acts go.
    """

    chip: str
    tenant: Tenant
    seen: tuple[Seen, ...]
    acts: tuple[Planned, ...]
    ended: BedplateError | None = None
    stays: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()

    def __str__(self) -> str:
        there = [one for one in self.seen if one.outcome is not Outcome.HARVESTED and one.block.name not in self.stays]
        text = f"{sum(one.outcome is Outcome.GOAL for one in there)} of {len(there)} at goal, {len(self.acts)} acts planned"
        for outcome, word in _WORDS.items():
            if names := [one.instance for one in self.lost if one.outcome is outcome]:
                text += f", {len(names)} {word}: {some(names)}"
        return text + (f"; {some(self.stays)} without such a goal" if self.stays else "")

    def __repr__(self) -> str:
        return f"Plan: {self}"


_WORDS = {Outcome.FAILED: "will fail", Outcome.BLOCKED: "blocked", Outcome.UNKNOWN: "not reached"}


def plan(
    chip: Topology,
    force: Collection[str] = (),
    intent: Collection[str] = (),
    *,
    goal: str = SERVICE,
    only: Collection[str] | None = None,
) -> Plan:
    """What a converge would do now, and what the gate says to it. Makes no write.

    A block that cannot be read is taken to be as after its reset, or already off. Raises PathLost, UnknownName, AccessError.
    """
    for names in (force, intent):
        chip.require_known(names)
    made = cells(chip, goal, only)
    said = identities(chip)
    seen = look(chip, said)
    by_name = {one.block.name: one for one in seen}
    acts: list[Planned] = []
    kept: dict[str, Region] = {}
    for cell, act in _up(chip, made, by_name) if goal == SERVICE else _down(chip, made, by_name):
        name = act.instance
        vitals = [(region, said[region.name]) for region in regions_in_reach(cell, act.effect)]
        asked = partial(verdict, name, act.act, act.effect, forced=name in force, intended=name in intent)
        no, unheard = verdict_on(asked, [(region, one if isinstance(one, Vitals) else None) for region, one in vitals])
        if unheard is not None:
            kept[name] = unheard
        acts.append(act._replace(refused=no.what if no is not None else _unheard(unheard)))
    there = tuple(one._replace(outcome=_outcome(made[one.block.name], one)) for one in seen if made[one.block.name].led)
    stays = tuple(one.block.name for one in there if made[one.block.name].goal is None)
    lost = tuple(_lost(goal, made, by_name, acts, kept).values())
    return Plan(chip.name, tenant(said.values()), there, tuple(acts), ended(said), stays, lost)


def _unheard(region: Region | None) -> str:
    return f"nobody knows whether a workload runs in {region.name}, which does not answer" if region is not None else ""


def _lost(
    goal: str,
    cells: Mapping[str, Cell],
    by_name: Mapping[str, Seen],
    acts: Sequence[Planned],
    kept: Mapping[str, Region],
) -> dict[str, Lost]:
    """Who fails by what can be seen now, then who has to wait for one of these. `kept` would act upon a part that is lost."""
    there = [cell for cell in cells.values() if cell.led and by_name[cell.name].outcome is not Outcome.HARVESTED]
    refused = {act.instance: act for act in reversed(acts) if act.refused}
    found: dict[str, Lost] = {}
    behind: set[str] = set()
    for cell in there if goal == SERVICE else reversed(there):
        one = by_name[cell.name]
        if one.outcome is Outcome.FAILED:
            found[cell.name] = Lost(cell.name, one.outcome, cell.name, one.why)
        elif one.outcome is Outcome.UNKNOWN:
            found[cell.name] = Lost(cell.name, *kept_by(cell.region), one.why)
        elif one.doubtful and cell.toward != SERVICE and cell.goal is not None:
            why = f"nobody can tell whether it works: {one.why}"
            is_led = cells[one.doubtful].led
            outcome, root = (Outcome.BLOCKED, one.doubtful) if is_led else (Outcome.FAILED, cell.name)
            found[cell.name] = Lost(cell.name, outcome, root, why)
        elif one.state is not None and not _leads_on(cell, one.state):
            why = f"{one.state.name}, {one.state.text}: no step or wait of its driver leads on from there"
            found[cell.name] = Lost(cell.name, Outcome.FAILED, cell.name, why)
        elif any(other.name in found or other.name in behind for other in _goes_before(cell)):
            behind.add(cell.name)  # it does not come to what would be refused
        elif cell.name in kept:
            outcome, keeper = kept_by(kept[cell.name])
            found[cell.name] = Lost(cell.name, outcome, keeper, f"refused: {refused[cell.name].refused}")
        elif (act := refused.get(cell.name)) is not None:
            found[cell.name] = Lost(cell.name, Outcome.FAILED, cell.name, f"refused: {act.refused}")
    for _ in there:  # as far as it spreads
        known = len(found)
        for cell in there:
            by = next((other for other in _goes_before(cell) if other.name in found), None)
            if by is not None and cell.name not in found:
                why = cell.lacks(by) if cell.toward == SERVICE else f"{by.name} still needs it"
                found[cell.name] = Lost(cell.name, Outcome.BLOCKED, found[by.name].by, why)
        if len(found) == known:
            break
    return found


def _leads_on(cell: Cell, state: State) -> bool:
    """Whether the ways of its driver lead from that state to where it is to be."""
    if (
        cell.goal is None
        or state is cell.goal
        or (cell.toward != SERVICE and state in type(cell.block).until_power_off)
    ):
        return True
    path = path_to_goal(type(cell.block), state, cell.toward)
    return bool(path) and path[-1].target is cell.goal


def _goes_before(cell: Cell) -> Iterator[Cell]:
    """Who is to be where it is led before it: what it needs and its other end; out of service who needs it."""
    if cell.toward == SERVICE:
        yield from cell.before
    elif cell.goal is not None:
        yield from cell.users
    if cell.partner is not None:
        yield cell.partner


def _outcome(cell: Cell, one: Seen) -> Outcome | None:
    """Whether it is where it is to be led; out of service, what cannot be reached, or has no such goal, is."""
    if cell.toward == SERVICE or one.outcome not in (None, Outcome.GOAL):
        return one.outcome
    is_out = cell.goal is None or (one.state is None and not one.doubtful) or one.state is cell.goal
    return Outcome.GOAL if is_out else None


def _up(chip: Topology, cells: Mapping[str, Cell], by_name: Mapping[str, Seen]) -> Iterator[tuple[Cell, Planned]]:
    for cell in cells.values():
        block, one = cell.block, by_name[cell.name]
        if not cell.led or one.outcome is not None:
            continue
        for need in block.needs:
            if not isinstance(need, Output):
                continue
            ready = by_name[need.provider.name].outcome is Outcome.GOAL
            if not ready or not _says_on(chip, need):
                why = f"{need.kind.value} need"
                yield cell, Planned(block.name, f"turn on {need}", "off", "on", need.effect, why, "")
        state = one.state if one.state is not None else block.reset_state
        why = f"observed {state}" if one.state is not None else f"{one.why}; after reset it is {state}"
        for act in _path(cell, state, why):
            yield cell, act


def _says_on(chip: Topology, need: Output[Any]) -> bool:
    """Whether an output is on, by its own word: one that cannot be asked, its link having died meanwhile or not, says nothing."""
    try:
        with chip.looking():
            return is_on(need) is True
    except (LinkDown, DriverDefect):
        return False


def _down(chip: Topology, cells: dict[str, Cell], by_name: Mapping[str, Seen]) -> Iterator[tuple[Cell, Planned]]:
    """Users first; an output after the last of those who have it, if this run leads them all."""
    gone = {name for name, one in by_name.items() if one.outcome is Outcome.HARVESTED}
    for cell in reversed(cells.values()):
        block, one = cell.block, by_name[cell.name]
        if not cell.led or cell.name in gone:
            continue
        if one.state is not None and cell.goal is not None:
            for act in _path(cell, one.state, f"observed {one.state}"):
                yield cell, act
        if cell.goal is None:  # who stays keeps what it has
            continue
        gone.add(cell.name)
        for need in reversed(block.needs):
            if not isinstance(need, Output) or not can_be_turned_off(need):
                continue
            free = all(user.name in gone for user in sharers(cells, need))
            if free and by_name[need.provider.name].state is not None and _says_on(chip, need):
                why = "not needed any more"
                yield cell, Planned(block.name, f"turn off {need}", "on", "off", need.effect, why, "")


def _path(cell: Cell, state: State, why: str) -> Iterator[Planned]:
    for way in path_to_goal(type(cell.block), state, cell.toward):
        effect = Effect.NONE
        if isinstance(way, Step):
            effect = effect_of(cell, way)
        source, state = state.name, way.target
        if way.together and cell.partner is not None:
            why += f", as soon as {cell.partner.name} has come as far"
        if isinstance(way, Step) and way.withdraws and cell.partner is not None and cell.toward != SERVICE:
            why += f", unless {cell.partner.name} has done it for both"
        yield Planned(cell.name, way.name, source, state.name, effect, why, "")
        why = f"then {state}"
