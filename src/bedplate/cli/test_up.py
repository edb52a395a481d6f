"""Converging from the command line."""

import io
import json
import re
import shlex
import xml.etree.ElementTree as ElementTree

import pytest

from bedplate.bus import MemoryBus, Replay
from bedplate.chips.tern import Tern
from bedplate.cli import progress
from bedplate.cli.conftest import OPENING, SIZE
from bedplate.cli.session import Session
from bedplate.cli.timeline import Timeline
from bedplate.converge import Event, Line, Outcome, Report

FAILING = "model:tern?fault=die0.pll.hbm0:no_lock&harvest=die1:0x20"


def test_up_says_what_others_rely_on(run):
    ran = run("--json", "up")
    doc = ran.doc
    assert ran.code == 0
    assert doc["instances"] == {"total": SIZE, "goal": SIZE, "failed": 0, "blocked": 0, "harvested": 0, "unknown": 0}
    assert doc["transactions"] == doc["reads"] + doc["writes"] == ran.transactions - OPENING
    assert doc["device_time_ns"] == max(line["reached_ns"] for line in doc["lines"]) or doc["device_time_ns"] > 0
    assert doc["wall_time_s"] > 0
    assert [set(step) for step in doc["critical_path"]] == [{"name", "reached_ns"}] * len(doc["critical_path"])
    assert len(doc["working"]) == SIZE
    assert ran.err == ""


def test_a_failure_names_the_root_what_it_blocks_and_what_still_works(run):
    ran = run("--target", FAILING, "up")
    assert ran.code == 1
    assert "error BP-DRV-004" in ran.out
    assert "where   die0.pll.hbm0" in ran.out
    assert "largest working chip" in ran.out
    assert "die1.hbm1.phy" in ran.out  # every instance is listed
    doc = run("--json", "--target", FAILING, "up").doc
    assert doc["ok"] is False
    assert doc["instances"]["harvested"] == 8
    assert [error["where"] for error in doc["errors"]] == ["die0.pll.hbm0"]
    assert "die0.pll.hbm0" not in doc["working"]


@pytest.mark.parametrize("command", [["up"], ["down"]])
def test_the_text_says_which_chip_and_boot_answered_and_what_was_reset_meanwhile(run, command):
    text = run("-t", "model:tern?fault=die1:reset=3us", *command).out
    who, also = [line for line in text.splitlines() if "serial 0x" in line]
    assert who.startswith("  answered by    die0 chip 0x100a17, serial 0x5445524e00000001, boot 0x1")
    assert also.strip().startswith("die1 chip 0x1100a17, ")
    note = "note           begun anew once for what happened behind this run's back, at last: die1 was reset\n"
    assert note in text
    assert " note " not in run(*command).out


def test_what_a_chip_can_never_tell_is_in_the_document_and_not_in_the_text_of_each_run(run):
    assert "answered by    bench unknown" in (text := run("-t", "model:bench.pll", "up").out)
    assert "resets behind our back" not in text
    assert any("resets behind our back" in note for note in run("--json", "-t", "model:bench.pll", "up").doc["notes"])


def test_a_kind_of_failure_is_told_once(run):
    ran = run("--target", "model:tern?tenant=1", "up")
    assert ran.code == 1
    assert ran.out.count("step power_on (electrical) would disturb") == 1
    assert "more: " in ran.out


def test_force_lets_named_instances_be_disturbed(run):
    refused = run("--json", "--target", "model:tern?tenant=1", "up").doc["instances"]["failed"]
    assert run("--json", "--target", "model:tern?tenant=1", "up", "--force", "*").doc["ok"]
    some = run("--json", "--target", "model:tern?tenant=1", "up", "--force", "die0.pll").doc
    assert 0 < some["instances"]["failed"] < refused


def test_elsewhere_than_on_a_terminal_there_is_one_line_an_instance(run):
    lines = run("up").err.splitlines()
    assert len(lines) == SIZE
    assert sum("die1.hbm1.phy" in line for line in lines) == 1


def test_an_outcome_that_is_told_again_is_not_shown_again(capsys):
    with progress.watch(Session(), Tern(MemoryBus(0))) as listen:
        for kind in ("step", "goal", "observed", "goal", "failed"):
            listen(Event(5, "die0.pll.sys", kind, "text"))
    assert [line.split()[3] for line in capsys.readouterr().err.splitlines()] == ["goal", "failed"]


