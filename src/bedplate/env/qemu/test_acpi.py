import re
import shutil
import subprocess

import pytest

from bedplate.env.linux.spi import SPEED
from bedplate.env.qemu import acpi, lpss
from bedplate.env.qemu.service import SLOTS
from bedplate.errors import ToolMissing

HEADER = 36


@pytest.fixture
def text(tmp_path):
    """The table as `iasl` reads it back."""
    shutil.copy(acpi.table(), tmp_path / "table.aml")
    subprocess.run(["iasl", "-d", "table.aml"], cwd=tmp_path, check=True, capture_output=True)
    return (tmp_path / "table.dsl").read_text()


def test_is_a_table_with_a_right_length_and_checksum():
    data = acpi.table().read_bytes()
    assert data[:4] == b"SSDT"
    assert int.from_bytes(data[4:8], "little") == len(data)
    assert sum(data) % 256 == 0


def test_binds_spidev_to_each_chip_select(text):
    assert text.count('Name (_HID, "SPT0001")') == len(lpss.NODES)
    selections = re.findall(r"SpiSerialBusV2 \((0x\w+), PolarityLow, FourWireMode, 0x08,", text)
    assert selections == ["0x0001", "0x0002"], "this controller counts from 1"


def test_is_about_the_slot_that_the_controller_is_in(text):
    device = f"S{SLOTS['spi'] << 3:02X}"
    assert f"Scope (\\_SB.PCI0.{device})" in text
    assert text.count(f'"\\\\_SB.PCI0.{device}"') == 2


def test_lets_the_clock_run_as_fast_as_the_bridge_can_take_it(text):
    assert text.count(f"0x{SPEED:08X}, ClockPolarityLow,") == 2


def test_the_same_source_gives_the_same_table(tmp_path, monkeypatch):
    first = acpi.table()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    second = acpi.table()
    assert second.is_relative_to(tmp_path)
    assert first.read_bytes()[HEADER:] == second.read_bytes()[HEADER:]


def test_quotes_a_path_as_qemu_wants_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a,b"))
    option, value = acpi.arguments()
    assert option == "-acpitable"
    assert value == f"file={tmp_path}/a,,b/bedplate/acpi/{acpi.table().parent.name}/spidev.aml"


def test_without_the_compiler_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ToolMissing, match="iasl is not installed") as caught:
        acpi.arguments()
    assert caught.value.next == "apt-get install acpica-tools"
