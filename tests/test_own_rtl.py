"""The page `docs/own-rtl.md`, done as it says: a user's own RTL, outside of this tree, in every world."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bedplate.component import Apb
from bedplate.env.rtl import designs

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "own-rtl.md").read_text()
FILES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for line in re.findall(r"^bedplate .*$", PAGE, re.MULTILINE)]
TARGET = "rtl:acme.chip:Acme"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acme")
    for path, text in FILES:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "acme" / "__init__.py").touch()

    def go(command, target=TARGET):
        path = os.pathsep.join([str(folder), *filter(None, sys.path)])
        return subprocess.run(
            [sys.executable, "-m", "bedplate.cli", *shlex.split(command)[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "BEDPLATE_TARGET": target},
            check=False,
        )

    for command in re.findall(r"^    (bedplate gen .*)$", PAGE, re.MULTILINE):
        done = go(command)
        assert done.returncode == 0, done.stderr
    go.folder = folder
    return go


def test_says_what_is_tested_here():
    assert [command.split()[1:3] for command in COMMANDS] == [
        ["up"],
        ["dv", "kill"],
        ["dv", "conformance"],
        ["dv", "compare"],
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(run, command):
    done = run(command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_flows_that_want_a_model_are_left_out_and_named(run):
    done = run("bedplate --json dv kill --flow boot")
    assert '"left_out": {}' in done.stdout
    assert "left out: INSTANCE:FAULT: Lamp has no model" in run("bedplate dv kill").stdout


def test_registers_are_made_as_ours_are(run):
    text = (run.folder / "acme" / "rtl" / "lamp_regs.sv").read_text()
    assert "Generated from acme.rdl by `bedplate gen --rtl`" in text
    assert "input block_pkg::apb_req_t apb," in text
    assert not (run.folder / "acme" / "rtl" / "acme_regs.sv").exists()  # it has no registers of its own


@pytest.mark.parametrize("option", ["fault=lamp:dark", "tenant=1", "spi=1", "harvest=die0:1"])
def test_what_wants_a_back_door_is_refused_where_there_is_none(run, option):
    done = run(f"bedplate -t '{TARGET}?{option}' up")
    assert (done.returncode, "has no back door" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RTL = Rtl", "TRL = Rtl", "TESTBENCH"),
        ('"acme_top"', "7", "wanted"),
        ('"rtl/*.sv"', '"no/*.sv"', "no SystemVerilog to simulate"),
    ],
)
def test_a_mistake_in_what_is_said_of_it_is_the_authors(run, old, new, said):
    path = run.folder / "acme" / "rtl.py"
    text = path.read_text()
    path.write_text(text.replace(old, new))
    try:
        done = run("bedplate up")
    finally:
        path.write_text(text)
    assert said in done.stderr
    assert done.returncode in (3, 5), done.stderr
    assert str(run.folder) in done.stderr


def test_a_chip_without_rtl_is_told_where_it_would_be(run):
    path = run.folder / "acme" / "rtl.py"
    path.rename(path.with_suffix(".txt"))  # the folder of the same name is no module
    try:
        done = run("bedplate up")
    finally:
        path.with_suffix(".txt").rename(path)
    assert (done.returncode, "rtl.py" in done.stderr) == (2, True)


def test_a_testbench_is_made_as_the_port_is_called():
    text = designs.testbench_sv(
        "top", Apb(names="s_{}", upper=True, reset="rst", reset_level=1, lacks=("pstrb", "pslverr"))
    )
    assert ".s_PSEL(request.psel)" in text
    assert "pstrb" not in text
    assert "assign response.pslverr = '0;" in text
    assert "logic clk = 0, reset = 1;" in text
    assert "reset <= 0;" in text
    text = designs.testbench_sv("top", Apb(names="apb", ties={"scan": "1'b0"}))
    assert ".apb(request),\n        .apb_rsp(response),\n        .scan(1'b0)" in text
