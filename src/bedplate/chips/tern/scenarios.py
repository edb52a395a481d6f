"""What a comparison of two worlds plays on Tern besides what it plays on any chip."""

KILLS = ("killed:die0.hbm0.stk=1", "killed:die0.pll.sys=4", "killed:die1.ppu.se1=1", "killed:die1.hbm1.phy=8")
"""While a reset line is released, in the middle of a step, while a domain ramps, when a long training has just begun."""
