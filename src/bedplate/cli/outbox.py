"""Files and terminals that are written during a run: through a thread of their own, so that none of them can hold the run up.

A disk may be full, a reader gone or asleep, a terminal stopped by Ctrl-S. Whatever it is, `write` returns at once, the run goes
on, and what did not get there is said at the end: `note`.
"""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import sys
import threading
import time
from bisect import bisect_right
from contextlib import suppress
from itertools import accumulate
from typing import Any, BinaryIO, TextIO, cast

import click

from bedplate.bus.observer import described

MOST = 1 << 18
"""Texts (lines, mostly) that may wait to be written; more are lost."""

CHUNK = 4096
"""Bytes written at once, so that a slow reader is not taken for one that sleeps."""

STALL, PATIENCE = 2.0, 30.0
"""Seconds at the end of a run: without any progress, and in all, until the rest is given up."""


class Outbox:
    """Text on its way to a file, which is closed with it, or to one of the program's own streams.

    What gets there is a true beginning of what was written, up to the last whole text but for a part of the next: after the first
    loss nothing more is sent, so that there is never a hole in it. It can stand for a text stream wherever one is only written.
    """

    def __init__(self, what: str, sink: BinaryIO, *, owned: bool, terminal: bool = False) -> None:
        self.what = what
        """Which one it is, for people."""
        self.failure: Exception | None = None
        """Why nothing more is sent."""
        self.written = self.sent = 0
        """Texts that were given to it, and those that arrived as a whole."""
        self.sink = sink
        self._owned = owned
        self._begun = not owned
        self._terminal = terminal
        self._queue: list[str] = []
        self._moved = 0
        self._closing = self._dead = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    # As a text stream

    def write(self, text: str) -> int:
        """Take a text. Never waits, never fails."""
        self.begin()
        with self._changed:
            self.written += 1
            if len(self._queue) >= MOST:
                self.failure = self.failure or BlockingIOError(f"{MOST} lines were waiting already")
            if self.failure is None:
                self._queue.append(text)
                self._start()
        return len(text)

    def flush(self) -> None:
        """Nothing: all is on its way already."""

    def isatty(self) -> bool:
        """Whether it is a terminal, for those who colour what they write."""
        return self._terminal

    @property
    def stream(self) -> TextIO:
        """Itself, for those who only write but ask for more."""
        return cast(TextIO, self)

    def begin(self) -> None:
        """What is written replaces what the file held. Until then nothing of it is gone: the call may still be refused."""
        if not self._begun:
            self._begun = True
            with suppress(OSError):  # a pipe or a device holds nothing
                os.ftruncate(self.sink.fileno(), 0)

    # How it goes

    @property
    def idle(self) -> bool:
        """Whether all that was written has left: what shows a state, and not a story, may wait for that."""
        return self.sent == self.written

    @property
    def note(self) -> str:
        """What was lost and why, in one sentence; empty where nothing was. Final once it is closed."""
        if self.failure is None:
            return ""
        return f"{self.what}: lost {self.written - self.sent} of {self.written} lines by {described(self.failure)}"

    def close(self, patience: float | None = PATIENCE) -> None:
        """Wait until all has arrived, in real time: at most so long, and not where nothing moves. None waits for the reader."""
        with self._changed:
            self._closing = True
            self._start()
            end = time.monotonic() + (patience or 0)
            while self._thread is not None:
                moved = self._moved
                left = end - time.monotonic()
                self._changed.wait(None if patience is None else max(min(left, STALL), 0))
                if patience is not None and self._thread is not None and (moved == self._moved or left <= 0):
                    self._give_up(TimeoutError("it took no more"))
                    return

    # The thread; all below is done under the lock, but for the writing itself

    def _start(self) -> None:
        if self._thread is None and not self._dead:
            self._thread = threading.Thread(target=self._run, name=self.what, daemon=True)
            try:
                self._thread.start()
            except RuntimeError as error:  # there may be no more of them
                self._thread = None
                self._give_up(error)
        self._changed.notify_all()

    def _give_up(self, failure: Exception) -> None:
        self.failure = self.failure or failure
        self._dead = True
        self._queue.clear()

    def _run(self) -> None:
        while batch := self._next():
            self._send([text.encode(errors="replace") for text in batch])
        try:
            if self._owned:
                self.sink.close()
        except OSError as error:
            self._fail(error)  # what was taken may be lost all the same; how much, nobody can tell
        with self._changed:
            self._dead, self._thread = True, None
            self._changed.notify_all()

    def _next(self) -> list[str]:
        with self._changed:
            while not self._queue and not self._closing and not self._dead:
                self._changed.wait()
            batch, self._queue = self._queue, []
            return batch

    def _send(self, batch: list[bytes]) -> None:
        ends, data, done = list(accumulate(map(len, batch))), memoryview(b"".join(batch)), 0
        before = self.sent
        try:
            while done < len(data) and not self._dead:
                done += _write(self.sink, data[done : done + CHUNK])
                with self._changed:
                    if not self._dead:
                        self.sent = before + bisect_right(ends, done)
                    self._moved += 1
                    self._changed.notify_all()
        except (OSError, ValueError) as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        with self._changed:
            self._give_up(error)


