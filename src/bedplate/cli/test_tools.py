"""gen, dv, bench, doctor, completion."""

import sys
from types import ModuleType

import pytest
from click.shell_completion import ShellComplete

import bedplate.gen
from bedplate.bench import suite as bench_figures
from bedplate.bench.suite import Figure
from bedplate.bus import Canary
from bedplate.chips.tern import Tern
from bedplate.cli import session as session_module
from bedplate.cli.app import app
from bedplate.cli.conftest import SIZE
from bedplate.dv.conformance import campaign as conformance
from bedplate.dv.conformance import states as conformance_states
from bedplate.dv.jobs import Runner
from bedplate.dv.kill import campaign as kill
from bedplate.dv.kill.reference import VARIANTS
from bedplate.env import model as environment
from bedplate.gen import Generated, Note

RDL = """
addrmap box { default regwidth = 32; default sw = rw; default hw = r;
  reg { field {} speed[7:0] = `SPEED; field { onwrite = woclr; hw = rw; } late[8:8] = 0; } ctrl @ 0;
};
"""


def test_gen_makes_a_package_that_works(run, tmp_path, monkeypatch):
    (tmp_path / "box.rdl").write_text(RDL)
    ran = run(
        "--json", "gen", str(tmp_path / "box.rdl"), "--top", "box", "-D", "SPEED=7", "-o", str(tmp_path / "boxes")
    )
    assert ran.code == 0, ran.out
    assert (ran.doc["registers"], ran.doc["fields"]) == (1, 2)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert hasattr(__import__("boxes"), ran.doc["top"])
    again = run("gen", str(tmp_path / "box.rdl"), "--top", "box", "-D", "SPEED=7", "-o", str(tmp_path / "boxes"))
    assert "written" not in again.out
    assert "1 registers, 2 fields" in again.out


def test_gen_shows_where_a_description_is_wrong(run, tmp_path):
    (tmp_path / "bad.rdl").write_text("addrmap x { reg {} }")
    ran = run("--json", "gen", str(tmp_path / "bad.rdl"), "-o", str(tmp_path / "out"))
    assert ran.code == 5
    assert ran.doc["error"]["type"] == "RdlError"
    assert not (tmp_path / "out").exists()


def test_gen_check_fails_on_stale_files_and_writes_nothing(run, tmp_path, monkeypatch):
    def in_tree(*, check):
        assert check
        paths = [tmp_path / "a.py", tmp_path / "b.py"]
        return Generated(files=paths, stale=paths[:1], notes=[Note("a.rdl:3", "renamed")], registers=5, fields=9)

    monkeypatch.setattr(bedplate.gen, "in_tree", in_tree)
    ran = run("gen", "--check")
    assert ran.code == 1
    assert "stale" in ran.out
    assert "a.rdl:3: renamed" in ran.out
    doc = run("--json", "gen", "--check").doc
    assert (doc["ok"], doc["stale"]) == (False, [str(tmp_path / "a.py")])


@pytest.mark.parametrize(
    "args",
    [
        *(["x.rdl"], ["x.rdl", "--check", "-o", "y"], ["--top", "x"]),
        *(
            ["x.rdl", "-o", "y", *more]
            for more in (
                ["-I", "nowhere"],
                ["-P", "a"],
                ["-P", "=1"],
                ["-P", "a=1", "-P", "a=2"],
                ["-D", "a", "-D", "a=1"],
            )
        ),
    ],
)
def test_gen_refuses_what_makes_no_sense(run, args):
    assert run("gen", *args).code == 2


FINDING = kill.KillFinding(
    "boot", 17, "after", "write x", "die0.pll.sys program", "holds 1, wanted 0", "bedplate dv kill ..."
)


