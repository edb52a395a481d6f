"""Gaps: where hardware is not as its description says, each kind once, however many checks it fails.

A chip whose hardware is known to lack something, such as a model of QEMU's that has half of a block, says so in a file beside its class,
`gaps.ENVIRONMENT.txt` for the environment that leads there, with the reason:

    pll.pllcon.loks: write
        the model keeps the bit as it is written

A gap that is not there is a failure, and so is one there that has closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from inspect import getfile
from pathlib import Path
from typing import NamedTuple

from bedplate.converge import Chip
from bedplate.errors import ConfigError
from bedplate.reg import Register

LINE = re.compile(r"(#.*|)|    (?P<reason>\S.*)|(?P<gap>\S.*)")
WORD = re.compile(r" ?0x[0-9a-f_]+")


class Failure(NamedTuple):
    """A check that did not hold: the register, the check, and both values. `gaps` are the kinds that it is of."""

    name: str
    check: str
    wanted: str
    got: str
    gaps: tuple[str, ...] = ()


class Gap(NamedTuple):
    """A kind of failure: how many checks it fails, one of them, and the reason that the chip gives for it, if any."""

    gap: str
    times: int
    example: Failure
    reason: str = ""


def kinds(name: str, check: str, cls: type[Register] | None, differing: int) -> tuple[str, ...]:
    """The kinds of a failed check of a register, in words that fit every instance of the type: one for each field that differs."""
    what = WORD.sub("", check)
    fields = [field.name for field in cls.Value.FIELDS if field.mask & differing] if cls is not None else []
    return tuple(f"{name}.{field}: {what}" for field in fields) or (f"{name}: {what}",)


def found(failed: Sequence[Failure], known: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps that these failures show, in the order in which they came."""
    by_gap: dict[str, list[Failure]] = {}
    for failure in failed:
        for gap in failure.gaps or (f"{failure.name}: {failure.check}",):
            by_gap.setdefault(gap, []).append(failure)
    return tuple(Gap(gap, len(some), some[0], known.get(gap, "")) for gap, some in by_gap.items())


def file_of(chip: type[Chip], environment: str) -> Path | None:
    """The file of a chip's known gaps, beside its class or beside the one that it is derived from; None without one."""
    places = (Path(getfile(cls)).with_name(f"gaps.{environment}.txt") for cls in chip.__mro__ if issubclass(cls, Chip))
    return next((path for path in places if path.is_file()), None)


def known_of(chip: type[Chip], environment: str) -> dict[str, str]:
    """The gaps that a chip is known to have where an environment leads to it, and why. Raises ConfigError for one without a reason."""
    path = file_of(chip, environment)
    known: dict[str, str] = {}
    gap = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path is not None else (), 1):
        match = LINE.fullmatch(line.rstrip())
        reason, begun = (match["reason"], match["gap"]) if match is not None else (None, None)
        if (begun and gap and gap not in known) or (reason and not gap) or (match is None):
            raise _without_reason(path, number, gap or line)
        if reason:
            known[gap] = f"{known[gap]} {reason}" if gap in known else reason
        gap = begun or gap
    if gap and gap not in known:
        raise _without_reason(path, number, gap)
    return known


def _without_reason(path: Path | None, number: int, gap: str) -> ConfigError:
    return ConfigError(
        "a gap has no reason",
        where=f"{path}:{number}",
        wanted="a line with the gap, and below it, indented by four, why it is there",
        got=gap.strip(),
    )


def closed(gaps: Iterable[Gap], known: Mapping[str, str]) -> list[str]:
    """Gaps that are known and did not show."""
    open_ones = {one.gap for one in gaps}
    return [gap for gap in known if gap not in open_ones]
