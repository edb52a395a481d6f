"""The plan: what a converge would do from here, and why, without a write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Effect, Output, State, Step, Tenant, Vitals, path_to_goal
from bedplate.converge.cell import Cell
from bedplate.converge.effects import effect_of, regions_in_reach
from bedplate.converge.outlook import Lost, Outlook, releases
from bedplate.converge.report import Outcome, some
from bedplate.converge.scope import cells
from bedplate.converge.survey import Seen, ended, identities, look, tenant
from bedplate.errors import BedplateError, DriverDefect, LinkDown
from bedplate.reg import normal
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
    force, intent = frozenset(map(normal, force)), frozenset(map(normal, intent))
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
    refused = {act.instance: act.refused for act in reversed(acts) if act.refused}
    lost = Outlook(made, by_name, chip.budgets, refused, kept).lost()
    return Plan(chip.name, tenant(said.values()), there, tuple(acts), ended(said), stays, lost)


def _unheard(region: Region | None) -> str:
    return f"nobody knows whether a workload runs in {region.name}, which does not answer" if region is not None else ""


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
    for cell, outputs in releases(cells, by_name):
        one = by_name[cell.name]
        if one.state is not None:
            for act in _path(cell, one.state, f"observed {one.state}"):
                yield cell, act
        for need in outputs:
            if by_name[need.provider.name].state is not None and _says_on(chip, need):
                why = "not needed any more"
                yield cell, Planned(cell.name, f"turn off {need}", "on", "off", need.effect, why, "")


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