def test_kill_reports_numbers_and_findings(run, monkeypatch):
    asked = []

    def fake(chip, flows, runner, every, tell):
        asked.append((chip, flows, runner, every))
        if tell is not None:
            tell("boot", 5, 10)
        return kill.KillReport(
            transactions=10,
            variants=VARIANTS,
            runs=40,
            distinct=30,
            failed=(FINDING,),
            flows={"boot": 10},
            unfinished={},
            left_out={},
        )

    monkeypatch.setattr(kill, "run", fake)
    ran = run("--json", "dv", "kill", "--jobs", "3", "--sample", "7", "--flow", "boot")
    assert ran.code == 1
    assert asked == [("tern", ["boot"], Runner(jobs=3), 7)]
    assert ran.doc["schema"] == "bedplate.kill/1"
    assert (ran.doc["transactions"], ran.doc["runs"], ran.doc["failed"]) == (10, 40, 1)
    assert ran.doc["findings"][0]["replay"] == FINDING.replay
    text = run("dv", "kill")
    assert FINDING.replay in text.out
    assert "boot, part 5/10" in text.err


@pytest.mark.parametrize(("fork", "flow"), [((), "die1.pll.d2d:block_reset"), (("--fork",), "boot")])
def test_a_kill_that_the_flow_has_no_place_for_is_refused(run, fork, flow):
    again = ("dv", "kill", *fork, "--flow", flow, "--at")
    none = run("--json", *again, "9999", "--variant", "after").doc["error"]
    assert "has no transaction 9999" in none["what"]
    assert "counted from 0" in none["wanted"]
    for words in ("1", "400"):  # a word of many and of one, and more than there are
        ran = run("--json", *again, "3", "--variant", "inside", "--words", words)
        assert (ran.code, ran.doc["error"]["wanted"]) == (2, "another --variant: it is one word")
    last = run("--json", *again, "0", "--variant", "inside", "--words", "400").doc["error"]
    assert last["wanted"].startswith("1 to ")
    assert run(*again, "0", "--variant", "inside", "--words", "1").code == (
        2 if fork else 0
    )  # of a read nothing was done
    told = run(*again, "3", "--variant", "later").out
    assert told == f"nothing found: the HAL died at transaction 3 of {flow}, later\n"


@pytest.mark.parametrize(
    "options",
    [
        "--at 3 --variant before --words 1",
        "--at 3 --variant inside",
        "--words 1",
        "--at 3 --variant inside --words 0",
        "--at 3 --variant after --jobs 2",
        "--at 3 --variant after --sample 2",
    ],
)
def test_kill_takes_no_option_that_it_would_leave_out(run, options):
    ran = run("--json", "dv", "kill", "--flow", "boot", *options.split())
    assert (ran.code, ran.doc["error"]["code"]) == (2, "BP-CLI-002")


def test_kill_replays_one(run, monkeypatch):
    monkeypatch.setattr(
        kill, "replay", lambda *args: [FINDING] if args == ("tern", "boot", 17, "after", 0, False) else []
    )
    again = ["dv", "kill", "--flow", "boot", "--variant", "after"]
    assert run(*again, "--at", "17").code == 1
    assert run(*again, "--at", "18").code == 0
    assert run("dv", "kill", "--flow", "boot", "--at", "1", "--variant", "slowly").code == 2
    assert run("dv", "kill", "--at", "1", "--variant", "after").code == 2


def test_conformance_reports_numbers_and_failures(run, monkeypatch):
    assert run("dv", "conformance", "die7").code == 2
    assert run("dv", "conformance", "die7", "--jobs", "2").code == 2
    failure = conformance.Failure("die0.pll.sys.div", "reset value", "0x1", "0x2")
    report = conformance.ConformanceReport(10, 99, (failure,), (("die0.otp.x", "writes: effect permanent"),))
    asked = []
    monkeypatch.setattr(
        conformance, "run", lambda chip, pattern, tell, by_type: asked.append((pattern, by_type)) or report
    )
    in_states = conformance.ConformanceReport(0, 1, (), ())
    monkeypatch.setattr(conformance_states, "run", lambda chip, pattern, runner, tell: in_states)
    ran = run("--json", "dv", "conformance", "ip:pll")
    assert ran.code == 1
    assert ran.doc["schema"] == "bedplate.conformance/1"
    assert (ran.doc["registers"], ran.doc["checks"], ran.doc["failed"]) == (10, 100, 1)
    assert ran.doc["failures"][0]["name"] == "die0.pll.sys.div"
    assert ran.doc["excluded"][0]["reason"].startswith("writes")
    assert "left out  die0.otp.x" in run("dv", "conformance", "--by-type").out
    assert asked == [("ip:pll", False), ("*", True)]


