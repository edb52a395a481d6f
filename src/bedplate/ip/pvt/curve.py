"""From codes of the macros to degrees and volts, and back. Pure; signed throughout: codes below the middle are negative.

Sources: public driver of this sensor family (series 5 and 6): T = G + H * (n / cal - 0.5) + J * f, in thousandths of a
degree with f in MHz; V = (90 n - 245805) / 1024, in millivolts.
"""

from __future__ import annotations

from typing import NamedTuple

CODES = 1 << 12
"""Temperature codes are below this."""
VOLTAGE_CODES = 1 << 14


class Curve(NamedTuple):
    """A temperature curve: g, h in thousandths of a degC; j in thousandths of a degC per MHz of sensor clock."""

    series: int
    g: int
    h: int
    j: int
    full: int

    def celsius(self, code: int, clock_khz: int) -> float:
        """Temperature (degC) for a code."""
        return (self.g + self.h * (2 * code - self.full) / (2 * self.full) + self.j * clock_khz / 1000) / 1000

    def code(self, celsius: int, clock_khz: int) -> int:
        """The smallest code at or above a temperature (whole degC), kept within the range of codes.

        In integers: with everything over 2 * full * 1000, -(-a // b) rounds up for either sign.
        """
        above = (celsius * 1000 - self.g) * 1000 - self.j * clock_khz
        code = -(-(2 * self.full * above + 1000 * self.h * self.full) // (2 * 1000 * self.h))
        return min(max(code, 0), CODES - 1)


SERIES_5 = Curve(5, 60_000, 200_000, -100, 4094)
SERIES_6 = Curve(6, 57_400, 249_400, 0, 4096)


def volts(code: int) -> float:
    """Voltage (V) for a code; small codes are negative voltages."""
    return (90 * code - 245_805) / 1024 / 1000


def signed(byte: int) -> int:
    """A byte as a number from -128 to 127."""
    return byte - 256 if byte & 0x80 else byte
