"""Memories in which virtual registers lie (SystemRDL 2.0, 11.2): which bytes of an entry are whose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bedplate.bus import WORD
from bedplate.model.hardware import Hardware
from bedplate.reg import Memory


class Cells:
    """The entries of a memory in which virtual registers lie: where one does, the register is the storage."""

    def __init__(self, registers: Hardware, index: int) -> None:
        self.registers = registers
        self.index = index
        self.rest: dict[int, int] = {}
        """What lies beside the registers, by entry."""

    def get(self, entry: int, default: int = 0) -> int:
        """The whole entry."""
        value = self.rest.get(entry, default)
        for slot, bit, place in self._overlaid(entry):
            value |= (self.registers.words[slot] >> bit & 0xFF) << place
        return value

    def __setitem__(self, entry: int, value: int) -> None:
        registers, changed = self.registers, set()
        for slot, bit, place in self._overlaid(entry):
            old = registers.words[slot]
            registers.words[slot] = old & ~(0xFF << bit) | (value >> place & 0xFF) << bit
            if slot in registers.unknown:
                registers.unknown[slot] &= ~(0xFF << bit)
            if registers.words[slot] != old:
                changed.add(slot)
            value &= ~(0xFF << place)
        self.rest[entry] = value
        for slot in sorted(changed):
            registers.changed(slot)

    def _overlaid(self, entry: int) -> Iterator[tuple[int, int, int]]:
        """For each byte of an entry that a register lies over: its storage slot, the bit in it, the bit in the entry."""
        block = self.registers.plan.block
        _, first, cls = block.memories[self.index]
        slots = block.virtual[self.index]
        for byte in range(cls.STRIDE):
            address = first + entry * cls.STRIDE + byte
            after = bisect_right(slots, address, key=block.offsets.__getitem__)
            slot = slots[after - 1] if after else -1
            if slot < 0 or address >= block.offsets[slot] + block.plans[slot].bytes:
                continue
            plan = block.plans[slot]
            unit = 1 if block.classes[slot].SWAPPED else min(plan.part, WORD)
            place, low = divmod(address - block.offsets[slot], unit)
            if block.classes[slot].BIG_ENDIAN:
                place = plan.bytes // unit - 1 - place
            yield block.store[slot], 8 * (place * unit + low), 8 * place_in(cls, byte)


def place_in(memory: type[Memory], byte: int) -> int:
    """Which byte of an entry stands at that byte of its place: the most significant word first under `bigendian`, byte with `byte_order`."""
    if memory.SWAPPED:
        return memory.STRIDE - 1 - byte
    if memory.BIG_ENDIAN and memory.STRIDE > WORD:
        return memory.STRIDE - WORD - byte // WORD * WORD + byte % WORD
    return byte
