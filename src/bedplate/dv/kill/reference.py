"""The undisturbed run of a flow: every way to die in it, and the chip that each leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from bedplate.bus import WORD, Decorator, Request, ms, perform
from bedplate.converge import Chip
from bedplate.dv.kill.doing import Doing
from bedplate.dv.kill.flows import Flow
from bedplate.dv.kill.oracle import Verdict, verdict_of
from bedplate.errors import BedplateError, OutOfRange
from bedplate.model import ChipModel
from bedplate.topology import AddressMap

VARIANTS = ("before", "after", "later", "inside")
"""Killed before k; after k took effect, its reply lost; the same, and the chip runs on alone for a while; inside a burst."""

ALONE = ms(50)
"""How long the chip runs on alone in `later`: longer than most waits, shorter than the longest training."""


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


class KilledChip(NamedTuple):
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


class SnapshotRecorder(Decorator):
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

    def case(self, death: Death) -> KilledChip:
        """The chip that a kill leaves. Equal cases are the same chip."""
        request, snapshot, before, after = self.points[death.at]
        idle = self.events[snapshot][-1][0] if self.events[snapshot] else 0
        if death.variant == "before":
            return KilledChip(snapshot, min(before, idle))
        more = ALONE if death.variant == "later" else 0
        if death.variant == "inside":
            values = request.values[: death.words] if request.values is not None else None
            return KilledChip(snapshot, min(before, idle), Request(request.address, death.words, values, request.size))
        if self.changes(death.at):
            return KilledChip(snapshot, min(before, idle), request, more)
        return KilledChip(snapshot, min(after + more, idle))

    def chip_after(self, case: KilledChip) -> ChipModel:
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
    bus = SnapshotRecorder(model, chip(model).addresses)
    doing = Doing()
    violations = len(model.violations())
    report = chip(bus).converge(goal=flow.goal, listen=doing)
    verdict = verdict_of(chip, model, report, violations, goal=flow.goal)
    wrong = [f"without any kill: {danger}" for danger in verdict.violations]
    if verdict.unfinished and not flow.fault_of:
        wrong.append(f"without any kill it does not come to its goal: {verdict.unfinished}")
    if report.ok and not verdict.settles:
        wrong.append("a second converge of the healthy chip writes")
    events = [ChipModel.restore(snapshot).settle() for snapshot in bus.snapshots]
    return Reference(flow, chip, bus.snapshots, events, bus.points, bus.times, doing, verdict, wrong)
