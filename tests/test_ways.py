"""What holds for the ways of every driver: each state leads to each goal, and each step leads where it says, by writes that it declares."""

from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from bedplate.block import SERVICE, Block, State, Step, Wait, is_end, ms, us
from bedplate.bus import Decorator, MemoryBus
from bedplate.dv import times
from bedplate.dv.observe.seed import other_configs, part, subjects
from bedplate.dv.testbed.base import DUT
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.env import chip_type, known_chips
from bedplate.errors import PollTimeout, duration
from bedplate.topology import Act

LOOKS = 8
"""Within the typical time of a wait, and then within its limit."""

TYPES = {type(block): block for block in subjects().values()}
BUDGETS = {budget for driver in TYPES for way in driver.ways if isinstance(way, Step) for budget in way.budgets}
MODELLED = [driver for driver, block in TYPES.items() if part(block)[1] is not None]
EVERY_MODEL = pytest.mark.parametrize("driver", MODELLED, ids=lambda driver: driver.__name__)


@pytest.mark.parametrize("driver", TYPES, ids=lambda driver: driver.__name__)
def test_every_state_leads_to_the_goal(driver):
    assert issubclass(driver, Block)
    assert driver.problems == ()


def bench(driver):
    config, model = part(TYPES[driver])
    return ModelTestbed(driver, config, model())


class Heard(Decorator):
    """Notes the pauses of a step, each with what was written before it and what after it."""

    def __init__(self, bus, chip):
        super().__init__(bus)
        self.find, self.pauses, self.pause, self.last = chip.addresses.find, [], 0, ""

    def settle(self, block, duration):
        self.pause += duration
        block.regs.bus.sleep(duration)

    def transact(self, request):
        if request.is_write:
            self.note(self.find(request.address).path.removeprefix(f"{DUT}."))
        return super().transact(request)

    def note(self, register=""):
        if self.pause:
            place = {not self.last: f"before {register}", not register: f"after {self.last}"}
            self.pauses.append(f"{duration(self.pause)} {place.get(True, f'between {self.last} and {register}')}")
        self.pause, self.last = 0, register


@contextmanager
def listening(heard):
    """Drivers take no attributes; this goes around it."""
    settle = Block.settle
    type.__setattr__(Block, "settle", lambda block, duration: heard.settle(block, duration))
    try:
        yield
    finally:
        type.__setattr__(Block, "settle", settle)


def take(bed, way):
    """By hand, but past the gate: what a step does not declare is refused. The pauses that it makes."""
    heard = Heard(bed.raw, bed.hal())
    chip = bed.hal(heard)
    with chip.bus.open(Act(DUT, f"step {way.name}", way.effect)), listening(heard):
        way.run(chip.dut)
    heard.note()
    return heard.pauses


class Taken(NamedTuple):
    """A step, its pauses, the states before and after it, whether it took from users what it gave them, budgets it draws on."""

    way: Step
    pauses: list[str]
    before: State
    after: State
    took: bool
    draws: set[str]


def steps(bed, goal=SERVICE):
    """Each step on the way to a goal, until something is in the way."""
    for _ in range(2 * len(type(bed.driver.goal))):
        state = bed.state
        way = bed.driver.way_from(state, goal)
        if way is None or (isinstance(way, Wait) and not passes(bed, way)):
            return
        if isinstance(way, Step):
            gave = bed.model.provides("")
            try:
                pauses = take(bed, way)
            except PollTimeout:
                return
            draws = {budget for budget in BUDGETS if bed.model.draws(budget)}
            yield Taken(way, pauses, state, bed.state, gave and not bed.model.provides(""), draws)
            bed.far_keeps_up()


def passes(bed, way):
    """Whether the hardware leaves the state of a wait, looked at often at first."""
    for pause in [way.typical // LOOKS] * 2 * LOOKS + [way.limit // LOOKS] * LOOKS:
        bed.sleep(pause)
        bed.far_keeps_up()
        if bed.state is not way.source:
            return True
    return False


def undisturbed(driver):
    """Up, down to each of its goals, and up again."""
    bed = bench(driver)
    for goal in (SERVICE, *driver.goals, SERVICE):
        yield from steps(bed, goal)


def disturbed(driver):
    """Up, when something happened before; and to each goal, when it happens once more at the end. Also to both ends of a pair."""
    _, model = part(TYPES[driver])
    names = ("block_reset", *model().faults)
    for name, goal, both in product(names, (SERVICE, *driver.goals), {False, is_end(driver)}):
        bed = bench(driver)
        for pause, toward in ((us(3), SERVICE), (ms(3), goal)):
            bed.plant(name, times=1)
            if both:
                bed.plant_far(name, times=1)
            bed.sleep(pause)
            yield from steps(bed, toward)


def replanned(driver):
    """From the goal of one plan to that of another, which differs in a number; where that led."""
    config, _ = part(TYPES[driver])
    for other in other_configs(config):
        bed = bench(driver)
        list(steps(bed))
        bed = bed.wanting(other)
        yield other, list(steps(bed)), bed.state


def leads_to(driver, state):
    """The state, and those that the hardware goes on to by itself, at once where it waits for nobody."""
    found = [state]
    while isinstance(way := driver.way_from(found[-1]), Wait):
        found.append(way.target)
    return found


@cache
def everything(driver):
    """All that is taken, on whatever way."""
    return [*undisturbed(driver), *disturbed(driver), *(one for _, taken, _ in replanned(driver) for one in taken)]


@EVERY_MODEL
def test_a_step_leads_where_it_says(driver):
    lies = [one for one in undisturbed(driver) if one.after not in leads_to(driver, one.way.target)]
    for one in everything(driver):
        if one.after not in leads_to(driver, one.way.target) and not one.after.is_fault:  # else a fault was in the way
            lies.append(one)
    assert lies == []


@EVERY_MODEL
def test_pauses_are_those_of_the_data_sheet(driver):
    made = {f"{driver.__name__}.{one.way.name}: {pause}" for one in everything(driver) for pause in one.pauses}
    assert made == {row for row in times.stated(times.folder_of(driver)) if "at most" not in row}


@EVERY_MODEL
def test_each_number_of_a_plan_reaches_the_hardware(driver):
    missing = [(config, state) for config, _, state in replanned(driver) if driver.way_from(state) is not None]
    assert missing == []  # else it is at its goal, or another chip


@EVERY_MODEL
def test_what_users_lose_by_a_step_is_said(driver):
    assert {one.way.name for one in everything(driver) if one.took and not one.way.withdraws} == set()


@EVERY_MODEL
def test_what_a_step_draws_on_is_claimed(driver):
    assert {one.way.name for one in everything(driver) if one.draws - set(one.way.budgets)} == set()


def providers():
    """The types that somebody needs, on any chip."""
    for name in known_chips():
        for block in chip_type(name)(MemoryBus(0)).all:
            yield from (type(need.provider) for need in block.needs)


@pytest.mark.parametrize("driver", dict.fromkeys(providers()), ids=lambda driver: driver.__name__)
def test_who_is_needed_does_not_leave_its_goal_unsaid(driver):
    unsaid = [
        way.name for way in driver.ways if isinstance(way, Step) and driver.goal in way.sources and not way.withdraws
    ]
    assert unsaid == []
