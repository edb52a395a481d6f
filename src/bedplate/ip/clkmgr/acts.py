"""What software may do to a clock manager, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.ip.clkmgr.regs import ClockSourceE
from bedplate.model import act

ROOTS = range(8)
UNREACHED = {"errors.off_frequency": "nothing here measures frequencies"}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


@act()
def boot(clkmgr: Any) -> None:
    """The core root, as the driver does."""
    clkmgr.boot()


@act()
def switch_all_roots(clkmgr: Any) -> list[int]:
    """Each to its PLL, its gate closed, and back, one by one."""
    regs, told = clkmgr.dut.regs, []
    for source, enable in ((ClockSourceE.PLL, True), (ClockSourceE.PLL, False), (ClockSourceE.REFERENCE, True)):
        for root in ROOTS:
            regs.root[root].write(source=source, enable=enable)
            clkmgr.sleep(us(3))
            told.append(int(regs.status.read()))
    return told


@act(*(f"root {root} switched again while it was switching" for root in ROOTS))
def switch_twice(clkmgr: Any) -> object:
    """Each root, while its clock is dead."""
    regs, told = clkmgr.dut.regs, []
    clkmgr.plant("dead_clock")
    for root in ROOTS:
        for _ in range(2):
            regs.root[root].write(source=ClockSourceE.PLL, enable=True)
        told.append(int(regs.status.read()) >> 16 & 0xFF)
        clkmgr.sleep(us(30))
    return told


@act()
def change_ones_mind_while_switching(clkmgr: Any) -> None:
    """Back to where the switch still stands: it starts nothing anew."""
    clkmgr.plant("dead_clock", times=1)
    root = clkmgr.dut.regs.root[2]
    root.write(source=ClockSourceE.PLL, enable=True)
    root.write(source=ClockSourceE.REFERENCE, enable=True)


@act()
def switch_the_core_root_to_a_dead_pll(clkmgr: Any) -> object:
    """It gives up by itself, others do not ask."""
    clkmgr.withdraw("source")
    regs = clkmgr.dut.regs
    for root in (0, 1):
        regs.root[root].write(source=ClockSourceE.PLL, enable=True)
    clkmgr.sleep(us(5))
    told = int(regs.status.read())
    clkmgr.sleep(us(30))
    clkmgr.give("source")
    return told


@act()
def lose_the_pll_of_the_core_root(clkmgr: Any) -> list[int]:
    """It falls back to the reference and stays there until it is asked again; other roots are not watched."""
    regs = clkmgr.boot().regs
    regs.root[1].write(source=ClockSourceE.PLL, enable=True)
    clkmgr.sleep(us(3))
    clkmgr.withdraw("source")
    clkmgr.sleep(us(3))
    told = [int(regs.status.read()), int(regs.errors.read())]
    clkmgr.give("source")
    clkmgr.sleep(us(30))
    told.append(int(regs.status.read()))
    regs.root[0].write(source=ClockSourceE.PLL, enable=True)
    clkmgr.sleep(us(3))
    return [*told, int(regs.status.read())]


@act()
def clear_the_evidence_of_dead_clocks(clkmgr: Any) -> list[int]:
    """One bit leaves its neighbours."""
    regs, told = clkmgr.dut.regs, []
    clkmgr.plant("dead_clock")
    for root in ROOTS:
        regs.root[root].write(source=ClockSourceE.PLL, enable=True)
    clkmgr.sleep(us(30))
    for root in ROOTS:
        regs.errors.clear(dead=1 << root)
        told.append(int(regs.errors.read()))
    return told


@act()
def switch_a_locked_root(clkmgr: Any) -> None:
    """It stays where it is, gate and all."""
    regs = clkmgr.boot().regs
    regs.regwen.clear(writable=True)
    regs.root[0].write(source=ClockSourceE.REFERENCE, enable=False)
    regs.root[1].write(source=ClockSourceE.PLL, enable=True)
