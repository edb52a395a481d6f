"""Memories in words: a hexdump, and what documents say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bedplate.cli.session import Facts
from bedplate.cli.text import bold, dim
from bedplate.topology import NamedMemory

ROW = 16
"""Bytes in a line."""


def as_bytes(target: NamedMemory, values: Sequence[int]) -> bytes:
    """Entries as they are in a file: little-endian, one after the other."""
    return b"".join(value.to_bytes(target.memory.STRIDE, "little") for value in values)


def memory_facts(target: NamedMemory, values: Sequence[int]) -> Facts:
    """A part of a memory for programs."""
    memory = target.memory
    address = memory.address + target.entries.start * memory.STRIDE
    facts: Facts = {"name": memory.path, "first": target.entries.start, "address": address, "width": memory.WIDTH}
    return facts | {"entries": list(values)}


def hexdump(target: NamedMemory, values: Sequence[int]) -> Iterator[str]:
    """A line for each 16 bytes: the entry that it begins with, the entries, and what they are as text."""
    size = target.memory.STRIDE
    each = max(ROW // size, 1)
    yield f"{bold(target.memory.path)}  {len(values)} of {len(target.memory)} entries of {target.memory.WIDTH} bits"
    for at in range(0, len(values), each):
        row = values[at : at + each]
        words = " ".join(f"{value:0{2 * size}x}" for value in row).ljust(each * (2 * size + 1) - 1)
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in as_bytes(target, row))
        yield f"  {dim(f'[{target.entries.start + at}]'.rjust(8))}  {words}  {dim(text)}"
