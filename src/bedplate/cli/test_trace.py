"""Every transaction by name."""

import pytest

from bedplate.bus import MemoryBus, Request, Trace, Transaction
from bedplate.cli.conftest import OPENING
from bedplate.cli.session import Session
from bedplate.cli.trace import Tracer


def test_trace_shows_names_fields_and_device_time_and_the_answer_goes_aside(run):
    ran = run("trace", "reg", "get", "die0.sysid.magic")
    assert ran.code == 0
    assert "0.000 us read  die0.sysid.magic 0x5445_524e: value=0x5445524e" in ran.out
    assert ran.err.startswith("die0.sysid.magic  0x5445_524e")
    doc = run("--json", "trace", "reg", "get", "die0.sysid.magic").doc
    assert doc["command"] == ["reg", "get", "die0.sysid.magic"]
    assert doc["answer"]["schema"] == "bedplate.reg/1"
    (entry,) = doc["transactions"]
    assert (entry["op"], entry["register"], entry["words"]) == ("read", "die0.sysid.magic", [0x5445524E])


def test_trace_counts_what_reached_the_bus(run):
    ran = run("--json", "trace", "up")
    assert sum(entry["times"] for entry in ran.doc["transactions"]) == ran.transactions - OPENING
    assert ran.doc["answer"]["transactions"] == ran.transactions - OPENING


def test_what_up_does_first_is_not_part_of_the_trace(run):
    doc = run("--json", "trace", "reg", "get", "--up", "die0.pll.sys.ctrl").doc
    assert [entry["register"] for entry in doc["transactions"]] == ["die0.pll.sys.ctrl"]


def test_the_exit_code_is_that_of_the_command(run):
    assert run("trace", "status").code == 1
    assert run("trace", "--help").code == 0
    assert run("trace", "ls", "nope").code == 2


@pytest.mark.parametrize("command", ["trace trace up", "trace --json trace status"])
def test_a_trace_of_a_trace_is_refused(run, command):
    ran = run("--json", *command.split())
    assert (ran.code, ran.transactions) == (2, 0)
    assert "no trace of a trace" in ran.doc["error"]["what"]
    assert ran.doc["error"]["next"]


def test_a_poll_is_one_line():
    lines = []
    with Tracer(Session(), lines.append) as tracer:
        bus = tracer.tap(MemoryBus())
        assert isinstance(bus, Trace)
        for _ in range(5):
            bus.read(0x0)
            bus.sleep(1000)
        bus.write(0x80, 5)
        bus.write(0x80, 5)
    assert len(lines) == 3  # writes are never folded
    assert "die0.sysid.magic" in lines[0]
    assert "(x 5, over 4 us)" in lines[0]
    assert tracer.facts(tracer.entries[0])["times"] == 5


def test_a_failed_transaction_says_so():
    with Tracer(Session(), lambda line: None) as tracer:
        tracer._listen(Transaction(5, Request(0x0), (), "BusFault"))
    (entry,) = tracer.entries
    assert "read  BusFault die0.sysid.magic" in tracer.lines(entry)[0]
    assert tracer.facts(entry)["error"] == "BusFault"
