"""A dead bus is never mistaken for data.

All-ones is what a bus without a chip reads as, and also what a register may legally hold; an error response may come from one
block or from a dead link. A canary decides: a register of the chip that never reads as all ones or all zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus.decorator import Decorator, Request, perform
from bedplate.bus.protocol import ALL_ONES, WORD, Bus
from bedplate.errors import BusFault, LinkDown

POISON = 0xDEAD_BEEF
"""What some bridges complete a lost read with, instead of all ones (32 bits)."""


class Canary(NamedTuple):
    """Where the canary is, and what it holds where that is known (32 bits)."""

    address: int
    value: int | None = None

    @property
    def wanted(self) -> str:
        """What it is to hold, in words."""
        return "neither all ones nor zeros" if self.value is None else f"0x{self.value:08x}"

    def alive(self, word: int) -> bool:
        return word == self.value if self.value is not None else word not in (0, ALL_ONES)


class Guard(Decorator):
    """Lets no number from a dead bus through.

    A suspicious read (all ones in a word or in the access's own size, or poison in a word) is believed only after the canary
    has answered. A register that may be read again without effect (`safe(address)`) is then read once more, since the link may
    have failed for that one transaction. An error response becomes LinkDown when the canary does not answer either.
    """

    def __init__(self, bus: Bus, canary: Canary, safe: Callable[[int], bool] = lambda address: False) -> None:
        super().__init__(bus)
        self.canary = canary
        self._safe = safe

    def read(self, address: int, size: int = WORD) -> int:
        try:
            word = self.bus.read(address, size)
        except BusFault as fault:
            self._require_canary(f"read 0x{address:08x}", fault)
            raise
        if word == (1 << 8 * size) - 1 or word == POISON:
            return self._believe(Request(address, 1, None, size), (word,))[0]
        return word

    def write(self, address: int, value: int, size: int = WORD) -> None:
        try:
            self.bus.write(address, value, size)
        except BusFault as fault:
            self._require_canary(f"write 0x{address:08x}", fault)
            raise

    def transact(self, request: Request) -> Sequence[int]:
        try:
            words = perform(self.bus, request)
        except BusFault as fault:
            self._require_canary(str(request), fault)
            raise
        if ALL_ONES in words or POISON in words:
            return self._believe(request, words)
        return words

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        request = Request(address, 1, None, size)
        try:
            word = self.bus.poll(address, mask, value, timeout, size)
        except BusFault as fault:
            self._require_canary(str(request), fault)
            raise
        if word == (1 << 8 * size) - 1 or word == POISON:
            return self._believe(request, (word,))[0]
        return word

    def _believe(self, request: Request, words: Sequence[int]) -> Sequence[int]:
        self._require_canary(str(request))
        last = request.address + (request.length - 1) * WORD
        if not (self._safe(request.address) and self._safe(last)):
            return words
        again = perform(self.bus, request)
        if ALL_ONES in again or POISON in again:
            self._require_canary(str(request))
        return again

    def _require_canary(self, doing: str, fault: BusFault | None = None) -> None:
        try:
            word = self.bus.read(self.canary.address)
        except BusFault:
            word = ALL_ONES
        if not self.canary.alive(word):
            raise LinkDown(
                f"the bus is dead: the canary does not answer after a suspicious {doing}",
                where=f"canary 0x{self.canary.address:08x}",
                wanted=self.canary.wanted,
                got=f"0x{word:08x}",
                cause="link down, chip without power, or the wrong device behind this target",
                next="check power, link and target; `bedplate doctor` lists what this machine can reach",
            ) from fault
