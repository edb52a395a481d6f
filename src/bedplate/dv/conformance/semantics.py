"""What a write does to a field that only software changes, by SystemRDL 2.0, tables 8 and 9. And which fields those are."""

from __future__ import annotations

from bedplate.reg import Field, Register

HARDWARE_WRITES = (
    "hwset",
    "hwclr",
    "we",
    "wel",
    "next",
    "counter",
    "intr",
    "incr",
    "decr",
)
"""Properties by which hardware changes a field that it may otherwise only read."""


def is_stable(field: Field) -> bool:
    """Whether only software changes the field (and a reset)."""
    return field.hw in ("r", "na") and not any(field.props.get(name) for name in HARDWARE_WRITES)


def is_ordinary(field: Field) -> bool:
    """Whether a write of any value can be foretold: no pulse, no write-once, nothing left to the user, no lock."""
    return not field.singlepulse and field.sw in ("rw", "w") and field.onwrite != "wuser" and field.onread is None


def is_sticky(field: Field) -> bool:
    """Whether hardware sets the field and software clears it, bit by bit."""
    return field.onwrite in ("woclr", "wzc") and field.readable and not is_stable(field)


def is_lock(field: Field) -> bool:
    """Whether the field is a write-once lock: written by clearing, so bashing it would change what others may do."""
    return field.onwrite in ("wzc", "woclr") and field.reset not in (0, None) and is_stable(field)


def locked_by(cls: type[Register], lock: str) -> list[Field]:
    """The fields of a register that are writable only while a field of the sibling register `lock` allows it."""
    name = lock.partition("[")[0]
    return [
        field
        for field in cls.Value.FIELDS
        if any(str(field.props.get(key, "")).split(".")[0].partition("[")[0] == name for key in ("swwe", "swwel"))
    ]


def after_write(field: Field, old: int, data: int) -> int:
    """The field's value after software wrote `data` over `old` (both as the field's own bits)."""
    ones = (1 << field.width) - 1
    match field.onwrite:
        case "woset":
            return old | data
        case "woclr":
            return old & ~data
        case "wot":
            return old ^ data
        case "wzs":
            return old | (~data & ones)
        case "wzc":
            return old & data
        case "wzt":
            return old ^ (~data & ones)
        case "wclr":
            return 0
        case "wset":
            return ones
        case _:
            return data


def stable_mask(cls: type[Register]) -> int:
    """The bits of a register that only software changes and software can read, without those marked `dontcompare`."""
    return sum(field.mask & ~uncompared(field) for field in cls.Value.FIELDS if is_stable(field) and field.readable)


def uncompared(field: Field) -> int:
    """The bits that `dontcompare` takes out of comparisons: true for the whole field, or a mask of its bits."""
    mark = field.props.get("dontcompare", False)
    return field.mask if mark is True else int(mark) << field.low & field.mask if isinstance(mark, int) else 0


def untested(cls: type[Register]) -> bool:
    """Whether the description says `donttest` of any of its fields."""
    return any(field.props.get("donttest") for field in cls.Value.FIELDS)


def expected(cls: type[Register], old: int, data: int, mask: int) -> int:
    """The bits of a mask after a write of `data` to a register of a class; bits that cannot be foretold keep `old`."""
    word = old
    for field in cls.Value.FIELDS:
        if is_stable(field) and is_ordinary(field):
            before, written = old >> field.low & (1 << field.width) - 1, data >> field.low & (1 << field.width) - 1
            word = word & ~field.mask | after_write(field, before, written) << field.low
    return word & mask
