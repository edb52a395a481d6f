"""A PC with Intel's Q35 chip set, as far as a chip in one of its slots needs it. Source: Intel 3 Series Express Chipset data sheet.

Configuration space is reached through memory (PCI Express 3.0, 7.2.2, ECAM) once the host bridge has been told where. That is
firmware's work, done through the ports 0xCF8 and 0xCFC; a machine that starts without firmware has it done by the environment.
"""

from __future__ import annotations

from bedplate.bus import Canary

ECAM = 0xB000_0000
"""Where configuration space is: 4 KiB a function."""

PORT_WRITES = ((0xCF8, 0x8000_0060), (0xCFC, ECAM | 1))
"""PCIEXBAR of the host bridge (bus 0, device 0, offset 0x60): the address, and enabled."""

CANARY = Canary(ECAM, 0x29C0_8086)
"""Vendor and device of the host bridge: while it answers, all ones from a function are its own word, or nobody's."""


def configuration(device: int, function: int = 0) -> int:
    """The address of the configuration header of a function on bus 0."""
    return ECAM | device << 15 | function << 12
