"""Mutants of RTL: small changes of its text. All of them are in one simulator; the plusarg `+mutant=NN` switches the Nth on.

An honest expression becomes `($test$plusargs("mutant=NN") != 0 ? (changed) : (honest))`, so that one build serves for all. Two digits:
a plusarg is found by any beginning of it.
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
    """A change in `file` (from the root of the checkout). In `text`, which stands there once, « honest → changed » are expressions."""

    name: str
    file: str
    text: str
    scenario: str
    named: str

    def planted(self, source: str, number: int) -> str:
        """The source with the change in it, switched on by its number. Raises ConfigError where the honest text does not stand once."""
        honest = CHANGE.sub(r"\1", self.text)
        if source.count(honest) != 1:
            raise ConfigError(
                f"mutant '{self.name}' fits its file no more", where=self.file, wanted=f"'{honest}' once",
                got=f"{source.count(honest)} times",
            )  # fmt: skip
        choice = rf'($test$plusargs("mutant={number:02}") != 0 ? (\2) : (\1))'
        return source.replace(honest, CHANGE.sub(choice, self.text))


def mutated(design: Design, mutants: Sequence[RtlMutant]) -> Design:
    """The design with all the changes in it, numbered from 1, and none of them switched on. Raises ConfigError."""
    design.files()  # some are made when they are asked for
    texts: dict[str, str] = {}
    for number, mutant in enumerate(mutants, 1):
        source = texts[mutant.file] if mutant.file in texts else (ROOT / mutant.file).read_text()
        texts[mutant.file] = mutant.planted(source, number)
    return design._replace(changed=texts)


def open_mutant(number: int, kind: type[Chip], listen: Callable[[str], None], *plusargs: str) -> Bus:
    """The chip in the simulator of all mutants, with that one switched on; 0 is honest."""
    built = simulator(mutated(design_of(kind), (*RTL_MUTANTS, *WIRING_MUTANTS)), listen)
    return Simulation(built, [f"mutant={number:02}", *plusargs], Faults(kind), waves=False)


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
        "die0.ppu.hbm1.status",
    ),
    RtlMutant(
        "a lock bit that rises early",
        f"{PLL}/pll.sv",
        ".us(«LOCK_US → 32'd1»)",
        "boot",
        "die1.pll.sys.status.lock",
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

TOP, FABRIC = "hw/tern/tern.sv", "hw/common/apb_fabric.sv"

WIRING_MUTANTS = (
    RtlMutant(
        "a controller on the clock of the other stack",
        TOP,
        ".alarm(die1_alarms[37]),\n        .power(die1_ppu_hbm1_provides), .clock(die1_clkmgr_root_provides[«3 → 2»])",
        "without die1.clkmgr.root hbm1",
        "die1.hbm1.mc1",
    ),
    RtlMutant(
        "a controller on the reset line of the PHY",
        TOP,
        ".alarm(die0_alarms[32]),\n"
        "        .power(die0_ppu_hbm0_provides), .clock(die0_clkmgr_root_provides[2]), .released(die0_rstmgr_provides[«6 → 5»])",
        "without die0.rstmgr hbm0_ctl",
        "die0.hbm0.mc2",
    ),
    RtlMutant(
        "a stack in the power domain of the other one",
        TOP,
        ".alarm(die0_alarms[34]),\n        .power(«die0_ppu_hbm1_provides → die0_ppu_hbm0_provides»)",
        "without die0.ppu.hbm1",
        "die0.hbm1.stk",
    ),
    RtlMutant(
        "two decoders swapped",
        FABRIC,
        "hit[s]        = active && request.paddr >= BASE[«s → s == 7 ? 8 : s == 8 ? 7 : s»] "
        "&& request.paddr - BASE[«s → s == 7 ? 8 : s == 8 ? 7 : s»] < SIZE[s];",
        "decoder",
        "die0.pll.se",
    ),
    RtlMutant(
        "a clock manager on the PLL of the other complex",
        TOP,
        ".violation(die0_clkmgr_se0_violation), .source(«die0_pll_se0_provides → die0_pll_se1_provides»)",
        "starved of die0.pll.se0",
        "die0.clkmgr.se0",
    ),
    RtlMutant(
        "a controller on the PHY of the other stack",
        TOP,
        ".violation(die1_hbm0_mc1_violation), .link(«die1_hbm0_phy_provides → die1_hbm1_phy_provides»)",
        "starved of die1.hbm0.phy",
        "die1.hbm0.mc1",
    ),
    RtlMutant(
        "a core below the other complex",
        TOP,
        ".violation(die0_ppu_nc0_violation), .rail(«die0_ppu_se0_provides → die0_ppu_se1_provides»)",
        "starved of die0.ppu.se0",
        "dangerous acts",
    ),
    RtlMutant(
        "the fuses of the other die",
        TOP,
        ".harvest_straps(die1_harvest_straps[«1 → 0»])",
        "harvest die0:0x01,die1:0x08",
        "die1.ppu.nc0",
    ),
)
"""What a generator of the top might get wrong. `scenario` is an experiment of `wiring`, `named` is in one of its findings."""
