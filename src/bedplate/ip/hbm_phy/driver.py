"""Driver of the PHY of a stack. Source: Tern data sheet, HBM_PHY (`hbm_phy.rdl`).

PLL, impedance, DFI handshake, training by the PHY's own sequencer, memory test. The last two take long, so they are states:
all stacks of a chip train at the same time.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, ms, s, step, us, wait
from bedplate.ip.hbm_phy.regs import HbmPhyRegs, TrainCodeE

HUNG_AFTER = s(1)
"""Training or test that has been running for so long will not end any more; both usually take 0.3 s."""

COUNTED_WITHIN = 1
"""How far the counted rate of a healthy clock may be off (MHz)."""

ALL_STEPS = 0x1F
"""Receiver offset, duty cycle, reference voltage, write strobe, centring: always all, redoing one invalidates the later ones."""


class HbmPhyConfig(NamedTuple):
    """Speed bin (4800 + 400 * bin MT/s a pin), the smallest eye: width in 1/64 of a unit interval, height in mV; clock in MHz."""

    speed_bin: int = 4
    eye_width: int = 20
    eye_height: int = 40
    mhz: int = 1660


def _running(phy: HbmPhy) -> int:
    return us(phy.regs.elapsed.read().us)


class HbmPhyState(State):
    """States of a PHY."""

    OFF = "in reset or powered down"
    LOCKING = "released at the planned speed, waiting for its PLL"
    LOCKED = "PLL locked, impedance not calibrated"
    CALIBRATING = "impedance calibration in progress"
    CALIBRATED = "impedance calibrated, DFI not asked for"
    DFI_STARTING = "DFI initialisation asked for"
    UNTRAINED = "DFI complete, no training yet"
    TRAINING = "training in progress"
    TRAINED = "all channels trained with good eyes, memory not tested"
    TESTING = "memory test in progress"
    READY = "trained and tested"
    NO_LOCK = fault("the PLL did not lock within its own timeout")
    HUNG = fault("training or test does not end: the sequencer hangs")
    TRAIN_FAILED = fault("training failed")
    MARGINAL = fault("training passed with an eye that is too small")
    TEST_FAILED = fault("the memory test failed")
    DRIFTED = fault("the eye has drifted: the PHY asks for training")
    LOCK_LOST = fault("the PLL lost lock after training")
    DFI_LOST = fault("DFI was lost after training")
    GARBLED = fault("the training status holds none of its codes")
    MISCONFIGURED = fault("released at another speed or eye limit than planned")
    WRONG_RATE = fault("locked to a clock of another rate than planned")


BY_CODE = MappingProxyType(
    {
        TrainCodeE.NOT_STARTED: HbmPhyState.UNTRAINED,
        TrainCodeE.STARTED: HbmPhyState.TRAINING,
        TrainCodeE.FAILED: HbmPhyState.TRAIN_FAILED,
    }
)
"""Training by table: the code for "not yet" is not zero, and the one for "in progress" is."""


class HbmPhy(Block[HbmPhyRegs, HbmPhyConfig]):
    """The PHY of one stack: 16 channels, from reset to trained and tested."""

    goal = HbmPhyState.READY
    reset_state = HbmPhyState.OFF
    goals = MappingProxyType({OFF: HbmPhyState.OFF})
    requires = (Kind.POWER, Kind.CLOCK, Kind.RESET, Kind.SOURCE, Kind.LINK)
    loses = MappingProxyType(  # its registers' clock alone may stop: it goes on where it was
        {
            **dict.fromkeys((Kind.POWER, Kind.RESET, Kind.SOURCE, Kind.LINK), Effect.STOPS_TRAFFIC),
            Kind.CLOCK: Effect.NONE,
        }
    )

    def observe(self) -> HbmPhyState:
        ctrl = self.regs.phy_ctrl.read()
        if ctrl.rst or ctrl.pd:
            return HbmPhyState.OFF
        if not self.is_as_planned():
            return HbmPhyState.MISCONFIGURED
        code, pll = self.regs.train_status.read().code, self.regs.pll.read()
        if not pll.lock:
            if code is not TrainCodeE.NOT_STARTED:
                return HbmPhyState.LOCK_LOST
            return HbmPhyState.NO_LOCK if pll.lock_timeout else HbmPhyState.LOCKING
        if abs(pll.mhz - self.config.mhz) > COUNTED_WITHIN:
            return HbmPhyState.WRONG_RATE
        zq = self.regs.zq_status.read()
        if zq.busy:
            return HbmPhyState.CALIBRATING
        if not zq.done:
            return HbmPhyState.LOCKED
        if not self.regs.dfi_init.read().start:
            return HbmPhyState.CALIBRATED
        if not self.regs.dfi_status.read().complete:
            return HbmPhyState.DFI_STARTING if code is TrainCodeE.NOT_STARTED else HbmPhyState.DFI_LOST
        return self._training(code)

    def is_as_planned(self) -> bool:
        """Whether speed and eye limit are those wanted."""
        limit = self.regs.eye_limit.read()
        return (self.regs.speed.read().bin, limit.width, limit.height) == self.config[:3]

    def _training(self, code: TrainCodeE) -> HbmPhyState:
        if code is TrainCodeE.STARTED and _running(self) >= HUNG_AFTER:
            return HbmPhyState.HUNG
        if code is not TrainCodeE.PASSED:
            return BY_CODE.get(code, HbmPhyState.GARBLED)
        test = self.regs.test_status.read()
        if test.busy:
            return HbmPhyState.HUNG if _running(self) >= HUNG_AFTER else HbmPhyState.TESTING
        if self.regs.marginal.read().mask:
            return HbmPhyState.MARGINAL
        if not test.done:
            return HbmPhyState.TRAINED
        if test.fail_channels:
            return HbmPhyState.TEST_FAILED
        return HbmPhyState.DRIFTED if self.regs.drift.read().retrain else HbmPhyState.READY

    def detail(self) -> str:
        """Which channels are concerned, at which step, and how far the sequencer came."""
        step = self.regs.fail_step.read().step
        masks = {
            f"failed at {step.name}": self.regs.fail_channels.read().mask,
            "marginal": self.regs.marginal.read().mask,
            "failed the memory test": self.regs.test_status.read().fail_channels,
        }
        found = [f"{_channels(mask)} {what}" for what, mask in masks.items() if mask]
        return ", ".join([*found, f"POST code 0x{self.regs.post_code.read().code:04x}, {self.regs.pll.read()!r}"])

    @step(HbmPhyState.OFF, HbmPhyState.LOCKING, effect=Effect.LOSES_DATA)
    def power_up(self) -> None:
        """Speed and eye limit while in reset, then power, then reset. What is in reset has no data to lose."""
        config = self.config
        self.regs.phy_ctrl.write(rst=True, pd=True)
        self.regs.dfi_init.write(start=False)
        self.regs.speed.write(bin=config.speed_bin)
        self.regs.eye_limit.write(width=config.eye_width, height=config.eye_height)
        self.regs.phy_ctrl.write(rst=True, pd=False)
        self.settle(us(1))
        self.regs.phy_ctrl.write(rst=False, pd=False)

    lock = wait(HbmPhyState.LOCKING, HbmPhyState.LOCKED, typical=us(20), limit=ms(1))

    @step(HbmPhyState.LOCKED, HbmPhyState.CALIBRATING)
    def calibrate_impedance(self) -> None:
        """Against the external resistor."""
        self.regs.zq_ctrl.pulse(start=True)

    calibration = wait(HbmPhyState.CALIBRATING, HbmPhyState.CALIBRATED, typical=us(50), limit=ms(1))

    @step(HbmPhyState.CALIBRATED, HbmPhyState.DFI_STARTING)
    def start_dfi(self) -> None:
        """Ask for DFI initialisation: a level, which may be written again."""
        self.regs.dfi_init.write(start=True)

    dfi = wait(HbmPhyState.DFI_STARTING, HbmPhyState.UNTRAINED, typical=us(10), limit=ms(1))

    @step(HbmPhyState.UNTRAINED, HbmPhyState.TRAINING, effect=Effect.LOSES_DATA)
    def train(self) -> None:
        """All steps, in the sequencer's order."""
        self.regs.train_cmd.write(steps=ALL_STEPS, start=True)

    training = wait(HbmPhyState.TRAINING, HbmPhyState.TRAINED, typical=ms(300), limit=s(1.2), elapsed=_running)

    @step(HbmPhyState.TRAINED, HbmPhyState.TESTING, effect=Effect.LOSES_DATA)
    def test_memory(self) -> None:
        """Patterns over all channels."""
        self.regs.test_cmd.pulse(start=True)

    test = wait(HbmPhyState.TESTING, HbmPhyState.READY, typical=ms(300), limit=s(1.2), elapsed=_running)

    # Recovery. Each of these is tried once in a converge; then the fault is reported, with its channels.

    @step(
        (HbmPhyState.TRAIN_FAILED, HbmPhyState.MARGINAL, HbmPhyState.TEST_FAILED, HbmPhyState.DRIFTED),
        HbmPhyState.TRAINING,
        effect=Effect.LOSES_DATA,
        attempts=1,
        withdraws=True,
    )
    def train_again(self) -> None:
        """All steps once more."""
        self.regs.train_cmd.write(steps=ALL_STEPS, start=True)

    @step(HbmPhyState.HUNG, HbmPhyState.OFF, effect=Effect.LOSES_DATA, attempts=1, toward=(SERVICE, OFF))
    def reset_sequencer(self) -> None:
        """Only the reset of the PHY ends what the sequencer hangs in."""
        self.regs.phy_ctrl.write(rst=True, pd=True)

    @step(
        (
            HbmPhyState.NO_LOCK,
            HbmPhyState.LOCK_LOST,
            HbmPhyState.DFI_LOST,
            HbmPhyState.GARBLED,
            HbmPhyState.MISCONFIGURED,
            HbmPhyState.WRONG_RATE,
        ),
        HbmPhyState.OFF,
        effect=Effect.LOSES_DATA,
        toward=(SERVICE, OFF),
        withdraws=True,
    )
    def reset(self) -> None:
        """Back into reset: everything is forgotten."""
        self.regs.phy_ctrl.write(rst=True, pd=True)

    @step(
        (
            *(HbmPhyState.LOCKING, HbmPhyState.LOCKED, HbmPhyState.CALIBRATING, HbmPhyState.CALIBRATED),
            *(HbmPhyState.DFI_STARTING, HbmPhyState.UNTRAINED, HbmPhyState.TRAINING, HbmPhyState.TRAINED),
            *(HbmPhyState.TESTING, HbmPhyState.READY, HbmPhyState.TRAIN_FAILED, HbmPhyState.MARGINAL),
            *(HbmPhyState.TEST_FAILED, HbmPhyState.DRIFTED),
        ),
        HbmPhyState.OFF,
        effect=Effect.LOSES_DATA,
        toward=OFF,
        withdraws=True,
    )
    def power_down(self) -> None:
        """Into reset and powered down; training or test that runs ends there, and nobody wants its result."""
        self.reset()


def _channels(mask: int) -> str:
    numbers = [str(channel) for channel in range(16) if mask >> channel & 1]
    return f"channel{'s' if len(numbers) > 1 else ''} {' '.join(numbers)}"
