"""An access over SPI: its bytes on the wire, and what the bus costs beside the time that they take there.

The wire is a tape of a bridge's answers, so that nothing but the bus is timed: the same session asks the same questions.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from bedplate.bench.suite import Figure
from bedplate.bus import WORD, MemoryBus
from bedplate.env.spi import SpiBus
from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.frame import LONGEST_BURST

MEGAHERTZ = 10
"""Clock of the line: a byte takes 0.8 us."""
SESSION = 0x5A5A_5A5C

ACCESSES: dict[str, tuple[int, Callable[[SpiBus], object]]] = {
    "read": (1, lambda bus: bus.read(0x40)),
    "write": (1, lambda bus: bus.write(0x40, 0x1234_5678)),
    "write a byte": (1, lambda bus: bus.write(0x41, 0x12, 1)),
    "read 64 words": (LONGEST_BURST, lambda bus: bus.read_block(0, LONGEST_BURST)),
    "write 64 words": (LONGEST_BURST, lambda bus: bus.write_block(0, range(LONGEST_BURST))),
}
"""Words of each, and how it is made."""


def spi(quick: bool) -> Iterator[Figure]:
    """Bytes of a word or a burst on the wire, against its payload; time in Python, against the time on the wire."""
    rounds, count = (3, 200) if quick else (15, 1000)
    for name, (words, play) in ACCESSES.items():
        octets, answers = record(play, count)
        wire = 8 * octets / MEGAHERTZ
        floor = f"{wire:.1f} us: {octets:.0f} bytes at {MEGAHERTZ} MHz"
        yield Figure(
            "spi", f"{name}, on the wire", octets, "bytes", octets / (words * WORD), note="against its payload"
        )
        spent = statistics.median(replay(play, count, answers) for _ in range(rounds))
        yield Figure("spi", f"{name}, in the bus", spent, "us", spent / wire, floor=floor, note="against the wire")


def record(play: Callable[[SpiBus], object], count: int) -> tuple[float, list[bytes]]:
    """Bytes on the wire for one access, and every answer of a run of so many, the attaching included."""
    memory, answers, octets = MemoryBus(4096), list[bytes](), 0
    bridge = Bridge(memory)

    def transfer(chip_select: int, data: bytes) -> bytes:
        nonlocal octets
        octets += len(data)
        answers.append(bridge.exchange(data))
        return answers[-1]

    bus = SpiBus(transfer, memory.now, memory.sleep, nonce=lambda: SESSION)
    bus.attach()
    octets = 0
    for _ in range(count):
        play(bus)
    return octets / count, answers


def replay(play: Callable[[SpiBus], object], count: int, answers: list[bytes]) -> float:
    """Microseconds of CPU time for one access, with answers from a tape."""
    memory, tape = MemoryBus(0), iter(answers)
    bus = SpiBus(lambda chip_select, data: next(tape), memory.now, memory.sleep, nonce=lambda: SESSION)
    bus.attach()
    run = partial(play, bus)
    start = time.process_time()
    for _ in range(count):
        run()
    return (time.process_time() - start) / count * 1e6
