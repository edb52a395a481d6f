"""Kill-anywhere: the controller dies at every bus transaction of a flow, in every way; a new one goes on from the chip alone.

For every transaction k and every variant the chip is taken as it was at k, a new HAL is built from nothing but the chip,
and converges. Required: the outcome of the undisturbed run, its chip state bit for bit (fields that models declare free
excepted), no write in the next converge, no hazard (no forbidden effect), permanent effects at most once.
"""

from __future__ import annotations

import multiprocessing
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from bedplate.bus import Decorator, Kill, Killed, Moment, Request, Transaction, ms, perform
from bedplate.converge import Chip, Event
from bedplate.dv import flows as flows_of
from bedplate.dv.flows import Flow
from bedplate.env import chip_type
from bedplate.errors import BedplateError
from bedplate.model import ChipModel

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
    """How much was tried, and what failed. `flows` counts the transactions of each flow."""

    transactions: int
    variants: tuple[str, ...]
    runs: int
    failed: tuple[Violation, ...]
    flows: dict[str, int]


class Kills(NamedTuple):
    """One way to die: the transaction, the variant, and for `inside` how many words of the burst got through."""

    at: int
    variant: str
    words: int = 0


class Verdict(NamedTuple):
    """What an undisturbed run ended in, and so what every other must end in."""

    outcomes: dict[str, tuple[str, str]]
    state: dict[str, int]
    permanent: dict[str, int]
    settles: bool


class Reference(NamedTuple):
    """The undisturbed run of a flow: the chip before each transaction, what each one was, and the verdict."""

    flow: Flow
    chip: type[Chip]
    snapshots: list[bytes]
    requests: list[Request]
    acts: list[tuple[int, str]]
    verdict: Verdict
    wrong: list[str]

    def kills(self, every: int = 1) -> Iterator[Kills]:
        """Every way to die in this flow, at every `every`th transaction."""
        for at in range(0, len(self.requests), every):
            for variant in VARIANTS[:3]:
                yield Kills(at, variant)
            for words in range(1, self.requests[at].length):
                yield Kills(at, "inside", words)

    def step_at(self, at: int) -> str:
        """What the HAL was doing at a transaction."""
        index = bisect_right(self.acts, at, key=lambda act: act[0]) - 1
        return self.acts[index][1] if index >= 0 else "first look"


class _Snapshots(Decorator):
    """Keeps the whole chip as it was before each transaction."""

    def __init__(self, model: ChipModel) -> None:
        super().__init__(model)
        self._model = model
        self.taken: list[bytes] = []
        self.requests: list[Request] = []

    def transact(self, request: Request) -> Sequence[int]:
        self.taken.append(self._model.snapshot())
        self.requests.append(request)
        return super().transact(request)


def reference(flow: Flow, chip: type[Chip]) -> Reference:
    """Run a flow undisturbed and remember everything."""
    model = flow.prepare(chip)
    bus = _Snapshots(model)
    acts: list[tuple[int, str]] = []

    def note(event: Event) -> None:
        if event.kind in ("step", "on", "wait"):
            acts.append((len(bus.taken), f"{event.instance} {event.text}"))

    hazards = len(model.hazards())
    report = chip(bus).converge(listen=note)
    outcomes = {line.name: (line.outcome.value, line.state) for line in report.lines}
    state = model.state()
    settles = chip(model).converge().writes == 0
    wrong = [f"{hazard.instance}: hazard without any kill: {hazard.text}" for hazard in model.hazards()[hazards:]]
    if report.ok and not settles:
        wrong.append("a second converge of the healthy chip writes")
    verdict = Verdict(outcomes, state, model.permanent(), settles)
    return Reference(flow, chip, bus.taken, bus.requests, acts, verdict, wrong)


def aftermath(ref: Reference, kill: Kills) -> ChipModel:
    """The chip as a dead controller left it."""
    model = ChipModel.restore(ref.snapshots[kill.at])
    request = ref.requests[kill.at]
    try:
        if kill.variant in ("after", "later"):
            perform(model, request)
        elif kill.variant == "inside":
            values = request.values[: kill.words] if request.values is not None else None
            perform(model, Request(request.address, kill.words, values, request.size))
    except BedplateError:
        pass  # an error response that nobody lives to see
    if kill.variant == "later":
        model.sleep(ALONE)
    return model


