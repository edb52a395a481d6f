"""Driver of one end of a die-to-die link. Source: Tern data sheet, D2D (`d2d.rdl`); link training as in UCIe.

The ends are a pair: each is told to train by itself, and neither is before both are on the sideband. The hardware bounds how long
one end waits for the other, so a controller that died between the two finds an error that it can leave, never a deadlock.
"""

from __future__ import annotations

from types import MappingProxyType

from bedplate.block import OFF, Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.ip.d2d.regs import CauseE, D2dRegs, LtsmE

HUNG_AFTER = ms(40)
"""Training that has been running for so long will not end any more: waiting for the other end is bounded by 8 ms, twice."""


def _running(end: D2d) -> int:
    return us(end.regs.elapsed.read().us)


class D2dState(State):
    """States of one end of a link."""

    OFF = "disabled"
    ALONE = "sideband up, the other end is not heard"
    READY = "sideband up on both ends, not told to train"
    TRAINING = "told to train, training in progress"
    UP = "the link is up"
    ABANDONED = fault("told to train, but the other end was not, in time")
    TRAIN_ERROR = fault("training failed, here or at the other end")
    LANES_LOST = fault("lanes of this end failed while the link was up")
    PARTNER_LOST = fault("the other end went away while the link was up")
    HUNG = fault("training does not end: the training engine hangs")
    GARBLED = fault("the link state holds none of its codes, or none that an end that is enabled can have")


BY_LTSM = MappingProxyType(
    {
        LtsmE.SBINIT: D2dState.ALONE,
        LtsmE.MBINIT: D2dState.TRAINING,
        LtsmE.MBTRAIN: D2dState.TRAINING,
        LtsmE.LINKINIT: D2dState.TRAINING,
        LtsmE.ACTIVE: D2dState.UP,
        LtsmE.TRAINERROR: D2dState.TRAIN_ERROR,
    }
)
"""The link state machine, as far as it alone says it. One that is enabled is never in RESET."""

BY_CAUSE = MappingProxyType(
    {
        CauseE.NO_PARTNER: D2dState.ABANDONED,
        CauseE.LOST: D2dState.PARTNER_LOST,
        CauseE.LANES: D2dState.LANES_LOST,
    }
)
"""What else than failed training an end may be in an error for."""


class D2d(Block[D2dRegs, None]):
    """One end of a die-to-die link, from disabled to a link that is up."""

    goal = D2dState.UP
    reset_state = D2dState.OFF
    goals = MappingProxyType({OFF: D2dState.OFF})
    requires = (Kind.CLOCK, Kind.RESET)
    loses = MappingProxyType(dict.fromkeys((Kind.CLOCK, Kind.RESET), Effect.STOPS_TRAFFIC))

    def observe(self) -> D2dState:
        if not self.regs.ctrl.read().enable:
            return D2dState.OFF
        status = self.regs.status.read()
        state = BY_LTSM.get(status.ltsm, D2dState.GARBLED)
        if state is D2dState.ALONE and status.partner:
            state = D2dState.READY
        elif state is D2dState.TRAINING and _running(self) >= HUNG_AFTER:
            state = D2dState.HUNG
        elif state is D2dState.TRAIN_ERROR:
            state = BY_CAUSE.get(status.cause, state)
        return state

    def detail(self) -> str:
        """Where the end is, and why, as the link state machine says."""
        return repr(self.regs.status.read())

    @step(D2dState.OFF, D2dState.ALONE, effect=Effect.STOPS_TRAFFIC)
    def enable(self) -> None:
        """Sideband up."""
        self.regs.ctrl.write(enable=True)

    sideband = wait(D2dState.ALONE, D2dState.READY, typical=us(15), limit=ms(1), together=True)

    @step(D2dState.READY, D2dState.TRAINING, effect=Effect.STOPS_TRAFFIC, together=True)
    def train(self) -> None:
        """Tell this end; the other one is told in its own turn."""
        self.regs.cmd.pulse(train=True)

    training = wait(D2dState.TRAINING, D2dState.UP, typical=ms(12), limit=ms(50), elapsed=_running)

    # Recovery. Each of these is tried once in a converge; then the fault is reported.

    @step(
        (D2dState.TRAIN_ERROR, D2dState.LANES_LOST),
        D2dState.ALONE,
        effect=Effect.STOPS_TRAFFIC,
        attempts=1,
    )
    def leave_error(self) -> None:
        """Back to the sideband."""
        self.regs.cmd.pulse(stop=True)

    @step((D2dState.ABANDONED, D2dState.PARTNER_LOST), D2dState.ALONE, effect=Effect.STOPS_TRAFFIC, attempts=1)
    def begin_anew(self) -> None:
        """Back to the sideband, as well, for what was no failure to train: the other end was not told, or went away meanwhile."""
        self.regs.cmd.pulse(stop=True)

    @step((D2dState.HUNG, D2dState.GARBLED), D2dState.OFF, effect=Effect.STOPS_TRAFFIC, attempts=1)
    def reset(self) -> None:
        """Only disabling ends what the training engine hangs in."""
        self.regs.ctrl.write(enable=False)

    # Out of service.

    @step(D2dState.UP, D2dState.READY, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def stop(self) -> None:
        """Take the link down, which tells the other end: nothing is lost unawares."""
        self.regs.cmd.pulse(stop=True)

    @step((D2dState.ALONE, D2dState.READY), D2dState.OFF, effect=Effect.STOPS_TRAFFIC, toward=OFF)
    def disable(self) -> None:
        """Sideband down."""
        self.regs.ctrl.write(enable=False)

    @step(
        (
            *(D2dState.ABANDONED, D2dState.TRAIN_ERROR, D2dState.LANES_LOST, D2dState.PARTNER_LOST),
            *(D2dState.HUNG, D2dState.GARBLED),
        ),
        D2dState.OFF,
        effect=Effect.STOPS_TRAFFIC,
        toward=OFF,
    )
    def give_up(self) -> None:
        """Out of an error, straight to where it is wanted."""
        self.regs.ctrl.write(enable=False)
