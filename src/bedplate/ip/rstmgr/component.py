"""What RSTMGR says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.rstmgr.driver import Rstmgr
from bedplate.ip.rstmgr.model import RstmgrModel

LINES = ("noc", "hbm")

COMPONENT = Component(
    Rstmgr,
    RstmgrModel,
    samples=(Sample(LINES, {"lines": LINES}),),
)
