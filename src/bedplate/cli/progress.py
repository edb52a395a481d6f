"""Watching work: of a converge one cell an instance on a terminal, one line an instance elsewhere; of a campaign how much is done.

All of it is talk.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bedplate.cli.session import Session
from bedplate.cli.text import CELLS, COLORS, dim, grouped, paint
from bedplate.converge import Chip, Event, Outcome
from bedplate.errors import duration

if TYPE_CHECKING:
    from rich.text import Text

Listener = Callable[[Event], None]

OUTCOMES = tuple(outcome.value for outcome in Outcome)

FRAME = 0.04
"""Seconds between two pictures."""


@contextmanager
def watch(session: Session, chip: Chip, also: Listener) -> Iterator[Listener]:
    """A listener for `converge` that shows what happens, and passes every event on."""
    if session.json:
        yield also
        return
    if sys.stderr.isatty():
        try:
            import rich  # noqa: F401
        except ModuleNotFoundError:
            session.tell("note: pip install 'bedplate[cli]' for live progress")
        else:
            with _live(chip, also) as listen:
                yield listen
            return
    yield _plain(session, chip, also)


def _plain(session: Session, chip: Chip, also: Listener) -> Listener:
    start = chip.bus.now()
    known: dict[str, str] = {}

    def listen(event: Event) -> None:
        also(event)
        if event.kind in OUTCOMES and known.get(event.instance) != event.kind:
            known[event.instance] = event.kind
            at = dim(f"{duration(event.time - start):>8}")
            session.tell(f"{at}  {event.instance:<16}  {paint(event.kind, event.kind)}  {event.text}")

    return listen


@contextmanager
def _live(chip: Chip, also: Listener) -> Iterator[Listener]:
    from rich.console import Console
    from rich.live import Live

    board = Board(chip)
    console = Console(stderr=True)
    with Live(board.picture(), console=console, auto_refresh=False, transient=True) as live:
        last = time.monotonic()

        def listen(event: Event) -> None:
            nonlocal last
            also(event)
            board.add(event)
            if time.monotonic() - last >= FRAME:
                live.update(board.picture(), refresh=True)
                last = time.monotonic()

        yield listen
        live.update(board.picture(), refresh=True)


class Board:
    """One line a group, one cell an instance."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip.name
        self.start = self.now = chip.bus.now()
        self.cells = {block.name: "" for block in chip.all}
        self.groups = {
            group: [block.name for block in blocks] for group, blocks in grouped(chip.all, lambda b: b.name).items()
        }
        self.news = ""

    def add(self, event: Event) -> None:
        """Take note of an event. What an instance ended as stays until it ends otherwise."""
        self.now = event.time
        if event.kind in OUTCOMES:
            self.cells[event.instance] = event.kind
        elif event.kind in ("step", "on", "wait"):
            self.news = f"{event.instance} {event.text}"
            if not self.cells[event.instance]:
                self.cells[event.instance] = "on its way"

    def picture(self) -> Text:
        """The board as of the last event."""
        from rich.text import Text

        text = Text(no_wrap=True, overflow="ellipsis")
        at_goal = sum(cell == "goal" for cell in self.cells.values())
        text.append(f"{self.chip}  ", "bold")
        text.append(f"{at_goal} of {len(self.cells)}", "green")
        text.append(f"  {duration(self.now - self.start)} of device time\n")
        width = max(map(len, self.groups))
        for group, names in self.groups.items():
            text.append(f"  {group:<{width}}  ")
            for name in names:
                word = self.cells[name]
                text.append(f"{CELLS[word]} ", COLORS.get(word, "bright_black"))
            text.append("\n")
        text.append(f"  {self.news}", "dim")
        return text


def counter(session: Session) -> Callable[[str, int, int], None] | None:
    """One line on a terminal that overwrites itself; every tenth part elsewhere."""
    if session.json:
        return None
    if sys.stderr.isatty():
        return lambda what, done, total: click.echo(
            f"\r\x1b[K{what} {done}/{total}" + "\n" * (done == total), err=True, nl=False
        )
    said: dict[str, int] = {}

    def tell(what: str, done: int, total: int) -> None:
        tenth = 10 * done // total
        if said.get(what) != tenth:
            said[what] = tenth
            session.tell(f"{what} {done}/{total}")

    return tell
