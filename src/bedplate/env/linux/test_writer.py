"""One writer, by a lease from opening on that dies with its holder and that others cannot take. The other holders are real processes."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import bedplate
from bedplate.chips.tern import Tern
from bedplate.env.linux import spi
from bedplate.env.linux.conftest import BDF, MAGIC
from bedplate.env.linux.writer import writer_of
from bedplate.env.targets import open_bus, parse
from bedplate.errors import NotOwner

HOLD = """
import sys
from pathlib import Path
from bedplate.env.linux import sysfs
from bedplate.env.linux.writer import writer_of
from bedplate.env.targets import open_bus
if sys.argv[1] == "file":
    held = writer_of(sys.argv[2])
    held.take()
else:
    sysfs.SYSFS = Path(sys.argv[2])
    held = open_bus(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""
"""Opens a target, or takes a file's lease, and stays."""

COUNT = """
import sys, time
from pathlib import Path
from bedplate.env.linux import sysfs
from bedplate.env.targets import open_bus
from bedplate.errors import NotOwner
sysfs.SYSFS = Path(sys.argv[1])
shift = int(sys.argv[2])
for _ in range(25):
    while True:
        try:
            bus = open_bus(f"pci:{sys.argv[3]}?direct=1")
            break
        except NotOwner:
            time.sleep(0.001)
    word = bus.read(0x40)
    time.sleep(0.002)
    bus.write(0x40, word + (1 << shift))
    del bus
"""
"""Counts in its own field of a word, by read-modify-writes, each as a program of its own would make it."""

SQUAT = """
import fcntl, os, sys
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
for name in sorted(os.listdir(sys.argv[1])):
    try:
        fd = os.open(os.path.join(sys.argv[1], name), os.O_RDONLY)
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print(name, end=" ")
    except OSError:
        pass
print(flush=True)
sys.stdin.read()
"""
"""Locks every file of a folder that nobody (65534) can."""


@pytest.fixture
def other():
    """Starts another process, and waits for its first line."""
    started = []

    def start(script, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def killed(process):
    process.kill()
    process.wait()


class TestPci:
    @pytest.mark.parametrize("options", ["", "?direct=1"])
    def test_a_second_writer_is_refused_by_name_before_it_reads_and_a_reader_is_free(self, slot, other, options):
        device = slot()
        holder, _ = other(HOLD, "file", device.place / "resource0")
        (device.place / "enable").write_text("not looked at")
        with pytest.raises(NotOwner, match=rf"another process writes.*got process {holder.pid}, python"):
            open_bus(f"pci:{BDF}" + options)
        device.abort()
        with pytest.raises(NotOwner):
            open_bus(f"pci:{BDF}" + options)
        assert device.status == 0x0810, "an error that the writer is yet to see"
        (device.place / "enable").write_text("1")
        reader = open_bus(f"pci:{BDF}" + options, write=False)
        assert reader.read(0) == MAGIC
        for write in (lambda: reader.write(0x40, 1), lambda: reader.write_block(0x40, [1])):
            with pytest.raises(NotOwner, match="opened to be read only"):
                write()
        assert reader.read(0x40) == 0
        killed(holder)
        bus = open_bus(f"pci:{BDF}" + options)
        bus.write(0x40, 1)

    def test_is_one_from_opening_on_whatever_it_does(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        _, said = other(HOLD, f"pci:{BDF}", device.place.parent)
        assert said == "", "refused"
        del bus
        _, said = other(HOLD, "file", device.place / "resource0")
        assert said == "held"

    def test_fields_of_one_word_that_processes_write_are_all_kept(self, slot):
        device = slot()
        started = [
            subprocess.Popen([sys.executable, "-c", COUNT, str(device.place.parent), str(shift), BDF])
            for shift in (0, 8, 16)
        ]
        assert [process.wait(120) for process in started] == [0, 0, 0]
        assert (device.place / "resource0").read_bytes()[0x40:0x43] == bytes([25, 25, 25])

    def test_readers_hold_nothing(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}", write=False)
        bus.read(0)
        _, said = other(HOLD, "file", device.place / "resource0")
        assert said == "held"
        assert bus.read(0) == MAGIC

    @pytest.mark.skipif(os.getuid() != 0, reason="root alone can be another user")
    def test_nobody_can_take_it_who_may_not_write(self, slot, other, monkeypatch):
        """Everything that another user can lock in the device's folder is locked, and root is not refused."""
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            Path(folder).chmod(0o755)
            device = slot()
            place = Path(folder, BDF)
            device.place.rename(place)
            device.place = place
            monkeypatch.setattr("bedplate.env.linux.sysfs.SYSFS", Path(folder))
            _, locked = other(SQUAT, place)
            assert "config" in locked.split()
            assert "resource0" not in locked.split()
            open_bus(f"pci:{BDF}").write(0x40, 1)

    def test_a_process_does_not_lock_itself_out(self, slot):
        slot()
        first, second = open_bus(f"pci:{BDF}"), open_bus(f"pci:{BDF}")
        first.write(0x40, 1)
        second.write(0x40, 2)

    def test_it_is_held_as_long_as_anybody_may_still_write(self, slot, other):
        """The child of a parent that was killed may be in an access: the lease is free when both are gone."""
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        child = bus._attached.bus.pid
        bus._writer.void()  # as the parent's death does
        _, said = other(HOLD, "file", device.place / "resource0")
        assert said == ""
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _, said = other(HOLD, "file", device.place / "resource0")
        assert said == "held"

    def test_it_outlives_a_lost_attachment(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        os.kill(bus._attached.bus.pid, signal.SIGKILL)
        with pytest.raises(Exception, match="SIGKILL"):
            bus.read(0)
        assert bus._attached is None
        assert other(HOLD, "file", device.place / "resource0")[1] == ""
        bus.write(0x40, 2)
        assert (device.place / "resource0").read_bytes()[0x40] == 2

    def test_another_device_in_the_slot_has_a_lease_of_its_own(self, slot, other):
        """Removed and found again behind us: the files are others, and somebody may have been faster."""
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        device.place.rename(device.place.with_name("gone"))
        device = slot()
        holder, _ = other(HOLD, "file", device.place / "resource0")
        os.kill(bus._attached.bus.pid, signal.SIGKILL)
        with pytest.raises(Exception, match="SIGKILL"):
            bus.write(0x40, 2)
        with pytest.raises(NotOwner, match=rf"another process writes.*{holder.pid}"):
            bus.write(0x40, 2)
        killed(holder)
        bus.write(0x40, 3)
        assert other(HOLD, "file", device.place / "resource0")[1] == ""

    def test_it_is_given_back_with_the_bus(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        del bus
        assert other(HOLD, "file", device.place / "resource0")[1] == "held"

    def test_of_a_route_is_that_of_each_path_and_none_of_them_is_lost(self, slot, other):
        first, second = slot(), slot("0000:00:03.0")
        first.identify()
        second.identify()
        target = f"route:tern?path=pci:{BDF}&path=pci:0000:00:03.0"
        holder, _ = other(HOLD, "file", first.place / "resource0")
        with pytest.raises(NotOwner, match="another process writes"):
            open_bus(target)
        assert open_bus(target, write=False).read(0) == MAGIC
        killed(holder)
        bus = open_bus(target)
        assert other(HOLD, "file", second.place / "resource0")[1] == ""
        bus.write(0x40, 1)


class TestFork:
    def test_has_no_lease_and_can_open_nothing_while_its_parent_lives(self, slot, forked):
        slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        writer = bus._writer
        assert forked(lambda: (writer.held, writer.fd)) == "(False, -1)"
        assert f"another process writes to this chip, wanted one writer, got process {os.getpid()}" in forked(
            lambda: open_bus(f"pci:{BDF}")
        )
        assert "belongs to another process" in forked(writer.take)
        assert writer.held
        bus.write(0x40, 2)

    def test_does_not_keep_what_its_parent_gave_back(self, slot, other):
        device = slot()
        bus = open_bus(f"pci:{BDF}?direct=1")
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(write)
            os.read(read, 1)  # until the parent closes its end
            os._exit(0)
        del bus
        try:
            assert other(HOLD, "file", device.place / "resource0")[1] == "held"
        finally:
            os.close(write)
            os.close(read)
            os.waitpid(pid, 0)

    def test_may_be_a_writer_as_any_process_may(self, slot, forked):
        slot()
        bus = open_bus(f"pci:{BDF}")
        bus.write(0x40, 1)
        del bus

        def write():
            bus = open_bus(f"pci:{BDF}")
            bus.write(0x40, 9)
            return bus.read(0x40)

        assert forked(write) == "9"


class TestSpi:
    def test_a_session_is_exclusive_so_a_reader_is_refused_too_before_anything(self, board, other):
        holder, _ = other(HOLD, "file", board.nodes[0])
        with pytest.raises(NotOwner, match=rf"spidev0.0: another process writes.*process {holder.pid}"):
            spi.open_bus(parse(board.target), Tern, board.ioctl)
        bus = spi.open_bus(parse(board.target + "?write=0"), Tern, board.ioctl)
        with pytest.raises(NotOwner, match=rf"spidev0.0: another process writes.*process {holder.pid}") as refusal:
            bus.read(0)
        assert "exclusive" in refusal.value.next, "it would not help to only read"
        assert (board.frames, board.settings[board.nodes[0]]) == ([], {}), "not even its clock rate was set"
        killed(holder)
        assert bus.read(0) == MAGIC
        assert other(HOLD, "file", board.nodes[0])[1] == ""

    def test_whoever_is_to_write_has_both_nodes_from_opening_on(self, board, other):
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert [other(HOLD, "file", node)[1] for node in board.nodes] == ["", ""]
        assert board.frames == []
        del bus
        assert [other(HOLD, "file", node)[1] for node in board.nodes] == ["held", "held"]

    def test_a_node_that_others_may_only_read_is_told_of_where_they_hold_it(self, board, other):
        os.chmod(board.nodes[0], 0o664)
        other(HOLD, "file", board.nodes[0])
        with pytest.raises(NotOwner) as caught:
            spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert caught.value.cause.endswith("chmod go-r")
        os.chmod(board.nodes[0], 0o660)
        with pytest.raises(NotOwner) as caught:
            spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert "chmod" not in caught.value.cause


def test_a_chip_that_is_opened_to_be_read_says_so_at_its_first_write(slot):
    slot().identify()
    chip = bedplate.open(f"pci:{BDF}", Tern, write=False)
    with pytest.raises(NotOwner, match="opened to be read only"):
        chip.bus.write(0x40, 1)


def test_a_holder_that_cannot_be_seen_is_told_as_such(tmp_path, other, monkeypatch):
    (tmp_path / "file").touch()
    other(HOLD, "file", tmp_path / "file")
    monkeypatch.setattr("pathlib.Path.read_text", lambda path: "1: POSIX ADVISORY WRITE 1 00:01:1 0 EOF\n")
    with pytest.raises(NotOwner, match="a process that cannot be seen from here"):
        writer_of(tmp_path / "file").take()
