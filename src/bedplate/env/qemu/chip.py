"""A chip behind several paths: the bus of each (BAR 0, the SPI bridges), one clock, one log, one place to cut the power.

Device time follows the host's clock, for that is what the guest lives in: between an access and the next one as much passes
on the chip as passed outside. What the server itself spends on an access is not counted, so that a chip which is slower than
real time (RTL) cannot run away from itself. Nothing stops the chip while no controller is there.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Sequence
from time import monotonic_ns
from typing import NamedTuple

from bedplate.bus import WORD, Bus, Decorator, MemoryBus, Request, Transaction, perform
from bedplate.errors import ConfigError
from bedplate.topology import Topology

KEPT = 1 << 17
"""Transactions that the log holds; older ones are forgotten."""


def ports_of(kind: type[Topology]) -> tuple[range, ...]:
    """The addresses that each port of a chip reaches; where its class does not say it, one port, to the end of what its description has."""
    if kind.ports is not Topology.ports:
        return kind.ports
    chip = kind(MemoryBus(0))
    ends = [block.regs.base + block.regs.SIZE for block in chip.all]
    ends += [canary.address + canary.size for canary in (kind.canary,) if canary is not None]
    return (range(max(ends)),)


class PowerCut(Exception):
    """The controller has just died: its access gets no answer."""


class LogEntry(NamedTuple):
    """A transaction of the log: its running number, which connection it came from, by which path, and what happened."""

    number: int
    connection: int
    path: str
    transaction: Transaction


class CutToCome(NamedTuple):
    """A power cut to come: at which access from now, whether it still takes place, and the controller's pidfd."""

    at: int
    performed: bool
    pidfd: int


class Shared:
    """The raw bus of a chip as all paths share it."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.connection = 0
        """Which connection is being served."""
        self._cut: CutToCome | None = None
        self._log: deque[tuple[int, str, int, Request, Sequence[int], str]] = deque(maxlen=KEPT)
        self._count = 0
        self._left = monotonic_ns()

    def catch_up(self) -> None:
        """Let the time pass on the chip that has passed outside since the last access."""
        now = monotonic_ns()
        self.bus.sleep(now - self._left)
        self._left = now

    def transact(self, path: str, request: Request) -> Sequence[int]:
        """Make a transaction in its time, and log it. Raises what the bus raises, and PowerCut."""
        bus = self.bus
        self.catch_up()
        dies = self._cut is not None and self._dies()
        time = bus.now()
        words: Sequence[int] = ()
        error = ""
        try:
            words = perform(bus, request)
        except Exception as failure:
            error = type(failure).__name__
            raise
        finally:
            self._log.append((self.connection, path, time, request, words, error))
            self._count += 1
            self._left = monotonic_ns()
        if dies:
            raise PowerCut
        return words

    def log(self, since: int = 0) -> list[LogEntry]:
        """The transactions from that running number on."""
        first = self._count - len(self._log)
        return [
            LogEntry(number, connection, path, Transaction(time, request, tuple(words), error))
            for number, (connection, path, time, request, words, error) in enumerate(self._log, first)
            if number >= since
        ]

    def cut(self, cut: CutToCome) -> None:
        """Cut the power then, and not as agreed earlier. The pidfd is closed here."""
        if self._cut:
            os.close(self._cut.pidfd)
        self._cut = cut

    def _dies(self) -> bool:
        """Whether the controller dies at this access, once it has taken place. Raises PowerCut when it does not take place."""
        cut = self._cut
        assert cut is not None
        if cut.at > 1:
            self._cut = cut._replace(at=cut.at - 1)
            return False
        self._cut = None
        try:
            signal.pidfd_send_signal(cut.pidfd, signal.SIGKILL)
        except ProcessLookupError:  # it is over already: this access is another controller's
            return False
        finally:
            os.close(cut.pidfd)
        if not cut.performed:
            raise PowerCut
        return True


class ChipPath(Decorator):
    """One path to the chip, as a bus and as what is behind a BAR: the addresses from 0 up to the end of `reach`."""

    def __init__(self, shared: Shared, path: str, reach: Sequence[range]) -> None:
        """Raises ConfigError for a chip that is too large for a BAR."""
        super().__init__(shared.bus)
        end = max(port.stop for port in reach)
        if end > 1 << 31:
            raise ConfigError("the addresses of the chip do not fit a 32-bit BAR", got=f"up to 0x{end - 1:x}")
        self.size = max(1 << (end - 1).bit_length(), 16)
        self._shared = shared
        self._path = path

    def transact(self, request: Request) -> Sequence[int]:
        return self._shared.transact(self._path, request)

    # The two hot verbs go straight there: each is a round trip of a guest that waits.

    def read(self, address: int, size: int = WORD) -> int:
        return self._shared.transact(self._path, Request(address, 1, None, size))[0]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._shared.transact(self._path, Request(address, 1, (value,), size))
