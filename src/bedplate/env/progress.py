"""How far long work is, for people: a terminal has one line that overwrites itself, a log a line for each thing begun."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from bedplate.bus import Observer

SILENCE = 10.0
"""Seconds after which a log hears of the same thing again: it is still going on."""


@contextmanager
def progress(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Whom to tell. Texts that differ in their numbers alone are about the same thing. That nobody reads them stops no work."""
    if not stream.isatty():
        yield Observer(_log(stream), "progress")
        return
    said = False

    def overwrite(text: str) -> None:
        nonlocal said
        said = True
        print(f"\r\x1b[K{text}", end="", file=stream, flush=True)

    try:
        yield Observer(overwrite, "progress")
    finally:
        if said:
            with suppress(OSError, ValueError):
                print(file=stream)


def _log(stream: TextIO) -> Callable[[str], None]:
    last, at = "", 0.0

    def tell(text: str) -> None:
        nonlocal last, at
        thing = re.sub(r"\d+", "", text)
        if thing != last or time.monotonic() - at >= SILENCE:
            last, at = thing, time.monotonic()
            print(text, file=stream, flush=True)

    return tell
