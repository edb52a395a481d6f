"""Register and memory handles: a bus, an address, and only those accesses that the description makes legal.

The generator writes subclasses whose methods exist only where the access kinds allow them (`read` or `take`, `write`,
`modify`, `clear`, `set`, `toggle`, `pulse`, `wait`); an illegal access is a missing method, which an editor shows and which
costs nothing at run time. Every argument is checked before the first bus transaction, and with nothing to modify, clear,
set, toggle or pulse there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from bedplate.bus import WORD, Bus, wait_for
from bedplate.errors import OutOfRange, PollTimeout
from bedplate.reg import parts
from bedplate.reg.field import Effect, Field, Probe
from bedplate.reg.value import Value, bits_of, hexadecimal, show


class Register:
    """A handle of one register: where it is. It keeps no value.

    WIDTH is `regwidth`, ACCESS `accesswidth` (bits): the least access that the hardware promises. A register wider than that is moved
    in several accesses at ascending addresses, the least significant part first, or the most significant first under `bigendian`;
    a number that runs meanwhile is read high, low, high. What a narrower bus may do with it, `parts.py` says.

    Bits without a field: `modify` and the like write back what they held, `write` writes 0 there, or what its `value` says.
    """

    __slots__ = ("address", "bus", "path")
    Value: ClassVar[type[Value]] = Value
    WIDTH: ClassVar[int] = 32
    ACCESS: ClassVar[int] = 32
    BIG_ENDIAN: ClassVar[bool] = False
    SWAPPED: ClassVar[bool] = False
    """The bytes of each access stand in the other order (user-defined property `byte_order`)."""
    PROBE: ClassVar[Probe] = Probe.SAFE
    EFFECT: ClassVar[Effect] = Effect.NONE
    """What a write may do. A class body says the register's own; that of its writable fields is added to it."""
    OWN_EFFECT: ClassVar[Effect] = Effect.NONE
    """The part of it that every write has, whatever the word: what the class body said."""
    ALIAS: ClassVar[str] = ""
    """For an `alias`: the register (a sibling's name) whose storage this one shows."""
    _RUNS: ClassVar[str] = ""
    """The field that may be torn where it is read in words, or in its own smaller accesses."""
    RSVDSET: ClassVar[bool] = False
    """Bits without a field read as 1 (SystemRDL `rsvdset`), not as 0."""

    def __init_subclass__(cls) -> None:
        if "EFFECT" in vars(cls):
            cls.OWN_EFFECT = cls.EFFECT
        part = min(cls.ACCESS, 8 * WORD)
        cls._RUNS = parts.running(cls.Value.FIELDS, part) if part < cls.WIDTH else ""
        for field in cls.Value.FIELDS:
            if field.effect is not Effect.NONE and field.writable:
                cls.EFFECT |= field.effect

    def __init__(self, bus: Bus, address: int, path: str) -> None:
        self.bus = bus
        self.address = address
        self.path = path

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path} at 0x{self.address:08x}, {self.WIDTH} bits>"

    # What generated methods stand on. `_load`, `_store` and `_update` move a whole register of any width.

    def _load(self) -> int:
        if self.WIDTH <= 32 and self.ACCESS >= self.WIDTH:
            word = self.bus.read(self.address, self.WIDTH // 8)
            return swapped(word, self.WIDTH) if self.SWAPPED else word
        promised = min(self.ACCESS, self.WIDTH)
        part = parts.bits_of_part(self.bus, promised)
        if part < promised and (why := parts.why_not_read(self.PROBE.value)):
            raise parts.too_narrow(self.path, "read", promised, part, why)
        count = self.WIDTH // part
        if self._RUNS and self.PROBE is Probe.SAFE and count > 1:
            words = parts.read_steady(self.bus, self.address, count, part, self.BIG_ENDIAN, self.path)
        else:
            words = parts.read_parts(self.bus, self.address, count, part)
        if self.SWAPPED:
            words = [swapped(word, part) for word in words]
        return join(words, part, self.BIG_ENDIAN)

    def _store(self, word: int) -> None:
        if self.WIDTH <= 32 and self.ACCESS >= self.WIDTH:
            self.bus.write(self.address, swapped(word, self.WIDTH) if self.SWAPPED else word, self.WIDTH // 8)
            return
        part = self._part_to_write()
        words = split(word, self.WIDTH, part, self.BIG_ENDIAN)
        if self.SWAPPED:
            words = [swapped(one, part) for one in words]
        if part == 8 * WORD and len(words) > 1:
            self.bus.write_block(self.address, words)
            return
        for index, one in enumerate(words):
            self.bus.write(self.address + part // 8 * index, one, part // 8)

    def _update(self, keep: int, bits: int) -> None:
        self._part_to_write()  # whoever may not write it need not read it
        self._store(self._load() & keep | bits)

    def _part_to_write(self) -> int:
        """Bits of each access of a write. Raises BusSize where the bus has only smaller ones than promised, and that would do harm."""
        promised = min(self.ACCESS, self.WIDTH)
        part = parts.bits_of_part(self.bus, promised)
        if part < promised and (why := parts.why_not_write(self.Value.FIELDS, part)):
            raise parts.too_narrow(self.path, "write", promised, part, why)
        return part

    def _wait(self, mask: int, value: int, timeout: int) -> int:
        """Poll until the masked bits read as `value`; the register's whole value. Raises PollTimeout."""
        if self.WIDTH <= 32 and self.ACCESS >= self.WIDTH and not self.SWAPPED:
            got = self.bus.poll(self.address, mask, value, timeout, self.WIDTH // 8)
        else:
            got = wait_for(self.bus, self._load, mask, value, timeout)
        if got & mask == value:
            return got
        fields = [f for f in self.Value.FIELDS if f.mask & mask]
        raise PollTimeout(
            "the hardware did not get there in time",
            where=self.path,
            wanted=" ".join(f"{f.name}={show(f, f.extract(value))}" for f in fields),
            got=" ".join(f"{f.name}={show(f, f.extract(got))}" for f in fields) + f" ({hexadecimal(got, self.WIDTH)})",
            waited=timeout,
        )

    def _again(self, method: str, /, *whole: object, **given: object) -> None:
        """The method once more, with Python's own numbers: of the register as a whole, and of fields.

        Raises AccessError for what is no number, OutOfRange for one that does not fit.
        """
        words = [bits_of(self.path, Field("value", 0, self.WIDTH), value) for value in whole]
        bits = {name: (field, bits_of(self.path, field, one)) for name, field, one in self._fields(given)}
        getattr(self, method)(*words, **{name: field.number(one) for name, (field, one) in bits.items()})

    def _fields(self, given: Mapping[str, object]) -> Iterator[tuple[str, Field, object]]:
        for name, one in given.items():
            if one is not None:
                yield name, self.Value._field(name, self.path), one


class ReadableRegister(Register):
    """A register whose read does nothing but tell: `read` is generated, `wait` is the same for all."""

    __slots__ = ()

    if not TYPE_CHECKING:  # to a type checker it has the fields of each register, as its generated class says

        def wait(self, *, timeout: int, **fields: object) -> Value:
            """Poll until these fields hold these values; what was read last. `timeout` is in ns of device time.

            Raises PollTimeout, and before any transaction UnknownName, OutOfRange, AccessError.
            """
            mask = bits = 0
            for _, field, value in self._fields(fields):
                mask |= field.mask
                bits |= field.insert(bits_of(self.path, field, value))
            return self.Value(self._wait(mask, bits, timeout))


class Memory:
    """A handle of a memory: `ENTRIES` words of `WIDTH` bits (SystemRDL `mementries`, `memwidth`)."""

    __slots__ = ("address", "bus", "path")
    ENTRIES: ClassVar[int] = 0
    WIDTH: ClassVar[int] = 32
    STRIDE: ClassVar[int] = 4
    """Bytes from one entry to the next: WIDTH rounded up to a power of two of at least 8 bits."""
    BIG_ENDIAN: ClassVar[bool] = False
    SWAPPED: ClassVar[bool] = False
    """The bytes of each entry stand in the other order."""
    SW: ClassVar[str] = "rw"

    def __init__(self, bus: Bus, address: int, path: str) -> None:
        self.bus = bus
        self.address = address
        self.path = path

    def __len__(self) -> int:
        return self.ENTRIES

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path} at 0x{self.address:08x}, {self.ENTRIES} x {self.WIDTH} bits>"

    def _read(self, first: int, count: int) -> list[int]:
        self._check(first, count)
        address, part = self.address + first * self.STRIDE, 8 * min(self.STRIDE, WORD)
        words: Sequence[int]
        if self.STRIDE < WORD:
            words = [self.bus.read(address + i * self.STRIDE, self.STRIDE) for i in range(count)]
        else:
            words = self.bus.read_block(address, count * (self.STRIDE // WORD)) if count else []
        if self.SWAPPED:
            words = [swapped(word, part) for word in words]
        bits, per_entry = (1 << self.WIDTH) - 1, 8 * self.STRIDE // part
        # An entry may be narrower than its place; what lies beside it is not ours.
        return [join(words[i : i + per_entry], part, self.BIG_ENDIAN) & bits for i in range(0, len(words), per_entry)]

    def _write(self, first: int, values: Sequence[int]) -> None:
        self._check(first, len(values))
        whole = Field("value", 0, self.WIDTH)
        values = [bits_of(f"{self.path}[{index}]", whole, value) for index, value in enumerate(values, first)]
        address, part = self.address + first * self.STRIDE, 8 * min(self.STRIDE, WORD)
        words = [word for value in values for word in split(value, 8 * self.STRIDE, part, self.BIG_ENDIAN)]
        if self.SWAPPED:
            words = [swapped(word, part) for word in words]
        if self.STRIDE < WORD:
            for i, word in enumerate(words):
                self.bus.write(address + i * self.STRIDE, word, self.STRIDE)
        elif words:
            self.bus.write_block(address, words)

    def _check(self, first: int, count: int) -> None:
        if first < 0 or count < 0 or first + count > self.ENTRIES:
            raise OutOfRange(
                "outside the memory",
                where=self.path,
                wanted=f"entries 0 to {self.ENTRIES - 1}",
                got=f"{count} from {first}",
            )


class ReadableMemory(Memory):
    """A memory that software may read."""

    __slots__ = ()

    def read(self, first: int, count: int = 1) -> list[int]:
        """`count` entries from `first`, in one burst. Raises OutOfRange before any transaction."""
        return self._read(first, count)


class WritableMemory(Memory):
    """A memory that software may write."""

    __slots__ = ()

    def write(self, first: int, values: Sequence[int]) -> None:
        """Entries from `first` on, in one burst. Raises OutOfRange before any transaction."""
        self._write(first, values)


def join(parts: Sequence[int], width: int, big_endian: bool = False) -> int:
    """One number from parts of `width` bits that stand at ascending addresses."""
    word = 0
    for part in parts if big_endian else reversed(parts):
        word = word << width | part
    return word


def split(word: int, total: int, width: int, big_endian: bool = False) -> list[int]:
    """A number of `total` bits as parts of `width` bits, in the order of ascending addresses."""
    parts = [word >> low & (1 << width) - 1 for low in range(0, total, width)]
    return parts[::-1] if big_endian else parts


def swapped(word: int, width: int) -> int:
    """The `width` bits of a word with their bytes in the other order."""
    return int.from_bytes(word.to_bytes(width // 8, "little"), "big")
