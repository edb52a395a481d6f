"""What HBM_MC says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcConfig
from bedplate.ip.hbm_mc.model import HbmMcModel

COMPONENT = Component(
    HbmMc,
    HbmMcModel,
    samples=(Sample(HbmMcConfig()),),
)
