"""Which accesses a register's fields make legal, and which bits each of them writes. The RMW table of the tree lives here.

Writing one field of a register writes all of them. What the others get:

    plain (rw, rw1)                     the value read, so the register must be readable without an effect
    woset, woclr, wot, single pulse     0, which does nothing
    wzs, wzc, wzt                       1, which does nothing
    plain but unreadable (w, w1)        no safe value: the access does not exist
    wclr, wset, wuser                   any write has an effect: the access does not exist
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bedplate.gen.ir import FieldIR, RegIR
from bedplate.reg.effect import BY_ZERO
from bedplate.reg.parts import why_not_read, why_not_write


class WriteKind(Enum):
    """What writing a field does; the value is the name of the method that does it."""

    READ_ONLY = ""
    PLAIN = "modify"
    CLEAR = "clear"
    SET = "set"
    TOGGLE = "toggle"
    PULSE = "pulse"
    CLEAR_ALL = "clear all"
    SET_ALL = "set all"
    USER = "write"


BY_ONWRITE = {
    "woclr": WriteKind.CLEAR,
    "wzc": WriteKind.CLEAR,
    "woset": WriteKind.SET,
    "wzs": WriteKind.SET,
    "wot": WriteKind.TOGGLE,
    "wzt": WriteKind.TOGGLE,
    "wclr": WriteKind.CLEAR_ALL,
    "wset": WriteKind.SET_ALL,
    "wuser": WriteKind.USER,
}

ANY_WRITE = frozenset({WriteKind.CLEAR_ALL, WriteKind.SET_ALL, WriteKind.USER})
"""Every write has an effect, whatever its data."""

ALL_AT_ONCE = {WriteKind.CLEAR_ALL: "clear", WriteKind.SET_ALL: "set"}


def kind(field: FieldIR) -> WriteKind:
    """What writing the field does."""
    if not field.writable:
        return WriteKind.READ_ONLY
    if field.onwrite is None:
        return WriteKind.PULSE if field.singlepulse else WriteKind.PLAIN
    found = BY_ONWRITE[field.onwrite]
    # A field that falls back by itself after one cycle is pulsed, however it is raised.
    return WriteKind.PULSE if field.singlepulse and found in (WriteKind.SET, WriteKind.TOGGLE) else found


@dataclass(frozen=True)
class Action:
    """`clear`, `set`, `toggle` or `pulse`: the fields that it acts on (none: all of them at once, by any write)."""

    name: str
    fields: tuple[FieldIR, ...]
    keep: int | None
    """Bits written back as read; None: nothing has to be read."""
    idle: int
    """Bits that are written as 1 to do nothing."""


@dataclass(frozen=True)
class RegisterAccess:
    """Everything that software may do with a register."""

    readable: tuple[FieldIR, ...]
    reads: str
    """`read`, `take`, or nothing."""
    writable: tuple[FieldIR, ...]
    base: int
    """What `write` starts from: reset values, and for fields with effects what does nothing."""
    modifiable: tuple[FieldIR, ...]
    keep: int
    """`modify` writes these bits back as read."""
    idle: int
    """Bits that `modify` writes as 1 to do nothing."""
    actions: tuple[Action, ...]


WIDEST = 64
"""Bits of the widest access that any bus here has."""


def harm(register: RegIR, bus_width: int = WIDEST) -> tuple[str, str]:
    """Why it can not be read, and not be written, over a bus of so many bits; each empty where it can. See `reg/parts.py`."""
    promised = min(register.access, register.width)
    if bus_width >= promised:
        return "", ""
    return why_not_read(register.probe), why_not_write(register.fields, bus_width)


def access(register: RegIR, bus_width: int = WIDEST) -> RegisterAccess:
    """Derive the legal accesses of a register from its fields, and from what a bus of so many bits can do without harm."""
    no_read, no_write = harm(register, bus_width)
    kinds = {field: kind(field) for field in register.fields}
    readable = tuple(field for field in kinds if field.readable and not no_read)
    writable = tuple(field for field in kinds if field.writable and not no_write)
    plain = tuple(field for field in writable if kinds[field] is WriteKind.PLAIN)
    acting = tuple(field for field in writable if kinds[field] is not WriteKind.PLAIN)
    any_write = {kinds[field] for field in acting} & ANY_WRITE
    reads = "" if not readable else "read" if register.probe == "safe" else "take"

    keep = (1 << register.width) - 1 & ~mask_of(acting)
    idle = mask_of(field for field in acting if field.onwrite in BY_ZERO)
    # Plain fields get what was read, so that must be what they hold, and the reading must do nothing.
    plain_safe = not plain or (reads == "read" and all(field.readable for field in plain))

    actions: list[Action] = []
    if plain_safe:
        before = keep if plain else None
        if not any_write:
            for name in ("clear", "set", "toggle", "pulse"):
                if chosen := tuple(field for field in acting if kinds[field].value == name):
                    actions.append(Action(name, chosen, before, idle))
        elif len({kinds[field] for field in acting}) == 1 and not any_write & {WriteKind.USER}:
            actions.append(Action(ALL_AT_ONCE[next(iter(any_write))], (), before, idle))

    base = idle
    for field in plain:
        base = base & ~field.mask | placed(field, field.reset or 0)
    return RegisterAccess(
        readable=readable,
        reads=reads,
        writable=writable,
        base=base,
        modifiable=plain if plain_safe and not any_write else (),
        keep=keep,
        idle=idle,
        actions=tuple(actions),
    )


def mask_of(fields: Iterable[FieldIR]) -> int:
    """All bits of some fields."""
    word = 0
    for field in fields:
        word |= field.mask
    return word


def placed(field: FieldIR, value: int) -> int:
    """A field's value at its place in the register."""
    if field.msb0:
        value = int(f"{value:0{field.width}b}"[::-1], 2)
    return value << field.low
