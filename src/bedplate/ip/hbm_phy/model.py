"""Behaviour of a PHY: PLL, calibration, DFI, and the sequencer that trains and tests while nobody looks."""

from __future__ import annotations

from bedplate.bus import ms, us
from bedplate.ip.hbm_phy.regs import HbmPhyRegs, TrainCodeE, TrainStepE
from bedplate.model import (
    Fault,
    FaultKind,
    Model,
    QueuedEvent,
    after_pulse,
    after_write,
    before_read,
    by_channel,
    fault_kinds,
)

ALL_STEPS = 0x1F
GARBAGE = 0x0BAD_C0DE


class HbmPhyModel(Model):
    """The PHY of one stack. Training takes `train_time` in five equal steps."""

    regs = HbmPhyRegs
    channels = 16
    faults = fault_kinds(
        "no_lock",
        "lock_lost",
        "train_fail",
        "stuck_busy",
        marginal=FaultKind("the eye of channel =channel is too small", fits=by_channel),
        test_fail=FaultKind("channel =channel fails the memory test", fits=by_channel),
        no_dfi="DFI initialisation is never answered",
        garbled="the training status shows garbage",
        dfi_lost="DFI is lost, at once or when the PHY comes into service",
        drift="the eye drifts, at once or when the PHY comes into service",
    )
    free = frozenset({"elapsed", "fw_heartbeat"})
    evidence = frozenset({"pll.lock_lost"})
    lock_timeout = us(100)
    lock_time = us(12)
    zq_time = us(40)
    dfi_time = us(5)
    train_time = ms(300)
    test_time = ms(300)
    loss_time = us(100)
    """From coming into service (or from lock) to its loss, where such a fault is planted."""

    def after_reset(self) -> None:
        self.settling: list[QueuedEvent] = []
        """PLL and impedance on their way, and what will be lost."""
        self.asking: QueuedEvent | None = None
        """DFI on its way."""
        self.sequencer: QueuedEvent | None = None
        self.started_at: int | None = None
        """Since when training or test runs."""
        self.hw.pll.mhz = self.clocked_at("source")

    def provides(self, port: str) -> bool:
        """DFI to trained and tested memory."""
        test = self.hw.test_status
        trained = self.hw.train_status.code == TrainCodeE.PASSED and test.done and not test.fail_channels
        return bool(trained and self.hw.dfi_status.complete and self.hw.pll.lock)

    def deprived(self) -> None:
        if self.provides("") or self.started_at is not None:
            self.violation("power, clock or reset taken away in service, or during training or test")

    def inputs_changed(self) -> None:
        """Without its clock the PLL loses lock. A stack that lost its state has to be trained anew: the results are withdrawn."""
        self.hw.pll.mhz = self.clocked_at("source")
        if self.hw.pll.lock and not self.supplied("source"):
            self.lose_lock()
        if not self.supplied("link"):
            self._withdraw()
            self.outputs_changed()

    # PLL, impedance, DFI.

    @after_write("phy_ctrl")
    def control(self) -> None:
        """Out of reset and power-down, the PLL looks for lock; into them, all is forgotten."""
        if self.hw.phy_ctrl.rst or self.hw.phy_ctrl.pd:
            self._forget()
        elif not self.hw.pll.lock and not self.settling:
            lock = not self.fault("no_lock") and self.supplied("source")
            self.settling.append(self.after(self.lock_time if lock else self.lock_timeout, self.lock_or_not, lock))

    def _forget(self) -> None:
        for event in (*self.settling, self.asking):
            self.cancel(event)
        self.settling = []
        self.asking = None
        self.hw.pll.lock = False
        self.hw.pll.lock_timeout = False
        zq = self.hw.zq_status
        zq.busy = zq.done = zq.code = 0
        self.hw.dfi_status.complete = False
        self._withdraw()
        self.outputs_changed()

    @after_write("speed")
    def set_speed(self) -> None:
        """The speed is taken in reset alone."""
        if not self.hw.phy_ctrl.rst:
            self.violation("speed changed outside reset")

    def lock_or_not(self, lock: bool) -> None:
        """The PLL has locked, or its time is over."""
        lock = lock and self.supplied("source")
        self.hw.pll.lock = lock
        self.hw.pll.lock_timeout = not lock
        if lock and self.fault("lock_lost"):
            self.settling.append(self.after(self.loss_time, self.lose_lock))

    def lose_lock(self) -> None:
        """Lock is lost, and that it was is latched."""
        self.hw.pll.lock = False
        self.hw.pll.lock_timeout = True
        self.hw.pll.lock_lost = True
        self.outputs_changed()

    @after_pulse("zq_ctrl.start")
    def calibrate(self) -> None:
        """Begin to calibrate the impedance; it needs the clock."""
        zq = self.hw.zq_status
        if zq.busy or not self.hw.pll.lock:
            self.violation("impedance calibration started while it runs, or without a clock")
            return
        zq.busy = True
        zq.done = False
        self.settling.append(self.after(self.zq_time, self.calibrated))

    def calibrated(self) -> None:
        """The impedance is calibrated."""
        zq = self.hw.zq_status
        zq.busy, zq.code, zq.done = False, 0x1F, True

    @after_write("dfi_init")
    def ask_for_dfi(self) -> None:
        """Begin DFI's initialisation, which waits for the impedance; or withdraw it."""
        complete, calibrated = self.hw.dfi_status.complete, self.hw.zq_status.done
        if not self.hw.dfi_init.start:
            self.cancel(self.asking)
            self.asking = None
            self.hw.dfi_status.complete = False
            self.outputs_changed()
        elif calibrated and not complete and self.asking is None and not self.fault("no_dfi"):
            self.asking = self.after(self.dfi_time, self.complete_dfi)

    def complete_dfi(self) -> None:
        """DFI's initialisation is answered."""
        self.asking = None
        self.hw.dfi_status.complete = True
        self.outputs_changed()

    # Training.

    @after_pulse("train_cmd.start")
    def train(self) -> None:
        """Start the sequencer's training, from its first step."""
        if self.started_at is not None:
            self.violation("training started while training or test was running")
            return
        if not (self.hw.dfi_status.complete and self.supplied("link")):
            self.violation("training started without DFI, or without a stack: there is nothing to train")
            return
        if self.hw.train_cmd.steps != ALL_STEPS:
            self.violation("training steps left out: those after them are worth nothing")
        self._withdraw()
        self._start_timer()
        self.hw.train_status.code = TrainCodeE.STARTED
        self.outputs_changed()
        fail = self.fault("train_fail")
        if not self.fault("stuck_busy"):
            self.sequencer = self.after(self.train_time // 5, self.step_done, TrainStepE.RX_OFFSET, fail)

    def step_done(self, done: TrainStepE, fail: Fault | None) -> None:
        """One step is done; a failure triggers at the third."""
        self.hw.post_code.code = done << 8 | 100
        if fail is not None and done is TrainStepE.VREF:
            self.hw.fail_step.step = done
            self.hw.fail_channels.mask = 1 << int(fail.value or 0)
            self._trained(TrainCodeE.FAILED)
        elif done is TrainStepE.CENTRING:
            self._measure_eyes()
            self._trained(GARBAGE if self.fault("garbled") else TrainCodeE.PASSED)
        else:
            self.sequencer = self.after(self.train_time // 5, self.step_done, TrainStepE(done + 1), fail)

    def _measure_eyes(self) -> None:
        small = self.fault("marginal")
        limit = self.hw.eye_limit
        for channel, regs in enumerate(self.hw.ch):
            regs.vref.code = 0x38 + channel
            regs.delay.wdqs2ck = 200 + channel
            regs.delay.rx = 100 + channel
            regs.eye.width = 12 if small is not None and channel == int(small.value or 0) else 30
            regs.eye.height = 60
            if regs.eye.width < limit.width or regs.eye.height < limit.height:
                self.hw.marginal.mask = self.hw.marginal.mask | 1 << channel
        self.hw.drift.trained = self.hw.drift.present = 0x80

    def _trained(self, code: int) -> None:
        self._stop_timer()
        self.hw.train_status.code = code
        self.outputs_changed()

    # Memory test.

    @after_pulse("test_cmd.start")
    def test(self) -> None:
        """Start the sequencer's memory test, which destroys the contents."""
        if self.started_at is not None:
            self.violation("memory test started while training or test was running")
            return
        if self.hw.train_status.code != TrainCodeE.PASSED:
            self.violation("memory test without training")
            return
        if self.provides(""):
            self.violation("memory test over a memory in service")
        status = self.hw.test_status
        status.busy, status.done, status.fail_channels = True, False, 0
        self._start_timer()
        self.outputs_changed()
        if not self.fault("stuck_busy"):
            self.sequencer = self.after(self.test_time, self.tested)

    def tested(self) -> None:
        """The memory test ends; a channel that failed it is named. What is planted for service begins here."""
        self._stop_timer()
        fail = self.fault("test_fail")
        status = self.hw.test_status
        status.busy, status.done = False, True
        status.fail_channels = 0 if fail is None else 1 << int(fail.value or 0)
        self.hw.post_code.code = 0x0700
        self.outputs_changed()
        if self.fault("dfi_lost"):
            self.settling.append(self.after(self.loss_time, self.lose_dfi))
        if self.fault("drift"):
            self.settling.append(self.after(self.loss_time, self.drift))

    # What goes wrong in service.

    def lose_dfi(self) -> None:
        """DFI is lost: the memory is out of reach."""
        self.hw.dfi_status.complete = False
        self.outputs_changed()

    def drift(self) -> None:
        """Only what is trained can drift."""
        if self.hw.train_status.code == TrainCodeE.PASSED:
            self.hw.drift.present = 0xA0
            self.hw.drift.retrain = True

    def plant(self, name: str, value: int | float | str | None = None, **more: int | float | str | None) -> Fault:
        """Like any model; what can be lost while in service is lost at once."""
        planted = super().plant(name, value, **more)  # type: ignore[arg-type]
        loss = {"lock_lost": self.lose_lock, "dfi_lost": self.lose_dfi, "drift": self.drift}.get(name)
        if loss is not None and self.provides("") and self.fault(name):
            loss()
        return planted

    # The sequencer's time and results.

    def _withdraw(self) -> None:
        """Training and test never were; whatever the sequencer does ends."""
        self.cancel(self.sequencer)
        self.sequencer = self.started_at = None
        self.hw.train_status.code = TrainCodeE.NOT_STARTED
        self.hw.fail_step.step = TrainStepE.NONE
        status = self.hw.test_status
        status.busy = status.done = status.fail_channels = 0
        for register, field in (("post_code", "code"), ("fail_channels", "mask"), ("marginal", "mask")):
            setattr(getattr(self.hw, register), field, 0)
        self.hw.drift.retrain = False
        self.hw.elapsed.us = 0

    def _start_timer(self) -> None:
        self.started_at = self.ran
        self.hw.elapsed.us = 0

    def _stop_timer(self) -> None:
        self.look()
        self.started_at = None

    @before_read("elapsed", "fw_heartbeat")
    def look(self) -> None:
        """Bring timer (us) and heartbeat (ms) up to now."""
        if self.started_at is not None:
            self.hw.elapsed.us = min((self.ran - self.started_at) // 1000, 0xFFFF_FFFF)
        self.hw.fw_heartbeat.count = self.now // 1_000_000 & 0xFFFF_FFFF
