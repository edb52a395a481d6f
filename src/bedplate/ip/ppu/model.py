"""Behaviour of the power policy unit: the switch ramps, or the domain denies."""

from __future__ import annotations

from bedplate.bus import us
from bedplate.ip.ppu.regs import PowerModeE, PpuRegs
from bedplate.model import Model, QueuedEvent, SoftwareAccess, after_write, fault_kinds

INRUSH = "inrush"
"""The budget of supply current that a ramping switch draws on."""


class PpuModel(Model):
    """The switch of one power domain."""

    regs = PpuRegs
    faults = fault_kinds(
        stuck_busy="the switch never acknowledges",
        deny="the domain denies the transition",
    )
    evidence = frozenset({"events"})

    def after_reset(self) -> None:
        self.ramping: QueuedEvent | None = None

    @after_write("policy")
    def policy(self, access: SoftwareAccess) -> None:
        """Begin to ramp to the mode asked for; the switch draws inrush current until it is there."""
        status = self.hw.status
        status.denied = False
        if self.hw.policy.policy == status.mode and not status.busy:
            return
        if status.busy and not access.changed("policy"):
            self.violation("asked for the same mode twice while ramping")
        elif self.hw.policy.policy not in (PowerModeE.ON, PowerModeE.OFF):
            self.violation("domain taken to another mode than ON and OFF")
        elif self.hw.policy.policy == PowerModeE.ON and not self.supplied("rail"):
            self.violation("switched on without its rail")
        self.cancel(self.ramping)
        if not status.busy:
            status.busy = True
            self.begins_to_draw(INRUSH)
        if not self.fault("stuck_busy"):
            self.ramping = self.after(us(max(self.hw.delays.ramp_us, 1)), self.ramped)

    def inputs_changed(self) -> None:
        """What is behind the switch goes with the rail, and does not come back by itself."""
        status = self.hw.status
        if not self.supplied("rail"):
            if self.provides(""):
                self.violation("its rail was taken away while the domain was on")
            self.cancel(self.ramping)
            if status.mode != PowerModeE.OFF:
                self.hw.events.lost = True
            status.mode, status.busy = PowerModeE.OFF, False
            self.outputs_changed()

    def ramped(self) -> None:
        """The ramp ends: in the mode, or denied, which is latched."""
        status = self.hw.status
        status.busy = False
        no_rail = self.hw.policy.policy == PowerModeE.ON and not self.supplied("rail")
        if self.fault("deny") or no_rail:
            status.denied = True
            self.hw.events.deny = True
        else:
            status.mode = self.hw.policy.policy
            self.hw.events.accept = True
            self.outputs_changed()

    def draws(self, budget: str) -> bool:
        return budget == INRUSH and bool(self.hw.status.busy)

    def provides(self, port: str) -> bool:
        return bool(self.hw.status.mode == PowerModeE.ON)
