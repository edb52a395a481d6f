"""Mutants of RTL: small changes of its text. All of them are in one simulator; the plusarg `+mutant=NN` switches the Nth on.

An honest expression becomes `($test$plusargs("mutant=NN") != 0 ? (changed) : (honest))`, so that one build serves for all. Two digits:
a plusarg is found by any beginning of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bedplate.bus import Bus
from bedplate.component.mutant import RtlMutant
from bedplate.component.plugin import beside, member
from bedplate.converge import Chip
from bedplate.env.rtl.build import simulator
from bedplate.env.rtl.designs import ROOT, Design, design_of
from bedplate.env.rtl.faults import Faults
from bedplate.env.rtl.simulation import OpenSimulation
from bedplate.errors import ConfigError

CHANGE = re.compile(r"«(.*?) → (.*?)»", re.DOTALL)
ANY = "…"
"""Whatever stands there in the statement: numbers of instances, which are others when one more is mounted."""


def planted(mutant: RtlMutant, source: str, number: int) -> str:
    """The source with the change in it, switched on by its number. Raises ConfigError where the honest text does not stand once."""
    pieces = CHANGE.split(mutant.text)  # text, then honest, changed and the text after them, again and again
    pattern = "".join(
        f"({re.escape(piece)})" if n % 3 == 1 else re.escape(piece).replace(ANY, "[^;]*?")
        for n, piece in enumerate(pieces)
        if n % 3 != 2
    )
    honest = CHANGE.sub(r"\1", mutant.text)
    found = list(re.finditer(pattern, source))
    if len(found) != 1:
        raise ConfigError(
            f"mutant '{mutant.name}' fits its file no more", where=mutant.file,
            wanted=f"'{honest}' once", got=f"{len(found)} times",
        )  # fmt: skip
    for group, changed in reversed(list(enumerate(pieces[2::3], 1))):
        first, end = found[0].span(group)
        choice = f'($test$plusargs("mutant={number:02}") != 0 ? ({changed}) : ({source[first:end]}))'
        source = source[:first] + choice + source[end:]
    return source


def mutants_of(kind: type[Chip]) -> tuple[RtlMutant, ...]:
    """Those that the chip declares, of blocks and of its wiring, in the order of their numbers; none without `mutants.py`."""
    declared = beside(kind, "mutants")
    if declared is None:
        return ()
    return tuple(
        one for name in ("RTL", "WIRING") for one in member(declared, name, tuple, f"{name} = (RtlMutant(...),)")
    )


def mutated(design: Design, mutants: Sequence[RtlMutant]) -> Design:
    """The design with all the changes in it, numbered from 1, and none of them switched on. Raises ConfigError."""
    design.files()  # some are made when they are asked for
    texts: dict[str, str] = {}
    for number, mutant in enumerate(mutants, 1):
        source = texts[mutant.file] if mutant.file in texts else (ROOT / mutant.file).read_text()
        texts[mutant.file] = planted(mutant, source, number)
    return design._replace(changed=texts)


def open_mutant(number: int, kind: type[Chip], listen: Callable[[str], None], *plusargs: str) -> Bus:
    """The chip in the simulator of all mutants, with that one switched on; 0 is honest."""
    built = simulator(mutated(design_of(kind), mutants_of(kind)), listen)
    return OpenSimulation(built, [f"mutant={number:02}", *plusargs], Faults(kind), waves=False)
