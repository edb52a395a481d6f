"""The core's tests against mutants of the core: each decision that is made the other way must be found by the test that is named.

python -m bedplate.dv.mutant.core            every mutant against the test that finds it
python -m bedplate.dv.mutant.core time gate  those of these groups, or whose reason has this word in it
python -m bedplate.dv.mutant.core --every 3             the first of each three of a group: what `make test` plays
python -m bedplate.dv.mutant.core --check               only whether every row fits the core as it is
python -m bedplate.dv.mutant.core --search busy        against the core's quick tests, one after the other: who finds it?
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import click

from bedplate.dv.jobs import Job, Runner
from bedplate.dv.jobs.options import campaign
from bedplate.dv.mutant.core_lost import LOST
from bedplate.dv.mutant.core_may import MAY
from bedplate.dv.mutant.core_outlook import OUTLOOK
from bedplate.dv.mutant.core_pair import PAIR
from bedplate.dv.mutant.core_row import CoreMutant, Stale, place
from bedplate.dv.mutant.core_run import RUN
from bedplate.dv.mutant.core_trust import TRUST
from bedplate.dv.mutant.core_turn import TURN
from bedplate.dv.mutant.core_word import WORD
from bedplate.dv.mutant.play import ROOT, first_failure
from bedplate.errors import UnknownName

MUTANTS = MAY | RUN | PAIR | TRUST | TURN | LOST | WORD | OUTLOOK
"""By what they are about."""

QUICK = (
    *("src/bedplate/converge", "src/bedplate/topology", "src/bedplate/block", "src/bedplate/reg/test_effect.py"),
    *("src/bedplate/bus/test_bus.py", "tests/test_goals.py", "tests/test_effects.py", "tests/test_budgets.py"),
    *("tests/test_sightings.py", "tests/test_resets.py", "tests/test_tern.py"),
)
"""Where `--search` looks for a test that finds a mutant."""

AGAIN = "python -m bedplate.dv.mutant.core"
LONGEST, SEARCH = 3, 600
"""Seconds of processor time that a test may take, and all of the quick tests."""


class MutantVerdict(NamedTuple):
    """What became of one mutant: the test that failed, empty if none did; and why, or what is wrong with the row."""

    mutant: CoreMutant
    found: str
    why: str


def play(mutant: CoreMutant, tests: Sequence[str], longest: int = LONGEST) -> MutantVerdict:
    """Run tests against the mutant, up to the first that fails."""
    try:
        return MutantVerdict(mutant, *first_failure(*place(mutant), tests, longest))
    except Stale as stale:
        return MutantVerdict(mutant, "", str(stale))


def select(words: Sequence[str], every: int = 1) -> Iterator[CoreMutant]:
    """The mutants of these groups, or with one of the other words in their reason; all of them without any word.

    Of each group only the first of `every` so many: a fixed sample, in which every group is.
    """
    for group, mutants in MUTANTS.items():
        for mutant in mutants[::every]:
            if not words or group in words or any(word in mutant.why for word in words if word not in MUTANTS):
                yield mutant


def check(mutants: Iterable[CoreMutant]) -> int:
    """Say which rows do not fit the core as it is; 1 if there are any."""
    stale = 0
    for mutant in mutants:
        try:
            place(mutant)
        except Stale as error:
            print(f"{mutant.why}: {error}")
            stale = 1
    return stale


def honest(tests: Iterable[str]) -> bool:
    """Whether these tests pass on the core as it is: else a mutant would be found by tests that find everything."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *sorted(tests)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def job(mutant: CoreMutant, tests: Sequence[str], longest: int) -> Job[MutantVerdict]:
    """Playing a mutant, as a job."""
    return Job(f"mutant: {mutant.why}", f"{AGAIN} '{mutant.why}'", play, (mutant, tests, longest))


@campaign(__doc__)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--every", type=click.IntRange(min=1), default=1, help="The first of each so many of a group.")
@click.option("--search", is_flag=True, help="Look for a test that finds it.")
@click.option("--check", "fits", is_flag=True, help="Play none.")
def main(words: Sequence[str], every: int, search: bool, fits: bool, runner: Runner) -> int:
    """One line for each mutant; 1 if one was not found. Raises UnknownName for words that no mutant has."""
    mutants = list(select(words, every))
    if not mutants:
        raise UnknownName("group of mutants, or words of their reasons,", " ".join(words), MUTANTS)
    if fits:
        return check(mutants)
    if not search and not honest({mutant.killer for mutant in mutants}):
        print("these tests fail without any mutant: what they would find says nothing")
        return 1

    def tell(_: int, verdict: MutantVerdict) -> None:
        found = "found " if verdict.found else "MISSED"
        print(f"{found} {verdict.mutant.why}: {verdict.found} {verdict.why}", flush=True)

    jobs = [job(one, QUICK, SEARCH) if search else job(one, [one.killer], LONGEST) for one in mutants]
    missed = sum(not verdict.found for verdict in runner.run(jobs, tell))
    print(f"{len(mutants) - missed} of {len(mutants)} mutants found")
    return 1 if missed else 0


if __name__ == "__main__":
    from bedplate.dv.mutant import core  # a worker knows the functions of a module by its name

    core.main()
