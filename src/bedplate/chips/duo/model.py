"""Behaviour of who works through the link."""

from __future__ import annotations

from bedplate.chips.duo.regs import DuoRegs
from bedplate.ip.d2d.regs import LtsmE
from bedplate.model import ChipModel, Model, after_write


class ClientModel(Model):
    """Works through its end of the link, and loses what was under way when that goes."""

    regs = DuoRegs

    @after_write("ctrl")
    def work(self) -> None:
        """Begin to work, or stop, which forgets what was lost."""
        if not self.hw.ctrl.on:
            self.hw.status.lost = False
        elif not self.supplied("link"):
            self.violation("works through a link that is down")

    def inputs_changed(self) -> None:
        if self.hw.ctrl.on and not self.hw.status.lost and not self.supplied("link"):
            self.hw.status.lost = True
            if self._was_stopped():
                self.violation("the link was stopped while it worked")

    def _was_stopped(self) -> bool:
        """Whether software took the link down, here or at the other end: what fails ends in an error, a reset in none."""
        chip = self.around
        assert isinstance(chip, ChipModel)
        (end,) = (need.provider for need in chip.needs(self.name) if need.kind == "link")
        return bool(chip[end].hw.status.ltsm == LtsmE.SBINIT)
