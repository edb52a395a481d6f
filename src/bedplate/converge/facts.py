"""What was found, as JSON-ready documents: those of the command line's `--json` and of the C API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from bedplate.converge.access import Written, path_of
from bedplate.converge.plan import Plan
from bedplate.converge.report import Line, Outcome, Report
from bedplate.converge.survey import Seen, Survey
from bedplate.errors import LinkDown
from bedplate.reg import Field, Value
from bedplate.reg.value import hexadecimal, show
from bedplate.topology import NamedRegister

Facts = dict[str, Any]
"""A JSON-ready document."""

CONDITIONS = ("goal", "harvested", "failed", "fault", "on_its_way", "unreachable", "unknown")
"""How an observed instance can be."""


Look = TypeVar("Look", Survey, Plan)


def alive(look: Look) -> Look:
    """What was seen, for an answer that has to have a link: raises LinkDown if it is down to all of the chip."""
    if isinstance(look.ended, LinkDown):
        raise look.ended
    return look


def condition(seen: Seen) -> str:
    """How an observed instance is, in one of the words of CONDITIONS, for people."""
    if seen.outcome is not None:
        return seen.outcome.value
    if seen.state is None:
        return "unreachable"
    return "fault" if seen.state.is_fault else "on its way"


def report_facts(report: Report, target: str, wall: float) -> Facts:
    """The document of a converge. `wall` is its wall time in seconds."""
    return {
        "ok": report.ok,
        "settled": report.settled,
        "target": target,
        "chip": report.chip,
        "identity": list(report.identity),
        "ended": report.ended.to_dict() if report.ended is not None else None,
        "notes": [*report.unknown, *report.notes],
        "instances": {"total": len(report.lines), **{kind.value: report.number(kind) for kind in Outcome}},
        "transactions": report.transactions,
        "reads": report.reads,
        "writes": report.writes,
        "steps": report.steps,
        "device_time_ns": report.device_time,
        "wall_time_s": round(wall, 6),
        "critical_path": [{"name": line.name, "reached_ns": line.reached} for line in report.critical_path],
        "working": [line.name for line in report.of(Outcome.GOAL)],
        "errors": [line.error.to_dict() for line in report.of(Outcome.FAILED) if line.error is not None],
        "lines": [_line_facts(line) for line in report.lines],
    }


def _line_facts(line: Line) -> Facts:
    return {
        "name": line.name,
        "ip": line.ip,
        "outcome": line.outcome.value,
        "state": line.state,
        "reached_ns": line.reached,
        "after": line.after,
        "cause": line.cause,
        "error": line.error.to_dict() if line.error is not None else None,
    }


def status_facts(chip: str, seen: Sequence[Seen], survey: Survey, target: str) -> Facts:
    """The document of an observation, of the instances that were chosen from a survey."""
    counts = Counter(condition(one).replace(" ", "_") for one in seen)
    return {
        "ok": counts["goal"] + counts["harvested"] == len(seen),
        "target": target,
        "chip": chip,
        "identity": list(survey.identity),
        "tenant": survey.tenant.value,
        "instances": {"total": len(seen), **{word: counts[word] for word in CONDITIONS}},
        "states": [
            {
                "name": one.block.name,
                "ip": one.block.ip,
                "condition": condition(one).replace(" ", "_"),
                "state": one.state.name if one.state is not None else None,
                "why": one.why,
            }
            for one in seen
        ],
    }


def value_facts(target: NamedRegister, value: Value) -> Facts:
    """The document of a register, or of one field of it."""
    if target.field is None:
        facts: Facts = {"name": target.register.path, "address": target.register.address, "value": int(value)}
        return facts | {"text": hexadecimal(value, value.WIDTH), "fields": fields_of(value)}
    field, raw = target.field, target.field.extract(value)
    facts = {
        "name": path_of(target),
        "address": target.register.address,
        "value": field.number(raw),
        "text": show(field, raw),
    }
    return facts | _unit(field)


def written_facts(written: Written) -> Facts:
    """The document of a write."""
    target, order, now = written
    done = {"name": path_of(target), "did": str(order), "verb": order.verb}
    return done | ({"now": value_facts(target._replace(field=None), now)} if now is not None else {})


def fields_of(value: Value) -> dict[str, dict[str, object]]:
    """Every readable field with its number, and its name where it is an enumeration's."""
    found: dict[str, dict[str, object]] = {}
    for field in value.FIELDS:
        if field.readable:
            raw = field.extract(value)
            found[field.name] = {"value": field.number(raw)} | _unit(field)
            if field.enum is not None:
                found[field.name]["name"] = show(field, raw)
    return found


def _unit(field: Field) -> dict[str, object]:
    """In what a field's number is, where the description says so."""
    return ({"unit": field.unit} if field.unit else {}) | ({"scale": field.scale} if field.scale != 1.0 else {})
