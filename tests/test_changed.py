"""The inner loop picks what is about a type whose folder changed: the tests over all types, too."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def picked(tmp_path):
    """What is picked in a tree with two types, of which these files are new."""

    def picks(*names):
        for name in (".ci/changed", *(f"src/bedplate/ip/{one}/driver.py" for one in ("pll", "otp"))):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
        git = ("git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
        for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "all")):
            subprocess.run([*git, *command], cwd=tmp_path, check=True)
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("")
        command = [sys.executable, str(tmp_path / ".ci/changed"), "--types"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()

    return picks


@pytest.mark.parametrize("name", ["model.py", "mutants.txt", "rtl/pll.sv"])
def test_any_file_of_a_type_picks_the_tests_about_it(picked, name):
    expression = picked(f"src/bedplate/ip/pll/{name}")
    assert "otp" not in expression
    command = [sys.executable, "-m", "pytest", "-q", "--co", "tests/test_mutant_driver.py", "tests/test_waits.py", "-k"]
    listed = subprocess.run([*command, expression], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert "[pll]" in listed
    assert "[Pll" in listed
    assert "[otp" not in listed


def test_what_is_of_no_type_picks_none(picked):
    assert picked("src/bedplate/bus/time.py", "src/bedplate/dv/mutant/play.py", "docs/page.md") == ""
