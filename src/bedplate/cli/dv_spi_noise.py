"""`bedplate dv spi-noise`: SPI frames damaged in every way."""

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

SHOWN = 10
"""Findings of one campaign that a person gets to see; a program gets all."""


@click.command("spi-noise", cls=Command, short_help="Damage SPI frames in every way; no access may be wrong.")
@click.option("--frames", type=click.IntRange(min=1), default=100_000, show_default=True, help="With bit errors.")
@click.option("--kind", "kinds", multiple=True, metavar="NAME", help="Only this kind of damage; may repeat.")
@click.option("--part", type=click.IntRange(min=0), metavar="N", help="Only this part of it.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of everything that is left to chance.")
@runs_jobs()
@pass_session
def spi_noise(
    session: Session, frames: int, kinds: tuple[str, ...], part: int | None, seed: int, runner: Runner
) -> int:
    """Damage every second frame between the bus over SPI and a bridge, by noise and in every other way, and look at what was done.

    Needs no target. Each access must be done once with its very data, or end in LinkDown. Bit errors come at 1e-6, 1e-5 and
    1e-4; every other kind of damage gets a tenth of the frames. What a CRC lets through by theory is shown, and fails only
    where it is more than that.
    """
    from bedplate.dv import spi_noise as proof

    report = proof.run(frames, seed, kinds, part, runner, counter(session))
    facts = {
        "ok": report.ok,
        "seed": seed,
        "damaged": sum(one.damaged for one in report.tallies),
        "undetected": len(report.findings),
        "kinds": [one._asdict() for one in report.tallies],
        "findings": [one._asdict() for one in report.findings],
        "goodput": [one._asdict() for one in report.goodput],
    }
    session.answer("spi-noise", facts, _lines(facts))
    return 0 if report.ok else 1


def _lines(facts: Facts) -> Iterator[str]:
    counts = ("frames", "damaged", "accesses", "given_up", "undetected")
    yield from table(
        ["kind", "frames", "damaged", "accesses", "given up", "undetected", "", "theory"],
        [
            [one["kind"], *(str(one[count]) for count in counts), f"<= {one['allowed']}", one["why"]]
            for one in facts["kinds"]
        ],
        ["frames", "damaged", "accesses", "given up", "undetected"],
    )
    if facts["goodput"]:
        lines = list(dict.fromkeys(one["line"] for one in facts["goodput"]))
        rates = list(dict.fromkeys(one["rate"] for one in facts["goodput"]))
        percent = {(one["line"], one["rate"]): f"{one['percent']:.2f} %" for one in facts["goodput"]}
        heads = ["payload on the wire", *(f"at {rate:g}" for rate in rates)]
        yield ""
        yield from table(heads, [[line, *(percent[line, rate] for rate in rates)] for line in lines], heads[1:])
    for one in facts["findings"][:SHOWN]:
        yield ""
        yield paint(f"{one['kind']}: {one['access']}: {one['what']}", "failed")
        yield f"  again  {one['replay']}"
    if len(facts["findings"]) > SHOWN:
        yield f"and {len(facts['findings']) - SHOWN} more"
    yield ""
    few = f"{facts['undetected']} undetected" if facts["undetected"] else "none undetected"
    verdict = few if facts["ok"] else f"{few}, more than theory says"
    yield bold(paint(verdict, "goal" if facts["ok"] else "failed")) + (
        f" of {facts['damaged']} damaged frames, seed {facts['seed']}"
    )
