"""The front end for `x-pci-proxy-dev`, QEMU's multi-process protocol: all that QEMU before 10.1 has.

A message is a header of 16 bytes (command, four bytes of padding, size of the payload) and its payload, in the byte order of
the host. QEMU has one request under way for a device, and may send its memory map at any time in between. Files ride along
with that map and with SET_IRQFD: nobody here wants guest memory or a KVM interrupt, so they are not received, and the kernel
closes them.
"""

from __future__ import annotations

import struct
from socket import socket

from bedplate.env.qemu.pci import Function
from bedplate.errors import EnvError

SYNC_SYSMEM, RET, CONFIG_WRITE, CONFIG_READ, BAR_WRITE, BAR_READ, SET_IRQFD, DEVICE_RESET = range(8)

HEADER = struct.Struct("=i4xQ")
CONFIG = struct.Struct("=IIi")
"""Offset, value, size (1, 2 or 4)."""
BAR = struct.Struct("=QQI?3x")
"""Absolute address, value, size (1, 2, 4 or 8), whether it is in memory and not in I/O space."""
REPLY = struct.Struct("=i4xQQ")

SIZES = {SYNC_SYSMEM: 192, SET_IRQFD: 0, DEVICE_RESET: 0}
SIZES |= dict.fromkeys((CONFIG_READ, CONFIG_WRITE), CONFIG.size) | dict.fromkeys((BAR_READ, BAR_WRITE), BAR.size)
"""The payload of each command that may come."""
ROOM = 4096


class Mpqemu:
    """A function on a socket whose other end is a QEMU's."""

    def __init__(self, function: Function, connection: socket) -> None:
        connection.setblocking(False)
        self.function = function
        self._socket = connection
        self._buffer = memoryview(bytearray(ROOM))
        self._filled = 0

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up: QEMU lives on, and its guest reads all ones."""
        self._socket.close()

    def serve(self) -> bool:
        """Answer what has come; False once the other end has hung up. Raises EnvError for what is no message, and OSError."""
        buffer = self._buffer
        try:
            count = self._socket.recv_into(buffer[self._filled :])
        except BlockingIOError:
            return True
        filled, at = self._filled + count, 0
        while filled - at >= HEADER.size:
            command, size = HEADER.unpack_from(buffer, at)
            if SIZES.get(command) != size:
                raise EnvError("malformed mpqemu message", got=f"command {command} with {size} bytes")
            end = at + HEADER.size + size
            if filled < end:
                break
            self._perform(command, at + HEADER.size)
            at = end
        if at:
            buffer[: filled - at] = bytes(buffer[at:filled])
        self._filled = filled - at
        return count > 0

    def _perform(self, command: int, at: int) -> None:
        function = self.function
        if command == BAR_READ:
            address, _, size, in_memory = BAR.unpack_from(self._buffer, at)
            place = function.decode(address)
            ones = (1 << 8 * min(size, 8)) - 1
            legal = place and in_memory and size in (1, 2, 4, 8)
            self._reply(function.read(*place, size) if place and legal else ones)
        elif command == BAR_WRITE:
            address, value, size, in_memory = BAR.unpack_from(self._buffer, at)
            place = function.decode(address)
            if place and in_memory and size in (1, 2, 4, 8):
                function.write(*place, value & (1 << 8 * size) - 1, size)
            self._reply(0)
        elif command == CONFIG_READ:
            offset, _, size = CONFIG.unpack_from(self._buffer, at)
            self._reply(function.config_read(offset, size) if size in (1, 2, 4) else 0xFFFF_FFFF)
        elif command == CONFIG_WRITE:
            offset, value, size = CONFIG.unpack_from(self._buffer, at)
            if size in (1, 2, 4):
                function.config_write(offset, value, size)
            self._reply(0)
        elif command == DEVICE_RESET:
            function.reset()
            self._reply(0)

    def _reply(self, value: int) -> None:
        self._socket.send(REPLY.pack(RET, 8, value))
