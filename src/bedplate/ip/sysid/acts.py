"""What software may do to an identity: sign it."""

from __future__ import annotations

from typing import Any

from bedplate.bus import ms
from bedplate.model import act

UNREACHED = {
    "straps.value": "there are no straps here but the die's",
    "reset_reason.reason": "a reset of the whole bench resets its other parts, which the model has not: see test_sysid.py",
    "boot_id.value": "how often the bench had power before is the world's own affair: see test_sysid.py",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


@act()
def boot(sysid: Any) -> None:
    """Sign, as the driver does."""
    sysid.boot()


@act()
def write_every_scratch_word(sysid: Any) -> None:
    """Each keeps its own word over a reset of the block."""
    for number, word in enumerate(sysid.dut.regs.scratch):
        word.write(value=0x1234_5600 + number)
    sysid.reset()


@act()
def read_the_time(sysid: Any) -> bool:
    """In microseconds since power-on."""
    sysid.sleep(ms(70))
    before = sysid.dut.regs.timer.read().us
    sysid.sleep(ms(3))
    return bool(3000 <= sysid.dut.regs.timer.read().us - before <= 3100)


@act()
def watch_a_tenant_come_and_go(sysid: Any) -> list[int]:
    """Its word names it while it is there."""
    told = []
    for active in (True, False, True):
        sysid.tenant(active)
        sysid.sleep(ms(1))
        told.append(int(sysid.dut.regs.tenant.read()))
    return told


@act()
def watch_a_neighbour_being_reset(sysid: Any) -> None:
    """Its domain's epoch counts it, no other does."""
    for _ in range(3):
        sysid.reset_a_neighbour()
