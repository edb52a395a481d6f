"""Watching work: of a converge one cell an instance on a terminal, one line an instance elsewhere; of a campaign how much is done.

All of it is talk.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from bedplate.cli.outbox import Outbox, outbox_of
from bedplate.cli.session import Session
from bedplate.cli.text import CELLS, COLORS, dim, grouped, paint
from bedplate.converge import Chip, Event, Outcome
from bedplate.errors import duration

if TYPE_CHECKING:
    from rich.text import Text

    from bedplate.bus import Observer

Listener = Callable[[Event], None]

OUTCOMES = tuple(outcome.value for outcome in Outcome)

FRAME = 0.04
"""Seconds between two pictures."""


@contextmanager
def watch(session: Session, chip: Chip) -> Iterator[Listener]:
    """A listener for `converge` that shows what happens. It neither fails nor waits, whatever has become of the terminal."""
    if session.json or session.aside is not None:
        yield lambda event: None
        return
    box = outbox_of("progress", sys.stderr)
    session.watchers.append(box)
    try:
        if not box.isatty():
            yield session.watched(_plain(chip, box), box.what)
        elif find_spec("rich") is None:
            session.tell("note: pip install 'bedplate[cli]' for live progress")
            yield session.watched(_plain(chip, box), box.what)
        else:
            with _live(session, chip, box) as listen:
                yield listen
    finally:
        box.close()


def _plain(chip: Chip, box: Outbox) -> Listener:
    start = chip.bus.now()
    known: dict[str, str] = {}

    def listen(event: Event) -> None:
        if event.kind in OUTCOMES and known.get(event.instance) != event.kind:
            known[event.instance] = event.kind
            at = dim(f"{duration(event.time - start):>8}")
            line = f"{at}  {event.instance:<16}  {paint(event.kind, event.kind)}  {event.text}"
            click.echo(line, file=box.stream)

    return listen


@contextmanager
def _live(session: Session, chip: Chip, box: Outbox) -> Iterator[Listener]:
    from rich.console import Console
    from rich.live import Live

    board = Board(chip)
    console = Console(file=box.stream, force_terminal=True)
    live = Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False)
    show: Observer[Callable[[], None]] = session.watched(lambda act: act(), box.what)
    last = time.monotonic()

    def draw() -> None:
        live.update(board.picture(), refresh=True)

    def listen(event: Event) -> None:
        nonlocal last
        board.add(event)
        if box.idle and time.monotonic() - last >= FRAME:
            draw()
            last = time.monotonic()

    show(live.start)
    show(draw)
    try:
        yield session.watched(listen, box.what)
    finally:
        show(draw)
        show(live.stop)


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
        elif event.kind in ("step", "on", "off", "wait"):
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
    """One line on a terminal that overwrites itself; every tenth part elsewhere. That nobody hears it ends no campaign."""
    if session.json:
        return None
    if sys.stderr.isatty():
        return lambda what, done, total: session.tell(f"\r\x1b[K{what} {done}/{total}", newline=done == total)
    said: dict[str, int] = {}

    def tell(what: str, done: int, total: int) -> None:
        tenth = 10 * done // total
        if said.get(what) != tenth:
            said[what] = tenth
            session.tell(f"{what} {done}/{total}")

    return tell
