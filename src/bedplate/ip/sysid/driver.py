"""Driver of SYSID. Source: Tern data sheet, SYSID (`sysid.rdl`)."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Block, State, fault, step, us
from bedplate.ip.sysid.regs import SysidRegs

MAGIC = 0x5445524E
SIGNATURE = 0x42504C31
"""'BPL1': this chip is driven by Bedplate."""


class SysidWant(NamedTuple):
    """Which die this must be, and the digest of the configuration that the chip is to be given."""

    die: int
    digest: int


class SysidState(State):
    """States of a die's identity."""

    UNSIGNED = "identified; no HAL with this configuration has signed it since power-on"
    SIGNED = "identified and signed: who configured this chip, with which configuration"
    WRONG_CHIP = fault("the magic word or the die strap is another chip's")


class Sysid(Block[SysidRegs, SysidWant]):
    """Identity, boot identity, time, epochs, and the tenant's word."""

    goal = SysidState.SIGNED
    reset_state = SysidState.UNSIGNED

    def observe(self) -> SysidState:
        if self.regs.magic.read().value != MAGIC or self.regs.chip_id.read().die != self.want.die:
            return SysidState.WRONG_CHIP
        signature, digest = self.regs.scratch[0].read().value, self.regs.scratch[1].read().value
        signed = signature == SIGNATURE and digest == self.want.digest
        return SysidState.SIGNED if signed else SysidState.UNSIGNED

    def detail(self) -> str:
        return f"{self.regs.magic.read()!r}, {self.regs.chip_id.read()!r}"

    @step(SysidState.UNSIGNED, SysidState.SIGNED)
    def sign(self) -> None:
        """Leave the configuration's digest, then the signature: a torn pair never looks signed with a wrong digest."""
        self.regs.scratch[1].write(value=self.want.digest)
        self.regs.scratch[0].write(value=SIGNATURE)

    def tenant_active(self) -> bool:
        """Whether a workload runs, by its own word. One read."""
        return self.regs.tenant.read().active

    def epochs(self) -> tuple[int, ...]:
        """The reset epoch of every domain of this die. One burst."""
        return tuple(self.regs.bus.read_block(self.regs.epoch[0].address, len(self.regs.epoch)))

    def boot_identity(self) -> tuple[int, ...]:
        """The chip, and the boot it is in. Two reads."""
        return int(self.regs.chip_id.read()), self.regs.boot_id.read().value

    def uptime(self) -> int:
        """Device time since power-on reset (ns), by the chip's own timer of 1 us."""
        return us(self.regs.timer.read().us)
