"""The environment `pci:`: a device's folder in sysfs, made of files, and what the bus makes of its BAR.

That an access reaches a device once cannot be seen on a file. Here it is counted at the memoryview; at a real device it is for
the emulator's folder to prove.
"""

import errno
import os
from pathlib import Path

import pytest

from bedplate.chips.tern import Tern
from bedplate.converge import Chip
from bedplate.env.linux import clock, pci, sysfs
from bedplate.env.linux.bar import Bar
from bedplate.env.linux.conftest import BDF, MAGIC, SIZE
from bedplate.env.targets import chip_type, open_chip, parse
from bedplate.errors import AccessError, BusFault, BusSize, EnvError, LinkDown, OutOfRange, OutOfReach, UnknownName


def environment(text):
    return pci.open_bus(parse(text), Tern)


class TestFinding:
    def test_a_place_is_a_name_and_the_chip_an_option(self):
        assert parse("pci:0000:00:02.0") == ("pci", "tern", (("at", "0000:00:02.0"),))
        assert chip_type(parse("pci:auto?chip=tern&vendor=1").name) is Tern

    def test_auto_is_the_device_of_the_chips_own_identity(self, slot):
        slot("0000:00:01.0", device=0x0006)
        slot()
        assert environment("pci:auto").read(0) == MAGIC

    def test_another_identity_may_be_given(self, slot):
        slot("0000:00:01.0")
        slot(vendor=0x1B36, device=0x0005)
        environment("pci:auto?vendor=0x1b36&device=5").write(4, 1)
        assert (sysfs.SYSFS / BDF / "resource0").read_bytes()[4] == 1

    def test_of_two_alike_one_must_be_named(self, slot):
        slot("0000:00:01.0")
        slot()
        with pytest.raises(EnvError, match=r"2 PCI devices 1234:0a17.*got 0000:00:01.0, 0000:00:02.0") as caught:
            environment("pci:auto")
        assert caught.value.next == "name one: pci:0000:00:01.0"

    def test_of_none_it_is_said(self, slot):
        with pytest.raises(EnvError, match="no PCI devices 1234:0a17"):
            environment("pci:auto")

    @pytest.mark.parametrize("options", ["?vendor=1b36", "?device=5"])
    def test_half_an_identity_finds_nothing(self, options):
        with pytest.raises(AccessError, match="wants an identity"):
            environment("pci:auto" + options)

    def test_a_chip_without_an_identity_does_not_find_itself(self):
        with pytest.raises(AccessError, match="wants an identity"):
            pci.open_bus(parse("pci:auto"), type("Foreign", (Chip,), {"canary": Tern.canary}))

    @pytest.mark.parametrize("timeout", ["", "soon", "0", "-1", "nan", "inf"])
    def test_a_time_is_a_number_of_seconds(self, timeout):
        with pytest.raises(AccessError, match="cannot read a time"):
            environment(f"pci:auto?timeout={timeout}")

    @pytest.mark.parametrize("vendor", ["", "x", "-1", "0x10000", "ffff"])
    def test_an_identity_is_a_number(self, vendor):
        with pytest.raises(AccessError, match="cannot read a vendor id"):
            environment(f"pci:auto?vendor={vendor}&device=5")

    @pytest.mark.parametrize("name", ["00:02.0", "0000:00:02.0", "0000:00:02.0".upper(), "00000000:00:02.0"[4:]])
    def test_an_address_may_be_short(self, slot, name):
        slot()
        assert environment(f"pci:{name}").read(0) == MAGIC

    def test_an_address_may_be_in_capitals(self, slot):
        slot("000a:0b:1c.7")
        assert environment("pci:000A:0B:1C.7").read(0) == MAGIC

    @pytest.mark.parametrize("name", ["00:02", "0:2.0", "00:02.8", "0000:00:02.0/..", "g0:02.0", "0000/00/02.0", "aut"])
    def test_what_is_no_address_is_refused_on_paper(self, name):
        with pytest.raises(AccessError, match="cannot read the address of a PCI device"):
            pci.check(parse(f"pci:{name}"), Tern)

    def test_an_option_that_does_not_exist(self):
        with pytest.raises(UnknownName, match="bar"):
            environment("pci:auto?bar=1")


