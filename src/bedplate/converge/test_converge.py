"""Converge on a small chip of real parts: a PLL, domains, and the needs between them."""

from functools import partial
from typing import ClassVar

import pytest

from bedplate.block import (
    Block,
    Effect,
    Identity,
    Kind,
    Outlet,
    State,
    Tenant,
    Vitals,
    clock,
    fault,
    link,
    power,
    step,
    wait,
)
from bedplate.bus import Canary, Decorator, Fault, Spoil, Trace, ms, us
from bedplate.converge import Chip, Outcome
from bedplate.errors import (
    CheckFailed,
    DriverDefect,
    LinkDown,
    NeedsIntent,
    NoWayOut,
    PollTimeout,
    UnderLoad,
    WrongChip,
)
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
        CHAIN(model).observe()
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
        assert report.steps == 1, "it is no bus error that may have passed"

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

    def test_whoever_is_held_up_is_never_told_too_late(self):
        def slow():
            """So that more than one look sees it work."""
            model = model_of(CHAIN)
            for name in "abcd":
                model.plant(name, "slow", 2)
            return model

        for at in range(CHAIN(slow()).converge().transactions):
            report = CHAIN(Fault(slow(), {at: Spoil("late", ms(5))})).converge()
            assert report.ok, f"after transaction {at}: {report}"

    def test_neither_is_whoever_waits_for_an_outlet_and_it_is_turned_on_once(self):
        turned = []

        class Late(Branch):
            """It takes 300 us to come on."""

            __slots__ = ()

            def is_on(self):
                asked = self.provider.regs.bus.now()
                self.provider.regs.bus.read(self.provider.regs.outlet.address)
                return self.is_coming() and asked - turned[-1] > us(300)

            def is_coming(self):
                return bool(turned)

            def turn_on(self):
                turned.append(self.provider.regs.bus.now())
                super().turn_on()

        late = chip_of(("a", lambda made: ()), ("b", lambda made: (Late(made["a"], 0, "branch"),)))
        for at in range(late(model_of(late)).converge().transactions):
            turned.clear()
            report = late(Fault(model_of(late), {at: Spoil("late", ms(5))})).converge()
            assert report.ok, f"after transaction {at}: {report}"
        model = model_of(late)
        assert late(model).converge(only={"a"}).ok
        late(model).b.needs[0].turn_on()  # whoever did that has died
        before = list(turned)
        assert late(model).converge().ok
        assert turned == before

    def test_one_error_response_anywhere_is_survived(self):
        asked = chip_of(("a", lambda made: ()), ("b", lambda made: (power(made["a"]),)), vitals=says(Tenant.IDLE))
        for at in range(asked(model_of(asked)).converge().transactions):
            report = asked(Fault(model_of(asked), {at: Spoil("error")})).converge()
            assert report.ok, f"transaction {at}: {report}"

    def test_another_chip_is_not_written_to(self):
        class Other(ALONE):
            canary = Canary(0, 0x4A4F4232)

        report = Other(model_of(ALONE)).converge()
        assert (type(report.ended), report.writes) == (WrongChip, 0)

    def test_an_outlet_that_cannot_be_asked_is_not_taken_for_on(self):
        class Torn(Branch):
            __slots__ = ()

            def is_on(self):
                raise CheckFailed("torn", where=self.provider.name)

        torn = chip_of(("a", lambda made: ()), ("b", lambda made: (Torn(made["a"], 0, "branch"),)))
        model = model_of(torn)
        assert torn(model).converge(only={"a"}).ok
        seen = {one.block.name: one for one in torn(model).observe()}
        assert (seen["b"].state, seen["b"].why) == (None, "no clock branch from a")

    def test_a_reset_that_a_step_brings_about_itself_is_no_surprise(self):
        class Resetting(Worker):
            @step(Job.IDLE, Job.BUSY, withdraws=True)
            def start(self):
                """Its domain is reset by this."""
                self.regs.bus.write(self.regs.command.address, 1)

        model = model_of(chip_of(("a", lambda made: ()), ("b", lambda made: (power(made["a"]),))))

        class Counting(Chip):
            name = "counting"
            canary = Canary(0, 0x4A4F4231)

            def wire(self, bus):
                self.a = Resetting(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x1000, "b"), None, power(self.a))
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=self.ask, epoch_of=lambda block: 0),)

            def ask(self):
                return Vitals(Identity(1), (int(model["a"].hw.status.phase > 0),), Tenant.IDLE)

        report = Counting(model).converge()
        assert report.ok
        assert not any("begun anew" in note for note in report.notes)

    def test_what_fails_in_the_moment_of_a_reset_has_not_failed(self):
        epochs = [0]

        class Struck(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """The first time, what it stands on is reset under it."""
                if not epochs[0]:
                    epochs[0] = 1
                    raise CheckFailed("gone", where=self.name)
                self.regs.bus.write(self.regs.command.address, 1)

        class Shaken(Chip):
            name = "shaken"
            canary = Canary(0, 0x4A4F4231)

            def wire(self, bus):
                self.a = Struck(Regs(bus, 0, "a"), None)
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=self.ask),)

            def ask(self):
                return Vitals(Identity(1), tuple(epochs), Tenant.IDLE)

        report = Shaken(model_of(ALONE)).converge()
        assert report.ok, str(report)
        assert "begun anew 1 times" in report.notes[0]

    def test_neither_has_what_fails_because_its_provider_is_gone(self):
        model = model_of(chip_of(("a", lambda made: ()), ("b", lambda made: (link(made["a"]),))))
        lost = []

        class Betrayed(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """The first time, its provider leaves its goal under it."""
                if not lost:
                    lost.append(self.name)
                    model["a"].hw.status.phase = 0
                    raise CheckFailed("gone", where=self.name)
                self.regs.bus.write(self.regs.command.address, 1)

        class Pair(Chip):
            name = "pair"
            canary = Canary(0, 0x4A4F4231)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a = Worker(Regs(bus, 0, "a"), None)
                self.b = Betrayed(Regs(bus, 0x1000, "b"), None, link(self.a))

        report = Pair(model).converge()
        assert report.ok, str(report)
        assert report.steps == 4

    def test_a_reset_gives_what_has_failed_before_it_a_fresh_start(self):
        reset_at = us(200)
        shaken = chip_of(
            *((name, lambda made: ()) for name in "ab"),
            ("c", lambda made: (power(made["b"]),)),
            vitals=lambda bus: Vitals(Identity(1), (int(bus.now() > reset_at),), Tenant.IDLE),
        )
        model = model_of(shaken)
        model.plant("a", "deaf", times=2)  # all the attempts that its step has
        model.plant("b", "slow", 5)
        events = []
        report = shaken(model).converge(listen=events.append)
        assert ("a", "failed") in {(event.instance, event.kind) for event in events if event.time < reset_at}
        assert report.ok, str(report)

    def test_a_driver_that_raises_stops_no_look_at_others(self):
        class Broken(Worker):
            def observe(self):
                return 1 // 0

        class Mixed(Chip):
            name = "mixed"
            canary = Canary(0, 0x4A4F4231)

            def wire(self, bus):
                self.a = Broken(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x1000, "b"), None)

        chip = Mixed(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ()))))
        assert [one.outcome for one in chip.observe()] == [Outcome.FAILED, None]
        assert [act.instance for act in chip.plan().acts] == ["b", "b"]

    def test_whoever_writes_while_it_looks_is_refused(self):
        class Nosy(Worker):
            def observe(self):
                self.regs.bus.write(self.regs.command.address, 1)
                return super().observe()

        class Open(Chip):
            name = "open"
            canary = Canary(0, 0x4A4F4231)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a = Nosy(Regs(bus, 0, "a"), None)

        report = Open(model_of(ALONE)).converge()
        assert isinstance(report.first_error, DriverDefect)
        assert report.writes == 0

    def test_a_fabric_error_fails_the_instance_and_no_other(self):
        model = model_of(CHAIN)
        model.plant("d", "hung")
        report = CHAIN(model).converge()
        assert [line.name for line in report.of(Outcome.FAILED)] == ["d"]
        assert report.number(Outcome.GOAL) == 3

    def test_who_cannot_be_observed_counts_as_holding_the_budget(self):
        limited = chip_of(("a", lambda made: ()), ("b", lambda made: ()), limits=[(1, "ab")])
        model = model_of(limited)
        model.plant("b", "hung")
        report = limited(model).converge()
        assert {line.name: (line.outcome, line.cause) for line in report.lines} == {
            "a": (Outcome.BLOCKED, "b"),
            "b": (Outcome.FAILED, "b"),
        }
        assert model["a"].hw.status.phase == 0
        (line,) = limited(model).converge(only={"a"}).lines
        assert (line.outcome, line.cause) == (Outcome.BLOCKED, "b"), "though this run does not lead it"
        assert model["a"].hw.status.phase == 0

    @pytest.mark.parametrize("at", range(0, 22, 2))
    def test_a_dead_bus_ends_it_all_and_is_reported(self, at):
        bus = Fault(model_of(CHAIN), {at: Spoil("dead")})
        report = CHAIN(bus).converge()
        assert isinstance(report.ended, (LinkDown, WrongChip))
        assert not report.ok
        assert report.first_error is report.ended

    def test_one_of_two_links_that_dies_takes_along_what_is_behind_it_and_nothing_else(self):
        class Ports(chip_of(*((name, lambda made: ()) for name in "abcd"))):
            ports = (range(0x2000), range(0x2000, 0x4000))

            @classmethod
            def canary_of(cls, port):
                return Canary(port.start, 0x4A4F4231)

        class Cut(Decorator):
            """Behind the second port there is nobody, from a transaction on."""

            def __init__(self, bus, at):
                super().__init__(bus)
                self.left = at

            def transact(self, request):
                self.left -= 1
                if self.left >= 0 or request.address < 0x2000:
                    return super().transact(request)
                return () if request.is_write else (0xFFFF_FFFF,) * request.length

        for at in range(Ports(model_of(Ports)).converge().transactions):
            report = Ports(Cut(model_of(Ports), at)).converge()
            assert {line.name for line in report.of(Outcome.GOAL)} >= {"a", "b"}, f"from transaction {at} on: {report}"
            assert not report.ok

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
        assert [one.outcome for one in fused(model).observe()] == [None, None], "fuses not at their goal say nothing"
        report = fused(model).converge()
        assert (report.ok, report.number(Outcome.HARVESTED)) == (True, 1)
        assert model["b"].hw.status.phase == 0
        assert fused(model).converge().writes == 0
        assert [one.outcome for one in fused(model).observe()] == [Outcome.GOAL, Outcome.HARVESTED]

    def test_the_critical_path_goes_through_the_fuses(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        assert [line.name for line in fused(model_of(fused)).converge().critical_path] == ["a", "b"]

    def test_unreadable_fuses_block_what_they_decide(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        model = model_of(fused)
        model.plant("a", "burnt")
        assert [line.name for line in fused(model).converge().of(Outcome.BLOCKED)] == ["b"]


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

    def test_where_nobody_knows_it_counts_as_running(self):
        unknown = chip_of(("a", lambda made: ()), vitals=says(Tenant.UNKNOWN))
        report = unknown(model_of(unknown)).converge()
        assert isinstance(report.first_error, UnderLoad)
        assert (report.writes, "nobody knows" in report.first_error.got) == (0, True)

    def test_a_workload_that_starts_in_between_is_noticed(self):
        answers = says(Tenant.IDLE, Tenant.IDLE, Tenant.ACTIVE)  # at the start, before a's step, before b's
        busy = chip_of(("a", lambda made: ()), ("b", lambda made: (clock(made["a"]),)), vitals=answers)
        report = busy(model_of(busy)).converge()
        assert [line.name for line in report.of(Outcome.GOAL)] == ["a"]

    def test_so_is_one_that_would_disturb_a_user_in_another_part_of_the_chip(self):
        class Apart(CHAIN):
            def wire(self, bus):
                super().wire(bus)
                near, far = (partial(says(word), bus) for word in (Tenant.IDLE, Tenant.ACTIVE))
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=near),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=far),
                )

        report = Apart(model_of(CHAIN)).converge()
        assert {line.name: line.outcome for line in report.lines}["a"] is Outcome.FAILED, (
            "c lies in a part that is busy"
        )
        assert isinstance(report.first_error, UnderLoad)
        assert report.writes == 0
        assert Apart(model_of(CHAIN)).survey().tenant is Tenant.ACTIVE

    def test_who_stands_on_a_part_that_is_lost_in_mid_round_is_blocked_by_it(self):
        """It waits in another part of the chip for one that waits itself: that its turn never comes is no failure of its own."""
        words = [Tenant.IDLE] * 2  # at the start, before a's step; not before c's

        class Apart(Chip):
            name = "apart"
            canary = Canary(0, 0x4A4F4231)

            def wire(self, bus):
                self.a = Worker(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x2000, "b"), None, power(self.a))
                self.c = Worker(Regs(bus, 0x1000, "c"), None)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=lambda: self.near(bus)),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=partial(says(Tenant.IDLE), bus)),
                )

            def near(self, bus):
                if not words:
                    raise WrongChip("another die", where="near")
                return says(words.pop())(bus)

        report = Apart(model_of(Apart)).converge()
        assert {line.name: line.outcome for line in report.lines}["b"] is Outcome.BLOCKED
        assert report.of(Outcome.FAILED) == []
        assert isinstance(report.ended, WrongChip)

    def test_nobody_knows_it_of_a_part_that_did_not_prove_who_it_is(self):
        """And it stays so, whatever that part says later in the run."""
        words = [WrongChip("another die", where="far")]

        def far(bus):
            if words:
                raise words.pop()
            return says(Tenant.IDLE)(bus)

        class Apart(CHAIN):
            def wire(self, bus):
                super().wire(bus)
                near = partial(says(Tenant.IDLE), bus)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=near),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=partial(far, bus)),
                )

        report = Apart(model_of(CHAIN)).converge()
        assert isinstance({line.name: line.error for line in report.lines}["a"], UnderLoad), (
            "c, which needs it, is there"
        )
        words.append(WrongChip("another die", where="far"))
        report = Apart(model_of(CHAIN)).converge(force=["a"])
        assert {line.name: line.outcome for line in report.lines}["a"] is Outcome.GOAL
        assert "far unknown" in report.identity, "in the last round, though it answered in the second"

    def test_a_permanent_step_wants_an_intent(self):
        report = Fusing(model_of(ALONE)).converge()
        assert isinstance(report.first_error, NeedsIntent)
        assert report.writes == 0
        assert Fusing(model_of(ALONE)).converge(intent=["a"]).ok

    def test_a_permanent_step_is_taken_once_whatever_becomes_of_it(self):
        deaf = model_of(ALONE)
        deaf.plant("a", "deaf")
        report = Fusing(deaf).converge(intent=["a"])
        assert (isinstance(report.first_error, CheckFailed), report.writes) == (True, 1)
        for at in range(report.transactions):
            trace = Trace(Fault(model_of(ALONE), {at: Spoil("error")}))
            Fusing(trace).converge(intent=["a"])
            assert sum(one.request.is_write for one in trace.log) <= 1, f"error at transaction {at}"


