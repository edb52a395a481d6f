"""Memories by name: read, and written, once their instance is known to answer."""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.converge.chip import Chip
from bedplate.errors import NotReadable, NotWritable, OutOfRange
from bedplate.reg import ReadableMemory, WritableMemory
from bedplate.topology import NamedMemory, Reach

BURST = 64
"""Entries of a burst: few enough for every bus."""


def require_readable(target: NamedMemory) -> None:
    """Raise NotReadable for a memory that software cannot read."""
    if not isinstance(target.memory, ReadableMemory):
        raise NotReadable("this memory cannot be read", where=target.memory.path, got=f"sw={target.memory.SW}")


def contents(target: NamedMemory, data: bytes) -> tuple[NamedMemory, list[int]]:
    """Where and which entries are written when these bytes are put there, little-endian, from its first entry on.

    Raises NotWritable, OutOfRange for bytes that do not fit, or end within an entry; makes no transaction.
    """
    memory, size = target.memory, target.memory.STRIDE
    if not isinstance(memory, WritableMemory):
        raise NotWritable("this memory cannot be written", where=memory.path, got=f"sw={memory.SW}")
    count, rest = divmod(len(data), size)
    if rest or not 0 < count <= len(target.entries):
        raise OutOfRange(
            "these bytes do not fit",
            where=target.name,
            wanted=f"a multiple of {size} bytes, at most {len(target.entries) * size}",
            got=f"{len(data)} bytes",
        )
    values = [int.from_bytes(data[at : at + size], "little") for at in range(0, len(data), size)]
    wide = next((n for n, value in enumerate(values) if value >> memory.WIDTH), None)
    if wide is not None:
        raise OutOfRange(
            f"an entry has {memory.WIDTH} bits",
            where=f"{memory.path}[{target.entries.start + wide}]",
            wanted=f"at most 0x{(1 << memory.WIDTH) - 1:x}",
            got=f"0x{values[wide]:x}",
        )
    return target._replace(entries=range(target.entries.start, target.entries.start + count)), values


def read_memories(chip: Chip, targets: Sequence[NamedMemory]) -> list[list[int]]:
    """The entries of each, read once all are known to answer. Raises CheckFailed."""
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    return [
        [value for part in _bursts(one.entries) for value in _readable(one).read(part.start, len(part))]
        for one in targets
    ]


def write_memory(chip: Chip, target: NamedMemory, values: Sequence[int], force: bool = False) -> None:
    """Write entries, once their instance is known to answer. Raises CheckFailed, and UnderLoad unless forced."""
    Reach(chip).require(target.block)
    assert isinstance(target.memory, WritableMemory)
    with chip.allow(force=force):
        for part in _bursts(target.entries):
            at = part.start - target.entries.start
            target.memory.write(part.start, values[at : at + len(part)])


def _readable(target: NamedMemory) -> ReadableMemory:
    assert isinstance(target.memory, ReadableMemory)
    return target.memory


def _bursts(entries: range) -> list[range]:
    return [entries[at : at + BURST] for at in range(0, len(entries), BURST)]
