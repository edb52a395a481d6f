"""Ports of a PCI function: each BAR and configuration space on one bus; what PCI Express notes; and looking without touching."""

import os
from pathlib import Path

import pytest

from bedplate.bus import Canary
from bedplate.converge import Chip
from bedplate.env import open_bus, open_chip
from bedplate.env.linux.conftest import BDF, MAGIC
from bedplate.errors import (
    AccessError,
    BusFault,
    BusSize,
    EnvError,
    LinkDown,
    NotOwner,
    NotReady,
    OutOfReach,
    UnsupportedRequest,
)

CONFIGURATION = 0xC000_0000_0000_0000
EXPRESS, AER = 0x60, 0x100
"""Where the card has its PCI Express capability, and Advanced Error Reporting."""
STATUS = EXPRESS + 0x0A


class Card(Chip):
    """Any card: nothing is known of it but its configuration space."""

    name = "card"
    canary = Canary(CONFIGURATION, 0x0A17_1234)

    def wire(self, bus):
        pass


class Whole(Card):
    """The same, by the canary in its BAR 0."""

    canary = Canary(0, MAGIC)


def bar(number):
    return number << 60


@pytest.fixture
def card(slot):
    """A PCI Express device, with BARs 0, 2, 4 and 5, enabled."""
    device = slot(enabled="1")
    os.truncate(device.place / "config", 4096)
    device.configure(0x06, 0x10)
    device.fill(0x34, b"\x40", "config")
    device.fill(0x40, bytes.fromhex("0160"), "config")  # power management, then
    device.fill(EXPRESS, bytes.fromhex("1000"), "config")
    device.fill(EXPRESS + 0x12, (0x1082).to_bytes(2, "little"), "config")  # link status: 5 GT/s, x8
    device.fill(AER, bytes.fromhex("0100"), "config")
    for number in (2, 4, 5):
        device.fill(0, f"BAR{number}".encode(), f"resource{number}")
        os.truncate(device.place / f"resource{number}", 4096)
    return device


def unsupported(card, *, also=0):
    card.configure(STATUS, 0x8 | also)


@pytest.fixture(params=["", "&direct=1"], ids=["broker", "direct"])
def look(request):
    return lambda chip=Card: open_bus(f"pci:{BDF}?readonly=1{request.param}", chip)


@pytest.fixture(params=["", "&direct=1"], ids=["broker", "direct"])
def drive(request):
    return lambda chip=Whole: open_bus(f"pci:{BDF}?vendor=1234&device=a17{request.param}", chip)


class TestPorts:
    def test_each_bar_is_one(self, card, drive):
        bus = drive()
        assert [bus.read(bar(number)).to_bytes(4, "little") for number in (2, 4, 5)] == [b"BAR2", b"BAR4", b"BAR5"]
        bus.write(bar(5) + 0x18, 0x1122334455667788, 8)
        bus.write_block(bar(4) + 0xFF8, [1, 2])
        assert (card.place / "resource5").read_bytes()[0x18:0x20].hex() == "8877665544332211"
        assert bus.read(bar(5) + 0x18, 8) == 0x1122334455667788
        assert bus.read_block(bar(4) + 0xFF8, 2) == [1, 2]
        assert bus.read(0) == MAGIC

    def test_a_device_without_a_bar_0_is_driven_by_those_that_it_has(self, card, drive, forked):
        (card.place / "resource0").unlink()
        bus = drive(Card)
        bus.write(bar(4) + 8, 7)
        assert bus.read(bar(4) + 8) == 7
        assert "another process writes to this chip" in forked(lambda: drive(Card))

    def test_configuration_space_is_one(self, card, drive):
        bus = drive()
        assert bus.read(CONFIGURATION) == 0x0A17_1234
        assert (bus.read(CONFIGURATION + 2, 2), bus.read(CONFIGURATION + 0x34, 1)) == (0x0A17, 0x40)
        assert bus.read_block(CONFIGURATION + 0x100, 2) == [1, 0]
        bus.write(CONFIGURATION + 0x3C, 7, 1)
        assert (card.place / "config").read_bytes()[0x3C] == 7

    def test_what_is_none_is_refused(self, card, drive):
        bus = drive()
        for address, error, match in (
            (bar(6), OutOfReach, "no port of a PCI function"),
            (bar(2) + 4096, OutOfReach, "BAR"),
            (CONFIGURATION + 4096, OutOfReach, "outside configuration space"),
            (bar(1), EnvError, "does not let us map BAR 1"),
        ):
            with pytest.raises(error, match=match):
                bus.read(address)
        for address, size in ((CONFIGURATION, 8), (CONFIGURATION + 2, 4), (bar(2) + 4, 8)):
            with pytest.raises(BusSize):
                bus.read(address, size)
        assert bus.read(0) == MAGIC

    def test_all_ones_in_configuration_space_are_data_while_somebody_answers(self, card, drive):
        bus = drive()
        card.fill(0x40, b"\xff" * 4, "config")
        assert bus.read(CONFIGURATION + 0x40) == 0xFFFF_FFFF
        card.fill(0, b"\xff" * 4096, "config")
        with pytest.raises(LinkDown, match="does not answer"):
            bus.read(CONFIGURATION + 0x40)


