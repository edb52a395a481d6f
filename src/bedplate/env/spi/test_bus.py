"""The bus over SPI: every access once, whatever the line does; and where that cannot be, an error that says so."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import ms, us
from bedplate.env.spi.bridge import write_masked
from bedplate.env.spi.frame import TOKEN, FrameOp, Result, access, answer, link_reset, short
from bedplate.errors import BusFault, BusSize, LinkDown, OutOfRange, OutOfReach


class TestAccesses:
    def test_words_halves_and_bytes_reach_their_lanes(self, attached, memory):
        attached.write(0x100, 0x44332211)
        attached.write(0x101, 0xAA, 1)
        attached.write(0x102, 0xBBCC, 2)
        assert memory.accesses() == [(0x100, 0x44332211, 4), (0x101, 0xAA, 1), (0x102, 0xBBCC, 2)]
        assert attached.read(0x100) == 0xBBCC_AA11
        assert (attached.read(0x101, 1), attached.read(0x102, 2)) == (0xAA, 0xBBCC)

    def test_blocks_are_cut_at_64_words_and_at_pages(self, attached, line, memory):
        words = list(range(1, 201))
        attached.write_block(0xFF0, words)
        assert [frame[1] + 1 for frame in line.frames if frame[0] & 0xF == FrameOp.WRITE] == [4, 64, 64, 64, 4]
        assert [written for _, written, _ in memory.accesses()] == words
        assert attached.read_block(0xFF0, 200) == words

    def test_a_long_session_goes_round_its_numbers(self, attached, memory):
        for value in range(600):
            attached.write(0x40, value)
        assert [written for _, written, _ in memory.accesses()] == list(range(600))

    @pytest.mark.parametrize(("address", "size"), [(2, 4), (1, 2), (0, 3), (1 << 40, 4), (-4, 4)])
    def test_what_no_frame_can_carry_is_refused(self, attached, line, address, size):
        """An address is out of reach, as on any bus; a size is the access's own matter."""
        for forbidden in (lambda: attached.read(address, size), lambda: attached.write(address, 0, size)):
            with pytest.raises(OutOfReach if address in (1 << 40, -4) else BusSize):
                forbidden()
        with pytest.raises(OutOfRange):
            attached.write(0, 0x100, 1)
        assert not [
            frame for frame in line.frames if frame[0] & 0xF in (FrameOp.READ, FrameOp.WRITE, FrameOp.WRITE_MASKED)
        ]

    @given(
        mask=st.lists(st.booleans(), min_size=4, max_size=4),
        old=st.integers(0, 0xFFFFFFFF),
        new=st.integers(0, 0xFFFFFFFF),
    )
    def test_a_mask_leaves_the_other_bytes_alone(self, mask, old, new):
        from bedplate.bus import MemoryBus

        memory, bits = MemoryBus(16), sum(0xFF << 8 * lane for lane in range(4) if mask[lane])
        memory.write(8, old)
        write_masked(memory, 8, bits, new)
        assert memory.read(8) == old & ~bits | new & bits


class TestErrorsOfTheChip:
    def test_a_block_that_refuses(self, attached):
        with pytest.raises(BusFault, match=r"READ answered SLVERR, 0 of 1 words.*got SLVERR") as caught:
            attached.read(0x10_0000)
        assert caught.value.where == "0x00100000"
        assert attached.read(0) == 0, "the link is well"

    def test_an_address_beyond_the_fabric(self, attached):
        with pytest.raises(BusFault, match="DECERR"):
            attached.write(1 << 32, 0)

    def test_a_burst_that_stopped_says_where(self, attached, memory):
        with pytest.raises(BusFault, match="PARTIAL, 2 of 4 words"):
            attached.write_block(0x3FF0 - 8, [1, 2, 3, 4])
        assert len(memory.accesses()) == 2

    def test_a_bridge_that_takes_no_writes(self, attached, bridge):
        bridge.read_only = True
        with pytest.raises(BusFault, match="LOCKED"):
            attached.write(0, 1)
        assert attached.read(0) == 0


