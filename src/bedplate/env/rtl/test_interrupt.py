"""Ctrl-C, at a time when Python does not run: C++ or a compiler does. The command ends at once and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bedplate.env import open_bus
from bedplate.env.rtl.library import library
from bedplate.env.rtl.test_waves import Waves

HERE = Path(__file__).parent
BOX = "rtl:bedplate.env.rtl.one_register:OneRegister"
CLI = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from bedplate.cli import main; main()"
"""The command line, also below a shell that ignores SIGINT for what it runs in the background."""

PROMPT = 120.0
"""Seconds after which a process that was to end certainly hangs."""


def interrupted(target, word, wait=0.0, **environment):
    """Boot a target, press Ctrl-C once its talk has that word in it; exit code and talk. It must end soon."""
    with subprocess.Popen(
        [sys.executable, "-c", CLI, "-t", target, "up"],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE / "testdata")} | environment,
    ) as process:
        said = ""
        while word not in said and (line := process.stderr.readline()):
            said += line
        time.sleep(wait)
        process.send_signal(signal.SIGINT)  # to it alone: a terminal would send it to the tools as well
        try:
            _, rest = process.communicate(timeout=PROMPT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, said + rest


@pytest.fixture(scope="module", autouse=True)
def built():
    open_bus(BOX).close()


@pytest.mark.parametrize("wait", [0.0, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("chip", ["Sleeping", "Polling"])
def test_in_a_simulation(chip, wait):
    code, said = interrupted(f"rtl:endless:{chip}", "endless", wait)
    assert (code, said.splitlines()[-1]) == (130, "interrupted"), said
    assert "Traceback" not in said


def test_waves_end_where_it_was_interrupted(tmp_path):
    file = tmp_path / "box.fst"
    code, said = interrupted(f"rtl:endless:Sleeping?waves={file}", "endless", 0.2)
    assert code == 130, said
    waves = Waves(file)
    assert waves.text("step_name", waves.end) == "switch_on"
    assert waves.end > 10_000


MAKEFILE = """
sim.so: a.o b.o
a.o b.o:
\tg++ -c -o $@ x.cpp
"""

TOOLS = {
    "verilator": """#!/bin/sh
        [ "$1" = --version ] && exit
        while [ "$1" != --Mdir ]; do shift; done
        {stuck}
        cp {makefile} "$2/Vsim.mk"
        """,
    "g++": """#!/bin/sh
        {stuck}
        """,
}
STUCK = "sleep 1000 & echo $! >> {pids}; echo $$ >> {pids}; wait"


@pytest.mark.parametrize(
    ("stuck", "word", "processes"), [("verilator", "verilating", 2), ("g++", "compiled 0 of 2 C++ files", 4)]
)
def test_in_a_build_nothing_is_left_of_files_and_of_processes(stuck, word, processes, tmp_path):
    pids, tools, cache = tmp_path / "pids", tmp_path / "bin", tmp_path / "cache" / "bedplate"
    for folder in (tools, cache):
        folder.mkdir(parents=True)
    (tmp_path / "Vsim.mk").write_text(MAKEFILE)
    (cache / library().parents[1].name).symlink_to(library().parents[1])
    (tools / "make").symlink_to(shutil.which("make"))
    for name, text in TOOLS.items():
        what = STUCK.format(pids=pids) if name == stuck else ""
        (tools / name).write_text(text.format(stuck=what, makefile=tmp_path / "Vsim.mk"))
        (tools / name).chmod(0o755)
    path = {"PATH": f"{tools}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(cache.parent)}
    code, said = interrupted(BOX, word, 1.0, **path)
    assert (code, said.splitlines()[-1]) == (130, "interrupted"), said
    assert [left for place in cache.iterdir() if not place.is_symlink() for left in place.iterdir()] == []
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == processes
    assert [pid for pid in started if lives(pid)] == []


def lives(pid):
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"
