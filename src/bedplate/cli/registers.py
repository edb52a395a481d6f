"""Registers in words: what a value says field by field, and what may be done with a register."""

from __future__ import annotations

import inspect
from typing import Any

from bedplate.cli.text import dim, paint
from bedplate.reg import Field, Register, Value
from bedplate.reg.value import show

VERBS = ("modify", "clear", "set", "toggle", "pulse")
"""The ways to write one field. The generator made those that are legal; which one, its signature says."""


def differs(value: Value, field: Field | None = None) -> bool:
    """Whether a value (or one field of it) is another one than after reset, as far as the description says."""
    fields = (field,) if field is not None else value.FIELDS
    return any(f.readable and f.reset is not None and f.extract(value) != f.reset for f in fields)


def fields_of(value: Value) -> dict[str, dict[str, object]]:
    """Every readable field with its number, and its name where it is an enumeration's."""
    found: dict[str, dict[str, object]] = {}
    for field in value.FIELDS:
        if field.readable:
            raw = field.extract(value)
            found[field.name] = {"value": raw} | ({"name": show(field, raw)} if field.enum is not None else {})
    return found


def show_value(value: Value) -> str:
    """The fields for people; those that differ from reset stand out."""
    parts = []
    for field in value.FIELDS:
        if field.readable:
            text = f"{field.name}={show(field, field.extract(value))}"
            parts.append(paint(text, "on its way") if differs(value, field) else dim(text))
    return " ".join(parts)


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


def access_of(field: Field) -> str:
    """A field's access kinds in SystemRDL's words."""
    words = [field.sw, field.onread, field.onwrite, "singlepulse" if field.singlepulse else None]
    return " ".join(word for word in words if word)


def doc_of(thing: object) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
