"""The environment `i2c:NODE?address=...[&option=value...]`: an SMBus or PMBus device on a bus of this machine, in real time.

    i2c:/dev/i2c-1?address=0x60&chip=isl69260

address=0x60        where it is on that bus, 7 bits
pec=1               with check sums (PEC), which the device must know
chip=isl69260       which chip it is

A session is exclusive for the whole bus, also for whoever only reads (see `i2cdev.py`). What an address of the chip means says
`env/i2c/bus.py`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

from bedplate.converge import Chip
from bedplate.env.i2c import CommandBus, Device
from bedplate.env.i2c.smbus import ADDRESSES
from bedplate.env.linux import clock
from bedplate.env.linux.i2cdev import I2cdev, Ioctl
from bedplate.env.targets import Target
from bedplate.errors import AccessError, EnvError

ONCE = ("at", "address", "pec")
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    target.require_known(*ONCE)
    target.is_on("pec")
    _address(target)


def open_bus(target: Target, chip: type[Chip], ioctl: Ioctl = fcntl.ioctl) -> CommandBus:
    """The raw bus. Nothing is moved before the first access. Raises UnknownName, AccessError, OutOfRange, EnvError, NotOwner."""
    check(target, chip)
    device = I2cdev(target.one("at") or "", _address(target), ioctl, target.write)
    if target.is_on("pec") and not device.is_plain:
        raise EnvError(
            "this I2C controller cannot carry check sums of ours",
            where=device.where,
            cause="it is for SMBus alone",
            next="pec=0",
        )
    wire = Device(device.transfer, device.address, target.is_on("pec"))
    return CommandBus(wire, clock.now, clock.sleep, device.owner, device.close)


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs: a node."""
    nodes = sorted(str(node) for node in Path("/dev").glob("i2c-*"))
    yield "i2c-dev", ", ".join(nodes), "modprobe i2c-dev, on a machine with an I2C controller"


def _address(target: Target) -> int:
    address = target.number("address", "the address of an I2C device", ADDRESSES)
    if address is None:
        raise AccessError(
            "the target does not say which device on the bus is meant",
            where=f"i2c:{target.one('at')}",
            wanted="address=0x60, or another of 7 bits",
            next=f"`i2cdetect -y {(target.one('at') or '').rpartition('-')[2]}` lists who is there",
        )
    return address
