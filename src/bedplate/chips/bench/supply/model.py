"""Behaviour of a supply: it is there unless it was withdrawn, by the back door."""

from __future__ import annotations

from typing import ClassVar

from bedplate.model import Fault, Model
from bedplate.reg import RegisterBlock

WITHDRAWN = "withdrawn"


class SupplyModel(Model):
    """One kind of need."""

    regs = RegisterBlock
    faults: ClassVar[dict[str, str]] = {WITHDRAWN: "=1 takes it away from all parts, =0 gives it back"}
    is_there = True

    def fault_planted(self, fault: Fault) -> None:
        if fault.name == WITHDRAWN:
            self.is_there = not fault.value
            self.outputs_changed()

    def provides(self, port: str) -> bool:
        return self.is_there