class TestPresence:
    def test_no_device(self, slot):
        with pytest.raises(EnvError, match="no such PCI device"):
            environment("pci:0000:00:03.0")

    @pytest.mark.parametrize("options", ["", "?vendor=1234&device=a17", "?device=a17"])
    def test_another_device_is_not_touched(self, slot, options):
        place = slot(device=5).place
        with pytest.raises(EnvError, match="another device, wanted 0x0a17, got 0x0005"):
            environment(f"pci:{BDF}" + options)
        assert (place / "enable").read_text() == "0\n"

    def test_a_device_that_does_not_answer_is_not_touched(self, slot):
        place = slot(vendor=0xFFFF).place
        with pytest.raises(LinkDown, match="does not answer, wanted a vendor id, got all ones"):
            environment(f"pci:{BDF}")
        assert (place / "enable").read_text() == "0\n"

    def test_a_device_of_a_kernel_driver_is_not_touched(self, slot, tmp_path):
        place = slot().place
        (place / "driver").symlink_to("../../drivers/virtio-pci")
        with pytest.raises(EnvError, match="a kernel driver owns this PCI device, got virtio-pci"):
            environment(f"pci:{BDF}")
        assert (place / "enable").read_text() == "0\n"

    def test_is_enabled_where_it_is_not(self, slot):
        place = slot().place
        environment(f"pci:{BDF}")
        assert (place / "enable").read_text() == "1"

    def test_is_left_alone_where_it_is(self, slot):
        place = slot(enabled="2").place
        environment(f"pci:{BDF}")
        assert (place / "enable").read_text() == "2\n"

    @pytest.mark.parametrize("command", [0x04, 0x06])
    def test_one_that_was_reset_gets_back_the_addresses_that_the_kernel_has_assigned(self, slot, command):
        """Whether or not memory space is on: the kernel turns it on where it enables the function, and knows of no reset."""
        device = slot(command=command)
        (device.place / "resource").write_text(
            "0x00000000fe000000 0x00000000feffffff 0x0000000000040200\n"
            "0x000000000000c000 0x000000000000c01f 0x0000000000040101\n"
            "0x0000380000000000 0x0000380000ffffff 0x000000000014220c\n"
            + "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
            * 14
        )
        assert environment(f"pci:{BDF}").read(0) == MAGIC
        config = (device.place / "config").read_bytes()
        assert config[4:8].hex() == "06000000", "memory space on, and what else was on"
        assert config[0x10:0x28].hex() == "000000fe" + "00000000" + "0000000000380000" + "00" * 8

    def test_a_bar_that_holds_an_address_is_left_as_it_is(self, slot):
        device = slot(command=0x06)
        (device.place / "resource").write_text("0x00000000fe000000 0x00000000feffffff 0x0000000000040200\n")
        device.fill(0x10, (0xC0000000).to_bytes(4, "little"), "config")
        assert environment(f"pci:{BDF}").read(0) == MAGIC
        assert (device.place / "config").read_bytes()[0x10:0x14].hex() == "000000c0"

    def test_memory_space_must_be_on_then(self, slot, monkeypatch):
        monkeypatch.setattr(os, "pwrite", lambda fd, data, offset: len(data))
        slot(command=0x04)
        with pytest.raises(EnvError, match="memory space is off"):
            environment(f"pci:{BDF}")

    @pytest.mark.parametrize("user", [0, 1000])
    def test_under_lockdown_root_is_not_told_to_be_root(self, slot, tmp_path, monkeypatch, user):
        monkeypatch.setattr(sysfs, "LOCKDOWN", tmp_path / "lockdown")
        (tmp_path / "lockdown").write_text("none [integrity] confidentiality\n")
        monkeypatch.setattr(os, "geteuid", lambda: user)
        slot()

        def refused(fd, size, prot):
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(sysfs.mmap, "mmap", refused)
        with pytest.raises(EnvError, match=r"does not let us map BAR 0.*Operation not permitted") as error:
            environment(f"pci:{BDF}?direct=1")
        assert ("secure boot off" in error.value.next, error.value.next == "be root") == (user == 0, user != 0)

    def test_a_device_without_a_bar(self, slot):
        place = slot().place
        (place / "resource0").unlink()
        with pytest.raises(EnvError, match="does not let us map BAR 0"):
            environment(f"pci:{BDF}")
        (place / "resource0").touch()
        with pytest.raises(EnvError, match="does not let us map BAR 0"):
            environment(f"pci:{BDF}")


@pytest.fixture(params=["", "?direct=1"], ids=["through the broker", "direct"])
def open_environment(request):
    return lambda: environment(f"pci:{BDF}{request.param}")


