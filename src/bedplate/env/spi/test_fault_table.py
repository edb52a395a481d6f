"""What can happen to the link, row by row of the fault table: bit flips, replies, the line itself, the target's own trouble.

In each of them an access is done once with its very data, or the caller is told; and the link goes on afterwards.
"""

import random

import pytest

from bedplate.block import ms
from bedplate.bus import Decorator, Split
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env.spi import SpiBus, noise
from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.bus import BUDGET
from bedplate.env.spi.conftest import Memory
from bedplate.env.spi.frame import PROTOCOL, FrameOp, Result, access, answer, crc8, link_reset
from bedplate.errors import BusFault, LinkDown

ATTACH, ACCESS, QUESTION = range(3), 3, 4
"""The frames of a first access: status, LINK_RESET and status; then its own; then the question how it went."""


class Disturbed(noise.NoisyLine):
    """A good line, but for one frame."""

    def __init__(self, bridge, fault, at, seed=0, elsewhere=None):
        super().__init__(bridge, fault, 0.0, random.Random(seed), elsewhere)
        self.at = at

    def __call__(self, chip_select, data):
        self.often = float(self.frames == self.at)
        return super().__call__(chip_select, data)


@pytest.fixture
def disturbed(bridge, connect):
    """A bus on a line whose frame number `at` suffers `fault`."""
    return lambda fault, at, seed=0, elsewhere=None: connect(Disturbed(bridge, fault, at, seed, elsewhere))


def flip(bit):
    return lambda line, data: line.send(data, 1 << bit)


class TestRow5BitFlip:
    @pytest.mark.parametrize("at", range(5))
    @pytest.mark.parametrize("value", [None, 0x1234_5678], ids=["read", "write"])
    def test_any_bit_of_any_frame_costs_a_frame_and_is_counted(self, disturbed, memory, at, value):
        sizes = {0: 29, 1: 10, 2: 29, 3: 12 if value is None else 16, 4: 17 if value is None else 13}
        for bit in range(8 * sizes[at]):
            memory.bus.write(0x40, 0xCAFE_0000 + bit)
            bus = disturbed(flip(bit), at)
            if value is None:
                assert bus.read(0x40) == 0xCAFE_0000 + bit
            else:
                bus.write(0x40, value)
            assert memory.accesses() == [(0x40, value, 4)], f"bit {bit}"
            assert sum(bus.errors.values()) > 0, f"bit {bit}"

    @pytest.mark.parametrize("seed", range(20))
    @pytest.mark.parametrize("fault", [noise.burst, noise.garbage, noise.bits_at(0.02)])
    @pytest.mark.parametrize("at", range(5))
    def test_many_wrong_bits_too(self, disturbed, memory, fault, at, seed):
        bus = disturbed(fault, at, seed)
        bus.write_block(0x40, [seed, 2, 3])
        assert memory.accesses() == [(0x40, seed, 4), (0x44, 2, 4), (0x48, 3, 4)]

    def test_a_question_that_became_another_is_not_answered_with_what_looks_like_data(self, bridge, connect, memory):
        """Two bytes wrong, and the CRC-8 right: GET_STATUS answers with four words, and four were to be read."""

        def garble(line, data):
            assert data[0] == PROTOCOL | FrameOp.GET_RESULT
            status = PROTOCOL | FrameOp.GET_STATUS
            seq = next(seq for seq in range(256) if crc8(bytes((status, seq, data[2]))) == data[3])
            return line.exchange(bytes((status, seq)) + data[2:])

        memory.bus.write_block(0, [1, 2, 3, 4])
        bus = connect(Disturbed(bridge, garble, QUESTION))
        assert bus.read_block(0, 4) == [1, 2, 3, 4]
        assert bus.errors == {"STALE": 1}


