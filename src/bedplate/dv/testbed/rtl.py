"""One instance of an IP type on the bench of its type in RTL: each testbed is a simulation of its own, at power-on.

Nothing looks behind the registers here, but for the count of violations.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

from bedplate.block import Kind, us
from bedplate.bus import Request, Trace
from bedplate.bus import s as seconds
from bedplate.chips.bench.wiring import NEIGHBOUR, bench_of, supply_name
from bedplate.dv.fork import in_fork
from bedplate.dv.kill.forked import Deadly
from bedplate.dv.kill.patient import Patient, deaths
from bedplate.dv.kill.reference import Death
from bedplate.dv.testbed.base import DUT, Testbed
from bedplate.dv.testbed.violation_terms import told
from bedplate.env.rtl import require_tools
from bedplate.env.rtl.build import simulator
from bedplate.env.rtl.designs import design_of
from bedplate.env.rtl.faults import Faults
from bedplate.env.rtl.simulation import OpenSimulation
from bedplate.model import Model
from bedplate.topology import Instance

DEATHS = 30
"""How many deaths of a run are tried, of all that the model goes through."""
LIVED = seconds(4)
"""How long the chips after these deaths may live together (ns of device time): of long runs fewer are tried."""


@cache
def bench(driver: type[Instance]) -> tuple[Path, Sequence[str], Faults]:
    """What every simulation of a type's bench starts from; built once, since its tests open hundreds. Raises ToolMissing, EnvError.

    The simulator says of each violation which of its terms decided it.
    """
    require_tools()
    chip = bench_of(driver)
    return simulator(told(design_of(chip)), lambda line: print(line, file=sys.stderr)), (), Faults(chip)


class RtlTestbed(Testbed):
    """An instance in a simulator."""

    def __init__(self, driver: type[Instance], config: object, model: Model) -> None:
        super().__init__(driver, config, model)
        self.bus = self.trace = Trace(self.simulation)

    def _power_on(self, model: Model) -> OpenSimulation:
        self.simulation = OpenSimulation(*bench(self.driver), waves=False)
        return self.simulation

    def violations(self) -> Sequence[object]:
        self.sleep(us(1))  # it is told in the clocks that follow the access
        return super().violations()

    def violations_are(self, *texts: str) -> bool:
        return len(self.violations()) == len(texts)

    def permanent(self) -> Mapping[str, int]:
        patient = self._patient()
        written = Counter(filter(None, (patient.permanent(one.request) for one in self.trace.log)))
        return {name.removeprefix(f"{DUT}."): count for name, count in written.items()}

    def reset_a_neighbour(self) -> int:
        self._plant(supply_name(Kind.POWER), "block_reset", None, 1)
        self.sleep(us(3))
        return NEIGHBOUR

    def survives_every_kill(self) -> None:
        """See Testbed. A sample of the deaths is tried: two in three at writes, where most can go wrong.

        The same end is that of `kill/oracle.py`, by the registers that can be read.
        """
        patient, violations = self._patient(), len(self.violations())
        want = in_fork(lambda: patient.converge(Counter(), violations))
        assert want.settles
        assert want.differences(want) == []
        requests, lived = in_fork(self._undisturbed)
        chosen = sample(requests, min(DEATHS, LIVED // lived))
        deadly = Deadly(patient, want, lambda death: death in chosen)
        report = self.hal(deadly).converge()
        assert report.ok, str(report)
        assert [f"{death} at {request}: {text}" for death, request, _, text in deadly.failed] == []
        assert deadly.runs == len(chosen)

    def close(self) -> None:
        self.simulation.close()

    def _patient(self) -> Patient:
        return Patient(self.hal, self.simulation, self.normal)

    def _undisturbed(self) -> tuple[list[Request], int]:
        """What a run asks for, and how long it takes (ns)."""
        trace = Trace(self.simulation)
        report = self.hal(trace).converge()
        return [one.request for one in trace.log], report.device_time


def sample(requests: Sequence[Request], most: int) -> set[Death]:
    """So many of the deaths at these requests, by chance, but the same ones each time."""
    found: set[Death] = set()
    for is_write, room in ((True, 2 * most // 3), (False, most)):
        among = [
            death
            for at, request in enumerate(requests)
            if request.is_write is is_write
            for death in deaths(at, request)
        ]
        found |= set(Random(0).sample(among, min(room - len(found), len(among))))
    return found
