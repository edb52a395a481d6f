"""What the tests of this folder share.

A board whose kernel answers spidev's ioctls, with bridges and a model of Tern behind it; and a slot: a folder as sysfs has it.
"""

import ctypes
import errno
import os
import random
import struct
import time

import pytest

from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env.linux import clock, spi, sysfs
from bedplate.env.spi.bridge import Bridge
from bedplate.env.targets import parse

SETTINGS = {0x40016B01: ("mode", "B"), 0x40016B03: ("bits", "B"), 0x40046B04: ("speed", "I")}
MESSAGE = 0x40206B00
"""As in <linux/spi/spidev.h>, and written down here once more: the test's own reading of it."""


class Board:
    """A controller board. Its `ioctl` is the kernel's, for the nodes of `folder`; behind each is a bridge of the same chip.

    The model's time is what passes in its own clock and what `clock.now` says has passed in between, where it is real.
    `errors` is the chance of a bit to flip, either way; `stuck` a level that the chip's pins hold; `fail` an errno; `longest` what
    the controller moves at once.
    """

    def __init__(self, folder, model):
        self.model = model
        self.nodes = [str(folder / f"spidev0.{select}") for select in range(2)]
        self.bridges = {}
        for node in self.nodes:
            open(node, "w").close()
            self.bridges[node] = Bridge(model)
        self.settings = {node: {} for node in self.nodes}
        self.frames = []
        self.times = []
        self.longest = 4096
        self.errors, self.stuck, self.fail, self.die_at = 0.0, None, 0, None
        self.random = random.Random(1)

    @property
    def target(self):
        return "spi:" + ",".join(self.nodes)

    def ioctl(self, fd, request, argument):
        node = os.readlink(f"/proc/self/fd/{fd}")
        if node not in self.bridges:
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
        if self.fail:
            raise OSError(self.fail, os.strerror(self.fail))
        if request in SETTINGS:
            name, form = SETTINGS[request]
            (self.settings[node][name],) = struct.unpack(form, argument)
            return 0
        assert request == MESSAGE
        assert len(argument) == 32
        tx, rx, size, *rest = struct.unpack("QQIIHBBBBBB", argument)
        assert rest == [0] * 8, "the node's own settings, and chip select released at the end"
        if size > self.longest:
            raise OSError(errno.EMSGSIZE, os.strerror(errno.EMSGSIZE))
        self.times.append(time.monotonic_ns())
        came = self.wire(node, ctypes.string_at(tx, size))
        ctypes.memmove(rx, came, size)
        self.times.append(time.monotonic_ns())
        return size

    def wire(self, node, data):
        self.frames.append((node, data))
        if self.die_at == len(self.frames):
            raise PowerCut("before the frame")
        if self.stuck is not None:
            return bytes([self.stuck]) * len(data)
        came = self.damaged(self.bridges[node].exchange(self.damaged(data)))
        if self.die_at == -len(self.frames):
            raise PowerCut("after the frame")
        return came

    def damaged(self, data):
        if not self.errors:
            return data
        mask = sum(1 << bit for bit in range(8 * len(data)) if self.random.random() < self.errors)
        return (int.from_bytes(data, "big") ^ mask).to_bytes(len(data), "big")

    def open(self, options=""):
        """Tern through the environment."""
        return Tern(spi.open_bus(parse(self.target + options), Tern, self.ioctl))


class PowerCut(BaseException):
    """The controller is dead: no code of it runs on."""


@pytest.fixture
def board(tmp_path, monkeypatch):
    """A board with Tern at power-on, whose clock is the model's."""
    model = make_model(Tern)
    monkeypatch.setattr(clock, "now", model.now)
    monkeypatch.setattr(clock, "sleep", model.sleep)
    return Board(tmp_path, model)


BDF = "0000:00:02.0"
SIZE = 16 << 20
MAGIC = Tern.canary.value
CHIP = 0x0010_0A17
"""Die 0 of Tern A0."""


class Slot:
    """A device's folder in sysfs: 1234:0a17, disabled; enabling it does not turn its memory space on by itself.

    BAR 0 is a file with the canary at 0: memory, not a chip.
    """

    def __init__(self, place, vendor, device, enabled, command):
        self.place = place
        place.mkdir()
        head = b"".join(word.to_bytes(2, "little") for word in (vendor, device, command))
        (place / "config").write_bytes(head.ljust(256, b"\0"))
        (place / "vendor").write_text(f"0x{vendor:04x}\n")
        (place / "device").write_text(f"0x{device:04x}\n")
        (place / "enable").write_text(enabled + "\n")
        self.fill(0, MAGIC.to_bytes(4, "little"))
        self.truncate(SIZE)
        (place / "resource0").chmod(0o600)

    def fill(self, offset, content, name="resource0"):
        with (self.place / name).open("r+b" if (self.place / name).exists() else "wb") as file:
            file.seek(offset)
            file.write(content)

    def identify(self):
        """It says who it is, as far as memory can: die 0 of Tern."""
        self.fill(4, CHIP.to_bytes(4, "little"))

    def truncate(self, size):
        """Memory beyond `size` is gone: an access there is a genuine SIGBUS."""
        os.truncate(self.place / "resource0", size)

    def configure(self, offset, word):
        """A 16-bit word of configuration space."""
        self.fill(offset, word.to_bytes(2, "little"), "config")

    def abort(self):
        """The device notes that it has completed an access with a target abort."""
        self.configure(6, 0x0810)

    @property
    def status(self):
        return int.from_bytes((self.place / "config").read_bytes()[6:8], "little")


@pytest.fixture
def slot(tmp_path, monkeypatch):
    """Makes slots."""
    monkeypatch.setattr(sysfs, "SYSFS", tmp_path)

    def pwrite(fd, data, offset, plain=os.pwrite):
        """Status registers of configuration space are not a file's bytes: writing ones clears. That of PCI Express is where tests have it."""
        if offset not in (6, 0x6A):
            return plain(fd, data, offset)
        assert len(data) == 2
        kept = int.from_bytes(os.pread(fd, 2, offset), "little") & ~int.from_bytes(data, "little")
        return plain(fd, kept.to_bytes(2, "little"), offset)

    monkeypatch.setattr(os, "pwrite", pwrite)

    def make(bdf=BDF, vendor=0x1234, device=0x0A17, enabled="0", command=0x02):
        return Slot(tmp_path / bdf, vendor, device, enabled, command)

    return make
