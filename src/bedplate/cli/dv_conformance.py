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
    logic, as on a model or in RTL that is compiled by type. Several jobs have a chip each, so they are for models and
    simulations.
    """
    from bedplate.dv.conformance import campaign as proof
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
    facts = {
        "ok": not report.failed,
        "target": session.target,
        "registers": report.registers,
        "checks": report.checks,
        "failed": len(report.failed),
        "failures": [failure._asdict() for failure in report.failed],
        "excluded": [{"name": name, "reason": reason} for name, reason in report.excluded],
    }

    def lines() -> Iterator[str]:
        if report.failed:
            yield from table(["register", "check", "wanted", "got"], report.failed)
            yield ""
        for name, reason in report.excluded:
            yield f"left out  {name}: {reason}"
        verdict = f"{len(report.failed)} failures" if report.failed else "no failure"
        yield bold(paint(verdict, "failed" if report.failed else "goal")) + (
            f" in {report.checks} checks of {report.registers} registers"
        )

    session.answer("conformance", facts, lines())
    return 0 if not report.failed else 1
