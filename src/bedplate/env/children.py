"""Processes that must not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable, Collection

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
