"""Kill-anywhere: the controller dies at every bus transaction of a flow, in every way; a new one goes on from the chip alone.

For every transaction k and every variant the chip is taken as the kill leaves it, a new HAL is built from nothing but the
chip, and converges. What it must end in says `oracle.py`.

Every kill is covered; kills that leave the same chip are tried once. Reads without effect change nothing, so between two
writes the chip is a function of time alone; and a chip with nothing under way does not change by waiting either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from bedplate.bus import WORD, Decorator, Kill, Killed, Moment, Request, Transaction, ms, perform
from bedplate.converge import Chip
from bedplate.dv.jobs import TWO, Job, Runner, Tell
from bedplate.dv.jobs.ground import made_once, rare_collection
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.doing import Doing
from bedplate.dv.kill.flows import Flow
from bedplate.dv.kill.oracle import Verdict, verdict_of
from bedplate.env import chip_type
from bedplate.errors import BedplateError, OutOfRange
from bedplate.model import ChipModel
from bedplate.topology import AddressMap

VARIANTS = ("before", "after", "later", "inside")
"""Killed before k; after k took effect, its reply lost; the same, and the chip runs on alone for a while; inside a burst."""

ALONE = ms(50)
"""How long the chip runs on alone in `later`: longer than most waits, shorter than the longest training."""


class Violation(NamedTuple):
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

    `flows` counts the transactions of each flow.
    """

    transactions: int
    variants: tuple[str, ...]
    runs: int
    distinct: int
    failed: tuple[Violation, ...]
    flows: dict[str, int]


class Death(NamedTuple):
    """One way to die: the transaction, the variant, and for `inside` how many words of the burst got through."""

    at: int
    variant: str
    words: int = 0


def require_possible(flow: str, death: Death, requests: Sequence[Request]) -> None:
    """Raise OutOfRange for a death that a flow, by its undisturbed requests, has no place for."""
    if death.at >= len(requests):
        raise OutOfRange(
            f"{flow} has no transaction {death.at}",
            where="--at",
            wanted=f"0 to {len(requests) - 1}: it makes {len(requests)} of them, counted from 0",
            got=str(death.at),
        )
    length = requests[death.at].length
    if death.variant == "inside" and not 0 < death.words < length:
        raise OutOfRange(
            f"transaction {death.at} of {flow} has no such inside",
            where="--words",
            wanted=f"1 to {length - 1}, less than its {length} words"
            if length > 1
            else "another --variant: it is one word",
            got=str(death.words),
        )


class Case(NamedTuple):
    """The chip that a kill leaves: a snapshot, left alone for a time (ns); then perhaps a last request, and more time."""

    snapshot: int
    alone: int
    request: Request | None = None
    more: int = 0


class Point(NamedTuple):
    """A transaction of the undisturbed run: the snapshot it follows, and the time since then before and after it (ns)."""

    request: Request
    snapshot: int
    before: int
    after: int


class Recorder(Decorator):
    """Records the undisturbed run: a snapshot of the chip after everything that changed it, and every transaction."""

    def __init__(self, model: ChipModel, addresses: AddressMap) -> None:
        super().__init__(model)
        self._model = model
        self._addresses = addresses
        self._changed = True
        self._taken_at = 0
        self.snapshots: list[bytes] = []
        self.points: list[Point] = []
        self.times: list[int] = []
        """When each of them began (ns)."""

    def transact(self, request: Request) -> Sequence[int]:
        if self._changed:
            self.snapshots.append(self._model.snapshot())
            self._taken_at = self.now()
        before = self.now()
        self.times.append(before)
        self._changed = not self.is_harmless(request)
        try:
            return super().transact(request)
        finally:
            since = self._taken_at
            self.points.append(Point(request, len(self.snapshots) - 1, before - since, self.now() - since))

    def is_harmless(self, request: Request) -> bool:
        """Whether it is a read that may be made again without effect, over all its words."""
        safe = self._addresses.is_probe_safe
        return not request.is_write and all(safe(request.address + WORD * i) for i in range(request.length))


