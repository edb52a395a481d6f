"""The plan: what a converge would do from here, and why, without a write."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bedplate.block import Effect, Outlet, State, Step, path_to_goal
from bedplate.converge.report import Outcome
from bedplate.errors import BusFault, DriverError
from bedplate.topology import Instance, Topology


class Seen(NamedTuple):
    """One instance as observed: its state, or why it cannot be asked.

    `outcome` is None where it is present but not at its goal.
    """

    block: Instance
    state: State | None
    outcome: Outcome | None
    why: str


class Planned(NamedTuple):
    """One act of the plan: a step, an outlet, or a wait for hardware (`effect` none, `act` is its name)."""

    instance: str
    act: str
    source: str
    target: str
    effect: Effect
    why: str
    refused: bool


class Plan(NamedTuple):
    """The acts in the order of needs; instances at their goal or absent have none."""

    chip: str
    tenant_active: bool
    seen: tuple[Seen, ...]
    acts: tuple[Planned, ...]

    def __str__(self) -> str:
        at_goal = sum(seen.outcome is Outcome.GOAL for seen in self.seen)
        return f"{at_goal} of {len(self.seen)} at goal, {len(self.acts)} acts planned"

    def __repr__(self) -> str:
        return f"Plan: {self}"


def observe(chip: Topology) -> tuple[Seen, ...]:
    """Every instance's state, in the order of the wiring. Reads only.

    An instance that is unpowered, unclocked or in reset is not read at all: its state follows from its needs.
    """
    seen: dict[str, Seen] = {}
    masks: dict[str, int] = {}
    for block in chip.order:
        seen[block.name] = _look(chip, block, seen, masks)
    return tuple(seen[block.name] for block in chip.all)


def _look(chip: Topology, block: Instance, seen: dict[str, Seen], masks: dict[str, int]) -> Seen:
    for harvest in chip.harvests:
        for bit, parts in enumerate(harvest.parts):
            if block in parts and seen[harvest.fuses.name].outcome is Outcome.GOAL:
                if harvest.fuses.name not in masks:
                    masks[harvest.fuses.name] = harvest.read()
                if masks[harvest.fuses.name] >> bit & 1:
                    return Seen(block, None, Outcome.HARVESTED, f"fused off, by {harvest.fuses.name}")
    for need in block.needs:
        if not need.kind.gates_access:
            continue
        if seen[need.provider.name].outcome is not Outcome.GOAL:
            return Seen(block, None, None, f"no {need}")
        if isinstance(need, Outlet) and not need.is_on():
            return Seen(block, None, None, f"no {need}")
    try:
        state = block.observe()
    except (BusFault, DriverError) as error:
        return Seen(block, None, Outcome.FAILED, str(error))
    return Seen(block, state, Outcome.GOAL if state is block.goal else None, state.text)


def plan(chip: Topology, forced: Callable[[str], bool] = lambda name: False) -> Plan:
    """What a converge would do now. Makes no write; a block that cannot be read is taken to be as after its reset."""
    seen = observe(chip)
    by_name = {one.block.name: one for one in seen}
    tenant = chip.tenant_active()
    acts: list[Planned] = []
    for block in chip.order:
        one = by_name[block.name]
        if one.outcome is not None:
            continue
        for need in block.needs:
            provider = by_name[need.provider.name]
            if isinstance(need, Outlet) and (provider.outcome is not Outcome.GOAL or not need.is_on()):
                acts.append(
                    Planned(block.name, f"turn on {need}", "off", "on", Effect.NONE, f"{need.kind.value} need", False)
                )
        state = one.state if one.state is not None else block.reset_state
        why = f"observed {state}" if one.state is not None else f"{one.why}; after reset it is {state}"
        for way in path_to_goal(type(block), state):
            effect = way.effect if isinstance(way, Step) else Effect.NONE
            refused = tenant and effect is not Effect.NONE and not forced(block.name)
            source = state.name
            state = way.target
            acts.append(Planned(block.name, way.name, source, state.name, effect, why, refused))
            why = f"then {state}"
    return Plan(chip.name, tenant, seen, tuple(acts))
