"""What PWRMGR says of itself: see `bedplate.component`."""

from bedplate.component import Component
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.model import PwrmgrModel

COMPONENT = Component(Pwrmgr, PwrmgrModel)
