"""Driver of a sensor group. Source: Tern data sheet, PVT (`pvt.rdl`); curves in `curve.py`."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.errors import CheckFailed
from bedplate.ip.pvt.curve import SERIES_6, Curve, signed, volts
from bedplate.ip.pvt.regs import PvtRegs, Sdif, SdifAddrE

REFERENCE_KHZ = 100_000
RUN = 0x1
"""Bit of the macros' control word: sample continuously."""
STALE = ms(5)
"""A channel without a new sample for so long is frozen; a healthy one samples every 50 us."""
SHIFTED = us(200)
"""Longest time of one access over the serial interface."""


class PvtConfig(NamedTuple):
    """Sensor type, sensor clock, and alarms. Temperatures in whole degC, `lo` and `hi` in cycles of the 100 MHz reference."""

    curve: Curve = SERIES_6
    lo: int = 10
    hi: int = 10
    strobe: int = 4
    mode: int = 0
    delay: int = 256
    alarm: int = 83
    trip: int = 109
    hysteresis: int = 5

    @property
    def clock_khz(self) -> int:
        """The sensor clock."""
        return REFERENCE_KHZ // (self.hi + self.lo)

    def thresholds(self, celsius: int) -> tuple[int, int]:
        """An alarm as the macros' codes: where it is raised, and below what it is withdrawn."""
        at = self.curve.code
        return at(celsius, self.clock_khz), at(celsius - self.hysteresis, self.clock_khz)


class PvtState(State):
    """States of a sensor group."""

    OFF = "the sensor clock is off"
    CLOCKED = "the sensor clock runs, not all macros do"
    STARTING = "all macros run; not every channel has a sample yet"
    SAMPLING = "every channel has samples; alarms are not as planned"
    RUNNING = "every channel has fresh samples, alarms are armed"
    UNCALIBRATED = fault("the offsets were not handed over by OTP")
    WRONG_TYPE = fault("the sensors are of another series than planned: their curve is not this one")
    MISCONFIGURED = fault("running with another clock or mode than planned, or powered down while running")
    SENSOR_FAULT = fault("a macro reports a fault")
    FROZEN = fault("a channel takes no samples any more: its value looks plausible and means nothing")