class TestMapping:
    def test_what_is_written_is_in_the_device(self, slot, open_environment):
        place = slot().place
        bus = open_environment()
        bus.write(0x100, 0x44332211)
        bus.write(0x105, 0xAA, 1)
        bus.write(0x106, 0xCCBB, 2)
        bus.write_block(SIZE - 8, [1, 0xFFFFFFFF])
        content = (place / "resource0").read_bytes()
        assert content[0x100:0x108].hex() == "1122334400aabbcc"
        assert content[-8:].hex() == "01000000ffffffff"
        assert content.count(0) == SIZE - 12 - 4

    def test_what_is_in_the_device_is_read(self, slot, open_environment):
        slot().fill(0x10, bytes(range(1, 9)))
        bus = open_environment()
        assert (bus.read(0x10), bus.read(0x12, 2), bus.read(0x17, 1)) == (0x04030201, 0x0403, 0x08)
        assert bus.read_block(0x10, 2) == [0x04030201, 0x08070605]
        assert bus.poll(0x14, 0xFF, 5, 0) == 0x08070605

    def test_a_burst_of_any_length(self, slot, open_environment):
        slot()
        bus = open_environment()
        words = [(1 << 31) + index for index in range(10_000)]
        bus.write_block(0x100, words)
        assert bus.read_block(0x100, len(words)) == words

    def test_outside_is_an_error_and_never_another_address(self, slot, open_environment):
        slot()
        bus = open_environment()
        for address in (SIZE, -4, SIZE + 4):
            with pytest.raises(OutOfReach, match="outside the mapped BAR"):
                bus.read(address)
            with pytest.raises(OutOfReach, match="outside the mapped BAR"):
                bus.write(address, 0)
        for burst in (lambda: bus.read_block(SIZE - 4, 2), lambda: bus.write_block(SIZE - 4, [1, 2])):
            with pytest.raises(OutOfReach, match="outside the mapped BAR"):
                burst()
        assert bus.read(SIZE - 4) == 0, "a burst that does not fit is not begun"

    @pytest.mark.parametrize(("address", "size"), [(2, 4), (1, 2), (0, 3), (4, 8), (0, 16)])
    def test_what_no_access_can_carry_is_refused(self, slot, open_environment, address, size):
        slot()
        with pytest.raises(BusSize):
            open_environment().read(address, size)

    def test_values_that_do_not_fit_are_refused(self, slot, open_environment):
        slot()
        bus = open_environment()
        for attempt in (
            lambda: bus.write(4, 1 << 32),
            lambda: bus.write(4, 256, 1),
            lambda: bus.write_block(4, [1, -1]),
        ):
            with pytest.raises(OutOfRange):
                attempt()
        assert bus.read(4) == 0

    def test_a_chip_larger_than_its_bar_says_what_is_out_of_reach(self, slot):
        device = slot()
        device.identify()
        with pytest.raises(OutOfReach, match="outside the mapped BAR, wanted below 0x1000000") as caught:
            open_chip(f"pci:{BDF}").bus.read(0x0100_0000)
        assert "smaller than the chip" in caught.value.cause
        told = f"{BDF}: BAR 0 has 0x1000000 bytes, the chip is out of reach from there to 0x1ffffff"
        assert environment(f"pci:{BDF}").notes == (told,)
        device.truncate(2 * SIZE)
        assert environment(f"pci:{BDF}").notes == ()

    def test_is_never_mapped_here_and_given_back_with_the_bus(self, slot):
        place = slot().place
        bus = environment(f"pci:{BDF}")
        child = bus._attached.bus.pid
        assert str(place / "resource0") not in Path("/proc/self/maps").read_text()
        assert str(place / "resource0") in Path(f"/proc/{child}/maps").read_text()
        del bus
        assert not Path(f"/proc/{child}").exists()


