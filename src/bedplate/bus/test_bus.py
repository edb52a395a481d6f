"""The ground floor: time, plain memory, and the decorators."""

import io
import json

import pytest

from bedplate.bus import (
    ALL_ONES,
    Backoff,
    Canary,
    Decorator,
    ErrorInjector,
    Guard,
    InjectedError,
    Kill,
    Killed,
    MemoryBus,
    Meter,
    Moment,
    Record,
    Replay,
    Request,
    Split,
    Trace,
    ms,
    s,
    us,
)
from bedplate.bus.guard import POISON
from bedplate.errors import BusFault, BusSize, CheckFailed, LinkDown, OutOfReach

CANARY = 0x100


@pytest.fixture
def memory():
    memory = MemoryBus(0x200)
    memory.write(CANARY, 0x5445524E)
    return memory


class TestMemory:
    def test_moves_words_and_narrower_accesses_little_endian(self, memory):
        memory.write(0, 0x11223344)
        assert [memory.read(i, 1) for i in range(4)] == [0x44, 0x33, 0x22, 0x11]
        memory.write(2, 0xBEEF, 2)
        assert memory.read(0) == 0xBEEF3344

    def test_moves_bursts(self, memory):
        memory.write_block(8, [1, 2, 3])
        assert list(memory.read_block(8, 3)) == [1, 2, 3]

    @pytest.mark.parametrize("address", [0x200, 0x1000])
    def test_answers_outside_with_a_fault(self, memory, address):
        with pytest.raises(BusFault):
            memory.read(address)
        with pytest.raises(BusFault):
            memory.write(address, 0)
        with pytest.raises(BusFault):
            memory.read_block(address - 4, 3)

    @pytest.mark.parametrize(("address", "size"), [(2, 4), (1, 2), (0, 3), (4, 8), (0, 16)])
    def test_refuses_unaligned_and_odd_sizes(self, memory, address, size):
        with pytest.raises(BusSize):
            memory.read(address, size)


class TestPoll:
    def test_returns_at_once_when_the_value_is_there(self, memory):
        memory.write(0, 0b101)
        assert memory.poll(0, 0b100, 0b100, ms(1)) == 0b101
        assert memory.now() == 0

    def test_gives_the_last_value_after_the_timeout_and_a_bounded_number_of_reads(self, memory):
        meter = Meter(memory)
        trace = Trace(meter)
        assert trace.poll(0, 1, 1, ms(100)) == 0
        assert ms(100) <= memory.now() <= ms(101)
        assert meter.reads <= 15

    def test_a_caller_that_was_held_up_looks_once_more(self, memory):
        """What the hardware did in time is never missed, however late somebody looks."""

        class Soon(MemoryBus):
            def read(self, address, size=4):
                return int(self.now() >= us(50))

        assert ErrorInjector(Soon(4), {0: InjectedError("late", ms(1))}).poll(0, 1, 1, us(100)) == 1


