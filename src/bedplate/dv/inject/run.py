"""Playing a case: a chip is taken from its start, harmed while a HAL works on it, and what came of it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bedplate.block import Kind
from bedplate.bus import (
    WORD,
    ErrorInjector,
    InjectedError,
    Kill,
    Killed,
    MemoryBus,
    Moment,
    Request,
    Trace,
    Transaction,
)
from bedplate.component import make_model
from bedplate.converge import Chip, Event, Report, Seen
from bedplate.dv.inject.case import GOALS, LOOKS, TENANT, Case, Harms, moment, triggers
from bedplate.dv.kill.closure import closed, closure, part_of, turned
from bedplate.dv.kill.oracle import Verdict, verdict_of
from bedplate.dv.kill.reference import ALONE, Death
from bedplate.env import chip_type
from bedplate.errors import CheckFailed, ModelDefect
from bedplate.model import ChipModel, parse_plant
from bedplate.model.faults import CHIP
from bedplate.topology import Instance

MOMENTS = {"before": Moment.BEFORE, "inside": Moment.INSIDE}
ACTING = ("step", "on", "off")
"""Kinds of events by which a run tells that it acts."""

Fuses = tuple[tuple[str, int], ...]
"""Harvest masks by die, in order."""
Answer = Report | tuple[Seen, ...]


class Undisturbed(NamedTuple):
    """A case without harm: the chip before and after as snapshots, how it ended, and what the HAL asked for (ns since the start)."""

    before: bytes
    after: bytes
    verdict: Verdict
    seen: dict[str, str]
    log: tuple[Transaction, ...]


class Played(NamedTuple):
    """What came of a case. The model is as the HAL left it."""

    case: Case
    harms: Harms
    model: ChipModel
    answer: Answer | None
    raised: Exception | None
    """What the HAL raised instead of an answer."""
    bus_errors: tuple[tuple[InjectedError, Request], ...]
    """Those that came about."""
    resets: dict[str, int]
    """Planted resets and their moments (device time, ns)."""
    held: tuple[range, ...]
    """When a HAL was held up (device time, ns)."""
    acts: tuple[int, ...]
    """When a HAL told that it acts (device time, ns)."""
    writes: tuple[Transaction, ...]
    """What was written, where that is judged: by who only looks, and under load."""
    under_load: tuple[Transaction, ...]
    """What was written while a workload ran."""
    died: tuple[Death, ...]
    """The deaths that came about."""


class Ground:
    """Where cases are played: one type of chip, or the closure of an instance of it, and its undisturbed runs, each made once.

    Raises UnknownName for a part that is no instance.
    """

    def __init__(self, chip: str, part: str = "") -> None:
        self.name, self.part = chip, part
        self.kind = chip_type(chip)
        if part:
            whole = self.kind(MemoryBus(0))
            whole.require_known([part])
            self.kind = part_of(self.kind, closure(whole, part))
        drawing = self.drawing = self.kind(MemoryBus(0))
        self.blocks = {block.name: block for block in drawing.order}
        self.addresses = drawing.addresses
        self.behind = {
            canary.address: {block.name for block in drawing.order if block.regs.base in port}
            for port in drawing.ports
            if (canary := drawing.canary_of(port)) is not None
        }
        """By the address of each canary, the instances behind its port."""
        self.partners = {
            block.name: other.name for block in drawing.order if (other := drawing.partner_of(block)) is not None
        }
        self.dependents = _dependents(drawing)
        self.faults = make_model(self.kind)
        self.evidence = self.faults.evidence()
        self._runs: dict[tuple[str, str, Fuses], Undisturbed] = {}

    # Who is where.

    def owner(self, address: int) -> str:
        """The instance that an address belongs to; empty if there is none."""
        return next((name for name, block in self.blocks.items() if address in _span(block)), "")

    def region(self, address: int) -> range:
        """All addresses of that instance."""
        owner = self.owner(address)
        return _span(self.blocks[owner]) if owner else range(address, address + WORD)

    def injected_by(self, word: str) -> set[str]:
        """The instances that a planted fault or reset is about."""
        name = parse_plant(word).instance
        if name == CHIP:
            return set(self.blocks)
        users = {block.name for block in self.blocks.values() if name in lines_of(block)}
        return users or {one for one in self.blocks if one == name or one.startswith(f"{name}.")}

    # Cases.

    def start(self, case: Case, harms: Harms) -> ChipModel:
        """The chip before anything is planted in it."""
        run = self.undisturbed("power-on", "up", harms.fuses)
        return ChipModel.restore(run.after if case.start == "booted" else run.before)

    def undisturbed(self, start: str, act: str, fuses: Fuses = ()) -> Undisturbed:
        """The run without harm, on a chip with these fuses. It is made once. Raises CheckFailed for one that is not well by itself."""
        key = (start, act, fuses)
        if key not in self._runs:
            self._runs[key] = self._run(*key)
        return self._runs[key]

    def _run(self, start: str, act: str, fuses: Fuses) -> Undisturbed:
        if start == "booted":
            model = ChipModel.restore(self.undisturbed("power-on", "up", fuses).after)
        else:
            model = make_model(self.kind, dict(fuses))
        before, begin = model.snapshot(), model.now()
        trace = Trace(model)
        answer = ask(self.kind(trace), act, [])
        log = tuple(one._replace(time=one.time - begin) for one in trace.log)
        if not isinstance(answer, Report):
            return Undisturbed(before, before, Verdict({}, {}, {}), conditions(answer), log)
        after = model.snapshot()
        verdict = verdict_of(self.kind, model, answer, 0)
        if verdict.unfinished:
            raise CheckFailed(
                f"undisturbed, `{act}` does not come to its goal: nothing that is done to it could be judged",
                where=self.name,
                wanted="all at goal",
                got=verdict.unfinished,
                cause="a defect of a driver or of a model",
                next=f"bedplate -t model:{self.name} " + (act if start == "power-on" else f"{act} --up"),
            )
        return Undisturbed(before, after, verdict, {}, log)

    def play(self, case: Case) -> Played:
        """Play a case. Raises AccessError, UnknownName for one that makes no sense, and ModelDefect."""
        harms = case.harms
        if harms.tenant:
            self.drawing.require_tenant(self.name, TENANT)
        for text in harms.plants:
            self.faults.require_said(text)
        model = self.start(case, harms)
        resets = {word: model.now() + (moment(word) or 0) for word in harms.plants if triggers(word)}
        for text in harms.plants:
            model.plant_text(text)
        if harms.tenant:
            model.tenant(True)
        writes: list[Transaction] = []
        under_load: list[Transaction] = []

        def note(one: Transaction) -> None:
            if one.request.is_write:
                writes.append(one)
                if model.loaded:
                    under_load.append(one)

        judged_by_writes = harms.tenant or case.act in LOOKS
        fault = ErrorInjector(Trace(model, note) if judged_by_writes else model, harms.bus_errors, self.region)
        events: list[Event] = []
        died: list[Death] = []
        answer, raised = None, None
        try:
            answer = self._lives(case, harms, fault, events, died)
        except ModelDefect:  # no word of the HAL: what it was led on is no chip
            raise
        except Exception as error:
            raised = error
        acts = tuple(event.time for event in events if event.kind in ACTING)
        return Played(
            case,
            harms,
            model,
            answer,
            raised,
            tuple(fault.injected),
            resets,
            tuple(fault.held),
            acts,
            tuple(writes),
            tuple(under_load),
            tuple(died),
        )

    def _lives(self, case: Case, harms: Harms, fault: ErrorInjector, events: list[Event], died: list[Death]) -> Answer:
        """One HAL after the other, until one comes to its end."""
        for death in harms.deaths:
            if death.at >= fault.count:
                kill = Kill(fault, death.at - fault.count, MOMENTS.get(death.variant, Moment.AFTER), death.words)
                try:
                    return ask(self.kind(kill), case.act, events)
                except Killed:
                    died.append(death)
                    fault.sleep(ALONE if death.variant == "later" else 0)
        return ask(self.kind(fault), case.act, events)


def ask(chip: Chip, act: str, events: list[Event]) -> Answer:
    """Let a HAL do what a case asks for."""
    if act in GOALS:
        report = chip.converge(listen=events.append, **GOALS[act])
        for line in report.lines:
            if line.error is not None:
                line.error.next = (
                    ""  # a way on for a chip that is gone when this ends: the case is played again to see it
                )
        return report
    return chip.observe() if act == "observe" else chip.plan().seen


def conditions(seen: Sequence[Seen]) -> dict[str, str]:
    """What was seen of every instance, in words."""
    return {one.block.name: f"{one.state} {one.outcome}" for one in seen}


def lines_of(block: Instance) -> list[str]:
    """The reset lines that an instance hangs on, by name."""
    return [f"{need.provider.name}.{need.port}" for need in block.needs if need.kind is Kind.RESET and need.port]


def _span(block: Instance) -> range:
    return range(block.regs.base, block.regs.base + block.regs.SIZE)


def _dependents(chip: Chip) -> dict[str, frozenset[str]]:
    """For each instance all that need it, itself included; who needs one end of a pair needs both."""
    carries = turned({block.name: chip.leans_on(block) for block in chip.all})
    return {name: closed({name}, carries) for name in carries}
