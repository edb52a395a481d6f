"""The operations that the register matrix plays: every combination that can meet in one clock cycle, from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product

from bedplate.dv.matrix.bench import MatrixOp, OperationKind, fields
from bedplate.dv.matrix.handles import handles
from bedplate.dv.matrix.rdl import STRIDE
from bedplate.reg import RegisterBlock

ONES = (1 << 64) - 1
WORD = (1 << 32) - 1

STROBES = (0x1, 0x2, 0x4, 0x8, 0x3, 0xC)

SOFTWARE = ("nothing", "read", "full", "zeros", "ones", "part", "part", "none")
"""What software does: `full` and `part` write random data with all byte enables or some, `none` without any."""

INPUTS = ("idle", "set", "clear", "write", "set clear", "write set", "write clear")
"""What hardware does in that clock, or in the clock of each field."""

BEFORE = ("zero", "ones", "random")


def accesses(block: type[RegisterBlock], seed: int) -> Iterator[MatrixOp]:
    """Software and hardware at once on single registers: from every state, with every input, locked and not."""
    for slot, register in enumerate(block.CHILDREN):
        locks = any(f.props.get(name) for f in fields(register) for name in ("swwe", "swwel"))
        driven = any(f.hw in ("rw", "w") or f.props.get("hwset") for f in fields(register))
        chance = random.Random(f"{seed} {slot}")
        yield MatrixOp(slot, OperationKind.RESET)
        for before, inputs, software, gate in product(BEFORE, INPUTS, SOFTWARE, (0, ONES) if locks else (0,)):
            value = {"zero": 0, "ones": ONES}.get(before, chance.getrandbits(64))
            if driven:
                yield MatrixOp(slot, OperationKind.NOTHING, next=value, enable=ONES, set=value, clear=~value & ONES)
            elif before != "random":  # there is no other way to a known state
                yield MatrixOp(slot, OperationKind.RESET)
            yield _access(slot, software, chance)._replace(
                next=chance.getrandbits(64),
                enable=ONES if "write" in inputs else 0,
                set=ONES if "set" in inputs else 0,
                clear=ONES if "clear" in inputs else 0,
                gate=gate,
            )


def counting(block: type[RegisterBlock], seed: int) -> Iterator[MatrixOp]:
    """Counters: up and down by driven amounts, near their limits, in the clock of software's accesses and without."""
    for slot in range(len(block.CHILDREN)):
        chance = random.Random(f"{seed} {slot}")
        yield MatrixOp(slot, OperationKind.RESET)
        for turn in range(250):
            if turn % 8 == 0:  # near a limit
                near = chance.choice((0, 3, 9, 20, 100, 150, 200, 255)) + chance.randrange(-3, 4)
                yield MatrixOp(slot, OperationKind.WRITE, slot * STRIDE, near % 256, 0xF)
            ways = chance.choice(((0, 0), (1, 0), (1, 0), (0, 1), (0, 1), (1, 1)))
            yield _access(slot, chance.choice(("nothing", "nothing", "nothing", *SOFTWARE)), chance)._replace(
                next=chance.getrandbits(64), set=ways[0] * ONES, clear=ways[1] * ONES
            )


def interrupting(block: type[RegisterBlock], seed: int) -> Iterator[MatrixOp]:
    """Interrupt inputs that rise, stay and fall, in the clock of software's accesses and without."""
    for slot in range(len(block.CHILDREN)):
        chance = random.Random(f"{seed} {slot}")
        yield MatrixOp(slot, OperationKind.RESET)
        level = 0
        for _ in range(250):
            if chance.randrange(2):
                level = chance.choice((0, ONES, chance.getrandbits(64), level ^ 1 << chance.randrange(4, 8)))
            software = chance.choice(("nothing", "nothing", "read", "read", *SOFTWARE))
            yield _access(slot, software, chance)._replace(next=level, enable=ONES * chance.randrange(2))


def _access(slot: int, software: str, chance: random.Random) -> MatrixOp:
    address = slot * STRIDE + (4 if software != "nothing" and chance.randrange(4) == 0 else 0)
    if software == "nothing":
        return MatrixOp(slot, OperationKind.NOTHING)
    if software == "read":
        return MatrixOp(slot, OperationKind.READ, address)
    data = {"zeros": 0, "ones": WORD}.get(software, chance.getrandbits(32))
    strobe = {"part": chance.choice(STROBES), "none": 0}.get(software, 0xF)
    return MatrixOp(slot, OperationKind.WRITE, address, data, strobe)


PROGRAMS: dict[str, Callable[[type[RegisterBlock], int], Iterator[MatrixOp]]] = {
    "access": accesses,
    "counters": counting,
    "interrupts": interrupting,
    "neighbours": handles,
}
"""By name: the operations on a block, from a seed."""
