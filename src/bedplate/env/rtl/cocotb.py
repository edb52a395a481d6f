"""Blocking HAL code inside a cocotb test, on any bus coroutine: greenlets, no threads.

    bus = CoroutineBus(read=apb.read, write=apb.write)     # async def read(address, size), async def write(address, value, size)
    chip = Tern(bus)
    report = await bus.call(chip.converge)                 # the HAL blocks, the simulation goes on
    status = await bus.call(chip.die[0].pll.sys.regs.status.read)

Calls of several cocotb tasks on one bus wait for one another, in their order: so a read-modify-write is never torn, nor a step.
What plays hardware or firmware beside the HAL has coroutines of its own, or a bus of its own on the same ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from math import ceil
from typing import Any, TypeVar

from cocotb.triggers import Lock, Timer
from cocotb.utils import get_sim_time
from greenlet import getcurrent, greenlet

from bedplate.bus import SIZES, WORD, poll_by_reading
from bedplate.env.rtl.bus import failure
from bedplate.env.rtl.exchange import Status
from bedplate.errors import EnvError

T = TypeVar("T")

Read = Callable[[int, int], Awaitable[Any]]
"""From a byte address and a size (1, 2 or 4 bytes) to the word, right-aligned: an int, or a value of cocotb."""
Write = Callable[[int, int, int], Awaitable[None]]
"""A byte address, the word, and a size."""


class CoroutineBus:
    """A raw bus made of two coroutines, for HAL code that runs inside `call`.

    They raise BusFault (or any other BusError) for an error response. Device time is simulated time times `speedup`.
    """

    sizes = SIZES

    def __init__(self, read: Read, write: Write, speedup: float = 1.0) -> None:
        self._read = read
        self._write = write
        self._speedup = speedup
        self._turn = Lock()

    async def call(self, function: Callable[..., T], *args: Any, **how: Any) -> T:
        """Run blocking HAL code to its end, and await for it whatever its bus wants. Its result, or what it raised.

        A task that is cancelled ends its HAL code where it waits, without another access, before the next call's turn.
        """
        async with self._turn:
            return await self._run(lambda: function(*args, **how))

    async def _run(self, function: Callable[[], T]) -> T:
        hal = greenlet(function)
        wanted = hal.switch()
        while not hal.dead:
            try:
                got = await wanted
            except Exception as error:
                wanted = hal.throw(error)
            except BaseException as error:  # whoever is cancelled may not wait again, not even to tidy up
                while not hal.dead:
                    _drop(hal.throw(error))
            else:
                wanted = hal.switch(got)
        result: T = wanted
        return result

    def read(self, address: int, size: int = WORD) -> int:
        word = _await(self._read(address, size))
        try:
            return int(word)
        except ValueError:  # what cocotb says of X and Z
            raise failure("read", address, Status.UNKNOWN) from None

    def write(self, address: int, value: int, size: int = WORD) -> None:
        _await(self._write(address, value, size))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return [self.read(address + WORD * index) for index in range(count)]

    def write_block(self, address: int, values: Sequence[int]) -> None:
        for index, value in enumerate(values):
            self.write(address + WORD * index, value)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return int(get_sim_time("ns") * self._speedup)

    def sleep(self, duration: int) -> None:
        _await(_pass(max(ceil(duration / self._speedup), 1)))


async def _pass(nanoseconds: int) -> None:
    """At least so long: a simulator whose precision is coarser than that goes on with its next step of time."""
    await Timer(nanoseconds, "ns", round_mode="ceil")


def _await(wanted: Awaitable[Any]) -> Any:
    """Suspend the HAL until the simulation has what it wants. Raises EnvError for HAL code that runs outside of `call`."""
    hub = getcurrent().parent
    if hub is None:
        _drop(wanted)
        raise EnvError("HAL code outside of a simulation", next="await bus.call(function, ...)")
    return hub.switch(wanted)


def _drop(wanted: Awaitable[Any]) -> None:
    if isinstance(wanted, Coroutine):
        wanted.close()
