"""One writer: a chip is written to by one process at a time, by a lease that dies with its holder. Readers are free.

The lease is the kernel's lock on the very file that gives the right to write: `resource0` of a PCI function, the node of a chip
select. So nobody can take it who could not write to the chip anyway, it holds for root and a group alike, and needs no place of
its own. A forked child has none: it may take one, as any other process may.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from bedplate.env.owner import Owner
from bedplate.errors import NotOwner

ONLY_READ = "end the other process, or only read: status, dump and plan, bedplate.open(target, write=False)"
"""What helps whom another process keeps from writing."""


class Writer:
    """The right to write through a device's file. Nothing is taken before `take`.

    All buses of this process through that file share it, and its `owner`. The kernel holds the lock for the open file, so a
    child that was given a copy of `fd` holds it too: it is free when all are gone.
    """

    def __init__(self, path: str | Path, fd: int) -> None:
        self.path, self.fd = path, fd
        self.owner = Owner(str(path))
        self.held = False

    def __del__(self) -> None:
        self.void()

    def take(self, next: str = ONLY_READ) -> None:
        """Be the writer from here on, as long as this object lives. Raises NotOwner, naming the holder, if another one is.

        `next` is what helps then.
        """
        if self.held:
            return
        if self.fd < 0:
            self.owner.enter()  # which refuses: this is a fork
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotOwner(
                "another process writes to this chip",
                where=str(self.path),
                wanted="one writer",
                got=_holder(self.fd),
                cause="the kernel's lock on this file is held; it is free as soon as its holder ends" + _loose(self.fd),
                next=next,
            ) from error
        self.held = True

    def void(self) -> None:
        """Part with the file."""
        self.held = False
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


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


def _forked() -> None:
    """In a child: what its parent holds is not its own, and does not live on in it."""
    for writer in list(_writers.values()):
        writer.void()
    _writers.clear()


os.register_at_fork(after_in_child=_forked)


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


def _loose(fd: int) -> str:
    """What is wrong with the file's mode, where some may read that may not write: a lock wants no more."""
    mode = os.fstat(fd).st_mode
    return "; its mode lets others hold it who may only read: chmod go-r" if mode >> 1 & ~mode & 0o022 else ""
