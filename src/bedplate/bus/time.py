"""Device time: integers in nanoseconds. Budgets are written with these units, so no environment needs its own."""

from __future__ import annotations

from collections.abc import Callable

from bedplate.bus.protocol import WORD, Bus


def us(count: float) -> int:
    """Microseconds as device time (ns)."""
    return round(count * 1_000)


def ms(count: float) -> int:
    """Milliseconds as device time (ns)."""
    return round(count * 1_000_000)


def s(count: float) -> int:
    """Seconds as device time (ns)."""
    return round(count * 1_000_000_000)


LONGEST = s(86_400)
"""The longest that anything is waited for at once: a day. Whoever asks for more has counted wrong."""


class Backoff:
    """Pauses (ns of device time) between tries of what keeps failing: from 10 ms, doubling, to 1 s at the longest."""

    LONGEST = s(1)

    def __init__(self) -> None:
        self._pause = 0

    def next(self, lasted: int) -> int:
        """The next pause. What was tried has `lasted` so long (ns); beyond the longest pause it worked, and they begin anew."""
        before = 0 if lasted > self.LONGEST else self._pause
        self._pause = min(max(2 * before, ms(10)), self.LONGEST)
        return self._pause


class Watch:
    """One wait: when to look next, and whether that look is the last one.

    The time is taken before the sample. So whoever was held up, for however long, still looks once after the budget has ended:
    what the hardware did in time is never called late. Intervals double, from `interval` to `longest` (ns of device time).
    """

    __slots__ = ("_interval", "_longest", "limit", "since", "when")

    def __init__(self, since: int, limit: int, first: int, interval: int, longest: int) -> None:
        self.since, self.limit = since, limit
        self.when = first
        """When to look next (ns of device time)."""
        self._interval, self._longest = max(interval, 1), max(longest, 1)

    def is_late(self, asked: int) -> bool:
        """Whether a sample that was asked for at that time is the last one: the budget had ended before."""
        return asked - self.since > self.limit

    def look_later(self, asked: int) -> None:
        """The sample was not what is waited for: look again after the interval, and next time after twice as long."""
        self.when = asked + self._interval
        self._interval = min(self._interval * 2, self._longest)


def poll_by_reading(bus: Bus, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
    """`Bus.poll` for a bus with nothing better than reads: intervals double from 1/64 to 1/8 of the timeout.

    So a poll costs a bounded number of transactions (at most 16), whatever its timeout.
    """
    return wait_for(bus, lambda: bus.read(address, size), mask, value, timeout)


def wait_for(bus: Bus, sample: Callable[[], int], mask: int, value: int, timeout: int) -> int:
    """Sample until the masked bits are as wanted, or the timeout has passed; the last sample, whichever it was."""
    begun = bus.now()
    watch = Watch(begun, timeout, begun, timeout // 64, timeout // 8)
    while True:
        asked = bus.now()
        got = sample()
        if got & mask == value or watch.is_late(asked):
            return got
        watch.look_later(asked)
        bus.sleep(max(min(watch.when, begun + timeout + 1) - bus.now(), 1))
