"""The tutorial, `docs/your-chip.md` and `docs/two-dies.md`, done as it says: its files written, its commands run, its test run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = "\n".join((ROOT / "docs" / name).read_text() for name in ("your-chip.md", "two-dies.md"))
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = re.findall(r"^```sh\nexport [^\n]*BEDPLATE_TARGET=(\S+)\n(.*?)^```$", PAGES, re.MULTILINE | re.DOTALL)
COMMANDS = [
    (target, *line.partition("#")[::2])
    for target, script in SCRIPTS
    for line in script.splitlines()
    if line.startswith("bedplate ")
]
"""Target, command, and the comment: it begins with the exit code, where that is not 0."""
GENERATED = re.findall(r"^    bedplate (gen .*)$", PAGES, re.MULTILINE)
POLEG = "qtest:poleg.chip:Poleg"
TWIN = "model:twin.chip:Twin"
TABLES = [
    line.partition("#")[0].strip()
    for line in re.findall(r"^python -m bedplate.dv.observe.table .*$", PAGES, re.MULTILINE)
]
(TESTS,) = re.findall(r"^pytest .*$", PAGES, re.MULTILINE)


class Tutorial:
    """A folder with the tutorial's files, in which commands are run as a reader would."""

    def __init__(self, folder):
        self.folder = folder
        for _, path, text in BLOCK.findall(PAGES):
            if path:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text)
        for command in re.findall(r"^    mkdir -p .*? && touch (.*?) +#", PAGES, re.MULTILINE):
            for path in command.split():
                (folder / path).touch()

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
    for command in GENERATED:
        done = made.run("bedplate.cli", *command.split())
        assert done.returncode == 0, done.stderr
    return made


def test_says_what_is_tested_here():
    assert [target for target, _ in SCRIPTS] == [POLEG, POLEG, "model:poleg.chip:Poleg", TWIN]
    assert [len([one for one in COMMANDS if one[0] == target]) for target, _ in SCRIPTS] == [6, 6, 5, 7]
    generated = [f"gen {name}/{name}.rdl -o {name}/regs" for name in ("poleg", "board", "twin")]
    assert generated == GENERATED
    assert len(TABLES) == 2


@pytest.mark.parametrize(("target", "command", "comment"), COMMANDS)
def test_commands(tutorial, target, command, comment):
    done = tutorial.run("bedplate.cli", *shlex.split(command)[1:], target=target)
    code, colon, _ = comment.strip().partition(":")
    assert done.returncode == (int(code) if colon and code.isdigit() else 0), done.stderr
    assert done.stdout
    assert ("die0" if target == TWIN else "pll0") in done.stdout or command.startswith("bedplate dv ")


def test_the_tables_beside_a_driver_are_made_and_compared_for_a_package_outside_of_the_tree(tutorial):
    for command in TABLES:
        done = tutorial.run(*command.split()[2:])
        assert done.returncode == 0, done.stderr
    assert "TRAINING        ctl.train=1" in (tutorial.folder / "twin" / "port" / "observe.txt").read_text()
    driver = tutorial.folder / "twin" / "port" / "driver.py"
    text = driver.read_text()
    driver.write_text(text.replace("if not ctl.train", "if ctl.train"))
    try:
        assert tutorial.run(*TABLES[1].split()[2:]).returncode != 0
    finally:
        driver.write_text(text)
    done = tutorial.run("bedplate.dv.observe.table", "twin.chip:Twn")
    assert (done.returncode, "did you mean Twin?" in done.stderr) == (2, True)


def test_the_tests_of_this_tree_cover_an_installed_package(tutorial):
    assert tutorial.run(*TABLES[0].split()[2:]).returncode == 0
    installed(tutorial, "twin", "[bedplate.chips]\ntwin = twin.chip:Twin\n")
    _, *words = shlex.split(TESTS)
    words = [str(ROOT / word) if word.startswith("tests/") else word for word in words]
    done = tutorial.run("pytest", "-q", "-p", "no:cacheprovider", *words)
    assert done.returncode == 0, done.stdout
    assert "[port-Port]" in tutorial.run("pytest", "-q", "--collect-only", *words).stdout


def installed(tutorial, name, points):
    """As if somebody had installed the package with these entry points."""
    info = tutorial.folder / f"{name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(points)


@pytest.mark.parametrize("target", sorted({target for target, _ in SCRIPTS}))
def test_a_status_of_a_chip_that_nobody_has_brought_up_exits_with_1(tutorial, target):
    assert tutorial.run("bedplate.cli", "status", target=target).returncode == 1


def test_the_chip_on_paper(tutorial):
    code = "from bedplate.bus import MemoryBus; from poleg.chip import Poleg; print(*(b.name for b in Poleg(MemoryBus(0)).all))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tutorial.folder, capture_output=True, text=True, check=True)
    assert done.stdout == "ident pll0 pll1\n"


def test_the_model_as_a_bus(tutorial):
    code = (
        "from bedplate.component import make_model; from poleg.chip import Poleg\n"
        "model = make_model(Poleg); print(Poleg(model).converge().ok, Poleg(model).converge().writes)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tutorial.folder, capture_output=True, text=True, check=True)
    assert done.stdout == "True 0\n"


def test_proof(tutorial):
    done = tutorial.run("pytest", "-q", "-p", "no:cacheprovider", "board/test_board.py")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "old", "new", "fails"),
    [
        ("board/chip.py", 'Budget("inrush"', 'Budget("in rush"', "test_it_goes_on"),
        ("board/chip.py", "tuple((one,) for one in self.engines)", "()", "test_what_is_fused_off"),
        ("board/driver.py", "on | 1 << self.index", "on | 3", "test_what_is_fused_off"),
        ("board/driver.py", "    effect = Effect.STOPS_TRAFFIC\n", "", "test_it_goes_on"),
        ("board/driver.py", "toward=OFF, ", "", "test_it_goes_down"),
    ],
)
def test_a_mistake_on_the_board_is_found_by_its_test(tutorial, path, old, new, fails):
    text = (tutorial.folder / path).read_text()
    assert old in text
    (tutorial.folder / path).write_text(text.replace(old, new))
    try:
        done = tutorial.run("pytest", "-q", "-p", "no:cacheprovider", "board/test_board.py")
    finally:
        (tutorial.folder / path).write_text(text)
    assert done.returncode == 1
    assert f"board/test_board.py::{fails}" in done.stdout


def test_a_reset_state_that_the_hardware_does_not_come_up_in_is_found(tutorial):
    path = tutorial.folder / "twin" / "engine" / "driver.py"
    text = path.read_text()
    path.write_text(text.replace("reset_state = EngineState.OFF", "reset_state = EngineState.RAMPING"))
    try:
        done = tutorial.run("bedplate.cli", "dv", "conformance", target=TWIN)
    finally:
        path.write_text(text)
    assert done.returncode == 1
    assert re.search(r"die0.engine +`reset_state` of its driver +RAMPING +OFF", done.stdout)


def test_types(tutorial):
    done = tutorial.run("mypy", "--check-untyped-defs", "poleg/chip.py", "board/chip.py", "twin/chip.py")
    assert done.returncode == 0, done.stdout


def test_entry_point(tutorial):
    points = re.search(r'entry-points\."(bedplate.chips)"\]\n(.*?)\n```', PAGES, re.DOTALL)
    installed(tutorial, "poleg", f"[{points[1]}]\n{points[2]}\n".replace('"', ""))
    for target in ("qtest:poleg", "model:poleg"):
        done = tutorial.run("bedplate.cli", "up", target=target)
        assert done.returncode == 0, done.stderr
