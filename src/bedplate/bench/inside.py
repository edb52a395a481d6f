"""What a guest measures of itself for `guest.py`, as one JSON document.

python3 -m bedplate.bench.inside TARGET COUNT    nanoseconds of real time for each kind of access on the raw bus
python3 -m bedplate.bench.inside TARGET NAME     of a target over SPI: the frames of one access, as hex digits
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from bedplate.bus import Bus
from bedplate.chips.tern import Tern
from bedplate.env import open_bus, parse
from bedplate.env.linux import clock, spi
from bedplate.env.linux.spidev import Spidev
from bedplate.env.program import ended
from bedplate.env.spi import SpiBus

MAGIC, SCRATCH, WORDS = 0x0, 0x80, 8
"""SYSID of die 0: a constant, and scratch words."""


def accesses(bus: Bus) -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    return {
        "read": lambda: bus.read(MAGIC),
        "write": lambda: bus.write(SCRATCH + 4, 0),
        f"read {WORDS} words": lambda: bus.read_block(SCRATCH, WORDS),
    }


def measure(bus: Bus, count: int) -> dict[str, float]:
    """Nanoseconds for each access."""
    found = {}
    for name, act in accesses(bus).items():
        act()
        started = time.perf_counter_ns()
        for _ in range(count):
            act()
        found[name] = (time.perf_counter_ns() - started) / count
    return found


def frames(target: str, name: str) -> list[str]:
    """The frames of one access: sent again, they are answered again from the bridge's memory of the last access."""
    sent: list[str] = []

    class Tapped(Spidev):
        def transfer(self, chip_select: int, data: bytes) -> bytes:
            sent.append(data.hex())
            return super().transfer(chip_select, data)

    bus = SpiBus(Tapped(parse(target).all("at")[0].partition(",")[0], spi.SPEED).transfer, clock.now, clock.sleep)
    bus.attach()
    sent.clear()
    accesses(bus)[name]()
    return sent


def main(target: str, what: str) -> None:
    """Measure and print."""
    found = measure(open_bus(target, Tern), int(what)) if what.isdigit() else frames(target, what)
    print(json.dumps(found))


if __name__ == "__main__":
    sys.exit(ended(lambda: main(*sys.argv[1:])))
