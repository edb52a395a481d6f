"""What a run has found out holds until something happens: then it looks, asks and counts anew. And it looks at nothing too early."""

import pytest

from bedplate.block import Block, Identity, State, Tenant, Vitals, link, power, step
from bedplate.bus import Canary, Trace, us
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import ALONE, Branch, Job, Regs, Worker, chip_of, model_of, says
from bedplate.converge.scheduler import STEADY
from bedplate.errors import BusFault, CheckFailed, Flapping, WrongChip
from bedplate.topology import Budget, Harvest, Pair, Region

TWO = chip_of(("a", lambda made: ()), ("b", lambda made: (link(made["a"]),)))


def two(first, second):
    """A chip of two, of these drivers, the second of which works through a link to the first."""

    class Two(Chip):
        name = "two"
        canary = Canary(0, 0x4A4F4231)
        unlimited = ("bench",)
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.a = first(Regs(bus, 0, "a"), None)
            self.b = second(Regs(bus, 0x1000, "b"), None, link(self.a))

    return Two


class TestJudgedOnceMore:
    """In the round after one in which something happened."""

    def test_who_was_at_its_goal_before_what_it_needs_was_lost(self):
        words = [Tenant.IDLE] * 99

        class Apart(Chip):
            name = "apart"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)

            def wire(self, bus):
                self.a = Worker(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x2000, "b"), None, power(self.a))
                self.c = Worker(Regs(bus, 0x1000, "c"), None)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=lambda: self.near(bus)),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=lambda: says(Tenant.IDLE)(bus)),
                )

            def near(self, bus):
                if not words:
                    raise WrongChip("another die", where="near")
                return says(words.pop())(bus)

        model = model_of(Apart)
        assert Apart(model).converge().ok
        model["c"].hw.status.phase = 0
        words[:] = [Tenant.IDLE]  # at the start; not before the step of c, after b was seen at its goal
        lines = {line.name: line for line in Apart(model).converge().lines}
        assert (lines["b"].outcome, lines["b"].cause) == (Outcome.BLOCKED, "near")

    def test_what_was_only_waited_for(self):
        model = model_of(ALONE)
        model.write(4, 1)  # by somebody before this run
        report = ALONE(model).converge()
        assert (report.ok, report.writes) == (True, 0)
        assert report.device_time - report.lines[0].reached >= STEADY

    def test_what_was_done_in_one_step(self):
        class Switch(Worker):
            def observe(self):
                return Job.DONE if self.regs.bus.read(self.regs.output.address) & 1 else Job.IDLE

            @step(Job.IDLE, Job.DONE)
            def start(self):
                """On, at once."""
                self.regs.bus.write(self.regs.output.address, 1)

        report = two(Switch, Switch)(model_of(TWO)).converge()
        assert report.ok
        assert report.device_time - max(line.reached for line in report.lines) >= STEADY

    def test_not_before_the_last_one_has_stayed_there_for_a_while(self):
        kind = chip_of(("a", lambda made: ()), ("b", lambda made: ()))
        model = model_of(kind)
        model.plant("b", "slow", 9)
        report = kind(model).converge()
        assert report.ok
        assert report.device_time - max(line.reached for line in report.lines) >= STEADY

    def test_what_was_waited_for_by_an_output_alone(self):
        class Coming(Branch):
            """Turned on by somebody before this run."""

            __slots__ = ()

            def is_on(self):
                return self.provider.regs.bus.now() > us(500)

            def is_coming(self):
                return True

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: (Coming(made["a"], 0, "x"),)))
        model = model_of(kind)
        for name in "ab":
            model[name].hw.status.phase = 2
        model.write(12, 1)
        report = kind(model).converge()
        assert (report.ok, report.writes) == (True, 0)
        assert report.device_time - report.lines[1].reached >= STEADY


