"""Renesas ISL69260, a regulator of two rails for processors and accelerators: a PMBus device.

Nobody here wrote the device or its model, QEMU's `isl69260`. `isl69260.rdl` says which commands there are, `driver.py` how they are used,
`wiring.py` what is wanted of each rail, `machine.py` where it is found.
"""

from bedplate.chips.isl69260.wiring import Isl69260

__all__ = ["Isl69260"]