class TestErrorResponses:
    def test_a_read_of_all_ones_with_a_target_abort_noted_is_a_fault(self, slot, open_environment):
        device = slot()
        bus = open_environment()
        device.fill(0x40, b"\xff" * 8)
        for access in (
            lambda: bus.read(0x40),
            lambda: bus.read(0x41, 1),
            lambda: bus.read_block(0x3C, 3),
            lambda: bus.poll(0x40, 1, 0, 1_000_000),
        ):
            bus.read(0)
            device.abort()
            with pytest.raises(BusFault, match=r"0x0000004\d: (burst )?read was completed with a target abort"):
                access()
            assert device.status == 0x10, "cleared, and nothing else"

    def test_so_is_a_write(self, slot, open_environment):
        device = slot()
        bus = open_environment()
        for access in (
            lambda: bus.write(0x40, 1),
            lambda: bus.write(0x41, 1, 1),
            lambda: bus.write_block(0x40, [1, 2]),
        ):
            bus.read(0)
            device.abort()
            with pytest.raises(BusFault, match="0x0000004"):
                access()
            assert device.status == 0x10
            access()

    def test_all_ones_without_it_are_data(self, slot, open_environment):
        slot().fill(0x40, b"\xff" * 4)
        assert open_environment().read(0x40) == 0xFFFFFFFF

    def test_what_was_noted_of_somebody_before_us_is_cleared_first(self, slot, open_environment):
        device = slot()
        device.abort()
        open_environment().write(0x40, 1)
        assert device.status == 0x10

    def test_the_canary_tells_a_block_from_the_link(self, slot):
        device = slot()
        device.identify()
        chip = open_chip(f"pci:{BDF}")
        device.fill(0x40, b"\xff" * 4)
        chip.bus.read(0)
        device.abort()
        with pytest.raises(BusFault):
            chip.bus.read(0x40)

    def test_the_guard_judges_all_ones(self, slot):
        device = slot()
        device.identify()
        chip = open_chip(f"pci:{BDF}")
        chip.bus.read(0)
        device.fill(0, b"\xff" * 0x1000)
        with pytest.raises(LinkDown, match="canary"):
            chip.bus.read(0x40)


