"""Kill-anywhere on any target that lives in this process: fork at a transaction, and let the controller die in the fork.

The HAL runs a flow undisturbed. At each chosen transaction the process forks, simulator and all. In the fork the HAL never
comes back from that transaction: a new one is built on the same raw bus, converges, and is judged there, by `oracle.py`. Of the
chip is known what can be seen from outside: every register that may be read without effect, and what the HAL itself wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from bedplate.block import SERVICE
from bedplate.bus import WORD, Backdoor, Bus, Decorator, Request, Transaction, perform
from bedplate.converge import Chip
from bedplate.dv.compare.normal import Normal, normal_of
from bedplate.dv.compare.record import Recorder
from bedplate.dv.compare.scenario import dump
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import TWO, Job, Runner, Tell, shown_again_by
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.campaign import KillFinding, KillReport
from bedplate.dv.kill.doing import Doing
from bedplate.dv.kill.oracle import Verdict, dangers, outcomes
from bedplate.dv.kill.reference import ALONE, VARIANTS, Death, require_possible
from bedplate.env import chip_type, open_bus, parse
from bedplate.errors import AccessError, BedplateError
from bedplate.reg import Effect, effect_of_write

Chosen = Callable[[Death], bool]
"""Which deaths are tried."""


class ForkedResult(NamedTuple):
    """What a share of the work found."""

    flow: str
    requests: tuple[Request, ...]
    """Those of the undisturbed run."""
    runs: int
    failed: list[KillFinding]
    unfinished: str

    @property
    def transactions(self) -> int:
        """How many the run made that nobody killed."""
        return len(self.requests)


class Patient(NamedTuple):
    """A chip that dies and recovers: how its HAL is made, on which raw bus, and which of its registers' bits count."""

    kind: Callable[[Bus], Chip]
    bus: Bus
    normal: Normal
    goal: str = SERVICE

    def converge(self, before: Counter[str], violations: int) -> Verdict:
        """Let a new HAL converge, twice. `before` are permanent writes, `violations` dangerous acts until now."""
        recorder = Recorder(self.bus)
        report = self.kind(recorder).converge(goal=self.goal)
        permanent = before + Counter(
            filter(None, (self.permanent(access.heard.request) for access in recorder.accesses))
        )
        state = self.state()
        settles = self.kind(self.bus).converge(goal=self.goal).writes == 0
        return Verdict(outcomes(report), state, permanent, dangers(self.violations()[violations:]), settles)

    def state(self) -> dict[str, int]:
        """Every word that may be read without effect, without the bits that are free to differ."""
        recorder = Recorder(self.bus)
        dump(self.kind(recorder), recorder)
        found: dict[str, int] = {}
        for _, _, _, heard, _ in recorder.accesses:
            for index, word in enumerate(heard.words):
                place = self.normal.words.get(heard.request.address + WORD * index)
                if place is None:  # the canary, asked about a word of all ones: it may be another instance's
                    continue
                found[f"{place.path}[{place.low}]" if place.low else place.path] = word & ~place.free
        return found

    def violations(self) -> Sequence[object]:
        """The dangerous acts that the chip counted; none where nobody counts."""
        return self.bus.violations() if isinstance(self.bus, Backdoor) else ()

    def permanent(self, request: Request) -> str:
        """The register in which it writes something with a permanent effect, by name; empty if there is none."""
        lanes = (1 << 8 * request.size) - 1
        for index, value in enumerate(request.values or ()):
            place = self.normal.words.get(request.address + WORD * index)
            if place is not None and Effect.PERMANENT in place.cls.EFFECT:
                effect = effect_of_write(place.cls, value << place.low, lanes << place.low)
                if Effect.PERMANENT in effect:
                    return place.path
        return ""


