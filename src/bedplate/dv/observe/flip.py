"""Every field of a state's registers flipped, alone and in pairs, and how `observe` answers: as few rows as say it all.

A row is flips that bring one answer. Rows stand in the order in which they win. Of two flips the upper one leads to the state
of its row, and the other one does what it does there: so the rows of all states together foretell the answer to each pair.
Pairs for which that is not so are told as exceptions. Nothing that was tried is left open by what is not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from bedplate.block import State
from bedplate.dv.observe.held import Contents, ObserveAnswer, ObserveJudge, ReadPlace

NARROW = 2
"""Fields of so many bits, and enumerations, are flipped to each other value; wider ones are sampled."""


class Flip(NamedTuple):
    """A field that holds another value than in the state: its number among the judge's places, and the value."""

    at: int
    value: int


class Row(NamedTuple):
    """Flips that bring the same answer, and win over those of the rows below."""

    state: State
    flips: tuple[Flip, ...]


class Shape(NamedTuple):
    """Values of a field that bring one answer: those in which one bit is inverted, ranges (first and last), or all the rest."""

    bit: int = -1
    ranges: tuple[tuple[int, int], ...] = ()


class FlipPair(NamedTuple):
    """Two flips that together bring an answer that the rows do not foretell."""

    state: State
    one: Flip
    other: Flip


class FlipVerdict(NamedTuple):
    """Everything that was tried from one state: how many flips and pairs, and what is worth a line."""

    flips: int
    pairs: int
    rows: tuple[Row, ...]
    exceptions: tuple[FlipPair, ...]
    shapes: Mapping[tuple[int, State], Shape]
    """Which values of a field (by `at`) bring an answer, where that is more than a list of what was tried."""


def is_wide(place: ReadPlace) -> bool:
    """Whether only samples of the field's values are tried."""
    return place.field.enum is None and place.field.width > NARROW


