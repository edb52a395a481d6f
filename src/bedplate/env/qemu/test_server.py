"""The device server: a process with a chip in it, which outlives its controllers and never its parent."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env.qemu import server as server_module
from bedplate.env.qemu.conftest import MpqemuClient, VfioClient
from bedplate.env.qemu.server import Server
from bedplate.env.spi import SpiBus
from bedplate.errors import AccessError, BusFault, ConfigError, EnvError, UnknownName
from bedplate.ip.sysid.driver import MAGIC

SCRATCH = Tern(MemoryBus()).die[0].sysid.regs.scratch[0].address
NOBODY = 0x00FF_F000
ABORTED = 1 << 11


@pytest.fixture
def server():
    with Server("model:tern") as server:
        yield server


@contextmanager
def plugged(server, protocol="mpqemu"):
    """A controller with the chip's PCI function, enabled."""
    cable = server.connect(("pci",), protocol)
    if protocol == "mpqemu":
        host = MpqemuClient(socket.socket(fileno=cable.fds[0]))
    else:
        host = VfioClient(reached(cable))
    host.enable()
    yield host
    host.close()


def reached(cable):
    """The socket that the cable's arguments name."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(json.loads(cable.arguments[1])["socket"]["path"])
    return connection


def children():
    """Processes that this one started, zombies too."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def gone(pid, within=10):
    """Whether a process that is no child of ours ends within so many seconds."""
    for _ in range(within * 100):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("protocol", ["mpqemu", "vfio-user"])
class TestOneChipManyControllers:
    def test_a_controller_reads_the_chip(self, server, protocol):
        with plugged(server, protocol) as host:
            assert host.config_read(0, 4) == Tern.pci_id[1] << 16 | Tern.pci_id[0]
            assert host.config_read(8, 4) >> 8 == 0x12_00_00
            host.config_write(0x10, 0xFFFF_FFFF, 4)
            assert host.config_read(0x10, 4) == 0xFE00_0000, "32 MiB"
            host.enable()
            assert host.read(0, 0, 4) == MAGIC

    def test_an_error_response_is_told_from_data(self, server, protocol):
        with plugged(server, protocol) as host:
            assert host.read(0, NOBODY, 4) == 0xFFFF_FFFF
            assert host.status & ABORTED

    def test_the_next_controller_finds_a_fresh_function_and_the_same_chip(self, server, protocol):
        with plugged(server, protocol) as host:
            host.write(0, SCRATCH, 0x1234_5678, 4)
        cable = server.connect(("pci",), protocol)
        host = MpqemuClient(socket.socket(fileno=cable.fds[0])) if protocol == "mpqemu" else VfioClient(reached(cable))
        assert host.config_read(0x10, 4) == 0
        assert host.config_read(0x04, 2) == 0
        host.enable()
        assert host.read(0, SCRATCH, 4) == 0x1234_5678
        host.close()

    def test_two_at_a_time(self, server, protocol):
        with plugged(server, protocol) as one, plugged(server, protocol) as two:
            one.write(0, SCRATCH, 1, 4)
            assert two.read(0, SCRATCH, 4) == 1
            one.config_write(0x04, 0, 2)
            assert two.read(0, SCRATCH, 4) == 1, "its own command register"
        numbers = {entry.connection for entry in server.log()}
        assert numbers == {1, 2}

    def test_a_reset_of_the_bus_is_none_of_the_chip(self, server, protocol):
        with plugged(server, protocol) as host:
            host.write(0, SCRATCH, 1, 4)
            host.reset()
            host.enable()
            assert host.read(0, SCRATCH, 4) == 1

    def test_a_surprise_link_down_and_the_return(self, server, protocol):
        with plugged(server, protocol) as host:
            server.link(False)
            assert host.config_read(0, 4) == 0xFFFF_FFFF
            assert host.read(0, 0, 4) == 0xFFFF_FFFF
            host.write(0, SCRATCH, 1, 4)
            server.link(True)
            assert host.read(0, 0, 4) == 0xFFFF_FFFF, "its BARs are gone"
            assert host.config_read(0x10, 4) == 0
            host.enable()
            assert host.read(0, SCRATCH, 4) == 0
            server.link(False, reset=False)
            server.link(True, reset=False)
            assert host.read(0, 0, 4) == MAGIC


