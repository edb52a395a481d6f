"""The RTL is clean under `verilator --lint-only -Wall`; what is waived, and why, is in `hw/verilator.vlt` alone."""

import re
import subprocess
from pathlib import Path

import pytest

from bedplate.chips.bench import benches
from bedplate.chips.tern import Tern
from bedplate.env.rtl.designs import INCLUDED, design_of
from bedplate.env.rtl.one_register import OneRegister

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("chip", [OneRegister, Tern, *benches().values()], ids=lambda chip: chip.name)
def test_every_design_is_clean(chip):
    design = design_of(chip)
    command = [
        "verilator",
        "--lint-only",
        "--timing",
        "-Wall",
        f"-I{INCLUDED.relative_to(ROOT)}",
        "hw/verilator.vlt",
        "--top-module",
        design.top,
    ]
    done = subprocess.run(
        [*command, *(str(file.relative_to(ROOT)) for file in design.files())], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_no_tool_is_named_in_the_sources():
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for folder in (ROOT / "hw", ROOT / "src" / "bedplate" / "ip")
        for file in folder.rglob("*.sv*")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if "/*verilator" in line or "/* verilator" in line or "`ifdef VERILATOR" in line
    ]
    assert named == []


def test_the_ports_that_every_block_has_stand_once():
    included, blocks = INCLUDED / "block_ports.svh", []
    names = re.findall(r"(?m)^ *(?:in|out)put +(?:logic|\w+_t) +(?:\[[^\]]+\] *)?(\w+)", included.read_text())
    assert {"clk", "apb", "faults_used"} < set(names)
    for file in sorted((ROOT / "src" / "bedplate").rglob("rtl/*.sv")):
        header, _, body = file.read_text().partition("\n);\n")
        if file.stem == file.parents[1].name:
            blocks.append(file.stem)
            assert '`include "block_ports.svh"' in header, file
            assert (
                re.findall(rf"\b(?:in|out)put\b[^,/]*\b({'|'.join(names)})\b *(?:,|$|//)", header, re.MULTILINE) == []
            )
            assert "s_apb_" not in body, file
    assert "pll" in blocks
