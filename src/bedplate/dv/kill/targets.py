"""Kill-anywhere on any target whose chip can be had at power-on again and again: one that is forked with its process, or made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import TWO, Job, Runner, Tell
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill import forked, fresh
from bedplate.dv.kill.campaign import KillFinding, KillReport
from bedplate.dv.kill.patient import Chosen, TargetResult
from bedplate.dv.kill.reference import VARIANTS, Death, require_possible
from bedplate.env import parse
from bedplate.env.targets import forks, has_backdoor
from bedplate.errors import AccessError


def run(
    target: str,
    flows: Sequence[str] | None = None,
    runner: Runner = TWO,
    every: int = 1,
    tell: Tell | None = None,
) -> KillReport:
    """Kills at every `every`th transaction of the named flows (all by default), as in `kill.run`.

    Raises EnvError for a flow with a fault on a target without a backdoor.
    """
    require_anew(target)
    chip = parse(target).name
    known = (
        flows_of.choice(chip, has_backdoor(target))
        if flows is None
        else flows_of.Choice([flows_of.flow(one, chip) for one in flows], {})
    )
    names = known.names
    sample = f" --sample {every}" if every > 1 else ""
    shares = [
        Job(
            f"{name}, part {part + 1} of {runner.width}",
            f"bedplate --target '{target}' dv kill --fork --flow {name}{sample}",
            killed,
            (target, name, part, runner.width, every),
        )
        for name in names
        for part in range(runner.width)
    ]

    def listen(done: int, result: TargetResult) -> None:
        if tell is not None:
            tell(result.flow, done, len(shares))

    results = runner.run(shares, listen)
    runs = sum(result.runs for result in results)
    counts = {result.flow: result.transactions for result in results}
    failed = [finding for result in results for finding in result.failed]
    failed.sort(key=lambda one: (names.index(one.flow), one.at))  # parts take turns
    unfinished = {result.flow: result.unfinished for result in results if result.unfinished}
    return KillReport(sum(counts.values()), VARIANTS, runs, runs, tuple(failed), counts, unfinished, known.left_out)


def require_anew(target: str) -> None:
    """Raise AccessError for a chip that was there before, and would have to stand many deaths one after the other."""
    if not parse(target).is_made_anew and not forks(target):
        raise AccessError(
            "dv kill wants a chip at power-on for each death",
            where=target,
            wanted="a target that is made anew when it is opened: model:, rtl:, or qtest: without socket=",
            next="`bedplate dv power-cut` kills controllers in front of one that stays",
        )


def _player(target: str) -> Callable[[str, str, Chosen], TargetResult]:
    return forked.play if forks(target) else fresh.play


def killed(target: str, flow: str, part: int, parts: int, every: int) -> TargetResult:
    """A job: every `parts`th of the chosen transactions of a flow, on a target that is opened in a fork, and gone with it."""
    return in_fork(partial(_player(target), target, flow, partial(_is_in, part, parts, every)))


def replay(target: str, flow: str, death: Death) -> list[KillFinding]:
    """One kill again. Raises OutOfRange for one that the flow has no place for, UnknownName."""
    result = in_fork(partial(_player(target), target, flow, lambda one: one == death))
    require_possible(flow, death, result.requests)
    if not result.runs:
        raise AccessError(
            f"transaction {death.at} of {flow} is a read: a part of it changes nothing",
            where="--variant",
            wanted="before, after or later",
            got=death.variant,
        )
    return result.failed


def _is_in(part: int, parts: int, every: int, death: Death) -> bool:
    return death.at % every == 0 and death.at // every % parts == part
