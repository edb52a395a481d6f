"""`bedplate reg`: registers and fields by name. What can be refused is refused before the first transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import click

from bedplate.cli.command import CommandGroup
from bedplate.cli.complete import instance_names
from bedplate.cli.memory import as_bytes, hexdump, memory_facts
from bedplate.cli.registers import show_value
from bedplate.cli.session import Session, pass_session, up_first
from bedplate.cli.text import bold
from bedplate.converge import Chip, contents
from bedplate.converge.access import assignment, path_of, read_values, require_readable, write_values
from bedplate.converge.facts import value_facts, written_facts
from bedplate.errors import AccessError
from bedplate.reg import Value
from bedplate.reg.value import hexadecimal, show
from bedplate.topology import NamedMemory, NamedRegister, memory


@click.group(cls=CommandGroup, short_help="Read and write registers by name.")
def reg() -> None:
    """Read and write registers and fields by name."""


@reg.command(short_help="Read registers or fields.")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, shell_complete=instance_names)
@click.option("--take", is_flag=True, help="Also where reading has an effect (FIFO, semaphore, clear on read).")
@click.option(
    "--save",
    type=click.File("wb", lazy=True),
    metavar="FILE",
    help="Write the memory that is named to a file, as bytes.",
)
@up_first
@pass_session
def get(session: Session, names: tuple[str, ...], take: bool, save: IO[bytes] | None, up: bool) -> None:
    """Read registers or fields, decoded; of many instances at once by a pattern, such as 'die*.pll.sys.ctrl' or ip:pll.status.lock.

    A memory, or entries of it, is shown as a hexdump: device.rings.tx[0:16]; --save writes it to a file, little-endian. An instance without power, clock or reset release is not touched; the answer names what it lacks.
    """
    drawn = session.drawing()
    parts = {name: part for name in names if (part := memory(name, drawn.all)) is not None}
    for part in parts.values():
        contents.require_readable(part)
    if save is not None and len(parts) != 1:
        raise click.UsageError("--save is for one memory", click.get_current_context())
    names = tuple(dict.fromkeys(full for name in names if name not in parts for full in drawn.register_names(name)))
    for name in names:
        require_readable(drawn.register(name), take)
    chip = session.open(up, write=take)
    values = read_values(chip, names)
    memories = [part for name in parts if (part := memory(name, chip.all)) is not None]
    held = list(zip(memories, contents.read_memories(chip, memories), strict=True))
    if save is not None:
        save.write(as_bytes(*held[0]))

    def lines() -> Iterator[str]:
        for target, value in values:
            yield _line(target, value)
        for part, entries in held:
            yield from hexdump(part, entries)

    found = [value_facts(target, value) for target, value in values]
    dumped = {"memories": [memory_facts(part, entries) for part, entries in held]} if held else {}
    session.answer("reg", {"ok": True, "target": session.target, "values": found, **dumped}, lines())


@reg.command(short_help="Write a file into a memory.")
@click.argument("name", metavar="NAME", shell_complete=instance_names)
@click.argument("file", type=click.File("rb"))
@click.option("--force", is_flag=True, help="Even if it disturbs a running workload.")
@up_first
@pass_session
def load(session: Session, name: str, file: IO[bytes], force: bool, up: bool) -> None:
    """Write the bytes of a FILE into a memory, little-endian, from its first entry on, or that of a part: device.rings.tx[8:]."""
    data = file.read()

    def part_of(chip: Chip) -> NamedMemory:
        found = memory(name, chip.all)
        if found is None:
            chip.register(name)  # which says what is wrong with the name
            raise AccessError(
                "a register takes no file", where=name, wanted="a memory", next=f"bedplate reg set {name}=VALUE"
            )
        return found

    contents.contents(part_of(session.drawing()), data)
    chip = session.open(up)
    target, entries = contents.contents(part_of(chip), data)
    contents.write_memory(chip, target, entries, force)
    facts = {"ok": True, "target": session.target, "written": memory_facts(target, entries)}
    session.answer("load", facts, [f"{bold(target.name)}  {len(data)} bytes written"])


@reg.command(name="set", short_help="Write registers or fields.")
@click.argument("assignments", metavar="NAME=VALUE...", nargs=-1, required=True, shell_complete=instance_names)
@click.option("--force", is_flag=True, help="Even if it disturbs a running workload.")
@click.option("--intent", is_flag=True, help="A permanent effect (fuses) is meant.")
@up_first
@pass_session
def assign(session: Session, assignments: tuple[str, ...], force: bool, intent: bool, up: bool) -> None:
    """Write registers or fields: 10, 0x1f, 0b101, true, false, or an enumeration's name.

    A whole register is written as it is; a value with bits in fields that cannot be written is refused. A field is changed by
    whichever access its kind makes legal, without touching its neighbours: modify, clear (for a bit that a 1 clears, VALUE says
    which bits), set, toggle or pulse. The answer says which.
    """
    drawn = session.drawing()
    for text in assignments:
        name, equals, _ = text.partition("=")
        if equals:
            _require_one(drawn, name)
    orders = [assignment(drawn, text, intent) for text in assignments]
    done = write_values(session.open(up), orders, force)

    def lines() -> Iterator[str]:
        for one in done:
            now = one.now
            seen = f"now {hexadecimal(now, now.WIDTH)} {show_value(now)}" if now is not None else "not read back"
            yield f"{bold(one.target.register.path)}  {one.order}, {seen}"

    found = [written_facts(one) for one in done]
    session.answer("reg", {"ok": True, "target": session.target, "writes": found}, lines())


def _require_one(drawn: Chip, name: str) -> None:
    """Raise AccessError for a pattern: what is written has its full name."""
    found = drawn.register_names(name)
    if found != [name]:
        raise AccessError(
            f"a pattern names {len(found)} registers",
            where=name,
            wanted="the full name of what is written",
            next=f"one by one, such as bedplate reg set {found[0]}=VALUE",
        )


def _line(target: NamedRegister, value: Value) -> str:
    field = target.field
    if field is None:
        return f"{bold(target.register.path)}  {hexadecimal(value, value.WIDTH)} {show_value(value)}"
    raw = field.extract(value)
    text = show(field, raw)
    if field.signed or field.fraction is not None:
        text += f" (0x{raw:x})"
    elif text.partition(" ")[0] != str(raw):
        text += f" ({raw})"
    return f"{bold(path_of(target))}  {text}"
