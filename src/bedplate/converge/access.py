"""What must hold before a register may be touched. Everything that can be refused is refused before the first transaction."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, NamedTuple

from bedplate.bus import WORD
from bedplate.converge.chip import Chip
from bedplate.errors import (
    AccessError,
    BusFault,
    NotReadable,
    NotWritable,
    OutOfRange,
    UnknownName,
)
from bedplate.reg import Effect, Field, Probe, Register, Value
from bedplate.reg.value import bits_of, integer, show
from bedplate.topology import NamedRegister, Reach, verdict


def parse_value(text: str, field: Field, where: str) -> int | float:
    """A value as people write it: 10, 0x1f, 0b101, true, -4 and 0.5 where the field has such, or an enumeration's name.

    Raises OutOfRange and UnknownName, AccessError for what is no value.
    """
    members = field.enum.__members__ if field.enum is not None else {}
    words = {name.lower(): int(member) for name, member in members.items()} | {"true": 1, "false": 0}
    value: int | float
    if text.lower() in words:
        value = words[text.lower()]
    else:
        try:
            value = integer(text) if field.fraction is None else _fixed_point(text)
        except ValueError:
            if members:
                raise UnknownName("value", text, members, where=where) from None
            raise AccessError(
                f"'{text}' is not a value", where=where, wanted="an integer such as 10, 0x1f or 0b101"
            ) from None
    bits_of(where.rpartition(".")[0] if field.name != "value" else where, field, value)
    return value


def _fixed_point(text: str) -> int | float:
    try:
        return integer(text)
    except ValueError:
        if not text.isascii() or "_" in text:
            raise
        return float(text)


def require_intent(register: Register, intent: bool) -> None:
    """Raise NeedsIntent for a write with a permanent effect that nobody said was meant."""
    permanent = register.EFFECT & Effect.PERMANENT
    refused = verdict(register.path, "writing this register", permanent, (), intended=intent)
    if refused is not None:
        refused.next = f"if it is meant: bedplate reg set --intent {register.path}=VALUE"
        raise refused


class Order(NamedTuple):
    """One write, checked as far as it can be without the chip."""

    name: str
    verb: str
    field: Field | None
    value: int | float

    def carry_out(self, register: Register) -> None:
        """Write. Raises OutOfRange before any transaction."""
        method: Any = getattr(register, self.verb)
        if self.field is not None:
            method(**{self.field.name: self.value})
        else:
            method(self.value)

    def __str__(self) -> str:
        if self.field is None:
            return f"{self.verb}({int(self.value):#x})"
        return f"{self.verb}({self.field.name}={show(self.field, self.field.bits(self.value))})"


class Written(NamedTuple):
    """A write that was carried out, and what the register held afterwards, where looking is harmless."""

    target: NamedRegister
    order: Order
    now: Value | None


def read_values(chip: Chip, names: Sequence[str]) -> list[tuple[NamedRegister, Value]]:
    """Registers by name, read once all are known to answer. Raises UnknownName, CheckFailed."""
    targets = [chip.register(name) for name in names]
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    return [(target, load(target.register)) for target in targets]


def assignment(chip: Chip, text: str, intent: bool = False) -> Order:
    """The write that `NAME=VALUE` asks for. Raises what is wrong with it; makes no transaction."""
    name, equals, value = text.partition("=")
    if not equals:
        raise AccessError(f"'{text}' assigns nothing", wanted="NAME=VALUE")
    target = chip.register(name)
    wanted = order(target, name, value)
    require_intent(target.register, intent)
    return wanted


def write_values(chip: Chip, orders: Sequence[Order], force: bool = False) -> list[Written]:
    """Writes in their order, once all are known to answer. Raises CheckFailed, and UnderLoad unless forced.

    Permanent ones are meant: `assignment` has asked.
    """
    targets = [chip.register(one.name) for one in orders]
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    done = []
    for one, target in zip(orders, targets, strict=True):
        with chip.allow(force=force, intent=True):
            one.carry_out(target.register)
        done.append(Written(target, one, look_again(target.register)))
    return done


def require_readable(target: NamedRegister, take: bool) -> None:
    """Raise NotReadable where a read is not possible, or has an effect that nobody said was meant."""
    register, field = target.register, target.field
    if hasattr(register, "read") or (hasattr(register, "take") and take):
        if field is None or field.readable:
            return
        raise NotReadable("this field cannot be read", where=path_of(target), got=f"sw={field.sw}")
    if hasattr(register, "take"):
        why = register.PROBE.value if register.PROBE is not Probe.SAFE else "changes fields"
        raise NotReadable(
            f"reading this register has an effect: it {why}",
            where=register.path,
            next=f"if it is meant: bedplate reg get --take {path_of(target)}",
        )
    raise NotReadable("this register cannot be read", where=register.path)


def order(target: NamedRegister, name: str, text: str) -> Order:
    """The write that gives a register or a field this value. Raises NotWritable, OutOfRange, UnknownName."""
    register, field = target.register, target.field
    if field is None:
        word = integer_of(text, register)
        if not hasattr(register, "write"):
            raise NotWritable("this register cannot be written", where=register.path, wanted=_legal(register))
        _require_writable(register, word)
        return Order(name, "write", None, word)
    value = parse_value(text, field, path_of(target))
    verb = verb_of(type(register), field.name)
    if not verb and not field.writable:
        raise NotWritable("this field cannot be written", where=path_of(target), got=f"sw={field.sw}")
    if not verb:
        raise NotWritable(
            "this field cannot be written without a side effect on its neighbours",
            where=path_of(target),
            wanted=_legal(register),
            next=f"write the whole register: bedplate reg set {register.path}=VALUE",
        )
    if verb in ("clear", "set", "toggle", "pulse") and not value:
        bits = "1" if field.width == 1 else f"which bits: 1 to {(1 << field.width) - 1:#x}"
        raise OutOfRange(f"nothing to {verb}", where=path_of(target), wanted=bits, got="0")
    return Order(name, verb, field, value)


def integer_of(text: str, register: Register) -> int:
    """The word for a whole register as people write it. Raises OutOfRange, AccessError."""
    return int(parse_value(text, Field("value", 0, register.WIDTH), register.path))


def _require_writable(register: Register, value: int) -> None:
    """Raise NotWritable for a value with bits in fields that software cannot write: the hardware would drop them without a word."""
    fields = register.Value.FIELDS
    dropped = [field for field in fields if not field.writable and value & field.mask]
    if dropped:
        rest = value & ~sum(field.mask for field in dropped)
        raise NotWritable(
            f"{', '.join(field.name for field in dropped)} cannot be written",
            where=register.path,
            wanted=f"bits of {', '.join(field.name for field in fields if field.writable)}",
            got=f"{value:#x}",
            next=f"what is left of it: bedplate reg set {register.path}={rest:#x}" if rest else "",
        )


def _legal(register: Register) -> str:
    return " or ".join(verbs_of(type(register))) or "no access at all"


def load(register: Register) -> Value:
    """Read, or take where reading has an effect."""
    method: Any = getattr(register, "read", None) or getattr(register, "take", None)
    value = method()
    assert isinstance(value, Value)
    return value


def look_again(register: Register) -> Value | None:
    """What the register holds after the write, where looking is harmless; the write may have put it out of reach."""
    if not hasattr(register, "read") or register.WIDTH > 8 * WORD:
        return None
    try:
        return load(register)
    except BusFault:
        return None


def path_of(target: NamedRegister) -> str:
    """The full name of a register or a field."""
    return f"{target.register.path}.{target.field.name}" if target.field is not None else target.register.path


VERBS = ("modify", "clear", "set", "toggle", "pulse")
"""The ways to write one field. The generator made those that are legal; which one, its signature says."""


def verb_of(register: type[Register], field: str) -> str:
    """The method that writes this one field and leaves the others as they are; empty where there is none."""
    for verb in VERBS:
        if field in _arguments(register, verb):
            return verb
    writable = [other for other in register.Value.FIELDS if other.writable]
    return "write" if [other.name for other in writable] == [field] and hasattr(register, "write") else ""


def verbs_of(register: type[Register]) -> list[str]:
    """Every access that the description makes legal."""
    return [verb for verb in ("read", "take", "write", *VERBS, "wait") if hasattr(register, verb)]


def _arguments(register: type[Register], verb: str) -> list[str]:
    method: Any = getattr(register, verb, None)
    return list(inspect.signature(method).parameters) if method is not None else []
