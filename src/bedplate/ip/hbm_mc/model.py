"""Behaviour of a controller: DFI from its PHY, initialisation, seed, scrub, errors, and what must not happen under traffic."""

from __future__ import annotations

from typing import Any

from bedplate.bus import ms, us
from bedplate.ip.hbm_mc.regs import HbmMcRegs
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

MOST_PASSES = 0xFF
REFRESH_WITHIN = 4
"""Microseconds: memory that is refreshed more rarely forgets."""
ACTIVATES_IN = 14
"""Nanoseconds that a row needs before it can be read."""


class HbmMcModel(Model):
    """Four channels behind one fence."""

    regs = HbmMcRegs
    channels = 4
    faults = fault_kinds(
        "stuck_busy",
        init_fail=FaultKind("channel =channel does not answer its initialisation", fits=by_channel),
        seed_fail=FaultKind("the background write does not reach channel =channel", fits=by_channel),
        scrub_stuck="the scrub does not get through",
        ce_storm=FaultKind("channel =channel has corrected errors without end", fits=by_channel),
        ue=FaultKind("channel =channel has an uncorrectable error", fits=by_channel),
        cattrip="the stack trips by temperature",
    )
    free = frozenset({"elapsed", "act_mon", "scrub_status.passes", "scrub_status.address"})
    evidence = frozenset({"intr_state", "ch.ce", "ch.ce_addr", "ch.ue", "ch.ue_addr", "status.scrub_overdue"})
    init_time = us(500)
    seed_time = ms(50)

    def after_reset(self) -> None:
        self.working: QueuedEvent | None = None
        self.started_at: int | None = None
        """Since when initialisation or seed runs."""
        self.scrubbing_since: int | None = None
        self.scrub_late: QueuedEvent | None = None
        self.inputs_changed()

    @property
    def open(self) -> bool:
        """Whether traffic may pass."""
        return not self.hw.init_ctrl.axi_fence

    def provides(self, port: str) -> bool:
        """Memory."""
        return bool(self.open and self.hw.status.seeded)

    def deprived(self) -> None:
        if self.open or self.started_at is not None or self.hw.ecc_ctrl.scrub_en:
            self.violation("power, clock or reset taken away under traffic, or while it worked on the memory")

    def inputs_changed(self) -> None:
        """DFI comes and goes with the PHY, and with the clock. With it go initialisation and contents."""
        self.hw.clk_rate.mhz = self.clocked_at("source")
        there = self.supplied("link") and self.supplied("source")
        lost = self.hw.status.dfi and not there
        self.hw.status.dfi = there
        if lost:
            self.hw.intr_state.dfi_lost = True
            self.hw.intr_state.dfi_lost = False
            self._forget()

    def _forget(self) -> None:
        self._stop()
        status = self.hw.status
        status.inprog = status.passed = status.init_failed = status.fail_channels = 0
        status.seeding = status.seeded = status.seed_failed = 0
        self.outputs_changed()

    # Configuration.

    @after_write("timing", "refresh")
    def reconfigure(self) -> None:
        """Withdraws the initialisation, unless the registers are locked and so stay as they are."""
        if not self.hw.regwen.writable:
            return
        if self.open or self.started_at is not None:
            self.violation("timing or refresh written under traffic")
        self.hw.status.passed = False

    @after_write("ecc_ctrl")
    def set_ecc(self, access: SoftwareAccess) -> None:
        """ECC and scrub follow their registers. Neither may change as it harms the contents."""
        ecc = self.hw.ecc_ctrl
        if access.changed("corr_en") and not ecc.corr_en and self.open:
            self.violation("ECC turned off under traffic")
        if access.changed("scrub_en"):
            self._scrub(bool(ecc.scrub_en))

    # Initialisation and seed.

    @after_pulse("init_ctrl.start")
    def initialise(self) -> None:
        """Begin to initialise the channels: whatever was known of the memory is forgotten."""
        if not self._may_start("initialisation"):
            return
        rate = self.hw.clk_rate.mhz
        if self.hw.refresh.trefi > REFRESH_WITHIN * rate or self.hw.timing.trcd * 1000 < ACTIVATES_IN * rate:
            self.violation("initialised with refresh or timing that is made for a clock of another rate")
        self._forget()
        self.hw.status.inprog = True
        self._start_timer()
        if not self.fault("stuck_busy"):
            self.working = self.after(self.init_time, self.initialised)

    def initialised(self) -> None:
        """Initialisation ends; a channel that did not answer is named."""
        self._stop()
        status, fail = self.hw.status, self.fault("init_fail")
        status.inprog = False
        status.passed, status.init_failed = fail is None, fail is not None
        status.fail_channels = 0 if fail is None else 1 << int(fail.value or 0)

    @after_pulse("seed_ctrl.start")
    def seed(self) -> None:
        """Begin to write the background, which makes ECC valid: over contents that are valid it is a violation."""
        status = self.hw.status
        if not self._may_start("seed"):
            return
        if not self.open and status.seeded:
            self.violation("seeded twice: valid contents were overwritten")
        elif not self.open and not (status.passed and self.hw.ecc_ctrl.corr_en):
            self.violation("seed before initialisation, or without ECC")
        status.seeding = True
        status.seeded = status.seed_failed = status.fail_channels = 0
        self._start_timer()
        if not self.fault("stuck_busy"):
            self.working = self.after(self.seed_time, self.seeded)

    def seeded(self) -> None:
        """The background is written; a channel that it did not reach is named."""
        self._stop()
        status, fail = self.hw.status, self.fault("seed_fail")
        status.seeding = False
        status.seeded, status.seed_failed = fail is None, fail is not None
        status.fail_channels = 0 if fail is None else 1 << int(fail.value or 0)
        self.outputs_changed()

    def _may_start(self, what: str) -> bool:
        """Whether it starts; the first rule that this breaks is noted."""
        if self.open:
            self.violation(f"{what} started under traffic")
        elif not self.hw.status.dfi:
            self.violation(f"{what} started without DFI: there is no memory to talk to")
        elif self.started_at is not None:
            self.violation(f"{what} started while initialisation or seed was running")
        return bool(self.hw.status.dfi and self.started_at is None)

    @after_write("init_ctrl")
    def fence(self, access: SoftwareAccess) -> None:
        """Open or close the way of traffic."""
        self.hw.status.fenced = not self.open
        if access.changed("axi_fence") and self.open:
            if not self.hw.status.seeded or not self.hw.status.passed:
                self.violation("fence opened over memory whose contents are undefined")
            self.outputs_changed()

    # Scrub.

    def _scrub(self, on: bool) -> None:
        self.look()
        self.scrubbing_since = self.ran if on else None
        self.cancel(self.scrub_late)
        self.hw.status.scrub_overdue = False
        if not on:
            return
        if not self.hw.status.seeded:
            self.violation("scrub over memory that was not seeded")
        if self.fault("scrub_stuck"):
            self.scrub_late = self.after(2 * ms(self.hw.ecc_ctrl.scrub_ms), self.scrub_is_late)

    def scrub_is_late(self) -> None:
        """A pass took twice its period."""
        self.hw.status.scrub_overdue = True

    @before_read("elapsed", "scrub_status", "act_mon")
    def look(self) -> None:
        """Bring timer, scrub and the monitor of activates up to now."""
        if self.started_at is not None:
            self.hw.elapsed.us = min((self.ran - self.started_at) // 1000, 0xFFFF_FFFF)
        if self.scrubbing_since is not None and self.hw.ecc_ctrl.scrub_ms:
            passes, rest = divmod(self.ran - self.scrubbing_since, ms(self.hw.ecc_ctrl.scrub_ms))
            self.hw.scrub_status.passes = min(passes, MOST_PASSES)
            self.hw.scrub_status.address = (rest << 20) // ms(self.hw.ecc_ctrl.scrub_ms)
        self.hw.act_mon.count = self.now // 50 & 0xFFFF_FFFF if self.provides("") else 0

    # Errors.

    def corrected(self, channel: int, address: int, times: int = 1) -> None:
        """Single-bit errors that were corrected."""
        regs = self.hw.ch[channel]
        for _ in range(times):
            self.increment(f"ch[{channel}].ce.count")
        self._first(regs.ce_addr, address)
        if regs.ce.count >= self.hw.ce_thresh.count:
            self.hw.intr_state.ce_storm = True
            self.hw.intr_state.ce_storm = False

    def uncorrectable(self, channel: int, address: int) -> None:
        """An error that ECC could not correct."""
        self.increment(f"ch[{channel}].ue.count")
        self._first(self.hw.ch[channel].ue_addr, address)
        self.hw.intr_state.ue = True
        self.hw.intr_state.ue = False

    @staticmethod
    def _first(latch: Any, address: int) -> None:
        if not latch.valid:
            latch.low, latch.high, latch.valid = address & 0xFFFF_FFFF, address >> 32, True

    @after_pulse("ecc_clr.clear")
    def clear_errors(self) -> None:
        """Forget all errors of all channels: counts and first addresses."""
        for regs in self.hw.ch:
            regs.ce.count = regs.ue.count = 0
            for latch in (regs.ce_addr, regs.ue_addr):
                latch.low = latch.high = latch.valid = 0

    def trip(self) -> None:
        """Over temperature: only power-off clears it."""
        self.hw.status.cattrip = True
        self.hw.intr_state.cattrip = True
        self.hw.intr_state.cattrip = False

    def plant(self, name: str, value: int | float | str | None = None, **more: int | float | str | None) -> Fault:
        """Like any model; errors in contents, and a trip, happen at once."""
        planted = super().plant(name, value, **more)  # type: ignore[arg-type]
        channel = int(value or 0) if name in ("ce_storm", "ue") else 0
        if name == "ce_storm" and self.fault(name):
            self.corrected(channel, 0x1_0000_0040, times=300)
        elif name == "ue" and self.fault(name):
            self.uncorrectable(channel, 0x1_0000_0080)
        elif name == "cattrip" and self.fault(name):
            self.trip()
        return planted

    # The timer.

    def _start_timer(self) -> None:
        self.started_at = self.ran
        self.hw.elapsed.us = 0

    def _stop(self) -> None:
        """Whatever was under way ends; the timer keeps how long it took."""
        self.cancel(self.working)
        self.look()
        self.started_at = None
