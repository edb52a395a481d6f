"""Kill-anywhere on any target that lives in this process: fork at a transaction, and let the controller die in the fork.

The HAL runs a flow undisturbed. At each chosen transaction the process forks, simulator and all. In the fork the HAL never
comes back from that transaction: a new one is built on the same raw bus, converges, and is judged there, by `oracle.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from bedplate.bus import Decorator, Request, perform
from bedplate.dv.compare.normal import normal_of
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import shown_again_by
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.doing import Doing
from bedplate.dv.kill.oracle import Verdict
from bedplate.dv.kill.patient import Chosen, Patient, TargetResult, again, deaths, finding
from bedplate.dv.kill.reference import ALONE, Death
from bedplate.env import chip_type, open_bus, parse
from bedplate.errors import BedplateError


class Deadly(Decorator):
    """The HAL's bus in the undisturbed run: at each chosen transaction, forks in which the HAL dies there, in every way."""

    def __init__(
        self, patient: Patient, want: Verdict, chosen: Chosen, again: Callable[[Death], str] = lambda death: ""
    ) -> None:
        """`again` is the command that plays a death alone, where there is one."""
        super().__init__(patient.bus)
        self.again = again
        self.patient = patient
        self.want = want
        self.chosen = chosen
        self.doing = Doing()
        self.requests: list[Request] = []
        self.runs = 0
        self.permanent: Counter[str] = Counter()
        self.failed: list[tuple[Death, Request, int, str]] = []

    def transact(self, request: Request) -> Sequence[int]:
        for death in deaths(len(self.requests), request):
            if self.chosen(death):
                self.runs += 1
                with shown_again_by(partial(self.again, death)):
                    wrong = in_fork(partial(self._die, death, request))
                self.failed += [(death, request, self.bus.now(), text) for text in wrong]
        self.requests.append(request)
        self._count(request)
        return super().transact(request)

    def _count(self, request: Request) -> None:
        if register := self.patient.permanent(request):
            self.permanent[register] += 1

    def _die(self, death: Death, request: Request) -> list[str]:
        """In a fork: the last the HAL does, then a new one; what does not hold. The old HAL never runs again."""
        violations = len(self.patient.violations())
        if death.variant == "inside":
            values = request.values[: death.words] if request.values is not None else None
            request = Request(request.address, death.words, values, request.size)
        if death.variant != "before":
            self._count(request)
            with suppress(BedplateError):  # an error response that nobody lives to see
                perform(self.bus, request)
        if death.variant == "later":
            self.bus.sleep(ALONE)
        return self.want.differences(self.patient.converge(self.permanent, violations))


def play(target: str, flow: str, chosen: Chosen) -> TargetResult:
    """The chosen deaths of a flow, in this process: the target is opened here."""
    chip = parse(target).name
    kind = chip_type(chip)
    bus = open_bus(target, kind)
    way = flows_of.flow(flow, chip)
    patient = Patient(kind, bus, normal_of(kind), way.goal)
    way.begin(bus, kind)
    violations = len(patient.violations())
    want = in_fork(lambda: patient.converge(Counter(), violations))

    deadly = Deadly(patient, want, chosen, partial(again, target, flow))
    kind(deadly).converge(goal=way.goal, listen=deadly.doing)
    drawing = kind(bus)
    failed = [
        finding(drawing, flow, death, request, deadly.doing.at(time), text, again(target, flow, death))
        for death, request, time, text in deadly.failed
    ]
    return TargetResult(flow, tuple(deadly.requests), deadly.runs, failed, want.unfinished)
