"""Driver of the clock manager. Source: Tern data sheet, CLKMGR (`clkmgr.rdl`)."""

from __future__ import annotations

from types import MappingProxyType

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, Output, State, fault, ms, step, us, wait
from bedplate.ip.clkmgr.regs import ClkmgrRegs, ClockSourceE

CORE = 0
"""The root that clocks the manager's own neighbourhood: always the first."""


class ClkmgrState(State):
    """States of a clock manager, by its core root."""

    ON_REFERENCE = "the core root does not run from its PLL, or its gate is closed, as after reset"
    SWITCHING = "the core root's switch waits for both clocks, on its way to the PLL"
    RETURNING = "the core root's switch waits for both clocks, on its way back to the reference"
    ON_PLL = "the core root runs from its PLL, gate open"
    DEAD_CLOCK = fault("the core root's switch gave up: its PLL gives no clock")


class ClockRoot(Output["Clkmgr"]):
    """One clock root. On means: from the PLL, with its gate open, by the switch's own status."""

    KIND = Kind.CLOCK
    __slots__ = ()
    limit = us(100)
    effect = Effect.STOPS_TRAFFIC

    def is_on(self) -> bool:
        status = self.provider.regs.status.read()
        return bool(status.on_pll >> self.index & status.enabled >> self.index & 1)

    def is_coming(self) -> bool:
        regs = self.provider.regs
        switching = regs.status.read().switching >> self.index & 1
        return bool(switching and regs.root[self.index].read().source is ClockSourceE.PLL)

    def turn_on(self) -> None:
        self.provider.regs.root[self.index].write(source=ClockSourceE.PLL, enable=True)

    def turn_off(self) -> None:
        """The gate closes at once; the switch goes back to the reference, so that the PLL may stop."""
        self.provider.regs.root[self.index].write(source=ClockSourceE.REFERENCE, enable=False)


class Clkmgr(Block[ClkmgrRegs, tuple[str, ...]]):
    """Clock roots, named in the order of their index by `config`; the first is the core root, which the goal is about."""

    goal = ClkmgrState.ON_PLL
    reset_state = ClkmgrState.ON_REFERENCE
    goals = MappingProxyType({OFF: ClkmgrState.ON_REFERENCE})
    requires = (Kind.SOURCE,)
    loses = MappingProxyType(dict.fromkeys((Kind.POWER, Kind.RESET, Kind.SOURCE), Effect.STOPS_TRAFFIC))

    def observe(self) -> ClkmgrState:
        status = self.regs.status.read()
        if status.switching >> CORE & 1:
            away = self.regs.root[CORE].read().source is ClockSourceE.PLL
            return ClkmgrState.SWITCHING if away else ClkmgrState.RETURNING
        if status.on_pll >> CORE & 1:
            return ClkmgrState.ON_PLL if status.enabled >> CORE & 1 else ClkmgrState.ON_REFERENCE
        if self.regs.root[CORE].read().source is ClockSourceE.PLL and self.regs.errors.read().dead >> CORE & 1:
            return ClkmgrState.DEAD_CLOCK
        return ClkmgrState.ON_REFERENCE

    def detail(self) -> str:
        return f"{self.regs.status.read()!r}, {self.regs.errors.read()!r}"

    @step(ClkmgrState.ON_REFERENCE, ClkmgrState.SWITCHING, effect=Effect.STOPS_TRAFFIC)
    def switch(self) -> None:
        """Take the core root from its PLL and open the gate."""
        self.regs.root[CORE].write(source=ClockSourceE.PLL, enable=True)

    acknowledge = wait(ClkmgrState.SWITCHING, ClkmgrState.ON_PLL, typical=us(1), limit=ms(1))

    @step(ClkmgrState.DEAD_CLOCK, ClkmgrState.ON_REFERENCE, effect=Effect.STOPS_TRAFFIC, toward=(SERVICE, OFF))
    def back_to_reference(self) -> None:
        """Give up the dead clock, so that the switch can be asked again; the error stays as evidence."""
        self.regs.root[CORE].write(source=ClockSourceE.REFERENCE, enable=True)

    @step(ClkmgrState.ON_PLL, ClkmgrState.RETURNING, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def leave_pll(self) -> None:
        """The core root runs from the reference again, its gate open: the manager's own neighbourhood keeps its clock."""
        self.regs.root[CORE].write(source=ClockSourceE.REFERENCE, enable=True)

    return_ = wait(ClkmgrState.RETURNING, ClkmgrState.ON_REFERENCE, typical=us(1), limit=ms(1))

    def root(self, name: str) -> ClockRoot:
        """The clock root of that name, for the wiring. Raises ValueError for a name that `config` does not list."""
        return ClockRoot(self, self.config.index(name), name)
