"""Chips that nobody thought of: three to eight lamps, wired, budgeted and fused by a seed. What holds for Tern holds for each of them."""

import random
from contextlib import suppress
from types import MappingProxyType

import pytest

from bedplate.block import OFF, Block, Effect, Kind, Output, State, Tenant, clock, link, power, step, us, wait
from bedplate.bus import Canary, Kill, Killed, MemoryBus, Moment
from bedplate.converge import Chip, Outcome
from bedplate.model import Capacity, ChipModel, FabricNeed, Model, Placed, after_write, fault_kinds
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.topology import Budget, Harvest

SEEDS = (*range(120), 318, 1198, 1302, 1320)


class Light(State):
    OFF = "off"
    WARMING = "warming up"
    ON = "on"


def register(name, *fields):
    value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
    return type(name, (Register,), {"__slots__": (), "Value": value})


class Regs(RegisterBlock):
    __slots__ = ("ctrl", "id", "output", "status")
    SIZE = 0x10
    CHILDREN = (
        Child("id", 0, register("id", Field("value", 0, 32, sw="r", hw="na", reset=0x4C49_4748))),
        Child("ctrl", 4, register("ctrl", Field("on", 0, 1, effect=Effect.STOPS_TRAFFIC))),
        Child("status", 8, register("status", Field("phase", 0, 2, sw="r", hw="w"))),
        Child("output", 12, register("output", Field("on", 0, 1, effect=Effect.STOPS_TRAFFIC))),
    )


class Fixed(Block[Regs, None]):
    """A lamp that has no goal out of service: it stays."""

    goal = Light.ON
    reset_state = Light.OFF

    def observe(self):
        return list(Light)[self.regs.bus.read(self.regs.status.address) % 3]

    @step(Light.OFF, Light.WARMING, effect=Effect.STOPS_TRAFFIC, budget="inrush")
    def turn_on(self):
        """On."""
        self.regs.bus.write(self.regs.ctrl.address, 1)

    warm = wait(Light.WARMING, Light.ON, typical=us(10), limit=us(100))


