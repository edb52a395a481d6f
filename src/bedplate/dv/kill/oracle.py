"""The oracle of all proofs in which a HAL is disturbed: what a run ended in, held against the undisturbed run.

Required: the same outcome of every instance, the same chip bit for bit (fields that models declare free excepted, and what an instance
holds that failed in the undisturbed run: how far its last step came is nobody's promise), no dangerous act, permanent effects as often and at most once, and no write in the next converge. What is known of a chip depends on the
proof: the model itself, what can be read of a simulation, or what a device server tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bedplate.block import SERVICE
from bedplate.bus import Bus
from bedplate.converge import Chip, Outcome, Report
from bedplate.model import ChipModel

FAILED = Outcome.FAILED.value
Outcomes = Mapping[str, tuple[str, str | None]]
"""How each instance ended: the outcome's word, and the state's name."""


class Verdict(NamedTuple):
    """What a run ended in.

    `state` has the words that could be read, `permanent` how often each register with a permanent effect was written, `violations`
    the dangerous acts of the run, and `settles` says whether the next converge makes no write.
    """

    outcomes: Outcomes
    state: Mapping[str, int]
    permanent: Mapping[str, int]
    violations: tuple[str, ...] = ()
    settles: bool = True

    @property
    def unfinished(self) -> str:
        """Who kept the run from its goal, in words; empty where it came there."""
        ended: dict[str, list[str]] = {}
        for name, (outcome, state) in self.outcomes.items():
            ended.setdefault(outcome, []).append(f"{name} in {state}" if outcome == FAILED else name)
        return ", ".join(
            f"{names[0]} {word}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")
            for word in (FAILED, Outcome.BLOCKED.value, Outcome.UNKNOWN.value)
            if (names := ended.get(word))
        )

    def differences(self, got: Verdict) -> list[str]:
        """How another run ended otherwise than this one, the undisturbed one."""
        lost = tuple(f"{name}." for name, (outcome, _) in self.outcomes.items() if outcome == FAILED)
        changed = (text for text in self.changed(got.state) if not text.startswith(lost))
        return [*self._otherwise(got), *changed, *got.violations, *self._permanent(got)]

    def _otherwise(self, got: Verdict) -> Iterator[str]:
        for name, outcome in got.outcomes.items():
            wanted = self.outcomes.get(name, ())
            if outcome != wanted:
                yield f"{name}: ended {' '.join(filter(None, outcome))}, wanted {' '.join(filter(None, wanted))}"
        if self.settles and not got.settles:
            yield "the next converge writes, wanted no write"

    def changed(self, state: Mapping[str, int], beside: Mapping[str, int] | None = None) -> Iterator[str]:
        """Registers that hold something else in `state`, but for the bits of the masks `beside`."""
        masks = beside or {}
        for name in dict.fromkeys((*self.state, *state)):
            wanted, held = self.state.get(name), state.get(name)
            if held != wanted and (None in (held, wanted) or (held ^ wanted) & ~masks.get(name, 0)):  # type: ignore[operator]
                texts = ["no answer" if word is None else f"0x{word:x}" for word in (held, wanted)]
                yield f"{name}: holds {texts[0]}, wanted {texts[1]}"

    def _permanent(self, got: Verdict) -> Iterator[str]:
        for name in dict.fromkeys((*self.permanent, *got.permanent)):
            wanted, count = self.permanent.get(name, 0), got.permanent.get(name, 0)
            if count > 1 or count != wanted:
                yield f"{name}: permanent effect {count} times, wanted {wanted}"


def outcomes(report: Report) -> Outcomes:
    """How every instance ended."""
    return {line.name: (line.outcome.value, line.state) for line in report.lines}


def dangers(violations: Iterable[object]) -> tuple[str, ...]:
    """Dangerous acts, for a verdict."""
    return tuple(f"dangerous act: {violation}" for violation in violations)


def verdict_of(
    chip: Callable[[Bus], Chip],
    model: ChipModel,
    report: Report,
    violations: int,
    settles: bool | None = None,
    goal: str = SERVICE,
) -> Verdict:
    """What a run to a goal on a model ended in, which made `report`; `violations` dangerous acts are of before.

    Whether it settles is asked of a converge more, unless it is known.
    """
    state = model.state()
    if settles is None:
        settles = chip(model).converge(goal=goal).writes == 0
    return Verdict(outcomes(report), state, model.permanent(), dangers(model.violations()[violations:]), settles)
