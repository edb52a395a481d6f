"""What CLKMGR says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.clkmgr.model import ClkmgrModel

ROOTS = ("sys", "noc", "hbm0")

COMPONENT = Component(
    Clkmgr,
    ClkmgrModel,
    samples=(Sample(ROOTS, {"roots": ROOTS}),),
)
