"""Driver of the educational PCI device, past its function. Source: QEMU documentation, docs/specs/edu.txt.

What this chip lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *Factorial has no mark of whose result it shows.* So the state is judged by the result alone: it is the planned one, or it is
  computed once more.
- *No timer of the engine*: a HAL that finds it computing gives it the whole budget once more.
- *The interrupt status says nothing about the engine*: it is not used.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.chips.edu.regs import EduRegs

MAGIC = 0xED


class EduConfig(NamedTuple):
    """A word that liveness is asked with, and a number with its factorial (32 bits)."""

    token: int
    number: int
    factorial: int


class EduState(State):
    """States of the device."""

    SILENT = "liveness does not show the complement of our word"
    ALIVE = "liveness answers; the engine's result is not the planned one"
    COMPUTING = "the engine computes"
    PROVED = "liveness answers, and the engine got it right"
    OTHER_DEVICE = fault("the identity is another device's")


class Edu(Block[EduRegs, EduConfig]):
    """Educational device: its liveness register answers, and its factorial engine computes."""

    goal = EduState.PROVED
    reset_state = EduState.SILENT
    requires = (Kind.POWER,)
    loses = MappingProxyType({Kind.POWER: Effect.STOPS_TRAFFIC})

    def observe(self) -> EduState:
        if self.regs.id.read().magic != MAGIC:
            return EduState.OTHER_DEVICE
        if self.regs.liveness.read().value != ~self.config.token & 0xFFFF_FFFF:
            return EduState.SILENT
        if self.regs.status.read().computing:
            return EduState.COMPUTING
        return EduState.PROVED if self.regs.factorial.read().value == self.config.factorial else EduState.ALIVE

    def detail(self) -> str:
        return f"{self.regs.liveness.read()!r}, {self.regs.factorial.read()!r}"

    @step(EduState.SILENT, EduState.ALIVE)
    def ask(self) -> None:
        """Write the word whose complement must come back."""
        self.regs.liveness.write(value=self.config.token)

    @step(EduState.ALIVE, EduState.COMPUTING)
    def compute(self) -> None:
        """Start the engine."""
        self.regs.factorial.write(value=self.config.number)

    finish = wait(EduState.COMPUTING, EduState.PROVED, typical=us(50), limit=ms(100))
