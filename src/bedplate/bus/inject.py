"""Decorators that harm: stop the caller at a transaction, or error what it sees. For proofs and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from bedplate.bus.decorator import Decorator, Request, perform
from bedplate.bus.protocol import ALL_ONES, WORD, Bus
from bedplate.errors import BusFault


class Killed(BaseException):
    """The controller lost power. Not an Exception: no driver can catch it."""


class Moment(Enum):
    """When, around a transaction, the controller dies."""

    BEFORE = "before it reached the chip"
    AFTER = "after it took effect, its reply lost"
    INSIDE = "inside a burst, after `words` words"


class Kill(Decorator):
    """Stops the caller at transaction `at` (counted from 0). `words` says how much of a burst gets through, for INSIDE."""

    def __init__(self, bus: Bus, at: int, moment: Moment = Moment.BEFORE, words: int = 0) -> None:
        super().__init__(bus)
        self.at = at
        self.moment = moment
        self.words = words
        self.count = 0

    def transact(self, request: Request) -> Sequence[int]:
        index = self.count
        self.count += 1
        if index < self.at:
            return perform(self.bus, request)
        if index > self.at:
            raise Killed(f"dead since transaction {self.at}")
        if self.moment is Moment.AFTER:
            perform(self.bus, request)
        elif self.moment is Moment.INSIDE and self.words:
            values = request.values[: self.words] if request.values is not None else None
            perform(self.bus, Request(request.address, self.words, values, request.size))
        raise Killed(f"at transaction {self.at} ({request}), {self.moment.value}")

    def sleep(self, duration: int) -> None:
        if self.count > self.at:
            raise Killed(f"dead since transaction {self.at}")
        super().sleep(duration)


class InjectedError(NamedTuple):
    """What happens to one transaction, in one of the words of `INJECTED_ERRORS`; `delay` in ns."""

    kind: str
    delay: int = 0


INJECTED_ERRORS = MappingProxyType(
    {
        "all_ones": "its read gives all ones, its write is lost",
        "error": "an error response; nothing was done",
        "broken": "an error response, to it and from here on to all accesses in its region",
        "dead": "from here on every read is all ones and every write is lost",
        "delay": "the caller is held up before it",
        "late": "the caller is held up after it",
    }
)


def _alone(address: int) -> range:
    return range(address, address + WORD)


class ErrorInjector(Decorator):
    """Injects errors into chosen transactions (by index from 0). `region` says which addresses break together with one."""

    def __init__(self, bus: Bus, errors: Mapping[int, InjectedError], region: Callable[[int], range] = _alone) -> None:
        super().__init__(bus)
        self.errors = errors
        self.region = region
        self.count = 0
        self.dead = False
        self.broken: list[range] = []
        self.injected: list[tuple[InjectedError, Request]] = []
        """What came about until now, and to which request."""
        self.held: list[range] = []
        """When the caller was held up (device time, ns)."""

    def transact(self, request: Request) -> Sequence[int]:
        error = self.errors.get(self.count)
        self.count += 1
        if error is None and not self.dead and not self.broken:
            return perform(self.bus, request)
        kind = ""
        if error is not None:
            kind = error.kind
            self.injected.append((error, request))
            if kind == "dead":
                self.dead = True
            elif kind == "broken":
                self.broken.append(self.region(request.address))
            elif kind == "delay":
                self._hold(error)
        if self.dead or kind == "all_ones":
            ones = (1 << 8 * request.size) - 1 if request.length == 1 else ALL_ONES
            return () if request.is_write else (ones,) * request.length
        if kind == "error" or any(request.address in region for region in self.broken):
            raise BusFault(f"error response to {request}", where=f"0x{request.address:08x}", cause="planted fault")
        words = perform(self.bus, request)
        if error is not None and kind == "late":
            self._hold(error)
        return words

    def _hold(self, error: InjectedError) -> None:
        begun = self.bus.now()
        self.bus.sleep(error.delay)
        self.held.append(range(begun, self.bus.now() + 1))
