"""The scheduler: observe, take the first step that is allowed, wait without holding up the others, repeat.

One run is a sequence of rounds. In a round every instance is looked at anew, when its turn comes: after all it needs. A round in
which something was done, or waited for, is followed by another one, since a provider may have regressed while its users came up: only a round
that did nothing, over a chip of which nothing was reset meanwhile, decides.

A run is a generator: it yields the device time (ns) at which it next wants to look, 0 for at once, always between two turns and
never inside a step. So one thread can lead many chips, and a caller can stop. Time passes only through the bus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from heapq import heappop, heappush

from bedplate.block import SERVICE, State
from bedplate.bus import Bus, Observer, ms, notes_of, often
from bedplate.converge.budget import Budgets
from bedplate.converge.cell import Cell
from bedplate.converge.down import Descent
from bedplate.converge.lead import Leader
from bedplate.converge.loss import Losses
from bedplate.converge.pair import LIVE, ends
from bedplate.converge.report import Event, Outcome, Report
from bedplate.converge.scope import cells
from bedplate.converge.stuck import Stuck
from bedplate.converge.vigil import Overtaken, RegionLost, Regressed, Vigil
from bedplate.errors import (
    RAISED,
    BedplateError,
    BusError,
    DriverDefect,
    LinkDown,
    PathLost,
    require,
)
from bedplate.reg import normal
from bedplate.topology import LOOKING, Instance, Reach, Topology, failure_of, observed, sound

MOST_ROUNDS = 16
"""A chip that still moves after so many rounds does not settle, and the report says so."""
MOST_INTERRUPTIONS = 8
"""Resets and lost paths that one run goes on after: a chip that is reset more often, or such a link, is none to build upon."""
AS_ONE = (Outcome.GOAL, Outcome.HARVESTED)
"""How both ends of a pair end, if either does."""
STEADY = ms(1)
"""An instance that was brought to its goal has to be seen there once more, so much later, before a run may end."""

Run = Generator[int, None, Report]


class Scheduler:
    """One run over one chip.

    `goal` is the name of the goal, and `only` the instances that are to reach it, as patterns, with all that this needs: in
    service, whatever they need; else, whatever needs them. `force` names instances whose disturbing steps are allowed under a
    running workload, `intent` those whose permanent steps are wanted, both by full names. `listen` is told what happens; it can neither stop nor change the run.
    """

    def __init__(
        self,
        chip: Topology,
        *,
        goal: str = SERVICE,
        only: Collection[str] | None = None,
        force: Collection[str] = (),
        intent: Collection[str] = (),
        listen: Callable[[Event], None] | None = None,
    ) -> None:
        require(chip, Topology, "chip", "a chip on its bus, as bedplate.open gives")
        if listen is not None:
            require(listen, Callable, "listener", "a function that takes an Event")  # type: ignore[arg-type] # as isinstance has it
        for names in (force, intent):
            chip.require_known(names)
        self.chip = chip
        self.goal = goal
        self.force, self.intent = frozenset(map(normal, force)), frozenset(map(normal, intent))
        self.vigil = Vigil(chip)
        self.cells = cells(chip, goal, only)
        self.budgets = Budgets(chip.budgets, self.cells, self._survey)
        self.losses = Losses(self)
        self.stuck = Stuck(self)
        self.leader = Leader(self) if goal == SERVICE else Descent(self)
        self.observer = Observer(listen) if listen is not None else None
        self.masks: dict[str, int | BedplateError] = {}
        self.steps = self.rounds = self.interruptions = self.begun = 0
        self.acted = self.settled = False
        self.ended: BedplateError | None = None
        self._interruption = ""
        self._events: deque[Event] = deque()
        self._ready: deque[Cell] = deque()
        self._timed: list[tuple[int, int, Cell]] = []
        self._turns = 0

    def run(self) -> Report:
        """Converge, and report: the loop around `go`. Whatever is wrong with the chip or the way to it is in the report."""
        run, when = self.go(), 0
        try:
            while True:
                when = resume(run, self.chip.bus, max(when - self.chip.bus.now(), 0) if when else None)
        except StopIteration as end:
            report: Report = end.value
            return report
        finally:
            run.close()

    def go(self) -> Run:
        """The run itself; its value is the report.

        Where one of several paths to the chip is lost, and with it what became of an access, or where something was reset behind
        its back, that is a crash which the controller survived: the round is begun anew from what the hardware says now. Raises
        NotOwner while another run over this chip has not ended.
        """
        with self.chip.bus.led(self.chip.name):
            return (yield from self._go())

    def _go(self) -> Run:
        self.begun = start = self.chip.bus.now()
        reads, writes = self.chip.meter.reads, self.chip.meter.writes
        try:
            while self.rounds < MOST_ROUNDS and self.interruptions <= MOST_INTERRUPTIONS:
                try:
                    yield from self.round()
                    self.rounds += 1
                    if not self.acted and not any(cell.moved for cell in self.cells.values()):
                        self.vigil.renew(self.chip.regions)
                        self.settled = True
                        break
                    yield self._steady_at()
                except (Overtaken, PathLost) as why:
                    self._interrupted(why)
                except RegionLost as loss:
                    self.losses.lose([loss.region.name], loss.error)
        except BusError as error:
            self.ended = error
        return self._report(start, reads, writes)

    def round(self) -> Generator[int, None, None]:
        """Look at everything anew and go on until nothing moves."""
        self.acted = False
        self.masks.clear()
        self.vigil.begin()
        self._timed.clear()
        self._ready.clear()
        for cell in self.cells.values():
            cell.begin_round()
        self.losses.settle()
        for cell in self.cells.values():  # in the order of needs: on a healthy chip each is due when its turn comes
            self.push(cell)
        while True:
            while self._ready:
                cell = self._ready.popleft()
                cell.is_ready = False
                if cell.is_due:
                    self.turn(cell)
                    yield 0
            if self._timed:
                yield self._timed[0][0]
                now = self.chip.bus.now()
                while self._timed and self._timed[0][0] <= now:
                    self.push(heappop(self._timed)[2])
            elif not self.stuck.wake():
                break

    def look(self, block: Instance) -> State:
        """Observe one instance whose needs are met. What it does wrong is its own, whoever wants to know."""
        with self.chip.looking():
            return observed(block)

    # Turns

    def push(self, cell: Cell) -> None:
        """Its turn comes, after all whose turn has come already."""
        if cell.led and cell.outcome is None and not cell.is_ready:
            cell.is_ready = True
            self._ready.append(cell)

    def push_at(self, cell: Cell, when: int) -> None:
        """Its turn comes at that device time (ns)."""
        self._turns += 1
        heappush(self._timed, (when, self._turns, cell))

    def turn(self, cell: Cell) -> None:
        """One move of one instance, if it can make one now. Whatever goes wrong with it stays with it.

        Raises Overtaken and PathLost, after which nothing that was seen counts, and LinkDown when no region is left.
        """
        if cell.outcome is not None:
            return
        seen = cell.counted, cell.state, cell.outcome
        try:
            with self.chip.looking():
                self.leader.lead(cell)
        except Overtaken:
            raise
        except Regressed as loss:
            self._regressed(cell, self.cells[loss.provider], str(loss))
        except RegionLost as loss:
            self.losses.region_lost(cell, loss.region, loss.error)
        except LinkDown as error:
            if error.is_of_bus:
                self.losses.link_down(cell, error)
            else:
                self.fail(cell, failure_of(error, cell.name))
        except RAISED as error:
            self.fail(cell, failure_of(error, cell.name))
        if cell.is_settled:
            self.push_others(cell)
        elif seen != (cell.counted, cell.state, cell.outcome):
            self.push_partner(cell)
        if self.budgets.counts(cell) and seen != (cell.counted, cell.state, cell.outcome):
            self._wake_waiting(cell)

    def _regressed(self, cell: Cell, provider: Cell, why: str) -> None:
        """A provider left its goal while this one built upon it: both are led anew, the provider first."""
        self.acted = True
        for end in ends(cell):
            if end.outcome in LIVE:
                end.regressed()
        if provider.outcome is None:
            self.push(cell)
            return
        if provider.outcome is not Outcome.GOAL:
            self.block(cell, provider)
            self.push_others(cell)
            return
        provider.regressed()
        error = provider.flapped(f"{why}, for {cell.name}")
        if error is None:
            self.push(provider)
        else:
            self.fail(provider, error)
            self.push_others(provider)

    def push_others(self, cell: Cell) -> None:
        """It is settled: who waited for nothing else goes on."""
        before = cell.users if cell.toward == SERVICE else [end for one in cell.before for end in ends(one)]
        for other in before:
            if other.is_due:
                self.push(other)
        end = cell.partner
        if end is not None and end.counted and end.outcome is Outcome.GOAL and cell.outcome not in AS_ONE:
            self.acted = True  # it arrived before this end was found lost: it is judged once more
        self.push_partner(cell)

    def push_partner(self, cell: Cell) -> None:
        """One end of a pair has moved: the other one goes on, unless it looks by itself when the time has come."""
        if cell.partner is not None and cell.partner.watch is None:
            self.push(cell.partner)

    def _wake_waiting(self, cell: Cell) -> None:
        waiting = [other for other in self.budgets.waiting.values() if other is not cell]
        for other in waiting:
            del self.budgets.waiting[other.name]
            self.push(other)

    # Ends

    def fail(self, cell: Cell, error: BedplateError) -> None:
        """It failed by itself."""
        cell.settle(Outcome.FAILED, self.chip.bus.now(), cell.name, error)
        self.tell(cell, "failed", str(error))

    def block(self, cell: Cell, by: Cell, why: str = "") -> None:
        """Another one's failure keeps it from its goal."""
        cell.settle(Outcome.BLOCKED, self.chip.bus.now(), by.cause or by.name)
        self.tell(cell, "blocked", why or f"needs {by.name}")

    def tell(self, cell: Cell, kind: str, text: str) -> None:
        """Tell the listener; of what happens in an act after it, since nothing may come between its question and its writes."""
        if self.observer is not None:
            self._events.append(Event(self.chip.bus.now(), cell.name, kind, text, self.vigil.identity(cell.region)))
            if self.chip.bus.act in (None, LOOKING):
                self.deliver()

    def deliver(self) -> None:
        """Tell the listener what it has not been told yet. It may look; whatever it writes is refused."""
        while self._events and self.observer is not None:
            try:
                with self.chip.looking():
                    self.observer(self._events.popleft())
            except DriverDefect as error:
                self.observer.miss(error)

    def _interrupted(self, why: BaseException) -> None:
        self.interruptions += 1
        self._interruption = str(why)
        if isinstance(why, PathLost) and self.interruptions > MOST_INTERRUPTIONS:
            self.ended = why
        first = next(iter(self.cells.values()), None)
        if first is not None:
            self.tell(first, "interrupted", str(why))
        for cell in self.cells.values():
            cell.overtaken()

    def _steady_at(self) -> int:
        """When the next round may begin: not before whatever was brought to its goal has stayed there for a while."""
        brought = [cell.reached for cell in self.cells.values() if cell.moved and cell.outcome is Outcome.GOAL]
        return max(brought) + STEADY if brought else 0

    def _survey(self, cell: Cell) -> None:
        """Observe an instance whose turn has not come, only to count it. What cannot be reached is in no state."""
        if cell.region.name not in self.vigil.lost:
            self.surveyed(cell)

    def surveyed(self, cell: Cell) -> State | BedplateError | None:
        """What observing it gives; a state, or that it cannot be reached, counts from here on."""
        may_be_absent = not cell.led or bool(self.leader.fused_off_by(cell))
        is_free = not may_be_absent and not any(need.kind.gates_access for need in cell.block.needs)
        state = sound(partial(self.look if is_free else self.reach, cell.block), cell.name)
        if not isinstance(state, BedplateError):
            cell.state, cell.counted = state, True
        return state

    def reach(self, block: Instance) -> State | None:
        """Observe one of which nobody knows yet whether it can be reached; None where it cannot. Raises what looking gave."""
        with self.chip.looking():
            look = Reach(self.chip, lost=self.vigil.lost).look(block)
        if look.error is not None:
            raise look.error
        return look.state

    def _report(self, start: int, reads: int, writes: int) -> Report:
        notes = []
        if self.interruptions:
            notes.append(
                f"begun anew {often(self.interruptions)} for what happened behind this run's back, at last: {self._interruption}"
            )
        if self.observer is not None and self.observer.note:
            notes.append(self.observer.note)
        notes += notes_of(self.chip.meter)
        return Report(
            self.chip.name,
            tuple(self.cells[block.name].line(start) for block in self.chip.all if self.cells[block.name].led),
            self.chip.bus.now() - start,
            self.chip.meter.reads - reads,
            self.chip.meter.writes - writes,
            self.steps,
            self.settled,
            self.ended,
            tuple(self.vigil.identity(region) for region in self.chip.regions),
            tuple(notes),
            tuple(what for region in self.chip.regions for what in region.unknown(self.vigil.known.get(region.name))),
        )


