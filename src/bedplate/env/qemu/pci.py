"""One PCI function, without a transport: configuration space, BAR decoding, aborts and the INTx pin.

A conventional function with a type 0 header and 256 bytes of configuration space (PCI Local Bus 3.0, chapter 6), whose BARs
are 32-bit and non-prefetchable. The front ends (`mpqemu.py`, `vfio_user.py`) are thin: what a register reads is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from bedplate.errors import BusError, OutOfRange

SPACE = 256
COMMAND, STATUS, BAR0, CAPABILITIES, INTERRUPT_LINE = 0x04, 0x06, 0x10, 0x34, 0x3C
MEMORY_SPACE, BUS_MASTER, PARITY, SERR, INTX_DISABLE = 1 << 1, 1 << 2, 1 << 6, 1 << 8, 1 << 10
INTERRUPT_STATUS, CAPABILITIES_LIST, SIGNALED_TARGET_ABORT = 1 << 3, 1 << 4, 1 << 11
STATUS_ERRORS = 0xF900
"""Status bits that hardware sets and software clears by writing ones (RW1C)."""
EXPRESS = 0x40
"""Where the PCI Express capability sits. Its register offsets below are from there (PCI Express Base, 7.5.3)."""
DEVICE_CONTROL, LINK_CAPABILITIES, LINK_CONTROL, LINK_STATUS, LINK_CAPABILITIES_2 = 0x08, 0x0C, 0x10, 0x12, 0x2C

Listener = Callable[[int, int, int, int, bool], None]
"""Told of an access to a BAR before it is made: BAR, offset, size in bytes, value (0 of a read), whether it is a write."""


class BarRegion(Protocol):
    """What is behind a BAR: `size` bytes, a power of two, at least 16. An access is of 1, 2 or 4 bytes and may raise BusError."""

    @property
    def size(self) -> int:
        """Bytes: a power of two, at least 16."""

    def read(self, offset: int, size: int) -> int:
        """One access of `size` bytes at an offset from the region's start. Raises BusError for one that ends in a target abort."""

    def write(self, offset: int, value: int, size: int) -> None:
        """One access of `size` bytes at an offset from the region's start. Raises BusError for one that ends in a target abort."""


class PciIdentity(NamedTuple):
    """Who the function says it is: ids of 16 bits, a class code of 24 and a revision of 8."""

    vendor: int
    device: int
    class_code: int
    revision: int = 0
    subsystem_vendor: int = 0
    subsystem: int = 0


class PcieLink(NamedTuple):
    """A PCI Express link: what it can do and what it has trained to. Speeds are codes (1: 2.5, 2: 5, 3: 8, 4: 16, 5: 32 GT/s)."""

    speed: int = 5
    width: int = 16
    max_speed: int = 5
    max_width: int = 16


