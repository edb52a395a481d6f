"""Drivers of the NPCM750's clock generator. Source: `npcm750.rdl` names it; the data sheet is not public.

What this chip lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *A PLL cannot be bypassed by itself*; who uses it says the register CLKSEL, another instance. So steps that stop a PLL stop its
  users, and say so: `stops_traffic`. At reset all users are on the reference clock.
- *No timer of lock, and no lock timeout*: a HAL that finds a PLL locking gives it the whole budget once more.
- *LOKS, the evidence of a lost lock, is shared with the divisors' register.* A step that writes divisors leaves it as it is (it
  writes 0 there). The model in QEMU clears it at every write all the same.
- *No frequency counter*: that a PLL has locked is all that is known of its frequency.
- *Only 32-bit accesses* are answered; a narrower one reads as 0.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.chips.npcm750.regs import ClkPllRegs, ClkselRegs, GcrRegs, SourceE

REFERENCE_KHZ = 25_000
CHIP = 0xA92750


class GcrState(State):
    """States of the identity."""

    IDENTIFIED = "an NPCM750"
    OTHER_CHIP = fault("the product identity is another chip's")


class Gcr(Block[GcrRegs, None]):
    """Global control: which chip this is."""

    goal = GcrState.IDENTIFIED
    reset_state = GcrState.IDENTIFIED

    def observe(self) -> GcrState:
        return GcrState.IDENTIFIED if self.regs.pdid.read().chip == CHIP else GcrState.OTHER_CHIP

    def detail(self) -> str:
        return repr(self.regs.pdid.read())


class PllConfig(NamedTuple):
    """The divisors: fout = 25 MHz * fbdv / (indv * otdv1 * otdv2)."""

    indv: int
    fbdv: int
    otdv1: int
    otdv2: int

    @property
    def output_khz(self) -> int:
        """The output's frequency (kHz), rounded down."""
        return REFERENCE_KHZ * self.fbdv // (self.indv * self.otdv1 * self.otdv2)


class PllState(State):
    """States of a PLL."""

    OTHER = "powered up with other divisors than planned, as after reset"
    OFF = "powered down"
    LOCKING = "powered up with the planned divisors, waiting for lock"
    LOCKED = "locked, with the planned divisors"


class Pll(Block[ClkPllRegs, PllConfig]):
    """PLL without a bypass, from whatever it was left in to lock with the planned divisors."""

    goal = PllState.LOCKED
    reset_state = PllState.OTHER

    def observe(self) -> PllState:
        pllcon = self.regs.pllcon.read()
        if pllcon.pwden:
            return PllState.OFF
        if (pllcon.indv, pllcon.fbdv, pllcon.otdv1, pllcon.otdv2) != self.config:
            return PllState.OTHER
        return PllState.LOCKED if pllcon.loki else PllState.LOCKING

    def detail(self) -> str:
        return repr(self.regs.pllcon.read())

    @step(PllState.OTHER, PllState.OFF, effect=Effect.STOPS_TRAFFIC)
    def power_down(self) -> None:
        """Divisors change while the PLL is off: a locked one would run at frequencies that nobody planned."""
        self.regs.pllcon.modify(pwden=True)

    @step(PllState.OFF, PllState.LOCKING, effect=Effect.STOPS_TRAFFIC)
    def program(self) -> None:
        """Write the divisors, then power up."""
        config = self.config
        self.regs.pllcon.modify(indv=config.indv, fbdv=config.fbdv, otdv1=config.otdv1, otdv2=config.otdv2)
        self.regs.pllcon.modify(pwden=False)

    lock = wait(PllState.LOCKING, PllState.LOCKED, typical=us(100), limit=ms(10))


class ClkselConfig(NamedTuple):
    """What each clock is taken from."""

    cpu: SourceE
    sd: SourceE
    uart: SourceE
    timer: SourceE


class ClkselState(State):
    """States of the clock sources."""

    OTHER = "other sources than planned, as after reset"
    SELECTED = "every clock comes from its planned source"


class Clksel(Block[ClkselRegs, ClkselConfig]):
    """Clock sources: what each clock of the chip is taken from, once its PLLs are locked."""

    goal = ClkselState.SELECTED
    reset_state = ClkselState.OTHER
    requires = (Kind.SOURCE,)
    loses = MappingProxyType({Kind.SOURCE: Effect.STOPS_TRAFFIC})

    def observe(self) -> ClkselState:
        now = self.regs.clksel.read()
        selected = (now.cpucksel, now.sdcksel, now.uartcksel, now.timcksel) == self.config
        return ClkselState.SELECTED if selected else ClkselState.OTHER

    def detail(self) -> str:
        return repr(self.regs.clksel.read())

    @step(ClkselState.OTHER, ClkselState.SELECTED, effect=Effect.STOPS_TRAFFIC)
    def select(self) -> None:
        """All at once: they share a register."""
        config = self.config
        self.regs.clksel.modify(cpucksel=config.cpu, sdcksel=config.sd, uartcksel=config.uart, timcksel=config.timer)
