"""Driver of a PCI function, up to where its registers answer. Source: PCI Local Bus Specification 3.0, 6.1 and 6.2."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Block, Effect, State, fault, step
from bedplate.chips.pci.regs import PciRegs
from bedplate.errors import CheckFailed

NOBODY = 0xFFFF
WIDE = 2
"""`bar0.width` of a BAR of 64 bits."""


class PciConfig(NamedTuple):
    """Who the function must be, where its BAR 0 is to lie (its size in bytes, a power of two), and whether it is a bus master."""

    vendor: int
    device: int
    bar: int
    size: int
    master: bool = False


class PciState(State):
    """States of a PCI function."""

    UNPLACED = "its BAR 0 is not where it is planned to be, as after reset"
    PLACED = "its BAR 0 is in place, and it does not answer there yet"
    ENABLED = "answers at its BAR 0"
    ABSENT = fault("no function answers in configuration space")
    OTHER_DEVICE = fault("another device is in this slot")


class PciFunction(Block[PciRegs, PciConfig]):
    """PCI function: found, its BAR 0 placed, its memory space enabled.

    What the header cannot say: whether a BAR is being sized. A controller that dies in the middle leaves an address that is not
    the planned one and memory space off, which is UNPLACED like any other.
    """

    goal = PciState.ENABLED
    reset_state = PciState.UNPLACED

    def observe(self) -> PciState:
        name = self.regs.id.read()
        if name.vendor == NOBODY:
            return PciState.ABSENT
        if (name.vendor, name.device) != (self.config.vendor, self.config.device):
            return PciState.OTHER_DEVICE
        if self.bar() != self.config.bar:
            return PciState.UNPLACED
        command = self.regs.command.read()
        return PciState.ENABLED if command.memory and command.master == self.config.master else PciState.PLACED

    def detail(self) -> str:
        return repr(self.regs.id.read())

    def bar(self) -> int:
        """The address in BAR 0."""
        low = self.regs.bar0.read()
        high = self.regs.bar1.read().base if low.width == WIDE else 0
        return high << 32 | low.base << 4

    @step(PciState.UNPLACED, PciState.PLACED, effect=Effect.STOPS_TRAFFIC)
    def place(self) -> None:
        """Memory space off, ask for the size by writing ones, then the address."""
        config, regs = self.config, self.regs
        regs.command.modify(memory=False, master=False)
        regs.bar0.write(base=0xFFF_FFFF)
        low = regs.bar0.read()
        size = -(low.base << 4) & 0xFFFF_FFFF
        if low.io or size != config.size:
            raise CheckFailed(
                "BAR 0 is not what it must be", where=self.name, wanted=f"{config.size} bytes", got=repr(low)
            )
        if low.width == WIDE:
            regs.bar1.write(base=config.bar >> 32)
        regs.bar0.write(base=config.bar >> 4 & 0xFFF_FFFF)

    @step(PciState.PLACED, PciState.ENABLED, effect=Effect.STOPS_TRAFFIC)
    def enable(self) -> None:
        """Memory space on, and bus master as planned."""
        self.regs.command.modify(memory=True, master=self.config.master)
