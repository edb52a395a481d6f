"""Conformance in further states: a lock that bites only behind an open fence, a register that holds only before training.

On a type's own model, alone: in every state between power-on and its goals each register gets whole words, each lock is closed,
and all bits that hardware sets are set at once, then cleared one by one. Each check starts from a copy of the chip in that state.
"""

from __future__ import annotations

from collections.abc import Callable

from bedplate.block import SERVICE, State
from bedplate.bus import MemoryBus
from bedplate.converge import Chip
from bedplate.dv.conformance import semantics
from bedplate.dv.conformance.campaign import (
    Checked,
    ConformanceReport,
    Suite,
    handles_of,
    is_lock,
    merged,
    readable,
    whole_patterns,
)
from bedplate.dv.jobs import HERE, Job, Runner, Tell
from bedplate.dv.jobs.ground import made_once
from bedplate.dv.observe.seed import part, walk_through
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.env import chip_type
from bedplate.model import Model
from bedplate.model.plan import find_fields
from bedplate.reg import Field, Register
from bedplate.topology import Instance


def run(chip: str, pattern: str = "*", runner: Runner = HERE, tell: Tell | None = None) -> ConformanceReport:
    """All states of those types that have a model, of the instances which the pattern names.

    `tell(type, done, total)` is called on the way. Raises UnknownName.
    """
    blocks = {type(block): block for block in _drawing(chip).select(pattern)}.values()
    again = f"bedplate -t model:{chip} dv conformance"
    jobs = [Job(f"{one.ip} in its states", f"{again} {one.name}", checked, (chip, one.name)) for one in blocks]

    def listen(done: int, _: ConformanceReport) -> None:
        if tell is not None:
            tell(jobs[done - 1].name, done, len(jobs))

    return merged(runner.run(jobs, listen))


def checked(chip: str, name: str) -> ConformanceReport:
    """A job: the type of one instance, in all its states."""
    (block,) = made_once(_drawing, chip).select(name)
    config, model = part(block)
    return merged([]) if model is None else check(type(block), config, model)


def _drawing(chip: str) -> Chip:
    return chip_type(chip)(MemoryBus(0))


def check(driver: type[Instance], config: object, model: Callable[[], Model]) -> ConformanceReport:
    """One type, in each state on its way from power-on to its goals."""
    bed = ModelTestbed(driver, config, model())
    states: dict[State, bytes] = {}
    for goal in (SERVICE, *driver.goals):
        walk_through(bed, states, lambda bed, _: bed.chip.snapshot(), goal)
    return merged([_State(bed, state, snapshot).run() for state, snapshot in states.items()])


class _State:
    def __init__(self, bed: ModelTestbed, state: State, snapshot: bytes) -> None:
        self.bed, self.snapshot = bed, snapshot
        self.label = f"{bed.dut.ip} in {state}"
        self.suite = Suite(bed.hal(), [])

    def run(self) -> ConformanceReport:
        names = [name for name, _ in handles_of(self.bed.dut)]
        for number in range(len(names)):
            self._begin(number, self._writes)
            self._begin(number, self._sticky)
        failed = [
            failure._replace(name=f"{self.label}: {failure.name.partition('.')[2]}") for failure in self.suite.failed
        ]
        return ConformanceReport(0, self.suite.checks, tuple(failed), ())

    def _begin(self, number: int, check: Callable[[ModelTestbed, Checked, list[Checked]], None]) -> None:
        bed = self.bed.restored(self.snapshot)
        handles = list(handles_of(bed.dut))
        check(bed, handles[number], handles)

    def _writes(self, bed: ModelTestbed, one: Checked, handles: list[Checked]) -> None:
        if is_lock(one.register):
            self.suite.check_lock(one.name, one.register, handles)
        else:
            self.suite.check_register(one.name, one.register, handles, whole_patterns)

    def _sticky(self, bed: ModelTestbed, one: Checked, handles: list[Checked]) -> None:
        """Each bit in turn is cleared while all others are set."""
        cls = type(one.register)
        path = one.name.partition(".")[2]
        sticky = [field for field in cls.Value.FIELDS if semantics.is_sticky(field)]
        if not readable(cls) or not sticky:
            return
        every = sum(field.mask for field in sticky)
        for field in sticky:
            for bit in range(field.low, field.low + field.width):
                for other in sticky:
                    _set(bed.model, path, other)
                self.suite.check(one.name, "all sticky bits set", every, one.register._load() & every, cls.WIDTH)
                one.register._store(_clearing(one.register, 1 << bit))
                what = f"clear bit {bit} of all that are set"
                self.suite.check(one.name, what, every & ~(1 << bit), one.register._load() & every, cls.WIDTH)


def _set(model: Model, register: str, field: Field) -> None:
    """Hardware sets all bits of a field; what latches an input gets it for one clock only."""
    for at, plan in find_fields(model.regs, f"{register}.{field.name}"):
        model.registers.drive(at, plan, plan.ones)
        if plan.sticky:
            model.registers.drive(at, plan, 0)


def _clearing(register: Register, bits: int) -> int:
    """What to write so that these bits are cleared and nothing else happens."""
    word = register._load()
    for field in type(register).Value.FIELDS:
        if field.onwrite in ("woclr", "woset", "wot"):
            word &= ~field.mask
        elif field.onwrite in ("wzs", "wzc", "wzt"):
            word |= field.mask
        elif field.singlepulse:
            word &= ~field.mask
    return word ^ bits
