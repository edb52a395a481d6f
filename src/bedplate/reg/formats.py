"""Numbers as PMBus devices hold them: LINEAR11, ULINEAR16 and DIRECT. Pure: a word to a number, a number to a word.

Source: PMBus Power System Management Protocol Specification, Part II, revision 1.3.1, sections 7.1 to 7.3 (formats) and 8.3
(VOUT_MODE). Numbers are in the units of the command (V, A, W, degrees Celsius, rpm, ms); which format a command has says the device's
data sheet, but for output voltages, where its VOUT_MODE does.

A word becomes a float exactly, but for DIRECT, which divides by powers of ten. A number becomes the nearest word (of two as near the even
one), and is refused where there is none near it: nothing saturates.
"""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from bedplate.errors import OutOfRange
from bedplate.reg.field import signed

MANTISSA, EXPONENT = range(-1024, 1024), range(-16, 16)
"""Of LINEAR11: 11 and 5 bits, two's complement."""
VOUT_EXPONENT = 0x1F
"""The exponent's bits in VOUT_MODE; those above say which format, and whether limits are relative to the voltage commanded."""


def from_linear11(word: int) -> float:
    """The number that a LINEAR11 word is: mantissa (bits 10:0) * 2 ** exponent (bits 15:11). Raises OutOfRange for no 16 bits."""
    _require_word(word)
    return float(signed(word & 0x7FF, 11) * 2.0 ** signed(word >> 11, 5))


def to_linear11(number: float) -> int:
    """The LINEAR11 word nearest to a number, with the smallest exponent that its mantissa fits with. Raises OutOfRange.

    A number has several words where its mantissa is even: compare numbers, not words, with what a device holds.
    """
    for exponent in EXPONENT if isfinite(number) else ():
        mantissa = round(number / 2.0**exponent)
        if mantissa in MANTISSA:
            return (exponent & 0x1F) << 11 | mantissa & 0x7FF
    raise OutOfRange("no LINEAR11 word is near this number", wanted="-33554432 to 33521664", got=f"{number}")


def exponent_of(vout_mode: int) -> int:
    """The exponent of output voltages, by a VOUT_MODE that says ULINEAR16 with absolute limits. Raises OutOfRange for any other."""
    if not 0 <= vout_mode <= VOUT_EXPONENT:
        raise OutOfRange(
            "VOUT_MODE does not say ULINEAR16",
            wanted="bits 7:5 zero: ULINEAR16, limits absolute",
            got=f"0x{vout_mode:02x}" + ("" if vout_mode & 0x60 else ", limits relative to VOUT_COMMAND"),
            next="the device's data sheet: VID has a table, DIRECT its coefficients (`Direct`)",
        )
    return signed(vout_mode, 5)


def from_linear16(word: int, exponent: int) -> float:
    """The voltage that a ULINEAR16 word is: word * 2 ** exponent (see `exponent_of`). Raises OutOfRange for no 16 bits."""
    _require_word(word)
    return float(word * 2.0**exponent)


def to_linear16(volts: float, exponent: int) -> int:
    """The ULINEAR16 word nearest to a voltage, which is not negative. Raises OutOfRange."""
    return _word_of(volts / 2.0**exponent, 0, 0xFFFF, "ULINEAR16", volts, f"0 to {from_linear16(0xFFFF, exponent):g}")


class Direct(NamedTuple):
    """The DIRECT format: word = (m * number + b) * 10 ** r, 16 bits, two's complement; the data sheet has m, b and R."""

    m: int
    b: int
    r: int

    def number(self, word: int) -> float:
        """The number that a word is. Raises OutOfRange for no 16 bits."""
        _require_word(word)
        y = signed(word, 16)
        shifted = y / 10**self.r if self.r >= 0 else y * 10**-self.r
        return float((shifted - self.b) / self.m)

    def word(self, number: float) -> int:
        """The word nearest to a number. Raises OutOfRange."""
        scaled = (self.m * number + self.b) * 10.0**self.r
        ends = sorted((self.number(0x8000), self.number(0x7FFF)))
        return _word_of(scaled, -0x8000, 0x7FFF, "DIRECT", number, f"{ends[0]:g} to {ends[1]:g}") & 0xFFFF


def _word_of(scaled: float, least: int, most: int, kind: str, number: float, wanted: str) -> int:
    word = round(scaled) if isfinite(scaled) else most + 1
    if not least <= word <= most:
        raise OutOfRange(f"no {kind} word is near this number", wanted=wanted, got=f"{number}")
    return word


def _require_word(word: int) -> None:
    if not 0 <= word <= 0xFFFF:
        raise OutOfRange("this is no word", wanted="16 bits", got=f"0x{word:x}" if word >= 0 else f"{word}")
