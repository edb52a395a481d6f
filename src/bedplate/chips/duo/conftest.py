"""Two dies and their link at power-on and up, and who was told to train."""

from types import MappingProxyType

from bedplate.block import Tenant
from bedplate.bus import (
    Trace,
)
from bedplate.chips.duo import Duo
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.topology import Region


class Blind(Duo):
    """The same, but resets behind our back are not told."""

    def wire(self, bus):
        super().wire(bus)
        self.regions = tuple(
            Region(f"die{n}", port, self.canary_of(port), tenant=Tenant.IDLE) for n, port in enumerate(self.ports)
        )


def model(*faults, harvest=MappingProxyType({})):
    return make_model(Duo, harvest, faults)


def up(kind=Duo, **how):
    duo = model(**how)
    report = kind(duo).converge()
    assert report.ok, str(report)
    return duo


ENDS = ("die0.d2d", "die1.d2d")
TRAIN, STOP = 1, 2
CMD = {0x4008: "die0.d2d", 0x104008: "die1.d2d"}


def commands(bus):
    """Who was told to train, or to stop, in the order in which it was."""
    return [
        (CMD[t.request.address], t.request.values[0])
        for t in bus.log
        if t.request.is_write and t.request.address in CMD
    ]


def trained(bus):
    return [name for name, word in commands(bus) if word & TRAIN]


def converged(duo, kind=Duo, **how):
    """Converge; the report, the outcome of each instance, and who was told to train."""
    trace = Trace(duo)
    report = kind(trace).converge(**how)
    return report, {line.name: line for line in report.lines}, trained(trace)


def roots(report):
    """The instances that failed by themselves, and those at the root of what is blocked."""
    return {line.name for line in report.of(Outcome.FAILED)} | {line.cause for line in report.of(Outcome.BLOCKED)}
