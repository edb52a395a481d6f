"""One writer: a chip is written to by one process at a time, by a lock that dies with its holder. Readers are free."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from bedplate.errors import EnvError


class Writer:
    """The right to write through a device's file. Nothing is taken before `take`. Raises EnvError for a file that is not there.

    The kernel holds the lock for the open file, so forked children that keep `fd` hold it too: it is free when all are gone.
    """

    def __init__(self, path: str | Path, fd: int) -> None:
        self.path, self.fd = path, fd
        self.held = False

    def __del__(self) -> None:
        os.close(self.fd)

    def take(self) -> None:
        """Be the writer from here on, as long as this object lives. Raises EnvError, naming the holder, if another one is."""
        if self.held:
            return
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise EnvError(
                "another process writes to this chip",
                where=str(self.path),
                wanted="one writer",
                got=_holder(self.fd),
                cause="the kernel's lock on this file is held; it is free as soon as its holder ends",
                next="end the other process, or only read: status, dump and plan need no lock",
            ) from error
        self.held = True


_writers: WeakValueDictionary[tuple[int, int], Writer] = WeakValueDictionary()
"""Those of this process, by device and inode: a process does not lock itself out."""


def writer_of(path: str | Path) -> Writer:
    """This process's right to write through a file. Raises OSError."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    status = os.fstat(fd)
    writer = _writers.get((status.st_dev, status.st_ino))
    if writer is None:
        writer = _writers[status.st_dev, status.st_ino] = Writer(path, fd)
    else:
        os.close(fd)
    return writer


def _holder(fd: int) -> str:
    """Who holds the lock, from /proc/locks (proc(5)): `1: FLOCK ADVISORY WRITE pid major:minor:inode 0 EOF`."""
    status = os.fstat(fd)
    ours = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    with suppress(OSError, ValueError):
        for line in Path("/proc/locks").read_text().splitlines():
            _, kind, _, _, pid, place, *_ = line.split()
            if kind == "FLOCK" and place == ours:
                return f"process {pid}, {Path(f'/proc/{pid}/comm').read_text().strip()}"
    return "a process that cannot be seen from here"