def test_on_a_terminal_the_board_shows_every_instance():
    board = progress.Board(Tern(MemoryBus(0)))
    assert f"0 of {SIZE}" in board.picture().plain
    board.add(Event(5, "die0.pll.sys", "step", "program: OFF -> LOCKING"))
    board.add(Event(7, "die0.pll.noc", "goal", "RUNNING"))
    board.add(Event(9, "die0.pll.noc", "observed", "RUNNING"))
    board.add(Event(2000, "die0.pll.se0", "failed", "no"))
    picture = board.picture().plain
    assert f"1 of {SIZE}  2 us" in picture
    assert "▪ ■ ✗ ·" in picture
    assert "die0.pll.sys program" in picture


def test_events_are_written_for_programs_instead_of_shown(run, tmp_path):
    done = run("up", "--events", str(tmp_path / "events"))
    events = [Event(**json.loads(line)) for line in (tmp_path / "events").read_text().splitlines()]
    assert (done.code, done.err) == (0, "")
    assert events[0].time < 1_000_000
    assert {event.instance for event in events if event.kind == "goal"} == {
        block.name for block in Tern(MemoryBus(0)).all
    }


def test_a_bar_reaches_from_the_first_act_to_the_goal():
    timeline = Timeline(100)
    timeline.add(Event(150, "a.b", "on", "its reset line"))  # not an act of its own
    timeline.add(Event(10_100, "a.b", "step", "program"))
    timeline.add(Event(20_100, "a.b", "wait", "lock"))
    lines = (
        Line("a.a", "x", Outcome.GOAL, "ON", 1_000, "", "", None),
        Line("a.b", "x", Outcome.GOAL, "ON", 100_000, "", "", None),
    )
    picture = timeline.svg(Report("box", lines, 100_000, 5, 5, 2))
    (bar,) = [line for line in picture.splitlines() if "<title>a.b" in line]
    decade = (960 - 124 - 32) / 2
    assert f'x="{124 + decade:.1f}"' in bar
    assert f'width="{decade:.1f}"' in bar


def test_the_picture_is_the_same_for_the_same_run_and_shows_every_instance(run, tmp_path):
    for name in ("a.svg", "b.svg"):
        assert run("up", "--picture", str(tmp_path / name)).code == 0
    text = (tmp_path / "a.svg").read_text()
    assert text == (tmp_path / "b.svg").read_text()
    titles = [item.text for item in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}title")]
    assert sum(title.startswith("die") for title in titles) == SIZE
    assert any(title.startswith("die1.hbm1.phy: ") for title in titles)


def test_the_picture_of_a_failure_has_all_its_colours(run, tmp_path):
    run("--target", FAILING, "up", "--picture", str(tmp_path / "a.svg"))
    text = (tmp_path / "a.svg").read_text()
    for word in ("failed", "blocked", "harvested", "critical path"):
        assert word in text


def test_trace_and_record_keep_every_transaction(run, tmp_path):
    trace, record = tmp_path / "trace.txt", tmp_path / "record.jsonl"
    ran = run("--json", "up", "--trace", str(trace), "--record", str(record))
    head, *entries, end = [json.loads(line) for line in record.read_text().splitlines()]
    assert len(entries) == end["end"] == ran.doc["transactions"]
    assert head == {"head": {"chip": "tern", "identity": ran.doc["identity"], "sizes": [1, 2, 4]}}
    assert ran.doc["lost"] == []
    assert "die0.pll.sys.ctrl 0x" in trace.read_text()
    report = Tern(Replay(io.StringIO(record.read_text()))).converge()
    assert report.ok  # the record is all that a laptop needs


@pytest.mark.parametrize("target", ["model:tern", FAILING, "model:bedplate.chips.duo:Duo"])
def test_a_replay_tells_the_same_with_the_same_times(run, tmp_path, target):
    record = tmp_path / "record.jsonl"
    first = run("-t", target, "--json", "up", "--record", str(record))
    again = f"replay:{record}" + ("?chip=bedplate.chips.duo:Duo" if "Duo" in target else "")
    second = run("-t", again, "--json", "up")
    assert second.code == first.code
    for fact in ("device_time_ns", "transactions", "instances", "critical_path"):
        assert without_hints(second.doc[fact]) == without_hints(first.doc[fact])
    assert first.doc["device_time_ns"] > 1_000


