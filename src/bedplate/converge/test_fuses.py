"""Fuses that wait for each other, that are removed themselves, or whose part of the chip is lost; and a plan of who is refused."""

import pytest

from bedplate.block import OFF, Tenant
from bedplate.converge import Outcome
from bedplate.converge.conftest import CHAIN, chip_of, model_of
from bedplate.topology import Harvest

FOUR = ("otp0", "otp1", "part0", "part1")


@pytest.mark.parametrize("masks", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_two_that_share_a_budget_with_what_the_other_one_decides_on_come_up(masks):
    """Each would wait until the other one has said whether its part, which may hold the budget, is there."""
    kind = chip_of(*((name, lambda made: ()) for name in FOUR), budgets=[(1, FOUR)])

    class Fused(kind):
        def wire(self, bus):
            super().wire(bus)
            self.harvests = (
                Harvest(self.otp0, lambda: masks[0], ((self.part0,),)),
                Harvest(self.otp1, lambda: masks[1], ((self.part1,),)),
            )

    report = Fused(model_of(kind)).converge()
    assert report.ok, str(report)
    assert report.number(Outcome.HARVESTED) == sum(masks)


def test_fuses_that_are_fused_off_with_their_part_keep_nobody():
    kind = chip_of(*((name, lambda made: ()) for name in ("top", "otp", "core", "other")))

    class Nested(kind):
        def wire(self, bus):
            super().wire(bus)
            self.harvests = (
                Harvest(self.top, lambda: 1, ((self.otp, self.core),)),
                Harvest(self.otp, lambda: 1, ((self.core,), (self.other,))),
            )

    model = model_of(kind)
    for name in ("otp", "core"):
        model.plant(name, "hung")
    for goal in ("service", "service", OFF):
        report = Nested(model).converge(goal=goal)
        assert report.ok, str(report)
        assert {line.name for line in report.of(Outcome.HARVESTED)} == {"otp", "core"}
    assert {one.block.name: one.outcome for one in Nested(model).observe()}["other"] is Outcome.GOAL


def test_a_plan_names_who_is_refused_and_who_does_not_come_to_it():
    class Rented(CHAIN):
        tenant = Tenant.ACTIVE

    lost = {one.instance: (one.outcome, one.by) for one in Rented(model_of(CHAIN)).plan().lost}
    report = Rented(model_of(CHAIN)).converge()
    assert lost == {line.name: (line.outcome, line.cause) for line in report.lines}
    assert {name for name, (outcome, _) in lost.items() if outcome is Outcome.FAILED} == {"a", "d"}
