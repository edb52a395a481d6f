"""From SystemRDL 2.0 to typed, deterministic Python: the only folder that imports systemrdl, and not before it is asked for something.

`generate` makes a package from anybody's description; `in_tree` makes the `regs.py` of this tree. What cannot be
expressed is a note in the result, with file and line; what is wrong is an RdlError that shows the place.
Start reading at `access.py` (which accesses are legal) and at any `ip/<name>/regs.py` (what comes out).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.gen.ir import Note
    from bedplate.gen.layout import Generated, generate, in_tree

__all__ = ["Generated", "Note", "generate", "in_tree"]


def __getattr__(name: str) -> object:
    """The names above, from where they are: `hardware.py` beside them is for whoever has no systemrdl."""
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from bedplate.gen import ir, layout

    return getattr(layout, name) if hasattr(layout, name) else getattr(ir, name)