def judge(ref: Reference, model: ChipModel) -> list[str]:
    """Let a new HAL converge the chip, and compare with the undisturbed run; what does not hold."""
    chip, want = ref.chip(model), ref.verdict
    hazards = len(model.hazards())
    report = chip.converge()
    wrong = []
    for line in report.lines:
        got = (line.outcome.value, line.state)
        if got != want.outcomes[line.name]:
            error = f" ({line.error})" if line.error else ""
            wrong.append(f"{line.name}: ended {' '.join(got)}, wanted {' '.join(want.outcomes[line.name])}{error}")
    state = model.state()
    for name, value in state.items():
        if value != want.state[name]:
            wrong.append(f"{name}: holds 0x{value:x}, wanted 0x{want.state[name]:x}")
    wrong += [f"{hazard.instance}: {hazard.text}" for hazard in model.hazards()[hazards:]]
    for name, count in model.permanent().items():
        if count > 1 or count != want.permanent.get(name, 0):
            wrong.append(f"{name}: permanent effect {count} times, wanted {want.permanent.get(name, 0)}")
    if want.settles:
        again = chip.converge()
        if again.writes:
            wrong.append(f"the next converge makes {again.writes} writes, wanted 0")
    return wrong


def violations(ref: Reference, kill: Kills, wrong: Sequence[str]) -> list[Violation]:
    """The findings of one kill, with the place where it happened and the command that shows it again."""
    request = ref.requests[kill.at]
    where = ref.chip(ChipModel([])).addresses.describe(Transaction(0, request))[0]
    words = f" --words {kill.words}" if kill.words else ""
    command = f"bedplate dv kill --flow {ref.flow.name} --at {kill.at} --variant {kill.variant}{words}"
    return [
        Violation(ref.flow.name, kill.at, kill.variant, where, ref.step_at(kill.at), text, command) for text in wrong
    ]


def replay(flow: str, at: int, variant: str, words: int = 0, chip: str = "tern") -> list[Violation]:
    """One kill again, this time by really killing the first HAL at that transaction."""
    kind = chip_type(chip)
    ref = reference(flows_of.flow(flow, chip), kind)
    model = ref.flow.prepare(kind)
    moment = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(variant, Moment.AFTER)
    with suppress(Killed):
        kind(Kill(model, at, moment, words)).converge()
    if variant == "later":
        model.sleep(ALONE)
    return violations(ref, Kills(at, variant, words), judge(ref, model))


def run(
    chip: str = "tern",
    flows: Sequence[str] | None = None,
    jobs: int = 2,
    every: int = 1,
    tell: Callable[[str, int, int], None] | None = None,
) -> KillReport:
    """Every kill of the named flows (all by default), in `jobs` processes. `tell(flow, done, total)` is called on the way."""
    kind = chip_type(chip)
    chosen = [flows_of.flow(name, chip) for name in flows] if flows is not None else flows_of.flows(chip)
    counts: dict[str, int] = {}
    runs = 0
    failed: list[Violation] = []
    for flow in chosen:
        ref = reference(flow, kind)
        counts[flow.name] = len(ref.requests)
        failed += violations(ref, Kills(0, "none"), ref.wrong) if ref.wrong else []
        kills = list(ref.kills(every))
        for done, (kill, wrong) in enumerate(_all(ref, kills, jobs), 1):
            failed += violations(ref, kill, wrong) if wrong else []
            if tell is not None and (done % 100 == 0 or done == len(kills)):
                tell(flow.name, done, len(kills))
        runs += len(kills)
    return KillReport(sum(counts.values()), VARIANTS, runs, tuple(failed), counts)


_shared: Reference | None = None


def _all(ref: Reference, kills: list[Kills], jobs: int) -> Iterator[tuple[Kills, list[str]]]:
    """Judge all kills; the workers are forked after the reference exists, so that it is not copied to them."""
    global _shared
    _shared = ref
    if jobs <= 1:
        yield from map(_one, kills)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_one, kills, chunksize=max(1, min(64, len(kills) // (4 * jobs))))


def _one(kill: Kills) -> tuple[Kills, list[str]]:
    assert _shared is not None
    return kill, judge(_shared, aftermath(_shared, kill))