class Deadly(Decorator):
    """The HAL's bus in the undisturbed run: at each chosen transaction, forks in which the HAL dies there, in every way."""

    def __init__(
        self, patient: Patient, want: Verdict, chosen: Chosen, again: Callable[[Death], str] = lambda death: ""
    ) -> None:
        """`again` is the command that plays a death alone, where there is one."""
        super().__init__(patient.bus)
        self.again = again
        self.patient = patient
        self.want = want
        self.chosen = chosen
        self.doing = Doing()
        self.requests: list[Request] = []
        self.runs = 0
        self.permanent: Counter[str] = Counter()
        self.failed: list[tuple[Death, Request, int, str]] = []

    def transact(self, request: Request) -> Sequence[int]:
        for death in deaths(len(self.requests), request):
            if self.chosen(death):
                self.runs += 1
                with shown_again_by(partial(self.again, death)):
                    wrong = in_fork(partial(self._die, death, request))
                self.failed += [(death, request, self.bus.now(), text) for text in wrong]
        self.requests.append(request)
        self._count(request)
        return super().transact(request)

    def _count(self, request: Request) -> None:
        if register := self.patient.permanent(request):
            self.permanent[register] += 1

    def _die(self, death: Death, request: Request) -> list[str]:
        """In a fork: the last the HAL does, then a new one; what does not hold. The old HAL never runs again."""
        violations = len(self.patient.violations())
        if death.variant == "inside":
            values = request.values[: death.words] if request.values is not None else None
            request = Request(request.address, death.words, values, request.size)
        if death.variant != "before":
            self._count(request)
            with suppress(BedplateError):  # an error response that nobody lives to see
                perform(self.bus, request)
        if death.variant == "later":
            self.bus.sleep(ALONE)
        return self.want.differences(self.patient.converge(self.permanent, violations))


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
    chip = parse(target).name
    names = [flows_of.flow(name, chip).name for name in flows] if flows is not None else flows_of.names(chip)
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

    def listen(done: int, result: ForkedResult) -> None:
        if tell is not None:
            tell(result.flow, done, len(shares))

    results = runner.run(shares, listen)
    runs = sum(result.runs for result in results)
    counts = {result.flow: result.transactions for result in results}
    failed = [finding for result in results for finding in result.failed]
    failed.sort(key=lambda one: (names.index(one.flow), one.at))  # parts take turns
    unfinished = {result.flow: result.unfinished for result in results if result.unfinished}
    return KillReport(sum(counts.values()), VARIANTS, runs, runs, tuple(failed), counts, unfinished)


def killed(target: str, flow: str, part: int, parts: int, every: int) -> ForkedResult:
    """A job: every `parts`th of the chosen transactions of a flow, on a target that is opened in a fork, and gone with it."""
    return in_fork(partial(play, target, flow, partial(_is_in, part, parts, every)))


def replay(target: str, flow: str, death: Death) -> list[KillFinding]:
    """One kill again. Raises OutOfRange for one that the flow has no place for, UnknownName."""
    result = in_fork(partial(play, target, flow, lambda one: one == death))
    require_possible(flow, death, result.requests)
    if not result.runs:
        raise AccessError(
            f"transaction {death.at} of {flow} is a read: a part of it changes nothing",
            where="--variant",
            wanted="before, after or later",
            got=death.variant,
        )
    return result.failed


def play(target: str, flow: str, chosen: Chosen) -> ForkedResult:
    """The chosen deaths of a flow, in this process: the target is opened here."""
    chip = parse(target).name
    kind = chip_type(chip)
    bus = open_bus(target, kind)
    way = flows_of.flow(flow, chip)
    patient = Patient(kind, bus, normal_of(kind), way.goal)
    way.begin(bus, kind)
    violations = len(patient.violations())
    want = in_fork(lambda: patient.converge(Counter(), violations))

    def again(death: Death) -> str:
        words = f" --words {death.words}" if death.words else ""
        return f"bedplate --target '{target}' dv kill --fork --flow {flow} --at {death.at} --variant {death.variant}{words}"

    deadly = Deadly(patient, want, chosen, again)
    kind(deadly).converge(goal=way.goal, listen=deadly.doing)
    addresses = kind(bus).addresses
    failed = [
        KillFinding(
            flow,
            death.at,
            death.variant,
            addresses.describe(Transaction(0, request))[0],
            deadly.doing.at(time),
            text,
            again(death),
        )
        for death, request, time, text in deadly.failed
    ]
    return ForkedResult(flow, tuple(deadly.requests), deadly.runs, failed, want.unfinished)


def _is_in(part: int, parts: int, every: int, death: Death) -> bool:
    return death.at % every == 0 and death.at // every % parts == part


def deaths(at: int, request: Request) -> Iterator[Death]:
    """Every way to die at a transaction."""
    for variant in VARIANTS[:3]:
        yield Death(at, variant)
    for words in range(1, request.length if request.is_write else 1):  # a part of a read changes nothing
        yield Death(at, "inside", words)
