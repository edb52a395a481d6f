"""Pieces of Python text: literals, docstrings, indentation."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 112
"""Columns of documentation text."""


def hexa(value: int) -> str:
    """A mask or an address."""
    return f"0x{value:X}"


def indent(lines: Sequence[str], levels: int = 1) -> list[str]:
    """The lines, further right."""
    return ["    " * levels + line if line else line for line in lines]


def docstring(text: str) -> list[str]:
    """A docstring, wrapped, paragraphs kept; nothing for no text."""
    paragraphs = [textwrap.wrap(_safe(part), WIDTH) for part in text.splitlines()]
    lines = [line for paragraph in paragraphs for line in (paragraph or [""])]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return []
    if len(lines) == 1:
        return [f'"""{lines[0]}"""']
    return [f'"""{lines[0]}', *lines[1:], '"""']


def one_line(text: str) -> str:
    """The text on one line, fit to stand inside quotes of any kind."""
    return _safe(" ".join(text.split()))


def _safe(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text.replace("\t", " "))
    return printable.replace("\\", "\\\\").replace('"', '\\"')
