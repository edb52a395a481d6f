"""The oracle of injection: what must hold whatever was done to a chip and its HAL.

- The HAL answers and never raises; only a link that was really cut ends a run, and then there is a report.
- Every instance that failed has one root cause, which is true: something was really done to it. Controllers that die or are held
  up, and resets that pass, are no reason: afterwards, at the latest in the next converge, everything is at its goal. Who fails with
  nothing done to it is blamed in vain, or shows a hole in its own driver: a state without a way out, or a defect.
- The ends of a pair arrive as one, and fail as one: one is the root, whose error names both if the trouble is the other one's; that
  one is blocked. Both fail only where something was done to each of them.
- Nothing dangerous is done, budgets and needs included, unless a reset came within the very act, or who leads a pair was held up
  within it: the hardware bounds how long one end waits for the other; nothing permanent happens twice; under load nothing with an effect is written.
- A chip at its goals is bit for bit the undisturbed one, but for the evidence of what happened and what was done to a part that is fused
  off; the next converge of one writes nothing. What a reset has turned off looks otherwise than what was led down: such a chip is
  brought up again, and judged then.
- The next converge is disturbed by nobody any more, and comes to rest, whatever fails in it.
- Looking writes nothing, and shows nothing that nothing was done to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bedplate.block import Output
from bedplate.bus import WORD, Request, us
from bedplate.converge import Line, Outcome, Report, Seen
from bedplate.dv.inject.case import GOALS
from bedplate.dv.inject.run import Ground, Played, ask, conditions
from bedplate.dv.kill.oracle import Verdict
from bedplate.errors import BedplateError, DriverDefect, NoWayOut, UnderLoad
from bedplate.model import ChipModel
from bedplate.reg import Register, effect_of_write
from bedplate.topology import Instance

DANGEROUS, LOADED = "dangerous act", "write under load"
"""Kinds of finding that break a budget, a need or the gate."""
RAISED = "raised"
"""How the kinds begin in which no answer came."""


class Finding(NamedTuple):
    """What did not hold. Findings of one `kind` are likely to be one defect."""

    kind: str
    text: str

    @property
    def is_violation(self) -> bool:
        """Whether it breaks a budget, a need or the gate."""
        return self.kind.startswith((DANGEROUS, LOADED))


def judge(ground: Ground, played: Played) -> list[Finding]:
    """Everything that does not hold. The chip goes on: it is converged once more."""
    found = list(_dangers(ground, played))
    if played.raised is not None:
        found.append(_raised(RAISED, played.raised))
    elif isinstance(played.answer, Report):
        found += _report(ground, played, played.answer)
    elif played.answer is not None:
        found += _looks(ground, played, played.answer)
    if played.case.act in GOALS:
        found += _afterwards(ground, played)
    for name, count in played.model.permanent().items():
        if count > 1:
            found.append(Finding(f"permanent effect twice: {_register(ground, name)}", f"{name}: {count} times"))
    return list(dict.fromkeys(found))


# What was done to the chip.

ASKED = us(1)
"""How long it takes to ask the chip, right before an act and at the end of a run (ns): what triggers while it answers is not seen."""


class Surprise(NamedTuple):
    """Something happened behind a HAL's back (device time, ns): when, and when it can first know of it."""

    at: int
    known: int


def _surprises(played: Played) -> list[Surprise]:
    """The planted resets. Nobody knows of one while it is held up, with an answer from before in its hand."""
    holds = [range(hold.start - ASKED, hold.stop) for hold in played.held]
    return [Surprise(at, next((hold.stop for hold in holds if at in hold), at)) for at in played.resets.values()]


def _dangers(ground: Ground, played: Played) -> Iterator[Finding]:
    for violation in played.model.violations():
        if violation.instance in _lied_about(ground, played):
            continue
        releases = [Surprise(hold.stop, hold.stop) for hold in played.held]
        surprises = [*_surprises(played), *(releases if violation.instance in ground.partners else ())]
        excused = any(
            at <= violation.time and not any(known + ASKED < act <= violation.time for act in played.acts)
            for at, known in surprises
        )
        if not excused:
            yield Finding(f"{DANGEROUS}: {_ip(ground, violation.instance)}: {violation.text}", str(violation))
    for one in played.under_load:
        for path in _with_effect(ground, one.request):
            yield Finding(f"{LOADED}: {_register(ground, path)}", f"{path} written under load")