def test_a_controller_that_comes_while_the_link_is_down(server):
    server.link(False)
    with plugged(server) as host:
        assert host.config_read(0, 4) == 0xFFFF_FFFF
        server.link(True)
        assert host.config_read(0, 4) == 0x0A17_1234


class TestSpi:
    """The controller is played by hand here, register by register; a real driver runs it in the tests of the guest."""

    def test_both_bridges_lead_to_their_dies(self, server):
        with spi(server) as (_, buses):
            assert [bus.read(n << 24) for n, bus in enumerate(buses)] == [MAGIC, MAGIC]
            log = server.log()
            assert {(entry.path, entry.transaction.request.address) for entry in log} == {("spi", 0), ("spi", 1 << 24)}

    def test_a_bridge_reaches_its_own_die_only(self, server):
        with spi(server) as (_, buses), pytest.raises(BusFault):
            buses[0].read(1 << 24)

    def test_an_interrupt_is_pulled_over_qtest(self, server):
        cable = server.connect(("spi",))
        host = MpqemuClient(socket.socket(fileno=cable.fds[0]))
        lines = socket.socket(fileno=cable.fds[1])
        lines.settimeout(10)
        host.enable()
        host.write(0, 0x00, 0x87, 4)
        host.write(0, 0x04, 1 << 1, 4)
        assert lines.recv(100) == b"set_irq_in ioapic unnamed-gpio-in 23 1\n"
        lines.sendall(b"OK\n")
        host.config_write(0x04, 0x402, 2)
        assert lines.recv(100) == b"set_irq_in ioapic unnamed-gpio-in 23 0\n"
        host.close()
        lines.close()

    @pytest.mark.parametrize("whole", [True, False])
    def test_chip_select_rises_when_the_controller_loses_power(self, server, whole):
        with spi(server) as (wire, buses):
            buses[0].read(0)
            wire.dies = lambda frame: frame if whole else frame[:-1]
            with pytest.raises(Dead):
                buses[0].write(SCRATCH, 5)
            assert server.ask("state")["die0.sysid.scratch[0]"] == 0, "it is still low"
        with spi(server) as (_, buses):
            assert buses[0].read(SCRATCH) == (5 if whole else 0), "the bridge decides at its edge"


class Odd(Exception):
    def __init__(self, what, where):
        super().__init__(f"{what} at {where}")


class Dead(Exception):
    """The controller has lost power within a frame."""


class Wire:
    """A frame by programmed I/O. `dies` says how much of a frame goes out before the power is lost."""

    def __init__(self, host):
        self.host, self.dies = host, None

    def __call__(self, select, data):
        write, read = self.host.write, self.host.read
        write(0, 0x00, 0x87, 4)
        write(0, 0x418, 1 | select << 2, 4)
        came = []
        for byte in self.dies(data) if self.dies else data:
            write(0, 0x10, byte, 4)
            came.append(read(0, 0x10, 4))
        if self.dies:
            raise Dead
        write(0, 0x418, 3 | select << 2, 4)
        return bytes(came)


@contextmanager
def spi(server):
    """A controller with the SPI host controller, and a bus through each of its chip selects."""
    cable = server.connect(("spi",))
    host = MpqemuClient(socket.socket(fileno=cable.fds[0]))
    lines = socket.socket(fileno=cable.fds[1])
    host.enable()

    wire = Wire(host)
    yield wire, [SpiBus(wire, time.monotonic_ns, lambda wait: time.sleep(wait / 1e9), select) for select in range(2)]
    host.close()
    lines.close()


