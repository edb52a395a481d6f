"""A device on an I2C bus as the kernel offers it: `/dev/i2c-N`, by ioctl I2C_RDWR. Bytes out, bytes in.

A controller for SMBus alone, as chipsets have, moves no plain messages: it is told the protocol of each, by ioctl I2C_SMBUS. Which one makes the
same bytes on the wires, those bytes say. It cannot carry a check sum of ours, nor data of 4 and 8 bytes.

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
    BusSize,
    BusTimeout,
    Damaged,
    EnvError,
    LinkDown,
    NotAcknowledged,
)

SLAVE, FUNCS, RDWR, SMBUS = 0x0703, 0x0705, 0x0707, 0x0720
"""I2C_SLAVE, whose argument is an address; I2C_FUNCS, which fills in an unsigned long; I2C_RDWR, a struct i2c_rdwr_ioctl_data; I2C_SMBUS, a
struct i2c_smbus_ioctl_data."""

FUNC_I2C, FUNC_BLOCK = 0x0000_0001, 0x0100_0000
"""I2C_FUNC_I2C: plain messages; I2C_FUNC_SMBUS_READ_BLOCK_DATA: a length that the device says (I2C_M_RECV_LEN)."""

FUNC_SMBUS = 0x0078_0000
"""I2C_FUNC_SMBUS_BYTE_DATA and _WORD_DATA, read and write."""

BYTE, BYTE_DATA, WORD_DATA, BLOCK_DATA = 1, 2, 3, 5
"""I2C_SMBUS_BYTE (with one to write: Send Byte), and so on: `size` of a struct i2c_smbus_ioctl_data."""

READ, COUNTED = 0x0001, 0x0400
"""I2C_M_RD, I2C_M_RECV_LEN: of a message."""

MESSAGE, MESSAGES, PROTOCOL, LONG = Struct("@HHHP"), Struct("@PI0P"), Struct("@BBIP"), Struct("@L")
"""struct i2c_msg: addr, flags, len, buf; struct i2c_rdwr_ioctl_data: msgs, nmsgs; struct i2c_smbus_ioctl_data: read_write, command, size, data;
an unsigned long."""

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
    turns pages as well. `is_plain`: whether the controller moves plain messages. Raises NotOwner if another process has the lease; EnvError
    for a node that is missing, forbidden or no I2C bus, for one that can do too little, and for a device in use.
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
        able = self._require_able()
        self._blocks, self.is_plain = able & FUNC_BLOCK, bool(able & FUNC_I2C)
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
        if not self.is_plain:
            return self._by_protocol(out, room, counted)
        sent = array("B", out)
        messages = MESSAGE.pack(self.address, 0, len(sent), sent.buffer_info()[0])
        if room:
            self._in[0] = room if counted else 0  # the kernel is told how many bytes there are besides the data
            length = room + BLOCK if counted else room
            flags = READ | COUNTED if counted else READ
            messages += MESSAGE.pack(self.address, flags, length, self._in.buffer_info()[0])
        held = array("B", messages)
        self._move(RDWR, MESSAGES.pack(held.buffer_info()[0], len(messages) // MESSAGE.size), out[0])
        return self._in[: self._in[0] + room if counted else room].tobytes()

    def _by_protocol(self, out: bytes, room: int, counted: bool) -> bytes:
        """The same message, of a controller that has to be told which of SMBus's protocols it is. Raises BusSize for none of them."""
        command, data = out[0], out[1:]
        size = BLOCK_DATA if counted else {1: BYTE_DATA, 2: WORD_DATA}.get(room or len(data), 0)
        if not room and not data:
            size = BYTE
        elif not room and not size and data[0] == len(data) - 1:
            size = BLOCK_DATA
        if not size:
            raise BusSize(
                f"data of {room or len(data)} bytes",
                where=self.where,
                wanted="1 or 2, or a block: a controller for SMBus alone",
            )
        held = array("B", data.ljust(ROOM, b"\0"))
        self._move(SMBUS, PROTOCOL.pack(bool(room), command, size, held.buffer_info()[0]), command)
        return held[: held[0] + 1 if counted else room].tobytes()

    def _move(self, request: int, argument: bytes, command: int) -> None:
        try:
            self._ioctl(self._fd, request, bytearray(argument))
        except OSError as error:
            self._failed(error, f"command 0x{command:02x}")

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
        if not able & FUNC_I2C and able & FUNC_SMBUS != FUNC_SMBUS:
            raise EnvError(
                "this controller moves neither plain I2C messages nor SMBus's bytes and words",
                where=self.node,
                wanted="I2C_FUNC_I2C, or I2C_FUNC_SMBUS_BYTE_DATA and _WORD_DATA",
                got=f"0x{able:08x}",
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
