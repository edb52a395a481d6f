"""A chip as data: instances, addresses, needs, harvest, names. No procedure: that is `converge`.

Start reading at `topology.py`; a wiring to learn from is `chips/tern/`.
"""

from bedplate.topology.names import AddressMap, Location, Target, normal
from bedplate.topology.topology import Group, Harvest, Instance, Limit, Topology, within_reach

__all__ = [
    "AddressMap",
    "Group",
    "Harvest",
    "Instance",
    "Limit",
    "Location",
    "Target",
    "Topology",
    "normal",
    "within_reach",
]
