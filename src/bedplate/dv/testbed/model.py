"""One instance of an IP type on the bench of its type, as embedded models."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from bedplate.bus import Kill, Killed, Moment, Trace
from bedplate.chips.bench.wiring import NEIGHBOUR, bench_of
from bedplate.component import make_model
from bedplate.dv.kill.oracle import Verdict, verdict_of
from bedplate.dv.kill.patient import deaths
from bedplate.dv.kill.reference import ALONE, Death
from bedplate.dv.testbed.base import Testbed
from bedplate.model import ChipModel, Model

MOMENTS = {"before": Moment.BEFORE, "inside": Moment.INSIDE, "after": Moment.AFTER, "later": Moment.AFTER}


class ModelTestbed(Testbed):
    """An instance as its embedded model."""

    chip: ChipModel

    def _power_on(self, model: Model) -> ChipModel:
        self.chip = make_model(bench_of(self.driver), models={self.name: model})
        return self.chip

    @property
    def model(self) -> Any:
        """The behaviour of the instance: for tests that say why they look behind the registers."""
        return self.chip[self.name]

    def violations_are(self, *texts: str) -> bool:
        return [violation.text for violation in self.chip.violations()] == list(texts)

    def permanent(self) -> Mapping[str, int]:
        return {name.removeprefix(f"{self.name}."): count for name, count in self.chip.permanent().items()}

    def reset_a_neighbour(self) -> int:
        self.model.domain_was_reset(NEIGHBOUR)
        return NEIGHBOUR

    def survives_every_kill(self) -> None:
        """See Testbed. All deaths are tried; the same end is that of `kill/oracle.py`."""
        start, violations, trace = self.chip.snapshot(), len(self.chip.violations()), Trace(self.chip)
        report = self.hal(trace).converge()
        assert report.ok, str(report)
        want = verdict_of(self.hal, self.chip, report, violations)
        assert want.settles
        assert want.differences(want) == []
        for at, transaction in enumerate(trace.log):
            for death in deaths(at, transaction.request):
                self._dies(self.restored(start), death, want, violations)

    def _dies(self, bed: ModelTestbed, death: Death, want: Verdict, violations: int) -> None:
        """On a chip of its own: a controller that dies, and the next one."""
        try:
            bed.hal(Kill(bed.chip, death.at, MOMENTS[death.variant], death.words)).converge()
        except Killed:
            bed.chip.sleep(ALONE if death.variant == "later" else 0)
        else:
            raise AssertionError(f"nobody died: {death}")
        report = bed.converge()
        wrong = want.differences(verdict_of(bed.hal, bed.chip, report, violations))
        assert not wrong, "\n".join([f"{death}:", *wrong, str(report)])

    def restored(self, snapshot: bytes) -> ModelTestbed:
        """The same instance on the chip of a snapshot."""
        other = copy.copy(self)
        other.chip = other.raw = other.bus = ChipModel.restore(snapshot)
        return other
