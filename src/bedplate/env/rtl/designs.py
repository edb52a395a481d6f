"""What can be simulated: for each chip its SystemVerilog sources, top module and build options, as the module `rtl` beside it says."""

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
from bedplate.component.rtl import PRESUMED, Apb, Rtl
from bedplate.converge import Chip
from bedplate.declared import kinds_of, require_kinds
from bedplate.env.cache import cached
from bedplate.env.targets import chip_type, known_chips
from bedplate.errors import ConfigError, EnvError, ToolMissing, UnknownName
from bedplate.gen.hardware import HARDWARE, INCLUDED, top_folder

ROOT = HARDWARE.parent
"""Of the checkout, or of the installed package."""


class Design(NamedTuple):
    """A testbench. Sources are patterns, from the root of the checkout or absolute, in the order of compilation; of a pattern packages
    come first, and then registers, which hold a package too.
    """

    top: str
    sources: tuple[str, ...]
    options: tuple[str, ...] = ()
    """For Verilator."""
    chip: type[Chip] | None = None
    """Whose top it is made of, where that is generated."""
    changed: Mapping[str, str] = MappingProxyType({})
    """Texts that stand in for those of sources, by their paths from the root: for experiments on a design."""
    homes: Mapping[str, Path] = MappingProxyType({})
    """The folders of the IP types on it, whose RTL is built type by type: of `pll` the module `pll_block` is a unit."""
    folders: tuple[Path, ...] = ()
    """Where included files are, besides INCLUDED."""
    label: str = ""
    backdoor: bool = True
    """Whether its testbench plants faults, resets the chip and counts violations."""

    @property
    def name(self) -> str:
        """What it is called where it is built."""
        return self.label or (self.chip.name if self.chip else self.top)

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
        SystemVerilog of Bedplate's own chips. Raises ToolMissing without the generator, RdlError, WiringError.
        """
        if self.chip and all((home / "rtl").is_dir() for home in self.homes.values()):
            write_rtl(self.chip)
        found: dict[Path, None] = {}
        for pattern in self.sources:
            matches = sorted(_glob(pattern), key=_order)
            if not matches:
                outside = Path(pattern).is_absolute() and not Path(pattern).is_relative_to(ROOT)
                raise EnvError(
                    "no SystemVerilog to simulate",
                    where=str(ROOT / pattern),
                    cause="the patterns in the module `rtl` beside the chip are from its own folder; a wheel has to hold the sources, too"
                    if outside
                    else "a wheel holds the Python alone, the hardware is in a checkout",
                    next="see `sources` there" if outside else "clone the repository and `pip install -e` it",
                )
            found.update(dict.fromkeys(matches))
        return list(found)

    def units(self) -> dict[str, list[Path]]:
        """The files of each unit that is built by itself, by its top module: a block for each type, and last the rest.

        Of `hw/common` a unit has what it names, and what that names. Raises as `files`.
        """
        files = self.files()
        alike = {stem: ip for ip in self.homes for stem in (ip, f"{ip}_regs", f"{ip}_block")}
        owned = {
            f"{ip}_block": [path for path in files if path.parent == home / "rtl" and alike.get(path.stem, ip) == ip]
            for ip, home in self.homes.items()
        }
        shared = [path for path in files if path.parent == INCLUDED]
        taken = {*shared, *(path for paths in owned.values() for path in paths)}
        owned[self.top] = [path for path in files if path not in taken]
        return {top: [*self._said(paths, shared), *paths] for top, paths in owned.items()}

    def includes(self, files: Sequence[Path]) -> list[Path]:
        """What these files include. Raises ConfigError for what is included from elsewhere: whether it changes would not be seen."""
        shared = sorted(path for folder in (INCLUDED, *self.folders) for path in folder.glob("*.*vh"))
        found, known = self._said(files, shared), {f'"{path.name}"' for path in shared}
        for file in (*files, *found):
            code = self._code(file)
            for include in INCLUDE.finditer(code):
                if include[1] not in known:
                    raise ConfigError(
                        "include of what is neither in hw/common nor in a folder that the design names: a build would not see it change",
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


def _glob(pattern: str) -> list[Path]:
    """The files of a pattern, which may be absolute."""
    path = ROOT / pattern
    return list(Path(path.anchor).glob(str(path.relative_to(path.anchor))))


def _named(path: Path) -> str:
    """A source's path from the root; what is made in a build, or stands elsewhere, has its name alone."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


WORD = re.compile(r"\w+")
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
"""Or a string, in which nothing is one."""

INCLUDE = re.compile(r"`include\b[ \t]*([^\s]*)")


def _order(path: Path) -> tuple[bool, bool, Path]:
    return not path.stem.endswith("_pkg"), not path.stem.endswith("_regs"), path


COMMON = ("hw/common/block_pkg.sv", "hw/dpi/bedplate_pkg.sv", "hw/dpi/bedplate_if.sv", "hw/tb/apb_master.sv")

OPTIONS = ("--output-split", "300000", "-fno-gate")
"""Few files, since each costs the compiler the same headers; without the latter, functions of alike instances are not shared."""

MODULE = "rtl"
"""The module beside the class of a chip that says what RTL it has (see `component/rtl.py`)."""


def is_designed(chip: type[Chip]) -> bool:
    """Whether there is a design of the chip."""
    return beside(chip, MODULE) is not None


