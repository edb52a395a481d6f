"""What the HAL is about, told to the testbench, so that waves show it: instance and step of each transaction and each wait.

A transaction has a register besides; while the HAL waits there is none.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType

from bedplate.block import Block
from bedplate.bus import Bus, Decorator, MemoryBus, Observer, Request
from bedplate.converge import Chip
from bedplate.env.rtl.simulation import Behind, InFront, OpenSimulation, Simulation
from bedplate.topology import AddressMap

INSTANCE, STEP, REGISTER = range(3)


class Notes(InFront, Decorator):
    """A simulation whose testbench is told what is going on. Costs a look at the Python stack for each transaction.

    What the testbench is not told is counted in `observer`; the transactions are the same.
    """

    def __init__(self, bus: Bus, simulation: Simulation, chip: type[Chip]) -> None:
        super().__init__(bus)
        self._simulation = simulation
        self._map = AddressMap(chip(MemoryBus(0)).all)
        self._told = ["", "", ""]
        self.observer = Observer(self._note, "notes in the waves")

    def transact(self, request: Request) -> Sequence[int]:
        self.observer(request.address)
        return super().transact(request)

    def sleep(self, duration: int) -> None:
        self.observer(None)
        super().sleep(duration)

    def _note(self, address: int | None) -> None:
        """What the HAL is about, where it accesses that address, or waits."""
        place = self._map.find(address) if address is not None else None
        instance, step = _at_work(sys._getframe(1))
        self._tell(INSTANCE, instance)
        self._tell(STEP, step)
        self._tell(REGISTER, place.path if place is not None else "" if address is None else f"0x{address:08x}")

    def _tell(self, which: int, text: str) -> None:
        if self._told[which] != text:
            self._simulation.note(which, text)
            self._told[which] = text


class OpenNotes(Behind, Notes):
    """The same of a simulation with a back door."""

    _simulation: OpenSimulation


def _at_work(frame: FrameType | None) -> tuple[str, str]:
    """The instance and the step on whose behalf this happens: the outermost frame of a block's own driver."""
    found = ("", "")
    while frame is not None:
        block = frame.f_locals.get("self")
        if isinstance(block, Block) and frame.f_globals.get("__name__") == type(block).__module__:
            found = block.name, frame.f_code.co_name
        frame = frame.f_back
    return found
