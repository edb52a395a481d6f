"""What a mapped BAR makes of an access, counted at a device that nobody here wrote: `edu`, in a guest, by QEMU's own trace."""

import re

import pytest

from bedplate.env.qemu import guest as guests
from bedplate.env.qemu.guest import Guest
from bedplate.env.qemu.machine import Machine

TRACE = "memory_region_ops_*"
SCRIPT = """
import sys
from pathlib import Path
from bedplate.env.linux.bar import Bar
from bedplate.env.linux.sysfs import SYSFS, SysfsFunction
(place,) = [one for one in SYSFS.iterdir() if (one / "device").read_text().strip() == "0x11e8"]
function = SysfsFunction(place)
function.attach()
bus = Bar(function.map(0), lambda doing, address: None)
bus.write(0x80, 0x1122334455667788, 8)
print(hex(bus.read(0x80, 8)))
bus.write(0x04, 0x12345678)
print(hex(bus.read(0x04)))
"""


@pytest.fixture
def trace(tmp_path):
    return tmp_path / "trace"


@pytest.fixture
def guest(trace, monkeypatch):
    plugged = ("-device", "edu,addr=07", "-trace", TRACE, "-D", str(trace))

    def machine(kernel, archives, parameters, cable, more, core, icount):
        return Machine(kernel, archives, parameters, cable, (*more, *plugged), core, icount)

    monkeypatch.setattr(guests, "Machine", machine)
    with Guest() as guest:
        yield guest


def test_an_access_of_8_bytes_is_one_load_or_store_at_the_device(guest, trace):
    done = guest.run(["python3", "-c", SCRIPT])
    assert (done.code, done.stdout) == (0, b"0x1122334455667788\n0xedcba987\n"), done.stderr
    seen = re.findall(
        r"memory_region_ops_(read|write) .*addr (0x\w+) value (0x\w+) size (\d) name 'edu-mmio'", trace.read_text()
    )
    found = [(verb, int(address, 16) & 0xFF, int(size)) for verb, address, _, size in seen]
    assert found == [("write", 0x80, 8), ("read", 0x80, 8), ("write", 0x04, 4), ("read", 0x04, 4)]
