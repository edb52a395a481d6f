"""Faults that tests plant in instances: data, and the text form of the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from math import inf
from typing import Any, NamedTuple, TypedDict

from bedplate.bus import ms, s, us
from bedplate.errors import AccessError, UnknownName, place_now
from bedplate.reg.value import integer

Scalar = int | float | str


class Time(int):
    """A value that a text gave with its unit (ns)."""


class FaultKind(NamedTuple):
    """A kind of fault that a model obeys: what it means, and how a proof plants it.

    The text says whether it takes a value, and which: `=channel`, `=delay`, a number; `=name`, a word. `fits` are the values that there
    are, where these can be counted, or how to find them in a model. `value` is what it is planted with, as in `=2`, or how to find that in
    a model, where it is not the first of these. One that `lasts` does not pass by triggering. One that triggers `at_work` does so in a block
    in service, the others when the block comes up again after a reset.
    """

    text: str
    value: str | Callable[[Any], str] = ""
    lasts: bool = False
    at_work: bool = False
    fits: Collection[Scalar] | Callable[[Any], Collection[Scalar]] | None = None

    def choices(self, model: object) -> Collection[Scalar] | None:
        """The values that it may have in that model; None where they cannot be counted."""
        return self.fits(model) if callable(self.fits) else self.fits

    def wanted(self, value: Scalar | None, model: object) -> str:
        """What it wants instead of this value, in words; empty if that fits."""
        choices, is_number = self.choices(model), not isinstance(value, str)
        if value is None:
            return "a factor above 0: =4" if "=factor" in self.text else ""
        if choices is not None:
            there = f"{choices[0]} to {choices[-1]}" if isinstance(choices, range) else ", ".join(map(str, choices))
            return "" if value in choices else f"one of {there}"
        if "=" not in self.text:
            return "no value"
        if "=delay" in self.text:
            return "" if isinstance(value, int) else "a time: =15us"
        if "=factor" in self.text:
            return "" if is_number and value != 0 else "a factor above 0: =4"
        return "" if is_number else "a number"

    def unsaid(self, value: Scalar | None, model: object) -> str:
        """What a text that a person wrote has to say instead, in words: that takes a value wherever there is one, and a time's unit."""
        if value is None and "=" in self.text:
            example = self._example(model)
            return f"a value: ={example}" if example else "a time: =15us"
        if "=delay" in self.text and not isinstance(value, Time):
            return "a time, with its unit: =15us"
        if isinstance(value, Time) and "=delay" not in self.text:
            return f"a number, no time: ={self._example(model)}" if "=" in self.text else "no value"
        return self.wanted(value, model)

    def planting(self, instance: str, name: str, model: object) -> str:
        """What a proof plants, in the form of `parse_plant`; for ever."""
        value = self._example(model)
        return f"{instance}:{name}" + (f"={value}" if value else "")

    def _example(self, model: object) -> str:
        value = self.value(model) if callable(self.value) else self.value
        return value or str(next(iter(self.choices(model) or ("",))))


def by_channel(model: Any) -> range:
    """What names a channel of a block."""
    return range(model.channels)


STANDARD = {
    "no_lock": FaultKind("the lock detector never reports lock"),
    "lock_lost": FaultKind("lock is lost again, =delay after it was reached", "1us", at_work=True),
    "train_fail": FaultKind(
        "training of a channel fails, =channel", lambda model: str(min(2, model.channels - 1)), fits=by_channel
    ),
    "stuck_busy": FaultKind("busy never falls"),
    "wrong_divisor": FaultKind("a divisor is silently not the one that was written"),
}
"""Names that mean the same in every block: a model lists those that it obeys, by `fault_kinds`."""

EVERYWHERE = {
    "slow": FaultKind("everything takes longer, =factor", "3", lasts=True),
    "block_reset": FaultKind("the block resets itself without anybody asking, =delay from now", lasts=True),
    "hung": FaultKind("the block does not answer accesses"),
}
"""What the kit itself does to any instance, without help of its model."""

