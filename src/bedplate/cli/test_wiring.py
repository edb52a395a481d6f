"""dv wiring: what it says, and what it returns."""

import pytest

from bedplate.dv import wiring
from bedplate.dv.wiring import WiringFinding, WiringReport
from bedplate.errors import EnvError

REPLAY = "bedplate --target 'model:tern' dv wiring --only 'decoder'"


@pytest.mark.parametrize("found", [0, 2])
def test_findings_are_a_failure_and_all_are_shown(run, monkeypatch, found):
    asked = []

    def fake(target, chosen, runner, tell):
        asked.append((target, chosen, runner.jobs))
        return WiringReport(1, 80, (WiringFinding("decoder", "die0.otp: nobody answers", REPLAY),) * found)

    monkeypatch.setattr(wiring, "run", fake)
    ran = run("--json", "-t", "model:tern", "dv", "wiring", "--only", "decoder", "--jobs", "1")
    assert asked == [("model:tern", ["decoder"], 1)]
    assert (ran.code, ran.doc["schema"], ran.doc["ok"]) == (bool(found), "bedplate.wiring/1", not found)
    assert (ran.doc["experiments"], ran.doc["looks"], len(ran.doc["findings"])) == (1, 80, found)
    text = run("dv", "wiring").out
    assert text.count(REPLAY) == found
    assert asked[1] == ("model:tern", None, 2)


def test_a_target_without_a_back_door_is_refused(run):
    ran = run("--json", "dv", "wiring", "--only", "decoder", "--jobs", "1")
    assert ran.code == EnvError.exit_code
    assert "cannot plant faults" in ran.doc["error"]["what"]


def test_an_experiment_that_does_not_exist_is_told_before_anything_runs(run):
    ran = run("dv", "wiring", "--only", "decodre")
    assert ran.code == 2
    assert "did you mean decoder" in ran.err
