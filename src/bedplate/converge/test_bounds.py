"""What would go on for ever, or be done twice for good, ends here: bounds that hold whatever drivers and hardware do."""

from types import MappingProxyType

import pytest

from bedplate.block import Block, Effect, Identity, Kind, State, Tenant, Vitals, power, step, wait
from bedplate.bus import Decorator, Meter, ms, us
from bedplate.bus.decorator import MOST
from bedplate.converge import Outcome
from bedplate.converge.cell import MOST_FLAPS
from bedplate.converge.conftest import ALONE, Branch, Job, Regs, Wired, Worker, chip_of, chip_with, led_by, model_of
from bedplate.converge.effects import reset_with, users_lose
from bedplate.converge.scheduler import MOST_INTERRUPTIONS, MOST_ROUNDS, Scheduler
from bedplate.errors import AccessError, BusFault, DriverDefect, Flapping, NeedsIntent, PathLost, PollTimeout
from bedplate.topology import Budget, Harvest, Pair


class Phase(State):
    DETECT = "looks for somebody"
    POLL = "polls"
    UP = "up"


class TestNoEnd:
    """What goes on for ever on the other side ends here, with a name."""

    def test_hardware_that_goes_to_and_fro_between_two_waits_gets_no_new_budget(self):
        seen = []

        class Alternates(Worker):
            goal, reset_state = Phase.UP, Phase.DETECT

            def observe(self):
                seen.append(None)  # the hardware, at each look
                return (Phase.DETECT, Phase.POLL)[len(seen) % 2]

            detect = wait(Phase.DETECT, Phase.POLL, typical=us(10), limit=ms(1))
            poll = wait(Phase.POLL, Phase.UP, typical=us(10), limit=ms(1))

        report = led_by(Alternates)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert isinstance(report.first_error, PollTimeout)
        assert report.device_time < ms(3)

    def test_each_of_two_waits_has_its_own_budget_and_is_told_once(self):
        class Stuck(Worker):
            goal, reset_state = Phase.UP, Phase.DETECT

            def observe(self):
                return Phase.DETECT if self.regs.bus.now() < us(900) else Phase.POLL

            detect = wait(Phase.DETECT, Phase.POLL, typical=us(10), limit=ms(1))
            poll = wait(Phase.POLL, Phase.UP, typical=us(10), limit=ms(2))

        told = []
        report = chip_with(Stuck).converge(listen=lambda event: told.append((event.instance, event.kind)))
        assert isinstance(report.first_error, PollTimeout)
        assert ms(2) < report.first_error.waited < ms(2.5)
        assert told.count(("a", "wait")) == 2

    def test_a_driver_that_tries_again_whatever_happens_is_ended(self):
        class Stubborn(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Read until it is right, come what may."""
                while True:
                    try:
                        if self.regs.bus.read(self.regs.status.address) == 77:
                            return
                    except Exception:  # that is what it is about
                        pass

        report = led_by(Stubborn)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "it loops" in str(report.first_error)

    def test_a_driver_that_hides_how_it_was_ended_is_named_still(self):
        class Hides(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Read for ever, and say nothing of the end."""
                try:
                    while True:
                        self.regs.bus.read(self.regs.status.address)
                except BaseException:  # that is what it is about
                    return

        report = led_by(Hides)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "it loops" in str(report.first_error)

    @pytest.mark.parametrize("verb", ["converge", "observe", "plan"])
    def test_who_only_pauses_is_ended_too(self, verb):
        class Pauses(Worker):
            def observe(self):
                while True:
                    self.settle(us(1))

        chip = chip_with(Pauses)
        getattr(chip, verb)()
        assert chip.bus.now() < ms(200)
        assert "it loops" in str(led_by(Pauses).first_error)

    def test_who_only_looks_at_the_time_is_ended_too(self):
        """On a model time stands still meanwhile."""

        class Spins(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                end = self.regs.bus.now() + us(10)
                while self.regs.bus.now() < end:
                    pass

        report = led_by(Spins)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "it loops" in str(report.first_error)

    @pytest.mark.parametrize("time", [-us(5), -1, 1.5, None])
    def test_who_would_turn_the_time_back_fails_alone(self, time):
        class Back(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                self.regs.bus.sleep(time)

        report = led_by(Back)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "time" in str(report.first_error)
        assert report.device_time >= 0

    @pytest.mark.parametrize("word", [1.0, "x", None, [1]])
    @pytest.mark.parametrize("write", ["write", "write_block"])
    def test_what_is_no_word_is_the_drivers_mistake_not_the_models(self, write, word):
        class Nonsense(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                getattr(self.regs.bus, write)(self.regs.output.address, [word] if write == "write_block" else word)

        report = led_by(Nonsense)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "no number" in str(report.first_error)

    def test_a_wait_has_an_end(self):
        with pytest.raises(AccessError, match="`limit` of the wait is of a wrong kind, wanted int, got inf"):
            wait(Phase.DETECT, Phase.POLL, typical=us(10), limit=float("inf"))
        with pytest.raises(AccessError, match="`limit` of Slow is of a wrong kind, wanted int, got inf"):
            type("Slow", (Branch,), {"limit": float("inf")})
        with pytest.raises(AccessError, match="`limit` of Mixed is of a wrong kind"):
            type("Slow", (type("Mixed", (), {"limit": "soon"}), Branch), {})

    @pytest.mark.parametrize("only", [None, {"b"}], ids=["led", "not led"])
    def test_whoever_is_only_counted_for_a_budget_is_held_to_the_same(self, only):
        """It fails by itself, and whoever waits for the budget is blocked by it."""

        class Loops(Worker):
            def observe(self):
                while True:
                    self.regs.bus.read(0)

        class Writes(Worker):
            def observe(self):
                self.regs.bus.write(self.regs.output.address, 1)

        for kind in (Loops, Writes):
            limited = chip_of(("a", lambda made: ()), ("b", lambda made: ()), budgets=[(1, "ab")])

            def wire(self, bus, limited=limited, kind=kind):
                limited.wire(self, bus)
                self.a = kind(self.a.regs, None)
                self.budgets = (self.budgets[0]._replace(among=(self.a, self.b)),)

            model = model_of(limited)
            report = type("Limited", (limited,), {"wire": wire})(model).converge(only=only)
            outcomes = {line.name: (line.outcome, line.cause) for line in report.lines}
            assert outcomes.pop("a", (Outcome.FAILED, "a")) == (Outcome.FAILED, "a")
            assert outcomes == {"b": (Outcome.BLOCKED, "a")}
            assert model["a"].hw.output.go == 0

    def test_what_a_listener_reads_is_nobody_elses(self):
        chip = ALONE(model_of(ALONE))

        def tell(event):
            if event.kind == "observed":
                for _ in range(MOST - 1):
                    chip.bus.read(0)

        assert chip.converge(listen=tell).ok

    def test_a_listener_that_does_not_end_is_ended(self):
        chip = ALONE(model_of(ALONE))

        def tell(event):
            while True:
                chip.bus.read(0)

        report = chip.converge(listen=tell)
        assert report.ok
        assert any("it loops" in note for note in report.notes)


class TestPermanent:
    """What is permanent is done once in a run."""

    class Fuse(Branch):
        """An output that is burnt."""

        __slots__ = ()
        effect = Effect.PERMANENT

    @pytest.mark.parametrize("error", [False, True], ids=["stays off", "error response"])
    def test_an_output_is_not_turned_on_again(self, error):
        writes = []

        class Deaf(Decorator):
            def transact(self, request):
                if request.is_write and request.address == 12:
                    writes.append(request)
                    if error:
                        raise BusFault("no")
                    return ()
                return super().transact(request)

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: (self.Fuse(made["a"], 0, "fuse"),)))
        report = kind(Deaf(model_of(kind))).converge(intent=["b"])
        assert [line.outcome for line in report.lines] == [Outcome.GOAL, Outcome.FAILED]
        assert len(writes) == 1

    def test_a_step_is_not_taken_again_after_a_recovery(self):
        burnt = []

        class Burns(Worker):
            def observe(self):
                return Job.STUMBLED if self.regs.bus.read(self.regs.status.address) & 0xF else Job.IDLE

            @step(Job.IDLE, Job.DONE, effect=Effect.PERMANENT)
            def start(self):
                """Burn: it stumbles each time."""
                burnt.append(self.name)
                self.regs.bus.write(self.regs.command.address, 1)

            @step(Job.STUMBLED, Job.IDLE)
            def retry(self):
                """Back to where it could be burnt."""
                model["a"].hw.status.phase = 0  # stands for a write that clears the error

        model = model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ())))
        report = type("Led", (Wired,), {"first": Burns})(model).converge(intent=["a"])
        assert burnt == ["a"]
        assert "is permanent, and was done in this run already" in str(report.first_error)


