"""Pairs in a run: the two ends of a link are one unit, with one root cause, one budget of time, one count of flaps.

Each end goes on by itself as far as it can, and is blocked there if the other one is lost. What they do with each other, they
begin when both have all they need and have come as far, so that no training is started which cannot succeed; and they arrive at
their goal as one. Once they have met, what goes wrong is the pair's: the end that says so first has failed, the other is blocked
by it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bedplate.block import SERVICE, State, Step, Wait, meetings
from bedplate.converge.cell import Cell
from bedplate.converge.report import Outcome
from bedplate.errors import BedplateError, DriverError, UnderLoad
from bedplate.topology import Topology, sound

if TYPE_CHECKING:
    from bedplate.converge.scheduler import Scheduler

LIVE = (None, Outcome.GOAL)
"""Outcomes of an end that is not lost to the other one."""


def bind(cells: dict[str, Cell], chip: Topology) -> None:
    """Let each end know the other one."""
    for cell in cells.values():
        other = chip.partner_of(cell.block)
        cell.partner = cells[other.name] if other is not None else None


def ends(cell: Cell) -> tuple[Cell, ...]:
    """An instance, and the other end of its pair if it is an end of one."""
    return (cell,) if cell.partner is None else (cell, cell.partner)


class Pairs:
    """What the leader of one run asks about ends of pairs. For other instances everything goes its way."""

    def __init__(self, run: Scheduler) -> None:
        self.run = run

    def may_go(self, cell: Cell, way: Step[Any] | Wait[Any] | None) -> bool:
        """Whether the other end has come as far as a way wants that both take together.

        If not, its turn comes when that one moves; where that one is lost, so is this.
        """
        other = cell.partner
        if other is None:
            return True
        if way is not None and way.together:
            if self._is_blocked(cell, other) or not self._has_come(cell, other):
                cell.stop_waiting()
                return False
            cell.met = other.met = True
        elif _left(cell) == 0:
            cell.met = True  # in the midst of it, as the chip says: begun before this run
        return True

    def may_arrive(self, cell: Cell) -> bool:
        """Whether the other end is at its goal as well."""
        other = cell.partner
        if other is None or other.outcome is Outcome.GOAL:
            return True
        cell.pending = cell.watch = None  # what it waited for has come: should it go again, its budget is what is left
        if self._is_blocked(cell, other) or not other.counted or other.state is not other.goal:
            return False
        self.run.push_partner(cell)
        return True

    def is_told(self, cell: Cell, error: Exception) -> bool:
        """Whether it is the pair's failure, which the other end has told already, or may still tell.

        Such is what the hardware says once both have met, and a workload that keeps one end from being disturbed. Where the other
        end is lost, this one is blocked by it; where what that one needs is just being brought back, it waits for how that ends.
        """
        other = cell.partner
        if other is None or not (isinstance(error, UnderLoad) or (cell.met and isinstance(error, DriverError))):
            return False
        cell.stop_waiting()
        is_awaited = other.outcome is None and not other.supplied and cell.toward == SERVICE
        if isinstance(error, UnderLoad):  # or both would wait, each refused what it needs itself
            is_awaited = is_awaited and any(provider.outcome is None for provider in other.before)
            if (
                other.outcome is None and not is_awaited
            ):  # what it is refused may be for the other one's sake, which fails by itself
                is_awaited = isinstance(sound(partial(self.run.reach, other.block), other.name), BedplateError)
        return is_awaited or self._is_blocked(cell, other)

    def share_budget(self, cell: Cell) -> None:
        """Both ends wait for one thing: its budget began when it began for the first of them."""
        other = cell.partner
        if other is None or cell.watch is None or other.watch is None:
            return
        if _left(cell) == _left(other) and isinstance(cell.pending, Wait) and isinstance(other.pending, Wait):
            cell.watch.since = other.watch.since = min(cell.watch.since, other.watch.since)

    def shown(self, cell: Cell) -> str:
        """The other end of a pair that has met, as it is now: a failure of it names both."""
        other = cell.partner
        if other is None or not cell.met:
            return ""
        state = sound(partial(self.run.look, other.block), other.name)
        return f"its other end {other.name} {state.name if isinstance(state, State) else 'does not answer'}"

    def _is_blocked(self, cell: Cell, other: Cell) -> bool:
        if other.outcome in LIVE:
            return False
        self.run.block(cell, other, f"its other end {other.name} is lost")
        return True

    def _has_come(self, cell: Cell, other: Cell) -> bool:
        """Whether the other end stands before the same way, or is beyond: asked of the chip, right before the act."""
        if not other.supplied:
            return False
        state = sound(partial(self.run.look, other.block), other.name)
        if other.outcome is Outcome.GOAL and state is not other.goal:
            other.regressed()
        if not isinstance(state, State) or (other.outcome is None and state is not other.state):
            self.run.push(other)
            return False
        ours = _left(cell)
        theirs = meetings(type(other.block), state, other.toward)
        if ours is None or theirs is None or theirs > ours:
            return False
        way = type(other.block).way_from(state, other.toward)
        return theirs < ours or (way is not None and way.together)


def _left(cell: Cell) -> int | None:
    """How often an end still meets the other one on its way; None where no way leads on."""
    return meetings(type(cell.block), cell.state, cell.toward) if cell.state is not None else None
