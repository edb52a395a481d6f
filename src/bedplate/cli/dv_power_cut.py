"""`bedplate dv power-cut`: controllers that lose power for real."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint, table
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner


@click.command(
    "power-cut", cls=Command, short_help="Kill the controller's whole machine at an access; a new one must go on."
)
@click.option("--cuts", type=click.IntRange(min=1), default=20, show_default=True, help="How many, at least.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of what is cut when.")
@click.option(
    "--via", "ways", multiple=True, type=click.Choice(["pci", "spi"]), help="Only this way to the chip; may repeat."
)
@click.option(
    "--life", "numbers", multiple=True, type=click.IntRange(min=0), help="Only the life of this number; may repeat."
)
@runs_jobs()
@pass_session
def power_cut(
    session: Session, cuts: int, seed: int, ways: tuple[str, ...], numbers: tuple[int, ...], runner: Runner
) -> int:
    """Cut the power of Linux guests that boot a chip, cure it, or watch over one with a workload; a new guest must go on.

    Needs QEMU. The chip is the model of the target's chip, in a device server that lives on. Each life of a chip sees two
    controllers die, at accesses that the seed chooses, and a third one that is judged: see `bedplate/dv/power_cut.py`.
    """
    from bedplate.dv import power_cut as proof
    from bedplate.env.targets import model_alone

    chip = model_alone(session.target, "dv power-cut", "its seed says what is done to the chip")
    report = proof.run(chip, cuts, seed, ways or proof.WAYS, list(numbers) or None, runner, counter(session))
    lives = [
        {**one.life._asdict(), "cuts": [cut._asdict() for cut in one.life.cuts], "made": one.cuts}
        | {"transactions": one.transactions, "wrong": list(one.wrong), "replay": one.replay}
        for one in report.lives
    ]
    facts = {"ok": report.ok, "chip": chip, "seed": seed, "cuts": report.cuts, "lives": lives}
    session.answer("power-cut", facts, _lines(facts))
    return 0 if report.ok else 1


def _lines(facts: Facts) -> Iterator[str]:
    yield from table(
        ["life", "way", "flow", "", "cut at access", "came about", "transactions", ""],
        [
            [
                str(one["number"]),
                one["way"],
                one["flow"],
                "under load" if one["tenant"] else "",
                ", ".join(f"{cut['at']} ({'after' if cut['performed'] else 'before'})" for cut in one["cuts"]),
                str(one["made"]),
                str(one["transactions"]),
                paint("wrong", "failed") if one["wrong"] else "",
            ]
            for one in facts["lives"]
        ],
        ["life", "came about", "transactions"],
    )
    bad = [one for one in facts["lives"] if one["wrong"]]
    for one in bad:
        yield ""
        for text in one["wrong"]:
            yield paint(f"life {one['number']}: {text}", "failed")
        yield f"  again  {one['replay']}"
    yield ""
    verdict = f"{len(bad)} of {len(facts['lives'])} chips harmed" if bad else "no chip harmed"
    yield bold(paint(verdict, "failed" if bad else "goal")) + f" by {facts['cuts']} power cuts, seed {facts['seed']}"
