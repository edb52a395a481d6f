"""The commands of an SMBus or PMBus device as a bus: each command is a few registers in a window of 256 addresses.

    0x00_00_cc_oo      command cc of the device
    0x01_pp_cc_oo      command cc of page pp: PAGE (00h) is written before

    oo = 0x00          its data: 1, 2, 4 or 8 bytes, as many as the access has (Read and Write Byte, Word, 32, 64)
    oo = 0x08          a command without data: writing the byte 1 sends it (Send Byte)
    oo = 0x10 ...      its block as it is on the wire: a count, so many bytes of data, then zeros (Block Read, Block Write)

So how wide a register is and where it lies says which protocol moves it, and a description (SystemRDL) says all that there is to say. A
window is as wide as it is because commands have numbers next to each other, and data of two bytes and more.

**PAGE is written before each access to a page**, and nobody remembers it: a reset of the device, or whoever else was there, may have
changed it, and data of another page is data. It is a message of its own, since PMBus devices act on a command at its STOP (PMBus Part II,
section 11.10); nothing of ours comes in between, since who has the bus is alone on it (`env/linux/i2cdev.py`). What is not on a page is
addressed without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bedplate.bus import WORD, poll_by_reading
from bedplate.env.i2c.smbus import BLOCK, Device
from bedplate.env.owner import Owner
from bedplate.errors import BusFault, BusSize, OutOfRange, OutOfReach

PAGE = 0x00
PAGED = 1 << 24
SEND, WIRE = 0x08, 0x10
DATA = 8
"""Bytes of data that a command has, at most."""
IMAGE = range(WIRE, WIRE + -(-(1 + BLOCK) // WORD) * WORD)
"""Where a block's count and data are, in whole words."""


class CommandBus:
    """The raw bus of a device. Raises OutOfReach, BusSize, OutOfRange, NotOwner before anything moves, and what `Device` raises."""

    sizes = (1, 2, WORD, DATA)

    def __init__(
        self,
        device: Device,
        now: Callable[[], int],
        sleep: Callable[[int], None],
        owner: Owner,
        close: Callable[[], None],
    ) -> None:
        self.device = device
        self.owners = (owner,)
        self.close = close
        self._now, self._sleep = now, sleep

    def read(self, address: int, size: int = WORD) -> int:
        return int.from_bytes(self._read(address, size, 1), "little")

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._write(address, (value,), size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        data = self._read(address, WORD, count)
        return [int.from_bytes(data[at : at + WORD], "little") for at in range(0, len(data), WORD)]

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._write(address, values, WORD)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return self._now()

    def sleep(self, duration: int) -> None:
        self._sleep(duration)

    def _read(self, address: int, size: int, count: int) -> bytes:
        self.owners[0].enter()
        command, at, length = self._place(address, size, count)
        if at == SEND:
            raise BusSize("a command without data cannot be read", where=f"0x{address:08x}")
        if at not in IMAGE:
            self._turn(address)
            return self.device.read(command, length)
        self._turn(address)
        image = self.device.read_block(command)
        if len(image) > 1 + BLOCK or len(image) != 1 + image[0]:
            raise BusFault(f"a block of {len(image) - 1} bytes that says {image[0]}", where=f"0x{address:08x}")
        return image.ljust(IMAGE.stop, b"\0")[at - WIRE : at - WIRE + length]

    def _write(self, address: int, values: Sequence[int], size: int) -> None:
        self.owners[0].enter()
        command, at, _ = self._place(address, size, len(values))
        if not all(0 <= value < 1 << 8 * size for value in values):
            raise OutOfRange(f"no value of {size} bytes", where=f"0x{address:08x}")
        data = b"".join(value.to_bytes(size, "little") for value in values)
        if at == SEND:
            if data != b"\1":
                raise OutOfRange(
                    "a command without data is sent by a 1", where=f"0x{address:08x}", wanted="1", got=f"{data[0]}"
                )
            data = b""
        elif at in IMAGE:
            data = self._block(address, at, data)
        self._turn(address)
        self.device.write(command, data)

    def _block(self, address: int, at: int, image: bytes) -> bytes:
        """A block as it goes out, of the words that it is in."""
        if at != WIRE:
            raise BusSize(
                "a block is written as a whole", where=f"0x{address:08x}", wanted=f"from 0x{address - at + WIRE:08x} on"
            )
        end = 1 + image[0]
        if image[0] > BLOCK or end > len(image) or any(image[end:]):
            raise OutOfRange(
                "no block: a count, as many bytes, then zeros",
                where=f"0x{address:08x}",
                wanted=f"a count of at most {min(BLOCK, len(image) - 1)}",
                got=image.hex(),
            )
        return image[:end]

    def _turn(self, address: int) -> None:
        if address & PAGED:
            self.device.write(PAGE, bytes([address >> 16 & 0xFF]))

    def _place(self, address: int, size: int, count: int) -> tuple[int, int, int]:
        """Which command an access is for, where in its window, and how many bytes it moves."""
        at, length = address & 0xFF, size * count
        if not (0 <= address < 2 * PAGED) or (address >= 1 << 16 and not address & PAGED):
            raise OutOfReach(
                "no such command",
                where=f"0x{address:08x}",
                wanted="0x0000cc00 (command cc), or 0x01ppcc00 (of page pp)",
            )
        if size not in (1, 2, WORD, DATA) or address % size or count < 1:
            raise BusSize(f"access of {size} bytes at 0x{address:08x}", wanted="1, 2, 4 or 8 bytes, aligned")
        if at == 0 and length in (1, 2, WORD, DATA):
            return address >> 8 & 0xFF, at, length
        if at == SEND and length == 1:
            return address >> 8 & 0xFF, at, length
        if at in IMAGE and size >= WORD and at + length <= IMAGE.stop:
            return address >> 8 & 0xFF, at, length
        raise OutOfReach(
            f"access of {length} bytes in the window of command 0x{address >> 8 & 0xFF:02x}",
            where=f"0x{address:08x}",
            wanted=f"its data at +0x00, sending it by a byte at +0x{SEND:02x}, words of its block from +0x{WIRE:02x} on",
        )
