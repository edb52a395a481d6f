"""A chip as data: instances, addresses, needs, harvest, identity, names; and the gate before it. No procedure: that is `converge`.

Start reading at `topology.py`; a wiring to learn from is `chips/tern/`.
"""

from bedplate.topology.answer import elapsed_of, failure_of, is_coming, is_on, observed, sound
from bedplate.topology.gate import LOOKING, Act, Gate, ask, verdict, verdict_on
from bedplate.topology.memories import NamedMemory, memory
from bedplate.topology.names import AddressMap, Location, NamedRegister
from bedplate.topology.pair import Pair
from bedplate.topology.parts import Budget, Group, Harvest, Instance
from bedplate.topology.reach import Look, Obstacle, Reach
from bedplate.topology.region import Region
from bedplate.topology.topology import Topology

__all__ = [
    "LOOKING",
    "Act",
    "AddressMap",
    "Budget",
    "Gate",
    "Group",
    "Harvest",
    "Instance",
    "Location",
    "Look",
    "NamedMemory",
    "NamedRegister",
    "Obstacle",
    "Pair",
    "Reach",
    "Region",
    "Topology",
    "ask",
    "elapsed_of",
    "failure_of",
    "is_coming",
    "is_on",
    "memory",
    "observed",
    "sound",
    "verdict",
    "verdict_on",
]