WIDE_FAULTS = {
    "reset": FaultKind(
        "all blocks are reset, =delay from now: of the chip, of a group such as a die, or behind a reset line"
    ),
    "power_cycle": FaultKind("the chip's power goes and comes back, =delay from now"),
}
"""Faults of more than one instance: `chip:power_cycle=300ms`, `die0:reset`, `die0.rstmgr.noc:reset`."""

CHIP = "chip"
"""The name of the chip as a whole."""


class Fault:
    """A planted fault. Its `value` and `params` are the model's to interpret; `left` counts down, None is for ever.

    `obeyed` says whether the block has met it yet.
    """

    __slots__ = ("left", "name", "obeyed", "params", "value")

    def __init__(self, name: str, value: Scalar | None, left: int | None, params: dict[str, Scalar]) -> None:
        self.name = name
        self.value = value
        self.left = left
        self.obeyed = False
        self.params = params

    def __repr__(self) -> str:
        text = self.name if self.value is None else f"{self.name}={self.value}"
        return text if self.left is None else f"{text}*{self.left}"


class Params(TypedDict):
    """The arguments of `plant` besides the name."""

    value: Scalar | None
    times: int | None


class Planting(NamedTuple):
    """What a text such as `die0.pll.sys:no_lock*1` says."""

    instance: str
    fault: str
    params: Params


def fault_kinds(*standard: str, **own: str | FaultKind) -> dict[str, FaultKind]:
    """For a model's `faults`: those standard ones, then its own, each by its meaning. RTL numbers them in this order."""
    for name in standard:
        if name not in STANDARD:
            raise UnknownName("standard fault", name, STANDARD, where=place_now())
    known = {name: kind if isinstance(kind, FaultKind) else FaultKind(kind) for name, kind in own.items()}
    return {**{name: STANDARD[name] for name in standard}, **known}


_FORM = re.compile(r"(?P<instance>[\w.\[\]]+):(?P<fault>\w+)(?:=(?P<value>[^*\s]+))?(?:\*(?P<times>\d+))?", re.ASCII)
LONGEST = 18
"""Digits of how often a fault comes: there are not so many accesses in the life of a chip."""
_UNITS = {"ns": 1, "us": us(1), "ms": ms(1), "s": s(1)}
_TIME = re.compile(r"(\d+(?:\.\d+)?)(ns|us|ms|s)", re.ASCII)


def parse_plant(text: str) -> Planting:
    """`instance:fault`, `instance:fault=value`, each with `*times` for a fault that passes: it is for ever otherwise.

    A value is a number, not below 0, a time (`15us`) or a word. Raises AccessError.
    """
    match = _FORM.fullmatch(text.strip())
    value = scalar(match["value"]) if match is not None else None
    is_sound = value is None or isinstance(value, str) or 0 <= value < inf
    if match is None or match["times"] == "0" or len(match["times"] or "") > LONGEST or not is_sound:
        raise AccessError(
            f"cannot understand the fault '{text}'",
            wanted="instance:fault, instance:fault=value, instance:fault*times or instance:fault=value*times",
            next="for example die0.pll.sys:no_lock*1, die0.pll.sys:slow=4, die0.pll.sys:lock_lost=15us",
        )
    times = int(match["times"]) if match["times"] else None
    return Planting(match["instance"], match["fault"], {"value": value, "times": times})


def scalar(text: str | None) -> Scalar | None:
    """A value as a plant's text has it: a number, a time (`15us`, in ns then) or a word; None for none."""
    if text is None:
        return None
    time = _TIME.fullmatch(text)
    if time:
        nanoseconds = _UNITS[time[2]] * float(time[1])
        return Time(round(nanoseconds)) if nanoseconds < inf else inf
    with suppress(ValueError):
        return integer(text)
    with suppress(ValueError):  # which says of other scripts that they are no ASCII, too
        return text if "_" in text else float(text.encode("ascii"))
    return text