class TestAsking:
    def test_the_raw_bus_answers(self, server):
        assert server.ask("violations") == []
        server.ask("plant_text", "die0.pll.sys:no_lock")
        server.ask("tenant", True)
        assert server.ask("state")["die0.sysid.scratch[0]"] == 0

    def test_in_the_chips_time_which_is_ours(self, server):
        first = server.ask("now")
        time.sleep(0.05)
        assert server.ask("now") - first >= 50_000_000

    def test_its_errors_are_raised_here_as_they_were(self, server):
        with pytest.raises(UnknownName, match="unknown instance 'die9'"):
            server.ask("plant_text", "die9:hung")
        with pytest.raises(UnknownName, match="no_such"):
            server.ask("no_such")
        with pytest.raises(EnvError, match="cannot pickle"):
            server.ask("__iter__")
        assert server.ask("violations") == [], "it lives on"

    def test_what_was_logged(self, server):
        with plugged(server) as host:
            host.read(0, 4, 2)
            host.read(0, NOBODY, 4)
        first, second = server.log()
        assert (first.path, first.transaction.request.address, first.transaction.request.size) == ("pci", 4, 2)
        assert second.transaction.error == "BusFault"
        assert server.log(since=1) == [second]


class Interrupted(BaseException):
    """What Ctrl-C is, by another signal."""


@pytest.fixture
def interrupted():
    """Interrupts something that waits, a moment after it began."""

    def interrupt(number, frame):
        raise Interrupted

    def do(act):
        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(Interrupted):
                act()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return do


class TestChannel:
    """Questions and answers of those who are interrupted, come at once, or are forks."""

    def test_an_answer_that_nobody_waited_for_is_never_anothers(self, server, interrupted):
        os.kill(server.pid, signal.SIGSTOP)
        for _ in range(3):
            interrupted(lambda: server.ask("now"))
        os.kill(server.pid, signal.SIGCONT)
        assert server.ask("violations") == []
        assert server.log() == []
        assert server.ask("state")["die0.sysid.scratch[0]"] == 0

    def test_a_long_one_that_nobody_took_holds_up_nobody(self, server, interrupted):
        with plugged(server) as host:
            for _ in range(5000):
                host.read(0, 4, 4)
            os.kill(server.pid, signal.SIGSTOP)
            interrupted(server.log)
            os.kill(server.pid, signal.SIGCONT)
            assert host.read(0, 0, 4) == MAGIC, "the server is not stuck in an answer"
            assert server.ask("violations") == []
            assert len(server.log()) == 5001

    def test_threads_wait_for_one_another_and_each_gets_its_own(self, server):
        asked = [("violations", []), ("access_time", 100), ("burst_time", 10), ("fabric_count", 0)]
        with ThreadPoolExecutor(len(asked)) as pool:
            answers = [pool.submit(lambda one=one: {repr(server.ask(one[0])) for _ in range(100)}) for one in asked]
            if wait(answers, 60).not_done:
                server.kill()  # or they would wait for ever
        assert [answer.result() for answer in answers] == [{repr(answer)} for _, answer in asked]

    def test_a_fork_is_refused_and_ends_nothing(self, server, forked):
        assert "NotOwner: model:tern: this device server belongs to another process" in forked(
            lambda: server.ask("now")
        )
        assert forked(server.close) == "None"
        assert server.ask("violations") == []


class TestPowerCut:
    @pytest.fixture
    def controller(self):
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        yield process
        process.kill()
        process.wait()

    @pytest.mark.parametrize("performed", [False, True])
    def test_at_an_access_whose_answer_is_never_sent(self, server, controller, performed):
        with plugged(server) as host:
            server.cut(controller.pid, at=2, performed=performed)
            assert host.read(0, 0, 4) == MAGIC
            assert host.write(0, SCRATCH, 7, 4) is None, "hung up instead"
            assert controller.wait(10) == -signal.SIGKILL
        with plugged(server) as host:
            assert host.read(0, SCRATCH, 4) == (7 if performed else 0)

    def test_of_nobody(self, server, controller):
        with pytest.raises(AccessError, match="power cut"):
            server.cut(controller.pid, at=0)
        with pytest.raises(ProcessLookupError):
            server.cut(1 << 21)


