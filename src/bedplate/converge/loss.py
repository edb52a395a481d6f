"""Parts of the chip that are lost to a run: what becomes of whoever lies there, and when nothing is left to lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bedplate.converge.cell import Cell
from bedplate.converge.report import Outcome
from bedplate.errors import BedplateError, LinkDown
from bedplate.topology import Region

if TYPE_CHECKING:
    from bedplate.converge.scheduler import Scheduler


class Losses:
    """What one run does about regions that are down, or do not prove who they are. The vigil keeps which these are."""

    def __init__(self, run: Scheduler) -> None:
        self.run = run

    def link_down(self, cell: Cell, error: LinkDown) -> None:
        """The link to some region is down; to all of them, and the run is over. Raises LinkDown.

        Who asks a region once more that is lost already, for what it needs there, is blocked by that: each loss is met once.
        """
        down = self.run.chip.regions_behind(error) or [cell.region]
        if news := [region.name for region in down if region.name not in self.run.vigil.lost]:
            self.lose(news, error)
            self.run.push(cell)
        else:
            self.settle_by(cell, down[0])

    def region_lost(self, cell: Cell, region: Region, error: BedplateError) -> None:
        """A region does not prove any more who it is; whoever would act upon one that is lost already is blocked by it."""
        if region.name not in self.run.vigil.lost:
            self.lose([region.name], error)
            self.run.push(cell)
            return
        self.settle_by(cell, region)
        why = f"{region.name}, which did not prove who it is, would feel it: nobody knows whether a workload runs there"
        self.run.tell(cell, "blocked", why)

    def lose(self, names: Iterable[str], error: BedplateError) -> None:
        """The regions of these names cannot be reached any more, for this reason, which their instances end with."""
        self.run.acted = True  # what was settled in this round before the loss is judged once more
        for region in self.run.chip.regions:
            if region.name in names:
                self.run.vigil.lose(region, error)
        self.settle()

    def settle(self) -> None:
        """Whoever lies in a lost region goes no further: the holder of its identity has failed, the others are blocked by it."""
        for region in self.run.chip.regions:
            error = self.run.vigil.lost.get(region.name)
            if error is None:
                continue
            for cell in self.run.cells.values():
                if cell.region is region and cell.block is region.holder and cell.outcome is not Outcome.FAILED:
                    self.run.fail(cell, error)
                    self.run.push_others(cell)
                elif cell.region is region and cell.outcome is None:
                    self.settle_by(cell, region)
                    self.run.push_others(cell)
        lost = [region for region in self.run.chip.regions if region.name in self.run.vigil.lost]
        led = {cell.region.name for cell in self.run.cells.values() if cell.led}
        hidden = [
            one for one in lost if one.name in led and (one.holder is None or not self.run.cells[one.holder.name].led)
        ]
        if hidden or len(lost) == len(self.run.chip.regions):
            self.run.ended = self.run.vigil.lost[(hidden or lost)[0].name]

    def settle_by(self, cell: Cell, region: Region) -> None:
        """A lost region keeps it from its goal: the holder of its identity is the root, where it has one."""
        outcome, cause = kept_by(region)
        cell.settle(outcome, self.run.chip.bus.now(), cause)


def kept_by(region: Region) -> tuple[Outcome, str]:
    """How an instance ends that a lost region keeps from its goal, and by whom."""
    return (Outcome.UNKNOWN, region.name) if region.holder is None else (Outcome.BLOCKED, region.holder.name)
