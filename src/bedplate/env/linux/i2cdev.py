"""A device on an I2C bus as the kernel offers it: `/dev/i2c-N`, by ioctl I2C_RDWR. Bytes out, bytes in.

Numbers and layouts are those of <linux/i2c-dev.h> and <linux/i2c.h>, where errors come from: Documentation/i2c/fault-codes.rst.
"""

from __future__ import annotations

import errno
import fcntl
import os
from array import array
from collections.abc import Callable
from struct import Struct
from typing import Any, NoReturn

from bedplate.env.i2c.smbus import BLOCK
from bedplate.env.linux.writer import writer_of
from bedplate.errors import (
    ArbitrationLost,
    BedplateError,
    BusFault,
    BusTimeout,
    Damaged,
    EnvError,
    LinkDown,
    NotAcknowledged,
)

SLAVE, FUNCS, RDWR = 0x0703, 0x0705, 0x0707
"""I2C_SLAVE, whose argument is an address; I2C_FUNCS, which fills in an unsigned long; I2C_RDWR, a struct i2c_rdwr_ioctl_data."""

FUNC_I2C, FUNC_BLOCK = 0x0000_0001, 0x0100_0000
"""I2C_FUNC_I2C: plain messages; I2C_FUNC_SMBUS_READ_BLOCK_DATA: a length that the device says (I2C_M_RECV_LEN)."""

READ, COUNTED = 0x0001, 0x0400
"""I2C_M_RD, I2C_M_RECV_LEN: of a message."""

MESSAGE, MESSAGES, LONG = Struct("@HHHP"), Struct("@PI0P"), Struct("@L")
"""struct i2c_msg: addr, flags, len, buf; struct i2c_rdwr_ioctl_data: msgs, nmsgs; an unsigned long."""

ROOM = 1 + BLOCK + 1
"""Bytes that are read at once, at most: a count, a block, a check sum."""

Ioctl = Callable[[int, int, Any], object]
"""`fcntl.ioctl`, or what plays the kernel in a test."""

KINDS: dict[int, tuple[type[BedplateError], str, str]] = {
    errno.ENXIO: (
        NotAcknowledged,
        "the device does not answer",
        "no device at this address, or one without power or busy",
    ),
    errno.EREMOTEIO: (
        NotAcknowledged,
        "the device does not take a byte",
        "none is at this address, it is busy, or refuses the command or its data",
    ),
    errno.EBADMSG: (Damaged, "a check sum is wrong", "noise on the bus"),
    errno.EAGAIN: (ArbitrationLost, "another master took the bus", "it has several masters"),
    errno.ETIMEDOUT: (BusTimeout, "the bus was held for too long", "a device that stretches the clock, or hangs"),
    errno.EBUSY: (BusTimeout, "the bus does not become free", "another master, or a device that hangs"),
    errno.EPROTO: (BusFault, "the device says an impossible length", f"a block has 1 to {BLOCK} bytes"),
    errno.EIO: (BusFault, "the transfer failed", "the controller's driver says no more"),
}
"""What the kernel's errors mean; any other is a controller that failed, or is gone."""


