"""`bedplate dv inject`: many things wrong at once."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bedplate.cli.command import Command
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint


@click.command(cls=Command, short_help="Harm chip and HAL in many ways at once; it must answer, truly, and recover.")
@click.option("--runs", type=click.IntRange(min=1), default=3000, show_default=True, help="Cases.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of what is done when.")
@click.option(
    "--first", type=click.IntRange(min=0), default=0, show_default=True, help="Number of the first case of the seed."
)
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Processes.")
@click.option("--each", is_flag=True, help="A bus error at each single transaction of boot, resume, observe and plan.")
@click.option("--replay", metavar="CASE", help="Only this case.")
@pass_session
def inject(session: Session, runs: int, seed: int, first: int, jobs: int, each: bool, replay: str | None) -> int:
    """Inject one to four harms at once into the model of the target's chip and the way to it, and judge what the HAL makes of it.

    Faults of every instance, bus errors, resets of chip, die, domain and block, a controller that dies or is held up, harvest,
    a workload. The HAL must answer with a report that names true causes, do nothing forbidden, and, where nothing lasts,
    bring the chip to the state of an undisturbed run: see `bedplate/dv/inject_judge.py`.
    """
    from bedplate.dv import inject as proof
    from bedplate.dv.inject_case import parse as parse_case
    from bedplate.env import parse

    chip = parse(session.target).name
    if replay is not None:
        report = proof.replay(parse_case(replay), chip)
    elif each:
        report = proof.run_each(jobs, chip, counter(session))
    else:
        report = proof.run(runs, seed, jobs, chip, counter(session), first)
    facts = {"ok": report.ok, "chip": chip, **report._asdict(), "findings": [one._asdict() for one in report.findings]}
    session.answer("inject", facts, _lines(facts))
    return 0 if report.ok else 1


def _lines(facts: Facts) -> Iterator[str]:
    for one in facts["findings"]:
        yield paint(f"{one['kind']}, in {one['times']} runs", "failed")
        yield f"  for example  {one['text']}"
        yield f"  again  {one['replay']}"
        yield ""
    bad = facts["failed"]
    verdict = f"{bad} runs failed" if bad else "no run failed"
    yield bold(paint(verdict, "failed" if bad else "goal")) + (
        f" of {facts['runs']}, seed {facts['seed']}; the HAL raised in {facts['raised']}; "
        f"{facts['violations']} violations of budgets, needs or the gate"
    )