class Reference(NamedTuple):
    """The undisturbed run of a flow."""

    flow: Flow
    chip: type[Chip]
    snapshots: list[bytes]
    events: list[list[tuple[int, str]]]
    """For each snapshot what the hardware does from there on if it is left alone: when (ns), and what."""
    first_after: list[int]
    """For each snapshot its first transaction."""
    points: list[Point]
    times: list[int]
    """When each transaction began (ns)."""
    doing: Doing
    verdict: Verdict
    wrong: list[str]

    def deaths(self, every: int = 1) -> Iterator[Death]:
        """Every way to die in this flow, at every `every`th transaction."""
        for at in range(0, len(self.points), every):
            for variant in VARIANTS[:3]:
                yield Death(at, variant)
            for words in range(
                1, self.points[at].request.length if self.changes(at) else 1
            ):  # a part of a read changes nothing
                yield Death(at, "inside", words)

    def changes(self, at: int) -> bool:
        """Whether that transaction may have changed the chip."""
        return at + 1 < len(self.points) and self.points[at + 1].snapshot != self.points[at].snapshot

    def case(self, death: Death) -> Case:
        """The chip that a kill leaves. Equal cases are the same chip."""
        request, snapshot, before, after = self.points[death.at]
        idle = self.events[snapshot][-1][0] if self.events[snapshot] else 0
        if death.variant == "before":
            return Case(snapshot, min(before, idle))
        more = ALONE if death.variant == "later" else 0
        if death.variant == "inside":
            values = request.values[: death.words] if request.values is not None else None
            return Case(snapshot, min(before, idle), Request(request.address, death.words, values, request.size))
        if self.changes(death.at):
            return Case(snapshot, min(before, idle), request, more)
        return Case(snapshot, min(after + more, idle))

    def chip_after(self, case: Case) -> ChipModel:
        """That chip, made anew."""
        model = ChipModel.restore(self.snapshots[case.snapshot])
        model.sleep(case.alone)
        if case.request is not None:
            with suppress(BedplateError):  # an error response that nobody lives to see
                perform(model, case.request)
        model.sleep(case.more)
        return model

    def step_at(self, at: int) -> str:
        """What the HAL was doing at a transaction."""
        return self.doing.at(self.times[at])


def reference(flow: Flow, chip: type[Chip]) -> Reference:
    """Run a flow undisturbed and remember everything."""
    model = flow.prepare(chip)
    bus = Recorder(model, chip(model).addresses)
    doing = Doing()
    hazards = len(model.hazards())
    report = chip(bus).converge(goal=flow.goal, listen=doing)
    verdict = verdict_of(chip, model, report, hazards, goal=flow.goal)
    wrong = [f"without any kill: {hazard}" for hazard in verdict.hazards]
    if report.ok and not verdict.settles:
        wrong.append("a second converge of the healthy chip writes")
    events = [ChipModel.restore(snapshot).settle() for snapshot in bus.snapshots]
    first = [at for at, point in enumerate(bus.points) if not at or point.snapshot != bus.points[at - 1].snapshot]
    return Reference(flow, chip, bus.snapshots, events, first, bus.points, bus.times, doing, verdict, wrong)


def judge(ref: Reference, model: ChipModel) -> list[str]:
    """Let a new HAL converge the chip, and compare with the undisturbed run; what does not hold."""
    hazards = len(model.hazards())
    report = ref.chip(model).converge(goal=ref.flow.goal)
    want = ref.verdict
    known = not want.settles or (
        model.event_queue.idle and model.state() == want.state
    )  # the chip that was seen to settle
    got = verdict_of(ref.chip, model, report, hazards, True if known else None, ref.flow.goal)
    wrong = want.differences(got)
    return wrong + [f"{line.name}: {line.error}" for line in report.lines if wrong and line.error]


