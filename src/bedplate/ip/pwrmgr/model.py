"""Behaviour of the power manager: the rails ramp, then stay good."""

from __future__ import annotations

from bedplate.bus import us
from bedplate.ip.pwrmgr.regs import PowerStateE, PwrmgrRegs
from bedplate.model import Model, fault_kinds


class PwrmgrModel(Model):
    """The rails of a die."""

    regs = PwrmgrRegs
    faults = fault_kinds(
        stuck_busy="the rails never finish ramping",
        rail_fault="a rail leaves its tolerance while ramping",
    )
    evidence = frozenset({"errors"})
    ramp_time = us(150)

    def after_reset(self) -> None:
        if not self.fault("stuck_busy"):
            self.after(self.ramp_time, self.ramped)

    def ramped(self) -> None:
        """The rails are good; or one is not, which is latched."""
        if self.fault("rail_fault"):
            self.hw.status.rail_good = 0x1D
            self.hw.status.state = PowerStateE.FAULT
            self.hw.errors.rail = True
        else:
            self.hw.status.rail_good = 0x1F
            self.hw.status.state = PowerStateE.ACTIVE
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.status.state == PowerStateE.ACTIVE)
