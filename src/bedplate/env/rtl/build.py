"""Builds a design's simulator, once for the same sources, options and tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bedplate.env.cache import cached, run, tool
from bedplate.env.rtl.designs import HARDWARE, INCLUDES, ROOT, Design
from bedplate.env.rtl.library import NAME, library

HERE = Path(__file__).parent

WARNINGS = ("-Wno-fatal", "-Wno-lint", "-Wno-style", "-Wno-TIMESCALEMOD", "-Wno-MULTIDRIVEN", "-Wno-INITIALDLY")
"""Lint is a check of its own (`verilator --lint-only`): here it would only hide the progress."""

AS_LIBRARY = (
    "-DVL_USER_FINISH",
    "-DVL_USER_STOP",
    "-DVL_USER_FATAL",
    "'-DVL_PRINTF(...)=std::fprintf(stderr,__VA_ARGS__)'",
)
"""A simulator inside Python: no abort, and standard output belongs to the command line."""

COMPILES = " -c -o "
"""In a line of make that is about one C++ file."""

RUNTIME = "verilated"
"""What the names of Verilator's own C++ files begin with: they are the same in every design."""


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
    verilator = tool("verilator")
    for needed in ("g++", "make"):
        tool(needed)
    hal = library()
    link = [*ldflags, f"-L{hal.parent}", f"-Wl,-rpath,{hal.parent}", f"-l:{NAME}"]
    sources = [*design.files(), *more]
    command = [
        *("--timing", "--top-module", design.top, "--prefix", "Vsim", "-o", name, *kind, *WARNINGS),
        *(["--trace-fst"] if waves else []),
        f"-I{INCLUDES.relative_to(HARDWARE)}",
        *design.options,
        *options,
        *(["-CFLAGS", " ".join(cflags)] if cflags else []),
        *("-LDFLAGS", " ".join(link)),
    ]
    version = subprocess.run([verilator, "--version"], capture_output=True, text=True, check=True).stdout
    read = [*sources, *sorted(INCLUDES.glob("*.svh"))]
    key = [version, *command, *(f"{path.relative_to(ROOT)}\0{design.text(path)}" for path in read)]

    def build(folder: Path) -> None:
        started = time.monotonic()
        listen(f"building {design.name}: verilating {len(sources)} files")
        places = [str(design.place(path, folder)) for path in sources]
        run([verilator, *command, "--Mdir", str(folder), *places], cwd=HARDWARE)
        _make(folder, version, lambda text: listen(f"building {design.name}: {text}"))
        for path in folder.iterdir():
            if path.name != name:
                path.unlink()
        listen(f"built {design.name} in {time.monotonic() - started:.0f} s")

    return cached(design.name + ("-waves" if waves else ""), key, build) / name


def _make(folder: Path, version: str, listen: Callable[[str], None]) -> None:
    """Compile and link what Verilator wrote. Make says beforehand what it is going to do, and each time one thing is done.

    Verilator's own files are compiled once for all designs that want them compiled alike.
    """
    make = ["make", "-C", str(folder), "-f", "Vsim.mk", "OPT_FAST=-O2", "OPT_GLOBAL=-O2"]
    parallel = ["-j", str(os.cpu_count() or 1), "--output-sync=target"]
    plan: list[str] = []
    run([*make, "--dry-run"], listen=plan.append)
    total, done = sum(COMPILES in line for line in plan), 0
    runtime = {_object(line): line for line in plan if _object(line).startswith(RUNTIME)}

    def tell() -> None:
        listen(f"compiled {done} of {total} C++ files" if done < total else "linking")

    def count(line: str) -> None:
        nonlocal done
        if COMPILES in line:
            done += 1
            tell()

    def compile_runtime(place: Path) -> None:
        run([*make, *parallel, *runtime], listen=count)
        for name in runtime:
            shutil.copy(folder / name, place)

    tell()
    if runtime:
        kept = cached(RUNTIME, [version, *runtime.values()], compile_runtime)
        for name in runtime:
            shutil.copy(kept / name, folder)  # newer than its source: make leaves it alone
        done = len(runtime)
    run([*make, *parallel], listen=count)


def _object(line: str) -> str:
    """The object that a line of make compiles; empty for any other line."""
    return line.partition(COMPILES)[2].partition(" ")[0]
