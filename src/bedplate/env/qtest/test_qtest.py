"""The environment `qtest:`: real QEMUs, started and met; what each access is on the line; and every way in which it can end."""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import bedplate
from bedplate.chips.npcm750 import Npcm750
from bedplate.env import release
from bedplate.env.qtest import open_bus, requirements
from bedplate.env.qtest.bus import QtestBus, SteppedBus
from bedplate.env.qtest.machine import MachineSpec, QemuLink, find, start
from bedplate.env.targets import parse
from bedplate.errors import BusFault, BusSize, EnvError, LinkDown, NotOwner, OutOfRange, ToolMissing, UnknownName

RAM = 0x10_0000
"""Memory of the PC below, where any width is taken."""


def is_running(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]
    except FileNotFoundError:
        return False


def is_gone_soon(pid):
    deadline = time.monotonic() + 120
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(pid)


@pytest.fixture(scope="module")
def pc():
    bus = QtestBus(start(MachineSpec("x86_64", ("-M", "q35", "-m", "16"), ())))
    yield bus
    bus.close()


@pytest.fixture
def line():
    """A bus, and the other end of its line."""
    ours, theirs = socket.socketpair()
    bus = QtestBus(QemuLink(ours, None, None))
    with theirs:
        yield bus, theirs
    bus.close()


