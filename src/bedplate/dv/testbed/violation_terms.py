"""The terms of what RTL calls a violation: the parts of `assign violation = ...` that are joined by `||`, at any depth.

A design with `told` in it says of each violation which term decided it alone: without that term there would have been none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bedplate.env.rtl.designs import ROOT, Design

ASSIGNED = re.compile(r"assign violation\s*=\s*(.*?);", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*")
SAID = re.compile(r"violation term (\w+) (\d+) decides")
NEVER = "1'b0"


def terms(source: str) -> list[tuple[int, int]]:
    """Where in the violation expression of a module its terms stand. None for a module in which nothing is a violation."""
    expression = expression_of(source)
    return [] if expression == NEVER else list(_operands(expression, 0, len(expression)))


def expression_of(source: str) -> str:
    """The violation expression of a module, without comments."""
    found = ASSIGNED.search(COMMENT.sub("", source))
    return " ".join(found[1].split()) if found else NEVER


def _operands(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The innermost operands of `||` between two places: an operand with further ones in its brackets is not one itself."""
    cuts = [start, *(at for at in _places(text, start, end, "||")), end]
    for number, (first, last) in enumerate(pairwise(cuts)):
        first += 2 if number else 0
        inner = [term for a, b in _brackets(text, first, last) if "||" in text[a:b] for term in _operands(text, a, b)]
        yield from inner or [(first, last)]


def _places(text: str, start: int, end: int, what: str) -> Iterator[int]:
    """Where something stands outside of brackets."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] in "({[") - (text[at] in ")}]")
        if not depth and text.startswith(what, at):
            yield at


def _brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between outermost brackets."""
    depth = opened = 0
    for at in range(start, end):
        if text[at] in "({[":
            opened = opened if depth else at + 1
            depth += 1
        elif text[at] in ")}]":
            depth -= 1
            if not depth:
                yield opened, at


def told(design: Design) -> Design:
    """The design in which every module of an IP folder tells which term decided a violation, by folder and number."""
    changed = dict(design.changed)
    for path in design.files():
        if path.parent.name == "rtl" and path.stem in design.homes:
            text = design.text(path)
            changed[str(path.relative_to(ROOT))] = _telling(path, text)
    return design._replace(changed=changed)


def _telling(path: Path, source: str) -> str:
    expression = expression_of(source)
    lines = []
    for number, (first, last) in enumerate(terms(source)):
        without = f"{expression[:first]} {NEVER} {expression[last:]}"
        lines.append(f'        if (violation && !({without})) $display("violation term {path.stem} {number} decides");')
    head, _, tail = source.rpartition("endmodule")
    return "\n".join([head, "    always @(posedge clk) if (rst_n) begin", *lines, "    end", f"endmodule{tail}"])
