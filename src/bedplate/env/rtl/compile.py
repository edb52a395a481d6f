"""Verilates and compiles the units of a design, each to objects that are kept: of a unit whose sources are as they were, nothing is done."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bedplate.env.cache import cached, cached_all, run, tool
from bedplate.env.rtl.designs import Design
from bedplate.gen.hardware import INCLUDED

WARNINGS = ("-Wno-fatal", "-Wno-lint", "-Wno-style", "-Wno-TIMESCALEMOD", "-Wno-MULTIDRIVEN", "-Wno-INITIALDLY")
"""Lint is a check of its own (`verilator --lint-only`): here it would only hide the progress."""

COMPILES = " -c -o "
"""In a line of make that is about one C++ file."""

RUNTIME = "verilated"
"""What the names of Verilator's own C++ files begin with: they are the same in every design."""

LINK = "link"
"""The file beside a unit's objects that says which libraries they want."""

OPTIMISED = ("OPT_FAST=-O2", "OPT_GLOBAL=-O2")


class Unit(NamedTuple):
    """What is verilated by one command. `goal` is what its makefile, `<prefix>.mk`, would make of the objects."""

    top: str
    prefix: str
    goal: str
    command: Sequence[str]
    sources: Sequence[Path]
    is_block: bool = False
    """A library for a top."""


def block_unit(top: str, sources: Sequence[Path]) -> Unit:
    """A block of a type: as a DPI library, with a module that stands for it in the top, `<top>.sv` beside its objects.

    Delays are refused in it: it is hardware.
    """
    prefix = f"V{top}"
    command = ("--cc", "--lib-create", top, "--top-module", top, "--prefix", prefix, "--timescale", "1ns/1ps")
    return Unit(top, prefix, f"lib{top}.a", command, sources, is_block=True)


class Compiler:
    """Makes objects of units, with the same options for all. Raises ToolMissing, EnvError."""

    def __init__(self, design: Design, options: Sequence[str], variant: str, tell: Callable[[str], None]) -> None:
        self._verilator = tool("verilator")
        for needed in ("g++", "make"):
            tool(needed)
        self._version = subprocess.run(
            [self._verilator, "--version"], capture_output=True, text=True, check=True
        ).stdout
        self._design, self._tell, self._variant = design, tell, variant
        self._options = [*WARNINGS, *options]

    def objects(self, units: Sequence[Unit]) -> list[Path]:
        """The folders with the objects of these units."""
        known = {f"{unit.top}{self._variant}": unit for unit in units}
        found = cached_all(
            {name: self._key(unit) for name, unit in known.items()},
            lambda folders: self._build({folder: known[name] for name, folder in folders.items()}),
        )
        return [found[name] for name in known]

    def _key(self, unit: Unit) -> list[str]:
        read = [*unit.sources, *self._design.includes(unit.sources)]
        return [self._version, *unit.command, *self._options, *map(self._design.identified, read)]

    def _build(self, units: Mapping[Path, Unit]) -> None:
        files = sum(len(unit.sources) for unit in units.values())
        self._tell(f"verilating {files} files of {', '.join(unit.top for unit in units.values())}")
        for folder, unit in units.items():
            places = [str(self._design.place(path, folder)) for path in unit.sources]
            # The name of the folder would go into what stands for a block, and the top would be made anew with each of them.
            run([self._verilator, *unit.command, *self._options, f"-I{INCLUDED}", "--Mdir", ".", *places], cwd=folder)
        self._compile(units)
        for folder, unit in units.items():
            for path in folder.iterdir():
                if path.suffix != ".o" and path.name not in (LINK, f"{unit.top}.sv"):
                    path.unlink()

    def _compile(self, units: Mapping[Path, Unit]) -> None:
        """Compile what Verilator wrote, all of it by one make, which says each time that one thing is done.

        Verilator's own files are compiled once for all designs that want them compiled alike.
        """
        parallel = ["-j", str(os.cpu_count() or 1), "--output-sync=target"]
        plans = {folder: _plan(folder, unit) for folder, unit in units.items()}
        total, done = sum(len(plan.own) + len(plan.runtime) for plan in plans.values()), 0

        def tell() -> None:
            self._tell(f"compiled {done} of {total} C++ files")

        def count(line: str) -> None:
            nonlocal done
            if COMPILES in line:
                done += 1
                tell()

        tell()
        for folder, plan in plans.items():
            if not plan.runtime:
                continue

            def compile_runtime(place: Path, folder: Path = folder, plan: MakePlan = plan) -> None:
                run([*plan.make, *parallel, *plan.runtime], listen=count)
                _copy(plan.runtime, folder, place)

            kept = cached(RUNTIME, [self._version, *plan.runtime.values()], compile_runtime)
            _copy(plan.runtime, kept, folder)
            done = len(plan.runtime)
        rules = [
            f"{number}:\n\t@$(MAKE) {shlex.join([*plan.make[1:], *plan.own])}\n"
            for number, plan in enumerate(plans.values())
        ]
        numbers = " ".join(map(str, range(len(rules))))
        everything = next(iter(plans)) / "all.mk"
        everything.write_text("\n".join([f"all: {numbers}", f".PHONY: {numbers}", *rules]))
        run(["make", "-f", str(everything), *parallel], listen=count)


class MakePlan(NamedTuple):
    """What make is going to do with a unit: the objects, with the lines that compile them."""

    make: list[str]
    own: dict[str, str]
    runtime: dict[str, str]
    """Of Verilator's own files: among the objects of the top alone, which has all that blocks want."""


def _plan(folder: Path, unit: Unit) -> MakePlan:
    """What make says beforehand. The libraries that the objects want are noted beside them."""
    make, lines = ["make", "-C", str(folder), "-f", f"{unit.prefix}.mk", *OPTIMISED], list[str]()
    run([*make, unit.goal, "--dry-run"], listen=lines.append)
    found = {line.partition(COMPILES)[2].partition(" ")[0]: line for line in lines if COMPILES in line}
    own = {name: line for name, line in found.items() if not name.startswith(RUNTIME)}
    linking = next((line for line in lines if COMPILES not in line and f" -o {unit.goal}" in line), "")
    (folder / LINK).write_text("\n".join(word for word in linking.split() if word.startswith(("-l", "-pthread"))))
    return MakePlan(make, own, {} if unit.is_block else {name: found[name] for name in found if name not in own})


def _copy(names: Iterable[str], source: Path, place: Path) -> None:
    for name in names:
        shutil.copy(source / name, place)
