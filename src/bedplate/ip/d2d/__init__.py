"""D2D: one end of a die-to-die link. What is special here: it trains together with its other end, so `driver.py` has ways together."""
