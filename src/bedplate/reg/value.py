"""The value of a register: an immutable int with one property a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Self

from bedplate.bus import shown
from bedplate.errors import AccessError, OutOfRange, UnknownName
from bedplate.reg.field import Field


class Value(int):
    """What a register held when it was read. Generated subclasses add one property a field."""

    __slots__ = ()
    NAME: ClassVar[str] = "value"
    WIDTH: ClassVar[int] = 32
    FIELDS: ClassVar[tuple[Field, ...]] = ()
    _NAMED: ClassVar[Mapping[str, Field]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        cls._NAMED = MappingProxyType({field.name: field for field in cls.FIELDS})

    def __repr__(self) -> str:
        fields = " ".join(f"{f.name}={show(f, f.extract(self))}" for f in self.FIELDS if f.readable)
        return f"{self.NAME} {hexadecimal(self, self.WIDTH)}: {fields}"

    def replace(self, **fields: int) -> Self:
        """The same value with other values in the named fields. Raises UnknownName, OutOfRange, AccessError."""
        word = int(self)
        for name, value in fields.items():
            field = self._NAMED.get(name) or field_named(self.FIELDS, name, self.NAME)
            if not isinstance(value, int):
                raise no_number(self.NAME, field, value)
            if value >> field.width:
                raise out_of_range(self.NAME, field, value)
            word = word & ~field.mask | field.insert(int(value))
        return type(self)(word)


def field_named(fields: tuple[Field, ...], name: str, where: str) -> Field:
    """The field of that name; raises UnknownName with a did-you-mean."""
    for field in fields:
        if field.name == name:
            return field
    raise UnknownName("field", name, [field.name for field in fields], where=where)


def show(field: Field, raw: int) -> str:
    """A field's value for people: the enumeration's name, or a number (hexadecimal above 8 bits)."""
    if field.enum is not None:
        member = field.enum._value2member_map_.get(raw)
        if member is not None:
            return member.name
    return f"{raw:#x}" if field.width > 8 else str(raw)


def integer(text: str, base: int = 0) -> int:
    """The number that somebody wrote, in this base (0: with 0x, 0o or 0b, else decimal). Raises ValueError.

    In ASCII: digits of other scripts look like others, or like none. With `_` only between groups of four hexadecimal digits, as
    `hexadecimal` writes them: elsewhere it is a slip (1_0), and no ten.
    """
    if not text.isascii() or ("_" in text and not re.fullmatch(_GROUPS, text.strip())):
        raise ValueError(f"no number: {text!r}")
    return int(text, base)


_GROUPS = r"[+-]?0[xX][0-9a-fA-F]{1,4}(_[0-9a-fA-F]{4})+"


def hexadecimal(word: int, width: int) -> str:
    """A word for people: all its digits, in groups of four (0x0001_0040)."""
    digits = f"{word:0{(width + 3) // 4}x}"
    head = len(digits) % 4
    groups = ([digits[:head]] if head else []) + [digits[i : i + 4] for i in range(head, len(digits), 4)]
    return "0x" + "_".join(groups)


def out_of_range(where: str, field: Field, value: int) -> OutOfRange:
    """The error for a value that its field cannot hold."""
    return OutOfRange(
        f"value does not fit field '{field.name}'", where=f"{where}.{field.name}", wanted=_range(field), got=f"{value}"
    )


def no_number(where: str, field: Field, value: object) -> AccessError:
    """The error for what is given to a field, and is no number."""
    return AccessError(
        f"value of field '{field.name}' is no number",
        where=f"{where}.{field.name}",
        wanted=_range(field),
        got=f"{shown(value)}, a {type(value).__name__}",
    )


def _range(field: Field) -> str:
    top = (1 << field.width) - 1
    return f"0 to {top} (0x{top:x}, {field.width} bit{'s' if field.width > 1 else ''})"
