"""What no bus can be given, and what no bus, driver or chip may say: each is named as whose mistake it is, and ends nothing else."""

import pytest

from bedplate.block import Identity, State, Tenant, Vitals, step, wait
from bedplate.bus import Decorator, us
from bedplate.converge import Outcome
from bedplate.converge.conftest import CHAIN, Job, Worker, chip_of, chip_with, led_by, model_of
from bedplate.errors import AccessError, BusError, DriverDefect, EnvError


class Indexed:
    """As an integer to some, and none."""

    def __index__(self):
        return 1


NONSENSE = {
    "a word that is none": lambda bus, at: bus.write(at, Indexed()),
    "an address that is none": lambda bus, at: bus.write(Indexed(), 1),
    "a size that is none": lambda bus, at: bus.write(at, 1, -4),
    "a word that does not fit": lambda bus, at: bus.write(at, 1 << 70),
    "a word that does not fit a byte": lambda bus, at: bus.write(at + 1, 0x100, 1),
    "a burst of what is no word": lambda bus, at: bus.write_block(at, [Indexed()]),
    "a burst of nothing": lambda bus, at: bus.write_block(at, []),
    "a read from nowhere": lambda bus, at: bus.read("x"),
    "a read of less than nothing": lambda bus, at: bus.read(at, -4),
    "a burst of less than nothing": lambda bus, at: bus.read_block(at, -1),
    "a burst of a float": lambda bus, at: bus.read_block(at, 1.0),
    "a mask that is none": lambda bus, at: bus.poll(at, "x", 1, us(1)),
    "a timeout that is none": lambda bus, at: bus.poll(at, 1, 1, 1.5),
    "a pause without end": lambda bus, at: bus.sleep(10**30),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_what_no_bus_can_be_given_is_the_mistake_of_who_asks(what):
    class Nonsense(Worker):
        @step(Job.IDLE, Job.BUSY)
        def start(self):
            NONSENSE[what](self.regs.bus, self.regs.output.address)

    report = led_by(Nonsense)
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert type(report.first_error) is DriverDefect
    assert "converge/test_strange.py:" in report.first_error.got
    chip = chip_with(Worker)
    with pytest.raises(AccessError):
        NONSENSE[what](chip.bus, chip.a.regs.output.address)


def test_nothing_is_waited_for_longer_than_a_day():
    with pytest.raises(AccessError, match="times that cannot be"):
        wait(Job.BUSY, Job.DONE, typical=us(10), limit=10**30)


@pytest.mark.parametrize("time", [lambda now: 5, lambda now: -now], ids=["still", "back"])
def test_a_time_that_does_not_pass_ends_the_run(time):
    class Odd(Decorator):
        def now(self):
            return time(super().now())

    with pytest.raises(EnvError, match="the bus's time") as told:
        CHAIN(Odd(model_of(CHAIN))).converge()
    assert "the bus ChipModel" in told.value.cause


@pytest.mark.parametrize("raised", [SystemExit(3), GeneratorExit()])
@pytest.mark.parametrize("address", [0, 8], ids=["canary", "block"])
def test_a_bus_that_would_end_the_process_has_failed(address, raised):
    class Leaving(Decorator):
        def transact(self, request):
            if request.address == address:
                raise raised
            return super().transact(request)

    report = CHAIN(Leaving(model_of(CHAIN))).converge()
    assert not report.ok
    told = report.ended or report.first_error
    assert isinstance(told, BusError)
    assert "raised " + type(raised).__name__ in told.cause or address == 0


def test_what_only_says_that_it_is_a_state_is_none():
    class Liar:
        @property
        def __class__(self):
            return Job

    class Lying(Worker):
        def observe(self):
            return Liar()

    report = led_by(Lying)
    assert [line.outcome for line in report.lines] == [Outcome.FAILED, Outcome.GOAL]
    assert "no state of this block" in str(report.first_error)


@pytest.mark.parametrize("word", ["name", "value", "text", "is_fault", "__str__", "__repr__", "__format__", "__hash__"])
@pytest.mark.parametrize("mixed", [False, True])
def test_states_are_called_what_their_names_say(word, mixed):
    def says(self):
        raise ValueError

    def make(base, **more):
        class Odd(*base):
            locals().update(more)
            IDLE = "idle"

    said = {word: property(says)}
    with pytest.raises(AccessError, match=f"`{word}` of Odd is Bedplate's own") as told:
        make((type("Mixin", (), said), State)) if mixed else make((State,), **said)
    assert "converge/test_strange.py:" in told.value.where


class Odd(int):
    def __format__(self, how):
        raise ValueError

    def __eq__(self, other):
        raise ValueError

    __hash__ = int.__hash__


@pytest.mark.parametrize("vitals", [Vitals(Identity(Odd(1), None, 1), (), Tenant.IDLE), Vitals(Identity(1), (Odd(1),))])
def test_who_answers_is_said_in_integers(vitals):
    kind = chip_of(("a", lambda made: ()), vitals=lambda bus: vitals)
    report = kind(model_of(kind)).converge()
    assert "no proper answer" in str(report.ended)
    assert report.writes == 0
