"""What can be simulated: for each chip its SystemVerilog sources, top module and build options. The one place that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from inspect import getfile
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from bedplate.bus import MemoryBus
from bedplate.component.plugin import beside, member, source_text
from bedplate.converge import Chip
from bedplate.env.targets import chip_type, known_chips
from bedplate.errors import ConfigError, EnvError, ToolMissing, UnknownName

ROOT = Path(__file__).parents[4]
"""Of the checkout."""

HARDWARE = ROOT / "hw"
"""SystemVerilog shared by all."""


class Design(NamedTuple):
    """A testbench. Sources are patterns from the root of the checkout, in the order of compilation; of a pattern packages come first,
    and then registers, which hold a package too.
    """

    top: str
    sources: tuple[str, ...]
    options: tuple[str, ...] = ()
    """For Verilator."""
    chip: type[Chip] | None = None
    """Whose top it is made of, where that is generated."""
    changed: Mapping[str, str] = MappingProxyType({})
    """Texts that stand in for those of sources, by their paths from the root: for experiments on a design."""
    homes: tuple[Path, ...] = ()
    """The folders of the IP types on it, whose RTL is built type by type: of `ip/pll` the module `pll_block` is a unit."""

    @property
    def name(self) -> str:
        """What it is called where it is built."""
        return self.chip.name if self.chip else self.top

    def text(self, path: Path) -> str:
        """The text of a source. Raises ConfigError for one that is no UTF-8."""
        return self.changed.get(_named(path)) or source_text(path)

    def identified(self, path: Path) -> str:
        """The text of a source, and whose it is."""
        return f"{_named(path)}\0{self.text(path)}"

    def place(self, path: Path, folder: Path) -> Path:
        """Where a build finds a source: a changed one is written into its folder."""
        if _named(path) not in self.changed:
            return path
        copy = folder / path.name
        copy.write_text(self.text(path), encoding="utf-8")
        return copy

    def files(self) -> list[Path]:
        """The sources, each once, made if they are of the kind that is. Raises EnvError when there are none: a wheel holds no
        SystemVerilog. Raises ToolMissing without the generator, RdlError, WiringError.
        """
        if self.chip and HARDWARE.is_dir():
            write_rtl(self.chip)
        found: dict[Path, None] = {}
        for pattern in self.sources:
            matches = sorted(ROOT.glob(pattern), key=_order)
            if not matches:
                raise EnvError(
                    "no SystemVerilog to simulate",
                    where=str(ROOT / pattern),
                    cause="a wheel holds the Python alone, the hardware is in a checkout",
                    next="clone the repository and `pip install -e` it",
                )
            found.update(dict.fromkeys(matches))
        return list(found)

    def units(self) -> dict[str, list[Path]]:
        """The files of each unit that is built by itself, by its top module: a block for each type, and last the rest.

        Of `hw/common` a unit has what it names, and what that names. Raises as `files`.
        """
        files = self.files()
        owned = {f"{home.name}_block": [path for path in files if path.parent == home / "rtl"] for home in self.homes}
        shared = [path for path in files if path.parent == INCLUDES]
        taken = {*shared, *(path for paths in owned.values() for path in paths)}
        owned[self.top] = [path for path in files if path not in taken]
        return {top: [*self._said(paths, shared), *paths] for top, paths in owned.items()}

    def includes(self, files: Sequence[Path]) -> list[Path]:
        """What these files include. Raises ConfigError for what is included from elsewhere: whether it changes would not be seen."""
        shared = sorted(INCLUDES.glob("*.svh"))
        found, known = self._said(files, shared), {f'"{path.name}"' for path in shared}
        for file in (*files, *found):
            code = self._code(file)
            for include in INCLUDE.finditer(code):
                if include[1] not in known:
                    raise ConfigError(
                        "include of what is not in hw/common: a build would not see it change",
                        where=f"{file}:{1 + code.count(chr(10), 0, include.start())}",
                        wanted=", ".join(sorted(known)),
                        got=include[1],
                        next="move it to hw/common, or make a package or a module of it, beside the type's others",
                    )
        return found

    def _said(self, files: Sequence[Path], among: Sequence[Path]) -> list[Path]:
        """Those among some files whose names the others say, or one of them that was named."""
        found: list[Path] = []
        asked = list(files)
        while asked:
            words = set(WORD.findall(self._code(asked.pop())))
            asked += (new := [path for path in among if path.stem in words and path not in found and path not in files])
            found += new
        return [path for path in among if path in found]

    def _code(self, path: Path) -> str:
        """The text of a source without its comments, line by line as it is."""
        return COMMENT.sub(lambda found: found[1] or " " + "\n" * found[0].count("\n"), self.text(path))


def _named(path: Path) -> str:
    """A source's path from the root; what is made in a build has its name alone."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


