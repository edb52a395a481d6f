"""The times of drivers as their data sheets have them: `times.txt` beside each driver.

A row is a wait, an output or a pause of a step, with its times; below it, indented, each of its figures says where it comes from:

    Pll.lock: typical 15 us, at most 1 ms
        typical: Linux, clk/rockchip/clk-pll.c: 500 cycles of the divided reference at the most
        limit: ours: sixty times what is usual

which is a document with the place in it, or `ours`; and then what it says there, or why. `tests/test_waits.py` holds drivers to it.
"""

from __future__ import annotations

import re
from inspect import getfile
from pathlib import Path
from typing import Any

from bedplate.block import Block

TIMES = "times.txt"
ORIGIN = re.compile(r"(?:ours|(?P<document>[^,:;]+), (?P<place>[^:;]+)): \S.*")
"""Where a figure comes from."""

Row = dict[str, str]
"""The origins of its figures, by `typical`, `limit`, `pause`."""


def stated(folder: Path) -> dict[str, Row]:
    """The rows of a folder; none without the file."""
    rows: dict[str, Row] = {}
    path = folder / TIMES
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _, _, table = text.partition("\n\n")
    for line in filter(None, table.splitlines()):
        if line.startswith(" "):
            figure, _, origin = line.strip().partition(": ")
            rows[list(rows)[-1]][figure] = origin
        else:
            rows[line] = {}
    return rows


def folder_of(driver: type[Block[Any, Any]]) -> Path:
    """Where it and its data sheet lie."""
    return Path(getfile(driver)).parent


def is_founded(origin: str, folder: Path) -> bool:
    """Whether it says where from. Of a description in the folder, `NAME.rdl`, the place has to be in it."""
    said = ORIGIN.fullmatch(origin)
    if said is None:
        return False
    document, place = said["document"], said["place"]
    if document is None or not document.endswith(".rdl"):
        return True
    sheet = folder / document
    return sheet.exists() and re.search(rf"\b{re.escape(place)}\b", sheet.read_text(encoding="utf-8")) is not None
