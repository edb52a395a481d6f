"""The pages that are made from the code, each beside it: state diagrams of the blocks, and the wiring of the chips.

`python -m bedplate.dv.docs` writes them; `make check` fails when they are stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bedplate.block import Block, Output, Step, Wait, mermaid
from bedplate.bus import MemoryBus
from bedplate.component.plugin import load
from bedplate.env import chip_type, known_chips
from bedplate.env.program import ended, require_known
from bedplate.errors import duration
from bedplate.topology import Topology

PACKAGE = Path(__file__).parent.parent
MADE = "Made from the code by `make docs`; do not edit."
LEGEND = """Solid ways are steps of software, with their effect on a running workload in brackets; ways with times are waits for
hardware (typical, limit, in device time)."""


def drivers() -> list[type[Block[Any, Any]]]:
    """The driver classes of every IP type, then those of chips that have their own, in alphabetical order."""
    homes = [*sorted(PACKAGE.glob("ip/*/driver.py")), *sorted(PACKAGE.glob("chips/*/driver.py"))]
    return [one for home in homes for one in drivers_of(f"{home.parent.parent.name}.{home.parent.name}")]


def drivers_of(package: str) -> list[type[Block[Any, Any]]]:
    """The driver classes of a package, in the order of its module `driver`; none if it has no such module."""
    if not (PACKAGE / package.replace(".", "/") / "driver.py").exists():
        return []
    module = load(f"bedplate.{package}.driver")
    return [
        item
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Block) and item.__module__ == module.__name__
    ]


def block_lines(driver: type[Block[Any, Any]]) -> Iterator[str]:
    """A block: what it is, its state diagram, its budgets."""
    yield from (f"## {driver.__name__}", "", (driver.__doc__ or "").strip().split("\n")[0], "")
    if driver.loses:
        costs = (f"{kind.value} {effect.words}" for kind, effect in driver.loses.items())
        yield from (f"What the loss of a need costs it: {', '.join(costs)}.", "")
    yield from ("```mermaid", mermaid(driver).rstrip(), "```", "")
    yield from ("| way | from | to | effect or budget | what it does |", "| --- | --- | --- | --- | --- |")
    for way in driver.ways:
        if isinstance(way, Step):
            sources = ", ".join(map(str, way.sources))
            yield f"| {way.name} | {sources} | {way.target} | {way.effect.words} | {way.doc} |"
        elif isinstance(way, Wait):
            budget = f"{duration(way.typical)}, at most {duration(way.limit)}"
            yield f"| {way.name} | {way.source} | {way.target} | {budget} | the hardware's work |"
    yield ""


def block_page(package: str) -> str:
    """The blocks of a package."""
    head = (load(f"bedplate.{package}").__doc__ or "").strip().split("\n")[0]
    lines = [f"# {package.rpartition('.')[2]}", "", head, "", MADE, LEGEND, ""]
    for driver in drivers_of(package):
        lines += block_lines(driver)
    return "\n".join(lines)


def chip_page(chip: Topology) -> str:
    """Every instance of a chip with its address and needs, and the graph of what needs what by IP type."""
    lines = [f"# {chip.name.capitalize()}: instances", "", MADE, ""]
    edges: dict[str, None] = {}
    for block in chip.order:
        for need in block.needs:
            label = need.kind.value + (" output" if isinstance(need, Output) else "")
            edges[f"    {need.provider.ip} -- {label} --> {block.ip}"] = None
    for pair in chip.pairs:
        edges[f"    {pair.one.ip} <-- pair --> {pair.other.ip}"] = None
    lines += ["```mermaid", "flowchart LR", *edges, "```", ""]
    lines += [f"{len(chip.all)} instances.", "", "| instance | IP | address | needs |", "| --- | --- | --- | --- |"]
    for block in chip.all:
        other = chip.partner_of(block)
        needs = "; ".join([*map(str, block.needs), *([f"pair with {other.name}"] if other is not None else [])]) or "-"
        lines.append(f"| {block.name} | {block.ip} | 0x{block.regs.base:08x} | {needs} |")
    own = drivers_of(type(chip).__module__.removeprefix("bedplate.").rpartition(".")[0])
    if own:
        lines += ["", LEGEND, "", *(line for driver in own for line in block_lines(driver))]
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    """Every page by its place: beside the code that it is made of, so that it changes with nothing else."""
    made = {path.parent / "README.md": block_page(f"ip.{path.parent.name}") for path in PACKAGE.glob("ip/*/driver.py")}
    for name in known_chips():
        chip = chip_type(name)
        if chip.__module__.startswith("bedplate."):
            home = PACKAGE / Path(*chip.__module__.split(".")[1:-1])
            made[home / "README.md"] = chip_page(chip(MemoryBus(0)))
    return made


def main(arguments: Sequence[str]) -> int:
    """Write the pages; with `--check`, only name those that are stale, and return 1 if there are any. Raises AccessError for other arguments."""
    require_known(arguments, "--check")
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"stale: {path}: run `make docs`", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