class TestLink:
    def test_nothing_moves_before_the_first_access(self, connect, line):
        connect(line)
        assert line.frames == []

    def test_a_bridge_that_was_reset_is_noticed_and_attached_to_anew(self, attached, bridge):
        attached.write(0, 1)
        bridge.reset()
        with pytest.raises(LinkDown, match="SESSION_MISMATCH"):
            attached.write(0, 2)
        assert attached.read(0) == 1
        assert attached.left.epoch == 2

    def test_another_controller_ends_the_session(self, attached, connect, line):
        attached.read(0)
        connect(line).write(0, 7)
        with pytest.raises(LinkDown, match="SESSION_MISMATCH"):
            attached.read(0)

    def test_a_new_session_never_has_the_number_of_the_old_one(self, connect, line, bridge):
        first, second = connect(line), connect(line)
        second._nonce = first._nonce = lambda: 0x200
        first.attach()
        second.attach()
        assert bridge.nonce & 0xFF not in (0, 1)

    @pytest.mark.parametrize(("level", "text"), [(0x00, "nothing but zeros"), (0xFF, "nothing but ones")])
    def test_a_stuck_line_is_a_dead_link_never_data(self, connect, level, text):
        bus = connect(lambda chip_select, data: bytes([level]) * len(data))
        with pytest.raises(LinkDown, match=text):
            bus.read(0)
        assert sum(bus.errors.values()) == 8

    def test_a_line_that_only_hears_is_a_dead_link(self, attached, line, memory):
        attached.read(0)
        memory.accesses()
        line.deaf = True
        with pytest.raises(LinkDown, match="no attempt at WRITE at 0x00000020 got through"):
            attached.write(0x20, 1)
        assert memory.accesses() == []

    def test_a_late_answer_is_asked_for_with_more_room(self, connect, memory):
        late = [0] * 30

        def slow(chip_select, data):
            status = answer(0x04, 0, Result.OKAY, 4, [1 << 16, 0, 0, 0], data[2])
            return (bytes(4) + bytes(late) + status).ljust(len(data), b"\0")[: len(data)]

        bus = connect(slow)
        assert bus.status().epoch == 1
        assert set(bus.errors) == {"ZEROS", "CUT"}

    def test_a_result_of_another_number_is_not_taken_for_ours(self, attached, line):
        attached.attach()
        honest = line.bridge.exchange

        def confused(data, cut=False):
            stale = answer(0x02, 9, Result.OKAY, 1, [0xBAD], data[2])
            return (
                (bytes(5) + stale).ljust(len(data), b"\0") if data[0] & 0xF == FrameOp.GET_RESULT else honest(data, cut)
            )

        line.bridge.exchange = confused
        with pytest.raises(LinkDown, match="no attempt at READ"):
            attached.read(0)

    @pytest.mark.parametrize("words", [(), (1,), (1, 2)])
    def test_an_answer_with_other_words_than_were_asked_for_is_none(self, attached, line, words):
        """Right in all its checks, valid, and of this very number."""
        attached.attach()
        honest = line.bridge.exchange

        def short_of(data, cut=False):
            said = answer(0x02, data[1], Result.OKAY, len(words), words, data[2])
            return (
                (bytes(5) + said).ljust(len(data), b"\0") if data[0] & 0xF == FrameOp.GET_RESULT else honest(data, cut)
            )

        line.bridge.exchange = short_of
        for forbidden in (lambda: attached.write_block(0, [1, 2, 3]), lambda: attached.read_block(0, 3)):
            with pytest.raises(LinkDown, match="got STALE"):
                forbidden()

    def test_a_lost_link_reset_is_sent_again(self, attached, line, bridge):
        honest, lost = bridge.exchange, [1, 2]

        def losing(data, cut=False):
            if data[0] & 0xF == FrameOp.LINK_RESET and lost:
                lost.pop()
                return bytes(len(data))
            return honest(data, cut)

        bridge.exchange = losing
        attached.write(0, 1)
        assert attached.errors == {"LINK_RESET": 2}

    def test_a_busy_bridge_is_waited_for_and_then_named(self, connect, memory):
        def busy(chip_select, data):
            status = answer(0x01, 0, Result.BUSY, 4, [1 << 16, 0xB00, 0x1234, 0], data[2])
            return bytes(5) + status.ljust(len(data) - 5, b"\0")

        with pytest.raises(BusFault, match="attach answered BUSY") as caught:
            connect(busy).read(0)
        assert caught.value.where == "0x00001234"
        assert ms(100) <= memory.now() <= ms(101)

    def test_polls_take_device_time(self, attached, memory):
        assert attached.poll(0, 1, 1, us(50)) == 0
        assert memory.now() >= us(50)