def samples(place: ReadPlace, value: int) -> list[int]:
    """Other values for a field: all of a narrow one; of others the ends, the neighbours, both checkerboards, each bit inverted."""
    width, ones = place.field.width, (1 << place.field.width) - 1
    if place.field.enum is not None:
        named = {int(member) for member in place.field.enum}
        tried = {*named, next((v for v in range(ones) if v not in named), 0), value ^ 1, value ^ ones}
    elif width <= NARROW:
        tried = set(range(ones + 1))
    else:
        tried = {0, 1, ones, ones // 3, ones ^ ones // 3, value ^ ones, max(value - 1, 0), min(value + 1, ones)}
        tried |= {value ^ 1 << bit for bit in range(width)}
    return sorted(tried - {value})


class Trial:
    """Everything that is tried from one state: first each flip, then the pairs, when the flips of all states are known."""

    def __init__(self, subject: ObserveJudge, state: State, contents: Contents) -> None:
        self.subject, self.state, self.contents = subject, state, contents
        self.places = subject.places
        self.read: set[str] = set()
        """Registers that any of the answers came from."""
        self.answers: dict[Flip, ObserveAnswer] = {}
        self.shapes: dict[tuple[int, State], Shape] = {}
        seen = self.ask(contents).read
        for flip in self._flips(seen):
            self.answers[flip] = self.ask(self._put(contents, flip))
        self.flips = tuple(self.answers)
        for flip in self._flips(frozenset(self.read) - seen):  # only looked at once another field was flipped
            self.answers[flip] = ObserveAnswer(state, seen)
        for at in {flip.at for flip in self.flips}:
            self._find_shapes(at, {flip.value: self.answers[flip].state for flip in self.flips if flip.at == at})

    def verdict(self, trials: Mapping[State, Trial]) -> FlipVerdict:
        """All pairs of the flips of narrow fields, and of one for each answer of a wide field, beside what `trials` foretell."""
        chosen = self._chosen()
        pairs = dict(self._pairs(chosen))
        rows = tuple(self._rows(chosen, pairs, trials))
        rank = {flip: number for number, row in enumerate(rows) for flip in row.flips}
        exceptions = []
        for (one, other), answer in pairs.items():
            upper, lower = sorted((one, other), key=lambda flip: rank.get(flip, len(rank)))
            if answer is not self._foretold(upper, lower, trials):
                exceptions.append(FlipPair(answer, one, other))
        return FlipVerdict(len(self.flips), len(pairs), rows, tuple(exceptions), self.shapes)

    def _foretold(self, upper: Flip, lower: Flip, trials: Mapping[State, Trial]) -> State:
        """The answer to two flips: the upper one's state, and what the lower one does there."""
        state = self.answers[upper].state
        there = self if state is self.state else trials[state]
        return there.answers[lower].state if lower in there.answers else state

    def ask(self, contents: Contents) -> ObserveAnswer:
        """What `observe` answers to these contents; the fields that it read for that are added to `read`."""
        answer = self.subject.ask(contents)
        self.read |= answer.read
        return answer

    def _flips(self, registers: frozenset[str]) -> Iterator[Flip]:
        for at, place in enumerate(self.places):
            if place.register in registers:
                for value in samples(place, place.value(self.contents)):
                    yield Flip(at, value)

    def _chosen(self) -> dict[Flip, list[Flip]]:
        """Flips of which pairs are made, each with those that it stands for: of a wide field one for each answer."""
        chosen: dict[object, list[Flip]] = {}
        for flip, answer in self.answers.items():
            key = (flip.at, answer.state) if is_wide(self.places[flip.at]) else flip
            chosen.setdefault(key, []).append(flip)
        return {flips[0]: flips for flips in chosen.values()}

    def _pairs(self, chosen: Iterable[Flip]) -> Iterator[tuple[tuple[Flip, Flip], State]]:
        for one, other in combinations(sorted(chosen), 2):
            reached = self.answers[one].read | self.answers[other].read
            if one.at != other.at and {self.places[flip.at].register for flip in (one, other)} <= reached:
                yield (one, other), self.ask(self._put(self._put(self.contents, one), other)).state

    def _put(self, contents: Contents, flip: Flip) -> Contents:
        return self.places[flip.at].put(contents, flip.value)

    def _rows(
        self,
        chosen: Mapping[Flip, Sequence[Flip]],
        pairs: Mapping[tuple[Flip, Flip], State],
        trials: Mapping[State, Trial],
    ) -> Iterator[Row]:
        """The changing flips in the order that foretells most, those with one answer together where they stand together."""
        beaten: dict[Flip, set[Flip]] = {flip: set() for flip in chosen}
        for (one, other), answer in pairs.items():
            first, second = self.answers[one].state, self.answers[other].state
            if first is second or self.state in (first, second):
                continue
            wins = answer is first, answer is second
            if not any(wins):
                wins = (answer is self._foretold(one, other, trials), answer is self._foretold(other, one, trials))
            if wins[0] is not wins[1]:
                winner, loser = (one, other) if wins[0] else (other, one)
                beaten[loser].add(winner)
        left = [flip for flip in chosen if self.answers[flip].state is not self.state]
        while left:
            losses = {flip: len(beaten[flip].intersection(left)) for flip in left}
            free = [flip for flip in left if losses[flip] == min(losses.values())]
            states = [self.answers[flip].state for flip in free]
            still = [self.answers[flip].state for flip in left if flip not in free]
            state = next((state for state in states if state not in still), states[0])
            row = [flip for flip, one in zip(free, states, strict=True) if one is state]
            yield Row(state, tuple(sorted(flip for one in row for flip in chosen[one])))
            left = [flip for flip in left if flip not in row]

    def _find_shapes(self, at: int, tried: dict[int, State]) -> None:
        place = self.places[at]
        held, ones = place.value(self.contents), (1 << place.field.width) - 1
        if len(set(tried.values())) == 1:
            others = tuple(ends for ends in ((0, held - 1), (held + 1, ones)) if ends[0] <= ends[1])
            self.shapes[at, next(iter(tried.values()))] = Shape(ranges=others)
        elif is_wide(place):
            for bit in range(place.field.width):
                flipped = {answer for value, answer in tried.items() if (value ^ held) >> bit & 1}
                kept = {answer for value, answer in tried.items() if not (value ^ held) >> bit & 1}
                if len(flipped) == 1 and kept == {self.state} != flipped:
                    self.shapes[at, flipped.pop()] = Shape(bit)
                    return
            self._find_ranges(at, tried | {held: self.state})

    def _find_ranges(self, at: int, known: dict[int, State]) -> None:
        """Where what was tried says that the values are split into at most three ranges: these, to their very ends."""
        place = self.places[at]
        values = sorted(known)
        if sum(known[low] is not known[high] for low, high in pairwise(values)) > 2:
            answers = [known[value] for value in values]
            most = max(answers, key=answers.count)
            if answers.count(self.state) == 1 and most is not self.state:
                self.shapes[at, most] = Shape()
            return
        ranges: list[tuple[int, int, State]] = []
        start = 0
        for low, high in pairwise(values):
            if known[low] is not known[high]:
                below, above = low, high
                while above - below > 1:
                    middle = (below + above) // 2
                    if self.ask(place.put(self.contents, middle)).state is known[low]:
                        below = middle
                    else:
                        above = middle
                ranges.append((start, below, known[low]))
                start = above
        ranges.append((start, (1 << place.field.width) - 1, known[values[-1]]))
        for state in {state for _, _, state in ranges}:
            self.shapes[at, state] = Shape(ranges=tuple((low, high) for low, high, one in ranges if one is state))
