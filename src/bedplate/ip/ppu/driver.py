"""Driver of the power policy unit. Source: Tern data sheet, PPU (`ppu.rdl`); mode names as in Arm's PPU documents."""

from __future__ import annotations

from bedplate.block import Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.ip.ppu.regs import PowerModeE, PpuRegs

INRUSH = "inrush"
"""The claim on supply current that a ramping domain holds."""


class PpuState(State):
    """States of a power domain."""

    OFF = "the domain is not on, and no transition is in progress"
    RAMPING = "the switch is ramping"
    ON = "the domain is on"
    DENIED = fault("the domain denied the transition")


class Ppu(Block[PpuRegs, None]):
    """One switchable power domain, off to on. It is never turned off by attaching."""

    goal = PpuState.ON
    reset_state = PpuState.OFF
    requires = (Kind.RAIL,)

    def observe(self) -> PpuState:
        status = self.regs.status.read()
        if status.busy:
            return PpuState.RAMPING
        if status.mode is PowerModeE.ON:
            return PpuState.ON
        return PpuState.DENIED if status.denied else PpuState.OFF

    def detail(self) -> str:
        return f"{self.regs.policy.read()!r}, {self.regs.status.read()!r}"

    @step(PpuState.OFF, PpuState.RAMPING, effect=Effect.ELECTRICAL, claim=INRUSH)
    def power_on(self) -> None:
        """Ask for ON. Few domains may ramp at a time: inrush current."""
        self.regs.policy.write(policy=PowerModeE.ON)

    ramp = wait(PpuState.RAMPING, PpuState.ON, typical=us(200), limit=ms(10))

    @step(PpuState.DENIED, PpuState.RAMPING, effect=Effect.ELECTRICAL, claim=INRUSH)
    def ask_again(self) -> None:
        """A denied domain was busy: ask once more."""
        self.regs.policy.write(policy=PowerModeE.ON)
