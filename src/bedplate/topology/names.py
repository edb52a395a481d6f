"""Names: one grammar everywhere, from an instance (`die0.pll.sys`) down to a register's field.

die0.pll.sys        one instance                die*.hbm.phy*     all PHYs: a part without a number means any number
die1                everything in a group       ip:pll            every instance of an IP type
die[0].pll.sys      brackets are the same       die0.pll.sys.ctrl.bypass     a field (where a register is asked for)
die*.pll.sys.ctrl   a register of many (where they are read)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from bedplate.block import Block
from bedplate.bus import WORD, Request, Transaction
from bedplate.errors import UnknownName
from bedplate.reg import Field, Memory, Probe, Register, RegisterBlock, normal, registers
from bedplate.reg.value import hexadecimal


def select(pattern: str, blocks: Sequence[Block[Any, Any]]) -> list[Block[Any, Any]]:
    """The instances that a pattern names, in their own order; a full name is that of one alone. Raises UnknownName when it names none."""
    if pattern.startswith("ip:"):
        chosen = [block for block in blocks if fnmatchcase(block.ip, pattern[3:])]
        if not chosen:
            raise UnknownName("IP type", pattern[3:], sorted({block.ip for block in blocks}))
        return chosen
    full = normal(pattern)
    wanted = full.split(".")
    chosen = [block for block in blocks if block.name == full] or [
        block for block in blocks if _covers(wanted, block.name.split("."))
    ]
    if not chosen:
        raise _unknown(pattern, blocks)
    return chosen


def _unknown(name: str, blocks: Sequence[Block[Any, Any]]) -> UnknownName:
    """No instance is called so; perhaps it is the name of an IP type."""
    error = UnknownName("instance", name, _prefixes(blocks))
    if name in {block.ip for block in blocks}:
        error.next = f"instances of an IP type: ip:{name}"
    return error


def _covers(wanted: list[str], parts: list[str]) -> bool:
    return len(wanted) <= len(parts) and all(map(_matches, wanted, parts))


def _matches(wanted: str, part: str) -> bool:
    return fnmatchcase(part, wanted) or part.rstrip("0123456789") == wanted


def _prefixes(blocks: Iterable[Block[Any, Any]]) -> list[str]:
    names: dict[str, None] = {}
    for block in blocks:
        parts = block.name.split(".")
        for length in range(len(parts), 0, -1):
            names[".".join(parts[:length])] = None
    return list(names)


class NamedRegister(NamedTuple):
    """What a full name leads to: a register, or one field of it."""

    block: Block[Any, Any]
    register: Register
    field: Field | None


def register(name: str, blocks: Sequence[Block[Any, Any]]) -> NamedRegister:
    """The register or field of that name. Raises UnknownName, which says at which part the name went wrong."""
    block, rest = instance_of(name, blocks)
    here: object = block.regs
    where = block.name
    for position, part in enumerate(rest):
        if isinstance(here, Register):
            fields = {field.name: field for field in here.Value.FIELDS}
            if part not in fields:
                raise UnknownName("field", part, fields, where=where)
            if position != len(rest) - 1:
                error = UnknownName("part of a field", ".".join(rest[position + 1 :]), (), where=f"{where}.{part}")
                error.next = f"a field is the end of a name: {where}.{part}"
                raise error
            return NamedRegister(block, here, fields[part])
        if isinstance(here, RegisterBlock):
            children = {child.name for child in here.CHILDREN}
            if part not in children:
                raise UnknownName("register", part, sorted(children), where=where)
            here = getattr(here, part)
        elif isinstance(here, Sequence) and part.isascii() and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        elif isinstance(here, Sequence):
            raise UnknownName("array element", part, [f"0 to {len(here) - 1}"], where=where)
        else:
            break
        where = f"{where}[{part}]" if part.isdigit() else f"{where}.{part}"
    if not isinstance(here, Register):
        kind = "array; name one element" if isinstance(here, Sequence) else "not a register"
        members = [child.name for child in here.CHILDREN] if isinstance(here, RegisterBlock) else []
        if isinstance(here, Sequence):
            members = [f"{where}[{index}]" for index in range(len(here))]
        error = UnknownName(f"register ({kind})", name, members, where=where)
        if here is block.regs:
            error.next = f"all registers of it: bedplate dump {where}; {error.next}"
        raise error
    return NamedRegister(block, here, None)


def register_names(name: str, blocks: Sequence[Block[Any, Any]]) -> list[str]:
    """The full names of the registers or fields that a name with a pattern for its instance leads to: `die*.pll.sys.ctrl.bypass`.

    A full name is that of one alone. Raises UnknownName.
    """
    try:
        register(name, blocks)
    except UnknownName as error:
        found = _matching(name, blocks)
        if not found:
            if any(letter in name for letter in "*?") or name.startswith("ip:"):
                hint = "a pattern is of instances, a register has its full name; all registers: bedplate dump PATTERN"
                error.next = error.next if error.where else hint
            raise
        return found
    return [name]


def _matching(name: str, blocks: Sequence[Block[Any, Any]]) -> list[str]:
    """Of every split into a pattern and a register, the longest pattern that leads anywhere."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        rest = ".".join(parts[length:])
        found = []
        with suppress(UnknownName):
            for block in select(".".join(parts[:length]), blocks):
                with suppress(UnknownName):
                    register(f"{block.name}.{rest}", [block])
                    found.append(f"{block.name}.{rest}")
        if found:
            return found
    return []


