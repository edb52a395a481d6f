"""Driver of the fractional-N PLL. Source: Tern data sheet, PLL (`pll.rdl`); lock procedure as for public fractional-N PLLs."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.ip.pll.regs import PllRegs

REFERENCE_KHZ = 100_000
MEASURED_CYCLES = 1024
"""Reference cycles over which the counter measures."""


class PllConfig(NamedTuple):
    """The divisors: fvco = 100 MHz * (fbdiv + frac / 2^24) / refdiv, fout = fvco / (postdiv1 * postdiv2)."""

    refdiv: int
    fbdiv: int
    frac: int
    postdiv1: int
    postdiv2: int

    @property
    def output_khz(self) -> int:
        """The output's frequency (kHz): the oscillator's and the output's are each rounded down."""
        vco = REFERENCE_KHZ * (self.fbdiv * (1 << 24) + self.frac) // (self.refdiv << 24)
        return vco // (self.postdiv1 * self.postdiv2)

    @property
    def measured(self) -> int:
        """What the frequency counter must show, within one."""
        return self.output_khz * MEASURED_CYCLES // REFERENCE_KHZ


class PllState(State):
    """States of a PLL."""

    OFF = "powered down, output bypassed to the reference clock"
    LOCKING = "powered up, waiting for lock; divisors are judged once it is there"
    LOCKED = "locked, frequency not measured yet, output bypassed"
    MEASURING = "counting output cycles against the reference"
    VERIFIED = "locked at the planned frequency, output still bypassed"
    RUNNING = "output taken from the PLL, at the planned frequency"
    NO_LOCK = fault("no lock within the PLL's own timeout")
    UNLOCKED = fault("lock was lost while the output was in use")
    OFF_FREQUENCY = fault("locked, but the counter shows another frequency")
    MISCONFIGURED = fault("powered up with other divisors than planned, or the output gated off")


class Pll(Block[PllRegs, PllConfig]):
    """Fractional-N PLL, from power-down to an output that was measured before it is used."""

    goal = PllState.RUNNING
    reset_state = PllState.OFF
    goals = MappingProxyType({OFF: PllState.OFF})
    requires = (Kind.RAIL,)
    loses = MappingProxyType({Kind.RAIL: Effect.STOPS_TRAFFIC})

    def observe(self) -> PllState:
        ctrl = self.regs.ctrl.read()
        if ctrl.power_down or ctrl.reset:
            return PllState.OFF
        status = self.regs.status.read()
        if not status.lock:
            if not ctrl.bypass:
                return PllState.UNLOCKED
            return PllState.NO_LOCK if status.lock_timeout else PllState.LOCKING
        if ctrl.gate or not self.has_planned_divisors():
            return PllState.MISCONFIGURED
        meas = self.regs.meas.read()
        if meas.busy:
            return PllState.MEASURING
        if not meas.valid:
            return PllState.LOCKED
        if abs(meas.count - self.config.measured) > 1:
            return PllState.OFF_FREQUENCY
        return PllState.VERIFIED if ctrl.bypass or not status.on_pll else PllState.RUNNING

    def has_planned_divisors(self) -> bool:
        """Whether the dividers hold what is wanted."""
        config, div, post = self.config, self.regs.div.read(), self.regs.post.read()
        return (div.refdiv, div.fbdiv, self.regs.frac.read().frac, post.postdiv1, post.postdiv2) == config

    @step(PllState.OFF, PllState.LOCKING, effect=Effect.STOPS_TRAFFIC)
    def program(self) -> None:
        """Bypass, power down, write the divisors, power up."""
        config = self.config
        self.regs.ctrl.write(power_down=True, reset=True, bypass=True)
        self.regs.div.write(refdiv=config.refdiv, fbdiv=config.fbdiv)
        self.regs.frac.write(frac=config.frac)
        self.regs.post.write(postdiv1=config.postdiv1, postdiv2=config.postdiv2)
        self.settle(us(1))
        self.regs.ctrl.write(power_down=False, reset=False, bypass=True)

    lock = wait(PllState.LOCKING, PllState.LOCKED, typical=us(15), limit=ms(1))

    @step(PllState.LOCKED, PllState.MEASURING)
    def measure(self) -> None:
        """Count the output against the reference: a lock bit alone does not prove the frequency."""
        self.regs.meas_ctrl.pulse(start=True)

    count = wait(PllState.MEASURING, PllState.VERIFIED, typical=us(11), limit=us(100))

    @step(PllState.VERIFIED, PllState.RUNNING, effect=Effect.STOPS_TRAFFIC)
    def take_output(self) -> None:
        """Switch the output from the reference to the PLL, glitch-free."""
        self.regs.ctrl.modify(bypass=False)
        self.regs.status.wait(on_pll=True, timeout=us(10))

    @step(
        (PllState.NO_LOCK, PllState.UNLOCKED, PllState.OFF_FREQUENCY, PllState.MISCONFIGURED),
        PllState.OFF,
        effect=Effect.STOPS_TRAFFIC,
        toward=(SERVICE, OFF),
        withdraws=True,
    )
    def restart(self) -> None:
        """Back to the reference clock first, then power down: the output never stops, whatever becomes of the first write."""
        self.regs.ctrl.modify(bypass=True)
        self.regs.status.wait(on_pll=False, timeout=us(10))
        self.settle(us(3))
        self.regs.ctrl.modify(power_down=True, reset=True)

    @step(
        (PllState.LOCKING, PllState.LOCKED, PllState.MEASURING, PllState.VERIFIED, PllState.RUNNING),
        PllState.OFF,
        effect=Effect.STOPS_TRAFFIC,
        toward=OFF,
        withdraws=True,
    )
    def turn_off(self) -> None:
        """As `restart`: whoever still listens gets the reference clock."""
        self.restart()
