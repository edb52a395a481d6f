"""Do two worlds agree? The same scenarios on two targets, and the first difference between them.

A job plays some scenarios in one world, then in the other, and judges them. What is compared, and what may differ, is said in
`normal.py`; scenarios are listed in `scenario.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bedplate.bus import Bus
from bedplate.chips import DEFAULT
from bedplate.converge import Chip
from bedplate.dv.compare import scenario as scenarios_of
from bedplate.dv.compare.guest import PREFIX, GuestWorld, guest_world
from bedplate.dv.compare.judge import Divergence, Judge
from bedplate.dv.compare.normal import normal_of
from bedplate.dv.compare.record import Recording
from bedplate.dv.compare.scenario import Scenario, Walk
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import TWO, Job, Runner, Tell
from bedplate.env import chip_type, open_bus, parse
from bedplate.env.targets import forks, has_backdoor
from bedplate.errors import AccessError

BOOTS = 2
"""Chips that a worker boots in each world, one after the other: so that all of them end at about the same time."""


class World(NamedTuple):
    """A target, and how its raw bus is opened: in the process that plays it."""

    target: str
    open: Callable[[], Bus]

    @property
    def chip(self) -> str:
        """The name of the chip."""
        return parse(self.target).name

    def can_play(self, scenario: Scenario) -> bool:
        """Whether the scenario can be played here: a fault wants a back door."""
        return not scenario.plants_fault or has_backdoor(self.target)

    def play(self, kind: type[Chip], chosen: Sequence[Scenario], how: Walk) -> dict[str, Recording]:
        """Every scenario on a chip at power-on, which is opened in a fork, and gone with it."""
        if forks(self.target):
            return in_fork(lambda: scenarios_of.play_all(self.open(), kind, chosen, how))
        return {one.name: in_fork(partial(self._alone, kind, one, how)) for one in chosen}

    def _alone(self, kind: type[Chip], one: Scenario, how: Walk) -> Recording:
        """One scenario on a chip of its own, which cannot be forked."""
        bus = self.open()
        try:
            return scenarios_of.play(bus, kind, one, how)
        finally:
            getattr(bus, "close", lambda: None)()


class Compared(NamedTuple):
    """One scenario in both worlds. Findings are those of each instance that differs, the first one first."""

    scenario: str
    transactions: tuple[int, int]
    compared: int
    findings: tuple[Divergence, ...]
    replay: str


class Comparison(NamedTuple):
    """All scenarios."""

    a: str
    b: str
    scenarios: tuple[Compared, ...]
    left_out: Mapping[str, str]
    """Those that were not played, and why."""

    @property
    def identical(self) -> bool:
        """Whether no scenario differs between the worlds."""
        return not any(one.findings for one in self.scenarios)

    @property
    def transactions(self) -> int:
        """How many were made in both worlds together."""
        return sum(sum(one.transactions) for one in self.scenarios)


AnyWorld = World | GuestWorld


def worlds(a: str, b: str) -> tuple[AnyWorld, AnyWorld]:
    """The worlds of two targets. A guest has the chip that the other one names, two guests the default one. Raises UnknownName."""
    named = [parse(target).name for target in (a, b) if not target.startswith(PREFIX)]
    left, right = (_world(target, [*named, DEFAULT][0]) for target in (a, b))
    return left, right


def _world(target: str, chip: str) -> AnyWorld:
    if target.startswith(PREFIX):
        return guest_world(target, chip)
    chip_type(parse(target).name)  # raises here what a job would
    if not parse(target).is_made_anew:
        raise AccessError(
            "dv compare wants a chip at power-on for each scenario",
            where=target,
            wanted="a target that is made anew when it is opened: model:, rtl:, or qtest: without socket=",
        )
    return World(target, partial(open_bus, target))


def run(
    a: AnyWorld,
    b: AnyWorld,
    names: Sequence[str] | None = None,
    how: Walk | None = None,
    runner: Runner = TWO,
    tell: Tell | None = None,
) -> Comparison:
    """Play scenarios (by default all that both can) in both worlds and compare. `tell` how many are done.

    Raises AccessError for targets of different chips, UnknownName, and whatever opening a target raises.
    """
    chip = a.chip
    if b.chip != chip:
        raise AccessError("two different chips cannot be compared", wanted=a.target, got=b.target)
    how = how or Walk()
    chosen = [scenarios_of.scenario(name, chip) for name in names or scenarios_of.names(chip)]
    left_out: dict[str, str] = {} if names is not None else dict(scenarios_of.choice(chip).left_out)
    for either in (a, b):
        lost = [one.name for one in chosen if not either.can_play(one)]
        if lost and names is not None:
            raise AccessError(f"cannot be played: {', '.join(lost)}", where=either.target, cause="no back door to it")
        chosen = [one for one in chosen if one.name not in lost]
        left_out |= dict.fromkeys(lost, f"{either.target} has no back door, by which faults are planted")
    parts = len(chosen) if isinstance(a, GuestWorld) or isinstance(b, GuestWorld) else BOOTS * runner.width
    shares = [share for share in (chosen[part::parts] for part in range(parts)) if share]
    jobs = [_job(a, b, share, how) for share in shares]
    found: dict[str, Compared] = {}

    def listen(_: int, some: list[Compared]) -> None:
        found.update((one.scenario, one) for one in some)
        if tell is not None:
            tell("scenarios", len(found), len(chosen))

    runner.run(jobs, listen)
    return Comparison(a.target, b.target, tuple(found[one.name] for one in chosen), left_out)


def _job(a: AnyWorld, b: AnyWorld, share: Sequence[Scenario], how: Walk) -> Job[list[Compared]]:
    again = f"bedplate dv compare '{a.target}' '{b.target}'" + "".join(f" --scenario {one.name}" for one in share)
    return Job(", ".join(one.name for one in share), again, compared, (a, b, share, how))


def compared(a: AnyWorld, b: AnyWorld, chosen: Sequence[Scenario], how: Walk) -> list[Compared]:
    """A job: these scenarios in both worlds, and what differs."""
    kind = chip_type(a.chip)
    left, right = (one.play(kind, chosen, how) for one in (a, b))
    judge = Judge(normal_of(kind))
    done = []
    for one in chosen:
        both = left[one.name], right[one.name]
        replay = f"bedplate dv compare '{a.target}' '{b.target}' --scenario {one.name}"
        if one.name == scenarios_of.WALK:
            replay += f" --seed {how.seed} --steps {how.steps}"
        counts = len(both[0].accesses), len(both[1].accesses)
        done.append(Compared(one.name, counts, judge.compared(both[0]), tuple(judge.findings(*both)), replay))
    return done
