"""What a guest carries of a chip that is not of this tree: the packages of its classes, and those that they import."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType

from bedplate.bus import MemoryBus
from bedplate.chips import CHIPS, FAMILIES
from bedplate.converge import Chip
from bedplate.env.qemu import cpio
from bedplate.env.qemu.cpio import ArchiveEntry
from bedplate.errors import EnvError

AT_HOME = frozenset((*sys.stdlib_module_names, "bedplate"))
"""What every guest has."""

LEFT_BEHIND = frozenset((".pyc", ".sv", ".svh", ".v", ".vh", ".rdl"))
"""Files of a package that no HAL asks for."""


def place_of(chip: type[Chip]) -> str:
    """How a chip is named where nothing is installed: by its name here, or as `package.module:Class`."""
    if chip.name in CHIPS or chip.name.partition(".")[0] in FAMILIES:
        return chip.name
    return f"{chip.__module__}:{chip.__qualname__}"


def carried(chip: type[Chip]) -> dict[str, ArchiveEntry]:
    """The files of the packages that a chip is made of, by their names where Python looks for packages; none for one of this tree.

    Raises EnvError for what a guest cannot run: compiled modules, a chip of a script.
    """
    found: dict[str, ArchiveEntry] = {}
    for name, module in sorted(_packages(chip).items()):
        if module.__file__ is None and not hasattr(module, "__path__"):
            raise _cannot(name, "a module that was made in this process")
        if not hasattr(module, "__path__"):
            found |= _files(Path(str(module.__file__)).parent, [Path(str(module.__file__))], name)
        for folder in map(Path, getattr(module, "__path__", ())):
            found |= _files(folder.parent, sorted(folder.rglob("*")), name)
    return found


def _packages(chip: type[Chip]) -> Mapping[str, ModuleType]:
    """The outermost packages of a chip's classes, and of what their modules import; without what every guest has."""
    drawing = chip(MemoryBus(0))
    kinds = {type(one) for block in drawing.all for one in (block, block.regs, block.config)}
    asked = [base.__module__ for kind in (chip, *kinds) for base in kind.__mro__]
    found: dict[str, ModuleType] = {}
    seen: set[str] = set()
    while asked:
        name = asked.pop()
        outer = name.partition(".")[0]
        if name in seen or outer in AT_HOME or name not in sys.modules:
            continue
        if outer == "__main__":
            raise _cannot(chip.name, "a chip that a script defines: a guest imports it by the name of its module")
        seen.add(name)
        found[outer] = sys.modules[outer]
        asked += _named(sys.modules[name])
    return found


def _named(module: ModuleType) -> Iterator[str]:
    """The modules that a module's text imports, each also as what may be a name in it."""
    path = Path(module.__file__ or "")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.suffix == ".py" else ():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            place = resolve_name("." * node.level + (node.module or ""), module.__package__ or "")
            yield place
            yield from (f"{place}.{alias.name}" for alias in node.names)


def _files(root: Path, paths: list[Path], package: str) -> dict[str, ArchiveEntry]:
    hidden = [path for path in paths if any(part.startswith(".") for part in path.relative_to(root).parts)]
    kept = [path for path in paths if path not in hidden and path.suffix not in LEFT_BEHIND]
    for path in kept:
        if path.suffix in (".so", ".pyd"):
            raise _cannot(package, f"{path.name}: compiled for this machine, and not for the guest's Python")
    return {name: cpio.file(entry.data) for name, entry in cpio.tree(root, kept).items()}


def _cannot(package: str, why: str) -> EnvError:
    return EnvError(
        f"a guest cannot carry {package}", got=why, wanted="modules in Python, beside the standard library and Bedplate"
    )