class TestRow6Reply:
    @pytest.mark.parametrize("seed", range(8))
    @pytest.mark.parametrize("at", range(5))
    @pytest.mark.parametrize("fault", [noise.lost, noise.repeated, noise.late, noise.stale], ids=lambda f: f.__name__)
    def test_lost_repeated_reordered_or_delayed(self, disturbed, memory, fault, at, seed):
        bus = disturbed(fault, at, seed)
        bus.write(0x40, 7)
        assert memory.accesses() == [(0x40, 7, 4)]
        assert bus.read(0x40) == 7

    def test_the_result_of_the_access_before_is_never_taken_for_this_one(self, bridge, connect, memory):
        memory.bus.write_block(0, [11, 22])
        line = Disturbed(bridge, lambda line, data: line.exchange(data) and line.answers[2], QUESTION + 2)
        bus = connect(line)
        assert (bus.read(0), bus.read(4)) == (11, 22)
        assert bus.errors == {"STALE": 1}

    def test_nor_when_the_numbers_have_gone_round(self, bridge, connect, memory):
        line = Disturbed(bridge, noise.lost, None)
        bus = connect(line)
        for value in range(255 + 254):
            bus.write(0x40, value)
        memory.accesses()
        line.at = line.frames  # the next access is lost once: number 255 again, and then 1
        bus.write(0x40, 0xFFFF)
        bus.write(0x40, 0x1_0000)
        assert memory.accesses() == [(0x40, 0xFFFF, 4), (0x40, 0x1_0000, 4)]

    def test_an_old_status_is_not_believed_by_who_attaches(self, bridge, connect):
        before = noise.NoisyLine(bridge, noise.lost, 0.0, random.Random(1))
        connect(before).write(0x40, 7)
        old = before.answers[-1]  # to its first question, when nothing had been done yet
        bus = connect(Disturbed(bridge, lambda line, data: line.exchange(data) and old, 0))
        bus.write(0x44, 8)
        assert bus.left.address == 0x40
        assert bus.errors == {"CORRUPT": 1}

    def test_a_result_is_not_taken_for_a_status(self, bridge, connect):
        def result(line, data):
            return (bytes(5) + answer(0x02, 3, Result.OKAY, 4, [1, 2, 3, 4], data[2])).ljust(len(data), b"\0")

        bus = connect(Disturbed(bridge, result, 0))
        bus.write(0x44, 8)
        assert (bus.left.epoch, bus.left.nonce) == (1, 0)
        assert bus.errors == {"STALE": 1}

    def test_an_old_access_is_not_executed_in_a_new_session(self, bridge, connect, line, memory):
        connect(line).write(0x40, 7)
        old = access(FrameOp.WRITE, 1, bridge.nonce & 0xFF, 0x40, 1, (7,))
        bus = connect(line)
        bus.attach()
        memory.accesses()
        bridge.exchange(old)
        bus.write(0x40, 8)
        assert memory.accesses() == [(0x40, 8, 4)]

    def test_a_link_reset_that_comes_late_opens_the_bridge_to_nobody(self, bridge, connect, memory):
        sent = []
        line = Disturbed(bridge, lambda line, data: sent.append(data) or bytes(len(data)), 1)
        bus = connect(line)
        bus.write(0x40, 1)
        bridge.exchange(sent[0])
        memory.accesses()
        with pytest.raises(LinkDown, match="SESSION_MISMATCH"):
            bus.write(0x40, 2)
        assert memory.accesses() == []


