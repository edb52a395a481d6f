"""`bedplate ls`: what is on the chip. Needs no chip, only its drawing."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.session import Session, pass_session, up_first
from bedplate.cli.text import paint, table
from bedplate.converge.facts import alive, condition


@click.command(cls=Command, short_help="List instances: address, needs.")
@click.argument("pattern", default="*", shell_complete=instance_names)
@up_first
@pass_session
def ls(session: Session, pattern: str, up: bool) -> None:
    """List the instances that PATTERN names, with IP type, address and needs. No bus transaction is made.

    With --up the chip is converged first, and every instance's state is shown too.
    """
    chip = session.open(up, write=False) if up else session.drawing()
    blocks = chip.select(pattern)
    states = {seen.block.name: seen for seen in alive(chip.survey()).seen} if up else {}
    instances = [
        {
            "name": block.name,
            "ip": block.ip,
            "address": block.regs.base,
            "needs": [str(need) for need in block.needs],
        }
        for block in blocks
    ]
    for facts in instances:
        if seen := states.get(str(facts["name"])):
            facts["condition"] = condition(seen)
            facts["state"] = seen.state.name if seen.state is not None else None

    def lines() -> Iterator[str]:
        header = ["instance", "ip", "address", *(["state"] if up else []), "needs"]
        rows = []
        for block in blocks:
            row = [block.name, block.ip, f"0x{block.regs.base:08x}"]
            if seen := states.get(block.name):
                row.append(paint(seen.state.name if seen.state is not None else condition(seen), condition(seen)))
            rows.append([*row, ", ".join(map(str, block.needs)) or "-"])
        yield from table(header, rows)

    session.answer("ls", {"ok": True, "target": session.target, "chip": chip.name, "instances": instances}, lines())
