"""What PVT says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.pvt.driver import Pvt, PvtConfig
from bedplate.ip.pvt.model import PvtModel

COMPONENT = Component(
    Pvt,
    PvtModel,
    samples=(Sample(PvtConfig()), Sample(PvtConfig(), {"series": 5})),
    widths={"series": 4},
)
