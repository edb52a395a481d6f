"""The wiring of the MAX31785: its identity, six fans that are driven alike, and its own temperature."""

from __future__ import annotations

from bedplate.block import Tenant
from bedplate.bus import Bus, Canary
from bedplate.chips.max31785.driver import Device, Fan, FanConfig, Sensor, SensorConfig
from bedplate.chips.max31785.regs import Max31785Regs
from bedplate.converge import Chip

FANS = FanConfig(duty=60.0, least_rpm=4000, pulses=2)
LIMITS = SensorConfig(warn=70.0, fault=85.0)


class Max31785(Chip):
    """Controller of six fans."""

    name = "max31785"
    canary = Canary(0x9B00, 0x3030, 2)  # MFR_REVISION; what its later revisions are called is theirs
    tenant = Tenant.IDLE  # nobody works here but who converges it: the device has no word for workloads

    def wire(self, bus: Bus) -> None:
        regs = Max31785Regs(bus)
        self.device = Device(regs.device, None)
        self.fans = tuple(Fan(one, FANS) for one in regs.fan)
        self.die_temp = Sensor(regs.die_temp, LIMITS)
