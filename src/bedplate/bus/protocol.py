"""The Bus protocol: how bits and time reach the chip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

WORD = 4
"""Bytes in a bus word."""

SIZES = (1, 2, WORD)
"""The accesses (bytes) of a bus of 32 bits."""

ALL_ONES = 0xFFFF_FFFF


class Bus(Protocol):
    """What every environment offers and every decorator keeps. Addresses are bytes, words 32 bits, times nanoseconds of device time.

    `read` and `write` move `size` bytes (one of `sizes`) at an address aligned to them; only their byte lanes are touched.
    Errors: BusFault for an error response, LinkDown for a bus that is dead, BusSize for an access that it cannot carry.
    """

    @property
    def sizes(self) -> tuple[int, ...]:
        """The accesses that it has (bytes): 1, 2, 4, and 8 where a register of 64 bits can be reached in one."""

    def read(self, address: int, size: int = WORD) -> int:
        """One access of `size` bytes; what the chip answered, `8 * size` bits."""

    def write(self, address: int, value: int, size: int = WORD) -> None:
        """One access of `size` bytes; `value` has `8 * size` bits. It may be posted: that it arrived is known after the next read."""

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """`count` words at ascending addresses, as one transaction."""

    def write_block(self, address: int, values: Sequence[int]) -> None:
        """Words to ascending addresses, as one transaction; words are committed in that order."""

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """Read until `read & mask == value` or `timeout` has passed; the last value read, whichever it was.

        At least one read is made after the timeout, so a caller that was held up never sees a false timeout.
        """

    def now(self) -> int:
        """The device's time (ns): it never goes back, and counts from a moment that the environment chooses."""

    def sleep(self, duration: int) -> None:
        """Let at least `duration` (ns of device time) pass."""