def _lied_about(ground: Ground, played: Played) -> set[str]:
    """The instances of which a word was read as all ones twice, while the canary answered: that is what the word holds, for all that
    anybody can tell."""
    seen = Counter(request.address for bus_error, request in played.bus_errors if bus_error.kind == "all_ones")
    return {ground.owner(address) for address, times in seen.items() if times > 1}


def _with_effect(ground: Ground, request: Request) -> Iterator[str]:
    """The registers, by path, in which a write does something that has an effect."""
    for index, word in enumerate(request.values or ()):
        place = ground.addresses.find(request.address + WORD * index)
        if place is not None and issubclass(place.cls, Register):
            lanes = (1 << 8 * request.size) - 1
            if effect_of_write(place.cls, word, lanes) if place.cls.WIDTH <= 8 * WORD else place.cls.EFFECT:
                yield place.path


# What the HAL said.


def _report(ground: Ground, played: Played, report: Report) -> Iterator[Finding]:
    suspects = _suspects(ground, played)
    failed = report.of(Outcome.FAILED)
    touched = {name for suspect in suspects for name in ground.dependents[suspect]}
    may_work = played.harms.tenant or _cut_off(ground, played)  # nobody knows it of a part that does not answer
    for line in failed:
        if not (_culprits(ground, line) & suspects or (may_work and isinstance(line.error, UnderLoad))):
            yield Finding(
                f"{_word(line, touched)}: {line.ip} {_short(line.error)}", f"{line.name} is blamed: {line.error}"
            )
    lines = {line.name: line for line in report.lines}
    for name in ground.blocks:
        if name not in lines:
            yield Finding("not in the report", name)
    for line in report.of(Outcome.BLOCKED):
        root = lines.get(line.cause)
        if root is None or root.outcome in (Outcome.GOAL, Outcome.BLOCKED, Outcome.HARVESTED):
            yield Finding(f"root that did not fail: {line.ip}", f"{line.name} is blocked by '{line.cause}'")
    yield from _pairs(ground, lines, suspects, _cut_off(ground, played))
    roots = {line.cause for line in failed}
    if len(roots) > 1 and len(played.case.words) == 1 and played.case.words[0].startswith("bus:error"):
        yield Finding("more than one instance", f"one bus error, and {', '.join(sorted(roots))} failed")
    ended: BedplateError | None = getattr(report, "ended", None)
    unknown = [line.name for line in report.lines if line.outcome.value == "unknown"]
    if unknown and ended is None:
        yield Finding("unknown without a reason", ", ".join(unknown))
    if ended is not None and _cut_off(ground, played) != set(ground.blocks):
        yield Finding(f"gave up: {_short(ended)}", f"the link lives, but: {ended}")


def _word(line: Line, touched: set[str]) -> str:
    """What it is that an instance failed to which nothing was done: blamed in vain, or, where nothing was done to anybody whom it builds
    upon either, a hole in its own driver."""
    if line.name not in touched and isinstance(line.error, NoWayOut):
        return "no way out"
    return "defect of a driver" if line.name not in touched and isinstance(line.error, DriverDefect) else "false root"


def _pairs(ground: Ground, lines: Mapping[str, Line], suspects: set[str], cut: set[str]) -> Iterator[Finding]:
    """The ends of each pair, held against each other. Out of service an end that cannot be reached is where it is to be, and one that has
    no such goal is led nowhere. Of one in a part that is lost nobody says that it is absent, though its other end is."""
    for name, partner in ground.partners.items():
        ends = [lines[one] for one in (name, partner) if one in lines]
        if name > partner or len(ends) < 2:
            continue
        text = " and ".join(f"{line.name} {line.outcome.value}, {line.seen}, by {line.cause}" for line in ends)
        outcomes = [line.outcome for line in ends]
        if outcomes == [Outcome.FAILED] * 2 and not all(_alone(ground, line) & suspects for line in ends):
            yield Finding(f"two roots of a pair: {ends[0].ip}", text)
        absent = [line.name for line in ends if line.outcome is Outcome.HARVESTED]
        is_half = outcomes.count(Outcome.GOAL) == 1 or (len(absent) == 1 and not {name, partner} - {*absent} & cut)
        if is_half and not ends[0].stays and "unreachable" not in [line.state for line in ends]:
            yield Finding(f"half a pair: {ends[0].ip}", text)


