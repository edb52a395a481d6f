"""What Bedplate adds to an access in a SystemVerilog simulation, on a design of one register.

The bare SystemVerilog loop and the HAL make the same transfers with the same bus driver, in one run of one simulator: a burst
is such a loop (1024 transfers for one request), single accesses are the HAL's.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from bedplate.dv.bench import Figure
from bedplate.env import open_bus
from bedplate.errors import ToolMissing

TARGET = "rtl:bedplate.env.rtl.one_register:OneRegister"
CTRL = 0x4
WINDOW, LENGTH = 0x1000, 1024
"""Where bursts go: `ctrl` again, so many times."""

MOST_TAX = 3.0
"""Microseconds of CPU time for each transaction."""


def simulator(quick: bool) -> Iterator[Figure]:
    """The tax on a read and on a write, the bare transfer, and a wait."""
    try:
        bus = open_bus(TARGET)
    except ToolMissing as error:
        yield Figure("simulator", "HAL tax", None, "", note=f"{error.what}: {error.next}")
        return
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


def _microseconds(act: Callable[[], object], accesses: int, wanted: int) -> float:
    rounds = max(wanted // accesses, 1)
    started = time.process_time()
    for _ in range(rounds):
        act()
    return (time.process_time() - started) / (rounds * accesses) * 1e6
