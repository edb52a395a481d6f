"""What the tests of this room share: a board whose kernel answers spidev's ioctls, with bridges and a model of Tern behind it."""

import ctypes
import errno
import os
import random
import struct
import time

import pytest

from bedplate.chips.tern import Tern
from bedplate.env.linux import clock, spi
from bedplate.env.model import make_model
from bedplate.env.spi.bridge import Bridge
from bedplate.env.targets import parse

SETTINGS = {0x40016B01: ("mode", "B"), 0x40016B03: ("bits", "B"), 0x40046B04: ("speed", "I")}
MESSAGE = 0x40206B00
"""As in <linux/spi/spidev.h>, and written down here once more: the test's own reading of it."""


class Board:
    """A controller board. Its `ioctl` is the kernel's, for the nodes of `folder`; behind each is a bridge of the same chip.

    The model's time is what passes in its own clock and what `clock.now` says has passed in between, where it is real.
    `errors` is the chance of a bit to flip, either way; `stuck` a level that the chip's pins hold; `fail` an errno.
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
        assert size <= 4096, "EMSGSIZE"
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
        """Tern through the door."""
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