@pytest.fixture
def socket_of(tmp_path):
    """A QEMU that runs on its own, as somebody else started it."""
    path = tmp_path / "q.sock"
    arguments = [
        "-M",
        "npcm750-evb",
        "-accel",
        "tcg",
        "-S",
        "-display",
        "none",
        "-nodefaults",
        "-qtest-log",
        "/dev/null",
    ]
    process = subprocess.Popen(
        [find("arm"), *arguments, "-qtest", f"unix:{path},server=on,wait=off"], stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    yield path
    process.kill()
    process.wait()


class TestAccesses:
    def test_each_is_as_wide_as_it_was_asked_for(self, pc):
        pc.write(RAM, 0x4433_2211)
        assert [pc.read(RAM + 2, 2), pc.read(RAM + 3, 1)] == [0x4433, 0x44]
        pc.write(RAM + 1, 0xAA, 1)
        pc.write(RAM + 2, 0xBBCC, 2)
        assert pc.read(RAM) == 0xBBCC_AA11
        assert pc.sizes == (1, 2, 4, 8)
        pc.write(RAM + 8, 0x1122_3344_5566_7788, 8)
        assert [pc.read(RAM + 8, 8), pc.read(RAM + 12)] == [0x1122_3344_5566_7788, 0x1122_3344]

    @pytest.mark.parametrize("count", [1, 255, 256, 257, 30_000])
    def test_a_burst_is_as_many_words_in_their_order(self, pc, count):
        words = [0x1000_0000 + index for index in range(count)]
        pc.write_block(RAM, words)
        assert pc.read_block(RAM, count) == words
        assert pc.read(RAM + 4 * (count - 1)) == words[-1]

    def test_on_the_line(self, line):
        bus, other = line
        other.sendall(b"OK 0x0000000000000012\nOK\nOK\nOK\n")
        assert bus.read(0x102, 2) == 0x12
        bus.write(0x103, 0xFF, 1)
        bus.write_block(0x200, [1, 2])
        assert other.recv(1000) == b"readw 0x102\nwriteb 0x103 0xff\nwritel 0x200 0x1\nwritel 0x204 0x2\n"

    def test_time_is_the_hosts(self, pc):
        before, now = time.monotonic_ns(), pc.now()
        pc.sleep(1_000_000)
        assert before <= now <= pc.now() - 1_000_000


class TestVirtualTime:
    """Debian 12's QEMU has no accelerator `qtest`, so its side is played here; tried on QEMU 11.1 by hand."""

    def test_passes_in_sleep_only_and_is_the_machines(self):
        ours, other = socket.socketpair()
        bus = SteppedBus(QemuLink(ours, None, None))
        with other:
            other.sendall(b"OK 7\nOK 1007\nOK 0x1\n")
            bus.synchronize()
            bus.sleep(1000)
            bus.read(0)
            assert bus.now() == 1007
            assert other.recv(1000) == b"clock_step 1\nclock_step 1000\nreadl 0x0\n"
        bus.close()

    def test_that_cannot_be_had_is_an_error_of_the_environment(self):
        with pytest.raises(EnvError, match="accelerator qtest"):
            bedplate.open("qtest:npcm750?accel=qtest")

    def test_that_cannot_be_stepped_is_an_error_of_the_environment(self, socket_of):
        with pytest.raises(EnvError, match="clock_step"):
            bedplate.open(f"qtest:npcm750?accel=qtest&socket={socket_of}")


class TestBadInput:
    @pytest.mark.parametrize(
        ("access", "error"),
        [
            (lambda bus: bus.read(0x102), BusSize),
            (lambda bus: bus.read(0x104, 8), BusSize),
            (lambda bus: bus.write(0x101, 1, 2), BusSize),
            (lambda bus: bus.read_block(0x102, 2), BusSize),
            (lambda bus: bus.write(0x100, 1 << 32), OutOfRange),
            (lambda bus: bus.write(0x100, 256, 1), OutOfRange),
            (lambda bus: bus.write_block(0x100, [0, -1]), OutOfRange),
            (lambda bus: bus.read(-4), BusFault),
        ],
    )
    def test_makes_no_access(self, line, access, error):
        bus, other = line
        with pytest.raises(error):
            access(bus)
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.recv(1)

    @pytest.mark.parametrize(
        ("target", "error"),
        [
            ("qtest:nothing", UnknownName),
            ("qtest:tern", UnknownName),
            ("qtest:npcm750?spi=1", UnknownName),
            ("qtest:npcm750?accel=kvm", UnknownName),
            ("qtest:npcm750?socket=/nowhere/q.sock", EnvError),
        ],
    )
    def test_target_that_leads_nowhere(self, target, error):
        with pytest.raises(error):
            bedplate.open(target)


class TestRefusal:
    def test_is_a_bus_fault_and_the_line_stays_in_step(self, line):
        bus, other = line
        other.sendall(b"OK\nFAIL no\nOK\nOK 0x5\n")
        with pytest.raises(BusFault, match="QEMU refuses 'writel 0x4 0x2', wanted OK, got FAIL no"):
            bus.write_block(0, [1, 2, 3])
        assert bus.read(0) == 5

    def test_by_the_real_one(self, pc):
        with pytest.raises(BusFault, match="Unknown command"):
            pc._ask(["no_such_thing"])
        assert pc.read(RAM) == pc.read(RAM)


class TestEnd:
    def test_a_qemu_that_dies_is_a_dead_link_from_then_on(self):
        chip = bedplate.open("qtest:npcm750")
        os.kill(chip.meter.bus.link.process.pid, signal.SIGKILL)
        report = chip.converge()
        assert isinstance(report.ended, LinkDown)
        assert "exit status -9" in str(report.ended)
        with pytest.raises(LinkDown):
            chip.pll0.observe()

    def test_an_answer_that_breaks_off_is_a_dead_link(self, line):
        bus, other = line
        other.sendall(b"OK 0x1")
        other.shutdown(socket.SHUT_WR)
        with pytest.raises(LinkDown, match="connection was closed"):
            bus.read(0)

    def test_silence_is_a_dead_link(self, line):
        bus, _ = line
        bus.link.connection.settimeout(0.01)
        with pytest.raises(LinkDown, match="timed out"):
            bus.read(0)

    def test_a_qemu_that_cannot_start_says_why(self, monkeypatch):
        monkeypatch.setattr("bedplate.chips.npcm750.machine.ARGUMENTS", ("-M", "no-such-board"))
        with pytest.raises(EnvError, match="unsupported machine type") as caught:
            bedplate.open("qtest:npcm750")
        assert caught.value.where == "-M no-such-board"

    def test_no_process_outlives_its_bus(self):
        chip = bedplate.open("qtest:npcm750")
        pid = chip.meter.bus.link.process.pid
        assert is_running(pid)
        del chip
        gc.collect()
        assert is_gone_soon(pid)

    @pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "sys.exit(0)", "os._exit(0)"])
    def test_no_process_outlives_ours(self, end):
        script = (
            "import os, sys, bedplate; chip = bedplate.open('qtest:npcm750');"
            f"print(chip.meter.bus.link.process.pid, flush=True); {end}"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert is_gone_soon(int(done.stdout))


class TestOwner:
    def test_after_a_question_that_was_interrupted_no_answer_is_believed(self, line):
        class Interrupted(BaseException):
            pass

        def interrupt(number, frame):
            raise Interrupted

        bus, other = line
        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(Interrupted):
                bus.read(0)
        finally:
            signal.signal(signal.SIGALRM, before)
        other.sendall(b"OK 0x1\nOK 0x2\n")
        for _ in range(2):
            with pytest.raises(LinkDown, match=r"a question before it was interrupted|no answer"):
                bus.read(4)

    def test_another_thread_and_a_fork_are_refused(self, pc, elsewhere, forked):
        pc.write(RAM, 5)
        with pytest.raises(NotOwner, match="another thread"):
            elsewhere(lambda: pc.read(RAM))
        assert "belongs to another process" in forked(lambda: pc.write(RAM, 6))
        assert pc.read(RAM) == 5
        release(pc)
        assert elsewhere(lambda: pc.read(RAM)) == 5
        elsewhere(lambda: release(pc))


class TestAttach:
    def test_the_chip_stays_as_it_is_from_one_controller_to_the_next(self, socket_of):
        first = bedplate.open(f"qtest:npcm750?socket={socket_of}")
        assert first.converge().writes == 4
        first.meter.bus.close()
        second = bedplate.open(f"qtest:npcm750?socket={socket_of}")
        assert second.converge().writes == 0

    def test_a_controller_that_is_killed_for_real_is_followed_by_one_that_goes_on(self, socket_of):
        script = (
            "import os, bedplate; from bedplate.bus import Decorator; from bedplate.chips.npcm750 import Npcm750\n"
            f"chip = bedplate.open('qtest:npcm750?socket={socket_of}')\n"
            "class Dies(Decorator):\n"
            "    def transact(self, request):\n"
            "        words = super().transact(request)\n"
            "        if request.is_write: os.kill(os.getpid(), 9)\n"
            "        return words\n"
            "Npcm750(Dies(chip.meter.bus)).converge()"
        )
        done = subprocess.run([sys.executable, "-c", script], check=False)
        assert done.returncode == -signal.SIGKILL
        chip = bedplate.open(f"qtest:npcm750?socket={socket_of}")
        assert chip.pll0.regs.pllcon.read().pwden, "it was killed on its way"
        assert chip.converge().ok


class TestTools:
    def test_what_is_missing_is_told_with_the_command_that_installs_it(self, monkeypatch):
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(ToolMissing) as caught:
            open_bus(parse("qtest:npcm750"), Npcm750)
        assert caught.value.next.endswith("qemu-system-arm")
        assert [(found, fix.split()[-1]) for _, found, fix in requirements()] == [
            ("", "qemu-system-arm"),
            ("", "qemu-system-misc"),
            ("", "qemu-system-x86"),
        ]

    def test_what_is_there_is_named_with_its_place(self):
        assert [tool for tool, found, fix in requirements() if found and not fix] == [
            "qemu-system-arm",
            "qemu-system-riscv64",
            "qemu-system-x86_64",
        ]