class TestNoise:
    """Exactly once, in order, with the right data: compared with the same accesses on plain memory."""

    @pytest.mark.parametrize(("errors", "losses"), [(0, 0.1), (1e-4, 0), (1e-3, 0), (3e-3, 0.05)])
    def test_every_access_is_executed_once(self, connect, noisy, memory, errors, losses):
        chance = random.Random(1)
        bus = connect(noisy(errors, losses))
        bus.attach()
        held = {}
        for _ in range(400):
            address, value = 4 * chance.randrange(64), chance.getrandbits(32)
            kind = chance.randrange(4)
            try:
                if kind == 0:
                    assert bus.read(address) == held.get(address, 0)
                    wanted = [(address, None, 4)]
                elif kind == 1:
                    bus.write(address, value)
                    wanted = [(address, value, 4)]
                elif kind == 2:
                    bus.write(address + 1, value & 0xFF, 1)
                    wanted, value = (
                        [(address + 1, value & 0xFF, 1)],
                        held.get(address, 0) & ~0xFF00 | (value & 0xFF) << 8,
                    )
                else:
                    assert bus.read_block(address, 8) == [held.get(address + 4 * i, 0) for i in range(8)]
                    wanted = [(address + 4 * i, None, 4) for i in range(8)]
            except LinkDown:  # too much noise for that one: it was executed once, or not at all
                done = memory.accesses()
                assert len({*done}) == len(done)
                held[address] = memory.bus.read(address)
                continue
            assert memory.accesses() == wanted
            if kind in (1, 2):
                held[address] = value
        assert bool(bus.errors) == bool(errors or losses)


class TestCrash:
    """The controller dies inside a frame; a new one has nothing but the chip."""

    FRAME_BYTES = 16

    @pytest.mark.parametrize("cut", [False, True])
    @pytest.mark.parametrize("sent", range(FRAME_BYTES + 1))
    def test_a_write_is_done_or_not_and_the_next_controller_can_tell(
        self, attached, connect, line, bridge, memory, sent, cut
    ):
        attached.write(0x10, 1)
        frame = access(FrameOp.WRITE, 2, bridge.nonce & 0xFF, 0x10, 1, (2,))
        assert len(frame) == self.FRAME_BYTES
        bridge.exchange(frame[:sent], cut)
        successor = connect(line)
        done = sent == len(frame) and not cut
        assert successor.read(0x10) == (2 if done else 1)
        assert (successor.left.seq, successor.left.address) == (2 if done else 1, 0x10)
        assert memory.accesses() == [(0x10, 1, 4), *[(0x10, 2, 4)] * done, (0x10, None, 4)]

    def test_the_same_frame_again_is_not_executed_again(self, attached, bridge, memory):
        attached.attach()
        frame = access(FrameOp.READ, 1, bridge.nonce & 0xFF, 0x10, 1)
        for _ in range(3):
            bridge.exchange(frame)
            came = bridge.exchange(short(FrameOp.GET_RESULT, 1, bridge.nonce & 0xFF) + bytes(13))
            assert came[5] == TOKEN
        assert memory.accesses() == [(0x10, None, 4)]
        assert not bridge.dropped, "it was expected"

    @pytest.mark.parametrize("seq", [0, 2, 3, 255])
    def test_a_gap_in_the_sequence_is_not_executed(self, bridge, memory, seq):
        bridge.exchange(link_reset(0x51))
        bridge.exchange(access(FrameOp.WRITE, seq, 0x51, 0, 1, (1,)))
        assert bridge.reason is Result.SEQ_GAP
        assert memory.accesses() == []


