"""Mutants of `observe`: the small mistakes that a driver's author may make, made from its source one at a time.

A condition negated, dropped or swapped with the next one; another comparison; a number or an index off by one; another field of
the same register; another state answered. What a driver's helpers do belongs to it: they are mutated as well.
"""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bedplate.topology import Instance

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
}


Act = Callable[[Any], None]


class ObserveMutant(NamedTuple):
    """A mutated driver: the first line of a method that is another one, and what it became."""

    name: str
    driver: type[Instance]


def mutants(driver: type[Instance]) -> Iterator[ObserveMutant]:
    """All mutants of `observe` and of the methods that it calls on the driver."""
    for name, source, number, act in _changes(driver):
        changed = copy.deepcopy(source)
        act(list(ast.walk(changed))[number])
        yield ObserveMutant(f"{driver.__qualname__}.{name}: {_difference(source, changed)}", _made(driver, changed))


def count(driver: type[Instance]) -> int:
    """How many they are; without making them, which takes seconds."""
    return sum(1 for _ in _changes(driver))


def _changes(driver: type[Instance]) -> Iterator[tuple[str, ast.FunctionDef, int, Act]]:
    """What can be done, and to which node of which method."""
    for name in _methods(driver):
        source = ast.parse(textwrap.dedent(inspect.getsource(getattr(driver, name)))).body[0]
        assert isinstance(source, ast.FunctionDef)
        source.body = [line for line in source.body if not _is_docstring(line)]
        for number, node in enumerate(ast.walk(source)):
            for act in _acts(source, node):
                yield name, source, number, act


def _methods(driver: type[Instance]) -> list[str]:
    found = ["observe"]
    for name in found:
        tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(driver, name))))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
                method = vars(driver).get(node.attr)
                if inspect.isfunction(method) and node.attr not in found:
                    found.append(node.attr)
    return found


def _made(driver: type[Instance], source: ast.FunctionDef) -> type[Instance]:
    tree = ast.fix_missing_locations(ast.Module([source], []))
    names: dict[str, Any] = {}
    exec(compile(tree, "<mutant>", "exec"), vars(sys.modules[driver.__module__]), names)
    space = {"__slots__": (), "__module__": driver.__module__, source.name: names[source.name]}
    kind: Any = type(driver)
    made: type[Instance] = kind(driver.__name__, (driver,), space)
    return made


def _difference(honest: ast.AST, changed: ast.AST) -> str:
    """The first line that is not the same."""
    lines = zip(*(ast.unparse(tree).split("\n") for tree in (honest, changed)), strict=False)
    return next(
        (f"'{one.strip()}' became '{other.strip()}'" for one, other in lines if one != other), "a line is missing"
    )


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _acts(source: ast.FunctionDef, node: ast.AST) -> Iterator[Act]:
    """What can be done to a node. An act gets the node of the copy."""
    if isinstance(node, (ast.If, ast.IfExp)):
        yield _negate
    if isinstance(node, ast.BoolOp):
        yield from (_dropper(at) for at in range(len(node.values)))
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        yield _compare
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift):
        yield _shift
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        others = sorted(_fields(source, node) - {node.attr})
        yield from (_namer(other) for other in others)
    for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
        if isinstance(body, list):
            which = "body" if body is getattr(node, "body", None) else "orelse"
            yield from (
                _swapper(which, at)
                for at in range(len(body) - 1)
                if isinstance(body[at], ast.If) and isinstance(body[at + 1], ast.If)
            )


def _fields(source: ast.FunctionDef, node: ast.Attribute) -> set[str]:
    """What else is read from the same name: other fields of the value, or other states."""
    if not isinstance(node.value, ast.Name) or node.value.id == "self":
        return set()
    return {
        other.attr
        for other in ast.walk(source)
        if isinstance(other, ast.Attribute) and isinstance(other.value, ast.Name) and other.value.id == node.value.id
    } - {"read", "curve", "replace", "_asdict"}


def _negate(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _dropper(at: int) -> Act:
    def drop(node: Any) -> None:
        node.values[at] = ast.Constant(isinstance(node.op, ast.And))

    return drop


def _compare(node: Any) -> None:
    node.ops[0] = COMPARISONS[type(node.ops[0])]()


def _shift(node: Any) -> None:
    node.right = ast.BinOp(node.right, ast.Add(), ast.Constant(1))


def _namer(name: str) -> Act:
    def rename(node: Any) -> None:
        node.attr = name

    return rename


def _swapper(body: str, at: int) -> Act:
    def swap(node: Any) -> None:
        lines = getattr(node, body)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]

    return swap
