"""Processes that must not outlive the one that started them."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from bedplate.errors import EnvError

PR_SET_PDEATHSIG = 1
"""`prctl(2)`: the signal that a process gets when the thread that started it ends."""


def dies_with_us(cores: Collection[int] = ()) -> Callable[[], None]:
    """For `Popen(preexec_fn=...)`: the child is killed when the thread that starts it ends; it runs on these processors, if named."""
    parent, prctl = (
        os.getpid(),
        ctypes.CDLL(None).prctl,
    )  # found before the fork: after it only what cannot block is allowed

    def child() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # it died just now
        if cores:
            os.sched_setaffinity(0, cores)

    return child


def fork(child: Callable[[], NoReturn]) -> int:
    """The process of a child, which is killed when this process ends, also where it is stopped: not when the thread ends that wants it.

    Raises EnvError where there is no room for one.
    """
    dies = dies_with_us()

    def forked() -> int:
        with room():
            pid = os.fork()
        if not pid:
            dies()
            child()
        return pid

    if threading.current_thread() is threading.main_thread():
        return forked()
    found: list[int | Exception] = []
    known = threading.Event()

    def keep() -> None:
        """The thread that the child dies with: it ends with the child."""
        try:
            found.append(forked())
        except Exception as error:
            found.append(error)
        known.set()
        if isinstance(found[0], int):
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, found[0], os.WEXITED | os.WNOWAIT)

    with room():
        threading.Thread(target=keep, name="keeper", daemon=True).start()
    known.wait()
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


@contextmanager
def group_dies_with_us(group: int) -> Iterator[None]:
    """Meanwhile, where this process is killed, all of that process group is, too: also what a child has started, who would not hear of it.

    A process of its own waits for that. Raises EnvError where there is no room for one.
    """
    with room():
        watched, ours = os.pipe()
        guard = os.fork()
    if not guard:
        try:
            os.close(ours)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            if not os.read(watched, 1):
                os.killpg(group, signal.SIGKILL)
        finally:
            os._exit(0)
    os.close(watched)
    try:
        yield
    finally:
        with suppress(OSError):
            os.write(ours, b"!")
        os.close(ours)
        with suppress(ChildProcessError):
            os.waitpid(guard, 0)


POOR = {
    errno.EMFILE: ("this process may open no more files", "`ulimit -n` shows and sets how many"),
    errno.ENFILE: ("this machine may open no more files", "end other processes, or raise fs.file-max"),
    errno.EAGAIN: ("there may be no more processes", "`ulimit -u` and the control group (pids.max) say how many"),
    errno.ENOMEM: ("no memory is left", "end other processes"),
}
"""What a machine can run out of, by the error of the kernel, and what helps."""


def poor(error: OSError | RuntimeError) -> EnvError | None:
    """The error of a machine that has run out of something; None for any other."""
    is_thread = isinstance(error, RuntimeError) and "start new thread" in str(error)  # all that Python says of it
    known = POOR.get(errno.EAGAIN if is_thread else getattr(error, "errno", None) or 0)
    return EnvError(known[0], got=str(error), next=known[1]) if known else None


@contextmanager
def room() -> Iterator[None]:
    """For what takes processes and open files. Raises EnvError where there are no more."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if (typed := poor(error)) is None:
            raise
        raise typed from error
