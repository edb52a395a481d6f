"""What a run takes on trust from whom: nothing from those who listen, no word about the bus from a driver, no second run."""

import pytest

from bedplate.block import SERVICE, Identity, Tenant, Vitals, power, step, wait
from bedplate.bus import Canary, Decorator, ms, us
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import ALONE, CHAIN, Job, Regs, Worker, chip_of, model_of
from bedplate.converge.effects import reset_with
from bedplate.converge.scheduler import Scheduler
from bedplate.converge.scope import cells
from bedplate.errors import DriverDefect, EnvError, LinkDown, NotOwner, PathLost, UnderLoad

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
                chip.bus.write(chip.a.regs.outlet.address, 1)

        report = chip.converge(listen=tell)
        assert report.ok
        assert report.writes == 1
        assert model["a"].hw.outlet.go == 0
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
                chip.bus.write(chip.a.regs.outlet.address, 1)

        chip.converge(listen=tell)
        assert told
        assert model["a"].hw.outlet.go == 0

    def test_hears_of_a_step_at_the_time_when_it_began(self):
        events = []
        ALONE(model_of(ALONE)).converge(listen=events.append)
        times = [event.time for event in events]
        assert times == sorted(times)
        assert [event.kind for event in events] == ["observed", "step", "wait", "observed", "goal"]


class Wired(Chip):
    name = "wired"
    canary = Canary(0, 0x4A4F4231)
    tenant = Tenant.IDLE
    first = Worker

    def wire(self, bus):
        self.a = self.first(Regs(bus, 0, "a"), None)
        self.b = Worker(Regs(bus, 0x1000, "b"), None)


def chip_with(kind):
    """A chip of two, the first of which has that driver."""
    return type("Led", (Wired,), {"first": kind})(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ()))))


def led_by(kind):
    """The report on it."""
    return chip_with(kind).converge()


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


@pytest.mark.parametrize("answer", [float("nan"), -1, 1.5, True, None, "1"])
def test_a_timer_that_gives_no_time_is_a_defect_of_the_driver(answer):
    class Odd(Worker):
        work = wait(Job.BUSY, Job.DONE, typical=us(100), limit=ms(1), elapsed=lambda block: answer)

    report = led_by(Odd)
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert isinstance(report.first_error, DriverDefect)
    assert report.first_error.got == repr(answer)


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