class Lamp(Fixed):
    goals = MappingProxyType({OFF: Light.OFF})

    @step((Light.WARMING, Light.ON), Light.OFF, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def turn_off(self):
        """Off."""
        self.regs.bus.write(self.regs.ctrl.address, 0)


class Socket(Output[Fixed]):
    __slots__ = ()
    KIND = Kind.POWER
    effect = Effect.STOPS_TRAFFIC

    def is_on(self):
        """It carries what its lamp gives: who only says that it is asked for would be believed for more."""
        regs = self.provider.regs
        return bool(regs.bus.read(regs.output.address) & 1 and regs.bus.read(regs.status.address) == 2)

    def turn_on(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 1)

    def turn_off(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 0)


class LampModel(Model):
    regs = Regs
    faults = fault_kinds()
    stays = False

    def after_reset(self):
        self.event = None

    @after_write("ctrl")
    def switched(self):
        self.cancel(self.event)
        if self.hw.ctrl.on and self.hw.status.phase:
            self.violation("turned on twice")
        self.hw.status.phase = int(self.hw.ctrl.on)
        if self.hw.ctrl.on:
            self.begins_to_draw("inrush")
            self.event = self.after(us(9), self.warmed)
        self.outputs_changed()

    def warmed(self):
        self.hw.status.phase = 2
        self.outputs_changed()

    @after_write("output")
    def plugged(self):
        self.outputs_changed()

    def provides(self, port):
        return bool(self.hw.status.phase == 2 and (not port or self.hw.output.on))

    def draws(self, budget):
        return self.hw.status.phase == 1

    def deprived(self):
        if self.hw.status.phase and not self.stays:
            self.violation("lost what it needs while it is on")


NEEDS = (power, clock, link, lambda lamp: Socket(lamp, 0, "socket"))


class Drawn(Chip):
    """What the seed says: needs of earlier ones, budgets of some, and fuses that remove one with all that need it."""

    name = "drawn"
    canary = Canary(0, 0x4C49_4748)
    tenant = Tenant.IDLE
    unlimited = ("inrush",)
    seed = 0

    def wire(self, bus):
        chance = random.Random(self.seed)
        lamps = []
        for n in range(chance.randint(3, 8)):
            needs = [chance.choice(NEEDS)(one) for one in chance.sample(lamps, min(n, chance.choice((0, 1, 1, 2, 3))))]
            kind = Fixed if chance.random() < 0.2 else Lamp
            lamps.append(kind(Regs(bus, 0x1000 * n, f"lamp{n}"), None, *needs))
        self.lamps = tuple(lamps)
        some = [tuple(chance.sample(lamps, chance.randint(2, len(lamps)))) for _ in range(chance.randint(0, 2))]
        self.budgets = self.capacities = tuple(Budget("inrush", chance.randint(1, 2), one) for one in some)
        fuses, gone = chance.choice(lamps), [chance.choice(lamps[1:])]  # the canary lies in the first one
        for lamp in lamps:
            if any(need.provider in gone for need in lamp.needs) and lamp not in gone:
                gone.append(lamp)
        self.blown = chance.randint(0, 1)
        if fuses not in gone and not leans_on(fuses, gone) and chance.random() < 0.5:
            self.harvests = (Harvest(fuses, lambda: self.blown, (tuple(gone),)),)


def leans_on(lamp, others):
    return any(need.provider in others or leans_on(need.provider, others) for need in lamp.needs)


@pytest.fixture
def drawn(request):
    kind = type("Drawn", (Drawn,), {"seed": request.param})
    chip = kind(MemoryBus(0))
    model = ChipModel(
        (
            Placed(
                lamp.name,
                lamp.regs.base,
                LampModel(stays=type(lamp) is Fixed),
                [FabricNeed(need.kind.value, need.provider.name, need.port) for need in lamp.needs],
            )
            for lamp in chip.all
        ),
        capacities=[Capacity(one.name, one.most, tuple(lamp.name for lamp in one.among)) for one in chip.capacities],
    )
    absent = {lamp.name for one in chip.harvests for parts in one.parts for lamp in parts if chip.blown}
    for name in absent:
        model.plant(name, "hung")  # what is not there does not answer
    return kind, model, absent


def causes(report):
    return {line.cause for line in report.of(Outcome.BLOCKED)} | {line.name for line in report.of(Outcome.FAILED)}


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_a_healthy_chip_comes_up_at_once_goes_down_and_comes_up_again(drawn):
    kind, model, _ = drawn
    for goal in ("service", "service", OFF, OFF, "service"):
        report = kind(model).converge(goal=goal)
        assert report.ok, f"{goal}: {report}"
    assert kind(model).converge().writes == 0
    assert model.violations() == []


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_what_hangs_is_the_only_root(drawn):
    kind, model, absent = drawn
    chance = random.Random(kind.seed)
    names = [lamp.name for lamp in kind(MemoryBus(0)).all[1:]]  # the canary lies in the first one
    present = [name for name in names if name not in absent]
    if not present:
        return
    hung = chance.choice(present)
    model.plant(hung, "hung")
    report = kind(model).converge()
    assert causes(report) == ({hung} - absent), str(report)
    assert model.violations() == []
    assert kind(model).converge().writes == 0


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_a_controller_that_dies_anywhere_leaves_a_chip_that_the_next_one_brings_up(drawn):
    kind, model, _ = drawn
    chance = random.Random(kind.seed)
    for goal in ("service", OFF):
        with suppress(Killed):
            kind(Kill(model, chance.randrange(12), chance.choice(list(Moment)))).converge(goal=goal)
        report = kind(model).converge(goal=goal)
        assert report.ok, f"{goal}: {report}"
    assert model.violations() == []


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_out_of_service_what_hangs_is_the_only_root(drawn):
    kind, model, absent = drawn
    assert kind(model).converge().ok
    names = [lamp.name for lamp in kind(MemoryBus(0)).all[1:] if lamp.name not in absent]
    hung = random.Random(kind.seed).choice([*names, "nobody"])
    if hung in names:
        model.plant(hung, "hung")
    report = kind(model).converge(goal=OFF)
    assert causes(report) <= {hung}, str(report)
    assert model.violations() == []
    assert kind(model).converge(goal=OFF).writes == 0


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_of_two_that_hang_each_other_one_is_blocked_by_one(drawn):
    kind, model, absent = drawn
    names = [lamp.name for lamp in kind(MemoryBus(0)).all[1:] if lamp.name not in absent]
    hung = random.Random(kind.seed).sample(names, min(2, len(names)))
    for name in hung:
        model.plant(name, "hung")
    report = kind(model).converge()
    assert {line.name for line in report.of(Outcome.FAILED)} <= set(hung), str(report)
    assert {line.cause for line in report.of(Outcome.BLOCKED)} <= {line.name for line in report.of(Outcome.FAILED)}
    assert report.ok == (not hung)
    assert model.violations() == []


@pytest.mark.parametrize("drawn", SEEDS, indirect=True)
def test_a_reset_at_any_moment_is_recovered_from(drawn):
    kind, model, absent = drawn
    chance = random.Random(kind.seed)
    name = chance.choice([lamp.name for lamp in kind(MemoryBus(0)).all if lamp.name not in absent])
    model.plant_text(f"{name}:block_reset={chance.randrange(1200)}us")
    report = kind(model).converge()
    while model.now() < us(1300):
        model.sleep(us(100))
        report = kind(model).converge()
    assert report.ok, str(report)
    assert kind(model).converge().writes == 0
