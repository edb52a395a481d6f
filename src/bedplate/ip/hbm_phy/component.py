"""What HBM_PHY says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.hbm_phy.driver import HbmPhy, HbmPhyConfig
from bedplate.ip.hbm_phy.model import HbmPhyModel

COMPONENT = Component(
    HbmPhy,
    HbmPhyModel,
    samples=(Sample(HbmPhyConfig()),),
)
