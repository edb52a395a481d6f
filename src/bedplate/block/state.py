"""States of a block: what `observe` can answer."""

from __future__ import annotations

from enum import Enum

from bedplate.declared import Meaning, require_free, require_sense
from bedplate.errors import line_of

OWN = frozenset(
    (
        *("name", "value", "text", "is_fault", "_name_", "_value_"),
        *("__str__", "__repr__", "__format__", "__eq__", "__hash__", "__init__", "__getattribute__"),
    )
)
"""What each state says itself, as reports, events and records have it."""


class fault(str):  # noqa: N801 - reads as a word in a state's definition
    """The text of a state in which something is wrong. Recovery is a step out of it; without one it is reported.

    Raises AccessError where there is no text.
    """

    __slots__ = ()

    def __new__(cls, *said: str) -> fault:
        require_sense([_text(said)], "fault(...)")
        return super().__new__(cls, *said)


def _text(said: tuple[object, ...]) -> Meaning:
    is_line = len(said) == 1 and isinstance(said[0], str) and said[0].strip() != "" and "\n" not in said[0]
    return Meaning("text", is_line, "what it means, in a line", said[0] if len(said) == 1 else said)


class State(Enum):
    """Base of a block's states; a member's value is its meaning in one line. A state is a name and a text, and has no other word
    for itself: raises AccessError where its author gives it one, for what is no text, and for that of another one.

    class PllState(State):
        OFF = "powered down; output bypassed to the reference clock"
        UNLOCKED = fault("lock was lost")
    """

    text: str
    is_fault: bool

    def __new__(cls, *said: str) -> State:
        if not cls.__members__:
            for base in cls.__mro__[: cls.__mro__.index(State)]:
                require_free(OWN, vars(base), cls.__name__, where=lambda: line_of(cls))
        require_sense([_text(said)], cls.__name__)
        same = [other.name for other in cls.__members__.values() if other.text == said[0]]
        require_sense([Meaning("text", not same, f"one of its own: {''.join(same)} has it", said[0])], cls.__name__)
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)
        member.text = str(said[0])
        member.is_fault = isinstance(said[0], fault)
        return member

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}: {self.text}"

    def __str__(self) -> str:
        return self.name
