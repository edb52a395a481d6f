"""What Tern is to be configured to. Immutable; its digest is left on the chip, so that the next controller knows it."""

from __future__ import annotations

from bedplate.ip.pll.driver import PllWant

PLLS = {
    "sys": PllWant(refdiv=2, fbdiv=40, frac=0, postdiv1=2, postdiv2=1),  # 1000 MHz
    "noc": PllWant(refdiv=1, fbdiv=24, frac=0, postdiv1=2, postdiv2=1),  # 1200 MHz
    "se": PllWant(refdiv=1, fbdiv=28, frac=0, postdiv1=2, postdiv2=1),  # 1400 MHz
    "hbm": PllWant(refdiv=1, fbdiv=33, frac=0x333333, postdiv1=2, postdiv2=1),  # 1660 MHz
    "d2d": PllWant(refdiv=1, fbdiv=40, frac=0, postdiv1=2, postdiv2=1),  # 2000 MHz
}
