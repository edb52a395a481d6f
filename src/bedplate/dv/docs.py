"""The pages under `docs/` that are made from the code: state diagrams of all blocks, and the wiring of the chips.

`python -m bedplate.dv.docs` writes them; `make check` fails when they are stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bedplate.block import Block, Outlet, Step, Wait, mermaid
from bedplate.bus import MemoryBus
from bedplate.env import chip_type, known_chips
from bedplate.errors import duration
from bedplate.topology import Topology

PACKAGE = Path(__file__).parent.parent
DOCS = PACKAGE.parent.parent / "docs"


def drivers() -> Iterator[type[Block[Any, Any]]]:
    """The driver classes of every IP room, then those of chips that have their own, in alphabetical order."""
    for path in (*sorted(PACKAGE.glob("ip/*/driver.py")), *sorted(PACKAGE.glob("chips/*/driver.py"))):
        module = import_module(f"bedplate.{path.parent.parent.name}.{path.parent.name}.driver")
        for item in vars(module).values():
            if isinstance(item, type) and issubclass(item, Block) and item.__module__ == module.__name__:
                yield item


def blocks_page() -> str:
    """Every block: what it is, its state diagram, its budgets."""
    lines = [
        "# Blocks",
        "",
        "Made from the drivers by `make docs`; do not edit. Solid ways are steps of software, with their effect on a running",
        "workload in brackets; ways with times are waits for hardware (typical, limit, in device time).",
        "",
    ]
    for driver in drivers():
        room = driver.__module__.split(".")[-2]
        title = room if driver.__module__.startswith("bedplate.ip.") else f"{room}: {driver.__name__}"
        lines += [f"## {title}", "", (driver.__doc__ or "").strip().split("\n")[0], ""]
        if driver.loses:
            costs = (f"{kind.value} {effect.words}" for kind, effect in driver.loses.items())
            lines += [f"What the loss of a need costs it: {', '.join(costs)}.", ""]
        lines += ["```mermaid", mermaid(driver).rstrip(), "```", ""]
        lines += ["| way | from | to | effect or budget | what it does |", "| --- | --- | --- | --- | --- |"]
        for way in driver.ways:
            if isinstance(way, Step):
                sources = ", ".join(map(str, way.sources))
                lines.append(f"| {way.name} | {sources} | {way.target} | {way.effect.words} | {way.doc} |")
            elif isinstance(way, Wait):
                budget = f"{duration(way.typical)}, at most {duration(way.limit)}"
                lines.append(f"| {way.name} | {way.source} | {way.target} | {budget} | the hardware's work |")
        lines.append("")
    return "\n".join(lines)


def chip_page(chip: Topology) -> str:
    """Every instance of a chip with its address and needs, and the graph of what needs what by IP type."""
    lines = [f"# {chip.name.capitalize()}: instances", "", "Made from the wiring by `make docs`; do not edit.", ""]
    edges: dict[str, None] = {}
    for block in chip.order:
        for need in block.needs:
            label = need.kind.value + (" outlet" if isinstance(need, Outlet) else "")
            edges[f"    {need.provider.ip} -- {label} --> {block.ip}"] = None
    for pair in chip.pairs:
        edges[f"    {pair.one.ip} <-- pair --> {pair.other.ip}"] = None
    lines += ["```mermaid", "flowchart LR", *edges, "```", ""]
    lines += [f"{len(chip.all)} instances.", "", "| instance | IP | address | needs |", "| --- | --- | --- | --- |"]
    for block in chip.all:
        other = chip.partner_of(block)
        needs = "; ".join([*map(str, block.needs), *([f"pair with {other.name}"] if other is not None else [])]) or "-"
        lines.append(f"| {block.name} | {block.ip} | 0x{block.regs.base:08x} | {needs} |")
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    """Every page by its place."""
    made = {DOCS / "blocks.md": blocks_page()}
    for name in known_chips():
        made[DOCS / f"{name}.md"] = chip_page(chip_type(name)(MemoryBus(0)))
    return made


def main(arguments: Sequence[str]) -> int:
    """Write the pages; with `--check`, only name those that are stale, and return 1 if there are any."""
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
    sys.exit(main(sys.argv[1:]))