@pytest.mark.parametrize(
    "names", [5, iter(["a"]), (name for name in "a"), "a"], ids=["number", "iterator", "generator", "text"]
)
@pytest.mark.parametrize("what", ["only", "force", "intent"])
def test_names_that_are_no_collection_of_texts_are_refused_before_anything_else(what, names):
    bus = Meter(model_of(ALONE))
    with pytest.raises(AccessError, match="no collection of names"):
        ALONE(bus).converge(**{what: names})
    assert bus.transactions == 0


def test_a_value_that_does_not_say_what_it_is_keeps_no_defect_from_being_told():
    class Shy:
        @property
        def __class__(self):
            raise RuntimeError("working outside of context")

        def fails(self):
            raise ValueError("no")

    class Raises(Worker):
        def observe(self):
            Shy().fails()

    report = led_by(Raises)
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert isinstance(report.first_error, DriverDefect)


class TestOutputs:
    """An output that does not stay on is turned on so often, and named."""

    def kept_off(self, *needs):
        class Worn(Branch):
            """Shown off again as soon as it was looked at; of several, one excludes the other."""

            __slots__ = ()

            def is_on(self):
                word = self.provider.regs.bus.read(self.provider.regs.output.address)
                return bool(word & 1) == self.index if len(needs) > 1 else bool(word & 1)

            def turn_on(self):
                self.provider.regs.bus.write(self.provider.regs.output.address, self.index)

        kind = chip_of(
            ("a", lambda made: ()),
            ("b", lambda made: tuple(Worn(made["a"], index, name) for index, name in needs)),
            ("c", lambda made: ()),
        )
        return kind, model_of(kind)

    def test_two_that_exclude_each_other_are_one_failure_after_a_few_writes(self):
        kind, model = self.kept_off((0, "x"), (1, "y"))
        report = kind(model).converge()
        assert [line.outcome for line in report.lines] == [Outcome.GOAL, Outcome.FAILED, Outcome.GOAL]
        assert isinstance(report.first_error, Flapping)
        assert report.writes < 12

    def test_one_that_falls_off_after_each_round_flaps(self):
        kind, model = self.kept_off((1, "x"))

        class Falls(Decorator):
            """The hardware takes it back when its user has come up."""

            def transact(self, request):
                if request.address == 0x1008 and not request.is_write:
                    words = super().transact(request)
                    if words[0] & 0xF == 2:
                        self.bus.write(12, 0)
                    return words
                return super().transact(request)

        report = kind(Falls(model)).converge()
        assert isinstance(report.first_error, Flapping)
        assert (report.first_error.where, report.lines[1].outcome) == ("a", Outcome.FAILED)

    def test_one_that_resets_took_back_does_not(self):
        resets = []
        kind = chip_of(
            ("a", lambda made: ()),
            ("b", lambda made: (Branch(made["a"], 0, "x"),)),
            vitals=lambda bus: Vitals(Identity(bus.read(0)), (len(resets),), Tenant.IDLE),
        )
        model = model_of(kind)

        def reset(event):
            if event.kind == "on" and len(resets) < MOST_FLAPS:
                resets.append(event.instance)
                model["a"].reset("by itself")

        report = kind(model).converge(listen=reset)
        assert report.ok, str(report)
        assert len(resets) == MOST_FLAPS

    def test_one_that_is_only_just_coming_on_whenever_a_round_begins_does_not_settle(self):
        looks = []

        class Wavers(Branch):
            __slots__ = ()

            def is_on(self):
                looks.append(self)
                return len(looks) % 2 == 0

            def is_coming(self):
                return True

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: (Wavers(made["a"], 0, "x"),)))
        model = model_of(kind)
        for name in "ab":
            model[name].hw.status.phase = 2
        model.write(12, 1)
        report = kind(model).converge()
        assert (report.settled, report.ok) == (False, False), str(report)
        assert len(looks) == 2 * MOST_ROUNDS


