"""Frames: what is built is read back, and no error of up to three bits goes unnoticed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.env.spi.frame import (
    ACCESSES,
    WORDS_ON_WIRE,
    Dropped,
    Flaw,
    FrameOp,
    LinkStatus,
    RequestFrame,
    ResponseFrame,
    Result,
    access,
    answer,
    crc8,
    crc16,
    link_reset,
    parse_answer,
    parse_request,
    parse_status,
    short,
)

byte, word = st.integers(0, 0xFF), st.integers(0, 0xFFFF_FFFF)
seq = st.integers(1, 0xFF)


@st.composite
def accesses(draw, longest=64):
    """The arguments of any access."""
    op, count, wide = draw(st.sampled_from(sorted(ACCESSES))), draw(st.integers(1, longest)), draw(st.booleans())
    size = count * WORDS_ON_WIRE[op] << wide
    words = draw(st.lists(word, min_size=size, max_size=size))
    address = draw(st.integers(0, (1 << 40) - 1))
    return (op, draw(seq), draw(byte), address, count, words), {"fixed": draw(st.booleans()), "wide": wide}


@st.composite
def answers(draw, longest=64):
    """The arguments of any answer."""
    words = draw(st.lists(word, max_size=longest))
    result = draw(st.sampled_from(Result))
    return draw(st.integers(0, 0x7F)), draw(byte), result, len(words) or draw(st.integers(0, 64)), words, draw(seq)


def flips(data, bits):
    """The data with those bits flipped."""
    return (int.from_bytes(data, "big") ^ sum(1 << bit for bit in bits)).to_bytes(len(data), "big")


def bit_by_bit(data, polynomial, width, crc):
    for at in range(8 * len(data)):
        crc ^= (data[at // 8] >> 7 - at % 8 & 1) << width - 1
        crc = (crc << 1 ^ (polynomial if crc >> width - 1 else 0)) & (1 << width) - 1
    return crc


def test_checksums_are_the_published_ones():
    assert crc16(b"123456789") == 0x29B1
    assert crc8(b"123456789") == bit_by_bit(b"123456789", 0x07, 8, 0xFF) == 0xFB
    assert bit_by_bit(b"123456789", 0x1021, 16, 0xFFFF) == 0x29B1


class TestRequests:
    @given(accesses())
    def test_an_access_is_read_back(self, given):
        (op, seq, session, address, count, words), kind = given
        frame = access(op, seq, session, address, count, words, **kind)
        got = parse_request(frame)
        assert got == RequestFrame(
            op, seq, session, address, count, tuple(words), **kind, crc=int.from_bytes(frame[-2:], "big")
        )

    @given(
        st.sampled_from([FrameOp.NOP, FrameOp.GET_RESULT, FrameOp.GET_STATUS]),
        byte,
        byte,
        st.binary(max_size=20),
        st.booleans(),
    )
    def test_a_short_one_is_read_back_whatever_follows(self, op, seq, session, behind, cut):
        assert parse_request(short(op, seq, session) + behind, cut) == RequestFrame(op, seq, session)

    @given(word)
    def test_a_link_reset_is_read_back(self, nonce):
        assert parse_request(link_reset(nonce)).address == nonce

    @given(accesses(longest=8), st.data())
    def test_half_a_frame_is_none(self, given, data):
        frame = access(*given[0], **given[1])
        end = data.draw(st.integers(0, len(frame) - 1))
        assert isinstance(parse_request(frame[:end], data.draw(st.booleans())), Dropped)
        assert parse_request(frame, cut=True) == Dropped(Result.FORMAT, truncated=True)
        assert parse_request(frame + b"\0") == Dropped(Result.FORMAT)

    @given(st.binary(max_size=80), st.booleans())
    def test_noise_is_answered(self, noise, cut):
        assert isinstance(parse_request(noise, cut), (RequestFrame, Dropped))


class TestAnswers:
    @given(answers(), st.integers(0, 20), st.integers(0, 9))
    def test_an_answer_is_read_back_after_any_wait(self, given, waits, behind):
        status, seq, result, done, words, session = given
        came = bytes(waits) + answer(*given) + bytes(behind)
        got = parse_answer(came, session)
        assert got == ResponseFrame(got.status, seq, result, done, tuple(words))
        assert got.status & 0x7F == status
        assert got.status.bit_count() % 2 == 0, "bit 7 makes parity even, for whoever reads no further"

    @given(answers(longest=3), seq)
    def test_an_answer_to_somebody_else_is_not_believed(self, given, session):
        if session != given[-1]:
            assert parse_answer(answer(*given), session) is Flaw.CORRUPT

    @given(answers(longest=3))
    def test_an_answer_that_did_not_end_is_not_believed(self, given):
        whole = answer(*given)
        assert parse_answer(b"", given[-1]) is Flaw.ZEROS
        for end in range(1, len(whole)):
            assert parse_answer(whole[:end], given[-1]) is Flaw.CUT

    @given(st.binary(max_size=80), byte)
    def test_noise_is_answered(self, noise, session):
        assert isinstance(parse_answer(noise, session), (ResponseFrame, Flaw))

    @given(answers(longest=6), st.integers(0, 0xF))
    def test_the_status_of_a_bridge_that_says_anything_is_told_or_flawed(self, given, code):
        got = parse_answer(answer(*given), given[-1])
        assert isinstance(got, ResponseFrame)
        assert isinstance(parse_status(got.words), (LinkStatus, Flaw))
        for words in ((0, code << 8, 0, 0), (0, code << 12, 0, 0)):
            assert (parse_status(words) is Flaw.CORRUPT) == (code > Result.PARTIAL)

    @pytest.mark.parametrize("count", [0, 1, 3, 5, 64])
    def test_a_status_has_four_words(self, count):
        assert parse_status([0] * count) is Flaw.CORRUPT

    @pytest.mark.parametrize(("level", "flaw"), [(0x00, Flaw.ZEROS), (0xFF, Flaw.ONES)])
    def test_a_stuck_line_is_named(self, level, flaw):
        assert parse_answer(bytes([level]) * 30, 1) is flaw

    def test_the_link_status_is_told_apart(self):
        words = (0xBEEF_0307, 0x1234_8E56, 0x89AB_CDEF, 0x0BAD_CAFE)
        wanted = LinkStatus(0xBEEF, 3, 7, 0x1234, Result.CRC, Result.PARTIAL, 0x56_89AB_CDEF, 0x0BAD_CAFE)
        assert parse_status(words) == wanted


class TestBitErrors:
    """Up to three bits: all of them where that is quick, drawn where it is not."""

    READ = access(FrameOp.READ, 7, 0x51, 0x12_3456_789C, 1)
    BYTE = access(FrameOp.WRITE_MASKED, 255, 0xFE, 0xFF, 1, (0xFF00, 0xAB00))
    DONE = answer(0x02, 7, Result.OKAY, 1, (), 0x51)

    @staticmethod
    def harmless(frame):
        """No access. It may have become a question, which changes nothing."""
        got = parse_request(frame)
        return isinstance(got, Dropped) or got.op not in (*ACCESSES, FrameOp.LINK_RESET)

    @pytest.mark.parametrize("bits", [1, 2, 3])
    def test_none_makes_another_access(self, bits):
        for chosen in combinations(range(8 * len(self.READ)), bits):
            assert self.harmless(flips(self.READ, chosen)), chosen

    @pytest.mark.parametrize("bits", [1, 2])
    def test_none_makes_another_write(self, bits):
        for chosen in combinations(range(8 * len(self.BYTE)), bits):
            assert self.harmless(flips(self.BYTE, chosen)), chosen

    @pytest.mark.parametrize("bits", [1, 2, 3])
    def test_none_makes_another_question(self, bits):
        for op in (FrameOp.NOP, FrameOp.GET_RESULT, FrameOp.GET_STATUS):
            for chosen in combinations(range(32), bits):
                assert isinstance(parse_request(flips(short(op, 7, 0x51), chosen) + bytes(25)), Dropped), chosen

    @pytest.mark.parametrize("bits", [1, 2, 3])
    def test_none_makes_another_session(self, bits):
        for chosen in combinations(range(8 * 10), bits):
            assert self.harmless(flips(link_reset(0x1234_5678), chosen)), chosen

    @pytest.mark.parametrize("bits", [1, 2, 3])
    def test_none_makes_another_answer(self, bits):
        right = parse_answer(self.DONE, 0x51)
        assert isinstance(right, ResponseFrame)
        for chosen in combinations(range(8 * len(self.DONE)), bits):
            assert isinstance(parse_answer(flips(self.DONE, chosen), 0x51), Flaw), chosen

    def test_a_wrong_length_cannot_move_the_checksum_to_where_it_fits(self):
        head = answer(0x02, 7, Result.OKAY, 2, (0, 0), 0x51)[1:6]
        shorter = bytes([*head[:3], head[3] ^ 0x80, head[4]])  # no words follow, it says
        came = answer(0x02, 7, Result.OKAY, 2, (crc16(b"\x51" + shorter) << 16, 0), 0x51)
        assert isinstance(parse_answer(came, 0x51), ResponseFrame)
        assert parse_answer(came[:1] + shorter + came[6:], 0x51) is Flaw.CORRUPT

    @given(accesses(), st.data())
    def test_none_makes_another_long_access(self, given, data):
        frame = access(*given[0], **given[1])
        chosen = data.draw(st.sets(st.integers(0, 8 * len(frame) - 1), min_size=1, max_size=3))
        assert self.harmless(flips(frame, chosen))

    @given(answers(), st.integers(1, 8), st.integers(0, 8), st.data())
    def test_none_makes_another_long_answer(self, given, waits, behind, data):
        came = bytes(waits) + answer(*given) + bytes(behind)
        chosen = data.draw(st.sets(st.integers(0, 8 * len(came) - 1), min_size=1, max_size=3))
        assert parse_answer(flips(came, chosen), given[-1]) in (*Flaw, parse_answer(came, given[-1]))
