"""Registers in words: what a value says field by field, and what may be done with a register."""

from __future__ import annotations

import inspect

from bedplate.cli.text import dim, paint
from bedplate.reg import Field, Value
from bedplate.reg.value import show


def differs(value: Value, field: Field | None = None) -> bool:
    """Whether a value (or one field of it) is another one than after reset, as far as the description says."""
    fields = (field,) if field is not None else value.FIELDS
    return any(f.readable and f.reset is not None and f.extract(value) != f.reset for f in fields)


def show_value(value: Value) -> str:
    """The fields for people; those that differ from reset stand out."""
    parts = []
    for field in value.FIELDS:
        if field.readable:
            text = f"{field.name}={show(field, field.extract(value))}"
            parts.append(paint(text, "on its way") if differs(value, field) else dim(text))
    return " ".join(parts)


def access_of(field: Field) -> str:
    """A field's access kinds in SystemRDL's words."""
    words = [field.sw, field.onread, field.onwrite, "singlepulse" if field.singlepulse else None]
    return " ".join(word for word in words if word)


def doc_of(thing: object) -> str:
    """The first paragraph of a docstring, in one line. That of a class is its own: its base says what any such class is."""
    said = vars(thing).get("__doc__") if isinstance(thing, type) else inspect.getdoc(thing)
    return " ".join(inspect.cleandoc(said or "").split("\n\n")[0].split())
