"""`bedplate dv matrix`: the model kit against generated RTL."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bedplate.cli.command import Command
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint


@click.command(cls=Command, short_help="Compare the model kit with generated RTL, register kind by register kind.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random data in it.")
@pass_session
def matrix(session: Session, seed: int) -> int:
    """Play every way to access a register, against everything that hardware may do in that clock, on model kit and RTL.

    Needs no target: it makes registers of its own. Differences are listed in the code with the reason; any other fails.
    """
    from bedplate.dv.matrix import campaign as proof
    from bedplate.dv.matrix.known import KNOWN

    report = proof.run(seed, session.tell)
    known = [
        {
            "rule": one.rule,
            "model": one.model,
            "regblock": one.regblock,
            "right": one.right,
            "issue": one.issue,
            "times": report.listed.get(one.rule, 0),
        }
        for one in KNOWN
    ]
    facts = {
        "ok": report.ok,
        "seed": seed,
        "combinations": report.combinations,
        "operations": report.operations,
        "listed": known,
        "gone": report.gone,
        "unlisted": report.unlisted,
        "differences": [one._asdict() for one in report.differences],
    }
    session.answer("matrix", facts, _lines(facts))
    return 0 if report.ok else 1


def _lines(facts: Facts) -> Iterator[str]:
    for one in facts["differences"]:
        yield paint(f"{one['where']} {one['when']}: model 0x{one['model']:x}, RTL 0x{one['rtl']:x}", "failed")
        yield f"  from 0x{one['before']:x} by {one['operation']}"
    for one in facts["listed"]:
        yield f"listed  {one['rule']}, {one['times']} times"
        for side in ("model", "regblock", "right"):
            yield f"        {side:<8}  {one[side]}"
    for rule in facts["gone"]:
        yield paint(f"listed, but no longer so: {rule}", "failed")
    yield ""
    verdict = "no other difference" if facts["ok"] else f"{facts['unlisted']} differences that are not listed"
    yield bold(paint(verdict, "goal" if facts["ok"] else "failed")) + (
        f" in {facts['operations']} operations on {facts['combinations']} combinations, seed {facts['seed']}"
    )