class TestGuard:
    def test_lets_ordinary_words_pass_without_any_extra_transaction(self, memory):
        meter = Meter(memory)
        guard = Guard(meter, Canary(CANARY))
        memory.write(0, 7)
        assert guard.read(0) == 7
        assert meter.reads == 1

    def test_believes_all_ones_when_the_canary_lives(self, memory):
        memory.write(0, ALL_ONES)
        assert Guard(memory, Canary(CANARY)).read(0) == ALL_ONES

    @pytest.mark.parametrize(
        "access",
        [
            lambda bus: bus.read(0),
            lambda bus: bus.read(0, 1),
            lambda bus: bus.read(2, 2),
            lambda bus: bus.read_block(0, 4),
            lambda bus: bus.poll(0, 1, 1, us(1)),
        ],
    )
    def test_no_number_comes_from_a_dead_bus(self, memory, access):
        dead = ErrorInjector(memory, {0: InjectedError("dead")})
        with pytest.raises(LinkDown, match="canary"):
            access(Guard(dead, Canary(CANARY)))

    @pytest.mark.parametrize(
        "access",
        [lambda bus: bus.read(0), lambda bus: bus.read_block(0, 4), lambda bus: bus.poll(0, 1, 1, us(1))],
    )
    def test_neither_does_one_from_a_bridge_that_answers_for_it_with_poison(self, memory, access):
        memory.write_block(0, [POISON] * 4)
        access(Guard(memory, Canary(CANARY, 0x5445524E)))
        memory.write(CANARY, POISON)
        with pytest.raises(LinkDown, match="got 0xdeadbeef"):
            access(Guard(memory, Canary(CANARY, 0x5445524E)))

    def test_a_bus_that_dies_inside_a_burst_is_noticed(self, memory):
        class Dying(MemoryBus):
            def read_block(self, address, count):
                return [1, 2, ALL_ONES, ALL_ONES]

        with pytest.raises(LinkDown):
            Guard(Dying(0x200), Canary(CANARY)).read_block(0, 4)

    def test_one_spoilt_transaction_is_read_again_where_that_is_harmless(self, memory):
        memory.write(0, 42)
        disturbed = ErrorInjector(memory, {0: InjectedError("all_ones")})
        assert Guard(disturbed, Canary(CANARY), safe=lambda address: True).read(0) == 42

    @pytest.mark.parametrize("error", ["all_ones", "error"])
    def test_one_lost_access_to_the_canary_is_no_dead_bus(self, memory, error):
        memory.write(0, ALL_ONES)
        assert Guard(ErrorInjector(memory, {1: InjectedError(error)}), Canary(CANARY)).read(0) == ALL_ONES

    def test_an_address_that_no_port_reaches_says_nothing_of_the_link(self):
        """Nor does the canary, where this way to the chip does not lead to it."""

        class Nowhere(MemoryBus):
            def read(self, address, size=4):
                raise OutOfReach(f"0x{address:x}")

        with pytest.raises(OutOfReach, match="0x0"):
            Guard(Nowhere(4), Canary(CANARY)).read(0)

    def test_a_register_whose_read_has_an_effect_is_never_read_twice(self, memory):
        memory.write(0, ALL_ONES)
        meter = Meter(memory)
        Guard(meter, Canary(CANARY), safe=lambda address: False).read(0)
        assert meter.reads == 2  # the register once, the canary once

    def test_a_burst_over_one_such_register_is_not_read_twice_either(self, memory):
        memory.write_block(0, [ALL_ONES] * 4)
        meter = Meter(memory)
        Guard(meter, Canary(CANARY), safe=lambda address: address != 8).read_block(0, 4)
        assert meter.reads == 2  # the burst once, the canary once

    def test_an_error_response_stays_one_while_the_canary_lives(self, memory):
        with pytest.raises(BusFault):
            Guard(memory, Canary(CANARY)).read(0x10000)

    def test_an_error_response_from_a_dead_bus_is_a_dead_bus(self, memory):
        broken = ErrorInjector(memory, {0: InjectedError("error"), 1: InjectedError("dead")})
        with pytest.raises(LinkDown):
            Guard(broken, Canary(CANARY)).write(0, 1)

    def test_a_canary_of_known_value_also_catches_the_wrong_chip(self, memory):
        memory.write(0, ALL_ONES)
        with pytest.raises(LinkDown, match="0x5445524e"):
            Guard(memory, Canary(CANARY, 0x12345678)).read(0)


class Played(Decorator):
    """A bus that answers by a function of how many reads there were, the address, the size and the time."""

    def __init__(self, answer):
        super().__init__(MemoryBus(0))
        self.answer, self.count = answer, 0

    def transact(self, request):
        self.count += 1
        return (self.answer(self.count, request.address, request.size, self.now()),)


class TestWhatNobodyBelieves:
    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_a_link_that_dies_at_the_second_look_is_down_whatever_the_size(self, size):
        def answer(count, address, size, now):
            return 0x600D if address == 0 and count <= 2 else (1 << 8 * size) - 1

        with pytest.raises(LinkDown):
            Guard(Played(answer), Canary(0, 0x600D), lambda address: True).read(0x10, size)

    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_a_canary_that_may_hold_anything_does_not_hold_poison(self, size):
        bus = Played(lambda count, address, size, now: 0xDEADBEEF & (1 << 8 * size) - 1)
        with pytest.raises(LinkDown):
            Guard(bus, Canary(0, size=size), lambda address: True).read(0x10)

    def test_a_lost_sample_does_not_end_a_poll(self):
        def answer(count, address, size, now):
            if address == 0:
                return 0x600D
            return 0xFFFF_FFFF if count == 1 else int(now >= us(500))

        bus = Played(answer)
        assert Guard(bus, Canary(0, 0x600D), lambda address: True).poll(0x10, 1, 1, ms(1)) == 1
        assert us(500) <= bus.now() < ms(1)

    def test_a_poll_of_what_never_comes_ends_with_its_time(self):
        bus = Played(lambda count, address, size, now: 0x600D if address == 0 else 0xFFFF_FFFF if count == 1 else 0)
        assert Guard(bus, Canary(0, 0x600D), lambda address: True).poll(0x10, 1, 1, ms(1)) == 0
        assert ms(1) <= bus.now() <= ms(1) + us(1)


class TestKill:
    @pytest.mark.parametrize(
        ("moment", "words", "left"),
        [(Moment.BEFORE, 0, [0, 0, 0]), (Moment.AFTER, 0, [1, 2, 3]), (Moment.INSIDE, 2, [1, 2, 0])],
    )
    def test_stops_at_the_transaction_and_leaves_what_got_through(self, memory, moment, words, left):
        bus = Kill(memory, at=1, moment=moment, words=words)
        bus.read(0)
        with pytest.raises(Killed):
            bus.write_block(8, [1, 2, 3])
        assert list(memory.read_block(8, 3)) == left

    def test_the_dead_do_nothing_any_more(self, memory):
        bus = Kill(memory, at=0)
        for act in (lambda: bus.read(0), lambda: bus.write(0, 1), lambda: bus.sleep(1)):
            with pytest.raises(Killed):
                act()

    def test_no_driver_can_catch_it(self):
        assert not issubclass(Killed, Exception)