def instance_of(name: str, blocks: Sequence[Block[Any, Any]]) -> tuple[Block[Any, Any], list[str]]:
    """The instance that a name begins with, and the parts of the name after that: of arrays in it the index is one, scratch[2] or scratch.2."""
    written = name.split(".")
    parts = [normal(part) for part in written]
    for block in blocks:
        form = block.name.split(".")
        if parts[: len(form)] == form:
            rest = ".".join(written[len(form) :])
            return block, re.sub(r"\[(\d+)\]", r".\1", rest).split(".") if rest else []
    raise _unknown(name, blocks)


class Location(NamedTuple):
    """Where an address leads: an instance's register (or memory), and how many bytes into it."""

    path: str
    cls: type[Register] | type[Memory]
    start: int
    size: int


_PLACES: dict[type[RegisterBlock], tuple[Location, ...]] = {}


def _places(regs: type[RegisterBlock]) -> tuple[Location, ...]:
    """Every register and memory of a block, relative to it, in the order of addresses."""
    if regs not in _PLACES:
        _PLACES[regs] = _listed(regs)
    return _PLACES[regs]


def _listed(regs: type[RegisterBlock]) -> tuple[Location, ...]:
    places = [Location(path, cls, offset, cls.WIDTH // 8) for path, offset, cls in registers(regs)]
    for child in regs.CHILDREN:
        if issubclass(child.cls, Memory):
            size = child.cls.ENTRIES * child.cls.STRIDE
            places += [Location(path, child.cls, offset, size) for path, offset in child.places()]
    return tuple(sorted(places, key=lambda place: place.start))


def _find(places: Sequence[Location], offset: int) -> Location | None:
    index = bisect_right(places, offset, key=lambda place: place.start) - 1
    if index >= 0 and offset < places[index].start + places[index].size:
        return places[index]
    return None


class AddressMap:
    """From addresses back to names: for traces, and to know which reads are harmless."""

    def __init__(self, blocks: Iterable[Block[Any, Any]]) -> None:
        self._blocks = sorted(blocks, key=lambda block: block.regs.base)
        self._bases = [block.regs.base for block in self._blocks]

    def find(self, address: int) -> Location | None:
        """The register or memory that lies at an address of the chip; None where there is none."""
        index = bisect_right(self._bases, address) - 1
        if index < 0:
            return None
        block = self._blocks[index]
        place = _find(_places(type(block.regs)), address - block.regs.base)
        if place is None:
            return None
        return place._replace(path=f"{block.name}.{place.path}", start=block.regs.base + place.start)

    def is_probe_safe(self, address: int) -> bool:
        """Whether reading there again changes nothing."""
        place = self.find(address)
        return place is not None and issubclass(place.cls, Register) and place.cls.PROBE is Probe.SAFE

    def describe(self, transaction: Transaction) -> list[str]:
        """A transaction in words, a line for each register that it touched: name, value, fields."""
        request, words = transaction.request, transaction.words
        data = request.values if request.values is not None else words
        lines = []
        index = 0
        while index < max(request.length, 1):
            address = request.address + index * WORD
            place = self.find(address)
            count = 1
            if place is None:
                what = f"0x{address:08x}"
            else:
                what = place.path
                count = min(max(place.size // WORD, 1), request.length - index)
            lines.append(f"{_verb(request, transaction)} {what} {_decode(place, data[index : index + count])}".rstrip())
            index += count
        return lines


def _verb(request: Request, transaction: Transaction) -> str:
    verb = "write" if request.is_write else "read "
    return f"{verb} {transaction.error}" if transaction.error else verb


def _decode(place: Location | None, words: Sequence[int]) -> str:
    if not words:
        return ""
    word = sum(value << 32 * i for i, value in enumerate(words))
    if place is None or not issubclass(place.cls, Register) or len(words) * 32 < place.cls.WIDTH:
        return " ".join(hexadecimal(value, 32) for value in words)
    return repr(place.cls.Value(word)).split(" ", 1)[1]
