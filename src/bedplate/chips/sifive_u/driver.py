"""Drivers of the FU540's clocks. Source: SiFive FU540-C000 Manual v1p0, chapter 7 (see `sifive_u.rdl`).

What this chip lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *No evidence of a lost lock, no lock timeout, no timer*: a PLL that is bypassed and not locked is taken to be locking, and gets
  the whole budget once more from a HAL that finds it so.
- *No frequency counter*: that a PLL has locked is all that is known of its frequency.
- *No identity*: the canary is the first instruction of the reset vector.

The model in QEMU never loses lock and resets its PLLs with the bypass off, where the manual has it on: both ways lead to the goal.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.chips.sifive_u.regs import ClkgateRegs, CoreclkRegs, WrpllRegs, XoscRegs


class XoscState(State):
    """States of the crystal oscillator."""

    OFF = "crystal driver disabled"
    STARTING = "enabled, not ready yet"
    READY = "running"


class Xosc(Block[XoscRegs, None]):
    """Crystal oscillator, the reference of all PLLs."""

    goal = XoscState.READY
    reset_state = XoscState.STARTING

    def observe(self) -> XoscState:
        now = self.regs.hfxosccfg.read()
        if not now.en:
            return XoscState.OFF
        return XoscState.READY if now.rdy else XoscState.STARTING

    @step(XoscState.OFF, XoscState.STARTING, effect=Effect.STOPS_TRAFFIC)
    def enable(self) -> None:
        """Turn the crystal driver on."""
        self.regs.hfxosccfg.modify(en=True)

    start = wait(XoscState.STARTING, XoscState.READY, typical=ms(1), limit=ms(100))


class WrpllConfig(NamedTuple):
    """The divisors as the register has them: fout = 33.33 MHz / (divr + 1) * 2 * (divf + 1) / 2^divq; `range` is the filter's."""

    divr: int
    divf: int
    divq: int
    range: int


class WrpllState(State):
    """States of a PLL."""

    OTHER = "other divisors than planned, as after reset"
    LOCKING = "the planned divisors, output bypassed to the reference, waiting for lock"
    LOCKED = "locked, output still bypassed"
    RUNNING = "output taken from the PLL"
    UNLOCKED = fault("not locked while the output is in use")


class Wrpll(Block[WrpllRegs, WrpllConfig]):
    """PLL with a bypass: its users run from the reference while it changes."""

    goal = WrpllState.RUNNING
    reset_state = WrpllState.OTHER
    requires = (Kind.SOURCE,)
    loses = MappingProxyType({Kind.SOURCE: Effect.STOPS_TRAFFIC})

    def observe(self) -> WrpllState:
        now = self.regs.pllcfg0.read()
        if (now.divr, now.divf, now.divq, now.range) != self.config or not now.fse:
            return WrpllState.OTHER
        if not now.lock:
            return WrpllState.LOCKING if now.bypass else WrpllState.UNLOCKED
        return WrpllState.LOCKED if now.bypass else WrpllState.RUNNING

    def detail(self) -> str:
        return repr(self.regs.pllcfg0.read())

    @step(WrpllState.OTHER, WrpllState.LOCKING, effect=Effect.STOPS_TRAFFIC)
    def program(self) -> None:
        """Bypass first, with the divisors as they are; then new divisors."""
        config = self.config
        self.regs.pllcfg0.modify(bypass=True)
        self.regs.pllcfg0.modify(
            divr=config.divr, divf=config.divf, divq=config.divq, range=config.range, fse=True, bypass=True
        )

    lock = wait(WrpllState.LOCKING, WrpllState.LOCKED, typical=us(70), limit=ms(10))

    @step(WrpllState.LOCKED, WrpllState.RUNNING, effect=Effect.STOPS_TRAFFIC)
    def take_output(self) -> None:
        """From the reference to the PLL."""
        self.regs.pllcfg0.modify(bypass=False)

    @step(WrpllState.UNLOCKED, WrpllState.LOCKING, effect=Effect.STOPS_TRAFFIC)
    def retreat(self) -> None:
        """Back to the reference, until there is lock again."""
        self.regs.pllcfg0.modify(bypass=True)


class GateState(State):
    """States of the gate behind a PLL."""

    CLOSED = "the PLL's output is gated"
    OPEN = "the PLL's output goes to its users"


class Clkgate(Block[ClkgateRegs, None]):
    """Gate of a clock: opened once its PLL runs."""

    goal = GateState.OPEN
    reset_state = GateState.CLOSED
    requires = (Kind.SOURCE,)
    loses = MappingProxyType({Kind.SOURCE: Effect.STOPS_TRAFFIC})

    def observe(self) -> GateState:
        return GateState.OPEN if self.regs.pllcfg1.read().cke else GateState.CLOSED

    @step(GateState.CLOSED, GateState.OPEN, effect=Effect.STOPS_TRAFFIC)
    def open(self) -> None:
        """Let the clock through. Nobody runs from it yet, so nobody is disturbed."""
        self.regs.pllcfg1.modify(cke=True)


class CoreclkState(State):
    """States of the core clock."""

    ON_REFERENCE = "taken from the crystal oscillator, as after reset"
    ON_PLL = "taken from the core PLL"


class Coreclk(Block[CoreclkRegs, None]):
    """Core clock: taken from its PLL once that runs."""

    goal = CoreclkState.ON_PLL
    reset_state = CoreclkState.ON_REFERENCE
    requires = (Kind.SOURCE,)
    loses = MappingProxyType({Kind.SOURCE: Effect.STOPS_TRAFFIC})

    def observe(self) -> CoreclkState:
        return CoreclkState.ON_REFERENCE if self.regs.coreclksel.read().hfclk else CoreclkState.ON_PLL

    @step(CoreclkState.ON_REFERENCE, CoreclkState.ON_PLL, effect=Effect.STOPS_TRAFFIC)
    def take_pll(self) -> None:
        """From the crystal oscillator to the core PLL."""
        self.regs.coreclksel.modify(hfclk=False)
