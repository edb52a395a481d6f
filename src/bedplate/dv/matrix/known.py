"""Where the model kit and the RTL of PeakRDL-regblock differ, and why: data, looked up for every difference that is seen.

A difference is listed only if both hold exactly what `kit` and `regblock` foretell. One that no longer occurs is to be taken out of here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bedplate.dv.conformance.semantics import after_write
from bedplate.dv.matrix.bench import MatrixOp, OperationKind, fields
from bedplate.dv.matrix.play import hardware, is_held, latches_level
from bedplate.model.plan import FieldPlan
from bedplate.reg import Child, Field


class FieldCase(NamedTuple):
    """One field in one operation: what its register held before, what its input was before, and where the look is taken.

    `when` is `after` the clock of the access, or `settled` one clock later.
    """

    field: Field
    register: Child
    word: int
    op: MatrixOp
    was: int
    when: str

    @property
    def before(self) -> int:
        """The field's value before."""
        return self.word >> self.field.low & self.ones

    @property
    def ones(self) -> int:
        """All bits of the field."""
        return (1 << self.field.width) - 1

    @property
    def source(self) -> FieldCase:
        """The case of the counter whose overflow or underflow this field counts; of most fields, their own."""
        counted = str(self.field.props.get("incr") or "").partition("->")[0].rpartition(".")[2]
        return self._replace(field=next((f for f in fields(self.register) if f.name == counted), self.field))


class Known(NamedTuple):
    """A listed difference. `applies` says where it may occur; what both then hold is what `kit` and `regblock` say."""

    rule: str
    model: str
    regblock: str
    right: str
    """Which of them SystemRDL 2.0 means, and why."""
    issue: str
    """Where regblock's side of it is discussed, if anywhere."""
    applies: Callable[[FieldCase], bool]


class OneSided(NamedTuple):
    """What one side alone would make of the field, and which of its bits it acts on."""

    value: int
    bits: int


def software(case: FieldCase) -> OneSided | None:
    """Software's access; None where it is not about this field."""
    f, op, ones = case.field, case.op, case.ones
    if op.kind not in (OperationKind.READ, OperationKind.WRITE) or op.address != case.register.offset + f.low // 32 * 4:
        return None
    if op.kind is OperationKind.READ:
        return {"rclr": OneSided(0, ones), "rset": OneSided(ones, ones)}.get(f.onread or "")
    if not f.writable or any(
        f.props.get(n) is True and op.gate >> f.low & 1 != (n == "swwe") for n in ("swwe", "swwel")
    ):
        return None
    data = op.data >> f.low % 32 & ones
    lanes = sum(0xFF << 8 * byte for byte in range(4) if op.strobe >> byte & 1) >> f.low % 32 & ones
    match f.onwrite:
        case "wclr" | "wset":
            bits = lanes = ones
        case "woset" | "woclr" | "wot":
            bits = lanes & data
        case "wzs" | "wzc" | "wzt":
            bits = lanes & ~data
        case _:
            bits = lanes
    return OneSided(case.before & ~lanes | after_write(f, case.before, data) & lanes, bits)


def driven(case: FieldCase) -> OneSided | None:
    """Hardware, where it acts: the strongest of what it does, latched where the field latches."""
    events = [event for event in hardware(case.field, case.op) if event.side not in ("incr", "decr")]
    if not events:
        return None
    side, value = events[-1]
    if side:
        return OneSided(case.ones if side == "hwset" else 0, case.ones)
    plan, was = FieldPlan(case.field), case.was >> case.field.low & case.ones
    if not plan.sticky:
        return OneSided(value, case.ones)
    edges = {"posedge": value & ~was, "negedge": was & ~value, "bothedge": was ^ value, "level": value}
    latched = edges[plan.edge] if plan.sticky == "bit" or not case.before else 0
    return OneSided(case.before | latched, latched if plan.sticky == "bit" else case.ones) if latched else None


