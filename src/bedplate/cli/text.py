"""Text for people: tables, groups, outcomes. Colour is laid on here and taken off again where nobody would see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import click

T = TypeVar("T")

COLORS = {
    "goal": "green",
    "harvested": "bright_black",
    "failed": "red",
    "fault": "red",
    "blocked": "blue",
    "on its way": "yellow",
    "unreachable": "bright_black",
    "unknown": "magenta",
}
"""Words for how an instance is, and their colours."""

CELLS = {
    "": "·",
    "unreachable": "·",
    "on its way": "▪",
    "goal": "■",
    "failed": "✗",
    "fault": "✗",
    "blocked": "□",
    "harvested": "-",
    "unknown": "?",
}
"""One glyph for each, so that a board of instances reads without colours too."""


def paint(text: str, word: str) -> str:
    """Text in the colour of an outcome."""
    return click.style(text, fg=COLORS.get(word))


def cells(words: Iterable[str]) -> str:
    """A row of instances, one glyph each."""
    return " ".join(paint(CELLS[word], word) for word in words)


def bold(text: str) -> str:
    """What the eye should find first."""
    return click.style(text, bold=True)


def dim(text: str) -> str:
    """What the eye may pass over."""
    return click.style(text, dim=True)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> Iterator[str]:
    """Lines of aligned columns, those named in `right` to the right."""
    cells = [[dim(cell) for cell in header], *rows]
    widths = [max(len(click.unstyle(row[i])) for row in cells) for i in range(len(header))]
    for row in cells:
        parts = []
        for i, cell in enumerate(row):
            space = " " * (widths[i] - len(click.unstyle(cell)))
            parts.append(space + cell if header[i] in right else cell + space)
        yield "  ".join(parts).rstrip()


def group_of(name: str) -> str:
    """Where an instance stands: die0.pll.sys in die0.pll."""
    return name.rpartition(".")[0] or name


def grouped(items: Iterable[T], name: Callable[[T], str]) -> dict[str, list[T]]:
    """Items by the group of their name, in the order of first appearance."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(group_of(name(item)), []).append(item)
    return groups


def some(names: Sequence[str], most: int = 6) -> str:
    """A few names, and how many more."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def left_out(reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What was left out, by name, and why: together where it is for the same reason."""
    for why in dict.fromkeys(reasons.values()):
        yield some([name for name, reason in reasons.items() if reason == why], 4), why
