"""The wiring of the NVMe controller: its PCI function in slot 5, and the controller that this one makes reachable.

Where its registers and its admin queue are, `nvme.rdl` says.
"""

from __future__ import annotations

from bedplate.block import Tenant, power
from bedplate.bus import Bus
from bedplate.chips.nvme.driver import Nvme
from bedplate.chips.nvme.regs import NvmeRegs
from bedplate.chips.pci import q35
from bedplate.chips.pci.driver import PciConfig, PciFunction
from bedplate.chips.pci.regs import PciRegs
from bedplate.converge import Chip

SLOT = 5
BAR_SIZE = 1 << 14


class NvmeChip(Chip):
    """An NVMe controller in a PC."""

    name = "nvme"
    canary = q35.CANARY
    tenant = Tenant.IDLE  # nobody works here but who converges it: the chip has no word for workloads

    def wire(self, bus: Bus) -> None:
        regs = NvmeRegs(bus, 0, "controller")
        place = PciConfig(vendor=0x1B36, device=0x0010, bar=regs.registers.base, size=BAR_SIZE, master=True)
        self.function = PciFunction(PciRegs(bus, q35.configuration(SLOT), "function"), place)
        # `power`, since what the need gates is access: registers behind a function that does not decode answer nobody.
        self.controller = Nvme(regs, None, power(self.function))
