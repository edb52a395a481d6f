"""A chip for proofs about pairs: two dies and the link between them, on models alone.

`wiring.py` says what is on it, `driver.py` and `duo.rdl` who works through the link, `model.py` how that one behaves.
"""

from bedplate.chips.duo.wiring import Duo

__all__ = ["Duo"]
