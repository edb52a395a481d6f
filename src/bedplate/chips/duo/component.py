"""What client says of itself: see `bedplate.component`."""

from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.model import ClientModel
from bedplate.component import Component

COMPONENT = Component(Client, ClientModel, samples=(), elsewhere="it works through a pair: tests/test_pairs.py")
