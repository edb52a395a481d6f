"""The value of a register: an immutable int with one property a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Self

from bedplate.bus import shown
from bedplate.errors import AccessError, OutOfRange, UnknownName
from bedplate.reg.field import Field, fixed


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

    def replace(self, **fields: float) -> Self:
        """The same value with other values in the named fields. Raises UnknownName, OutOfRange, AccessError."""
        word = int(self)
        for name, value in fields.items():
            field = self._field(name, self.NAME)
            word = word & ~field.mask | field.insert(bits_of(self.NAME, field, value))
        return type(self)(word)

    @classmethod
    def _field(cls, name: str, where: str) -> Field:
        """The field of that name; raises UnknownName with a did-you-mean."""
        found = cls._NAMED.get(name)
        if found is None:
            raise UnknownName("field", name, [field.name for field in cls.FIELDS], where=where)
        return found


def show(field: Field, bits: int) -> str:
    """A field's value for people: the enumeration's name, or a number (hexadecimal above 8 bits), in its unit where that is said."""
    if field.enum is not None:
        member = field.enum._value2member_map_.get(bits)
        if member is not None:
            return member.name
    number = field.number(bits)
    is_plain = not field.signed and field.fraction is None
    text = (
        f"{bits:#x}"
        if is_plain and field.width > 8 and not field.unit
        else f"{number:g}"
        if isinstance(number, float)
        else str(number)
    )
    if field.scale != 1.0:
        return f"{text} ({number * field.scale:g}{' ' + field.unit if field.unit else ''})"
    return f"{text} {field.unit}" if field.unit else text


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


def out_of_range(where: str, field: Field, value: object) -> OutOfRange:
    """The error for a value that its field cannot hold."""
    return OutOfRange(
        f"value does not fit field '{field.name}'", where=f"{where}.{field.name}", wanted=_range(field), got=f"{value}"
    )


def bits_of(where: str, field: Field, value: object) -> int:
    """The bits of what was given for a field. Raises AccessError for what is no number, OutOfRange for one that does not fit."""
    try:
        return field.bits(value)  # type: ignore[arg-type]
    except TypeError:
        raise no_number(where, field, value) from None
    except OverflowError:
        raise out_of_range(where, field, value) from None


def no_number(where: str, field: Field, value: object) -> AccessError:
    """The error for what is given to a field, and is no number."""
    return AccessError(
        f"value of field '{field.name}' is no number",
        where=f"{where}.{field.name}",
        wanted=_range(field),
        got=f"{shown(value)}, a {type(value).__name__}",
    )


def _range(field: Field) -> str:
    least, top = -1 << field.width - 1 if field.signed else 0, (1 << field.width) - 1
    bits = f"{field.width} bit{'s' if field.width > 1 else ''}"
    if field.fraction is not None:
        first, last = fixed(least, field.fraction), fixed(least + top, field.fraction)
        return f"{first:.17g} to {last:.17g}, in steps of {fixed(1, field.fraction):g} ({bits})"
    return f"{least} to {least + top} ({bits})" if field.signed else f"0 to {top} (0x{top:x}, {bits})"
