"""What a behaviour writes: `self.hw.status.lock = True`. The hardware's side of a register model, by name."""

from __future__ import annotations

from typing import Any

from bedplate.errors import OutOfRange, UnknownName
from bedplate.model.register_model import RegisterModel
from bedplate.reg import Memory, Register, RegisterBlock
from bedplate.reg.block import Child, element_name
from bedplate.reg.value import bits_of


class HardwareBlock:
    """A block or register model seen from inside the chip. Members are made when first asked for."""

    def __init__(self, registers: RegisterModel, block: type[RegisterBlock], prefix: str = "") -> None:
        self.__dict__.update(_registers=registers, _block=block, _prefix=prefix)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        block, prefix = self.__dict__["_block"], self.__dict__["_prefix"]
        for child in block.CHILDREN:
            if child.name == name:
                member = self.__dict__[name] = self._member(child, 0, child.dims)
                return member
        raise UnknownName("register", prefix + name, [prefix + child.name for child in block.CHILDREN])

    def _member(self, child: Child, flat: int, dims: tuple[int, ...]) -> Any:
        if dims:
            size = 1
            for dim in dims[1:]:
                size *= dim
            return tuple(self._member(child, flat + i * size, dims[1:]) for i in range(dims[0]))
        registers: RegisterModel = self.__dict__["_registers"]
        name = self.__dict__["_prefix"] + element_name(child, flat)
        if issubclass(child.cls, Register):
            return HardwareRegister(registers, registers.plan.block.slots[name])
        if issubclass(child.cls, Memory):
            return HardwareMemory(registers, [memory for memory, _, _ in registers.plan.block.memories].index(name))
        return HardwareBlock(registers, child.cls, f"{name}.")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot assign to {self._prefix}{name}: assign to one of its fields")

    def __reduce__(self) -> tuple[Any, ...]:
        return HardwareBlock, (self._registers, self._block, self._prefix)


class HardwareRegister:
    """A register seen from inside the chip: read any field, assign to drive it. `int()` of it is the whole register."""

    __slots__ = ("_at", "_fields", "_registers", "_slot")

    def __init__(self, registers: RegisterModel, slot: int) -> None:
        put = object.__setattr__
        put(self, "_registers", registers)
        put(self, "_slot", slot)
        put(self, "_at", registers.plan.block.store[slot])
        put(self, "_fields", registers.plan.block.plans[slot].fields)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        field = self._fields.get(name)
        if field is None:
            raise self._unknown(name)
        bits = self._registers.get(self._at, field)
        return bits if field.is_plain else field.field.number(bits)

    def __setattr__(self, name: str, value: Any) -> None:
        field = self._fields.get(name)
        if field is None:
            raise self._unknown(name)
        where = self._registers.plan.block.names[self._slot]
        self._registers.drive(self._at, field, value if field.is_plain else bits_of(where, field.field, value))

    def __int__(self) -> int:
        return self._registers.words[self._at]

    def __reduce__(self) -> tuple[Any, ...]:
        return HardwareRegister, (self._registers, self._slot)

    def _unknown(self, name: str) -> UnknownName:
        return UnknownName("field", name, self._fields, where=self._registers.plan.block.names[self._slot])

    _at: int
    _fields: dict[str, Any]
    _registers: RegisterModel
    _slot: int


class HardwareMemory:
    """A memory seen from inside the chip: entries by index, without what stops software."""

    __slots__ = ("_index", "_registers")

    def __init__(self, registers: RegisterModel, index: int) -> None:
        self._registers = registers
        self._index = index

    def __len__(self) -> int:
        return self._registers.plan.block.memories[self._index][2].ENTRIES

    def __getitem__(self, entry: int) -> int:
        self._check(entry, 0)
        return self._registers.memories[self._index].get(entry, 0)

    def __setitem__(self, entry: int, value: int) -> None:
        self._check(entry, value)
        self._registers.memories[self._index][entry] = value

    def _check(self, entry: int, value: int) -> None:
        name, _, cls = self._registers.plan.block.memories[self._index]
        if not 0 <= entry < cls.ENTRIES or value >> cls.WIDTH:
            raise OutOfRange(f"no entry {entry}, or {value} does not fit", where=name)