def _write(sink: BinaryIO, data: memoryview) -> int:
    """Write some of the data; how much. Waits where the sink would not."""
    done: int | None = sink.write(data)
    if done is None:
        poll = select.poll()
        poll.register(sink.fileno(), select.POLLOUT)
        poll.poll()
    return done or 0


def outbox_of(what: str, stream: TextIO) -> Outbox:
    """The outbox to one of the program's own streams."""
    with suppress(OSError):
        stream.flush()
    try:  # past its buffer, whose lock would hold up the end of the program
        sink: BinaryIO = io.FileIO(stream.fileno(), "w", closefd=False)
    except OSError:
        sink = stream.buffer
    return Outbox(what, sink, owned=False, terminal=stream.isatty())


class OutFile(click.File):
    """A file to be written during a run, as an Outbox. What cannot be opened is bad input; `-` is standard output."""

    def __init__(self, suffix: str = "") -> None:
        """`suffix` is that of the only kind of file that is written: another one would lie, and is refused; none does not."""
        super().__init__("w", encoding="utf-8", lazy=False)
        self.suffix = suffix

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Open it. A FIFO gets a reader within the time that anything else gets in the end, or is refused."""
        if isinstance(value, Outbox) or (ctx is not None and ctx.resilient_parsing):
            return value
        if self.suffix and os.path.splitext(value)[1] not in ("", self.suffix):
            self.fail(f"'{os.fsdecode(value)}': what is written is {self.suffix} alone", param, ctx)
        what = f"{param.opts[0]} {value}" if param is not None else str(value)
        if value == "-":
            return outbox_of(what, sys.stdout)
        try:
            box = Outbox(what, io.FileIO(_open(value), "w"), owned=True)
        except OSError as error:
            why = "nobody reads it" if error.errno == errno.ENXIO else error.strerror
            self.fail(f"'{os.fsdecode(value)}': {why}", param, ctx)
        if ctx is not None:
            ctx.call_on_close(box.close)
        return box


def _open(path: str) -> int:
    """A new file, or what is there, as it is: a file, a device, a pipe. Waits for a pipe's reader, within STALL."""
    end = time.monotonic() + STALL
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def require_different(*boxes: Outbox | None) -> None:
    """Raise UsageError where two are one file: each would overwrite the other."""
    places = []
    for box in boxes:
        if box is not None and stat.S_ISREG((found := os.fstat(box.sink.fileno())).st_mode):
            if (place := (found.st_dev, found.st_ino)) in places:
                raise click.UsageError(f"{box.what}: another option has that file", click.get_current_context())
            places.append(place)
