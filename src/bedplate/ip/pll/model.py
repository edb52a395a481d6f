"""Behaviour of the fractional-N PLL: locking, its timeout, the output switch, the frequency counter."""

from __future__ import annotations

from bedplate.bus import ms, us
from bedplate.ip.pll.regs import PllRegs
from bedplate.model import Fault, Model, QueuedEvent, SoftwareAccess, after_pulse, after_write, fault_kinds

REFERENCE_NS = 10
MEASURED_CYCLES = 1024


class PllModel(Model):
    """A PLL on a 100 MHz reference."""

    regs = PllRegs
    faults = fault_kinds("no_lock", "lock_lost", "stuck_busy", "wrong_divisor")
    evidence = frozenset({"status.lock_lost"})
    lock_time = us(12)
    """500 cycles of the divided reference are the usual maximum."""

    def after_reset(self) -> None:
        self.locking: QueuedEvent | None = None
        self.giving_up: QueuedEvent | None = None
        self.measuring: QueuedEvent | None = None
        self.fbdiv = 0

    @after_write("ctrl")
    def control(self, access: SoftwareAccess) -> None:
        """Power, reset and bypass. The dividers and lock are begun anew by leaving power-down or reset."""
        ctrl, status = self.hw.ctrl, self.hw.status
        off = ctrl.power_down or ctrl.reset
        was_off = access.field("power_down", access.old) or access.field("reset", access.old)
        if off and not was_off and not ctrl.bypass and status.on_pll:
            self.violation("powered down while the output was in use")
        status.on_pll = not ctrl.bypass
        self.outputs_changed()
        if off:
            self.unlock()
            status.lock_timeout = False
        elif was_off:
            self.start()

    @after_write("div", "frac", "post")
    def divide(self) -> None:
        """New dividers: a PLL that runs has to lock anew."""
        if self.hw.ctrl.power_down:
            return
        if not self.hw.ctrl.bypass:
            self.violation("divider written while the output was in use")
        if not self.hw.ctrl.reset:
            self.start()

    def inputs_changed(self) -> None:
        """Without its rail it neither keeps lock nor finds it: when the rail comes back, software has to begin anew."""
        if not self.supplied("rail"):
            self.cancel(self.locking)
            self.lose()

    def provides(self, port: str) -> bool:
        return bool(self.hw.status.on_pll and self.hw.status.lock)

    def mhz(self, port: str) -> int:
        return min((self.frequency_khz() + 500) // 1000, 0xFFFF)

    def unlock(self) -> None:
        """Stop whatever was under way; the measurement no longer belongs to this output."""
        for event in (self.locking, self.giving_up, self.measuring):
            self.cancel(event)
        self.hw.status.lock = False
        self.hw.meas.busy = False
        self.hw.meas.valid = False
        self.outputs_changed()

    def start(self) -> None:
        """Look for lock with the present dividers."""
        self.unlock()
        self.fbdiv = self.hw.div.fbdiv - 1 if self.fault("wrong_divisor") else self.hw.div.fbdiv
        self.giving_up = self.after(self.hw.lock_limit.cycles * REFERENCE_NS, self.give_up)
        if not self.fault("no_lock") and self.frequency_khz() and self.supplied("rail"):
            self.locking = self.after(self.lock_time, self.lock)

    def give_up(self) -> None:
        """The PLL's own timeout is over without lock."""
        self.hw.status.lock_timeout = True

    def lock(self) -> None:
        """Lock is found before the timeout: the output may be used from here on."""
        self.cancel(self.giving_up)
        self.hw.status.lock = True
        self.outputs_changed()
        self.lose_later(self.fault("lock_lost"))

    def lose_later(self, fault: Fault | None) -> None:
        """Planted: lock goes again, after a while."""
        if fault is not None:
            self.after(int(fault.value or ms(1)), self.lose)

    def fault_planted(self, fault: Fault) -> None:
        """Lock that is there already is lost as well."""
        if fault.name == "lock_lost" and self.hw.status.lock:
            self.lose_later(self.fault("lock_lost"))

    def lose(self) -> None:
        """Lock is lost, which is latched; the PLL looks for it again, and its timeout begins anew."""
        if self.hw.status.lock:
            self.unlock()
            self.hw.status.lock_lost = True
            self.giving_up = self.after(self.hw.lock_limit.cycles * REFERENCE_NS, self.give_up)

    def frequency_khz(self) -> int:
        """The output's frequency; 0 for dividers that stop it."""
        div, post = self.hw.div, self.hw.post
        if not (div.refdiv and self.fbdiv and post.postdiv1 and post.postdiv2):
            return 0
        vco = 1_000_000 // REFERENCE_NS * ((self.fbdiv << 24) + int(self.hw.frac.frac)) // (div.refdiv << 24)
        return int(vco // (post.postdiv1 * post.postdiv2))

    @after_pulse("meas_ctrl.start")
    def measure(self) -> None:
        """Begin to count output cycles over MEASURED_CYCLES of the reference."""
        if self.hw.ctrl.power_down or self.hw.ctrl.reset:
            return
        if self.hw.meas.busy:
            self.violation("measurement started twice")
        self.hw.meas.busy = True
        self.hw.meas.valid = False
        if not self.fault("stuck_busy"):
            self.measuring = self.after(MEASURED_CYCLES * REFERENCE_NS, self.measured)

    def measured(self) -> None:
        """The count is there: 0 without lock, at most 16 bits."""
        count = self.frequency_khz() * REFERENCE_NS * MEASURED_CYCLES // 1_000_000 if self.hw.status.lock else 0
        self.hw.meas.count = min(count, 0xFFFF)
        self.hw.meas.busy = False
        self.hw.meas.valid = True
