"""Driver of the SPI bridge. Source: Tern data sheet, SPI_BR (`spi_br.rdl`).

Over a path that leads through the bridge itself, it can be looked at, but not opened: whoever closed it took that path away.
"""

from __future__ import annotations

from bedplate.block import Block, State, fault, step
from bedplate.ip.spi_br.regs import SpiBrRegs

IDENTITY = 0x53504942
PROTOCOL = 1
"""Version of the frames that the other end of the pins speaks."""


class SpiBrState(State):
    """States of an SPI bridge."""

    CLOSED = "accesses from the pins are refused, or writes are"
    READY = "the right bridge, open to the pins"
    WRONG_BRIDGE = fault("another block, or one that speaks other frames")
    LOCKED_OUT = fault("closed, and locked until reset")
    STUCK = fault("an access of the pins was never answered by the fabric; the bridge takes no other until reset")


class SpiBr(Block[SpiBrRegs, None]):
    """The way in from the pins. Its limits and timers are good as they are after reset."""

    goal = SpiBrState.READY
    reset_state = SpiBrState.READY

    def observe(self) -> SpiBrState:
        if self.regs.id.read().value != IDENTITY or self.regs.version.read().protocol != PROTOCOL:
            return SpiBrState.WRONG_BRIDGE
        if self.regs.status.read().draining:
            return SpiBrState.STUCK
        ctrl = self.regs.ctrl.read()
        if ctrl.en and not ctrl.read_only:
            return SpiBrState.READY
        return SpiBrState.CLOSED if self.regs.lock.read().writable else SpiBrState.LOCKED_OUT

    def detail(self) -> str:
        return f"{self.regs.status.read()!r}, {self.regs.last.read()!r}"

    @step(SpiBrState.CLOSED, SpiBrState.READY)
    def open(self) -> None:
        """Let the pins read and write."""
        self.regs.ctrl.write(en=True, read_only=False)