class TestInterrupted:
    """What has to be begun anew is, so often; then it is said why it came to no end."""

    def led(self, lost):
        class Breaks(Decorator):
            left = lost

            def transact(self, request):
                if request.address == 8 and self.left:
                    self.left -= 1
                    raise PathLost("cut")
                return super().transact(request)

        bus = Breaks(model_of(ALONE))
        return ALONE(bus).converge(), bus.left

    def test_by_a_path_that_is_lost_and_found(self):
        report, left = self.led(MOST_INTERRUPTIONS)
        assert (report.ok, report.ended, left) == (True, None, 0)
        assert f"begun anew {MOST_INTERRUPTIONS} times" in report.notes[-1]

    def test_by_a_path_that_is_lost_for_good(self):
        report, left = self.led(99)
        assert (report.ok, type(report.ended), left) == (False, PathLost, 99 - MOST_INTERRUPTIONS - 1)

    def test_by_resets_without_end(self):
        resets = []

        def vitals(bus):
            resets.append(bus.now())
            return Vitals(Identity(bus.read(0)), (len(resets),), Tenant.IDLE)

        kind = chip_of(("a", lambda made: ()), vitals=vitals)
        report = kind(model_of(kind)).converge()
        assert (report.ok, report.settled, report.ended) == (False, False, None)
        assert f"begun anew {MOST_INTERRUPTIONS + 1} times" in report.notes[-1]


