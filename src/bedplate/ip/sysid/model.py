"""Behaviour of SYSID: identity of die and boot, a timer, reset epochs, the tenant's word."""

from __future__ import annotations

from bedplate.ip.sysid.regs import ResetReasonE, SysidRegs
from bedplate.model import POWER, Model, SoftwareAccess, before_read

REASONS = {
    POWER: ResetReasonE.POWER_ON,
    "warm": ResetReasonE.WARM,
    "watchdog": ResetReasonE.WATCHDOG,
}
"""Causes of a reset of the whole chip. A reset of the block alone is none, and leaves the reason as it is."""


class SysidModel(Model):
    """The identity of die `die`."""

    regs = SysidRegs
    free = frozenset({"timer"})
    survives = frozenset({"epoch", "tenant", "reset_reason"})
    evidence = frozenset({"epoch", "boot_id", "reset_reason"})
    die = 0
    serial = 0x5445_524E_0000_0001
    workload = 0x7E57
    """Which workload the tenant's word names while one is active."""

    boots = 0
    """How often power came. It stands for a counter in non-volatile memory, so no reset clears it."""

    def after_reset(self) -> None:
        if self.reset_cause == POWER:
            self.boots += 1
            self.powered = self.now
            self.high = 0
        if self.reset_cause in REASONS:
            self.hw.reset_reason.reason = REASONS[self.reset_cause]
        self.hw.chip_id.die = self.die
        self.hw.serial.low, self.hw.serial.high = self.serial & 0xFFFF_FFFF, self.serial >> 32
        self.hw.boot_id.value = self.boots

    @before_read("timer")
    def tick(self, access: SoftwareAccess) -> None:
        """A read of the low word freezes the high one."""
        high, low = divmod((self.now - self.powered) // 1000, 1 << 32)
        if access.lanes & 0xFFFF_FFFF:
            self.high = high
        self.hw.timer.us = self.high << 32 | low

    def tenant(self, active: bool) -> None:
        self.hw.tenant.active = active
        self.hw.tenant.id = self.workload if active else 0

    def domain_was_reset(self, domain: int) -> None:
        """Count a reset of one domain; the chip tells."""
        self.hw.epoch[domain].count = (self.hw.epoch[domain].count + 1) & 0xFFFF
