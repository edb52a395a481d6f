"""Device time: integers in nanoseconds. Budgets are written with these units, so no environment needs its own."""

from __future__ import annotations

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


def poll_by_reading(bus: Bus, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
    """`Bus.poll` for a bus with nothing better than reads: intervals double from 1/64 to 1/8 of the timeout.

    So a poll costs a bounded number of transactions (at most 15), whatever its timeout.
    """
    deadline = bus.now() + timeout
    interval = max(timeout // 64, 1)
    while True:
        late = bus.now() >= deadline
        got = bus.read(address, size)
        if got & mask == value or late:
            return got
        bus.sleep(min(interval, max(deadline - bus.now(), 1)))
        interval = min(interval * 2, max(timeout // 8, 1))
