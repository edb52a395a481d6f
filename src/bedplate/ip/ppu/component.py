"""What PPU says of itself: see `bedplate.component`."""

from bedplate.component import Component
from bedplate.ip.ppu.driver import Ppu
from bedplate.ip.ppu.model import PpuModel

COMPONENT = Component(Ppu, PpuModel)
