"""What a run of the scheduler found: who got where, when, at what cost, and what stood in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from bedplate.errors import BedplateError, duration

MOST_NAMED = 8
"""Instances of one kind that the text of a report names; its lines have all of them."""


class Outcome(Enum):
    """Where an instance ended."""

    GOAL = "goal"
    FAILED = "failed"
    BLOCKED = "blocked"
    HARVESTED = "harvested"
    UNKNOWN = "unknown"
    """Not reached: the run ended before, or the part of the chip that it lies in does not answer for itself."""


class Event(NamedTuple):
    """Something to show while it runs: device time (ns), the instance, what it is (observed, step, on, off, wait, interrupted,
    or an outcome), and who answered for the part of the chip that it lies in: chip identity and boot."""

    time: int
    instance: str
    kind: str
    text: str
    identity: str = ""


class Line(NamedTuple):
    """One instance in a report. `state` is None where nobody looked in this run; `reached` is the device time of its outcome since the
    start of the run (ns).
    """

    name: str
    ip: str
    outcome: Outcome
    state: str | None
    reached: int
    after: str
    """The instance whose coming up let this one start; empty where nothing was waited for."""
    cause: str
    """The instance at the root of a failure: itself, or the one that blocks it."""
    error: BedplateError | None
    stays: bool = False
    """Whether it has no goal of that name: it is left as it is, which is no success."""

    @property
    def seen(self) -> str:
        """The state, for people."""
        return self.state or "not looked at"


class Report(NamedTuple):
    """The outcome of a converge. It prints itself in one line, or in several when something failed.

    `settled` says that its last round did nothing, and nothing was reset under it. `ended` is the error of the link, or of the
    identity, that ended the run: no part of the chip was left. `identity` says who answered, a line for each part of the
    chip; `notes` what else a reader has to know of this run: that something was reset behind its back, what a listener lost, what
    is worse with the way to the chip than it could be;
    `unknown` what cannot be told of this chip in any run.
    """

    chip: str
    lines: tuple[Line, ...]
    device_time: int
    reads: int
    writes: int
    steps: int
    settled: bool = True
    ended: BedplateError | None = None
    identity: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Every instance is at its goal or harvested, and the chip came to rest there."""
        reached = all(line.outcome in (Outcome.GOAL, Outcome.HARVESTED) for line in self.lines)
        return reached and self.settled and self.ended is None

    @property
    def transactions(self) -> int:
        """Reads and writes that the run cost, a burst counted as one."""
        return self.reads + self.writes

    def number(self, outcome: Outcome) -> int:
        """How many instances ended so."""
        return sum(line.outcome is outcome for line in self.lines)

    def of(self, outcome: Outcome) -> list[Line]:
        """The lines with that outcome."""
        return [line for line in self.lines if line.outcome is outcome]

    @property
    def at_goal(self) -> str:
        """How many are at their goal, of those that are present and have one, and how many have none, in words."""
        led = [line for line in self.lines if line.outcome is not Outcome.HARVESTED and not line.stays]
        without = sum(line.stays and line.outcome is Outcome.GOAL for line in self.lines)
        text = f"{sum(line.outcome is Outcome.GOAL for line in led)} of {len(led)} at goal"
        return text + (f" and {without} without one" if without else "")

    @property
    def first_error(self) -> BedplateError | None:
        """The error at the root: what ended the run, or that of the first instance that failed by itself."""
        return self.ended or next((line.error for line in self.lines if line.outcome is Outcome.FAILED), None)

    @property
    def critical_path(self) -> list[Line]:
        """From the first to the last: each instance waited for the one before, and the whole waited for the last."""
        by_name = {line.name: line for line in self.lines}
        at_goal = self.of(Outcome.GOAL)
        if not at_goal:
            return []
        path = [max(at_goal, key=lambda line: line.reached)]
        while path[-1].after:
            path.append(by_name[path[-1].after])
        return path[::-1]

    def __str__(self) -> str:
        head = (
            f"{self.at_goal}, {duration(self.device_time)} of device time, "
            f"{self.transactions} transactions ({self.writes} writes)"
        )
        path = self.critical_path
        if path and self.steps:
            head += f", critical path {' > '.join(line.name for line in path)}"
        failed = self.of(Outcome.FAILED)
        lost = [
            f"  lost {line.name}: {line.error}"
            + (f"; next: {line.error.next}" if line.error and line.error.next else "")
            for line in failed[:MOST_NAMED]
        ]
        if len(failed) > MOST_NAMED:
            lost.append(f"  {len(failed)} lost: {some([line.name for line in failed])}")
        blocked = self.of(Outcome.BLOCKED)
        roots = Counter(line.cause for line in blocked)
        for root, number in list(roots.items())[:MOST_NAMED]:
            lost.append(f"  {number} blocked by {root}: {some([one.name for one in blocked if one.cause == root])}")
        if len(roots) > MOST_NAMED:
            lost.append(f"  {len(blocked)} blocked by {len(roots)}: {some(list(roots))}")
        if self.ended is not None and not self.of(Outcome.FAILED):
            lost.append(f"  ended: {self.ended}")
        if unknown := self.of(Outcome.UNKNOWN):
            lost.append(f"  {len(unknown)} not reached: {some([line.name for line in unknown])}")
        if not self.settled:
            lost.append("  did not settle: something still moved, or was reset, in the last round")
        return "\n".join([head, *lost])

    def __repr__(self) -> str:
        return f"Report: {self}"


def some(names: Sequence[str]) -> str:
    """A few names, and how many more."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
