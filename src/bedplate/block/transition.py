"""Ways from one state to the next: steps, which software takes, and waits, which the hardware does by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from bedplate.block.state import State
from bedplate.bus import LONGEST, shown
from bedplate.declared import Meaning, is_once, kinds_of, require_kinds, require_runs, require_sense
from bedplate.errors import AccessError, OutOfRange, duration, place_now
from bedplate.reg import Effect

if TYPE_CHECKING:
    from bedplate.block.block import Block

B = TypeVar("B", bound="Block[Any, Any]")

SERVICE, OFF = "service", "off"
"""Names of goals: in service, as all blocks have it; and off, for blocks that can be led there."""


class Step(Generic[B]):
    """A short, re-enterable act of software that leads from `sources` to `target`.

    Made by the `step` decorator. On a block, the attribute is the method; on the class, it is this description.
    """

    __slots__ = (
        *("attempts", "budgets", "doc", "effect", "name", "run", "sources", "target", "together", "toward"),
        "withdraws",
    )

    def __init__(
        self,
        run: Callable[[B], None],
        sources: tuple[State, ...],
        target: State,
        effect: Effect,
        budgets: tuple[str, ...],
        attempts: int,
        toward: tuple[str, ...],
        withdraws: bool,
        together: bool,
    ) -> None:
        self.run = run
        self.name = run.__name__
        self.doc = (run.__doc__ or "").strip().split("\n")[0]
        self.sources = sources
        self.target = target
        self.effect = effect
        self.budgets = budgets
        self.attempts = attempts
        self.toward = toward
        self.withdraws = withdraws
        self.together = together

    @property
    def recovers(self) -> bool:
        """Whether it leads out of a fault."""
        return all(source.is_fault for source in self.sources)

    @overload
    def __get__(self, block: None, owner: type[B]) -> Step[B]: ...

    @overload
    def __get__(self, block: B, owner: type[B]) -> Callable[[], None]: ...

    def __get__(self, block: B | None, owner: type[B]) -> Step[B] | Callable[[], None]:
        return self if block is None else self.run.__get__(block, owner)

    def __repr__(self) -> str:
        return f"<step {self.name}: {'|'.join(map(str, self.sources))} -> {self.target}, effect {self.effect.words}>"


def step(
    source: State | tuple[State, ...],
    target: State,
    *_more: State,
    effect: Effect = Effect.NONE,
    budget: str | tuple[str, ...] = (),
    attempts: int = 2,
    toward: str | tuple[str, ...] = SERVICE,
    withdraws: bool = False,
    together: bool = False,
) -> Callable[[Callable[[B], None]], Step[B]]:
    """Declare a method as the step from `source` to `target`.

    `effect` is all that its writes do to the world: the gate lets no other write through. `budget` names the budgets
    that it draws on while the block is in `target` (inrush current, one repair at a time). `attempts` bounds how often one converge
    takes it: a step out of a fault in the whole run, any other between two recoveries. `toward` says for which goals it is the
    way out of `source`. `withdraws` says that the block's users lose what it gives them: the gate counts what that costs.
    `together` is for one end of a pair: the step is taken only when the other end has all it needs, and has come as far.

    Raises AccessError for what is of another kind, no state or no effect, for what means nothing: no attempt, no source; and for a
    method that would not run when it is called.
    """
    if _more:
        raise AccessError(
            "several sources go in a tuple",
            where=place_now(),
            wanted="@step((SOURCE, ...), TARGET, effect=..., toward=...)",
            got=f"{2 + len(_more)} states side by side: {shown((source, target, *_more))}",
        )
    require_kinds(_STEP, locals(), "the step")
    sources = source if isinstance(source, tuple) else (source,)
    budgets = budget if isinstance(budget, tuple) else (budget,)
    goals = toward if isinstance(toward, tuple) else (toward,)
    meanings = (
        Meaning("source", bool(sources) and is_once(sources), "a state, or several, each once", source),
        Meaning(
            "toward", bool(goals) and all(goals) and is_once(goals), "the name of a goal, or several, each once", toward
        ),
        Meaning("budget", all(budgets) and is_once(budgets), "the name of a budget, or several, each once", budget),
        Meaning("attempts", attempts > 0, "1 or more", attempts),
    )
    require_sense(meanings, "the step")

    def declare(run: Callable[[B], None]) -> Step[B]:
        require_runs([(run.__name__, run)])
        return Step(run, sources, target, effect, budgets, attempts, goals, withdraws, together)

    return declare


_STEP = kinds_of(step)


class Wait(Generic[B]):
    """What the hardware does alone: from `source` to `target`, in `typical` and at most `limit` (ns of device time)."""

    __slots__ = ("elapsed", "limit", "name", "source", "target", "together", "typical")

    def __init__(
        self,
        source: State,
        target: State,
        typical: int,
        limit: int,
        elapsed: Callable[[B], int] | None,
        together: bool,
    ) -> None:
        self.name = ""
        self.source = source
        self.target = target
        self.typical = typical
        self.limit = limit
        self.elapsed = elapsed
        self.together = together

    def __set_name__(self, owner: type[B], name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        times = f"typical {duration(self.typical)}, limit {duration(self.limit)}"
        return f"<wait {self.name}: {self.source} -> {self.target}, {times}>"


def wait(
    source: State,
    target: State,
    *,
    typical: int,
    limit: int,
    elapsed: Callable[[Any], int] | None = None,
    together: bool = False,
) -> Wait[Any]:
    """Declare that the hardware leads from `source` to `target` by itself.

    `elapsed` reads how long the work has been in progress, where the block has such a timer (ns); a HAL that starts while it
    runs then measures the budget by it. Without one the budget starts once more. `together` is for what both ends of a pair do
    with each other: its budget begins when the other end has come as far.

    Raises AccessError for what is of another kind: no state, no integer, an `elapsed` that would not run when it is called; OutOfRange for times that cannot be.
    """
    require_kinds(_WAIT, locals(), "the wait")
    require_runs([("elapsed", elapsed)], "the wait")
    if not 0 < typical <= limit <= LONGEST:
        raise OutOfRange(
            "the wait has times that cannot be",
            where=place_now(),
            wanted=f"0 < typical <= limit <= {LONGEST} (ns)",
            got=f"typical={typical}, limit={limit}",
        )
    return Wait(source, target, typical, limit, elapsed, together)


_WAIT = kinds_of(wait)
