"""Modules that are programs of their own, `python -m bedplate...`: they say a mistake as the command line does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from bedplate.errors import BedplateError, JobDefect, UnknownName, render


def require_known(options: Iterable[str], *known: str) -> None:
    """Raise UnknownName for an option that is none of these."""
    for option in options:
        if option not in known:
            raise UnknownName("option", option, known)


def ended(program: Callable[[], int | None]) -> int:
    """The exit code of a program; an error of the tree is said on standard error."""
    try:
        return program() or 0
    except BedplateError as error:
        print(render(error), file=sys.stderr)
        if isinstance(error, JobDefect):
            print(error.trace, file=sys.stderr, end="")
        return error.exit_code
