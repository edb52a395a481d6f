"""What a driver is made of: Block, State, steps, waits, outlets and needs.

Start reading at `block.py`; the model of a driver is `ip/pll/driver.py`.
"""

from bedplate.block.block import Block
from bedplate.block.ladder import mermaid, path_to_goal, problems
from bedplate.block.need import Kind, Need, Outlet, clock, firmware, link, power, rail, reset, source
from bedplate.block.state import State, fault
from bedplate.block.transition import Step, Wait, step, wait
from bedplate.bus import ms, s, us
from bedplate.reg import Effect

__all__ = [
    "Block",
    "Effect",
    "Kind",
    "Need",
    "Outlet",
    "State",
    "Step",
    "Wait",
    "clock",
    "fault",
    "firmware",
    "link",
    "mermaid",
    "ms",
    "path_to_goal",
    "power",
    "problems",
    "rail",
    "reset",
    "s",
    "source",
    "step",
    "us",
    "wait",
]