def violations(ref: Reference, death: Death, wrong: Sequence[str], chip: str) -> list[Violation]:
    """The findings of one kill, with the place where it happened and the command that shows it again."""
    request = ref.points[death.at].request
    where = ref.chip(ChipModel([])).addresses.describe(Transaction(0, request))[0]
    words = f" --words {death.words}" if death.words else ""
    command = (
        f"bedplate -t model:{chip} dv kill --flow {ref.flow.name} --at {death.at} --variant {death.variant}{words}"
    )
    return [
        Violation(ref.flow.name, death.at, death.variant, where, ref.step_at(death.at), text, command) for text in wrong
    ]


def replay(flow: str, at: int, variant: str, words: int = 0, chip: str = "tern") -> list[Violation]:
    """One kill again, this time by really killing the first HAL at that transaction. Raises OutOfRange, UnknownName."""
    kind = chip_type(chip)
    ref = reference(flows_of.flow(flow, chip), kind)
    require_possible(flow, Death(at, variant, words), [point.request for point in ref.points])
    model = ref.flow.prepare(kind)
    moment = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(variant, Moment.AFTER)
    with suppress(Killed):
        kind(Kill(model, at, moment, words)).converge(goal=ref.flow.goal)
    if variant == "later":
        model.sleep(ALONE)
    return violations(ref, Death(at, variant, words), judge(ref, model), chip)


def run(
    chip: str = "tern",
    flows: Sequence[str] | None = None,
    runner: Runner = TWO,
    every: int = 1,
    tell: Tell | None = None,
) -> KillReport:
    """Every kill of the named flows (all by default). `tell(flow, done, total)` after each share of work."""
    names = [flows_of.flow(name, chip).name for name in flows] if flows is not None else flows_of.names(chip)
    shares = [
        _job(Share(chip, name, every, part, parts))
        for name in names
        for parts in [runner.width if name in flows_of.BY_NAME or len(names) == 1 else 1]  # the long ones are split
        for part in range(parts)
    ]

    def listen(done: int, result: Result) -> None:
        if tell is not None:
            tell(result.flow, done, len(shares))

    results = runner.run(shares, listen)
    counts = {result.flow: result.transactions for result in results}
    return KillReport(
        sum(counts.values()),
        VARIANTS,
        sum(result.runs for result in results),
        sum(result.distinct for result in results),
        tuple(violation for result in results for violation in result.failed),
        counts,
    )


class Share(NamedTuple):
    """A job: of the cases of a flow, in so many parts, the one of this number."""

    chip: str
    flow: str
    every: int
    part: int
    parts: int


class Result(NamedTuple):
    """What a share of the work found."""

    flow: str
    transactions: int
    runs: int
    distinct: int
    failed: list[Violation]


def _job(share: Share) -> Job[Result]:
    sample = f" --sample {share.every}" if share.every > 1 else ""
    return Job(
        f"{share.flow}, part {share.part + 1} of {share.parts}",
        f"bedplate -t model:{share.chip} dv kill --flow {share.flow}{sample}",
        killed,
        (share,),
    )


def killed(share: Share) -> Result:
    """Do a share of the work."""
    with rare_collection() as dropped:
        ref = made_once(_reference, share.chip, share.flow)
        failed = violations(ref, Death(0, "before"), ref.wrong, share.chip) if share.part == 0 else []
        cases: dict[Case, list[Death]] = {}
        for death in ref.deaths(share.every):
            cases.setdefault(ref.case(death), []).append(death)
        first, last = (len(cases) * part // share.parts for part in (share.part, share.part + 1))
        mine = list(cases.items())[first:last]
        for case, deaths in mine:
            failed += violations(ref, deaths[0], judge(ref, ref.chip_after(case)), share.chip)
            dropped()
    return Result(share.flow, len(ref.points), sum(len(deaths) for _, deaths in mine), len(mine), failed)


def _reference(chip: str, flow: str) -> Reference:
    return reference(flows_of.flow(flow, chip), chip_type(chip))
