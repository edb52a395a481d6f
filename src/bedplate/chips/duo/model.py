"""The embedded model of the pair chip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from bedplate.block import Outlet
from bedplate.bus import MemoryBus
from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.regs import DuoRegs
from bedplate.chips.duo.wiring import LINES, Duo
from bedplate.errors import UnknownName
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.model import D2dModel
from bedplate.ip.d2d.regs import LtsmE
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.model import OtpModel
from bedplate.ip.pll.driver import Pll
from bedplate.ip.pll.model import PllModel
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.model import PwrmgrModel
from bedplate.ip.rstmgr.driver import Rstmgr
from bedplate.ip.rstmgr.model import RstmgrModel
from bedplate.ip.sysid.driver import Sysid
from bedplate.ip.sysid.model import SysidModel
from bedplate.model import ChipModel, Model, Need, Placed, after_write, hearing
from bedplate.topology import Instance


class ClientModel(Model):
    """Works through its end of the link, and loses what was under way when that goes."""

    regs = DuoRegs
    faults: ClassVar[dict[str, str]] = {}

    @after_write("ctrl")
    def work(self) -> None:
        if not self.hw.ctrl.on:
            self.hw.status.lost = False
        elif not self.supplied("link"):
            self.hazard("works through a link that is down")

    def inputs_changed(self) -> None:
        if self.hw.ctrl.on and not self.hw.status.lost and not self.supplied("link"):
            self.hw.status.lost = True
            if self._was_stopped():
                self.hazard("the link was stopped while it worked")

    def _was_stopped(self) -> bool:
        """Whether software took the link down, here or at the other end: what fails ends in an error, a reset in none."""
        assert self.chip is not None
        (end,) = (need.provider for need in self.chip.needs(self.name) if need.kind == "link")
        return bool(self.chip[end].hw.status.ltsm == LtsmE.SBINIT)


class DuoModel(ChipModel):
    """Two dies. Each die's SYSID counts the resets of its domains: 0 the die's own, then one for each reset line."""

    def was_reset(self, name: str) -> None:
        die = name.split(".")[0]
        lines = [need.port for need in self.needs(name) if need.kind == "reset" and need.port]
        sysid = self[f"{die}.sysid"]
        assert isinstance(sysid, SysidModel)
        sysid.domain_was_reset(1 + LINES.index(lines[0]) if lines else 0)


PLAIN: dict[type[Instance], type[Model]] = {Pwrmgr: PwrmgrModel, Pll: PllModel, Client: ClientModel}


def make(fuses: Mapping[str, int], faults: Iterable[str]) -> DuoModel:
    """The pair chip at power-on. `fuses` gives the harvest mask of a die: {"die0": 1} removes the pair; `faults` are there from the start."""
    chip = Duo(MemoryBus(0))
    dies = [f"die{n}" for n in range(len(chip.die))]
    for die in fuses:
        if die not in dies:
            raise UnknownName("die", die, dies)
    placed = []
    for block in chip.all:
        model, other = _behaviour(block, fuses), chip.partner_of(block)
        needs = [
            Need(need.kind.value, need.provider.name, need.port if isinstance(need, Outlet) else "")
            for need in block.needs
        ]
        needs += hearing(model, other.name) if other is not None else []
        placed.append(Placed(block.name, block.regs.base, model, needs))
    return DuoModel(placed, faults=faults)


def _behaviour(block: Instance, fuses: Mapping[str, int]) -> Model:
    die = block.name.split(".")[0]
    if isinstance(block, Sysid):
        return SysidModel(die=block.want.die)
    if isinstance(block, D2d):
        return D2dModel(side=int(die.removeprefix("die")))
    if isinstance(block, Rstmgr):
        return RstmgrModel(lines=LINES)
    if isinstance(block, Otp):
        return OtpModel(harvest=fuses.get(die, 0))
    return PLAIN[type(block)]()
