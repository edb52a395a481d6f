"""The bench: every IP type alone, on a supply that gives whatever it needs. The chip of the folders' own tests in RTL.

`wiring.py` says which parts lie on it, `supply/` what feeds them, `model.py` how they behave. Its registers are those of the folders.
"""

from bedplate.chips.bench.wiring import Bench

__all__ = ["Bench"]
