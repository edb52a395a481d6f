"""What register classes mean, worked out once a class: masks and tables, so that an access is a few int operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bedplate.bus import WORD
from bedplate.errors import ConfigError, UnknownName
from bedplate.reg import Effect, Field, Memory, Register, RegisterBlock
from bedplate.reg.block import element_name

PULSE = "pulse"
"""The output of a `singlepulse` field: software wrote 1 to it, or hardware drove it."""


class FieldPlan:
    """One field as the hardware sees it."""

    __slots__ = (
        *(
            "edge",
            "field",
            "guards",
            "inputs",
            "is_plain",
            "level",
            "low",
            "mask",
            "ones",
            "props",
            "replaced",
            "sticky",
        ),
        "writable",
    )

    def __init__(self, field: Field, shift: int = 0) -> None:
        props = field.props
        self.field = field
        self.is_plain = not field.signed and field.fraction is None
        self.low = field.low + shift
        self.mask = field.mask << shift
        self.ones = (1 << field.width) - 1
        self.props: Mapping[str, object] = props
        self.writable = field.hw in ("rw", "w", "rw1", "w1")
        # 9.9: an interrupt field is a stickybit of type level where nothing else is said.
        kind = str(props["intr"]) if props.get("intr") else ""
        self.edge = kind if kind in ("posedge", "negedge", "bothedge") else "level"
        self.sticky = ""
        if props.get("sticky"):
            self.sticky = "field"
        elif props.get("stickybit", bool(kind) and kind != "nonsticky"):
            self.sticky = "bit"
        self.level = bool(self.sticky) and self.edge == "level"
        self.guards = tuple((name, props[name]) for name in ("hwenable", "hwmask", "we", "wel") if path_of(props, name))
        self.replaced = path_of(props, "next") is not None
        self.inputs = frozenset(name for name in ("we", "hwset", "hwclr") if props.get(name) is True)
        if field.singlepulse and self.writable:
            self.inputs |= {PULSE}


class RegisterPlan:
    """One register class as software sees it: which bits do what. All masks lie at the bits of the register."""

    __slots__ = (
        "acts_on_read",
        "bytes",
        "fields",
        "gates",
        "levels",
        "once",
        "part",
        "permanent",
        "plain",
        "plain_only",
        "precedence_hw",
        "pulse",
        "rclr",
        "readable",
        "reset",
        "rset",
        "shadow",
        "unknown",
        "wclr",
        "woclr",
        "woset",
        "wot",
        "writable",
        "wset",
        "wzc",
        "wzs",
        "wzt",
    )

    def __init__(self, cls: type[Register], memory: str = "") -> None:
        """`memory` is the `sw` of the memory that a virtual register lies in: there every bit is stored."""
        # 10.1: a write-only field may lie over a read-only one. Its storage lies above the register, out of the way.
        read_only = sum(f.mask for f in cls.Value.FIELDS if f.readable and not f.writable)
        plans = [FieldPlan(f, 0 if f.readable or not f.mask & read_only else cls.WIDTH) for f in cls.Value.FIELDS]

        def bits(chosen: Callable[[Field], object]) -> int:
            return sum(plan.mask for plan in plans if chosen(plan.field))

        def onwrite(kind: str | None) -> int:
            return bits(lambda f: f.writable and not f.singlepulse and f.onwrite == kind)

        self.fields = {plan.field.name: plan for plan in plans}
        self.shadow = cls.WIDTH if any(plan.low >= cls.WIDTH for plan in plans) else 0
        self.bytes = cls.WIDTH // 8
        self.part = min(cls.ACCESS // 8, self.bytes, 2 * WORD)
        self.permanent = cls if Effect.PERMANENT in cls.EFFECT else None
        rest = (1 << cls.WIDTH) - 1 & ~bits(lambda f: True) if memory else 0
        self.readable = bits(lambda f: f.readable) | (rest if "r" in memory else 0)
        self.writable = bits(lambda f: f.writable) | (rest if "w" in memory else 0)
        self.rclr = bits(lambda f: f.readable and f.onread == "rclr")
        self.rset = bits(lambda f: f.readable and f.onread == "rset")
        self.acts_on_read = self.rclr | self.rset
        self.pulse = bits(lambda f: f.writable and f.singlepulse)
        self.plain = onwrite(None) | (rest if "w" in memory else 0)
        self.woset, self.woclr, self.wot = onwrite("woset"), onwrite("woclr"), onwrite("wot")
        self.wzs, self.wzc, self.wzt = onwrite("wzs"), onwrite("wzc"), onwrite("wzt")
        self.wset, self.wclr = onwrite("wset"), onwrite("wclr")
        self.once = tuple(plan.mask for plan in plans if plan.field.sw in ("rw1", "w1"))
        self.gates = tuple(
            (plan.mask, path, name == "swwe")
            for plan in plans
            for name in ("swwe", "swwel")
            if (path := path_of(plan.props, name, implied=f"./{plan.field.name}.{name}")) is not None
        )
        self.precedence_hw = bits(lambda f: f.props.get("precedence") == "hw")
        self.levels = tuple(plan for plan in plans if plan.level)
        self.unknown = bits(lambda f: f.reset is None and not path_of(f.props, "reset")) | rest
        self.reset = sum(p.field.insert(p.field.reset) << p.low - p.field.low for p in plans if p.field.reset)
        self.plain_only = self.writable == self.plain and not (
            self.once
            or self.gates
            or self.levels
            or self.unknown
            or self.permanent
            or self.shadow
            or bits(lambda f: f.props.get("paritycheck"))
        )


def register_plan(cls: type[Register], memory: str = "") -> RegisterPlan:
    """The plan of a register class (in a memory with that `sw`), made once."""
    plan = _plans.get((cls, memory))
    if plan is None:
        plan = _plans[cls, memory] = RegisterPlan(cls, memory)
    return plan


_plans: dict[tuple[type[Register], str], RegisterPlan] = {}


def path_of(props: Mapping[str, object], name: str, implied: str | None = None) -> str | None:
    """The reference that a property holds; `implied` where it is just True, which means an input signal of its own."""
    value = props.get(name)
    if isinstance(value, str) and value:
        return value
    return f"signal:{implied}" if value is True and implied else None


class BlockPlan(NamedTuple):
    """The registers of a block class by slot: position in the order of names. Aliases share `store` with their primary."""

    names: tuple[str, ...]
    offsets: tuple[int, ...]
    classes: tuple[type[Register], ...]
    plans: tuple[RegisterPlan, ...]
    store: tuple[int, ...]
    slots: Mapping[str, int]
    memories: tuple[tuple[str, int, type[Memory]], ...]
    virtual: tuple[tuple[int, ...], ...]
    """For each memory the slots of the virtual registers in it, by offset: they are its storage where they lie."""


def block_plan(block: type[RegisterBlock]) -> BlockPlan:
    """The registers and memories of a block class, register files and inner maps included; worked out once."""
    if block not in _blocks:
        _blocks[block] = _block(block)
    return _blocks[block]


_blocks: dict[type[RegisterBlock], BlockPlan] = {}


def _block(block: type[RegisterBlock]) -> BlockPlan:
    found = list(_members(block, 0, ""))
    regs = [(name, offset, cls) for name, offset, cls in found if issubclass(cls, Register)]
    mems = tuple((name, offset, cls) for name, offset, cls in found if issubclass(cls, Memory))
    slots = {name: slot for slot, (name, _, _) in enumerate(regs)}
    if len(slots) < len(regs):
        twice = next(name for slot, (name, _, _) in enumerate(regs) if slots[name] != slot)
        raise ConfigError("two registers have this name", where=f"{block.__name__}.{twice}", next="rename one of them")
    store = []
    for slot, (name, _, cls) in enumerate(regs):
        primary = _primary(name, cls, slots)
        store.append(slot if primary is None else primary)
    classes = tuple(cls for _, _, cls in regs)
    virtual = tuple(_virtual(mem, regs) for mem in mems)
    inside = {slot: mem[2].SW for mem, those in zip(mems, virtual, strict=True) for slot in those}
    plans = tuple(register_plan(cls, inside.get(slot, "")) for slot, cls in enumerate(classes))
    return BlockPlan(tuple(slots), tuple(at for _, at, _ in regs), classes, plans, tuple(store), slots, mems, virtual)


def _virtual(memory: tuple[str, int, type[Memory]], regs: Sequence[tuple[str, int, type[Register]]]) -> tuple[int, ...]:
    """The registers in a memory (siblings of it), by offset. Raises ConfigError for one that reaches out of it."""
    name, first, cls = memory
    scope, end = name.rpartition(".")[0], first + cls.ENTRIES * cls.STRIDE
    prefix = f"{scope}." if scope else ""
    found = []
    for slot, (own, at, register) in enumerate(regs):
        if first <= at < end and own.startswith(prefix):
            if at + register.WIDTH // 8 > end:
                raise ConfigError("a virtual register reaches out of its memory", where=own)
            found.append(slot)
    return tuple(sorted(found, key=lambda slot: regs[slot][1]))


def _primary(name: str, cls: type[Register], slots: Mapping[str, int]) -> int | None:
    if not cls.ALIAS:
        return None
    parent, _, own = name.rpartition(".")
    primary = f"{parent}.{cls.ALIAS}" if parent else cls.ALIAS
    if primary not in slots:
        primary += own[own.index("[") :] if "[" in own else ""
    if primary not in slots:
        raise UnknownName("alias", primary, slots, where=name)
    return slots[primary]


def _members(
    block: type[RegisterBlock], base: int, prefix: str
) -> Iterator[tuple[str, int, type[Register] | type[Memory]]]:
    for child in sorted(block.CHILDREN, key=lambda child: child.offset):
        for flat, (_, offset) in enumerate(child.places()):
            name = prefix + element_name(child, flat)
            if issubclass(child.cls, RegisterBlock):
                yield from _members(child.cls, base + offset, f"{name}.")
            else:
                yield name, base + offset, child.cls


_INDEX = re.compile(r"\[(\d+)\]")


def indexes(name: str) -> tuple[int, ...]:
    """The array indexes in a name, outermost first."""
    return tuple(int(index) for index in _INDEX.findall(name))


def find(block: type[RegisterBlock], name: str, where: str = "") -> list[int]:
    """The slots of that name: one register or memory, or all elements when an array is named without indexes."""
    plan = block_plan(block)
    names = [*plan.names, *(memory for memory, _, _ in plan.memories)]
    slots = [slot for slot, own in enumerate(names) if own == name or _INDEX.sub("", own) == name]
    if not slots:
        raise UnknownName("register", name, dict.fromkeys(_INDEX.sub("", own) for own in names), where=where)
    return slots


def find_fields(block: type[RegisterBlock], name: str, where: str = "") -> list[tuple[int, FieldPlan]]:
    """The fields called `register.field`, in all elements when the register is an array named without indexes."""
    plan = block_plan(block)
    register, _, field = name.rpartition(".")
    slots = [slot for slot in find(block, register or name, where) if slot < len(plan.names)]
    for slot in slots:
        if field not in plan.plans[slot].fields:
            raise UnknownName("field", field, plan.plans[slot].fields, where=where or plan.names[slot])
    return [(slot, plan.plans[slot].fields[field]) for slot in slots]
