"""`bedplate bench`: what Bedplate itself costs, beside bare Python and beside its peers, in one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, dim, paint, table

if TYPE_CHECKING:
    from bedplate.bench.suite import Figure


@click.command(cls=Command, short_help="Measure Bedplate's own cost.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--quick", is_flag=True, help="Few rounds: a rough answer in seconds.")
@pass_session
def bench(session: Session, names: tuple[str, ...], quick: bool) -> None:
    """Measure: access, peers, construct, start, boot, dies, chips, spi, guest, simulator; all by default.

    Medians over interleaved rounds, in CPU time. A ratio is to the bare access of the same run; a missed target is marked,
    but it does not change the exit code: how fast a machine is, is no fault of it.
    """
    from bedplate.bench.suite import run

    figures = run(names, quick, lambda name: session.tell(dim(f"measuring {name} ...")))
    facts = {
        "ok": True,
        "quick": quick,
        "figures": [{**figure._asdict(), "met": figure.met} for figure in figures],
        "missed": [figure.name for figure in figures if figure.met is False],
    }
    session.answer("bench", facts, _lines(figures))


def _lines(figures: Sequence[Figure]) -> Iterator[str]:
    rows = []
    for figure in figures:
        unit = "x" if figure.ratio is not None else f" {figure.unit}".rstrip()
        target = f"<= {figure.target:g}{unit}" if figure.target is not None else ""
        verdict = "" if figure.met is None else paint("met", "goal") if figure.met else paint("missed", "failed")
        rows.append(
            [
                figure.suite,
                bold(figure.name),
                _number(figure.measured, figure.unit),
                f"{figure.ratio:.2f}x" if figure.ratio is not None else "",
                target,
                verdict,
                figure.floor,
                dim(figure.note),
            ]
        )
    yield from table(
        ["suite", "what", "measured", "ratio", "target", "", "floor", "note"],
        rows,
        right=["measured", "ratio", "target"],
    )


def _number(value: float | None, unit: str) -> str:
    """Three significant digits, never an exponent."""
    if value is None:
        return "-"
    return (f"{value:.0f}" if value >= 100 else f"{value:.3g}") + (f" {unit}" if unit else "")
