"""What can be said of a driver without any hardware: does every state lead to the goal, and what does the state machine look like?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.block.state import State
from bedplate.block.transition import SERVICE, Step, Wait
from bedplate.errors import duration

if TYPE_CHECKING:
    from bedplate.block.block import Block, Way


def path_to_goal(block: type[Block[Any, Any]], state: State, goal: str = SERVICE) -> list[Step[Any] | Wait[Any]]:
    """The ways that lead from a state to a goal; empty at the goal, or where a fault has no way out."""
    path: list[Step[Any] | Wait[Any]] = []
    while state is not block.goal_of(goal) and len(path) <= len(type(state)):
        way = block.way_from(state, goal)
        if way is None:
            return []
        path.append(way)
        state = way.target
    return path


def is_end(block: type[Block[Any, Any]]) -> bool:
    """Whether it trains together with another: it makes sense only as an end of a pair."""
    return any(way.together for way in block.ways)


def meetings(block: type[Block[Any, Any]], state: State, goal: str = SERVICE) -> int | None:
    """How many ways that it takes together with the other end of its pair lie before this block; None where no way leads on."""
    path = path_to_goal(block, state, goal)
    return sum(way.together for way in path) if path or state is block.goal_of(goal) else None


def problems(block: type[Block[Any, Any]]) -> tuple[str, ...]:
    """What is wrong with a state machine: states without a way to a goal, two ways out of one state, faults as goals."""
    found = [problem for goal in (SERVICE, *block.goals) for problem in _problems(block, goal)]
    for way in block.ways:
        mixed = isinstance(way, Step) and SERVICE in way.toward and len({source.is_fault for source in way.sources}) > 1
        if mixed:
            found.append(
                f"{block.__name__}: {way.name} leads out of faults and of states without one; make it two steps"
            )
        if isinstance(way, Step) and (unknown := set(way.toward) - {SERVICE, *block.goals}):
            found.append(f"{block.__name__}: {way.name} leads toward {', '.join(sorted(unknown))}, which is no goal")
    if any(state.is_fault for state in (block.goal, block.reset_state, *block.goals.values())):
        found.append(f"{block.__name__}: neither a goal nor the state after reset may be a fault")
    return tuple(found)


def _problems(block: type[Block[Any, Any]], goal: str) -> list[str]:
    """What is wrong with the state machine to one goal."""
    found = []
    end = block.goal_of(goal)
    waits = [way for way in block.ways if isinstance(way, Wait)]
    steps = [
        (way, source) for way in block.ways if isinstance(way, Step) and goal in way.toward for source in way.sources
    ]
    arriving = {end}
    for state in type(block.goal):
        here: list[Way] = [way for way, source in steps if source is state]
        there: list[Way] = [way for way in waits if way.source is state]
        ways = [*here, *there]
        if max(len(here), len(there), len(ways) if goal == SERVICE else 0) > 1:
            names = ", ".join(way.name for way in ways)
            found.append(f"{block.__name__}: {state} has {len(ways)} ways out to {goal}: {names}")
        if state is end and ways:
            found.append(f"{block.__name__}: the goal {state} has a way out: {ways[0].name}")
        passed: list[State] = []
        now: State | None = state
        while now is not None and now not in arriving and now not in passed:
            passed.append(now)
            on = block.way_from(now, goal)
            now = on.target if on is not None else None
        if now in arriving:
            arriving.update(passed)
        elif not state.is_fault or ways:
            found.append(f"{block.__name__}: {state} does not lead to {end}")
    return found


def mermaid(block: type[Block[Any, Any]]) -> str:
    """The state diagram as Mermaid text: solid steps with their effect, waits with their times, faults marked."""
    lines = ["stateDiagram-v2", f"    [*] --> {block.reset_state.name}"]
    for way in block.ways:
        if isinstance(way, Step):
            effect = f" [{way.effect.words}]" if way.effect else ""
            effect += "" if SERVICE in way.toward else f" (toward {', '.join(way.toward)})"
            for source in way.sources:
                lines.append(f"    {source.name} --> {way.target.name}: {way.name}{effect}{_with(way)}")
        else:
            times = f"{duration(way.typical)}, at most {duration(way.limit)}"
            lines.append(f"    {way.source.name} --> {way.target.name}: {way.name} ({times}){_with(way)}")
    lines.append(f"    {block.goal.name} --> [*]")
    lines += [f"    {state.name} --> [*]: {name}" for name, state in block.goals.items()]
    lines += [f"    {state.name}: {state.name} - {state.text}" for state in type(block.goal)]
    faults = [state.name for state in type(block.goal) if state.is_fault]
    if faults:
        lines += ["    classDef fault stroke:#c33,stroke-width:2px", f"    class {','.join(faults)} fault"]
    return "\n".join(lines) + "\n"


def _with(way: Step[Any] | Wait[Any]) -> str:
    return ", with its other end" if way.together else ""
