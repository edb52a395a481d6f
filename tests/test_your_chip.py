"""The tutorial `docs/your-chip.md`, done as it says: its files written, its commands run, its test run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "your-chip.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for line in PAGE.read_text().splitlines() if line.startswith("bedplate ")]


class Tutorial:
    """A folder with the tutorial's files, in which commands are run as a reader would."""

    def __init__(self, folder):
        self.folder = folder
        for _, path, text in BLOCK.findall(PAGE.read_text()):
            if path:
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_text(text)
        (folder / "poleg" / "__init__.py").touch()

    def run(self, *arguments, target="qtest:poleg.chip:Poleg"):
        path = os.pathsep.join([str(self.folder), *filter(None, sys.path)])
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "BEDPLATE_TARGET": target},
            check=False,
        )


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    made = Tutorial(tmp_path_factory.mktemp("tutorial"))
    done = made.run("bedplate.cli", "gen", "poleg/poleg.rdl", "-o", "poleg/regs")
    assert done.returncode == 0, done.stderr
    return made


def test_says_what_is_tested_here():
    assert len(COMMANDS) == 5
    assert "    bedplate gen poleg/poleg.rdl -o poleg/regs\n" in PAGE.read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(tutorial, command):
    done = tutorial.run("bedplate.cli", *command.split()[1:])
    assert done.returncode == 0, done.stderr
    assert "pll0" in done.stdout


def test_proof(tutorial):
    done = tutorial.run("pytest", "-q", "-p", "no:cacheprovider", "poleg/test_poleg.py")
    assert done.returncode == 0, done.stdout


def test_types(tutorial):
    done = tutorial.run("mypy", "--check-untyped-defs", "poleg/chip.py")
    assert done.returncode == 0, done.stdout


def test_entry_point(tutorial):
    info = tutorial.folder / "poleg-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poleg\nVersion: 1\n")
    points = re.search(r'entry-points\."(bedplate.chips)"\]\n(.*?)\n```', PAGE.read_text(), re.DOTALL)
    (info / "entry_points.txt").write_text(f"[{points[1]}]\n{points[2]}\n".replace('"', ""))
    done = tutorial.run("bedplate.cli", "up", target="qtest:poleg")
    assert done.returncode == 0, done.stderr
