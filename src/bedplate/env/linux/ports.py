"""The ports of a PCI function as one bus: its BARs, and its configuration space. The top four bits of an address say which.

    0x0000_0000_0000_0000      BAR 0
    0x1000_0000_0000_0000      BAR 1, and so on: 0x5000_0000_0000_0000 is BAR 5; of a BAR of 64 bits the lower number
    0xC000_0000_0000_0000      configuration space: 256 bytes, 4096 of PCI Express

A chip whose registers are all in BAR 0 knows nothing of this. A port is opened when it is first used.
"""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus import WORD, Bus, poll_by_reading
from bedplate.env.linux import clock
from bedplate.env.linux.bar import Bar
from bedplate.env.linux.sysfs import SysfsFunction
from bedplate.errors import BusSize, OutOfRange, OutOfReach

SHIFT = 60
CONFIGURATION = 0xC
"""The port of configuration space; those of BARs are their numbers."""


class FunctionPorts:
    """The raw bus of a function that is attached to, or looked at. Raises what `Bar` and `Configuration` raise, and OutOfReach."""

    sizes = Bar.sizes

    def __init__(self, function: SysfsFunction) -> None:
        self._function = function
        self._ports: dict[int, Bus] = {}

    def open(self, address: int) -> None:
        """Open the port of an address, before it is used. Raises OutOfReach, EnvError."""
        self._port(address)

    def read(self, address: int, size: int = WORD) -> int:
        return self._port(address).read(address, size)

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._port(address).write(address, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._port(address).read_block(address, count)

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._port(address).write_block(address, values)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return self._port(address).poll(address, mask, value, timeout, size)

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _port(self, address: int) -> Bus:
        number = max(address, 0) >> SHIFT
        port = self._ports.get(number)
        if port is None:
            port = self._ports[number] = self._open(number, address)
        return port

    def _open(self, number: int, address: int) -> Bus:
        function, base = self._function, number << SHIFT
        if number == CONFIGURATION:
            return Configuration(function, base)
        if number > 5:
            raise OutOfReach(
                "no port of a PCI function",
                where=f"0x{address:08x}",
                wanted="0x0 to 0x5 for a BAR, 0xC for configuration space, in the top four of 64 bits",
            )
        return Bar(function.map(number), function.judge, base, f"BAR {number}")


class Configuration:
    """Configuration space as a bus: an access is one configuration request of its size, 1, 2 or 4 bytes.

    Raises OutOfReach beyond its end, EnvError where the kernel shows only a part of it, BusSize, OutOfRange, LinkDown.
    """

    sizes = (1, 2, WORD)

    def __init__(self, function: SysfsFunction, base: int) -> None:
        self._function, self.base = function, base

    def read(self, address: int, size: int = WORD) -> int:
        word = self._function.read(self._offset(address, size), size)
        if word == (1 << 8 * size) - 1:
            self._function.require_present()
        return word

    def write(self, address: int, value: int, size: int = WORD) -> None:
        offset = self._offset(address, size)
        if not 0 <= value < 1 << 8 * size:
            raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"0x{address:08x}")
        self._function.write(offset, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return [self.read(address + WORD * index) for index in range(count)]

    def write_block(self, address: int, values: Sequence[int]) -> None:
        for index, value in enumerate(values):
            self.write(address + WORD * index, value)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _offset(self, address: int, size: int) -> int:
        offset = address - self.base
        if size not in self.sizes or offset % size:
            raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2 or 4 bytes, aligned")
        if not 0 <= offset <= self._function.size - size:
            raise OutOfReach(
                "outside configuration space",
                where=f"0x{address:08x}",
                wanted=f"below 0x{self.base + self._function.size:x}",
            )
        return offset
