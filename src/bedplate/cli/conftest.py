"""Running the command line in this process, with every bus transaction counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner

from bedplate.bus import Bus, MemoryBus, Meter
from bedplate.chips.tern import Tern
from bedplate.cli.app import app
from bedplate.env import model as environment

TERN = Tern(MemoryBus(0))
SIZE = len(TERN.all)
"""Instances of Tern."""
OPENING = len(TERN.regions)
"""Transactions by which who will write asks who answers, before anything else: one burst for each of Tern's dies."""


def commands(group: click.Command = app, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command of the program, and the words that lead to it."""
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            below = group.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


class Ran(NamedTuple):
    """One run: how it ended, and what it said. `transactions` is what reached the raw bus."""

    code: int
    out: str
    err: str
    transactions: int

    @property
    def doc(self) -> Any:
        """The one document on standard output; fails if there is more, or less."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `bedplate ARGS`. Anything that ends in a traceback fails, unless `may_break`."""
    meters: list[Meter] = []
    original = environment.open_bus

    def open_bus(*args: Any) -> Bus:
        meters.append(Meter(original(*args)))
        return meters[-1]

    monkeypatch.setattr(environment, "open_bus", open_bus)
    monkeypatch.delenv("BEDPLATE_TARGET", raising=False)

    def go(*args: str, may_break: bool = False) -> Ran:
        meters.clear()
        result = CliRunner().invoke(app, list(args), prog_name="bedplate")
        ran = Ran(result.exit_code, result.stdout, result.stderr, sum(meter.transactions for meter in meters))
        assert may_break or "Traceback" not in ran.out + ran.err, ran.err
        return ran

    return go
