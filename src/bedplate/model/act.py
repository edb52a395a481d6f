"""Acts: what software may do to an instance of an IP type, and what it must not.

The module `acts` beside a model holds them, as functions that are given the instance on a bench. Each is a small program of
accesses; the proofs let it run in every world and compare what it leaves behind.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from bedplate.declared import require_runs


class DeclaredAct(NamedTuple):
    """A program of accesses, and the violations that it raises, in their order."""

    name: str
    run: Callable[[Any], object]
    violations: tuple[str, ...]


def act(*violations: str) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
    """Marks a function as an act that raises these violations. What it returns is compared between worlds as well.

    Raises AccessError for one that would not run when it is called.
    """

    def mark(run: Callable[[Any], object]) -> Callable[[Any], object]:
        require_runs([(run.__name__, run)], "the acts")
        run.__dict__["bedplate_act"] = violations
        return run

    return mark


def acts_in(module: ModuleType) -> tuple[DeclaredAct, ...]:
    """The acts of a module, in their order."""
    marked = {name: run for name, run in vars(module).items() if "bedplate_act" in getattr(run, "__dict__", {})}
    return tuple(DeclaredAct(name, run, run.__dict__["bedplate_act"]) for name, run in marked.items())
