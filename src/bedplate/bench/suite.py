"""Benchmarks: what Bedplate itself costs, as medians and as ratios within one run.

Contestants are timed in interleaved rounds, in CPU time and without garbage collection, so that a busy machine disturbs all
of them alike; a ratio is the median of the rounds' ratios. Nothing here is asserted in a test: a time is a measurement.
Start reading at `access.py`.
"""

from __future__ import annotations

import statistics
import time
import timeit
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from bedplate.errors import UnknownName

SUITES = {
    "access": "access",
    "peers": "peers",
    "construct": "access",
    "start": "start",
    "boot": "boot",
    "dies": "dies",
    "chips": "dies",
    "spi": "spi",
    "guest": "guest",
    "simulator": "rtl",
}
"""Every suite and the module that has it as a function of that name."""

UNROLL = 8
"""How often a statement stands in the timing loop, so that the loop itself does not count."""


class Figure(NamedTuple):
    """One measurement. `ratio` is to the bare thing beside it in the same run; `target` bounds the ratio where there is one.

    `floor` says, in words, what physics or the interpreter leaves no way around.
    """

    suite: str
    name: str
    measured: float | None
    unit: str
    ratio: float | None = None
    target: float | None = None
    floor: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None without one."""
        value = self.ratio if self.ratio is not None else self.measured
        return value <= self.target if value is not None and self.target is not None else None


class Measure(Protocol):
    """A function that measures: `quick` asks for few rounds."""

    def __call__(self, quick: bool) -> Iterable[Figure]: ...


def run(names: Sequence[str] = (), quick: bool = False, tell: Callable[[str], None] | None = None) -> list[Figure]:
    """The figures of the named suites, of all by default. Raises UnknownName before anything is measured."""
    for name in names:
        if name not in SUITES:
            raise UnknownName("benchmark", name, SUITES)
    figures: list[Figure] = []
    for name, module in SUITES.items():
        if not names or name in names:
            if tell is not None:
                tell(name)
            suite: Measure = getattr(import_module(f"bedplate.bench.{module}"), name)
            figures += suite(quick)
    return figures


class Contestant(NamedTuple):
    """A statement to time; `setup` binds its names as locals, from `given`."""

    statement: str
    setup: str
    given: Mapping[str, Any]


def race(contestants: Mapping[str, Contestant], quick: bool) -> dict[str, list[float]]:
    """Nanoseconds (CPU) of each contestant in each round."""
    timers = {
        name: timeit.Timer(
            "\n".join([one.statement] * UNROLL), one.setup, timer=time.process_time, globals=dict(one.given)
        )
        for name, one in contestants.items()
    }
    seconds = 0.002 if quick else 0.02
    loops = {name: max(1, round(seconds / (timer.timeit(20) / 20))) for name, timer in timers.items()}
    times: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(5 if quick else 25):
        for name, timer in timers.items():
            times[name].append(timer.timeit(loops[name]) / loops[name] / UNROLL * 1e9)
    return times


def ratio(times: Sequence[float], bare: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(mine / theirs for mine, theirs in zip(times, bare, strict=True))
