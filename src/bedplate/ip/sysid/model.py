"""Behaviour of SYSID: a timer, reset epochs, the tenant's word."""

from __future__ import annotations

from bedplate.ip.sysid.regs import SysidRegs
from bedplate.model import Model, before_read


class SysidModel(Model):
    """The identity of die `die`."""

    regs = SysidRegs
    free = frozenset({"timer"})
    survives = frozenset({"epoch", "tenant"})
    die = 0
    workload = 0x7E57
    """Which workload the tenant's word names while one is active."""

    def after_reset(self) -> None:
        self.hw.chip_id.die = self.die

    @before_read("timer")
    def tick(self) -> None:
        self.hw.timer.us = self.now // 1000

    def tenant(self, active: bool) -> None:
        self.hw.tenant.active = active
        self.hw.tenant.id = self.workload if active else 0

    def domain_was_reset(self, domain: int) -> None:
        """Count a reset of one domain; the chip tells."""
        self.hw.epoch[domain].count = (self.hw.epoch[domain].count + 1) & 0xFFFF
