"""What must hold before a register may be touched. Everything that can be refused is refused before the first transaction."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, NamedTuple

from bedplate.block import Outlet
from bedplate.bus import WORD
from bedplate.converge.chip import Chip
from bedplate.errors import (
    AccessError,
    BedplateError,
    BusFault,
    CheckFailed,
    NeedsIntent,
    NotReadable,
    NotWritable,
    OutOfRange,
    UnderLoad,
    UnknownName,
)
from bedplate.reg import Effect, Field, Probe, Register, Value
from bedplate.reg.value import out_of_range, show
from bedplate.topology import Instance, Target


class Obstacle(NamedTuple):
    """Why an instance cannot be reached: in words, and what the culprit shows."""

    text: str
    culprit: str
    got: str
    is_absence: bool = False


class Reach:
    """Which instances can be reached, asked of the chip once each. An access to another one would hang a real fabric."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self._known: dict[str, Obstacle | None] = {}
        self._masks: dict[str, int] = {}

    def require(self, block: Instance) -> None:
        """Raise CheckFailed, naming the unmet need, unless the instance can be reached. Reads its providers only."""
        obstacle = self.obstacle(block)
        if obstacle is not None:
            raise self.refusal(block, obstacle)

    def refusal(self, block: Instance, obstacle: Obstacle) -> BedplateError:
        """The error for an instance that cannot be reached."""
        return CheckFailed(
            f"not reachable: {obstacle.text}",
            where=block.name,
            got=f"{obstacle.culprit} {obstacle.got}",
            cause="an access now would not be answered",
            next="" if obstacle.is_absence else "bedplate up; or, on a model, this command with --up",
        )

    def obstacle(self, block: Instance) -> Obstacle | None:
        """What stands in the way; None if nothing does."""
        if block.name not in self._known:
            self._known[block.name] = self._find(block)
        return self._known[block.name]

    def _find(self, block: Instance) -> Obstacle | None:
        if (gone := self._fused_off(block)) is not None:
            return gone
        for need in block.needs:
            if not need.kind.gates_access:
                continue
            provider = need.provider
            if (deeper := self.obstacle(provider)) is not None:
                return deeper if deeper.is_absence else deeper._replace(text=f"no {need}")
            state = provider.observe()
            if state is not provider.goal:
                return Obstacle(f"no {need}", provider.name, f"is {state.name}: {state.text}")
            if isinstance(need, Outlet) and not need.is_on():
                return Obstacle(f"no {need}", provider.name, f"has {need.port} off")
        return None

    def _fused_off(self, block: Instance) -> Obstacle | None:
        for harvest in self.chip.harvests:
            bits = [bit for bit, parts in enumerate(harvest.parts) if block in parts]
            fuses = harvest.fuses
            if not bits or self.obstacle(fuses) is not None or fuses.observe() is not fuses.goal:
                continue
            if fuses.name not in self._masks:
                self._masks[fuses.name] = harvest.read()
            mask = self._masks[fuses.name]
            if any(mask >> bit & 1 for bit in bits):
                return Obstacle(f"fused off, by {fuses.name}", fuses.name, f"holds mask 0x{mask:x}", True)
        return None


def parse_value(text: str, field: Field, where: str) -> int:
    """A value as people write it: 10, 0x1f, 0b101, true, or an enumeration's name. Raises OutOfRange and UnknownName."""
    members = field.enum.__members__ if field.enum is not None else {}
    words = {name.lower(): int(member) for name, member in members.items()} | {"true": 1, "false": 0}
    if text.lower() in words:
        value = words[text.lower()]
    else:
        try:
            value = int(text, 0)
        except ValueError:
            if members:
                raise UnknownName("value", text, members, where=where) from None
            raise AccessError(
                f"'{text}' is not a value", where=where, wanted="an integer such as 10, 0x1f or 0b101"
            ) from None
    if value >> field.width:
        raise out_of_range(where.rpartition(".")[0] if field.name != "value" else where, field, value)
    return value


def require_intent(register: Register, intent: bool) -> None:
    """Raise NeedsIntent for a write with a permanent effect that nobody said was meant."""
    if register.EFFECT is Effect.PERMANENT and not intent:
        hint = "if it is meant: bedplate reg set --intent ..."
        raise NeedsIntent("writing this register is permanent", where=register.path, next=hint)


def require_idle(chip: Chip, register: Register, force: bool) -> None:
    """Raise UnderLoad for a write that would disturb a running workload. Asks the chip, right before the write."""
    effect = register.EFFECT
    if effect is not Effect.NONE and not force and chip.tenant_active():
        raise UnderLoad(
            f"writing this register ({effect.value.replace('_', ' ')}) would disturb the running workload",
            where=register.path,
            wanted="no tenant active",
            got="tenant active",
            next="drain the workload, or force it: bedplate reg set --force ...",
        )


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


class Written(NamedTuple):
    """A write that was carried out, and what the register held afterwards, where looking is harmless."""

    target: Target
    order: Order
    now: Value | None


def read_values(chip: Chip, names: Sequence[str]) -> list[tuple[Target, Value]]:
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
    """Writes in their order, once all are known to answer. Raises CheckFailed, and UnderLoad unless forced."""
    targets = [chip.register(one.name) for one in orders]
    reach = Reach(chip)
    for target in targets:
        reach.require(target.block)
    done = []
    for one, target in zip(orders, targets, strict=True):
        require_idle(chip, target.register, force)
        one.carry_out(target.register)
        done.append(Written(target, one, look_again(target.register)))
    return done


def require_readable(target: Target, take: bool) -> None:
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


def order(target: Target, name: str, text: str) -> Order:
    """The write that gives a register or a field this value. Raises NotWritable, OutOfRange, UnknownName."""
    register, field = target.register, target.field
    if field is None:
        value = parse_value(text, Field("value", 0, register.WIDTH), register.path)
        if not hasattr(register, "write"):
            raise NotWritable("this register cannot be written", where=register.path, wanted=_legal(register))
        return Order(name, "write", None, value)
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


def path_of(target: Target) -> str:
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
