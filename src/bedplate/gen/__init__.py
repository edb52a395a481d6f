"""From SystemRDL 2.0 to typed, deterministic Python: the only folder that imports systemrdl.

`generate` makes a package from anybody's description; `in_tree` makes the `regs.py` of this tree. What cannot be
expressed is a note in the result, with file and line; what is wrong is an RdlError that shows the place.
Start reading at `access.py` (which accesses are legal) and at any `ip/<name>/regs.py` (what comes out).
"""

from bedplate.gen.ir import Note
from bedplate.gen.layout import Generated, generate, in_tree

__all__ = ["Generated", "Note", "generate", "in_tree"]