class TestFault:
    def test_a_delay_passes_device_time(self, memory):
        ErrorInjector(memory, {0: InjectedError("delay", us(5))}).read(0)
        assert memory.now() == us(5)

    def test_a_caller_that_is_late_hears_what_was_before_it_was_held_up(self, memory):
        bus = ErrorInjector(memory, {1: InjectedError("late", us(5))})
        bus.write(0, 7)
        assert bus.read(0) == 7
        assert memory.now() == us(5)

    def test_what_is_broken_takes_its_region_along_and_stays_broken(self, memory):
        bus = ErrorInjector(
            memory, {1: InjectedError("broken")}, lambda address: range(address & ~0xF, (address & ~0xF) + 16)
        )
        bus.write(4, 1)
        for access in (lambda: bus.read(4), lambda: bus.write(8, 2), lambda: bus.read_block(0, 2), lambda: bus.read(4)):
            with pytest.raises(BusFault):
                access()
        assert bus.read(16) == 0
        assert memory.read(8) == 0, "what was answered with an error was not done"
        assert [(error.kind, request.address) for error, request in bus.injected] == [("broken", 4)]

    def test_after_death_writes_are_lost(self, memory):
        bus = ErrorInjector(memory, {1: InjectedError("dead")})
        bus.write(0, 1)
        bus.write(0, 2)
        bus.write(0, 3)
        assert memory.read(0) == 1


class TestTrace:
    def test_tells_every_transaction_with_time_words_and_error(self, memory):
        trace = Trace(memory)
        trace.write(0, 5)
        trace.read(0)
        with pytest.raises(BusFault):
            trace.read(0x8000)
        assert [entry.request for entry in trace.log] == [Request(0, 1, (5,)), Request(0), Request(0x8000)]
        assert [entry.words for entry in trace.log] == [(), (5,), ()]
        assert [entry.error for entry in trace.log] == ["", "", "BusFault"]


class TestRecordReplay:
    @staticmethod
    def session(bus):
        bus.write(0, 5)
        bus.sleep(us(3))
        values = [bus.read(0), *bus.read_block(0, 2)]
        bus.write_block(8, [1, 2])
        with pytest.raises(BusFault):
            bus.read(0x8000)
        return values

    def test_a_replay_answers_as_the_recorded_bus_did(self, memory):
        file = io.StringIO()
        values = self.session(Record(memory, file))
        assert all(json.loads(line) for line in file.getvalue().splitlines())
        assert self.session(Replay(file.getvalue().splitlines())) == values

    def test_a_record_says_whose_it_is_and_a_replay_that_leaves_it_says_so(self, memory):
        file = io.StringIO()
        self.session(Record(memory, file, {"chip": "tern", "identity": ["die0 chip 0xa17, boot 0x1", "die1 unknown"]}))
        lines = file.getvalue().splitlines()
        assert json.loads(lines[0])["head"]["chip"] == "tern"
        assert self.session(Replay(lines)) == [5, 5, 0]
        with pytest.raises(CheckFailed, match="leaves the record") as other:
            Replay(lines).read(0x1000)
        assert other.value.cause == "a record of tern: die0 chip 0xa17, boot 0x1, die1 unknown"
        with pytest.raises(CheckFailed, match="without its end mark") as cut:
            Replay(lines[:1]).read(0)
        assert cut.value.cause.endswith(other.value.cause)

    def test_a_replay_names_the_first_transaction_that_differs(self, memory):
        file = io.StringIO()
        self.session(Record(memory, file))
        replay = Replay(file.getvalue().splitlines())
        replay.write(0, 5)
        with pytest.raises(CheckFailed, match="transaction 1"):
            replay.read(4)


class TestSplit:
    @pytest.fixture
    def ports(self):
        return MemoryBus(64), MemoryBus(64)

    @pytest.fixture
    def bus(self, ports):
        return Split([(range(32), ports[0]), (range(32, 64), ports[1])])

    def test_each_port_has_the_accesses_of_its_range(self, bus, ports):
        bus.write(28, 1)
        bus.write_block(32, [2, 3])
        assert [list(port.read_block(28, 3)) for port in ports] == [[1, 0, 0], [0, 2, 3]]
        assert (bus.read(28), list(bus.read_block(32, 2))) == (1, [2, 3])

    @pytest.mark.parametrize(("address", "count"), [(64, 1), (28, 2), (1 << 40, 1)])
    def test_what_no_port_reaches_as_a_whole_is_refused(self, bus, ports, address, count):
        with pytest.raises(BusFault, match="reaches no port"):
            bus.write_block(address, [7] * count)
        assert [list(port.read_block(0, 16)) for port in ports] == [[0] * 16] * 2


def test_pauses_double_up_to_a_second_and_begin_anew_after_what_lasted():
    backoff = Backoff()
    assert [backoff.next(0) for _ in range(9)] == [ms(n) for n in (10, 20, 40, 80, 160, 320, 640, 1000, 1000)]
    assert [backoff.next(s(1)), backoff.next(s(1) + 1), backoff.next(0)] == [ms(1000), ms(10), ms(20)]