@given(st.lists(st.binary(max_size=30), max_size=6))
@settings(max_examples=200)
def test_noise_from_a_bridge_is_an_error_never_a_number(came):
    from bedplate.bus import MemoryBus
    from bedplate.env.spi import SpiBus

    memory, scripted = MemoryBus(16), iter(came)
    bus = SpiBus(
        lambda chip_select, data: next(scripted, b"").ljust(len(data), b"\0")[: len(data)], memory.now, memory.sleep
    )
    with pytest.raises((LinkDown, BusFault)):
        bus.read(0)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 0x7F),
            st.booleans(),
            st.sampled_from(Result),
            st.lists(st.integers(0, 0xFFFF_FFFF), max_size=5),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 5),
    st.booleans(),
)
@settings(max_examples=300)
def test_a_bridge_that_says_anything_with_right_checks_is_an_error_or_as_many_words_as_were_asked_for(
    said, count, honest
):
    """The hostile one: every check is right, and nothing else has to be."""
    from bedplate.bus import MemoryBus
    from bedplate.env.spi import SpiBus
    from bedplate.env.spi.bridge import Bridge

    memory, scripted, frames = MemoryBus(32), iter(said * 100), 0
    bridge = Bridge(memory)

    def hostile(chip_select, data):
        nonlocal frames
        frames += 1
        if data[0] & 0xF not in (FrameOp.GET_RESULT, FrameOp.GET_STATUS) or (
            honest and data[0] & 0xF == FrameOp.GET_STATUS
        ):
            return bridge.exchange(data)
        status, ours, result, words = next(scripted)
        came = bytes(5) + answer(status, data[1] if ours else 9, result, len(words), words, data[2])
        return came.ljust(len(data), b"\0")[: len(data)]

    bus = SpiBus(hostile, memory.now, memory.sleep)
    try:
        words = bus.read_block(0, count)
        assert len(words) == count
    except (LinkDown, BusFault):
        pass
    assert frames < 200


def test_a_whole_frame_is_answered_as_its_bytes_one_by_one(memory):
    from bedplate.env.spi.bridge import Bridge

    chance, whole, single = random.Random(1), Bridge(memory), Bridge(memory)
    for number in range(400):
        seq, session = whole.last.seq % 255 + 1, whole.nonce & 0xFF
        frame = [
            link_reset(chance.getrandbits(32) | 1),
            access(FrameOp.READ, seq, session, 0x40, 3),
            access(FrameOp.WRITE, seq, session, 0x40, 1, (number,)),
            short(FrameOp.GET_RESULT, whole.last.seq, session) + bytes(chance.randrange(40)),
            short(FrameOp.GET_STATUS, 0, number & 0xFF) + bytes(chance.randrange(40)),
            chance.randbytes(chance.randrange(20)),
        ][chance.choice([0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5])][: chance.choice([None, None, None, 3, 5, 9])]
        cut = chance.random() < 0.1
        single.select()
        came = bytes(map(single.shift, frame))
        single.deselect(cut)
        assert whole.exchange(frame, cut) == came
        assert (whole.last, whole.nonce, whole.counts) == (single.last, single.nonce, single.counts)


class TestWhatIsRefused:
    def test_a_burst_with_a_value_that_is_no_word(self, attached, line):
        for value in (-1, 1 << 32):
            with pytest.raises(OutOfRange):
                attached.write_block(0, [1, value])
        assert line.frames == []

    def test_a_burst_beyond_the_addresses_of_a_frame(self, attached, line):
        with pytest.raises(OutOfReach):
            attached.read_block((1 << 40) - 8, 3)
        assert line.frames == []


class TestCounters:
    """Whatever went wrong on the line has a name, and is counted under it."""

    def test_a_session_that_was_lost(self, attached, bridge):
        attached.read(0)
        bridge.reset()
        with pytest.raises(LinkDown):
            attached.read(0)
        assert attached.errors == {"SESSION_MISMATCH": 1}

    @pytest.mark.parametrize(
        ("at", "name"),
        [(0, "FORMAT"), (1, "HCRC"), (9, "HCRC"), (10, "CRC"), (15, "CRC")],
        ids=lambda value: str(value),
    )
    def test_a_frame_that_the_bridge_dropped(self, attached, line, at, name):
        attached.attach()
        honest, done = line.bridge.exchange, []

        def damage(data, cut=False):
            if data[0] & 0xF == FrameOp.WRITE and not done:
                done.append(data)
                data = data[:at] + bytes([data[at] ^ 0x80]) + data[at + 1 :]
            return honest(data, cut)

        line.bridge.exchange = damage
        attached.write(0, 1)
        assert attached.errors == {name: 1}

    def test_a_frame_that_never_came(self, attached, line):
        attached.attach()
        honest = line.bridge.exchange
        lost = [True]
        line.bridge.exchange = lambda data: (
            bytes(len(data)) if data[0] & 0xF == FrameOp.READ and lost.pop() else honest(data)
        )
        lost.insert(0, False)
        attached.read(0)
        assert attached.errors == {"SEQ_GAP": 1}
