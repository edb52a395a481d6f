"""Converge on a small chip of real parts: a PLL, domains, and the needs between them."""

from typing import ClassVar

import pytest

from bedplate.block import Block, Effect, Identity, Kind, Outlet, State, Tenant, Vitals, clock, fault, power, step, wait
from bedplate.bus import Canary, Fault, Spoil, Trace, ms, us
from bedplate.converge import Chip, Outcome
from bedplate.errors import CheckFailed, LinkDown, NeedsIntent, NoWayOut, PollTimeout, UnderLoad, WrongChip
from bedplate.model import ChipModel, Model, Placed, after_write
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.topology import Harvest, Limit, Region


class Job(State):
    IDLE = "nothing asked for"
    BUSY = "working"
    DONE = "done"
    BURNT = fault("failed for good")
    STUMBLED = fault("failed, can be tried again")


class CommandValue(Value):
    NAME = "command"
    FIELDS = (Field("go", 0, 1),)

    @property
    def go(self):
        return bool(self & 1)


class Command(Register):
    __slots__ = ()
    Value = CommandValue


class StatusValue(Value):
    NAME = "status"
    FIELDS = tuple(Field(name, low, width, sw="r", hw="w") for name, low, width in (("phase", 0, 4), ("us", 8, 16)))


class Status(Register):
    __slots__ = ()
    Value = StatusValue


class IdValue(Value):
    NAME = "id"
    FIELDS = (Field("value", 0, 32, sw="r", hw="na", reset=0x4A4F4231),)


class Id(Register):
    __slots__ = ()
    Value = IdValue


class Regs(RegisterBlock):
    __slots__ = ("command", "id", "outlet", "status")
    SIZE = 0x10
    CHILDREN = (
        Child("id", 0, Id),
        Child("command", 4, Command),
        Child("status", 8, Status),
        Child("outlet", 12, Command),
    )


class Worker(Block[Regs, None]):
    goal = Job.DONE
    reset_state = Job.IDLE

    def observe(self):
        return list(Job)[min(self.regs.bus.read(self.regs.status.address) & 0xF, 4)]

    def detail(self):
        return "job 7"

    @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC, claim="bench")
    def start(self):
        """Give the command."""
        self.regs.bus.write(self.regs.command.address, 1)

    work = wait(
        Job.BUSY,
        Job.DONE,
        typical=us(100),
        limit=ms(1),
        elapsed=lambda block: us(block.regs.bus.read(block.regs.status.address) >> 8),
    )

    @step(Job.STUMBLED, Job.BUSY, effect=Effect.STOPS_TRAFFIC)
    def retry(self):
        """Once more."""
        self.regs.bus.write(self.regs.command.address, 1)


class Branch(Outlet):
    __slots__ = ()
    KIND = Kind.CLOCK

    def is_on(self):
        return bool(self.provider.regs.bus.read(self.provider.regs.outlet.address) & 1)

    def turn_on(self):
        self.provider.regs.bus.write(self.provider.regs.outlet.address, 1)


class WorkerModel(Model):
    regs = Regs
    faults: ClassVar = {
        "burnt": "fails for good",
        "stumble": "fails, can be tried again",
        "stuck_busy": "never ends",
        "deaf": "no start",
    }
    duration = us(90)

    def after_reset(self):
        self.started = 0

    @after_write("command")
    def command(self):
        if self.hw.status.phase == 1:
            self.hazard("started twice")
        if self.fault("deaf"):
            return
        self.hw.status.phase = 1
        if not self.fault("stuck_busy"):
            self.after(self.duration, self.end)

    def end(self):
        self.hw.status.phase = 3 if self.fault("burnt") else 4 if self.fault("stumble") else 2
        self.outputs_changed()

    @after_write("outlet")
    def gate(self):
        self.outputs_changed()

    def provides(self, port):
        return bool(self.hw.status.phase == 2 and (not port or self.hw.outlet.go))


def chip_of(*wired, limits=(), harvest=None, vitals=None):
    """A chip class with the instances that `wired` makes: (name, function of the instances before -> needs)."""

    class Small(Chip):
        name = "small"
        canary = Canary(0, 0x4A4F4231)

        def wire(self, bus):
            made = {}
            for n, (name, needs) in enumerate(wired):
                made[name] = Worker(Regs(bus, 0x1000 * n, name), None, *needs(made))
                setattr(self, name, made[name])
            self.limits = tuple(Limit("bench", most, tuple(made[x] for x in among)) for most, among in limits)
            if harvest:
                fuses, mask, parts = harvest
                self.harvests = (Harvest(made[fuses], lambda: mask, tuple((made[part],) for part in parts)),)

            if vitals:
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=lambda: vitals(bus)),)

    Small.tenant = Tenant.IDLE
    return Small


def says(*answers):
    """A chip's vitals that say this of its tenant, one after the other, the last one for ever."""
    left = list(answers)

    def vitals(bus):
        word = bus.read(0)
        return Vitals(Identity(word, None, 1), (), left.pop(0) if len(left) > 1 else left[0])

    return vitals


