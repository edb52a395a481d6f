"""HAL code and a simulator, taking turns on one thread: each is a greenlet, suspended while the other runs.

The simulator asks `next`: what am I to do? That resumes HAL code, which blocks in `ask` at its next access to the bus; so
blocking code of any depth can be suspended, in the middle of a poll or of a burst. Who started whom does not matter: in a
testbench that calls the HAL the simulator is the main greenlet, in `rtl:CHIP` the HAL is.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, ClassVar

from greenlet import GreenletExit, getcurrent, greenlet

from bedplate.env.owner import Owner
from bedplate.errors import AccessError, EnvError


class ExchangeOp(IntEnum):
    """What the simulator is to do next. The numbers are those of `bedplate.h`."""

    FAILED = 0
    DONE = 1
    READ = 2
    WRITE = 3
    IDLE = 4
    SPI = 5
    BACKDOOR = 6
    NOTE = 7


class Status(IntEnum):
    """How it went."""

    OK = 0
    SLVERR = 1
    UNKNOWN = 2
    TIMEOUT = 3


ENDED = -1
"""In the place of a status: the simulation is over."""


class Exchange:
    """One conversation. `slot` is where a request and its answer lie (`bridge.c`); simulated time is in ns."""

    running: ClassVar[Exchange | None] = None
    """The one whose simulator ran last in this process."""

    def __init__(self, ffi: Any, slot: Any) -> None:
        self.slot = slot
        self.select: Callable[[], None] = _nothing
        """Called when another simulator has run meanwhile, before this one's goes on."""
        self.time = 0
        self.speedup = 1.0
        self.hal: greenlet | None = None
        """Whoever wants something of the simulator; None when nobody does."""
        self.simulator: greenlet | None = None
        self.owner = Owner("simulation", forks=True)
        """The thread in which both sides take turns: greenlets cannot change theirs."""
        self._enter = self.owner.enter
        self._ffi = ffi
        self._kept: dict[str, Any] = {}

    def views(self) -> tuple[memoryview, memoryview]:
        """The slot's address and shape as 64-bit words, and its data as 32-bit words."""
        memory = memoryview(self._ffi.buffer(self.slot))
        start = self._ffi.offsetof("struct slot", "words")
        end = self._ffi.offsetof("struct slot", "value")
        return memory[:start].cast("Q"), memory[start:end].cast("I")

    def say(self, what: str, text: str) -> None:
        """Put a string into the slot's member `what`; it lives until the next one."""
        self._kept[what] = self._ffi.new("char[]", text.encode())
        setattr(self.slot, what, self._kept[what])

    # The HAL's side

    def ask(self, op: int) -> int:
        """Have the simulator carry out the request in the slot; how it went. Raises EnvError when it has ended, NotOwner."""
        self._enter()
        simulator = self.simulator
        if simulator is None:
            raise ended()
        self.hal = getcurrent()
        status: int = simulator.switch(op)
        if status == ENDED:
            raise ended()
        return status

    # The simulator's side

    def next(self, now: int, status: int) -> int:
        """How the last request went, and when; what is to be done next. Raises AccessError when nobody wants anything, NotOwner."""
        self._enter()
        hal = self.hal
        if hal is None:
            raise AccessError("no command is running", next="start one first")
        self.time = now
        try:
            op: int = hal.switch(status)
        except GreenletExit:  # nobody is there any more who could want something
            return ExchangeOp.DONE
        if Exchange.running is not self:
            Exchange.running = self
            self.select()
        return op

    def interrupt(self, error: BaseException) -> int:
        """Ctrl-C, when it was the simulator's turn: it is for HAL code, which hears of it where it waits. What is next."""
        if self.hal is None:
            raise error
        op: int = self.hal.throw(error)
        return op

    def end(self) -> None:
        """The simulator has ended: whoever waits for it is told. Does not return."""
        self.simulator = None
        assert self.hal is not None
        self.hal.switch(ENDED)


def _nothing() -> None:
    """For a simulator that is alone in its process."""


def ended() -> EnvError:
    """The error of a request to a simulation that is over."""
    return EnvError(
        "the simulation has ended", cause="its testbench called $finish or $fatal", next="its last words are on stderr"
    )