class TestRow7Line:
    @pytest.mark.parametrize("at", range(5))
    def test_shifted_by_a_bit_or_a_byte(self, disturbed, memory, at):
        for seed in range(200):
            bus = disturbed(noise.shift, at, seed)
            bus.write(0x40, 0xA5A5_0000 + seed)
            assert memory.accesses() == [(0x40, 0xA5A5_0000 + seed, 4)], seed
            assert bus.read(0x40) == 0xA5A5_0000 + seed
            memory.accesses()

    @pytest.mark.parametrize("at", range(5))
    def test_stuck_from_some_bit_on(self, disturbed, memory, at):
        for seed in range(200):
            disturbed(noise.stuck, at, seed).write(0x40, 0xA5A5_0000 + seed)
            assert memory.accesses() == [(0x40, 0xA5A5_0000 + seed, 4)], seed

    @pytest.mark.parametrize("level", [0x00, 0xFF])
    @pytest.mark.parametrize("pin", ["MOSI", "MISO"])
    def test_stuck_for_ever_is_a_dead_link_after_few_frames(self, bridge, connect, memory, pin, level):
        sent = 0

        def dying(chip_select, data):
            nonlocal sent
            sent += 1
            held = bytes([level]) * len(data)
            if sent <= ACCESS:
                return bridge.exchange(data)
            return bridge.exchange(held) if pin == "MOSI" else bridge.exchange(data) and held

        bus = connect(dying)
        with pytest.raises(LinkDown, match="nothing but"):
            bus.write(0x40, 7)
        assert sent <= ACCESS + 9
        assert len(memory.accesses()) == (pin == "MISO"), (
            "the write may have been done, and that is why it is not repeated"
        )

    @pytest.mark.parametrize("at", range(5))
    def test_a_frame_at_the_wrong_chip_select_does_nothing_there(self, disturbed, memory, at):
        other = Memory()
        beside = Bridge(other)
        theirs = SpiBus(lambda chip_select, data: beside.exchange(data), other.now, other.sleep, 1, lambda: 0x1001)
        theirs.attach()
        bus = disturbed(noise.astray, at, elsewhere=beside)
        for value in range(3):
            try:
                bus.write(0x40, value)
            except LinkDown:
                assert at == QUESTION, "the other one says that it does not know this session"
        assert other.accesses() == []
        assert memory.accesses()[-1] == (0x40, 2, 4)

    @pytest.mark.parametrize("nonce", range(0, 0x400, 5))
    def test_no_two_chip_selects_have_a_session_in_common(self, memory, nonce):
        bridges = [Bridge(memory) for _ in range(4)]
        for select, bridge in enumerate(bridges):
            SpiBus(
                lambda chip_select, data, bridge=bridge: bridge.exchange(data),
                memory.now,
                memory.sleep,
                select,
                lambda: nonce,
            ).attach()
        assert len({bridge.nonce & 0xFF for bridge in bridges} - {0}) == 4

    def test_swapped_chip_selects_are_another_chip_and_nothing_is_written(self):
        model = make_model(Tern)
        bridges = [Bridge(OwnDie(model, reach)) for reach in Tern.ports]
        ports = [
            (reach, SpiBus(lambda select, data: bridges[1 - select].exchange(data), model.now, model.sleep, select))
            for select, reach in enumerate(Tern.ports)
        ]
        report = Tern(Split(ports)).converge()
        assert isinstance(report.ended, LinkDown)
        assert report.writes == 0
        assert {bridge.last.op for bridge in bridges} <= {FrameOp.NOP, FrameOp.READ}


class OwnDie(Decorator):
    """What the bridge of a die reaches: that die. Its fabric answers with an error for every other address."""

    def __init__(self, bus, reach):
        super().__init__(bus)
        self.reach = reach

    def transact(self, request):
        if request.address not in self.reach:
            raise BusFault("nobody there")
        return super().transact(request)


