"""The scheduler: observe, take the first step that is allowed, wait without holding up the others, repeat.

One run is a sequence of rounds. In a round every instance is looked at anew, in the order of needs, and led to its goal; the
round ends when nothing moves any more. A round in which something was done is followed by another one, since a provider may
have regressed while its users came up: only a round that did nothing decides. Time passes only through the bus.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import Any

from bedplate.block import Effect, Outlet, State, Step, Wait
from bedplate.converge.cell import Cell
from bedplate.converge.report import Event, Outcome, Report
from bedplate.errors import (
    BedplateError,
    BusFault,
    CheckFailed,
    DriverError,
    LinkDown,
    NeedsIntent,
    NoWayOut,
    PathLost,
    PollTimeout,
    UnderLoad,
)
from bedplate.topology import Instance, Limit, Topology

MOST_ROUNDS = 8
"""A chip that still moves after so many rounds is not settling; the report then shows what was last seen."""

MOST_LOSSES = 8
"""Lost paths in one run: a link that fails more often is not a link."""


class Scheduler:
    """One run over one chip.

    `force` names instances whose disturbing steps are allowed under a running workload; `intent` those whose permanent steps
    are wanted. `listen` is told what happens.
    """

    def __init__(
        self,
        chip: Topology,
        *,
        force: Collection[str] = (),
        intent: Collection[str] = (),
        listen: Callable[[Event], None] | None = None,
    ) -> None:
        self.chip = chip
        self.force = frozenset(force)
        self.intent = frozenset(intent)
        self.listen = listen
        self.cells: dict[str, Cell] = {}
        for block in chip.order:  # providers come first
            self.cells[block.name] = Cell(block, [self.cells[need.provider.name] for need in block.needs])
        self.steps = 0
        self.acted = False

    def run(self) -> Report:
        """Converge, and report. Raises LinkDown when the bus dies; any other failure is in the report.

        Where one of several paths to the chip is lost, and with it what became of an access, that is a crash which the controller
        survived: steps may be interrupted anywhere, so the round is begun anew. Raises PathLost when that happens too often.
        """
        start, reads, writes = self.chip.bus.now(), self.chip.meter.reads, self.chip.meter.writes
        rounds = losses = 0
        while rounds < MOST_ROUNDS:
            try:
                before = self.chip.epochs()
                self.round()
                rounds += 1
                if not self.acted and self.chip.epochs() == before:
                    break
            except PathLost:
                losses += 1
                if losses > MOST_LOSSES:
                    raise
                for cell in self.cells.values():
                    cell.interrupt()
        return Report(
            self.chip.name,
            tuple(self.cells[block.name].line(start) for block in self.chip.all),
            self.chip.bus.now() - start,
            self.chip.meter.reads - reads,
            self.chip.meter.writes - writes,
            self.steps,
        )

    def round(self) -> None:
        """Look at everything anew and go on until nothing moves."""
        self.acted = False
        harvested = self._harvested_names()
        for cell in self.cells.values():
            cell.begin_round()
        while True:
            moved = False
            now = self.chip.bus.now()
            for cell in self.cells.values():
                if cell.outcome is None and cell.next_check <= now:
                    moved = self.visit(cell, harvested) or moved
            if moved:
                continue
            checks = [cell.next_check for cell in self.cells.values() if cell.outcome is None and cell.pending]
            if not checks:
                break
            self.chip.bus.sleep(max(min(checks) - self.chip.bus.now(), 0))
        for cell in self.cells.values():
            if cell.outcome is None:  # waits for a claim that nobody gives back, or for a provider that never settled
                self._fail(cell, NoWayOut("never got its turn", where=cell.name, got=str(cell.state)))

    def look(self, block: Instance) -> State:
        """Observe one instance whose needs are met."""
        return block.observe()

    # One instance

    def visit(self, cell: Cell, harvested: _Harvested) -> bool:
        """One move of one instance, if it can make one now. True when something changed."""
        cell.looked_at = True
        if cell.queued is not None:
            if not self._claim_is_free(cell, cell.queued):
                return False
            self._came_after(cell, self._sharers(cell, cell.queued))
            cell.queued = None
        try:
            if not self._present(cell, harvested) or not self._needs_met(cell, harvested):
                return cell.outcome is not None
            state = self.look(cell.block)
            if state is not cell.state:
                cell.state = state
                self._tell(cell, "observed", repr(state))
            if state is cell.block.goal:
                if cell.moved or cell.last is not Outcome.GOAL:
                    self._tell(cell, "goal", state.name)
                cell.settle(Outcome.GOAL, self.chip.bus.now())
                return True
            way = type(cell.block).way_from(state)
            if isinstance(way, Step):
                return self._take(cell, way)
            if isinstance(way, Wait):
                return self._wait(cell, way, state)
            raise NoWayOut(
                f"{'fault' if state.is_fault else 'state'} {state.name}: {state.text}",
                where=cell.name,
                wanted=cell.block.goal.name,
                got=_shown(cell),
                next=f"bedplate dump {cell.name}",
            )
        except LinkDown:
            raise
        except (BusFault, DriverError) as error:
            self._fail(cell, error)
            return True

    def _present(self, cell: Cell, harvested: _Harvested) -> bool:
        for fuses_name, read in harvested.get(cell.name, ()):
            fuses = self.cells[fuses_name]
            if fuses.outcome is None:
                return False
            if fuses.outcome is not Outcome.GOAL:
                self._block(cell, fuses)
                return False
            if read():
                cell.settle(Outcome.HARVESTED, self.chip.bus.now())
                if cell.last is not Outcome.HARVESTED:
                    self._tell(cell, "harvested", f"fused off, by {fuses_name}")
                return False
        return True

    def _needs_met(self, cell: Cell, harvested: _Harvested) -> bool:
        """Providers first, then outlets, which are turned on in the order of the wiring. False when one is not met yet."""
        if cell.supplied:
            return True
        for provider in cell.providers:
            if provider.outcome is None:
                return False
            if provider.outcome is not Outcome.GOAL:
                self._block(cell, provider)
                return False
        for need in cell.block.needs:
            if isinstance(need, Outlet) and not need.is_on():
                self._turn_on(cell, need)
                return False
        cell.supplied = True
        cell.pending = None
        self._came_after(cell, [*cell.providers, *(self.cells[fuses] for fuses, _ in harvested.get(cell.name, ()))])
        return True

    def _came_after(self, cell: Cell, others: Iterable[Cell]) -> None:
        """Note which of the others was the last to come up, for the critical path. Only the first way up counts."""
        latest = max(others, key=lambda other: other.reached, default=None)
        if latest is not None and latest.reached and not cell.reached:
            cell.after = latest.name

    def _turn_on(self, cell: Cell, need: Outlet[Any]) -> None:
        """Turn an outlet on unless it is coming on already, for whomever; then wait for it."""
        now = self.chip.bus.now()
        if cell.pending is not need:
            if not need.is_coming():
                need.turn_on()
                self.acted = True
                self._tell(cell, "on", str(need))
            cell.start_waiting(need, now, now, need.limit // 64)
        elif now - cell.since > need.limit:
            raise PollTimeout(
                f"{need.kind.value} {need.port} did not come on",
                where=need.provider.name,
                wanted=f"on, for {cell.name}",
                waited=now - cell.since,
                next=f"bedplate dump {need.provider.name}",
            )
        else:
            cell.look_later(now, need.limit // 8)

    # Ways

    def _take(self, cell: Cell, step: Step[Any]) -> bool:
        if cell.attempts[step.name] >= step.attempts:
            assert cell.state is not None
            kind = NoWayOut if cell.state.is_fault else CheckFailed
            raise kind(
                f"still {cell.state.name} ({cell.state.text}) after {step.attempts} x {step.name}",
                where=cell.name,
                wanted=step.target.name,
                got=_shown(cell),
                next=f"bedplate dump {cell.name}",
            )
        if not self._claim_is_free(cell, step):
            cell.queued = step
            return False
        self._allow(cell, step)
        self._tell(cell, "step", f"{step.name}: {cell.state} -> {step.target}")
        cell.moved = True
        cell.state = step.target  # until it is observed again: the claim is held from here on
        self.acted = True
        self.steps += 1
        try:
            step.run(cell.block)
        except (BusFault, DriverError):
            with suppress(BusFault, DriverError):  # the report shows where the failed step left the hardware
                cell.state = self.look(cell.block)
            raise
        cell.count(step)  # only now: one that was interrupted is no attempt
        cell.pending = None
        return True

    def _allow(self, cell: Cell, step: Step[Any]) -> None:
        """The gate: permanent effects want an intent, disturbing ones an idle chip. Asked of the chip right before the step."""
        if step.effect is Effect.PERMANENT and cell.name not in self.intent:
            raise NeedsIntent(
                f"step {step.name} is permanent",
                where=cell.name,
                next=f"if it is meant: bedplate up --intent {cell.name}",
            )
        if step.effect is not Effect.NONE and cell.name not in self.force and self.chip.tenant_active():
            raise UnderLoad(
                f"step {step.name} ({step.effect.value.replace('_', ' ')}) would disturb the running workload",
                where=cell.name,
                wanted="no tenant active",
                got=f"tenant active, {cell.name} {cell.state}",
                next=f"drain the workload, or force it by name: bedplate up --force {cell.name}",
            )

    def _claim_is_free(self, cell: Cell, step: Step[Any]) -> bool:
        """Whether few enough others are in what the step leads to, on the chip: so all of them must have been looked at."""
        for limit in self._limits(cell, step):
            users = [self.cells[block.name] for block in limit.among if block is not cell.block]
            holders = sum(user.outcome is None and user.state is step.target for user in users)
            if holders >= limit.most or not all(user.looked_at for user in users):
                return False
        return True

    def _limits(self, cell: Cell, step: Step[Any]) -> list[Limit]:
        return [
            limit
            for limit in self.chip.limits
            if step.claim and limit.claim == step.claim and cell.block in limit.among
        ]

    def _sharers(self, cell: Cell, step: Step[Any]) -> list[Cell]:
        """Those whose turn came first, where a claim was waited for."""
        shared = [self.cells[block.name] for limit in self._limits(cell, step) for block in limit.among]
        return [other for other in shared if other.outcome is Outcome.GOAL]

    def _wait(self, cell: Cell, wait: Wait[Any], state: State) -> bool:
        now = self.chip.bus.now()
        if cell.pending is not wait:
            since = now - (wait.elapsed(cell.block) if wait.elapsed is not None else 0)
            cell.start_waiting(wait, since, max(since + wait.typical, now + wait.typical // 8), wait.typical // 8)
            self.acted = True
            self._tell(cell, "wait", f"{wait.name}: {state} -> {wait.target}")
            return False
        if now - cell.since > wait.limit:
            raise PollTimeout(
                f"{wait.name} did not finish: {state.text}",
                where=cell.name,
                wanted=wait.target.name,
                got=_shown(cell),
                waited=now - cell.since,
                cause="the hardware is stuck, or slower than its data sheet",
                next=f"bedplate dump {cell.name}",
            )
        cell.look_later(now, wait.limit // 8)
        return False

    # Ends

    def _fail(self, cell: Cell, error: BedplateError) -> None:
        cell.settle(Outcome.FAILED, self.chip.bus.now(), cell.name, error)
        self._tell(cell, "failed", str(error))

    def _block(self, cell: Cell, provider: Cell) -> None:
        cell.state = None
        cell.settle(Outcome.BLOCKED, self.chip.bus.now(), provider.cause or provider.name)
        self._tell(cell, "blocked", f"needs {provider.name}")

    def _tell(self, cell: Cell, kind: str, text: str) -> None:
        if self.listen is not None:
            self.listen(Event(self.chip.bus.now(), cell.name, kind, text))

    def _harvested_names(self) -> _Harvested:
        """For every part that fuses can remove: which fuses, and whether they do (read once a round, when first asked)."""
        found: _Harvested = {}
        for harvest in self.chip.harvests:
            mask = _once(harvest.read)
            for bit, parts in enumerate(harvest.parts):
                for part in parts:
                    found.setdefault(part.name, []).append((harvest.fuses.name, _bit(mask, bit)))
        return found


_Harvested = dict[str, list[tuple[str, Callable[[], bool]]]]


def _shown(cell: Cell) -> str:
    """The state with what the driver can add to it."""
    return " ".join(filter(None, (str(cell.state), cell.block.detail())))


def _once(read: Callable[[], int]) -> Callable[[], int]:
    seen: list[int] = []

    def ask() -> int:
        if not seen:
            seen.append(read())
        return seen[0]

    return ask


def _bit(mask: Callable[[], int], bit: int) -> Callable[[], bool]:
    return lambda: bool(mask() >> bit & 1)
