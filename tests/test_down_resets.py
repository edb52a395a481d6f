"""The way down of a small chain: what is told of it, and that nobody innocent is blamed, whatever is reset behind the run's back."""

from types import MappingProxyType

import pytest

from bedplate.block import OFF, SERVICE, Effect, Identity, Tenant, Vitals, power, step
from bedplate.bus import Decorator
from bedplate.converge import Chip, Outcome, Scheduler
from bedplate.converge.conftest import CHAIN as WORKERS
from bedplate.converge.conftest import Branch, Job, Regs, Worker, WorkerModel, model_of
from bedplate.converge.down import Descent
from bedplate.errors import BusFault, CheckFailed, Flapping
from bedplate.model import ChipModel, FabricNeed, Placed, after_write
from bedplate.topology import Obstacle, Region

CHAIN = "abcd"


class Stops(Worker):
    """A worker that can be led out of service."""

    goals = MappingProxyType({OFF: Job.IDLE})

    @step(Job.DONE, Job.IDLE, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def stop(self):
        """Take the command back."""
        self.regs.bus.write(self.regs.command.address, 0)

    @step((Job.BURNT, Job.STUMBLED), Job.IDLE, effect=Effect.STOPS_TRAFFIC, toward=OFF)
    def leave(self):
        """Take it back from one that failed."""
        self.regs.bus.write(self.regs.command.address, 0)


class StopsModel(WorkerModel):
    @after_write("command")
    def command(self):
        if self.hw.command.go:
            super().command()
        else:
            self.hw.status.phase = 0
            self.outputs_changed()


class Resets(Decorator):
    """The first of the chain resets itself before the transaction of that number; the chip counts it."""

    def __init__(self, model, at=-1):
        super().__init__(model)
        self.model, self.at, self.count, self.epoch = model, at, 0, 0

    def transact(self, request):
        if self.count == self.at:
            self.model["a"].reset("by itself")
            self.epoch += 1
        self.count += 1
        return super().transact(request)


def chip(bus, counts=True):
    """On that bus; one that `counts` tells of each reset of an instance."""

    class Down(Chip):
        name = "down"
        unlimited = ("bench",)

        def wire(self, inner):
            before = ()
            for n, name in enumerate(CHAIN):
                block = Stops(Regs(inner, 0x1000 * n, name), None, *before)
                setattr(self, name, block)
                before = (power(block),)
            vitals = lambda: Vitals(Identity(inner.read(0)), (bus.epoch, 0, 0, 0) if counts else (), Tenant.IDLE)  # noqa: E731
            epoch_of = (lambda block: CHAIN.index(block.name)) if counts else None
            self.regions = (Region("chip", range(1 << 20), None, ask=vitals, epoch_of=epoch_of),)

    return Down(bus)


def booted():
    needs = [[], *([FabricNeed("power", name, "")] for name in CHAIN)]
    model = ChipModel(Placed(name, 0x1000 * n, StopsModel(), needs[n]) for n, name in enumerate(CHAIN))
    assert chip(Resets(model)).converge().ok
    return model


@pytest.mark.parametrize("counts", [True, False], ids=["counted", "seen by nothing but what is lost"])
def test_the_first_of_a_chain_is_reset_while_it_is_led_down_or_up(counts):
    for goal in (OFF, SERVICE):
        bus = Resets(booted())
        chip(bus, counts).converge(goal=goal)
        for at in range(bus.count):
            struck = Resets(booted(), at)
            report = chip(struck, counts).converge(goal=goal)
            assert report.ok, f"{goal}, before transaction {at}: {report}"
            assert struck.model.violations() == []


def test_who_stays_to_be_reached_and_does_not_answer_is_blamed_however_often_it_was_led_anew(monkeypatch):
    """Its provider says now this, now that: it is led anew so often, and then its own error is told."""
    bus = Resets(booted())
    led = chip(bus)
    bus.model.plant("d", "hung")
    there = iter(range(1000))
    found = Descent._obstacle
    sometimes = lambda self, block: Obstacle("no power", "c", "is off") if next(there) % 2 else found(self, block)  # noqa: E731
    monkeypatch.setattr(
        Descent, "_obstacle", lambda self, block: sometimes(self, block) if block.name == "d" else found(self, block)
    )
    report = led.converge(goal=OFF)
    lines = {line.name: line for line in report.lines}
    assert isinstance(lines["d"].error, BusFault)
    assert lines["a"].cause == "d"


class TestTold:
    def down(self, model, **how):
        report = chip(Resets(model)).converge(goal=OFF, **how)
        return report, {line.name: line for line in report.lines}

    def test_who_went_down_after_whom_and_what_cannot_be_reached_any_more(self):
        report, lines = self.down(booted())
        assert report.ok
        assert [line.name for line in report.critical_path] == ["d", "c", "b", "a"]
        assert {name: line.state for name, line in lines.items()} == {
            "a": "IDLE", **dict.fromkeys("bcd", "unreachable")
        }  # fmt: skip

    def test_who_does_not_answer_is_at_the_root_by_its_own_error(self):
        model = booted()
        model.plant("c", "hung")
        report, lines = self.down(model)
        assert {name: (line.outcome, line.cause) for name, line in lines.items()} == {
            "a": (Outcome.BLOCKED, "c"),
            "b": (Outcome.BLOCKED, "c"),
            "c": (Outcome.FAILED, "c"),
            "d": (Outcome.BLOCKED, "c"),
        }
        assert isinstance(lines["c"].error, BusFault)

    def test_one_that_is_not_led_and_does_not_answer_is_named(self):
        model = booted()
        model.plant("c", "hung")
        _, lines = self.down(model, only={"d"})
        error = lines["d"].error
        assert (type(error), error.where) == (CheckFailed, "c")

    def test_what_has_no_way_down_says_how_it_is(self):
        model = model_of(WORKERS)
        assert WORKERS(model).converge().ok
        model.plant("d", "hung")
        lines = {line.name: line for line in WORKERS(model).converge(goal=OFF).lines}
        assert {name: (line.outcome, line.state) for name, line in lines.items()} == {
            **dict.fromkeys("abc", (Outcome.GOAL, "DONE")),
            "d": (Outcome.FAILED, "unreachable"),
        }


class Untold(Branch):
    """An output that cannot be asked: its provider answers for itself, but not for that."""

    __slots__ = ()
    broken = False

    def is_on(self):
        if self.broken:
            raise BusFault("no answer")
        return super().is_on()

    def turn_off(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 0)


def test_a_provider_that_cannot_be_asked_what_it_gives_fails_after_a_few_times(monkeypatch):
    class Lit(Chip):
        name = "lit"
        unlimited = ("bench",)
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.a = Stops(Regs(bus, 0, "a"), None)
            self.b = Stops(Regs(bus, 0x1000, "b"), None, Untold(self.a, 0, "x"))

    model = ChipModel(
        [Placed("a", 0, StopsModel()), Placed("b", 0x1000, StopsModel(), [FabricNeed("clock", "a", "x")])]
    )
    assert Lit(model).converge().ok
    monkeypatch.setattr(Untold, "broken", True)
    run = Scheduler(Lit(model), goal=OFF)
    for turns, when in enumerate(run.go()):
        assert turns < 1000, "it comes to no end"
        model.sleep(max(when - model.now(), 0))
    assert (run.cells["a"].outcome, type(run.cells["a"].error)) == (Outcome.FAILED, Flapping)
    assert (run.cells["b"].outcome, run.cells["b"].cause) == (Outcome.BLOCKED, "a")
