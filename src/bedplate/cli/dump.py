"""`bedplate dump`: all harmless registers of instances, decoded, and what differs from reset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.registers import differs, show_value
from bedplate.cli.session import Facts, Session, pass_session, up_first
from bedplate.cli.text import bold, dim, paint, some
from bedplate.converge.facts import fields_of
from bedplate.reg import Value
from bedplate.reg.value import hexadecimal
from bedplate.topology import Instance, Reach


@click.command(cls=Command, short_help="Read all harmless registers of instances, decoded.")
@click.argument("pattern", metavar="NAME", shell_complete=instance_names)
@click.option("--changed", is_flag=True, help="Only registers that differ from their reset value.")
@up_first
@pass_session
def dump(session: Session, pattern: str, changed: bool, up: bool) -> int:
    """Read every probe-safe register of the instances that NAME names, by bursts; what differs from reset bears a *.

    An instance without power, clock or reset release is not touched: it is listed with the reason, and the exit code is 1.
    """
    names = [block.name for block in session.drawing().select(pattern)]
    chip = session.open(up, write=False, shows=[f"bedplate dump {name}" for name in names])
    blocks = chip.select(pattern)
    reach = Reach(chip)
    whole = True
    found: list[Facts] = []
    values: dict[str, Mapping[str, Value]] = {}
    for block in blocks:
        facts: Facts = {"name": block.name, "ip": block.ip, "address": block.regs.base}
        found.append(facts)
        why = reach.obstacle(block)
        if why is not None and len(blocks) == 1:
            reach.require(block)
        if why is not None:
            facts["unreachable"] = why.text
            whole = whole and why.is_absence
            continue
        got = block.regs.dump()
        values[block.name] = {name: value for name, value in got.items() if not changed or differs(value)}
        facts["registers"] = [
            {"name": name, "value": value, "changed": differs(value), "fields": fields_of(value)}
            for name, value in values[block.name].items()
        ]
        facts["not_read"] = [{"name": name, "why": why} for name, why in got.left_out.items()]

    def lines() -> Iterator[str]:
        for block, facts in zip(blocks, found, strict=True):
            if facts is not found[0]:
                yield ""
            yield from _lines(block, facts, values.get(block.name))

    session.answer("dump", {"ok": whole, "target": session.target, "instances": found}, lines())
    return 0 if whole else 1


def _lines(block: Instance, facts: Facts, values: Mapping[str, Value] | None) -> Iterator[str]:
    head = f"{bold(block.name)}  {block.ip} at 0x{block.regs.base:08x}"
    if values is None:
        yield f"{head}  {paint('not read: ' + facts['unreachable'], 'unreachable')}"
        return
    yield head
    width = max(map(len, values), default=0)
    for name, value in values.items():
        mark = paint("*", "on its way") if differs(value) else " "
        yield f"  {name:<{width}}  {hexadecimal(value, value.WIDTH)} {mark} {show_value(value)}"
    whys: dict[str, list[str]] = {}
    for one in facts["not_read"]:
        whys.setdefault(one["why"], []).append(one["name"])
    for why, names in whys.items():
        yield dim(f"  not read: {some(names)}: {why}")
