"""The wiring of the ISL69260: its identity, and what each of its two rails is to give. Nothing in it needs anything of it."""

from __future__ import annotations

from bedplate.block import Tenant
from bedplate.bus import Bus, Canary
from bedplate.chips.isl69260.driver import Device, Rail, RailConfig
from bedplate.chips.isl69260.regs import Isl69260Regs
from bedplate.converge import Chip

CORE = RailConfig(
    vout=0.900, margin_high=0.945, margin_low=0.855, ov_fault=1.100, ov_warn=1.000, uv_warn=0.800, uv_fault=0.700,
    oc_fault=120.0, oc_warn=100.0, ot_fault=125.0, ot_warn=110.0, reads_vin=True,
)  # fmt: skip
MEMORY = RailConfig(
    vout=1.100, margin_high=1.155, margin_low=1.045, ov_fault=1.300, ov_warn=1.200, uv_warn=1.000, uv_fault=0.900,
    oc_fault=30.0, oc_warn=25.0, ot_fault=125.0, ot_warn=110.0,
)  # fmt: skip


class Isl69260(Chip):
    """Regulator of two rails, which everything behind it lives by."""

    name = "isl69260"
    canary = Canary(0x9800, 0x33, 1)  # PMBUS_REVISION: 1.3, both parts
    tenant = Tenant.IDLE  # nobody works here but who converges it: the device has no word for workloads

    def wire(self, bus: Bus) -> None:
        regs = Isl69260Regs(bus)
        self.device = Device(regs.device, None)
        self.rail0 = Rail(regs.rail0, CORE)
        self.rail1 = Rail(regs.rail1, MEMORY)
