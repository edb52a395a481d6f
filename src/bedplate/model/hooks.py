"""When a behaviour is called: decorators that name registers, checked when the model class is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from bedplate.declared import require_runs
from bedplate.errors import ConfigError, UnknownName, line_of
from bedplate.model.plan import find, find_fields, indexes
from bedplate.model.tables import WatchedSlots
from bedplate.reg import RegisterBlock, Value

F = TypeVar("F", bound=Callable[..., None])


class SoftwareAccess:
    """What software just did to a register: a hook that takes an argument gets it.

    `name` is the register (`post[2]`), `old` and `new` what it held before and after, `data` what software wrote or got,
    `lanes` the bits that were reached: all of them but for narrow accesses, wide registers and locked fields.
    """

    __slots__ = ("data", "lanes", "name", "new", "old")

    def __init__(self, name: str, old: Value, new: Value, data: Value, lanes: int = -1) -> None:
        self.name = name
        self.old = old
        self.new = new
        self.data = data
        self.lanes = lanes

    @property
    def indexes(self) -> tuple[int, ...]:
        """The array indexes of the register, outermost first."""
        return indexes(self.name)

    @property
    def index(self) -> int:
        """The innermost array index (the entry, for a memory); 0 for a plain register."""
        return (0, *self.indexes)[-1]

    def changed(self, field: str) -> bool:
        """Whether that field holds something else now."""
        return bool(self.field(field, self.old) != self.field(field, self.new))

    def field(self, name: str, value: Value | None = None) -> Any:
        """A field of what software wrote or got (or of `old`, `new`)."""
        word = self.data if value is None else value
        for field in word.FIELDS:
            if field.name == name:
                return field.number(field.extract(word))
        raise KeyError(name)


class Hook(NamedTuple):
    """A method to call, by name so that a subclass can override it; `wants` says whether it takes the Access."""

    method: str
    wants: bool
    mask: int = 0


class Hooks(NamedTuple):
    """All hooks of a model class, by slot."""

    before_read: dict[int, list[Hook]]
    after_read: dict[int, list[Hook]]
    after_write: dict[int, list[Hook]]
    after_pulse: dict[int, list[Hook]]

    def watch(self) -> WatchedSlots:
        """What the register model has to tell of."""
        writes = frozenset(self.after_write) | frozenset(self.after_pulse)
        return WatchedSlots(frozenset(self.before_read), frozenset(self.after_read), writes)


def before_read(*registers: str) -> Callable[[F], F]:
    """Called just before software's read, for values that are only worked out when looked at (timers, counters)."""
    return _mark("before_read", registers)


def after_read(*registers: str) -> Callable[[F], F]:
    """Called after each read by software: for registers whose read does something (`ruser`)."""
    return _mark("after_read", registers)


def after_write(*registers: str) -> Callable[[F], F]:
    """Called after each write by software, whether or not it changed anything; per access word for a wide register."""
    return _mark("after_write", registers)


def after_pulse(*fields: str) -> Callable[[F], F]:
    """Called when software wrote other than 0 to a `singlepulse` field, before the register's `after_write`."""
    return _mark("after_pulse", fields)


def _mark(when: str, names: tuple[str, ...]) -> Callable[[F], F]:
    def mark(method: F) -> F:
        method.__dict__.setdefault("bedplate_hooks", []).extend((when, name) for name in names)
        return method

    return mark


def collect(model: type[Any], block: type[RegisterBlock]) -> Hooks:
    """The hooks of a model class and its bases, with their names checked. Raises ConfigError, with the line of the hook."""
    hooks = Hooks({}, {}, {}, {})
    seen: dict[str, Callable[..., None]] = {}
    for base in reversed(model.__mro__):
        for name, method in vars(base).items():
            if name in seen or hasattr(method, "bedplate_hooks"):
                # An override without a decorator of its own keeps that of the method it overrides.
                seen[name] = method if hasattr(method, "bedplate_hooks") else seen[name]
    for name, method in seen.items():
        require_runs([(name, getattr(model, name))], model.__name__, ConfigError)
        wants = len(inspect.signature(getattr(model, name)).parameters) > 1
        for when, target in getattr(method, "bedplate_hooks", ()):
            with named_in(f"@{when} of {model.__name__}.{name}", method):
                if when == "after_pulse":
                    for slot, field in find_fields(block, target):
                        if not field.field.singlepulse:
                            raise ConfigError(f"'{target}' is no singlepulse field")
                        hooks.after_pulse.setdefault(slot, []).append(Hook(name, wants, field.mask))
                else:
                    for slot in find(block, target):
                        getattr(hooks, when).setdefault(slot, []).append(Hook(name, wants))
    return hooks


@contextmanager
def named_in(what: str, declared: Callable[..., object]) -> Iterator[None]:
    """For names of registers and fields in a model's class: what is none is said with who names it, and the line. Raises ConfigError."""
    try:
        yield
    except (UnknownName, ConfigError) as error:
        where = ", ".join(filter(None, (what, line_of(declared))))
        stale = "bedplate gen, if its description has it"
        raise ConfigError(
            error.what, where=where, wanted=error.wanted, next="; or ".join(filter(None, (error.next, stale)))
        ) from None
