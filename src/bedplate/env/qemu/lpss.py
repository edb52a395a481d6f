"""An SPI controller for a guest: the serial port (SSP) of an Intel LPSS as a PCI function, with our slaves at its pins.

The guest's own drivers run it, `spi-pxa2xx` and `spidev`, as they run the real one. It is the controller of Braswell, since
that has two chip selects; which node is whose is said by the ACPI table (see `acpi.py`).

The registers are those of the PXA2xx family's SSP with the LPSS extensions, 32 bits each:

     00 SSCR0   size of a word, enable                400 CLOCK       parameters of the clock
     04 SSCR1   interrupt enables, mode, loop-back    404 RESETS      0: held in reset
     08 SSSR    status                                408 GENERAL
     10 SSDR    both FIFOs                            40c SSP
     28 SSTO    receive time-out                      418 CS_CONTROL  chip selects
     2c SSPSP   other protocols than SPI
     44 SSITF   transmit FIFO thresholds
     48 SSIRF   receive FIFO threshold

A word is on the wire as soon as it is written: at 10 MHz a byte lasts 0.8 us, an access from a guest costs ten times that. So
the transmit FIFO is always empty, and a receive time-out, of 20 us in that driver, is over when anybody looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from bedplate.env.qemu.pci import Function, PciIdentity
from bedplate.errors import EnvError

MODULES = ("spi-pxa2xx-platform", "spi-pxa2xx-pci")
"""Kernel modules of the guest, in this order; spidev is built into Debian's kernel. Then the nodes exist."""
NODES = ("/dev/spidev0.0", "/dev/spidev0.1")
"""What the guest calls the chip selects."""

IDENTITY = PciIdentity(vendor=0x8086, device=0x228E, class_code=0x0C_8000)
FIFO = 256
"""Words in each FIFO."""

SSCR0, SSCR1, SSSR, SSDR, SSTO, SSPSP, SSITF, SSIRF = 0x00, 0x04, 0x08, 0x10, 0x28, 0x2C, 0x44, 0x48
CLOCK, RESETS, GENERAL, SSP, CS_CONTROL = 0x400, 0x404, 0x408, 0x40C, 0x418

DSS, FRF, SSE, EDSS, RIM = 0xF, 0x3 << 4, 1 << 7, 1 << 20, 1 << 22
"""SSCR0: data size less one, frame format (0: SPI), enable, 16 more bits a word, overrun interrupt masked."""
RIE, TIE, LBM, SPO, SPH, TINTE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 19
"""SSCR1: receive and transmit interrupt enables, loop-back, clock polarity and phase, time-out interrupt enable."""
TNF, RNE, TFS, RFS, ROR, TINT = 1 << 2, 1 << 3, 1 << 5, 1 << 6, 1 << 7, 1 << 19
"""SSSR: transmit FIFO not full, receive FIFO not empty, either wants service, receive overrun (RW1C), time-out (RW1C)."""
SW_MODE, CS_HIGH, CS_SELECT = 1 << 0, 1 << 1, 1 << 2
"""CS_CONTROL: chip select by software, its level, and which of the two."""
RUNNING = 0x3
"""RESETS: function and bus interface are out of reset, as firmware leaves them."""

WRITABLE = {
    SSCR0: 0xFFFF_FFFF,
    SSCR1: 0xFFFF_FFFF,
    SSTO: 0x00FF_FFFF,
    SSPSP: 0xFFFF_FFFF,
    SSITF: 0x0000_FFFF,
    SSIRF: 0x0000_00FF,
    CLOCK: 0xFFFF_FFFF,
    GENERAL: 0xFFFF_FFFF,
    SSP: 0xFFFF_FFFF,
    CS_CONTROL: SW_MODE | CS_HIGH | CS_SELECT,
}
"""Registers that read as written, and their bits."""
PRIVATE = 0x400
"""From here on registers are no part of the port: its reset leaves them alone."""


class Slave(Protocol):
    """Who listens at a chip select, such as `env.spi.bridge.Bridge`. `cut`: the frame had a few bits more than whole bytes."""

    def select(self) -> None:
        """Chip select falls: a frame begins."""

    def shift(self, byte: int) -> int:
        """Eight clocks, most significant bit first: the byte that comes back while this one is sent."""

    def deselect(self, cut: bool = False) -> None:
        """Chip select rises: the frame is over."""


