"""Register blocks: named registers, register files, memories and further blocks at their offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar, overload

from bedplate.bus import WORD, Bus
from bedplate.reg.field import Probe
from bedplate.reg.register import Memory, Register, join
from bedplate.reg.value import Value

T = TypeVar("T")

LAZY_ABOVE = 1024
"""Arrays longer than this make their elements when asked, so that a description with a million registers still opens."""


class Child(NamedTuple):
    """One member of a block: its name, byte offset, class, and for an array its dimensions and stride (bytes)."""

    name: str
    offset: int
    cls: type[Register] | type[Memory] | type[RegisterBlock]
    dims: tuple[int, ...] = ()
    stride: int = 0

    def places(self) -> Iterator[tuple[str, int]]:
        """Name and byte offset of every element (one for a plain member)."""
        count = 1
        for dim in self.dims:
            count *= dim
        for flat in range(count):
            yield element_name(self, flat), self.offset + flat * self.stride


class RegisterBlock:
    """A handle of an address map or a register file. Members are attributes; they cannot be assigned to."""

    __slots__ = ("base", "bus", "path")
    CHILDREN: ClassVar[tuple[Child, ...]] = ()
    SIZE: ClassVar[int] = 0
    """Bytes from the base to the end of the last member."""
    IS_FILE: ClassVar[bool] = False
    """A register file: part of its block. Its array elements are written name[i]; those of address maps namei (die0)."""

    _MEMBERS: ClassVar[Mapping[str, Child]] = {}
    _PLAIN: ClassVar[tuple[tuple[str, int, type], ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._MEMBERS = {child.name: child for child in cls.CHILDREN}
        cls._PLAIN = tuple((child.name, child.offset, child.cls) for child in cls.CHILDREN if not child.dims)

    def __init__(self, bus: Bus, base: int = 0, path: str = "") -> None:
        put = object.__setattr__
        put(self, "bus", bus)
        put(self, "base", base)
        put(self, "path", path)

    if not TYPE_CHECKING:  # to a type checker the members are the annotations of the generated class, and nothing else

        def __getattr__(self, name: str) -> object:
            """Members are made when first asked for, an array by itself, all others together: opening a chip costs nothing."""
            cls = type(self)
            child = cls._MEMBERS.get(name)
            if child is None:
                raise AttributeError(f"{cls.__name__} has no member '{name}'", name=name, obj=self)
            put, bus, base = object.__setattr__, self.bus, self.base
            dot = self.path + "." if self.path else ""
            if child.dims:
                put(self, name, _array(child, bus, base, dot))
            else:
                for other, offset, kind in cls._PLAIN:
                    put(self, other, kind(bus, base + offset, dot + other))
            return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"{self.path or type(self).__name__}.{name} cannot be assigned to; "
            f"write the register: .{name}.write(...) or .{name}.modify(...)"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path or '(root)'} at 0x{self.base:08x}, {len(self.CHILDREN)} members>"

    def dump(self) -> Dump:
        """All registers that are safe to read, by bursts over neighbours of whole words: one transaction a contiguous run.

        Narrower ones, and wider ones that must not be torn, are read each as it is. What is left out, and why, stands in `left_out`.
        """
        cls, read, base = type(self), self.bus.read_block, self.base
        runs, _, alone, _ = _layout(cls)
        words = [kind(self.bus, base + offset, name)._load() for name, offset, kind in alone] if alone else ()
        if len(runs) == 1:
            return Dump(cls, (read(base + runs[0][0], runs[0][1]),), words)
        return Dump(cls, [read(base + offset, count) for offset, count in runs], words)

    bus: Bus
    base: int
    path: str


def _array(child: Child, bus: Bus, base: int, dot: str) -> Sequence[object]:
    _, offset, cls, dims, stride = child
    if len(dims) == 1 and dims[0] <= LAZY_ABOVE:  # nearly every array, and most of what a chip's map consists of
        first, name = base + offset, dot + child.name
        if issubclass(cls, RegisterBlock) and not cls.IS_FILE:
            return tuple([cls(bus, first + i * stride, f"{name}{i}") for i in range(dims[0])])
        return tuple([cls(bus, first + i * stride, f"{name}[{i}]") for i in range(dims[0])])

    def make(flat: int) -> object:
        return cls(bus, base + offset + flat * stride, dot + element_name(child, flat))

    def level(dims: tuple[int, ...], first: int) -> Sequence[object]:
        size = 1
        for dim in dims[1:]:
            size *= dim
        build: Callable[[int], object] = make if len(dims) == 1 else (lambda flat: level(dims[1:], flat))
        if dims[0] > LAZY_ABOVE:
            return LazyArray(lambda i: build(first + i * size), dims[0])
        return tuple(build(first + i * size) for i in range(dims[0]))

    return level(dims, 0)


def normal(name: str) -> str:
    """A name of elements of arrays of address maps as they bear it: die[0].pll is die0.pll."""
    return re.sub(r"\[(\d+)\]", r"\1", name)


def element_name(child: Child, flat: int) -> str:
    """The name of one array element, such as scratch[3] of a register array or die0 of an array of address maps."""
    if not child.dims:
        return child.name
    indexes: list[int] = []
    for dim in reversed(child.dims):
        flat, index = divmod(flat, dim)
        indexes.insert(0, index)
    if issubclass(child.cls, RegisterBlock) and not child.cls.IS_FILE:
        return child.name + "_".join(map(str, indexes))
    return child.name + "".join(f"[{index}]" for index in indexes)


class LazyArray(Sequence[T]):
    """A long array whose elements are made when asked for. It keeps none of them."""

    __slots__ = ("_length", "_make")

    def __init__(self, make: Callable[[int], T], length: int) -> None:
        self._make = make
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self._make(i) for i in range(*index.indices(self._length)))
        return self._make(range(self._length)[index])


# Dumps: where every safe register lies in which burst, worked out once a class.


class Place(NamedTuple):
    """Where a register's words lie in a dump: which run, and where in it; of one that was read alone, which of those."""

    cls: type[Register]
    run: int
    first: int
    words: int


