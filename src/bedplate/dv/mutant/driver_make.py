"""What the ways of a driver may get wrong, made from its source: one bug each.

In steps, in what they call, and in what outputs do: a line left out, two of them swapped, another constant written, a pause too
short. In what steps, waits and outputs say of themselves: another state, an effect, a budget, a withdrawal or a meeting not declared,
attempts not bounded, a time off by a factor. What `observe` may get wrong is in `observe/mutant.py`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bedplate.dv.mutant.play import PACKAGE

FACTOR = 5
"""By which a time is off."""
DECLARED = ("effect", "withdraws", "budget", "together", "attempts")
"""What a step says of itself, and would else not be known of it."""
TURNS = {"turn_on", "turn_off"}
"""What an output does."""


class DriverMutant(NamedTuple):
    """A driver's file as it would be with one bug, and that bug in words."""

    folder: str
    name: str
    text: str


def folders() -> list[str]:
    """All IP types."""
    return sorted(path.parent.name for path in (PACKAGE / "ip").glob("*/driver.py"))


def source(folder: str) -> Path:
    """Its driver."""
    return PACKAGE / "ip" / folder / "driver.py"


def mutants(folder: str) -> Iterator[DriverMutant]:
    """All mutants of a driver's ways, in the order of the source; each has a name of its own."""
    tree = ast.parse(source(folder).read_text(encoding="utf-8"))
    names = set[str]()
    for number, name, act in _bugs(tree):
        changed = copy.deepcopy(tree)
        act(list(ast.walk(changed))[number])
        while name in names:
            name += ", again"
        names.add(name)
        yield DriverMutant(folder, name, ast.unparse(changed))


def count(folder: str) -> int:
    """How many they are; without making them."""
    return sum(1 for _ in _bugs(ast.parse(source(folder).read_text(encoding="utf-8"))))


Act = Callable[[Any], None]


def _bugs(tree: ast.AST) -> Iterator[tuple[int, str, Act]]:
    """What can be done, in words, and to which node."""
    helpers = _helpers(tree) | TURNS
    for number, node in enumerate(ast.walk(tree)):
        for name, act in _acts(node, helpers):
            yield number, name, act


def _acts(node: ast.AST, helpers: set[str]) -> Iterator[tuple[str, Act]]:
    if isinstance(node, ast.FunctionDef):
        if _declaration(node) is not None:
            yield from _of_a_declaration(node)
            yield from _of_lines(node)
        elif node.name in helpers:
            yield from _of_lines(node)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "wait":
        for word in node.value.keywords:
            if word.arg in ("typical", "limit"):
                yield f"{ast.unparse(node.targets[0])}: {word.arg} off by {FACTOR}", _scale(word.arg)
            elif word.arg == "elapsed":
                yield f"{ast.unparse(node.targets[0])}: no timer", _without(word.arg)
            elif word.arg == "together":
                yield f"{ast.unparse(node.targets[0])}: together not declared", _without(word.arg)
    elif isinstance(node, ast.ClassDef):
        for at, line in enumerate(node.body):
            if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "limit":
                yield f"{node.name}: limit off by {FACTOR}", _longer(at)


def _declaration(function: ast.FunctionDef) -> ast.Call | None:
    """What says that it is a step."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "step":
            return decorator
    return None


def _helpers(tree: ast.AST) -> set[str]:
    """What steps call on their driver, steps themselves excepted."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    steps = [name for name, node in functions.items() if _declaration(node) is not None]
    reached = list(steps)
    for name in reached:
        for node in ast.walk(functions[name]):
            called = node.attr if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self" else ""
            if called in functions and called not in reached:
                reached.append(called)
    return {*reached} - {*steps}


def _of_a_declaration(step: ast.FunctionDef) -> Iterator[tuple[str, Act]]:
    declared = _declaration(step)
    assert declared is not None
    for word in declared.keywords:
        if word.arg in DECLARED:
            yield f"{step.name}: {word.arg} not declared", _in_declaration(_without(word.arg))
    yield f"{step.name}: leads back to where it came from", _in_declaration(_back)


def _of_lines(function: ast.FunctionDef) -> Iterator[tuple[str, Act]]:
    for inner, block in enumerate(ast.walk(function)):
        lines = getattr(block, "body", None)
        if not isinstance(lines, list):
            continue
        places = [at for at, line in enumerate(lines) if not _is_docstring(line)]
        for at in places:
            yield f"{function.name}: without `{ast.unparse(lines[at]).splitlines()[0]}`", _dropped(inner, at)
        for at, after in pairwise(places):
            if isinstance(lines[at], ast.Expr) and isinstance(lines[after], ast.Expr):
                yield f"{function.name}: `{ast.unparse(lines[after])}` first", _swapped(inner, at, after)
    for inner, node in enumerate(ast.walk(function)):
        if node in function.decorator_list:
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.settle":
            yield f"{function.name}: {ast.unparse(node)} off by {FACTOR}", _hurried(inner)
        elif isinstance(node, ast.keyword) and node.arg not in ("timeout", "strict") and _is_written(function, node):
            yield f"{function.name}: another {ast.unparse(node)}", _another(inner)


def _is_written(function: ast.FunctionDef, word: ast.keyword) -> bool:
    """Whether it is a constant that a line writes, not one of the declaration."""
    declared = any(word is node for decorator in function.decorator_list for node in ast.walk(decorator))
    return isinstance(word.value, ast.Constant) and not declared


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
    return lambda step: act(_declaration(step))


def _back(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    first = node.args[0]
    while isinstance(first, (ast.Tuple, ast.Starred)):
        first = first.elts[0] if isinstance(first, ast.Tuple) else first.value
    node.args[1] = first


def _longer(at: int) -> Act:
    def act(node: ast.ClassDef) -> None:
        line = node.body[at]
        assert isinstance(line, ast.Assign)
        line.value = ast.BinOp(line.value, ast.Mult(), ast.Constant(FACTOR))

    return act


def _inner(function: ast.AST, number: int) -> Any:
    """A node of a function, as it was counted there."""
    return list(ast.walk(function))[number]


def _dropped(inner: int, at: int) -> Act:
    def act(function: ast.AST) -> None:
        _inner(function, inner).body[at] = ast.Pass()

    return act


def _swapped(inner: int, at: int, after: int) -> Act:
    def act(function: ast.AST) -> None:
        lines = _inner(function, inner).body
        lines[at], lines[after] = lines[after], lines[at]

    return act


def _hurried(inner: int) -> Act:
    def act(function: ast.AST) -> None:
        call = _inner(function, inner)
        call.args = [ast.BinOp(call.args[0], ast.FloorDiv(), ast.Constant(FACTOR))]

    return act


def _another(inner: int) -> Act:
    def act(function: ast.AST) -> None:
        word = _inner(function, inner)
        value = word.value.value
        word.value = ast.Constant(not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else "")

    return act
