"""The bus of a chip in a simulator: each transaction is a request to SystemVerilog, time is simulated time."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from bedplate.bus import SIZES, WORD, poll_by_reading
from bedplate.env.rtl.exchange import Exchange, ExchangeOp, Status
from bedplate.errors import BusError, BusFault, BusSize, EnvError, LinkDown, OutOfReach

MOST = 1024
"""Words of the longest burst."""

PLANT, TENANT, VIOLATIONS, FUSES, RESET, LEAP = range(6)
"""Requests by the back door, as in `bedplate.h`."""


READ, WRITE, IDLE, SPI, BACKDOOR, NOTE = map(
    int, (ExchangeOp.READ, ExchangeOp.WRITE, ExchangeOp.IDLE, ExchangeOp.SPI, ExchangeOp.BACKDOOR, ExchangeOp.NOTE)
)


ADDRESSES = range(1 << 64)
"""What a request can say."""


class SimulatorBus:
    """A raw bus through an exchange. Device time is simulated time (ns) multiplied by the RTL's speed-up."""

    sizes = SIZES

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.owners = (exchange.owner,)
        self._ask = exchange.ask
        self._head, self._words = exchange.views()

    def read(self, address: int, size: int = WORD) -> int:
        if size != WORD or address & 3:
            _check(address, size)
        head = self._head
        try:
            head[0] = address
        except ValueError:
            raise _beyond(address) from None
        head[1] = size << 32 | 1
        if status := self._ask(READ):
            raise failure("read", address, status)
        return self._words[0]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        if size != WORD or address & 3:
            _check(address, size)
        head = self._head
        try:
            head[0] = address
        except ValueError:
            raise _beyond(address) from None
        head[1] = size << 32 | 1
        self._words[0] = value
        if status := self._ask(WRITE):
            raise failure("write", address, status)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        self._burst(address, count)
        if status := self._ask(READ):
            raise failure("burst read", address, status)
        return self._words[:count].tolist()

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._burst(address, len(values))
        self._words[: len(values)] = array("I", values)
        if status := self._ask(WRITE):
            raise failure("burst write", address, status)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return int(self.exchange.time * self.exchange.speedup)

    def sleep(self, duration: int) -> None:
        self._request(max(math.ceil(duration / self.exchange.speedup), 1), 0, 0)
        self._ask(IDLE)

    def spi(self, chip_select: int, data: bytes) -> bytes:
        """One SPI transfer on the pins: what was clocked out, what came back. Raises BusFault when the testbench has no pins."""
        if len(data) > MOST:
            raise BusSize(f"SPI transfer of {len(data)} bytes", wanted=f"at most {MOST}")
        self._request(chip_select, 1, len(data))
        self._words[: len(data)] = array("I", list(data))
        if status := self._ask(SPI):
            raise failure("SPI transfer", chip_select, status)
        return bytes(self._words[: len(data)].tolist())

    def backdoor(self, what: int, *arguments: int) -> int:
        """Ask the testbench for something behind the chip. For proofs. Raises EnvError when it has none."""
        self._request(0, WORD, 5)
        self._words[:5] = array("I", [what, *arguments, 0, 0, 0, 0][:5])
        if self._ask(BACKDOOR):
            raise EnvError(f"the testbench has no back door for request {what}")
        return self._words[0]

    def note(self, which: int, text: str) -> None:
        """Have the testbench show what the HAL is about: `which` is 0 for the instance, 1 for the step, 2 for the register."""
        self.exchange.say("text", text)
        self._request(which, 0, 0)
        self._ask(NOTE)

    def _burst(self, address: int, count: int) -> None:
        if address % WORD or count > MOST:
            raise BusSize(f"burst of {count} words at 0x{address:x}", wanted=f"at most {MOST} words, aligned")
        if address not in ADDRESSES:
            raise _beyond(address)
        self._request(address, WORD, count)

    def _request(self, address: int, size: int, count: int) -> None:
        self._head[0] = address
        self._head[1] = size << 32 | count


def _beyond(address: int) -> OutOfReach:
    return OutOfReach("no request can carry this address", where=f"0x{address:08x}", wanted="0 or more, below 2^64")


def _check(address: int, size: int) -> None:
    if size not in SIZES or address % size:
        raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2 or 4, aligned")


def failure(verb: str, address: int, status: int) -> BusError:
    """The error for a transaction that did not go well."""
    where = f"0x{address:08x}"
    if status == Status.UNKNOWN:
        return BusFault(
            f"{verb} returned unknown bits",
            where=where,
            wanted="0 or 1 in every bit",
            got="X or Z",
            cause="hardware that was never reset or written, or a bus that nobody drives",
        )
    if status == Status.TIMEOUT:
        return LinkDown(
            f"{verb} got no answer from the bus", where=where, cause="the bus is stuck, or its clock stands still"
        )
    return BusFault(f"{verb} ended in an error response", where=where, got=Status(status).name)
