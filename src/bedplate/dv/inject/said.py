"""What the HAL said of a case that was played alone, and which of its harms never came about."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from bedplate.converge import Outcome, Report
from bedplate.converge.facts import CONDITIONS, condition
from bedplate.dv.inject.case import Case
from bedplate.dv.inject.run import Answer, Played
from bedplate.errors import duration
from bedplate.model import parse_plant


class Never(NamedTuple):
    """A harm of a case that never came about, and why."""

    harm: str
    why: str


class Said(NamedTuple):
    """What came of a case: the answer of its last HAL (`instances` counts them by how they are), or what that raised instead."""

    case: str
    ok: bool
    text: str
    instances: dict[str, int]
    errors: tuple[dict[str, object], ...]
    """Those at the roots of what failed."""
    raised: str
    never: tuple[Never, ...]


def said(played: Played) -> Said:
    """What came of a case, right after it was played: before anybody goes on with its model."""
    raised = played.raised
    told = dict[str, Any](ok=False, text="", instances={}, errors=()) if raised is not None else _answer(played.answer)
    why = "" if raised is None else f"{type(raised).__name__}: {raised}"
    return Said(str(played.case), raised=why, never=tuple(_never(played)), **told)


def _answer(answer: Answer | None) -> dict[str, Any]:
    if isinstance(answer, Report):
        failed = [line.error.to_dict() for line in answer.of(Outcome.FAILED) if line.error is not None]
        counts = {kind.value: answer.number(kind) for kind in Outcome}
        return {"ok": answer.ok, "text": str(answer), "instances": counts, "errors": tuple(failed)}
    seen = Counter(condition(one).replace(" ", "_") for one in answer or ())
    counts = {word: seen[word] for word in CONDITIONS}
    present = len(answer or ()) - counts["harvested"]
    others = [f"{number} {word.replace('_', ' ')}" for word, number in counts.items() if number and word != "goal"]
    text = ", ".join([f"{counts['goal']} of {present} at goal", *others])
    return {"ok": counts["goal"] == present, "text": text, "instances": counts, "errors": ()}


def _never(played: Played) -> list[Never]:
    """The words of a case that nothing came of."""
    told = sorted(played.harms.bus_errors)[: len(played.bus_errors)]
    died = list(played.died)
    found = []
    for word in played.case.words:
        harms = Case(played.case.start, played.case.act, (word,)).harms
        why = ""
        for at, error in harms.bus_errors.items():
            if played.harms.bus_errors[at] != error:
                why = "another error came at that transaction"
            elif at not in told:
                why = f"there was no transaction {at}"
        for death in harms.deaths:
            if death in died:
                died.remove(death)
            else:
                why = f"there was no transaction {death.at}, or a controller had died there already"
        if harms.plants:
            why = _why_not_planted(played, word)
        if why:
            found.append(Never(word, why))
    return found


def _why_not_planted(played: Played, word: str) -> str:
    """Why nothing came of a planted fault or reset; empty if something did."""
    name, fault, params = parse_plant(word)
    if word in played.resets:
        late = played.resets[word] - played.model.now()
        return f"the run was over {duration(late)} earlier" if late > 0 else ""
    if any(one.name == fault and one.value == params["value"] and not one.obeyed for one in played.model[name].planted):
        return "nothing that the block did in this run met it: a fault of coming up wants a reset of the block as well"
    return ""
