"""The front end for `vfio-user-pci` (QEMU 10.1 and newer): the vfio-user protocol 0.0, its server side.

A message is a header of 16 bytes (id, command, size of it all, flags, errno) and its body, little-endian. Regions 0 to 5 are
the BARs, 7 is configuration space, and accesses name a region and an offset. INTx is an eventfd that QEMU hands over.
"""

from __future__ import annotations

import array
import json
import os
import struct
from contextlib import suppress
from errno import EINVAL, ENOTSUP, EPROTO
from socket import CMSG_SPACE, SCM_RIGHTS, SOL_SOCKET, socket

from bedplate.env.qemu.pci import SPACE, Function
from bedplate.errors import EnvError

VERSION, DMA_MAP, DMA_UNMAP, GET_INFO, GET_REGION_INFO = 1, 2, 3, 4, 5
GET_IRQ_INFO, SET_IRQS, READ, WRITE, RESET = 7, 8, 9, 10, 13
REPLY, NO_REPLY, ERROR, TYPE = 0x01, 0x10, 0x20, 0x0F
"""Flags of a header."""
CONFIGURATION, REGIONS, IRQS = 7, 9, 5
READABLE, WRITABLE = 1, 2
EVENTFD, MASKABLE, AUTOMASKED = 1, 2, 4
NO_DATA, FILE, MASK, UNMASK, TRIGGER = 0x01, 0x04, 0x08, 0x10, 0x20
"""Flags of SET_IRQS: what comes with it, and what it is about."""

HEADER = struct.Struct("<HHIII")
INFO = struct.Struct("<IIII")
REGION = struct.Struct("<IIIIQQ")
IRQ_SET = struct.Struct("<IIIII")
ACCESS = struct.Struct("<QII")
MAP = struct.Struct("<IIQQQ")
UNMAP = struct.Struct("<IIQQ")
LONGEST = 1 << 16
FILES = 16


EVENTFD_LINK = "anon_inode:[eventfd]"
"""What the kernel says of a descriptor that is an eventfd."""


class Refused(Exception):
    """A request that cannot be: its errno goes back to the client."""


