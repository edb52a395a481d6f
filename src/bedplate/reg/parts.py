"""Registers that are wider than an access: how they move in parts, and where parts would do harm.

SystemRDL's `accesswidth` is the least access that the hardware promises to understand. A bus that has such accesses makes them. One
that is narrower could make smaller ones, and what that does to the whole register nobody promised: the first part that is read may
clear it all, the first that is written may start what the others were to configure. Then the access is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bedplate.bus import SIZES, WORD, Bus
from bedplate.errors import BusSize, TornRead

ROUNDS = 4
"""How often the upper parts of a register are read until they stay as they were: hardware carries into them once in 2^32 counts."""

STROBED = frozenset({"swmod", "swacc", "wr_swacc"})
"""Properties by which hardware notices each write, of whatever part."""


class AnyField(Protocol):
    """A field as registers and the generator know it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def low(self) -> int:
        """Its lowest bit."""

    @property
    def width(self) -> int:
        """Its bits."""

    @property
    def hw(self) -> str:
        """What hardware may do: r, w, rw or na."""

    @property
    def onwrite(self) -> str | None:
        """What a write does, where it does more than store."""

    @property
    def singlepulse(self) -> bool:
        """Whether it falls back by itself."""

    @property
    def readable(self) -> bool:
        """Whether software can read it."""

    @property
    def writable(self) -> bool:
        """Whether software can write it."""

    @property
    def props(self) -> Mapping[str, object] | Sequence[tuple[str, object]]:
        """Its other properties."""


def why_not_read(probe: str) -> str:
    """Why reading it in smaller parts than promised would do harm; empty where it would not."""
    if probe == "safe":
        return ""
    return f"a read of any part {'may act on' if probe == 'doubtful' else probe} the whole"


def why_not_write(fields: Iterable[AnyField], part: int) -> str:
    """Why writing it in parts of so many bits, smaller than promised, would do harm; empty where it would not."""
    seen: dict[int, str] = {}
    for field in fields:
        props = dict(field.props)
        if not field.writable or "buffer_writes" in props:
            continue
        if field.onwrite or field.singlepulse or any(props.get(name) for name in STROBED):
            return f"a write of any part acts on {field.name}"
        if field.hw in ("r", "rw"):
            for place in range(field.low // part, (field.low + field.width - 1) // part + 1):
                seen.setdefault(place, field.name)
    if len(seen) < 2:
        return ""
    return f"hardware would see {seen[min(seen)]} before what is written with it"


def running(fields: Iterable[AnyField], part: int) -> str:
    """The field that hardware may change between two parts of it that are read; empty where there is none, or a buffer for it."""
    for field in fields:
        lies_across = field.low // part != (field.low + field.width - 1) // part
        if lies_across and field.readable and field.hw in ("w", "rw") and "buffer_reads" not in dict(field.props):
            return field.name
    return ""


def bits_of_part(bus: Bus, promised: int) -> int:
    """How wide an access of this bus is to a register that promises to understand so many bits or more."""
    if promised == 8 * WORD:
        return promised
    return 8 * max(size for size in getattr(bus, "sizes", SIZES) if 8 * size <= promised)


def too_narrow(path: str, verb: str, promised: int, part: int, why: str) -> BusSize:
    """The error of an access that this bus would have to make in smaller parts than promised."""
    return BusSize(
        f"to {verb} this register takes accesses of {promised} bits",
        where=path,
        wanted=f"a bus that has them, as its `accesswidth = {promised}` says",
        got=f"a bus of {part} bits",
        cause=why,
        next=f"if the hardware does understand {part} bits: `accesswidth = {part}` in the description",
    )


def read_parts(bus: Bus, address: int, count: int, part: int) -> Sequence[int]:
    """So many parts of `part` bits from an address on."""
    if part == 8 * WORD:
        return bus.read_block(address, count) if count > 1 else (bus.read(address),)
    size = part // 8
    return [bus.read(address + size * index, size) for index in range(count)]


def read_steady(bus: Bus, address: int, count: int, part: int, big_endian: bool, path: str) -> Sequence[int]:
    """The same of a value that runs: the upper parts before and after the lowest one, until they stay as they were.

    Raises TornRead where they never do.
    """
    size, most = part // 8, count - 1
    lowest = address + size * most if big_endian else address
    upper = address if big_endian else address + size
    before = list(read_parts(bus, upper, most, part))
    for _ in range(ROUNDS):
        low = bus.read(lowest, size)
        after = list(read_parts(bus, upper, most, part))
        if after == before:
            return [*after, low] if big_endian else [low, *after]
        before = after
    raise TornRead(
        "its upper part changed at each look",
        where=path,
        wanted=f"the same before and after the lowest {part} bits, at the {ROUNDS}th try at the latest",
        got=" ".join(f"0x{one:x}" for one in before),
        cause="hardware drives it anew all the time, or the chip does not answer",
        next="`buffer_reads` in the description, if the hardware holds the rest when the first part is read",
    )
