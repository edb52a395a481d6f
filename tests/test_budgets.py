"""Budgets that instances share are kept whatever happened before: what ramps on the chip counts, whoever began it, and when."""

import pytest

from bedplate.bus import ms, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Outcome
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
    assert model.hazards() == []
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
    assert model.hazards() == []
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
    assert model.hazards() == []


@pytest.mark.parametrize("fault", ["stuck_busy*1", "deny*1"])
def test_a_domain_that_did_not_come_up_the_first_time_keeps_to_the_budget_the_second(fault):
    model = make_model(Tern, faults=[f"{name}:{fault}" for name in LATER])
    chip = Tern(model)
    for _ in range(3):
        chip.converge()
        assert model.hazards() == []
