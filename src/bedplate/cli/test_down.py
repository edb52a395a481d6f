"""Leading out of service from the command line."""

import json
import re
import shlex

from bedplate.block import OFF
from bedplate.cli.conftest import SIZE, TERN

LOADED = "model:tern?tenant=1"


def test_down_says_what_up_says_of_the_way_back(run):
    doc = run("--json", "down", "--up").doc
    assert doc["schema"] == "bedplate.down/1"
    assert doc["ok"]
    assert doc["instances"] == {"total": SIZE, "goal": SIZE, "failed": 0, "blocked": 0, "harvested": 0, "unknown": 0}
    assert doc["writes"] > 100
    states = {line["name"]: line["state"] for line in doc["lines"]}
    assert (states["die0.ppu.hbm0"], states["die1.pll.sys"]) == ("OFF", "OFF")
    assert (states["die0.hbm0.mc0"], states["die0.sysid"]) == ("unreachable", "SIGNED")


def test_on_a_chip_that_never_came_up_there_is_nothing_to_do(run):
    doc = run("--json", "down").doc
    assert doc["ok"]
    assert doc["writes"] == 0


def test_a_name_leads_all_that_need_it_down_and_nothing_else(run):
    doc = run("--json", "down", "--up", "die0.ppu.hbm0", "ip:pvt").doc
    names = {line["name"] for line in doc["lines"]}
    assert {name for name in names if "hbm0" in name} == {
        "die0.ppu.hbm0", "die0.hbm0.stk", "die0.hbm0.phy", *(f"die0.hbm0.mc{n}" for n in range(4))
    }  # fmt: skip
    assert {name for name in names if "hbm0" not in name} == {
        f"die{n}.pvt.{of}" for n in (0, 1) for of in ("se0", "se1", "io")
    }
    assert doc["ok"]


def test_up_takes_names_as_well(run):
    names = {line["name"] for line in run("--json", "up", "die1.pvt.io").doc["lines"]}
    assert names == {"die1.pvt.io", "die1.otp"}


def test_of_whom_nobody_looked_at_no_state_is_said(run):
    words = ["--target", f"{LOADED}&up=1", "down", "--force", "die0.hbm0.phy", "die0.hbm0.phy"]
    doc = run("--json", *words).doc
    states = {line["name"]: line["state"] for line in doc["lines"]}
    assert (states["die0.hbm0.phy"], states["die0.hbm0.mc0"]) == (None, "IN_SERVICE")
    assert re.search(r"die0.hbm0.phy +blocked .* not looked at +by die0.hbm0.mc0", run(*words).out)


def test_of_a_part_nobody_says_how_much_of_the_chip_works(run):
    broken = ["--target", "model:tern?fault=die0.pll.sys:no_lock"]
    assert "largest working chip" in run(*broken, "up").out
    assert "largest working chip" not in run(*broken, "up", "die0.pll.sys").out
    assert "largest working chip" not in run("--target", f"{LOADED}&up=1", "down").out


def test_unknown_names_are_refused_before_anything_is_done(run):
    ran = run("--json", "down", "die7")
    assert ran.code == 2
    assert ran.doc["error"]["code"] == "BP-ACC-002"


def test_a_workload_keeps_what_it_uses_unless_it_is_forced(run):
    assert run("--target", LOADED, "up", "--force", "*").code == 0
    ran = run("--json", "--target", LOADED, "plan", "--goal", "off", "die0.sysid")
    assert ran.doc["acts"] == []


def test_what_has_no_such_goal_stays_and_is_no_success(run):
    ran = run("--json", "down", "die0.sysid")
    assert (ran.code, ran.doc["stays"], ran.doc["fused_off"]) == (0, ["die0.sysid"], [])
    text = run("down", "die0.sysid").out
    assert "nobody to lead here" in text
    assert "die0.sysid: without a goal 'off'" in text
    assert "at goal, " not in text
    assert "die0.sysid  stays" in run("down", "-v", "die0.sysid").out
    plan = run("plan", "--goal", "off", "die0.sysid").out
    assert "0 of 0 at goal, 0 acts planned; die0.sysid without a goal 'off'" in plan


