"""Mutants: one change planted in one world, which a comparison with an honest world must find and name.

A mutant of a model lies on its bus or in a setting of its behaviour; those of RTL are in `rtl.py`. Both tables say in
which scenario it comes out, and as what it must be named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus import Bus, Decorator, Request
from bedplate.component import make_model
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
    """A mutant of a model of Tern: `plant` makes its raw bus."""

    name: str
    plant: Callable[[ChipModel, Chip], Bus]
    scenario: str
    named: str

    def open(self, kind: type[Chip]) -> Bus:
        """The raw bus of the changed chip."""
        model = make_model(kind)
        return self.plant(model, kind(model))


def _wrong_reset(model: ChipModel, chip: Chip) -> Bus:
    return MutatedBus(
        model, chip.register("die0.pll.sys.lock_limit").register.address, on_read=lambda word: word ^ 0x10
    )


def _swapped_fields(model: ChipModel, chip: Chip) -> Bus:
    """Both post dividers, three bits each."""
    post = chip.register("die0.pll.sys.post")
    one, other = (field.low for field in post.register.Value.FIELDS)

    def swapped(word: int) -> int:
        return (word >> one & 7) << other | (word >> other & 7) << one

    return MutatedBus(model, post.register.address, on_write=swapped)


def _early_lock(model: ChipModel, chip: Chip) -> Bus:
    """At once, instead of after 12 us."""
    model["die1.pll.d2d"].lock_time = 1  # type: ignore[attr-defined] # a setting of its behaviour
    return model


def _clears_its_neighbour(model: ChipModel, chip: Chip) -> Bus:
    return MutatedBus(
        model, chip.register("die1.ppu.hbm1.events").register.address, on_write=lambda word: word | word << 1
    )


MUTANTS = (
    ModelMutant("a wrong reset value", _wrong_reset, "boot", "die0.pll.sys.lock_limit.cycles"),
    ModelMutant("a swapped field", _swapped_fields, "boot", "die0.pll.sys.post.postdiv1"),
    ModelMutant("a lock bit that rises early", _early_lock, "die1.pll.d2d:lock_lost=1us", "die1.pll.d2d.status.lock"),
    ModelMutant(
        "a W1C bit that clears its neighbour", _clears_its_neighbour, "die1.ppu.hbm1:deny", "die1.ppu.hbm1.events.deny"
    ),
)