class TestUnsupportedRequest:
    def test_is_no_data_and_told_from_an_abort(self, card, drive):
        bus = drive()
        bus.read(0)
        card.fill(0x40, b"\xff" * 8)
        unsupported(card)
        with pytest.raises(UnsupportedRequest, match="0x00000040: read was answered as unsupported"):
            bus.read(0x40)
        assert bus.read(0x40) == 0xFFFF_FFFF, "its note is cleared, and without one it is data"
        card.abort()
        with pytest.raises(BusFault, match="target abort") as caught:
            bus.read(0x40)
        assert type(caught.value) is BusFault

    def test_of_a_write_is_noticed_too(self, card, drive):
        bus = drive()
        bus.read(0)
        unsupported(card)
        with pytest.raises(UnsupportedRequest, match="0x5000000000000010: write was answered as unsupported"):
            bus.write(bar(5) + 0x10, 1)

    def test_clears_its_own_note_alone(self, card, drive, monkeypatch):
        written = []
        monkeypatch.setattr(os, "pwrite", lambda fd, data, offset: written.append((offset, data.hex())) or len(data))
        unsupported(card, also=0x7)
        with pytest.raises(UnsupportedRequest):  # what is not cleared at attaching, here, is there after it
            open_bus(f"pci:{BDF}?direct=1", Whole).write(0x10, 1)
        assert set(written) == {(STATUS, "0800")}

    def test_a_function_without_the_capability_is_not_asked_for_it(self, slot, monkeypatch):
        slot(enabled="1")
        asked = []
        bus = open_bus(f"pci:{BDF}?direct=1", Whole)
        bus.read(0)
        monkeypatch.setattr(os, "pread", lambda fd, size, at, plain=os.pread: asked.append(at) or plain(fd, size, at))
        bus.write(0x40, 1)
        assert asked == [4]

    def test_a_list_of_capabilities_that_runs_in_circles_ends(self, card, drive):
        card.fill(0x40, bytes.fromhex("0140"), "config")
        assert drive().read(0) == MAGIC


class TestNotReady:
    def test_is_told_from_a_device_that_does_not_answer(self, card, drive):
        card.fill(0, b"\x01\x00\xff\xff" + b"\xff" * 4092, "config")
        with pytest.raises(NotReady, match=r"not ready yet.*got a configuration request retry status"):
            drive()

    def test_after_a_reset_behind_us(self, card, drive):
        bus = drive()
        bus.read(0)
        before = (card.place / "config").read_bytes()
        card.fill(0, b"\x01\x00\xff\xff" + b"\xff" * 4092, "config")
        with pytest.raises(NotReady):
            bus.write(0x40, 1)
        card.fill(0, before, "config")
        assert bus.read(0) == MAGIC


