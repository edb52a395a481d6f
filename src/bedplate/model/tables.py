"""How accesses find their registers, and registers each other: tables worked out once for a block class and its hooks."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.bus import SIZES, WORD
from bedplate.errors import BusSize
from bedplate.model.plan import FieldPlan, block_plan, path_of
from bedplate.model.reference import PropertyReference
from bedplate.reg import RegisterBlock

SIDES = ("next", "hwclr", "hwset", "incr", "decr")
"""Properties through which another component acts on a field without being asked (SystemRDL 2.0, 9.5, 9.6, 9.8).

In the order in which they act: `hwset` wins over `hwclr`."""


class WatchedSlots(NamedTuple):
    """Which registers and memories (by slot) a behaviour wants to hear of."""

    before_read: frozenset[int] = frozenset()
    after_read: frozenset[int] = frozenset()
    after_write: frozenset[int] = frozenset()


class FieldLink(NamedTuple):
    """Another component acts on a field: `reference` is the property `side` of `field` in the storage `target`."""

    side: str
    target: int
    field: FieldPlan
    reference: PropertyReference


class Aggregate(NamedTuple):
    """An output of a register made of its interrupt fields: bits that always count, fields that something enables or masks."""

    always: int
    guarded: tuple[tuple[FieldPlan, PropertyReference, bool], ...]


class Piece(NamedTuple):
    """The part of a bus access that falls on one register: which of its bits, and which bits of the bus those are."""

    slot: int
    lanes: int
    strobe: int
    segments: tuple[tuple[int, int, int], ...]


class FilePlan:
    """All tables of a block class under one set of hooks. `pieces` fills itself: each kind of access is decoded once."""

    __slots__ = (
        "_references",
        "_words",
        "aggregates",
        "block",
        "copied",
        "fast_read",
        "fast_write",
        "interrupts",
        "links",
        "live",
        "pieces",
        "reset",
        "sizes",
        "strobes",
        "unknown",
        "watch",
    )

    def __init__(self, block: type[RegisterBlock], watch: WatchedSlots) -> None:
        self.block = plan = block_plan(block)
        self.watch = watch
        self._references: dict[tuple[str, int], PropertyReference] = {}
        self.pieces: dict[tuple[int, int], tuple[Piece, ...]] = {}
        self.sizes = (*SIZES, 2 * WORD) if any(p.part > WORD for p in plan.plans) else SIZES
        """Of the accesses that reach it (bytes): as its registers promise to understand."""
        self.reset = [p.reset if plan.store[i] == i else 0 for i, p in enumerate(plan.plans)]
        self.unknown = {i: p.unknown for i, p in enumerate(plan.plans) if p.unknown and plan.store[i] == i}
        self.copied = [
            (slot, f, self.reference(path, slot))
            for slot, p in enumerate(plan.plans)
            for f in p.fields.values()
            if plan.store[slot] == slot and (path := path_of(f.props, "reset"))
        ]
        self._words: dict[int, list[int]] = {}
        for slot, p in enumerate(plan.plans):
            first = plan.offsets[slot]
            for word in range(first // WORD, (first + p.bytes + WORD - 1) // WORD):
                self._words.setdefault(word, []).append(slot)
        self._link()
        self.fast_read: dict[int, tuple[int, int]] = {}
        self.fast_write: dict[int, tuple[int, int, int]] = {}
        for slot, p in enumerate(plan.plans):
            at, store = plan.offsets[slot], plan.store[slot]
            if (
                plan.classes[slot].SWAPPED
                or p.bytes != WORD
                or p.part != WORD
                or at % WORD
                or len(self._words[at // WORD]) > 1
            ):
                continue
            busy = store in self.links or store in self.interrupts or slot in self.strobes
            if not (p.acts_on_read or slot in watch.before_read or slot in watch.after_read or slot in self.strobes):
                self.fast_read[at] = (store, p.readable)
            if p.plain_only and not busy and slot not in watch.after_write and not plan.plans[store].levels:
                self.fast_write[at] = (store, ~p.plain, p.plain)

    def _link(self) -> None:
        """Who acts on whom, by storage slot or signal; which interrupt outputs a storage slot takes part in."""
        links: dict[int | str, list[FieldLink]] = {}
        strobes: dict[int, list[FieldLink]] = {}
        interrupts: dict[int | str, list[int]] = {}
        for slot, p in enumerate(self.block.plans):
            if self.block.store[slot] != slot:
                continue
            for f in p.fields.values():
                for side in SIDES:
                    path = path_of(f.props, side)
                    if path is None:
                        continue
                    link = FieldLink(side, slot, f, self.reference(path, slot))
                    if link.reference.strobe:
                        for place in range(len(self.block.plans)):
                            if self.block.store[place] == link.reference.slot:
                                strobes.setdefault(place, []).append(link)
                        continue
                    for source in {slot, *link.reference.sources()}:
                        links.setdefault(source, []).append(link)
                if f.props.get("intr"):
                    interrupts.setdefault(slot, []).append(slot)
                    for name in ("enable", "mask", "haltenable", "haltmask"):
                        if (path := path_of(f.props, name)) is not None:
                            for source in self.reference(path, slot).sources():
                                interrupts.setdefault(source, []).append(slot)
        self.links = {source: tuple(those) for source, those in links.items()}
        self.strobes = {slot: tuple(those) for slot, those in strobes.items()}
        latching = (slot for slot, p in enumerate(self.block.plans) if p.levels)
        self.live = frozenset({*links, *interrupts, *latching})
        self.aggregates = {
            (slot, output): self._aggregate(slot, output)
            for slot, p in enumerate(self.block.plans)
            for output in ("intr", "halt")
        }
        self.interrupts = {source: tuple(dict.fromkeys(those)) for source, those in interrupts.items()}

    def _aggregate(self, slot: int, output: str) -> Aggregate:
        """9.9.1: `halt` is made only of the fields that speak of it, `intr` of all interrupt fields."""
        enable, mask = ("enable", "mask") if output == "intr" else ("haltenable", "haltmask")
        always, guarded = 0, []
        for f in self.block.plans[slot].fields.values():
            if not f.props.get("intr"):
                continue
            on, off = path_of(f.props, enable), path_of(f.props, mask)
            if on is not None:
                guarded.append((f, self.reference(on, slot), False))
            elif off is not None:
                guarded.append((f, self.reference(off, slot), True))
            elif output == "intr":
                always |= f.mask
        return Aggregate(always, tuple(guarded))

    def reference(self, path: str, slot: int) -> PropertyReference:
        """What a property of a field of that register refers to. Raises RdlError."""
        reference = self._references.get((path, slot))
        if reference is None:
            reference = self._references[path, slot] = PropertyReference.of(path, slot, self.block)
        return reference

    def decode(self, offset: int, size: int) -> tuple[Piece, ...]:
        """Which registers an access falls on, in ascending order, and how. Raises BusSize."""
        if size not in self.sizes or offset % size or offset < 0:
            wanted = f"{', '.join(map(str, self.sizes))} bytes, aligned"
            raise BusSize(f"access of {size} bytes at offset 0x{offset:x}", wanted=wanted)
        words = range(offset // WORD, (offset + size - 1) // WORD + 1)
        slots = dict.fromkeys(slot for word in words for slot in self._words.get(word, ()))
        pieces = tuple(self._piece(slot, offset, size) for slot in slots)
        pieces = tuple(piece for piece in pieces if piece.lanes)
        self.pieces[offset, size] = pieces
        return pieces

    def _piece(self, slot: int, offset: int, size: int) -> Piece:
        p, first = self.block.plans[slot], self.block.offsets[slot]
        cls = self.block.classes[slot]
        # In a unit the order of the bytes is the bus's; that of units is the description's.
        unit = 1 if cls.SWAPPED else min(p.part, max(size, WORD))
        units = p.bytes // unit
        lanes = strobe = 0
        segments = []
        for index in range(units):
            start = first + index * unit
            low, high = max(offset, start), min(offset + size, start + unit)
            if low >= high:
                continue
            position = units - 1 - index if cls.BIG_ENDIAN else index
            at = 8 * (position * unit + low - start)
            ones = (1 << 8 * (high - low)) - 1
            segments.append((8 * (low - offset), ones, at))
            lanes |= ones << at
            strobe |= ((1 << 8 * p.part) - 1) << 8 * (position * unit // p.part) * p.part
        return Piece(slot, lanes, strobe, tuple(segments))


def file_plan(block: type[RegisterBlock], watch: WatchedSlots) -> FilePlan:
    """The tables of a block class under these hooks, made once."""
    plan = _file_plans.get((block, watch))
    if plan is None:
        plan = _file_plans[block, watch] = FilePlan(block, watch)
    return plan


_file_plans: dict[tuple[type[RegisterBlock], WatchedSlots], FilePlan] = {}
