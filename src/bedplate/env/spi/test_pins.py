"""The RTL of the bridge at its pins: frames, crashes, the bus behind it. The reference is the bridge in Python."""

import random

import pytest

from bedplate.block import ms
from bedplate.env.spi.frame import (
    TOKEN,
    FrameOp,
    Result,
    access,
    link_reset,
    parse_answer,
    parse_status,
    short,
)
from bedplate.errors import BusFault
from bedplate.ip.spi_br.regs import SpiBrRegs
from bedplate.reg import registers

SESSION = 0x51
OFFSETS = {name: offset for name, offset, _ in registers(SpiBrRegs)}
WRITE = access(FrameOp.WRITE, 1, SESSION, 0x40, 2, (0x11223344, 0x55667788))
WRITTEN = [(0x40, 0x11223344, 0xF), (0x44, 0x55667788, 0xF)]
MASKED = access(FrameOp.WRITE_MASKED, 1, SESSION, 0x40, 1, (0x00FF_FF00, 0x11223344))


@pytest.fixture
def dut(pins):
    """The bridge with a session, and nothing else done yet."""
    pins.exchange(link_reset(SESSION))
    return pins


def register(pins, name):
    return pins.register(OFFSETS[name])


def result(pins, seq=1, session=SESSION, room=30):
    """The answer to GET_RESULT."""
    return parse_answer(pins.exchange(short(FrameOp.GET_RESULT, seq, session) + bytes(room))[4:], session)


def status(pins):
    """The answer to GET_STATUS, and its content."""
    answer = parse_answer(pins.exchange(short(FrameOp.GET_STATUS) + bytes(40))[4:], 0)
    return answer, parse_status(answer.words)


class TestFrames:
    def test_a_write_reaches_the_bus_when_chip_select_rises_not_before(self, dut):
        dut("begin", WRITE.hex())
        dut("run", 1000)
        assert dut.accesses() == []
        dut("end")
        assert dut.accesses() == WRITTEN
        answer = result(dut)
        assert (answer.valid, answer.seq, answer.result, answer.done, answer.words) == (True, 1, Result.OKAY, 2, ())

    def test_a_read_comes_with_its_result_as_often_as_it_is_asked_for(self, dut):
        dut("poke", 0x40, 0xCAFE0001)
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 1))
        assert [result(dut).words for _ in range(3)] == [(0xCAFE0001,)] * 3
        assert dut.accesses() == [(0x40, None, 0xF)]

    def test_a_mask_becomes_byte_lanes(self, dut):
        dut.exchange(MASKED)
        assert dut.accesses() == [(0x40, 0x11223344, 0b0110)]

    def test_the_longest_burst_goes_both_ways(self, dut):
        words = tuple(random.Random(2).getrandbits(32) for _ in range(64))
        dut.exchange(access(FrameOp.WRITE, 1, SESSION, 0xF00, 64, words))
        dut.exchange(access(FrameOp.READ, 2, SESSION, 0xF00, 64))
        assert result(dut, 2, room=280).words == words
        assert len(dut.accesses()) == 128

    def test_a_fixed_address_burst_stays_there(self, dut):
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 3, fixed=True))
        assert dut.accesses() == [(0x40, None, 0xF)] * 3

    @pytest.mark.parametrize(
        ("frame", "code"),
        [
            (access(FrameOp.READ, 1, SESSION, 0x42, 1), Result.FORMAT),
            (access(FrameOp.READ, 1, SESSION, 0xFFC, 2), Result.FORMAT),
            (access(FrameOp.READ, 1, SESSION, 0x40, 1, wide=True), Result.FORMAT),
            (access(FrameOp.WRITE, 1, SESSION, 0x40, 1, (1, 2), wide=True), Result.FORMAT),
            (access(FrameOp.WRITE_MASKED, 1, SESSION, 0x40, 1, (0x0FF0, 1)), Result.FORMAT),
            (access(FrameOp.READ, 1, SESSION, 1 << 32, 1), Result.DECERR),
        ],
        ids=["alignment", "page", "wide read", "wide write", "torn mask", "address"],
    )
    def test_what_cannot_be_is_answered_and_not_tried(self, dut, frame, code):
        dut.exchange(frame)
        answer = result(dut)
        assert (answer.valid, answer.result, answer.done) == (True, code, 0)
        assert dut.accesses() == []

    @pytest.mark.parametrize("half", [5, 6, 7, 13, 50])
    def test_at_any_rate_up_to_10_mhz(self, dut, half):
        dut("half", half)
        dut.exchange(WRITE)
        assert result(dut).result is Result.OKAY
        assert status(dut)[1].nonce == SESSION

    def test_status_tells_everything_about_the_last_access(self, dut):
        dut.exchange(WRITE)
        answer, link = status(dut)
        assert (link.epoch, link.done, link.seq, link.crc) == (1, 2, 1, int.from_bytes(WRITE[-2:], "big"))
        assert (link.result, link.address, link.nonce, link.dropped) == (Result.OKAY, 0x40, SESSION, Result.OKAY)
        assert (answer.valid, answer.busy, answer.was_reset) == (False, False, False)


