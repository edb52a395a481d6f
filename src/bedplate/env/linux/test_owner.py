"""Threads and forks at the environments of a real chip: never is one's answer taken for another's, and nothing reaches the chip unasked."""

import threading
from contextlib import suppress

import pytest

import bedplate
from bedplate.bus import MemoryBus, ms
from bedplate.chips.tern import Tern
from bedplate.env import release
from bedplate.env.linux.broker import Broker
from bedplate.env.linux.conftest import BDF, MAGIC
from bedplate.env.targets import open_bus
from bedplate.errors import NotOwner

WORDS = {0x100 + 4 * index: 0x1111_1111 * index for index in range(1, 5)}


def written(bus):
    for address, word in WORDS.items():
        bus.write(address, word)
    release(bus)
    return bus


def read_by_many(bus, words=WORDS):
    """What threads read wrongly that all begin at once, and how many of them were refused."""
    gate, wrong, refused = threading.Barrier(len(words)), [], []

    def read(address, word):
        gate.wait()
        for _ in range(300):
            try:
                got = bus.read(address)
            except NotOwner:
                refused.append(address)
                break
            if got != word:
                wrong.append((address, got))
        gate.wait()

    threads = [threading.Thread(target=read, args=one, daemon=True) for one in words.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return wrong, len(refused)


class TestPci:
    @pytest.mark.parametrize("options", ["", "?direct=1"])
    def test_of_threads_at_once_one_gets_its_words_and_the_others_a_refusal(self, slot, options):
        slot()
        assert read_by_many(written(open_bus(f"pci:{BDF}" + options))) == ([], len(WORDS) - 1)

    @pytest.mark.parametrize("options", ["", "?direct=1"])
    def test_every_verb_is_refused(self, slot, elsewhere, options):
        device = slot()
        bus = open_bus(f"pci:{BDF}" + options)
        bus.write(0x40, 5)
        for act in (
            lambda: bus.read(0x40),
            lambda: bus.write(0x40, 1),
            lambda: bus.read_block(0x40, 2),
            lambda: bus.write_block(0x40, [1, 2]),
            lambda: bus.poll(0x40, 1, 1, 0),
        ):
            with pytest.raises(NotOwner, match="another thread"):
                elsewhere(act)
        assert (device.place / "resource0").read_bytes()[0x40] == 5
        release(bus)
        assert elsewhere(lambda: bus.read(0x40)) == 5

    def test_two_buses_that_write_to_one_device_have_one_owner(self, slot, elsewhere):
        slot()
        first, second, reader = (open_bus(f"pci:{BDF}", write=write) for write in (True, True, False))
        first.write(0x40, 1)
        with pytest.raises(NotOwner, match="another thread"):
            elsewhere(lambda: second.read(0x40))
        second.write(0x40, 2)
        assert elsewhere(lambda: reader.read(0x40)) == 2

    @pytest.mark.parametrize("options", ["", "?direct=1"])
    def test_a_fork_is_refused_before_anything_is_written(self, slot, forked, options):
        device = slot()
        bus = open_bus(f"pci:{BDF}" + options)
        bus.write(0x40, 5)
        assert "belongs to another process" in forked(lambda: bus.write(0x40, 6))
        assert (device.place / "resource0").read_bytes()[0x40] == 5
        bus.write(0x40, 7)


class TestBroker:
    def test_is_a_channel_with_an_owner_of_its_own(self, elsewhere, forked):
        child = Broker(MemoryBus)
        child.write(0x40, 5)
        with pytest.raises(NotOwner, match="another thread"):
            elsewhere(lambda: child.read(0x40))
        assert "belongs to another process" in forked(lambda: child.read(0x40))
        assert child.read(0x40) == 5


class TestSpi:
    def test_of_threads_at_once_one_gets_its_words_and_no_session_is_lost(self, board):
        chip = board.open()
        bus = chip.meter.bus
        words = dict(zip((one.address for one in chip.die[0].sysid.regs.scratch[:4]), WORDS.values(), strict=True))
        for address, word in words.items():
            bus.write(address, word)
        release(chip)
        assert read_by_many(bus, words) == ([], len(words) - 1)
        assert bus.errors["SESSION_MISMATCH"] == 0

    def test_another_port_is_the_same_chip(self, board, elsewhere):
        chip = board.open()
        chip.bus.read(0)
        sent = len(board.frames)
        with pytest.raises(NotOwner, match="another thread"):
            elsewhere(lambda: chip.bus.read(1 << 24))
        for link in chip.meter.bus.links:
            with pytest.raises(NotOwner):
                elsewhere(link.status)
            with pytest.raises(NotOwner):
                elsewhere(link.attach)
        assert len(board.frames) == sent

    def test_a_fork_is_refused_before_any_frame(self, board, forked):
        chip = board.open()
        scratch = chip.die[0].sysid.regs.scratch[0]
        scratch.write(5)

        def write():
            with suppress(NotOwner):
                scratch.write(6)
                return "done"
            return len(board.frames)

        assert forked(write) == str(len(board.frames))
        scratch.write(7)
        assert scratch.read() == 7


class TestRoute:
    def test_belongs_to_a_thread_with_all_its_paths(self, slot, elsewhere, forked):
        slot().identify()
        slot("0000:00:03.0").identify()
        bus = open_bus(f"route:tern?path=pci:{BDF}&path=pci:0000:00:03.0")
        assert bus.read(0) == MAGIC
        used, notes = bus.path, bus.notes
        for act in (lambda: bus.read(0), lambda: bus.write(0x40, 1), lambda: bus.poll(0, 1, 1, 0)):
            with pytest.raises(NotOwner, match="another thread"):
                elsewhere(act)
        assert "belongs to another process" in forked(lambda: bus.read(0))
        assert (bus.path, bus.notes) == (used, notes)
        release(bus)
        assert elsewhere(lambda: bus.read(0)) == MAGIC

    def test_an_intruder_opens_no_path(self, slot, elsewhere):
        """The better path appears; who is refused must not be its first user."""
        slot("0000:00:03.0").identify()
        bus = open_bus(f"route:tern?path=pci:{BDF}&path=pci:0000:00:03.0")
        assert bus.read(0) == MAGIC
        slot().identify()
        bus.sleep(ms(20))
        with pytest.raises(NotOwner, match=r"route: .*another thread"):
            elsewhere(lambda: bus.read(0))
        assert bus.path is bus.paths[1]
        assert bus.read(0) == MAGIC
        assert bus.path is bus.paths[0]

    def test_a_path_of_another_owner_is_no_path_that_is_lost(self, slot, elsewhere):
        slot()
        alone = open_bus(f"pci:{BDF}")
        elsewhere(lambda: alone.read(0))
        bus = open_bus(f"route:tern?path=pci:{BDF}")
        with pytest.raises(NotOwner, match="another thread"):
            bus.read(0)


def test_a_chip_is_handed_from_thread_to_thread(slot, elsewhere):
    slot().identify()
    chip = bedplate.open(f"pci:{BDF}", Tern)
    assert chip.bus.read(0) == MAGIC
    bedplate.release(chip)
    assert elsewhere(lambda: chip.bus.read(0)) == MAGIC
