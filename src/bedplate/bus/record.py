"""Record what a bus said, and play it back: a failure from a far machine, on a laptop. Data only, one JSON line a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from bedplate.bus.decorator import Decorator, Request, perform
from bedplate.bus.protocol import WORD, Bus
from bedplate.bus.time import poll_by_reading
from bedplate.errors import BusFault, CheckFailed, LinkDown


class Record(Decorator):
    """Writes every transaction and its outcome to a text file."""

    def __init__(self, bus: Bus, file: TextIO) -> None:
        super().__init__(bus)
        self._file = file

    def transact(self, request: Request) -> Sequence[int]:
        entry: dict[str, object] = {"t": self.bus.now(), "a": request.address, "n": request.length, "z": request.size}
        if request.values is not None:
            entry["w"] = request.values
        try:
            words = perform(self.bus, request)
        except (BusFault, LinkDown) as error:
            entry["e"] = [type(error).__name__, error.what]
            raise
        else:
            entry["r"] = list(words)
            return words
        finally:
            json.dump(entry, self._file, separators=(",", ":"))
            self._file.write("\n")


class Replay:
    """A bus that answers from a record. A transaction other than the recorded one raises CheckFailed, which names both.

    Its time is the record's: `now` is that of the next transaction, plus what was slept since.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._entries: Iterator[dict[str, object]] = (json.loads(line) for line in lines if line.strip())
        self._index = 0
        self._time = 0

    def _next(self, request: Request) -> Sequence[int]:
        entry = next(self._entries, None)
        where = f"transaction {self._index}"
        self._index += 1
        if entry is None:
            raise CheckFailed("the record ends here", where=where, got=str(request))
        write = entry.get("w")
        then = Request(
            _int(entry["a"]), _int(entry["n"]), tuple(_ints(write)) if write is not None else None, _int(entry["z"])
        )
        if then != request:
            raise CheckFailed("the replay leaves the record", where=where, wanted=repr(then), got=repr(request))
        self._time = max(self._time, _int(entry["t"]))
        failure = entry.get("e")
        if isinstance(failure, list):
            kind = LinkDown if failure[0] == "LinkDown" else BusFault
            raise kind(str(failure[1]), where=where)
        return _ints(entry.get("r", []))

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


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _ints(value: object) -> list[int]:
    assert isinstance(value, list)
    return [_int(item) for item in value]
