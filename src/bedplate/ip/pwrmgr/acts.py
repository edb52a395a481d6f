"""What software may do to a power manager: it only watches."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.model import act

UNREACHED = {
    "status.domains": "domains are watched by their own switches",
    "errors.switch_timeout": "switches are watched by themselves",
    "errors.glitch": "nothing here has a glitch",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


@act()
def boot(pwrmgr: Any) -> None:
    """The rails ramp by themselves."""
    pwrmgr.boot()


@act()
def ask_for_low_power(pwrmgr: Any) -> None:
    """A hint alone changes nothing."""
    pwrmgr.boot().regs.control.write(low_power_hint=True, sync=True)


@act()
def clear_the_evidence_of_a_bad_rail(pwrmgr: Any) -> object:
    """The state stays what it is; another bit leaves the evidence."""
    pwrmgr.plant_at_power_on("rail_fault", times=1)
    pwrmgr.sleep(us(300))
    errors = pwrmgr.dut.regs.errors
    errors.clear(glitch=True)
    told = int(errors.read())
    errors.clear(rail=True)
    return told