def model_of(kind):
    from bedplate.bus import MemoryBus
    from bedplate.model import Need

    return ChipModel(
        Placed(b.name, b.regs.base, WorkerModel(), [Need(n.kind.value, n.provider.name, n.port) for n in b.needs])
        for b in kind(MemoryBus(0)).all
    )


ALONE = chip_of(("a", lambda made: ()))
CHAIN = chip_of(
    ("a", lambda made: ()),
    ("b", lambda made: (power(made["a"]),)),
    ("c", lambda made: (power(made["b"]),)),
    ("d", lambda made: ()),
)


class TestGoal:
    def test_is_reached_in_one_act_and_then_nothing_is_written(self):
        model = model_of(CHAIN)
        report = CHAIN(model).converge()
        assert report.ok
        assert [line.name for line in report.critical_path] == ["a", "b", "c"]
        assert report.number(Outcome.GOAL) == 4
        again = CHAIN(model).converge()
        assert (again.ok, again.writes, again.steps) == (True, 0, 0)
        assert not model.hazards()

    def test_instances_do_not_wait_for_each_others_waits(self):
        side_by_side = chip_of(*((name, lambda made: ()) for name in "abcdefgh"))
        report = side_by_side(model_of(side_by_side)).converge()
        assert max(line.reached for line in report.lines) < 2 * us(100)

    def test_the_same_chip_gives_the_same_transactions(self):
        def trace():
            bus = Trace(model_of(CHAIN))
            CHAIN(bus).converge()
            return bus.log

        assert trace() == trace()

    def test_an_unreachable_instance_is_never_read(self):
        model = model_of(CHAIN)
        CHAIN(model).converge()
        assert model.fabric_log == []

    def test_a_limit_holds_at_any_time(self):
        names = "abcdef"
        limited = chip_of(*((name, lambda made: ()) for name in names), limits=[(2, names)])
        model = model_of(limited)
        busy = []

        class Watch(Trace):
            def transact(self, request):
                busy.append(sum(model[name].hw.status.phase == 1 for name in names))
                return super().transact(request)

        report = limited(Watch(model)).converge()
        assert report.ok
        assert max(busy) == 2
        assert len(report.critical_path) == 3, "each pair waited for the one before"
        assert report.device_time >= 3 * us(90)

    def test_work_in_progress_is_waited_for_and_not_started_again(self):
        model = model_of(ALONE)
        model.write(4, 1)
        model.sleep(us(10))
        report = ALONE(model).converge()
        assert (report.ok, report.writes) == (True, 0)

    def test_an_outlet_is_turned_on_for_its_user_only(self):
        with_branch = chip_of(("a", lambda made: ()), ("b", lambda made: (Branch(made["a"], 0, "branch"),)))
        model = model_of(with_branch)
        report = with_branch(model).converge()
        assert (report.ok, model["a"].hw.outlet.go) == (True, 1)


