"""Operations made by generated handles: `modify`, `clear`, `set`, `toggle`, `pulse` on two fields that share a register.

The handles play on the model; what they do on the bus becomes the operations that RTL has to answer alike. Here it is checked
that one call is one write of the one register, with a read before it only where a plain field has to be written back, and
that it does to its field what its name says and to the neighbour nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product

from bedplate.bus import WORD, MemoryBus
from bedplate.dv.matrix.bench import MatrixOp, OperationKind, fields
from bedplate.errors import CheckFailed
from bedplate.model import RegisterModel
from bedplate.reg import Child, Field, Register, RegisterBlock

TURNS = 3
"""How often each method is tried on each field."""

FULL = 0xF
"""All byte enables."""

EFFECTS: dict[str, Callable[[int, int], int]] = {
    "modify": lambda old, data: data,
    "clear": lambda old, data: old & ~data,
    "set": lambda old, data: old | data,
    "toggle": lambda old, data: old ^ data,
    "pulse": lambda old, data: 0,
}
"""What a method makes of its field."""

WHOLE = {"clear": ("wclr", 0), "set": ("wset", -1)}
"""Methods that take no data: any write clears or sets all of the field."""


class OperationTape(MemoryBus):
    """A bus with a register model on it that remembers what was done: as operations about one register."""

    def __init__(self, registers: RegisterModel) -> None:
        super().__init__(WORD)
        self.registers = registers
        self.slot = 0
        self.told: list[MatrixOp] = []

    def read(self, address: int, size: int = WORD) -> int:
        self.told.append(MatrixOp(self.slot, OperationKind.READ, address, 0, (1 << size) - 1))
        return self.registers.read(address, size)

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self.told.append(MatrixOp(self.slot, OperationKind.WRITE, address, int(value), (1 << size) - 1))
        self.registers.write(address, int(value), size)


def handles(block: type[RegisterBlock], seed: int) -> Iterator[MatrixOp]:
    """Every method of every register, each from a few states. Raises CheckFailed."""
    tape = OperationTape(RegisterModel(block))
    for slot, child in enumerate(block.CHILDREN):
        chance = random.Random(f"{seed} {slot}")
        tape.slot, tape.told = slot, [MatrixOp(slot, OperationKind.RESET)]
        tape.registers.reset(power=True)
        register: Register = getattr(block(tape), child.name)
        for method in EFFECTS:
            call = getattr(register, method, None)
            if call is None:
                continue
            takes = call.__func__.__kwdefaults__ or {}
            for f, _ in product(fields(child), range(TURNS)):
                tape.write(child.offset, chance.getrandbits(32))  # some state
                if f.name in takes:
                    _try(tape, child, f, call, chance.randrange(1, 1 << f.width))
                elif not takes and f.onwrite == WHOLE[method][0]:
                    _try(tape, child, f, call, None)
        tape.read(child.offset)
        yield from tape.told


def _try(tape: OperationTape, child: Child, f: Field, call: Callable[..., None], data: int | None) -> None:
    """Call a method for one field, and look at the bus and at both fields."""
    where, method = f"{child.name}.{f.name}", call.__name__
    before, first = tape.registers.words[tape.slot], len(tape.told)
    call() if data is None else call(**{f.name: data})
    after, done = tape.registers.words[tape.slot], tape.told[first:]
    keeps = method == "modify" or any(is_plain(other) for other in fields(child))
    wanted = [(OperationKind.READ, child.offset, FULL)] * keeps + [(OperationKind.WRITE, child.offset, FULL)]
    got = [(op.kind, op.address, op.strobe) for op in done]
    if got != wanted:
        raise CheckFailed(f"{method} is more than one access", where=where, wanted=str(wanted), got=str(got))
    for other in fields(child):
        old, now = before >> other.low & (1 << other.width) - 1, after >> other.low & (1 << other.width) - 1
        if data is None and other.onwrite == f.onwrite:
            right = WHOLE[method][1] & (1 << other.width) - 1
        elif other is f and data is not None:
            right = EFFECTS[method](old, data)
        else:
            right = old
        pulse = done[-1].data & other.mask if other.singlepulse and other is not f else 0
        if now != right or pulse:
            raise CheckFailed(
                f"{method} of {f.name} left {other.name} wrong", where=where, wanted=f"0x{right:x}", got=f"0x{now:x}"
            )


def is_plain(f: Field) -> bool:
    """Whether a write stores what is written, so that the field's value has to be written back to keep it."""
    return f.writable and f.onwrite is None and not f.singlepulse
