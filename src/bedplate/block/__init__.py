"""What a driver is made of: Block, State, steps, waits, outputs and needs.

Start reading at `block.py`; the model of a driver is `ip/pll/driver.py`.
"""

from bedplate.block.block import Block
from bedplate.block.digest import digest_of
from bedplate.block.need import Kind, Need, Output, clock, firmware, link, power, rail, reset, source
from bedplate.block.state import State, fault
from bedplate.block.state_machine import is_end, meetings, mermaid, path_to_goal
from bedplate.block.transition import OFF, SERVICE, Step, Wait, step, wait
from bedplate.block.vitals import Identity, Tenant, Vitals
from bedplate.bus import ms, s, us
from bedplate.reg import Effect

__all__ = [
    "OFF",
    "SERVICE",
    "Block",
    "Effect",
    "Identity",
    "Kind",
    "Need",
    "Output",
    "State",
    "Step",
    "Tenant",
    "Vitals",
    "Wait",
    "clock",
    "digest_of",
    "fault",
    "firmware",
    "is_end",
    "link",
    "meetings",
    "mermaid",
    "ms",
    "path_to_goal",
    "power",
    "rail",
    "reset",
    "s",
    "source",
    "step",
    "us",
    "wait",
]
