"""What can be simulated: for each chip its SystemVerilog sources, top module and build options. The one place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bedplate.converge import Chip
from bedplate.env.targets import chip_type
from bedplate.errors import EnvError, ToolMissing, UnknownName

ROOT = Path(__file__).parents[4]
"""Of the checkout."""

HARDWARE = ROOT / "hw"
"""SystemVerilog shared by all."""


class Design(NamedTuple):
    """A testbench. Sources are patterns from the root of the checkout, in the order of compilation: packages come first."""

    top: str
    sources: tuple[str, ...]
    options: tuple[str, ...] = ()
    """For Verilator."""
    chip: str = ""
    """Whose top it is made of, where that is generated."""
    changed: Mapping[str, str] = MappingProxyType({})
    """Texts that stand in for those of sources, by their paths from the root: for experiments on a design."""

    def text(self, path: Path) -> str:
        """The text of a source."""
        return self.changed.get(str(path.relative_to(ROOT))) or path.read_text(encoding="utf-8")

    def place(self, path: Path, folder: Path) -> Path:
        """Where a build finds a source: a changed one is written into its folder."""
        if str(path.relative_to(ROOT)) not in self.changed:
            return path
        copy = folder / path.name
        copy.write_text(self.text(path), encoding="utf-8")
        return copy

    def files(self) -> list[Path]:
        """The sources, each once, made if they are of the kind that is. Raises EnvError when there are none: a wheel holds no
        SystemVerilog. Raises ToolMissing without the generator, RdlError, WiringError.
        """
        if self.chip and HARDWARE.is_dir():
            write_rtl(chip_type(self.chip))
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


INCLUDES = HARDWARE / "common"
"""Where `` `include `` finds its files: `*.svh`."""

COMMON = ("hw/common/block_pkg.sv", "hw/dpi/bedplate_pkg.sv", "hw/dpi/bedplate_if.sv", "hw/tb/apb_master.sv")

ROOMS = ("src/bedplate/ip/*/rtl/*_pkg.sv", "src/bedplate/ip/*/rtl/*_regs.sv", "src/bedplate/ip/*/rtl/*.sv")

OPTIONS = ("--output-split", "300000", "-fno-gate")
"""Few files, since each costs the compiler the same headers; without the latter, functions of alike instances are not shared."""

DESIGNS = {
    "one_register": Design("one_register_tb", (*COMMON, "hw/tb/one_register.sv", "hw/tb/one_register_tb.sv")),
    "tern": Design(
        "tern_tb",
        (
            *COMMON,
            "hw/common/*_pkg.sv",
            "hw/common/*.sv",
            *ROOMS,
            "hw/tern/*_pkg.sv",
            "hw/tern/*.sv",
            "hw/tb/apb_master.sv",
            "hw/tb/spi_master.sv",
            "hw/tb/clocks.sv",
            "hw/tb/backdoor.sv",
            "hw/tb/tern_tb.sv",
        ),
        OPTIONS,
        chip="tern",
    ),
    "bench": Design(
        "bench_tb",
        (
            *COMMON,
            "hw/common/*_pkg.sv",
            "hw/common/*.sv",
            *ROOMS,
            "src/bedplate/chips/bench/*/rtl/*.sv",
            "hw/bench/*_pkg.sv",
            "hw/bench/*.sv",
            "hw/tb/clocks.sv",
            "hw/tb/backdoor.sv",
            "hw/tb/bench_tb.sv",
        ),
        OPTIONS,
        chip="bedplate.chips.bench:Bench",
    ),
}
"""By the name of the chip."""


def write_rtl(chip: type[Chip]) -> None:
    """Write the registers of all types, and the top of a chip. Raises ToolMissing, RdlError, WiringError."""
    try:
        from bedplate.gen import sources  # what it stands on is no part of a wheel's needs
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed", where="the generator of RTL", next="pip install -e '.[gen,dev]'"
        ) from error
    sources.write_rtl((chip,))


def design_of(chip: str) -> Design:
    """The design of a chip. Raises UnknownName."""
    if chip not in DESIGNS:
        raise UnknownName("RTL of chip", chip, DESIGNS)
    return DESIGNS[chip]
