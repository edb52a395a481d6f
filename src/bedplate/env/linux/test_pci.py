"""The door `pci:`: a device's folder in sysfs, made of files, and what the bus makes of its BAR.

That an access reaches a device once cannot be seen on a file. Here it is counted at the memoryview; at a real device it is for
the room of the emulator to prove.
"""

import gc
from pathlib import Path

import pytest

from bedplate.chips.tern import Tern
from bedplate.env.linux import pci
from bedplate.env.linux.bar import Bar
from bedplate.env.targets import chip_type, open_chip, parse
from bedplate.errors import AccessError, BusFault, BusSize, EnvError, LinkDown, OutOfRange, UnknownName

BDF = "0000:00:02.0"
SIZE = 16 << 20


@pytest.fixture
def slot(tmp_path, monkeypatch):
    """Makes a device's folder: 1b36:0005, disabled; enabling it does not turn its memory space on by itself."""
    monkeypatch.setattr(pci, "SYSFS", tmp_path)

    def make(bdf=BDF, vendor=0x1B36, device=0x0005, enabled="0", command=0x02):
        place = tmp_path / bdf
        place.mkdir()
        head = vendor.to_bytes(2, "little") + device.to_bytes(2, "little") + command.to_bytes(2, "little")
        (place / "config").write_bytes(head.ljust(256, b"\0"))
        (place / "vendor").write_text(f"0x{vendor:04x}\n")
        (place / "device").write_text(f"0x{device:04x}\n")
        (place / "enable").write_text(enabled + "\n")
        with (place / "resource0").open("wb") as file:
            file.truncate(SIZE)
        return place

    return make


def door(text):
    return pci.open_bus(parse(text), Tern)


class TestFinding:
    def test_a_place_is_a_name_and_the_chip_an_option(self):
        assert parse("pci:0000:00:02.0") == ("pci", "tern", (("at", "0000:00:02.0"),))
        assert chip_type(parse("pci:auto?chip=tern&vendor=1").name) is Tern

    def test_by_identity(self, slot):
        slot("0000:00:01.0", device=0x0006)
        slot()
        door("pci:auto?vendor=0x1b36&device=5")

    def test_of_two_alike_one_must_be_named(self, slot):
        slot("0000:00:01.0")
        slot()
        with pytest.raises(EnvError, match=r"2 PCI devices 1b36:0005.*got 0000:00:01.0, 0000:00:02.0") as caught:
            door("pci:auto?vendor=1b36&device=5")
        assert caught.value.next == "name one: pci:0000:00:01.0"

    def test_of_none_it_is_said(self, slot):
        with pytest.raises(EnvError, match="no PCI devices 1b36:0005"):
            door("pci:auto?vendor=1b36&device=5")

    @pytest.mark.parametrize("options", ["", "?vendor=1b36", "?device=5"])
    def test_auto_wants_an_identity(self, options):
        with pytest.raises(AccessError, match="wants an identity"):
            door("pci:auto" + options)

    @pytest.mark.parametrize("vendor", ["", "x", "-1", "0x10000", "ffff"])
    def test_an_identity_is_a_number(self, vendor):
        with pytest.raises(AccessError, match="cannot read a vendor id"):
            door(f"pci:auto?vendor={vendor}&device=5")

    def test_an_option_that_does_not_exist(self):
        with pytest.raises(UnknownName, match="bar"):
            door("pci:auto?bar=1")


class TestPresence:
    def test_no_device(self, slot):
        with pytest.raises(EnvError, match="no such PCI device"):
            door("pci:0000:00:03.0")

    def test_another_device(self, slot):
        slot()
        with pytest.raises(EnvError, match="another device, wanted 0x0006, got 0x0005"):
            door(f"pci:{BDF}?vendor=1b36&device=6")

    def test_a_device_that_does_not_answer_is_not_touched(self, slot):
        place = slot(vendor=0xFFFF)
        with pytest.raises(LinkDown, match="does not answer, wanted a vendor id, got all ones"):
            door(f"pci:{BDF}")
        assert (place / "enable").read_text() == "0\n"

    def test_a_device_of_a_kernel_driver_is_not_touched(self, slot, tmp_path):
        place = slot()
        (place / "driver").symlink_to("../../drivers/virtio-pci")
        with pytest.raises(EnvError, match="a kernel driver owns this PCI device, got virtio-pci"):
            door(f"pci:{BDF}")
        assert (place / "enable").read_text() == "0\n"

    def test_is_enabled_where_it_is_not(self, slot):
        place = slot()
        door(f"pci:{BDF}")
        assert (place / "enable").read_text() == "1"

    def test_is_left_alone_where_it_is(self, slot):
        place = slot(enabled="2")
        door(f"pci:{BDF}")
        assert (place / "enable").read_text() == "2\n"

    def test_memory_space_must_be_on_then(self, slot):
        slot(command=0x04)
        with pytest.raises(EnvError, match="memory space is off"):
            door(f"pci:{BDF}")

    def test_a_device_without_a_bar(self, slot):
        place = slot()
        (place / "resource0").unlink()
        with pytest.raises(EnvError, match="does not let us map BAR 0"):
            door(f"pci:{BDF}")
        (place / "resource0").touch()
        with pytest.raises(EnvError, match="does not let us map BAR 0"):
            door(f"pci:{BDF}")


