"""Kill-anywhere on a target that cannot be forked but is made anew each time it is opened: a machine of QEMU's of its own for each death.

The HAL runs a flow on a fresh chip and dies at one transaction of it; a new one goes on there. Time that is the host's makes two runs
differ in how often one looks in vain, so a death that comes too late in a run for it to be there is no case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bedplate.bus import Bus, Kill, Killed, Moment, Trace
from bedplate.converge import Chip
from bedplate.dv.compare.normal import Normal, normal_of
from bedplate.dv.jobs import shown_again_by
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.campaign import KillFinding
from bedplate.dv.kill.doing import Doing
from bedplate.dv.kill.oracle import Verdict
from bedplate.dv.kill.patient import Chosen, Patient, TargetResult, again, deaths, finding
from bedplate.dv.kill.reference import ALONE, Death
from bedplate.env import chip_type, open_bus, parse

MOMENTS = {"before": Moment.BEFORE, "inside": Moment.INSIDE}
"""When a variant dies; all others after their transaction."""


def play(target: str, flow: str, chosen: Chosen) -> TargetResult:
    """The chosen deaths of a flow, each on a chip that is opened for it in this process."""
    chip = parse(target).name
    kind, way = chip_type(chip), flows_of.flow(flow, chip)
    normal = normal_of(kind)
    doing = Doing()
    with _begun(target, kind, way) as bus:
        trace = Trace(bus)
        kind(trace).converge(goal=way.goal, listen=doing)
        heard = list(trace.log)
    with _begun(target, kind, way) as bus:
        want = Patient(kind, bus, normal, way.goal).converge(Counter(), 0)
        drawing = kind(bus)
    runs = 0
    failed: list[KillFinding] = []
    for at, one in enumerate(heard):
        for death in filter(chosen, deaths(at, one.request)):
            command = again(target, flow, death)
            with shown_again_by(lambda command=command: command), _begun(target, kind, way) as bus:  # type: ignore[misc]
                wrong = _after(death, kind, bus, normal, way, want)
            if wrong is None:
                continue
            runs += 1
            failed += [finding(drawing, flow, death, one.request, doing.at(one.time), text, command) for text in wrong]
    return TargetResult(flow, tuple(one.request for one in heard), runs, failed, want.unfinished)


def _after(
    death: Death, kind: type[Chip], bus: Bus, normal: Normal, way: flows_of.Flow, want: Verdict
) -> list[str] | None:
    """What does not hold after a death; None where the run came to its end before."""
    patient = Patient(kind, bus, normal, way.goal)
    trace = Trace(bus)
    try:
        kind(Kill(trace, death.at, MOMENTS.get(death.variant, Moment.AFTER), death.words)).converge(goal=way.goal)
        return None
    except Killed:
        pass
    if death.variant == "later":
        bus.sleep(ALONE)
    permanent = Counter(filter(None, (patient.permanent(one.request) for one in trace.log)))
    return want.differences(patient.converge(permanent, 0))


@contextmanager
def _begun(target: str, kind: type[Chip], way: flows_of.Flow) -> Iterator[Bus]:
    """A chip of the target at the start of a flow; gone afterwards."""
    bus = open_bus(target, kind)
    try:
        way.begin(bus, kind)
        yield bus
    finally:
        getattr(bus, "close", lambda: None)()
