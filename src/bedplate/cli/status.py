"""`bedplate status`: how every instance is, by the hardware's own word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.session import Session, pass_session, up_first
from bedplate.cli.text import COLORS, bold, cells, grouped, paint, table
from bedplate.converge.facts import alive, condition, status_facts


@click.command(cls=Command, short_help="Observe every instance.")
@click.argument("pattern", default="*", shell_complete=instance_names)
@click.option("-v", "--verbose", is_flag=True, help="Every instance, also those that are well.")
@up_first
@pass_session
def status(session: Session, pattern: str, verbose: bool, up: bool) -> int:
    """Observe every instance that PATTERN names. Reads only, and only what may be read.

    The exit code is 0 if every instance that is present (not fused off) is at its goal, else 1: so a monitor needs no
    parser. A chip that nobody has brought up is not well either; `bedplate up` is the cure for both. A dead bus is 3.
    """
    from bedplate.env import parse

    chip = session.open(up, write=False, shows=["bedplate status"])
    chosen = chip.names([pattern])
    survey = alive(chip.survey())
    seen = [one for one in survey.seen if one.block.name in chosen]
    facts = status_facts(chip.name, seen, survey, session.target)
    counts = Counter(map(condition, seen))

    def lines() -> Iterator[str]:
        rows = []
        for group, members in grouped(seen, lambda one: one.block.name).items():
            words = [condition(one) for one in members]
            totals = Counter(words)
            summary = ", ".join(paint(f"{totals[word]} {word}", word) for word in COLORS if totals[word])
            rows.append([group, cells(words), summary])
        yield from table(["group", "instances", "how they are"], rows)
        odd = [one for one in seen if verbose or condition(one) in ("failed", "fault", "on its way", "unknown")]
        if odd:
            yield ""
            rows = []
            for one in odd:
                state = one.state.name if one.state is not None else "-"
                rows.append([one.block.name, paint(condition(one), condition(one)), state, one.why])
            yield from table(["instance", "is", "state", "because"], rows)
        present = len(seen) - counts["harvested"]
        target = parse(session.target)
        if target.is_made_anew and not (up or target.is_on("up") or facts["ok"]):
            session.tell("note: this target begins at power-on with each command; --up brings it up first")
        yield ""
        yield (
            bold(f"{counts['goal']} of {present}")
            + f" at goal, tenant {survey.tenant.value}; {', '.join(survey.identity)}"
        )

    session.answer("status", facts, lines())
    return 0 if facts["ok"] else 1
