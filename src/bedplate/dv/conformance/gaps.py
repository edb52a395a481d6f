"""Gaps: where hardware is not as its description says, each kind once, however many checks it fails.

A chip whose hardware is known to lack something, such as a model of QEMU's that has half of a block, says so in a module `gaps` beside its
class, by the environment that leads there, with the reason:

    GAPS = {"qtest": {"pll.pllcon.loks: write": "the model keeps the bit as it is written"}}

A gap that is not there is a failure, and so is one there that has closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bedplate.component.plugin import beside, member
from bedplate.converge import Chip
from bedplate.errors import ConfigError
from bedplate.reg import Register

MODULE = "gaps"
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


def known_of(chip: type[Chip], environment: str) -> Mapping[str, str]:
    """The gaps that a chip is known to have where an environment leads to it. Raises ConfigError for what is none, or has no reason."""
    module = beside(chip, MODULE)
    if module is None:
        return {}
    wanted = 'GAPS = {"qtest": {"pll.ctrl.on: write": "the reason"}}, texts'
    said = member(module, "GAPS", dict, wanted).get(environment, {})
    if not isinstance(said, dict) or not all(isinstance(one, str) and one for pair in said.items() for one in pair):
        raise ConfigError(
            f"the gaps of {chip.name} are not said", where=module.__file__ or "", wanted=wanted, got=repr(said)[:80]
        )
    return said


def closed(gaps: Iterable[Gap], known: Mapping[str, str]) -> list[str]:
    """Gaps that are known and did not show."""
    open_ones = {one.gap for one in gaps}
    return [gap for gap in known if gap not in open_ones]
