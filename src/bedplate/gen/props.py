"""Field properties: whatever decides what software sees, under its SystemRDL name, where it is not the default."""

from __future__ import annotations

from collections.abc import Callable

from systemrdl.node import AddrmapNode, FieldNode, Node, SignalNode
from systemrdl.rdltypes import NoValue
from systemrdl.rdltypes.builtin_enums import BuiltinEnum, InterruptType
from systemrdl.rdltypes.references import PropertyReference
from systemrdl.rdltypes.user_enum import UserEnum

from bedplate.gen.ir import PropValue

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
NUMBERS = ("is_signed", "intwidth", "fracwidth")  # how to understand a value that handles show as raw bits
KNOWN_OF_FIELDS = ("rd_swacc", "wr_swacc", *NUMBERS)
KNOWN_OF_REGISTERS = ("buffer_reads", "buffer_writes", "rbuffer_trigger", "wbuffer_trigger")

# A register, register file or address map says these for all its fields.
INHERITED = ("donttest", "dontcompare")

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
