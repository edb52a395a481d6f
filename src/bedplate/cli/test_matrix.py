"""`bedplate dv matrix` says what was compared, and ends with 0 only if nothing differs but what is listed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bedplate.dv.matrix import campaign as matrix
from bedplate.dv.matrix.known import KNOWN

ALL = {known.rule: 2 for known in KNOWN}
WRONG = matrix.Difference("m_rw_woclr.all_sw.b", "after", "write data=0x10", 0x30, 0x20, 0x0)
WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

sys.meta_path.insert(0, Missing())
from bedplate.cli import main
main(sys.argv[2:])
"""
"""The command line where a package is not installed."""


@pytest.mark.parametrize(("package", "extra"), [("systemrdl", "gen"), ("peakrdl_regblock", "gen,dev")])
def test_without_its_extra_it_is_a_tool_that_is_missing(package, extra):
    done = subprocess.run([sys.executable, "-c", WITHOUT, package, "dv", "matrix"], capture_output=True, text=True)
    assert done.returncode == 6
    assert done.stderr == f"error BP-ENV-002: this command needs {package}\n  next    pip install 'bedplate[{extra}]'\n"


@pytest.mark.parametrize(
    ("listed", "differences", "code", "said"),
    [
        (ALL, (), 0, "no other difference in 500 operations on 40 combinations, seed 7"),
        (ALL, (WRONG,), 1, "m_rw_woclr.all_sw.b after: model 0x20, RTL 0x0"),
        (ALL | {KNOWN[0].rule: 0}, (), 1, f"listed, but no longer so: {KNOWN[0].rule}"),
    ],
)
def test_verdict_is_the_exit_code(run, monkeypatch, listed, differences, code, said):
    monkeypatch.setattr(
        matrix, "run", lambda seed, listen: matrix.MatrixReport(seed, 40, 500, listed, len(differences), differences)
    )
    ran = run("dv", "matrix", "--seed", "7")
    assert ran.code == code
    assert said in ran.out
    facts = run("--json", "dv", "matrix").doc
    assert facts["ok"] is (code == 0)
    assert (facts["unlisted"], len(facts["gone"])) == (len(differences), sum(not times for times in listed.values()))
