"""What software may do to a reset manager, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.model import act

LINES = range(16)
OTHERS = ("low_power_exit", "software", "hardware", "watchdog", "thermal", "escalation")
UNREACHED = {
    **{f"info.{cause}": "nothing here causes such a reset" for cause in OTHERS},
    "info.por: driven by hardware": "power-on is its reset value",
    "status.error": "hardware that is right never gets there",
    "status.count": "nothing here remembers an earlier power-on",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


@act()
def boot(rstmgr: Any) -> None:
    """The power-on sequence runs by itself."""
    rstmgr.boot()


@act()
def release_all_lines(rstmgr: Any) -> list[int]:
    """One by one, each alone."""
    regs, told = rstmgr.boot().regs, []
    for line in LINES:
        regs.line[line].write(released=True)
        rstmgr.sleep(us(2))
        told.append(int(regs.lines.read()))
    return told


@act()
def assert_all_lines(rstmgr: Any) -> list[int]:
    """One by one, each alone: it is those behind it that mind."""
    regs, told = rstmgr.boot().regs, []
    for line in LINES:
        regs.line[line].write(released=True)
    rstmgr.sleep(us(2))
    for line in LINES:
        regs.line[line].write(released=False)
        rstmgr.sleep(us(2))
        told.append(int(regs.lines.read()))
    return told


@act()
def ask_a_locked_line(rstmgr: Any) -> None:
    """What was released stays so, and what was not, too."""
    regs = rstmgr.boot().regs
    regs.line[3].write(released=True)
    rstmgr.sleep(us(2))
    regs.regwen.clear(writable=True)
    regs.line[3].write(released=False)
    regs.line[4].write(released=True)


@act()
def clear_the_cause_of_the_reset(rstmgr: Any) -> object:
    """Clearing others leaves it."""
    info = rstmgr.boot().regs.info
    info.clear(**dict.fromkeys(OTHERS, True))
    told = int(info.read())
    info.clear(por=True)
    return told
