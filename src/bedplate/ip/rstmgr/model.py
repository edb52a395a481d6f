"""Behaviour of the reset manager: the power-on sequence, and lines that follow their registers through synchronisers."""

from __future__ import annotations

from bedplate.bus import us
from bedplate.ip.rstmgr.regs import RstmgrRegs
from bedplate.model import FaultKind, Model, SoftwareAccess, after_write, fault_kinds


class RstmgrModel(Model):
    """A reset manager whose line i is named `lines[i]`."""

    regs = RstmgrRegs
    faults = fault_kinds(
        stuck_busy="the power-on sequence never ends",
        stuck_line=FaultKind(
            "a line never comes out of reset, =name",
            lambda model: model.lines[-1],
            lasts=True,
            fits=lambda model: model.lines,
        ),
    )
    lines: tuple[str, ...] = ()
    sequence_time = us(40)
    synchroniser_time = 200

    def after_reset(self) -> None:
        self.hw.status.busy = True
        if not self.fault("stuck_busy"):
            self.after(self.sequence_time, self.ready)

    def ready(self) -> None:
        """The power-on sequence ends."""
        self.hw.status.busy = False

    @after_write("line")
    def line(self, access: SoftwareAccess) -> None:
        """A line follows its register after the synchroniser."""
        if access.changed("released"):
            self.after(self.synchroniser_time, self.follow, access.index)

    def follow(self, line: int) -> None:
        """The line takes the level that its register asks for."""
        stuck = self.peek_fault("stuck_line")
        if stuck is not None and self.lines[line : line + 1] == (stuck.value,):
            return
        was = self.hw.lines.released
        bit = 1 << line
        self.hw.lines.released = was | bit if self.hw.line[line].released else was & ~bit
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.lines.released >> self.lines.index(port) & 1)
