"""`bedplate dv compare`: the same scenarios in two worlds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, left_out, paint, some, table
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner


@click.command(cls=Command, short_help="Play the same scenarios on two targets; name the first difference.")
@click.argument("a")
@click.argument("b")
@click.option("--scenario", "scenarios", multiple=True, metavar="NAME", help="Only this scenario; may repeat.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random walk.")
@click.option("--steps", type=click.IntRange(min=1), default=300, show_default=True, help="Of the random walk.")
@runs_jobs()
@pass_session
def compare(session: Session, a: str, b: str, scenarios: tuple[str, ...], seed: int, steps: int, runner: Runner) -> int:
    """Play the same scenarios on targets A and B, and compare every transaction by instance and along needs.

    Scenarios: boot, resume, killed:INSTANCE=WRITE, walk, and every fault as INSTANCE:FAULT. Durations may differ; what is
    done and read may not. `qemu:pci` and `qemu:spi` are the HAL in a Linux guest, which has no back door for faults.
    """
    from bedplate.dv.compare import campaign as proof
    from bedplate.dv.compare.scenario import Walk

    report = proof.run(*proof.worlds(a, b), list(scenarios) or None, Walk(seed, steps), runner, counter(session))
    facts = {
        "ok": report.identical,
        "identical": report.identical,
        "a": a,
        "b": b,
        "transactions": report.transactions,
        "left_out": dict(report.left_out),
        "scenarios": [
            one._asdict() | {"findings": [finding._asdict() for finding in one.findings]} for one in report.scenarios
        ],
    }
    session.answer("compare", facts, _lines(facts))
    return 0 if report.identical else 1


def _lines(facts: Facts) -> Iterator[str]:
    yield from table(
        ["scenario", "in A", "in B", "compared", ""],
        [
            [
                one["scenario"],
                *map(str, one["transactions"]),
                str(one["compared"]),
                "differs" if one["findings"] else "",
            ]
            for one in facts["scenarios"]
        ],
        ["in A", "in B", "compared"],
    )
    for scenario, why in left_out(facts["left_out"]):
        yield f"left out: {scenario}: {why}"
    different = [one for one in facts["scenarios"] if one["findings"]]
    for one in different:
        first, *more = one["findings"]
        yield ""
        yield paint(f"{one['scenario']}: {first['place']} differs", "failed")
        yield f"  A      {first['a']}"
        yield f"  B      {first['b']}"
        if first["source"]:
            yield f"  at     {first['source']}, on behalf of {first['instance']}"
        if more:
            yield f"  then   {len(more)} more: {some(list(dict.fromkeys(finding['place'] for finding in more)), 4)}"
        yield f"  again  {one['replay']}"
    yield ""
    verdict = f"{len(different)} of {len(facts['scenarios'])} scenarios differ" if different else "identical"
    yield bold(paint(verdict, "failed" if different else "goal")) + f" in {facts['transactions']} transactions"