def without_hints(fact):
    """What an error says to do next names the target."""
    if isinstance(fact, dict):
        return {name: without_hints(one) for name, one in fact.items() if name != "next"}
    return [without_hints(one) for one in fact] if isinstance(fact, list) else fact


def test_a_record_that_is_not_there_is_unreachable(run, tmp_path):
    ran = run("-t", f"replay:{tmp_path / 'none.jsonl'}", "up")
    assert (ran.code, "cannot read the record" in ran.err) == (3, True)


@pytest.mark.parametrize("option", ["--trace", "--record", "--picture", "--events"])
def test_a_file_that_cannot_be_written_is_refused_before_anything_happens(run, tmp_path, option):
    ran = run("up", option, str(tmp_path / "no" / "such" / "place"))
    assert (ran.code, ran.transactions) == (2, 0)


@pytest.mark.parametrize("command", ["status", "plan", "dump", "ls", "info"])
def test_up_first_shows_a_booted_chip(run, command):
    name = ["die0.pll.sys"] if command in ("dump", "info") else []
    ran = run(command, *name, "--up")
    assert ran.code == 0
    assert {
        "status": f"{SIZE} of {SIZE}",
        "plan": "0 acts",
        "dump": "on_pll=1",
        "ls": "RUNNING",
        "info": "< ",
    }[command] in ran.out


@pytest.mark.parametrize(
    ("target", "code", "kind"),
    [
        ("model:tern?tenant=1", 1, "UnderLoad"),
        ("model:tern?fault=die0.pll.hbm0:no_lock", 1, "NoWayOut"),
        ("model:tern?fault=die0.ppu.fab:stuck_busy", 4, "PollTimeout"),
        ("model:tern?write=0", 3, "NotOwner"),
    ],
)
@pytest.mark.parametrize("command", ["status", "plan", "dump", "ls", "info", "reg get", "reg set", "down"])
def test_where_up_first_fails_who_looks_sees_what_is_left_and_who_writes_ends(run, command, target, code, kind):
    rest = {"dump": ["die0.sysid"], "info": ["die0.sysid"], "reg get": ["die0.sysid.magic"]}
    rest |= {"reg set": ["die0.sysid.scratch[0]=1"]}
    ran = run("--json", "-t", target, *command.split(), "--up", *rest.get(command, []))
    looks = command not in ("reg set", "down") and kind != "NotOwner"
    error = ran.doc["up" if looks else "error"]
    assert (ran.code, error["type"]) == (1 if looks and command == "status" else code, kind)
    if kind != "NotOwner":
        assert error["what"].startswith("--up did not bring up the chip, ")
        assert f" of {SIZE} at goal: " in error["what"]
        assert error["where"].startswith("die")
        assert "without --up" in error["next"]
    if looks:
        assert ran.doc["schema"] == f"bedplate.{command.split()[0]}/1"
        said = run("-t", target, *command.split(), "--up", *rest.get(command, []))
        assert "note: error BP-" in said.err
        assert said.out


LOST = "model:tern?fault=die0.pll.sys:no_lock"


def test_what_to_do_next_shows_what_went_wrong_where_each_command_begins_at_power_on(run):
    """A dump alone would show a PLL that was never touched."""
    ran = run("--json", "-t", LOST, "up")
    (next,) = [one["next"] for one in ran.doc["errors"]]
    assert next == f"bedplate -t '{LOST}' dump --up die0.pll.sys"
    shown = run(*shlex.split(next)[1:])
    assert shown.code == 1
    assert "lock_timeout=1" in shown.out
    assert "still NO_LOCK" in shown.err
    assert "lock_timeout=0" in run("-t", LOST, "dump", "die0.pll.sys").out


def test_nobody_is_sent_to_the_command_that_he_has_just_given(run):
    for name in ("die0.pll.sys", "die0.pll", "die*.pll.sys", "ip:pll", "die0.hbm0.phy", "die1.otp"):
        command = ["-t", LOST, "dump", "--up", name]
        shown = run(*command)
        note, _, error = shown.err.partition("error BP-DRV-003")
        covers = name not in ("die0.hbm0.phy", "die1.otp")
        assert (f"bedplate -t '{LOST}' dump --up die0.pll.sys" in note) is not covers, name
        assert f"`bedplate -t '{LOST}' up` tells all of it" in note
        assert "with --up" not in error
        assert not error or f"bedplate -t '{LOST}' up\n" in error
    assert "this command with --up" in run("dump", "die0.hbm0.phy").err


