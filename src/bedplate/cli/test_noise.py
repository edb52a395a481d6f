"""dv spi-noise: what it says, and what it returns."""

import pytest

from bedplate.dv import spi_noise
from bedplate.dv.spi_noise import Goodput, NoiseFinding, NoiseReport, Tally

REPLAY = "bedplate dv spi-noise --kind burst --seed 7 --part 3"


def report(undetected, allowed):
    tally = Tally("burst", "one in 2^16", 200, 100, 50, 1, {"CORRUPT": 9}, undetected, allowed)
    found = (NoiseFinding("burst", "read 0x40", "read [1], but the chip told [2]", REPLAY),) * undetected
    return NoiseReport(7, (tally,), found, (Goodput("read", 0.0, 13.79), Goodput("read", 1e-5, 13.77)))


@pytest.mark.parametrize(("undetected", "allowed", "code"), [(0, 0, 0), (2, 3, 0), (12, 3, 1)])
def test_more_than_theory_says_is_a_failure_and_all_is_shown(run, monkeypatch, undetected, allowed, code):
    asked = []

    def fake(frames, seed, kinds, part, runner, tell):
        asked.append((frames, seed, list(kinds), part, runner.jobs))
        return report(undetected, allowed)

    monkeypatch.setattr(spi_noise, "run", fake)
    ran = run(
        "--json", "dv", "spi-noise", "--frames", "5", "--seed", "7", "--kind", "burst", "--part", "3", "--jobs", "1"
    )
    assert asked == [(5, 7, ["burst"], 3, 1)]
    assert (ran.code, ran.doc["schema"], ran.doc["ok"]) == (code, "bedplate.spi-noise/1", not code)
    assert (ran.doc["damaged"], ran.doc["undetected"], len(ran.doc["findings"])) == (100, undetected, undetected)
    text = run("dv", "spi-noise").out
    assert text.count(REPLAY) == min(undetected, 10), "also those that theory allows"
    assert ("and 2 more" in text) == (undetected == 12)
    assert ("more than theory says" in text) == bool(code)
    assert "13.77 %" in text


def test_one_part_is_played_again(run):
    ran = run("--json", "dv", "spi-noise", "--kind", "lost", "--part", "2", "--jobs", "1")
    assert (ran.code, ran.doc["undetected"], ran.doc["goodput"]) == (0, 0, [])
    assert [kind["kind"] for kind in ran.doc["kinds"]] == ["lost"]
    assert ran.doc["damaged"] >= spi_noise.PART


def test_a_kind_that_does_not_exist_is_told_before_anything_runs(run):
    ran = run("dv", "spi-noise", "--kind", "brust")
    assert ran.code == 2
    assert "did you mean burst" in ran.err
