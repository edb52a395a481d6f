"""A chip that dies and recovers on any target: what is known of it is what can be seen from outside.

That is every register that may be read without effect, and what the HAL itself wrote. `forked.py` and `fresh.py` let it die.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bedplate.block import SERVICE
from bedplate.bus import WORD, Backdoor, Bus, Request, Transaction
from bedplate.converge import Chip
from bedplate.dv.compare.normal import Normal
from bedplate.dv.compare.record import Recorder
from bedplate.dv.compare.scenario import dump
from bedplate.dv.kill.campaign import KillFinding
from bedplate.dv.kill.oracle import Verdict, dangers, outcomes
from bedplate.dv.kill.reference import VARIANTS, Death
from bedplate.reg import Effect, effect_of_write

Chosen = Callable[[Death], bool]
"""Which deaths are tried."""


class TargetResult(NamedTuple):
    """What a share of the work found."""

    flow: str
    requests: tuple[Request, ...]
    """Those of the undisturbed run."""
    runs: int
    failed: list[KillFinding]
    unfinished: str

    @property
    def transactions(self) -> int:
        """How many the run made that nobody killed."""
        return len(self.requests)


class Patient(NamedTuple):
    """A chip that dies and recovers: how its HAL is made, on which raw bus, and which of its registers' bits count."""

    kind: Callable[[Bus], Chip]
    bus: Bus
    normal: Normal
    goal: str = SERVICE

    def converge(self, before: Counter[str], violations: int) -> Verdict:
        """Let a new HAL converge, twice. `before` are permanent writes, `violations` dangerous acts until now."""
        recorder = Recorder(self.bus)
        report = self.kind(recorder).converge(goal=self.goal)
        permanent = before + Counter(
            filter(None, (self.permanent(access.heard.request) for access in recorder.accesses))
        )
        state = self.state()
        settles = self.kind(self.bus).converge(goal=self.goal).writes == 0
        return Verdict(outcomes(report), state, permanent, dangers(self.violations()[violations:]), settles)

    def state(self) -> dict[str, int]:
        """Every word that may be read without effect, without the bits that are free to differ."""
        recorder = Recorder(self.bus)
        dump(self.kind(recorder), recorder)
        found: dict[str, int] = {}
        for _, _, _, heard, _ in recorder.accesses:
            for index, word in enumerate(heard.words):
                place = self.normal.words.get(heard.request.address + WORD * index)
                if place is None:  # the canary, asked about a word of all ones: it may be another instance's
                    continue
                found[f"{place.path}[{place.low}]" if place.low else place.path] = word & ~place.free
        return found

    def violations(self) -> Sequence[object]:
        """The dangerous acts that the chip counted; none where nobody counts."""
        return self.bus.violations() if isinstance(self.bus, Backdoor) else ()

    def permanent(self, request: Request) -> str:
        """The register in which it writes something with a permanent effect, by name; empty if there is none."""
        lanes = (1 << 8 * request.size) - 1
        for index, value in enumerate(request.values or ()):
            place = self.normal.words.get(request.address + WORD * index)
            if place is not None and Effect.PERMANENT in place.cls.EFFECT:
                effect = effect_of_write(place.cls, value << place.low, lanes << place.low)
                if Effect.PERMANENT in effect:
                    return place.path
        return ""


def deaths(at: int, request: Request) -> Iterator[Death]:
    """Every way to die at a transaction."""
    for variant in VARIANTS[:3]:
        yield Death(at, variant)
    for words in range(1, request.length if request.is_write else 1):  # a part of a read changes nothing
        yield Death(at, "inside", words)


def again(target: str, flow: str, death: Death) -> str:
    """The command that plays a death alone."""
    words = f" --words {death.words}" if death.words else ""
    return f"bedplate --target '{target}' dv kill --fork --flow {flow} --at {death.at} --variant {death.variant}{words}"


def finding(chip: Chip, flow: str, death: Death, request: Request, step: str, text: str, command: str) -> KillFinding:
    """What did not hold after a death at a request, in the midst of a step."""
    where = chip.addresses.describe(Transaction(0, request))[0]
    return KillFinding(flow, death.at, death.variant, where, step, text, command)
