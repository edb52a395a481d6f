"""PLL: fractional-N clock synthesis. The model room: read `pll.rdl`, `driver.py`, `model.py`, `test_pll.py` in this order."""
