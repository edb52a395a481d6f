"""`bedplate reg`: registers and fields by name. What can be refused is refused before the first transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from bedplate.bus import WORD
from bedplate.cli.access import Reach, parse_value, require_idle, require_intent
from bedplate.cli.complete import instance_names
from bedplate.cli.registers import fields_of, show_value, verb_of, verbs_of
from bedplate.cli.session import Facts, Session, pass_session, up_first
from bedplate.cli.text import bold
from bedplate.errors import AccessError, BusFault, NotReadable, NotWritable, OutOfRange
from bedplate.reg import Field, Probe, Register, Value
from bedplate.reg.value import hexadecimal, show
from bedplate.topology import Target


@click.group(short_help="Read and write registers by name.")
def reg() -> None:
    """Read and write registers and fields by name."""


@reg.command(short_help="Read registers or fields.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, shell_complete=instance_names)
@click.option("--take", is_flag=True, help="Also where reading has an effect (FIFO, semaphore, clear on read).")
@up_first
@pass_session
def get(session: Session, names: tuple[str, ...], take: bool, up: bool) -> None:
    """Read registers or fields, decoded.

    An instance without power, clock or reset release is not touched; the answer names what it lacks.
    """
    drawn = session.drawing()
    for name in names:
        _require_readable(drawn.register(name), take)
    chip = session.open(up)
    targets = [chip.register(name) for name in names]
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    values = [(target, _load(target.register)) for target in targets]

    def lines() -> Iterator[str]:
        for target, value in values:
            yield _line(target, value)

    found = [_facts(target, value) for target, value in values]
    session.answer("reg", {"ok": True, "target": session.target, "values": found}, lines())


class Order(NamedTuple):
    """One write, checked as far as it can be without the chip."""

    name: str
    verb: str
    field: Field | None
    value: int

    def carry_out(self, register: Register) -> None:
        """Write. Raises OutOfRange before any transaction."""
        method: Any = getattr(register, self.verb)
        if self.field is not None:
            method(**{self.field.name: self.value})
        else:
            method(self.value)

    def __str__(self) -> str:
        if self.field is None:
            return f"{self.verb}({self.value:#x})"
        return f"{self.verb}({self.field.name}={show(self.field, self.value)})"


@reg.command(name="set", short_help="Write registers or fields.")
@click.argument("assignments", metavar="NAME=VALUE...", nargs=-1, required=True, shell_complete=instance_names)
@click.option("--force", is_flag=True, help="Even if it disturbs a running workload.")
@click.option("--intent", is_flag=True, help="A permanent effect (fuses) is meant.")
@up_first
@pass_session
def assign(session: Session, assignments: tuple[str, ...], force: bool, intent: bool, up: bool) -> None:
    """Write registers or fields: 10, 0x1f, 0b101, true, false, or an enumeration's name.

    A whole register is written as it is. A field is changed by whichever access its kind makes legal, without touching its
    neighbours: modify, clear (for a bit that a 1 clears, VALUE says which bits), set, toggle or pulse. The answer says which.
    """
    drawn = session.drawing()
    orders = []
    for text in assignments:
        name, equals, value = text.partition("=")
        if not equals:
            raise AccessError(f"'{text}' assigns nothing", wanted="NAME=VALUE")
        target = drawn.register(name)
        orders.append(_order(target, name, value))
        require_intent(target.register, intent)
    chip = session.open(up)
    targets = [chip.register(order.name) for order in orders]
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    found: list[Facts] = []
    lines: list[str] = []
    for order, target in zip(orders, targets, strict=True):
        require_idle(chip, target.register, force)
        order.carry_out(target.register)
        now = _look_again(target.register)
        done = {"name": _path(target), "did": str(order), "verb": order.verb}
        found.append(done | ({"now": _facts(target._replace(field=None), now)} if now is not None else {}))
        seen = f"now {hexadecimal(now, now.WIDTH)} {show_value(now)}" if now is not None else "not read back"
        lines.append(f"{bold(target.register.path)}  {order}, {seen}")
    session.answer("reg", {"ok": True, "target": session.target, "writes": found}, lines)


def _require_readable(target: Target, take: bool) -> None:
    register, field = target.register, target.field
    if hasattr(register, "read") or (hasattr(register, "take") and take):
        if field is None or field.readable:
            return
        raise NotReadable("this field cannot be read", where=_path(target), got=f"sw={field.sw}")
    if hasattr(register, "take"):
        why = register.PROBE.value if register.PROBE is not Probe.SAFE else "changes fields"
        raise NotReadable(
            f"reading this register has an effect: it {why}",
            where=register.path,
            next=f"if it is meant: bedplate reg get --take {_path(target)}",
        )
    raise NotReadable("this register cannot be read", where=register.path)


def _order(target: Target, name: str, text: str) -> Order:
    register, field = target.register, target.field
    if field is None:
        value = parse_value(text, Field("value", 0, register.WIDTH), register.path)
        if not hasattr(register, "write"):
            raise NotWritable("this register cannot be written", where=register.path, wanted=_legal(register))
        return Order(name, "write", None, value)
    value = parse_value(text, field, _path(target))
    verb = verb_of(type(register), field.name)
    if not verb and not field.writable:
        raise NotWritable("this field cannot be written", where=_path(target), got=f"sw={field.sw}")
    if not verb:
        raise NotWritable(
            "this field cannot be written without a side effect on its neighbours",
            where=_path(target),
            wanted=_legal(register),
            next=f"write the whole register: bedplate reg set {register.path}=VALUE",
        )
    if verb in ("clear", "set", "toggle", "pulse") and not value:
        bits = "1" if field.width == 1 else f"which bits: 1 to {(1 << field.width) - 1:#x}"
        raise OutOfRange(f"nothing to {verb}", where=_path(target), wanted=bits, got="0")
    return Order(name, verb, field, value)


def _legal(register: Register) -> str:
    return " or ".join(verbs_of(type(register))) or "no access at all"


def _load(register: Register) -> Value:
    method: Any = getattr(register, "read", None) or getattr(register, "take", None)
    value = method()
    assert isinstance(value, Value)
    return value


def _look_again(register: Register) -> Value | None:
    """What the register holds after the write, where looking is harmless; the write may have put it out of reach."""
    if not hasattr(register, "read") or register.WIDTH > 8 * WORD:
        return None
    try:
        return _load(register)
    except BusFault:
        return None


def _path(target: Target) -> str:
    return f"{target.register.path}.{target.field.name}" if target.field is not None else target.register.path


def _line(target: Target, value: Value) -> str:
    field = target.field
    if field is None:
        return f"{bold(target.register.path)}  {hexadecimal(value, value.WIDTH)} {show_value(value)}"
    raw = field.extract(value)
    text = show(field, raw)
    return f"{bold(_path(target))}  {text}" + (f" ({raw})" if text != str(raw) else "")


def _facts(target: Target, value: Value) -> Facts:
    if target.field is None:
        facts: Facts = {"name": target.register.path, "address": target.register.address, "value": int(value)}
        return facts | {"text": hexadecimal(value, value.WIDTH), "fields": fields_of(value)}
    raw = target.field.extract(value)
    return {"name": _path(target), "address": target.register.address, "value": raw, "text": show(target.field, raw)}
