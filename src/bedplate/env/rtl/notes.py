"""What the HAL is about, told to the testbench, so that waves show it: instance and step of each transaction and each wait.

A transaction has a register besides; while the HAL waits there is none.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType

from bedplate.block import Block
from bedplate.bus import Bus, Decorator, MemoryBus, Request
from bedplate.converge import Chip
from bedplate.env.rtl.simulation import Behind, Simulation
from bedplate.topology import AddressMap

INSTANCE, STEP, REGISTER = range(3)


class Notes(Behind, Decorator):
    """A simulation whose testbench is told what is going on. Costs a look at the Python stack for each transaction."""

    def __init__(self, bus: Bus, simulation: Simulation, chip: type[Chip]) -> None:
        super().__init__(bus)
        self._simulation = simulation
        self._map = AddressMap(chip(MemoryBus(0)).all)
        self._told = ["", "", ""]

    def transact(self, request: Request) -> Sequence[int]:
        place = self._map.find(request.address)
        self._tell_all(place.path if place is not None else f"0x{request.address:08x}")
        return super().transact(request)

    def sleep(self, duration: int) -> None:
        self._tell_all("")
        super().sleep(duration)

    def _tell_all(self, register: str) -> None:
        instance, step = _at_work(sys._getframe(2))
        self._tell(INSTANCE, instance)
        self._tell(STEP, step)
        self._tell(REGISTER, register)

    def _tell(self, which: int, text: str) -> None:
        if self._told[which] != text:
            self._told[which] = text
            self._simulation.note(which, text)


def _at_work(frame: FrameType | None) -> tuple[str, str]:
    """The instance and the step on whose behalf this happens: the outermost frame of a block's own driver."""
    found = ("", "")
    while frame is not None:
        block = frame.f_locals.get("self")
        if isinstance(block, Block) and frame.f_globals.get("__name__") == type(block).__module__:
            found = block.name, frame.f_code.co_name
        frame = frame.f_back
    return found
