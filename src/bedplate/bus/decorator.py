"""What all decorators share: a bus in front of a bus, through which every transaction passes at one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from types import TracebackType
from typing import NamedTuple, TypeVar

from bedplate.bus.observer import Observer, described
from bedplate.bus.protocol import SIZES, WORD, Bus
from bedplate.bus.time import ms, poll_by_reading
from bedplate.errors import BedplateError, DriverDefect, EnvError, line_of, place_of

E = TypeVar("E", bound=BedplateError)


class Request(NamedTuple):
    """One transaction as asked for: `values` is None for a read, else the words to write."""

    address: int
    length: int = 1
    values: tuple[int, ...] | None = None
    size: int = WORD

    @property
    def is_write(self) -> bool:
        """Whether it has words to write."""
        return self.values is not None

    @property
    def is_burst(self) -> bool:
        """Whether it is of more words than one."""
        return self.length > 1

    def __str__(self) -> str:
        verb = "write" if self.is_write else "read"
        return f"{verb} 0x{self.address:08x}" + (f" x{self.length}" if self.is_burst else "")


def perform(bus: Bus, request: Request) -> Sequence[int]:
    """Make the transaction on a bus; the words read, or nothing for a write."""
    if request.values is None:
        if request.length == 1:
            return (bus.read(request.address, request.size),)
        return bus.read_block(request.address, request.length)
    if request.length == 1:
        bus.write(request.address, request.values[0], request.size)
    else:
        bus.write_block(request.address, request.values)
    return ()


class Decorator:
    """A bus in front of another one. Subclasses override `transact`; a poll is made of reads, so that each one passes there."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus

    @property
    def sizes(self) -> tuple[int, ...]:
        """Those of the bus; of one that does not say, those of 32 bits."""
        return getattr(self.bus, "sizes", SIZES)

    def transact(self, request: Request) -> Sequence[int]:
        """The one place that every transaction passes: the words read, or nothing for a write. Raises what the bus does."""
        return perform(self.bus, request)

    def read(self, address: int, size: int = WORD) -> int:
        return self.transact(Request(address, 1, None, size))[0]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self.transact(Request(address, 1, (value,), size))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self.transact(Request(address, count))

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self.transact(Request(address, len(values), tuple(values)))

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return self.bus.now()

    def sleep(self, duration: int) -> None:
        self.bus.sleep(duration)


def notes_of(bus: object) -> tuple[str, ...]:
    """What is worse with the way to the chip than it could be, and what was lost on it and put right, a sentence each.

    It is said by the `notes` of the environment's bus, behind all decorators: by one that has none there is nothing to say.
    """
    while bus is not None:
        notes = getattr(bus, "notes", None)
        if isinstance(notes, tuple):
            return notes
        bus = getattr(bus, "bus", None)
    return ()


def often(count: int) -> str:
    """A number of times in words, for a note."""
    return "once" if count == 1 else f"{count} times"


def fault_of(bus: Bus, kind: type[E], what: str, raised: BaseException | None = None, **facts: str) -> E:
    """The error of a bus that does wrong, with what is known of the one at fault behind all decorators: its class, and what it
    raised, with the line."""
    while isinstance(bus, Decorator):
        bus = bus.bus
    did = f" raised {described(raised)}" if raised is not None else ""
    line = (place_of(raised) if raised is not None else "") or line_of(type(bus))
    cause = f"the bus {type(bus).__name__}{did}" + (f" ({line})" if line else "")
    error = kind(what, cause=cause, **facts)  # type: ignore[arg-type]
    error.is_of_bus = True
    return error


MOST = 20_000
"""Transactions, pauses and looks at the time that one question to a driver, or one act of it, may take: a hundred times what any does
that is short, as it has to be."""


COARSEST = ms(100)
"""Pauses (ns), all together, that a bus's time may stand still for: a clock may be as coarse as that, and one that never moves ends no wait."""


class Endless(BaseException):
    """Whoever uses the bus does not end. Not an Exception: a driver that tries again whatever happens cannot catch it."""


