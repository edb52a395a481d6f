"""Progress of a build: what is told and when, on a terminal and in a log."""

import io

import pytest

from bedplate.env.rtl import build, progress
from bedplate.env.rtl.designs import DESIGNS
from bedplate.errors import EnvError

VERILATOR = """#!/bin/sh
[ "$1" = --version ] && exit
while [ "$1" != --Mdir ]; do shift; done
cat > "$2/Vsim.mk" << 'END'
sim.so: a.o b.o c.o
\tg++ -shared a.o b.o c.o -o sim.so
a.o b.o c.o:
\tg++ -c -o $@ x.cpp
END
"""
COMPILER = """#!/bin/sh
[ "$1" = -c ] && [ -n "$BROKEN" ] && echo 'x.cpp:1: error: no such thing' && exit 1
while [ "$1" != -o ]; do shift; done
touch "$2"
"""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Builds by tools that do next to nothing; what was told."""
    for name, text in (("verilator", VERILATOR), ("g++", COMPILER)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(build, "library", lambda: tmp_path / "libbedplate.so")

    def go():
        told = []
        build.simulator(DESIGNS["one_register"], told.append)
        return told

    return go


def test_a_build_tells_every_file_that_is_compiled(told):
    assert told() == [
        "building one_register_tb: verilating 7 files",
        *(f"building one_register_tb: compiled {done} of 3 C++ files" for done in range(3)),
        "building one_register_tb: linking",
        "built one_register_tb in 0 s",
    ]
    assert told() == []  # it is there


def test_a_build_that_fails_tells_no_end(told, monkeypatch):
    monkeypatch.setenv("BROKEN", "1")
    with pytest.raises(EnvError, match="error: no such thing"):
        told()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_has_one_line_that_is_overwritten():
    stream = Terminal()
    with progress.progress(stream) as tell:
        tell("compiled 1 of 2")
        tell("compiled 2 of 2")
    assert stream.getvalue() == "\r\x1b[Kcompiled 1 of 2\r\x1b[Kcompiled 2 of 2\n"


def test_on_a_terminal_too_nothing_to_tell_is_nothing_told():
    stream = Terminal()
    with progress.progress(stream):
        pass
    assert stream.getvalue() == ""


def test_a_log_hears_once_of_each_thing_and_again_after_some_time(monkeypatch):
    stream = io.StringIO()
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    with progress.progress(stream) as tell:
        tell("verilating 7 files")
        for now in (1.0, 2.0, 12.0, 13.0):
            tell(f"compiled {now:.0f} of 20")
        tell("linking")
    assert stream.getvalue().splitlines() == ["verilating 7 files", "compiled 1 of 20", "compiled 12 of 20", "linking"]
