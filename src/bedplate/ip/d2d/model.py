"""Behaviour of one end of a die-to-die link: sideband, training with the other end, and what may be lost in service."""

from __future__ import annotations

from bedplate.bus import ms, us
from bedplate.ip.d2d.regs import CauseE, D2dRegs, LtsmE
from bedplate.model import Fault, Model, QueuedEvent, after_pulse, after_write, before_read, fault_kinds

AWAKE, TRAINING, TRAINED = "awake", "training", "trained"
TRAINS = (LtsmE.MBINIT, LtsmE.MBTRAIN, LtsmE.LINKINIT)


class D2dModel(Model):
    """One end. What it tells the other one is levels on wires; it follows theirs at once."""

    regs = D2dRegs
    wires = (AWAKE, TRAINING, TRAINED)
    faults = fault_kinds(
        "train_fail",
        "stuck_busy",
        no_sideband="the other end hears nothing",
        lanes_lost="lanes fail, at once or when the link comes up",
    )
    free = frozenset({"elapsed"})
    evidence = frozenset({"log"})
    sideband_time = us(10)
    train_time = ms(10)
    patience = ms(8)
    """How long an end waits for the other one, before training and after it."""
    side = 0
    loss_time = us(100)
    """From coming up to the loss of lanes, where that is planted."""

    def after_reset(self) -> None:
        self.greeting: QueuedEvent | None = None
        """The sideband's handshake."""
        self.engine: QueuedEvent | None = None
        """What ends the present part of training."""
        self.failing: QueuedEvent | None = None
        """Lanes that will be lost."""
        self.started_at: int | None = None
        """Since when training runs."""
        self.hw.status.side = self.side

    def provides(self, port: str) -> bool:
        """The link; or one of the wires to the other end, on which nothing is driven without a clock or by a dead transmitter."""
        ltsm = self.hw.status.ltsm
        if not port:
            return bool(ltsm == LtsmE.ACTIVE)
        if not self.supplied("clock") or self.peek_fault("no_sideband"):
            return False
        return bool(
            {
                AWAKE: LtsmE.RESET < ltsm < LtsmE.TRAINERROR,
                TRAINING: LtsmE.MBINIT <= ltsm < LtsmE.TRAINERROR,
                TRAINED: LtsmE.LINKINIT <= ltsm < LtsmE.TRAINERROR,
            }[port]
        )

    # Software

    @after_write("ctrl")
    def control(self) -> None:
        """Enabled out of reset, the end begins on its sideband; disabled, it goes back from wherever it is."""
        if self.hw.ctrl.enable:
            if self.hw.status.ltsm == LtsmE.RESET:
                self._enter(LtsmE.SBINIT)
            return
        if self.hw.status.ltsm == LtsmE.ACTIVE:
            self.violation("disabled while the link was up")
        self._enter(LtsmE.RESET)

    @after_pulse("cmd.stop")
    def stop(self) -> None:
        """Leave training, service or an error for the sideband."""
        if self.hw.status.ltsm not in (LtsmE.RESET, LtsmE.SBINIT):
            self._enter(LtsmE.SBINIT)

    @after_pulse("cmd.train")
    def train(self) -> None:
        """Begin to train, and wait for the other end to do so."""
        ltsm = self.hw.status.ltsm
        if ltsm in TRAINS:
            self.violation("told to train while training")
        elif ltsm == LtsmE.ACTIVE:
            self.violation("told to train while the link was up")
        elif ltsm != LtsmE.SBINIT:
            self.violation("told to train without a sideband")
        else:
            if not self.hw.status.partner:
                self.violation("told to train with nobody on the sideband")
            self.started_at = self.now
            self.hw.elapsed.us = 0
            self.engine = self.after(self.patience, self.fail, CauseE.NO_PARTNER)
            self._enter(LtsmE.MBINIT)

    # The other end

    def inputs_changed(self) -> None:
        """Follow the other end, as far as that leads."""
        before = None
        while before != self.hw.status.ltsm:
            before = self.hw.status.ltsm
            self._follow(before)
        self._greet()

    def _follow(self, ltsm: int) -> None:
        if ltsm == LtsmE.MBINIT and self.hears(TRAINING):
            self._train()
        elif ltsm in (LtsmE.MBTRAIN, LtsmE.LINKINIT) and not self.hears(TRAINING):
            self.fail(CauseE.REMOTE)
        elif ltsm == LtsmE.LINKINIT and self.hears(TRAINED):
            self._enter(LtsmE.ACTIVE)
            if self.fault("lanes_lost"):
                self.failing = self.after(self.loss_time, self.lose, CauseE.LANES)
        elif ltsm == LtsmE.ACTIVE and not self.hears(TRAINED):
            if self.hears(AWAKE):
                self._enter(LtsmE.SBINIT)
            else:
                self.lose(CauseE.LOST)

    def _greet(self) -> None:
        """Both ends awake: each hears the other a moment later; one that falls asleep is not heard any more."""
        if not (self.provides_awake() and self.hears(AWAKE)):
            self.cancel(self.greeting)
            self.greeting = None
            self.hw.status.partner = False
        elif not self.hw.status.partner and self.greeting is None:
            self.greeting = self.after(self.sideband_time, self.hear)

    def provides_awake(self) -> bool:
        """Whether it listens."""
        return bool(LtsmE.RESET < self.hw.status.ltsm < LtsmE.TRAINERROR)

    def hear(self) -> None:
        """The sideband's handshake is done: the other end is there."""
        self.greeting = None
        self.hw.status.partner = True

    # The training engine

    def _train(self) -> None:
        self.cancel(self.engine)
        self.engine = None
        failed, hangs = self.fault("train_fail"), self.fault("stuck_busy")
        if failed:
            self.engine = self.after(self.train_time // 2, self.fail, CauseE.FAILED)
        elif not hangs:
            self.engine = self.after(self.train_time, self.trained)
        self._enter(LtsmE.MBTRAIN)

    def trained(self) -> None:
        """This end is done, and waits for the other one."""
        self.engine = self.after(self.patience, self.fail, CauseE.TIMEOUT)
        self._enter(LtsmE.LINKINIT)

    def fail(self, cause: CauseE) -> None:
        """Training ends in an error; only a failure of its own is logged."""
        if cause is CauseE.FAILED:
            self.hw.log.train_failed = True
        self._enter(LtsmE.TRAINERROR, cause)

    def lose(self, cause: CauseE) -> None:
        """The link that was up is lost, which is logged."""
        self.hw.log.link_lost = True
        self._enter(LtsmE.TRAINERROR, cause)

    def _enter(self, ltsm: LtsmE, cause: CauseE = CauseE.NONE) -> None:
        """The one place where the state changes: what belongs to the one before ends."""
        if ltsm not in TRAINS:
            self.look()
            self.cancel(self.engine)
            self.cancel(self.failing)
            self.engine = self.failing = self.started_at = None
        self.hw.status.ltsm, self.hw.status.cause = ltsm, cause
        self.outputs_changed()
        self.inputs_changed()

    @before_read("elapsed")
    def look(self) -> None:
        """Bring the timer of training up to now (us)."""
        if self.started_at is not None:
            self.hw.elapsed.us = min((self.now - self.started_at) // 1000, 0xFFFF_FFFF)

    def fault_planted(self, fault: Fault) -> None:
        """What can be lost while the link is up is lost at once."""
        if fault.name == "lanes_lost" and self.hw.status.ltsm == LtsmE.ACTIVE and self.fault("lanes_lost"):
            self.lose(CauseE.LANES)
        if fault.name == "no_sideband":
            self.outputs_changed()
