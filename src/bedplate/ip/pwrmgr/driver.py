"""Driver of the power manager. Source: Tern data sheet, PWRMGR (`pwrmgr.rdl`)."""

from __future__ import annotations

from bedplate.block import Block, State, fault, ms, us, wait
from bedplate.ip.pwrmgr.regs import PowerStateE, PwrmgrRegs

ALL_RAILS = 0x1F


class PwrmgrState(State):
    """States of a power manager."""

    RAMPING = "rails are ramping"
    RAILS_GOOD = "every rail is within tolerance"
    RAIL_FAULT = fault("a rail left its tolerance, or the sequencer stopped")


class Pwrmgr(Block[PwrmgrRegs, None]):
    """Rails good, read from the chip. What drives the rails is outside."""

    goal = PwrmgrState.RAILS_GOOD
    reset_state = PwrmgrState.RAMPING

    def observe(self) -> PwrmgrState:
        status = self.regs.status.read()
        if status.state is PowerStateE.ACTIVE and status.rail_good == ALL_RAILS:
            return PwrmgrState.RAILS_GOOD
        return PwrmgrState.RAMPING if status.state is PowerStateE.RAMPING else PwrmgrState.RAIL_FAULT

    def detail(self) -> str:
        return f"{self.regs.status.read()!r}, {self.regs.errors.read()!r}"

    ramp = wait(PwrmgrState.RAMPING, PwrmgrState.RAILS_GOOD, typical=us(250), limit=ms(10))
