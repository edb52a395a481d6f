"""Budgets that many share, such as inrush current: counted by what is in progress on the chip, whatever this run thinks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bedplate.block import Step
from bedplate.converge.cell import Cell
from bedplate.topology import Budget


class Budgets:
    """The budgets of a chip. `look` observes an instance whose turn has not come, for counting."""

    def __init__(self, budgets: tuple[Budget, ...], cells: Mapping[str, Cell], look: Callable[[Cell], None]) -> None:
        self._budgets: dict[str, list[Budget]] = {}
        for budget in budgets:
            for block in budget.among:
                self._budgets.setdefault(block.name, []).append(budget)
        self._cells, self._look = cells, look
        self.waiting: dict[str, Cell] = {}
        """Who waits for a budget."""

    def counts(self, cell: Cell) -> bool:
        """Whether it shares a budget with anybody."""
        return cell.name in self._budgets

    def is_free(self, cell: Cell, step: Step[Any]) -> bool:
        """Whether every budget of the step has room: so all that share it must have been observed in this round."""
        return all(len(self.holders(cell, budget)) < budget.most for budget in self.of(cell, step))

    def of(self, cell: Cell, step: Step[Any]) -> list[Budget]:
        """The budgets that a step of this instance draws on."""
        return [budget for budget in self._budgets.get(cell.name, ()) if budget.name in step.budgets]

    def holders(self, cell: Cell, budget: Budget) -> list[Cell]:
        """All others that use the budget now, by the chip's own word; one that cannot be observed counts as using it, if it is there."""
        return [other for other in self._sharing(cell, budget) if self._holds(other, budget)]

    def _sharing(self, cell: Cell, budget: Budget) -> list[Cell]:
        return [self._cells[block.name] for block in budget.among if block is not cell.block]

    def _holds(self, other: Cell, budget: Budget) -> bool:
        if not other.counted:
            self._look(other)
        if not other.counted:  # taken for absent while its fuses wait for who asks: else these would wait for ever
            return not any(fuses.led and fuses.outcome is None for fuses, _ in other.fuses)
        return other.state in type(other.block).holding(budget.name)

    def sharers(self, cell: Cell, step: Step[Any]) -> list[Cell]:
        """All others that share a budget with this step."""
        return [other for budget in self.of(cell, step) for other in self._sharing(cell, budget)]
