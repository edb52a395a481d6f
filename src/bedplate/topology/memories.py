"""Names of memories, and of a part of one: `device.rings.tx`, `device.rings.tx[3]`, `device.rings.tx[0:16]`, as Python counts entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from bedplate.block import Block
from bedplate.errors import AccessError, OutOfRange
from bedplate.reg import Memory, RegisterBlock
from bedplate.reg.value import integer
from bedplate.topology.names import instance_of, register

SPAN = re.compile(r"(?P<bare>.*?)\[(?P<first>[^\[\]:]*):(?P<stop>[^\[\]:]*)\]")


class NamedMemory(NamedTuple):
    """What a name leads to: a memory, and which of its entries."""

    block: Block[Any, Any]
    memory: Memory
    entries: range

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.memory.path}[{self.entries.start}:{self.entries.stop}]"


def memory(name: str, blocks: Sequence[Block[Any, Any]]) -> NamedMemory | None:
    """The memory of that name, or a part of it; None for a name of something else, which `register` has words for.

    Raises UnknownName, AccessError, OutOfRange for a part of what is no memory, or has no such entries.
    """
    span = SPAN.fullmatch(name)
    bare = span["bare"] if span is not None else name
    try:
        block, rest = instance_of(bare, blocks)
    except LookupError:
        if span is None:
            return None
        raise
    here: object = block.regs
    for position, part in enumerate(rest):
        if isinstance(here, RegisterBlock) and part in {child.name for child in here.CHILDREN}:
            here = getattr(here, part)
        elif isinstance(here, Memory) and span is None and part.isdecimal() and position == len(rest) - 1:
            return NamedMemory(block, here, _within(here, int(part), int(part) + 1, name))
        elif isinstance(here, Sequence) and part.isdecimal() and int(part) < len(here):
            here = here[int(part)]
        else:
            here = None
            break
    if isinstance(here, Memory):
        first, stop = (span["first"], span["stop"]) if span is not None else ("", "")
        return NamedMemory(block, here, _within(here, _number(first, 0, name), _number(stop, len(here), name), name))
    if span is None:
        return None
    register(bare, blocks)  # which says what is wrong with the name
    raise AccessError("a register has no entries", where=name, wanted=f"{bare}, or a part of a memory")


def _number(text: str, default: int, name: str) -> int:
    try:
        return integer(text) if text else default
    except ValueError:
        raise AccessError("cannot read a part of a memory", where=name, wanted="NAME[FIRST:STOP]", got=text) from None


def _within(memory: Memory, first: int, stop: int, name: str) -> range:
    if not 0 <= first < stop <= len(memory):
        raise OutOfRange(
            "no such part of the memory",
            where=name,
            wanted=f"entries 0 to {len(memory) - 1}, one at least",
            got=f"{first}:{stop}",
        )
    return range(first, stop)
