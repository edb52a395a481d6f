"""What commands share: the target, the way to the chip, and how an answer leaves the program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bedplate.bus import Bus
    from bedplate.converge import Chip

DEFAULT_TARGET = "model:tern"

Facts = dict[str, Any]
"""A JSON-ready document."""


@dataclass
class Session:
    """One run of one command."""

    target: str = DEFAULT_TARGET
    json: bool = False
    aside: bool = False
    """Text answers go to standard error: somebody else (`trace`) has standard output."""
    documents: list[Facts] | None = None
    """Where somebody else wants the documents, instead of standard output."""
    taps: list[Callable[[Bus], Bus]] = field(default_factory=list)
    """Decorators to put between the chip and its raw bus, first one outermost."""
    muted: bool = False
    """True while `--up` converges before the command proper: taps have nothing to tell."""

    # The chip

    def chip_type(self) -> type[Chip]:
        """The class of the target's chip. Raises UnknownName; opens nothing."""
        from bedplate.env import chip_type, parse

        return chip_type(parse(self.target).name)

    def drawing(self) -> Chip:
        """The chip on paper: instances, addresses and needs, on a bus that leads nowhere."""
        from bedplate.bus import MemoryBus

        return self.chip_type()(MemoryBus(0))

    def open(self, up: bool = False) -> Chip:
        """The chip of the target, converged first if `up`. Raises what `bedplate.open` does."""
        from bedplate.env import open_bus

        kind = self.chip_type()
        bus = open_bus(self.target, kind)
        for tap in reversed(self.taps):
            bus = tap(bus)
        chip = kind(bus)
        if up:
            self.muted = True
            report = chip.converge()
            self.muted = False
            if not report.ok:
                self.tell(f"note: {str(report).partition(',')[0]}; `bedplate up` says why")
        return chip

    # Answers

    def answer(self, name: str, facts: Mapping[str, Any], lines: Iterable[str]) -> None:
        """The command's answer, once: a document with schema bedplate.NAME/1, or lines of text."""
        if self.json:
            self._document({"schema": f"bedplate.{name}/1", **facts})
            return
        for line in lines:
            self.print(line)

    def print(self, line: str) -> None:
        """A line of a text answer."""
        click.echo(line, err=self.aside)

    def tell(self, text: str) -> None:
        """Talk: to standard error, for people only."""
        if not self.json:
            click.echo(text, err=True, color=False if "NO_COLOR" in os.environ else None)

    def fail(self, facts: Mapping[str, Any], text: str) -> None:
        """The answer of a command that ends in an error."""
        if self.json:
            self._document({"schema": "bedplate.error/1", "ok": False, "error": dict(facts)})
        else:
            first, newline, rest = text.partition("\n")
            self.tell(click.style(first, fg="red") + newline + rest)

    def _document(self, document: Facts) -> None:
        if self.documents is not None:
            self.documents.append(document)
            return
        import json

        click.echo(json.dumps(document, indent=2))


pass_session = click.make_pass_decorator(Session, ensure=True)

up_first = click.option("--up", "up", is_flag=True, help="Converge first, quietly.")
"""For a model, which is fresh in every process: so that people can look at a booted chip."""