class TestFailure:
    def test_blocks_only_what_needs_it_and_names_the_root(self):
        model = model_of(CHAIN)
        model.plant("a", "burnt")
        report = CHAIN(model).converge()
        assert {line.name: (line.outcome, line.cause) for line in report.lines} == {
            "a": (Outcome.FAILED, "a"),
            "b": (Outcome.BLOCKED, "a"),
            "c": (Outcome.BLOCKED, "a"),
            "d": (Outcome.GOAL, ""),
        }
        assert isinstance(report.first_error, NoWayOut)
        assert "job 7" in report.first_error.got
        assert "2 blocked by a: b, c" in str(report)

    def test_a_fault_with_a_way_out_is_recovered(self):
        model = model_of(ALONE)
        model.plant("a", "stumble", times=1)
        assert ALONE(model).converge().ok

    def test_recovery_is_tried_a_bounded_number_of_times(self):
        model = model_of(ALONE)
        model.plant("a", "stumble")
        report = ALONE(model).converge()
        assert isinstance(report.first_error, NoWayOut)
        assert report.writes == 3  # start, and two retries

    def test_a_step_that_changes_nothing_is_found_out(self):
        model = model_of(ALONE)
        model.plant("a", "deaf")
        assert isinstance(ALONE(model).converge().first_error, CheckFailed)

    def test_a_step_that_raises_is_reported_with_the_state_it_left(self):
        class Clumsy(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Drop everything."""
                raise CheckFailed("dropped", where=self.name)

        class Fragile(Chip):
            name = "fragile"
            canary = Canary(0, 0x4A4F4231)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a = Clumsy(Regs(bus, 0, "a"), None)

        report = Fragile(model_of(ALONE)).converge()
        assert (report.lines[0].state, report.first_error.what) == ("IDLE", "dropped")

    def test_a_wait_ends_at_its_limit_of_device_time(self):
        model = model_of(ALONE)
        model.plant("a", "stuck_busy")
        report = ALONE(model).converge()
        error = report.first_error
        assert isinstance(error, PollTimeout)
        assert ms(1) < error.waited < ms(1.3)
        assert (error.where, error.wanted, error.exit_code) == ("a", "DONE", 4)

    def test_a_budget_counts_from_the_chips_own_timer(self):
        model = model_of(ALONE)
        model.plant("a", "stuck_busy")
        model.write(4, 1)
        model["a"].hw.status.us = 900
        report = ALONE(model).converge()
        assert report.device_time < us(250)

    def test_a_fabric_error_fails_the_instance_and_no_other(self):
        model = model_of(CHAIN)
        model.plant("d", "hung")
        report = CHAIN(model).converge()
        assert [line.name for line in report.of(Outcome.FAILED)] == ["d"]
        assert report.number(Outcome.GOAL) == 3

    @pytest.mark.parametrize("at", range(0, 22, 2))
    def test_a_dead_bus_ends_it_all_and_is_reported(self, at):
        bus = Fault(model_of(CHAIN), {at: Spoil("dead")})
        report = CHAIN(bus).converge()
        assert isinstance(report.ended, (LinkDown, WrongChip))
        assert not report.ok
        assert report.first_error is report.ended

    def test_a_single_spoilt_read_changes_no_decision(self):
        undisturbed = model_of(CHAIN)
        count = CHAIN(undisturbed).converge().transactions
        for at in range(count):
            model = model_of(CHAIN)
            report = CHAIN(Fault(model, {at: Spoil("all_ones")})).converge()
            assert report.ok, f"transaction {at}: {report}"
            assert model.hazards() == []


class TestHarvest:
    def test_a_part_that_is_fused_off_is_absent_and_fails_nothing(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 1, ["b"]))
        model = model_of(fused)
        report = fused(model).converge()
        assert (report.ok, report.number(Outcome.HARVESTED)) == (True, 1)
        assert model["b"].hw.status.phase == 0
        assert fused(model).converge().writes == 0

    def test_the_critical_path_goes_through_the_fuses(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        assert [line.name for line in fused(model_of(fused)).converge().critical_path] == ["a", "b"]

    def test_unreadable_fuses_block_what_they_decide(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        model = model_of(fused)
        model.plant("a", "burnt")
        assert [line.name for line in fused(model).converge().of(Outcome.BLOCKED)] == ["b"]


class TestUnderLoad:
    def test_a_disturbing_step_is_refused_and_nothing_is_written(self):
        busy = chip_of(("a", lambda made: ()), vitals=says(Tenant.ACTIVE))
        report = busy(model_of(busy)).converge()
        error = report.first_error
        assert isinstance(error, UnderLoad)
        assert report.writes == 0
        assert "--force a" in error.next

    def test_it_can_be_forced_by_name(self):
        busy = chip_of(("a", lambda made: ()), ("b", lambda made: ()), vitals=says(Tenant.ACTIVE))
        report = busy(model_of(busy)).converge(force=["a"])
        assert [line.name for line in report.of(Outcome.GOAL)] == ["a"]

    def test_a_workload_that_starts_in_between_is_noticed(self):
        answers = says(Tenant.IDLE, Tenant.IDLE, Tenant.ACTIVE)  # at the start, before a's step, before b's
        busy = chip_of(("a", lambda made: ()), ("b", lambda made: (clock(made["a"]),)), vitals=answers)
        report = busy(model_of(busy)).converge()
        assert [line.name for line in report.of(Outcome.GOAL)] == ["a"]

    def test_a_permanent_step_wants_an_intent(self):
        class Burner(Worker):
            @step(Job.IDLE, Job.BUSY, effect=Effect.PERMANENT)
            def start(self):
                """Burn."""
                self.regs.bus.write(self.regs.command.address, 1)

        class Fusing(Chip):
            name = "fusing"
            canary = Canary(0, 0x4A4F4231)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a = Burner(Regs(bus, 0, "a"), None)

        report = Fusing(model_of(ALONE)).converge()
        assert isinstance(report.first_error, NeedsIntent)
        assert report.writes == 0
        assert Fusing(model_of(ALONE)).converge(intent=["a"]).ok


class TestPlan:
    def test_shows_the_steps_and_writes_nothing(self):
        chip = CHAIN(model_of(CHAIN))
        plan = chip.plan()
        assert [(act.instance, act.act) for act in plan.acts[:2]] == [("a", "start"), ("a", "work")]
        assert "no power from a" in next(act.why for act in plan.acts if act.instance == "b")
        assert chip.meter.writes == 0

    def test_is_empty_for_a_healthy_chip(self):
        model = model_of(CHAIN)
        CHAIN(model).converge()
        assert CHAIN(model).plan().acts == ()

    def test_marks_what_would_be_refused(self):
        busy = chip_of(("a", lambda made: ()), vitals=says(Tenant.ACTIVE))
        plan = busy(model_of(busy)).plan()
        assert [bool(act.refused) for act in plan.acts] == [True, False]
