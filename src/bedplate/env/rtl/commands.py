"""Commands as text, for callers that are not Python: the words of the command line, answered by its documents."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from bedplate.block import OFF, SERVICE
from bedplate.converge import Chip
from bedplate.converge.access import assignment, read_values, require_readable, write_values
from bedplate.converge.facts import Facts, alive, report_facts, status_facts, value_facts, written_facts
from bedplate.errors import BedplateError, DriverError, UnknownName

GRAMMAR = (
    *("up [NAME...]", "down [NAME...]", "status [PATTERN]", "reg get NAME...", "reg set NAME=VALUE..."),
    "up and down take --force NAME and --intent NAME",
)
GOALS = {"up": SERVICE, "down": OFF}


class CommandAnswer(NamedTuple):
    """A command's document, its value where it has one (`reg get`: the first), and why it did not reach what it was to."""

    document: Facts
    value: int = 0
    error: BedplateError | None = None


def execute(chip: Chip, command: str, target: str) -> CommandAnswer:
    """Carry out a command. Blocks as HAL code does. Raises UnknownName for what is no command, and what HAL code raises."""
    match command.split():
        case ["up" | "down" as verb, *words]:
            return _lead(chip, verb, words, target)
        case ["status"]:
            return _status(chip, "*", target)
        case ["status", pattern]:
            return _status(chip, pattern, target)
        case ["reg", "get", *names] if names:
            return _read(chip, names, target)
        case ["reg", "set", *assignments] if assignments:
            return _write(chip, assignments, target)
        case _:
            raise UnknownName("command", command, GRAMMAR)


def failure(error: BedplateError) -> Facts:
    """The document of an error."""
    return {"schema": "bedplate.error/1", "ok": False, "error": error.to_dict()}


def _lead(chip: Chip, verb: str, words: Sequence[str], target: str) -> CommandAnswer:
    named: dict[str, list[str]] = {"": [], "--force": [], "--intent": []}
    option = ""
    for word in words:
        if word.startswith("--"):
            if option or word not in named:
                raise UnknownName("command", " ".join((verb, *words)), GRAMMAR)
            option = word
        else:
            named[option].append(word)
            option = ""
    if option:
        raise UnknownName("command", " ".join((verb, *words)), GRAMMAR)
    force, intent = (chip.names(named[option]) for option in ("--force", "--intent"))
    started = time.perf_counter()
    report = chip.converge(goal=GOALS[verb], only=named[""] or None, force=force, intent=intent)
    document = {"schema": f"bedplate.{verb}/1", **report_facts(report, target, time.perf_counter() - started)}
    error = report.first_error
    if error is None and not report.ok:
        error = DriverError("not every instance reached its goal", got=str(report))
    return CommandAnswer(document, error=error)


def _status(chip: Chip, pattern: str, target: str) -> CommandAnswer:
    chosen = chip.names([pattern])
    survey = alive(chip.survey())
    seen = [one for one in survey.seen if one.block.name in chosen]
    return CommandAnswer({"schema": "bedplate.status/1", **status_facts(chip.name, seen, survey, target)})


def _read(chip: Chip, names: Sequence[str], target: str) -> CommandAnswer:
    for name in names:
        require_readable(chip.register(name), take=False)
    values = [value_facts(found, value) for found, value in read_values(chip, names)]
    return CommandAnswer(
        {"schema": "bedplate.reg/1", "ok": True, "target": target, "values": values}, values[0]["value"]
    )


def _write(chip: Chip, assignments: Sequence[str], target: str) -> CommandAnswer:
    orders = [assignment(chip, text) for text in assignments]
    done = [written_facts(one) for one in write_values(chip, orders)]
    return CommandAnswer({"schema": "bedplate.reg/1", "ok": True, "target": target, "writes": done})
