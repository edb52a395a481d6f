"""What can be simulated: for each chip its SystemVerilog sources, top module and build options. The one place that says so."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bedplate.env.rtl.cache import HARDWARE
from bedplate.errors import EnvError, UnknownName

ROOT = HARDWARE.parent


class Design(NamedTuple):
    """A testbench. Sources are patterns from the root of the checkout, in the order of compilation: packages come first."""

    top: str
    sources: tuple[str, ...]
    options: tuple[str, ...] = ()
    """For Verilator."""

    def files(self) -> list[Path]:
        """The sources, each once. Raises EnvError when there are none: a wheel holds no SystemVerilog."""
        found: dict[Path, None] = {}
        for pattern in self.sources:
            matches = sorted(ROOT.glob(pattern))
            if not matches:
                raise EnvError(
                    "no SystemVerilog to simulate",
                    where=str(ROOT / pattern),
                    cause="a wheel holds the Python alone, the hardware is in a checkout",
                    next="clone the repository and `pip install -e` it",
                )
            found.update(dict.fromkeys(matches))
        return list(found)


COMMON = ("hw/common/block_pkg.sv", "hw/dpi/bedplate_pkg.sv", "hw/dpi/bedplate_if.sv", "hw/tb/apb_master.sv")

DESIGNS = {
    "one_register": Design("one_register_tb", (*COMMON, "hw/tb/one_register.sv", "hw/tb/one_register_tb.sv")),
    "tern": Design(
        "tern_tb",
        (
            *COMMON,
            "hw/common/*_pkg.sv",
            "hw/common/*.sv",
            "src/bedplate/ip/*/rtl/*_pkg.sv",
            "src/bedplate/ip/*/rtl/*_regs.sv",
            "src/bedplate/ip/*/rtl/*.sv",
            "hw/tern/*_pkg.sv",
            "hw/tern/*.sv",
            "hw/tb/apb_master.sv",
            "hw/tb/spi_master.sv",
            "hw/tb/backdoor.sv",
            "hw/tb/tern_tb.sv",
        ),
        ("--output-split", "20000", "-fno-gate"),  # without the latter, functions of alike instances are not shared
    ),
}
"""By the name of the chip."""


def design_of(chip: str) -> Design:
    """The design of a chip. Raises UnknownName."""
    if chip not in DESIGNS:
        raise UnknownName("RTL of chip", chip, DESIGNS)
    return DESIGNS[chip]
