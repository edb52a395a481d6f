# Generated from tern.rdl by `bedplate gen`; do not edit. Digest of the description: 23f3978204b5f612.
# fmt: off

from __future__ import annotations

from bedplate.ip.clkmgr.regs import ClkmgrRegs
from bedplate.ip.hbm_mc.regs import HbmMcRegs
from bedplate.ip.hbm_phy.regs import HbmPhyRegs
from bedplate.ip.hbm_stk.regs import HbmStkRegs
from bedplate.ip.otp.regs import OtpRegs
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.ppu.regs import PpuRegs
from bedplate.ip.pvt.regs import PvtRegs
from bedplate.ip.pwrmgr.regs import PwrmgrRegs
from bedplate.ip.rstmgr.regs import RstmgrRegs
from bedplate.ip.spi_br.regs import SpiBrRegs
from bedplate.ip.sysid.regs import SysidRegs
from bedplate.reg import (
    Child,
    RegisterBlock,
)


class ClkmgrsRegs(RegisterBlock):
    """Clock managers: the die's own, and one in each compute complex."""
    __slots__ = (
        "root",
        "se0",
        "se1",
    )
    SIZE = 0x2044
    CHILDREN = (
        Child("root", 0x0, ClkmgrRegs),
        Child("se0", 0x1000, ClkmgrRegs),
        Child("se1", 0x2000, ClkmgrRegs),
    )
    root: ClkmgrRegs
    se0: ClkmgrRegs
    se1: ClkmgrRegs


class PvtsRegs(RegisterBlock):
    """Sensors for process, voltage and temperature."""
    __slots__ = (
        "se0",
        "se1",
        "io",
    )
    SIZE = 0x2178
    CHILDREN = (
        Child("se0", 0x0, PvtRegs),
        Child("se1", 0x1000, PvtRegs),
        Child("io", 0x2000, PvtRegs),
    )
    se0: PvtRegs
    se1: PvtRegs
    io: PvtRegs


class PpusRegs(RegisterBlock):
    """Power policy units of the switchable domains."""
    __slots__ = (
        "fab",
        "io",
        "se0",
        "se1",
        "nc0",
        "nc1",
        "nc2",
        "nc3",
        "hbm0",
        "hbm1",
    )
    SIZE = 0x9014
    CHILDREN = (
        Child("fab", 0x0, PpuRegs),
        Child("io", 0x1000, PpuRegs),
        Child("se0", 0x2000, PpuRegs),
        Child("se1", 0x3000, PpuRegs),
        Child("nc0", 0x4000, PpuRegs),
        Child("nc1", 0x5000, PpuRegs),
        Child("nc2", 0x6000, PpuRegs),
        Child("nc3", 0x7000, PpuRegs),
        Child("hbm0", 0x8000, PpuRegs),
        Child("hbm1", 0x9000, PpuRegs),
    )
    fab: PpuRegs
    io: PpuRegs
    se0: PpuRegs
    se1: PpuRegs
    nc0: PpuRegs
    nc1: PpuRegs
    nc2: PpuRegs
    nc3: PpuRegs
    hbm0: PpuRegs
    hbm1: PpuRegs


class PllsRegs(RegisterBlock):
    """PLLs."""
    __slots__ = (
        "sys",
        "noc",
        "se0",
        "se1",
        "hbm0",
        "hbm1",
        "d2d",
    )
    SIZE = 0x6028
    CHILDREN = (
        Child("sys", 0x0, PllRegs),
        Child("noc", 0x1000, PllRegs),
        Child("se0", 0x2000, PllRegs),
        Child("se1", 0x3000, PllRegs),
        Child("hbm0", 0x4000, PllRegs),
        Child("hbm1", 0x5000, PllRegs),
        Child("d2d", 0x6000, PllRegs),
    )
    sys: PllRegs
    noc: PllRegs
    se0: PllRegs
    se1: PllRegs
    hbm0: PllRegs
    hbm1: PllRegs
    d2d: PllRegs


class HbmRegs(RegisterBlock):
    """One HBM stack: its IEEE 1500 port, its PHY, and four controllers of four channels each."""
    __slots__ = (
        "stk",
        "phy",
        "mc",
    )
    SIZE = 0x5178
    CHILDREN = (
        Child("stk", 0x0, HbmStkRegs),
        Child("phy", 0x1000, HbmPhyRegs),
        Child("mc", 0x2000, HbmMcRegs, (4,), 0x1000),
    )
    stk: HbmStkRegs
    phy: HbmPhyRegs
    mc: tuple[HbmMcRegs, ...]


class DieRegs(RegisterBlock):
    """One die."""
    __slots__ = (
        "sysid",
        "rstmgr",
        "pwrmgr",
        "otp",
        "clkmgr",
        "spi_br",
        "pvt",
        "ppu",
        "pll",
        "hbm",
    )
    SIZE = 0x115178
    CHILDREN = (
        Child("sysid", 0x0, SysidRegs),
        Child("rstmgr", 0x1000, RstmgrRegs),
        Child("pwrmgr", 0x2000, PwrmgrRegs),
        Child("otp", 0x3000, OtpRegs),
        Child("clkmgr", 0x4000, ClkmgrsRegs),
        Child("spi_br", 0x7000, SpiBrRegs),
        Child("pvt", 0x8000, PvtsRegs),
        Child("ppu", 0x10000, PpusRegs),
        Child("pll", 0x20000, PllsRegs),
        Child("hbm", 0x100000, HbmRegs, (2,), 0x10000),
    )
    sysid: SysidRegs
    rstmgr: RstmgrRegs
    pwrmgr: PwrmgrRegs
    otp: OtpRegs
    clkmgr: ClkmgrsRegs
    spi_br: SpiBrRegs
    pvt: PvtsRegs
    ppu: PpusRegs
    pll: PllsRegs
    hbm: tuple[HbmRegs, ...]


class TernRegs(RegisterBlock):
    """Tern
    Reference AI accelerator, two dies.
    """
    __slots__ = (
        "die",
    )
    SIZE = 0x1115178
    CHILDREN = (
        Child("die", 0x0, DieRegs, (2,), 0x1000000),
    )
    die: tuple[DieRegs, ...]