class TestOutputThatIsLate:
    """Its write may have been lost: it is made once more, unless it is on its way."""

    def led(self, is_coming, lost):
        writes = []

        class Slow(Branch):
            __slots__ = ()

            def is_coming(self):
                return is_coming and bool(writes)

        class Loses(Decorator):
            def transact(self, request):
                if request.is_write and request.address == 12:
                    writes.append(request)
                    if len(writes) <= lost:
                        return ()
                return super().transact(request)

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: (Slow(made["a"], 0, "x"),)))
        return kind(Loses(model_of(kind))).converge(), len(writes)

    def test_is_written_once_more(self):
        report, writes = self.led(is_coming=False, lost=1)
        assert report.ok
        assert writes == 2

    def test_is_not_written_a_third_time(self):
        report, writes = self.led(is_coming=False, lost=9)
        assert isinstance(report.first_error, PollTimeout)
        assert writes == 2

    def test_is_left_alone_while_it_is_coming(self):
        report, writes = self.led(is_coming=True, lost=9)
        assert isinstance(report.first_error, PollTimeout)
        assert writes == 1


class TestBudgets:
    """Who waits for a budget waits for nobody who waits for it."""

    @pytest.mark.parametrize("blank", [True, False], ids=["nothing fused", "one fused"])
    def test_what_the_fuses_need_shares_a_budget_with_what_they_may_remove(self, blank):
        kind = chip_of(
            ("supply", lambda made: ()),
            ("fuses", lambda made: (power(made["supply"]),)),
            ("first", lambda made: ()),
            ("second", lambda made: ()),
            budgets=((1, ("supply", "first", "second")),),
            harvest=("fuses", 0 if blank else 1, ("first",)),
        )
        report = kind(model_of(kind)).converge()
        assert report.ok
        assert report.number(Outcome.HARVESTED) == (0 if blank else 1)

    def test_whoever_draws_on_it_in_two_steps_goes_from_one_to_the_other(self):
        hardware = dict.fromkeys("ab", 0)

        class Ramp(Worker):
            goal, reset_state = End.UP, End.OFF

            def observe(self):
                return list(End)[hardware[self.name]]

            @step(End.OFF, End.READY, budget="bench")
            def begin(self):
                """The first part."""
                hardware[self.name] = 1

            @step(End.READY, End.TRAIN, budget="bench")
            def go_on(self):
                """The second part."""
                hardware[self.name] = 2

            @step(End.TRAIN, End.UP)
            def end(self):
                """It draws no more."""
                hardware[self.name] = 3

        class Two(Wired):
            def wire(self, bus):
                self.a, self.b = (Ramp(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
                self.budgets = (Budget("bench", 1, (self.a, self.b)),)

        report = Two(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ())))).converge()
        assert report.ok, str(report)

    def test_those_who_are_reset_with_it_are_counted_once_however_many_paths_lead_there(self):
        layers = [(f"x{n}", f"y{n}") for n in range(18)]

        def needs(n):
            return lambda made: tuple(power(made[name]) for name in layers[n - 1]) if n else ()

        kind = chip_of(*((name, needs(n)) for n, pair in enumerate(layers) for name in pair))
        run = Scheduler(kind(model_of(kind)))
        assert len(reset_with(run.cells["x0"])) == 2 * 17


