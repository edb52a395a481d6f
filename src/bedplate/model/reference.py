"""References between components: what the text in a field's property points at (SystemRDL 2.0, 5.1.4).

Besides a field's value and its outputs (`->intr`, `->overflow`, `->swmod`) a property may refer to another property:

    ->enable, mask, haltenable, haltmask, hwenable, hwmask, next, reset, incrvalue, decrvalue     what was assigned to it
    ->hwset, hwclr, we, wel, swwe, swwel, incr, decr          what was assigned to it; where it is just true, an input
                                                              of the block: the signal `<register>.<field>.<property>`
    ->we of a field with `wel`, and so on                     the opposite of the other one
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from bedplate.errors import RdlError
from bedplate.model.plan import PULSE, BlockPlan, FieldPlan

STROBES = ("swmod", "swacc", "rd_swacc", "wr_swacc", "overflow", "underflow", PULSE)
LEVELS = (
    *("anded", "ored", "xored", "intr", "halt", "incrthreshold", "threshold", "decrthreshold"),
    *("incrsaturate", "saturate", "decrsaturate"),
)
ASSIGNED = (
    *("enable", "mask", "haltenable", "haltmask", "hwenable", "hwmask"),
    *("next", "reset", "resetsignal", "incrvalue", "decrvalue"),
)
INPUTS = ("hwset", "hwclr", "we", "wel", "swwe", "swwel", "incr", "decr")
OPPOSITE = {"we": "wel", "wel": "we", "swwe": "swwel", "swwel": "swwe"}
CONSTANT = "constant"

OWN = "signal:./"
"""An input of the very register that says it, by the name `<field>.<property>`: `swwe` without a reference."""

DEEPEST = 32
"""Longer chains of properties that refer to properties go in circles."""


class PropertyReference(NamedTuple):
    """A field, an output of a field or register, a signal, or a number (output `constant`, its value in `slot`).

    Of `slot` (storage) and `signal` only one is meaningful.
    """

    slot: int
    field: FieldPlan | None
    output: str
    signal: str
    inverse: bool = False

    @property
    def strobe(self) -> bool:
        """True for an event of one clock, false for something that has a value all the time."""
        return self.output in STROBES

    def sources(self) -> tuple[int | str, ...]:
        """What can change the value: a storage slot or a signal."""
        if self.output == CONSTANT:
            return ()
        return (self.signal,) if self.signal else (self.slot,)

    @classmethod
    def of(cls, path: str, slot: int, block: BlockPlan, depth: int = 0) -> PropertyReference:
        """A path relative to the parent of the register in that slot. Raises RdlError for one that leads nowhere."""
        if path.startswith(OWN):
            return cls(-1, None, "", f"signal:{block.names[slot]}.{path[len(OWN) :]}")
        if path.startswith("signal:"):
            return cls(-1, None, "", path)
        target, _, output = path.partition("->")
        scope = block.names[slot].rpartition(".")[0]
        while target.startswith("../"):
            target, outer = target[3:], scope.rpartition(".")[0]
            if not scope:
                return cls(-1, None, "", f"signal:{path}")  # outside this block: an input, driven by the behaviour
            scope = outer
        name = named(f"{scope}.{target}" if scope else target, block.names[slot], block.slots)
        if output in ("intr", "halt") and name in block.slots:
            return cls(block.store[block.slots[name]], None, output, "")
        register, _, field = name.rpartition(".")
        if register in block.slots:
            place = block.slots[register]
            plan = block.plans[place].fields.get(field)
            found = plan and cls._output(plan, output, place, block, depth)
            if found:
                return found
        raise RdlError(f"reference '{path}' leads nowhere", where=block.names[slot], wanted="a field, output or signal")

    @classmethod
    def _output(
        cls, plan: FieldPlan, output: str, place: int, block: BlockPlan, depth: int
    ) -> PropertyReference | None:
        """A field's value (no output), one of its outputs, or what one of its properties refers to."""
        if depth > DEEPEST:
            raise RdlError(
                "properties refer to each other in a circle", where=f"{block.names[place]}.{plan.field.name}"
            )
        if not output and plan.field.singlepulse and plan.field.writable:
            output = PULSE
        if not output or output in LEVELS or output in STROBES:
            return cls(block.store[place], plan, output, "")
        value = plan.props.get(output)
        if output == "reset" and value is None:
            value = plan.field.reset
        if isinstance(value, str):
            return cls.of(value, place, block, depth + 1)
        if output in ASSIGNED and value is not None:
            return cls(int(value) if isinstance(value, int) else 0, None, CONSTANT, "")
        if output in INPUTS:
            other = OPPOSITE.get(output, "")
            if not value and plan.props.get(other):
                reference = cls._output(plan, other, place, block, depth + 1)
                return reference and reference._replace(inverse=not reference.inverse)
            if value or output in ("incr", "decr"):
                return cls(-1, None, "", implied(block.names[block.store[place]], plan, output))
        return None


def implied(register: str, field: FieldPlan, name: str) -> str:
    """The input signal that a property without a reference stands for."""
    return f"signal:{register}.{field.field.name}.{name}"


def named(path: str, own: str, slots: Mapping[str, int]) -> str:
    """A path as registers are called here: `x[]` is the element that refers to it, maps count without brackets (die0)."""
    last = own.rpartition(".")[2]
    path = path.replace("[]", last[last.index("[") :] if "[" in last else "[]")
    segments = path.split(".")
    ways = [(part, _map_name(part)) if "[" in part else (part,) for part in segments]
    for way in product(*ways):
        name = ".".join(way)
        if name in slots or name.rpartition(".")[0] in slots:
            return name
    return path


def _map_name(part: str) -> str:
    """An element of an array of address maps: die[0][1] is called die0_1."""
    name, _, index = part.partition("[")
    return name + index.replace("][", "_").rstrip("]")
