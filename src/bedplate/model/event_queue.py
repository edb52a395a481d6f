"""Virtual time: a clock and the events that are due on it."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

from bedplate.errors import ModelDefect, line_of

MOST_AT_ONCE = 100_000
"""Events at one moment: whoever plans more, plans them for ever, and time would never go on."""
FOREVER = 1 << 200
"""A time that no run reaches."""


class QueuedEvent:
    """Something that will happen: a handle to cancel it by. `call` is None once it ran or was cancelled."""

    __slots__ = ("args", "call", "owner", "time")

    def __init__(self, time: int, call: Callable[..., object], args: tuple[Any, ...], owner: object = None) -> None:
        self.time = time
        self.call: Callable[..., object] | None = call
        self.args = args
        self.owner = owner

    @property
    def pending(self) -> bool:
        """Whether it still will happen."""
        return self.call is not None


class EventQueue:
    """Device time in nanoseconds. Events run in the order of their times, equal times in the order they were made.

    So a run is a function of its inputs alone. Time without events costs nothing, however long it is.
    """

    __slots__ = ("_heap", "_running", "_sequence", "due", "now")

    def __init__(self) -> None:
        self.now = 0
        self.due = FOREVER
        """The time of the next event: before it, `now` may simply be set. 0 while events run: time is theirs then."""
        self._heap: list[tuple[int, int, QueuedEvent]] = []
        self._sequence = 0
        self._running = False

    @property
    def idle(self) -> bool:
        """Whether nothing is under way: waiting will change nothing."""
        return self.next is None

    @property
    def next(self) -> QueuedEvent | None:
        """What will happen next; None if nothing is under way."""
        while self._heap and not self._heap[0][2].pending:
            heapq.heappop(self._heap)
        self._look()
        return self._heap[0][2] if self._heap else None

    def at(self, time: int, call: Callable[..., object], *args: Any, owner: object = None) -> QueuedEvent:
        """Call at that time (now, if it has passed). `call` must survive pickling: a method or a function, no lambda."""
        event = QueuedEvent(time, call, args, owner)
        self.put(event)
        return event

    def put(self, event: QueuedEvent) -> None:
        """An event that was made elsewhere, or that was taken out by `take`."""
        self._sequence += 1
        event.time = max(event.time, self.now)
        heapq.heappush(self._heap, (event.time, self._sequence, event))
        self._look()

    def cancel(self, event: QueuedEvent | None) -> None:
        """It will not happen. Nothing to do when there is none, or when it happened already."""
        if event is not None:
            event.call = None
            event.args = ()

    def take(self, owner: object) -> list[QueuedEvent]:
        """All pending events of one owner, in order, taken off the queue."""
        mine = sorted(entry for entry in self._heap if entry[2].owner is owner and entry[2].pending)
        if mine:
            self._heap = [entry for entry in self._heap if entry[2].owner is not owner]
            heapq.heapify(self._heap)
            self._look()
        return [event for _, _, event in mine]

    def advance(self, duration: int) -> None:
        """Let time pass and everything happen that is due by then, including what the events themselves add.

        Raises ModelDefect for events that keep time from passing.
        """
        if self._running:
            raise RuntimeError("time cannot pass inside an event: use after(delay, method) instead of waiting")
        end = self.now + duration
        at_once = 0
        self._running = True
        self._look()
        try:
            while self._heap and self._heap[0][0] <= end:
                before = self.now
                self.now, _, event = heapq.heappop(self._heap)
                call, event.call = event.call, None
                at_once = at_once + 1 if self.now == before else 1
                if at_once > MOST_AT_ONCE:
                    raise _endless(event, call)
                if call is not None:
                    call(*event.args)
        finally:
            self._running = False
            self._look()
        self.now = end

    def _look(self) -> None:
        self.due = 0 if self._running else self._heap[0][0] if self._heap else FOREVER


def _endless(event: QueuedEvent, call: Callable[..., object] | None) -> ModelDefect:
    return ModelDefect(
        f"the model {type(event.owner).__name__} plans events for ever at one moment",
        where=getattr(event.owner, "name", ""),
        wanted=f"at most {MOST_AT_ONCE} of them, then that time goes on",
        got=line_of(call) if call is not None else "",
        cause="a defect of the model, neither of the driver nor of the hardware: it plans with no delay what plans it again",
        next="give it a delay: self.after(us(1), ...)",
    )
