"""Behaviour of the SPI bridge, as seen from the fabric: registers and counters. Frames are not modelled here, `access` is."""

from __future__ import annotations

from bedplate.ip.spi_br.regs import SpiBrRegs
from bedplate.model import Model, after_pulse, after_write, fault_kinds


class SpiBrModel(Model):
    """A bridge. What comes from its pins is told by `access`."""

    regs = SpiBrRegs
    faults = fault_kinds(
        no_answer="the fabric never answers an access of the pins",
    )
    free = frozenset({"epoch"})
    evidence = frozenset({"status.fabric_fault"})
    fabric_fault = False
    """The fabric has frozen a timeout. A reset of the bridge does not clear that."""

    def after_reset(self) -> None:
        self.increment("epoch.count")
        self.hw.status.fabric_fault = self.fabric_fault

    def access(self) -> None:
        """The pins ask for an access. Planted: it times out, and stays on the fabric."""
        if self.fault("no_answer"):
            self.hw.status.busy = True
            self.hw.status.draining = True
            self.increment("err_cnt_timeout.count")

    def fabric_timed_out(self) -> None:
        """The first error that the fabric froze is a timeout, whoever asked."""
        self.fabric_fault = self.hw.status.fabric_fault = True

    @after_write("ctrl")
    def closed(self) -> None:
        """Disabled, or told to only read, the bridge takes no writes from its pins."""
        ctrl = self.hw.ctrl
        self.hw.status.locked = not ctrl.en or ctrl.read_only

    @after_pulse("err_clr.clear")
    def forget(self) -> None:
        """Clear the counters of errors, and that an access was dropped."""
        hw = self.hw
        hw.status.dropped = False
        for counter in (hw.err_cnt_crc, hw.err_cnt_trunc, hw.err_cnt_format, hw.err_cnt_timeout, hw.err_cnt_slverr):
            counter.count = 0
