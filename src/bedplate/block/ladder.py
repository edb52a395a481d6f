"""What can be said of a driver without any hardware: does every state lead to the goal, and what does the ladder look like?"""

from __future__ import annotations

from typing import Any

from bedplate.block.block import Block
from bedplate.block.state import State
from bedplate.block.transition import Step, Wait
from bedplate.errors import duration
from bedplate.reg import Effect


def path_to_goal(block: type[Block[Any, Any]], state: State) -> list[Step[Any] | Wait[Any]]:
    """The ways that lead from a state to the goal; empty at the goal, or where a fault has no way out."""
    path: list[Step[Any] | Wait[Any]] = []
    while state is not block.goal and len(path) <= len(type(state)):
        way = block.way_from(state)
        if way is None:
            return []
        path.append(way)
        state = way.target
    return path


def problems(block: type[Block[Any, Any]]) -> list[str]:
    """What is wrong with a ladder: states without a way to the goal, two ways out of one state, faults as goals."""
    found = []
    states = type(block.goal)
    for state in states:
        ways = [way for way in block.ways if state in (way.sources if isinstance(way, Step) else (way.source,))]
        if len(ways) > 1:
            found.append(f"{block.__name__}: {state} has {len(ways)} ways out: {', '.join(way.name for way in ways)}")
        if state is block.goal and ways:
            found.append(f"{block.__name__}: the goal {state} has a way out: {ways[0].name}")
        path = path_to_goal(block, state)
        arrives = state is block.goal or (bool(path) and path[-1].target is block.goal)
        if not arrives and (not state.is_fault or ways):
            found.append(f"{block.__name__}: {state} does not lead to {block.goal}")
    for way in block.ways:
        if isinstance(way, Step) and len({source.is_fault for source in way.sources}) > 1:
            found.append(
                f"{block.__name__}: {way.name} leads out of faults and of states without one; make it two steps"
            )
    if block.goal.is_fault or block.reset_state.is_fault:
        found.append(f"{block.__name__}: neither the goal nor the state after reset may be a fault")
    return found


def mermaid(block: type[Block[Any, Any]]) -> str:
    """The state diagram as Mermaid text: solid steps with their effect, waits with their times, faults marked."""
    lines = ["stateDiagram-v2", f"    [*] --> {block.reset_state.name}"]
    for way in block.ways:
        if isinstance(way, Step):
            effect = "" if way.effect is Effect.NONE else f" [{way.effect.value.replace('_', ' ')}]"
            for source in way.sources:
                lines.append(f"    {source.name} --> {way.target.name}: {way.name}{effect}")
        else:
            times = f"{duration(way.typical)}, at most {duration(way.limit)}"
            lines.append(f"    {way.source.name} --> {way.target.name}: {way.name} ({times})")
    lines.append(f"    {block.goal.name} --> [*]")
    lines += [f"    {state.name}: {state.name} - {state.text}" for state in type(block.goal)]
    faults = [state.name for state in type(block.goal) if state.is_fault]
    if faults:
        lines += ["    classDef fault stroke:#c33,stroke-width:2px", f"    class {','.join(faults)} fault"]
    return "\n".join(lines) + "\n"
