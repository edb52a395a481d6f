"""`bedplate dv matrix` says what was compared, and ends with 0 only if nothing differs but what is listed."""

from __future__ import annotations

import pytest

from bedplate.dv.matrix import campaign as matrix
from bedplate.dv.matrix.known import KNOWN

ALL = {known.rule: 2 for known in KNOWN}
WRONG = matrix.Difference("m_rw_woclr.all_sw.b", "after", "write data=0x10", 0x30, 0x20, 0x0)


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
