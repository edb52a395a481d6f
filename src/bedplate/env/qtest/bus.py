"""QEMU's qtest protocol as a bus: a line a request, a line an answer. Source: QEMU documentation, docs/devel/qtest.rst.

Each access is one access of its own size to the device. A burst is as many, sent ahead of their answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus import WORD, poll_by_reading
from bedplate.env.linux import clock
from bedplate.env.owner import Owner
from bedplate.env.qtest.machine import QemuLink
from bedplate.errors import BusFault, BusSize, LinkDown, OutOfRange, OutOfReach

LETTERS = {1: "b", 2: "w", WORD: "l", 8: "q"}
AHEAD = 256
"""Requests that are sent before their answers are read: few enough for the buffers of a socket."""

PATIENCE = 60
"""Seconds of the host's time after which a QEMU that says nothing counts as dead."""


class QtestBus:
    """The raw bus of a machine.

    Answers have no numbers, so after a question that was interrupted (Ctrl-C) none can be believed: the bus is dead. Raises
    BusFault for a request that QEMU refuses, LinkDown once it is gone, BusSize, OutOfRange, NotOwner.
    """

    sizes = tuple(LETTERS)

    def __init__(self, link: QemuLink) -> None:
        self.link = link
        self.owners = (Owner("QEMU"),)
        self._asking = False
        link.connection.settimeout(PATIENCE)
        self._answers = link.connection.makefile("rb")

    def read(self, address: int, size: int = WORD) -> int:
        _check(address, size)
        return self._values([f"read{LETTERS[size]} 0x{address:x}"])[0]

    def write(self, address: int, value: int, size: int = WORD) -> None:
        _check(address, size, value)
        self._ask([f"write{LETTERS[size]} 0x{address:x} 0x{value:x}"])

    def read_block(self, address: int, count: int) -> Sequence[int]:
        _check(address, WORD)
        return self._values([f"readl 0x{address + WORD * index:x}" for index in range(count)])

    def write_block(self, address: int, values: Sequence[int]) -> None:
        for value in values:
            _check(address, WORD, value)
        self._ask([f"writel 0x{address + WORD * index:x} 0x{value:x}" for index, value in enumerate(values)])

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def port_write(self, port: int, value: int) -> None:
        """32 bits to an I/O port: what the machine's firmware does, never a driver."""
        self._ask([f"outl 0x{port:x} 0x{value:x}"])

    def synchronize(self) -> None:
        """Wait until QEMU answers at all. Raises LinkDown."""
        self._ask(["endianness"])

    def close(self) -> None:
        """End QEMU where it is ours, else leave it. The bus is dead afterwards."""
        self._answers.close()
        self.link.close()

    def _values(self, requests: Sequence[str]) -> list[int]:
        return [int(answer, 16) for answer in self._ask(requests)]

    def _ask(self, requests: Sequence[str]) -> list[str]:
        """The answers to requests, without their OK."""
        self.owners[0].enter()
        if self._asking:
            raise self._gone(requests[0], "a question before it was interrupted")
        self._asking = True
        answers: list[str] = []
        for first in range(0, len(requests), AHEAD):
            ahead = requests[first : first + AHEAD]
            try:
                self.link.connection.sendall(("\n".join(ahead) + "\n").encode())
                answers += [self._answer() for _ in ahead]
            except (OSError, ValueError) as error:  # ValueError: closed before
                raise self._gone(ahead[0], repr(error)) from error
        self._asking = False
        for request, answer in zip(requests, answers, strict=True):
            if not answer.startswith("OK"):
                raise BusFault(f"QEMU refuses '{request}'", wanted="OK", got=answer)
        return [answer[3:] for answer in answers]

    def _answer(self) -> str:
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the connection was closed")
        return line[:-1].decode(errors="replace")

    def _gone(self, request: str, why: str) -> LinkDown:
        words = self.link.last_words()
        self.close()  # answers that come late would be taken for those of later requests
        return LinkDown(
            f"QEMU is gone: no answer to '{request}'",
            got=words or why,
            cause="it could not start, was killed, or was closed before",
            next="open the target anew",
        )


class SteppedBus(QtestBus):
    """The same, of a machine under the accelerator `qtest`: its time stands still but in `sleep`, and what is due then is done."""

    def __init__(self, link: QemuLink) -> None:
        super().__init__(link)
        self._time = 0

    def now(self) -> int:
        return self._time

    def sleep(self, duration: int) -> None:
        self._time = int(self._ask([f"clock_step {max(duration, 1)}"])[0])

    def synchronize(self) -> None:
        """Wait until QEMU answers, and learn its time. Raises LinkDown, BusFault where time cannot be stepped."""
        self.sleep(1)


def _check(address: int, size: int, value: int = 0) -> None:
    if size not in LETTERS or address % size:
        raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2, 4 or 8 bytes, aligned")
    if not 0 <= address < 1 << 64:
        raise OutOfReach("no request can carry this address", where=f"0x{address:08x}", wanted="0 or more, below 2^64")
    if not 0 <= value < 1 << 8 * size:
        raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"0x{address:08x}")
