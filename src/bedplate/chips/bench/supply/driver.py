"""The supply as the HAL sees it: always there."""

from __future__ import annotations

from bedplate.block import Block, State
from bedplate.reg import RegisterBlock


class SupplyState(State):
    """States of a supply."""

    ON = "supplies"


class Supply(Block[RegisterBlock, None]):
    """Gives one kind of need to all parts. It cannot be asked, so what a test withdraws, the HAL finds out from the parts."""

    goal = reset_state = SupplyState.ON

    def observe(self) -> SupplyState:
        return SupplyState.ON
