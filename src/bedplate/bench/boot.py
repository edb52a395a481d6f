"""A whole boot of the model: how much of its time is the HAL's, how much the model's."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bedplate.bench.suite import Figure
from bedplate.bus import SIZES, WORD, Bus
from bedplate.env import chip_type, open_bus
from bedplate.errors import duration

TARGET = "model:tern"


class Tape:
    """A bus that remembers every answer, in order: also those about time, so that a HAL can be played the same boot again."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.sizes = bus.sizes
        self.answers: list[Any] = []

    def _keep(self, answer: Any) -> Any:
        self.answers.append(answer)
        return answer

    def read(self, address: int, size: int = WORD) -> int:
        return self._keep(self.bus.read(address, size))  # type: ignore[no-any-return]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self.bus.write(address, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._keep(self.bus.read_block(address, count))  # type: ignore[no-any-return]

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self.bus.write_block(address, values)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return self._keep(self.bus.poll(address, mask, value, timeout, size))  # type: ignore[no-any-return]

    def now(self) -> int:
        return self._keep(self.bus.now())  # type: ignore[no-any-return]

    def sleep(self, duration: int) -> None:
        self.bus.sleep(duration)


class Playback:
    """A bus that answers from a tape, at next to no cost: what is left of a boot's time is the HAL's."""

    sizes = SIZES

    def __init__(self, answers: Sequence[Any]) -> None:
        self._next = iter(answers).__next__

    def read(self, address: int, size: int = WORD) -> int:
        return self._next()  # type: ignore[no-any-return]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        pass

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._next()  # type: ignore[no-any-return]

    def write_block(self, address: int, values: Sequence[int]) -> None:
        pass

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return self._next()  # type: ignore[no-any-return]

    def now(self) -> int:
        return self._next()  # type: ignore[no-any-return]

    def sleep(self, duration: int) -> None:
        pass


def boot(quick: bool) -> Iterator[Figure]:
    """Open and converge: from power-on, and once more on the healthy chip."""
    kind = chip_type(TARGET.partition(":")[2])
    tape = Tape(open_bus(TARGET, kind))
    report = kind(tape).converge()
    opened, whole, alone, again = [], [], [], []
    for _ in range(3 if quick else 11):
        start = time.process_time()
        bus = open_bus(TARGET, kind)
        chip = kind(bus)
        ready = time.process_time()
        chip.converge()
        done = time.process_time()
        chip.converge()
        healthy = time.process_time()
        kind(Playback(tape.answers)).converge()
        played = time.process_time()
        opened.append(ready - start)
        whole.append(done - ready)
        again.append(healthy - done)
        alone.append(played - healthy)
    total, hal = statistics.median(whole) * 1e3, statistics.median(alone) * 1e3
    floor = f"the hardware itself: {duration(report.device_time)}"
    work = f"{len(report.lines)} instances, {report.transactions} transactions"
    yield Figure("boot", "open the model", statistics.median(opened) * 1e3, "ms", note="chip and model made")
    yield Figure("boot", "converge from power-on", total, "ms", floor=floor, note=work)
    yield Figure(
        "boot", "the HAL's share", hal, "ms", hal / total, floor=floor, note="the same boot, played from a tape"
    )
    yield Figure("boot", "the model's share", total - hal, "ms", (total - hal) / total)
    yield Figure("boot", "transactions per second", report.transactions / total * 1e3, "1/s", note="model included")
    yield Figure("boot", "HAL time per transaction", hal / report.transactions * 1e6, "ns")
    yield Figure("boot", "converge when healthy", statistics.median(again) * 1e3, "ms", note="reads only")
