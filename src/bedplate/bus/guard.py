"""A dead bus is never mistaken for data.

All-ones is what a bus without a chip reads as, and also what a register may legally hold; an error response may come from one
block or from a dead link. A canary decides: a register of the chip that never reads as all ones or all zeros.

A bus may be anybody's. What it raises that is none of Bedplate's errors, and what it answers that is no word, is told here as
an error of that one access, and suspicious like any other.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from bedplate.bus.decorator import Decorator, E, Request, fault_of, perform
from bedplate.bus.observer import shown
from bedplate.bus.protocol import ALL_ONES, WORD, Bus
from bedplate.bus.time import LONGEST
from bedplate.errors import (
    RAISED,
    AccessError,
    BedplateError,
    BusError,
    BusFault,
    EnvError,
    LinkDown,
    OutOfRange,
    OutOfReach,
    PathLost,
    line_of,
    require,
)

POISON = 0xDEAD_BEEF
"""What some bridges complete a lost read with, instead of all ones (32 bits)."""


UNANSWERED = "`bedplate status` says what the block lacks; if it lacks nothing it hangs, and a reset of it, its domain or the chip may free it"
"""What to do where one block does not answer, and the chip does."""


class Canary(NamedTuple):
    """Where the canary is, what it holds where that is known, and how wide it is (bytes: 1, 2 or 4).

    `said_by` is the chip's class that says so: whoever wrote it may be wrong.
    """

    address: int
    value: int | None = None
    size: int = WORD
    said_by: type | None = None

    @property
    def ones(self) -> int:
        """What it reads as on a bus without a chip."""
        return (1 << 8 * self.size) - 1

    @property
    def wanted(self) -> str:
        """What it is to hold, in words."""
        return "neither all ones, zeros nor poison" if self.value is None else f"0x{self.value:0{2 * self.size}x}"

    def alive(self, word: int) -> bool:
        """Whether that is what it holds."""
        return word == self.value if self.value is not None else word not in (0, self.ones, POISON & self.ones)

    @property
    def doubt(self) -> str:
        """What else may be wrong where it does not answer as it should: the canary itself, with the line that it is said in."""
        line = line_of(self.said_by) if self.said_by is not None else ""
        return "a `canary` that this chip does not have" + (f", by its class ({line})" if line else "")

    @property
    def check(self) -> str:
        """What to do about that."""
        return f"of a new chip's class check that a register of it lies at 0x{self.address:x}, and holds {self.wanted}"

    def silence(self, word: int, what: str) -> LinkDown:
        """The error of a chip that answers with this word instead."""
        return LinkDown(
            what,
            where=f"canary 0x{self.address:08x}",
            wanted=self.wanted,
            got=f"0x{word:0{2 * self.size}x}",
            cause=f"link down, chip without power or in reset, another chip behind this target, or {self.doubt}",
            next=f"check power, link and target; `bedplate doctor` lists what this machine can reach; {self.check}",
        )


class Port(NamedTuple):
    """The addresses that one way into the chip reaches, and the canary that answers there; None where there is none."""

    reach: range
    canary: Canary | None


EVERYWHERE = range(1 << 64)


class Guard(Decorator):
    """Lets no number from a dead bus through.

    A suspicious read (all ones in a word or in the access's own size, or poison in a word) is believed only after the canary
    of its port has answered. A register that may be read again without effect (`safe(address)`) is then read once more, since
    the link may have failed for that one transaction. An error response becomes LinkDown when the canary does not answer
    either. Where a port has no canary nothing can be told, and what was read is passed on.

    `ports` may be set anew; `lost` counts how often the way to the chip was found dead or changed.
    """

    def __init__(
        self,
        bus: Bus,
        canary: Canary | Sequence[Port] | None,
        safe: Callable[[int], bool] = lambda address: False,
    ) -> None:
        super().__init__(bus)
        whole = isinstance(canary, Canary) or canary is None
        self.ports: Sequence[Port] = (Port(EVERYWHERE, canary),) if whole else canary  # type: ignore[arg-type,assignment]
        self.lost = 0
        self._safe = safe

    def read(self, address: int, size: int = WORD) -> int:
        try:
            word = self.bus.read(address, size)
            if type(word) is int and 0 <= word < (1 << 8 * size) - 1 and word != POISON and size <= WORD:
                return word
        except RAISED as error:
            require_access(address, size)  # not before: nothing is as hot as this
            self._judge(Request(address, 1, None, size), error)
            raise
        return self._believe(Request(address, 1, None, size), (word,))[0]

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """Raises AccessError for what is no number of words."""
        _require_integers(address, count)
        if count < 1:
            raise _none(f"a burst of {count} words")
        return self.transact(Request(address, count))

    def write(self, address: int, value: int, size: int = WORD) -> None:
        try:
            self.bus.write(address, value, size)
        except RAISED as error:
            self._judge(Request(address, 1, (value,), size), error)
            raise

    def transact(self, request: Request) -> Sequence[int]:
        try:
            words = perform(self.bus, request)
        except RAISED as error:
            self._judge(request, error)
            raise
        if request.values is not None or _are_plain(request, words):
            return words
        return self._believe(request, words)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """A sample that nobody believes, and that was another one, does not end it. Raises AccessError for what is no number or time."""
        require_access(address, size)
        _require_integers(mask, value)
        _require_time(timeout)
        request, start = Request(address, 1, None, size), self.bus.now()
        while True:
            left = timeout - (self.bus.now() - start)
            try:
                word = self.bus.poll(address, mask, value, max(left, 0), size)
            except RAISED as error:
                self._judge(request, error)
                raise
            if _are_plain(request, (word,)):
                return word
            word = self._believe(request, (word,))[0]
            if left <= 0 or word & mask == value:
                return word

    def _believe(self, request: Request, words: Sequence[int]) -> Sequence[int]:
        self._require_words(request, words)
        if _are_plain(request, words):  # integers of another type
            return words
        self._require_canary(request)
        if not all(self._safe(request.address + WORD * index) for index in range(request.length)):
            return words
        again = self._again(request)
        if not _are_plain(request, again):
            self._require_canary(request)
        return again

    def _again(self, request: Request) -> Sequence[int]:
        try:
            words = perform(self.bus, request)
        except RAISED as error:
            self._judge(request, error)
            raise
        self._require_words(request, words)
        return words

    def now(self) -> int:
        """Raises EnvError for a bus that cannot tell the time, which is no matter of one access."""
        try:
            now = self.bus.now()
        except RAISED as error:
            if not isinstance(error, BedplateError):
                raise self._made(EnvError, "a bus cannot tell the time", error) from error
            error.is_of_bus = True
            raise
        if type(now) is not int:
            raise self._made(EnvError, "a bus cannot tell the time", got=shown(now))
        return now

    def sleep(self, duration: int) -> None:
        """Raises AccessError for what is no time."""
        _require_time(duration)
        try:
            self.bus.sleep(duration)
        except RAISED as error:
            if not isinstance(error, BedplateError):
                raise self._made(BusError, "no time passed", error) from error
            error.is_of_bus = True
            raise

    def _judge(self, request: Request, error: BaseException) -> None:
        """Tell the error of one block from a link that is down. Raises LinkDown for the latter, and BusError for what only the bus
        that raised it has a name for."""
        if not isinstance(error, BedplateError):
            failed = self._made(BusError, f"{request} failed", error, where=f"0x{request.address:08x}")
            self._suspect(request, failed, error)
        error.is_of_bus = True
        if isinstance(error, (LinkDown, PathLost)):
            self.lost += 1
            if isinstance(error, LinkDown) and error.reach is None:
                error.reach = self._port(request.address).reach
        elif isinstance(error, BusFault) and not isinstance(error, OutOfReach):
            self._require_canary(request, error)
            error.next = error.next or UNANSWERED

    def _require_words(self, request: Request, words: Sequence[int]) -> None:
        """Raise BusError for an answer that is none, or LinkDown where the canary gives none either."""
        if not _are_words(request, words):
            wanted = f"{request.length} of {8 * request.size} bits: integers, not negative"
            where = f"0x{request.address:08x}"
            what = f"{request} was answered by what is no word"
            self._suspect(request, self._made(BusError, what, where=where, wanted=wanted, got=shown(words)))

    def _suspect(self, request: Request, error: BusError, raised: BaseException | None = None) -> NoReturn:
        """Raise the error of one access, or LinkDown where the canary does not answer either."""
        self._require_canary(request, error)
        raise error from raised

    def _made(self, kind: type[E], what: str, raised: BaseException | None = None, **facts: str) -> E:
        """The error of what a bus raised that it has no word for, or answered that is none."""
        next = "a bus raises BusFault for an error response, LinkDown for a link that is down; see `bus/protocol.py`"
        return fault_of(self.bus, kind, what, raised, next=next, **facts)

    def _port(self, address: int) -> Port:
        for port in self.ports:
            if address in port.reach:
                return port
        return Port(EVERYWHERE, None)

    def _require_canary(self, request: Request, fault: BusError | None = None) -> None:
        """Raises LinkDown unless the canary answers, at the second try at the latest: one access alone may fail."""
        reach, canary = self._port(request.address)
        if canary is None:
            return
        for _ in range(2):
            word = self._word_of(canary)
            if canary.alive(word):
                break
        else:
            self.lost += 1
            dead = canary.silence(word, f"the bus is dead: the canary does not answer after a suspicious {request}")
            dead.reach, dead.is_of_bus = reach, True
            if fault is not None:  # the bus knows more of it than that nobody answers
                dead.cause = f"{', '.join(filter(None, (fault.what, fault.cause)))}; or {dead.cause}"
            raise dead from fault

    def _word_of(self, canary: Canary) -> int:
        request = Request(canary.address, 1, None, canary.size)
        try:
            word = self.bus.read(canary.address, canary.size)
        except BusFault:
            return canary.ones
        except BedplateError as error:
            self._judge(request, error)
            raise
        except RAISED:
            return canary.ones
        return word if _are_words(request, (word,)) else canary.ones


def require_access(address: int, size: int, words: Sequence[int] | None = None) -> None:
    """Raise AccessError for what no bus can be given: an address, a word or a size that is no integer, no word at all.

    Raises OutOfRange for a word that does not fit. What a bus can be given and cannot carry, it says itself.
    """
    _require_integers(address, size)
    if size < 1:
        raise _none(f"an access of {size} bytes")
    if words is None:
        return
    _require_integers(*words)
    if not words:
        raise _none("a write of no word")
    for word in words:
        if not 0 <= word < 1 << 8 * size:
            raise OutOfRange(
                f"a word does not fit into {size} bytes", wanted="0 or more, and no bit beyond", got=hex(word)
            )


def _require_integers(*given: object) -> None:
    for one in given:
        require(one, int, "number", "an integer, for each address, word, mask and size")


def _require_time(time: int) -> None:
    require(time, int, "time", "nanoseconds, as an integer: us(10)")
    if not 0 <= time <= LONGEST:
        raise AccessError(
            f"{time} ns is no time to let pass",
            wanted=f"0 to {LONGEST} ns: time never goes back, and nobody waits for longer",
        )


def _none(what: str) -> AccessError:
    return AccessError(f"{what} is none", wanted="1 or more")


def _are_words(request: Request, words: Sequence[int]) -> bool:
    """Whether that is an answer to it: as many integers as were asked for, none of them negative or too large."""
    try:
        if len(words) != request.length or len(array("Q", words)) != request.length:
            return False
    except (TypeError, OverflowError):
        return False
    return max(words) < 1 << 8 * request.size


def _are_plain(request: Request, words: Sequence[int]) -> bool:
    """Whether that is an answer, and nothing in it is what a bus without a chip may read as."""
    ones = (1 << 8 * request.size) - 1
    if not _are_words(request, words) or ones in words or POISON in words:
        return False
    return request.size <= WORD or all(POISON not in (word & ALL_ONES, word >> 32) for word in words)
