"""The differences between two recordings in normal form, named by register and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from bedplate.bus import WORD, us
from bedplate.dv.compare.normal import Activity, Item, Normal
from bedplate.dv.compare.order import out_of_order
from bedplate.dv.compare.record import CHIP, Recording
from bedplate.errors import duration
from bedplate.reg.value import hexadecimal, show

ALIKE = 5
"""Two durations are alike when neither is more than so many times the other."""
SHORT = us(2)
"""What is shorter than this (ns) is settling, and alike."""


class Divergence(NamedTuple):
    """How two worlds differ at one place.

    `place` is the register with the fields that differ (`die0.pll.sys.status.lock`), or the instance where it is no register;
    `a` and `b` say what each world did or read there, `source` which line of the HAL asked, `instance` for whom. `serial` is
    the number of the transaction in A.
    """

    serial: int
    instance: str
    place: str
    a: str
    b: str
    source: str


class Judge:
    """Compares recordings of one type of chip."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal

    def findings(self, a: Recording, b: Recording) -> list[Divergence]:
        """For every instance the first difference, those that came first in A first. Empty when they are identical.

        What was done comes before the order along needs and the endings, which are only looked at when all else is the same.
        """
        activities_a, activities_b = self._normal.activities(a), self._normal.activities(b)
        found = [
            finding
            for actor in dict.fromkeys((*activities_a, *activities_b))
            for finding in self._first(actor.instance, activities_a.get(actor, []), activities_b.get(actor, []))
        ]
        found.sort(key=lambda finding: finding.serial)
        return found or [*self._order(a, b), *_endings(a, b)]

    def compared(self, recording: Recording) -> int:
        """How many transactions of a recording stand in its normal form; the others are looks in vain and poll loops."""
        return sum(
            len(activity.items) for activities in self._normal.activities(recording).values() for activity in activities
        )

    def _first(self, instance: str, a: list[Activity], b: list[Activity]) -> Iterator[Divergence]:
        """The first difference in what an instance did, if there is one."""
        for one, other in zip_longest(a, b, fillvalue=NOTHING):
            for left, right in zip_longest(one.items, other.items):
                if left is None or right is None or not left.same(right):
                    yield self._differ(instance, left, right)
                    return
            if _too_early(one, other) or _too_early(other, one):
                yield self._untimely(instance, one, other)
                return

    def _differ(self, instance: str, a: Item | None, b: Item | None) -> Divergence:
        """Two transactions that should be one and the same; None where that world makes none here."""
        at = a or b
        assert at is not None
        texts = [self._text(item) if item is not None else "nothing more" for item in (a, b)]
        if a is None or b is None or a.asked != b.asked or len(a.data) != len(b.data):
            return self._finding(instance, at, 0, 0, texts[0], texts[1])
        index = next((i for i, (x, y) in enumerate(zip(a.compared, b.compared, strict=True)) if x != y), 0)
        changed = a.compared[index] ^ b.compared[index] if a.compared else 0
        if changed and not (a.access.heard.error or b.access.heard.error):
            texts = [self._fields(item, index, changed) for item in (a, b)]
        return self._finding(instance, a, index, changed, texts[0], texts[1])

    def _untimely(self, instance: str, a: Activity, b: Activity) -> Divergence:
        """The same activity, but one world's hardware was ready when the other's was still known not to be."""
        late = a if _too_early(b, a) else b
        old = late.not_ready
        assert old is not None
        new = next((item for item in late.items if item.asked == old.asked and not item.same(old)), old)
        changed = old.compared[0] ^ new.compared[0]
        ready = self._fields(new, 0, changed) if changed else self._text(new)
        texts = [
            f"{ready}, between {duration(activity.after)} and {duration(activity.within)} after it was asked for"
            for activity in (a, b)
        ]
        return self._finding(instance, old, 0, changed, texts[0], texts[1])

    def _finding(self, instance: str, at: Item, index: int, changed: int, a: str, b: str) -> Divergence:
        """A finding at a word of a transaction, of which the bits `changed` differ."""
        address = at.access.heard.request.address + WORD * index
        word = self._normal.words.get(address)
        if word is None:
            return Divergence(at.serial, instance, f"0x{address:08x}", a, b, at.access.source)
        names = ",".join(field.name for field in word.cls.Value.FIELDS if field.mask >> word.low & changed)
        place = f"{word.path}.{names}" if names else word.path
        return Divergence(at.serial, word.instance if instance == CHIP else instance, place, a, b, at.access.source)

    def _fields(self, item: Item, index: int, changed: int) -> str:
        """What one world read or wrote, in the fields that hold the bits `changed`."""
        word = self._normal.words[item.access.heard.request.address + WORD * index]
        data = item.data[index] << word.low
        fields = [field for field in word.cls.Value.FIELDS if field.mask >> word.low & changed]
        if not fields:
            return self._text(item)
        return " ".join([_verb(item), *(f"{field.name}={show(field, field.extract(data))}" for field in fields)])

    def _text(self, item: Item) -> str:
        heard = item.access.heard
        word = self._normal.words.get(heard.request.address)
        name = word.path if word is not None else f"0x{heard.request.address:08x}"
        data = " ".join(hexadecimal(value, 32) for value in item.data[:4]) + (" ..." if len(item.data) > 4 else "")
        return " ".join(filter(None, (_verb(item), name, data, heard.error)))

    def _order(self, a: Recording, b: Recording) -> Iterator[Divergence]:
        pairs = out_of_order(self._normal, a) ^ out_of_order(self._normal, b)
        for user, provider in sorted(pairs):
            texts = [
                f"began {'before' if (user, provider) in out_of_order(self._normal, one) else 'after'} {provider} was done"
                for one in (a, b)
            ]
            yield Divergence(len(a.accesses), user, user, texts[0], texts[1], "")


NOTHING = Activity((), 0, 0, None)


def _too_early(one: Activity, other: Activity) -> bool:
    """Whether one was ready so soon that, with durations alike, the other cannot have been found not ready for so long."""
    return other.after > SHORT + ALIKE * one.within


def _verb(item: Item) -> str:
    return "wrote" if item.access.heard.request.is_write else "read"


def _endings(a: Recording, b: Recording) -> Iterator[Divergence]:
    """How the converges ended, and how many dangerous acts were counted."""
    never: Mapping[str, str] = {}
    for number, (left, right) in enumerate(zip_longest(a.outcomes, b.outcomes, fillvalue=never), 1):
        for name in dict.fromkeys((*left, *right)):
            if left.get(name) != right.get(name):
                ended = [f"converge {number} ended {one.get(name, 'never')}" for one in (left, right)]
                yield Divergence(len(a.accesses), name, name, ended[0], ended[1], "")
    if a.violations is not None and b.violations is not None and a.violations != b.violations:
        yield Divergence(len(a.accesses), CHIP, CHIP, f"{a.violations} violations", f"{b.violations} violations", "")
