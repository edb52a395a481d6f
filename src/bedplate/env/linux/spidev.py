"""One chip select as the kernel offers it: `/dev/spidevB.C`, by ioctl. Frames out, frames in.

Numbers and layouts are those of <linux/spi/spidev.h> on x86, ARM and RISC-V; MIPS and PowerPC number ioctls differently.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from struct import Struct
from typing import NoReturn

from bedplate.env.linux.writer import writer_of
from bedplate.errors import BusSize, EnvError, LinkDown

WR_MODE, WR_BITS, WR_SPEED, MESSAGE = 0x4001_6B01, 0x4001_6B03, 0x4004_6B04, 0x4020_6B00
"""SPI_IOC_WR_MODE (8 bits), _WR_BITS_PER_WORD (8 bits), _WR_MAX_SPEED_HZ (32 bits), and SPI_IOC_MESSAGE(1)."""

TRANSFER = Struct("=QQIIHBBBBBx")
"""struct spi_ioc_transfer: tx_buf, rx_buf, len, speed_hz, delay_usecs, bits_per_word, cs_change, tx_nbits, rx_nbits,
word_delay_usecs. Zeros mean the device's settings, and chip select released after the last transfer of the message."""

MODE, BITS = 0, 8
GAP = 1_000
"""Nanoseconds that chip select stays high between two frames: the bridge's own demand."""

BUFSIZ = Path("/sys/module/spidev/parameters/bufsiz")
"""Bytes of the longest message, as the module was loaded; absent where spidev cannot be asked, then it is 4096."""

TOO_LONG = (errno.EMSGSIZE, errno.EINVAL)
"""How controllers refuse a transfer that is too long for them."""

EXCLUSIVE = "wait for the other process, or end it: a session with an SPI bridge is exclusive, also for who only reads"
"""What helps whom another process keeps from this node."""

Ioctl = Callable[[int, int, bytearray], object]
"""`fcntl.ioctl`, or what plays the kernel in a test."""


class Spidev:
    """A node, set to mode 0 and a clock rate in Hz; the controller may clock slower. Opening it moves no frame.

    A session with the bridge is exclusive, so who only reads needs the writer's lease too: at the first frame, where who is to
    `write` has it from opening. Nothing of the node is set before. Raises NotOwner if another process has it, EnvError for a
    node that is missing, forbidden, or none of spidev's.
    """

    def __init__(self, node: str, speed: int, ioctl: Ioctl = fcntl.ioctl, write: bool = True) -> None:
        self.node = node
        self.limit = _bufsiz()
        self._ioctl = ioctl
        self._free = 0
        self._out = array("B", bytes(self.limit))
        self._in = array("B", bytes(self.limit))
        # The kernel is told addresses, so the buffers must stay where they are: an array with views cannot be resized.
        self._out_view, self._in_view = memoryview(self._out), memoryview(self._in)
        self._addresses = self._out.buffer_info()[0], self._in.buffer_info()[0]
        self._fd = _open(node)
        self._writer = writer_of(node)
        self.owner = self._writer.owner
        self._settings = ((WR_MODE, MODE, 1), (WR_BITS, BITS, 1), (WR_SPEED, speed, 4))
        self._ready = False
        if write:
            self._begin()

    def __del__(self) -> None:
        if hasattr(self, "_fd"):
            os.close(self._fd)

    def transfer(self, chip_select: int, data: bytes) -> bytes:
        """One frame with chip select low, as `env.spi.bus.Transfer`; which chip select, the node has decided.

        Raises what `Spidev` raises and BusSize for a frame that the kernel would not take, before anything is sent, and LinkDown
        when the kernel fails. Whether the chip saw the frame then, nobody here knows.
        """
        if not self._ready:
            self._begin()
        size = len(data)
        if size > self.limit:
            raise BusSize(
                f"SPI frame of {size} bytes",
                where=self.node,
                wanted=f"at most {self.limit} (bufsiz)",
                next="load spidev with a larger bufsiz: spidev.bufsiz=65536 on the kernel's command line",
            )
        self._out_view[:size] = data
        self._in_view[:size] = bytes(size)  # what the kernel should fail to bring is zeros, never the answer before
        message = bytearray(TRANSFER.pack(*self._addresses, size, 0, 0, 0, 0, 0, 0, 0))
        while time.monotonic_ns() < self._free:
            pass
        try:
            moved = self._ioctl(self._fd, MESSAGE, message)
        except OSError as error:
            if error.errno in TOO_LONG:  # the kernel refuses it before anything is sent
                raise BusSize(
                    f"SPI frame of {size} bytes",
                    where=self.node,
                    wanted="fewer bytes at a time: the controller's own limit",
                    got=errno.errorcode[error.errno],
                ) from error
            raise self._down(errno.errorcode.get(error.errno or 0, str(error))) from error
        finally:
            self._free = time.monotonic_ns() + GAP
        if moved != size:
            raise self._down(f"{moved} of {size} bytes")
        return bytes(self._in_view[:size])

    def _begin(self) -> None:
        self._writer.take(EXCLUSIVE)
        for request, value, size in self._settings:
            self._set(request, value.to_bytes(size, "little"))
        self._ready = True

    def _set(self, request: int, value: bytes) -> None:
        try:
            self._ioctl(self._fd, request, bytearray(value))
        except OSError as error:
            if error.errno in (errno.ENOTTY, errno.ENODEV, errno.ESHUTDOWN):
                raise EnvError("this is no spidev node", where=self.node, got=error.strerror or "") from error
            setting = {WR_MODE: "mode 0", WR_BITS: "8 bits a word", WR_SPEED: "this clock rate"}[request]
            raise EnvError(f"the SPI controller cannot do {setting}", where=self.node, got=str(error)) from error

    def _down(self, got: str) -> LinkDown:
        return LinkDown(
            "the kernel could not move an SPI frame",
            where=self.node,
            got=got,
            cause="the SPI controller failed or is gone; the chip does not matter for this",
            next="`dmesg` says more; the next access attaches anew",
        )


def _bufsiz() -> int:
    try:
        return int(BUFSIZ.read_text())
    except (OSError, ValueError):
        return 4096


def _open(node: str) -> int:
    try:
        return os.open(node, os.O_RDWR)
    except OSError as error:
        _refuse(node, error)


def _refuse(node: str, error: OSError) -> NoReturn:
    known = {
        errno.ENOENT: (
            "no such device node",
            "bind spidev to the chip select: D=/sys/bus/spi/devices/spiB.C; echo spidev > $D/driver_override; "
            "echo spiB.C > /sys/bus/spi/drivers/spidev/bind",
        ),
        errno.EACCES: ("no permission for this device node", f"join the group of {node} (often spi), or be root"),
    }
    what, fix = known.get(error.errno or 0, ("cannot open this device node", ""))
    raise EnvError(what, where=node, got=error.strerror or "", next=fix) from error