class Meter(Decorator):
    """Counts transactions: for reports and benchmarks, and to end what would never end (`bounded`), a wait by a wrong clock included."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus)
        self.reads = 0
        self.writes = 0
        self.most = inf
        """How many transactions there may be, in all; what was paused is off it already."""
        self._latest = -inf
        self._paused = 0
        """Pauses (ns) since the time moved."""

    def bounded(self) -> Bound:
        """A context for what a driver does at a time: at most so many transactions and pauses as MOST says. Raises DriverDefect for
        one that wants more, whatever it makes of being stopped.

        What is bounded within it, such as a listener, has a bound of its own, and takes nothing from this one.
        """
        return Bound(self)

    @property
    def transactions(self) -> int:
        """Reads and writes, a burst counted as one."""
        return self.reads + self.writes

    # The two hot verbs go straight through: a meter stands in every chip's path.

    def read(self, address: int, size: int = WORD) -> int:
        self.reads += 1
        if self.reads + self.writes > self.most:
            raise Endless
        return self.bus.read(address, size)

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self.writes += 1
        if self.reads + self.writes > self.most:
            raise Endless
        self.bus.write(address, value, size)

    def now(self) -> int:
        """Raises EnvError for a time that goes back, or stands still although the bus was to let some pass: no wait would end."""
        self._part()
        now = self.bus.now()
        if type(now) is not int:
            return now  # the guard's to tell
        if now > self._latest:
            self._latest, self._paused = now, 0
        elif now < self._latest or self._paused >= COARSEST:
            raise self._wrong(now)
        return now

    def sleep(self, duration: int) -> None:
        self._part()
        self.bus.sleep(duration)
        self._paused += duration

    def _wrong(self, now: int) -> EnvError:
        is_back = now < self._latest
        return fault_of(
            self.bus,
            EnvError,
            "the bus's time goes back" if is_back else "the bus's time stands still",
            wanted=f"{self._latest} ns or more"
            if is_back
            else f"more than {now} ns, after pauses of {self._paused} ns",
            got=f"{now} ns",
            next="`now` of a bus never goes back, and `sleep` lets at least so much of it pass; see `bus/protocol.py`",
        )

    def _part(self) -> None:
        """A pause, and looking at the time, take their part of a bound: on a model time stands still meanwhile."""
        self.most -= 1
        if self.reads + self.writes > self.most:
            raise Endless

    def transact(self, request: Request) -> Sequence[int]:
        if request.is_write:
            self.writes += 1
        else:
            self.reads += 1
        if self.reads + self.writes > self.most:
            raise Endless
        return super().transact(request)


class Bound:
    """What may be done on a meter's bus while it is open, and no more."""

    __slots__ = ("_before", "_begun", "_meter")

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def __enter__(self) -> None:
        self._before, self._begun = self._meter.most, self._meter.transactions
        self._meter.most = self._begun + MOST

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_endless = self._meter.transactions > self._meter.most or isinstance(error, Endless)
        self._meter.most = self._before + self._meter.transactions - self._begun
        if is_endless and (error is None or isinstance(error, Endless)):
            raise DriverDefect(
                f"{MOST} transactions, pauses and looks at the time at a stretch and no end: it loops",
                wanted="an end: what the hardware does alone is left to a `wait`",
                got=place_of(error) if error is not None else "",
                cause="a defect of the driver, not of the hardware",
            ) from None


Listener = Callable[["Transaction"], None]


class Transaction(NamedTuple):
    """One transaction as it happened: device time (ns), the request, the words read, and the error's type if it failed."""

    time: int
    request: Request
    words: tuple[int, ...] = ()
    error: str = ""

    def repeats(self, earlier: Transaction) -> bool:
        """Whether this is the same read once more, with the same ending: another turn of a poll loop."""
        return not self.request.is_write and self.request == earlier.request and self.error == earlier.error


class Trace(Decorator):
    """Tells every transaction to a listener, and keeps them all in `log` when there is none.

    What the listener fails to take is counted in `observer`; the transaction ends as it would have without.
    """

    def __init__(self, bus: Bus, listener: Listener | None = None) -> None:
        super().__init__(bus)
        self.log: list[Transaction] = []
        self.observer = Observer(listener or self.log.append, "trace")

    def transact(self, request: Request) -> Sequence[int]:
        time = self.bus.now()
        try:
            words = tuple(super().transact(request))
        except Exception as error:
            self.observer(Transaction(time, request, (), type(error).__name__))
            raise
        self.observer(Transaction(time, request, words))
        return words
