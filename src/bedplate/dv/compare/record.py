"""Recording a scenario: every transaction, on whose behalf the HAL made it, in which of its turns, from which line of source.

The scheduler goes from instance to instance. In its turn an instance is observed, and perhaps a step is taken.
Durations decide how turns of different instances interleave, and how often one is looked at in vain; they do not decide
what the turns of one instance do. So a recording keeps the turns, and whose they are.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Output, Step, Vitals, Wait
from bedplate.bus import Bus, Decorator, Killed, Request, Transaction
from bedplate.converge import Report, Scheduler
from bedplate.converge.cell import Cell
from bedplate.converge.down import Descent
from bedplate.converge.lead import Leader
from bedplate.converge.vigil import Vigil
from bedplate.errors import BusFault, DriverError
from bedplate.topology import Instance, Obstacle, Region, Topology

CHIP = "chip"
"""Who acts when it is nobody in particular: reset epochs, fuses that say which parts are there."""


class RecordedAccess(NamedTuple):
    """One transaction. `round` and `turn` (unique in a recording) say when in its actor's life it was made."""

    actor: str
    round: int
    turn: int
    heard: Transaction
    source: str


class Recording(NamedTuple):
    """One scenario in one world.

    `complete` says of each round whether it came to its end: one that a kill cut short has no last look. `outcomes` has for
    each converge how every instance ended. `violations` counts dangerous acts; None where the world has no backdoor.
    """

    accesses: list[RecordedAccess]
    complete: list[bool]
    outcomes: list[dict[str, str]]
    violations: int | None


class Recorder(Decorator):
    """Stands on the raw bus and records. `kill` says after which write the controller dies: of whom, and its how many-th."""

    def __init__(self, bus: Bus, kill: tuple[str, int] | None = None) -> None:
        super().__init__(bus)
        self.accesses: list[RecordedAccess] = []
        self.complete: list[bool] = []
        self.outcomes: list[dict[str, str]] = []
        self._kill = kill
        self._writes: Counter[str] = Counter()
        self._actor = CHIP
        self._turn = 0

    def transact(self, request: Request) -> Sequence[int]:
        time = self.bus.now()
        words: tuple[int, ...] = ()
        error = ""
        try:
            words = tuple(super().transact(request))
        except Exception as raised:
            error = type(raised).__name__
            raise
        finally:
            heard = Transaction(time, request, words, error)
            self.accesses.append(
                RecordedAccess(self._actor, len(self.complete) - 1, self._turn, heard, source(sys._getframe(1)))
            )
        if request.is_write:
            self._writes[self._actor] += 1
            if (self._actor, self._writes[self._actor]) == self._kill:
                self._kill = None
                raise Killed(f"after {request} by {self._actor}")
        return words

    @contextmanager
    def round(self) -> Iterator[None]:
        """What happens inside belongs together, and the last turns in it say how it ended."""
        self.complete.append(False)
        yield
        self.complete[-1] = True

    @contextmanager
    def turn(self, actor: str) -> Iterator[None]:
        """What happens inside is one turn of this instance, or done for the chip as a whole."""
        before = self._actor
        self._actor = actor
        self._turn += actor != CHIP
        try:
            yield
        finally:
            self._actor = before

    def converge(self, chip: Topology, goal: str = SERVICE) -> Report:
        """Converge a chip that stands on this bus to a goal. Raises Killed where that was asked for."""
        report = MarkedScheduler(chip, self, goal).run()
        self.outcomes.append(
            {
                line.name: " ".join(
                    filter(None, (line.outcome.value, line.state, type(line.error).__name__ if line.error else ""))
                )
                for line in report.lines
            }
        )
        return report


class MarkedScheduler(Scheduler):
    """The scheduler itself, with marks for the recorder at its rounds and turns.

    It looks more often than need be: right after a step, and then at doubling times. So it is known rather well when the
    hardware was ready, and hardware that is ready too early is told from good one.
    """

    def __init__(self, chip: Topology, recorder: Recorder, goal: str) -> None:
        super().__init__(chip, goal=goal)
        self.recorder = recorder
        self.vigil = WatchedVigil(chip, recorder)
        self.leader = WatchedLeader(self, recorder) if goal == SERVICE else WatchedDescent(self, recorder)

    def round(self) -> Generator[int, None, None]:
        with self.recorder.round():
            yield from super().round()

    def turn(self, cell: Cell) -> None:
        with self.recorder.turn(cell.name):
            super().turn(cell)

    def _survey(self, cell: Cell) -> None:
        with self.recorder.turn(CHIP):  # who has to count is a matter of time
            super()._survey(cell)


class WatchedVigil(Vigil):
    """The watch over the chip: what it asks, it asks for the chip as a whole."""

    def __init__(self, chip: Topology, recorder: Recorder) -> None:
        super().__init__(chip)
        self.recorder = recorder

    def _ask(self, region: Region) -> Vitals:
        with self.recorder.turn(CHIP):
            return super()._ask(region)


class Watching(Leader):
    """The moves, with more looks."""

    def __init__(self, run: MarkedScheduler, recorder: Recorder) -> None:
        super().__init__(run)
        self.recorder = recorder

    def _take(self, cell: Cell, step: Step[Any]) -> None:
        before = self.run.steps
        super()._take(cell, step)
        if self.run.steps > before:
            with self.recorder.turn(cell.name), suppress(BusFault, DriverError):
                self.run.look(cell.block)

    def pace(self, wait: Wait[Any], begun: int, now: int) -> tuple[int, int]:
        interval = max(wait.typical // 16, 1)
        return now + interval, interval


class WatchedLeader(Watching):
    """The moves into service."""

    def _is_present(self, cell: Cell) -> bool:
        with self.recorder.turn(CHIP):  # who asks the fuses first in a round is nobody's merit
            return super()._is_present(cell)


class WatchedDescent(Watching, Descent):
    """The moves out of it."""

    def _obstacle(self, block: Instance) -> Obstacle | None:
        with self.recorder.turn(CHIP):  # what others show of it is nobody's merit
            return super()._obstacle(block)

    def _is_off(self, cell: Cell, need: Output[Any]) -> bool:
        with self.recorder.turn(need.provider.name):  # who is the last of its users is a matter of time
            return super()._is_off(cell, need)


BELOW = ("bedplate.bus.", "bedplate.reg.")


def source(frame: FrameType | None) -> str:
    """The line that wanted a transaction: the innermost one above the bus and the register handles."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if not module.startswith(BELOW) and not module.endswith(".regs") and module != __name__:
            return f"{module.replace('.', '/')}.py:{frame.f_lineno}"
        frame = frame.f_back
    return ""
