"""The child that makes the accesses: what ends it, what that is for its parent, and that nothing of it remains."""

import errno
import fcntl
import gc
import os
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus, ms
from bedplate.env.linux import broker
from bedplate.env.linux.broker import Broker
from bedplate.env.linux.conftest import BDF, MAGIC
from bedplate.env.targets import open_bus
from bedplate.errors import BusFault, EnvError, LinkDown


class Memory(MemoryBus):
    """Memory in the child, with places that do something else."""

    def read(self, address, size=4):
        if address == 0x10:
            os.kill(os.getpid(), signal.SIGKILL)
        if address == 0x14:
            raise ZeroDivisionError
        if address == 0x18:
            time.sleep(self.read(0x1C) / 1000)
        if address == 0x20:
            raise LinkDown("no link", where="child", got="nothing", waited=5, cause="a test", next="nothing")
        if address == 0x24:
            return len(os.listdir("/proc/self/fd")) - 1
        return super().read(address, size)


@pytest.fixture
def child():
    broker = Broker(Memory)
    yield broker
    broker.close()


def is_running(pid):
    return Path(f"/proc/{pid}").exists()


def waited_for(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return True


@pytest.mark.parametrize(("size", "form"), [(16, "=qq"), (8, "=ii")])
def test_a_time_is_laid_out_as_the_kernel_says_whatever_the_machine(size, form):
    """On 32 bits it has either size, by the C library; a 64-bit machine can only play both."""

    class Kernel:
        def getsockopt(self, level, option, most):
            return bytes(min(size, most))

        def setsockopt(self, level, option, value):
            self.value = struct.unpack(form, value)

    broker._set_timeout(kernel := Kernel(), 1_500_000_000)
    assert kernel.value == (1, 500_000)


class TestAnswers:
    def test_every_verb(self, child):
        child.write(0x40, 0x11223344)
        child.write(0x44, 0xFF, 1)
        assert (child.read(0x40), child.read(0x42, 2), child.read(0x44)) == (0x11223344, 0x1122, 0xFF)
        child.write_block(0x80, [1, 2, 3])
        assert child.read_block(0x80, 3) == [1, 2, 3]
        assert child.poll(0x84, 0xFF, 2, 0) == 2
        assert (list(child.read_block(0, 0)), child.write_block(0, [])) == ([], None)

    def test_an_error_comes_with_all_it_says(self, child):
        with pytest.raises(LinkDown) as caught:
            child.read(0x20)
        assert str(caught.value) == "child: no link, got nothing, waited 5 ns"
        assert (caught.value.cause, caught.value.next) == ("a test", "nothing")

    def test_an_error_response_is_not_the_end(self, child):
        for _ in range(2):
            with pytest.raises(BusFault, match="outside the memory"):
                child.read(1 << 20)

    def test_a_bus_that_cannot_be_made_is_the_error_of_making_it(self):
        def refuse():
            raise EnvError("not today", where="here")

        before = os.listdir("/proc/self/fd")
        with pytest.raises(EnvError, match="here: not today"):
            Broker(refuse)
        assert os.listdir("/proc/self/fd") == before

    def test_the_answer_of_an_access_that_was_interrupted_is_never_taken_for_another(self, child):
        class Interrupted(Exception):
            pass

        def interrupt(number, frame):
            raise Interrupted

        child.write(0x1C, 300)
        child.write(0x18, 0x18181818)
        child.write(0x40, 0x40404040)
        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            with pytest.raises(Interrupted):
                child.read(0x18)
        finally:
            signal.signal(signal.SIGALRM, before)
        assert child.read(0x40) == 0x40404040


class TestPolls:
    def test_are_made_by_the_child_in_one_round_trip(self, child):
        number = child._number
        assert child.poll(0x40, 1, 1, ms(20)) == 0
        assert child._number == number + 1

    def test_a_timeout_longer_than_the_limit_of_an_access_is_no_hang(self):
        child = Broker(lambda: Real(), limit=ms(300))
        began = time.monotonic()
        assert child.poll(0x40, 1, 1, ms(600)) == 0
        assert time.monotonic() - began >= 0.6


class Real(Memory):
    """Memory in real time."""

    def now(self):
        return time.monotonic_ns()

    def sleep(self, duration):
        time.sleep(duration / 1e9)


class TestDeath:
    @pytest.mark.parametrize(("address", "how"), [(0x10, "SIGKILL"), (0x14, "exit status 1")])
    def test_is_a_link_that_is_down_and_says_of_what(self, child, address, how):
        with pytest.raises(LinkDown, match=rf"died in read 0x{address:08x}, got {how}"):
            child.read(address)
        with pytest.raises(LinkDown, match="has ended"):
            child.read(0x40)
        assert not is_running(child.pid)

    def test_between_two_accesses_is_seen_at_the_next(self, child):
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(LinkDown, match="SIGKILL"):
            child.write(0x40, 1)

    def test_by_a_genuine_sigbus(self, slot):
        """The kernel has nothing behind the page: what a removed device is to a mapping."""
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        assert bus.read(0x8000) == 0
        device.truncate(0x8000)
        for access in (
            lambda: bus.read(0x8000),
            lambda: bus.write(0x8000, 1),
            lambda: bus.read_block(0x7FF8, 4),
            lambda: bus.write_block(0x8000, [1, 2]),
            lambda: bus.poll(0x8000, 1, 1, 1000),
        ):
            device.truncate(0x10000)
            assert bus.read(0) == MAGIC, "attached anew"
            device.truncate(0x8000)
            with pytest.raises(LinkDown, match=r"died in .*got SIGBUS"):
                access()
        assert bus.read(0) == MAGIC
        assert bus.count == 6

    def test_would_be_that_of_the_process_itself_without_it(self, slot):
        device = slot()
        pid = os.fork()
        if pid == 0:
            try:
                signal.signal(signal.SIGBUS, signal.SIG_DFL)
                bus = open_bus(f"pci:{BDF}?direct=1")
                device.truncate(0x8000)
                bus.read(0x8000)
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        assert os.WTERMSIG(status) == signal.SIGBUS

    def test_a_canary_that_cannot_be_reached_is_death_too(self, slot):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        device.truncate(0)
        with pytest.raises(LinkDown, match=r"died in read 0x00000000, got SIGBUS"):
            bus.write(4, 1)
        with pytest.raises(LinkDown, match=r"cannot attach anew: the kernel does not let us map BAR 0"):
            bus.write(4, 1)

    def test_ends_one_access_and_never_makes_it_again(self, slot):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        assert bus.read(0) == MAGIC
        os.kill(bus._attached.bus.pid, signal.SIGKILL)
        with pytest.raises(LinkDown, match="SIGKILL"):
            bus.write(0x40, 7)
        assert bus.read(0x40) == 0
        assert (device.place / "resource0").read_bytes()[0x40] == 0


class TestHang:
    def test_slow_but_alive_is_no_error(self):
        child = Broker(Memory, limit=ms(5000))
        child.write(0x1C, 200)
        assert child.read(0x18) == 0

    def test_what_is_never_completed_is_given_up_and_says_so(self, monkeypatch):
        monkeypatch.setattr(broker, "PATIENCE", ms(10))
        child = Broker(Memory, limit=ms(100))
        child.write(0x1C, 60_000)
        with pytest.raises(LinkDown, match=r"read 0x00000018 was not completed: given up, waited 1\d\d ms"):
            child.read(0x18)
        assert waited_for(lambda: not is_running(child.pid) or os.waitpid(child.pid, os.WNOHANG)[0])


class TestAlone:
    def test_it_holds_no_file_of_its_parents(self, tmp_path):
        with (tmp_path / "file").open("w"):
            child = Broker(Memory)
        assert child.read(0x24) == 2, "standard error and its socket"

    def test_ctrl_c_is_for_the_parent(self, child):
        os.kill(child.pid, signal.SIGINT)
        assert child.read(0x40) == 0

    def test_it_does_nothing_that_its_parent_does_on_a_signal(self, tmp_path):
        before = signal.signal(signal.SIGTERM, lambda number, frame: (tmp_path / "called").touch())
        try:
            child = Broker(Memory)
            os.kill(child.pid, signal.SIGTERM)
            with pytest.raises(LinkDown, match="SIGTERM"):
                child.read(0x40)
        finally:
            signal.signal(signal.SIGTERM, before)
        assert not (tmp_path / "called").exists()

    def test_it_ends_with_its_bus(self):
        child = Broker(Memory)
        pid = child.pid
        del child
        assert not is_running(pid), "and its status was collected"

    @pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), 9)", "os._exit(0)"])
    def test_it_ends_with_its_parent(self, end):
        script = (
            "import os; from bedplate.bus import MemoryBus; from bedplate.env.linux.broker import Broker\n"
            f"child = Broker(MemoryBus); print(child.pid, flush=True); {end}"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert waited_for(lambda: not is_running(int(done.stdout)))

    def test_a_fork_of_its_parent_may_not_use_it(self, child):
        pid = os.fork()
        if pid == 0:
            code = 0
            try:
                child.read(0)
            except EnvError as error:
                code = 1 if "belongs to another process" in str(error) else 2
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        assert os.WEXITSTATUS(status) == 1
        assert child.read(0x40) == 0


OPENS = """
import sys, threading, time
from bedplate.bus import MemoryBus
from bedplate.env.linux.broker import Broker
made = []
opens = lambda: made.append(Broker(lambda: MemoryBus(64), [int(sys.argv[2])]))
if sys.argv[1] == "thread":
    thread = threading.Thread(target=opens)
    thread.start()
    thread.join()
    time.sleep(0.1)
else:
    opens()
assert made[0].read(0) == 0
print(made[0].pid, flush=True)
time.sleep(600)
"""
"""Opens a bus through a child, which keeps a lease, in its first thread or in one that ends then."""


@pytest.mark.parametrize("where", ["here", "thread"])
def test_a_child_that_is_stopped_ends_with_its_parent_too_and_its_lease(tmp_path, where):
    (tmp_path / "file").touch()
    with (tmp_path / "file").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        command = [sys.executable, "-c", OPENS, where, str(file.fileno())]
        parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pass_fds=[file.fileno()])
    with parent:
        child = int(parent.stdout.readline())
        os.kill(child, signal.SIGSTOP)
        parent.kill()
    with (tmp_path / "file").open() as file:

        def is_free():
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            return False

        assert waited_for(is_free)


def test_where_there_is_no_room_for_a_child_that_is_said(monkeypatch):
    def refuse():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, "fork", refuse)
    with pytest.raises(EnvError, match="there may be no more processes"):
        Broker(Memory)
    monkeypatch.undo()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before, "no file of it is left open"
