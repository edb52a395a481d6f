"""States of a block: what `observe` can answer."""

from __future__ import annotations

from enum import Enum

from bedplate.declared import require_free
from bedplate.errors import line_of

OWN = frozenset(
    (
        *("name", "value", "text", "is_fault", "_name_", "_value_"),
        *("__str__", "__repr__", "__format__", "__eq__", "__hash__", "__init__", "__getattribute__"),
    )
)
"""What each state says itself, as reports, events and records have it."""


class fault(str):  # noqa: N801 - reads as a word in a state's definition
    """The text of a state in which something is wrong. Recovery is a step out of it; without one it is reported."""

    __slots__ = ()


class State(Enum):
    """Base of a block's states; a member's value is its meaning in one line. A state is a name and a text, and has no other word
    for itself: raises AccessError where its author gives it one.

    class PllState(State):
        OFF = "powered down; output bypassed to the reference clock"
        UNLOCKED = fault("lock was lost")
    """

    text: str
    is_fault: bool

    def __new__(cls, text: str) -> State:
        if not cls.__members__:
            for base in cls.__mro__[: cls.__mro__.index(State)]:
                require_free(OWN, vars(base), cls.__name__, where=lambda: line_of(cls))
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)  # texts may repeat without making two states one
        member.text = str(text)
        member.is_fault = isinstance(text, fault)
        return member

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}: {self.text}"

    def __str__(self) -> str:
        return self.name