def has_backdoor(chip: type[Chip]) -> bool:
    """Whether the testbench of the chip's design has a back door; also where there is none at all."""
    said = getattr(beside(chip, MODULE), "RTL", None)
    return not isinstance(said, Rtl) or said.backdoor


def design_of(chip: type[Chip]) -> Design:
    """The design of the chip: its sources are those of the types that are on it, and no others. Raises UnknownName, ConfigError."""
    said = beside(chip, MODULE)
    if said is None:
        missing = UnknownName("RTL of chip", chip.name, known_chips("rtl"))
        missing.cause = "no module `rtl` beside the class of the chip says where its SystemVerilog is"
        missing.next = "RTL = Rtl(top, sources, Apb(...)) in rtl.py: docs/your-chip.md, step 10"
        raise missing
    folder = Path(said.__file__ or "").parent
    if hasattr(said, "RTL"):
        return _standing(chip.name, said, folder)
    modules = member(
        said, "TESTBENCH", tuple, 'RTL = Rtl(...), or TESTBENCH = ("clocks", "backdoor", "bench_tb"), modules in hw/tb'
    )
    made = _whole(chip)
    homes = {block.ip: Path(getfile(type(block))).parent for block in made(MemoryBus(0)).all}
    sources = (
        *COMMON,
        "hw/common/*.sv",
        *(f"{home}/rtl/*.sv" for home in sorted(set(homes.values()))),
        f"{top_folder(made)}/*.sv",
        *(f"{folder}/{name}" if name.endswith(".sv") else f"hw/tb/{name}.sv" for name in modules),
    )
    return Design(Path(modules[-1]).stem, sources, OPTIONS, made, homes=dict(sorted(homes.items())))


def _standing(name: str, said: ModuleType, folder: Path) -> Design:
    """RTL that stands by itself, in a testbench of its own or in one that is made here."""
    rtl = member(said, "RTL", Rtl, 'RTL = Rtl("top", ("rtl/*.sv",), Apb())')
    for kind, fields in ((Rtl, rtl._asdict()), (Apb, (rtl.port or Apb())._asdict())):
        require_kinds(kinds_of(kind), fields, f"RTL of {name}", ConfigError, lambda: said.__file__ or "")
    sources = (*COMMON, *(str(folder / pattern) for pattern in rtl.sources))
    includes = tuple(folder / one for one in rtl.includes)
    options = (*(f"-I{one}" for one in includes), *rtl.options)
    top = rtl.top
    if rtl.port is not None:
        text, top = testbench_sv(rtl.top, rtl.port), TESTBENCH

        def write(place: Path) -> None:
            (place / f"{TESTBENCH}.sv").write_text(text, encoding="utf-8")

        sources += (str(cached("testbench", [text], write) / f"{TESTBENCH}.sv"),)
    return Design(
        top, sources, options, folders=includes, label=rtl.top if rtl.port is None else name, backdoor=rtl.backdoor
    )


TESTBENCH = "bedplate_tb"
"""The module that is made around a bus at a port."""


def testbench_sv(top: str, port: Apb) -> str:
    """The text of a testbench around a module whose bus is at a port; served only."""
    wires = ",\n".join(f"        .{name}({signal})" for name, signal in port.connections().items())
    presumed = "".join(f"    assign response.{name} = {PRESUMED[name]};\n" for name in port.lacks if name in PRESUMED)
    return f"""// Made by Bedplate around {top}: a clock, a reset, and a master at its bus.
module {TESTBENCH};
    timeunit 1ns; timeprecision 1ps;
    import block_pkg::*;
    import bedplate_pkg::*;

    logic clk = 0, reset = {port.reset_level};
    always #({port.period / 2}) clk = ~clk;

    apb_req_t request;
    apb_rsp_t response;
{presumed}    {top} dut (
{wires}
    );

    bedplate_if hal ();
    apb_master master (.hal, .clk, .request, .response);

    string waves;
    initial if ($value$plusargs("waves=%s", waves) != 0) begin
        $dumpfile(waves);
        $dumpvars(0, {TESTBENCH});
    end

    initial begin
        hal.set_speedup({port.speedup!r});
        repeat (4) @(posedge clk);
        reset <= {1 - port.reset_level};
        repeat (2) @(posedge clk);
        if (!hal.is_served()) $fatal(1, "nobody serves this testbench: it is opened by a target rtl:");
        hal.serve();
        $finish;
    end
endmodule
"""


def _whole(chip: type[Chip]) -> type[Chip]:
    """The chip that is known by that name, of which this one may be a part."""
    with suppress(UnknownName):
        named = chip_type(chip.name)
        if issubclass(chip, named):
            return named
    return chip


def write_rtl(chip: type[Chip]) -> None:
    """Write the top of a chip, and the registers of the types on it. Raises ToolMissing, RdlError, WiringError."""
    try:
        from bedplate.gen import sources  # what it stands on is no part of a wheel's needs
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed", where="the generator of RTL", next="pip install -e '.[gen,dev]'"
        ) from error
    try:
        sources.write_rtl(chip)
    except OSError as error:
        raise EnvError(
            "cannot write RTL that is made",
            where=str(error.filename),
            got=error.strerror or "",
            cause="what is made of a chip's wiring is written beside what it is made of",
            next="make it writable, or install it from a checkout: pip install -e",
        ) from error