WORD = re.compile(r"\w+")
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
"""Or a string, in which nothing is one."""

INCLUDE = re.compile(r"`include\b[ \t]*([^\s]*)")


def _order(path: Path) -> tuple[bool, bool, Path]:
    return not path.stem.endswith("_pkg"), not path.stem.endswith("_regs"), path


INCLUDES = HARDWARE / "common"
"""Where `` `include `` finds its files, `*.svh`, and nowhere else."""

COMMON = ("hw/common/block_pkg.sv", "hw/dpi/bedplate_pkg.sv", "hw/dpi/bedplate_if.sv", "hw/tb/apb_master.sv")

OPTIONS = ("--output-split", "300000", "-fno-gate")
"""Few files, since each costs the compiler the same headers; without the latter, functions of alike instances are not shared."""

DESIGNS = {
    "one_register": Design("one_register_tb", (*COMMON, "hw/tb/one_register.sv", "hw/tb/one_register_tb.sv")),
}
"""Those whose top is written by hand, by the name of the chip."""

TESTBENCH = "rtl"
"""The module beside the class of a chip whose top is made of its wiring: what stands around that (see `chips`)."""


def is_designed(chip: type[Chip]) -> bool:
    """Whether there is a design of the chip of that name."""
    return chip.name in DESIGNS or _around(chip) is not None


def _around(chip: type[Chip]) -> ModuleType | None:
    """What the chip of that name says of its testbench."""
    with suppress(UnknownName):
        return beside(chip_type(chip.name), TESTBENCH)
    return None


def design_of(chip: type[Chip]) -> Design:
    """The design of the chip of that name: its sources are those of the types that are on it, and no others. Raises UnknownName."""
    if chip.name in DESIGNS:
        return DESIGNS[chip.name]
    around = _around(chip)
    if around is None:
        raise UnknownName("RTL of chip", chip.name, [*DESIGNS, *known_chips("rtl")])
    modules = member(around, "TESTBENCH", tuple, 'TESTBENCH = ("clocks", "backdoor", "bench_tb"), modules in hw/tb')
    made = chip_type(chip.name)
    homes = sorted({Path(getfile(type(block))).parent for block in made(MemoryBus(0)).all})
    sources = (
        *COMMON,
        "hw/common/*.sv",
        *(f"{home.relative_to(ROOT)}/rtl/*.sv" for home in homes),
        f"hw/{chip.name.replace('.', '/')}/*.sv",
        *(f"hw/tb/{module}.sv" for module in modules),
    )
    return Design(modules[-1], sources, OPTIONS, made, homes=tuple(homes))


def write_rtl(chip: type[Chip]) -> None:
    """Write the top of a chip, and the registers of the types on it. Raises ToolMissing, RdlError, WiringError."""
    try:
        from bedplate.gen import sources  # what it stands on is no part of a wheel's needs
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed", where="the generator of RTL", next="pip install -e '.[gen,dev]'"
        ) from error
    sources.write_rtl(chip)
