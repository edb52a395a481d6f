"""What SPI_BR says of itself: see `bedplate.component`."""

from bedplate.component import Component
from bedplate.ip.spi_br.driver import SpiBr
from bedplate.ip.spi_br.model import SpiBrModel

COMPONENT = Component(
    SpiBr,
    SpiBrModel,
    samples=(),
    elsewhere="a bridge is tested on its pins: src/bedplate/env/spi/test_pins.py",
    inputs={"sck": 1, "cs_n": 1, "mosi": 1},
    outputs={"miso": 1},
)
