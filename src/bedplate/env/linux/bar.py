"""A mapped BAR as a bus: each access reaches the device exactly once, as wide as it was asked for.

What makes one access and what does not was traced at a device (CPython 3.11, glibc 2.36): indexing a cast memoryview is one
load or store of its item's size. Slicing the mmap, `bytes` of a slice and `struct.pack_into` reach the device twice or three
times, so they do not occur here. Both sides are little-endian.

**How an error response is told from data.** PCI has none for software: a read that failed gives all ones, a posted write that
failed vanishes. The device notes it in its status register, so `judge` is asked there: after every write or burst of writes
(it also waits for the posted write to arrive), and for every word that reads as all ones, before the next one is read. It is
asked after zeros too: where a device was removed or reset behind us, nobody answers at its BAR, and on some machines nobody
reads as zeros (seen in an emulated q35 after `remove`). What that costs, in questions to configuration space besides the one
access a word: a read 0, one of all ones or zeros 1, a burst of reads 1 for all its zeros and 1 for each word of all ones, a write
or a burst of writes 1. The floor for a write whose fate is known is one read of anything, so there this is the floor; a question to
a function of PCI Express is two reads, since it notes a request that it does not support in a register of its own.
What remains: the note is one bit for the whole function, so two processes that read from blocks which do not answer may take
each other's note. The one that lost it reads all ones, and the guard above asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bedplate.bus import ALL_ONES, SIZES, WORD, poll_by_reading
from bedplate.env.linux import clock
from bedplate.errors import BusSize, OutOfRange, OutOfReach

Judge = Callable[[str, int], None]
"""`judge(doing, address)` after an access that may have failed: raises BusFault or LinkDown if it has."""


class Bar:
    """The raw bus over memory whose first byte has the chip's address `base`. `name` is the BAR's, for errors.

    An access of 8 bytes is one load or store as well. Raises BusFault, LinkDown, OutOfReach, BusSize, OutOfRange.
    """

    sizes = (*SIZES, 8)

    def __init__(self, memory: memoryview, judge: Judge, base: int = 0, name: str = "BAR 0") -> None:
        self.base, self.end, self.name = base, base + memory.nbytes, name
        self._judge = judge
        self._words = memory.cast("I")
        self._views = {1: memory.cast("B"), 2: memory.cast("H"), WORD: self._words, 8: memory.cast("Q")}

    def read(self, address: int, size: int = WORD) -> int:
        self._check(address, 1, size)
        word = self._views[size][(address - self.base) // size]
        if not word or word == (1 << 8 * size) - 1:
            self._judge("read", address)
        return word

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._check(address, 1, size)
        if not 0 <= value < 1 << 8 * size:
            raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"0x{address:08x}")
        self._views[size][(address - self.base) // size] = value
        self._judge("write", address)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """As in `Bus`. A word that was answered with an error is named, and none after it is read."""
        self._check(address, count, WORD)
        words, read, first = self._words, [], (address - self.base) // WORD
        for index in range(first, first + count):
            word = words[index]
            if word == ALL_ONES:
                self._judge("burst read", self.base + index * WORD)
            read.append(word)
        if 0 in read:
            self._judge("burst read", address)
        return read

    def write_block(self, address: int, values: Sequence[int]) -> None:
        """As in `Bus`. If a word was answered with an error, those after it were written none the less."""
        self._check(address, len(values), WORD)
        if not all(0 <= value < 1 << 32 for value in values):
            raise OutOfRange("a burst holds what is no word", where=f"0x{address:08x}")
        words = self._words
        for index, value in enumerate(values, (address - self.base) // WORD):
            words[index] = value
        if values:
            self._judge(f"a word of a burst write x{len(values)} from here on", address)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _check(self, address: int, count: int, size: int) -> None:
        if size not in self._views or address % size:
            raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2, 4 or 8 bytes, aligned")
        if not self.base <= address <= self.end - count * size:
            raise OutOfReach(
                "outside the mapped BAR",
                where=f"0x{address:08x}",
                wanted=f"below 0x{self.end:x}",
                cause=f"{self.name} of this device is smaller than the chip, or the address is none of the chip's",
            )
