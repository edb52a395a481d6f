"""Driver of the reset manager. Source: Tern data sheet, RSTMGR (`rstmgr.rdl`)."""

from __future__ import annotations

from typing import Any

from bedplate.block import Block, Effect, Kind, Output, State, fault, ms, us, wait
from bedplate.ip.rstmgr.regs import RstmgrRegs


class RstmgrState(State):
    """States of a reset manager."""

    SEQUENCING = "the power-on sequence is running"
    READY = "lines can be released"
    INCONSISTENT = fault("the sequencer reports an inconsistency")


class ResetLine(Output["Rstmgr"]):
    """One reset line. On means released."""

    KIND = Kind.RESET
    __slots__ = ()
    limit = us(100)
    effect = Effect.STOPS_TRAFFIC

    def is_on(self) -> bool:
        return bool(self.provider.regs.lines.read().released >> self.index & 1)

    def is_coming(self) -> bool:
        """Asked for already, for whomever: its synchroniser takes a few clocks."""
        return self.provider.regs.line[self.index].read().released

    def turn_on(self) -> None:
        self.provider.regs.line[self.index].write(released=True)

    def turn_off(self) -> None:
        self.provider.regs.line[self.index].write(released=False)


class Rstmgr(Block[RstmgrRegs, tuple[str, ...]]):
    """Reset lines, named in the order of their index by `config`. Attaching only releases; a run that leads out of service asserts."""

    goal = RstmgrState.READY
    reset_state = RstmgrState.SEQUENCING

    def observe(self) -> RstmgrState:
        status = self.regs.status.read()
        if status.error:
            return RstmgrState.INCONSISTENT
        return RstmgrState.SEQUENCING if status.busy else RstmgrState.READY

    def detail(self) -> str:
        return repr(self.regs.status.read())

    sequence = wait(RstmgrState.SEQUENCING, RstmgrState.READY, typical=us(50), limit=ms(10))

    def line(self, name: str) -> ResetLine:
        """The reset line of that name, for the wiring. Raises ValueError for a name that `config` does not list."""
        return ResetLine(self, self.config.index(name), name)


def epoch_by_line(block: Block[Any, Any]) -> int:
    """Which epoch counts the resets of an instance, where 0 is that of its die, and one for each reset line follows."""
    return next((1 + need.index for need in block.needs if isinstance(need, ResetLine)), 0)
