"""What PLL says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.pll.driver import Pll, PllConfig
from bedplate.ip.pll.model import PllModel

COMPONENT = Component(
    Pll,
    PllModel,
    samples=(Sample(PllConfig(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)),),
)
