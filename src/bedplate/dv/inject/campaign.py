"""Injection: a HAL that is harmed in many ways at once, on a chip that is.

Each run is a case (`case.py`), drawn by a seed and a number (`draw.py`), played on the embedded model
(`run.py`) and judged (`judge.py`). What is found is grouped by kind; the first case of each kind is made as small as
possible, and given as the command that replays it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bedplate.bus import MemoryBus
from bedplate.dv.inject.case import Case, moment
from bedplate.dv.inject.draw import draw, each, part_of_share
from bedplate.dv.inject.judge import RAISED, Finding, judge
from bedplate.dv.inject.run import Ground, Played
from bedplate.dv.jobs import TWO, Job, Runner, Tell, shown_again_by
from bedplate.dv.jobs.ground import made_once, rare_collection
from bedplate.env import chip_type

SHARE = 50
"""Cases of a job, all on one part of the chip."""
SHRUNK = 40
"""Kinds of which a case is made small; more of them are shown as they were found."""
TRIES = 40
"""Plays that a case may cost on its way to the smallest."""
FINE = 64
"""How finely moments are bisected: to so many parts of the first one."""


class Found(NamedTuple):
    """A kind of finding: how many runs had it, a small case that has it, and the command that shows it again."""

    kind: str
    times: int
    text: str
    case: str
    replay: str


class InjectReport(NamedTuple):
    """All runs. `failed` runs had a finding, in `raised` of them the HAL raised; `violations` are of budgets, needs and the gate."""

    seed: int
    runs: int
    failed: int
    raised: int
    violations: int
    findings: tuple[Found, ...]

    @property
    def ok(self) -> bool:
        """Whether no case of it broke a promise."""
        return not self.failed


Sighting = tuple[Case, Finding]


class InjectResult(NamedTuple):
    """What a share of the cases found. Cases without any finding are left out."""

    runs: int
    found: tuple[tuple[Case, tuple[Finding, ...]], ...]


def run(
    chip: str,
    runs: int = 3000,
    seed: int = 1,
    runner: Runner = TWO,
    tell: Tell | None = None,
    first: int = 0,
    part: str = "",
) -> InjectReport:
    """So many cases of a seed, from number `first` on; all of them on the closure of that instance, if one is given.

    Raises UnknownName for a part that is no instance.
    """
    drawing = chip_type(chip)(MemoryBus(0))
    drawing.require_known([part] if part else [])
    last = first + runs
    again = f"bedplate -t model:{chip} dv inject --seed {seed}" + (f" --part {part}" if part else "")
    parts = {share: part or part_of_share(drawing, seed, share) for share in range(first // SHARE, -(-last // SHARE))}
    shares = [
        Job(
            f"cases {low} to {high - 1} of seed {seed}",
            f"{again} --first {low} --runs {high - low}",
            drawn,
            (chip, parts[share], seed, low, high),
        )
        for share in sorted(parts, key=lambda share: parts[share])
        for low, high in [(max(share * SHARE, first), min((share + 1) * SHARE, last))]
    ]
    return _campaign(chip, shares, seed, runner, tell, runs)


def run_each(chip: str, runner: Runner = TWO, tell: Tell | None = None) -> InjectReport:
    """A bus error at each single transaction of boot, resume, observe and plan."""
    cases = tuple(each(Ground(chip)))
    shares = [
        Job(
            f"cases {low} and on of --each",
            f"bedplate -t model:{chip} dv inject --each",
            given,
            (chip, cases[low : low + SHARE]),
        )
        for low in range(0, len(cases), SHARE)
    ]
    return _campaign(chip, shares, 0, runner, tell, len(cases))


def replay(chip: str, case: Case, hear: Callable[[Played], None] | None = None) -> InjectReport:
    """One case again. `hear` is told what came of it, before it is judged."""
    ground = Ground(chip, case.part)
    played = ground.play(case)
    if hear is not None:
        hear(played)
    findings = tuple(judge(ground, played))
    results = [InjectResult(1, ((case, findings),) if findings else ())]
    return _summary(chip, 0, results, _kinds(results), ())


def play(ground: Ground, cases: Iterable[Case]) -> InjectResult:
    """Play cases and judge them."""
    judged = []
    with rare_collection() as dropped:
        for case in cases:
            judged.append((case, tuple(examine(ground, case))))
            dropped()
    return InjectResult(len(judged), tuple(one for one in judged if one[1]))


def examine(ground: Ground, case: Case) -> list[Finding]:
    """Play one case of many, and judge it."""
    with shown_again_by(lambda: _replay(ground.name, case)):
        return judge(ground, ground.play(case))


# Jobs.


def drawn(chip: str, part: str, seed: int, low: int, high: int) -> InjectResult:
    """The cases of a seed from one number to another, that one not included."""
    ground = made_once(Ground, chip, part)
    return play(ground, (draw(ground, seed, number) for number in range(low, high)))


def given(chip: str, cases: Sequence[Case]) -> InjectResult:
    """These cases."""
    return play(made_once(Ground, chip, ""), cases)


def shrunk(chip: str, case: Case, finding: Finding) -> Sighting:
    """A case with a finding, made small."""
    return shrink(made_once(Ground, chip, case.part), case, finding)


def _campaign(
    chip: str,
    shares: Sequence[Job[InjectResult]],
    seed: int,
    runner: Runner,
    tell: Tell | None,
    cases: int,
) -> InjectReport:
    played = 0

    def listen(done: int, result: InjectResult) -> None:
        nonlocal played
        played += result.runs
        if tell is not None:
            tell("cases", played, cases)

    results = runner.run(shares, listen)
    kinds = _kinds(results)
    small = runner.run(
        [
            Job(f"making '{first[0]}' small", _replay(chip, first[0]), shrunk, (chip, *first))
            for _, _, first in kinds[:SHRUNK]
        ]
    )
    return _summary(chip, seed, results, kinds, small)


def _kinds(results: Sequence[InjectResult]) -> list[tuple[str, int, Sighting]]:
    """The kinds of findings, the most frequent first: how many runs had it, and the first of the simplest of them."""
    kinds: dict[str, list[Sighting]] = {}
    for case, findings in (one for result in results for one in result.found):
        for finding in {one.kind: one for one in findings}.values():
            kinds.setdefault(finding.kind, []).append((case, finding))
    found = [(kind, len(seen), min(seen, key=lambda one: len(one[0].words))) for kind, seen in kinds.items()]
    return sorted(found, key=lambda one: -one[1])


def _summary(
    chip: str,
    seed: int,
    results: Sequence[InjectResult],
    kinds: Sequence[tuple[str, int, Sighting]],
    small: Sequence[Sighting],
) -> InjectReport:
    shown = [*small, *(first for _, _, first in kinds[len(small) :])]
    found = [findings for result in results for _, findings in result.found]
    return InjectReport(
        seed,
        sum(result.runs for result in results),
        len(found),
        sum(any(one.kind.startswith(RAISED) for one in findings) for findings in found),
        sum(one.is_violation for findings in found for one in findings),
        tuple(
            Found(kind, times, finding.text, str(case), _replay(chip, case))
            for (kind, times, _), (case, finding) in zip(kinds, shown, strict=True)
        ),
    )


def _replay(chip: str, case: Case) -> str:
    return f"bedplate -t model:{chip} dv inject --replay '{case}'"


def shrink(ground: Ground, case: Case, finding: Finding) -> tuple[Case, Finding]:
    """The smallest case with a finding of that kind that is found by leaving out words and then bisecting moments."""
    tries = 0

    def still(other: Case) -> Finding | None:
        nonlocal tries
        tries += 1
        if tries > TRIES:
            return None
        return next((one for one in examine(ground, other) if one.kind == finding.kind), None)

    number = 0
    while number < len(case.words) and len(case.words) > 1:
        if again := still(case.without(number)):
            case, finding, number = case.without(number), again, 0
        else:
            number += 1
    for number, word in enumerate(case.words):
        low, high = -1, moment(word) or 0
        if high and (again := still(case.moved(number, 0))):
            case, finding, high = case.moved(number, 0), again, 0
        fine = max(high // FINE, 1)
        while high - low > fine:
            middle = (low + high) // 2
            if again := still(case.moved(number, middle)):
                case, finding, high = case.moved(number, middle), again, middle
            else:
                low = middle
    return case, finding
