"""Where SystemVerilog is: what all share, and what is made of a chip's wiring. Stands on nothing that a wheel does not need."""

from __future__ import annotations

from inspect import getfile
from pathlib import Path

from bedplate.topology import Topology

PACKAGE = Path(__file__).parents[1]
CHECKOUT = PACKAGE.parents[1]
HARDWARE = CHECKOUT / "hw" if (CHECKOUT / "hw" / "common").is_dir() else PACKAGE / "hw"
"""The SystemVerilog that all share: of the checkout, or as a wheel carries it."""
INCLUDED = HARDWARE / "common"
"""Where what is included lies, such as the ports that every block has."""


def top_folder(chip: type[Topology]) -> Path:
    """Where the made top of a chip is: in `hw` for those of this tree, `bench/pll` for `bench.pll`; else beside the chip's class."""
    home = Path(getfile(chip)).parent
    return HARDWARE.joinpath(*chip.name.split(".")) if home.is_relative_to(PACKAGE) else home / "rtl" / "made"
