"""Budgets that many share, such as inrush current: counted by what is in progress on the chip, whatever this run thinks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bedplate.block import Step
from bedplate.converge.cell import Cell
from bedplate.topology import Limit


class Budgets:
    """The shared limits of a chip. `look` observes an instance whose turn has not come, for counting."""

    def __init__(self, limits: tuple[Limit, ...], cells: Mapping[str, Cell], look: Callable[[Cell], None]) -> None:
        self._limits: dict[str, list[Limit]] = {}
        for limit in limits:
            for block in limit.among:
                self._limits.setdefault(block.name, []).append(limit)
        self._cells, self._look = cells, look
        self.waiting: dict[str, Cell] = {}
        """Who waits for a budget."""

    def counts(self, cell: Cell) -> bool:
        """Whether it shares a budget with anybody."""
        return cell.name in self._limits

    def is_free(self, cell: Cell, step: Step[Any]) -> bool:
        """Whether every budget that the step claims has room: so all that share it must have been observed in this round."""
        return all(len(self.holders(cell, limit)) < limit.most for limit in self.of(cell, step))

    def of(self, cell: Cell, step: Step[Any]) -> list[Limit]:
        """The limits that a step of this instance claims."""
        return [limit for limit in self._limits.get(cell.name, ()) if limit.claim in step.claims]

    def holders(self, cell: Cell, limit: Limit) -> list[Cell]:
        """All others that use the budget now, by the chip's own word; one that cannot be observed counts as using it."""
        return [other for other in self._sharing(cell, limit) if self._holds(other, limit)]

    def _sharing(self, cell: Cell, limit: Limit) -> list[Cell]:
        return [self._cells[block.name] for block in limit.among if block is not cell.block]

    def _holds(self, other: Cell, limit: Limit) -> bool:
        if not other.counted:
            self._look(other)
        if not other.counted:
            return True
        return other.state in type(other.block).holding(limit.claim)

    def sharers(self, cell: Cell, step: Step[Any]) -> list[Cell]:
        """All others that share a budget with this step."""
        return [other for limit in self.of(cell, step) for other in self._sharing(cell, limit)]
