"""The environment to embedded models: `model:CHIP?option=value&...`, in virtual time, fresh from power-on.

fault=die0.pll.sys:no_lock*1    plant a fault before power-on; may repeat
fault=chip:power_cycle=300ms    a reset to come: of the chip's power, of the chip, a die or a reset line (`die0:reset=5us`)
harvest=die0:0x20               the harvest mask in a die's fuses
tenant=1                        a workload is running from the start
up=1                            the chip is brought up first: faults are planted, and a workload begins, in one that serves
"""

from __future__ import annotations

from bedplate.bus import Bus
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.env.owner import Owner
from bedplate.env.targets import Target, bring_up


def open_bus(target: Target, chip: type[Chip]) -> Bus:
    """The model of a chip as a raw bus. Raises UnknownName and AccessError for options that make no sense."""
    target.require_known("tenant", "up", many=("fault", "harvest"))
    tenant, up = target.tenant(chip), target.is_on("up")
    faults = target.all("fault")
    model = make_model(chip, target.harvest(chip), () if up else faults)
    if up:
        bring_up(model, chip)
        for fault in faults:
            model.plant_text(fault)
    if tenant:
        model.tenant(True)
    model.owners = (Owner(f"model:{chip.name}", forks=True),)
    return model
