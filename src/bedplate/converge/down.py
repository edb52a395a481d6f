"""Leading out of service: users before what they need, and what nobody uses any more is turned off."""

from __future__ import annotations

from typing import Any

from bedplate.block import Outlet, State
from bedplate.converge.cell import Cell
from bedplate.converge.lead import MOST_TRIES, Leader
from bedplate.converge.report import Outcome
from bedplate.topology import Act, Reach


class Descent(Leader):
    """The moves of a run to a goal out of service."""

    def _has_its_turn(self, cell: Cell) -> bool:
        """Whether everybody who needs it is where this run leads them. What cannot be reached has nothing to be led from."""
        for user in cell.users:
            if user.led and user.outcome not in (Outcome.GOAL, Outcome.HARVESTED):
                self.run.block(cell, user, f"{user.name} still needs it")
                return False
        obstacle = Reach(self.chip).obstacle(cell.block)
        if obstacle is None and cell.goal is not None:
            return True
        if cell.goal is None or obstacle is None or obstacle.is_absence or self._release(cell):
            cell.state = None
            absent = obstacle is not None and obstacle.is_absence
            cell.settle(Outcome.HARVESTED if absent else Outcome.GOAL, self.chip.bus.now())
        return False

    def _arrive(self, cell: Cell, state: State) -> None:
        if self._release(cell):
            super()._arrive(cell, state)

    def _release(self, cell: Cell) -> bool:
        """Turn off the outlets that nobody uses any more, last one first. False where that has to be tried again."""
        for need in reversed(cell.block.needs):
            if not isinstance(need, Outlet) or type(need).turn_off is Outlet.turn_off:
                continue
            others = [
                user for user in self.run.cells[need.provider.name].users if user is not cell and _shares(user, need)
            ]
            if any(not user.led or user.outcome is None for user in others if user.outcome is not Outcome.HARVESTED):
                continue
            if Reach(self.chip).obstacle(need.provider) is not None or not self._answer(cell, need.is_on):
                continue
            within = (range(need.provider.regs.base, need.provider.regs.base + need.provider.regs.SIZE),)
            if not self._act(
                cell, Act(cell.name, f"turning off {need}", need.effect, within), need.turn_off, MOST_TRIES
            ):
                return False
            cell.moved = True
            self.run.tell(cell, "off", str(need))
            self.run.vigil.expect([cell.region])
        return True


def _shares(user: Cell, outlet: Outlet[Any]) -> bool:
    return any(
        isinstance(need, Outlet)
        and (type(need), need.provider, need.index) == (type(outlet), outlet.provider, outlet.index)
        for need in user.block.needs
    )
