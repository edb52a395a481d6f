"""`bedplate info`: the data sheet of an instance, a register or a field. Needs no chip, only its drawing."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bedplate.block import State
from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.registers import access_of, doc_of
from bedplate.cli.session import Facts, Session, pass_session, up_first
from bedplate.cli.text import bold, dim, paint, some, table
from bedplate.converge import Chip
from bedplate.converge.access import verbs_of
from bedplate.converge.facts import alive
from bedplate.errors import UnknownName
from bedplate.reg import Field, Memory, Probe, Register, registers
from bedplate.reg.value import show
from bedplate.topology import Harvest, Instance, NamedRegister


@click.command(cls=Command, short_help="Explain an instance, a register or a field.")
@click.argument("name", shell_complete=instance_names)
@up_first
@pass_session
def info(session: Session, name: str, up: bool) -> None:
    """Explain NAME: an instance (or several, by a pattern), a register, or a field. No bus transaction is made.

    With --up the chip is converged first, and the state of the instances is shown.
    """
    chip = session.open(up, write=False) if up else session.drawing()
    found = _find(chip, name)
    if isinstance(found, NamedRegister):
        facts = _register_facts(found.register, found.field)
        session.answer("info", {"ok": True, "chip": chip.name, **facts}, _register_lines(facts))
        return
    states = {seen.block.name: seen.state for seen in alive(chip.survey()).seen} if up else {}
    instances = [_instance_facts(chip, block, states.get(block.name)) for block in found]

    def lines() -> Iterator[str]:
        for facts in instances:
            if facts is not instances[0]:
                yield ""
            yield from _instance_lines(facts)

    session.answer("info", {"ok": True, "chip": chip.name, "instances": instances}, lines())


def _find(chip: Chip, name: str) -> NamedRegister | list[Instance]:
    """A register or field, else instances; of two errors the one that got further into the name."""
    try:
        return chip.register(name)
    except UnknownName as error:
        try:
            return chip.select(name)
        except UnknownName:
            if error.where:
                raise error from None
            raise


def _instance_facts(chip: Chip, block: Instance, state: State | None) -> Facts:
    states = type(block.goal)
    facts: Facts = {
        "kind": "instance",
        "name": block.name,
        "ip": block.ip,
        "doc": doc_of(type(block)),
        "address": block.regs.base,
        "size": block.regs.SIZE,
        "needs": [str(need) for need in block.needs],
        "needed_by": [other.name for other in chip.all if any(need.provider is block for need in other.needs)],
        "goal": block.goal.name,
        "faults": _faults_of(block),
        "fuses": [
            {"bit": bit, "target_option": _fused(harvest, bit), "removes": [part.name for part in parts]}
            for harvest in chip.harvests
            if harvest.fuses is block
            for bit, parts in enumerate(harvest.parts)
        ],
        "fused_off_by": [
            {"name": harvest.fuses.name, "bit": bit, "target_option": _fused(harvest, bit)}
            for harvest, bit in chip.fuses_of(block)
        ],
        "states": [{"name": s.name, "text": s.text, "fault": s.is_fault} for s in states],
        "registers": [
            {"name": name, "offset": offset, "access": verbs_of(cls), "probe": cls.PROBE.value, "doc": doc_of(cls)}
            for name, offset, cls in registers(type(block.regs))
        ],
        "memories": [
            {"name": name, "offset": offset, "entries": child.cls.ENTRIES, "width": child.cls.WIDTH}
            for child in block.regs.CHILDREN
            if issubclass(child.cls, Memory)
            for name, offset in child.places()
        ],
    }
    return facts | ({"state": state.name} if state is not None else {})


def _fused(harvest: Harvest, bit: int) -> str:
    """The option of a simulated target in which this fuse is blown, and no other one."""
    return f"harvest={harvest.group}:0x{1 << bit:x}"


def _faults_of(block: Instance) -> list[Facts]:
    """The faults that can be planted in an instance; none where its type has no model."""
    from bedplate.component import component_of

    try:
        kinds = component_of(type(block)).model.fault_kinds()
    except UnknownName:
        return []
    return [{"name": name, "text": kind.text} for name, kind in kinds.items()]


def _instance_lines(facts: Facts) -> Iterator[str]:
    yield f"{bold(facts['name'])}  {facts['ip']} at 0x{facts['address']:08x}, {facts['size']} bytes"
    yield f"  {facts['doc'] or 'no description: its driver has no docstring'}"
    yield f"  needs {', '.join(facts['needs']) or 'nothing'}"
    if facts["needed_by"]:
        yield f"  needed by {some(facts['needed_by'])}"
    if removed := [name for fuse in facts["fuses"] for name in fuse["removes"]]:
        yield f"  tells whether {some(list(dict.fromkeys(removed)))} are there: none of them comes up before it"
    for fuse in facts["fused_off_by"]:
        yield f"  fused off by bit {fuse['bit']} of {fuse['name']}: {fuse['target_option']}"
    yield ""
    rows = []
    for state in facts["states"]:
        word = "goal" if state["name"] == facts["goal"] else "fault" if state["fault"] else ""
        now = "<" if state["name"] == facts.get("state") else ""
        rows.append([f"  {paint(state['name'], word)}", now, word, state["text"]])
    yield from table(["  state", "", "", "meaning"], rows)
    yield ""
    if facts["faults"]:
        rows = [[f"  {fault['name']}", fault["text"]] for fault in facts["faults"]]
        yield from table(["  fault that can be planted", "meaning"], rows)
        yield ""
    if facts["fuses"]:
        rows = [[f"  {fuse['bit']}", fuse["target_option"], ", ".join(fuse["removes"])] for fuse in facts["fuses"]]
        yield from table(["  harvest bit", "blown by", "removes"], rows)
        yield ""
    rows = []
    for register in facts["registers"]:
        probe = "" if register["probe"] == Probe.SAFE.value else f"[{register['probe']}] "
        access = " ".join(register["access"])
        rows.append([f"  {register['name']}", f"+0x{register['offset']:02x}", access, probe + register["doc"]])
    for memory in facts["memories"]:
        size = f"{memory['entries']} x {memory['width']} bits"
        rows.append([f"  {memory['name']}", f"+0x{memory['offset']:02x}", "memory", size])
    yield from table(["  register", "offset", "access", "meaning"], rows)


def _register_facts(register: Register, field: Field | None) -> Facts:
    return {
        "kind": "register" if field is None else "field",
        "name": register.path if field is None else f"{register.path}.{field.name}",
        "register": register.path,
        "doc": doc_of(type(register)),
        "address": register.address,
        "width": register.WIDTH,
        "access": verbs_of(type(register)),
        "probe": register.PROBE.value,
        "effect": register.EFFECT.names,
        "fields": [_field_facts(register, f) for f in register.Value.FIELDS if field is None or f is field],
    }


def _field_facts(register: Register, field: Field) -> Facts:
    members = field.enum.__members__ if field.enum is not None else {}
    return {
        "name": field.name,
        "high": field.low + field.width - 1,
        "low": field.low,
        "access": access_of(field),
        "hardware": field.hw,
        "reset": field.reset,
        "reset_text": "-" if field.reset is None else show(field, field.reset),
        "enum": {name: int(member) for name, member in members.items()},
        "effect": field.effect.names,
        "doc": doc_of(getattr(register.Value, field.name, None)) if field.readable else "",
        "props": {key: value if isinstance(value, (bool, int)) else str(value) for key, value in field.props.items()},
    }


def _register_lines(facts: Facts) -> Iterator[str]:
    yield f"{bold(facts['name'])}  {facts['width']} bits at 0x{facts['address']:08x}"
    yield f"  {facts['doc'] or 'no description'}"
    yield f"  access {', '.join(facts['access']) or 'none'}; probe {facts['probe']}; effect {facts['effect']}"
    yield ""
    rows = []
    for field in facts["fields"]:
        bits = str(field["low"]) if field["high"] == field["low"] else f"{field['high']}:{field['low']}"
        rows.append(
            [f"  {field['name']}", bits, field["access"], field["reset_text"], field["doc"].partition("; bit")[0]]
        )
        rows += [["", "", "", "", f"{number} = {name}"] for name, number in field["enum"].items()]
        said = {"effect": field["effect"]} if field["effect"] != "none" else {}
        rows += [["", "", "", "", dim(f"{key}: {value}")] for key, value in (said | field["props"]).items()]
    yield from table(["  field", "bits", "access", "reset", "meaning"], rows, right=["bits", "reset"])