def count(case: FieldCase, value: int, at_once: bool) -> tuple[int, bool, bool]:
    """Up and down from a value: by the difference at once, or up and then down. And whether that overflowed, underflowed."""
    by = {side: amount for side, amount in hardware(case.field, case.op) if side in ("incr", "decr")}
    up, down = by.get("incr", 0), by.get("decr", 0)
    if at_once:
        up, down = max(up - down, 0), max(down - up, 0)
    over = under = False
    if up:
        top = _limit(case.field, "incrsaturate", case.ones)
        over = top is None and value + up > case.ones
        value = (value + up) & case.ones if top is None else min(value + up, top)
    if down:
        bottom = _limit(case.field, "decrsaturate", 0)
        under = bottom is None and value < down
        value = (value - down) & case.ones if bottom is None else max(value - down, bottom)
    return value, over, under


def _limit(f: Field, name: str, default: int) -> int | None:
    """Where a counter stops; None for one that wraps."""
    limit = f.props.get(name, False)
    return None if limit is False else default if limit is True else int(str(limit))


def kit(case: FieldCase) -> int:
    """What the field holds in the model: bit by bit who acts on it, or who has the precedence; counting on top."""
    source = case.source
    ours, theirs = software(source), driven(source)
    if ours is None or (source.op.kind is OperationKind.WRITE and not source.op.strobe):
        ours = OneSided(source.before, 0)
    value = ours.value
    if theirs is not None:
        wins = theirs.bits & (source.ones if source.field.props.get("precedence") == "hw" else ~ours.bits)
        value = value & ~wins | theirs.value & wins
    return _follow(case, *count(source, value, at_once=True))


def regblock(case: FieldCase) -> int:
    """What the field holds in RTL: who has the precedence gets all of it, the other one nothing; counting comes on top."""
    source = case.source
    acts = [act for act in (software(source), driven(source)) if act is not None]
    first = -1 if source.field.props.get("precedence") == "hw" and not always_first(source.field) else 0
    return _follow(case, *count(source, acts[first].value if acts else source.before, at_once=False))


def _follow(case: FieldCase, value: int, over: bool, under: bool) -> int:
    """What follows from the value of the case's source: its overflows counted, a level latched that is still there."""
    if case.source.field is not case.field:
        return case.before + (over if str(case.field.props["incr"]).endswith("->overflow") else under) & case.ones
    if case.when == "settled" and latches_level(case.field):
        again = driven(case._replace(word=value << case.field.low))
        return again.value if again is not None else value
    return value


def contends(case: FieldCase) -> bool:
    """Software's access and hardware meet in the field."""
    return software(case) is not None and driven(case) is not None


KNOWN = (
    Known(
        rule="a write without any byte enable",
        model="no access at all: no bus here makes one",
        regblock="wclr and wset act, and any writable field loses what hardware does in that clock if precedence is sw",
        right="the model: nothing was written",
        issue="",
        applies=lambda case: case.op.kind is OperationKind.WRITE and not case.op.strobe and software(case) is not None,
    ),
    Known(
        rule="hardware that always writes",
        model="with precedence hw, software's access has no effect",
        regblock="without we or wel, hardware's write comes last whatever the precedence: software's value is there for a clock",
        right="the model: 9.6.1 makes no exception. It is seen for one clock only",
        issue="",
        applies=lambda case: contends(case) and always_first(case.field),
    ),
    Known(
        rule="contention is decided for the field",
        model="bit by bit: the loser keeps the bits that the winner leaves alone",
        regblock="for the field as a whole, even if the winner changes nothing in it: a 0 written to a woclr field, with"
        " precedence sw, loses what hardware sets in that clock; an event, with precedence hw, loses the clearing of others",
        right="the model: 9.6.1 speaks of contention, and there is none about a bit that only one side acts on."
        " A description that must not lose events says precedence = hw",
        issue="regblock 213",
        applies=contends,
    ),
    Known(
        rule="a counter up and down in one clock",
        model="one step by the difference",
        regblock="up, then down: it may saturate, overflow and underflow on the way",
        right="both: SystemRDL does not say. The model is what counters elsewhere do",
        issue="",
        applies=lambda case: len(hardware(case.field, case.op)) == 2 and bool(case.field.props.get("counter")),
    ),
)


def always_first(f: Field) -> bool:
    """Whether hardware drives the field all the time, and has the precedence."""
    return f.props.get("precedence") == "hw" and is_held(f) and not FieldPlan(f).sticky


def listed(case: FieldCase, model: int, rtl: int) -> str:
    """The rule that explains what both hold, or nothing."""
    if (kit(case), regblock(case)) != (model, rtl):
        return ""
    return next((known.rule for known in KNOWN if known.applies(case.source)), "")
