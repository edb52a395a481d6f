"""Budgets that instances share are kept whatever happened before: what ramps on the chip counts, whoever began it, and when."""

import pytest

from bedplate.bus import Decorator, ms, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.converge.stuck import Stuck
from bedplate.errors import BusFault
from bedplate.ip.ppu.regs import PowerModeE

LATER = {"die0.ppu.fab", "die0.ppu.io", "die0.ppu.se0", "die0.ppu.se1", "die0.ppu.hbm0", "die0.ppu.hbm1"}
"""Domains of die 0 that wait for nothing but the rails, and for their turn."""


def ramping(model):
    return {name for name in model if ".ppu." in name and model[name].draws("inrush")}


@pytest.mark.parametrize("stuck", [("fab", "io"), ("se0", "hbm1"), ("io", "se1")], ids="-".join)
def test_domains_that_never_end_hold_the_budget_for_ever(stuck):
    stuck = {f"die0.ppu.{name}" for name in stuck}
    model = make_model(Tern, faults=[f"{name}:stuck_busy" for name in stuck])
    report = Tern(model).converge()
    assert model.violations() == []
    assert ramping(model) == stuck
    lines = {line.name: line for line in report.lines}
    assert {name for name, line in lines.items() if line.outcome is Outcome.FAILED} == stuck
    assert not any(lines[name].outcome is Outcome.GOAL for name in LATER - on(model))
    assert {line.cause for name, line in lines.items() if line.outcome is Outcome.BLOCKED} <= stuck
    assert {line.outcome for name, line in lines.items() if name.startswith("die1.")} == {Outcome.GOAL}


def on(model):
    return {name for name in model if ".ppu." in name and model[name].provides("")}


def test_one_domain_that_never_ends_leaves_one_to_the_others():
    model = make_model(Tern, faults=["die0.ppu.fab:stuck_busy"])
    report = Tern(model).converge()
    assert model.violations() == []
    assert [line.name for line in report.of(Outcome.FAILED)] == ["die0.ppu.fab"]
    assert LATER - {"die0.ppu.fab"} <= on(model)


@pytest.mark.parametrize("names", [("se0", "se1"), ("hbm0", "hbm1"), ("io", "hbm1")], ids="-".join)
@pytest.mark.parametrize("at", [us(200), us(500), us(900), ms(1.5)])
def test_what_ramps_when_a_controller_starts_counts_before_the_fuses_are_read(names, at):
    """Nobody knows yet which domains exist, and two of them ramp: someone began that who is no more."""
    model = make_model(Tern)
    chip = Tern(model)
    model.sleep(at)
    for name in names:
        getattr(chip.die[0].ppu, name).regs.policy.write(policy=PowerModeE.ON)
    assert len(ramping(model)) == 2
    assert Tern(model).converge().ok
    assert model.violations() == []


@pytest.mark.parametrize("fault", ["stuck_busy*1", "deny*1"])
def test_a_domain_that_did_not_come_up_the_first_time_keeps_to_the_budget_the_second(fault):
    model = make_model(Tern, faults=[f"{name}:{fault}" for name in LATER])
    chip = Tern(model)
    for _ in range(3):
        chip.converge()
        assert model.violations() == []


class Dying(Decorator):
    """Blocks of die 0 that go silent when they begin to wait for their ramp, and the whole die after so many transactions."""

    def __init__(self, bus, end=1 << 40):
        super().__init__(bus)
        self.end, self.count, self.silent = end, 0, set()
        self.chip = Tern(self)

    def transact(self, request):
        self.count += 1
        region = request.address >> 12
        if region in self.silent or (self.count > self.end and not request.address >> 24):
            raise BusFault("no answer", where=hex(request.address))
        return super().transact(request)

    def converge(self):
        hung = {block.name: block.regs.base >> 12 for block in (self.chip.die[0].ppu.fab, self.chip.die[0].ppu.io)}
        silence = lambda event: self.silent.add(hung[event.instance])  # noqa: E731
        return self.chip.converge(
            listen=lambda event: event.instance in hung and event.kind == "wait" and silence(event)
        )


def test_a_die_that_dies_while_the_holders_of_a_budget_are_asked_for_the_last_time_takes_no_other_along(monkeypatch):
    asked = []
    give_up = Stuck._give_up

    def noted(stuck, *arguments):
        asked.append(stuck.run.chip.meter.bus.count)
        return give_up(stuck, *arguments)

    monkeypatch.setattr(Stuck, "_give_up", noted)
    Dying(make_model(Tern)).converge()
    assert asked
    for count in tuple(asked):
        report = Dying(make_model(Tern), end=count).converge()
        assert report.ended is None
        assert {one.outcome for one in report.lines if one.name.startswith("die1.")} == {Outcome.GOAL}
        assert "die0.sysid" in [one.name for one in report.of(Outcome.FAILED)]