class TestRow8Target:
    def busy(self, bridge, since):
        """A bridge whose answers say BUSY from that frame on."""
        frames = 0

        def transfer(chip_select, data):
            nonlocal frames
            frames += 1
            transfer.frames = frames
            came = bridge.exchange(data)
            if frames < since or not noise.is_question(data):
                return came
            words = [1 << 16, 0xB00, 0x1234, bridge.nonce] if data[0] & 0xF == FrameOp.GET_STATUS else []
            said = answer(0x01, bridge.last.seq, Result.BUSY, len(words), words, data[2])
            return (bytes(5) + said).ljust(len(data), b"\0")

        return transfer

    @pytest.mark.parametrize("since", [1, ACCESS + 1])
    def test_busy_for_ever_ends_at_the_budget_with_a_name(self, bridge, connect, memory, since):
        line = self.busy(bridge, since)
        with pytest.raises(BusFault, match="answered BUSY"):
            connect(line).write(0x40, 7)
        assert BUDGET <= memory.now() <= BUDGET + BUDGET // 10
        assert line.frames < 30, "it waits, it does not spin"

    def test_what_comes_after_attaches_anew_first(self, bridge, connect, memory):
        line = self.busy(bridge, ACCESS + 1)
        bus = connect(line)
        with pytest.raises(BusFault):
            bus.write(0x40, 7)
        bus._transfer = lambda chip_select, data: bridge.exchange(data)
        session = bridge.nonce
        bus.write(0x40, 8)
        assert bridge.nonce != session
        assert memory.accesses() == [(0x40, 7, 4), (0x40, 8, 4)]

    @pytest.mark.parametrize("where", ["controller sends", "controller receives"])
    @pytest.mark.parametrize("how", ["over", "under"])
    @pytest.mark.parametrize("at", range(5))
    def test_a_fifo_that_lost_or_repeated_bytes_costs_a_frame(self, disturbed, memory, where, how, at):
        """Underrun: a byte goes out twice, and the last one never. Overrun: a byte is gone, the last one is not there."""
        for place in range(1, 29):

            def slip(line, data, place=place):
                def slipped(data):
                    kept = data[place + 1 :] if how == "over" else data[place:]
                    begin = data[:place] if how == "over" else data[:place] + data[place - 1 : place]
                    return (begin + kept)[: len(data)].ljust(len(data), b"\0")

                sends = where == "controller sends"
                return line.exchange(slipped(data)) if sends else slipped(line.exchange(data))

            disturbed(slip, at).write(0x40, 0x0102_0304 + place)
            assert memory.accesses() == [(0x40, 0x0102_0304 + place, 4)], place

    @pytest.mark.parametrize("at", range(5))
    def test_a_controller_that_brings_too_few_bytes(self, disturbed, memory, at):
        for size in range(29):
            disturbed(lambda line, data, size=size: line.exchange(data)[:size], at).write(0x40, size)
            assert memory.accesses() == [(0x40, size, 4)], size

    @pytest.mark.parametrize("executed", [False, True])
    @pytest.mark.parametrize("at", range(5))
    def test_a_controller_that_fails_is_told_of_and_the_next_access_attaches_anew(
        self, disturbed, memory, at, executed
    ):
        def fail(line, data):
            if executed:
                line.exchange(data)
            raise LinkDown("the kernel could not")

        bus = disturbed(fail, at)
        with pytest.raises(LinkDown):
            bus.write(0x40, 7)
        assert memory.accesses() == [(0x40, 7, 4)] * (at == QUESTION or (at == ACCESS and executed))
        bus.write(0x40, 8)
        assert memory.accesses() == [(0x40, 8, 4)]

    def test_a_target_that_never_gets_it_right_ends_after_a_bounded_number_of_frames(self, bridge, connect, memory):
        line = noise.NoisyLine(bridge, noise.garbage, 1.0, random.Random(1))
        with pytest.raises(LinkDown):
            connect(line).write(0x40, 7)
        assert line.frames <= 8
        assert memory.accesses() == []
        assert memory.now() < ms(1), "a bad line costs frames, not time"


def test_a_session_of_another_controller_is_never_the_one_before(bridge):
    bridge.exchange(link_reset(0x104))
    bus = SpiBus(lambda chip_select, data: bridge.exchange(data), lambda: 0, lambda duration: None, nonce=lambda: 0x100)
    bus.attach()
    assert bridge.nonce & 0xFF not in (0, 0x04)
