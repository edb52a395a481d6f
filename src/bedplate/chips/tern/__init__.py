"""Tern, the reference chip: two dies with clocks, power, fuses, sensors and four HBM stacks.

`tern.rdl` says where everything is, `wiring.py` what everything needs, `model.py` how it behaves.
"""

from bedplate.chips.tern.wiring import Tern

__all__ = ["Tern"]