class TestAskedOnceMore:
    """Before anybody is blamed, or gives up."""

    def test_who_has_failed_and_held_a_budget_then(self):
        limited = chip_of(
            *((name, lambda made: ()) for name in "abc"),
            ("d", lambda made: (link(made["c"]),)),
            budgets=[(1, "ab")],
        )
        model = model_of(limited)
        model.plant("a", "slow", 15)  # it is given up, and ends a while after
        model.plant("c", "slow", 9)
        model.plant("d", "slow", 9)
        lines = {line.name: line for line in limited(model).converge().lines}
        assert {name for name, line in lines.items() if line.outcome is Outcome.FAILED} == {"a"}
        assert lines["b"].outcome is Outcome.GOAL

    @pytest.mark.parametrize(("times", "ended"), [(1, None), (99, BusFault)])
    def test_a_part_that_does_not_answer_who_it_is(self, times, ended):
        left = [times]

        def vitals(bus):
            if left[0]:
                left[0] -= 1
                raise BusFault("no answer")
            return Vitals(Identity(bus.read(0)), (), Tenant.IDLE)

        kind = chip_of(("a", lambda made: ()), vitals=vitals)
        report = kind(model_of(kind)).converge()
        assert report.ok is (ended is None)
        assert isinstance(report.ended, ended or type(None))

    @pytest.mark.parametrize(
        "error", [CheckFailed("gone"), BusFault("gone"), ValueError("no word")], ids=lambda error: type(error).__name__
    )
    def test_the_provider_of_who_stumbles_over_its_absence(self, error):
        model = model_of(TWO)
        lost = []

        class Betrayed(Worker):
            @step(Job.IDLE, Job.BUSY, attempts=1)
            def start(self):
                """The first time, its provider leaves its goal under it."""
                if not lost:
                    lost.append(self.name)
                    model["a"].hw.status.phase = 0
                    raise error
                self.regs.bus.write(self.regs.command.address, 1)

        report = two(Worker, Betrayed)(model).converge()
        assert report.ok, str(report)
        assert report.steps == 4

    def test_who_failed_before_a_reset_that_nobody_saw_until_the_end(self):
        """With fuses that could not be read before it: they are asked again."""
        resets = []
        kind = chip_of(
            ("fuses", lambda made: ()),
            ("a", lambda made: ()),
            vitals=lambda bus: Vitals(Identity(bus.read(0)), (len(resets),), Tenant.IDLE),
        )

        def mask():
            if not resets:
                raise CheckFailed("not loaded")
            return 0

        class Fused(kind):
            def wire(self, bus):
                super().wire(bus)
                self.harvests = (Harvest(self.fuses, mask, ((self.a,),)),)

        model = model_of(kind)
        for name in ("fuses", "a"):
            model[name].hw.status.phase = 2
        report = Fused(model).converge(listen=lambda event: resets.append(event) if event.kind == "failed" else None)
        assert report.ok, str(report)
        assert "begun anew once" in report.notes[0]

    def test_the_provider_before_who_fell_with_it_is_recovered(self):
        model = model_of(TWO)
        assert TWO(model).converge().ok
        fell, events = [], []

        class Falls(Worker):
            def observe(self):
                if not fell:
                    fell.append(self.name)
                    model["a"].hw.status.phase, model["b"].hw.status.phase = 0, 4
                return super().observe()

        assert two(Worker, Falls)(model).converge(listen=events.append).ok
        assert [event.instance for event in events if event.kind == "step"] == ["a", "b"]

    def test_whether_anything_else_was_reset_than_what_the_run_reset_itself(self):
        resets = []

        class Gives(Worker):
            @step(Job.IDLE, Job.BUSY, withdraws=True)
            def start(self):
                """Resets those who have their power by it, the first time."""
                resets.append(self.name)
                self.regs.bus.write(self.regs.command.address, 1)

        class Struck(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Somebody else resets it."""
                resets.append(self.name)
                self.regs.bus.write(self.regs.command.address, 1)

        class Counting(Chip):
            name = "counting"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)

            def wire(self, bus):
                self.a = Gives(Regs(bus, 0, "a"), None)
                self.b = Struck(Regs(bus, 0x1000, "b"), None, power(self.a))
                self.c = Worker(Regs(bus, 0x2000, "c"), None, power(self.b))
                ask = lambda: Vitals(Identity(1), (len(resets),), Tenant.IDLE)  # noqa: E731
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=ask, epoch_of=lambda block: 0),)

        report = Counting(model_of(Counting)).converge()
        assert report.ok, str(report)
        assert "begun anew once" in report.notes[0]


def test_so_has_what_was_recovered_itself():
    model = model_of(ALONE)
    started = []

    class Stumbles(Worker):
        @step(Job.IDLE, Job.BUSY, attempts=1)
        def start(self):
            """The first time, it stumbles."""
            started.append(self.name)
            self.regs.bus.write(self.regs.command.address, 1)

        @step(Job.STUMBLED, Job.IDLE)
        def retry(self):
            """Back to where it starts."""
            model["a"].hw.status.phase = 0  # stands for a write that clears the error

    class Alone(ALONE):
        def wire(self, bus):
            self.a = Stumbles(Regs(bus, 0, "a"), None)

    model.plant("a", "stumble", times=1)
    report = Alone(model).converge()
    assert report.ok, str(report)
    assert len(started) == 2


def test_who_needs_what_was_recovered_has_its_attempts_again():
    model = model_of(TWO)
    recovered = []

    class Stumbles(Worker):
        @step(Job.STUMBLED, Job.BUSY)
        def retry(self):
            """Once more."""
            recovered.append(self.name)
            self.regs.bus.write(self.regs.command.address, 1)

    class Deaf(Worker):
        @step(Job.IDLE, Job.BUSY)
        def start(self):
            """It is not heard, and its provider stumbles, until that was recovered."""
            if recovered:
                self.regs.bus.write(self.regs.command.address, 1)
            else:
                model["a"].hw.status.phase = 4

    report = two(Stumbles, Deaf)(model).converge()
    assert report.ok, str(report)
    assert recovered == ["a"]


class TestProviderThatWentAway:
    """Whoever built upon it is led anew, from its needs on."""

    def chip(self, second, third, budgets=()):
        """Of three; the second and, where it shares no budget, the third work through links to the first."""

        class Three(Chip):
            name = "three"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)
            tenant = Tenant.IDLE

            def wire(self, bus):
                self.a = Worker(Regs(bus, 0, "a"), None)
                self.b = second(Regs(bus, 0x1000, "b"), None, link(self.a))
                self.c = third(Regs(bus, 0x2000, "c"), None, *(() if budgets else (link(self.a),)))
                self.budgets = tuple(Budget("bench", most, (self.b, self.c)) for most in budgets)

        return Three, model_of(Three)

    def test_for_good_fails_once_and_nobody_goes_on_without_it(self):
        class Betrays(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """What it stands on burns."""
                model["a"].hw.status.phase = 3
                raise CheckFailed("gone", where=self.name)

        kind, model = self.chip(Worker, Betrays)
        model.plant("b", "stumble")
        events = []
        report = kind(model).converge(listen=events.append)
        assert {line.name: (line.outcome, line.cause) for line in report.lines} == {
            "a": (Outcome.FAILED, "a"),
            "b": (Outcome.BLOCKED, "a"),
            "c": (Outcome.BLOCKED, "a"),
        }
        assert [event.instance for event in events if event.kind == "failed"] == ["a"]
        assert [event.instance for event in events if event.kind == "step"] == ["a", "b", "c"]

    def test_over_and_over_flaps(self):
        class Betrays(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """What it stands on goes, each time, and comes back by itself."""
                model["a"].hw.status.phase = 1
                model["a"].after(us(50), model["a"].end)
                raise CheckFailed("gone", where=self.name)

        kind, model = self.chip(Worker, Betrays)
        report = kind(model).converge()
        assert {line.name: line.cause for line in report.lines} == dict.fromkeys("abc", "a")
        assert isinstance(report.first_error, Flapping)

    def test_leaves_a_budget_that_is_held_all_the_same(self):
        lost, busy = [], []

        class Fragile(Worker):
            def observe(self):
                state = super().observe()
                if state is Job.BUSY and not lost:
                    lost.append(self.name)
                    model["a"].hw.status.phase = 0
                if model["a"].hw.status.phase != 2:
                    raise CheckFailed("no word", where=self.name)
                return state

        class Watch(Trace):
            def transact(self, request):
                busy.append(sum(model[name].hw.status.phase == 1 for name in "bc"))
                return super().transact(request)

        kind, model = self.chip(Fragile, Worker, budgets=[1])
        assert kind(Watch(model)).converge().ok
        assert (lost, max(busy)) == (["b"], 1)


def test_who_waits_is_looked_at_when_it_is_due_whatever_is_led_beside_it():
    def looks(*beside):
        kind = chip_of(("a", lambda made: ()), *beside)
        model = model_of(kind)
        model.plant("a", "slow", 9)
        for name, _ in beside:
            model.plant(name, "slow", 3)
        trace = Trace(model)
        assert kind(trace).converge().ok
        return sum(not t.request.is_write and t.request.address == 8 for t in trace.log)

    assert looks(("b", lambda made: ()), ("c", lambda made: (power(made["b"]),))) == looks()


class End(State):
    OFF = "off"
    READY = "may train"
    UP = "up"


class EndDriver(Block[Regs, None]):
    goal, reset_state = End.UP, End.OFF

    def observe(self):
        if self.regs.bus.read(self.regs.status.address) & 0xF != 2:
            return End.OFF
        return End.UP if self.regs.bus.read(self.regs.output.address) & 1 else End.READY

    @step(End.OFF, End.READY)
    def enable(self):
        """Enable it."""
        self.regs.bus.write(self.regs.command.address, 1)
        self.regs.bus.sleep(us(200))

    @step(End.READY, End.UP, together=True)
    def train(self):
        """Train it."""
        self.regs.bus.write(self.regs.output.address, 1)


def test_who_works_through_a_pair_does_nothing_before_both_ends_were_seen_at_their_goal_in_this_round():
    class Linked(Chip):
        name = "linked"
        canary = Canary(0, 0x4A4F4231)
        unlimited = ("bench",)
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.a, self.b = (EndDriver(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
            self.c = Worker(Regs(bus, 0x2000, "c"), None, link(self.a))
            self.pairs = (Pair(self.a, self.b),)

    model = model_of(Linked)
    before, events = [], []

    def tell(event):
        """Once all are up, one end goes, which the other one does not show, and so does who works through it."""
        events.append((event.instance, event.kind))
        if events[-1] == ("c", "goal") and not before:
            before.extend(events)
            events.clear()
            model["b"].reset("by itself")
            model["c"].hw.status.phase = 0

    assert Linked(model).converge(listen=tell).ok
    assert events.index(("b", "goal")) < events.index(("c", "step"))


def test_ends_that_were_reset_have_not_met_and_each_fails_by_itself():
    struck = []

    class Linked(Chip):
        name = "linked"
        canary = Canary(0, 0x4A4F4231)
        unlimited = ("bench",)

        def wire(self, bus):
            self.a, self.b = (EndDriver(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
            self.pairs = (Pair(self.a, self.b),)
            ask = lambda: Vitals(Identity(1), (len(struck),), Tenant.IDLE)  # noqa: E731
            self.regions = (Region("chip", range(1 << 20), self.canary, ask=ask),)

    model = model_of(Linked)

    def tell(event):
        """Once one of them has trained, both are reset, and neither hears any more."""
        if not struck and event.text.startswith("train"):
            struck.append(event.instance)
            for name in "ab":
                model[name].reset("by itself")
                model.plant(name, "deaf")

    report = Linked(model).converge(listen=tell)
    assert {line.name: line.outcome for line in report.lines} == dict.fromkeys("ab", Outcome.FAILED)


class TestTooEarly:
    """Who is only counted for a budget is not looked at before it is known whether it is there, nor in place of its own turn."""

    def fused(self, mask, needs):
        """The first of two that share a budget may be fused off."""
        kind = chip_of(
            ("supply", lambda made: ()),
            ("fuses", lambda made: (power(made["supply"]),)),
            ("first", lambda made: ()),
            ("second", lambda made: ()),
            budgets=((1, ("first", *needs)),),
        )

        class Fused(kind):
            def wire(self, bus):
                super().wire(bus)
                self.harvests = (Harvest(self.fuses, lambda: mask(self.fuses), ((self.first,),)),)

        return Fused, model_of(kind)

    def test_fuses_that_are_not_at_their_goal_are_not_asked(self):
        asked = []

        def mask(fuses):
            asked.append(fuses.observe())
            return 0

        kind, model = self.fused(mask, ["supply"])
        assert kind(model).converge().ok
        assert set(asked) == {Job.DONE}

    @pytest.mark.parametrize("mask", [0, 1, 2])
    def test_who_waits_for_what_fuses_decide_goes_on_when_they_have(self, mask):
        """The fuses share no budget with anybody; who may be fused off has no turn before one that waits."""
        kind = chip_of(
            ("y", lambda made: ()),
            ("x", lambda made: ()),
            ("fuses", lambda made: (power(made["x"]),)),
            ("p", lambda made: (link(made["y"]),)),
            ("q", lambda made: (link(made["p"]),)),
            budgets=((1, ("x", "q")), (2, ("y", "p"))),
        )

        class Fused(kind):
            def wire(self, bus):
                super().wire(bus)
                self.harvests = (Harvest(self.fuses, lambda: mask, ((self.p, self.q), (self.q,))),)

        report = Fused(model_of(kind)).converge()
        assert report.ok, str(report)
        assert report.number(Outcome.GOAL) == {0: 5, 1: 3, 2: 4}[mask]

    @pytest.mark.parametrize("only", [None, {"second"}], ids=["led", "not led"])
    def test_a_part_that_is_fused_off_is_not_looked_at(self, only):
        kind, model = self.fused(lambda fuses: 1, ["second"])
        assert kind(model).converge(only={"fuses"}).ok
        trace = Trace(model)
        report = kind(trace).converge(only=only)
        assert (report.ok, report.number(Outcome.HARVESTED)) == (True, 0 if only else 1)
        assert not [t for t in trace.log if t.request.address in range(0x2000, 0x3000)]

    def test_nor_is_one_that_may_be_before_the_fuses_are_read(self):
        kind, model = self.fused(lambda fuses: 1, ["second"])
        trace = Trace(model)
        assert kind(trace).converge().ok
        assert not [t for t in trace.log if t.request.address in range(0x2000, 0x3000)]

    def test_one_that_never_gets_its_power_is_not_looked_at(self):
        kind = chip_of(
            ("supply", lambda made: ()),
            ("a", lambda made: ()),
            ("b", lambda made: (power(made["supply"]),)),
            budgets=((1, "ab"),),
        )
        model = model_of(kind)
        model.plant("supply", "burnt")
        lines = {line.name: line.outcome for line in kind(model).converge().lines}
        assert lines == {"supply": Outcome.FAILED, "a": Outcome.GOAL, "b": Outcome.BLOCKED}
        assert model.fabric_log == []

    def test_what_those_who_share_a_budget_need_is_asked_no_oftener_for_that(self):
        def asked(*budgets):
            kind = chip_of(
                ("supply", lambda made: ()),
                *((name, lambda made: (power(made["supply"]),)) for name in "abcd"),
                budgets=budgets,
            )
            trace = Trace(model_of(kind))
            assert kind(trace).converge().ok
            return sum(t.request.address == 8 for t in trace.log)

        assert asked((1, "abcd")) == asked()
