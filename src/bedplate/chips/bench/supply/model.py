"""Behaviour of a supply: it is there unless it was withdrawn, by the back door."""

from __future__ import annotations

from bedplate.model import Fault, FaultKind, Model, fault_kinds
from bedplate.reg import RegisterBlock

WITHDRAWN, MHZ = "withdrawn", "mhz"


class SupplyModel(Model):
    """One kind of need."""

    regs = RegisterBlock
    faults = fault_kinds(
        withdrawn=FaultKind("=1 takes it away from all parts, =0 gives it back", fits=range(2)),
        mhz=FaultKind("a clock comes at =MHz from now on, after a moment without one", "1660"),
    )
    is_there = True
    rate = 1660

    def fault_planted(self, fault: Fault) -> None:
        if fault.name == WITHDRAWN:
            self.is_there = not fault.value
        elif fault.name == MHZ:
            was_there, self.is_there = self.is_there, False
            self.outputs_changed()
            self.rate, self.is_there = int(fault.value or 0), was_there
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return self.is_there

    def mhz(self, port: str) -> int:
        return self.rate
