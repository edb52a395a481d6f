"""One writer, by a lock that dies with its holder."""

import os
import signal
import subprocess
import sys

import pytest

from bedplate.chips.tern import Tern
from bedplate.env.linux import spi
from bedplate.env.linux.conftest import BDF, MAGIC
from bedplate.env.linux.writer import writer_of
from bedplate.env.targets import open_bus, parse
from bedplate.errors import EnvError

HOLD = """
import fcntl, os, sys, time
fd = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(fd, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def other():
    """Starts another process that holds the lock of a file."""
    started = []

    def start(path):
        process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


class TestPci:
    @pytest.mark.parametrize("options", ["", "?direct=1"])
    def test_a_second_writer_is_refused_by_name_and_a_reader_is_free(self, slot, other, options):
        device = slot()
        holder = other(device.place / "config")
        bus = open_bus(f"pci:{BDF}" + options)
        assert bus.read(0) == MAGIC
        for write in (lambda: bus.write(0x40, 1), lambda: bus.write_block(0x40, [1])):
            with pytest.raises(EnvError, match=rf"another process writes.*got process {holder.pid}, python"):
                write()
        assert bus.read(0x40) == 0
        holder.kill()
        holder.wait()
        bus.write(0x40, 1)

    def test_nothing_is_locked_before_the_first_write(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.read(0)
        other(device.place / "config")

    def test_a_process_does_not_lock_itself_out(self, slot):
        slot()
        first, second = open_bus(f"pci:{BDF}"), open_bus(f"pci:{BDF}")
        first.write(0x40, 1)
        second.write(0x40, 2)

    def test_it_is_held_as_long_as_anybody_may_still_write(self, slot):
        """The child of a parent that was killed may be in an access: the lock is free when both are gone."""
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        child = bus._attached.bus.pid
        writer = bus._attached.writer
        assert os.readlink(f"/proc/{child}/fd/{writer.fd}") == str(device.place / "config")

    def test_it_outlives_a_lost_attachment(self, slot):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        os.kill(bus._attached.bus.pid, signal.SIGKILL)
        with pytest.raises(Exception, match="SIGKILL"):
            bus.read(0)
        bus.write(0x40, 2)
        assert (device.place / "resource0").read_bytes()[0x40] == 2

    def test_it_is_given_back_with_the_bus(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        del bus
        other(device.place / "config")


class TestSpi:
    def test_a_session_is_exclusive_so_a_reader_is_refused_too_before_any_frame(self, board, other):
        holder = other(board.nodes[0])
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        with pytest.raises(EnvError, match=rf"spidev0.0: another process writes.*process {holder.pid}"):
            bus.read(0)
        assert board.frames == []
        holder.kill()
        holder.wait()
        assert bus.read(0) == MAGIC


def test_a_holder_that_cannot_be_seen_is_told_as_such(tmp_path, other, monkeypatch):
    (tmp_path / "file").touch()
    other(tmp_path / "file")
    monkeypatch.setattr("pathlib.Path.read_text", lambda path: "1: POSIX ADVISORY WRITE 1 00:01:1 0 EOF\n")
    with pytest.raises(EnvError, match="a process that cannot be seen from here"):
        writer_of(tmp_path / "file").take()
