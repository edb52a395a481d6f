"""Several ports of one chip as one bus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bedplate.bus.decorator import Decorator, Request, perform
from bedplate.bus.protocol import WORD, Bus
from bedplate.errors import OutOfReach


class Split(Decorator):
    """Each port reaches a range of addresses; the first one tells the time. Raises OutOfReach for an address of none."""

    def __init__(self, ports: Sequence[tuple[range, Bus]]) -> None:
        super().__init__(ports[0][1])
        self.ports = ports

    @property
    def sizes(self) -> tuple[int, ...]:
        return common_sizes(bus for _, bus in self.ports)

    def transact(self, request: Request) -> Sequence[int]:
        last = request.address + WORD * (request.length - 1)
        for reach, bus in self.ports:
            if request.address in reach and last in reach:
                return perform(bus, request)
        raise OutOfReach(
            f"{request} reaches no port of the chip",
            where=f"0x{request.address:08x}",
            wanted=", ".join(f"0x{reach.start:x} to 0x{reach.stop - 1:x}" for reach, _ in self.ports),
        )


def common_sizes(buses: Iterable[Bus]) -> tuple[int, ...]:
    """The accesses (bytes) that all of them have."""
    found = [set(bus.sizes) for bus in buses]
    return tuple(sorted(set.intersection(*found)))