class TestBadControllers:
    def test_one_that_sends_what_is_no_message_is_cut_off_alone(self, capfd):
        with Server("model:tern") as server, plugged(server) as good, plugged(server) as bad:
            bad.connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert bad.connection.recv(100) == b""
            assert good.read(0, 0, 4) == MAGIC
        assert "malformed mpqemu message" in capfd.readouterr().err

    def test_devices_and_protocols_that_do_not_exist(self, server):
        with pytest.raises(UnknownName, match="usb"):
            server.connect(("usb",))
        with pytest.raises(UnknownName, match="smoke"):
            server.connect(("pci",), "smoke")
        for devices in ((), ("pci", "pci")):
            with pytest.raises(AccessError, match="devices"):
                server.connect(devices)

    def test_a_chip_without_a_pci_function(self):
        class Bare(Tern):
            __module__ = Tern.__module__  # its model is Tern's
            pci_id = None

        with Server("model:tern", Bare) as server, pytest.raises(ConfigError, match="no PCI function"):
            server.connect(("pci",))


class TestStart:
    def test_the_chip_may_be_prepared_before_anybody_comes(self):
        with Server("model:tern", Tern, lambda bus: bus.write(SCRATCH, 5)) as server, plugged(server) as host:
            assert host.read(0, SCRATCH, 4) == 5
            assert len(server.log()) == 1, "not by a controller: not logged"

    def test_what_goes_wrong_there_is_raised_here(self):
        with pytest.raises(BusFault):
            Server("model:tern", Tern, lambda bus: bus.write(NOBODY, 0))

    def test_errors_that_cannot_make_the_journey_are_told_in_words(self):
        def fails(bus):
            raise Odd("smoke", "die0")

        with pytest.raises(EnvError, match="Odd: smoke at die0"):
            Server("model:tern", Tern, fails)


class TestLifeAndDeath:
    def test_a_target_that_does_not_open_leaves_no_process(self):
        before = children()
        with pytest.raises(UnknownName, match="die9"):
            Server("model:tern?fault=die9.pll:no_lock")
        with pytest.raises(UnknownName, match="nochip"):
            Server("model:nochip")
        assert children() == before

    def test_close_ends_it(self):
        with Server("model:tern") as server:
            pid = server.pid
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, 0)
        with pytest.raises(EnvError, match="device server is gone"):
            server.ask("now")
        server.close()

    def test_killed_its_controllers_hang_up_and_questions_fail(self, server):
        with plugged(server) as host:
            server.kill()
            assert host.connection.recv(1) == b""
        with pytest.raises(EnvError, match="device server is gone"):
            server.ask("now")

    def test_dies_with_its_parent(self):
        program = (
            "import os; from bedplate.env.qemu.server import Server; server = Server('model:tern');"
            "print(server.pid, flush=True); os.kill(os.getpid(), 9)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == -signal.SIGKILL
        assert gone(int(done.stdout))

    def test_ctrl_c_is_its_parents_business(self, server):
        os.kill(server.pid, signal.SIGINT)
        assert server.ask("violations") == []

    def test_holds_none_of_its_parents_files(self):
        read, write = os.pipe()
        with Server("model:tern"):
            os.close(write)
            assert select.select([read], [], [], 10)[0], "the other end is closed everywhere"
            assert os.read(read, 1) == b""
        os.close(read)

    def test_holds_no_cable_after_the_controllers_death(self, server):
        path = f"/proc/{server.pid}/fd"
        before = len(os.listdir(path))
        for _ in range(3):
            with plugged(server), spi(server):
                pass
            cable = server.connect(("pci", "spi"))
            assert len(cable.fds) == 3
            cable.close()
        for _ in range(100):
            if len(os.listdir(path)) <= before:  # fewer, where one of somebody before us was just being closed
                break
            time.sleep(0.01)
        assert len(os.listdir(path)) <= before

    def test_what_the_target_prints_goes_to_stderr(self, capfd, monkeypatch):
        def talkative(target, chip):
            print("hello from Python")
            os.write(1, b"hello from C\n")
            return MemoryBus()

        monkeypatch.setattr(server_module, "open_bus", talkative)
        with Server("model:tern") as server:
            assert server.ask("now") >= 0
        out, err = capfd.readouterr()
        assert out == ""
        assert sorted(err.splitlines()) == ["hello from C", "hello from Python"]
