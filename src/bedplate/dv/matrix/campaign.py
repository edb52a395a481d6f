"""The register matrix: model kit and generated RTL play the same operations; every difference is listed, or is a failure.

    combination  = a field of one kind, under one program of operations
    operation    = one clock with or without software's access, as one block sees it

`matrix_rdl` says which registers there are, `matrix_programs` what happens to them, `matrix_bench` plays it on RTL,
`matrix_play` on the model, `matrix_known` lists where they may differ, and why.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bedplate.dv.matrix import bench
from bedplate.dv.matrix.bench import BlockUnderTest, MatrixOp, RtlOutcome, fields
from bedplate.dv.matrix.known import KNOWN, FieldCase, listed
from bedplate.dv.matrix.play import Player, latches_level
from bedplate.dv.matrix.programs import PROGRAMS
from bedplate.dv.matrix.rdl import Sheet, sheets
from bedplate.gen import generate
from bedplate.gen.rtl import registers_sv
from bedplate.reg import RegisterBlock

Listen = Callable[[str], None]

SHOWN = 50
"""Fields whose first unlisted difference a report shows; it counts them all."""

WORTH_TWO = 16
"""From so many blocks on two simulators are built at once; each costs some seconds before its first block."""


class Difference(NamedTuple):
    """Model and RTL differ: `where` is block.register.field, `when` says what was looked at."""

    where: str
    when: str
    operation: str
    before: int
    model: int
    rtl: int


class MatrixReport(NamedTuple):
    """What a run found. It passes if there are neither unlisted differences nor listed ones that no longer occur."""

    seed: int
    combinations: int
    operations: int
    listed: Mapping[str, int]
    """How often each listed difference occurred, by rule."""
    unlisted: int
    differences: tuple[Difference, ...]
    """The first unlisted one of each field."""

    @property
    def gone(self) -> list[str]:
        """Listed differences that did not occur."""
        return [known.rule for known in KNOWN if not self.listed.get(known.rule)]

    @property
    def ok(self) -> bool:
        """Whether the worlds agree, but for what is listed."""
        return not self.unlisted and not self.gone


def run(
    seed: int,
    listen: Listen,
    chosen: Sequence[Sheet] | None = None,
    plant: Callable[[str, str], str] | None = None,
) -> MatrixReport:
    """Play the matrix (or the chosen part of it). `plant` may change the RTL of a block by name, to see it found.

    Raises ToolMissing, EnvError.
    """
    bench.require()
    found = Findings()
    with tempfile.TemporaryDirectory(prefix="bedplate-matrix-") as folder, ThreadPoolExecutor() as both:
        blocks = prepare(chosen or sheets(), Path(folder), plant, listen)
        halves = [[b for b in blocks if (b.program == "access") == half] for half in (True, False)]
        shares = halves if len(blocks) >= WORTH_TWO else [blocks]
        played = both.map(lambda share: _play(share, seed, Path(folder), listen), shares)
        for block, program, heard in (one for half in played for one in half):
            found.compare(block, program, heard)
    combinations = sum(len(fields(register)) for block in blocks for register in block.cls.CHILDREN)
    return MatrixReport(
        seed, combinations, found.operations, found.listed, found.unlisted, tuple(found.differences.values())
    )


def _play(
    blocks: Sequence[BlockUnderTest], seed: int, folder: Path, listen: Listen
) -> list[tuple[BlockUnderTest, list[MatrixOp], list[RtlOutcome]]]:
    """What each block answered to its program, on one simulator. Blocks of a program hear the operations of the largest."""
    names = sorted({block.program for block in blocks})
    simulator = bench.build(blocks, names, listen)
    programs = {}
    for name in names:
        largest = max((block.cls for block in blocks if block.program == name), key=lambda cls: len(cls.CHILDREN))
        programs[name] = list(PROGRAMS[name](largest, seed))
    listen(f"playing {sum(map(len, programs.values()))} operations on {len(blocks)} register blocks ...")
    with tempfile.TemporaryDirectory(dir=folder) as own:
        answers = bench.play(simulator, Path(own), list(programs.values()), len(blocks))
    return [(block, programs[block.program], heard) for block, heard in zip(blocks, answers, strict=True)]


class Findings:
    """The comparison of blocks, one after the other."""

    def __init__(self) -> None:
        self.operations = 0
        self.unlisted = 0
        self.listed: Counter[str] = Counter()
        self.differences: dict[str, Difference] = {}

    def compare(self, block: BlockUnderTest, program: Sequence[MatrixOp], heard: Sequence[RtlOutcome]) -> None:
        """One block. After a difference the model goes on from where RTL is, so that each is counted once."""
        layout = bench.layout(block)
        player = Player(block, [stored.mask for stored in layout])
        registers = player.model
        last = 0
        for op, answer in zip(program, heard, strict=True):
            if op.slot >= len(layout):
                continue
            self.operations += 1
            stored = layout[op.slot]
            before = registers.words[op.slot]
            was, last = last, op.next
            rtl = RtlOutcome(answer.read, stored.word(answer.after), stored.word(answer.settled))
            model = player.play(op)
            if model == rtl or (op.kind is not bench.OperationKind.READ and model[1:] == rtl[1:]):
                continue
            register = block.cls.CHILDREN[op.slot]
            if op.kind is bench.OperationKind.READ and model.read != rtl.read:
                self._unlisted(f"{block.name}.{register.name}", "read", op, before, model.read, rtl.read)
            for f in fields(register):
                ours, theirs = ([word >> f.low & (1 << f.width) - 1 for word in seen[1:]] for seen in (model, rtl))
                when = "after" if ours[0] != theirs[0] and not latches_level(f) else "settled"
                at = ("after", "settled").index(when)
                if ours[at] == theirs[at]:
                    continue
                case = FieldCase(f, register, before, op, was, when)
                rule = listed(case, ours[at], theirs[at])
                if rule:
                    self.listed[rule] += 1
                else:
                    name = f"{block.name}.{register.name}.{f.name}"
                    self._unlisted(name, when, op, case.before, ours[at], theirs[at])
            registers.words[op.slot] = registers.words[op.slot] & ~stored.mask | rtl.settled
            registers.settle()

    def _unlisted(self, where: str, when: str, op: MatrixOp, before: int, model: int, rtl: int) -> None:
        self.unlisted += 1
        if where not in self.differences and len(self.differences) < SHOWN:
            self.differences[where] = Difference(where, when, str(op), before, model, rtl)


def prepare(
    chosen: Sequence[Sheet], folder: Path, plant: Callable[[str, str], str] | None, listen: Listen
) -> list[BlockUnderTest]:
    """Classes and RTL from the descriptions."""
    listen(f"generating {len(chosen)} register blocks ...")
    blocks = []
    for sheet in chosen:
        source = folder / f"{sheet.name}.rdl"
        source.write_text(sheet.text, encoding="utf-8")
        rtl = registers_sv([source], sheet.name, [], f"// {sheet.name}")
        blocks.append(
            BlockUnderTest(
                sheet.name, sheet.program, _classes(source, folder), plant(sheet.name, rtl) if plant else rtl
            )
        )
    return blocks


def _classes(source: Path, folder: Path) -> type[RegisterBlock]:
    """The class of an address map: generated, imported, and forgotten by the import system."""
    package = f"bedplate_matrix_{source.stem}"
    result = generate([source], top=source.stem, out=folder / package)
    spec = importlib.util.spec_from_file_location(package, folder / package / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[package] = module
    try:
        spec.loader.exec_module(module)
    finally:
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]
    found: type[RegisterBlock] = getattr(module, result.top)
    return found