class Pvt(Block[PvtRegs, PvtConfig]):
    """Four temperature sensors and four voltage channels, from a stopped clock to armed alarms."""

    goal = PvtState.RUNNING
    reset_state = PvtState.OFF
    goals = MappingProxyType({OFF: PvtState.OFF})
    requires = (Kind.FIRMWARE,)
    loses = MappingProxyType({Kind.FIRMWARE: Effect.NONE})  # the offsets were handed over once

    def observe(self) -> PvtState:
        config, clock = self.config, self.regs.clk_synth.read()
        if not clock.en:
            return PvtState.OFF
        strap = self.regs.ip_cfg.read()
        if strap.series != config.curve.series:
            return PvtState.WRONG_TYPE
        if not strap.calibrated:
            return PvtState.UNCALIBRATED
        if (clock.lo, clock.hi, clock.strobe) != (config.lo, config.hi, config.strobe):
            return PvtState.MISCONFIGURED
        mirrors = [sdif.mirror.read() for sdif in self.regs.sdif]
        if not all(mirror.running for mirror in mirrors):
            return PvtState.CLOCKED
        if any((mirror.powered, mirror.mode, mirror.delay) != (True, config.mode, config.delay) for mirror in mirrors):
            return PvtState.MISCONFIGURED
        if self.regs.faulty.read():
            return PvtState.SENSOR_FAULT
        if us(self.regs.oldest.read().us) > STALE:
            return PvtState.FROZEN
        done = self.regs.done.read()
        if (done.ts, done.vm) != ((1 << len(self.regs.ts)) - 1, (1 << len(self.regs.vm)) - 1):
            return PvtState.STARTING
        return PvtState.RUNNING if self.is_armed() else PvtState.SAMPLING

    def is_armed(self) -> bool:
        """Whether both alarms and their interrupts are as planned."""
        lower, upper, irq = self.regs.alarm_a.read(), self.regs.alarm_b.read(), self.regs.irq_en.read()
        return (
            (lower.thresh, lower.hyst) == self.config.thresholds(self.config.alarm)
            and (upper.thresh, upper.hyst) == self.config.thresholds(self.config.trip)
            and irq.faulty
            and irq.alarm_a
            and irq.alarm_b
        )

    def detail(self) -> str:
        """Which channel is without samples for longest, and which report faults."""
        oldest, faulty, done = self.regs.oldest.read(), self.regs.faulty.read(), self.regs.done.read()
        kind = "voltage" if oldest.vm else "temperature"
        return f"oldest sample: {kind} channel {oldest.channel}, {oldest.us} us; {faulty!r}; {done!r}"

    @step(PvtState.OFF, PvtState.CLOCKED)
    def synthesise_clock(self) -> None:
        """Reset what stands behind the serial interfaces, then let the sensor clock run."""
        config = self.config
        self.regs.ctrl.pulse(soft_reset=True)
        self.regs.clk_synth.write(lo=config.lo, hi=config.hi, strobe=config.strobe, en=True)
        self.settle(us(2))

    @step(PvtState.CLOCKED, PvtState.STARTING)
    def start(self) -> None:
        """Power-up delay, mode, continuous run: for each group of macros that does not run yet."""
        for sdif in self.regs.sdif:
            sdif.status.wait(busy=False, timeout=SHIFTED)
            if not sdif.mirror.read().running:
                self._send(sdif, SdifAddrE.TIMER, self.config.delay)
                self._send(sdif, SdifAddrE.CFG, self.config.mode)
                self._send(sdif, SdifAddrE.CTRL, RUN)

    def _send(self, sdif: Sdif, address: SdifAddrE, data: int) -> None:
        sdif.cmd.write(wdata=data, addr=address, wrn=True, prog=True)
        sdif.status.wait(busy=False, timeout=SHIFTED)

    first_samples = wait(PvtState.STARTING, PvtState.SAMPLING, typical=us(100), limit=ms(20))

    @step(PvtState.SAMPLING, PvtState.RUNNING, effect=Effect.ELECTRICAL)
    def arm(self) -> None:
        """Alarm, trip and their interrupts, as planned. Never raises an alarm that is not due."""
        self.regs.alarm_a.write(**self._alarm(self.config.alarm))
        self.regs.alarm_b.write(**self._alarm(self.config.trip))
        self.regs.irq_en.modify(faulty=True, alarm_a=True, alarm_b=True)

    def _alarm(self, celsius: int) -> dict[str, int]:
        return dict(zip(("thresh", "hyst"), self.config.thresholds(celsius), strict=True))

    @step((PvtState.MISCONFIGURED, PvtState.SENSOR_FAULT, PvtState.FROZEN), PvtState.OFF, toward=(SERVICE, OFF))
    def restart(self) -> None:
        """Stop the sensor clock and begin anew: 0.2 ms without alarms. The analogue trip does not depend on this group."""
        self.regs.clk_synth.write(en=False)

    @step(
        (
            *(PvtState.CLOCKED, PvtState.STARTING, PvtState.SAMPLING, PvtState.RUNNING),
            *(PvtState.WRONG_TYPE, PvtState.UNCALIBRATED),
        ),
        PvtState.OFF,
        toward=OFF,
    )
    def stop(self) -> None:
        """Stop the sensor clock: no samples, and no alarms but the analogue trip."""
        self.regs.clk_synth.write(en=False)

    # What others read here, once the group is RUNNING.

    def temperature(self, channel: int) -> float:
        """Temperature of a sensor (degC), with its own offset. Raises CheckFailed while the macro reports a fault."""
        ts = self.regs.ts[channel]
        sample = ts.data.read()
        self._require_good(f"{self.name}.ts[{channel}]", sample.fault)
        return self.config.curve.celsius(sample.sample, self.config.clock_khz) + signed(ts.trim.read().offset) / 8

    def voltage(self, channel: int) -> float:
        """Voltage of a channel (V). Raises CheckFailed while the macro reports a fault."""
        sample = self.regs.vm[channel].data.read()
        self._require_good(f"{self.name}.vm[{channel}]", sample.fault)
        return volts(sample.sample)

    def age(self, channel: int) -> int:
        """How old the latest sample of a temperature sensor is (ns), by the group's own time."""
        return us(self.regs.ts[channel].age.read().us)

    def _require_good(self, where: str, is_faulty: bool) -> None:
        if is_faulty:
            raise CheckFailed("the macro reports a fault: the sample means nothing", where=where)
