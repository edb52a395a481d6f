"""When nothing of a run moves any more: who waits for a budget looks once more, waits for who holds it on the chip, or gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.block import Step, Wait
from bedplate.bus import Watch
from bedplate.converge.cell import Cell
from bedplate.converge.report import Outcome
from bedplate.errors import BedplateError, DriverDefect, LinkDown, NoWayOut, PollTimeout
from bedplate.topology import failure_of

if TYPE_CHECKING:
    from bedplate.converge.scheduler import Scheduler

MOST_LOOKS = 16
"""How often in a round one finds its budget free, when nothing else moves, and then held again."""
IN_A_CIRCLE = "who holds its budget waits itself, for this one or for what waits for it"


class Stuck:
    """What one run does about those whose turn would never come."""

    def __init__(self, run: Scheduler) -> None:
        self.run = run

    def wake(self) -> bool:
        """Nothing moves any more: those who wait for a budget look once more, then give up.

        What still has no outcome then waits for nothing that could come, which is a defect.
        """
        stuck = [cell for cell in self.run.cells.values() if cell.led and cell.outcome is None]
        waiting = [cell for cell in stuck if cell.queued is not None]
        if not waiting:
            for cell in stuck:
                if cell.partner is not None and cell.partner.outcome is Outcome.FAILED:
                    self.run.block(cell, cell.partner)
                else:
                    self.run.fail(cell, NoWayOut("never got its turn", where=cell.name, got=str(cell.state)))
            return False
        if not any(self._give_up(cell, cell.queued) for cell in waiting if cell.queued is not None):
            first = waiting[0]
            self.run.fail(
                first, NoWayOut("never got its turn", where=first.name, got=str(first.state), cause=IN_A_CIRCLE)
            )
            self.run.push_others(first)
        return True

    def _give_up(self, cell: Cell, step: Step[Any]) -> bool:
        """Whether something can be done about the budget of that step: who holds it has ended, cannot be observed, and so fails itself,
        or goes on by itself on the chip, though its turn has not come in this run."""
        asked = self.run.chip.bus.now()
        cell.last_looks += 1
        try:
            with self.run.chip.looking():
                for other in self.run.budgets.sharers(cell, step):
                    other.counted = other.counted and other.outcome is not None  # as it is now
                holders = [
                    one for budget in self.run.budgets.of(cell, step) for one in self.run.budgets.holders(cell, budget)
                ]
                if self.run.budgets.is_free(cell, step) and cell.last_looks < MOST_LOOKS:
                    self.run.push(cell)
                    return True
                if any(self._goes_on(holder, cell, asked) for holder in holders):
                    return True
                for holder in holders:
                    if not holder.led or holder.outcome is not None:
                        why = f"budget {', '.join(step.budgets)} is held by {holder.name} ({holder.state})"
                        self.run.block(cell, holder, why)
                        self.run.push_others(cell)
                        return True
                unseen = [holder for holder in holders if not holder.counted]
                return bool(unseen) and self._fail_unseen(unseen[0])
        except LinkDown as error:
            self.run.losses.link_down(cell, error)
        except DriverDefect as error:
            self.run.fail(cell, failure_of(error, cell.name))
        return True

    def _goes_on(self, holder: Cell, cell: Cell, asked: int) -> bool:
        """Whether it is on its way without anybody's doing, as whoever died has left it: it is waited for, as long as its driver says."""
        is_seen = holder.counted and holder.outcome is None
        way = type(holder.block).way_from(holder.state, holder.toward) if is_seen and holder.state is not None else None
        if not isinstance(way, Wait):
            return False
        if holder.passing is None:
            first, interval = self.run.leader.pace(way, asked, asked)
            holder.passing = Watch(asked, way.limit, first, interval, way.limit // 8)
        elif holder.passing.is_late(asked) and not holder.led:
            return False
        elif holder.passing.is_late(asked):
            error = PollTimeout(
                f"{way.name} did not finish", where=holder.name, wanted=way.target.name, got=str(holder.state)
            )
            self.run.fail(holder, error)
            self.run.push_others(holder)
            return True
        else:
            holder.passing.look_later(asked)
        cell.moved = True
        self.run.push_at(cell, holder.passing.when)
        return True

    def _fail_unseen(self, holder: Cell) -> bool:
        """What looking at it gives is its own failure, unless something was reset, or it can be observed now."""
        self.run.vigil.renew(self.run.chip.regions)
        state = self.run.surveyed(holder)
        if isinstance(state, BedplateError):
            self.run.fail(holder, state)
            self.run.push_others(holder)
        return True
