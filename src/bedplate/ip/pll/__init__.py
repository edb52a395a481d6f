"""PLL: fractional-N clock synthesis. To be read first: `pll.rdl`, `driver.py`, `model.py`, `test_pll.py` in this order."""
