"""The C API from C++, and the testbench of the README: programs that know no Python."""

import json
import subprocess

from bedplate.env.cache import cached, run, tool
from bedplate.env.rtl.build import executable
from bedplate.env.rtl.designs import design_of
from bedplate.env.rtl.library import library
from bedplate.env.rtl.one_register import OneRegister
from bedplate.gen.hardware import HARDWARE


def test_googletest_boots_the_model_through_the_shared_library():
    source = HARDWARE / "dpi" / "test_capi.cc"
    hal = library()
    command = [
        *(tool("g++"), "-std=c++17", f"-I{HARDWARE / 'dpi'}", str(source)),
        *(f"-L{hal.parent}", f"-Wl,-rpath,{hal.parent}", f"-l:{hal.name}", "-lgtest", "-lgtest_main", "-pthread"),
    ]
    key = [*command, source.read_text()]
    program = cached("test_capi", key, lambda folder: run([*command, "-o", str(folder / "test_capi")])) / "test_capi"
    ran = subprocess.run([program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "[  PASSED  ] 6 tests." in ran.stdout


def test_the_testbench_of_the_readme_runs_as_it_is():
    program = executable(design_of(OneRegister), print)
    ran = subprocess.run([program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    document = json.loads(ran.stdout.splitlines()[0])
    assert document["schema"] == "bedplate.up/1"
    assert document["working"] == ["box"]
    assert "ctrl = 0x80005a01" in ran.stdout
    assert "error BP-ACC-002: unknown register 'ctlr'" in ran.stdout


def test_an_error_that_nobody_expects_ends_the_simulation_with_the_hals_message():
    program = executable(design_of(OneRegister), print)
    ran = subprocess.run([program, "+command=reg set box.ctrl.gain=256"], capture_output=True, text=True, timeout=120)
    assert ran.returncode != 0
    assert "error BP-ACC-003" in ran.stdout
    assert "box.ctrl" in ran.stdout
    well = subprocess.run([program, "+command=reg get box.id"], capture_output=True, text=True, timeout=120)
    assert json.loads(well.stdout.splitlines()[0])["values"][0]["value"] == 0x0BED0001
