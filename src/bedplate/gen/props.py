"""Field properties: whatever decides what software sees, under its SystemRDL name, where it is not the default."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, nan
from typing import NamedTuple

from systemrdl.node import AddrmapNode, FieldNode, Node, SignalNode
from systemrdl.rdltypes import NoValue
from systemrdl.rdltypes.builtin_enums import BuiltinEnum, InterruptType
from systemrdl.rdltypes.references import PropertyReference
from systemrdl.rdltypes.user_enum import UserEnum

from bedplate.gen import tree
from bedplate.gen.compile import error_at
from bedplate.gen.ir import PropValue
from bedplate.reg import signed

# Expressed elsewhere (`FieldIR` itself, documentation), or without a meaning for software (RTL paths).
NOT_PROPS = {
    "name",
    "desc",
    "sw",
    "hw",
    "reset",
    "onread",
    "onwrite",
    "rclr",
    "rset",
    "woclr",
    "woset",
    "singlepulse",
} | {
    "encode",
    "fieldwidth",
    "ispresent",
    "intr type",
    "hdl_path_slice",
    "hdl_path_gate_slice",
}

# Aliases in the language itself: the compiler always sets both, one of them says it all.
TWICE = frozenset({"saturate", "threshold"})

# User-defined properties of the open tools that decide what software sees.
KNOWN_OF_FIELDS = ("rd_swacc", "wr_swacc")
KNOWN_OF_REGISTERS = ("buffer_reads", "buffer_writes", "rbuffer_trigger", "wbuffer_trigger")

# A register, register file or address map says these for all its fields.
INHERITED = ("donttest", "dontcompare")

# What number the bits of a field are: the first three as peakrdl-regblock declares them, unit and scale as `bedplate.rdl` does.
OF_NUMBERS = ("is_signed", "intwidth", "fracwidth", "unit", "scale")

Spell = Callable[[Node], str]


def field_props(
    field: FieldNode, native: list[str], user: list[str], spell: Spell
) -> tuple[tuple[str, PropValue], ...]:
    """The properties of a field, sorted by name. `spell` writes a reference to another component as a path."""
    found: dict[str, PropValue] = {}
    for name in native:
        if name not in NOT_PROPS and name not in TWICE:
            _put(found, name, field.get_property(name), spell)
    for name in KNOWN_OF_FIELDS:
        if name in user:
            _put(found, name, field.get_property(name), spell)
    if found.get("intr"):
        found["intr"] = (field.get_property("intr type") or InterruptType.level).name
        if not found.get("sticky"):  # the one property whose default depends on another: always said
            found["stickybit"] = bool(field.get_property("stickybit"))
    if found.get("counter"):
        if field.is_up_counter:
            _put(found, "incrvalue", field.get_property("incrvalue"), spell)
        if field.is_down_counter:
            _put(found, "decrvalue", field.get_property("decrvalue"), spell)
    if found.get("precedence") == "sw":
        del found["precedence"]
    if not isinstance(reset := field.get_property("reset"), int | None):
        _put(found, "reset", reset, spell)
    return tuple(sorted(found.items()))


class Number(NamedTuple):
    """What number the bits of a field are; the words are those of `reg.Field`."""

    signed: bool
    fraction: int | None
    unit: str
    scale: float


def number(field: FieldNode, user: list[str]) -> Number:
    """What a field says of it. Raises RdlError for what contradicts itself."""
    said = {name: field.get_property(name) for name in OF_NUMBERS if name in user}
    is_signed = bool(said.get("is_signed"))
    whole, fraction = (_integer(said.get(name)) for name in ("intwidth", "fracwidth"))
    if whole is not None and fraction is not None and whole + fraction != field.width:
        text = f"intwidth {whole} and fracwidth {fraction} of '{field.inst_name}' are not its {field.width} bits"
        raise error_at(tree.source_of(field, "fracwidth"), text)
    if whole is not None:
        fraction = field.width - whole
    if (is_signed or fraction is not None) and field.get_property("encode"):
        name = next(name for name in OF_NUMBERS if name in said)
        raise error_at(tree.source_of(field, name), f"'{field.inst_name}' has an enumeration, and is no number")
    unit, scale = said.get("unit", ""), said.get("scale", "1")
    try:
        factor = float(scale)
    except (TypeError, ValueError):
        factor = nan
    if not isfinite(factor) or factor == 0:
        raise error_at(tree.source_of(field, "scale"), f'scale is {scale!r}, wanted a number such as "0.0625"')
    if not isinstance(unit, str) or not unit.isprintable():
        raise error_at(tree.source_of(field, "unit"), f'unit is {unit!r}, wanted a word such as "mV"')
    return Number(is_signed, fraction, unit, factor)


def _integer(said: object) -> int | None:
    """A property of integers that may be negative: the language's own have 64 bits and no sign."""
    return signed(said, 64) if isinstance(said, int) else None


def register_props(register: Node, user: list[str], spell: Spell) -> dict[str, PropValue]:
    """What a register says for all its fields: buffering (user-defined), and what its surroundings say for all of them."""
    found: dict[str, PropValue] = {}
    for name in KNOWN_OF_REGISTERS:
        if name in user:
            _put(found, name, register.get_property(name), spell)
    around: Node | None = register
    while around is not None:
        for name in INHERITED:
            if name not in found and around.get_property(name, default=False):
                found[name] = True
        around = None if isinstance(around, AddrmapNode) else around.parent
    return found


def _put(found: dict[str, PropValue], name: str, value: object, spell: Spell) -> None:
    if value is None or value is False:
        return
    if value is NoValue:  # said without a value, and the property's declaration has no default
        found[name] = True
    elif isinstance(value, bool | int | str):
        found[name] = value
    elif isinstance(value, BuiltinEnum | UserEnum):
        found[name] = value.name
    elif isinstance(value, PropertyReference):
        found[name] = f"{spell(value.node)}->{value.name}"
    elif isinstance(value, SignalNode):
        found[name] = f"signal:{value.inst_name}"
    elif isinstance(value, Node):
        found[name] = spell(value)
    else:
        found[name] = str(value)
