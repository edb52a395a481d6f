"""Number formats of PMBus: by hand, by all their words, and at the edges."""

import math

import pytest

from bedplate.errors import OutOfRange
from bedplate.reg.formats import Direct, exponent_of, from_linear11, from_linear16, to_linear11, to_linear16

VOLTS = Direct(1, 0, 3)


class TestLinear11:
    @pytest.mark.parametrize(
        ("word", "number"),
        [
            (0x0000, 0.0),
            (0x0001, 1.0),
            (0x07FF, -1.0),
            (0xF819, 12.5),  # exponent -1, mantissa 25
            (0xD300, 12.0),  # exponent -6, mantissa 768
            (0xE7FF, -0.0625),  # exponent -4, mantissa -1
            (0x0FE8, -48.0),  # exponent 1, mantissa -24
            (0x8001, 2.0**-16),
            (0x7BFF, 1023 * 2.0**15),
            (0x7C00, -1024 * 2.0**15),
        ],
    )
    def test_by_hand(self, word, number):
        assert from_linear11(word) == number

    def test_each_words_number_has_a_word_that_is_the_same_number(self):
        assert all(from_linear11(to_linear11(number)) == number for number in map(from_linear11, range(1 << 16)))

    @pytest.mark.parametrize("number", [0.1, 1.234, 48.3, -7.77, 999.9, 123456.0, -123456.0])
    def test_the_nearest_word_is_off_by_a_thousandth_at_most(self, number):
        assert abs(from_linear11(to_linear11(number)) - number) <= abs(number) / 1024

    def test_rounds_to_the_nearest_and_of_two_to_the_even_one(self):
        assert [from_linear11(to_linear11(number)) for number in (1023.4, 2047.0, 2049.0, -1025.0)] == [
            1023.0, 2048.0, 2048.0, -1024.0,
        ]  # fmt: skip
        assert to_linear11(2.0**-18) == to_linear11(0.0)

    @pytest.mark.parametrize("number", [33521664 + 2**14, -33554432 - 2**15, math.inf, -math.inf, math.nan])
    def test_what_no_word_is_near_to_is_refused(self, number):
        with pytest.raises(OutOfRange, match="no LINEAR11 word"):
            to_linear11(number)

    @pytest.mark.parametrize("word", [-1, 0x10000])
    def test_what_is_no_word_is_refused(self, word):
        with pytest.raises(OutOfRange, match="no word"):
            from_linear11(word)


class TestLinear16:
    @pytest.mark.parametrize(("mode", "exponent"), [(0x00, 0), (0x0F, 15), (0x10, -16), (0x14, -12), (0x1F, -1)])
    def test_the_exponent_is_in_vout_mode(self, mode, exponent):
        assert exponent_of(mode) == exponent

    @pytest.mark.parametrize("mode", [0x20, 0x40, 0x60, 0x94, -1, 0x114])
    def test_another_mode_is_refused(self, mode):
        with pytest.raises(OutOfRange, match="does not say ULINEAR16"):
            exponent_of(mode)

    def test_by_hand(self):
        assert from_linear16(0x0E66, -12) == 0.89990234375
        assert from_linear16(0xFFFF, -9) == 127.998046875, "without a sign"
        assert to_linear16(0.9, -12) == 0x0E66

    @pytest.mark.parametrize("exponent", [-16, -12, 0, 15])
    def test_each_word_comes_back(self, exponent):
        assert all(to_linear16(from_linear16(word, exponent), exponent) == word for word in range(1 << 16))

    @pytest.mark.parametrize("volts", [-0.001, 16.0, math.nan, math.inf])
    def test_what_no_word_is_near_to_is_refused(self, volts):
        with pytest.raises(OutOfRange, match=r"no ULINEAR16 word is near this number, wanted 0 to 15\.9998"):
            to_linear16(volts, -12)


class TestDirect:
    def test_by_hand(self):
        assert VOLTS.number(900) == 0.9
        assert VOLTS.word(0.9) == 900
        assert Direct(1, 0, -2).number(5) == 500.0
        assert Direct(-2, 100, 0).number(0xFFF6) == 55.0

    @pytest.mark.parametrize(
        "format", [VOLTS, Direct(1, 0, 0), Direct(1, 0, -2), Direct(-7, 3, 1), Direct(19599, 0, -2)]
    )
    def test_each_word_comes_back(self, format):
        assert all(format.word(format.number(word)) == word for word in range(1 << 16))

    @pytest.mark.parametrize("volts", [32.768, -32.769, math.nan, -math.inf])
    def test_what_no_word_is_near_to_is_refused(self, volts):
        with pytest.raises(OutOfRange, match=r"no DIRECT word is near this number, wanted -32.768 to 32.767"):
            VOLTS.word(volts)
