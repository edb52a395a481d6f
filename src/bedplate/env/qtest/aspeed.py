"""The way to a device on an I2C bus of a machine: the registers of an Aspeed controller, driven as a host does, byte by byte.

Source: Linux, drivers/i2c/busses/i2c-aspeed.c, and QEMU, hw/i2c/aspeed_i2c.c; the data sheet is not public. A message is at its end when its
commands are: the model takes no time, so nothing is waited for.
"""

from __future__ import annotations

from bedplate.bus import Bus
from bedplate.env.i2c.smbus import BLOCK
from bedplate.errors import ArbitrationLost, BusFault, BusTimeout, NotAcknowledged

CONTROL, INTERRUPTS, STATUS, COMMAND, BYTE = 0x00, 0x0C, 0x10, 0x14, 0x20
"""Offsets: I2CD_FUN_CTRL_REG, _INTR_CTRL_REG, _INTR_STS_REG (write 1 to clear), _CMD_REG, _BYTE_BUF_REG (sent 7:0, received 15:8)."""
MASTER = 0x1
START, SEND, RECEIVE, LAST, STOP = 0x01, 0x02, 0x08, 0x10, 0x20
"""Bits of COMMAND; LAST: the byte is not acknowledged."""
ACKNOWLEDGED, REFUSED, RECEIVED, LOST, STOPPED, TIMEOUT = 0x01, 0x02, 0x04, 0x08, 0x10, 0x40
"""Bits of STATUS; in it is only what INTERRUPTS has, too."""
ALL = 0x7F


class AspeedI2c:
    """A device at an address (7 bits) of a controller, whose registers are at `base` of a bus. What that raises comes through."""

    def __init__(self, bus: Bus, base: int, address: int) -> None:
        self.bus, self.base, self.address = bus, base, address
        self._ready = False

    def transfer(self, out: bytes, room: int = 0, counted: bool = False) -> bytes:
        """One message, as `env.i2c.Transfer`; it is stopped, however it ends."""
        if not self._ready:
            self._write(CONTROL, MASTER)
            self._write(INTERRUPTS, ALL)
            self._ready = True
        try:
            self._send(self.address << 1, START)
            for byte in out:
                self._send(byte)
            return self._receive(room, counted) if room else b""
        finally:
            self._do(STOP)

    def _receive(self, room: int, counted: bool) -> bytes:
        self._send(self.address << 1 | 1, START)
        came = bytearray()
        while len(came) < room:
            self._expect(self._do(RECEIVE | (LAST if len(came) + 1 == room and not counted else 0)), RECEIVED)
            came.append(self.bus.read(self.base + BYTE) >> 8 & 0xFF)
            if counted:
                if not 1 <= came[0] <= BLOCK:
                    self._do(RECEIVE | LAST)  # a device lets go of the bus after a byte that is not acknowledged
                    raise BusFault("the device says an impossible length", where=self._where, got=f"{came[0]}")
                room, counted = room + came[0], False
        return bytes(came)

    def _send(self, byte: int, how: int = 0) -> None:
        self._write(BYTE, byte)
        self._expect(self._do(how | SEND), ACKNOWLEDGED)

    def _expect(self, status: int, wanted: int) -> None:
        if status & LOST:
            raise ArbitrationLost("another master took the bus", where=self._where)
        if status & TIMEOUT:
            raise BusTimeout("the bus was held for too long", where=self._where)
        if status & REFUSED or not status & wanted:
            raise NotAcknowledged("the device does not take a byte", where=self._where, got=f"status 0x{status:02x}")

    def _do(self, command: int) -> int:
        self._write(COMMAND, command)
        status = self.bus.read(self.base + STATUS)
        self._write(STATUS, status)
        return status

    def _write(self, offset: int, value: int) -> None:
        self.bus.write(self.base + offset, value)

    @property
    def _where(self) -> str:
        return f"I2C device 0x{self.address:02x} behind 0x{self.base:08x}"
