"""Progress of a build: what is told and when."""

from pathlib import Path

import pytest

from bedplate.env import chip_type
from bedplate.env.rtl import build
from bedplate.env.rtl.designs import ROOT, design_of
from bedplate.env.rtl.one_register import OneRegister
from bedplate.errors import ConfigError, EnvError

VERILATOR = """#!/bin/sh
[ "$1" = --version ] && exit
while [ $# != 0 ]; do
    case "$1" in
        --Mdir) place="$2";;
        --prefix) prefix="$2";;
        --lib-create) block="$2" goal="lib$2.a";;
        -o) goal="$2";;
    esac
    shift
done
[ -n "$block" ] && echo "module $block; endmodule // $place" > "$place/$block.sv"
cat > "$place/$prefix.mk" << END
$goal: verilated.o b.o c.o
\tg++ -shared verilated.o b.o c.o -pthread -lz -o $goal
verilated.o b.o c.o:
\tg++ -c -o \\$@ x.cpp
END
"""
COMPILER = """#!/bin/sh
[ "$1" = -c ] && [ -n "$BROKEN" ] && echo 'x.cpp:1: error: no such thing' && exit 1
all="$*"
while [ "$1" != -o ]; do shift; done
echo "$all" > "$2"
"""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Builds by tools that do next to nothing; what was told."""
    for name, text in (("verilator", VERILATOR), ("g++", COMPILER)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(build, "library", lambda: tmp_path / "libbedplate.so")

    def go(design=None, **how):
        told, design = [], design or design_of(OneRegister)
        go.built = build.simulator(design, told.append, **how)
        return told

    return go


def test_a_build_tells_every_file_that_is_compiled(told):
    assert told() == [
        "building one_register_tb: verilating 7 files of one_register_tb.top",
        *(f"building one_register_tb: compiled {done} of 3 C++ files" for done in range(4)),
        "building one_register_tb: linking",
        "built one_register_tb in 0 s",
    ]
    assert told() == []  # it is there


def test_what_is_the_same_in_every_design_is_compiled_once(told):
    told()
    assert told(options=["--another"])[1:-1] == [
        "building one_register_tb: compiled 0 of 3 C++ files",
        "building one_register_tb: compiled 2 of 3 C++ files",
        "building one_register_tb: compiled 3 of 3 C++ files",
        "building one_register_tb: linking",
    ]


@pytest.fixture(scope="module")
def bench():
    """A chip with two types of blocks on it."""
    return design_of(chip_type("bench.pll"))


def verilated(told):
    """The units that were verilated, and whether it was linked."""
    units = [unit for text in told if " files of " in text for unit in text.partition(" files of ")[2].split(", ")]
    return units, any(text.endswith("linking") for text in told)


def edited(design, file):
    return design._replace(changed={**design.changed, file: (ROOT / file).read_text() + "// edited"})


@pytest.mark.parametrize(
    ("file", "units"),
    [
        ("src/bedplate/ip/pll/rtl/pll.sv", ["pll_block"]),
        ("src/bedplate/ip/pll/rtl/pll_regs.sv", ["pll_block"]),
        ("src/bedplate/chips/bench/supply/rtl/supply.sv", ["supply_block"]),
        ("hw/common/delay.sv", ["pll_block", "supply_block"]),
        ("hw/common/apb_fabric.sv", ["bench.pll.top"]),
        ("hw/tb/bench_tb.sv", ["bench.pll.top"]),
        ("hw/common/block_pkg.sv", ["pll_block", "supply_block", "bench.pll.top"]),
    ],
)
def test_an_edit_builds_the_units_that_are_made_of_it_and_links(told, bench, file, units):
    assert verilated(told(bench)) == (["pll_block", "supply_block", "bench.pll.top"], True)
    assert verilated(told(edited(bench, file))) == (units, True)
    assert told(bench) == []  # as before


def test_what_is_linked_are_the_objects_of_all_units_and_the_libraries_that_verilator_wants(told, bench):
    told(bench)
    words = told.built.read_text().split()
    units = [Path(word).parents[1].name for word in words if word.endswith("/b.o")]
    assert sorted(units) == ["bench.pll.top", "pll_block", "supply_block"]
    assert [Path(word).parents[1].name for word in words if word.endswith("/verilated.o")] == ["bench.pll.top"]
    assert {"-pthread", "-lz"} < set(words)


def test_with_waves_a_design_is_one_unit_since_they_show_nothing_of_a_library(told, bench):
    assert verilated(told(bench, waves=True)) == (["bench.pll.top"], True)


def test_blocks_are_shared_by_the_chips_that_they_are_on(told, bench):
    told(bench)
    assert verilated(told(design_of(chip_type("bench.ppu")))) == (["ppu_block", "bench.ppu.top"], True)


def test_a_header_that_is_included_belongs_to_who_includes_it(bench):
    includes = {top: [path.name for path in bench.includes(files)] for top, files in bench.units().items()}
    assert includes == {"pll_block": ["block_ports.svh"], "supply_block": ["block_ports.svh"], "bench_tb": []}


PLL = "src/bedplate/ip/pll/rtl/pll.sv"


@pytest.mark.parametrize("what", ['"../../src/bedplate/ip/pll/rtl/x.svh"', '"x.svh"', '"delay.sv"', "<x.svh>", "`X"])
def test_an_include_from_elsewhere_is_refused_since_its_changes_would_not_be_seen(told, bench, what):
    lines = (ROOT / PLL).read_text() + f"// `include {what}\n/*\n*/ `include {what}\n"
    with pytest.raises(ConfigError, match="not see it change") as error:
        told(bench._replace(changed={PLL: lines}))
    assert (error.value.where, error.value.got) == (f"{ROOT / PLL}:{len(lines.splitlines())}", what)


def test_an_include_in_a_comment_is_none_and_a_comment_in_a_string_is_none(told, bench):
    commented = '// `include "x.svh"\n/* `include "y.svh" */\n'
    told(bench._replace(changed={PLL: (ROOT / PLL).read_text() + commented}))
    quoted = 'localparam string S = "//"; `include "x.svh"'
    with pytest.raises(ConfigError):
        told(bench._replace(changed={PLL: (ROOT / PLL).read_text() + quoted}))


def test_a_source_that_is_no_text_is_an_error_that_names_it(tmp_path):
    (tmp_path / "thermo.sv").write_bytes("// °\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="not UTF-8") as error:
        design_of(OneRegister).includes([tmp_path / "thermo.sv"])
    assert error.value.where == str(tmp_path / "thermo.sv")


def test_a_build_that_fails_tells_no_end(told, monkeypatch):
    monkeypatch.setenv("BROKEN", "1")
    with pytest.raises(EnvError, match="error: no such thing"):
        told()