def _looks(ground: Ground, played: Played, seen: tuple[Seen, ...]) -> Iterator[Finding]:
    if played.writes:
        yield Finding("wrote while looking", played.case.act)
    want = ground.undisturbed(played.case.start, played.case.act, played.harms.fuses).seen
    if played.case.start != "booted":  # it changes by itself
        return
    touched = {name for suspect in _suspects(ground, played) for name in ground.dependents[suspect]}
    for name, condition in conditions(seen).items():
        if condition != want[name] and name not in touched:
            yield Finding(f"seen otherwise: {_ip(ground, name)}", f"{name}: seen {condition}, wanted {want[name]}")


# What it left behind.


def _afterwards(ground: Ground, played: Played) -> Iterator[Finding]:
    model, report = played.model, played.answer
    assert report is None or isinstance(report, Report)
    late = [known for _, known in _surprises(played) if known > model.now() - ASKED]
    settled = report is not None and report.ok and getattr(report, "settled", True)
    rests = settled and not late
    is_led = played.case.act == "up" or (played.case.start == "booted" and not (played.resets or played.harms.plants))
    if rests:
        if is_led:
            yield from _state(ground, played, "")
        rests = not _goes_on_by_itself(played)
    if report is not None and not settled and _is_to_be_ok(played):
        yield Finding(f"not at its goals: {_short(report.first_error)}", str(report))
    if late:
        model.sleep(max(*late, model.now()) - model.now())
    violations = len(model.violations())
    try:
        again = ask(ground.kind(model), played.case.act, [])
    except Exception as error:
        yield _raised(f"{RAISED} in the next converge", error)
        return
    assert isinstance(again, Report)
    for violation in model.violations()[violations:]:
        yield Finding(
            f"{DANGEROUS}: {_ip(ground, violation.instance)}: {violation.text}", f"the next converge: {violation}"
        )
    if not again.settled and again.ended is None:
        yield Finding("does not come to rest", f"nothing disturbs the next converge, but: {again}")
    # What lasts may have come while a HAL that only looked was held up, after it had looked there.
    unseen = played.held and not _is_to_be_cured(played) and report is not None and not report.writes
    if rests and again.writes and not unseen and not getattr(report, "notes", ()):
        yield Finding("the next converge writes", f"{again.writes} writes, {again.steps} steps, wanted 0")
    if not again.ok and _is_to_be_cured(played):
        yield Finding(f"not cured: {_short(again.first_error)}", str(again))
    if again.ok and not rests and is_led:
        found = list(_state(ground, played, "after the next converge "))
        if not (found and _came_late(ground, played)):
            yield from found
    if again.ok and not is_led and _is_to_be_cured(played):
        yield from _up_again(ground, played)


def _came_late(ground: Ground, played: Played) -> bool:
    """Whether what was planted came after the last look at who has it: then the next one sees it."""
    if _is_to_be_cured(played):
        return False
    once_more = ask(ground.kind(ChipModel.restore(played.model.snapshot())), played.case.act, [])
    assert isinstance(once_more, Report)
    return bool(once_more.writes)


def _up_again(ground: Ground, played: Played) -> Iterator[Finding]:
    """Led into service, it is the chip that never left it."""
    violations = len(played.model.violations())
    try:
        up = ask(ground.kind(played.model), "up", [])
    except Exception as error:
        yield _raised(f"{RAISED} on the way up", error)
        return
    assert isinstance(up, Report)
    for violation in played.model.violations()[violations:]:
        yield Finding(
            f"{DANGEROUS}: {_ip(ground, violation.instance)}: {violation.text}", f"on the way up: {violation}"
        )
    if not up.ok:
        yield Finding(f"not up again: {_short(up.first_error)}", str(up))
    else:
        yield from _state(ground, played._replace(case=played.case._replace(act="up")), "up again ")


def _state(ground: Ground, played: Played, when: str) -> Iterator[Finding]:
    """A chip at its goals is the undisturbed one."""
    run = ground.undisturbed(played.case.start, played.case.act, played.harms.fuses)
    want = run.verdict
    if played.model.loaded:
        loaded = ChipModel.restore(run.after)
        loaded.tenant(True)
        want = Verdict({}, loaded.state(), {})
    absent = tuple(f"{name}." for name in _suspects(ground, played) & _fused_off(played))
    texts = [one for one in want.changed(played.model.state(), ground.evidence) if not one.startswith(absent)]
    if texts:  # one finding, of the first: a block that is not configured differs in dozens of registers
        first = _register(ground, texts[0].partition(":")[0])
        yield Finding(f"holds something else: {first}", f"{when}{texts[0]}, and {len(texts) - 1} more")


