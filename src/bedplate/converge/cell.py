"""What one run of the scheduler knows about one instance. It is made from observations and dropped with the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bedplate.block import Need, State, Step, Wait
from bedplate.converge.report import Line, Outcome
from bedplate.errors import BedplateError
from bedplate.topology import Instance


class Cell:
    """An instance on its way: what it was seen in, what it waits for, and how it ended."""

    def __init__(self, block: Instance, providers: Sequence[Cell]) -> None:
        self.block = block
        self.providers = providers
        """Of its needs, in their order."""
        self.name = block.name
        self.outcome: Outcome | None = None
        self.last: Outcome | None = None
        """The outcome of the round before."""
        self.looked_at = False
        """Whether it had its turn in this round, so that what is known of it is of this round."""
        self.supplied = False
        """Whether all its needs were seen met in this round."""
        self.moved = False
        """Whether anything was done or waited for in this round."""
        self.state: State | None = None
        self.error: BedplateError | None = None
        self.cause = ""
        self.reached = 0
        self.after = ""
        self.attempts: Counter[str] = Counter()
        self.pending: Wait[Any] | Need | None = None
        self.queued: Step[Any] | None = None
        """The step that waits for its claim to come free."""
        self.since = 0
        self.next_check = 0
        self.interval = 0

    def begin_round(self) -> None:
        """Forget what this round is to find out; a failure stays for the whole run."""
        self.last = self.outcome
        self.looked_at = False
        self.supplied = False
        self.moved = False
        if self.outcome is not Outcome.FAILED:
            self.outcome = None
        self.pending = None
        self.next_check = 0

    def interrupt(self) -> None:
        """The run survived what would have ended it: what was seen of this instance is of before, and counts no more."""
        self.queued = None
        if self.outcome is not Outcome.FAILED:
            self.state = None

    def count(self, step: Step[Any]) -> None:
        """One more attempt. A recovery gives the steps that it makes necessary again a fresh start, itself not."""
        if step.recovers:
            ways = type(self.block).ways
            self.attempts = Counter(
                {way.name: self.attempts[way.name] for way in ways if isinstance(way, Step) and way.recovers}
            )
        self.attempts[step.name] += 1

    def start_waiting(self, what: Wait[Any] | Need, since: int, first_check: int, interval: int) -> None:
        """Begin a wait: look again at `first_check`, then at growing intervals."""
        self.moved = True
        self.pending = what
        self.since = since
        self.next_check = first_check
        self.interval = max(interval, 1)

    def look_later(self, now: int, longest: int) -> None:
        """Look again after the interval, and next time after twice as long."""
        self.next_check = now + self.interval
        self.interval = min(self.interval * 2, max(longest, 1))

    def settle(self, outcome: Outcome, now: int, cause: str = "", error: BedplateError | None = None) -> None:
        """This is how it ended. A round that only confirms the one before keeps its time."""
        if self.moved or outcome is not self.last:
            self.reached = now
        self.outcome = outcome
        self.cause = cause
        self.error = error
        self.pending = None

    def line(self, start: int) -> Line:
        """The report's line."""
        assert self.outcome is not None
        state = self.state.name if self.state is not None else "unreachable"
        return Line(
            self.name,
            self.block.ip,
            self.outcome,
            state if self.outcome is not Outcome.HARVESTED else "absent",
            self.reached - start,
            self.after,
            self.cause,
            self.error,
        )
