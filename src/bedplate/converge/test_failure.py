"""What goes wrong, whose failure it is, and what it blocks."""

from functools import partial

import pytest

from bedplate.block import (
    Effect,
    Identity,
    Tenant,
    Vitals,
    link,
    power,
    rail,
    step,
)
from bedplate.bus import Canary, Decorator, ErrorInjector, InjectedError, ms, us
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import ALONE, CHAIN, Branch, Job, Regs, Worker, chip_of, model_of, says
from bedplate.errors import (
    BusFault,
    CheckFailed,
    DriverDefect,
    LinkDown,
    NoWayOut,
    PollTimeout,
    WrongChip,
)
from bedplate.topology import Budget, Region


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
            unlimited = ("bench",)
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
            report = CHAIN(ErrorInjector(slow(), {at: InjectedError("late", ms(5))})).converge()
            assert report.ok, f"after transaction {at}: {report}"

    def test_neither_is_whoever_waits_for_an_output_and_it_is_turned_on_once(self):
        turned = []

        class Late(Branch):
            """It takes 300 us to come on."""

            __slots__ = ()

            def is_on(self):
                asked = self.provider.regs.bus.now()
                self.provider.regs.bus.read(self.provider.regs.output.address)
                return self.is_coming() and asked - turned[-1] > us(300)

            def is_coming(self):
                return bool(turned)

            def turn_on(self):
                turned.append(self.provider.regs.bus.now())
                super().turn_on()

        late = chip_of(("a", lambda made: ()), ("b", lambda made: (Late(made["a"], 0, "branch"),)))
        for at in range(late(model_of(late)).converge().transactions):
            turned.clear()
            report = late(ErrorInjector(model_of(late), {at: InjectedError("late", ms(5))})).converge()
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
            report = asked(ErrorInjector(model_of(asked), {at: InjectedError("error")})).converge()
            assert report.ok, f"transaction {at}: {report}"

    def test_another_chip_is_not_written_to(self):
        class Other(ALONE):
            canary = Canary(0, 0x4A4F4232)

        report = Other(model_of(ALONE)).converge()
        assert (type(report.ended), report.writes) == (WrongChip, 0)

    def test_an_output_that_cannot_be_asked_is_not_taken_for_on(self):
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
            unlimited = ("bench",)

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
            unlimited = ("bench",)

            def wire(self, bus):
                self.a = Struck(Regs(bus, 0, "a"), None)
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=self.ask),)

            def ask(self):
                return Vitals(Identity(1), tuple(epochs), Tenant.IDLE)

        events = []
        report = Shaken(model_of(ALONE)).converge(listen=events.append)
        assert report.ok, str(report)
        assert "begun anew once" in report.notes[0]
        assert "failed" not in {event.kind for event in events}

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
            unlimited = ("bench",)
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
            unlimited = ("bench",)

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
            unlimited = ("bench",)
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
        limited = chip_of(("a", lambda made: ()), ("b", lambda made: ()), budgets=[(1, "ab")])
        model = model_of(limited)
        model.plant("b", "hung")
        report = limited(model).converge()
        assert {line.name: (line.outcome, line.cause) for line in report.lines} == {
            "a": (Outcome.BLOCKED, "b"),
            "b": (Outcome.FAILED, "b"),
        }
        assert model["a"].hw.status.phase == 0
        (lost,) = limited(model).plan(only={"a"}).lost
        assert (lost.outcome, lost.by) == (Outcome.BLOCKED, "b")
        (line,) = limited(model).converge(only={"a"}).lines
        assert (line.outcome, line.cause) == (Outcome.BLOCKED, "b"), "though this run does not lead it"
        assert model["a"].hw.status.phase == 0

    @pytest.mark.parametrize("among", ["ab", "abc"])
    def test_who_holds_a_budget_by_hanging_is_the_root_also_of_what_it_waits_for_itself(self, among):
        """b could be looked at without a, but hangs: a may not begin, and b waits for a."""
        limited = chip_of(
            ("a", lambda made: ()), ("b", lambda made: (rail(made["a"]),)), ("c", lambda made: ()), budgets=[(1, among)]
        )
        model = model_of(limited)
        model.plant("b", "hung")
        report = limited(model).converge()
        assert [(line.name, type(line.error)) for line in report.of(Outcome.FAILED)] == [("b", BusFault)]
        blocked = {line.name: line.cause for line in report.of(Outcome.BLOCKED)}
        assert blocked == dict.fromkeys(set(among) - {"b"}, "b")
        assert report.first_error is report.of(Outcome.FAILED)[0].error

    def test_who_may_hold_a_budget_keeps_no_step_that_draws_on_another_one(self):
        class Twice(Worker):
            @step(Job.STUMBLED, Job.BUSY, effect=Effect.STOPS_TRAFFIC, budget="retries")
            def retry(self):
                """Once more, one at a time."""
                self.regs.bus.write(self.regs.command.address, 1)

        class Limited(Chip):
            name = "limited"
            canary = Canary(0, 0x4A4F4231)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a, self.b = (Twice(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
                self.budgets = (Budget("bench", 2, (self.a, self.b)), Budget("retries", 1, (self.a, self.b)))

        model = model_of(Limited)
        model.plant("b", "hung")
        assert {line.name: line.outcome for line in Limited(model).converge().lines} == {
            "a": Outcome.GOAL,
            "b": Outcome.FAILED,
        }

    @pytest.mark.parametrize("at", range(0, 22, 2))
    def test_a_dead_bus_ends_it_all_and_is_reported(self, at):
        bus = ErrorInjector(model_of(CHAIN), {at: InjectedError("dead")})
        report = CHAIN(bus).converge()
        assert isinstance(report.ended, (LinkDown, WrongChip))
        assert not report.ok
        assert report.first_error is report.ended

    @pytest.mark.parametrize("act", ["survey", "plan"])
    def test_a_dead_bus_is_what_looking_finds_and_no_plan_is_made_for_it(self, act):
        booted = model_of(CHAIN)
        CHAIN(booted).converge()
        bus = ErrorInjector(booted, {})
        getattr(CHAIN(bus), act)()
        for at in range(bus.count):
            look = getattr(CHAIN(ErrorInjector(booted, {at: InjectedError("dead")})), act)()
            assert isinstance(look.ended, LinkDown), at
            assert look.tenant is Tenant.UNKNOWN
            assert {one.outcome for one in look.seen} <= {Outcome.GOAL, Outcome.UNKNOWN}
            assert look.seen[-1].outcome is Outcome.UNKNOWN, "whoever is looked at last"
            assert not getattr(look, "acts", ())

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
        booted = model_of(Ports)
        Ports(booted).converge()
        for at in range(len(Ports.ports) + len("abcd")):
            survey = Ports(Cut(booted, at)).survey()
            assert survey.ended is None
            assert [one.outcome for one in survey.seen[:2]] == [Outcome.GOAL] * 2
            assert survey.seen[-1].outcome is Outcome.UNKNOWN, f"from transaction {at} on"

    def test_of_parts_that_are_lost_the_report_ends_with_one_that_no_line_tells_of(self):
        """The loss of a part with a holder is that one's failure; without one, only the report itself can say it."""

        def another(name, bus):
            raise WrongChip("another die", where=name)

        class Parts(chip_of(*((name, lambda made: ()) for name in "abcd"))):
            def wire(self, bus):
                super().wire(bus)
                self.regions = (
                    Region("kept", range(0x2000), None, self.a, partial(another, "kept", bus)),
                    Region("bare", range(0x2000, 0x3000), None, None, partial(another, "bare", bus)),
                    Region("sound", range(0x3000, 0x4000), self.canary, tenant=Tenant.IDLE),
                )

        chip = Parts(model_of(Parts))
        report = chip.converge()
        assert report.ended.where == "bare"
        assert [line.error and line.error.where for line in report.lines] == ["kept", None, None, None]
        outcomes = [line.outcome for line in report.lines]
        assert outcomes == [Outcome.FAILED, Outcome.BLOCKED, Outcome.UNKNOWN, Outcome.GOAL]
        assert chip.converge(only=["a"]).ended is None
        assert chip.converge(only=["b"]).ended.where == "kept", "its holder is in no line of this report"

    def test_a_single_spoilt_read_changes_no_decision(self):
        undisturbed = model_of(CHAIN)
        count = CHAIN(undisturbed).converge().transactions
        for at in range(count):
            model = model_of(CHAIN)
            report = CHAIN(ErrorInjector(model, {at: InjectedError("all_ones")})).converge()
            assert report.ok, f"transaction {at}: {report}"
            assert model.violations() == []
