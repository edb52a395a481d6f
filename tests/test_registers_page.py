"""docs/registers.md says what is so."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus, us
from bedplate.errors import BusSize, OutOfRange
from bedplate.gen import generate

PAGE = (Path(__file__).parent.parent / "docs/registers.md").read_text(encoding="utf-8")


class Narrow(MemoryBus):
    """A bus of 32 bits."""

    sizes = (1, 2, 4)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    root = tmp_path_factory.mktemp("page")
    text = re.search(r"```systemrdl device.rdl\n(.*?)```", PAGE, re.DOTALL)
    (root / "device.rdl").write_text(text[1])
    result = generate([root / "device.rdl"], out=root / "page_device")
    sys.path.insert(0, str(root))
    yield importlib.import_module("page_device"), result
    sys.path.remove(str(root))


@pytest.fixture
def device(package):
    return package[0].Device(MemoryBus())


def test_the_description_is_told_what_is_doubtful_about_it(package):
    assert [str(note).partition(": ")[2] for note in package[1].notes] == [
        "reading 'rx' may have an effect (it is external), so it is taken, not read: say what a read does with `probe`"
    ]


def test_methods(device):
    assert {verb for verb in ("read", "take", "write", "modify", "clear") if hasattr(device.ctrl, verb)} == {
        *("read", "write", "modify", "clear")
    }
    assert hasattr(device.rx, "take")
    assert not hasattr(device.rx, "read")
    assert {*device.dump().left_out} == {"rx", "events"}
    device.ctrl.wait(on=False, timeout=us(5))
    with pytest.raises(OutOfRange):
        device.ctrl.write(on=2)


def test_wide_ones(package, device):
    device.events.take()
    with pytest.raises(BusSize):
        package[0].Device(Narrow()).events.take()


def test_numbers(device):
    device.temperature.bus.write(4, 0xE70)
    assert device.temperature.read().now == -400
    assert "-400 (-25 degC)" in repr(device.temperature.read())
    device.ip.source.write(port=0x1234)
    assert device.ip.source.bus.read(0x14, 1) == 0x12


def test_names(device):
    assert type(device.bad).__name__ == "CountT"
    assert type(device.ip.source).__name__ == "PortTSource"
