"""Drivers with one bug each, against the tests of their room on the model: who finds it?

    python -m bedplate.dv.mutant_driver            every driver of ip/; kills by the file of tests that found them
    python -m bedplate.dv.mutant_driver pll otp    of these rooms, with each mutant

`dv compare` plays one driver on both sides and sees none of these. What `observe` may get wrong is tried by `tests/test_observe.py`
(`observe_mutant.py`); here are the ways: a line of a step left out, two of them swapped, another constant written, another state
declared, an effect or a withdrawal not declared, a limit or a typical time off by a factor.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bedplate.dv.mutant_play import PACKAGE, first_failure

FACTOR = 5
"""By which a time of a wait is off."""
LONGEST = 60
"""Seconds of processor time that the tests of a room may take."""


class Mutant(NamedTuple):
    """A driver's file as it would be with one bug, and that bug in words."""

    room: str
    name: str
    text: str


def rooms() -> list[str]:
    """All IP types."""
    return sorted(path.parent.name for path in (PACKAGE / "ip").glob("*/driver.py"))


def source(room: str) -> Path:
    """Its driver."""
    return PACKAGE / "ip" / room / "driver.py"


def proofs(room: str) -> tuple[str, ...]:
    """What looks at a driver's ways without any RTL, the quickest first."""
    own = f"src/bedplate/ip/{room}/test_{room}.py"
    return (own, "tests/test_waits.py", "tests/test_house.py::test_every_state_leads_to_the_goal")


def mutants(room: str) -> Iterator[Mutant]:
    """All mutants of a driver's steps and waits, in the order of the source."""
    tree = ast.parse(source(room).read_text(encoding="utf-8"))
    for number, node in enumerate(ast.walk(tree)):
        for name, act in _acts(node):
            changed = copy.deepcopy(tree)
            act(list(ast.walk(changed))[number])
            yield Mutant(room, name, ast.unparse(changed))


Act = Callable[[ast.AST], None]


def _acts(node: ast.AST) -> Iterator[tuple[str, Act]]:
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "step":
                yield from _of_a_step(node)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "wait":
        for word in node.value.keywords:
            if word.arg in ("typical", "limit"):
                yield f"{ast.unparse(node.targets[0])}: {word.arg} off by {FACTOR}", _scale(word.arg)
            elif word.arg == "elapsed":
                yield f"{ast.unparse(node.targets[0])}: no timer", _without(word.arg)


def _of_a_step(step: ast.FunctionDef) -> Iterator[tuple[str, Act]]:
    declared = step.decorator_list[0]
    assert isinstance(declared, ast.Call)
    for word in declared.keywords:
        if word.arg in ("effect", "withdraws", "claim"):
            yield f"{step.name}: {word.arg} not declared", _in_declaration(_without(word.arg))
    yield f"{step.name}: leads back to where it came from", _in_declaration(_back)
    lines = [at for at, line in enumerate(step.body) if not _is_docstring(line)]
    for at in lines:
        yield f"{step.name}: without `{ast.unparse(step.body[at]).splitlines()[0]}`", _dropped(at)
        for number, node in enumerate(ast.walk(step.body[at])):
            if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant) and node.arg != "timeout":
                yield f"{step.name}: another {ast.unparse(node)}", _another(at, number)
    for at, after in pairwise(lines):
        if isinstance(step.body[at], ast.Expr) and isinstance(step.body[after], ast.Expr):
            yield f"{step.name}: `{ast.unparse(step.body[after])}` first", _swapped(at, after)


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _scale(name: str) -> Act:
    def act(node: ast.AST) -> None:
        assert isinstance(node, ast.Assign)
        assert isinstance(node.value, ast.Call)
        for word in node.value.keywords:
            if word.arg == name:
                word.value = ast.BinOp(word.value, ast.Mult(), ast.Constant(FACTOR))
                if name == "typical":  # towards less: it has to stay below the limit
                    word.value.op = ast.FloorDiv()

    return act


def _without(name: str) -> Act:
    def act(node: ast.AST) -> None:
        call = node.value if isinstance(node, ast.Assign) else node
        assert isinstance(call, ast.Call)
        call.keywords = [word for word in call.keywords if word.arg != name]

    return act


def _in_declaration(act: Act) -> Act:
    return lambda node: act(node.decorator_list[0])  # type: ignore[attr-defined] # a step, as it was found


def _back(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    first = node.args[0]
    node.args[1] = first.elts[0] if isinstance(first, ast.Tuple) else first


def _dropped(at: int) -> Act:
    return lambda node: _put(node, at, ast.Pass())


def _swapped(at: int, after: int) -> Act:
    def act(node: ast.AST) -> None:
        body = node.body  # type: ignore[attr-defined] # a step
        body[at], body[after] = body[after], body[at]

    return act


def _another(at: int, number: int) -> Act:
    def act(node: ast.AST) -> None:
        word: Any = list(ast.walk(node.body[at]))[number]  # type: ignore[attr-defined] # a step
        value = word.value.value
        word.value = ast.Constant(not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else "")

    return act


def _put(node: ast.AST, at: int, line: ast.stmt) -> None:
    node.body[at] = line  # type: ignore[attr-defined] # a step


def finder(mutant: Mutant) -> tuple[str, str]:
    """The test that finds it, and what it says; empty if none does."""
    for proof in proofs(mutant.room):
        found, why = first_failure(source(mutant.room), mutant.text, ["-k", "not rtl", proof], LONGEST)
        if found:
            return found, why
    return "", ""


def main(arguments: Sequence[str]) -> int:
    """A line for each driver; with rooms named, one for each mutant too. It measures: some that survive are no bugs."""
    import pytest  # noqa: F401 - loaded once, for all forks

    survivors = []
    print("| driver | mutants | found | by |\n| --- | --- | --- | --- |", flush=True)
    for room in arguments or rooms():
        finders: Counter[str] = Counter()
        number = 0
        found, why = finder(Mutant(room, "", source(room).read_text(encoding="utf-8")))
        if found:
            print(f"{room}: fails without any bug: {found} {why}")
            return 1
        for mutant in mutants(room):
            number += 1
            found, why = finder(mutant)
            finders[found.partition("::")[0].rpartition("/")[2]] += 1
            if not found:
                survivors.append(f"{room} {mutant.name}")
            if arguments:
                print(f"{'found' if found else 'MISSED'} {room} {mutant.name}: {found} {why}", flush=True)
        missed = finders.pop("", 0)
        by = ", ".join(f"{name} {count}" for name, count in finders.most_common())
        print(f"| {room} | {number} | {number - missed} | {by} |", flush=True)
    for text in survivors:
        print(f"survives: {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
