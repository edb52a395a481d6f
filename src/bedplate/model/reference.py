"""References between components: what the text in a field's property points at (SystemRDL 2.0, 5.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import RdlError

if TYPE_CHECKING:
    from bedplate.model.plan import Block, FieldPlan

STROBES = ("swmod", "swacc", "rd_swacc", "wr_swacc", "overflow", "underflow")
LEVELS = ("anded", "ored", "xored", "intr", "halt", "incrthreshold", "threshold", "decrthreshold")


class Reference(NamedTuple):
    """A field, an output of a field or register, or a signal. Exactly one of `slot` (storage) and `signal` is meaningful."""

    slot: int
    field: FieldPlan | None
    output: str
    signal: str

    @property
    def strobe(self) -> bool:
        """True for an event of one clock, false for something that has a value all the time."""
        return self.output in STROBES

    def sources(self) -> tuple[int | str, ...]:
        """What can change the value: a storage slot or a signal."""
        return (self.signal,) if self.signal else (self.slot,)

    @classmethod
    def of(cls, path: str, slot: int, block: Block) -> Reference:
        """A path relative to the parent of the register in that slot. Raises RdlError for one that leads nowhere."""
        if path.startswith("signal:"):
            return cls(-1, None, "", path)
        target, _, output = path.partition("->")
        scope = block.names[slot].rpartition(".")[0]
        while target.startswith("../"):
            target, outer = target[3:], scope.rpartition(".")[0]
            if not scope:
                return cls(-1, None, "", f"signal:{path}")  # outside this block: an input, driven by the behaviour
            scope = outer
        name = f"{scope}.{target}" if scope else target
        known = not output or output in STROBES or output in LEVELS
        if output in ("intr", "halt") and name in block.slots:
            return cls(block.store[block.slots[name]], None, output, "")
        register, _, field = name.rpartition(".")
        if known and register in block.slots:
            place = block.slots[register]
            if field in block.plans[place].fields:
                return cls(block.store[place], block.plans[place].fields[field], output, "")
        raise RdlError(f"reference '{path}' leads nowhere", where=block.names[slot], wanted="a field, output or signal")