class TestLooking:
    def test_touches_nothing(self, card, look):
        before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in card.place.iterdir()}
        unsupported(card)
        before["config"] = (card.place / "config").read_bytes(), (card.place / "config").stat().st_mtime_ns
        bus = look(Whole)
        assert (bus.read(0), bus.read(CONFIGURATION)) == (MAGIC, 0x0A17_1234)
        after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in card.place.iterdir()}
        assert after == before

    def test_beside_a_driver_of_the_kernel(self, card, look):
        (card.place / "driver").symlink_to("../../drivers/nvidia")
        assert look(Whole).read(bar(4)).to_bytes(4, "little") == b"BAR4"

    def test_a_device_that_is_off_stays_off_and_its_configuration_space_is_seen(self, card, look):
        card.configure(4, 0)
        (card.place / "enable").write_text("0\n")
        bus = look()
        assert bus.read(CONFIGURATION) == 0x0A17_1234
        with pytest.raises(EnvError, match="memory space is off"):
            bus.read(bar(2))
        assert (card.place / "enable").read_text() == "0\n"

    def test_writes_are_refused_and_memory_is_mapped_to_be_read(self, card, look):
        bus = look(Whole)
        for address in (0x40, CONFIGURATION + 0x3C):
            with pytest.raises(NotOwner, match="read only"):
                bus.write(address, 1)
        bus.read(0)
        place = str(card.place / "resource0")
        broker = getattr(bus.bus._attached.bus, "pid", os.getpid())
        maps = Path(f"/proc/{broker}/maps").read_text().splitlines()
        assert [line.split()[1] for line in maps if line.endswith(place)] == ["r--s"]

    def test_identity_link_errors_and_temperature_of_any_card(self, card, look):
        card.fill(AER + 0x04, (0x0010_0000).to_bytes(4, "little"), "config")  # unsupported request, uncorrectable
        card.fill(AER + 0x10, (0x0000_2001).to_bytes(4, "little"), "config")  # receiver error, advisory non-fatal
        card.fill(0x460, (63 << 8).to_bytes(4, "little"), "resource2")
        bus = look()
        link = bus.read(CONFIGURATION + EXPRESS + 0x12, 2)
        assert (bus.read(CONFIGURATION, 2), link & 0xF, link >> 4 & 0x3F) == (0x1234, 2, 8)
        assert bus.read(CONFIGURATION + AER, 2) == 1
        assert bus.read(CONFIGURATION + AER + 0x04) == 0x0010_0000
        assert bus.read(CONFIGURATION + AER + 0x10) == 0x0000_2001
        assert bus.read(bar(2) + 0x460) >> 8 == 63

    def test_what_was_noted_before_is_no_error_of_ours(self, card, look):
        unsupported(card)
        card.abort()
        bus = look(Whole)
        card.fill(0x40, b"\xff" * 4)
        assert bus.read(0x40) == 0xFFFF_FFFF

    def test_what_is_noted_meanwhile_is_told_once_and_not_cleared(self, card, look):
        bus = look(Whole)
        bus.read(0)
        unsupported(card)
        card.fill(0x40, b"\xff" * 4)
        with pytest.raises(UnsupportedRequest):
            bus.read(0x40)
        assert (card.place / "config").read_bytes()[STATUS] == 0x8
        assert bus.read(0x40) == 0xFFFF_FFFF

    def test_takes_no_lease_and_hinders_nobody(self, card, look, drive):
        seen, driven = look(Whole), drive()
        driven.write(0x40, 5)
        assert seen.read(0x40) == 5

    def test_a_chip_is_not_asked_who_it_is_to_be_written_to(self, card):
        assert open_chip(f"pci:{BDF}?readonly=1", Card).meter.transactions == 0

    def test_is_no_way_to_write(self, card):
        with pytest.raises(AccessError, match="readonly=1 or write=1"):
            open_bus(f"pci:{BDF}?readonly=1&write=1", Card)
