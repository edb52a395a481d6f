"""Registers that hold what we say, and what a driver's `observe` makes of them. No chip: `observe` is a function of what it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bedplate.block import State
from bedplate.bus import WORD
from bedplate.errors import NotWritable
from bedplate.reg import Field, Probe, Register, registers
from bedplate.reg.register import split
from bedplate.topology import Instance

Contents = Mapping[str, int]
"""What registers hold, by their names within the block; one that is not named holds zeros."""


class ReadPlace(NamedTuple):
    """A field that `observe` may read: its register's name, offset (bytes) and class, and the field."""

    register: str
    offset: int
    cls: type[Register]
    field: Field

    @property
    def name(self) -> str:
        """The register and the field, as the rows of a table name them."""
        return f"{self.register}.{self.field.name}"

    def value(self, contents: Contents) -> int:
        """What the field holds."""
        return self.field.extract(contents.get(self.register, 0))

    def put(self, contents: Contents, value: int) -> dict[str, int]:
        """The same contents, but for this field."""
        word = contents.get(self.register, 0) & ~self.field.mask | self.field.insert(value)
        return {**contents, self.register: word}


class ObserveAnswer(NamedTuple):
    """A state, and the registers that were read to find it."""

    state: State
    read: frozenset[str]


class Held:
    """A bus of words that can only be read; it notes which."""

    def __init__(self, words: Mapping[int, int]) -> None:
        self.words = words
        self.addresses: set[int] = set()

    def read(self, address: int, size: int = WORD) -> int:
        """A word, or its lanes."""
        word = address & -WORD
        self.addresses.add(word)
        return self.words.get(word, 0) >> 8 * (address - word) & (1 << 8 * size) - 1

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """Words at ascending addresses."""
        return [self.read(address + WORD * i) for i in range(count)]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        """Refused: to look is not to touch. Raises NotWritable."""
        raise NotWritable("observe wrote", where=f"0x{address:x}", wanted="reads only", got=f"a write of 0x{value:x}")


class ObserveJudge:
    """What one driver says of contents."""

    def __init__(self, block: Instance) -> None:
        self.driver, self.config, self.needs = type(block), block.config, block.needs
        self.regs = type(block.regs)
        self.places = [
            ReadPlace(name, offset, cls, field)
            for name, offset, cls in registers(self.regs)
            if cls.PROBE is Probe.SAFE
            for field in cls.Value.FIELDS
            if field.readable
        ]
        self._layout = {place.register: (place.offset, place.cls) for place in self.places}
        self._words: dict[int, set[str]] = {}
        for name, (offset, cls) in self._layout.items():
            for word in range(offset & -WORD, offset + cls.WIDTH // 8, WORD):
                self._words.setdefault(word, set()).add(name)

    def ask(self, contents: Contents) -> ObserveAnswer:
        """What `observe` answers. Raises whatever it raises."""
        words: dict[int, int] = {}
        for name, value in contents.items():
            offset, cls = self._layout[name]
            for at, byte in enumerate(_bytes(cls, value), offset):
                words[at & -WORD] = words.get(at & -WORD, 0) | byte << 8 * (at % WORD)
        bus = Held(words)
        state = self.driver(self.regs(bus, 0, "block"), self.config, *self.needs).observe()
        return ObserveAnswer(state, frozenset().union(*(self._words.get(at, ()) for at in bus.addresses)))


def _bytes(cls: type[Register], value: int) -> list[int]:
    unit = min(cls.ACCESS, cls.WIDTH, 32)
    parts = split(value, cls.WIDTH, unit, cls.BIG_ENDIAN)
    return [byte for part in parts for byte in part.to_bytes(unit // 8, "big" if cls.SWAPPED else "little")]
