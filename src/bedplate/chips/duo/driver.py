"""Driver of a client of the link: it works through its end, and says when that went away under it."""

from __future__ import annotations

from types import MappingProxyType

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, step
from bedplate.chips.duo.regs import DuoRegs


class ClientState(State):
    """States of a client."""

    IDLE = "off"
    ON = "works through the link"
    LOST = fault("the link went while it worked")


class Client(Block[DuoRegs, None]):
    """Somebody who works through an end of the link."""

    goal = ClientState.ON
    reset_state = ClientState.IDLE
    goals = MappingProxyType({OFF: ClientState.IDLE})
    requires = (Kind.RESET, Kind.LINK)
    loses = MappingProxyType({Kind.RESET: Effect.LOSES_DATA, Kind.LINK: Effect.LOSES_DATA})

    def observe(self) -> ClientState:
        if not self.regs.ctrl.read().on:
            return ClientState.IDLE
        return ClientState.LOST if self.regs.status.read().lost else ClientState.ON

    @step(ClientState.IDLE, ClientState.ON)
    def turn_on(self) -> None:
        """On."""
        self.regs.ctrl.write(on=True)

    @step(ClientState.LOST, ClientState.IDLE, toward=(SERVICE, OFF))
    def leave(self) -> None:
        """What was under way is lost: begin anew."""
        self.regs.ctrl.write(on=False)

    @step(ClientState.ON, ClientState.IDLE, toward=OFF)
    def turn_off(self) -> None:
        """Off."""
        self.regs.ctrl.write(on=False)
