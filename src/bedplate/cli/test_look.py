"""Looking without touching: ls, info, plan, status, dump."""

import re
import shlex

import pytest

from bedplate.block import Block
from bedplate.cli.conftest import SIZE, TERN
from bedplate.cli.registers import doc_of
from bedplate.cli.text import CELLS, COLORS
from bedplate.converge import Outcome
from bedplate.converge.facts import CONDITIONS
from bedplate.ip.pll.driver import Pll


def test_ls_and_info_need_no_chip(run):
    for args in (
        ["ls"],
        ["ls", "ip:pll"],
        ["info", "die0.pll.sys"],
        ["info", "die0.hbm*.mc"],
        ["info", "die0.pll.sys.ctrl"],
    ):
        assert run(*args).transactions == 0
    doc = run("--json", "ls", "die*.pll").doc
    assert len(doc["instances"]) == 14
    assert doc["instances"][0] == {
        "name": "die0.pll.sys",
        "ip": "pll",
        "address": doc["instances"][0]["address"],
        "needs": ["rail from die0.pwrmgr"],
    }


def test_info_of_a_class_without_docstring_does_not_say_what_its_base_class_is():
    bare = type("Bare", (Pll,), {})
    assert doc_of(bare) == ""
    assert doc_of(Block).startswith("A driver for the instance")
    assert doc_of(Pll).startswith("Fractional-N PLL")


@pytest.mark.parametrize("command", ["info pll", "ls pll", "reg get pll", "dump pvt"])
def test_the_name_of_a_type_is_answered_with_its_pattern(run, command):
    assert f"ip:{command.split()[-1]}" in run("--json", *command.split()).doc["error"]["next"]


def test_info_of_an_instance_a_register_and_a_field(run):
    instance = run("--json", "info", "die[0].pll.sys").doc["instances"][0]
    assert instance["needed_by"] == ["die0.clkmgr.root"]
    assert "needed by die0.clkmgr.root" in run("info", "die0.pll.sys").out
    assert instance["goal"] == "RUNNING"
    assert {state["name"] for state in instance["states"]} >= {"OFF", "RUNNING", "NO_LOCK"}
    assert {"name": "ctrl", "offset": 4}.items() <= instance["registers"][1].items()
    register = run("--json", "info", "die0.ppu.io.policy").doc
    assert register["kind"] == "register"
    assert register["effect"] == "electrical"
    assert register["fields"][0]["enum"]["ON"] == 8
    field = run("--json", "info", "die0.pll.sys.div.fbdiv").doc
    assert (field["kind"], field["fields"][0]["high"], field["fields"][0]["low"]) == ("field", 19, 8)
    assert (field["effect"], field["fields"][0]["effect"]) == ("stops_traffic", "none")
    status = run("--json", "info", "die0.pll.sys.status").doc
    assert status["effect"] == next(f["effect"] for f in status["fields"] if f["name"] == "lock_lost")
    text = run("info", "die0.pll.sys.status").out
    assert "effect: destroys_evidence" in text
    assert "rw woclr" in text
    assert "lock_lost" in text


@pytest.mark.parametrize("mask", ["die0", "die0:", "die0:zz", "die0:0x1000", "die7:1", "die0:1&harvest=die0:2"])
@pytest.mark.parametrize("others", ["", "up=1&fault=die0.pll.sys:slow=2&"])
def test_whoever_gets_a_harvest_mask_wrong_is_led_to_one_that_is_right(run, mask, others):
    """Whatever the error says is done, until it works: a command that it names, a name or an example that it gives."""
    error = run("--json", "-t", f"model:tern?{others}harvest={mask}", "status", "--up").doc["error"]
    if command := re.search(r"`(bedplate .*)`", error.get("next", "")):
        shown = run(*shlex.split(command[1])[1:])
        assert (shown.code, "harvest=die0:0x20  die0.ppu.hbm1" in shown.out) == (0, True), shown.err
        assert others.rstrip("&") in command[1]
    given = re.search(r"harvest=\w+:0x1$", error.get("wanted", ""))
    meant = re.search(r"did you mean (\w+)", error.get("next", ""))
    bits = error.get("wanted", "") == "one, with the bits of both"
    right = given[0] if given else f"harvest={meant[1]}:1" if meant else "harvest=die0:3" if bits or command else ""
    assert run("-t", f"model:tern?{others}{right}", "status", "--up").code == 0


@pytest.mark.parametrize("mask", ["x", "x:1", "x:0x20"])
def test_who_gives_a_mask_to_a_chip_without_fuses_is_not_led_on(run, mask):
    error = run("--json", "-t", f"model:bench.pll?harvest={mask}", "up").doc["error"]
    assert "has no fuses" in error["what"]
    assert error["next"] == "leave the mask out"


