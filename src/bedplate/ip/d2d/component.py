"""What D2D says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.model import D2dModel

COMPONENT = Component(
    D2d,
    D2dModel,
    samples=(Sample(), Sample(None, {"side": 1})),
    widths={"side": 1},
)
