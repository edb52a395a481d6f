"""Who watches a run can neither stop it nor change it: what goes wrong with a listener is counted and said, and the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bedplate.errors import RAISED

Heard = TypeVar("Heard")


class Observer(Generic[Heard]):
    """A listener that cannot fail: call it as the listener itself.

    An exception ends that one call and is kept as `trouble`; the next thing is told again, since what failed may come back. What
    comes from outside passes: Killed and KeyboardInterrupt stop whoever is running, wherever they are raised.
    """

    def __init__(self, tell: Callable[[Heard], object], what: str = "listener") -> None:
        self.what = what
        """Who listens, for people."""
        self.told = 0
        self.lost = 0
        """How many things the listener did not take, of `told`."""
        self.trouble = ""
        """The first exception, as text."""
        self._tell = tell

    def __call__(self, heard: Heard) -> None:
        try:
            self._tell(heard)
        except RAISED as error:
            self.miss(error)
        else:
            self.told += 1

    def miss(self, error: BaseException) -> None:
        """Note that something could not be told."""
        self.told += 1
        self.lost += 1
        self.trouble = self.trouble or described(error)

    @property
    def note(self) -> str:
        """What was lost and why, in one sentence; empty where nothing was."""
        return f"{self.what}: lost {self.lost} of {self.told}, first by {self.trouble}" if self.lost else ""


def shown(value: object) -> str:
    """What a value is, for people; of one that cannot say it, its type."""
    try:
        return repr(value)
    except Exception:
        return f"a {type(value).__name__}"


def described(error: BaseException) -> str:
    """An exception as text, also one that cannot say what it is."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return ": ".join(filter(None, (type(error).__name__, text)))
