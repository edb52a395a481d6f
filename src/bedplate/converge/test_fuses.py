"""Fuses that wait for each other, that are removed themselves, or whose part of the chip is lost; and a plan of who is refused."""

from types import MappingProxyType

import pytest

from bedplate.block import OFF, Effect, Tenant, clock, step
from bedplate.bus import ErrorInjector, InjectedError
from bedplate.converge import Outcome
from bedplate.converge.conftest import CHAIN, Job, Regs, Worker, chip_of, drawing, model_of
from bedplate.errors import WrongChip
from bedplate.topology import Harvest, Region


class Lamp(Worker):
    """A worker that can be led out of service."""

    goals = MappingProxyType({OFF: Job.IDLE})

    @step(
        (Job.DONE, Job.BUSY, Job.STUMBLED, Job.BURNT), Job.IDLE, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True
    )
    def stop(self):
        """Back to where it was."""
        self.regs.bus.write(self.regs.command.address, 0)


class LAMPS(CHAIN):
    def wire(self, bus):
        super().wire(bus)
        self.a = Lamp(Regs(bus, 0, "a"), None)
        self.b = Lamp(Regs(bus, 0x1000, "b"), None, clock(self.a))
        del self.c, self.d


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


@pytest.fixture
def left_by_who_died():
    """A part works already, and the fuses that decide on it wait for its budget."""
    kind = chip_of(*((name, lambda made: ()) for name in ("otp0", "otp1", "part0", "part1")), budgets=[(1, FOUR)])

    class Fused(kind):
        def wire(self, bus):
            super().wire(bus)
            self.harvests = (
                Harvest(self.otp0, lambda: 0, ((self.part0,),)),
                Harvest(self.otp1, lambda: 0, ((self.part1,),)),
            )

    model = drawing(kind, 1)
    model.write(0x2004, 1)
    return Fused, model


def test_fuses_wait_for_what_their_part_does_by_itself(left_by_who_died):
    kind, model = left_by_who_died
    report = kind(model).converge()
    assert report.ok, str(report)
    assert model.violations() == []


def test_so_does_who_is_led_alone_for_one_that_is_not_led():
    kind = chip_of(("a", lambda made: ()), ("b", lambda made: ()), budgets=[(1, ("a", "b"))])
    model = drawing(kind, 1)
    model.write(0x1004, 1)
    report = kind(model).converge(only={"a"})
    assert report.ok, str(report)


def test_not_longer_than_its_driver_says(left_by_who_died):
    kind, model = left_by_who_died
    model.plant("part0", "block_reset")
    model.settle()
    model.plant("part0", "stuck_busy")
    model.write(0x2004, 1)
    report = kind(model).converge()
    assert [line.name for line in report.of(Outcome.FAILED)] == ["part0"]
    assert report.number(Outcome.BLOCKED) == 3, str(report)
    assert model.violations() == []


@pytest.mark.parametrize("at", range(24))
def test_one_error_while_they_look_is_no_absence(left_by_who_died, at):
    kind, model = left_by_who_died
    kind(ErrorInjector(model, {at: InjectedError("error")})).converge()
    assert model.violations() == []


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


@pytest.mark.parametrize("only", [None, {"b"}])
def test_a_plan_of_the_way_down_takes_nobody_for_down_who_cannot_be_asked(only):
    model = model_of(LAMPS)
    assert LAMPS(model).converge().ok
    model.plant("a", "hung")
    plan = LAMPS(model).plan(goal=OFF, only=only)
    report = LAMPS(model).converge(goal=OFF, only=only)
    assert {one.instance: (one.outcome, one.by) for one in plan.lost} == bad(report)
    assert len(bad(report)) == (2 if only is None else 1)


def test_a_plan_says_of_a_part_that_is_lost_what_the_run_does():
    class Halves(CHAIN):
        def wire(self, bus):
            super().wire(bus)
            self.regions = (
                Region("near", range(0x2000), None, self.a, self.lost),
                Region("far", range(0x2000, 0x4000), self.canary, tenant=Tenant.IDLE),
            )

        def lost(self):
            raise WrongChip("another die", where="near")

    plan, report = Halves(model_of(CHAIN)).plan(), Halves(model_of(CHAIN)).converge()
    assert {one.instance: (one.outcome, one.by) for one in plan.lost} == bad(report)


def bad(report):
    """Who did not come to its goal, how and by whom."""
    return {line.name: (line.outcome, line.cause) for line in report.lines if line.outcome is not Outcome.GOAL}


def test_a_plan_names_who_is_refused_and_who_does_not_come_to_it():
    class Rented(CHAIN):
        tenant = Tenant.ACTIVE

    lost = {one.instance: (one.outcome, one.by) for one in Rented(model_of(CHAIN)).plan().lost}
    report = Rented(model_of(CHAIN)).converge()
    assert lost == {line.name: (line.outcome, line.cause) for line in report.lines}
    assert {name for name, (outcome, _) in lost.items() if outcome is Outcome.FAILED} == {"a", "d"}


def two_banks(first, second):
    """One part that two banks of fuses may remove."""
    kind = chip_of(*((name, lambda made: ()) for name in ("otp0", "otp1", "part")))

    class Banks(kind):
        def wire(self, bus):
            super().wire(bus)
            self.part = Lamp(Regs(bus, 0x2000, "part"), None)
            self.harvests = (
                Harvest(self.otp0, lambda: first, ((self.part,),)),
                Harvest(self.otp1, lambda: second, ((self.part,),)),
            )

    return Banks, model_of(kind)


@pytest.mark.parametrize(("masks", "by"), [((1, 0), "otp0"), ((0, 1), "otp1")])
def test_the_fuses_that_removed_it_are_named(masks, by):
    kind, model = two_banks(*masks)
    told = []
    assert kind(model).converge(listen=told.append).ok
    assert [event.text for event in told if event.kind == "harvested"] == [f"fused off, by {by}"]


def test_who_may_be_absent_says_so_on_the_way_down_where_nobody_has_read_its_fuses():
    kind, model = two_banks(1, 0)
    model.plant("part", "hung")
    (line,) = kind(model).converge(goal=OFF).of(Outcome.FAILED)
    assert (line.name, line.error.next) == ("part", "bedplate up otp0")
    assert "it may be absent: its fuses (otp0) are IDLE" in line.error.cause
