"""Kills of one kind: those after which the same thing was the last to change the chip. One of each kind is tried, where not all are.

What a new HAL finds is the state of each instance; it deals with each of them by its own state machine. A kill adds to what is known
of that only if it leaves some instance as no other kill has: after a write of a step that no other one stands for (the same
register of another instance of the type, in the same step), in the midst of such a write, or after something that hardware did alone.
Kills of one kind differ in what the rest of the chip was doing meanwhile, which the full size (`--sample 1`) goes through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from bedplate.bus import Transaction
from bedplate.dv.kill.reference import Death, KilledChip, Reference
from bedplate.model import ChipModel


class KillKind(NamedTuple):
    """What was the last to change the chip, and how: `inside` is how many words of it got through, `later` whether it ran on alone."""

    change: str
    inside: int = 0
    later: bool = False


class Kinds:
    """The kinds of the kills of one flow."""

    def __init__(self, ref: Reference) -> None:
        self._ref = ref
        drawing = ref.chip(ChipModel([]))
        self._addresses = drawing.addresses
        self._ips = {block.name: block.ip for block in drawing.all}
        self._name = re.compile(
            "|".join(rf"\b{re.escape(name)}\b" for name in sorted(self._ips, key=len, reverse=True))
        )
        self._writes = self._labels()
        self._made_by = {ref.points[at].snapshot + 1: text for at, text in self._writes.items()}

    def of(self, death: Death) -> KillKind:
        """The kind of one kill."""
        case = self._ref.case(death)
        if case.request is None:
            return KillKind(self._since(case.snapshot, case.alone), later=death.variant == "later")
        return KillKind(self._writes[death.at], death.words, death.variant == "later")

    def one_of_each(self, cases: Mapping[KilledChip, list[Death]]) -> dict[KilledChip, list[Death]]:
        """Of the cases of each kind the middle one, with the kills of all of them."""
        kinds: dict[KillKind, list[KilledChip]] = {}
        for case, deaths in cases.items():
            kinds.setdefault(self.of(deaths[0]), []).append(case)
        found = {}
        for alike in kinds.values():
            middle = alike.pop(len(alike) // 2)
            found[middle] = [death for case in (middle, *alike) for death in cases[case]]
        return found

    def _labels(self) -> dict[int, str]:
        """By its number each transaction that changes the chip, in words that fit every instance of the type."""
        found: dict[int, str] = {}
        nth: dict[str, int] = {}
        for at, point in enumerate(self._ref.points):
            if not self._ref.changes(at):
                continue
            register = self._addresses.describe(Transaction(0, point.request))[0]
            act = self._ref.step_at(at)
            alike = f"{act}/{register}"
            nth[alike] = nth.get(alike, 0) + 1
            found[at] = f"{self._typed(act)}: {self._typed(register)} {nth[alike]}"
        return found

    def _typed(self, text: str) -> str:
        """The same text with types in the place of instances, and without indexes."""
        return re.sub(r"\[\d+\]|\d+", "", self._name.sub(lambda found: self._ips[found[0]], text))

    def _since(self, snapshot: int, alone: int) -> str:
        """What was the last to change a chip that was left alone for that time."""
        happened = self._ref.events[snapshot]
        number = bisect_right(happened, alone, key=lambda one: one[0])
        if number:
            return happened[number - 1][1]
        return self._made_by.get(snapshot, "before anything")
