"""What commands share: the target, the way to the chip, and how an answer leaves the program."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from bedplate.chips import DEFAULT
from bedplate.errors import BedplateError, render

if TYPE_CHECKING:
    from bedplate.bus import Bus, Observer
    from bedplate.converge import Chip, Report

T = TypeVar("T")

WITH_UP = "; or, on a model, this command with --up"
"""What an error about a chip that is not up may end with."""

DEFAULT_TARGET = f"model:{DEFAULT}"

Facts = dict[str, Any]
"""A JSON-ready document."""


class Watcher(Protocol):
    """Who watches a run, and can say what it missed: an Observer, an Outbox."""

    @property
    def note(self) -> str:
        """What it missed, a sentence; empty where that is nothing."""


@dataclass
class Session:
    """One run of one command."""

    target: str = DEFAULT_TARGET
    json: bool = False
    aside: list[str] | None = None
    """Where somebody else (`trace`) wants the lines of text answers, instead of standard output, which is theirs meanwhile."""
    documents: list[Facts] | None = None
    """Where somebody else wants the documents, instead of standard output."""
    taps: list[Callable[[Bus], Bus]] = field(default_factory=list)
    """Decorators to put between the chip and its raw bus, first one outermost."""
    muted: bool = False
    """True while `--up` converges before the command proper: taps have nothing to tell."""
    watchers: list[Watcher] = field(default_factory=list)
    """Those whose losses are said at the end."""
    chip: Chip | None = None
    """The one that was opened."""
    identity: tuple[str, ...] = ()
    """Who answered when the chip was opened to be written to."""
    was_brought_up: bool = False
    """Whether `--up` was tried."""
    not_up: BedplateError | None = None
    """What kept `--up` from bringing the chip up, where the command shows the chip all the same; the exit code is that of the run."""
    undelivered: Exception | None = None
    """Why the answer, or a part of it, did not get out."""

    # The chip

    def chip_type(self) -> type[Chip]:
        """The class of the target's chip, once all of the target is known to make sense; opens nothing.

        So every command refuses the same targets. Raises UnknownName, AccessError, OutOfRange.
        """
        from bedplate.env import check

        return check(self.target)

    def drawing(self) -> Chip:
        """The chip on paper: instances, addresses and needs, on a bus that leads nowhere."""
        from bedplate.bus import MemoryBus

        return self.chip_type()(MemoryBus(0))

    def open(self, up: bool = False, write: bool = True, shows: Collection[str] = ()) -> Chip:
        """The chip of the target, converged first if `up`; without `write` to be read only, else.

        Where that fails, who only looks is shown what is left, with the error at its root as a note; `shows` are commands whose
        answer is this one's too: nobody is sent to them. Raises what `bedplate.open` does, and that error for who writes.
        """
        from bedplate.env import open_bus, recognise

        kind = self.chip_type()
        bus = open_bus(self.target, kind, write or up)
        chip = kind(bus)
        self.identity = recognise(chip)
        for tap in reversed(self.taps):
            bus = tap(bus)
        chip = self.chip = kind(bus) if self.taps else chip
        if up:
            self.muted = self.was_brought_up = True
            report = chip.converge()
            self.muted = False
            if not report.ok:
                error = _did_not_come_up(report, self.way_on, shows)
                if write:
                    raise error
                self.not_up = error
                self.tell(click.style(f"note: {render(error)}", fg="yellow"))
        return chip

    def way_on(self, next: str, instead: str = "", brings_up: bool = True) -> str:
        """What an error says to do next, for this target: a command that shows what the error is about.

        Where each command begins at power-on, a dump alone would show the chip before anything happened: what is dumped then is
        brought up first, unless the error was about words alone, or the command is another one, `instead`.
        """
        from bedplate.env import parse

        try:
            made_anew = parse(self.target).is_made_anew
        except BedplateError:
            return next  # it is about the target
        target = "" if self.target == DEFAULT_TARGET else f" -t {quote(self.target)}"
        if instead and made_anew and next.startswith("bedplate dump "):
            return f"bedplate{target} {instead}"
        if self.was_brought_up:
            next = next.removesuffix(WITH_UP)
        looks = ("dump", "status") if made_anew and brings_up else ()
        return re.sub(
            r"\bbedplate (dump|status|up|down|reg|info|plan)\b(?! --up)",
            lambda found: f"bedplate{target} {found[1]}{' --up' if found[1] in looks else ''}",
            next,
        )

    # Answers

    def answer(self, name: str, facts: Mapping[str, Any], lines: Iterable[str]) -> None:
        """The command's answer, once: a document with schema bedplate.NAME/1, or lines of text."""
        if self.json:
            up = {} if self.not_up is None else {"up": self.not_up.to_dict()}
            self._document({"schema": f"bedplate.{name}/1", **facts, **up, **self._noted(facts)})
        else:
            for line in lines:
                self.print(line)
            self._tell_notes()

    def print(self, line: str) -> None:
        """A line of a text answer."""
        if self.aside is not None:
            self.aside.append(line)
        else:
            self._put_out(line)

    def tell(self, text: str, newline: bool = True) -> None:
        """Talk: to standard error, for people only. That nobody hears it matters to nobody else."""
        if not self.json:
            with suppress(OSError, ValueError):
                click.echo(text, nl=newline, err=True, color=False if "NO_COLOR" in os.environ else None)

    def fail(self, facts: Mapping[str, Any], text: str) -> None:
        """The answer of a command that ends in an error."""
        if self.json:
            document = {"schema": "bedplate.error/1", "ok": False, "error": dict(facts), **self._noted({})}
            self._document(document | ({"lost": self.lost} if self.lost else {}))
        else:
            first, newline, rest = text.partition("\n")
            self.tell(click.style(first, fg="red") + newline + rest)
            self._tell_notes()

    def watched(self, tell: Callable[[T], object], what: str) -> Observer[T]:
        """The listener as one that cannot fail; what it loses is said at the end."""
        from bedplate.bus import Observer

        observer = Observer(tell, what)
        self.watchers.append(observer)
        return observer

    @property
    def run_code(self) -> int:
        """The exit code of the run that came before a look: 0 where there was none, or it brought the chip up."""
        return 0 if self.not_up is None else self.not_up.exit_code

    @property
    def lost(self) -> list[str]:
        """What files and listeners missed, a sentence each."""
        return [watcher.note for watcher in self.watchers if watcher.note]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worse with the way to the chip than it could be, and what was lost on it and put right, a sentence each."""
        from bedplate.bus import notes_of

        return notes_of(self.chip.meter) if self.chip is not None else ()

    def _noted(self, facts: Mapping[str, Any]) -> Facts:
        """The notes of a document, those that it has of its own first; none where there are none."""
        own = list(facts.get("notes", ()))
        more = [note for note in self.notes if note not in own]
        return {"notes": own + more} if more else {}

    def _tell_notes(self) -> None:
        for sentence in (*self.notes, *self.lost):
            self.tell(click.style(f"note: {sentence}", fg="yellow"))

    def _document(self, document: Facts) -> None:
        if self.documents is not None:
            self.documents.append(document)
            return
        import json

        self._put_out(json.dumps(document, indent=2))

    def _put_out(self, text: str) -> None:
        if self.undelivered is None:
            try:
                click.echo(text)
            except (OSError, ValueError) as error:
                self.undelivered = error


def _did_not_come_up(report: Report, way_on: Callable[[str], str], shows: Collection[str]) -> BedplateError:
    """The error at the root of a failed `--up`, which says so and how to go on."""
    from bedplate.errors import CheckFailed

    error = report.first_error or CheckFailed("the chip did not settle", where=report.chip, got=str(report))
    error.what = f"--up did not bring up the chip, {str(report).partition(',')[0]}: {error.what}"
    on = "`bedplate up` tells all of it; without --up the chip is taken as it is"
    for shown in shows:
        error.next = error.next.replace(f"`{shown}`", "what follows")
    error.next = way_on(f"{error.next}; {on}" if error.next and error.next not in shows else on)
    return error


pass_session = click.make_pass_decorator(Session, ensure=True)

up_first = click.option(
    "--up",
    "up",
    is_flag=True,
    help="Converge first, quietly. A model or simulation begins at power-on with each command.",
)
"""For a model, which is fresh in every process: so that people can look at a chip that was brought up, or at what came of it."""
