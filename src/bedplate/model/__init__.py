"""The kit for behavioural models: registers from their description, virtual time, faults, and a chip made of instances.

An IP's `model.py` holds behaviour only: what happens after a write, how long it takes, how it can fail.

    class PllModel(Model):
        regs = PllRegs
        faults = fault_kinds("no_lock")
        lock_time = us(15)

        @after_write("ctrl", "div")
        def control(self) -> None:
            self.hw.status.lock = False
            if not self.hw.ctrl.power_down and not self.fault("no_lock"):
                self.after(self.lock_time, self.lock)

        def lock(self) -> None:
            self.hw.status.lock = True

    chip = ChipModel([Placed("pll", 0x1000, PllModel())])
    pll = PllRegs(chip, 0x1000, "pll")

The pieces: `model.py` what a behaviour can do, `hooks.py` when it is called, `faults.py`, `event_queue.py`; registers in three layers,
what they store (`storage.py`), what hardware does to them (`hardware.py`) and what software does (`register_model.py`); `chip.py` the
bus, `fabric.py` power, clocks and resets between instances; `defect.py` whose fault it is when a behaviour raises.
"""

from bedplate.model.act import DeclaredAct, act, acts_in
from bedplate.model.chip import RESETS, ChipModel
from bedplate.model.defect import blamed_on_models
from bedplate.model.event_queue import EventQueue, QueuedEvent
from bedplate.model.fabric import Capacity, FabricNeed, Placed, hearing
from bedplate.model.faults import Fault, FaultKind, by_channel, fault_kinds, parse_plant
from bedplate.model.hooks import SoftwareAccess, after_pulse, after_read, after_write, before_read
from bedplate.model.model import POWER, Model, Violation
from bedplate.model.register_model import RegisterModel
from bedplate.model.surroundings import FabricError

__all__ = [
    "POWER",
    "RESETS",
    "Capacity",
    "ChipModel",
    "DeclaredAct",
    "EventQueue",
    "FabricError",
    "FabricNeed",
    "Fault",
    "FaultKind",
    "Model",
    "Placed",
    "QueuedEvent",
    "RegisterModel",
    "SoftwareAccess",
    "Violation",
    "act",
    "acts_in",
    "after_pulse",
    "after_read",
    "after_write",
    "before_read",
    "blamed_on_models",
    "by_channel",
    "fault_kinds",
    "hearing",
    "parse_plant",
]
