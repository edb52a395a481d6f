"""`bedplate dv conformance`: every register against its description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.progress import counter
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, paint, table
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.conformance.campaign import ConformanceReport
    from bedplate.dv.conformance.gaps import Gap
    from bedplate.dv.jobs import Runner


@click.command(cls=Command, short_help="Check every register against its description.")
@click.argument("pattern", default="*", shell_complete=instance_names)
@click.option("--by-type", is_flag=True, help="Every bit in one instance of each type, whole words in the others.")
@runs_jobs(1)
@pass_session
def conformance(session: Session, pattern: str, by_type: bool, runner: Runner) -> int:
    """Check every register of the instances that PATTERN names against its description: reset value, every bit, aliases.

    The chip must be fresh from power-on, and is not usable afterwards. On a model, whole words, locks and sticky bits are also
    tried in every other state on a type's way to its goal, alone. --by-type is enough where all instances of a type are the same
    logic, as on a model or in RTL that is compiled by type. Failures of a kind are one row, a gap. Those that hardware is known to have, such
    as a model that has half of a block, are named with their reasons in gaps.ENVIRONMENT.txt beside the chip's class, such as gaps.qtest.txt; it fails where one closes, too. Several jobs have a chip each, so they are for models and
    simulations.
    """
    from bedplate.dv.conformance import campaign as proof
    from bedplate.dv.conformance import gaps
    from bedplate.dv.conformance import states as in_states
    from bedplate.dv.jobs import HERE
    from bedplate.env import parse

    tell = counter(session)
    if runner == HERE:
        report = proof.run(session.open(), pattern, tell, by_type=by_type)
    else:
        report = proof.run_shared(session.target, pattern, runner, tell, by_type=by_type)
    environment, chip, _ = parse(session.target)
    if environment == "model":
        report = proof.merged([report, in_states.run(chip, pattern, runner, tell)])
    kind = session.chip_type()
    known = gaps.known_of(kind, environment)
    found = gaps.found(report.failed, known)
    new = [one for one in found if not one.reason]
    closed = gaps.closed(found, known) if pattern == "*" else []
    facts = {
        "ok": not new and not closed,
        "target": session.target,
        "registers": report.registers,
        "checks": report.checks,
        "failed": len(report.failed),
        "failures": [failure._asdict() for failure in report.failed],
        "gaps": [one._asdict() | {"example": one.example._asdict()} for one in found],
        "closed": closed,
        "excluded": [{"name": name, "reason": reason} for name, reason in report.excluded],
    }
    session.answer("conformance", facts, _lines(report, new, [one for one in found if one.reason], closed))
    return 0 if facts["ok"] else 1


def _lines(report: ConformanceReport, new: list[Gap], known: list[Gap], closed: list[str]) -> Iterator[str]:
    if new:
        rows = [[one.gap, str(one.times), *one.example[:4]] for one in new]
        yield from table(["gap", "times", "such as", "check", "wanted", "got"], rows, ["times"])
        yield ""
    if any(one.gap.endswith("takes no write") for one in new):
        yield "What takes no write may be behind a key or a lock: its description says so by `swwe`, or `donttest`."
    for one in known:
        yield f"known     {one.gap}, {one.times} times: {one.reason}"
    for gap in closed:
        yield paint(
            f"closed    {gap}: there is no such failure any more, so the file of known gaps is not to name it",
            "failed",
        )
    for name, reason in report.excluded:
        yield f"left out  {name}: {reason}"
    many = sum(one.times for one in new)
    verdict = f"{many} failures of {len(new)} kinds" if new else "no failure" + (" but known ones" if known else "")
    verdict += f", {len(closed)} closed gaps" if closed else ""
    yield bold(paint(verdict, "failed" if new or closed else "goal")) + (
        f" in {report.checks} checks of {report.registers} registers"
    )