def resume(run: Run, bus: Bus, pause: int | None) -> int:
    """Let that time (ns) pass, if any, and go on to where the run wants to look next: that device time (ns).

    What the bus says while time passes is the run's to deal with. Raises StopIteration with its report, and EnvError.
    """
    try:
        if pause is not None:
            bus.sleep(pause)
    except BusError as error:
        return run.throw(error)
    return next(run)


def lead(runs: Sequence[Scheduler]) -> list[Report]:
    """Several runs in one thread, each over a chip of its own: whichever wants to look next goes on; their reports, in order.

    Raises EnvError, as each of them does, and AccessError for what is no run.
    """
    require(runs, Sequence, "list of runs", "[Scheduler(chip), ...]")
    for one in runs:
        require(one, Scheduler, "run", "Scheduler(chip), for each chip")
    reports: dict[int, Report] = {}
    wants = dict.fromkeys(range(len(runs)), 0)
    with ExitStack() as stack:  # of one that raises, the others let go of their chips
        going = [(number, run.chip.bus, stack.enter_context(closing(run.go()))) for number, run in enumerate(runs)]
        while going:
            waits = {number: max(wants[number] - bus.now(), 0) if wants[number] else 0 for number, bus, _ in going}
            soonest = min(waits.values())
            for number, bus, run in list(going):
                if waits[number] > soonest:
                    continue
                try:
                    wants[number] = resume(run, bus, soonest or None)
                except StopIteration as end:
                    reports[number] = end.value
                    going.remove((number, bus, run))
    return [reports[number] for number in sorted(reports)]
