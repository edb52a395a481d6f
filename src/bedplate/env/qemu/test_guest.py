"""A real guest: a stock QEMU, Debian, this checkout in it, and a model of Tern behind its PCI bus. It boots once for all of this."""

import hashlib
import json
import os
import signal
import time

import pytest

from bedplate.chips.tern import Tern
from bedplate.env.qemu import agent, image
from bedplate.env.qemu.guest import Guest, GuestEnded, inner_target
from bedplate.env.qemu.server import Server

LIMIT = 60.0
"""Seconds, of a job that takes one."""

TARGET = inner_target("pci", Tern)


@pytest.fixture(scope="module")
def server():
    with Server("model:tern") as server:
        yield server


@pytest.fixture(scope="module")
def guest(server):
    with Guest(server, modules=["uio_pci_generic"]) as guest:
        yield guest


def test_it_says_what_it_is(guest):
    assert guest.facts["python"].startswith("3.")
    assert guest.facts["total_kib"] > guest.facts["used_kib"] > 0


def test_output_is_exact_to_the_byte(guest):
    data = bytes(range(256)) * 1600
    code = "import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(data); sys.stderr.write('aside'); sys.exit(9)"
    done = guest.run(["python3", "-c", code], stdin=data)
    assert (done.code, done.stdout == data, done.stderr) == (9, True, b"aside")


def test_output_comes_as_it_is_said(guest):
    heard = []
    done = guest.run(["sh", "-c", "echo one; usleep 300000; echo two"], stdout=heard.append)
    assert (done.stdout, heard) == (b"", [b"one\n", b"two\n"])


def test_modules_are_loaded_with_what_they_need(guest):
    loaded = guest.run(["sh", "-c", "cut -d' ' -f1 /proc/modules"]).stdout.decode().split()
    assert {"virtio_console", "virtio_pci", "uio", "uio_pci_generic"} <= set(loaded)


def test_it_runs_this_very_checkout(guest):
    code = "import bedplate, hashlib, pathlib; print(*sorted(hashlib.sha256(p.read_bytes()).hexdigest() for p in pathlib.Path(bedplate.__file__).parent.rglob('*.py')))"
    theirs = guest.run(["python3", "-c", code]).stdout.decode().split()
    ours = {name: entry for name, entry in image._files().items() if "dist-packages/bedplate/" in name}
    assert theirs == sorted(hashlib.sha256(entry.data).hexdigest() for entry in ours.values())


def test_python_files_are_compiled_beforehand(guest):
    code = "import bedplate.cli.app, sys; print(*[m.__name__ for m in list(sys.modules.values()) if getattr(m, '__cached__', None) and not __import__('os').path.exists(m.__cached__)])"
    assert guest.run(["python3", "-c", code]).stdout.split() == []


def test_a_command_line_in_it_is_one_as_everywhere(guest):
    done = guest.run(["bedplate", "-t", TARGET, "--json", "reg", "get", "die0.nothing"])
    assert (done.code, json.loads(done.stdout)["error"]["code"]) == (2, "BP-ACC-002")
    assert guest.run(["bedplate", "--version"]).stdout.decode().split()[-1] != "0"


def test_its_hal_boots_the_chip_and_a_second_time_writes_nothing(guest, server):
    done = guest.run(["bedplate", "-t", TARGET, "--json", "up"])
    document = json.loads(done.stdout)
    assert (done.code, document["schema"], document["ok"]) == (0, "bedplate.up/1", True)
    assert server.ask("violations") == []
    again = json.loads(guest.run(["bedplate", "-t", TARGET, "--json", "up"]).stdout)
    assert (again["ok"], again["writes"]) == (True, 0)


def test_the_link_is_in_nobodys_way_who_breaks_off(guest):
    guest.begin(["sh", "-c", "echo 1; sleep 0.2; echo 2"])
    assert next(guest.frames(LIMIT)) == (agent.OUTPUT, b"1\n")
    frames = guest.frames(LIMIT)
    assert [next(frames), next(frames)] == [(agent.OUTPUT, b"2\n"), (agent.EXIT, bytes(4))]


def test_a_checkout_is_built_to_the_same_bytes(tmp_path, guest):
    built = image.image(print)
    image._build_laid(tmp_path, "checkout", image._files(), built.kernel.parent, print)
    assert (tmp_path / image.ARCHIVE).read_bytes() == built.archives[1].read_bytes()


def test_a_power_cut_ends_it_at_once_and_leaves_the_chip(guest, server):
    """The last one: the guest is gone after it."""
    guest.begin(["sleep", "1000"])
    guest.cut()
    with pytest.raises(GuestEnded, match="power was cut"):
        next(guest.frames())
    assert server.ask("now") > 0


STANDING = """
import mmap, pathlib, sys, time
place = next(p for p in pathlib.Path("/sys/bus/pci/devices").iterdir() if (p / "class").read_text().startswith("0x1200"))
(place / "enable").write_text("1")
with (place / "resource0").open("r+b") as file:
    words = memoryview(mmap.mmap(file.fileno(), 4096)).cast("I")
print("ready", flush=True)
before, longest, end = time.monotonic(), 0, time.monotonic() + float(sys.argv[1])
while before < end:
    words[0]
    now = time.monotonic()
    longest, before = max(longest, now - before), now
print(longest)
"""


@pytest.mark.parametrize("icount", [False, True])
def test_the_time_of_a_guest_stands_while_it_waits_for_an_access_if_that_is_wanted(icount):
    with Server("model:tern") as server, Guest(server, icount=icount) as one:
        one.begin(["python3", "-c", STANDING, "1.0" if icount else "3.0"])
        assert next(one.frames(LIMIT)) == (agent.OUTPUT, b"ready\n")
        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(2)
        os.kill(server.pid, signal.SIGCONT)
        longest = float(next(one.frames(LIMIT))[1])
    assert (longest > 1) is not icount
