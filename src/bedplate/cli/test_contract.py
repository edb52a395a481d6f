"""What holds for every command: one document, a schema, an exit code, no traceback, a fast start."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading

import click
import pytest
from click.testing import CliRunner

from bedplate.bus import Meter
from bedplate.chips.tern import Tern
from bedplate.cli import app as program
from bedplate.cli import session
from bedplate.cli.conftest import commands
from bedplate.dv.inject import campaign as inject
from bedplate.env import rtl
from bedplate.env.rtl.commands import GRAMMAR
from bedplate.errors import LinkDown

COMMANDS = {
    "up": (["up"], 0),
    "plan": (["plan"], 0),
    "status": (["status"], 1),
    "ls": (["ls"], 0),
    "info": (["info", "die0.pll.sys"], 0),
    "reg": (["reg", "get", "die0.sysid.magic"], 0),
    "dump": (["dump", "die0.sysid"], 0),
    "trace": (["trace", "reg", "get", "die0.sysid.magic"], 0),
    "bench": (["bench", "construct", "--quick"], 0),
    "doctor": (["doctor"], 0),
}
"""Commands that run on a fresh model, and how they end there. `gen` and `dv` have tests of their own."""


@pytest.mark.parametrize("schema", COMMANDS)
def test_every_command_answers_with_one_document_or_with_text(run, schema):
    args, code = COMMANDS[schema]
    as_json = run("--json", *args)
    assert as_json.code == code, as_json.out
    assert as_json.doc["schema"] == f"bedplate.{schema}/1"
    assert as_json.doc["ok"] is (code == 0)
    text = run(*args)
    assert text.code == code
    assert text.out.strip()
    assert not text.out.startswith("{")
    assert "\x1b" not in text.out + text.err  # no colours where nobody sees them


BAD = [
    (["--target", "model:tren", "ls"], 2, "UnknownName"),
    (["--target", "modle:tern", "up"], 2, "UnknownName"),
    (["--target", "model:tern?falt=1", "up"], 2, "UnknownName"),
    (["stauts"], 2, "UnknownName"),
    (["--target", "model:bedplate.chips.edu:Edu", "up"], 2, "UnknownName"),
    (["--target", "model:bedplate.chips.eduu:EduChip", "up"], 2, "UnknownName"),
    (["--target", "model:json:JSONEncoder", "up"], 2, "UnknownName"),
    (["dv", "kill", "--flow", "die0.pll.sys:block_reset", "--at", "500000", "--variant", "before"], 2, "OutOfRange"),
    ([], 2, None),
    (["status", "--nope"], 2, "NoSuchOption"),
    (["info"], 2, "MissingParameter"),
    (["ls", "die7"], 2, "UnknownName"),
    (["status", "die7"], 2, "UnknownName"),
    (["dump", "ip:pl"], 2, "UnknownName"),
    (["info", "die0.pll.sys.ctrk"], 2, "UnknownName"),
    (["up", "--force", "die7"], 2, "UnknownName"),
    (["trace", "reg", "get", "nope"], 2, "UnknownName"),
    (["bench", "nope"], 2, "UnknownName"),
    (["gen", "no/such/file.rdl"], 2, "UsageError"),
    (["dv", "kill", "--at", "3"], 2, "UsageError"),
]


@pytest.mark.parametrize(
    ("args", "code", "kind"), BAD, ids=lambda item: " ".join(item) if isinstance(item, list) else ""
)
def test_a_bad_command_line_touches_nothing_and_says_what_is_wrong(run, args, code, kind):
    ran = run("--json", *args)
    assert (ran.code, ran.transactions) == (code, 0)
    assert ran.doc["schema"] == ("bedplate.error/1" if "trace" not in args else "bedplate.trace/1")
    assert ran.doc["ok"] is False
    assert kind in (None, ran.doc["error"]["type"])
    text = run(*args)
    assert (text.code, text.out, text.transactions) == (code, "", 0)
    assert text.err.strip()


def value_of(param):
    """A value that an option may be given; None for a switch."""
    if param.is_flag:
        return None
    return param.type.choices[0] if isinstance(param.type, click.Choice) else "1"


EVERY = {path: one for path, one in commands() if not one.context_settings.get("ignore_unknown_options")}
"""All but those that hand their command line on: `trace`, `qemu up`."""

ONCE = [
    (path, param)
    for path, command in EVERY.items()
    for param in command.params
    if isinstance(param, click.Option) and not param.multiple and param.name != "as_json"
]


def words(item):
    return " ".join(item) if isinstance(item, tuple) else getattr(item, "name", None)


def usage_error(run, *args):
    """The error of a command line that cannot be understood: its code, and a way on."""
    ran = run("--json", *args)
    assert (ran.code, ran.transactions) == (2, 0), ran.out
    assert ran.doc["schema"] == "bedplate.error/1"
    assert ran.doc["ok"] is False
    error = ran.doc["error"]
    assert error["code"] == "BP-CLI-002"
    assert error["what"]
    assert error["next"]
    text = run(*args)
    assert (text.code, text.out, text.transactions) == (2, "", 0)
    assert error["next"] in text.err
    return error


@pytest.mark.parametrize("path", EVERY, ids=words)
def test_every_usage_error_of_every_command_has_its_code_and_a_way_on(run, path):
    error = usage_error(run, *path, "--nope")
    assert error["next"] == " ".join(["bedplate", *path, "--help"])
    if path:
        assert "bedplate --target" in usage_error(run, *path, "--target", "model:tern")["next"]
    if not isinstance(EVERY[path], click.Group) and all(param.nargs != -1 for param in EVERY[path].params):
        assert usage_error(run, *path, *["x"] * 9)["next"] == " ".join(["bedplate", *path, "--help"])


@pytest.mark.parametrize(("path", "param"), ONCE, ids=words)
def test_an_option_that_may_be_given_once_is_refused_twice(run, path, param):
    once = [param.opts[-1], *filter(None, [value_of(param)])]
    assert "given 2 times: it may be given once" in usage_error(run, *path, *once, *once)["what"]


def test_an_option_that_may_repeat_says_so():
    options = [param for _, command in commands() for param in command.params if isinstance(param, click.Option)]
    repeating = [param for param in options if param.multiple]
    assert len(repeating) > 10
    assert [param.name for param in repeating if "may repeat" not in param.help] == []


def test_no_color_means_no_color(monkeypatch):
    for args in (["status"], ["stauts"]):
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert "\x1b[" in CliRunner().invoke(program.app, args, color=True).output
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in CliRunner().invoke(program.app, args, color=True).output


LOOKS = ("ls", "info die0.otp", "up", "down", "plan", "status", "dump die0.otp", "reg get die0.sysid.magic", "trace ls")


@pytest.mark.parametrize("command", LOOKS)
@pytest.mark.parametrize(
    "options",
    [
        ["-t", "model:tern?falt=1"],
        ["-t", "model:tern?fault=die0.pll.sys:nope"],
        ["-t", "model:tern?harvest=die0:0xfffff"],
        ["-t", "model:tern?tenant=2"],
        ["--spi"],
        ["--waves", "x.fst"],
    ],
    ids=" ".join,
)
def test_every_command_refuses_the_same_targets(run, options, command):
    ran = run("--json", *options, *command.split())
    assert (ran.code, ran.transactions) == (2, 0)
    assert ran.doc["error"] == run("--json", *options, "up").doc["error"]


def test_a_name_with_a_typing_error_gets_the_right_one(run):
    assert "did you mean status?" in run("stauts").err
    assert "did you mean ctrl?" in run("info", "die0.pll.sys.ctrk").err
    assert "die0.pll.sys" in run("info", "die0.pll.syss").err


def test_a_global_option_in_the_wrong_place_is_told_where_to_go(run):
    ran = run("status", "--json")
    assert ran.code == 2
    assert "bedplate --json" in ran.doc["error"]["next"]


def failing(error):
    def fail(*args, **more):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        (LinkDown("the bus is dead"), 3, "LinkDown"),
        (click.Abort(), 130, "Interrupted"),
        (KeyboardInterrupt(), 130, "Interrupted"),
        (ModuleNotFoundError("No module named 'systemrdl'", name="systemrdl"), 6, "ToolMissing"),
        (PermissionError(13, "Permission denied", "out.svg"), 2, "PermissionError"),
    ],
)
def test_every_ending_has_its_exit_code(run, monkeypatch, error, code, kind):
    monkeypatch.setattr(session.Session, "open", failing(error))
    ran = run("--json", "status")
    assert ran.code == code
    assert ran.doc["error"]["type"] == kind
    text = run("status")
    assert (text.code, text.out) == (code, "")
    assert text.err


def test_a_missing_extra_comes_with_the_command_that_installs_it(run, monkeypatch):
    monkeypatch.setattr(session.Session, "open", failing(ModuleNotFoundError("no", name="systemrdl")))
    assert "pip install 'bedplate[gen]'" in run("status").err


def test_only_a_defect_shows_a_traceback_and_it_is_not_blamed_on_the_hardware(run, monkeypatch):
    monkeypatch.setattr(session.Session, "open", failing(ZeroDivisionError("oops")))
    ran = run("--json", "status", may_break=True)
    assert ran.code == 70
    assert ran.doc["error"]["type"] == "Defect"
    assert "ZeroDivisionError" in ran.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_defect_in_a_job_names_it_and_shows_its_traceback_wherever_it_is_done(run, monkeypatch, jobs):
    monkeypatch.setattr(inject, "play", failing(SystemExit(0)))
    ran = run("--json", "dv", "inject", "--runs", "4", "--jobs", jobs, may_break=True)
    assert (ran.code, ran.doc["error"]["type"]) == (70, "JobDefect")
    assert ran.doc["error"]["what"] == "the job raised SystemExit: 0"
    assert "in fail" in ran.err


def test_a_dead_bus_is_unreachable_and_never_data(run, monkeypatch):
    monkeypatch.setattr(Meter, "read", lambda self, address, size=4: 0xFFFF_FFFF)
    monkeypatch.setattr(Meter, "transact", lambda self, request: (0xFFFF_FFFF,) * request.length)
    assert run("--json", "status").doc["error"]["type"] == "LinkDown"
    assert run("up").code == 3


def test_the_table_of_commands_says_what_the_commands_say(run):
    for name, text in program.COMMANDS.items():
        assert program.app.get_command(click.Context(program.app), name).short_help == text
        assert f"{name:<6}  {text}" in run("--help").out
        assert run(name, "--help").code == 0


def test_the_help_names_every_option_of_a_target(run):
    text = run("--help").out
    assert [option for option in (*rtl.ONCE, *rtl.MANY) if f" {option}=" not in text] == []


def test_the_target_can_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("BEDPLATE_TARGET", "model:nope")
    assert run("ls").code == 2


def test_help_starts_without_anything_heavy():
    code = (
        "import sys; from bedplate.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(*sorted(sys.modules), sep=chr(10))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
    heavy = ("rich", "systemrdl", "bedplate.env", "bedplate.converge", "bedplate.cli.up", "importlib.metadata", "json")
    assert "bedplate.cli.app" in loaded
    assert not set(heavy) & set(loaded)


def test_the_module_is_the_program_and_a_closed_pipe_is_no_drama():
    shell = f"{sys.executable} -m bedplate.cli ls | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert done.stdout == "141\n"
    assert done.stderr == ""


def test_without_click_the_program_says_what_to_install():
    code = "import sys; sys.modules['click'] = None\nfrom bedplate.cli import main\nmain(['--json', 'ls'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 6
    assert "pip install 'bedplate[cli]'" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("flags", "option"), [(["--waves", "x.fst"], "waves"), (["--spi"], "spi")])
def test_flags_for_a_simulation_are_short_for_the_targets_options(run, flags, option):
    ran = run("--json", "-t", "model:tern?tenant=1", *flags, "up")
    assert (ran.code, ran.transactions) == (2, 0)
    assert ran.doc["error"]["what"] == f"unknown target option '{option}'"


@pytest.mark.parametrize(
    "command",
    [
        "up nope", "up --force nope", "down nope", "plan nope", "status nope", "ls nope", "dump nope", "info nope", "reg get nope",
        "reg set nope=1", "-t nope:tern up", "-t model:nope up", "-t model:tern?nope=1 up", "-t model:tern?fault=x up",
        "-t model:tern?fault=nope:no_lock up", "-t model:tern?fault=die0:nope up", "-t model:tern?harvest=die0 up", "plan --goal nope",
        "dv wiring --only nope", "dv kill --flow nope", "dv spi-noise --kind nope", "dv inject --replay nope",
        "dv compare model:tern model:tern --scenario nope", "dv conformance nope", "trace nope",
    ],
)  # fmt: skip
def test_whatever_is_not_known_is_answered_with_what_is(run, command):
    error = run("--json", *command.split()).doc["error"]
    assert error.get("next") or error.get("wanted"), error


FIVE = "\u0665"
"""A digit that Python's int() takes, as Arabic writes it."""


