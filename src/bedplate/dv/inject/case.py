"""What is injected: a case as data, and as the text that replays it.

A case says where the chip starts, what the HAL is asked to do, and what is done to both, in words:

    power-on up die0.pll.sys:no_lock*1 die0:reset=300ms          planted in the model (see `model/faults.py`)
    booted up harvest=die0:0x20 tenant                           what the chip is like from the start
    booted up bus:error@120 bus:broken@7 bus:delay@55=5ms        the 120th transaction and others, in the words of INJECTED_ERRORS
    booted down kill:later@900 die0:reset=1ms                    leading out of service instead
    booted observe bus:error@17                                  observing or planning instead of converging
    power-on up kill:after@300 kill:inside@420=3                 the controller dies, and the next one dies, as in `kill.py`
    booted up part=die0.hbm0.phy die0.pll.hbm0:hung              on the part of the chip that a fault of that instance can reach

Moments of resets are device time since the start; transactions are counted from 0, over all controllers of a case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bedplate.block import OFF
from bedplate.bus import InjectedError
from bedplate.bus.inject import INJECTED_ERRORS
from bedplate.dv.kill.reference import VARIANTS, Death
from bedplate.errors import AccessError
from bedplate.model import parse_plant
from bedplate.model.faults import WIDE_FAULTS, Time, scalar
from bedplate.reg.value import integer

STARTS = ("power-on", "booted")
"""What the chip is like before: at power-on, or at its goals."""
GOALS: dict[str, dict[str, str]] = {"up": {}, "down": {"goal": OFF}}
"""Goals of a run, with what `converge` is told for each."""
LOOKS = ("observe", "plan")
"""What only reads."""
ACTS = (*GOALS, *LOOKS)
"""What the HAL is asked for."""

TENANT = "tenant"
PART = "part="
"""How the word begins that names the part of the chip on which a case is played."""
WORDS = "NAME:FAULT, bus:KIND@N, kill:HOW@N, harvest=DIE:MASK or tenant"
"""The harms of a case, in the words that say them."""
_ON_BUS = re.compile(r"(?P<whom>bus|kill):(?P<kind>\w+)@(?P<at>\d+)(?:=(?P<value>\w+))?")
_FUSES = re.compile(r"harvest=(?P<die>[\w.\[\]]+):(?P<mask>0x[0-9a-fA-F]+|\d+)")


class Harms(NamedTuple):
    """The words of a case, understood."""

    fuses: tuple[tuple[str, int], ...]
    tenant: bool
    plants: tuple[str, ...]
    bus_errors: dict[int, InjectedError]
    deaths: tuple[Death, ...]


class Case(NamedTuple):
    """One case. `str()` of it is what `parse` reads."""

    start: str
    act: str
    words: tuple[str, ...] = ()
    part: str = ""
    """The instance whose closure is the chip of this case (`dv/kill/closure.py`); empty for the whole chip."""

    def __str__(self) -> str:
        return " ".join((self.start, self.act, *([PART + self.part] if self.part else ()), *self.words))

    @property
    def harms(self) -> Harms:
        """Its words, understood. Raises AccessError."""
        fuses: dict[str, int] = {}
        bus_errors: dict[int, InjectedError] = {}
        deaths: list[Death] = []
        plants: list[str] = []
        for word in self.words:
            on_bus, mask = _ON_BUS.fullmatch(word), _FUSES.fullmatch(word)
            if mask:
                if mask["die"] in fuses:
                    raise AccessError(f"two harvest masks for {mask['die']}", wanted="one", got=str(self))
                fuses[mask["die"]] = integer(mask["mask"])
            elif on_bus and on_bus["whom"] == "bus":
                bus_errors[int(on_bus["at"])] = _injected(word, on_bus["kind"], on_bus["value"])
            elif on_bus:
                deaths.append(_death(word, on_bus["kind"], int(on_bus["at"]), on_bus["value"]))
            elif word.startswith(("bus:", "kill:")):
                raise AccessError(
                    f"cannot understand '{word}'", wanted="bus:KIND@N or kill:HOW@N, the transaction's number"
                )
            elif word != TENANT:
                if ":" not in word:
                    raise AccessError(f"cannot understand '{word}'", wanted=WORDS, next="bedplate dv inject --help")
                parse_plant(word)
                plants.append(word)
        return Harms(
            tuple(sorted(fuses.items())), TENANT in self.words, tuple(plants), bus_errors, tuple(sorted(deaths))
        )

    def without(self, number: int) -> Case:
        """The case without one of its words."""
        return self._replace(words=self.words[:number] + self.words[number + 1 :])

    def moved(self, number: int, moment: int) -> Case:
        """The case with one of its words at another moment, in the word's own unit."""
        words = list(self.words)
        words[number] = at(words[number], moment)
        return self._replace(words=tuple(words))