class TestDamage:
    @pytest.mark.parametrize("frame", [WRITE, MASKED], ids=["write", "masked"])
    def test_a_wrong_byte_anywhere_has_no_effect(self, dut, frame):
        for at in range(len(frame)):
            for flip in (0x01, 0x80, 0xFF):
                dut.exchange(frame[:at] + bytes([frame[at] ^ flip]) + frame[at + 1 :])
                assert dut.accesses() == [], f"byte {at} ^ {flip:#x}"
        assert register(dut, "err_cnt_crc") > 2 * len(frame)
        dut.exchange(frame)
        assert dut.accesses() != [], "the link goes on"

    def test_a_crash_at_any_bit_has_no_effect(self, dut):
        for bits in range(8 * len(WRITE)):
            dut("frame", WRITE[: bits // 8].hex() or "-", bits % 8)
            assert dut.accesses() == [], f"{bits} bits"
        assert register(dut, "err_cnt_trunc") == 8 * len(WRITE) - 1
        answer, link = status(dut)
        assert (link.seq, link.dropped, answer.status >> 3 & 1) == (0, Result.FORMAT, 1)
        dut.exchange(WRITE)
        assert dut.accesses() == WRITTEN

    def test_clocks_too_many_have_no_effect(self, dut):
        for extra in range(1, 17):
            dut("frame", WRITE.hex() + "00" * (extra // 8), extra % 8)
        assert dut.accesses() == []

    def test_the_same_frame_again_is_not_executed_again(self, dut):
        for _ in range(3):
            dut.exchange(WRITE)
        assert dut.accesses() == WRITTEN
        answer = result(dut)
        assert (answer.valid, answer.status >> 3 & 1) == (True, 0), "it was expected"

    def test_the_same_number_with_other_content_is_no_repetition(self, dut):
        dut.exchange(WRITE)
        dut.exchange(access(FrameOp.WRITE, 1, SESSION, 0x40, 1, (9,)))
        assert dut.accesses() == WRITTEN
        assert register(dut, "last") >> 12 & 0xF == Result.SEQ_GAP

    @pytest.mark.parametrize("seq", [0, 2, 255])
    def test_a_gap_in_the_sequence_is_not_executed(self, dut, seq):
        dut.exchange(access(FrameOp.WRITE, seq, SESSION, 0x40, 1, (9,)))
        assert dut.accesses() == []
        answer = result(dut, seq)
        assert answer.result is Result.SEQ_GAP or (seq == 0 and not answer.valid)

    @pytest.mark.parametrize("session", [0, SESSION ^ 1])
    def test_another_session_is_not_executed_and_not_told_the_result(self, dut, session):
        dut.exchange(WRITE)
        dut.accesses()
        dut.exchange(access(FrameOp.WRITE, 2, session, 0x40, 1, (9,)))
        assert dut.accesses() == []
        answer = result(dut, 1, session)
        assert (answer.valid, answer.result) == (False, Result.SESSION_MISMATCH)

    def test_without_a_session_nothing_is_executed(self, pins):
        for session in (0, SESSION):
            pins.exchange(access(FrameOp.WRITE, 1, session, 0x40, 1, (9,)))
        assert pins.accesses() == []
        assert status(pins)[0].was_reset

    def test_a_reset_ends_the_session_and_is_counted(self, dut):
        dut.exchange(WRITE)
        dut("reset")
        assert result(dut).result is Result.SESSION_MISMATCH
        answer, link = status(dut)
        assert (answer.was_reset, link.epoch, link.seq, link.nonce) == (True, 2, 0, 0)
        dut("power")
        assert status(dut)[1].epoch == 1

    def test_a_frame_that_a_reset_beheaded_is_ignored_to_its_end(self, pins):
        pins("begin", "00")
        pins("reset")
        pins("begin", link_reset(SESSION).hex())
        pins("end")
        assert register(pins, "session") == 0
        pins.exchange(link_reset(SESSION))
        assert register(pins, "session") == SESSION

    def test_a_link_reset_keeps_the_counters(self, dut):
        dut.exchange(WRITE[:5])
        dut.exchange(link_reset(0x1234))
        assert register(dut, "err_cnt_trunc") == 1
        assert register(dut, "session") == 0x1234
        assert status(dut)[1].seq == 0
        dut("put", OFFSETS["err_clr"], 1)
        assert register(dut, "err_cnt_trunc") == 0


class TestIdleTimer:
    @pytest.fixture
    def impatient(self, dut):
        """An idle timer of 20 us, which is 2000 clocks."""
        dut("put", OFFSETS["idle_cfg"], 20)
        return dut

    @pytest.mark.parametrize("sent", range(1, len(WRITE) + 1))
    def test_a_controller_that_hangs_in_a_frame_is_dropped(self, impatient, sent):
        impatient("begin", WRITE[:sent].hex())
        impatient("run", 2100)
        assert register(impatient, "err_cnt_trunc") == 1
        impatient("begin", WRITE[sent:].hex() + WRITE.hex())
        impatient("end")
        assert impatient.accesses() == []
        impatient.exchange(WRITE)
        assert impatient.accesses() == WRITTEN

    def test_a_slow_one_is_not(self, impatient):
        impatient("begin", WRITE[:9].hex())
        impatient("run", 1800)
        impatient("begin", WRITE[9:].hex())
        impatient("run", 1800)
        impatient("end")
        assert impatient.accesses() == WRITTEN

    def test_it_can_be_turned_off(self, dut):
        dut("put", OFFSETS["idle_cfg"], 0)
        dut("begin", WRITE[:9].hex())
        dut("run", 20_000)
        dut("begin", WRITE[9:].hex())
        dut("end")
        assert dut.accesses() == WRITTEN


class TestFabric:
    def test_an_error_response_is_told(self, dut):
        dut("set", "error", 0x40)
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 1))
        assert result(dut).result is Result.SLVERR
        assert register(dut, "err_cnt_slverr") == 1

    def test_a_burst_that_stopped_tells_how_far_it_came(self, dut):
        dut("poke", 0x40, 7)
        dut("set", "error", 0x48)
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 4))
        answer = result(dut)
        assert (answer.result, answer.done, answer.words) == (Result.PARTIAL, 2, (7, 0))
        assert len(dut.accesses()) == 3

    def test_a_slow_access_is_waited_for_with_wait_bytes(self, dut):
        dut("set", "delay", 2500)  # 31 bytes at 10 MHz
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 1))
        came = dut.exchange(short(FrameOp.GET_RESULT, 1, SESSION) + bytes(60))
        assert came.index(TOKEN) > 20
        assert parse_answer(came[4:], SESSION).result is Result.OKAY

    def test_what_takes_longer_is_busy_and_refuses_others(self, dut):
        dut("set", "delay", 20_000)
        dut.exchange(WRITE)
        answer = result(dut, room=80)
        assert (answer.valid, answer.busy, answer.result) == (False, True, Result.BUSY)
        dut.exchange(access(FrameOp.WRITE, 2, SESSION, 0x80, 2, (1, 2)))
        dut.exchange(link_reset(0x77))
        answer, link = status(dut)
        assert (link.result, link.dropped, link.nonce) == (Result.BUSY, Result.BUSY, SESSION)
        dut("run", 50_000)
        assert result(dut).result is Result.OKAY
        assert dut.accesses() == WRITTEN

    def test_a_payload_that_came_while_the_one_before_was_in_use_is_refused(self, dut):
        dut("set", "delay", 600)  # two words: done when the next frame is in its payload
        dut.exchange(WRITE)
        dut.exchange(access(FrameOp.WRITE, 2, SESSION, 0x80, 2, (1, 2)))
        answer = result(dut, 2)
        assert (answer.seq, answer.busy, answer.result) == (1, False, Result.BUSY)
        assert dut.accesses() == WRITTEN

    def test_no_answer_is_a_timeout_and_the_access_stays_on_the_fabric(self, dut):
        dut("put", OFFSETS["timeout_cfg"], 64 << 16 | 10)
        dut("set", "hang", 0x40)
        dut.exchange(WRITE)
        dut("run", 1200)
        answer = result(dut)
        assert (answer.valid, answer.busy, answer.result, answer.done) == (True, True, Result.AXI_TIMEOUT, 0)
        assert register(dut, "err_cnt_timeout") == 1
        assert register(dut, "status") >> 8 & 1
        dut.exchange(access(FrameOp.READ, 2, SESSION, 0x80, 1))
        assert result(dut, 2).result is Result.BUSY
        dut("set", "hang", 0xFFFFFFFF)
        dut("run", 10)
        assert not result(dut).busy
        dut.exchange(access(FrameOp.READ, 2, SESSION, 0x80, 1))
        assert result(dut, 2).result is Result.OKAY

    def test_a_timeout_of_the_fabric_is_told_from_an_error_of_a_block(self, dut):
        dut("set", "error", 0x40)
        dut("set", "delay", 500)
        dut.exchange(WRITE)
        dut("set", "fault", 1)
        dut("run", 500)
        answer = result(dut)
        assert (answer.result, answer.status >> 6 & 1) == (Result.AXI_TIMEOUT, 1)
        dut.exchange(access(FrameOp.READ, 2, SESSION, 0x40, 1))
        assert result(dut, 2).result is Result.SLVERR, "this one came while the latch was set already"

    def test_a_planted_loss_of_answers(self, dut):
        dut("set", "no_answer", 1)
        dut.exchange(WRITE)
        dut("run", 110_000)
        assert result(dut).result is Result.AXI_TIMEOUT