@pytest.mark.parametrize(
    "command",
    [
        f"reg set die0.pll.sys.div.fbdiv={FIVE}", f"reg set die0.pll.sys.div=0x{FIVE}", f"-t model:tern?harvest=die0:{FIVE} up",
        f"-t model:tern?fault=die0.pll.sys:slow={FIVE} up", f"-t model:tern?fault=die0.pll.sys:no_lock*{FIVE} up",
        f"-t model:tern?fault=die0.pll.sys:lock_lost={FIVE}us up", f"-t rtl:tern?seed={FIVE} ls", f"-t pci:auto?timeout={FIVE} up",
        f"dv compare model:tern model:tern --scenario killed:die0.pll.sys={FIVE}", f"dv inject --runs {FIVE}", f"dv inject --seed {FIVE}",
        f"dv kill --sample {FIVE}", f"reg get die0.hbm0.mc[{FIVE}].id", "reg get die0.sysid.scratch[\u00b2]",
    ],
)  # fmt: skip
def test_digits_are_ascii(run, command):
    ran = run("--json", *command.split())
    assert (ran.code, ran.transactions) == (2, 0), ran.out
    assert ran.doc["error"].get("next") or ran.doc["error"].get("wanted")


def test_a_testbench_speaks_the_words_of_the_command_line(run):
    for line in GRAMMAR:
        verb, *more = line.split()
        words = [verb, *(word for word in more[:1] if word.islower() and word.isalpha() and verb == "reg")]
        helped = run(*words, "--help")
        assert helped.code == 0
        assert verb != "up" or "--force NAME" in helped.out


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM])
def test_a_machine_that_has_run_out_of_something_is_no_defect(run, monkeypatch, code):
    def poor(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Tern, "survey", poor)
    ran = run("--json", "status")
    assert (ran.code, ran.doc["error"]["type"], ran.doc["error"]["got"]) == (
        3,
        "EnvError",
        str(OSError(code, os.strerror(code))),
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_gets_one_document_and_no_traceback(number):
    """In whatever it is: the work, or before that the imports, as soon as Python has come to us."""
    for wait in (0.1, 0.8):
        with subprocess.Popen(
            [sys.executable, "-X", "importtime", "-m", "bedplate.cli", "--json", "dv", "kill"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as ended:
            while "bedplate.errors" not in ended.stderr.readline():
                pass
            threading.Event().wait(wait)
            ended.send_signal(number)
            out, err = ended.communicate(timeout=60)
        assert (ended.returncode, json.loads(out)["error"]["code"], "Traceback" in err) == (130, "BP-CLI-130", False)
