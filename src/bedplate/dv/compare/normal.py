"""The normal form of a recording: what must be the same in every world, whatever the durations.

- An *activity* is a turn in which something was written or failed, or the last one of an instance in a round. Activities of an
  instance are compared one by one, with all they read and wrote. Activities of different instances are not: their order depends on
  durations. Looks in vain between two activities are no activities; they only tell since when the hardware was ready (`Activity.after`,
  `Activity.within`), which is compared by order of magnitude.
- In a turn, reads of one register that follow each other (a poll loop) are one read: the last.
- An output (a reset line, a clock root) has activities of its own, whoever of its users did them: which of them finds it off
  depends on durations, and so does how often it is turned on. Of registers that show many outputs at once, an output's activities
  are compared by its own bits, all others by the bits that are no output's.
- An activity without a write that repeats the one before is none: durations decide in how many rounds the end is confirmed.
- What is done for the chip as a whole (epochs, fuses) is compared by what was read last.
- Left out of values: fields that a model declares free to differ (timers, heartbeats, counters of samples), and fields marked
  `dontcompare`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from bedplate.block import Output
from bedplate.bus import WORD, Bus, Decorator, MemoryBus, Request
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.dv.compare.record import CHIP, RecordedAccess, Recording
from bedplate.dv.conformance import semantics
from bedplate.errors import UnknownName
from bedplate.reg import Register, registers
from bedplate.topology import Instance

ONES = 0xFFFF_FFFF


class Word(NamedTuple):
    """A word of a register: whose, how far up in the register its bits stand, and which of its bits may differ."""

    instance: str
    path: str
    cls: type[Register]
    low: int
    free: int


class Actor(NamedTuple):
    """Whose activities they are: an instance's, or those of some of its outputs (a bit for each), by whomever."""

    instance: str
    outputs: int = 0


class Item(NamedTuple):
    """One transaction in normal form: what was asked for, and the data with what may differ masked out."""

    serial: int
    access: RecordedAccess
    masks: tuple[int, ...]

    @property
    def data(self) -> tuple[int, ...]:
        """The words written or read, as they were."""
        heard = self.access.heard
        return heard.request.values if heard.request.values is not None else heard.words

    @property
    def compared(self) -> tuple[int, ...]:
        """The words without what may differ."""
        return tuple(word & mask for word, mask in zip(self.data, self.masks, strict=False))

    @property
    def asked(self) -> tuple[int, int, bool, int]:
        """What was asked for, without data."""
        request = self.access.heard.request
        return request.address, request.length, request.is_write, request.size

    def same(self, other: Item) -> bool:
        """Whether it is the same transaction with the same ending."""
        return (self.asked, self.compared, self.access.heard.error) == (
            other.asked,
            other.compared,
            other.access.heard.error,
        )


class Activity(NamedTuple):
    """A turn that counts.

    `after` and `within` (ns since the instance's activity before) bound the time when the hardware was ready for it: a look at
    `after` found it not ready (`not_ready` is the item that told), one at `within` did. Both are 0 where nothing started it.
    """

    items: tuple[Item, ...]
    after: int
    within: int
    not_ready: Item | None

    @property
    def writes(self) -> bool:
        """Whether anything was written in it."""
        return any(item.access.heard.request.is_write for item in self.items)


