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
from bedplate.errors import UnknownName

ONCE, MANY = ("tenant", "up"), ("fault", "harvest")
"""The options of a target that may be given once, and those that may repeat."""
FORKS = True
"""The chip is in this process."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    target.require_known(*ONCE, many=MANY)
    target.tenant(chip)
    target.is_on("up")
    masks, faults = target.harvest(chip), target.all("fault")
    if faults:
        model = make_model(chip, masks, faults)
        for text in faults:
            model.require_said(text)


def has(chip: type[Chip]) -> bool:
    """Whether each type of the chip has a model."""
    try:
        make_model(chip)
    except UnknownName:
        return False
    return True


def has_backdoor(chip: type[Chip]) -> bool:
    """Every model has one."""
    return True


def open_bus(target: Target, chip: type[Chip]) -> Bus:
    """The model of a chip as a raw bus. Raises UnknownName, AccessError, OutOfRange for options that make no sense."""
    check(target, chip)
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