class TestClosed:
    def test_no_writes(self, dut):
        dut("put", OFFSETS["ctrl"], 0b11)
        dut.exchange(WRITE)
        answer = result(dut)
        assert (answer.result, answer.valid, answer.status >> 5 & 1) == (Result.LOCKED, True, 1)
        dut.exchange(access(FrameOp.READ, 2, SESSION, 0x40, 1))
        assert result(dut, 2).result is Result.OKAY

    def test_nothing(self, dut):
        dut("put", OFFSETS["ctrl"], 0)
        dut.exchange(access(FrameOp.READ, 1, SESSION, 0x40, 1))
        assert result(dut).result is Result.LOCKED
        assert dut.accesses() == []

    def test_and_locked(self, dut):
        dut("put", OFFSETS["ctrl"], 0)
        dut("put", OFFSETS["lock"], 0)
        dut("put", OFFSETS["ctrl"], 1)
        assert register(dut, "ctrl") == 0


class TestBus:
    """The bus over SPI on the real pins."""

    def test_reads_what_it_wrote(self, pins):
        bus = pins.bus()
        bus.write_block(0xFE0, list(range(100)))
        bus.write(0xFE1, 0xAB, 1)
        assert bus.read_block(0xFE0, 100) == [0xAB00, *range(1, 100)]
        assert bus.errors == {}

    def test_a_slow_chip_costs_time_and_nothing_else(self, pins):
        bus = pins.bus()
        pins("set", "delay", 20_000)
        bus.write(0x40, 5)
        assert bus.read(0x40) == 5
        assert pins.accesses() == [(0x40, 5, 0xF), (0x40, None, 0xF)]
        assert set(bus.errors) <= {"BUSY", "ZEROS", "CUT"}

    def test_a_hung_access_is_named_and_the_next_one_says_why_it_cannot(self, pins, monkeypatch):
        monkeypatch.setattr("bedplate.env.spi.bus.BUDGET", ms(2))
        bus = pins.bus()
        pins("set", "hang", 0x40)
        with pytest.raises(BusFault, match="WRITE answered AXI_TIMEOUT"):
            bus.write(0x40, 5)
        with pytest.raises(BusFault, match="READ answered BUSY"):
            bus.read(0x44)
        pins("set", "hang", 0xFFFFFFFF)
        assert bus.read(0x44) == 0

    def test_an_access_waits_for_the_one_that_is_still_on_the_fabric(self, pins):
        bus = pins.bus()
        pins("set", "hang", 0x40)
        with pytest.raises(BusFault, match="WRITE answered AXI_TIMEOUT"):
            bus.write(0x40, 5)
        bus.errors.clear()
        bus.sleep = lambda duration: pins("set", "hang", 0xFFFFFFFF)
        assert bus.read(0x44) == 0
        assert bus.errors["BUSY"] == 1
        assert pins.accesses() == [(0x40, 5, 0xF), (0x44, None, 0xF)]

    def test_a_half_frame_of_a_dead_controller_is_in_nobodys_way(self, pins):
        pins("begin", WRITE[:9].hex(), 5)  # and chip select stays low
        bus = pins.bus()
        bus.write(0x40, 5)
        assert pins.accesses() == [(0x40, 5, 0xF)]


