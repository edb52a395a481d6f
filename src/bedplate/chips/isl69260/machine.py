"""The machine that has this device, for the environment `qtest:` (see `env/qtest/machine.py`): a board of a management controller.

The model comes up with most limits at zero, and judges them at the first write. A device on a board has sane ones in its non-volatile memory:
here they are as wide as they can be, on both pages, and what was noted meanwhile is cleared.
"""

ARCHITECTURE = "arm"
ARGUMENTS = ("-M", "ast2500-evb", "-device", "isl69260,bus=aspeed.i2c.bus.0,address=0x60")
I2C = (0x1E78_A040, 0x60)

WIDE = tuple(bytes([command, 0xFF, 0x7F]) for command in (0x40, 0x42, 0x46, 0x4A, 0x4F, 0x51, 0x57, 0x5D, 0x6B))
NONE = tuple(bytes([command, 0x00, 0x00]) for command in (0x43, 0x44, 0x58))
CLEARED = b"\x03\x00"
"""CLEAR_FAULTS, with a byte too many: without it this model (7.2) does nothing."""
I2C_WRITES = (b"\x00\x00", *WIDE, *NONE, b"\x00\x01", *WIDE, *NONE, CLEARED)
