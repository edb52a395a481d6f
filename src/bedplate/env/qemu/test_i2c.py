"""The environment `i2c:` in a guest: by the kernel's own i2c-i801 and i2c-dev, on a chipset's SMBus, where the machine has EEPROMs."""

import pytest

from bedplate.env.qemu.guest import Guest

SCRIPT = """
from bedplate.converge import Chip
from bedplate.env import open_bus
from bedplate.errors import BedplateError
bus = open_bus("i2c:/dev/i2c-0?address=0x50", Chip)
bus.write(0x2000, 0x5A, 1)
bus.write(0x2100, 0xA5, 1)
print(hex(bus.read(0x2000, 1)), hex(bus.read(0x2000, 2)))
for what in (
    lambda: open_bus("i2c:/dev/i2c-0?address=0x33", Chip).read(0x2000, 1),
    lambda: open_bus("i2c:/dev/i2c-0?address=0x33", Chip).write(0x0308, 1, 1),
    lambda: bus.read(0x2000, 4),
    lambda: open_bus("i2c:/dev/i2c-0?address=0x50&pec=1", Chip),
    lambda: open_bus("i2c:/dev/i2c-9?address=0x50", Chip),
):
    try:
        what()
    except BedplateError as error:
        print(type(error).__name__)
"""


@pytest.fixture(scope="module")
def guest():
    with Guest(modules=("i2c-i801", "i2c-dev")) as guest:
        yield guest


def test_bytes_and_words_and_who_is_not_there(guest):
    done = guest.run(["python3", "-c", SCRIPT], limit=120)
    assert done.code == 0, done.stderr.decode()
    assert done.stdout.decode().split("\n") == [
        "0x5a 0xa55a",
        "NotAcknowledged",
        "NotAcknowledged",
        "BusSize",
        "EnvError",
        "EnvError",
        "",
    ]
