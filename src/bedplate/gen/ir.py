"""What the generator knows of a description once it is elaborated: plain frozen data, compared by content.

Names are already Python names here (see `names.py`), except `type_name`, which is the description's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bedplate.reg import Effect

PropValue = bool | int | str


@dataclass(frozen=True)
class Note:
    """Something that the reader of a description should know: what was renamed, or what the output does not express."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


@dataclass(frozen=True)
class EnumIR:
    """An `enum`: members as (name, value, documentation)."""

    type_name: str
    scope: tuple[str, ...]
    members: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class FieldIR:
    """A field; the words are SystemRDL's."""

    name: str
    low: int
    width: int
    sw: str
    hw: str
    reset: int | None
    onread: str | None
    onwrite: str | None
    singlepulse: bool
    enum: EnumIR | None
    msb0: bool
    effect: Effect
    signed: bool
    fraction: int | None
    unit: str
    scale: float
    props: tuple[tuple[str, PropValue], ...]
    doc: str

    def props_of(self, name: str) -> PropValue | None:
        """The value of a property; None where it is not given."""
        return dict(self.props).get(name)

    @property
    def mask(self) -> int:
        """The field's bits at their place in the register."""
        return (1 << self.width) - 1 << self.low

    @property
    def readable(self) -> bool:
        """Software can read it."""
        return self.sw in ("rw", "r", "rw1")

    @property
    def writable(self) -> bool:
        """Software can write it."""
        return self.sw in ("rw", "w", "rw1", "w1")


@dataclass(frozen=True)
class RegIR:
    """A register, with everything about it that does not depend on where it stands."""

    type_name: str
    scope: tuple[str, ...]
    """What it is declared in, from its address map inwards."""
    fields: tuple[FieldIR, ...]
    width: int
    access: int
    big_endian: bool
    swapped: bool
    """The bytes of each access stand in the other order."""
    probe: str
    effect: Effect
    """Its own; that of the fields stands there."""
    alias: str
    rsvdset: bool
    doc: str


@dataclass(frozen=True)
class MemIR:
    """A memory."""

    type_name: str
    scope: tuple[str, ...]
    """What it is declared in, from its address map inwards."""
    entries: int
    width: int
    stride: int
    big_endian: bool
    swapped: bool
    """The bytes of each access stand in the other order."""
    sw: str
    doc: str


@dataclass(frozen=True)
class ChildIR:
    """A member of a block at its place."""

    name: str
    offset: int
    what: RegIR | MemIR | BlockIR
    dims: tuple[int, ...] = ()
    stride: int = 0


@dataclass(frozen=True)
class BlockIR:
    """An address map, a register file, or a memory with virtual registers."""

    type_name: str
    scope: tuple[str, ...]
    """What it is declared in, from its address map inwards."""
    is_map: bool
    size: int
    children: tuple[ChildIR, ...]
    doc: str
    source: str = field(default="", compare=False)

    @cached_property
    def _hash(self) -> int:
        return hash((self.type_name, self.size, self.children))

    def __hash__(self) -> int:
        return self._hash
