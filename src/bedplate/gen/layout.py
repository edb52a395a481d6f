"""Which class goes into which module, and writing them."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bedplate.errors import RdlError
from bedplate.gen import names
from bedplate.gen.access import WIDEST
from bedplate.gen.compile import HERE, Description, elaborate
from bedplate.gen.emit import Module
from bedplate.gen.ir import BlockIR, MemIR, Note, RegIR
from bedplate.gen.scan import Scanner

PACKAGE = HERE.parent


@dataclass
class Generated:
    """What a run of the generator did, or would do."""

    files: list[Path] = field(default_factory=list)
    """Every file of the output, whether it had to be rewritten or not."""
    stale: list[Path] = field(default_factory=list)
    """Those that differ from what the description says now."""
    gone: list[Path] = field(default_factory=list)
    """Those that an earlier run made, and this one did not: they are removed."""
    renamed: list[tuple[Path, list[str], list[str]]] = field(default_factory=list)
    """Files whose public classes changed: which are gone, and which are new."""
    notes: list[Note] = field(default_factory=list)
    registers: int = 0
    """Instances, elements of arrays counted one by one."""
    fields: int = 0
    top: str = ""
    """The class to open (`generate` only)."""

    def put(self, path: Path, text: str, check: bool) -> None:
        """Write a file, atomically and only if it differs; with `check` only say so."""
        self.files.append(path)
        if path.exists():
            if not is_ours(path):
                raise _not_ours(path)
            old = path.read_text(encoding="utf-8")
            if old == text:
                return
            before, now = (CLASS.findall(one) for one in (old, text))
            if lost := [name for name in before if name not in now]:
                self.renamed.append((path, lost, [name for name in now if name not in before]))
        self.stale.append(path)
        if not check:
            write_atomically(path, text)

    def add(self, design: Description, scanner: Scanner, block: BlockIR) -> None:
        """Count a design and keep its notes."""
        registers, fields = count(block)
        self.registers += registers
        self.fields += fields
        self.notes += [note for note in (*design.notes, *scanner.notes) if note not in self.notes]


def generate(
    files: Sequence[Path | str],
    *,
    top: str | None = None,
    include: Sequence[Path | str] = (),
    defines: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
    bus_width: int = WIDEST,
    out: Path | str,
) -> Generated:
    """A Python package from SystemRDL files: one module for each address map type, all classes importable from the package.

    `from <package> import <Top>` and then `Top(bus, base=0)`; the class is named after the top address map (Result.top).
    `parameters` are those of the top address map, as SystemRDL expressions. Methods that a bus of `bus_width` bits cannot carry out
    without harm are left out.

    Files that an earlier run made and this one does not are removed. Raises RdlError, before anything is written, also where a
    file would be replaced that was not made here.
    """
    paths = [Path(file) for file in files]
    design = elaborate(paths, top, [Path(folder) for folder in include], defines, parameters)
    scanner = Scanner()
    block = scanner.scan(design.top)
    result = Generated()
    result.add(design, scanner, block)

    maps = address_maps(block)
    homes: dict[BlockIR, tuple[str, str]] = {}
    modules: dict[str, Module] = {}
    used = {"__init__"}
    for item in maps:  # inner ones first
        module = Module([item], homes, avoid=[name for _, name in homes.values()], bus_width=bus_width)
        name = module.class_of(item)
        file = names.unique(names.snake(name), used)
        modules[file] = module
        homes[item] = (f".{file}", name)
    out = Path(out)
    made = [out / f"{file}.py" for file in (*modules, "__init__")]
    for path in made:
        if path.exists() and not is_ours(path):
            raise _not_ours(path)
    for (file, module), item in zip(modules.items(), maps, strict=True):
        result.put(out / f"{file}.py", module.text(_title(item.source, design.digest)), check=False)
        result.notes += module.notes
    lines = [_title(maps[-1].source, design.digest), ""]
    lines += [f"from {file} import {name} as {name}" for file, name in sorted(homes.values())]
    result.put(out / "__init__.py", "\n".join(lines) + "\n", check=False)
    result.top = homes[block][1]
    for path in sorted(out.glob("*.py")):
        if path not in made and is_ours(path):
            path.unlink()
            result.gone.append(path)
    return result


CLASS = re.compile(r"^class ([A-Za-z]\w*)", re.MULTILINE)
MARK = "by `bedplate gen`; do not edit."


def is_ours(path: Path) -> bool:
    """Whether a file was made here: its first line says so. An empty one may be taken: nobody loses anything."""
    try:
        with path.open(encoding="utf-8") as stream:
            first = stream.readline()
    except (OSError, UnicodeDecodeError):
        return False
    return not first or (first.startswith("# Generated from ") and MARK in first)


def _not_ours(path: Path) -> RdlError:
    return RdlError(
        "this file was not made here, and would be lost",
        where=str(path),
        wanted="no file of that name, or one that begins with `# Generated from ...`",
        next="give another folder by -o, or move the file away",
    )


def in_tree(root: Path | None = None, *, check: bool = False) -> Generated:
    """`regs.py` beside every `<name>/<name>.rdl`: those in `ip`, and those of chips, wherever they stand.

    A chip's description includes those of its parts (`include "pll.rdl"`); their classes are imported from their folders.
    With `check` nothing is written; `Result.stale` lists the files that differ. One bad description does not stop the
    others: its error is raised at the end.
    """
    package = root or PACKAGE
    if (package / "src" / "bedplate").is_dir():  # a whole checkout
        package = package / "src" / "bedplate"
    result = Generated()
    errors: list[RdlError] = []
    homes: dict[BlockIR, tuple[str, str]] = {}
    folders = _folders(package / "ip")
    for folder in folders:
        try:
            block, name = _folder(folder, [folder], {}, result, check)
            homes[block] = (f"bedplate.ip.{folder.name}.regs", name)
        except RdlError as error:
            errors.append(error)
    for chip in _folders(package, but=package / "ip"):
        try:
            _folder(chip, [chip, *folders], homes, result, check)
        except RdlError as error:
            errors.append(error)
    if errors:
        errors[0].next = errors[0].next or "; ".join(f"also broken: {error.where}" for error in errors[1:])
        raise errors[0]
    return result


def _folders(folder: Path, but: Path | None = None) -> list[Path]:
    found = (path.parent for path in folder.rglob("*.rdl") if path.stem == path.parent.name)
    return sorted(path for path in found if but is None or not path.is_relative_to(but))


def _folder(
    folder: Path, include: Sequence[Path], homes: Mapping[BlockIR, tuple[str, str]], result: Generated, check: bool
) -> tuple[BlockIR, str]:
    source = folder / f"{folder.name}.rdl"
    design = elaborate([source], folder.name, include)
    scanner = Scanner()
    block = scanner.scan(design.top)
    result.add(design, scanner, block)
    own = address_maps(block, homes)
    for item in own:
        if item is not block and any(item.type_name == home.type_name for home in homes):
            text = f"'{item.type_name}' differs here from its folder's (assignments from outside?): a class of its own"
            result.notes.append(Note(source.name, text))
    module = Module(own, homes, map_suffix="Regs")
    result.notes += module.notes
    title = _title(source.name, design.digest)
    result.put(folder / "regs.py", module.text(title), check)
    return block, module.class_of(block)


def address_maps(block: BlockIR, homes: Container[BlockIR] = ()) -> list[BlockIR]:
    """The address map types in a block, inner ones first, itself last; without those that have a home already."""
    found: dict[BlockIR, None] = {}

    def visit(item: BlockIR) -> None:
        if item in found or item in homes:
            return
        for child in item.children:
            if isinstance(child.what, BlockIR):
                visit(child.what)
        if item.is_map:
            found[item] = None

    visit(block)
    return list(found)


def count(block: BlockIR, known: dict[BlockIR, tuple[int, int]] | None = None) -> tuple[int, int]:
    """Registers and fields in a block, elements of arrays counted one by one."""
    known = {} if known is None else known
    if block not in known:
        registers = fields = 0
        for child in block.children:
            times = 1
            for dim in child.dims:
                times *= dim
            if isinstance(child.what, RegIR):
                registers += times
                fields += times * len(child.what.fields)
            elif not isinstance(child.what, MemIR):
                inner = count(child.what, known)
                registers += times * inner[0]
                fields += times * inner[1]
        known[block] = (registers, fields)
    return known[block]


def _title(source: str, digest: str) -> str:
    """The first lines of a file; formatters leave the rest alone, so that it stays comparable byte for byte."""
    return f"# Generated from {source} {MARK} Digest of the description: {digest}.\n# fmt: off"


def write_atomically(path: Path, text: str) -> None:
    """Readers see the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
