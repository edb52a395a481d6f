"""The core's own teeth: whatever decision of it is made the other way, the test that its row names finds it.

Here a third of the mutants of each group is played, always the same; all of them in `make proofs`.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bedplate.dv.mutant.core import MUTANTS, check, honest, play, select
from bedplate.dv.mutant.core_row import CoreMutant

EVERY = 3
HARMLESS = CoreMutant("bus", "return round(count * 1_000)\n", "return round(1_000 * count)\n", "the same", "")
MAKEFILE = Path(__file__).parents[1] / "Makefile"
QUICK = "src/bedplate/bus/test_bus.py::test_pauses_double_up_to_a_second_and_begin_anew_after_what_lasted"


@pytest.mark.parametrize("group", MUTANTS)
def test_every_mutant_of_the_sample_is_found_by_the_test_that_its_row_names(group):
    command = [sys.executable, "-m", "bedplate.dv.mutant.core", group, "--every", str(EVERY), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in done.stdout.splitlines() if line.startswith("MISSED")] == []
    assert (done.returncode, done.stderr) == (0, "")
    played = len(MUTANTS[group][::EVERY])
    assert f"{played} of {played} mutants found" in done.stdout


def test_the_sample_is_many_of_every_group_and_the_rest_is_played_by_the_proofs():
    sample = list(select([], EVERY))
    assert len(sample) >= 40
    assert all(set(mutants) & set(sample) for mutants in MUTANTS.values())
    assert "-m bedplate.dv.mutant.core $(RUN)" in MAKEFILE.read_text()


def test_a_test_that_fails_without_any_mutant_finds_none():
    assert honest({QUICK})
    assert not honest({QUICK, "src/bedplate/errors.py::test_nothing"})


@pytest.mark.parametrize(
    ("mutant", "test", "why"),
    [
        (HARMLESS, QUICK, "SURVIVED"),
        (HARMLESS, "src/bedplate/errors.py::test_nothing", "pytest ended with"),
        (HARMLESS._replace(new="return 1 // 0\n"), "src/bedplate/block/test_block.py", "ZeroDivisionError"),
        (HARMLESS._replace(new="return nothing(\n"), QUICK, "stale row: .* is no program in time.py"),
        (HARMLESS._replace(old="no such text"), QUICK, "stale row: bus/ has this 0 times, not once: 'no such text'"),
        (HARMLESS._replace(old="return"), QUICK, "stale row: bus/ has this [0-9]{2,} times"),
        (CoreMutant("cli", "", "", "", ""), QUICK, "stale row"),
    ],
    ids=["survives", "has no test", "breaks every import", "is no program", "is gone", "is everywhere", "is empty"],
)
def test_a_row_that_proves_nothing_finds_nothing(mutant, test, why):
    verdict = play(mutant, [test])
    assert verdict.found == ""
    assert re.search(why, verdict.why)


def test_a_mutant_that_is_not_loaded_is_not_found():
    other = CoreMutant("cli", '"""The command line', '"""A command line', "", "")
    verdict = play(other._replace(folder="env", old="class _Life:", new="class _Life(object):"), [QUICK])
    assert (verdict.found, "does not even load" in verdict.why) == ("", True)


def test_rows_that_fit_no_more_are_told_without_playing_any(capsys):
    assert check(select([])) == 0
    assert check([HARMLESS, HARMLESS._replace(old="no such text", why="gone")]) == 1
    assert capsys.readouterr().out == "gone: stale row: bus/ has this 0 times, not once: 'no such text'\n"


def test_they_are_many_and_no_two_are_one():
    mutants = list(select([]))
    assert len({(mutant.folder, mutant.old, mutant.new) for mutant in mutants}) == len(mutants) >= 45
    assert len({mutant.why for mutant in mutants}) == len(mutants)
