"""The embedded model of the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bedplate.bus import MemoryBus
from bedplate.chips.bench.supply.model import SupplyModel
from bedplate.chips.bench.wiring import PARTS, Bench
from bedplate.ip.clkmgr.driver import Clkmgr
from bedplate.ip.clkmgr.model import ClkmgrModel
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.model import D2dModel
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
from bedplate.ip.sysid.driver import Sysid
from bedplate.ip.sysid.model import SysidModel
from bedplate.model import ChipModel, Model, Need, Placed, hearing
from bedplate.topology import Instance

MODELS: dict[type[Instance], type[Model]] = {
    Clkmgr: ClkmgrModel,
    D2d: D2dModel,
    HbmMc: HbmMcModel,
    HbmPhy: HbmPhyModel,
    HbmStk: HbmStkModel,
    Otp: OtpModel,
    Pll: PllModel,
    Ppu: PpuModel,
    Pvt: PvtModel,
    Pwrmgr: PwrmgrModel,
    Rstmgr: RstmgrModel,
    Sysid: SysidModel,
}


def make(fuses: Mapping[str, int], faults: Iterable[str]) -> ChipModel:
    """The bench at power-on, with `faults` there from the start. Its `fuses` are settings of its parts."""
    chip = Bench(MemoryBus(0))
    placed = [Placed(supply.name, supply.regs.base, SupplyModel(), size=4) for supply in chip.supply]
    for part, block in zip(PARTS, chip.parts, strict=True):
        model, other = MODELS[part.driver](**part.settings), chip.partner_of(block)
        needs = [Need(need.kind.value, need.provider.name, need.port) for need in block.needs]
        needs += hearing(model, other.name) if other is not None else []
        placed.append(Placed(block.name, block.regs.base, model, needs))
    return ChipModel(placed, faults=faults)
