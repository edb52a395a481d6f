"""The wiring of the educational device: its PCI function in slot 4, and the registers that this one makes reachable."""

from __future__ import annotations

from bedplate.block import Tenant, power
from bedplate.bus import Bus
from bedplate.chips.edu.driver import Edu, EduConfig
from bedplate.chips.edu.regs import EduRegs
from bedplate.chips.pci import q35
from bedplate.chips.pci.driver import PciConfig, PciFunction
from bedplate.chips.pci.regs import PciRegs
from bedplate.converge import Chip

SLOT = 4
BAR, BAR_SIZE = 0x8000_0000, 1 << 20
FUNCTION = PciConfig(vendor=0x1234, device=0x11E8, bar=BAR, size=BAR_SIZE)
PROOF = EduConfig(token=0x600D_C0DE, number=10, factorial=3_628_800)


class EduChip(Chip):
    """The educational PCI device in a PC."""

    name = "edu"
    canary = q35.CANARY
    tenant = Tenant.IDLE  # nobody works here but who converges it: the chip has no word for workloads

    def wire(self, bus: Bus) -> None:
        self.function = PciFunction(PciRegs(bus, q35.configuration(SLOT), "function"), FUNCTION)
        # `power`, since what the need gates is access: registers behind a function that does not decode answer nobody.
        self.device = Edu(EduRegs(bus, BAR, "device"), PROOF, power(self.function))
