"""What a run takes on trust from whom: nothing from those who listen, no word about the bus from a driver, no second run."""

from contextlib import suppress

import pytest

from bedplate.block import SERVICE, Effect, Identity, Tenant, Vitals, power, step, wait
from bedplate.bus import Decorator, ms, us
from bedplate.bus.decorator import MOST
from bedplate.converge import Outcome, lead
from bedplate.converge.conftest import ALONE, CHAIN, Branch, Job, Worker, chip_of, chip_with, led_by, model_of
from bedplate.converge.effects import reset_with
from bedplate.converge.scheduler import Scheduler
from bedplate.converge.scope import cells
from bedplate.converge.vigil import Overtaken, RegionLost, Regressed, Vigil
from bedplate.errors import (
    BusError,
    BusFault,
    CheckFailed,
    DriverDefect,
    EnvError,
    LinkDown,
    NotOwner,
    PathLost,
    UnderLoad,
)
from bedplate.topology import Region

PLACE = Region("elsewhere", range(4))
OURS = (Overtaken("x"), Regressed("b", "y"), Regressed("nobody", "y"), RegionLost(PLACE, BusFault("z")))
PAIR = (("a", lambda made: ()), ("b", lambda made: (power(made["a"]),)))


class TestListener:
    def test_is_told_of_a_step_when_it_is_over(self):
        """A workload that begins while it is told is seen before the next act, and none was begun under it."""
        busy, written = [], []
        kind = chip_of(*PAIR, vitals=lambda bus: Vitals(Identity(1), (), Tenant.ACTIVE if busy else Tenant.IDLE))

        class Watched(Decorator):
            def transact(self, request):
                if request.is_write:
                    written.append(bool(busy))
                return super().transact(request)

        def tell(event):
            if event.kind == "step":
                busy.append(event.instance)

        report = kind(Watched(model_of(kind))).converge(listen=tell)
        assert written == [False]
        assert busy == ["a"]
        assert [type(line.error) for line in report.lines] == [type(None), UnderLoad]

    @pytest.mark.parametrize("kind", ["observed", "step", "wait", "goal"])
    def test_that_writes_is_refused_whatever_it_is_told_of(self, kind):
        model = model_of(ALONE)
        chip = ALONE(model)

        def tell(event):
            if event.kind == kind:
                chip.bus.write(chip.a.regs.output.address, 1)

        report = chip.converge(listen=tell)
        assert report.ok
        assert report.writes == 1
        assert model["a"].hw.output.go == 0
        assert any("listener: lost" in note for note in report.notes)

    def test_that_writes_is_refused_between_rounds_as_well(self):
        """What a run says of a reset behind its back it says while it leads nobody."""
        told, epochs = [], iter((0, 1, *[1] * 20))
        kind = chip_of(("a", lambda made: ()), vitals=lambda bus: Vitals(Identity(1), (next(epochs),), Tenant.IDLE))
        model = model_of(kind)
        chip = kind(model)

        def tell(event):
            if event.kind == "interrupted":
                told.append(event)
                chip.bus.write(chip.a.regs.output.address, 1)

        chip.converge(listen=tell)
        assert told
        assert model["a"].hw.output.go == 0

    def test_hears_of_a_step_at_the_time_when_it_began(self):
        events = []
        ALONE(model_of(ALONE)).converge(listen=events.append)
        times = [event.time for event in events]
        assert times == sorted(times)
        assert [event.kind for event in events] == ["observed", "step", "wait", "observed", "goal"]


