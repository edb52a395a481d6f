"""`bedplate trace`: every bus transaction of another command, by name; poll loops in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import NamedTuple, Self

import click

from bedplate.bus import Bus, Trace, Transaction
from bedplate.cli.command import Command
from bedplate.cli.outbox import outbox_of
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import dim
from bedplate.errors import BedplateError, duration, render
from bedplate.topology import AddressMap


class TraceEntry(NamedTuple):
    """Transactions that are alike and follow each other: the first one's time, the last of them, and how many."""

    since: int
    last: Transaction
    times: int


class Tracer:
    """Listens between a chip's guard and the raw bus, and hands out what it hears as lines of text, one by one."""

    def __init__(self, session: Session, tell: Callable[[str], object], what: str = "trace") -> None:
        self.session = session
        self.entries: list[TraceEntry] = []
        self.addresses = AddressMap(session.drawing().all)
        self._tell = tell
        self._pending: TraceEntry | None = None
        self._hear = session.watched(self._listen, what)

    def tap(self, bus: Bus) -> Bus:
        """The bus to listen to, as a session's tap."""
        return Trace(bus, self._hear)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hear(None)

    def _listen(self, heard: Transaction | None) -> None:
        """Take note of a transaction, or of the end."""
        if heard is not None and self.session.muted:
            return
        before = self._pending
        if heard is None:
            self._pending = None
        elif before is not None and heard.repeats(before.last):
            self._pending = TraceEntry(before.since, heard, before.times + 1)
            return
        else:
            self._pending = TraceEntry(heard.time, heard, 1)
        if before is not None:
            self.entries.append(before)
            for line in self.lines(before):
                self._tell(line)

    def lines(self, entry: TraceEntry) -> list[str]:
        """One line for each register that was touched."""
        first, *more = self.addresses.describe(entry.last)
        if entry.times > 1:
            first += dim(f"  (x {entry.times}, over {duration(entry.last.time - entry.since)})")
        at = dim(f"{clock(entry.since)} ")
        return [at + first, *(" " * len(clock(0)) + " " + line for line in more)]

    def facts(self, entry: TraceEntry) -> Facts:
        """The same for programs; of a poll loop the words are those read last."""
        request = entry.last.request
        place = self.addresses.find(request.address)
        return {
            "time_ns": entry.since,
            "last_ns": entry.last.time,
            "times": entry.times,
            "op": "write" if request.is_write else "read",
            "address": request.address,
            "size": request.size,
            "words": list(request.values if request.values is not None else entry.last.words),
            "register": place.path if place is not None else None,
            "error": entry.last.error or None,
            "text": self.addresses.describe(entry.last),
        }


def clock(time: int) -> str:
    """Device time in microseconds, in a column."""
    return f"{time / 1000:>14,.3f} us"


@click.command(
    cls=Command,
    short_help="Run a command and show every bus transaction by name.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@pass_session
def trace(session: Session, command: tuple[str, ...]) -> int:
    """Run another command (`trace up`, `trace reg get die0.pll.sys.ctrl`) and show every transaction it makes.

    Each one with device time, register and fields. The command's own answer goes to standard error. What `--up` does
    before the command proper is not shown.
    """
    from bedplate.cli.app import app

    if session.aside is not None:  # it is traced itself
        context = click.get_current_context()
        raise click.UsageError("there is no trace of a trace: it shows the transactions of one command", context)
    inner = replace(session, aside=[], documents=[], taps=[], watchers=[])
    error: BedplateError | None = None
    code = 0
    box = outbox_of("standard output", sys.stdout)
    with Tracer(inner, (lambda line: None) if session.json else partial(click.echo, file=box.stream)) as tracer:
        inner.taps.append(tracer.tap)
        try:
            with app.make_context("bedplate", ["--target", session.target, *command], obj=inner) as context:
                code = app.invoke(context) or inner.run_code
        except click.exceptions.Exit as exit:
            code = exit.exit_code
        except BedplateError as caught:
            error, code = caught, caught.exit_code
    box.close(None)  # the run is over: now the reader has all the time that it wants
    session.undelivered = session.undelivered or box.failure
    for line in inner.aside or ():
        session.tell(line)
    if error is not None and not session.json:
        session.tell(render(error))
    facts: Facts = {
        "ok": code == 0,
        "target": session.target,
        "command": list(command),
        "transactions": [tracer.facts(entry) for entry in tracer.entries],
        "answer": inner.documents[0] if inner.documents else None,
        "error": error.to_dict() if error is not None else None,
        "lost": inner.lost,
    }
    session.answer("trace", facts, ())
    return code
