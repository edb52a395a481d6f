"""Maxim MAX31785, a controller of six fans with temperature sensors: a PMBus device.

Nobody here wrote the device or its model, QEMU's `max31785`. `max31785.rdl` says which commands there are, `driver.py` how they are used,
`wiring.py` what is wanted of each fan, `machine.py` where it is found.
"""

from bedplate.chips.max31785.wiring import Max31785

__all__ = ["Max31785"]
