"""What the PVT is to the house: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.pvt.driver import Pvt, PvtWant
from bedplate.ip.pvt.model import PvtModel

COMPONENT = Component(
    Pvt,
    PvtModel,
    samples=(Sample(PvtWant()), Sample(PvtWant(), {"series": 5})),
    widths={"series": 4},
)
