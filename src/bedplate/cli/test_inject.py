"""dv inject: what it says, and what it returns."""

import pytest

from bedplate.dv import inject
from bedplate.dv.inject import Campaign, Found

REPLAY = "bedplate -t model:tern dv inject --replay 'booted up tenant'"


def campaign(failed):
    found = (Found("raised LinkDown: dead", 3, "LinkDown: it is dead", "booted up tenant", REPLAY),) * failed
    return Campaign(7, 500, failed, failed, 2 * failed, found)


@pytest.mark.parametrize("failed", [0, 1])
def test_what_failed_is_counted_and_its_command_is_shown(run, monkeypatch, failed):
    asked = []

    def fake(runs, seed, jobs, chip, tell, first):
        asked.append((runs, seed, jobs, chip, first))
        return campaign(failed)

    monkeypatch.setattr(inject, "run", fake)
    ran = run("--json", "dv", "inject", "--runs", "500", "--seed", "7", "--jobs", "3", "--first", "20")
    assert asked == [(500, 7, 3, "tern", 20)]
    assert (ran.code, ran.doc["schema"], ran.doc["ok"]) == (failed, "bedplate.inject/1", not failed)
    assert [ran.doc[key] for key in ("runs", "failed", "raised", "violations", "seed")] == [
        500,
        failed,
        failed,
        2 * failed,
        7,
    ]
    text = run("dv", "inject").out
    assert text.count(REPLAY) == failed
    assert ("no run failed" in text) is not bool(failed)


def test_each_is_another_campaign(run, monkeypatch):
    monkeypatch.setattr(inject, "run_each", lambda jobs, chip, tell: campaign(0))
    assert run("dv", "inject", "--each").code == 0


def test_one_case_is_played_again(run):
    ran = run("--json", "dv", "inject", "--replay", "booted up die1.pll.d2d:block_reset=0ns kill:after@5")
    assert (ran.code, ran.doc["runs"], ran.doc["findings"]) == (0, 1, [])


def test_a_case_that_says_nothing_is_refused_before_anything_runs(run):
    ran = run("dv", "inject", "--replay", "booted up bus:eror@3")
    assert ran.code == 2
    assert "bus:KIND@N" in ran.err
