"""Drivers with one bug each, against what judges drivers without any RTL: who finds it?

    python -m bedplate.dv.mutant_driver                    every driver of ip/: a row of the table for each
    python -m bedplate.dv.mutant_driver pll otp --write    these; and writes their rows into docs/drivers.md

`dv compare` plays one driver on both sides and sees none of these. The mutants are made by `mutant_driver_make.py`; those of
`observe` (`observe_mutant.py`) are played by `tests/test_observe.py` and only counted here. What survives is listed with its
reason in `mutant_driver_harmless.py`: anything else that survives, and what is listed there but found, makes this command fail.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from bedplate.dv import mutant_driver_make, observe_mutant
from bedplate.dv.mutant_driver_harmless import HARMLESS
from bedplate.dv.mutant_driver_make import Mutant, mutants, rooms, source
from bedplate.dv.mutant_play import ROOT, first_failure
from bedplate.dv.observe_seed import subjects
from bedplate.topology import Instance

LONGEST = 60
"""Seconds of processor time that the tests may take."""
PAGE = ROOT / "docs" / "drivers.md"
PROOFS = {"ladder": "tests/test_ways.py", "times": "tests/test_waits.py", "room": ""}
"""What looks at a driver's ways, in this order: the tests that look at all drivers, and those of its room."""
REFUSED = "wiring"
"""Who finds a driver that no chip can be made with."""
HEAD = f"""\
# Who finds a driver's bug

Made by `python -m bedplate.dv.mutant_driver --write`; do not edit. Each driver of `ip/` is played with one bug at a time, made from
its source. `dv compare` plays the same driver on both sides and sees none of these. All is played on the models; a bug is counted
where it is found first, in this order:

- in `observe` (a condition negated, dropped or swapped, another field, an index off by one): by `observe.txt` beside the driver,
  all of them (`tests/test_observe.py`).
- in the ways, that is in steps, waits and outlets (a line left out or swapped, another constant, another state; an effect, a claim, a
  withdrawal or a meeting not declared; a time off by a factor of five):
  - {REFUSED}: no chip can be made with it;
  - ladder: what holds for the ways of every driver, on its model (`{PROOFS["ladder"]}`);
  - times: those of the data sheet, `times.txt` beside the driver, and of the model (`{PROOFS["times"]}`);
  - room: the tests of its room (`ip/NAME/test_NAME.py`);
  - harmless: by nobody, with the reason below.

"""
COLUMNS = ("driver", "in `observe`", "in ways", *(f"by {name}" for name in (REFUSED, *PROOFS)), "harmless")


class Row(dict[str, int]):
    """Numbers of a driver, by column."""


@cache
def types() -> Mapping[str, Sequence[type[Instance]]]:
    """The drivers of each room."""
    found: dict[str, list[type[Instance]]] = {}
    for driver in subjects():
        found.setdefault(driver.__module__.split(".")[-2], []).append(driver)
    return found


def made(room: str) -> tuple[int, int]:
    """How many mutants a room's drivers have: of `observe`, and of their ways."""
    return sum(map(observe_mutant.count, types()[room])), mutant_driver_make.count(room)


def finder(mutant: Mutant) -> tuple[str, str]:
    """The test that finds it, and what it says; empty if none does."""
    own = f"test_{mutant.room}"
    only = " or ".join((own, *(f"[{driver.__name__}" for driver in types()[mutant.room])))
    tests = [file or f"src/bedplate/ip/{mutant.room}/{own}.py" for file in PROOFS.values()]
    found, why = first_failure(source(mutant.room), mutant.text, ["-k", f"not rtl and ({only})", *tests], LONGEST)
    refused = not found and why.startswith("bedplate.errors.")
    return (REFUSED if refused else found), why


def proof(test: str) -> str:
    """Which proof a test is one of."""
    return next((name for name, file in {REFUSED: REFUSED, **PROOFS}.items() if file and test.startswith(file)), "room")


def play(room: str) -> tuple[dict[str, int], list[str]]:
    """A room's row, and what is wrong: mutants that survive without a reason, reasons that are none."""
    found, why = finder(Mutant(room, "", source(room).read_text(encoding="utf-8")))
    if found:
        return {}, [f"{room} fails without any bug: {found} {why}"]
    reasons, finders, wrong = HARMLESS.get(room, {}), Counter[str](), []
    for mutant in mutants(room):
        found, why = finder(mutant)
        finders[proof(found) if found else "harmless"] += 1
        if bool(found) is (mutant.name in reasons):
            wrong.append(f"{room} {mutant.name}: {found + ' finds it' if found else 'survives'}")
        print(f"{'found' if found else 'survives'} {room} {mutant.name}: {found} {why}", file=sys.stderr, flush=True)
    lies, ways = made(room)
    return dict(
        zip(COLUMNS[1:], (lies, ways, *(finders[name] for name in (REFUSED, *PROOFS, "harmless"))), strict=True)
    ), wrong


def written(page: str) -> dict[str, tuple[int, ...]]:
    """The rows of a page, by room."""
    rows = re.findall(r"^\| (\w+) ((?:\| \d+ )+)\|$", page, re.MULTILINE)
    return {room: tuple(int(number) for number in re.findall(r"\d+", numbers)) for room, numbers in rows}


def text(rows: Mapping[str, Iterable[int]]) -> str:
    """The page with these rows."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *((room, *rows[room]) for room in sorted(rows))]
    sums = [sum(column) for column in zip(*rows.values(), strict=True)]
    lines.append(("**all**", *sums))
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
    survivors = [f"- {room}, {name}: {reason}" for room, why in HARMLESS.items() for name, reason in why.items()]
    return f"{HEAD}{table}\n\n## Harmless, and why\n\n" + "\n".join(survivors or ["None."]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Play, tell, and with `--write` put the rows into the page; 1 if anything is wrong."""
    import hypothesis  # noqa: F401 - loaded once, for all forks
    import pytest  # noqa: F401

    import bedplate.gen.docs  # noqa: F401

    wrong: list[str] = []
    for room in [name for name in arguments if name != "--write"] or rooms():
        row, mistakes = play(room)
        wrong += mistakes
        print(f"{room}: " + ", ".join(f"{number} {name}" for name, number in row.items()), flush=True)
        if row and "--write" in arguments:
            rows = written(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
            PAGE.write_text(text({**rows, room: tuple(row.values())}), encoding="utf-8")
    for mistake in wrong:
        print(mistake)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
