"""What is kept over a round, a reset, an act, and what is not: of the way up and of the way down."""

from types import MappingProxyType

from bedplate.block import OFF, Effect, Identity, Tenant, Vitals, power, step
from bedplate.bus import Canary, us
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import Branch, Job, Regs, Worker, chip_of, model_of
from bedplate.errors import CheckFailed
from bedplate.topology import Budget, Harvest


def test_what_works_anew_after_a_reset_has_its_whole_budget():
    """And what it waits for then has nothing to do with the wait before."""
    asked = []

    def vitals(bus):
        asked.append(bus.now())
        if len(asked) == 2:  # somebody reset it, and it works again, by itself: late, and in time
            model["a"].after(us(500), model["a"].end)
        return Vitals(Identity(bus.read(0)), (int(len(asked) > 1),), Tenant.IDLE)

    kind = chip_of(("a", lambda made: ()), vitals=vitals)
    model = model_of(kind)
    model.plant("a", "stuck_busy")
    model.write(4, 1)
    report = kind(model).converge()
    assert report.ok, str(report)
    assert report.steps == 0


class Low(Worker):
    """One that has a way down."""

    goals = MappingProxyType({OFF: Job.IDLE})

    @step(Job.DONE, Job.IDLE, toward=OFF, effect=Effect.STOPS_TRAFFIC, budget="bench")
    def stop(self):
        self.regs.bus.write(self.regs.output.address, 1)


class Tap(Branch):
    """One that can be turned off."""

    __slots__ = ()

    def turn_off(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 0)


class Late(Tap):
    """One that somebody turned on a while ago, and that comes on at 300 us."""

    __slots__ = ()

    def is_on(self):
        return super().is_on() and self.provider.regs.bus.now() > us(300)

    def is_coming(self):
        return super().is_on() and not self.is_on()


def fed_by(tap):
    """A chip with one that is down, which still has an output of each of two others."""

    class Fed(Chip):
        name = "fed"
        canary = Canary(0, 0x4A4F4231)
        unlimited = ("bench",)
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.a, self.b = (Worker(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
            self.c = Low(Regs(bus, 0x2000, "c"), None, tap(self.a, 0, "x"), tap(self.b, 0, "x"))

    model = model_of(chip_of(*((name, lambda made: ()) for name in "abc")))
    for name, output in (("a", 0x0C), ("b", 0x100C)):
        model[name].hw.status.phase = 2
        model.write(output, 1)
    return Fed(model), model


def test_what_nobody_uses_any_more_is_turned_off_last_one_first():
    chip, model = fed_by(Tap)
    events = []
    assert chip.converge(goal=OFF, listen=events.append).ok
    assert [event.text.split()[-1] for event in events if event.kind == "off"] == ["b", "a"]
    assert not model["a"].hw.output.go


def test_an_output_that_still_comes_on_is_waited_for_and_turned_off():
    chip, model = fed_by(Late)
    report = chip.converge(goal=OFF)
    assert report.ok, str(report)
    assert not model["a"].hw.output.go
    assert not model["b"].hw.output.go


def test_on_the_way_down_fuses_that_are_not_loaded_are_not_asked():
    """They stay as they are, which is all that their outcome says: not whether one that shares a budget is there."""

    class Fused(Chip):
        name = "fused"
        canary = Canary(0, 0x4A4F4231)
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.fuses, self.supply = (
                Worker(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate(("fuses", "supply"))
            )
            self.a = Low(Regs(bus, 0x2000, "a"), None)
            self.b = Low(Regs(bus, 0x3000, "b"), None, power(self.supply))
            self.budgets = (Budget("bench", 1, (self.fuses, self.supply, self.a, self.b)),)

            self.harvests = (Harvest(self.fuses, self.mask, ((self.b,),)),)

        def mask(self):
            raise CheckFailed("not loaded")

    model = model_of(chip_of(*((name, lambda made: ()) for name in ("fuses", "supply", "a", "b"))))
    model["a"].hw.status.phase = 2
    events = []
    report = Fused(model).converge(goal=OFF, listen=events.append)
    assert not [event for event in events if "not loaded" in event.text]
    assert {line.name: line.outcome for line in report.lines}["fuses"] is Outcome.GOAL
