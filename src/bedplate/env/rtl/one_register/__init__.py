"""The smallest chip: one block of one register. The first testbench of a reader, and of the simulation environment's own tests.

Its RTL is `hw/tb/one_register.sv`, its testbench `hw/tb/one_register_tb.sv`.
"""

from __future__ import annotations

from bedplate.block import Block, State, Tenant, step, us, wait
from bedplate.bus import Bus, Canary
from bedplate.converge import Chip
from bedplate.env.rtl.one_register.regs import OneRegisterRegs


class BoxState(State):
    """States of the box."""

    OFF = "switched off"
    SETTLING = "switched on, not settled yet"
    READY = "on and settled"


class Box(Block[OneRegisterRegs, None]):
    """A box with a switch, which takes a microsecond to settle."""

    goal = BoxState.READY
    reset_state = BoxState.OFF

    def observe(self) -> BoxState:
        ctrl = self.regs.ctrl.read()
        if not ctrl.enable:
            return BoxState.OFF
        return BoxState.READY if ctrl.ready else BoxState.SETTLING

    @step(BoxState.OFF, BoxState.SETTLING)
    def switch_on(self) -> None:
        """It settles by itself after that."""
        self.regs.ctrl.modify(enable=True)

    settling = wait(BoxState.SETTLING, BoxState.READY, typical=us(1), limit=us(10))


class OneRegister(Chip):
    """The chip that is one box."""

    name = "one_register"
    canary = Canary(0x0, 0x0BED0001)
    tenant = Tenant.IDLE
    box: Box

    def wire(self, bus: Bus) -> None:
        self.box = Box(OneRegisterRegs(bus, 0x0, "box"), None)
