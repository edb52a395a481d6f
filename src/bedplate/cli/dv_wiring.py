"""`bedplate dv wiring`: whether everything is fed by whom the topology says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner


@click.command(cls=Command, short_help="Take away each need of each instance; exactly its users must notice.")
@click.option("--only", "chosen", multiple=True, metavar="EXPERIMENT", help="Only this experiment; may repeat.")
@runs_jobs()
@pass_session
def wiring(session: Session, chosen: tuple[str, ...], runner: Runner) -> int:
    """Take away each clock, reset line, domain and source in turn; hang each instance; boot with each fuse of a harvest.

    Exactly those may notice that the topology names, and every register must hold what it holds on the model after the same.
    Experiments: decoder, without PROVIDER [OUTPUT], starved of PROVIDER, harvest DIE:MASK,...
    """
    from bedplate.dv import wiring as proof

    report = proof.run(session.target, list(chosen) or None, runner, counter(session))
    facts = {
        "ok": not report.failed,
        "target": session.target,
        "experiments": report.experiments,
        "looks": report.looks,
        "failed": len(report.failed),
        "findings": [one._asdict() for one in report.failed],
    }
    session.answer("wiring", facts, _lines(facts))
    return 0 if not report.failed else 1


def _lines(facts: Facts) -> Iterator[str]:
    for one in facts["findings"]:
        yield paint(f"{one['experiment']}: {one['what']}", "failed")
        yield f"  again  {one['replay']}"
    verdict = f"{facts['failed']} findings" if facts["failed"] else "wired as the topology says"
    yield bold(paint(verdict, "failed" if facts["failed"] else "goal")) + (
        f" in {facts['experiments']} experiments, {facts['looks']} looks at an instance"
    )
