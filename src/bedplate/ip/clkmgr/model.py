"""Behaviour of the clock manager: switches that wait for both clocks, and gates."""

from __future__ import annotations

from bedplate.bus import us
from bedplate.ip.clkmgr.regs import ClkmgrRegs
from bedplate.model import Model, QueuedEvent, SoftwareAccess, after_write, fault_kinds


class ClkmgrModel(Model):
    """A clock manager whose root i is named `roots[i]`."""

    regs = ClkmgrRegs
    faults = fault_kinds(
        stuck_busy="a switch never finishes",
        dead_clock="a switch gives up",
    )
    evidence = frozenset({"errors"})
    roots: tuple[str, ...] = ()
    switch_time = us(1)
    give_up_time = us(20)

    def after_reset(self) -> None:
        self.under_way: dict[int, QueuedEvent] = {}
        """What each root's switch is about to do."""

    @after_write("root")
    def root(self, access: SoftwareAccess) -> None:
        """Gate the root at once; where another source is asked for, begin to switch. One that gets no clock gives up."""
        bit = 1 << access.index
        root, status = self.hw.root[access.index], self.hw.status
        status.enabled = status.enabled | bit if root.enable else status.enabled & ~bit
        if bool(root.source) == bool(status.on_pll & bit):
            self.outputs_changed()
            return
        if status.switching & bit:
            self.violation(f"root {access.index} switched again while it was switching")
        self.cancel(self.under_way.get(access.index))
        status.switching |= bit
        if self.fault("stuck_busy"):
            return
        core_is_dead = access.index == 0 and root.source and not self.supplied("source")
        if self.fault("dead_clock") or core_is_dead:
            self.under_way[access.index] = self.after(self.give_up_time, self.gave_up, access.index)
        else:
            self.under_way[access.index] = self.after(self.switch_time, self.switched, access.index)

    def switched(self, index: int) -> None:
        """The root runs from the source that its register asks for now."""
        bit, status = 1 << index, self.hw.status
        status.switching &= ~bit
        status.on_pll = status.on_pll | bit if self.hw.root[index].source else status.on_pll & ~bit
        self.outputs_changed()
        self.inputs_changed()

    def inputs_changed(self) -> None:
        """The core root is watched: it falls back to the reference when its PLL dies, and stays there."""
        if self.hw.status.on_pll & 1 and not self.supplied("source"):
            self.hw.status.on_pll &= ~1
            self.hw.errors.dead |= 1
            self.outputs_changed()

    def gave_up(self, index: int) -> None:
        """No edge of the new clock was seen: the root stays where it was, and the error is latched."""
        self.hw.status.switching &= ~(1 << index)
        self.hw.errors.dead |= 1 << index

    def provides(self, port: str) -> bool:
        if not port:
            return True
        index = self.roots.index(port)
        return bool(self.hw.status.on_pll >> index & self.hw.status.enabled >> index & 1)
