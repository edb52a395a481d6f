"""A bus whose far end is plain memory: for trying generated registers, for tests and for measuring."""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus.protocol import SIZES, WORD
from bedplate.bus.time import poll_by_reading
from bedplate.errors import BusFault, BusSize


class MemoryBus:
    """`size` bytes of zeros from address 0, little-endian. Its time is virtual: it passes only in `sleep`."""

    __slots__ = ("_bytes", "_time", "_words")
    sizes = (*SIZES, 8)

    def __init__(self, size: int = 1 << 16) -> None:
        self._bytes = memoryview(bytearray((size + 3) // 4 * 4))
        self._words = self._bytes.cast("I")
        self._time = 0

    def read(self, address: int, size: int = WORD) -> int:
        try:
            if size == 4 and not address & 3:
                return self._words[address >> 2]
            self._check(address, size)
            return int.from_bytes(self._bytes[address : address + size], "little")
        except IndexError:
            raise self._outside("read", address) from None

    def write(self, address: int, value: int, size: int = WORD) -> None:
        try:
            if size == 4 and not address & 3:
                self._words[address >> 2] = value
                return
            self._check(address, size)
            self._bytes[address : address + size] = value.to_bytes(size, "little")
        except IndexError:
            raise self._outside("write", address) from None

    def read_block(self, address: int, count: int) -> Sequence[int]:
        first = address >> 2
        words = self._words[first : first + count].tolist()
        if len(words) != count or address & 3:
            raise self._outside("burst read", address)
        return words

    def write_block(self, address: int, values: Sequence[int]) -> None:
        first = address >> 2
        if address & 3 or first + len(values) > len(self._words):
            raise self._outside("burst write", address)
        for index, value in enumerate(values, first):
            self._words[index] = value

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return self._time

    def sleep(self, duration: int) -> None:
        self._time += duration

    def _check(self, address: int, size: int) -> None:
        if size not in self.sizes or address % size:
            raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2, 4 or 8, aligned")
        if address + size > len(self._bytes):
            raise IndexError

    def _outside(self, op: str, address: int) -> BusFault:
        return BusFault(f"{op} outside the memory", where=f"0x{address:08x}", wanted=f"below 0x{len(self._bytes):x}")