@pytest.mark.parametrize("error", [LinkDown("gone"), PathLost("lost"), EnvError("no room"), NotOwner("not yours")])
class TestDriverThatSpeaksForTheBus:
    def test_while_it_looks_fails_and_nobody_else_does(self, error):
        class Liar(Worker):
            def observe(self):
                raise error

        report = led_by(Liar)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert isinstance(report.first_error, DriverDefect)
        assert type(error).__name__ in report.first_error.what

    def test_in_a_step_fails_and_nobody_else_does(self, error):
        class Liar(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Speak for the bus."""
                raise error

        report = led_by(Liar)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert isinstance(report.first_error, DriverDefect)
        assert report.ended is None

    def test_stops_no_look_at_others(self, error):
        class Liar(Worker):
            def observe(self):
                raise error

        assert [one.outcome for one in chip_with(Liar).observe()] == [Outcome.FAILED, None]


class TestDefect:
    """What is wrong with a driver is said as such, with the place in it, and is nobody else's trouble."""

    def test_what_it_asks_for_in_vain_is_a_defect_and_no_misuse_by_the_caller(self):
        class Wrong(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Write what does not fit."""
                self.regs.command.Value().replace(go=4)

        report = led_by(Wrong)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        error = report.first_error
        assert isinstance(error, DriverDefect)
        assert error.exit_code == 1
        assert error.got.startswith("converge/test_trust.py:")
        assert error.got.endswith(" in start")
        assert "trace" in error.next

    def test_who_writes_while_it_observes_is_named(self):
        class Writes(Worker):
            def observe(self):
                self.regs.bus.write(self.regs.command.address, 1)

        error = led_by(Writes).first_error
        assert isinstance(error, DriverDefect)
        assert (error.where, error.wanted) == ("a", "no write")
        assert "belongs into a step" in error.next

    def test_who_hides_that_its_write_was_refused_is_named_still(self):
        class Looks(Worker):
            def observe(self):
                with suppress(Exception):
                    self.regs.bus.write(self.regs.command.address, 1)
                return super().observe()

        class Acts(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Start what lies beside it as well."""
                self.regs.bus.write(self.regs.command.address, 1)
                with suppress(BaseException):
                    self.regs.bus.write(self.regs.command.address + 0x1000, 1)

        for kind, what in ((Looks, "observe: a write"), (Acts, "start: a write")):
            report = led_by(kind)
            assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
            assert isinstance(report.first_error, DriverDefect)
            assert what in str(report.first_error)
        chip = chip_with(Looks)
        assert [one.outcome for one in chip.observe()] == [Outcome.FAILED, None]

    @pytest.mark.parametrize("error", [SystemExit(0), GeneratorExit()])
    def test_who_ends_the_process_ends_only_itself(self, error):
        report = led_by(type("Leaves", (Worker,), {"observe": raising(error)}))
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert isinstance(report.first_error, DriverDefect)

    @pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
    @pytest.mark.parametrize("way", ["observe", "start", "turn_on", "vitals", "listener"])
    def test_who_raises_what_a_run_tells_itself_is_not_believed(self, way, error):
        """What the run says of resets and lost parts is its own word: of a driver it is one more exception."""
        boom = raising(error)
        kind = chip_of(("a", lambda made: ()), ("b", lambda made: ()), vitals=boom if way == "vitals" else None)
        if way == "turn_on":
            odd = type("Odd", (Branch,), {"turn_on": boom})
            kind = chip_of(("a", lambda made: ()), ("b", lambda made: (odd(made["a"], 0, "x"),)))
        chip = kind(model_of(kind))
        if way in ("observe", "start"):
            space = {"observe": boom} if way == "observe" else {"start": step(Job.IDLE, Job.BUSY)(boom)}
            chip = chip_with(type("Odd", (Worker,), space))
        report = chip.converge(listen=boom if way == "listener" else None)
        assert report.ok == (way == "listener")
        assert not any("begun anew" in note for note in report.notes)
        if way == "listener":
            assert any("listener: lost" in note for note in report.notes)
        else:
            assert type(report.first_error or report.ended) is DriverDefect
            assert f"the driver raised {type(error).__name__}" in str(report.first_error or report.ended)

    @pytest.mark.parametrize("attribute", [*Vitals._fields, "is_proper", "same_life"])
    def test_vitals_of_an_authors_own_kind_are_none(self, attribute):
        def boom(vitals):
            raise ValueError(attribute)

        own = type("Own", (Vitals,), {attribute: property(boom)})
        kind = chip_of(("a", lambda made: ()), vitals=lambda bus: own(Identity(1), (), Tenant.IDLE))
        report = kind(model_of(kind)).converge()
        assert "no proper answer" in str(report.ended)

    def test_a_ctrl_c_ends_the_run(self):
        with pytest.raises(KeyboardInterrupt):
            led_by(type("Interrupted", (Worker,), {"observe": raising(KeyboardInterrupt())}))

    def test_a_step_that_never_ends_is_ended(self):
        class Endless(Worker):
            @step(Job.IDLE, Job.BUSY)
            def start(self):
                """Wait for what never comes."""
                while self.regs.bus.read(self.regs.status.address) < 100:
                    pass

        report = led_by(Endless)
        assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
        assert "it loops" in str(report.first_error)
        assert report.first_error.where == "a"

    @pytest.mark.parametrize("way", ["converge", "survey"])
    def test_a_look_that_never_ends_is_ended(self, way):
        class Endless(Worker):
            def observe(self):
                while self.regs.bus.read_block(self.regs.id.address, 2):
                    pass

        chip = chip_with(Endless)
        found = getattr(chip, way)()
        lines = found.lines if way == "converge" else found.seen
        assert lines[0].outcome is Outcome.FAILED
        for _ in range(MOST):
            chip.a.regs.bus.read(0)  # who is no driver may read for ever

    def test_a_question_who_answers_that_never_ends_is_ended(self):
        def vitals(bus):
            while True:
                bus.read(0)

        report = chip_of(("a", lambda made: ()), vitals=vitals)
        report = report(model_of(report)).converge()
        assert "it loops" in str(report.first_error)


@pytest.mark.parametrize("answer", [float("nan"), -1, 1.5, True, None, "1"])
def test_a_timer_that_gives_no_time_is_a_defect_of_the_driver(answer):
    class Odd(Worker):
        work = wait(Job.BUSY, Job.DONE, typical=us(100), limit=ms(1), elapsed=lambda block: answer)

    report = led_by(Odd)
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert isinstance(report.first_error, DriverDefect)
    assert report.first_error.got.startswith(f"{answer!r}, converge/test_trust.py:")  # and the line that says it


def test_who_gives_power_no_more_resets_all_who_have_theirs_by_it():
    made = cells(CHAIN(model_of(CHAIN)), SERVICE, None)
    assert [cell.name for cell in reset_with(made["a"])] == ["b", "c"]
    assert reset_with(made["d"]) == []


class TestSecondRun:
    def test_over_a_chip_is_refused_before_it_asks_anything(self):
        chip = CHAIN(model_of(CHAIN))
        first = Scheduler(chip).go()
        next(first)
        asked = chip.meter.transactions
        with pytest.raises(NotOwner, match="another run over this chip has not ended"):
            next(Scheduler(chip).go())
        assert chip.meter.transactions == asked
        first.close()
        assert chip.converge().ok

    def test_from_within_a_listener_is_refused_and_the_first_goes_on(self):
        chip = CHAIN(model_of(CHAIN))
        report = chip.converge(listen=lambda event: chip.converge())
        assert report.ok
        assert any("another run over this chip" in note for note in report.notes)


class Unsayable(Exception):
    """An exception that cannot say what it is."""

    def __str__(self):
        raise RuntimeError("not even that")


class Mute:
    """A value that cannot be shown."""

    def __repr__(self):
        raise RuntimeError("not even that")


def raising(error):
    def ask(*_):
        raise error

    return ask


@pytest.mark.parametrize(
    "error",
    [
        CheckFailed(None),
        CheckFailed("x", got=3),
        type("Odd", (CheckFailed,), {"__str__": Unsayable.__str__})("x"),
        Unsayable(),
    ],
)
def test_an_error_that_cannot_be_printed_is_a_defect_of_its_driver(error):
    report = led_by(type("Liar", (Worker,), {"observe": raising(error)}))
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert isinstance(report.first_error, DriverDefect)
    assert str(report)


@pytest.mark.parametrize(
    "answer",
    [
        raising(Unsayable()),
        lambda bus: Mute(),
        lambda bus: Vitals(Identity(1), None, Tenant.IDLE),
        lambda bus: Vitals(Identity(1), (1, None), Tenant.IDLE),
        lambda bus: Vitals(Identity("1"), (), Tenant.IDLE),
        lambda bus: Vitals(None, (), Tenant.IDLE),
        lambda bus: Vitals(Identity(1), (), "idle"),
    ],
)
def test_vitals_that_are_none_are_a_defect_of_who_is_asked(answer):
    kind = chip_of(("a", lambda made: ()), vitals=answer)
    report = kind(model_of(kind)).converge()
    assert isinstance(report.first_error, DriverDefect)
    assert (report.ok, report.writes) == (False, 0)


class Undecided(Branch):
    """What it says is no yes and no no."""

    __slots__ = ()
    answer = None

    def is_on(self):
        return self.answer


@pytest.mark.parametrize("answer", [None, "yes", Mute(), 0.5])
class TestOutputThatSaysNeitherYesNorNo:
    def chip(self, answer):
        kind = type("Odd", (Undecided,), {"__slots__": (), "answer": answer})
        return chip_of(("a", lambda made: ()), ("b", lambda made: (kind(made["a"], 0, "x"),)), ("c", lambda made: ()))

    def test_is_a_defect_of_its_provider_and_is_not_turned_on(self, answer):
        chip = self.chip(answer)
        model = model_of(chip)
        report = chip(model).converge()
        assert [line.outcome for line in report.lines] == [Outcome.GOAL, Outcome.FAILED, Outcome.GOAL]
        assert (type(report.first_error), report.first_error.where) == (DriverDefect, "a")
        assert model["a"].hw.output.go == 0

    def test_stops_no_look_at_others(self, answer):
        chip = self.chip(answer)(model_of(self.chip(answer)))
        assert chip.converge(only={"a", "c"}).ok
        assert [one.outcome for one in chip.observe()] == [Outcome.GOAL, None, Outcome.GOAL]


def test_of_two_runs_over_one_chip_neither_keeps_it():
    chip = CHAIN(model_of(CHAIN))
    with pytest.raises(NotOwner) as caught:
        lead([Scheduler(chip), Scheduler(chip)])
    assert chip.converge().ok, caught


class TestRefused:
    def test_a_write_stays_refused_however_often_it_is_tried(self):
        busy, written = [], []

        class Stubborn(Worker):
            @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC)
            def start(self):
                """A workload begins in its midst, and it tries again whatever it is told."""
                self.regs.bus.sleep(us(5))
                busy.append(True)
                for _ in range(3):
                    try:
                        self.regs.bus.write(self.regs.command.address, 1)
                    except Exception as error:
                        written.append(type(error))

        kind = chip_of(("a", lambda made: ()), vitals=lambda bus: Vitals(Identity(1), (), tenant_of(busy)))
        report = with_driver(kind, Stubborn)(model_of(kind)).converge()
        assert written == [UnderLoad] * 3
        assert (report.writes, type(report.first_error)) == (0, UnderLoad)

    def test_a_reset_that_a_driver_swallows_ends_the_act(self):
        epochs = [0]

        class Deaf(Worker):
            @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC)
            def start(self):
                """The chip is reset in its midst, and it does not care."""
                self.regs.bus.sleep(us(5))
                epochs[0] += epochs[0] == 0
                for _ in range(2):
                    try:
                        self.regs.bus.write(self.regs.command.address, 1)
                    except BaseException:
                        continue

        kind = chip_of(("a", lambda made: ()), vitals=lambda bus: Vitals(Identity(1), tuple(epochs), Tenant.IDLE))
        report = with_driver(kind, Deaf)(model_of(kind)).converge()
        assert any("behind this run's back" in note for note in report.notes)
        assert report.ok