def test_bench_shows_targets_and_what_was_missed_but_does_not_judge(run, monkeypatch):
    figures = [
        Figure("access", "read", 130.0, "ns", 6.5, 8.0, "one bare access"),
        Figure("start", "slow", 99.0, "ms", target=30.0),
        Figure("peers", "other", None, "", note="not installed: pip install other"),
    ]
    monkeypatch.setattr(bench_figures, "run", lambda names, quick, tell: figures)
    ran = run("--json", "bench")
    assert ran.code == 0
    assert ran.doc["missed"] == ["slow"]
    assert [figure["met"] for figure in ran.doc["figures"]] == [True, False, None]
    text = run("bench").out
    assert "6.50x" in text
    assert "pip install other" in text


def test_access_is_measured_against_bare_memory_in_the_same_run():
    figures = {figure.name: figure for figure in bench_figures.run(["access"], quick=True)}
    assert figures["bare memoryview[i]"].ratio == 1.0
    for name in ("read", "read, one field", "modify, two fields", "dump, per register"):
        assert figures[name].measured
        assert figures[name].target


def test_a_boot_is_measured_and_its_shares_add_up():
    figures = {figure.name: figure for figure in bench_figures.run(["boot"], quick=True)}
    assert figures["the HAL's share"].ratio + figures["the model's share"].ratio == pytest.approx(1.0)


def test_doctor_names_what_is_missing_and_its_cure(run, monkeypatch):
    doc = run("--json", "doctor").doc
    found = {finding["name"]: finding for finding in doc["findings"]}
    assert found["python"]["found"] == sys.version.split()[0]
    assert found["click"]["found"]
    assert found["model:tern"]["found"] == f"tern, {SIZE} instances"
    monkeypatch.setattr(
        environment, "requirements", lambda: [("simulator", "", "apt install simulator")], raising=False
    )
    ran = run("doctor")
    assert ran.code == 0  # the model does not need it
    assert "apt install simulator" in ran.out


def test_doctor_says_which_chip_and_boot_answers_at_each_port_and_what_cannot_be_told(run, monkeypatch):
    found = {(one["kind"], one["name"]): one for one in run("--json", "doctor").doc["findings"]}
    for die, strap in enumerate(("0x100a17", "0x1100a17")):
        identity = found["identity", f"die{die}"]
        assert identity["found"].startswith(f"chip {strap}, serial 0x")
        assert identity["found"].endswith(", boot 0x1")
        assert f"port 0x{die << 24:x}" in identity["use"]
    assert not [name for kind, name in found if kind == "unknown"]

    class Plain(Tern):
        """It has a canary of no known value, and no word for anything else."""

        __module__ = Tern.__module__  # its model is Tern's
        canary_of = classmethod(lambda cls, port: Canary(port.start))

        def wire(self, bus):
            super().wire(bus)
            self.regions = ()

    monkeypatch.setattr(session_module.Session, "chip_type", lambda self: Plain)
    findings = run("--json", "doctor").doc["findings"]
    assert [one["found"] for one in findings if one["kind"] == "identity"] == ["unknown", "unknown"]
    told = [one["found"] for one in findings if one["kind"] == "unknown" and one["name"] == "tern"]
    assert [one.partition(" ")[0] for one in told] == ["which", "which", "resets", "whether"]


@pytest.mark.parametrize("canary", [Canary(0, 0x1234_5678), Canary(0x80_0000)], ids=["another value", "nobody there"])
def test_doctor_asks_the_canary_which_nobody_else_does_while_all_is_well(run, monkeypatch, canary):
    class Wrong(Tern):
        __module__ = Tern.__module__  # its model is Tern's
        canary_of = classmethod(lambda cls, port: canary._replace(address=port.start + canary.address))

    monkeypatch.setattr(session_module.Session, "chip_type", lambda self: Wrong)
    ran = run("--json", "doctor")
    told = [one for one in ran.doc["findings"] if one["kind"] == "canary"]
    assert [one["found"] for one in told] == ["", ""]
    assert "canary" in told[0]["use"]
    assert (ran.code, ran.doc["ok"]) == (3, False)


