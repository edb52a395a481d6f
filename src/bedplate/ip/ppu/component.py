"""What the PPU is to the house: see `bedplate.component`."""

from bedplate.component import Component
from bedplate.ip.ppu.driver import Ppu
from bedplate.ip.ppu.model import PpuModel

COMPONENT = Component(Ppu, PpuModel)
