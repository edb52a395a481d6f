"""Chips that a seed draws, of the types that there are: what a proof finds nothing in on Tern, it finds nothing in on these.

`bedplate -t model:drawn.N dv inject` plays more cases of each.
"""

import random

import pytest

from bedplate.block import OFF, SERVICE
from bedplate.bus import MemoryBus, Trace
from bedplate.chips.duo.drawn import drawn
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.dv.inject.campaign import examine
from bedplate.dv.inject.case import parse
from bedplate.dv.inject.draw import draw
from bedplate.dv.inject.run import Ground
from bedplate.model import ChipModel

SEEDS = range(40)
DUO = "bedplate.chips.duo:Duo"
CASES = 12
"""Of the campaign, on each."""


@pytest.fixture(scope="module", params=SEEDS, ids="drawn.{}".format)
def ground(request):
    return Ground(f"drawn.{request.param}")


def test_no_case_of_the_campaign_finds_anything(ground):
    found = {str(case): examine(ground, case) for case in (draw(ground, 1, number) for number in range(CASES))}
    assert not any(found.values()), {case: findings for case, findings in found.items() if findings}


@pytest.mark.parametrize(
    ("chip", "case"),
    [
        ("drawn.247", "booted down die1.rstmgr:hung harvest=die0:0x4"),
        ("drawn.415", "power-on up die0:reset=465457ns"),
        ("drawn.424", "power-on up bus:late@0=5us die1:reset=13044930ns"),
        ("drawn.681", "booted down harvest=die0:0x1 tenant"),
        ("drawn.2924", "booted up die0.d2d8:block_reset=0ns tenant die0.d2d8:hung"),
        (DUO, "booted up part=die1.pll harvest=die1:0x1 bus:broken@24"),
        (DUO, "booted down die1.rstmgr:stuck_line=client*2 die0.sysid:hung"),
    ],
    ids=[
        "an absent end",
        "a rail two domains away",
        "what the other end builds upon",
        "outputs of who is absent",
        "an end that is refused what the other one hangs for",
        "two banks, one of which cannot be read",
        "an output that stays on, of one whose fuses are lost",
    ],
)
def test_what_the_campaign_found_on_some(chip, case):
    assert examine(Ground(chip), parse(case)) == []


@pytest.mark.parametrize("goal", [SERVICE, OFF])
def test_a_run_of_some_leads_all_that_they_ask_for_and_nobody_else(ground, goal):
    kind, chance = ground.kind, random.Random(ground.name)
    model = make_model(kind)
    if goal == OFF:
        assert kind(model).converge().ok
    only = set(chance.sample(list(ground.blocks), 2))
    trace = Trace(model)
    report = kind(trace).converge(goal=goal, only=only)
    assert report.ok, str(report)
    led = {line.name for line in report.lines}
    assert only <= led
    providers = {need.provider.name for name in led for need in ground.blocks[name].needs}
    assert {ground.owner(one.request.address) for one in trace.log if one.request.is_write} <= led | providers
    assert model.violations() == []
    assert kind(model).converge(goal=goal, only=only).writes == 0


def fused(kind, chance):
    """A model of the chip, some of whose fuses are blown."""
    harvests = kind(MemoryBus(0)).harvests
    return make_model(
        kind, {one.group: 1 << chance.randrange(len(one.parts)) for one in harvests if chance.random() < 0.5}
    )


@pytest.mark.parametrize("seed", [*SEEDS, 94], ids="drawn.{}".format)
def test_the_way_down_turns_off_every_output_that_the_plan_says_and_leaves_none_on(seed):
    kind, events = drawn(seed), []
    model = fused(kind, random.Random(kind.name))
    assert kind(model).converge().ok
    plan = kind(model).plan(goal=OFF)
    report = kind(model).converge(goal=OFF, listen=events.append)
    assert report.ok, str(report)
    told = {f"turn off {event.text}" for event in events if event.kind == "off"}
    assert told == {act.act for act in plan.acts if act.act.startswith("turn off")}
    assert kind(model).plan(goal=OFF).acts == ()


ENDED_WELL = (Outcome.GOAL, Outcome.HARVESTED)
HARMS = [
    (start, goal, harm) for start, goal in (("up", SERVICE), ("up", OFF), ("cold", OFF)) for harm in (1, 2, "tenant")
]


def planned_and_run(ground, start, goal, harm):
    """How a plan says that a run ends, how it does end, and who hangs."""
    kind, chance = ground.kind, random.Random(f"{ground.name} {harm}")
    model = fused(kind, chance)
    if start == "up":
        assert kind(model).converge().ok
    hung = set()
    if harm == "tenant":
        model.tenant(True)
    else:
        hung = set(chance.sample(list(ground.blocks), harm))
        for name in hung:
            model.plant(name, "hung")
    plan = kind(ChipModel.restore(model.snapshot())).plan(goal=goal)
    report = kind(model).converge(goal=goal)
    assert model.violations() == []
    planned = {one.instance: (one.outcome, one.by) for one in plan.lost}
    ran = {line.name: (line.outcome, line.cause) for line in report.lines if line.outcome not in ENDED_WELL}
    return planned, ran, hung


@pytest.mark.parametrize(("start", "goal", "harm"), HARMS)
def test_a_plan_says_how_the_run_ends(ground, start, goal, harm):
    """Of a chip whose doors are open: what lies behind closed ones is not known, but for the way down, on which nobody goes there."""
    planned, ran, hung = planned_and_run(ground, start, goal, harm)
    assert planned.keys() == ran.keys()
    roots = {ground.partners.get(by, by) for _, by in ran.values()} | {by for _, by in ran.values()}
    assert {by for _, by in planned.values()} <= roots | hung
    if harm == 1:  # of two that hang, either may be told of as the root
        assert planned == ran


@pytest.mark.parametrize(
    ("chip", "start", "goal", "harm"),
    [
        ("drawn.108", "cold", OFF, 2),
        ("drawn.101", "up", OFF, 1),
        ("drawn.59", "up", OFF, 2),
        ("drawn.84", "cold", OFF, 2),
        ("drawn.88", "up", OFF, 2),
        ("drawn.185", "up", OFF, 1),
        ("drawn.302", "up", SERVICE, 1),
    ],
    ids=[
        "an output that stays on for another one",
        "a budget that may be held",
        "who may be absent has its fuses to blame",
        "also where it does not answer",
        "and where the fuses are in a lost part",
        "a budget for two, of whom one hangs",
        "who is absent is not blocked before its fuses are read",
    ],
)
def test_a_plan_names_the_root_that_the_run_finds(chip, start, goal, harm):
    planned, ran, _ = planned_and_run(Ground(chip), start, goal, harm)
    assert planned == ran
