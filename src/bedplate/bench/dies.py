"""How a converge grows: with the dies of a chip, and with the chips that one thread leads. Counts of transactions and turns; CPU time.

A chip here is Tern with more dies, or fewer: the same wiring and models, made by `tern_with` for these figures alone. The HAL's time is
that of the same run played from a tape (`boot.py`), beside a bare loop that takes the same answers from the tape.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bedplate.bench.boot import Playback, Tape
from bedplate.bench.suite import Figure
from bedplate.bus import Bus
from bedplate.chips.tern import Tern
from bedplate.chips.tern.regs import TernRegs
from bedplate.component import make_model
from bedplate.converge import Report, Scheduler, lead
from bedplate.converge.cell import Cell

DIES = (2, 4, 8, 16)
"""Numbers of dies. A SYSID's strap has four bits."""
GROWN = (1, 10)
"""Numbers of dies between which the growth of the HAL's time is told: ten times the instances."""
CHIPS = 16
"""Chips that one thread leads."""


def tern_with(dies: int) -> type[Tern]:
    """Tern with that many dies, each at its place in the same raster of addresses, behind a port of its own."""
    die = next(child for child in TernRegs.CHILDREN if child.name == "die")
    registers = type(f"Tern{dies}Regs", (TernRegs,), {"__slots__": (), "CHILDREN": (die._replace(dims=(dies,)),)})
    ports = tuple(range(n * die.stride, (n + 1) * die.stride) for n in range(dies))
    return type(f"Tern{dies}", (Tern,), {"registers": registers, "ports": ports})


class Counted(Scheduler):
    """A run that counts its turns, and those that found out something without any transaction."""

    turns = silent = 0

    def turn(self, cell: Cell) -> None:
        before = self.chip.meter.transactions
        super().turn(cell)
        self.turns += 1
        self.silent += self.chip.meter.transactions == before


class Pass:
    """One converge: its report, its turns, and what it heard from the bus."""

    def __init__(self, tape: Tape, chip: Tern) -> None:
        self.first = len(tape.answers)
        run = Counted(chip)
        self.report: Report = run.run()
        self.turns, self.silent = run.turns, run.silent
        self.last = len(tape.answers)


class Measured:
    """A boot and a healthy pass of a chip with that many dies; `look` is how many transactions it takes to see everything once."""

    def __init__(self, dies: int) -> None:
        self.dies, self.kind = dies, tern_with(dies)
        self.tape = Tape(make_model(self.kind))
        chip = self.kind(self.tape)
        self.boot, self.healthy = Pass(self.tape, chip), Pass(self.tape, chip)
        before = chip.meter.transactions
        chip.survey()
        self.look = chip.meter.transactions - before

    def time(self, rounds: int) -> tuple[list[float], list[float], list[float]]:
        """Milliseconds in each round: of the HAL in the boot and in the healthy pass, and of a bare loop over the answers of the latter."""
        boots, passes, bares = [], [], []
        for _ in range(rounds):
            chip = self.kind(Playback(self.tape.answers))
            boots.append(milliseconds(chip.converge))
            passes.append(milliseconds(chip.converge))
            heard = Playback(self.tape.answers)
            bares.append(milliseconds(partial(calls, [heard], self.healthy.report.transactions)))
        return boots, passes, bares


def calls(buses: Sequence[Bus], count: int) -> None:
    """So many reads of each, and nothing else."""
    for bus in buses:
        for _ in range(count):
            bus.read(0)


