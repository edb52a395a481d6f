"""Mutants of RTL: small changes of its text. All of them are in one simulator; the plusarg `+mutant=N` makes it tell the Nth.

An honest expression becomes `($test$plusargs("mutant=N") != 0 ? (lie) : (honest))`, so that one build serves for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus import Bus
from bedplate.converge import Chip
from bedplate.env.rtl.build import simulator
from bedplate.env.rtl.designs import ROOT, Design, design_of
from bedplate.env.rtl.faults import Faults
from bedplate.env.rtl.simulation import Simulation
from bedplate.errors import ConfigError

CHANGE = re.compile(r"«(.*?) → (.*?)»", re.DOTALL)


class RtlMutant(NamedTuple):
    """A lie in `file` (from the root of the checkout). In `text`, which stands there once, « honest → lie » are expressions."""

    name: str
    file: str
    text: str
    scenario: str
    named: str

    def planted(self, source: str, number: int) -> str:
        """The source with the lie in it, told by its number. Raises ConfigError where the honest text does not stand once."""
        honest = CHANGE.sub(r"\1", self.text)
        if source.count(honest) != 1:
            raise ConfigError(
                f"mutant '{self.name}' fits its file no more", where=self.file, wanted=f"'{honest}' once",
                got=f"{source.count(honest)} times",
            )  # fmt: skip
        choice = rf'($test$plusargs("mutant={number}") != 0 ? (\2) : (\1))'
        return source.replace(honest, CHANGE.sub(choice, self.text))


def mutated(design: Design, mutants: Sequence[RtlMutant]) -> Design:
    """The design with all the lies in it, numbered from 1, and none of them told. Raises ConfigError."""
    texts: dict[str, str] = {}
    for number, mutant in enumerate(mutants, 1):
        source = texts[mutant.file] if mutant.file in texts else (ROOT / mutant.file).read_text()
        texts[mutant.file] = mutant.planted(source, number)
    return design._replace(changed=texts)


def open_mutant(number: int, kind: type[Chip], listen: Callable[[str], None]) -> Bus:
    """The chip in the simulator of all mutants, which tells the lie of that number; 0 is honest."""
    built = simulator(mutated(design_of(kind.name), RTL_MUTANTS), listen)
    return Simulation(built, [f"mutant={number}"], Faults(kind), waves=False)


PLL, PPU = "src/bedplate/ip/pll/rtl", "src/bedplate/ip/ppu/rtl"

RTL_MUTANTS = (
    RtlMutant(
        "a wrong reset value",
        f"{PLL}/pll_regs.sv",
        "field_storage.lock_limit.cycles.value <= «16'h1388 → 16'h1398»;",
        "boot",
        "die0.pll.sys.lock_limit.cycles",
    ),
    RtlMutant(
        "a swapped field",
        f"{PLL}/pll_regs.sv",
        """readback_data_var[2:0] = «field_storage.post.postdiv1.value → field_storage.post.postdiv2.value»;
            readback_data_var[6:4] = «field_storage.post.postdiv2.value → field_storage.post.postdiv1.value»;""",
        "boot",
        "die0.pll.sys.post.postdiv1",
    ),
    RtlMutant(
        "an acknowledge that rises early",
        f"{PPU}/ppu.sv",
        ".us(«32'(sw.delays.ramp_us.value) → 32'd1»)",
        "boot",
        "die0.ppu.io.status",
    ),
    RtlMutant(
        "a lock bit that rises early",
        f"{PLL}/pll.sv",
        ".us(«LOCK_US → 32'd1»)",
        "die1.pll.d2d:lock_lost=1us",
        "die1.pll.d2d.status.lock",
    ),
    RtlMutant(
        "a W1C bit that clears its neighbour",
        f"{PPU}/ppu_regs.sv",
        "field_storage.events.deny.value & ~(«decoded_wr_data[1:1] & decoded_wr_biten[1:1] → "
        "decoded_wr_data[0:0] & decoded_wr_biten[0:0]»)",
        "die1.ppu.hbm1:deny",
        "die1.ppu.hbm1.events.deny",
    ),
)
