"""A mutant of the core: one decision that is made the other way, what goes wrong by it, and the test that finds it.

A row is text, so it shows what it stands for. It names no file, only the folder: what moves within its folder stays covered. A row
that fits no more, or fits twice, is stale: put it to what the core says now.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bedplate.dv.mutant.play import PACKAGE


class CoreMutant(NamedTuple):
    """A folder of the package, what stands in it exactly once, what stands there instead, why that is wrong, and who finds it.

    `killer` is the name of a test as pytest writes it.
    """

    folder: str
    old: str
    new: str
    why: str
    killer: str


class Stale(Exception):
    """A row that does not fit the core as it is."""


def place(mutant: CoreMutant) -> tuple[Path, str]:
    """The one file of its folder that has the text, and all that the file says with the other one. Raises Stale."""
    paths = [path for path in sorted((PACKAGE / mutant.folder).glob("*.py")) if not path.name.startswith("test_")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    count = sum(text.count(mutant.old) for text in texts.values())
    if count != 1:
        raise Stale(f"stale row: {mutant.folder}/ has this {count} times, not once: {mutant.old!r}")
    path = next(path for path, text in texts.items() if mutant.old in text)
    changed = texts[path].replace(mutant.old, mutant.new)
    try:
        compile(changed, str(path), "exec")
    except SyntaxError as error:
        raise Stale(f"stale row: {mutant.new!r} is no program in {path.name}: {error}") from error
    return path, changed
