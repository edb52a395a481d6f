"""`bedplate dv inject`: many things wrong at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command, require_alone
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner


@click.command(cls=Command, short_help="Harm chip and HAL in many ways at once; it must answer, truly, and recover.")
@click.option("--runs", type=click.IntRange(min=1), default=3000, show_default=True, help="Cases.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of what is done when.")
@click.option(
    "--first", type=click.IntRange(min=0), default=0, show_default=True, help="Number of the first case of the seed."
)
@click.option(
    "--part",
    metavar="NAME",
    default="",
    help="All cases on the part of the chip that a fault of this instance can reach.",
)
@click.option("--each", is_flag=True, help="A bus error at each single transaction of boot, resume, observe and plan.")
@click.option("--replay", metavar="CASE", help="Only this case, in the words above; no other option goes with it.")
@runs_jobs()
@pass_session
def inject(
    session: Session, runs: int, seed: int, first: int, part: str, each: bool, replay: str | None, runner: Runner
) -> int:
    """Inject one to four harms at once into the model of the target's chip and the way to it, and judge what the HAL makes of it.

    Faults of every instance, bus errors, resets of chip, die, domain and block, a controller that dies or is held up, harvest,
    a workload. The HAL must answer with a report that names true causes, do nothing forbidden, and, where nothing lasts,
    bring the chip to the state of an undisturbed run: see `bedplate/dv/inject/judge.py`.

    \b
    A CASE is one text:  START ACT [part=NAME] [HARM]...
      START  power-on, booted                       how the chip is before
      ACT    up, down, observe, plan                what the HAL is asked for
      part   its chip is the part that a fault of this instance can reach; the whole one without it
      HARM   NAME:FAULT[=VALUE][*TIMES]             planted in an instance; `bedplate info NAME` lists its faults
             NAME:block_reset=TIME                  a reset, so long after the start
             chip:reset=TIME, die0:reset=TIME       of the chip, a die, a group or a reset line
             chip:power_cycle=TIME                  the chip's power goes and comes back
             bus:KIND@N                             at transaction N: error, broken, all_ones, dead
             bus:delay@N=TIME, bus:late@N=TIME      held up before it, or after it
             kill:HOW@N                             the controller dies: before, after, later
             kill:inside@N=WORDS                    in a burst, of which so many words got through
             harvest=DIE:MASK                       fused off, from the start
             tenant                                 a workload runs, on a chip that can tell so
      such as  'booted up die0.pll.sys:lock_lost=1us*1 bus:error@12 die1:reset=3us'
    """
    from bedplate.dv.inject import campaign as proof
    from bedplate.dv.inject.case import parse as parse_case
    from bedplate.dv.inject.said import Said, said
    from bedplate.env.targets import model_alone

    chip = model_alone(
        session.target, "dv inject", "what is done to the chip is said by a case: --replay 'booted up ...'"
    )
    chosen = "replay" if replay is not None else "each" if each else ""
    require_alone(click.get_current_context(), chosen, "which cases are played", ALONE.get(chosen, ()))
    told: list[Said] = []
    if replay is not None:
        report = proof.replay(chip, parse_case(replay), lambda played: told.append(said(played)))
    elif each:
        report = proof.run_each(chip, runner, counter(session))
    else:
        report = proof.run(chip, runs, seed, runner, counter(session), first, part)
    facts = {"ok": report.ok, "chip": chip, **report._asdict(), "findings": [one._asdict() for one in report.findings]}
    for one in told:
        facts["said"] = {**one._asdict(), "never": [never._asdict() for never in one.never]}
    session.answer("inject", facts, _lines(facts))
    return 0 if report.ok else 1


ALONE = {"replay": ("runs", "seed", "first", "part", "on", "jobs", "each"), "each": ("runs", "seed", "first", "part")}
"""Options that say which cases are played, each with those that would say otherwise."""


def _said_lines(said: Facts) -> Iterator[str]:
    """What the HAL said, and what it never met."""
    first, *more = (said["text"] or f"it raised {said['raised']}").splitlines()
    yield f"{bold('the HAL said')}: {first}"
    yield from more
    for one in said["never"]:
        yield paint(f"never came about: {one['harm']}, {one['why']}", "on its way")
    yield ""


def _lines(facts: Facts) -> Iterator[str]:
    if "said" in facts:
        yield from _said_lines(facts["said"])
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