def test_what_to_do_next_is_a_dump_alone_where_the_chip_stays(monkeypatch):
    session = Session("pci:auto")
    assert session.way_on("bedplate dump die0.pll.sys") == "bedplate -t pci:auto dump die0.pll.sys"
    assert session.way_on("be root") == "be root"
    assert Session().way_on("bedplate dump x") == "bedplate dump --up x"
    assert Session("qtest:npcm750?socket=/q").way_on("bedplate dump x").endswith("socket=/q' dump x")


def test_the_next_look_at_a_way_down_is_at_that_way(run):
    target = "model:tern?up=1&fault=die0.ppu.hbm0:stuck_busy"
    ran = run("--json", "-t", target, "down", "die0.ppu.hbm0")
    (next,) = [one["next"] for one in ran.doc["errors"]]
    assert next == f"bedplate -t '{target}' trace down die0.ppu.hbm0"
    assert "die0.ppu.hbm0.status" in run(*shlex.split(next)[1:]).out


def test_a_status_at_power_on_says_that_it_is_one(run):
    assert "begins at power-on with each command" in run("status").err
    assert "begins at power-on" not in run("status", "--up").err
    assert "begins at power-on" not in run("-t", "model:tern?up=1", "status").err


def test_whoever_meets_a_hung_block_is_led_to_the_chip_where_it_hangs(run):
    """A status without the target would show another chip, which is well."""
    target = "model:tern?fault=die0.pll.sys:hung"
    ran = run("--json", "-t", target, "reg", "get", "die0.pll.sys.ctrl", "--up")
    assert f"`bedplate -t '{target}' status --up`" in ran.doc["error"]["next"]
    assert "die0.pll.sys" in run("-t", target, "status", "--up").err
    assert Session().way_on(Session().way_on("bedplate dump x")) == "bedplate dump --up x"


def test_nobody_is_led_to_what_he_looks_at_nor_to_another_chip_than_he_saw(run):
    target = "model:tern?fault=die0.pll.sys:hung"
    note = run("-t", target, "status", "--up").err
    assert "what follows says what the block lacks" in note
    assert "status" not in note
    seen = run("--json", "-t", target, "reg", "get", "die0.pll.sys.ctrl").doc["error"]["next"]
    assert f"`bedplate -t '{target}' status` says" in seen


def test_who_is_named_and_fused_off_is_said_so(run):
    target = ["-t", "model:tern?harvest=die1:0x20"]
    ran = run("--json", *target, "up", "die1.hbm1.phy")
    assert (ran.code, ran.doc["fused_off"]) == (0, ["die1.hbm1.phy"])
    text = run(*target, "up", "die1.hbm1.phy").out
    assert "nobody to lead here; of what it needs 5 of 5 at goal" in text
    assert "fused off      die1.hbm1.phy\n" in text
    some = run(*target, "up", "die*.hbm1.phy").out
    assert "nobody" not in some
    assert "fused off      die1.hbm1.phy\n" in some
    assert run("--json", *target, "up").doc["fused_off"] == []
    assert f"{SIZE - 8} of {SIZE - 8} at goal, 0 acts planned" in run(*target, "plan", "--up").out


def test_a_picture_is_an_svg_and_nothing_else(run, tmp_path):
    ran = run("--json", "up", "--picture", str(tmp_path / "boot.png"))
    assert (ran.code, ran.transactions) == (2, 0)
    assert ".svg alone" in ran.doc["error"]["what"]
    assert not list(tmp_path.iterdir())
    assert run("up", "--picture", str(tmp_path / "boot")).code == 0
    assert run("up", "--trace", str(tmp_path / "boot.png")).code == 0


def test_whose_fuses_cannot_be_read_is_told_so_and_not_that_it_needs_them(run):
    broken = ["--target", "model:tern?fault=die0.otp:stuck_busy"]
    assert re.search(r"die0.ppu.nc0 +blocked +its fuses \(die0.otp\) cannot be read", run(*broken, "up").err)
    assert re.search(r"die0.pvt.io +blocked +needs die0.otp", run(*broken, "up").err)
    assert "tells whether die0.ppu.nc0, die0.ppu.nc1" in run("info", "die0.otp").out
