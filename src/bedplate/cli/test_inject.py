"""dv inject: what it says, and what it returns."""

import re

import pytest

from bedplate.bus.inject import INJECTED_ERRORS
from bedplate.cli.conftest import SIZE
from bedplate.dv.inject import campaign as inject
from bedplate.dv.inject.campaign import Found, InjectReport
from bedplate.dv.inject.case import ACTS, STARTS, TENANT
from bedplate.dv.inject.run import Ground
from bedplate.dv.jobs import Runner
from bedplate.dv.kill.flows import BY_NAME
from bedplate.dv.kill.reference import VARIANTS
from bedplate.model.faults import WIDE_FAULTS

REPLAY = "bedplate -t model:tern dv inject --replay 'booted up tenant'"


def campaign(failed):
    found = (Found("raised LinkDown: dead", 3, "LinkDown: it is dead", "booted up tenant", REPLAY),) * failed
    return InjectReport(7, 500, failed, failed, 2 * failed, found)


@pytest.mark.parametrize("failed", [0, 1])
def test_what_failed_is_counted_and_its_command_is_shown(run, monkeypatch, failed):
    asked = []

    def fake(chip, runs, seed, runner, tell, first, part):
        asked.append((chip, runs, seed, runner, first, part))
        return campaign(failed)

    monkeypatch.setattr(inject, "run", fake)
    ran = run(
        "--json", "dv", "inject", "--runs", "500", "--seed", "7", "--jobs", "3", "--on", "tcp://here:1", "--first", "20",
        "--part", "die0.otp",
    )  # fmt: skip
    assert asked == [("tern", 500, 7, Runner("tcp://here:1", 3), 20, "die0.otp")]
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
    monkeypatch.setattr(inject, "run_each", lambda chip, runner, tell: campaign(0))
    assert run("dv", "inject", "--each").code == 0


def test_one_case_is_played_again(run):
    ran = run("--json", "dv", "inject", "--replay", "booted up die1.pll.d2d:block_reset=0ns kill:after@5")
    assert (ran.code, ran.doc["runs"], ran.doc["findings"]) == (0, 1, [])


@pytest.mark.parametrize(
    ("case", "never"),
    [
        ("booted up bus:error@999999 kill:after@999999", ["bus:error@999999", "kill:after@999999"]),
        ("booted up bus:error@12 kill:after@30", []),
        ("booted up bus:error@12 bus:broken@12", ["bus:error@12"]),
        ("booted up die0.pll.sys:no_lock die0.pll.noc:lock_lost=1us*1", ["die0.pll.sys:no_lock"]),
        ("booted up die0.pll.sys:no_lock*1 die0.pll.sys:block_reset=1us", []),
        ("booted up die0.pll.sys:slow=2 die0.ppu.fab:hung*3 harvest=die1:0x20 tenant", []),
        ("booted observe chip:reset=3s die0.pll.sys:block_reset=4s", ["chip:reset=3s", "die0.pll.sys:block_reset=4s"]),
    ],
)
def test_what_never_came_about_is_said(run, case, never):
    said = run("--json", "dv", "inject", "--replay", case).doc["said"]
    assert [one["harm"] for one in said["never"]] == never
    text = run("dv", "inject", "--replay", case).out
    assert [
        line.partition(": ")[2].partition(",")[0] for line in text.splitlines() if "never came about" in line
    ] == never


def test_what_the_hal_said_is_shown(run):
    case = "booted up die0.pll.sys:no_lock die0.pll.sys:block_reset=1us"
    said = run("--json", "dv", "inject", "--replay", case).doc["said"]
    assert (said["case"], said["ok"], said["raised"]) == (case, False, "")
    assert (said["instances"]["failed"], said["instances"]["blocked"]) == (1, 13)
    assert [error["where"] for error in said["errors"]] == ["die0.pll.sys"]
    assert f"the HAL said: {said['text']}" in run("dv", "inject", "--replay", case).out
    looked = run("--json", "dv", "inject", "--replay", "booted plan die0.ppu.fab:hung").doc["said"]
    assert (looked["text"], looked["instances"]["failed"]) == (f"{SIZE - 1} of {SIZE} at goal, 1 failed", 1)


def test_what_the_hal_raised_is_shown(run, monkeypatch):
    def fail(*args):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Ground, "_lives", fail)
    ran = run("--json", "dv", "inject", "--replay", "booted observe")
    assert ran.code == 1
    assert ran.doc["said"]["raised"] == "ZeroDivisionError: oh"
    assert "the HAL said: it raised ZeroDivisionError: oh" in run("dv", "inject", "--replay", "booted observe").out


def test_progress_counts_cases(run):
    assert "cases 2/2\n" in run("dv", "inject", "--runs", "2").err


def test_a_case_that_says_nothing_is_refused_before_anything_runs(run):
    ran = run("dv", "inject", "--replay", "booted up bus:eror@3")
    assert ran.code == 2
    assert "bus:KIND@N" in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ("--replay", "booted up", "--runs", "3"),
        ("--replay", "booted up", "--seed", "1"),
        ("--replay", "booted up", "--each"),
        ("--each", "--first", "0"),
    ],
)
def test_who_says_which_cases_are_played_says_it_once(run, options):
    ran = run("dv", "inject", *options)
    assert ran.code == 2
    assert "says which cases are played" in ran.err


@pytest.mark.parametrize("target", ["model:tern?fault=die0.pll.sys:no_lock", "model:tern?tenant=1", "rtl:tern"])
@pytest.mark.parametrize("proof", [("inject", "--replay", "booted up"), ("power-cut",), ("kill",)])
def test_what_a_target_says_is_never_left_out(run, target, proof):
    """These play on fresh models of their own."""
    if proof == ("kill",) and target.startswith("rtl:"):
        return  # there the target is forked as it is
    ran = run("--json", "-t", target, "dv", *proof)
    error = ran.doc["error"]
    assert (ran.code, error["where"], error["wanted"]) == (2, target, "model:tern, without options")
    assert error["next"]


@pytest.mark.parametrize("word", ["tenant=1", "tenant:", "nonsense", "harvest=die0"])
def test_a_word_that_is_none_is_answered_with_those_that_are(run, word):
    ran = run("--json", "dv", "inject", "--replay", f"booted up {word}")
    assert ran.code == 2
    assert "bedplate dv inject --help" in ran.doc["error"]["next"] or "tenant:" in word
    assert ran.doc["error"]["wanted"]


def test_the_help_says_the_words_of_a_case(run):
    text = run("dv", "inject", "--help").out
    for word in (*STARTS, *ACTS, *INJECTED_ERRORS, *VARIANTS, TENANT, "harvest=", "NAME:FAULT", *WIDE_FAULTS):
        assert word in text, word


def test_an_unknown_flow_is_answered_with_those_there_are(run):
    ran = run("--json", "dv", "kill", "--flow", "nonsense")
    assert ran.code == 2
    assert all(name in ran.doc["error"]["wanted"] for name in (*BY_NAME, "INSTANCE:FAULT"))
    assert all(name in run("dv", "kill", "--help").out for name in (*BY_NAME, "INSTANCE:FAULT"))


def test_the_case_that_the_help_shows_can_be_played(run):
    (case,) = re.findall(r"such as\s+'(.*)'", run("dv", "inject", "--help").out)
    assert run("dv", "inject", "--replay", case).code == 0
