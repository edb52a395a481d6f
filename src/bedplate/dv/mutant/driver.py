"""Drivers with one bug each, against what judges drivers without any RTL: who finds it?

    python -m bedplate.dv.mutant.driver                    every driver of ip/
    python -m bedplate.dv.mutant.driver pll otp --write    these; and writes what was found into `mutants.txt` beside each
    python -m bedplate.dv.mutant.driver --table            what was written, as a table

`dv compare` plays one driver on both sides and sees none of these. The mutants are made by `driver_make.py`; those of
`observe` (`observe/mutant.py`) are played by `tests/test_observe.py` and only counted here. What survives stands in `mutants.txt`
with its reason: anything else that survives, and what is listed there but found, makes this command fail.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import click

from bedplate.dv.jobs import Job, Runner
from bedplate.dv.jobs.options import campaign
from bedplate.dv.mutant import driver_make as mutant_driver_make
from bedplate.dv.mutant.driver_make import DriverMutant, folders, mutants, source
from bedplate.dv.mutant.play import first_failure
from bedplate.dv.observe import mutant as observe_mutant
from bedplate.dv.observe.seed import subjects
from bedplate.errors import UnknownName
from bedplate.topology import Instance

LONGEST = 60
"""Seconds of processor time that the tests may take."""
PROOFS = {"state machine": "tests/test_ways.py", "times": "tests/test_waits.py", "folder": ""}
"""What looks at a driver's ways, in this order: the tests that look at all drivers, and those of its folder."""
REFUSED = "wiring"
"""Who finds a driver that no chip can be made with."""
COLUMNS = ("in observe", "in ways", *(f"by {name}" for name in (REFUSED, *PROOFS)), "harmless")
HEAD = """\
Who finds a bug of this driver, in numbers: see docs/drivers.md. Made by `python -m bedplate.dv.mutant.driver --write`; the reasons of what does
no harm are written by hand.
"""


class Page(NamedTuple):
    """What stands in `mutants.txt` beside a driver: a number for each column, and what does no harm, with the reasons."""

    row: Mapping[str, int]
    harmless: Mapping[str, str]

    @classmethod
    def of(cls, folder: str) -> Page:
        """That of a folder; empty where there is none yet."""
        path = source(folder).with_name("mutants.txt")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        row = {name: int(number) for name, number in re.findall(r"^([a-z ]+): (\d+)$", text, re.MULTILINE)}
        return cls(row, dict(re.findall(r"^(\S.*)\n    (\S.*)$", text, re.MULTILINE)))

    def text(self) -> str:
        """The page."""
        lines = [HEAD, *(f"{name}: {number}" for name, number in self.row.items())]
        for name, reason in self.harmless.items():
            lines += ["", name, f"    {reason}"]
        return "\n".join(lines) + "\n"


@cache
def types() -> Mapping[str, Sequence[type[Instance]]]:
    """The drivers of each folder."""
    found: dict[str, list[type[Instance]]] = {}
    for driver in subjects():
        found.setdefault(driver.__module__.split(".")[-2], []).append(driver)
    return found


def made(folder: str) -> tuple[int, int]:
    """How many mutants a folder's drivers have: of `observe`, and of their ways."""
    return sum(map(observe_mutant.count, types()[folder])), mutant_driver_make.count(folder)


def finder(mutant: DriverMutant) -> tuple[str, str]:
    """The test that finds it, and what it says; empty if none does."""
    import hypothesis  # noqa: F401 - loaded once, for all forks

    import bedplate.dv.docs  # noqa: F401

    own = f"test_{mutant.folder}"
    only = " or ".join((own, *(f"[{driver.__name__}" for driver in types()[mutant.folder])))
    tests = [file or f"src/bedplate/ip/{mutant.folder}/{own}.py" for file in PROOFS.values()]
    found, why = first_failure(source(mutant.folder), mutant.text, ["-k", f"not rtl and ({only})", *tests], LONGEST)
    refused = not found and why.startswith("bedplate.errors.")
    return (REFUSED if refused else found), why


def proof(test: str) -> str:
    """Which proof a test is one of."""
    return next(
        (name for name, file in {REFUSED: REFUSED, **PROOFS}.items() if file and test.startswith(file)), "folder"
    )


def jobs(folder: str) -> list[Job[tuple[str, str]]]:
    """The driver as it is, and each of its mutants: who finds it?"""
    again = f"python -m bedplate.dv.mutant.driver {folder}"
    honest = DriverMutant(folder, "", source(folder).read_text(encoding="utf-8"))
    return [Job(f"{folder} {one.name}", again, finder, (one,)) for one in (honest, *mutants(folder))]


def judge(folder: str, found: Sequence[tuple[str, str]]) -> tuple[dict[str, int], list[str]]:
    """A folder's row, and what is wrong: mutants that survive without a reason, reasons that are none."""
    (blamed, why), *others = found
    if blamed:
        return {}, [f"{folder} fails without any bug: {blamed} {why}"]
    reasons, finders, wrong = Page.of(folder).harmless, Counter[str](), []
    for mutant, (test, _) in zip(mutants(folder), others, strict=True):
        finders[proof(test) if test else "harmless"] += 1
        if bool(test) is (mutant.name in reasons):
            wrong.append(f"{folder} {mutant.name}: {test + ' finds it' if test else 'survives'}")
    observed, ways = made(folder)
    return dict(
        zip(COLUMNS, (observed, ways, *(finders[name] for name in (REFUSED, *PROOFS, "harmless"))), strict=True)
    ), wrong


def table() -> str:
    """All rows, as they were written, and their sums."""
    rows = {folder: [Page.of(folder).row.get(name, 0) for name in COLUMNS] for folder in folders()}
    lines = [("driver", *COLUMNS), ("---",) * (1 + len(COLUMNS)), *((folder, *row) for folder, row in rows.items())]
    lines.append(("all", *(sum(column) for column in zip(*rows.values(), strict=True))))
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


@campaign(__doc__)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--write", is_flag=True, help="Put the rows beside the drivers.")
@click.option("--table", "shows", is_flag=True, help="Only show the rows that are there.")
def main(names: Sequence[str], write: bool, shows: bool, runner: Runner) -> int:
    """Play, tell, and with `--write` put the rows beside the drivers; 1 if anything is wrong. With `--table` only show them."""
    if shows:
        print(table())
        return 0
    for name in names:
        if name not in folders():
            raise UnknownName("IP type", name, folders())
    asked = {folder: jobs(folder) for folder in names or folders()}
    todo = [one for some in asked.values() for one in some]

    def tell(done: int, found: tuple[str, str]) -> None:
        test, why = found
        print(f"{'found' if test else 'survives'} {todo[done - 1].name}: {test} {why}", file=sys.stderr, flush=True)

    results = iter(runner.run(todo, tell))
    wrong: list[str] = []
    for folder, some in asked.items():
        row, mistakes = judge(folder, [next(results) for _ in some])
        wrong += mistakes
        print(f"{folder}: " + ", ".join(f"{number} {name}" for name, number in row.items()), flush=True)
        if row and write:
            page = Page(row, Page.of(folder).harmless)
            source(folder).with_name("mutants.txt").write_text(page.text(), encoding="utf-8")
    for mistake in wrong:
        print(mistake)
    return int(bool(wrong))


if __name__ == "__main__":
    from bedplate.dv.mutant import driver  # a worker knows the functions of a module by its name

    driver.main()
