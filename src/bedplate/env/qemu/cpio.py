"""Reproducible initramfs archives: the same files give the same bytes, on any machine, at any time.

The format is "newc" of cpio(5), which the kernel unpacks (its documentation: driver-api/early-userspace/buffer-format). The
kernel takes several archives one after another, each beginning at a multiple of 4 bytes: that is how a checkout is laid over
a system.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

ALIGNMENT = 512
"""Bytes: archives end at a multiple of it, so that another may follow."""


class ArchiveEntry(NamedTuple):
    """One file: type and permission bits as in stat(2), and its contents; of a symbolic link, where it leads."""

    mode: int
    data: bytes = b""


def file(data: bytes, executable: bool = False) -> ArchiveEntry:
    """A regular file."""
    return ArchiveEntry(stat.S_IFREG | (0o755 if executable else 0o644), data)


def link(target: str) -> ArchiveEntry:
    """A symbolic link."""
    return ArchiveEntry(stat.S_IFLNK | 0o777, target.encode())


def directory() -> ArchiveEntry:
    """A directory, for one that has nothing in it."""
    return ArchiveEntry(stat.S_IFDIR | 0o755)


def tree(root: Path, paths: Iterable[Path]) -> dict[str, ArchiveEntry]:
    """Files and symbolic links below `root`, by their names from there. What is no such thing is left out."""
    entries = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            entries[name] = link(str(path.readlink()))
        elif path.is_file():
            entries[name] = file(path.read_bytes(), executable=bool(path.stat().st_mode & 0o111))
    return entries


def archive(entries: Mapping[str, ArchiveEntry]) -> bytes:
    """The archive of files by their names from the root: sorted, of root's, without times; parents are made."""
    whole = {str(parent): directory() for name in entries for parent in list(Path(name).parents)[:-1]} | dict(entries)
    # In the order of their parts, not of their text: a folder comes before what is in it, whatever its name ends in.
    parts = [_entry(number, name, whole[name]) for number, name in enumerate(sorted(whole, key=_parts), 1)]
    return _padded(b"".join([*parts, _entry(0, "TRAILER!!!", ArchiveEntry(0))]), ALIGNMENT)


def _parts(name: str) -> tuple[str, ...]:
    return Path(name).parts


def _entry(inode: int, name: str, entry: ArchiveEntry) -> bytes:
    path = name.encode() + b"\0"
    links = 2 if stat.S_ISDIR(entry.mode) else 1
    # inode, mode, uid, gid, links, mtime, size, device (two), special device (two), length of the name, checksum
    fields = (inode, entry.mode, 0, 0, links, 0, len(entry.data), 0, 0, 0, 0, len(path), 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields)
    return _padded(head + path, 4) + _padded(entry.data, 4)


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)
