"""Who may enter: a bus belongs to one thread of one process at a time, or one would get the answers to another's questions.

Whoever comes first owns it, until that thread ends or lets go of it (`release`). So a read-modify-write is never torn. Two buses
that write to one device share their owner. The check costs a comparison, made where a bus is entered.
"""

from __future__ import annotations

import os
import sys
import threading
from threading import get_ident
from weakref import WeakSet, finalize, ref

from bedplate.errors import NotOwner


class Owner:
    """The owner of a bus, which `what` names in errors.

    In a forked child a bus is void, since the way to the chip is its parent's; not so with `forks`, where the chip itself is
    in the process, and is forked with it.
    """

    __slots__ = ("__weakref__", "_fixed", "_forks", "_pid", "_thread", "what")

    def __init__(self, what: str, forks: bool = False) -> None:
        self.what = what
        self._forks, self._fixed = forks, False
        self._pid = os.getpid()
        self._thread = 0
        _owners.add(self)

    def __reduce__(self) -> tuple[object, ...]:
        """A copy of what is owned belongs to nobody yet."""
        return Owner, (self.what, self._forks)

    def enter(self) -> None:
        """Be the owner, or be refused. Raises NotOwner."""
        if get_ident() != self._thread:
            self._take()

    @property
    def is_free(self) -> bool:
        """Whether it belongs to no thread: whoever enters next owns it."""
        return self._thread == 0

    def release(self) -> None:
        """Let go of it: whoever enters next owns it. Raises NotOwner, also for what cannot change its thread."""
        self.enter()
        if self._fixed:
            raise NotOwner("a simulation stays with the thread that opened it", where=self.what)
        self._thread = 0

    def fix(self) -> None:
        """It is this thread's, and stays it, whatever becomes of the thread: its number may be another's then."""
        self.enter()
        self._fixed = True
        if not hasattr(_this, "life"):
            _this.life = _Life()
        finalize(_this.life, _orphan, ref(self)).atexit = False

    def _take(self) -> None:
        me = get_ident()
        with _lock:
            if not self._forks and self._pid != os.getpid():
                raise NotOwner(
                    "this bus belongs to another process",
                    where=self.what,
                    wanted=f"process {self._pid}, of which this is a fork",
                    got=f"process {os.getpid()}",
                    next="open the target in each process by itself, after the fork",
                )
            if self._thread and (self._fixed or self._thread in sys._current_frames()):
                raise NotOwner(
                    "this bus belongs to another thread",
                    where=self.what,
                    wanted=_name(self._thread),
                    got=_name(me),
                    cause="two threads on one bus would take each other's answers, and tear each other's read-modify-writes",
                    next="leave the chip to one thread, or let go of it there before: bedplate.release(chip)",
                )
            self._thread = me


class _Life:
    """Ends with its thread."""


def _orphan(owner: ref[Owner]) -> None:
    left = owner()
    if left is not None:
        left._thread = -1


_this = threading.local()
_owners: WeakSet[Owner] = WeakSet()
_lock = threading.RLock()
"""For a change of owner; a signal's handler may come in between."""


def _name(thread: int) -> str:
    """A thread in words: its name, and the number by which `ps -L` and debuggers know it, since names need not differ."""
    if thread < 0:
        return "a thread that has ended"
    known = {one.ident: one for one in threading.enumerate()}
    if thread not in known:
        return "a thread that Python did not start"
    return f"thread {known[thread].name} (number {known[thread].native_id})"


def _forked() -> None:
    """In a child: the thread that forked has the number that it had in the parent, and owns nothing of it."""
    global _lock
    _lock = threading.RLock()
    for owner in list(_owners):
        if not owner._fixed:
            owner._thread = 0


os.register_at_fork(after_in_child=_forked)
