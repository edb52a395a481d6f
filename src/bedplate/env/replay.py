"""The environment to a record: `replay:FILE[?chip=NAME]`, what `bedplate up --record FILE` wrote, without the chip and in its time.

The same command makes the same run of it; one that asks for anything else is told where it leaves the record. Which chip it was says the
record, by its name; of one that has none here `chip=package.module:Class` does.
"""

from __future__ import annotations

from pathlib import Path

from bedplate.bus import Replay
from bedplate.bus.record import chip_of as chip_of_head
from bedplate.converge import Chip
from bedplate.env.targets import Target
from bedplate.errors import EnvError

ONCE = ("at",)
"""The options of a target."""


def chip_of(place: str) -> str | None:
    """The name of the chip that a record is of, if it says so."""
    try:
        with Path(place).open(encoding="utf-8") as file:
            return chip_of_head(file.readline())
    except (OSError, UnicodeDecodeError):
        return None


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError for options that make no sense."""
    target.require_known(*ONCE)


def open_bus(target: Target, chip: type[Chip]) -> Replay:
    """The record as a raw bus. Raises UnknownName, AccessError, EnvError."""
    target.require_known(*ONCE)
    return Replay(_lines(target))


def _lines(target: Target) -> list[str]:
    place = target.one("at") or ""
    try:
        return Path(place).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvError(
            "cannot read the record",
            where=place,
            got=getattr(error, "strerror", "") or str(error),
            next="it is written by `up --record FILE`",
        ) from None
