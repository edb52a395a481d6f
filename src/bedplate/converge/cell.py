"""What one run of the scheduler knows about one instance. It is made from observations and dropped with the run."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bedplate.block import SERVICE, Need, State, Step, Wait
from bedplate.bus import Watch
from bedplate.converge.report import Line, Outcome
from bedplate.errors import BedplateError, Flapping
from bedplate.topology import Instance, Region

MOST_FLAPS = 3
"""An instance that left its goal so often in one run, without a reset that explains it, has failed: it flaps."""


class Cell:
    """An instance on its way: what it was seen in, what it waits for, and how it ended."""

    def __init__(self, block: Instance, region: Region, led: bool, goal: str) -> None:
        self.block = block
        self.name = block.name
        self.region = region
        self.led = led
        """Whether this run leads it; the others are only looked at."""
        self.toward = goal if led else SERVICE
        """The name of its goal in this run."""
        self.goal = block.goal_of(self.toward)
        self.providers: list[Cell] = []
        """Of its needs, in their order."""
        self.users: list[Cell] = []
        self.fuses: list[tuple[Cell, int]] = []
        """Fuses that may remove it, each with its bit."""
        self.before: list[Cell] = []
        """Fuses and providers, each once: whoever is to be in service before it."""
        self.partner: Cell | None = None
        """The other end, where it is an end of a pair."""
        self.met = False
        """Whether both ends of its pair have come, in this run, to what they do together."""
        self.outcome: Outcome | None = None
        self.last: Outcome | None = None
        """The outcome of the round before."""
        self.counted = False
        """Whether `state` is what was observed in this round, so that it may be counted."""
        self.supplied = False
        """Whether all its needs were seen met in this round."""
        self.moved = False
        """Whether anything was done or waited for in this round."""
        self.is_ready = False
        """Whether its turn will come without anything else happening."""
        self.last_looks = 0
        """How often it looked for a budget when nothing else moved."""
        self.state: State | None = None
        self.error: BedplateError | None = None
        self.cause = ""
        self.reached = 0
        self.after = ""
        self.attempts: Counter[str] = Counter()
        self.spent: set[str] = set()
        """The permanent acts that this run has done for it."""
        self.begun: dict[str, int] = {}
        """When waits began for the first time since its last step, by name (ns): hardware that goes to and fro gets no new budget."""
        self.turned: Counter[str] = Counter()
        """How often each of its outputs was turned on, with nothing to explain that it was off again."""
        self.flaps = 0
        """How often it left its goal in this run without any reset that explains it."""
        self.trouble: BedplateError | None = None
        """The error that interrupted its last step."""
        self.pending: Wait[Any] | Need | None = None
        self.watch: Watch | None = None
        self.queued: Step[Any] | None = None
        """The step that waits for its budget."""
        self.passing: Watch | None = None
        """How long others wait for what it does by itself, before its turn has come, because they want its budget."""

    @property
    def is_settled(self) -> bool:
        """Whether this round has found out how it ends."""
        return self.outcome is not None

    @property
    def is_due(self) -> bool:
        """Whether a turn can move it: all that go before it are where they are to be, or one of them has ended elsewhere.

        Out of service users go first, those of both ends of a pair; what has no such goal waits for nobody.
        """
        if any(fuses.led and fuses.outcome is None for fuses, _ in self.fuses):  # any of them may say that it is absent
            return False
        before = self.before if self.toward == SERVICE else self.users if self.goal is not None else []
        if self.partner is not None and self.toward != SERVICE:
            before = [*before, *self.partner.users]
        for other in before:
            if other.led and other.outcome is not Outcome.GOAL and other.outcome is not Outcome.HARVESTED:
                return other.outcome is not None
        return True

    def lacks(self, other: Cell) -> str:
        """Why it cannot do without another one of those before it, in words."""
        told_by = any(fuses is other for fuses, _ in self.fuses) and other not in self.providers
        return f"its fuses ({other.name}) cannot be read" if told_by else f"needs {other.name}"

    def begin_round(self) -> None:
        """Forget what this round is to find out; a failure stays for the whole run."""
        self.last = self.outcome
        self.counted = self.supplied = self.moved = self.is_ready = False
        self.last_looks = 0
        if self.outcome is not Outcome.FAILED:
            self.outcome = None
        self.pending = self.watch = self.queued = self.passing = None
        self.begun.clear()

    def overtaken(self) -> None:
        """What was seen of this instance is of before, and counts no more; a failure may have had another reason."""
        self.outcome = self.state = self.error = self.trouble = None
        self.met = False
        self.cause = ""
        self.attempts.clear()
        self.turned.clear()

    def count(self, step: Step[Any]) -> None:
        """One more attempt. A recovery gives the steps that it makes necessary again a fresh start, itself not."""
        if step.recovers:
            self.begin_anew()
        self.attempts[step.name] += 1
        self.begun.clear()

    def begin_anew(self) -> None:
        """It, or what it builds upon, was recovered: of its attempts only those to recover are counted over the whole run."""
        ways = type(self.block).ways
        self.attempts = Counter(
            {way.name: self.attempts[way.name] for way in ways if isinstance(way, Step) and way.recovers}
        )

    def regressed(self) -> None:
        """It, or what it builds upon, is not where it was a moment ago: it is led anew."""
        self.turned.clear()
        self.begun.clear()
        self.outcome = self.last = self.state = self.pending = self.watch = None
        self.supplied = self.counted = False

    def flapped(self, why: str) -> BedplateError | None:
        """It left its goal once more; the failure, if that was once too often. Both ends of a pair leave it once, as one."""
        self.flaps += 1
        flaps = self.flaps
        if self.partner is not None:
            flaps += self.partner.flaps
            self.partner.last = None
        if flaps < MOST_FLAPS:
            return None
        return Flapping(
            f"left its goal {flaps} times, last: {why}",
            where=self.name,
            wanted=f"{self.goal.name if self.goal is not None else 'rest'}, and to stay there",
            got=str(self.state),
            cause="it works for a moment after each recovery: marginal hardware, or a configuration that does not hold",
            next=f"bedplate dump {self.name}",
        )

    def wait_for(self, what: Wait[Any] | Need, watch: Watch) -> None:
        """Begin a wait."""
        self.moved = True
        self.pending, self.watch = what, watch

    def stop_waiting(self) -> None:
        """What it waited for is not to be had now: it begins anew when it is."""
        self.pending = self.watch = None
        self.begun.clear()

    def settle(self, outcome: Outcome, now: int, cause: str = "", error: BedplateError | None = None) -> None:
        """This is how it ended. A round that only confirms the one before keeps its time."""
        if self.moved or outcome is not self.last:
            self.reached = now
        self.outcome = outcome
        self.cause = cause
        self.error = error
        self.pending = self.watch = self.queued = None

    def line(self, start: int) -> Line:
        """The report's line."""
        return Line(
            self.name,
            self.block.ip,
            self.outcome or Outcome.UNKNOWN,
            self._seen_in(),
            max(self.reached - start, 0),
            self.after,
            self.cause,
            self.error,
            self.goal is None,
        )

    def _seen_in(self) -> str | None:
        """The state for the report; None where another one blocked it before anybody looked."""
        if self.outcome is Outcome.HARVESTED:
            return "absent"
        if self.state is not None:
            return self.state.name
        return None if self.outcome is Outcome.BLOCKED else "unreachable"
