"""What a stack is to be told, from what it says of itself: the mode registers for a device identity. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bedplate.ip.hbm_stk.regs import DeviceIdValue, MrImageValue


class Vendor(NamedTuple):
    """What differs from one manufacturer's stacks to another's: codes of drive strength and of the data reference voltage."""

    drive: int
    vref: int


VENDORS: Mapping[int, Vendor] = MappingProxyType(
    {0x1: Vendor(drive=0x2, vref=0x30), 0x6: Vendor(drive=0x3, vref=0x34), 0xF: Vendor(drive=0x1, vref=0x2E)}
)
"""Manufacturer codes of the stacks that Tern's boards may carry."""

GIGABITS: Mapping[int, int] = MappingProxyType({1: 4, 2: 6, 3: 8, 4: 12, 5: 16})
"""Density codes: gigabits of a channel."""

PARITY, ECC, RFM, ECS = 0x01, 0x01, 0x80, 0x01
"""Bits that turn a function on, in mr0, mr4, mr8 and mr9."""


class HbmStkConfig(NamedTuple):
    """How the stack is to run: latencies in clock cycles, the speed bin, and command parity."""

    read_latency: int = 26
    write_latency: int = 10
    speed_bin: int = 4
    parity: bool = True


def is_known(device: DeviceIdValue) -> bool:
    """Whether this is a stack that the tables know: no guess is ever programmed."""
    return device.vendor in VENDORS and device.density in GIGABITS


def image(device: DeviceIdValue, config: HbmStkConfig) -> MrImageValue:
    """All mode registers for a known device."""
    vendor = VENDORS[device.vendor]
    return MrImageValue(0).replace(
        mr0=PARITY if config.parity else 0,
        mr1=vendor.drive,
        mr2=config.read_latency,
        mr3=config.write_latency,
        mr4=ECC,
        mr5=config.speed_bin,
        mr6=vendor.vref,
        mr8=(RFM if device.rfm else 0) | device.raaimt,
        mr9=ECS,
        mr10=device.density,
    )