ALONE = -1
"""Stands for the run of what was read alone."""


class Layout(NamedTuple):
    """The bursts of a dump (byte offset and word count), where in them each register lies, who is read alone (name, byte offset),
    and who is left out, with the reason."""

    runs: tuple[tuple[int, int], ...]
    places: Mapping[str, Place]
    alone: tuple[tuple[str, int, type[Register]], ...]
    left_out: Mapping[str, str]


class Dump(Mapping[str, Value]):
    """What the registers of a block held that are safe to read: a mapping from name (`post[2].div`) to value, decoded when asked."""

    __slots__ = ("_block", "alone", "runs")

    def __init__(self, block: type[RegisterBlock], runs: Sequence[Sequence[int]], alone: Sequence[int] = ()) -> None:
        self._block = block
        self.runs = runs
        self.alone = alone

    @property
    def left_out(self) -> Mapping[str, str]:
        """The registers that were not read, and why."""
        return _layout(self._block).left_out

    def __getitem__(self, name: str) -> Value:
        cls, run, first, count = _layout(self._block).places[name]
        if run == ALONE:
            return cls.Value(self.alone[first])
        return cls.Value(join(self.runs[run][first : first + count], 32, cls.BIG_ENDIAN))

    def __iter__(self) -> Iterator[str]:
        return iter(_layout(self._block).places)

    def __len__(self) -> int:
        return len(_layout(self._block).places)

    def __repr__(self) -> str:
        return "\n".join(repr(value) for value in self.values())


def registers(block: type[RegisterBlock], base: int = 0, prefix: str = "") -> Iterator[tuple[str, int, type[Register]]]:
    """Every register of a block with its name and byte offset, register files and inner maps included, in address order."""
    for child in sorted(block.CHILDREN, key=lambda child: child.offset):
        for name, offset in child.places():
            if issubclass(child.cls, Register):
                yield prefix + name, base + offset, child.cls
            elif issubclass(child.cls, RegisterBlock):
                yield from registers(child.cls, base + offset, f"{prefix}{name}.")


_LAYOUTS: dict[type[RegisterBlock], Layout] = {}


def _layout(block: type[RegisterBlock]) -> Layout:
    layout = _LAYOUTS.get(block)
    if layout is None:
        layout = _LAYOUTS[block] = _plan_bursts(block)
    return layout


def _plan_bursts(block: type[RegisterBlock]) -> Layout:
    """Bursts over words that only registers of whole words occupy which are safe to read; the other safe ones are read alone."""
    everything = list(registers(block))
    left_out = {name: why for name, _, cls in everything if (why := _why_not(cls))}
    acting: set[int] = set()  # bytes whose read does something, whoever else shows them
    for _, offset, cls in everything:
        if cls.PROBE is not Probe.SAFE:
            acting.update(range(offset, offset + cls.WIDTH // 8))
    safe: dict[str, tuple[int, type[Register]]] = {}
    for name, offset, cls in everything:
        if name not in left_out and acting.isdisjoint(range(offset, offset + cls.WIDTH // 8)):
            safe[name] = offset, cls
        else:
            left_out.setdefault(name, "reading it reads another register, which has an effect")
    taken = {byte // WORD for byte in acting}
    whole = {
        name: range(offset // WORD, (offset + cls.WIDTH // 8) // WORD)
        for name, (offset, cls) in safe.items()
        if not offset % WORD and cls.WIDTH % 32 == 0 and cls.ACCESS == 32 and not (cls._RUNS or cls.SWAPPED)
    }
    whole = {name: words for name, words in whole.items() if taken.isdisjoint(words)}
    runs: list[tuple[int, int]] = []
    index: dict[int, tuple[int, int]] = {}
    for word in sorted({word for words in whole.values() for word in words}):
        if runs and runs[-1][0] // WORD + runs[-1][1] == word:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((word * WORD, 1))
        index[word] = (len(runs) - 1, runs[-1][1] - 1)
    places: dict[str, Place] = {}
    alone: list[tuple[str, int, type[Register]]] = []
    for name, (offset, cls) in safe.items():
        if name in whole:
            places[name] = Place(cls, *index[offset // WORD], cls.WIDTH // 32)
        else:
            places[name] = Place(cls, ALONE, len(alone), 1)
            alone.append((name, offset, cls))
    return Layout(tuple(runs), places, tuple(alone), left_out)


def _why_not(cls: type[Register]) -> str:
    """Why a register is not read to look at it; empty for one that is."""
    if not any(field.readable for field in cls.Value.FIELDS):
        return "it cannot be read"
    if cls.PROBE is Probe.DOUBTFUL:
        return "reading it may have an effect: nobody says which"
    return "" if cls.PROBE is Probe.SAFE else "reading it has an effect"
