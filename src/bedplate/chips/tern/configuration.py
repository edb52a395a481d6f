"""What Tern is to be configured to. Immutable; the digest of what each instance has is left on the chip, so that the next
controller knows it."""

from __future__ import annotations

from bedplate.ip.hbm_mc.driver import HbmMcConfig
from bedplate.ip.hbm_phy.driver import HbmPhyConfig
from bedplate.ip.hbm_stk.driver import HbmStkConfig
from bedplate.ip.pll.driver import PllConfig
from bedplate.ip.pvt.driver import PvtConfig

PLL_SYS = PllConfig(refdiv=2, fbdiv=40, frac=0, postdiv1=2, postdiv2=1)  # 1000 MHz
PLL_NOC = PllConfig(refdiv=1, fbdiv=24, frac=0, postdiv1=2, postdiv2=1)  # 1200 MHz
PLL_SE = PllConfig(refdiv=1, fbdiv=28, frac=0, postdiv1=2, postdiv2=1)  # 1400 MHz
PLL_HBM = PllConfig(refdiv=1, fbdiv=33, frac=0x333333, postdiv1=2, postdiv2=1)  # 1660 MHz
PLL_D2D = PllConfig(refdiv=1, fbdiv=40, frac=0, postdiv1=2, postdiv2=1)  # 2000 MHz
PVT = PvtConfig()
HBM_STK = HbmStkConfig()
HBM_PHY = HbmPhyConfig()
HBM_MC = HbmMcConfig()