def parse(text: str) -> Case:
    """The case of that text. Raises AccessError for what cannot be understood; names are checked when it is played."""
    start, act, *words = [*text.split(), "", ""]
    if start not in STARTS or act not in ACTS:
        raise AccessError(
            f"cannot understand the case '{text}'",
            wanted=f"{' or '.join(STARTS)}, then {' or '.join(ACTS)}, then what is injected",
            next="for example: booted up die0:reset=3us bus:error@12; all words: bedplate dv inject --help",
        )
    parts = [word.removeprefix(PART) for word in words if word.startswith(PART)]
    if len(parts) > 1 or "" in parts:
        raise AccessError(
            f"cannot understand the case '{text}'", wanted=f"{PART}NAME, once", next="bedplate dv inject --help"
        )
    case = Case(start, act, tuple(word for word in words if word and not word.startswith(PART)), *parts)
    case.harms  # noqa: B018 # it is asked for its errors
    return case


def _injected(word: str, kind: str, value: str | None) -> InjectedError:
    delay, is_held = scalar(value) or 0, kind in ("delay", "late")
    if kind not in INJECTED_ERRORS or not (isinstance(delay, Time) and delay if is_held else value is None):
        raise AccessError(
            f"cannot understand '{word}'",
            wanted=f"bus:KIND@N of {', '.join(INJECTED_ERRORS)}; delay and late with a time and its unit, such as =5ms",
            next="bedplate dv inject --help",
        )
    return InjectedError(kind, int(delay) if is_held else 0)


def _death(word: str, kind: str, at: int, value: str | None) -> Death:
    words = scalar(value) or 0
    is_count = isinstance(words, int) and not isinstance(words, Time) and words
    if kind not in VARIANTS or not (is_count if kind == "inside" else value is None):
        raise AccessError(
            f"cannot understand '{word}'",
            wanted=f"kill:HOW@N of {', '.join(VARIANTS)}; inside with the number of words that got through, such as =3",
            next="bedplate dv inject --help",
        )
    return Death(at, kind, int(words))


# Moments, for who looks for simpler cases.


def moment(word: str) -> int | None:
    """The transaction at which a word triggers, or the device time (ns) after which a reset does; None for what has no moment."""
    if on_bus := _ON_BUS.fullmatch(word):
        return int(on_bus["at"])
    value = parse_plant(word).params["value"] if triggers(word) else None
    return value if isinstance(value, int) else None


def triggers(word: str) -> bool:
    """Whether a word is a reset that comes by itself."""
    return (
        ":" in word
        and not word.startswith(("bus:", "kill:", "harvest="))
        and parse_plant(word).fault in (*WIDE_FAULTS, "block_reset")
    )


def at(word: str, moment: int) -> str:
    """The word at another moment."""
    if _ON_BUS.fullmatch(word):
        return re.sub(r"@\d+", f"@{moment}", word)
    return f"{word.partition('=')[0]}={time_text(moment)}"


def time_text(ns: int) -> str:
    """A time as texts of plants have it, exactly."""
    for unit, size in (("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)):
        if ns and not ns % size:
            return f"{ns // size}{unit}"
    return f"{ns}ns"