def milliseconds(act: Callable[[], object]) -> float:
    """CPU time of an act."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1e3


def dies(quick: bool) -> Iterator[Figure]:
    """The cost of a boot and of a healthy pass, by the number of dies."""
    rounds = 2 if quick else 7
    least = None
    for number in DIES:
        played = Measured(number)
        boots, passes, bares = played.time(rounds)
        least = least or played
        yield from _counted(played, least)
        for name, one, times in (("boot", played.boot, boots), ("healthy pass", played.healthy, passes)):
            spent = statistics.median(times)
            present = len(one.report.lines)
            note = f"{spent / present * 1e3:.3g} us an instance, {spent / one.turns * 1e3:.3g} us a turn"
            yield Figure("dies", f"{name} of {number}: the HAL's time", spent, "ms", note=note)
        beside = statistics.median(mine / bare for mine, bare in zip(passes, bares, strict=True))
        floor = f"bare calls of the bus: {statistics.median(bares):.3g} ms"
        yield Figure(
            "dies", f"healthy pass of {number}: to the bare bus", statistics.median(passes), "ms", beside, floor=floor
        )
    few, many = (Measured(number) for number in GROWN)
    grown = [(few.time(1), many.time(1)) for _ in range(rounds)]
    note = f"from {few.dies} to {many.dies} dies: {GROWN[1] / GROWN[0]:g} times the instances"
    for name, which in (("boot", 0), ("healthy pass", 1)):
        pairs = [(low[which][0], high[which][0]) for low, high in grown]
        factor = statistics.median(high / low for low, high in pairs)
        yield Figure("dies", f"{name}: growth", statistics.median(high for _, high in pairs), "ms", factor, note=note)


def _counted(played: Measured, least: Measured) -> Iterator[Figure]:
    """Transactions and turns, each beside what there is no way around; the ratio is to the least chip's, for each die."""
    for name, one, first in (("boot", played.boot, least.boot), ("healthy pass", played.healthy, least.healthy)):
        made = one.report.transactions
        bound = one.report.writes + played.look
        text = "one look at everything" if not one.report.writes else "its writes, and one look at everything"
        ratio = made / played.dies / (first.report.transactions / least.dies)
        note = f"{len(one.report.lines)} instances, {one.turns} turns, {one.silent} without a transaction"
        floor = f"{text}: {bound}, this is {made / bound:.2f}x"
        yield Figure("dies", f"{name} of {played.dies}", made, "transactions", ratio, floor=floor, note=note)


def chips(quick: bool) -> Iterator[Figure]:
    """Many chips in one thread, beside the same chips one after the other."""
    rounds = 1 if quick else 5
    played = Measured(2)
    together: list[float] = []
    apart: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        for led, times in ((True, together), (False, apart)):
            made = [played.kind(Playback(played.tape.answers)) for _ in range(CHIPS)]
            for chip in made:
                chip.converge()
            runs = [Scheduler(chip) for chip in made]
            times.append(milliseconds(partial(_all, runs, led)))
        heard = [Playback(played.tape.answers) for _ in range(CHIPS)]
        bare.append(milliseconds(partial(calls, heard, played.healthy.report.transactions)))
    floor = f"bare calls of the bus: {statistics.median(bare):.3g} ms"
    note = f"{CHIPS} x {len(played.healthy.report.lines)} instances, to one after the other; played from a tape"
    yield Figure("chips", f"healthy pass of {CHIPS} chips", *_beside(together, apart), floor=floor, note=note)
    together.clear()
    apart.clear()
    for _ in range(rounds):
        for led, times in ((True, together), (False, apart)):
            runs = [Scheduler(Tern(make_model(Tern))) for _ in range(CHIPS)]
            times.append(milliseconds(partial(_all, runs, led)))
    note = f"{CHIPS} x {played.boot.report.transactions} transactions, to one after the other; models included"
    yield Figure("chips", f"boots of {CHIPS} chips, interleaved", *_beside(together, apart), note=note)


def _all(runs: Sequence[Scheduler], together: bool) -> None:
    """All runs to their ends. A chip that does not get to its goal has no figure."""
    reports = lead(runs) if together else [run.run() for run in runs]
    assert all(report.ok for report in reports)


def _beside(together: Sequence[float], apart: Sequence[float]) -> tuple[float, str, float]:
    factor = statistics.median(one / other for one, other in zip(together, apart, strict=True))
    return statistics.median(together), "ms", factor
