"""What supply says of itself: see `bedplate.component`."""

from bedplate.chips.bench.supply.driver import Supply
from bedplate.chips.bench.supply.model import SupplyModel
from bedplate.component import Component

COMPONENT = Component(Supply, SupplyModel, samples=(), elsewhere="it is the bench")
