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
from bedplate.ip.ppu.model import INRUSH, PpuModel
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
from bedplate.model import Budget, ChipModel, FabricError, Model, Need, Placed
from bedplate.topology import Instance

SERIAL = 0x5445_524E_0000_0001
"""Serial number in the fuses of the first die; the next ones follow. The RTL has the same ones."""

RAMPING_AT_ONCE = 2
"""Domains of one die whose switches may ramp at the same time: what its supply bears, whatever the HAL believes."""

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
    """Two dies. Each die's SYSID counts the resets of its domains: 0 the die's own, then one for each reset line.

    Each die's SPI bridge shows whether the first error that its fabric answered, and froze, was a timeout.
    """

    erred: frozenset[str] = frozenset()
    """Dies whose fabric has frozen an error."""

    def was_reset(self, name: str) -> None:
        die = name.split(".")[0]
        lines = [need.port for need in self.needs(name) if need.kind == "reset" and need.port]
        rstmgr, sysid = self[f"{die}.rstmgr"], self[f"{die}.sysid"]
        assert isinstance(rstmgr, RstmgrModel)
        assert isinstance(sysid, SysidModel)
        sysid.domain_was_reset(1 + rstmgr.lines.index(lines[0]) if lines else 0)

    def refused(self, error: FabricError) -> None:
        die = f"die{error.address >> 24}"
        if die not in self.erred and f"{die}.spi_br" in self:
            self.erred |= {die}
            bridge = self[f"{die}.spi_br"]
            assert isinstance(bridge, SpiBrModel)
            if error.kind != "decode":
                bridge.fabric_timed_out()


def make(fuses: Mapping[str, int], faults: Iterable[str], kind: type[Tern] = Tern) -> TernModel:
    """Tern, or a `kind` of it, at power-on. `fuses` gives the harvest mask of a die, such as {"die0": 0x20}; `faults` are there from the start."""
    chip = kind(MemoryBus(0))
    dies = [f"die{n}" for n in range(len(chip.die))]
    for die in fuses:
        if die not in dies:
            raise UnknownName("die", die, dies)
    placed = [Placed(block.name, block.regs.base, _behaviour(block, fuses), _needs(block)) for block in chip.all]
    budgets = [Budget(INRUSH, RAMPING_AT_ONCE, tuple(ppu.name for ppu in die.ppu.instances())) for die in chip.die]
    return TernModel(placed, faults=faults, budgets=budgets)


def _needs(block: Instance) -> list[Need]:
    return [
        Need(need.kind.value, need.provider.name, need.port if isinstance(need, Outlet) else "") for need in block.needs
    ]


def serial_of(block: Instance) -> int:
    """The serial number of the die that an instance is on."""
    return SERIAL + int(block.name.split(".")[0].removeprefix("die"))


def _behaviour(block: Instance, fuses: Mapping[str, int]) -> Model:
    if isinstance(block, Sysid):
        return SysidModel(die=block.want.die, serial=serial_of(block))
    if isinstance(block, Rstmgr):
        return RstmgrModel(lines=block.want)
    if isinstance(block, Clkmgr):
        return ClkmgrModel(roots=block.want)
    if isinstance(block, Otp):
        return OtpModel(harvest=fuses.get(block.name.split(".")[0], 0), serial=serial_of(block))
    return PLAIN[type(block)]()
