"""A simulation through the pins of its SPI bridge: the controller's side of the link, clocked by the testbench."""

from __future__ import annotations

from bedplate.env.rtl.simulation import Behind, Simulation
from bedplate.env.spi import SpiBus


class Pins(Behind, SpiBus):
    """The SPI bus of a simulation. Its nonces come from simulated time, so that the same run is the same to the bit."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        super().__init__(simulation.spi, simulation.now, simulation.sleep, nonce=self._number)

    def _number(self) -> int:
        return (self._simulation.exchange.time * 2_654_435_761 + 1) & 0xFFFF_FFFF