def test_the_meaning_of_harvest_bits_can_be_asked_of_the_chip(run):
    """Each bit removes from the chip what `info` of its fuses says, and each part says which bit removes it."""
    for harvest in TERN.harvests:
        (facts,) = run("--json", "info", harvest.fuses.name).doc["instances"]
        assert [fuse["bit"] for fuse in facts["fuses"]] == list(range(len(harvest.parts)))
        for fuse in facts["fuses"]:
            target = f"model:tern?{fuse['target_option']}"
            states = run("--json", "-t", target, "status", "--up").doc["states"]
            assert {one["name"] for one in states if one["condition"] == "harvested"} == set(fuse["removes"])
            for name in fuse["removes"]:
                (part,) = run("--json", "info", name).doc["instances"]
                assert fuse["target_option"] in [one["target_option"] for one in part["fused_off_by"]]
    assert run("--json", "info", "die0.pll.sys").doc["instances"][0]["fused_off_by"] == []
    assert "harvest=die0:0x20  die0.ppu.hbm1, die0.pll.hbm1, die0.hbm1.stk" in run("info", "die0.otp").out
    assert "fused off by bit 5 of die0.otp: harvest=die0:0x20" in run("info", "die0.hbm1.phy").out


def test_plan_writes_nothing_and_says_why(run):
    doc = run("--json", "plan").doc
    first = next(act for act in doc["acts"] if act["instance"] == "die0.pll.sys")
    assert (first["act"], first["source"], first["target"], first["effect"]) == (
        "program",
        "OFF",
        "LOCKING",
        "stops_traffic",
    )
    assert first["why"] == "observed OFF"
    assert doc["refused"] == 0


def test_plan_marks_what_a_workload_forbids(run):
    doc = run("--json", "--target", "model:tern?tenant=1", "plan").doc
    assert doc["tenant"] == "active"
    assert doc["refused"] == sum(act["effect"] != "none" for act in doc["acts"]) > 0
    forced = run("--json", "--target", "model:tern?tenant=1", "plan", "--force", "*").doc
    assert forced["refused"] == 0
    assert "refused" in run("--target", "model:tern?tenant=1", "plan").out


def test_status_counts_and_its_exit_code_is_for_monitors(run):
    fresh = run("--json", "status")
    assert fresh.code == 1
    assert fresh.doc["instances"]["total"] == sum(v for k, v in fresh.doc["instances"].items() if k != "total") == SIZE
    up = run("--json", "--target", "model:tern?harvest=die1:0x20", "status", "--up")
    assert up.code == 0
    assert up.doc["instances"]["harvested"] == 8
    some = run("--json", "status", "ip:pll", "--up").doc
    assert {state["ip"] for state in some["states"]} == {"pll"}


def test_dump_marks_what_differs_from_reset(run):
    doc = run("--json", "dump", "die0.pll.sys", "--up").doc
    found = {register["name"]: register for register in doc["instances"][0]["registers"]}
    assert found["div"]["changed"]
    assert found["div"]["fields"]["refdiv"] == {"value": 2}
    assert not found["id"]["changed"]
    changed = run("--json", "dump", "die0.pll.sys", "--up", "--changed").doc["instances"][0]["registers"]
    assert {r["name"] for r in changed} == {name for name, r in found.items() if r["changed"]}
    assert " * " in run("dump", "die0.pll.sys", "--up").out


def test_dump_does_not_touch_what_would_not_answer(run):
    one = run("--json", "dump", "die0.hbm0.phy")
    assert one.code == 1
    assert one.doc["error"]["what"].startswith("not reachable: no power from die0.ppu.hbm0")
    many = run("--json", "dump", "die0.hbm0")
    assert many.code == 1
    assert {item["unreachable"] for item in many.doc["instances"]} == {"no power from die0.ppu.hbm0"}
    gone = run("--json", "--target", "model:tern?harvest=die1:0x20", "dump", "die1.hbm", "--up")
    assert gone.code == 0  # what is fused off is not missing
    assert sum("fused off" in item.get("unreachable", "") for item in gone.doc["instances"]) == 6


def test_dump_leaves_out_what_reading_would_change(run):
    doc = run("--json", "dump", "die0.hbm0.stk", "--up").doc["instances"][0]
    assert {"name": "ecs_log", "why": "reading it has an effect"} in doc["not_read"]
    assert {"name": "w_start", "why": "it cannot be read"} in doc["not_read"]
    assert "ecs_log" not in {register["name"] for register in doc["registers"]}


@pytest.mark.parametrize("command", ["status", "plan", "dump", "up"])
@pytest.mark.parametrize(
    "fault", ["die1.sysid:hung", "die0.pwrmgr:hung", "die0.ppu.hbm0:block_reset=300ms", "die0.otp:hung"]
)
def test_every_command_has_an_answer_for_a_chip_that_is_partly_dead(run, command, fault):
    """For people as well as in a document; never an error of the program."""
    for form in ([], ["--json"]):
        names = ["die1.pll.*"] if command == "dump" else []
        done = run(*form, "--target", f"model:tern?fault={fault}", command, *names)
        assert done.code in (0, 1, 3), done.err
        assert done.out


def test_there_is_a_glyph_and_a_colour_for_whatever_an_instance_can_be():
    words = {word.replace("_", " ") for word in CONDITIONS} | {kind.value for kind in Outcome}
    assert words <= CELLS.keys()
    assert words <= COLORS.keys()