class TestLink:
    """Gone, come back, as what: rows 9 to 13 of the fault table."""

    @pytest.mark.parametrize("word", [b"\xff" * 4, bytes(4), b"\xef\xbe\xad\xde", b"\x02\x01\xad\xba"])
    def test_a_device_that_does_not_answer_as_the_chip_is_not_used(self, slot, open_environment, word):
        device = slot()
        device.fill(0, word)
        bus = open_environment()
        for access in (lambda: bus.write(4, 1), lambda: bus.read(4), lambda: bus.poll(4, 1, 1, 0)):
            with pytest.raises(LinkDown, match="this is not the chip, or it is dead"):
                access()
        device.fill(0, MAGIC.to_bytes(4, "little"))
        assert bus.read(4) == 0, "nothing was written"

    @pytest.mark.parametrize("content", [b"\xff", b"\0"], ids=["all ones", "zeros"])
    @pytest.mark.parametrize(
        "access",
        [
            lambda bus: bus.read(0x40),
            lambda bus: bus.read_block(0x40, 2),
            lambda bus: bus.read(0x42, 1),
            lambda bus: bus.poll(0x40, 1, 1, 1_000_000),
            lambda bus: bus.write(0x40, 1),
        ],
        ids=["read", "burst", "byte", "poll", "write"],
    )
    def test_a_lost_link_is_seen_at_the_access(self, slot, open_environment, access, content):
        device = slot()
        bus = open_environment()
        bus.read(0)
        device.fill(0, content * 0x1000)
        device.fill(0, b"\xff" * 64, "config")
        with pytest.raises(LinkDown, match="does not answer"):
            access(bus)

    def test_a_reset_behind_us_is_seen_at_the_access(self, slot, open_environment):
        device = slot()
        bus = open_environment()
        bus.read(0)
        device.configure(4, 0)
        with pytest.raises(LinkDown, match="was reset behind us"):
            bus.write(0x40, 1)
        assert bus.read(0) == MAGIC
        assert (device.place / "config").read_bytes()[4] == 2
        device.configure(4, 0)
        (device.place / "driver").symlink_to("../../drivers/virtio-pci")
        with pytest.raises(LinkDown, match="was reset behind us"):
            bus.write(0x40, 1)
        with pytest.raises(LinkDown, match=r"cannot attach anew: a kernel driver owns"):
            bus.read(0)

    def test_another_device_in_the_slot_is_never_written_to(self, slot, open_environment):
        device = slot()
        bus = open_environment()
        bus.read(0)
        device.configure(0, 0xFFFF)
        device.configure(4, 0xFFFF)
        device.configure(6, 0xFFFF)
        with pytest.raises(LinkDown, match="does not answer"):
            bus.write(0x40, 1)
        device.configure(0, 0x8086)
        device.configure(4, 2)
        device.configure(6, 0)
        device.fill(0x40, bytes(4))
        for _ in range(3):
            with pytest.raises(LinkDown, match="another vendor, wanted 0x1234, got 0x8086"):
                bus.write(0x40, 2)
        device.configure(0, 0x1234)
        assert bus.read(0x40) == 0

    def test_an_attachment_that_does_not_last_makes_the_next_one_wait(self, slot, monkeypatch):
        now, slept = [0], []
        monkeypatch.setattr(clock, "now", lambda: now[0])
        monkeypatch.setattr(clock, "sleep", lambda time: (slept.append(time), now.__setitem__(0, now[0] + time)))
        device = slot()
        bus = environment(f"pci:{BDF}?direct=1")
        device.fill(0, bytes(4))
        for _ in range(10):
            with pytest.raises(LinkDown):
                bus.read(0)
        assert [time // 1_000_000 for time in slept] == [10, 20, 40, 80, 160, 320, 640, 1000]
        now[0] += 2_000_000_000
        slept.clear()
        with pytest.raises(LinkDown):
            bus.read(0)
        with pytest.raises(LinkDown):
            bus.read(0)
        assert slept == [10_000_000], "one that came late does not wait, and the pause begins anew"

    def test_a_degraded_link_is_told_and_no_error(self, slot):
        device = slot()
        place = device.place
        device.truncate(2 * SIZE)
        for name, text in (
            ("current_link_width", "4"),
            ("max_link_width", "16"),
            ("current_link_speed", "8.0 GT/s PCIe"),
            ("max_link_speed", "32.0 GT/s PCIe"),
        ):
            (place / name).write_text(text + "\n")
        bus = environment(f"pci:{BDF}")
        assert bus.notes == (
            f"{BDF}: degraded link: speed 8.0 GT/s PCIe of 32.0 GT/s PCIe",
            f"{BDF}: degraded link: width x4 of x16",
        )
        assert bus.read(0) == MAGIC

    @pytest.mark.parametrize("now", ["16", "Unknown", None])
    def test_of_a_link_that_is_as_it_should_be_nothing_is_told(self, slot, now):
        device = slot()
        place = device.place
        device.truncate(2 * SIZE)
        (place / "max_link_width").write_text("16\n")
        if now:
            (place / "current_link_width").write_text(now + "\n")
        assert environment(f"pci:{BDF}").notes == ()


class Counting:
    """Memory that notes every access to an item: its width, its index, and whether it was read or written."""

    nbytes = 4096

    def __init__(self, width=1, log=None, content=1):
        self.width, self.log, self.content = width, [] if log is None else log, content

    def cast(self, form):
        return Counting({"B": 1, "H": 2, "I": 4, "Q": 8}[form], self.log, self.content)

    def __getitem__(self, index):
        assert isinstance(index, int), "only an index is known to access once"
        self.log.append((self.width, "r", index))
        return self.content

    def __setitem__(self, index, value):
        assert isinstance(index, int), "assigning to a slice is memmove"
        self.log.append((self.width, "w", index))

    def judge(self, doing, address):
        self.log.append("judged")

    def __iter__(self):
        raise AssertionError("only an index is known to access once")


class TestOnce:
    @pytest.mark.parametrize("size", [1, 2, 4, 8])
    def test_one_call_is_one_access_of_its_width(self, size):
        memory = Counting()
        bus = Bar(memory, memory.judge)
        bus.read(8, size)
        bus.write(16, 1, size)
        assert memory.log == [(size, "r", 8 // size), (size, "w", 16 // size), "judged"]

    def test_a_burst_is_one_access_a_word_in_order(self):
        memory = Counting()
        bus = Bar(memory, memory.judge)
        bus.read_block(0x40, 3)
        bus.write_block(0x80, [1, 2, 3])
        words = [(4, "r", 16), (4, "r", 17), (4, "r", 18), (4, "w", 32), (4, "w", 33), (4, "w", 34)]
        assert memory.log == [*words, "judged"]

    def test_a_word_of_all_ones_is_judged_before_the_next_is_read(self):
        memory = Counting(content=0xFFFF_FFFF)
        Bar(memory, memory.judge).read_block(0x40, 2)
        assert memory.log == [(4, "r", 16), "judged", (4, "r", 17), "judged"]

    def test_zeros_are_judged_once_for_a_burst(self):
        memory = Counting(content=0)
        bus = Bar(memory, memory.judge)
        bus.read(8)
        bus.read_block(0x40, 2)
        assert memory.log == [(4, "r", 2), "judged", (4, "r", 16), (4, "r", 17), "judged"]

    def test_a_poll_reads_once_a_turn(self):
        memory = Counting()
        Bar(memory, memory.judge).poll(0x10, 1, 1, 1000)
        assert memory.log == [(4, "r", 4)]

    def test_what_is_refused_is_no_access(self):
        memory = Counting()
        bus = Bar(memory, memory.judge)
        for attempt in (lambda: bus.read(1), lambda: bus.write(0, -1), lambda: bus.write_block(4092, [1, 2])):
            with pytest.raises((BusSize, OutOfRange, BusFault)):
                attempt()
        assert memory.log == []
