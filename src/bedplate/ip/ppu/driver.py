"""Driver of the power policy unit. Source: Tern data sheet, PPU (`ppu.rdl`); mode names as in Arm's PPU documents."""

from __future__ import annotations

from types import MappingProxyType

from bedplate.block import OFF, Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.ip.ppu.regs import PowerModeE, PpuRegs

INRUSH = "inrush"
"""The budget of supply current that a ramping domain draws on."""


class PpuState(State):
    """States of a power domain."""

    OFF = "the domain is not on, and no transition is in progress"
    RAMPING = "the switch is ramping up"
    FALLING = "the switch is ramping down"
    ON = "the domain is on"
    DENIED = fault("the domain denied the transition")


class Ppu(Block[PpuRegs, None]):
    """One switchable power domain. It is never turned off by attaching."""

    goal = PpuState.ON
    reset_state = PpuState.OFF
    goals = MappingProxyType({OFF: PpuState.OFF})
    requires = (Kind.RAIL,)
    loses = MappingProxyType({Kind.RAIL: Effect.STOPS_TRAFFIC})

    def observe(self) -> PpuState:
        status = self.regs.status.read()
        if status.busy:
            rises = self.regs.policy.read().policy is PowerModeE.ON
            return PpuState.RAMPING if rises else PpuState.FALLING
        if status.mode is PowerModeE.ON:
            return PpuState.ON
        return PpuState.DENIED if status.denied else PpuState.OFF

    def detail(self) -> str:
        return f"{self.regs.policy.read()!r}, {self.regs.status.read()!r}"

    @step(PpuState.OFF, PpuState.RAMPING, effect=Effect.ELECTRICAL, budget=INRUSH)
    def power_on(self) -> None:
        """Ask for ON. Few domains may ramp at a time: inrush current."""
        self.regs.policy.write(policy=PowerModeE.ON)

    ramp = wait(PpuState.RAMPING, PpuState.ON, typical=us(200), limit=ms(10))

    @step(PpuState.DENIED, PpuState.RAMPING, effect=Effect.ELECTRICAL, budget=INRUSH)
    def ask_again(self) -> None:
        """A denied domain was busy: ask once more."""
        self.regs.policy.write(policy=PowerModeE.ON)

    @step(PpuState.ON, PpuState.FALLING, effect=Effect.ELECTRICAL, budget=INRUSH, toward=OFF, withdraws=True)
    def power_off(self) -> None:
        """Ask for OFF, once nothing in the domain works any more. To the supply a load that goes is a step like one that comes."""
        self.regs.policy.write(policy=PowerModeE.OFF)

    fall = wait(PpuState.FALLING, PpuState.OFF, typical=us(200), limit=ms(10))

    @step(PpuState.DENIED, PpuState.OFF, effect=Effect.ELECTRICAL, toward=OFF)
    def withdraw(self) -> None:
        """The domain is off as it is: nobody wishes otherwise any more."""
        self.regs.policy.write(policy=PowerModeE.OFF)