def _fused_off(played: Played) -> set[str]:
    """The instances that nobody leads, reads or cures: what was done to one of them stays."""
    answer = played.answer
    return {line.name for line in answer.of(Outcome.HARVESTED)} if isinstance(answer, Report) else set()


def _is_to_be_ok(played: Played) -> bool:
    """Whether nothing was done but what a HAL survives at once."""
    return (
        not played.harms.tenant
        and not played.harms.plants
        and all(bus_error.kind in ("delay", "late") for bus_error in played.harms.bus_errors.values())
    )


def _is_to_be_cured(played: Played) -> bool:
    """Whether nothing was done to the chip that lasts."""
    return not played.harms.tenant and len(played.resets) == len(played.harms.plants)


def _goes_on_by_itself(played: Played) -> bool:
    """Whether something planted triggers later, after a report that could not know of it."""
    model = played.model
    if model.event_queue.idle or _is_to_be_cured(played):
        return False
    copy = ChipModel.restore(model.snapshot())
    copy.settle()
    return copy.state() != model.state()


# Who was it?


def _suspects(ground: Ground, played: Played) -> set[str]:
    """The instances that something was really done to."""
    found = _cut_off(ground, played)
    for word in played.harms.plants:
        if played.resets.get(word, 0) <= played.model.now():
            found |= ground.injected_by(word)
    for bus_error, request in played.bus_errors:
        if bus_error.kind in ("error", "broken", "all_ones"):
            owner = ground.owner(request.address)
            found |= {owner} | {block.name for block in ground.blocks.values() if _asks(block, owner)}
    return found - {""}


def _asks(block: Instance, owner: str) -> bool:
    """Whether an instance reads registers of that owner in its own name: for one of its outputs."""
    return any(isinstance(need, Output) and need.provider.name == owner for need in block.needs)


def _cut_off(ground: Ground, played: Played) -> set[str]:
    """The instances behind a port whose link was really cut, or whose canary was kept from answering."""
    if any(bus_error.kind == "dead" for bus_error, _ in played.bus_errors):
        return set(ground.blocks)
    found: set[str] = set()
    for canary, behind in ground.behind.items():
        keeper = ground.owner(canary)
        if any(word.startswith(f"{keeper}:hung") for word in played.harms.plants) or any(
            (bus_error.kind == "broken" and ground.owner(request.address) == keeper)
            or (bus_error.kind in ("error", "all_ones") and request.address == canary)
            for bus_error, request in played.bus_errors
        ):
            found |= behind
    return found


def _culprits(ground: Ground, line: Line) -> set[str]:
    """Whom a failed line blames: its cause, who is named by its error, and its other end if the error tells of that too."""
    other = ground.partners.get(line.name, "")
    return _alone(ground, line) | ({other} if other and other in str(line.error) else set())


def _alone(ground: Ground, line: Line) -> set[str]:
    """Whom a failed line blames, without its other end."""
    where = line.error.where if line.error is not None else ""
    if where.startswith("0x"):
        return {line.cause, ground.owner(int(where, 16))}
    return {line.cause, next((name for name in ground.blocks if f"{where}.".startswith(f"{name}.")), "")}


# Words.


def _raised(kind: str, error: Exception) -> Finding:
    where = getattr(error, "where", "")
    return Finding(f"{kind} {_short(error)}", f"{type(error).__name__}: {error}" + (f" ({where})" if where else ""))


def _short(error: BaseException | None) -> str:
    if error is None:
        return "without an error"
    return f"{type(error).__name__}: {re.sub(r'0x[0-9a-f]+|[0-9]+', 'N', getattr(error, 'what', str(error)))[:60]}"


def _ip(ground: Ground, name: str) -> str:
    return ground.blocks[name].ip if name in ground.blocks else name


def _register(ground: Ground, path: str) -> str:
    """A register's name by its IP type, without indexes."""
    owner = next((name for name in ground.blocks if path.startswith(f"{name}.")), "")
    return re.sub(r"\[\d+\]", "", path.replace(owner, _ip(ground, owner), 1)) if owner else path
