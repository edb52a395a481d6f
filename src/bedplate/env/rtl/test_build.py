"""Progress of a build: what is told and when."""

import pytest

from bedplate.env.rtl import build
from bedplate.env.rtl.designs import DESIGNS
from bedplate.errors import EnvError

VERILATOR = """#!/bin/sh
[ "$1" = --version ] && exit
while [ "$1" != --Mdir ]; do shift; done
cat > "$2/Vsim.mk" << 'END'
sim.so: verilated.o b.o c.o
\tg++ -shared verilated.o b.o c.o -o sim.so
verilated.o b.o c.o:
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

    def go(**how):
        told = []
        build.simulator(DESIGNS["one_register"], told.append, **how)
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


def test_what_is_the_same_in_every_design_is_compiled_once(told):
    told()
    assert told(options=["--another"])[1:-1] == [
        "building one_register_tb: compiled 0 of 3 C++ files",
        "building one_register_tb: compiled 2 of 3 C++ files",
        "building one_register_tb: linking",
    ]


def test_a_build_that_fails_tells_no_end(told, monkeypatch):
    monkeypatch.setenv("BROKEN", "1")
    with pytest.raises(EnvError, match="error: no such thing"):
        told()
