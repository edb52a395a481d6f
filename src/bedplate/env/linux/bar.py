"""A mapped BAR as a bus: each access reaches the device exactly once, as wide as it was asked for.

What makes one access and what does not was traced at a device (CPython 3.11, glibc 2.36): indexing a cast memoryview is one
load or store of its item's size, and `tolist` of its slice is one load an item, in order. Slicing the mmap, `bytes` of a slice
and `struct.pack_into` reach the device twice or three times, so they do not occur here. Both sides are little-endian.
"""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus import WORD, poll_by_reading
from bedplate.env.linux import clock
from bedplate.errors import BusFault, BusSize, OutOfRange


class Bar:
    """The raw bus over memory whose offsets are the chip's addresses. Raises BusFault outside of it, BusSize, OutOfRange.

    A device that is gone reads as all ones on most machines: whether to believe them is for the guard above to say.
    """

    def __init__(self, memory: memoryview) -> None:
        self.size = memory.nbytes
        self._words = memory.cast("I")
        self._views = {1: memory.cast("B"), 2: memory.cast("H"), WORD: self._words}

    def read(self, address: int, size: int = WORD) -> int:
        self._check(address, 1, size)
        return self._views[size][address // size]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._check(address, 1, size)
        if not 0 <= value < 1 << 8 * size:
            raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"0x{address:08x}")
        self._views[size][address // size] = value

    def read_block(self, address: int, count: int) -> Sequence[int]:
        self._check(address, count, WORD)
        first = address // WORD
        return self._words[first : first + count].tolist()

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._check(address, len(values), WORD)
        if not all(0 <= value < 1 << 32 for value in values):
            raise OutOfRange("a burst holds what is no word", where=f"0x{address:08x}")
        words = self._words
        for index, value in enumerate(values, address // WORD):
            words[index] = value

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _check(self, address: int, count: int, size: int) -> None:
        if size not in self._views or address % size:
            raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2 or 4 bytes, aligned")
        if not 0 <= address <= self.size - count * size:
            raise BusFault("outside the mapped BAR", where=f"0x{address:08x}", wanted=f"below 0x{self.size:x}")
