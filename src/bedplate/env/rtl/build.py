"""Builds a design's simulator, once for the same sources, options and tools.

A chip is built type by type: each block is a unit, compiled by its own sources, and kept for all chips that it is on. The top knows of a
block its ports alone. So an edit of one type's RTL compiles its block and links.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bedplate.env.cache import cached, run
from bedplate.env.rtl.compile import LINK, Compiler, Unit, block_unit
from bedplate.env.rtl.designs import Design
from bedplate.env.rtl.library import NAME, library

HERE = Path(__file__).parent

AS_LIBRARY = (
    "-DVL_USER_FINISH",
    "-DVL_USER_STOP",
    "-DVL_USER_FATAL",
    "'-DVL_PRINTF(...)=std::fprintf(stderr,__VA_ARGS__)'",
)
"""A simulator inside Python: no abort, and standard output belongs to the command line."""


def simulator(design: Design, listen: Callable[[str], None], waves: bool = False, options: Sequence[str] = ()) -> Path:
    """A shared library with the design and `simulator.cpp` in it. Raises ToolMissing, EnvError."""
    flags = ["-fPIC", *AS_LIBRARY]
    loop = HERE / "simulator.cpp"
    return _build(design, [loop], flags, ["--cc", "--exe"], ["-shared"], "sim.so", listen, waves, options)


def executable(design: Design, listen: Callable[[str], None], waves: bool = False, options: Sequence[str] = ()) -> Path:
    """A program that runs the design's testbench by itself: SystemVerilog calls Bedplate. Raises ToolMissing, EnvError."""
    return _build(design, [], [], ["--cc", "--exe", "--main"], [], "sim", listen, waves, options)


def _build(
    design: Design,
    more: Sequence[Path],
    cflags: Sequence[str],
    kind: Sequence[str],
    ldflags: Sequence[str],
    name: str,
    listen: Callable[[str], None],
    waves: bool,
    options: Sequence[str],
) -> Path:
    hal = library()
    started = time.monotonic()

    def tell(text: str) -> None:
        listen(f"building {design.name}: {text}")

    variant = "-waves" if waves else ""
    given = [*(["--trace-fst"] if waves else []), *design.options, *options]
    given += ["-CFLAGS", " ".join(cflags)] if cflags else []
    compiler = Compiler(design, given, variant, tell)
    # A library shows nothing of its inside: a design with waves is one unit.
    units = {design.top: design.files()} if waves else design.units()
    *blocks, (top, files) = units.items()
    mounted = compiler.objects([block_unit(*block) for block in blocks])
    standing = [folder / f"{block}.sv" for folder, (block, _) in zip(mounted, blocks, strict=True)]
    command = ["--timing", "--top-module", top, "--prefix", "Vsim", "-o", name, *kind]
    (rest,) = compiler.objects([Unit(f"{design.name}.top", "Vsim", name, command, [*standing, *files, *more])])
    folders = [*mounted, rest]
    link = [*ldflags, f"-L{hal.parent}", f"-Wl,-rpath,{hal.parent}", f"-l:{NAME}"]

    def build(folder: Path) -> None:
        tell("linking")
        objects = [str(path) for at in folders for path in sorted(at.glob("*.o"))]
        run(["g++", *objects, *link, *(rest / LINK).read_text().split(), "-o", str(folder / name)])
        listen(f"built {design.name} in {time.monotonic() - started:.0f} s")

    return cached(design.name + variant, [*link, *(f"{at.parent.name}/{at.name}" for at in folders)], build) / name