def mutated(frame, chance):
    """The frame, or what noise makes of it."""
    kind = chance.randrange(8)
    if kind == 0:
        return frame[: chance.randrange(len(frame))]
    if kind == 1:
        at = chance.randrange(len(frame))
        return frame[:at] + bytes([frame[at] ^ 1 << chance.randrange(8)]) + frame[at + 1 :]
    if kind == 2:
        return frame + chance.randbytes(chance.randrange(1, 9))
    return frame


@pytest.mark.parametrize("seed", range(3))
def test_rtl_and_reference_answer_alike(pins, bridge, memory, seed):
    """Random frames, right, damaged and senseless, to both: same bytes back, same accesses, same counters."""
    chance = random.Random(seed)
    pins("set", "error", 0x3FF0)
    seq = 0
    for _ in range(250):
        session = bridge.nonce & 0xFF if chance.random() < 0.9 else chance.randrange(256)
        kind = chance.randrange(10)
        if kind == 0:
            frame = link_reset(chance.choice([0x100, chance.getrandbits(32)]))
        elif kind < 4:
            op = chance.choice([FrameOp.GET_RESULT, FrameOp.GET_STATUS, FrameOp.NOP])
            frame = short(op, chance.choice([seq, seq, bridge.last.seq]), session) + bytes(chance.randrange(60))
        else:
            op = chance.choice([FrameOp.READ, FrameOp.WRITE, FrameOp.WRITE_MASKED])
            seq = bridge.last.seq % 255 + 1 if chance.random() < 0.9 else chance.randrange(256)
            wide, count = chance.random() < 0.05, chance.randrange(1, 12)
            payload = [
                chance.getrandbits(32)
                for _ in range({FrameOp.READ: 0, FrameOp.WRITE: 1, FrameOp.WRITE_MASKED: 2}[op] * count << wide)
            ]
            if op is FrameOp.WRITE_MASKED and chance.random() < 0.9:
                payload[::2] = [chance.choice([0xFF, 0xFF00, 0xFFFF0000, 0xFFFFFFFF]) for _ in payload[::2]]
            address = 4 * chance.randrange(0x1000) + chance.choice([0] * 9 + [2, 1 << 32])
            frame = access(op, seq, session, address, count, payload, fixed=chance.random() < 0.2, wide=wide)
        sent = [mutated(frame, chance)] * chance.choice([1, 1, 1, 2])
        for data in sent:
            cut = chance.random() < 0.05
            assert pins.exchange(data, cut) == bridge.exchange(data, cut), data.hex()
        lanes = {1: 1, 2: 3, 4: 15}
        done = [
            (a & ~3, v if v is None else v << 8 * (a & 3), lanes[size] << (a & 3)) for a, v, size in memory.accesses()
        ]
        rtl = [
            (a, v if v is None else v & sum(0xFF << 8 * i for i in range(4) if lane >> i & 1), lane)
            for a, v, lane in pins.accesses()
        ]
        assert [entry for entry in rtl if entry[0] != 0x3FF0] == done
    counted = {
        "crc": "err_cnt_crc",
        "trunc": "err_cnt_trunc",
        "format": "err_cnt_format",
        "slverr": "err_cnt_slverr",
        "frame": "frame_cnt",
    }
    assert {kind: register(pins, name) for kind, name in counted.items()} == {
        kind: bridge.counts[kind] for kind in counted
    }