class Function:
    """A PCI function with its BARs.

    A region that raises BusError makes a target abort: the read gives all ones, the write is dropped, and status bit 11,
    Signaled Target Abort, stays set until software clears it. What no BAR decodes is a master abort: all ones and dropped too,
    but no bit is set, since nobody answered. With `link_up` false nobody answers at all.

    `interrupt_line` is told when the level of the INTx pin changes; `listener` of every access to a BAR, before it is made.
    """

    def __init__(
        self,
        identity: PciIdentity,
        bars: Sequence[BarRegion | None],
        *,
        interrupt_pin: int = 0,
        link: PcieLink | None = None,
    ) -> None:
        """`interrupt_pin` is 1 for INTA, 0 for none; `link` adds a PCI Express capability. Raises OutOfRange for a BAR's size."""
        if len(bars) > 6:
            raise OutOfRange(f"a function has no {len(bars)} BARs", wanted="at most 6")
        for region in bars:
            if region and (region.size < 16 or region.size & region.size - 1 or region.size > 1 << 31):
                raise OutOfRange(f"a BAR cannot be of {region.size} bytes", wanted="a power of two, 16 to 2^31")
        self.identity = identity
        self.bars = tuple(bars)
        self.interrupt_pin = interrupt_pin
        self.interrupt_line: Callable[[bool], None] = lambda level: None
        self.listener: Listener | None = None
        self._link_up = True
        self._pending = self._asserted = False
        self._reset_value = bytearray(SPACE)
        self._writable = bytearray(SPACE)
        self._clearable = bytearray(SPACE)
        self._header(interrupt_pin)
        if link:
            self._express(link)
        self._space = bytearray(self._reset_value)
        self._decode()

    # Configuration space.

    def config_read(self, offset: int, size: int) -> int:
        """A register of 1, 2 or 4 bytes; all ones outside of the space and with the link down."""
        if not self._link_up or offset < 0 or offset + size > SPACE:
            return _ones(size)
        return int.from_bytes(self._space[offset : offset + size], "little")

    def config_write(self, offset: int, value: int, size: int) -> None:
        """Bits that are read-only keep their value, and errors are cleared by ones."""
        if not self._link_up or offset < 0 or offset + size > SPACE:
            return
        space = self._space
        for at in range(offset, offset + size):
            byte = value & 0xFF
            value >>= 8
            writable = self._writable[at]
            space[at] = (space[at] & ~writable | byte & writable) & ~(byte & self._clearable[at])
        self._decode()
        self._drive()

    def reset(self) -> None:
        """As by a reset of the bus: BARs, command and status are cleared. What is behind the function does not hear of it."""
        self._space[:] = self._reset_value
        self._decode()
        self.set_interrupt(self._pending)

    # BARs.

    def decode(self, address: int) -> tuple[int, int] | None:
        """The BAR that an address of the bus is in, and the offset there, as the BARs stand now; None for a master abort."""
        for bar, first, size in self._decoded:
            if 0 <= address - first < size:
                return bar, address - first
        return None

    def read(self, bar: int, offset: int, size: int) -> int:
        """`size` is 1, 2, 4 or 8 bytes; 8 are two accesses of 4, the lower first."""
        region = self._claims(bar, offset, size)
        if region is None:
            return _ones(size)
        if self.listener:
            self.listener(bar, offset, size, 0, False)
        try:
            if size != 8:
                return region.read(offset, size)
            return region.read(offset, 4) | region.read(offset + 4, 4) << 32
        except BusError:
            self._abort()
            return _ones(size)

    def write(self, bar: int, offset: int, value: int, size: int) -> None:
        """`size` is 1, 2, 4 or 8 bytes; 8 are two accesses of 4, the lower first."""
        region = self._claims(bar, offset, size)
        if region is None:
            return
        if self.listener:
            self.listener(bar, offset, size, value, True)
        try:
            if size != 8:
                region.write(offset, value, size)
            else:
                region.write(offset, value & 0xFFFF_FFFF, 4)
                region.write(offset + 4, value >> 32, 4)
        except BusError:
            self._abort()

    # The link and the interrupt pin.

    @property
    def link_up(self) -> bool:
        """Whether the function can be reached: without it, all reads give ones, and writes are lost."""
        return self._link_up

    @link_up.setter
    def link_up(self, up: bool) -> None:
        self._link_up = up
        self._decode()
        self._drive()

    def set_link(self, link: PcieLink) -> None:
        """What the link has trained to, and could; survives `reset`."""
        self._express(link)
        for at in range(EXPRESS + LINK_CAPABILITIES, EXPRESS + LINK_CAPABILITIES_2 + 4):
            if not self._writable[at]:
                self._space[at] = self._reset_value[at]

    def set_interrupt(self, level: bool) -> None:
        """The device behind wants attention, or no more: status bit 3, and the pin unless command bit 10 disables it."""
        self._pending = level
        status = self._space[STATUS] & ~INTERRUPT_STATUS
        self._space[STATUS] = status | (INTERRUPT_STATUS if level else 0)
        self._drive()

    def _drive(self) -> None:
        disabled = self._space[COMMAND + 1] << 8 & INTX_DISABLE
        level = self._pending and self._link_up and not disabled
        if level != self._asserted:
            self._asserted = level
            self.interrupt_line(level)

    def _claims(self, bar: int, offset: int, size: int) -> BarRegion | None:
        """The region that answers this access."""
        for index, _, reach in self._decoded:
            if index == bar and 0 <= offset <= reach - size:
                return self.bars[bar]
        return None

    def _decode(self) -> None:
        """What the BARs decode from now on: (BAR, first address, size)."""
        enabled = self._link_up and self._space[COMMAND] & MEMORY_SPACE
        self._decoded = [
            (bar, self.config_read(BAR0 + 4 * bar, 4) & ~0xF, region.size)
            for bar, region in enumerate(self.bars)
            if region and enabled
        ]

    def _abort(self) -> None:
        self._space[STATUS + 1] |= SIGNALED_TARGET_ABORT >> 8

    def _header(self, interrupt_pin: int) -> None:
        identity = self.identity
        self._set(0x00, 2, identity.vendor)
        self._set(0x02, 2, identity.device)
        self._set(COMMAND, 2, 0, writable=MEMORY_SPACE | BUS_MASTER | PARITY | SERR | INTX_DISABLE)
        self._set(STATUS, 2, 0, clearable=STATUS_ERRORS)
        self._set(0x08, 4, identity.class_code << 8 | identity.revision)
        self._set(0x0C, 1, 0, writable=0xFF)
        for bar, region in enumerate(self.bars):
            self._set(BAR0 + 4 * bar, 4, 0, writable=0x1_0000_0000 - region.size if region else 0)
        self._set(0x2C, 2, identity.subsystem_vendor)
        self._set(0x2E, 2, identity.subsystem)
        self._set(INTERRUPT_LINE, 1, 0, writable=0xFF)
        self._set(INTERRUPT_LINE + 1, 1, interrupt_pin)

    def _express(self, link: PcieLink) -> None:
        """The capability of an endpoint, version 2."""
        self._set(STATUS, 2, CAPABILITIES_LIST, clearable=STATUS_ERRORS)
        self._set(CAPABILITIES, 1, EXPRESS)
        self._set(EXPRESS, 4, 0x0002_0010)
        self._set(EXPRESS + 0x04, 4, 1 << 15)  # role-based error reporting, which every device after 1.1 has
        self._set(EXPRESS + DEVICE_CONTROL, 2, 0x2810, writable=0x7FFF)
        self._set(EXPRESS + LINK_CAPABILITIES, 4, link.max_speed | link.max_width << 4)
        self._set(EXPRESS + LINK_CONTROL, 2, 0, writable=0x00C3)
        self._set(EXPRESS + LINK_STATUS, 2, link.speed | link.width << 4)
        self._set(EXPRESS + LINK_CAPABILITIES_2, 4, (2 << link.max_speed) - 2)

    def _set(self, offset: int, size: int, value: int, *, writable: int = 0, clearable: int = 0) -> None:
        for array, bits in (self._reset_value, value), (self._writable, writable), (self._clearable, clearable):
            array[offset : offset + size] = bits.to_bytes(size, "little")


def _ones(size: int) -> int:
    return (1 << 8 * size) - 1