class TestReport:
    def test_is_ok_only_at_rest_and_with_a_link(self):
        good = CHAIN(model_of(CHAIN)).converge()
        assert good.ok
        assert not good._replace(settled=False).ok
        assert not good._replace(ended=LinkDown("cut")).ok


class TestPlan:
    def test_shows_the_steps_and_writes_nothing(self):
        chip = CHAIN(model_of(CHAIN))
        plan = chip.plan()
        assert [(act.instance, act.act) for act in plan.acts[:2]] == [("a", "start"), ("a", "work")]
        assert "no power from a" in next(act.why for act in plan.acts if act.instance == "b")
        assert chip.meter.writes == 0

    def test_names_the_outlets_that_are_off_and_no_others(self):
        with_branch = chip_of(("a", lambda made: ()), ("b", lambda made: (Branch(made["a"], 0, "branch"),)))
        model = model_of(with_branch)
        assert with_branch(model).converge(only={"a"}).ok
        assert [act.act for act in with_branch(model).plan().acts] == ["turn on clock branch from a", "start", "work"]
        model.write(0xC, 1)
        assert [act.act for act in with_branch(model).plan().acts] == ["start", "work"]

    def test_is_empty_for_a_healthy_chip(self):
        model = model_of(CHAIN)
        CHAIN(model).converge()
        assert CHAIN(model).plan().acts == ()

    def test_marks_what_would_be_refused(self):
        busy = chip_of(("a", lambda made: ()), vitals=says(Tenant.ACTIVE))
        plan = busy(model_of(busy)).plan()
        assert [bool(act.refused) for act in plan.acts] == [True, False]
