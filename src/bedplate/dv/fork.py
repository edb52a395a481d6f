"""Work done in a fork of this process: the chip in it goes its own way, and only the answer comes back.

So a booted chip is the start of many runs, on any target whose simulator lives in this process.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from typing import Generic, TypeVar

from bedplate.env.children import dies_with_us, room
from bedplate.errors import EnvError

T = TypeVar("T")


class Forked(Generic[T]):
    """Work that runs in a fork from now on, and ends with the thread that wants it. `result` waits for it."""

    def __init__(self, work: Callable[[], T]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        end = dies_with_us()
        with room():
            read, write = os.pipe()
            self._child = os.fork()
        if not self._child:
            end()
            os.close(read)
            _answer(work, write)
        os.close(write)
        self._pipe = read

    def result(self) -> T:
        """What the work returned, or raises what it raised. Raises EnvError where the fork died without a word."""
        with os.fdopen(self._pipe, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self._child, 0)
        if not data:
            raise EnvError(
                "a fork of the target ended without an answer",
                got=f"exit status {os.waitstatus_to_exitcode(status)}",
                cause="the simulator stopped, or the machine is out of memory",
            )
        answer, error = pickle.loads(data)
        if error is not None:
            raise error
        return answer  # type: ignore[no-any-return]


def in_fork(work: Callable[[], T]) -> T:
    """Do the work in a fork, wait, and return what it returned. Raises what it raised, and EnvError where it died."""
    return Forked(work).result()


def _answer(work: Callable[[], T], pipe: int) -> None:
    """In the fork: work, send the answer, and end at once, so that nothing of the original's is closed or flushed twice."""
    code = 1
    try:
        try:
            data = pickle.dumps((work(), None))
        except BaseException as error:
            data = _pickled(error)
        with os.fdopen(pipe, "wb") as file:
            file.write(data)
        sys.stderr.flush()
        code = 0
    finally:
        os._exit(code)


def _pickled(error: BaseException) -> bytes:
    """An error that survives the journey; its text where it does not itself."""
    try:
        data = pickle.dumps((None, error))
        pickle.loads(data)
    except Exception:
        return pickle.dumps((None, EnvError(f"{type(error).__name__}: {error}")))
    return data
