"""What the PLL is to the house: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.pll.driver import Pll, PllWant
from bedplate.ip.pll.model import PllModel

COMPONENT = Component(
    Pll,
    PllModel,
    samples=(Sample(PllWant(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)),),
)
