"""A bus that somebody else wrote: whatever it raises or answers, it is told of the one access, as what it is."""

import errno

import pytest

from bedplate.bus import Canary, Guard, MemoryBus, Meter, ms, us
from bedplate.errors import AccessError, BusError, EnvError, LinkDown

CANARY = 0x100
ACCESSES = {
    "read": lambda bus: bus.read(8),
    "byte": lambda bus: bus.read(8, 1),
    "burst": lambda bus: bus.read_block(8, 2),
    "poll": lambda bus: bus.poll(8, 1, 1, us(1)),
    "write": lambda bus: bus.write(8, 1),
    "writes": lambda bus: bus.write_block(8, [1, 2]),
    "sleep": lambda bus: bus.sleep(1),
}


class Foreign(MemoryBus):
    """It says `said` at all addresses from 8 on but the canary's, or raises it."""

    __slots__ = ("said", "spares")

    def __init__(self, said, spares=(CANARY,)):
        super().__init__(0x200)
        super().write(CANARY, 0x600D)
        self.said, self.spares = said, spares

    def _say(self):
        if isinstance(self.said, BaseException):
            raise self.said
        return self.said

    def read(self, address, size=4):
        return super().read(address, size) if address in self.spares else self._say()

    def read_block(self, address, count):
        return self._say()

    def write(self, address, value, size=4):
        self._say()

    def write_block(self, address, values):
        self._say()

    def sleep(self, duration):
        super().sleep(duration)
        if isinstance(self.said, BaseException):
            raise self.said

    def now(self):
        return super().now() if self.spares else self._say()


@pytest.mark.parametrize("access", ACCESSES)
@pytest.mark.parametrize(
    "raised", [OSError(errno.EIO, "input/output error"), ZeroDivisionError("division by zero"), SystemExit(3)]
)
def test_what_it_raises_is_the_error_of_that_access_with_its_class_and_line(access, raised):
    guard = Guard(Meter(Foreign(raised)), Canary(CANARY))
    with pytest.raises(BusError, match=r"failed|no time passed") as told:
        ACCESSES[access](guard)
    assert type(told.value) is BusError
    assert f"the bus Foreign raised {type(raised).__name__}" in told.value.cause
    assert "bus/test_stranger.py:" in told.value.cause
    assert told.value.is_of_bus
    assert told.value.__cause__ is raised


@pytest.mark.parametrize("access", ["read", "byte", "poll"])
@pytest.mark.parametrize("answer", [None, "12", 1.5, -1, 1 << 32, 1 << 80])
def test_what_is_no_word_is_no_answer(access, answer):
    with pytest.raises(BusError, match=r"no word|poll|failed") as told:
        ACCESSES[access](Guard(Meter(Foreign(answer)), Canary(CANARY)))
    assert type(told.value) is BusError
    assert "the bus Foreign" in told.value.cause


@pytest.mark.parametrize("answer", [None, 7, [1], [1, 2, 3], [1, "2"], [1, -1], [1, 1 << 32]])
def test_nor_is_a_burst_of_others_or_of_another_number_of_them(answer):
    with pytest.raises(BusError, match="no word") as told:
        ACCESSES["burst"](Guard(Meter(Foreign(answer)), Canary(CANARY)))
    assert told.value.got == repr(answer)


def test_what_does_not_fit_into_the_access_is_no_answer_either():
    with pytest.raises(BusError, match="no word"):
        Guard(Foreign(0x100), Canary(CANARY)).read(8, 1)


@pytest.mark.parametrize("said", [OSError("gone"), SystemExit(3), None, -1])
def test_where_the_canary_fares_alike_the_link_is_down(said):
    guard = Guard(Foreign(said, spares=()), Canary(CANARY))
    with pytest.raises(LinkDown, match="canary") as told:
        guard.read(8)
    assert "the bus Foreign" in told.value.cause
    assert guard.lost == 1


@pytest.mark.parametrize("said", [OSError("gone"), SystemExit(3), None, 1.5])
def test_one_that_cannot_tell_the_time_is_of_no_use(said):
    with pytest.raises(EnvError, match="cannot tell the time") as told:
        Guard(Foreign(said, spares=()), Canary(CANARY)).now()
    assert "the bus Foreign" in told.value.cause


def test_integers_of_another_type_are_words_and_cost_no_look_at_the_canary():
    class Number(int):
        """As those of NumPy."""

    meter = Meter(Foreign(Number(7)))
    assert Guard(meter, Canary(CANARY)).read(8) == 7
    assert meter.reads == 1


def test_an_address_that_is_none_is_the_mistake_of_who_asks():
    with pytest.raises(AccessError, match="no number"):
        Guard(MemoryBus(), None).read("8")


class Clock(MemoryBus):
    """Its time, ns, is what `tell` says of the true one."""

    __slots__ = ("tell",)

    def __init__(self, tell):
        super().__init__(0x200)
        self.tell = tell

    def now(self):
        return self.tell(super().now())


WRONG = {"stands still": lambda now: 5, "goes back": lambda now: max(ms(1), ms(50) - now)}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize(
    "wait",
    [
        lambda bus: bus.poll(8, 1, 1, ms(500)),
        lambda bus: [bus.now(), *(bus.sleep(ms(50)) for _ in range(2)), bus.now()],
    ],
    ids=["poll", "pause"],
)
def test_by_a_time_that_does_not_pass_no_wait_would_end(what, wait):
    with pytest.raises(EnvError, match=f"the bus's time {what}") as told:
        wait(Guard(Meter(Clock(WRONG[what])), None))
    assert "the bus Clock (bus/test_stranger.py:" in told.value.cause
    assert told.value.is_of_bus


def test_a_time_that_goes_back_is_told_at_once():
    bus = Guard(Meter(Clock(WRONG["goes back"])), None)
    bus.now()
    bus.sleep(1)
    with pytest.raises(EnvError, match="goes back, wanted 50000000 ns or more, got 49999999 ns"):
        bus.now()


def test_a_clock_may_be_coarse():
    bus = Guard(Meter(Clock(lambda now: now // ms(10) * ms(10))), None)
    for _ in range(1000):
        bus.sleep(us(100))
        bus.now()
    assert bus.now() == ms(100)
