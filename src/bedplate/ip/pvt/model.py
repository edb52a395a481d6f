"""Behaviour of a sensor group: serial accesses, sampling, ages, alarms. Samples are worked out when looked at."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.ip.pvt.regs import PvtRegs, SdifAddrE
from bedplate.model import (
    Fault,
    FaultKind,
    Model,
    QueuedEvent,
    SoftwareAccess,
    after_pulse,
    after_write,
    before_read,
    by_channel,
    fault_kinds,
)

TS, VM = 0, 1
CHANNELS = 4


class PvtModel(Model):
    """Four sensors at `temperatures` (codes of the macro), four channels at `voltages`."""

    regs = PvtRegs
    channels = CHANNELS
    faults = fault_kinds(
        "stuck_busy",
        frozen=FaultKind("temperature sensor =channel takes no samples any more, its value stays", fits=by_channel),
        clock_stopped="the sensor clock stops by itself: all values stay",
        sensor_fault=FaultKind("temperature sensor =channel reports a fault", fits=by_channel),
        wrong_type="the sensors are of the other series",
    )
    free = frozenset({"timer", "oldest", "ts.data.count", "ts.age", "vm.data.count", "vm.age"})
    evidence = frozenset({"irq_status"})
    shift_time = us(5)
    sample_time = us(50)
    series = 6
    offsets: tuple[int, ...] = (2, -5, 4, 10)
    """What OTP hands over, in 1/8 degC."""
    temperatures: tuple[int, ...] = (1850, 1900, 1870, 1840)
    voltages: tuple[int, ...] = (11_600, 11_590, 11_610, 16_000)

    came_up = False
    """Whether the block ever left reset: faults may be planted before."""

    def after_reset(self) -> None:
        self.came_up = True
        self.since: list[int | None] = [None, None]
        """Since when each group of macros samples."""
        self.counted = [[0] * CHANNELS, [0] * CHANNELS]
        """Samples from before `since`."""
        self.latest = [[self.now] * CHANNELS, [self.now] * CHANNELS]
        """Time of the latest sample, where the channel stands still."""
        self.still: set[int] = set()
        """Temperature sensors that are frozen."""
        self.raised: set[str] = set()
        """Alarms that are raised now."""
        self.shifting: list[QueuedEvent | None] = [None, None]
        self.sampling: list[QueuedEvent | None] = [None, None]
        self.hw.ip_cfg.series = 11 - self.series if self.fault("wrong_type") else self.series
        self.inputs_changed()

    def inputs_changed(self) -> None:
        """OTP hands over the offsets as soon as it has them."""
        if self.supplied("firmware") and not self.hw.ip_cfg.calibrated:
            for sensor, offset in zip(self.hw.ts, self.offsets, strict=True):
                sensor.trim.offset = offset & 0xFF
            self.hw.ip_cfg.calibrated = True

    # Clock and serial interfaces.

    @after_pulse("ctrl.soft_reset")
    def soft_reset(self) -> None:
        """Reset both groups of sensors and their serial interfaces."""
        if None not in self.since and self.hw.clk_synth.en:
            self.violation("sensors reset while they were sampling")
        for group, sdif in enumerate(self.hw.sdif):
            self._hold(group)
            self.cancel(self.shifting[group])
            for field in ("mode", "delay", "powered", "running"):
                setattr(sdif.mirror, field, 0)
            sdif.status.busy = False
        for register in (self.hw.done, self.hw.faulty):
            register.ts = register.vm = 0
        for sensor in self.hw.ts:
            sensor.data.fault = False
        self.still = set()
        self.hw.irq_status.faulty = False

    @after_write("clk_synth")
    def clock(self) -> None:
        """Without the sensor clock nothing samples."""
        if not self.hw.clk_synth.en:
            self._hold(TS)
            self._hold(VM)

    @after_write("sdif.cmd")
    def command(self, access: SoftwareAccess) -> None:
        """Begin a serial access to a group: one at a time, and with the sensor clock."""
        if not access.field("prog"):
            return
        group = access.index
        sdif = self.hw.sdif[group]
        if sdif.status.busy:
            self.violation("serial access started while another one was shifting")
            return
        if not self.hw.clk_synth.en:
            self.violation("serial access without a sensor clock")
            return
        sdif.status.busy = True
        if not self.fault("stuck_busy"):
            what = (access.field("addr"), access.field("wdata"), access.field("wrn"))
            self.shifting[group] = self.after(self.shift_time, self.shifted, group, *what)

    def shifted(self, group: int, address: int, data: int, write: int) -> None:
        """Reads bring nothing, and an access that ends without a sensor clock reaches nobody."""
        sdif = self.hw.sdif[group]
        sdif.status.busy = False
        if not (write and self.hw.clk_synth.en):
            return
        if address == SdifAddrE.CFG:
            sdif.mirror.mode = data & 0xFF
        elif address == SdifAddrE.TIMER:
            sdif.mirror.delay = data & 0xFFF
        elif address == SdifAddrE.CTRL:
            if sdif.mirror.running and data & 1:
                self.violation("macros started twice")
            sdif.mirror.powered = not data & 4
            sdif.mirror.running = data & 1
            self._hold(group)
            if data & 1 and not sdif.halt.hold:
                self._start(group)

    @after_write("sdif.halt")
    def halt(self, access: SoftwareAccess) -> None:
        """Hold a group's macros, or let them run on."""
        group = access.index
        sdif = self.hw.sdif[group]
        if sdif.halt.hold:
            self._hold(group)
        elif access.changed("hold") and sdif.mirror.running and self.hw.clk_synth.en:
            self._start(group)

    # Sampling.

    def _start(self, group: int) -> None:
        self.since[group] = self.now
        self.latest[group] = [self.now] * CHANNELS
        frozen, broken = (self.fault("frozen"), self.fault("sensor_fault")) if group == TS else (None, None)
        if frozen is not None:
            self.still.add(int(frozen.value or 0))
        if broken is not None:
            self._break(int(broken.value or 0))
        if self.fault("clock_stopped"):
            self._hold(group)
        else:
            self.sampling[group] = self.after(self.sample_time, self.sampled, group)

    def sampled(self, group: int) -> None:
        """The first sample of every channel of a group."""
        if group == TS:
            moving = sum(1 << channel for channel in range(CHANNELS) if channel not in self.still)
            self.hw.done.ts = self.hw.done.ts | moving
        else:
            self.hw.done.vm = (1 << CHANNELS) - 1
        self.look()
        self.compare()

    @property
    def sampled_sensors(self) -> list[Any]:
        """Temperature sensors that ever took a sample."""
        return [sensor for sensor, count in zip(self.hw.ts, self.counted[TS], strict=True) if count]

    @after_write("alarm_a", "alarm_b")
    def compare(self) -> None:
        """Alarms: raised by the hottest sensor at their threshold, withdrawn below their hysteresis."""
        codes = [sensor.data.sample for sensor in self.sampled_sensors]
        for name in ("alarm_a", "alarm_b"):
            limits = getattr(self.hw, name)
            lowest = min(limits.thresh, limits.hyst) if name in self.raised else limits.thresh
            (self.raised.add if codes and max(codes) >= lowest else self.raised.discard)(name)
        self.hw.irq_status.alarm_a = "alarm_a" in self.raised
        self.hw.irq_status.alarm_b = "alarm_b" in self.raised

    @after_pulse("hilo_reset.forget")
    def forget(self) -> None:
        """Extremes begin anew, with the present samples."""
        self.look()
        for sensor in self.sampled_sensors:
            sensor.hilo.lo = sensor.hilo.hi = sensor.data.sample

    def warm(self, channel: int, code: int) -> None:
        """The temperature at a sensor changes, to that code."""
        temperatures = list(self.temperatures)
        temperatures[channel] = code
        self.temperatures = tuple(temperatures)
        self.look()
        self.compare()

    def plant(self, name: str, value: int | float | str | None = None, **more: int | float | str | None) -> Fault:
        """Like any model; sensors that sample already are hit at once."""
        planted = super().plant(name, value, **more)  # type: ignore[arg-type]
        if self.came_up and name == "wrong_type" and self.fault(name):
            self.hw.ip_cfg.series = 11 - self.series
        if not self.came_up or self.since[TS] is None:
            return planted
        if name == "frozen" and self.fault(name):
            self.look()
            self.still.add(int(value or 0))
        elif name == "sensor_fault" and self.fault(name):
            self._break(int(value or 0))
        elif name == "clock_stopped" and self.fault(name):
            self._hold(TS)
            self._hold(VM)
        return planted

    def _break(self, channel: int) -> None:
        self.hw.ts[channel].data.fault = True
        self.hw.faulty.ts = self.hw.faulty.ts | 1 << channel
        self.hw.irq_status.faulty = True

    def _hold(self, group: int) -> None:
        """Sampling stops: values, counts and times stay as they are."""
        self.look()
        self.since[group] = None
        self.cancel(self.sampling[group])

    def _count(self, group: int, channel: int) -> None:
        """Bring count and time of the latest sample of a channel up to now, unless it stands still."""
        since = self.since[group]
        if since is None or (group == TS and channel in self.still):
            return
        period = round(self.sample_time * self.slow)
        new = (self.now - self.latest[group][channel]) // period
        self.counted[group][channel] += new
        self.latest[group][channel] += new * period
        if new or self.counted[group][channel]:
            data = (self.hw.ts, self.hw.vm)[group][channel].data
            data.count = self.counted[group][channel] & 0xFF
            data.sample = (self.temperatures, self.voltages)[group][channel]
            if group == TS:
                hilo = self.hw.ts[channel].hilo
                hilo.lo, hilo.hi = min(hilo.lo, data.sample), max(hilo.hi, data.sample)

    @before_read("timer")
    def tick(self) -> None:
        """Bring the timer up to now (us, 32 bits, wrapping)."""
        self.hw.timer.us = self.now // 1000 & 0xFFFF_FFFF

    @before_read("oldest")
    def find_oldest(self) -> None:
        """The greatest age of all channels, without touching their samples."""
        ages = [(self._age(group, channel), -group, -channel) for group in (TS, VM) for channel in range(CHANNELS)]
        age, group, channel = max(ages)
        self.hw.oldest.us, self.hw.oldest.channel, self.hw.oldest.vm = min(age // 1000, 0xFFFF), -channel, -group

    def _age(self, group: int, channel: int) -> int:
        """Time since the latest sample of a channel (ns)."""
        passed = self.now - self.latest[group][channel]
        moves = self.since[group] is not None and not (group == TS and channel in self.still)
        return passed % round(self.sample_time * self.slow) if moves else passed

    @before_read("ts.data", "ts.age", "vm.data", "vm.age")
    def look(self) -> None:
        """Work out what the channels show now."""
        for group, channels in ((TS, self.hw.ts), (VM, self.hw.vm)):
            for channel in range(CHANNELS):
                self._count(group, channel)
                channels[channel].age.us = min((self.now - self.latest[group][channel]) // 1000, 0xFFFF)
