"""Names: from a description's to Python's. A name that Python or a base class already uses gets a `_` behind it."""

from __future__ import annotations

import keyword
import re
from functools import cache

KEYWORDS = frozenset(keyword.kwlist)

# Attributes of int in any Python: values and members of enumerations are ints.
INT_MEMBERS = {
    *("as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes", "imag", "is_integer"),
    *("numerator", "real", "to_bytes"),
}

# Names in annotations of a class body: a member of that name would hide them there.
TYPES = {"bool", "float", "int", "property", "tuple", "LazyArray"}

# What a module imports.
BASES = (
    *("Child", "Effect", "Field", "LazyArray", "Memory", "Probe", "ReadableMemory", "ReadableRegister", "Register"),
    *("RegisterBlock", "Value", "WritableMemory", "decode", "decoder", "fixed", "reverse", "signed", "unfixed"),
)

FIELD_TAKEN = (
    KEYWORDS
    | INT_MEMBERS
    | TYPES
    | {
        *("replace", "NAME", "WIDTH", "FIELDS"),  # members of Value
        *(
            "self",
            "timeout",
            "reverse",
            "fixed",
            "signed",
            "unfixed",
            "isinstance",
            "TypeError",
            "Field",
            "Effect",
        ),  # what generated methods and class bodies say
    }
)
MEMBER_TAKEN = KEYWORDS | TYPES | {"base", "bus", "path", "dump", "CHILDREN", "SIZE", "IS_FILE", "Child"}
ENUM_TAKEN = KEYWORDS | INT_MEMBERS | {"name", "value", "mro"}
CLASS_TAKEN = KEYWORDS | TYPES | {*BASES, "IntEnum", "TYPE_CHECKING", "annotations"}


@cache
def python_name(name: str, taken: frozenset[str]) -> str:
    """The name as it is if it can be one of an attribute, otherwise the nearest that can."""
    bare = re.sub(r"\W", "_", name, flags=re.ASCII).lstrip("_")
    if not bare or bare[0].isdigit():
        bare = "x" + bare
    return bare if bare == name and name not in taken else bare + "_"


def unique(wanted: str, used: set[str]) -> str:
    """The wanted name with as many `_` behind it as it takes; remembered in `used`."""
    while wanted in used:
        wanted += "_"
    used.add(wanted)
    return wanted


def camel(name: str) -> str:
    """A class name: train_status and TRAIN_STATUS are TrainStatus, hbmPhy is HbmPhy."""
    parts = [part for part in re.split(r"\W|_", name, flags=re.ASCII) if part]
    text = "".join(part.capitalize() if part.isupper() else part[0].upper() + part[1:] for part in parts)
    return text if text and not text[0].isdigit() else "X" + text


def snake(name: str) -> str:
    """A module name: HbmPhy is hbm_phy."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return python_name(re.sub(r"\W", "_", text, flags=re.ASCII).lower(), KEYWORDS)
