"""Kill-anywhere: the controller dies at every bus transaction of a flow, in every way; a new one goes on from the chip alone.

For a transaction k and each variant the chip is taken as the kill leaves it, a new HAL is built from nothing but the
chip, and converges. What it must end in says `oracle.py`.

Every kill is covered; those that leave the same chip are tried once, and one of each kind (`kinds.py`), where not all are asked for.
The recovery from a fault is killed on the part of the chip that it can have to do with (`closure.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from bedplate.bus import Kill, Killed, MemoryBus, Moment, Transaction
from bedplate.dv.jobs import TWO, Job, Runner, Tell, shown_again_by
from bedplate.dv.jobs.ground import made_once, rare_collection
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.closure import closure, part_of
from bedplate.dv.kill.kinds import Kinds
from bedplate.dv.kill.oracle import verdict_of
from bedplate.dv.kill.reference import ALONE, VARIANTS, Death, KilledChip, Reference, reference, require_possible
from bedplate.env import chip_type
from bedplate.model import ChipModel


class KillFinding(NamedTuple):
    """What did not hold after a kill. `replay` is the command that shows it again."""

    flow: str
    at: int
    variant: str
    where: str
    step: str
    what: str
    replay: str


class KillReport(NamedTuple):
    """How much was covered (`runs`), how many different chips that were (`distinct`), and what failed.

    `flows` counts the transactions of each flow. `unfinished` says of those that did not come to their goal undisturbed who kept them
    from it: whoever is killed there has to end alike, so nothing says that it works. `left_out` says of flows that were not played why.
    """

    transactions: int
    variants: tuple[str, ...]
    runs: int
    distinct: int
    failed: tuple[KillFinding, ...]
    flows: dict[str, int]
    unfinished: dict[str, str]
    left_out: dict[str, str]


def judge(ref: Reference, model: ChipModel) -> list[str]:
    """Let a new HAL converge the chip, and compare with the undisturbed run; what does not hold."""
    violations = len(model.violations())
    report = ref.chip(model).converge(goal=ref.flow.goal)
    want = ref.verdict
    known = not want.settles or (
        model.event_queue.idle and model.state() == want.state
    )  # the chip that was seen to settle
    got = verdict_of(ref.chip, model, report, violations, True if known else None, ref.flow.goal)
    wrong = want.differences(got)
    return wrong + [f"{line.name}: {line.error}" for line in report.lines if wrong and line.error]


def findings(ref: Reference, death: Death, wrong: Sequence[str], chip: str, whole: bool = False) -> list[KillFinding]:
    """The findings of one kill, with the place where it happened and the command that shows it again."""
    request = ref.points[death.at].request
    where = ref.chip(ChipModel([])).addresses.describe(Transaction(0, request))[0]
    command = _replay(ref, death, chip, whole)
    return [
        KillFinding(ref.flow.name, death.at, death.variant, where, ref.step_at(death.at), text, command)
        for text in wrong
    ]


def _replay(ref: Reference, death: Death, chip: str, whole: bool) -> str:
    words = (f" --words {death.words}" if death.words else "") + (" --whole" if whole else "")
    return f"bedplate -t model:{chip} dv kill --flow {ref.flow.name} --at {death.at} --variant {death.variant}{words}"


def replay(chip: str, flow: str, at: int, variant: str, words: int = 0, whole: bool = False) -> list[KillFinding]:
    """One kill again, this time by really killing the first HAL at that transaction. Raises OutOfRange, UnknownName."""
    ref = _reference(chip, flow, whole)
    kind = ref.chip
    require_possible(flow, Death(at, variant, words), [point.request for point in ref.points])
    model = ref.flow.prepare(kind)
    moment = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(variant, Moment.AFTER)
    with suppress(Killed):
        kind(Kill(model, at, moment, words)).converge(goal=ref.flow.goal)
    if variant == "later":
        model.sleep(ALONE)
    wrong = [*(ref.wrong if (at, variant) == (0, "before") else []), *judge(ref, model)]
    return findings(ref, Death(at, variant, words), wrong, chip, whole)


def run(
    chip: str,
    flows: Sequence[str] | None = None,
    runner: Runner = TWO,
    every: int | None = None,
    tell: Tell | None = None,
) -> KillReport:
    """One kill of each kind in the named flows (all by default), those of a fault on its closure.

    With `every` it is all kills at every so many-th transaction, on the whole chip. `tell(flow, done, total)` after each share of work.
    """
    names = [flows_of.flow(name, chip).name for name in flows] if flows is not None else flows_of.names(chip)
    shares = [
        _job(Share(chip, name, every, part, parts))
        for name in names
        for parts in [runner.width if name in flows_of.BY_NAME or len(names) == 1 else 1]  # the long ones are split
        for part in range(parts)
    ]

    def listen(done: int, result: KillResult) -> None:
        if tell is not None:
            tell(result.flow, done, len(shares))

    results = runner.run(shares, listen)
    counts = {result.flow: result.transactions for result in results}
    return KillReport(
        sum(counts.values()),
        VARIANTS,
        sum(result.runs for result in results),
        sum(result.distinct for result in results),
        tuple(finding for result in results for finding in result.failed),
        counts,
        {result.flow: result.unfinished for result in results if result.unfinished},
        {},
    )


class Share(NamedTuple):
    """A job: of the cases of a flow, in so many parts, the one of this number."""

    chip: str
    flow: str
    every: int | None
    part: int
    parts: int


class KillResult(NamedTuple):
    """What a share of the work found."""

    flow: str
    transactions: int
    runs: int
    distinct: int
    failed: list[KillFinding]
    unfinished: str


def _job(share: Share) -> Job[KillResult]:
    sample = f" --sample {share.every}" if share.every is not None else ""
    return Job(
        f"{share.flow}, part {share.part + 1} of {share.parts}",
        f"bedplate -t model:{share.chip} dv kill --flow {share.flow}{sample}",
        killed,
        (share,),
    )


def killed(share: Share) -> KillResult:
    """Do a share of the work."""
    with rare_collection() as dropped:
        whole = share.every is not None
        ref = made_once(_reference, share.chip, share.flow, whole)
        failed = findings(ref, Death(0, "before"), ref.wrong, share.chip, whole) if share.part == 0 else []
        cases: dict[KilledChip, list[Death]] = {}
        for death in ref.deaths(share.every or 1):
            cases.setdefault(ref.case(death), []).append(death)
        if not whole:
            cases = Kinds(ref).one_of_each(cases)
        first, last = (len(cases) * part // share.parts for part in (share.part, share.part + 1))
        mine = list(cases.items())[first:last]
        for case, deaths in mine:
            with shown_again_by(partial(_replay, ref, deaths[0], share.chip, whole)):
                failed += findings(ref, deaths[0], judge(ref, ref.chip_after(case)), share.chip, whole)
            dropped()
    runs = sum(len(deaths) for _, deaths in mine)
    return KillResult(share.flow, len(ref.points), runs, len(mine), failed, ref.verdict.unfinished)


def _reference(chip: str, flow: str, whole: bool) -> Reference:
    way, kind = flows_of.flow(flow, chip), chip_type(chip)
    if way.fault_of and not whole:
        kind = part_of(kind, closure(kind(MemoryBus(0)), way.fault_of))
    return reference(way, kind)
