"""States of a block: what `observe` can answer."""

from __future__ import annotations

from enum import Enum


class fault(str):  # noqa: N801 - reads as a word in a state's definition
    """The text of a state in which something is wrong. Recovery is a step out of it; without one it is reported."""

    __slots__ = ()


class State(Enum):
    """Base of a block's states; a member's value is its meaning in one line.

    class PllState(State):
        OFF = "powered down; output bypassed to the reference clock"
        UNLOCKED = fault("lock was lost")
    """

    text: str
    is_fault: bool

    def __new__(cls, text: str) -> State:
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)  # texts may repeat without making two states one
        member.text = str(text)
        member.is_fault = isinstance(text, fault)
        return member

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}: {self.text}"

    def __str__(self) -> str:
        return self.name