class _Asked(Decorator):
    """A bus that leads nowhere and notes where it was asked to read."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus)
        self.addresses: set[int] = set()

    def transact(self, request: Request) -> Sequence[int]:
        self.addresses.add(request.address)
        return (0,) * request.length


class Normal:
    """Makes normal forms for one type of chip. `free` lists for each instance the registers and fields that may differ."""

    def __init__(self, kind: Callable[[Bus], Chip], free: Mapping[str, Iterable[str]]) -> None:
        asked = _Asked(MemoryBus(0))
        chip = kind(asked)
        self.order = chip.order
        self.words = {
            address: word for block in chip.all for address, word in _words(block, frozenset(free.get(block.name, ())))
        }
        self._mine: dict[tuple[str, str], int] = {}
        """For a user and its provider: a bit for each output that the user needs."""
        self._handed_out: dict[int, int] = {}
        """For the address of a register that shows outputs: a bit for each of them that somebody needs."""
        for block in chip.all:
            for need in block.needs:
                if isinstance(need, Output):
                    user = block.name, need.provider.name
                    self._mine[user] = self._mine.get(user, 0) | 1 << need.index
                    asked.addresses.clear()
                    need.is_on()
                    need.is_coming()
                    for address in asked.addresses:
                        self._handed_out[address] = self._handed_out.get(address, 0) | 1 << need.index

    def activities(self, recording: Recording) -> dict[Actor, list[Activity]]:
        """What each instance and each output did; for the chip as a whole one activity with what was read last."""
        turns: dict[Actor, list[list[Item]]] = {}
        last: dict[int, Item] = {}
        for serial, access in enumerate(recording.accesses):
            actor = self._actor(access)
            item = Item(serial, access, tuple(self._masks(access, actor)))
            if access.actor == CHIP:
                last[access.heard.request.address] = item
                continue
            mine = turns.setdefault(actor, [])
            if mine and mine[-1][0].access.turn == access.turn:
                if access.heard.repeats(mine[-1][-1].access.heard):
                    mine[-1].pop()
                mine[-1].append(item)
            else:
                mine.append([item])
        found = {actor: list(_activities(mine, recording.complete)) for actor, mine in turns.items()}
        found[Actor(CHIP)] = [Activity(tuple(item for _, item in sorted(last.items())), 0, 0, None)]
        return {actor: list(_once(activities, bool(actor.outputs))) for actor, activities in found.items()}

    def _actor(self, access: RecordedAccess) -> Actor:
        word = self.words.get(access.heard.request.address)
        if word is not None and (outputs := self._mine.get((access.actor, word.instance), 0)):
            return Actor(word.instance, outputs)
        return Actor(access.actor)

    def _masks(self, access: RecordedAccess, actor: Actor) -> Iterator[int]:
        request = access.heard.request
        for address in range(request.address, request.address + WORD * request.length, WORD):
            word = self.words.get(address)
            if word is None:
                yield ONES
                continue
            keep = ONES & ~word.free
            outputs = self._handed_out.get(address, 0)
            theirs = outputs & ~actor.outputs
            for field in word.cls.Value.FIELDS:
                if 1 < field.width >= outputs.bit_length() > 0:
                    keep &= ~(theirs << field.low >> word.low)
                    if actor.outputs:
                        keep &= ~((field.mask & ~(actor.outputs << field.low)) >> word.low)
            yield keep


def normal_of(kind: type[Chip]) -> Normal:
    """For a type of chip: registers from its wiring, and what may differ from what its models declare, where it has some."""
    try:
        model = make_model(kind)
    except UnknownName:  # a type without a component
        return Normal(kind, {})
    return Normal(kind, {name: model[name].free for name in model})


def _words(block: Instance, free: frozenset[str]) -> Iterator[tuple[int, Word]]:
    for path, offset, cls in registers(type(block.regs)):
        plain = re.sub(r"\[\d+\]", "", path)
        mask = (1 << cls.WIDTH) - 1 if plain in free else 0
        for field in cls.Value.FIELDS:
            mask |= field.mask if f"{plain}.{field.name}" in free else semantics.uncompared(field)
        count = max(cls.WIDTH // 32, 1)
        for index in range(count):
            low = 32 * (count - 1 - index if cls.BIG_ENDIAN else index)
            word = Word(block.name, f"{block.name}.{path}", cls, low, mask >> low & ONES)
            yield block.regs.base + offset + WORD * index, word


def _activities(turns: list[list[Item]], complete: list[bool]) -> Iterator[Activity]:
    """The turns of one instance that count, each with what the looks before it tell."""
    started: int | None = None
    looks: list[list[Item]] = []
    for _, group in groupby(turns, key=lambda turn: turn[0].access.round):
        of_round = list(group)
        for turn in of_round:
            ends = turn is of_round[-1] and complete[turn[0].access.round]
            wrote = any(item.access.heard.request.is_write for item in turn)
            if not (ends or wrote or turn[-1].access.heard.error):
                looks.append(turn)
                continue
            yield _activity(turn, looks, started)
            looks = []
            started = turn[-1].access.heard.time if wrote else None


def _once(activities: list[Activity], writes_too: bool) -> Iterator[Activity]:
    """The activities without those that only repeat the one before: how many rounds confirm the last depends on durations."""
    before: Activity | None = None
    for activity in activities:
        repeats = (
            before is not None
            and len(activity.items) == len(before.items)
            and all(map(Item.same, activity.items, before.items))
        )
        if not repeats or (activity.writes and not writes_too):
            yield activity
        before = activity


def _activity(turn: list[Item], looks: list[list[Item]], started: int | None) -> Activity:
    if started is None:
        return Activity(tuple(turn), 0, 0, None)
    after, within, not_ready = 0, turn[0].access.heard.time - started, None
    for look in reversed(looks):
        differing = next((old for old, new in zip(look, turn, strict=False) if not old.same(new)), None)
        at = look[0].access.heard.time - started
        if differing is not None or len(look) > len(turn):
            after, not_ready = at, differing or look[-1]
            break
        within = at
    return Activity(tuple(turn), after, within, not_ready)
