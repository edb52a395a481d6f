"""Mutants that a chip declares beside its class, in `mutants.py`: one change in one world, which a proof must find and name.

One of a model lies on its bus or in a setting of its behaviour; one of RTL changes its text. `MODEL` and `RTL` there are found by a
comparison with an honest world, `WIRING` by the experiments of `dv wiring`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus import Bus, Decorator, Request
from bedplate.component.chip_model import make_model
from bedplate.converge import Chip
from bedplate.model import ChipModel

OnRead = Callable[[int], int]
OnWrite = Callable[[int], int]


def _same(word: int) -> int:
    return word


class MutatedBus(Decorator):
    """A chip with one register, at a byte address, that gives (`on_read`) or takes (`on_write`) other words than it should.

    The backdoor of the raw bus stays open.
    """

    def __init__(self, model: ChipModel, address: int, on_read: OnRead = _same, on_write: OnWrite = _same) -> None:
        super().__init__(model)
        self._at = address
        self._on_read = on_read
        self._on_write = on_write
        self.plant_text = model.plant_text
        self.tenant = model.tenant
        self.reset = model.reset
        self.leap = model.leap
        self.violations = model.violations

    def transact(self, request: Request) -> Sequence[int]:
        index, rest = divmod(self._at - request.address, 4)
        hit = not rest and 0 <= index < request.length
        if hit and request.values is not None:
            changed = list(request.values)
            changed[index] = self._on_write(changed[index])
            return super().transact(request._replace(values=tuple(changed)))
        words = list(super().transact(request))
        if hit and words:
            words[index] = self._on_read(words[index])
        return words


class ModelMutant(NamedTuple):
    """A mutant of a chip's model: `plant` makes its raw bus. It comes out in a scenario of `dv compare`, which names a place."""

    name: str
    plant: Callable[[ChipModel, Chip], Bus]
    scenario: str
    named: str

    def open(self, kind: type[Chip]) -> Bus:
        """The raw bus of the changed chip."""
        model = make_model(kind)
        return self.plant(model, kind(model))


class RtlMutant(NamedTuple):
    """A change in `file` (from the root of the checkout). In `text`, which stands there once, « honest → changed » are expressions, and
    `…` is whatever stands there in the same statement.
    """

    name: str
    file: str
    text: str
    scenario: str
    named: str
