"""Leading one instance: is it there, has it what it needs, which state is it in, and what is the one way on from there?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bedplate.block import SERVICE, Output, State, Step, Wait
from bedplate.bus import Watch
from bedplate.converge.cell import MOST_FLAPS, Cell
from bedplate.converge.effects import all_users, effect_of, regions_in_reach, regions_under, reset_with
from bedplate.converge.pair import Pairs, ends
from bedplate.converge.report import Outcome
from bedplate.converge.vigil import RegionLost, Regressed
from bedplate.errors import (
    RAISED,
    BedplateError,
    BusFault,
    CheckFailed,
    DriverDefect,
    EnvError,
    Flapping,
    LinkDown,
    NeedsIntent,
    News,
    NoWayOut,
    PathLost,
    PollTimeout,
    UnderLoad,
)
from bedplate.reg import Effect
from bedplate.topology import (
    Act,
    Instance,
    Region,
    elapsed_of,
    failure_of,
    is_coming,
    is_on,
    observed,
    sound,
    verdict,
    verdict_on,
)

if TYPE_CHECKING:
    from bedplate.converge.scheduler import Scheduler

T = TypeVar("T")

MOST_TRIES = 2
"""How often an output is turned on, where the access met an error."""


class Leader:
    """The moves of one run's instances. What they find out is in the cells."""

    def __init__(self, run: Scheduler) -> None:
        self.run = run
        self.chip = run.chip
        self.pairs = Pairs(run)

    def lead(self, cell: Cell) -> None:
        """One move of an instance that is due, if one can be made. Raises what went wrong, once nothing else explains it."""
        try:
            self._lead(cell)
        except (LinkDown, PathLost, EnvError, NeedsIntent, DriverDefect):
            raise
        except Exception as error:
            if not isinstance(error, UnderLoad):
                self._doubt(cell)
            if not self.pairs.is_told(cell, error):
                raise

    def _lead(self, cell: Cell) -> None:
        if not self._has_its_turn(cell):
            return
        asked = self.chip.bus.now()
        state = self._observe(cell)
        if state is not cell.state:
            cell.state = state
            self.run.tell(cell, "observed", repr(state))
        if self._is_there(cell, state):
            if self.pairs.may_arrive(cell):
                self._arrive(cell, state)
            return
        self._count_flap(cell, state)
        way = type(cell.block).way_from(state, cell.toward)
        if not self.pairs.may_go(cell, way):
            return
        if isinstance(way, Step):
            self._take(cell, way)
        elif isinstance(way, Wait):
            self._wait(cell, way, state, asked)
        else:
            raise NoWayOut(
                f"{'fault' if state.is_fault else 'state'} {state.name}: {state.text}",
                where=cell.name,
                wanted=cell.goal.name if cell.goal is not None else "",
                got=self._shown(cell),
                cause=f"no step or wait of its driver leads on from there, toward {cell.toward}",
                next=f"bedplate dump {cell.name}",
            )

    # Is it there, and what does it need?

    def _has_its_turn(self, cell: Cell) -> bool:
        """Whether it is there, and all that has to come before it is done."""
        return self._is_present(cell) and self._is_supplied(cell)

    def _is_present(self, cell: Cell) -> bool:
        """False where it is fused off, or where that cannot be known."""
        if by := self.fused_off_by(cell):
            cell.state = None
            cell.settle(Outcome.HARVESTED, self.chip.bus.now())
            if cell.last is not Outcome.HARVESTED:
                self.run.tell(cell, "harvested", f"fused off, by {by}")
            return False
        for fuses, _ in cell.fuses:
            if fuses.outcome not in (Outcome.GOAL, Outcome.HARVESTED):  # fuses that are absent remove nothing
                self.run.block(cell, fuses, cell.lacks(fuses))
                return False
        return True

    def fused_off_by(self, cell: Cell) -> str:
        """The good fuses that say that it is absent; empty where none do. Good fuses that cannot be read have failed.

        Each mask is read once in a round.
        """
        for harvest, bit in self.chip.fuses_of(cell.block):
            fuses = self.run.cells[harvest.fuses.name]
            if fuses.outcome is not Outcome.GOAL or fuses.state is not harvest.fuses.goal:
                continue  # on the way down they are where they are to be, whatever they show
            if fuses.name not in self.run.masks:
                self.run.masks[fuses.name] = sound(harvest.mask, fuses.name)
            mask = self.run.masks[fuses.name]
            if isinstance(mask, BedplateError):
                self.run.fail(fuses, mask)
            elif mask >> bit & 1:
                return fuses.name
        return ""

    def _is_supplied(self, cell: Cell) -> bool:
        """Providers first, then outputs, which are turned on in the order of the wiring. False when one is not met yet."""
        if cell.supplied:
            return True
        for provider in cell.providers:
            if provider.outcome is not Outcome.GOAL:
                cell.state = None
                self.run.block(cell, provider)
                return False
        for need in cell.block.needs:
            if isinstance(need, Output) and not self._is_on(cell, need):
                return False
        cell.supplied = True
        cell.pending = cell.watch = None
        self._came_after(cell, [*cell.providers, *(fuses for fuses, _ in cell.fuses)])
        return True

    def _is_on(self, cell: Cell, need: Output[Any]) -> bool:
        """Whether an output is on; where it is not, it is turned on, unless it is coming on already, for whomever."""
        asked = self.chip.bus.now()
        if believed(is_on(need)):
            return True
        if cell.pending is not need or cell.watch is None:
            if not believed(is_coming(need)):
                self._require_stays(cell, need)
                act = Act.upon(need.provider, cell.name, f"turning on {need}", need.effect)
                if not self._act(cell, act, need.turn_on, MOST_TRIES):
                    return False
                self.run.tell(cell, "on", str(need))
            cell.wait_for(need, self._watch(need))
            self.run.push(cell)
        elif cell.watch.is_late(asked) and cell.turned[str(need)] < MOST_TRIES and not believed(is_coming(need)):
            cell.pending = cell.watch = None  # the write was lost: it is made once more
            self.run.push(cell)
        elif cell.watch.is_late(asked):
            raise PollTimeout(
                f"{need.kind.value} {need.port} did not come on",
                where=need.provider.name,
                wanted=f"on, for {cell.name}",
                waited=asked - cell.watch.since,
                next=f"bedplate dump {need.provider.name}",
            )
        else:
            cell.watch.look_later(asked)
            self.run.push_at(cell, cell.watch.when)
        return False

    def _require_stays(self, cell: Cell, need: Output[Any]) -> None:
        """Before an output is turned on: one that goes off again and again, with nothing to explain it, flaps."""
        if cell.turned[str(need)] >= MOST_FLAPS:
            raise Flapping(
                f"{need} was turned on {MOST_FLAPS} times, and is off again",
                where=need.provider.name,
                wanted=f"on, for {cell.name}, and to stay so",
                cause="something takes it back: another need that excludes it, or marginal hardware",
                next=f"bedplate dump {need.provider.name}",
            )
        cell.turned[str(need)] += 1

    def _watch(self, need: Output[Any]) -> Watch:
        """The budget of an output that comes on, or goes off, from now on."""
        now = self.chip.bus.now()
        return Watch(now, need.limit, now, need.limit // 64, need.limit // 8)

    def _came_after(self, cell: Cell, others: Iterable[Cell]) -> None:
        """Note which of the others was the last to come up, for the critical path. Only the first way up counts."""
        latest = max(others, key=lambda other: other.reached, default=None)
        if latest is not None and latest.reached and not cell.reached:
            cell.after = latest.name

    # What is it in?

    def _observe(self, cell: Cell) -> State:
        state = believed(sound(partial(self.run.look, cell.block), cell.name))
        cell.counted = True
        return state

    def _doubt(self, cell: Cell) -> None:
        """Before an instance is blamed: was anything reset, or has a provider regressed? Raises Overtaken, Regressed if so."""
        self.run.vigil.renew(self.chip.regions)  # what it needs may lie anywhere, several providers away
        for end in ends(cell):
            if end is cell or end.supplied:
                self._require_providers(end)

    def _require_providers(self, cell: Cell) -> None:
        """Raise Regressed if a need is not met any more."""
        for need, provider in zip(cell.block.needs, cell.providers, strict=True):
            state = sound(partial(observed, need.provider), provider.name)
            on = is_on(need) if isinstance(need, Output) and cell.supplied else True
            if state is not provider.goal or isinstance(on, BedplateError) or not on:
                raise Regressed(provider.name, f"{need} is not met any more")

    def _is_there(self, cell: Cell, state: State) -> bool:
        """Whether this state is where the run leads it."""
        return state is cell.goal

    def _arrive(self, cell: Cell, state: State) -> None:
        if cell.moved or cell.last is not Outcome.GOAL:
            self.run.tell(cell, "goal", state.name)
        cell.settle(Outcome.GOAL, self.chip.bus.now())

    def _count_flap(self, cell: Cell, state: State) -> None:
        if cell.last is Outcome.GOAL:
            cell.last = None
            error = cell.flapped(f"{state.name}: {state.text}")
            if error is not None:
                raise error

    # Ways on.

    def _take(self, cell: Cell, step: Step[Any]) -> None:
        assert cell.state is not None
        if cell.attempts[step.name] >= step.attempts:
            raise cell.trouble or (NoWayOut if cell.state.is_fault else CheckFailed)(
                f"still {cell.state.name} ({cell.state.text}) after {step.attempts} x {step.name}",
                where=cell.name,
                wanted=(cell.goal or step.target).name,
                got=self._shown(cell),
                next=f"bedplate dump {cell.name}",
            )
        if step.recovers:  # what it lost by a provider that regressed comes back with that one, and with nothing else
            self._require_providers(cell)
        if not self._has_budget(cell, step):
            return
        effect, block = effect_of(cell, step), cell.block
        act = Act.upon(block, cell.name, f"step {step.name}", effect)
        source = cell.state

        def run() -> None:
            self.run.tell(cell, "step", f"{step.name}: {source} -> {step.target}")
            cell.state = step.target  # until it is observed again: the budget is held from here on
            self.run.steps += 1
            step.run(block)

        taken = [other.block for other in reset_with(cell)] if step.withdraws else []
        done = self._act(cell, act, run, step.attempts, step, taken)
        if done and cell.toward == SERVICE:
            self.run.vigil.take_back()
        cell.pending = cell.watch = None
        self.run.push(cell)

    def _has_budget(self, cell: Cell, step: Step[Any]) -> bool:
        """Whether the budgets of the step have room; if not, its turn comes when one may have come free."""
        if not step.budgets:
            return True
        sharers = self.run.budgets.sharers(cell, step)
        undecided = not cell.last_looks and any(  # on a last look what may be absent is taken as it is seen
            other.is_ready or any(f.led and f.outcome is None for f, _ in other.fuses)
            for other in sharers
            if other.led and not other.counted
        )
        if undecided or not self.run.budgets.is_free(cell, step):
            cell.queued = step
            self.run.budgets.waiting[cell.name] = cell
            return False
        if cell.queued is not None:
            cell.queued = None
            self._came_after(cell, [other for other in sharers if other.outcome is Outcome.GOAL])
        return True

    def _act(
        self,
        cell: Cell,
        act: Act,
        run: Callable[[], None],
        tries: int,
        step: Step[Any] | None = None,
        taken: Collection[Instance] = (),
    ) -> bool:
        """Act, if the gate lets it pass: asked of the chip right before. False where a bus error interrupted it.

        `taken` are those from whom it takes what they need: from here on their resets are this run's own doing.

        That is as if the controller had died there: it is observed anew, and may be tried again. Raises what the gate says,
        and what went wrong.
        """
        permit = partial(self._permit, cell, act, regions_in_reach(cell, act.effect), regions_under(cell))
        permit()
        if Effect.PERMANENT in act.effect:
            self._require_first(cell, act)
        self.run.vigil.give_up(taken)
        cell.moved, cell.trouble = True, None
        try:
            with self.chip.bus.open(act, permit):
                run()
        except RAISED as error:
            if isinstance(error, News) and error.is_of_run:
                raise
            self._interrupted(cell, failure_of(error, act.driver or cell.name), act, tries, step)
            return False
        finally:
            self.run.deliver()
        if step is not None:
            _count(cell, step)
        return True

    def _require_first(self, cell: Cell, act: Act) -> None:
        """What is permanent is done once in a run, whatever becomes of it, and whatever is recovered or begun anew meanwhile."""
        if act.name in cell.spent:
            raise cell.trouble or CheckFailed(
                f"{act.name} is permanent, and was done in this run already",
                where=cell.name,
                wanted="to be seen done",
                got=str(cell.state),
                cause="it had no effect, or what it did was lost again",
                next=f"bedplate dump {cell.name}",
            )
        cell.spent.add(act.name)

    def _permit(self, cell: Cell, act: Act, regions: list[Region], under: list[Region]) -> None:
        """Ask these regions, now: has anything been reset, also of what it builds upon, and may the act go on? Raises what the gate says, Overtaken, and RegionLost
        where all that speaks against it is that nobody knows what runs in a region that is lost."""
        try:
            name = cell.name
            self.run.vigil.renew(region for region in under if region not in regions)
            vitals = self.run.vigil.renew(regions)
            forced, intended = name in self.run.force, name in self.run.intent
            asked = partial(verdict, name, act.name, act.effect, forced=forced, intended=intended)
            refused, lost = verdict_on(asked, list(zip(regions, vitals, strict=True)))
            if lost is not None:
                raise RegionLost(lost, self.run.vigil.lost[lost.name])
        except News as news:
            news.is_of_run = True
            raise
        if refused is not None:
            refused.got = ", ".join(filter(None, (refused.got, f"{name} {cell.state}" if cell.state else "")))
            raise refused

    def _interrupted(self, cell: Cell, error: BedplateError, act: Act, tries: int, step: Step[Any] | None) -> None:
        """An act that did not come to its end. Raises its error, unless it was a bus error and there are tries left."""
        self._doubt(cell)
        key = step.name if step is not None else act.name
        if step is not None:
            _count(cell, step)
        else:
            cell.attempts[key] += 1
        if isinstance(error, BusFault) and tries > 1 and cell.attempts[key] < tries:
            cell.trouble = error
            self.run.push(cell)
            return
        if step is not None:  # the report shows where the failed step left the hardware
            state = sound(partial(self.run.look, cell.block), cell.name)
            cell.state = state if isinstance(state, State) else cell.state
        raise error

    def _wait(self, cell: Cell, wait: Wait[Any], state: State, asked: int) -> None:
        is_new = cell.pending is not wait or cell.watch is None
        is_again = wait.name in cell.begun
        if is_new:
            elapsed = believed(sound(partial(elapsed_of, cell.block, wait), cell.name))
            now = self.chip.bus.now()
            since = cell.begun[wait.name] = min(now - elapsed, cell.begun.get(wait.name, now))
            first, interval = self.pace(wait, since, now)
            cell.wait_for(wait, Watch(since, wait.limit, first, interval, wait.limit // 8))
            self.pairs.share_budget(cell)
            self.run.tell(cell, "wait", f"{wait.name}: {state} -> {wait.target}")
        assert cell.watch is not None
        if is_again and cell.watch.is_late(asked):
            raise PollTimeout(
                f"{wait.name} did not finish: {state.text}",
                where=cell.name,
                wanted=wait.target.name,
                got=self._shown(cell),
                waited=asked - cell.watch.since,
                cause="the hardware is stuck, or slower than its data sheet"
                + ("; by its own timer it began before this run" if cell.watch.since < self.run.begun else ""),
                next=f"bedplate dump {cell.name}",
            )
        if not is_new:
            cell.watch.look_later(asked)
        self.run.push_at(cell, cell.watch.when)

    def pace(self, wait: Wait[Any], begun: int, now: int) -> tuple[int, int]:
        """When to look first at what began then, and after which interval once more (ns of device time)."""
        return max(begun + wait.typical, now + wait.typical // 8), wait.typical // 8

    def _shown(self, cell: Cell) -> str:
        """The state with what the driver can add to it, and the other end where what failed is both ends'."""
        detail = sound(cell.block.detail, cell.name)
        here = " ".join(filter(None, (str(cell.state), detail if isinstance(detail, str) else "")))
        return "; ".join(filter(None, (here, self.pairs.shown(cell))))


def believed(answer: T | BedplateError) -> T:
    """The answer of a driver. Raises its error."""
    if isinstance(answer, BedplateError):
        raise answer
    return answer


def _count(cell: Cell, step: Step[Any]) -> None:
    """One more attempt; a recovery makes the steps of those who need it necessary again as well."""
    cell.count(step)
    for user in all_users(cell) if step.recovers else ():
        user.begin_anew()