class TestMapping:
    def test_what_is_written_is_in_the_device(self, slot):
        place = slot()
        bus = door(f"pci:{BDF}")
        bus.write(0x100, 0x44332211)
        bus.write(0x105, 0xAA, 1)
        bus.write(0x106, 0xCCBB, 2)
        bus.write_block(SIZE - 8, [1, 0xFFFFFFFF])
        content = (place / "resource0").read_bytes()
        assert content[0x100:0x108].hex() == "1122334400aabbcc"
        assert content[-8:].hex() == "01000000ffffffff"
        assert content.count(0) == SIZE - 12

    def test_what_is_in_the_device_is_read(self, slot):
        place = slot()
        bus = door(f"pci:{BDF}")
        with (place / "resource0").open("r+b") as file:
            file.write(bytes(range(1, 9)))
        assert (bus.read(0), bus.read(2, 2), bus.read(7, 1)) == (0x04030201, 0x0403, 0x08)
        assert bus.read_block(0, 2) == [0x04030201, 0x08070605]

    def test_the_guard_judges_all_ones(self, slot):
        place = slot()
        chip = open_chip(f"pci:{BDF}")
        with (place / "resource0").open("r+b") as file:
            file.write(b"\xff" * 0x1000)
        with pytest.raises(LinkDown, match="canary"):
            chip.bus.read(0x40)

    def test_outside_is_an_error_and_never_another_address(self, slot):
        slot()
        bus = door(f"pci:{BDF}")
        for address in (SIZE, -4, SIZE + 4):
            with pytest.raises(BusFault, match="outside the mapped BAR"):
                bus.read(address)
            with pytest.raises(BusFault, match="outside the mapped BAR"):
                bus.write(address, 0)
        for burst in (lambda: bus.read_block(SIZE - 4, 2), lambda: bus.write_block(SIZE - 4, [1, 2])):
            with pytest.raises(BusFault, match="outside the mapped BAR"):
                burst()
        assert bus.read(SIZE - 4) == 0, "a burst that does not fit is not begun"

    @pytest.mark.parametrize(("address", "size"), [(2, 4), (1, 2), (0, 3), (0, 8)])
    def test_what_no_access_can_carry_is_refused(self, slot, address, size):
        slot()
        with pytest.raises(BusSize):
            door(f"pci:{BDF}").read(address, size)

    def test_values_that_do_not_fit_are_refused(self, slot):
        slot()
        bus = door(f"pci:{BDF}")
        for attempt in (
            lambda: bus.write(0, 1 << 32),
            lambda: bus.write(0, 256, 1),
            lambda: bus.write_block(0, [1, -1]),
        ):
            with pytest.raises(OutOfRange):
                attempt()
        assert bus.read(0) == 0

    def test_is_given_back_with_the_bus(self, slot):
        place = slot()
        bus = door(f"pci:{BDF}")
        maps = Path("/proc/self/maps")
        assert str(place) in maps.read_text()
        del bus
        gc.collect()
        assert str(place) not in maps.read_text()


class Counting:
    """Memory that notes every access to an item: its width, its index, and whether it was read or written."""

    nbytes = 4096

    def __init__(self, width=1, log=None, items=None):
        self.width, self.log = width, [] if log is None else log
        self.items = range(4096 // width) if items is None else items

    def cast(self, form):
        return Counting({"B": 1, "H": 2, "I": 4}[form], self.log)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Counting(self.width, self.log, self.items[index])
        self.log.append((self.width, "r", self.items[index]))
        return 0

    def __setitem__(self, index, value):
        assert isinstance(index, int), "assigning to a slice is memmove"
        self.log.append((self.width, "w", self.items[index]))

    def tolist(self):
        return [self[index] for index in range(len(self.items))]

    def __iter__(self):
        raise AssertionError("only an index and tolist are known to access once")


class TestOnce:
    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_one_call_is_one_access_of_its_width(self, size):
        memory = Counting()
        bus = Bar(memory)
        bus.read(8, size)
        bus.write(12, 1, size)
        assert memory.log == [(size, "r", 8 // size), (size, "w", 12 // size)]

    def test_a_burst_is_one_access_a_word_in_order(self):
        memory = Counting()
        bus = Bar(memory)
        bus.read_block(0x40, 3)
        bus.write_block(0x80, [1, 2, 3])
        assert memory.log == [(4, "r", 16), (4, "r", 17), (4, "r", 18), (4, "w", 32), (4, "w", 33), (4, "w", 34)]

    def test_a_poll_reads_once_a_turn(self):
        memory = Counting()
        Bar(memory).poll(0x10, 1, 0, 1000)
        assert memory.log == [(4, "r", 4)]

    def test_what_is_refused_is_no_access(self):
        memory = Counting()
        bus = Bar(memory)
        for attempt in (lambda: bus.read(1), lambda: bus.write(0, -1), lambda: bus.write_block(4092, [1, 2])):
            with pytest.raises((BusSize, OutOfRange, BusFault)):
                attempt()
        assert memory.log == []
