"""Shell completion of names: `eval "$(_BEDPLATE_COMPLETE=bash_source bedplate)"`. No transaction is made."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from bedplate.cli.session import DEFAULT_TARGET, Session
from bedplate.errors import BedplateError


def instance_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Instances whose name begins so; once an instance is whole, its registers and their fields."""
    session = Session(target=ctx.find_root().params.get("target") or DEFAULT_TARGET)
    try:
        chip = session.drawing()
    except BedplateError:
        return []
    names = [block.name for block in chip.all if block.name.startswith(incomplete)]
    for block in chip.all:
        if incomplete.startswith(f"{block.name}."):
            from bedplate.reg import registers

            for register, _, cls in registers(type(block.regs)):
                names.append(f"{block.name}.{register}")
                names += [f"{block.name}.{register}.{field.name}" for field in cls.Value.FIELDS]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
