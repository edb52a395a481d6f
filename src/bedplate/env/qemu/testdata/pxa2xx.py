"""Both ends of the SPI controller, for its tests: Linux as it drives it, and a slave that remembers."""

from bedplate.env.qemu.lpss import (
    CS_CONTROL,
    CS_HIGH,
    CS_SELECT,
    RFS,
    RIE,
    RNE,
    ROR,
    SSCR0,
    SSCR1,
    SSDR,
    SSE,
    SSIRF,
    SSITF,
    SSPSP,
    SSSR,
    SSTO,
    SW_MODE,
    TFS,
    TIE,
    TINT,
    TINTE,
)

WORD8 = 0x7
"""SSCR0 for words of 8 bits at 50 MHz."""
INTERRUPTS = TIE | RIE | TINTE
BAR0 = 0xFEB0_0000
TFL_FULL = 0xF00


class Driver:
    """What `spi-pxa2xx` of Linux 6.1 does for an LPSS port without DMA, access by access."""

    def __init__(self, function):
        self.function = function
        self.level = False
        self.accesses = 0
        function.interrupt_line = self.interrupt
        function.config_write(0x10, BAR0, 4)
        function.config_write(0x04, 0x0006, 2)
        self.disable()
        self.write(SSCR1, 7 << 10 | 7 << 6)
        self.write(SSCR0, 2 << 8 | WORD8)
        self.write(SSTO, 0)
        self.write(SSPSP, 0)
        self.write(CS_CONTROL, self.read(CS_CONTROL) & ~(SW_MODE | CS_HIGH) | SW_MODE | CS_HIGH)

    def interrupt(self, level):
        self.level = level

    def read(self, register):
        self.accesses += 1
        bar, offset = self.function.decode(BAR0 + register)
        return self.function.read(bar, offset, 4)

    def write(self, register, value):
        self.accesses += 1
        bar, offset = self.function.decode(BAR0 + register)
        self.function.write(bar, offset, value, 4)

    def update(self, register, mask, value):
        if self.read(register) & mask != value:
            self.write(register, value & mask)

    def disable(self):
        self.write(SSCR0, self.read(SSCR0) & ~SSE)

    def select(self, chip_select):
        value = self.read(CS_CONTROL)
        if value & CS_SELECT != chip_select * CS_SELECT:
            self.write(CS_CONTROL, value & ~CS_SELECT | chip_select * CS_SELECT)
        self.write(CS_CONTROL, self.read(CS_CONTROL) & ~CS_HIGH)

    def deselect(self):
        self.read(SSSR)
        self.write(CS_CONTROL, self.read(CS_CONTROL) | CS_HIGH)

    def transfer(self, chip_select, data, mode=0):
        """A message of one transfer, as spidev makes it."""
        self.select(chip_select)
        self.start(data, mode)
        while self.sent is not None:
            assert self.level, "no interrupt comes: the driver would wait for ever"
            self.service()
        self.deselect()
        return bytes(self.came)

    def start(self, data, mode):
        while self.read(SSSR) & RNE:
            self.read(SSDR)
        self.read(SSSR)
        self.write(SSSR, ROR)
        self.data, self.sent, self.came = data, 0, bytearray()
        enables = mode | INTERRUPTS
        self.write(SSSR, ROR | TINT)
        self.update(SSIRF, 0xFF, 64 - 1)
        self.update(SSITF, 0xFFFF, (160 - 1) << 8 | 224 - 1)
        self.disable()
        self.write(SSTO, 1000)
        self.update(SSCR1, ~INTERRUPTS & 0xFFFF_FFFF, mode)
        self.update(SSCR0, 0xFFFF_FFFF, 4 << 8 | WORD8)
        self.write(SSCR0, self.read(SSCR0) | SSE)
        self.write(SSCR1, enables)

    def service(self):
        """The interrupt handler."""
        status, enables = self.read(SSSR), self.read(SSCR1)
        wanted = TINT | RFS | TFS | ROR
        assert status & wanted, "an interrupt of somebody else"
        self.write(SSCR1, enables & ~INTERRUPTS)
        self.write(SSCR1, enables)
        status = self.read(SSSR)
        self.read(SSCR1)
        assert not status & ROR, "FIFO overrun"
        if status & TINT:
            self.write(SSSR, TINT)
        while True:
            if self.drain():
                return self.complete()
            if self.read(SSSR) & TFL_FULL == TFL_FULL or self.sent == len(self.data):
                break
            self.write(SSDR, self.data[self.sent])
            self.sent += 1
        return self.write(SSCR1, self.read(SSCR1) & ~TIE)

    def drain(self):
        while self.read(SSSR) & RNE and len(self.came) < len(self.data):
            self.came.append(self.read(SSDR))
        return len(self.came) == len(self.data)

    def complete(self):
        self.write(SSSR, ROR | TINT)
        self.write(SSCR1, self.read(SSCR1) & 0)
        self.write(SSTO, 0)
        self.sent = None


class Recorder:
    """A slave that remembers the edges and bytes at its pins, and answers each byte by its complement."""

    def __init__(self):
        self.seen = []

    def select(self):
        self.seen.append("select")

    def shift(self, byte):
        self.seen.append(byte)
        return byte ^ 0xFF

    def deselect(self, cut=False):
        self.seen.append("cut" if cut else "deselect")
