"""The embedded model of Tern: its instances' behaviours, wired like the chip itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bedplate.block import Outlet
from bedplate.bus import MemoryBus
from bedplate.chips.tern.wiring import Tern
from bedplate.errors import UnknownName
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.clkmgr.model import ClkmgrModel
from bedplate.ip.hbm_mc.driver import HbmMc
from bedplate.ip.hbm_mc.model import HbmMcModel
from bedplate.ip.hbm_phy.driver import HbmPhy
from bedplate.ip.hbm_phy.model import HbmPhyModel
from bedplate.ip.hbm_stk.driver import HbmStk
from bedplate.ip.hbm_stk.model import HbmStkModel
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.model import OtpModel
from bedplate.ip.pll.driver import Pll
from bedplate.ip.pll.model import PllModel
from bedplate.ip.ppu.driver import Ppu
from bedplate.ip.ppu.model import PpuModel
from bedplate.ip.pvt.driver import Pvt
from bedplate.ip.pvt.model import PvtModel
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.model import PwrmgrModel
from bedplate.ip.rstmgr.driver import Rstmgr
from bedplate.ip.rstmgr.model import RstmgrModel
from bedplate.ip.spi_br.driver import SpiBr
from bedplate.ip.spi_br.model import SpiBrModel
from bedplate.ip.sysid.driver import Sysid
from bedplate.ip.sysid.model import SysidModel
from bedplate.model import ChipModel, Model, Need, Placed
from bedplate.topology import Instance

PLAIN: dict[type[Instance], type[Model]] = {
    HbmMc: HbmMcModel,
    HbmPhy: HbmPhyModel,
    HbmStk: HbmStkModel,
    Pll: PllModel,
    Ppu: PpuModel,
    Pvt: PvtModel,
    Pwrmgr: PwrmgrModel,
    SpiBr: SpiBrModel,
}
"""Behaviours that need no settings."""


class TernModel(ChipModel):
    """Two dies. Each die's SYSID counts the resets of its domains: 0 the die's own, then one for each reset line."""

    def was_reset(self, name: str) -> None:
        die = name.split(".")[0]
        lines = [need.port for need in self.needs(name) if need.kind == "reset" and need.port]
        rstmgr, sysid = self[f"{die}.rstmgr"], self[f"{die}.sysid"]
        assert isinstance(rstmgr, RstmgrModel)
        assert isinstance(sysid, SysidModel)
        sysid.domain_was_reset(1 + rstmgr.lines.index(lines[0]) if lines else 0)


def make(fuses: Mapping[str, int], faults: Iterable[str]) -> TernModel:
    """Tern at power-on. `fuses` gives the harvest mask of a die, such as {"die0": 0x20}; `faults` are there from the start."""
    chip = Tern(MemoryBus(0))
    dies = [f"die{n}" for n in range(len(chip.die))]
    for die in fuses:
        if die not in dies:
            raise UnknownName("die", die, dies)
    placed = [Placed(block.name, block.regs.base, _behaviour(block, fuses), _needs(block)) for block in chip.all]
    return TernModel(placed, faults=faults)


def _needs(block: Instance) -> list[Need]:
    return [
        Need(need.kind.value, need.provider.name, need.port if isinstance(need, Outlet) else "") for need in block.needs
    ]


def _behaviour(block: Instance, fuses: Mapping[str, int]) -> Model:
    if isinstance(block, Sysid):
        return SysidModel(die=block.want.die)
    if isinstance(block, Rstmgr):
        return RstmgrModel(lines=block.want)
    if isinstance(block, Clkmgr):
        return ClkmgrModel(roots=block.want)
    if isinstance(block, Otp):
        return OtpModel(harvest=fuses.get(block.name.split(".")[0], 0))
    return PLAIN[type(block)]()
