"""What Bedplate adds to an access in a SystemVerilog simulation, on a design of one register; then whole chips.

The bare SystemVerilog loop and the HAL make the same transfers with the same bus driver, in one run of one simulator: a burst
is such a loop (1024 transfers for one request), single accesses are the HAL's.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bedplate.bench import cocotb as bench_cocotb
from bedplate.bench import rtl_chip as bench_rtl_chip
from bedplate.bench.suite import Figure, ratio
from bedplate.env import open_bus
from bedplate.errors import EnvError

TARGET = "rtl:bedplate.env.rtl.one_register:OneRegister"
CTRL = 0x4
WINDOW, LENGTH = 0x1000, 1024
"""Where bursts go: `ctrl` again, so many times."""

MOST_TAX = 3.0
"""Microseconds of CPU time for each transaction."""

FASTER = 10
"""How many times faster than from cocotb an access is to be."""


def simulator(quick: bool) -> Iterator[Figure]:
    """The tax on an access, the same access from cocotb, a boot of a whole chip and its build: whatever can be measured here."""
    parts = {
        "HAL tax": tax,
        "against cocotb": against_cocotb,
        "boot": bench_rtl_chip.boot,
        "build": bench_rtl_chip.build,
    }
    for name, part in parts.items():
        try:
            yield from part(quick)
        except EnvError as error:
            yield Figure("simulator", name, None, "", note=f"{error.what}: {error.next}")


def tax(quick: bool) -> Iterator[Figure]:
    """The tax on a read and on a write, the bare transfer, and a wait."""
    bus = open_bus(TARGET)
    zeros = [0] * LENGTH
    contestants: dict[str, tuple[Callable[[], object], int]] = {
        "bare read": (lambda: bus.read_block(WINDOW, LENGTH), LENGTH),
        "read": (lambda: bus.read(CTRL), 1),
        "bare write": (lambda: bus.write_block(WINDOW, zeros), LENGTH),
        "write": (lambda: bus.write(CTRL, 0), 1),
        "wait": (lambda: bus.sleep(30), 1),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(5 if quick else 25):
        for name, (act, accesses) in contestants.items():
            times[name].append(_microseconds(act, accesses, 2048 if quick else 8192))
    for verb in ("read", "write"):
        bare = times[f"bare {verb}"]
        taxes = [mine - theirs for mine, theirs in zip(times[verb], bare, strict=True)]
        yield Figure(
            "simulator",
            f"HAL tax on a {verb}",
            statistics.median(taxes),
            "us",
            target=MOST_TAX,
            floor="two greenlet switches and a callback",
            note=f"a bare SystemVerilog loop takes {statistics.median(bare):.2f} us for each transfer",
        )
    yield Figure(
        "simulator", "wait of 30 ns", statistics.median(times["wait"]), "us", note="three clocks of the design"
    )


def against_cocotb(quick: bool) -> Iterator[Figure]:
    """A read by HAL code here, and the same read from cocotb: rounds of the one and of the other in turn."""
    bus = open_bus(TARGET)
    ours: list[float] = []
    theirs: list[dict[str, float]] = []
    reads = 1000 if quick else 4000
    with tempfile.TemporaryDirectory() as folder:
        once = bench_cocotb.prepare(Path(folder), reads)
        for _ in range(1 if quick else 5):
            ours.append(_microseconds(lambda: bus.read(CTRL) == 0, 1, reads))
            theirs.append(once())
    clocks = statistics.median(round["clocks"] for round in theirs)
    for who, what in (("plain", "by cocotb alone"), ("hal", "by the HAL in cocotb")):
        times = [round[who] for round in theirs]
        yield Figure(
            "simulator",
            f"read, against one {what}",
            statistics.median(ours),
            "us",
            ratio(ours, times),
            target=1 / FASTER,
            floor=f"its three clocks alone: {clocks:.1f} us",
            note=f"{statistics.median(times):.1f} us {what}: {bench_cocotb.name()}, against Verilator here",
        )


def _microseconds(act: Callable[[], object], accesses: int, wanted: int) -> float:
    rounds = max(wanted // accesses, 1)
    started = time.process_time()
    for _ in range(rounds):
        act()
    return (time.process_time() - started) / (rounds * accesses) * 1e6