class I2cdev:
    """A device on the bus of a node. Opening it moves nothing on the bus.

    A page is turned by one message and used by the next, so whoever only reads needs the writer's lease too, of the whole bus: from
    the first message on, where who is to `write` has it from opening. A device that a kernel's driver uses is refused: that one
    turns pages as well. Raises NotOwner if another process has the lease; EnvError for a node that is missing, forbidden or no
    I2C bus, for one that can move no plain messages, and for a device in use.
    """

    def __init__(self, node: str, address: int, ioctl: Ioctl = fcntl.ioctl, write: bool = True) -> None:
        self.node, self.address = node, address
        self._ioctl = ioctl
        self._fd = _open(node)
        self._writer = writer_of(node)
        self.owner = self._writer.owner
        self._in = array("B", bytes(ROOM))
        if write:
            self._writer.take()
        self._blocks = self._require_able() & FUNC_BLOCK
        self._require_free()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Part with the node."""
        if getattr(self, "_fd", -1) >= 0:
            os.close(self._fd)
            self._fd = -1

    @property
    def where(self) -> str:
        """The device, for errors."""
        return f"{self.node} 0x{self.address:02x}"

    def transfer(self, out: bytes, room: int = 0, counted: bool = False) -> bytes:
        """One message, as `env.i2c.Transfer`. Raises EnvError for a block, which this controller cannot read."""
        self._writer.take()
        if counted and not self._blocks:
            raise EnvError(
                "this I2C controller can read no blocks",
                where=self.node,
                wanted="I2C_FUNC_SMBUS_READ_BLOCK_DATA",
                next="registers of 1 or 2 bytes can be read; `i2cdetect -F N` says what the controller can",
            )
        sent = array("B", out)
        messages = MESSAGE.pack(self.address, 0, len(sent), sent.buffer_info()[0])
        if room:
            self._in[0] = room if counted else 0  # the kernel is told how many bytes there are besides the data
            length = room + BLOCK if counted else room
            flags = READ | COUNTED if counted else READ
            messages += MESSAGE.pack(self.address, flags, length, self._in.buffer_info()[0])
        held = array("B", messages)
        try:
            self._ioctl(self._fd, RDWR, bytearray(MESSAGES.pack(held.buffer_info()[0], len(messages) // MESSAGE.size)))
        except OSError as error:
            self._failed(error, f"command 0x{out[0]:02x}")
        return self._in[: self._in[0] + room if counted else room].tobytes()

    def _failed(self, error: OSError, doing: str) -> NoReturn:
        got = errno.errorcode.get(error.errno or 0, str(error))
        if error.errno not in KINDS:
            raise LinkDown(
                f"the kernel could not move {doing}",
                where=self.where,
                got=got,
                cause="the I2C controller failed or is gone; the device does not matter for this",
                next="`dmesg` says more",
            ) from error
        kind, what, cause = KINDS[error.errno]
        raise kind(f"{what}, in {doing}", where=self.where, got=got, cause=cause) from error

    def _require_able(self) -> int:
        functions = bytearray(LONG.size)
        try:
            self._ioctl(self._fd, FUNCS, functions)
        except OSError as error:
            raise EnvError("this is no I2C bus", where=self.node, got=error.strerror or "") from error
        (able,) = LONG.unpack(functions)
        if not able & FUNC_I2C:
            raise EnvError(
                "this controller moves no plain I2C messages",
                where=self.node,
                wanted="I2C_FUNC_I2C",
                got=f"0x{able:08x}",
                cause="an SMBus controller, such as a chipset's",
                next="`i2cdetect -l` lists the others",
            )
        return int(able)

    def _require_free(self) -> None:
        try:
            self._ioctl(self._fd, SLAVE, self.address)
        except OSError as error:
            name = f"{self.node.rpartition('-')[2]}-{self.address:04x}"
            raise EnvError(
                "a kernel driver owns this I2C device" if error.errno == errno.EBUSY else "this address cannot be used",
                where=self.where,
                got=error.strerror or "",
                cause="it turns the device's pages, and would read ours" if error.errno == errno.EBUSY else "",
                next=f"only if it is the right one: echo {name} > /sys/bus/i2c/devices/{name}/driver/unbind",
            ) from error


def _open(node: str) -> int:
    try:
        return os.open(node, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        known = {
            errno.ENOENT: ("no such I2C bus", "modprobe i2c-dev; `i2cdetect -l` lists the buses"),
            errno.EACCES: ("no permission for this I2C bus", f"join the group of {node} (often i2c), or be root"),
        }
        what, fix = known.get(error.errno or 0, ("cannot open this device node", ""))
        raise EnvError(what, where=node, got=error.strerror or "", next=fix) from error
