"""What Tern is to be configured to. Immutable; its digest is left on the chip, so that the next controller knows it."""

from __future__ import annotations

from bedplate.ip.hbm_mc.driver import HbmMcWant
from bedplate.ip.hbm_phy.driver import HbmPhyWant
from bedplate.ip.hbm_stk.driver import HbmStkWant
from bedplate.ip.pll.driver import PllWant
from bedplate.ip.pvt.driver import PvtWant

PLL_SYS = PllWant(refdiv=2, fbdiv=40, frac=0, postdiv1=2, postdiv2=1)  # 1000 MHz
PLL_NOC = PllWant(refdiv=1, fbdiv=24, frac=0, postdiv1=2, postdiv2=1)  # 1200 MHz
PLL_SE = PllWant(refdiv=1, fbdiv=28, frac=0, postdiv1=2, postdiv2=1)  # 1400 MHz
PLL_HBM = PllWant(refdiv=1, fbdiv=33, frac=0x333333, postdiv1=2, postdiv2=1)  # 1660 MHz
PLL_D2D = PllWant(refdiv=1, fbdiv=40, frac=0, postdiv1=2, postdiv2=1)  # 2000 MHz
PVT = PvtWant()
HBM_STK = HbmStkWant()
HBM_PHY = HbmPhyWant()
HBM_MC = HbmMcWant()

CONFIGURATION = (PLL_SYS, PLL_NOC, PLL_SE, PLL_HBM, PLL_D2D, PVT, HBM_STK, HBM_PHY, HBM_MC)
