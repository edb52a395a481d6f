"""The digest of a configuration: left on the chip, it tells the next controller whether what runs there is what is wanted."""

from __future__ import annotations

import zlib
from enum import Enum
from math import isfinite

from bedplate.errors import ConfigError


def digest_of(configuration: object) -> int:
    """32 bits of the values of a configuration, whatever its fields and classes are called: numbers, words, None, and tuples of these.

    Raises ConfigError for anything else, whose values nobody could name.
    """
    return zlib.crc32(_canonical(configuration).encode("utf-8", "surrogatepass"))


def _canonical(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, Enum):
        return _canonical(value.value)
    if isinstance(value, int):
        return f"{int(value):x}"
    if isinstance(value, float) and isfinite(value):
        return value.hex()
    if isinstance(value, str):
        return f"{len(value)}:{value}"
    if isinstance(value, tuple):
        return f"({','.join(map(_canonical, value))})"
    raise ConfigError(
        "a configuration holds what has no digest",
        wanted="numbers, words, None, and tuples of these",
        got=f"{value!r} ({type(value).__name__})",
    )
