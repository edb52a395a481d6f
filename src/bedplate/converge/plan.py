"""The plan: what a converge would do from here, and why, without a write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Effect, Outlet, State, Step, Tenant, Vitals, path_to_goal
from bedplate.converge.cell import Cell
from bedplate.converge.down import can_be_turned_off, sharers
from bedplate.converge.effects import effect_of, regions_in_reach
from bedplate.converge.report import Outcome
from bedplate.converge.scope import cells
from bedplate.errors import BedplateError, EnvError, LinkDown, PathLost
from bedplate.topology import Instance, Reach, Topology, ask, is_on, verdict


class Seen(NamedTuple):
    """One instance as observed: its state, or why it cannot be asked.

    `outcome` is None where it is present but not at its goal.
    """

    block: Instance
    state: State | None
    outcome: Outcome | None
    why: str


class Planned(NamedTuple):
    """One act of the plan: a step, an outlet, or a wait for hardware (`effect` none, `act` is its name).

    `effect` includes what the users of the instance lose by it. `refused` is what the gate says now; empty where it lets it pass.
    """

    instance: str
    act: str
    source: str
    target: str
    effect: Effect
    why: str
    refused: str


class Plan(NamedTuple):
    """The acts in the order of needs; instances at their goal or absent have none. `tenant` is the worst that any part says."""

    chip: str
    tenant: Tenant
    seen: tuple[Seen, ...]
    acts: tuple[Planned, ...]

    def __str__(self) -> str:
        at_goal = sum(seen.outcome is Outcome.GOAL for seen in self.seen)
        return f"{at_goal} of {len(self.seen)} at goal, {len(self.acts)} acts planned"

    def __repr__(self) -> str:
        return f"Plan: {self}"


class Survey(NamedTuple):
    """How a chip is: every instance in the order of the wiring, the worst that any part says of tenants, and who answered."""

    seen: tuple[Seen, ...]
    tenant: Tenant
    identity: tuple[str, ...]


def survey(chip: Topology) -> Survey:
    """Look at everything once. Reads only.

    An instance that is unpowered, unclocked or in reset is not read at all: its state follows from its needs. Nor is one in a
    part of the chip that does not prove who it is. Raises LinkDown, PathLost.
    """
    known = identities(chip)
    names = tuple(f"{name} {one.identity if isinstance(one, Vitals) else one}" for name, one in known.items())
    return Survey(_observe(chip, known), tenant(known.values()), names)


def identities(chip: Topology) -> dict[str, Vitals | BedplateError]:
    """What each region says of itself, or why it is not believed. Raises LinkDown for a chip of one region, and PathLost."""
    found: dict[str, Vitals | BedplateError] = {}
    for region in chip.regions:
        try:
            found[region.name] = ask(region, chip.guard)
        except (PathLost, EnvError):
            raise
        except BedplateError as error:
            if isinstance(error, LinkDown) and len(chip.regions) == 1:
                raise
            found[region.name] = error
    downs = [error for error in found.values() if isinstance(error, LinkDown)]
    if len(downs) == len(found):
        raise downs[0]
    return found


def tenant(vitals: Collection[Vitals | BedplateError]) -> Tenant:
    """The worst that any part says: active before unknown before idle."""
    said = {one.tenant if isinstance(one, Vitals) else Tenant.UNKNOWN for one in vitals}
    return next(word for word in (Tenant.ACTIVE, Tenant.UNKNOWN, Tenant.IDLE) if word in said or word is Tenant.IDLE)


def _observe(chip: Topology, known: dict[str, Vitals | BedplateError]) -> tuple[Seen, ...]:
    reach = Reach(chip, lost={name: one for name, one in known.items() if isinstance(one, BedplateError)})
    seen = {}
    for block in chip.order:
        region = chip.region_of(block)
        wrong = known[region.name]
        if isinstance(wrong, BedplateError):
            outcome = Outcome.FAILED if block is region.holder else Outcome.UNKNOWN
            seen[block.name] = Seen(block, None, outcome, str(wrong))
        else:
            seen[block.name] = _look(reach, block)
    return tuple(seen[block.name] for block in chip.all)


def _look(reach: Reach, block: Instance) -> Seen:
    try:
        _, state, obstacle, error = reach.look(block)
    except LinkDown as down:
        if len(reach.chip.regions) == 1:
            raise
        error, state, obstacle = down, None, None
    if error is not None:
        return Seen(block, None, Outcome.FAILED, str(error))
    if obstacle is not None:
        return Seen(block, None, Outcome.HARVESTED if obstacle.is_absence else None, obstacle.text)
    assert state is not None
    return Seen(block, state, Outcome.GOAL if state is block.goal else None, state.text)


def plan(
    chip: Topology,
    force: Collection[str] = (),
    intent: Collection[str] = (),
    *,
    goal: str = SERVICE,
    only: Collection[str] | None = None,
) -> Plan:
    """What a converge would do now, and what the gate says to it. Makes no write.

    A block that cannot be read is taken to be as after its reset, or already off. Raises LinkDown, PathLost, UnknownName, AccessError.
    """
    for names in (force, intent):
        chip.require_known(names)
    made = cells(chip, goal, only)
    known = identities(chip)
    seen = _observe(chip, known)
    by_name = {one.block.name: one for one in seen}
    acts: list[Planned] = []
    for cell, act in _up(made, by_name) if goal == SERVICE else _down(made, by_name):
        name = act.instance
        vitals = [known[region.name] for region in regions_in_reach(cell, act.effect)]
        heard = [one if isinstance(one, Vitals) else Vitals() for one in vitals]
        no = verdict(name, act.act, act.effect, heard, forced=name in force, intended=name in intent)
        acts.append(act._replace(refused=no.what if no is not None else ""))
    there = tuple(one._replace(outcome=_outcome(made[one.block.name], one)) for one in seen if made[one.block.name].led)
    return Plan(chip.name, tenant(known.values()), there, tuple(acts))


def _outcome(cell: Cell, one: Seen) -> Outcome | None:
    """Whether it is where it is to be led; out of service, what cannot be reached, or has no such goal, is."""
    if cell.toward == SERVICE or one.outcome not in (None, Outcome.GOAL):
        return one.outcome
    return Outcome.GOAL if None in (cell.goal, one.state) or one.state is cell.goal else None


def _up(cells: Mapping[str, Cell], by_name: Mapping[str, Seen]) -> Iterator[tuple[Cell, Planned]]:
    for cell in cells.values():
        block, one = cell.block, by_name[cell.name]
        if not cell.led or one.outcome is not None:
            continue
        for need in block.needs:
            if not isinstance(need, Outlet):
                continue
            ready = by_name[need.provider.name].outcome is Outcome.GOAL
            if not ready or not _says_on(need):
                why = f"{need.kind.value} need"
                yield cell, Planned(block.name, f"turn on {need}", "off", "on", need.effect, why, "")
        state = one.state if one.state is not None else block.reset_state
        why = f"observed {state}" if one.state is not None else f"{one.why}; after reset it is {state}"
        for act in _path(cell, state, why):
            yield cell, act


def _says_on(need: Outlet[Any]) -> bool:
    """Whether an outlet is on, by its own word: one that cannot be asked, its link having died meanwhile or not, says nothing."""
    try:
        return is_on(need) is True
    except LinkDown:
        return False


def _down(cells: dict[str, Cell], by_name: Mapping[str, Seen]) -> Iterator[tuple[Cell, Planned]]:
    """Users first; an outlet after the last of those who have it, if this run leads them all."""
    gone = {name for name, one in by_name.items() if one.outcome is Outcome.HARVESTED}
    for cell in reversed(cells.values()):
        block, one = cell.block, by_name[cell.name]
        if not cell.led or cell.name in gone:
            continue
        if one.state is not None and cell.goal is not None:
            for act in _path(cell, one.state, f"observed {one.state}"):
                yield cell, act
        gone.add(cell.name)
        for need in reversed(block.needs):
            if not isinstance(need, Outlet) or not can_be_turned_off(need):
                continue
            free = all(user.name in gone for user in sharers(cells, need))
            if free and by_name[need.provider.name].state is not None and _says_on(need):
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
