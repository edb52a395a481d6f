"""What the acts of a folder do: played on a bench in any world, and watched on the model, to see what none of them does.

An *effect* is what an access may do besides storing a value: a hook of the behaviour that is called, a violation that is raised,
a field that software clears, pulses or is refused, a field that hardware drives. Those that a type has are worked out from its
description and from its model's source.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bedplate.bus import ms
from bedplate.dv.testbed.base import Testbed
from bedplate.model import DeclaredAct, Model
from bedplate.model.plan import FieldPlan, block_plan
from bedplate.reg import Field

SETTLES = ms(1)
"""How long an act's consequences may take before somebody looks (ns)."""

INDEX = re.compile(r"\[\d+\]")

BY_HARDWARE = ("hwset", "hwclr", "we", "wel", "counter", "intr")
"""Properties by which hardware changes a field that it may otherwise only read."""


class ActOutcome(NamedTuple):
    """What an act leaves behind: what it returned, how many violations it raised, every word that may be read without effect."""

    told: object
    violations: int
    registers: dict[str, int]


def play(bed: Testbed, act: DeclaredAct) -> ActOutcome:
    """An act on an instance at power-on, and what it leaves behind."""
    told = act.run(bed)
    bed.sleep(SETTLES)
    return ActOutcome(told, len(bed.violations()), bed.registers())


def effects_of(model: type[Model]) -> Iterator[str]:
    """All that accesses to an instance may do besides storing values."""
    yield from map("violation: {}".format, violations_of(model))
    plan = block_plan(model.regs)
    for when in ("before_read", "after_read", "after_write", "after_pulse"):
        for slot, hooks in getattr(model._hooks, when).items():
            yield from (_called(hook.method, plan.names[slot], when) for hook in hooks)
    for slot, register in enumerate(plan.plans):
        if plan.store[slot] == slot:
            for name, field in register.fields.items():
                yield from (f"{_plain(plan.names[slot])}.{name}: {effect}" for effect in _effects(field))


def violations_of(model: type[Model]) -> list[str]:
    """The texts of `self.violation(...)` in the source of a model; what is filled in later is `*`."""
    found = []
    for base in model.__mro__:
        if base is Model or not issubclass(base, Model):
            continue
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(base)))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "violation":
                found.append(_text(node.args[0]))
    return found


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    return str(ast.literal_eval(node))


def _effects(field: FieldPlan) -> Iterator[str]:
    described: Field = field.field
    if described.onwrite or described.onread:
        yield "changed by software"
    if described.singlepulse:
        yield "pulsed"
    if described.props.get("swwe") or described.props.get("swwel"):
        yield "refused"
    if field.writable or any(described.props.get(name) for name in BY_HARDWARE):
        yield "driven by hardware"


def _called(method: str, register: str, when: str) -> str:
    return f"{method}() {when} of {_plain(register)}"


def _plain(name: str) -> str:
    return INDEX.sub("", name)


class WatchedModel:
    """Watches a model from here on: `seen` is all that accesses to it did besides storing values."""

    def __init__(self, model: Model) -> None:
        self.seen: set[str] = set()
        self._model, self._registers = model, model.registers
        self._plan = block_plan(model.regs)
        self._by = "hardware"
        registers: Any = model.registers
        registers._fast_read, registers._fast_write = {}, {}
        registers.words = _Words(registers.words, self._stored)
        for name in ("_commit", "reset"):
            setattr(registers, name, self._as("software" if name == "_commit" else "reset", getattr(registers, name)))
        self._write, registers._write = registers._write, self._written
        self._call, model._call = model._call, self._called  # type: ignore[method-assign]
        self._violations = {pattern: _matcher(pattern) for pattern in violations_of(type(model))}

    def violations(self) -> set[str]:
        """The violations that were raised, as they stand in the source."""
        texts = [violation.text for violation in self._model.violations]
        return {f"violation: {name}" for name, match in self._violations.items() if any(map(match, texts))}

    def _as(self, who: str, method: Callable[..., object]) -> Callable[..., object]:
        def does(*args: Any, **kwargs: Any) -> object:
            before, self._by = self._by, who
            try:
                return method(*args, **kwargs)
            finally:
                self._by = before

        return does

    def _stored(self, slot: int, old: int, new: int) -> None:
        for name, field in self._plan.plans[slot].fields.items():
            if (old ^ new) & field.mask and self._by != "reset":
                self.seen.add(f"{_plain(self._plan.names[slot])}.{name}: {_VERBS[self._by]}")

    def _written(self, piece: Any, data: int) -> None:
        slot = piece.slot
        plan, at = self._plan.plans[slot], self._plan.store[slot]
        closed = self._registers._closed(plan, at) if plan.gates else 0
        for name, field in plan.fields.items():
            place = f"{_plain(self._plan.names[slot])}.{name}"
            if (data ^ self._registers.words[at]) & piece.lanes & closed & field.mask:
                self.seen.add(f"{place}: refused")
            if field.field.singlepulse and data & piece.lanes & ~closed & field.mask:
                self.seen.add(f"{place}: pulsed")
        self._write(piece, data)

    def _called(self, hook: Any, slot: int, old: int, data: int, lanes: int) -> None:
        when = next(
            when
            for when in ("before_read", "after_read", "after_write", "after_pulse")
            if any(one is hook for one in getattr(self._model._hooks, when).get(slot, ()))
        )
        self.seen.add(_called(hook.method, self._plan.names[slot], when))
        self._call(hook, slot, old, data, lanes)


_VERBS = {"software": "changed by software", "hardware": "driven by hardware"}


class _Words(list[int]):
    """The words of a register model, which tell when one of them changes."""

    def __init__(self, words: list[int], tell: Callable[[int, int, int], None]) -> None:
        super().__init__(words)
        self._tell = tell

    def __setitem__(self, slot: Any, word: Any) -> None:
        old = self[slot]
        super().__setitem__(slot, word)
        if old != word:
            self._tell(slot, old, word)


def _matcher(pattern: str) -> Callable[[str], object]:
    return re.compile(".*".join(map(re.escape, pattern.split("*")))).fullmatch