def tenant_of(busy):
    return Tenant.ACTIVE if busy else Tenant.IDLE


def with_driver(kind, driver):
    """The same chip, whose instance `a` has that driver."""

    def wire(self, bus):
        kind.wire(self, bus)
        self.a = driver(self.a.regs, None, *self.a.needs)

    return type("With", (kind,), {"wire": wire})


def test_what_was_given_up_for_an_act_that_failed_is_watched_again():
    kind = chip_of(("a", lambda made: ()), vitals=lambda bus: Vitals(Identity(1), (epochs[0],), Tenant.IDLE))
    epochs = [0]
    chip = kind(model_of(kind))
    vigil = Vigil(chip)
    vigil.begin()
    vigil.give_up([chip.a])
    epochs[0] = 1
    vigil.renew(chip.regions)
    vigil.begin()
    epochs[0] = 2
    with pytest.raises(Overtaken):
        vigil.renew(chip.regions)


@pytest.mark.parametrize("error", [LinkDown, PathLost, BusFault], ids=lambda error: error.__name__)
def test_a_bus_that_fails_while_time_passes_ends_in_a_report(error):
    class Restless(Decorator):
        def sleep(self, duration):
            if duration > us(20):
                raise error("nobody there")
            super().sleep(duration)

    chips = [CHAIN(Restless(model_of(CHAIN))) for _ in range(2)]
    report = chips[0].converge()
    (led,) = lead([Scheduler(chips[1])])
    for one in (report, led):
        assert not one.ok
        assert isinstance(one.ended, error)
    assert chips[0].observe()


class TestBusOfSomebodyElse:
    """What it raises or answers fails the instance that was asked, as an error of the bus, and no run, look or plan."""

    @pytest.mark.parametrize("said", [OSError("gone"), None, "7", -1, 1 << 40])
    def test_fails_whom_it_does_not_serve(self, said):
        class Foreign(Decorator):
            def transact(self, request):
                if request.address < 0x1000:
                    return super().transact(request)
                if isinstance(said, Exception):
                    raise said
                return (said,)

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: ()))
        chip = kind(Foreign(model_of(kind)))
        assert [one.outcome for one in chip.observe()] == [None, Outcome.FAILED]
        assert [(one.instance, one.outcome) for one in chip.plan().lost] == [("b", Outcome.FAILED)]
        report = chip.converge()
        assert [line.outcome for line in report.lines] == [Outcome.GOAL, Outcome.FAILED]
        assert type(report.first_error) is BusError
        assert "the bus " in report.first_error.cause