class LpssPort:
    """The registers and the pins. `interrupt` is told when the level of the interrupt changes.

    It takes aligned words. A narrower read gets its lanes of one, a narrower write is lost.
    """

    size = 0x1000

    def __init__(self, slaves: Sequence[Slave], interrupt: Callable[[bool], None]) -> None:
        """Raises EnvError for more slaves than chip selects."""
        if len(slaves) > len(NODES):
            raise EnvError(f"{len(slaves)} SPI slaves", where="LPSS SPI controller", wanted=f"at most {len(NODES)}")
        self._slaves = tuple(slaves)
        self._interrupt = interrupt
        self._level = False
        self._selected: Slave | None = None
        self._ragged = False
        self._received: deque[int] = deque()
        self._latched = 0
        self.reset()

    def reset(self) -> None:
        """As by a reset of the bus, or a controller that loses power: chip select rises, whatever was going on."""
        self._registers = dict.fromkeys(WRITABLE, 0)
        self._resets = RUNNING
        self._flush()
        self._select(None)
        self._signal()

    # Region

    def read(self, offset: int, size: int) -> int:
        register = offset & ~3
        if register == SSSR:
            word = self._status()
        elif register == SSDR:
            word = self._pop()
        elif register == RESETS:
            word = self._resets
        else:
            word = self._registers.get(register, 0)
        return word >> 8 * (offset & 3) & (1 << 8 * size) - 1

    def write(self, offset: int, value: int, size: int) -> None:
        if size != 4 or (self._resets != RUNNING and offset < PRIVATE):
            return
        if offset == SSDR:
            self._push(value)
        elif offset == SSSR:
            self._latched &= ~value
        elif offset == RESETS:
            self._reset(value & RUNNING)
        elif offset in WRITABLE:
            self._registers[offset] = value & WRITABLE[offset]
            if offset == SSCR0 and not value & SSE:
                self._flush()
            elif offset == CS_CONTROL:
                self._select(self._chosen() if value & SW_MODE and not value & CS_HIGH else None)
        self._signal()

    def _reset(self, value: int) -> None:
        self._resets = value
        if value != RUNNING:
            self._registers.update(dict.fromkeys((at for at in WRITABLE if at < PRIVATE), 0))
            self._flush()

    # Status and interrupt

    def _status(self) -> int:
        level = len(self._received)
        status = TNF | (level - 1 & 0xF) << 12 | self._latched
        if level:
            status |= RNE
        if level > self._registers[SSIRF]:
            status |= RFS
        if self._registers[SSCR0] & SSE:
            status |= TFS
        return status

    def _signal(self) -> None:
        """Tell of the interrupt, where its level changes."""
        status, enables = self._status(), self._registers[SSCR1]
        wanted = bool(
            (status & TFS and enables & TIE)
            or (status & RFS and enables & RIE)
            or (status & TINT and enables & TINTE)
            or (status & ROR and not self._registers[SSCR0] & RIM)
        )
        if wanted != self._level:
            self._level = wanted
            self._interrupt(wanted)

    # FIFOs

    def _flush(self) -> None:
        self._received.clear()
        self._latched = 0

    def _push(self, word: int) -> None:
        if not self._registers[SSCR0] & SSE:
            return  # a port that is off holds its FIFOs empty
        came = self._exchange(word)
        if len(self._received) == FIFO:
            self._latched |= ROR
        else:
            self._received.append(came)
        self._time_out()

    def _pop(self) -> int:
        if not self._received:
            return 0
        word = self._received.popleft()
        self._time_out()
        self._signal()
        return word

    def _time_out(self) -> None:
        if self._received and self._registers[SSTO]:
            self._latched |= TINT

    # Pins

    def _exchange(self, word: int) -> int:
        """A word goes over the wire, the most significant bit first; the one that comes at the same time."""
        sscr0, sscr1 = self._registers[SSCR0], self._registers[SSCR1]
        bits = (sscr0 & DSS) + 1 + (16 if sscr0 & EDSS else 0)
        if sscr1 & LBM:
            return word & (1 << bits) - 1
        by_hardware = not self._registers[CS_CONTROL] & SW_MODE
        if by_hardware:
            self._select(self._chosen())
        came = (1 << bits) - 1  # nobody drives the line
        if self._selected is not None:
            # Slaves count bytes, and know SPI mode 0 only. What does not suit them is noise from there to the frame's end.
            self._ragged |= bool(bits % 8 or sscr0 & FRF or sscr1 & (SPO | SPH))
            if not self._ragged:
                came = 0
                for at in range(bits - 8, -1, -8):
                    came = came << 8 | self._selected.shift(word >> at & 0xFF)
        if by_hardware:  # then a frame is a word
            self._select(None)
        return came

    def _chosen(self) -> Slave | None:
        index = bool(self._registers[CS_CONTROL] & CS_SELECT)
        return self._slaves[index] if index < len(self._slaves) else None

    def _select(self, slave: Slave | None) -> None:
        """Chip select of this slave is low from here on, and no other."""
        if slave is self._selected:
            return
        left, ragged = self._selected, self._ragged
        self._selected, self._ragged = slave, False  # first: what a slave raises must not make it see an edge twice
        if left is not None:
            left.deselect(ragged)
        if slave is not None:
            slave.select()


class Controller(Function):
    """The PCI function. Its slaves belong to the board, not to it: they outlive it, and a reset of the bus is none of theirs."""

    def __init__(self, slaves: Sequence[Slave]) -> None:
        """A slave for each chip select. Raises EnvError for too many."""
        self.port = LpssPort(slaves, self.set_interrupt)
        super().__init__(IDENTITY, [self.port], interrupt_pin=1)

    def reset(self) -> None:
        super().reset()
        self.port.reset()
