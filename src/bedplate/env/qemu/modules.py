"""Kernel modules of an unpacked kernel package: which files, and in which order they can be loaded."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bedplate.errors import EnvError

DEPENDS = re.compile(rb"\0depends=([^\0]*)\0")
"""In a module's section .modinfo: the modules whose symbols it uses."""


class Modules:
    """The modules of a kernel. Names are with underscores, as the kernel has them, whatever the files are called."""

    def __init__(self, folder: Path) -> None:
        """`folder` is lib/modules/RELEASE."""
        self.files: Mapping[str, Path] = {_name(path.name): path for path in sorted(folder.rglob("*.ko*"))}
        listed = folder / "modules.builtin"
        self.builtin = {_name(Path(line).name) for line in listed.read_text().split()} if listed.exists() else set()

    def order(self, name: str) -> list[str]:
        """What to load for a module, itself last; nothing when it is built in. Raises EnvError when there is none."""
        return list(dict.fromkeys(self._order(_name(name))))

    def _order(self, name: str) -> Iterator[str]:
        if name in self.builtin:
            return
        if name not in self.files:
            raise EnvError(f"the guest's kernel has no module {name}")
        found = DEPENDS.search(self.code(name))
        for needed in found[1].decode().split(",") if found and found[1] else []:
            yield from self._order(_name(needed))
        yield name

    def code(self, name: str) -> bytes:
        """A module as the kernel loads it."""
        path = self.files[name]
        data = path.read_bytes()
        return lzma.decompress(data) if path.suffix == ".xz" else data


def _name(file: str) -> str:
    return file.partition(".ko")[0].replace("-", "_")
