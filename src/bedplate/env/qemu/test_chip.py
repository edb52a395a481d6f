"""A chip behind several paths: whose time it lives in, what is logged, and when the power goes."""

import os
import signal
import subprocess
import sys

import pytest

from bedplate.bus import MemoryBus, Request, Transaction, us
from bedplate.chips.tern import Tern
from bedplate.env.qemu import chip
from bedplate.env.qemu.chip import ChipPath, CutToCome, LogEntry, PowerCut, Shared
from bedplate.errors import BusFault, ConfigError


class Slow(MemoryBus):
    """Memory whose accesses take the server a while: the outside clock goes on meanwhile."""

    def __init__(self, outside, takes):
        super().__init__(1 << 12)
        self.outside, self.takes = outside, takes

    def read(self, address, size=4):
        self.outside.now += self.takes
        return super().read(address, size)


class Outside:
    now = 1_000


@pytest.fixture
def outside(monkeypatch):
    clock = Outside()
    monkeypatch.setattr(chip, "monotonic_ns", lambda: clock.now)
    return clock


class TestTime:
    def test_passes_on_the_chip_as_it_passes_between_accesses(self, outside):
        bus = MemoryBus()
        port = ChipPath(Shared(bus), "pci", Tern.ports)
        outside.now += us(30)
        port.read(0)
        assert bus.now() == us(30)
        outside.now += us(5)
        port.write(0, 1)
        assert bus.now() == us(35)

    def test_does_not_count_what_the_server_itself_spends(self, outside):
        bus = Slow(outside, takes=us(70_000))
        port = ChipPath(Shared(bus), "pci", Tern.ports)
        for _ in range(3):
            outside.now += us(10)
            port.read(0)
        assert bus.now() == us(30)

    def test_is_one_time_for_all_paths(self, outside):
        bus = MemoryBus()
        shared = Shared(bus)
        pci, spi = ChipPath(shared, "pci", Tern.ports), ChipPath(shared, "spi", Tern.ports[1:])
        for port in (pci, spi, pci, spi):
            outside.now += us(1)
            port.read(0)
        assert bus.now() == us(4)

    def test_passes_while_no_controller_is_there(self, outside):
        bus = MemoryBus()
        shared = Shared(bus)
        outside.now += us(1_000_000)
        shared.catch_up()
        assert bus.now() == us(1_000_000)


class TestLog:
    def test_tells_of_every_transaction_and_where_it_came_from(self, outside):
        shared = Shared(MemoryBus(64))
        pci, spi = ChipPath(shared, "pci", Tern.ports), ChipPath(shared, "spi", Tern.ports)
        shared.connection = 1
        pci.write(8, 7, 2)
        shared.connection = 2
        outside.now += 5
        assert spi.read(8) == 7
        with pytest.raises(BusFault):
            pci.read(0x1000)
        assert shared.log() == [
            LogEntry(0, 1, "pci", Transaction(0, Request(8, 1, (7,), 2))),
            LogEntry(1, 2, "spi", Transaction(5, Request(8), (7,))),
            LogEntry(2, 2, "pci", Transaction(5, Request(0x1000), (), "BusFault")),
        ]
        assert [entry.number for entry in shared.log(since=2)] == [2]

    def test_forgets_the_oldest(self, monkeypatch):
        monkeypatch.setattr(chip, "KEPT", 3)
        port = ChipPath(Shared(MemoryBus()), "pci", Tern.ports)
        for address in range(0, 40, 4):
            port.read(address)
        assert [entry.number for entry in port._shared.log()] == [7, 8, 9]


class TestBar:
    @pytest.mark.parametrize(
        ("ports", "size"),
        [(Tern.ports, 32 << 20), ((range(5),), 16), ((range(0x100, 0x101),), 0x200), ((range(1 << 31),), 1 << 31)],
    )
    def test_reaches_all_ports_from_address_0(self, ports, size):
        assert ChipPath(Shared(MemoryBus()), "pci", ports).size == size

    def test_a_chip_that_is_too_large(self):
        with pytest.raises(ConfigError, match="BAR"):
            ChipPath(Shared(MemoryBus()), "pci", (range(1 << 40),))


class TestPowerCut:
    @pytest.fixture
    def controller(self):
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        yield process
        process.kill()
        process.wait()

    @pytest.fixture
    def shared(self):
        return Shared(MemoryBus())

    def cut(self, shared, controller, at, performed):
        shared.cut(CutToCome(at, performed, os.pidfd_open(controller.pid)))

    @pytest.mark.parametrize("performed", [False, True])
    def test_kills_the_controller_at_that_access(self, shared, controller, performed):
        port = ChipPath(shared, "pci", Tern.ports)
        self.cut(shared, controller, 3, performed)
        port.write(0, 1)
        port.write(4, 1)
        assert controller.poll() is None
        with pytest.raises(PowerCut):
            port.write(8, 1)
        assert controller.wait(10) == -signal.SIGKILL
        assert shared.bus.read(8) == performed
        assert len(shared.log()) == 2 + performed
        port.write(12, 1)
        assert shared.bus.read(12) == 1, "the chip lives on"

    def test_counts_the_accesses_of_all_paths(self, shared, controller):
        self.cut(shared, controller, 2, False)
        ChipPath(shared, "spi", Tern.ports).read(0)
        with pytest.raises(PowerCut):
            ChipPath(shared, "pci", Tern.ports).read(0)

    def test_comes_too_late_for_a_controller_that_has_ended(self, shared, controller):
        self.cut(shared, controller, 1, False)
        controller.kill()
        controller.wait()
        assert ChipPath(shared, "pci", Tern.ports).read(0) == 0

    def test_a_new_one_replaces_the_old_one_and_no_file_stays_open(self, shared, controller):
        before = os.listdir("/proc/self/fd")
        self.cut(shared, controller, 1, False)
        self.cut(shared, controller, 2, False)
        port = ChipPath(shared, "pci", Tern.ports)
        port.read(0)
        with pytest.raises(PowerCut):
            port.read(0)
        assert os.listdir("/proc/self/fd") == before