def test_doctor_names_what_answers_in_the_place_of_the_chip(run):
    ran = run("--json", "--target", "model:tern?fault=die1.sysid:hung", "doctor")
    found = {one["name"]: one for one in ran.doc["findings"] if one["kind"] == "identity"}
    assert (found["die0"]["found"] != "", found["die1"]["found"]) == (True, "")
    assert (ran.code, ran.doc["ok"], ran.doc["error"]["type"]) == (3, False, "LinkDown")


def test_doctor_fails_only_for_what_the_target_needs(run, monkeypatch):
    from bedplate.env import targets
    from bedplate.errors import ToolMissing

    broken = ModuleType("broken_environment")

    def open_bus(target, chip):
        raise ToolMissing("no simulator", next="apt install simulator")

    broken.open_bus = open_bus
    monkeypatch.setitem(sys.modules, "broken_environment", broken)
    monkeypatch.setitem(targets.ENVIRONMENTS, "broken", "broken_environment")
    ran = run("--json", "--target", "broken:tern", "doctor")
    assert ran.code == 6
    assert ran.doc["error"]["next"] == "apt install simulator"
    assert run("doctor").code == 0


@pytest.fixture
def slow(monkeypatch):
    """The target `slow:tern`, whose bus has something to say of the way to the chip."""
    from bedplate.env import targets

    slow = ModuleType("slow_environment")

    def open_bus(target, chip):
        bus = environment.open_bus(target, chip)
        return type("Slow", (), {"__getattr__": lambda self, name: getattr(bus, name), "notes": ("link: x4 of x16",)})()

    slow.open_bus = open_bus
    monkeypatch.setitem(sys.modules, "slow_environment", slow)
    monkeypatch.setitem(targets.ENVIRONMENTS, "slow", "slow_environment")


@pytest.mark.usefixtures("slow")
def test_doctor_tells_what_is_worse_with_the_way_to_the_chip_than_it_could_be(run):
    ran = run("--target", "slow:tern", "doctor")
    assert ran.code == 0
    assert "link: x4 of x16" in ran.out


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(
    "words", ["up", "status", "plan", "dump die0.sysid", "reg get die0.sysid.magic", "up --trace /dev/null"]
)
def test_so_does_every_command_that_uses_it(run, words):
    assert run("--json", "--target", "slow:tern", *words.removesuffix(" --trace /dev/null").split()).doc["notes"][
        -1:
    ] == ["link: x4 of x16"]
    ran = run("--target", "slow:tern", *words.split())
    assert "note: link: x4 of x16" in ran.err


def test_on_a_controller_doctor_asks_for_what_a_controller_needs_alone(run):
    findings = run("--json", "--target", "route:tern?path=pci:auto&path=spi:/dev/none", "doctor").doc["findings"]
    kinds = {(one["kind"], one["name"]) for one in findings}
    assert {name for kind, name in kinds if kind == "environment"} == {"pci:", "spi:", "i2c:", "route:"}
    assert {name for kind, name in kinds if kind == "tool"} == {"PCI bus", "spidev", "i2c-dev"}
    assert "extra" not in {kind for kind, _ in kinds}


def complete(*args: str) -> list[str]:
    found = ShellComplete(app, {}, "bedplate", "_BEDPLATE_COMPLETE").get_completions(list(args[:-1]), args[-1])
    return [item.value for item in found]


def test_names_complete():
    assert complete("info", "die0.pll.s") == ["die0.pll.sys", "die0.pll.se0", "die0.pll.se1"]
    assert complete("reg", "get", "die0.pll.sys.ctrl.b") == ["die0.pll.sys.ctrl.bypass"]
    assert complete("--target", "model:nope", "info", "d") == []
    assert complete("st") == ["status"]


def test_who_made_a_new_type_is_told_of_all_that_is_made_from_it(run, tmp_path):
    out = run("new-ip", "cat", "-o", str(tmp_path)).out
    assert [
        word
        for word in ("bedplate gen", "observe.table --write cat", "make docs", "mutant.driver cat --write", "pytest")
        if word not in out
    ] == []
