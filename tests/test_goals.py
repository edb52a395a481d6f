"""Goals of a run: out of service users come first, and a run is a generator that can be led beside others, or stopped."""

from types import MappingProxyType

import pytest

from bedplate.block import (
    OFF,
    SERVICE,
    Block,
    Effect,
    Identity,
    Kind,
    Output,
    State,
    Tenant,
    Vitals,
    power,
    step,
    wait,
)
from bedplate.bus import Canary, MemoryBus, Trace, us
from bedplate.converge import Chip, Outcome, Scheduler, lead
from bedplate.errors import AccessError, WrongChip
from bedplate.model import ChipModel, FabricNeed, Model, Placed, after_write
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.topology import Harvest, Region


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
        Child("output", 12, register("output", Field("on", 0, 1))),
    )


class Lamp(Block[Regs, None]):
    goal = Light.ON
    reset_state = Light.OFF
    goals = MappingProxyType({OFF: Light.OFF})
    loses = MappingProxyType({Kind.POWER: Effect.LOSES_DATA})

    def observe(self):
        return list(Light)[self.regs.bus.read(self.regs.status.address) % 3]

    @step(Light.OFF, Light.WARMING, effect=Effect.STOPS_TRAFFIC)
    def turn_on(self):
        """On."""
        self.regs.bus.write(self.regs.ctrl.address, 1)

    warm = wait(Light.WARMING, Light.ON, typical=us(10), limit=us(100))

    @step(Light.ON, Light.OFF, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def turn_off(self):
        """Off."""
        self.regs.bus.write(self.regs.ctrl.address, 0)


class Socket(Output[Lamp]):
    __slots__ = ()
    KIND = Kind.POWER

    def is_on(self):
        return bool(self.provider.regs.bus.read(self.provider.regs.output.address) & 1)

    def turn_on(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 1)

    def turn_off(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 0)


class LampModel(Model):
    regs = Regs

    def after_reset(self):
        self.event = None

    @after_write("ctrl")
    def switched(self):
        self.cancel(self.event)
        self.hw.status.phase = 1 if self.hw.ctrl.on else 0
        if self.hw.ctrl.on:
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


class Street(Chip):
    """A chain: a, then b on a's socket, then c on b; and d by itself."""

    name = "street"
    canary = Canary(0, 0x4C49_4748)
    tenant = Tenant.IDLE

    def wire(self, bus):
        self.a = Lamp(Regs(bus, 0, "a"), None)
        self.b = Lamp(Regs(bus, 0x1000, "b"), None, Socket(self.a, 0, "socket"))
        self.c = Lamp(Regs(bus, 0x2000, "c"), None, power(self.b))
        self.d = Lamp(Regs(bus, 0x3000, "d"), None)


class Rented(Street):
    tenant = Tenant.ACTIVE


def model(kind=Street):
    return ChipModel(
        Placed(b.name, b.regs.base, LampModel(), [FabricNeed(n.kind.value, n.provider.name, n.port) for n in b.needs])
        for b in kind(MemoryBus(0)).all
    )


def up():
    street = model()
    assert Street(street).converge().ok
    return street


def written(street, kind=Street, **how):
    trace = Trace(street)
    report = kind(trace).converge(**how)
    return report, [(t.request.address, t.request.values[0]) for t in trace.log if t.request.is_write]


A, B, C, D, SOCKET = (0x4, 0), (0x1004, 0), (0x2004, 0), (0x3004, 0), (0xC, 0)


class TestDown:
    def test_the_ladders_lead_to_both_goals(self):
        assert Lamp.problems == ()

    def test_users_go_down_before_what_they_need(self):
        street = up()
        report, writes = written(street, goal=OFF)
        assert report.ok, str(report)
        assert [one for one in writes if one != D] == [C, B, SOCKET, A]
        assert D in writes
        assert street.violations() == []
        assert street.fabric_log == []

    def test_only_what_was_named_goes_down_and_whoever_needs_it(self):
        street = up()
        report, writes = written(street, goal=OFF, only={"b"})
        assert report.ok
        assert {line.name for line in report.lines} == {"b", "c"}
        assert writes == [C, B, SOCKET]

    def test_an_output_stays_on_for_its_other_user(self):
        class Crossing(Street):
            def wire(self, bus):
                super().wire(bus)
                self.e = Lamp(Regs(bus, 0x4000, "e"), None, Socket(self.a, 0, "socket"))

        street = model(Crossing)
        assert Crossing(street).converge().ok
        assert Crossing(street).converge(goal=OFF, only={"b"}).ok
        assert (street["a"].hw.output.on, street["b"].hw.status.phase, street["e"].hw.status.phase) == (1, 0, 2)

    def test_who_stays_keeps_all_that_it_needs_and_who_needs_it_goes_down(self):
        """e has no way out of service: a, on whose socket it is, stays with it, though its other users are down."""

        class Fixed(Lamp):
            goals = MappingProxyType({})
            turn_off = None

        class Crossing(Street):
            def wire(self, bus):
                super().wire(bus)
                self.e = Fixed(Regs(bus, 0x4000, "e"), None, Socket(self.a, 0, "socket"))
                self.f = Lamp(Regs(bus, 0x5000, "f"), None, power(self.e))

        street = model(Crossing)
        assert Crossing(street).converge().ok
        plan = Crossing(street).plan(goal=OFF)
        report, writes = written(street, kind=Crossing, goal=OFF)
        assert report.ok, str(report)
        assert sorted(writes) == [B, C, D, (0x5004, 0)]
        assert [act.instance for act in plan.acts] == ["f", "d", "c", "b"]
        assert set(plan.stays) == {line.name for line in report.lines if line.stays} == {"a", "e"}

    @pytest.mark.parametrize("at", range(1, 9))
    def test_who_stays_in_a_part_that_dies_meanwhile_is_not_to_blame(self, at):
        class Fixed(Lamp):
            goals = MappingProxyType({})
            turn_off = None

        class Halves(Street):
            left = at

            def wire(self, bus):
                self.a = Lamp(Regs(bus, 0, "a"), None)
                self.e = Fixed(Regs(bus, 0x1000, "e"), None)
                self.c = Lamp(Regs(bus, 0x4000, "c"), None)
                self.f = Lamp(Regs(bus, 0x5000, "f"), None, Socket(self.e, 0, "socket"))
                self.regions = (
                    Region("near", range(0x4000), None, self.a, self.near),
                    Region("far", range(0x4000, 0x8000), None, self.c, lambda: Vitals(tenant=Tenant.IDLE)),
                )

            def near(self):
                self.left -= 1
                if self.left < 0:
                    raise WrongChip("another die", where="near")
                return Vitals(tenant=Tenant.IDLE)

        street = model(Halves)
        assert type("Whole", (Halves,), {"left": 99})(street).converge().ok
        report = Halves(street).converge(goal=OFF)
        assert {line.name for line in report.of(Outcome.FAILED)} <= {"a"}, str(report)
        assert {line.cause for line in report.of(Outcome.BLOCKED)} <= {"a"}

    def test_an_output_that_it_shares_with_an_absent_one_goes_off_all_the_same(self):
        class Shared(Street):
            def wire(self, bus):
                super().wire(bus)
                self.e = Lamp(Regs(bus, 0x4000, "e"), None, Socket(self.a, 0, "socket"))
                self.f = Lamp(Regs(bus, 0x5000, "f"), None, power(self.e))
                self.harvests = (Harvest(self.d, lambda: 1, ((self.e, self.f),)),)

        street = model(Shared)
        for goal in (SERVICE, OFF, OFF):
            report = Shared(street).converge(goal=goal)
            assert report.ok, str(report)
        assert not street["a"].hw.output.on

    def test_what_is_down_already_is_left_alone(self):
        street = up()
        Street(street).converge(goal=OFF)
        report, writes = written(street, goal=OFF)
        assert (report.ok, writes) == (True, [])

    def test_up_after_down_is_the_same_act_again(self):
        street = up()
        before = street.state()
        Street(street).converge(goal=OFF)
        assert Street(street).converge().ok
        assert street.state() == before

    def test_the_plan_shows_it_and_what_users_lose(self):
        street = up()
        chip = Street(street)
        acts = [(act.instance, act.act) for act in chip.plan(goal=OFF, only={"b"}).acts]
        assert acts == [("c", "turn_off"), ("b", "turn_off"), ("b", "turn off power socket from a")]
        assert Effect.LOSES_DATA in chip.plan(goal=OFF, only={"b"}).acts[1].effect
        assert chip.meter.writes == 0

    def test_a_workload_keeps_everything_up(self):
        street = up()
        trace = Trace(street)
        report = Rented(trace).converge(goal=OFF)
        assert not report.ok
        assert not any(t.request.is_write for t in trace.log)
        assert {line.name: line.outcome for line in report.lines}["a"] is Outcome.BLOCKED

    def test_what_users_lose_by_it_is_named_where_it_is_refused(self):
        lines = {line.name: line for line in Rented(up()).converge(goal=OFF, force={"c"}).lines}
        assert (lines["c"].outcome, lines["b"].outcome) == (Outcome.GOAL, Outcome.FAILED)
        assert "loses data" in lines["b"].error.what

    def test_in_service_only_what_was_named_and_all_that_it_needs_comes_up(self):
        report, writes = written(model(), only={"b"})
        assert report.ok
        assert {line.name for line in report.lines} == {"a", "b"}
        assert {address & ~0xFFF for address, _ in writes} == {0, 0x1000}


class TestGenerator:
    def test_a_caller_can_stop_it_and_another_run_goes_on(self):
        street = model()
        run = Scheduler(Street(street)).go()
        for _ in range(7):
            next(run)
        run.close()
        assert Street(street).converge().ok

    def test_it_never_sleeps_by_itself(self):
        street = model()
        before = street.now()
        run = Scheduler(Street(street)).go()
        wants = [next(run) for _ in range(12)]
        assert max(wants) > street.now(), "it says when it wants to look"
        assert street.now() - before < us(10), "only accesses took time"

    def test_one_thread_leads_sixteen_chips(self):
        streets = [model() for _ in range(16)]
        reports = lead([Scheduler(Street(street)) for street in streets])
        assert len(reports) == 16
        assert all(report.ok for report in reports)
        alone = Street(model()).converge()
        assert [report.transactions for report in reports] == [alone.transactions] * 16

    def test_goals_have_names(self):
        assert (Lamp.goal_of(SERVICE), Lamp.goal_of(OFF), Lamp.goal_of("parked")) == (Light.ON, Light.OFF, None)


class TestEpochs:
    def test_a_chip_that_does_not_say_whose_epochs_are_whose_may_reset_what_it_gives_up(self):
        """Each output that goes off counts in some epoch, and which one nobody says: these are the run's own doing."""
        street = up()

        class Counting(Street):
            def wire(self, bus):
                super().wire(bus)
                self.regions = (Region("street", range(1 << 20), self.canary, ask=self.ask),)

            def ask(self):
                return Vitals(Identity(1), (0, int(not street["a"].hw.output.on)), Tenant.IDLE)

        report = Counting(street).converge(goal=OFF)
        assert report.ok
        assert not any("behind this run" in note for note in report.notes)

    def test_the_name_of_a_type_is_what_its_driver_says_wherever_that_lies(self):
        class HbmPhy(Block[Regs, None]):
            goal = reset_state = next(iter(type(Lamp.goal)))

        derived = type("Derived", (Lamp,), {"__module__": "__main__"})
        said = type("Said", (Lamp,), {"__module__": "script", "ip": "beacon"})
        assert [one(Regs(MemoryBus(0), 0, "a"), None).ip for one in (Lamp, derived, said)] == ["lamp", "lamp", "beacon"]
        assert HbmPhy.ip == "hbm_phy"
        with pytest.raises(AccessError, match="`ip` of Wrong"):
            type("Wrong", (Lamp,), {"ip": "no word"})