class VfioUser:
    """A function on a socket whose other end is a vfio-user client."""

    def __init__(self, function: Function, connection: socket) -> None:
        connection.setblocking(False)
        self.function = function
        function.interrupt_line = self._level
        self._socket = connection
        self._came = bytearray()
        self._wanted = HEADER.size
        self._files: list[int] = []
        self._event = -1
        self._high = self._masked = self._agreed = False

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up."""
        self._drop_files()
        self._forget_event()
        self._socket.close()

    def serve(self) -> bool:
        """Answer what has come; False once the other end has hung up. Raises EnvError for what is no message, and OSError.

        A message is received in two parts, so that its files cannot be taken for those of another one.
        """
        while True:
            try:
                data, control, _, _ = self._socket.recvmsg(self._wanted - len(self._came), CMSG_SPACE(4 * FILES))
            except BlockingIOError:
                return True
            if not data:
                return False
            if control:
                self._take_files(control)
            self._came += data
            if len(self._came) == self._wanted:
                self._progress()

    def _progress(self) -> None:
        """The header has come, or the whole message."""
        number, command, size, flags, _ = HEADER.unpack_from(self._came)
        if self._wanted == HEADER.size < size <= LONGEST and not flags & TYPE:
            self._wanted = size
            return
        if self._wanted != size or flags & TYPE:
            raise EnvError("malformed vfio-user message", got=f"command {command}, {size} bytes, flags 0x{flags:x}")
        try:
            answer, errno = self._perform(command, memoryview(self._came)[HEADER.size :].toreadonly()), 0
        except struct.error:
            answer, errno = b"", EINVAL
        except Refused as refusal:
            answer, errno = b"", refusal.args[0]
        if not flags & NO_REPLY:
            flags = REPLY | ERROR if errno else REPLY
            self._socket.send(HEADER.pack(number, command, HEADER.size + len(answer), flags, errno) + answer)
        self._drop_files()
        self._came, self._wanted = bytearray(), HEADER.size

    def _perform(self, command: int, body: memoryview) -> bytes:
        if command == VERSION:
            return self._version(body)
        if not self._agreed:
            raise Refused(EPROTO)
        if command == READ:
            return self._read(body)
        if command == WRITE:
            return self._write(body)
        if command == GET_INFO:
            return INFO.pack(INFO.size, 3, REGIONS, IRQS)  # 3: can be reset, is a PCI device
        if command == GET_REGION_INFO:
            return self._region(body)
        if command == GET_IRQ_INFO:
            _, _, index, _ = INFO.unpack_from(body)
            there = index == 0 and self.function.interrupt_pin
            return INFO.pack(INFO.size, EVENTFD | MASKABLE | AUTOMASKED if there else 0, index, 1 if there else 0)
        if command == SET_IRQS:
            return self._irqs(body)
        if command == DMA_MAP:
            MAP.unpack_from(body)
            return b""
        if command == DMA_UNMAP:
            UNMAP.unpack_from(body)
            return bytes(body[: UNMAP.size])
        if command == RESET:
            self.function.reset()
            return b""
        raise Refused(ENOTSUP)

    def _version(self, body: memoryview) -> bytes:
        major, _ = struct.unpack_from("<HH", body)
        if major:
            raise Refused(ENOTSUP)
        self._agreed = True
        return struct.pack("<HH", 0, 0) + json.dumps({"capabilities": {"max_msg_fds": FILES}}).encode() + b"\0"

    # Regions

    def _size(self, index: int) -> int:
        if index == CONFIGURATION:
            return SPACE
        bars = self.function.bars
        region = bars[index] if index < len(bars) else None
        return region.size if region else 0

    def _region(self, body: memoryview) -> bytes:
        _, _, index, _, _, _ = REGION.unpack_from(body)
        if index >= REGIONS:
            raise Refused(EINVAL)
        size = self._size(index)
        return REGION.pack(REGION.size, READABLE | WRITABLE if size else 0, index, 0, size, 0)

    def _place(self, body: memoryview) -> tuple[int, int, int]:
        """The region, offset and size of an access that may be."""
        offset, region, count = ACCESS.unpack_from(body)
        legal = range(1, SPACE + 1) if region == CONFIGURATION else (1, 2, 4, 8)
        if count not in legal or offset + count > self._size(region):
            raise Refused(EINVAL)
        return region, offset, count

    def _read(self, body: memoryview) -> bytes:
        region, offset, count = self._place(body)
        if region == CONFIGURATION:
            value = self.function.config_read(offset, count)
        else:
            value = self.function.read(region, offset, count)
        return ACCESS.pack(offset, region, count) + value.to_bytes(count, "little")

    def _write(self, body: memoryview) -> bytes:
        region, offset, count = self._place(body)
        data = body[ACCESS.size :]
        if len(data) != count:
            raise Refused(EINVAL)
        value = int.from_bytes(data, "little")
        if region == CONFIGURATION:
            self.function.config_write(offset, value, count)
        else:
            self.function.write(region, offset, value, count)
        return ACCESS.pack(offset, region, count)

    # INTx: level-triggered, and masked by its own event until the guest has dealt with it.

    def _irqs(self, body: memoryview) -> bytes:
        _, flags, index, start, count = IRQ_SET.unpack_from(body)
        if index or start or count > 1 or not self.function.interrupt_pin:
            raise Refused(EINVAL)
        if flags == TRIGGER | FILE and count and self._files and _is_eventfd(self._files[0]):
            self._forget_event()
            os.set_blocking(self._files[0], False)  # no client holds up the chip and all others
            self._event, self._masked = self._files.pop(0), False
        elif flags == TRIGGER | NO_DATA and not count:
            self._forget_event()
        elif flags == MASK | NO_DATA:
            self._masked = True
        elif flags == UNMASK | NO_DATA:
            self._masked = False
        else:
            raise Refused(EINVAL)
        self._signal()
        return b""

    def _level(self, high: bool) -> None:
        self._high = high
        self._signal()

    def _signal(self) -> None:
        if self._high and self._event >= 0 and not self._masked:
            self._masked = True
            with suppress(BlockingIOError):  # nobody has taken those before it: it rings already
                os.eventfd_write(self._event, 1)

    def _forget_event(self) -> None:
        if self._event >= 0:
            os.close(self._event)
            self._event = -1

    # Files

    def _take_files(self, control: list[tuple[int, int, bytes]]) -> None:
        for level, kind, data in control:
            if (level, kind) == (SOL_SOCKET, SCM_RIGHTS):
                self._files += array.array("i", data[: len(data) // 4 * 4])
        if len(self._files) > FILES:
            raise EnvError("malformed vfio-user message", wanted=f"{FILES} files at most", got=f"{len(self._files)}")

    def _drop_files(self) -> None:
        while self._files:
            os.close(self._files.pop())


def _is_eventfd(file: int) -> bool:
    """Whether a write to it is a signal and no data: to a pipe that nobody reads it would never end."""
    try:
        return os.readlink(f"/proc/self/fd/{file}") == EVENTFD_LINK
    except OSError:
        return False
