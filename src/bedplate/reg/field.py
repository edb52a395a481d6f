"""Fields: where their bits lie, and what an access to them does. The words are SystemRDL's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum, Flag, IntEnum, auto
from operator import index
from types import MappingProxyType
from typing import NamedTuple, SupportsIndex, TypeVar


class Probe(Enum):
    """What a read of a register does to the chip (user-defined property `probe`)."""

    SAFE = "safe"
    CONSUMES = "consumes"
    ACQUIRES = "acquires"
    CLEARS = "clears"
    DOUBTFUL = "doubtful"


class Effect(Flag):
    """What a write of a register or field, or a step of a driver, does to the world (user-defined property `effect`).

    A set: none of them makes up for another, so each gate asks for those that it guards (`Effect.PERMANENT in effect`).
    """

    NONE = 0
    STOPS_TRAFFIC = auto()
    LOSES_DATA = auto()
    DESTROYS_EVIDENCE = auto()
    PERMANENT = auto()
    OPENS_SECURITY = auto()
    ELECTRICAL = auto()

    @property
    def names(self) -> str:
        """As a description says it, in the order of declaration: "loses_data, permanent"; "none" for the empty set."""
        return ", ".join(str(one.name).lower() for one in self) or "none"

    @property
    def words(self) -> str:
        """The same for people: "loses data, permanent"."""
        return self.names.replace("_", " ")


NO_PROPS: Mapping[str, object] = MappingProxyType({})


class Field(NamedTuple):
    """One field of a register, as SystemRDL says it.

    `low` and `width` place it; `msb0` says that its bits are numbered from the other end. `sw` and `hw` are rw, r, w, rw1,
    w1 or na; `reset` is None where the description gives none. `effect` is what a write to this field does. `signed` and `fraction`
    say what number its bits are: two's complement, and how many of them stand behind the binary point (less than 0: that many zeros
    before it). That number times `scale` is in `unit` (degC, mV). `props` holds whatever else decides what software sees, under its SystemRDL name: hwset, hwclr, we, wel, swwe, swwel, intr, stickybit, enable, mask, counter properties and so
    on. A property that refers to another component holds a path relative to the register's own parent: `intr_en.lock`,
    `../global_en.on`, `post[2].div->swmod`; a reference to a signal is `signal:name`. In an array of registers, `intr[].lock`
    is a field of the very element that refers to it.
    """

    name: str
    low: int
    width: int
    sw: str = "rw"
    hw: str = "r"
    reset: int | None = 0
    onread: str | None = None
    onwrite: str | None = None
    singlepulse: bool = False
    enum: type[IntEnum] | None = None
    msb0: bool = False
    effect: Effect = Effect.NONE
    signed: bool = False
    fraction: int | None = None
    unit: str = ""
    scale: float = 1.0
    props: Mapping[str, object] = NO_PROPS

    @property
    def mask(self) -> int:
        """The field's bits, in the register's place."""
        return ((1 << self.width) - 1) << self.low

    @property
    def readable(self) -> bool:
        """Whether software can read it (SystemRDL `sw`)."""
        return self.sw in ("rw", "r", "rw1")

    @property
    def writable(self) -> bool:
        """Whether software can write it (SystemRDL `sw`): always, or the once that `w1` and `rw1` have."""
        return self.sw in ("rw", "w", "rw1", "w1")

    def extract(self, word: int) -> int:
        """The field's bits in a register's value, as they are."""
        value = word >> self.low & (1 << self.width) - 1
        return reverse(value, self.width) if self.msb0 else value

    def insert(self, value: int) -> int:
        """A field's bits at their place in the register. They must fit."""
        return (reverse(value, self.width) if self.msb0 else value) << self.low

    def number(self, bits: int) -> int | float:
        """The number that its bits are."""
        whole = signed(bits, self.width) if self.signed else bits
        return whole if self.fraction is None else fixed(whole, self.fraction)

    def bits(self, number: SupportsIndex | float) -> int:
        """The bits of a number, the nearest where it is a fixed-point one. Raises TypeError for no number, OverflowError for one
        that does not fit."""
        whole = unfixed(number, self.fraction) if self.fraction is not None else index(number)  # type: ignore[arg-type]
        least = -1 << self.width - 1 if self.signed else 0
        if not 0 <= whole - least < 1 << self.width:
            raise OverflowError
        return whole & (1 << self.width) - 1


def signed(bits: int, width: int) -> int:
    """The number that `width` bits are in two's complement."""
    return bits - (bits >> width - 1 << width)


def fixed(whole: int, fraction: int) -> float:
    """The fixed-point number of which `whole` are the bits, `fraction` of them behind the binary point. Exact up to 53 bits."""
    return math.ldexp(whole, -fraction)


def unfixed(number: float, fraction: int) -> int:
    """The nearest bits of a fixed-point number; halfway between two, the even ones. Raises TypeError for what is no number."""
    try:
        return round(number * (1 << fraction) if fraction >= 0 else number / (1 << -fraction))
    except (ValueError, OverflowError):  # neither nan nor infinity is one
        raise TypeError from None


def reverse(value: int, width: int) -> int:
    """The `width` bits of a value in opposite order, for fields numbered msb0."""
    return int(f"{value:0{width}b}"[::-1], 2)


E = TypeVar("E", bound=IntEnum)


def decoder(enum: type[E], width: int) -> tuple[E, ...]:
    """Every encoding of a field of `width` bits, as a tuple to index: the members of `enum`, and stand-ins for the holes."""
    return tuple(decode(enum, raw) for raw in range(1 << width))


def decode(enum: type[E], raw: int) -> E:
    """The member of `enum` with that encoding; for a hole a stand-in named UNDEFINED_n, which equals no member.

    So reading is total: what the hardware says is shown as it is, neither an exception nor a wrong name.
    """
    member = enum._value2member_map_.get(raw)
    if member is None:
        stand_in = int.__new__(enum, raw)
        stand_in._name_ = f"UNDEFINED_{raw}"
        stand_in._value_ = raw
        return stand_in
    assert isinstance(member, enum)
    return member
