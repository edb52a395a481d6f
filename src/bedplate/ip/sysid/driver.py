"""Driver of SYSID. Source: Tern data sheet, SYSID (`sysid.rdl`)."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Block, Identity, State, Tenant, Vitals, fault, step, us
from bedplate.errors import WrongChip
from bedplate.ip.sysid.regs import ChipIdValue, EpochValue, ResetReasonValue, SysidRegs, TenantValue

MAGIC = 0x5445524E
CHIP = 0x0A17
SIGNATURE = 0x42504C31
"""'BPL1': this chip is driven by Bedplate."""
COUNTED = EpochValue.FIELDS[0].mask
"""The part of an epoch's word that counts."""
BEFORE_EPOCHS = 8
"""Words of `Sysid.proof` before the first epoch: magic, chip_id, straps, boot_id, serial (two), tenant, reset_reason."""


class SysidConfig(NamedTuple):
    """Which die this must be, and the digest of the configuration that the chip is to be given."""

    die: int
    digest: int


class SysidState(State):
    """States of a die's identity."""

    UNSIGNED = "identified; no HAL with this configuration has signed it since power-on"
    SIGNED = "identified and signed: who configured this chip, with which configuration"
    WRONG_CHIP = fault("the magic word, the chip type or the die strap is another chip's")


class Proof(NamedTuple):
    """What a die says of itself: who answers, in which boot, under which load, and what was reset.

    `chip_id` is the whole register; `serial` has 64 bits and is not 0 on a die; `reset_reason` is a `ResetReasonE` unless the
    hardware has a code that the description does not know; `epochs` are 16, one for each reset domain.
    """

    magic: int
    chip_id: int
    boot_id: int
    serial: int
    tenant_active: bool
    reset_reason: int
    epochs: tuple[int, ...]


class Sysid(Block[SysidRegs, SysidConfig]):
    """Identity, boot identity, time, epochs, and the tenant's word."""

    goal = SysidState.SIGNED
    reset_state = SysidState.UNSIGNED

    def observe(self) -> SysidState:
        identity = self.regs.chip_id.read()
        if self.regs.magic.read().value != MAGIC or (identity.chip, identity.die) != (CHIP, self.config.die):
            return SysidState.WRONG_CHIP
        signature, digest = self.regs.scratch[0].read().value, self.regs.scratch[1].read().value
        signed = signature == SIGNATURE and digest == self.config.digest
        return SysidState.SIGNED if signed else SysidState.UNSIGNED

    def detail(self) -> str:
        return f"{self.regs.magic.read()!r}, {self.regs.chip_id.read()!r}"

    @step(SysidState.UNSIGNED, SysidState.SIGNED)
    def sign(self) -> None:
        """Leave the configuration's digest, then the signature: a torn pair never looks signed with a wrong digest."""
        self.regs.scratch[1].write(value=self.config.digest)
        self.regs.scratch[0].write(value=SIGNATURE)

    def proof(self) -> Proof:
        """Who this die is and what became of it, from one burst over registers that have no hole between them."""
        regs = self.regs
        words = regs.bus.read_block(regs.magic.address, BEFORE_EPOCHS + len(regs.epoch))
        magic, chip_id, _, boot_id, low, high, tenant, reason, *epochs = words
        return Proof(
            magic,
            chip_id,
            boot_id,
            high << 32 | low,
            TenantValue(tenant).active,
            ResetReasonValue(reason).reason,
            tuple([epoch & COUNTED for epoch in epochs]),
        )

    def vitals(self) -> Vitals:
        """Who this die is, which boot this is, its reset epochs, and the tenant's word, from one burst. Raises WrongChip."""
        proof = self.proof()
        chip_id = ChipIdValue(proof.chip_id)
        if (proof.magic, chip_id.chip, chip_id.die) != (MAGIC, CHIP, self.config.die):
            raise WrongChip(
                "another chip, or another die of it, answers",
                where=self.name,
                wanted=f"magic 0x{MAGIC:08x}, chip 0x{CHIP:04x}, die {self.config.die}",
                got=f"magic 0x{proof.magic:08x}, chip 0x{chip_id.chip:04x}, die {chip_id.die}",
                cause="the wrong target, or ports that are swapped",
                next="check the target and the order of its ports",
            )
        tenant = Tenant.ACTIVE if proof.tenant_active else Tenant.IDLE
        return Vitals(Identity(proof.chip_id, proof.serial, proof.boot_id), proof.epochs, tenant)

    def uptime(self) -> int:
        """Device time since power-on reset (ns), by the chip's own timer of 1 us."""
        return us(self.regs.timer.read().us)
