"""What the tests of I2C share: a PMBus device on two wires, played at the level of bytes."""

import pytest

from bedplate.bus import MemoryBus
from bedplate.env.i2c import CommandBus, Device
from bedplate.env.i2c.smbus import pec
from bedplate.env.owner import Owner
from bedplate.errors import NotAcknowledged

ADDRESS = 0x60


class PlayedDevice:
    """A device with two pages. `held` is what its commands hold, by page (None: on no page) and command; `log` is what came.

    With `pec` it wants a check sum and makes one; `flip` damages the first byte of its answers.
    """

    def __init__(self, pec=False):
        self.pec, self.flip, self.page = pec, 0, 0xFF
        self.held, self.log, self.sent = {}, [], []

    def __call__(self, out, room=0, counted=False):
        self.log.append((out.hex(), room, counted))
        if self.pec and not room:
            if pec(bytes([ADDRESS << 1]) + out[:-1]) != out[-1]:
                raise NotAcknowledged("wrong check sum")
            out = out[:-1]
        command, data = out[0], out[1:]
        if room:
            return self.answer(command, room, counted)
        if command == 0x00:
            self.page = data[0]
        elif not data:
            self.sent.append(command)
        elif (self.page, command) in self.held:
            self.held[self.page, command] = data
        elif (None, command) in self.held:
            self.held[None, command] = data
        else:
            raise NotAcknowledged("unknown command")
        return b""

    def answer(self, command, room, counted):
        data = self.held.get((None, command)) or self.held.get((self.page, command))
        if data is None:
            raise NotAcknowledged("unknown command")
        data = bytes([len(data)]) + data if counted else data.ljust(room - self.pec, b"\xff")[: room - self.pec]
        came = data + bytes([pec(bytes([ADDRESS << 1, command, ADDRESS << 1 | 1]) + data)] if self.pec else [])
        return bytes([came[0] ^ self.flip]) + came[1:]

    def bus(self, pec=None):
        time = MemoryBus(0)
        wire = Device(self, ADDRESS, self.pec if pec is None else pec)
        return CommandBus(wire, time.now, time.sleep, Owner("i2c"), lambda: None)


@pytest.fixture(params=[False, True], ids=["plain", "pec"])
def device(request):
    made = PlayedDevice(request.param)
    made.held = {
        (None, 0x19): b"\xb0",
        (None, 0x88): bytes.fromhex("e803"),
        (None, 0xAD): bytes.fromhex("0081d249"),
        (None, 0x9E): b"x" * 32,
        (None, 0xDD): bytes.fromhex("01020304"),
        (None, 0xF9): bytes(range(1, 9)),
        (0, 0x8B): bytes.fromhex("8403"),
        (1, 0x8B): bytes.fromhex("e803"),
        (1, 0x21): bytes.fromhex("e803"),
    }
    return made
