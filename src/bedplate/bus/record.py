"""Record what a bus said, and play it back: a failure from a far machine, on a laptop. Data only, one JSON line a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from operator import index
from typing import NamedTuple, TextIO

from bedplate import errors
from bedplate.bus.decorator import Decorator, Request, perform
from bedplate.bus.observer import Observer, described
from bedplate.bus.protocol import SIZES, WORD, Bus
from bedplate.bus.time import poll_by_reading
from bedplate.errors import BedplateError, BusError, CheckFailed

DAMAGED = (ValueError, TypeError, LookupError, RecursionError)
"""What taking apart a line raises that nobody recorded."""


class Record(Decorator):
    """Writes every transaction and its outcome to a text file, and an end mark on `finish`.

    `header` is what the first line says of whose bus it is: `chip`, its name, and `identity`, who answered. It says which accesses
    that bus has, too.

    What the file holds is a true beginning: where a line could not be written, or a transaction was broken off, nothing more
    is, the end mark included. `observer` says what was lost; the transactions end as they would have without.
    """

    def __init__(self, bus: Bus, file: TextIO, header: Mapping[str, object] | None = None) -> None:
        super().__init__(bus)
        self.observer = Observer(self._write, "record")
        self._file = file
        self._count = 0
        if header is not None:
            self.observer({"head": dict(header) | {"sizes": list(bus.sizes)}})
            self._count = 0

    def transact(self, request: Request) -> Sequence[int]:
        entry: dict[str, object] = {"t": self.bus.now(), "a": request.address, "n": request.length, "z": request.size}
        if request.values is not None:
            entry["w"] = request.values
        try:
            words = perform(self.bus, request)
        except Exception as error:
            what = error.what if isinstance(error, BedplateError) else described(error)
            self.observer(entry | {"e": [type(error).__name__, what], "u": self.bus.now()})
            raise
        except BaseException as stop:
            self.observer.miss(stop)
            raise
        self.observer(entry | {"r": list(words), "u": self.bus.now()})
        return words

    def finish(self) -> None:
        """Say that the record is whole, if it is: nothing more is recorded."""
        self.observer({"end": self._count})

    def _write(self, entry: dict[str, object]) -> None:
        if self.observer.lost:
            raise EOFError("the record has ended")
        self._file.write(json.dumps(entry, separators=(",", ":")) + "\n")
        self._count += 1


class Replay:
    """A bus that answers from a record. A transaction other than the recorded one raises CheckFailed, which names both.

    So does one after the end of the record, and one where it is damaged: a record that was cut off is not taken for all there was.
    Each of these errors says whose record it is (`recorded`, in words; empty where the record does not say). Its time is the
    record's: that when the last transaction ended, at first when the first one begins, plus what was slept since.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines: Iterator[str] = (line for line in lines if line.strip())
        self._index = 0
        self._time = 0
        self.recorded = ""
        self.sizes: tuple[int, ...] = SIZES
        first = next(self._lines, None)
        if first is not None and (head := _head(first)) is not None:
            whose, self.sizes = head
            self.recorded = f"a record of {whose}"
            first = next(self._lines, None)
        if first is not None:
            self._lines = chain([first], self._lines)
            with suppress(*DAMAGED):  # which is said where it is asked for
                if (entry := _entry(first)) is not None:
                    self._time = entry.time

    def _next(self, request: Request) -> Sequence[int]:
        where = f"transaction {self._index}"
        line = next(self._lines, None)
        if line is None:
            cause = "it was cut off: who wrote it was stopped, or could not write any more"
            cause = "; ".join(filter(None, (cause, self.recorded)))
            raise CheckFailed("the record ends here, without its end mark", where=where, got=str(request), cause=cause)
        try:
            entry = _entry(line)
        except DAMAGED as error:
            raise CheckFailed("the record is damaged here", where=where, got=line[:80], cause=self.recorded) from error
        if entry is None:
            raise CheckFailed("the record ends here", where=where, got=str(request), cause=self.recorded)
        _, ended, then, words, failure = entry
        if then != request:
            raise CheckFailed(
                "the replay leaves the record", where=where, wanted=repr(then), got=repr(request), cause=self.recorded
            )
        self._index += 1
        self._time = max(self._time, ended)
        if failure is not None:
            failure.where = where
            raise failure
        return words

    def read(self, address: int, size: int = WORD) -> int:
        return self._next(Request(address, 1, None, size))[0]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._next(Request(address, 1, (value,), size))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._next(Request(address, count))

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._next(Request(address, len(values), tuple(values)))

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return self._time

    def sleep(self, duration: int) -> None:
        self._time += duration


class _Entry(NamedTuple):
    """One line of a record: when it began, when it ended (ns), and what it was."""

    time: int
    ended: int
    request: Request
    words: list[int]
    failure: BedplateError | None


def _head(line: str) -> tuple[str, tuple[int, ...]] | None:
    """Whose record it is, in words, and which accesses that bus had, if the line says so."""
    try:
        head = json.loads(line)["head"]
        return f"{head['chip']}: {', '.join(head['identity'])}", tuple(map(index, head.get("sizes", SIZES)))
    except DAMAGED:
        return None


def chip_of(line: str) -> str | None:
    """The name of the chip that a record is of, by its first line, if that says so."""
    try:
        return str(json.loads(line)["head"]["chip"])
    except DAMAGED:
        return None


def _entry(line: str) -> _Entry | None:
    """A line taken apart, or None for the end mark. Raises one of DAMAGED for one that is."""
    raw = json.loads(line)
    if "end" in raw:
        return None
    written = tuple(map(index, raw["w"])) if "w" in raw else None
    request = Request(index(raw["a"]), index(raw["n"]), written, index(raw["z"]))
    time = index(raw["t"])
    ended = index(raw.get("u", time))
    if "e" in raw:
        name, what = raw["e"]
        return _Entry(time, ended, request, [], _failure(str(name), str(what)))
    words = list(map(index, raw["r"]))
    if len(words) != (0 if request.is_write else request.length):
        raise ValueError("not as many words as were read")
    return _Entry(time, ended, request, words, None)


def _failure(name: str, what: str) -> BedplateError:
    """The error of that class. What is none of Bedplate's becomes a BusError that names it."""
    kind = getattr(errors, name, None)
    if not (isinstance(kind, type) and issubclass(kind, BedplateError)):
        return BusError(f"{name}: {what}")
    error = kind.__new__(kind)
    BedplateError.__init__(error, what)  # subclasses are made from other arguments
    return error