def test_what_stays_is_counted_apart(run):
    doc = run("--json", "down", "--up").doc
    stays = [block.name for block in TERN.all if OFF not in block.goals]
    assert (doc["stays"], len(stays)) == (stays, 10)
    assert f"{SIZE - 10} of {SIZE - 10} at goal" in run("down", "--up").out
    assert f"0 of {SIZE - 10} at goal" in run("plan", "--up", "--goal", "off").out
    part = run("--json", "down", "die0.rstmgr").doc
    assert part["stays"] == ["die0.rstmgr"]
    assert len(part["lines"]) > 1
    assert run("--json", "up").doc["stays"] == []


def test_the_plan_and_the_run_keep_the_same_order_of_needs(run, tmp_path):
    """They may differ in what does not wait for one another; neither takes from a user what it needs."""
    planned = [
        (act["instance"], act["act"].partition(" from ")[0].removeprefix("turn off "))
        for act in run("--json", "plan", "--up", "--goal", "off").doc["acts"]
        if act["effect"] != "none"
    ]
    file = tmp_path / "events"
    assert run("down", "--up", "--events", str(file)).code == 0
    done = [
        (event["instance"], event["text"].partition(":" if event["kind"] == "step" else " from ")[0])
        for event in map(json.loads, file.read_text().splitlines())
        if event["kind"] in ("step", "off")
    ]
    assert {act for act in done if " " not in act[1]} == {act for act in planned if " " not in act[1]}
    for acts in (planned, done):
        first, last = {}, {}
        for number, (name, _) in enumerate(acts):
            first.setdefault(name, number)
            last[name] = number
        for block in TERN.all:
            for need in block.needs:
                if block.name in last and need.provider.name in first:
                    assert last[block.name] < first[need.provider.name], (block.name, need)


def test_the_plan_shows_it_in_the_order_of_needs(run):
    doc = run("--json", "plan", "--up", "--goal", "off", "die1.hbm1").doc
    acts = [(act["instance"], act["act"]) for act in doc["acts"]]
    assert acts[0] == ("die1.hbm1.mc3", "hold_traffic")
    assert acts[-1] == ("die1.hbm1.stk", "turn off clock hbm1 from die1.clkmgr.root")
    assert len(acts) == len(set(acts)) == 15
    assert run("--json", "plan", "--goal", "of").doc["error"]["code"] == "BP-ACC-002"


def test_events_name_what_is_turned_off(run, tmp_path):
    file = tmp_path / "events"
    assert run("down", "--up", "die0.hbm0", "--events", str(file)).code == 0
    events = [json.loads(line) for line in file.read_text().splitlines()]
    off = [event["text"] for event in events if event["kind"] == "off"]
    assert off == [
        "reset hbm0_ctl from die0.rstmgr",
        "reset hbm0_phy from die0.rstmgr",
        "reset hbm0_stk from die0.rstmgr",
        "clock hbm0 from die0.clkmgr.root",
    ]


def test_whoever_is_refused_under_load_is_shown_at_once_who_else_would_be(run):
    """With what the plan names it goes down in one more command, not in one for each layer."""
    target = "model:tern?up=1&tenant=1"
    said = run("-t", target, "down", "die0.ppu.hbm0").out
    (command,) = re.findall(r"  plan    `bedplate (.*?)` shows at once", said)
    shown = run("--json", *shlex.split(command)).doc
    forced = [word for one in shown["will_not_get_there"] for word in ("--force", one["instance"])]
    assert run("-t", target, "down", "die0.ppu.hbm0", *forced).code == 0
    assert "shows at once" not in run("-t", target, "down", "die0.hbm0.mc0").out
