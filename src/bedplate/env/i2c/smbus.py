"""SMBus: a command and its data, with or without a check sum. Source: SMBus specification 3.2, sections 6.4 and 6.5."""

from __future__ import annotations

from typing import Protocol

from bedplate.errors import Damaged

BLOCK = 32
"""Bytes in a block, at most: those of SMBus 2.0, which is what Linux moves."""

ADDRESSES = range(0x08, 0x78)
"""Of devices, 7 bits: the others are reserved."""


class Transfer(Protocol):
    """Whatever moves bytes to and from one device, as one message on the wires, from START to STOP.

    `out` is written. Where `room` is not 0, a repeated START and as many bytes follow, which are read and returned; with `counted`
    the first of them says how many bytes of data there are besides `room`. Raises NotAcknowledged, ArbitrationLost, BusTimeout,
    BusFault for a count that is none, LinkDown for a controller that failed.
    """

    def __call__(self, out: bytes, room: int = 0, counted: bool = False) -> bytes: ...


class Device:
    """A device's commands. With `pec` each message ends in a check sum: made when writing, checked when reading.

    Raises Damaged for a wrong one, and what `transfer` raises: a device that finds our check sum wrong acknowledges it not.
    """

    def __init__(self, transfer: Transfer, address: int, pec: bool = False) -> None:
        self.transfer, self.address, self.pec = transfer, address, pec

    @property
    def where(self) -> str:
        """The device, for errors."""
        return f"I2C device 0x{self.address:02x}"

    def write(self, command: int, data: bytes = b"") -> None:
        """Send Byte (no data), Write Byte, Write Word, Write 32, Write 64; with its count in front also Block Write."""
        out = bytes([command]) + data
        self.transfer(out + bytes([pec(bytes([self.address << 1]) + out)]) if self.pec else out)

    def read(self, command: int, count: int) -> bytes:
        """Read Byte, Read Word, Read 32, Read 64: as many bytes."""
        return self._checked(command, self.transfer(bytes([command]), count + self.pec))

    def read_block(self, command: int) -> bytes:
        """Block Read: its count and its data."""
        return self._checked(command, self.transfer(bytes([command]), 1 + self.pec, counted=True))

    def _checked(self, command: int, came: bytes) -> bytes:
        if not self.pec:
            return came
        *data, last = came
        wanted = pec(bytes([self.address << 1, command, self.address << 1 | 1, *data]))
        if last != wanted:
            raise Damaged(
                f"the answer to command 0x{command:02x} has a wrong check sum",
                where=self.where,
                wanted=f"PEC 0x{wanted:02x}",
                got=f"0x{last:02x} after {bytes(data).hex()}",
                cause="noise on the bus, two devices at one address, or a device that makes no PEC",
                next="again; a device without PEC (bit 7 of its CAPABILITY, 19h) is opened with pec=0",
            )
        return bytes(data)


def pec(message: bytes) -> int:
    """The packet error code of a message, addresses with their read bit included: CRC-8, x^8 + x^2 + x + 1, from 0."""
    crc = 0
    for byte in message:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ (0x107 if crc & 0x80 else 0)) & 0xFF
    return crc
