"""I2C: SMBus and PMBus over whatever moves bytes on the two wires. `smbus.py` is the protocol, `bus.py` a device's commands as a bus."""

from bedplate.env.i2c.bus import CommandBus
from bedplate.env.i2c.smbus import Device, Transfer

__all__ = ["CommandBus", "Device", "Transfer"]
