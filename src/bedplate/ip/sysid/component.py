"""What SYSID says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.sysid.driver import Sysid, SysidConfig
from bedplate.ip.sysid.model import SysidModel

COMPONENT = Component(
    Sysid,
    SysidModel,
    samples=(Sample(SysidConfig(die=1, digest=0), {"die": 1}),),
    widths={"die": 4, "serial": 64},
)
