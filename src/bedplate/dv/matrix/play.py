"""The model's side of the register matrix: the operations of the bench, played on a RegisterModel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bedplate.dv.matrix.bench import BlockUnderTest, MatrixOp, OperationKind, RtlOutcome, counts, fields
from bedplate.model import RegisterModel
from bedplate.model.plan import FieldPlan
from bedplate.model.tables import WatchedSlots
from bedplate.reg import Field

SIZES = {0x1: (0, 1), 0x2: (1, 1), 0x4: (2, 1), 0x8: (3, 1), 0x3: (0, 2), 0xC: (2, 2), 0xF: (0, 4)}
"""Strobes of a bus that writes aligned bytes, halves and words: offset and size of the access."""


class HardwareAct(NamedTuple):
    """Hardware acts on a field in the clock of the access: by an input (`side`), or by driving a value (no side)."""

    side: str
    value: int


class Player:
    """A register model that does what a block under test is told to do."""

    def __init__(self, block: BlockUnderTest, stored: Sequence[int]) -> None:
        slots = range(len(block.cls.CHILDREN))
        self.plans = RegisterModel(block.cls).plan.block.plans
        self.model = RegisterModel(
            block.cls, self, WatchedSlots(after_write=frozenset(n for n in slots if self.plans[n].pulse))
        )
        self.pulses = 0
        self.fields = [
            tuple((f, plan.fields[f.name]) for f in fields(register))
            for register, plan in zip(block.cls.CHILDREN, self.plans, strict=True)
        ]
        self.registers = block.cls.CHILDREN
        self.stored = stored
        """For each register the bits that count as its state."""

    def play(self, op: MatrixOp) -> RtlOutcome:
        """One operation. `read` is 0 where nothing is read."""
        model, slot = self.model, op.slot
        register = self.registers[slot]
        if op.kind is OperationKind.RESET:
            model.reset(power=True)
        accessed = op.kind is OperationKind.READ or (op.kind is OperationKind.WRITE and op.strobe != 0)
        meets = accessed and 0 <= op.address - register.offset < self.plans[slot].bytes
        held = []
        for f, plan in self.fields[slot]:
            for gate in ("swwe", "swwel"):
                if f.props.get(gate) is True:
                    model.signal(f"{register.name}.{f.name}.{gate}", op.gate >> f.low & 1)
            events = hardware(f, op)
            if meets and not is_wire(f):
                for side, value in events:
                    model.coincide(f"{register.name}.{f.name}", value, side)
            else:
                self._act(slot, plan, events)
            if is_held(f) and not plan.sticky:
                held.append((plan, events))
        self.pulses = 0
        read = self._access(op) if accessed else 0
        after = model.words[slot] & self.stored[slot] | self.pulses
        for plan, events in held:  # still there one clock later
            self._act(slot, plan, events)
        return RtlOutcome(read, after, model.words[slot] & self.stored[slot])

    def before_read_of(self, slot: int, lanes: int) -> None:
        """Nothing is made up when it is looked at."""

    def after_read_of(self, slot: int, old: int, got: int) -> None:
        """Reads are over."""

    def after_write_of(self, slot: int, old: int, data: int, lanes: int) -> None:
        """Single pulses: in RTL they are in their flip-flop for one clock."""
        self.pulses |= data & lanes & self.plans[slot].pulse

    def after_memory_write(self, slot: int, entry: int, old: int, new: int) -> None:
        """There are no memories here."""

    def interrupt_changed(self, register: str, active: bool) -> None:
        """Outputs are looked at through fields."""

    def _access(self, op: MatrixOp) -> int:
        if op.kind is OperationKind.READ:
            return self.model.read(op.address)
        first, size = SIZES[op.strobe]
        self.model.write(op.address + first, op.data >> 8 * first & (1 << 8 * size) - 1, size)
        return 0

    def _act(self, slot: int, plan: FieldPlan, events: Sequence[HardwareAct]) -> None:
        """Hardware acts in a clock without an access to the register."""
        model, up, down = self.model, 0, 0
        for side, value in events:
            if side in ("incr", "decr"):
                up, down = (value, down) if side == "incr" else (up, value)
            elif side:
                model.hwset(f"{self.registers[slot].name}.{plan.field.name}", side == "hwset")
            else:
                model.drive(slot, plan, value)
        if up or down:
            model.count(slot, plan, up, down)


def hardware(f: Field, op: MatrixOp) -> list[HardwareAct]:
    """What an operation's inputs mean for a field, the strongest last."""
    events = []
    value, bit = op.next >> f.low, 1 << f.low
    if op.clear & bit and f.props.get("hwclr") is True:
        events.append(HardwareAct("hwclr", 1))
    if op.set & bit and f.props.get("hwset") is True:
        events.append(HardwareAct("hwset", 1))
    if f.hw in ("rw", "w") and "next" not in f.props:
        waits = f.props.get("we") is True or f.props.get("wel") is True
        if not waits or op.enable & bit:
            events.append(HardwareAct("", value & (1 << f.width) - 1))
    if f.props.get("counter"):
        for side, strobe in (("incr", op.set), ("decr", op.clear)):
            if strobe & bit and counts(f, side) and not f.props.get(side):
                width = f.props.get(f"{side}width")
                by = value & (1 << int(str(width))) - 1 if width else int(str(f.props.get(f"{side}value") or 1))
                events.append(HardwareAct(side, by))
    return events


def is_held(f: Field) -> bool:
    """Whether hardware drives the field all the time, not only when an input says so."""
    return f.hw in ("rw", "w") and not any(f.props.get(name) for name in ("we", "wel", "next"))


def is_wire(f: Field) -> bool:
    """Whether software reads what hardware drives, with no storage between them."""
    latching = ("intr", "sticky", "stickybit", "hwset", "hwclr", "counter")
    return is_held(f) and (f.sw, f.hw, f.onread) == ("r", "w", None) and not any(f.props.get(name) for name in latching)


def latches_level(f: Field) -> bool:
    """Whether an input that stays is latched again: at once in the model, one clock later in RTL."""
    return FieldPlan(f).level