def test_whom_fuses_may_remove_loses_nothing_by_them():
    class Keeps(Worker):
        loses = MappingProxyType({Kind.POWER: Effect.LOSES_DATA})

    class Fused(Wired):
        def wire(self, bus):
            super().wire(bus)
            self.c = Keeps(Regs(bus, 0x2000, "c"), None, power(self.b))
            self.harvests = (Harvest(self.a, lambda: 0, ((self.b, self.c),)),)

    run = Scheduler(Fused(model_of(chip_of(*((name, lambda made: ()) for name in "abc")))))
    assert [users_lose(run.cells[name]) for name in "ab"] == [Effect.NONE, Effect.LOSES_DATA]


def test_an_intent_for_one_is_none_for_another():
    class Burns(Worker):
        @step(Job.IDLE, Job.BUSY, effect=Effect.PERMANENT)
        def start(self):
            """Burn."""
            self.regs.bus.write(self.regs.command.address, 1)

    class Two(Wired):
        first = Burns

        def wire(self, bus):
            super().wire(bus)
            self.b = Burns(self.b.regs, None)

    model = model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ())))
    report = Two(model).converge(intent=["a"])
    assert [line.outcome for line in report.lines] == [Outcome.GOAL, Outcome.FAILED]
    assert isinstance(report.first_error, NeedsIntent)
    assert model["b"].hw.status.phase == 0


class End(State):
    OFF = "off"
    READY = "may train"
    TRAIN = "trains"
    UP = "up"


@pytest.mark.parametrize(
    "shown",
    [(End.READY, End.UP), (End.READY, End.TRAIN), (End.TRAIN, End.UP), (End.OFF, End.READY)],
    ids=lambda shown: "-".join(state.name for state in shown),
)
def test_a_pair_one_end_of_which_shows_another_state_at_each_look_has_one_root(shown):
    looks = []

    class EndDriver(Block[Regs, None]):
        goal, reset_state = End.UP, End.OFF

        def observe(self):
            if self.regs.bus.read(self.regs.status.address) & 0xF != 2:
                return End.OFF
            looks.append(self.name)
            return shown[looks.count("b") % 2] if self.name == "b" else End.READY

        @step(End.OFF, End.READY)
        def enable(self):
            """Enable it."""
            self.regs.bus.write(self.regs.command.address, 1)
            self.regs.bus.sleep(us(200))

        @step(End.READY, End.TRAIN, together=True)
        def train(self):
            """Train it."""
            self.regs.bus.write(self.regs.output.address, 1)

        training = wait(End.TRAIN, End.UP, typical=us(10), limit=ms(1))

    class Linked(Wired):
        def wire(self, bus):
            self.a, self.b = (EndDriver(Regs(bus, 0x1000 * n, name), None) for n, name in enumerate("ab"))
            self.c = Worker(Regs(bus, 0x2000, "c"), None)
            self.pairs = (Pair(self.a, self.b),)

    report = Linked(model_of(chip_of(*((name, lambda made: ()) for name in "abc")))).converge()
    outcomes = {line.name: (line.outcome, line.cause) for line in report.lines}
    assert outcomes["c"][0] is Outcome.GOAL
    roots = {cause for outcome, cause in outcomes.values() if outcome is not Outcome.GOAL}
    assert len(roots) == 1
