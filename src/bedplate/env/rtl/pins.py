"""A simulation through the pins of its SPI bridges: the controller's side of the links, clocked by the testbench."""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus import Split
from bedplate.env.owner import Owner
from bedplate.env.rtl.simulation import Behind, OpenSimulation
from bedplate.env.spi import SpiBus


class Pins(Behind, Split):
    """A bridge at each chip select, for the addresses that it reaches.

    Nonces come from simulated time, so that the same run is the same to the bit.
    """

    def __init__(self, simulation: OpenSimulation, ports: Sequence[range]) -> None:
        self._simulation = simulation
        self._owner = Owner("SPI links", forks=True)
        super().__init__([(reach, self._link(select)) for select, reach in enumerate(ports)])

    def _link(self, chip_select: int) -> SpiBus:
        wire = self._simulation
        return SpiBus(wire.spi, wire.now, wire.sleep, chip_select, self._number, self._owner)

    def _number(self) -> int:
        return (self._simulation.exchange.time * 2_654_435_761 + 1) & 0xFFFF_FFFF
