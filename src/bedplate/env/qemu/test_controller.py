"""What a controller lives through, in a real guest with a PCI function and an SPI controller: what reaches the chip, and what goes wrong.

One guest for all of this. Rows are those of the fault table for links: bit errors and stuck pins over SPI, surprise link down
over PCI, several paths, and at last the device server itself is killed.
"""

import json
import threading
import time

import pytest

from bedplate.chips.tern import Tern
from bedplate.env.qemu.guest import Guest, inner_target
from bedplate.env.qemu.server import Server
from bedplate.ip.sysid.driver import MAGIC

PCI, SPI = inner_target("pci", Tern), inner_target("spi", Tern)
ROUTE = f"route:tern?path={PCI}&path={SPI}"
SCRATCH = 0x80
"""SYSID of die 0: eight words to write."""
LIMIT = 300.0


@pytest.fixture(scope="module")
def server():
    with Server("model:tern") as server:
        yield server


@pytest.fixture(scope="module")
def guest(server):
    with Guest(server, ("pci", "spi")) as guest:
        yield guest


def bedplate(guest, target, *command):
    """A command in the guest: exit code, its document."""
    done = guest.run(["bedplate", "-t", target, "--json", *command], limit=LIMIT)
    return done.code, json.loads(done.stdout)


def reached(server, guest, target, code):
    """What reached the chip, as (kind, offset, bytes), when this was done to a bus in the guest. The canary is read before it."""
    script = (
        "import sys\nfrom bedplate.env import open_bus\nbus = open_bus(sys.argv[1]); bus.read(0)\nprint('ready')\n"
        "sys.stdin.read()\n" + code
    )
    first = len(server.log())
    done = guest.run(["python3", "-c", script, target], limit=LIMIT)
    assert done.code == 0, done.stderr.decode()
    seen = [entry.transaction.request for entry in server.log(first)]
    while seen and (seen[0].address, seen[0].is_write) == (0, False):  # attaching
        seen.pop(0)
    return [("write" if one.is_write else "read", one.address, one.size) for one in seen]


@pytest.mark.parametrize("target", [f"{PCI}&direct=1", PCI], ids=["direct", "broker"])
class TestAnAccessReachesTheDeviceOnce:
    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_read_and_write(self, server, guest, target, size):
        code = f"bus.write(0x84, 0x5A, {size}); bus.read(0x84, {size})"
        assert reached(server, guest, target, code) == [("write", 0x84, size), ("read", 0x84, size)]

    def test_bursts(self, server, guest, target):
        code = "bus.write_block(0x80, range(1, 9)); assert bus.read_block(0x80, 8) == list(range(1, 9))"
        words = [(SCRATCH + 4 * i, 4) for i in range(8)]
        assert reached(server, guest, target, code) == [(kind, *word) for kind in ("write", "read") for word in words]

    def test_a_poll_that_finds_at_once(self, server, guest, target):
        code = "bus.write(0x84, 0x102); assert bus.poll(0x84, 0xFF, 2, 1000000) == 0x102"
        assert reached(server, guest, target, code) == [("write", 0x84, 4), ("read", 0x84, 4)]

    def test_zeros_and_ones_are_read_once_too(self, server, guest, target):
        code = "bus.write_block(0x80, [0, 0xFFFFFFFF]); assert [bus.read(0x80), bus.read(0x84)] == [0, 0xFFFFFFFF]"
        accesses = [("write", 0x80, 4), ("write", 0x84, 4), ("read", 0x80, 4), ("read", 0x84, 4)]
        assert reached(server, guest, target, code) == accesses


SQUAT = """
import fcntl, glob, os, sys
os.setgroups([]); os.setgid(65534); os.setuid(65534)
locked = []
for path in glob.glob("/sys/bus/pci/devices/*/*"):
    try:
        fd = os.open(path, os.O_RDONLY)
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        locked.append(os.path.basename(path))
    except OSError:
        pass
print("config" in locked, "resource0" in locked, flush=True)
sys.stdin.read()
"""
"""Another user (65534) locks whatever it can of all devices."""

OWNED = """
import os, subprocess, sys
from bedplate.env import open_bus
pipe = subprocess.PIPE
nobody = subprocess.Popen([sys.executable, "-c", sys.argv[2]], stdin=pipe, stdout=pipe, text=True)
print(nobody.stdout.readline().strip())
bus = open_bus(sys.argv[1])
bus.write(0x84, 5)
def run(*command):
    done = subprocess.run(["bedplate", "-t", sys.argv[1], "--json", *command], stdout=pipe, text=True)
    print(done.returncode, "NotOwner" in done.stdout, f"process {os.getpid()}" in done.stdout)
run("reg", "set", "die0.sysid.scratch[1]=6")
run("reg", "get", "die0.sysid.scratch[1]")
print(bus.read(0x84))
del bus
run("reg", "set", "die0.sysid.scratch[1]=6")
nobody.kill()
"""
"""A writer, and beside it another one, a reader, and another one once it is gone."""


def test_one_writes_and_nobody_keeps_it_out_who_may_not_write(guest):
    """By the locks of a real kernel on its own sysfs."""
    done = guest.run(["python3", "-c", OWNED, PCI, SQUAT], limit=LIMIT)
    assert done.stdout.decode().splitlines() == [
        "True False",
        "3 True True",
        "0 False False",
        "5",
        "0 False False",
    ], done.stderr.decode()


class TestAnErrorResponse:
    """Rows 9 and 10: a number from a dead block never reaches a caller, and a register may hold all ones."""

    @pytest.mark.parametrize("target", [PCI, SPI], ids=["pci", "spi"])
    @pytest.mark.parametrize("access", ["bus.read(A)", "bus.write(A, 1)", "bus.read_block(A, 4)"])
    def test_is_an_error_by_every_way(self, guest, target, access):
        code = (
            "import sys\nfrom bedplate.env import open_bus\nfrom bedplate.errors import BusFault\n"
            f"bus, A = open_bus(sys.argv[1]), 0xFFF000\ntry:\n    {access}\n    sys.exit(9)\n"
            "except BusFault:\n    pass\n"
            f"assert bus.read(0) == {MAGIC}"
        )
        done = guest.run(["python3", "-c", code, target], limit=LIMIT)
        assert (done.code, done.stderr) == (0, b"")


class TestTheLineOfSpi:
    """Rows 5 and 7."""

    def test_bit_errors_are_put_right(self, server, guest):
        server.damage(0, errors=2e-4, seed=3)
        try:
            code, document = bedplate(guest, SPI, "status")
        finally:
            server.damage(0)
        clean = bedplate(guest, SPI, "status")
        assert (code, document) == clean

    @pytest.mark.parametrize(
        "damage", [{"stuck": 0}, {"stuck": 1}, {"losses": 1.0}], ids=["zeros", "ones", "chip select"]
    )
    def test_a_stuck_pin_or_a_chip_select_that_lets_go_is_a_dead_link_and_no_data(self, server, guest, damage):
        first = len(server.log())
        server.damage(0, **damage)
        try:
            code, document = bedplate(guest, SPI, "up")
        finally:
            server.damage(0)
        assert (code, document["errors"][0]["type"]) == (3, "LinkDown")

        assert all(entry.transaction.request.address >= 1 << 24 for entry in server.log(first)), "nothing of die 0"


class TestSurpriseLinkDown:
    """Row 12."""

    @pytest.mark.parametrize("reset", [False, True], ids=["completions lost", "hot reset"])
    def test_is_a_typed_error_and_the_link_returns(self, server, guest, reset):
        server.link(False, reset=reset)
        try:
            code, document = bedplate(guest, PCI, "status")
        finally:
            server.link(True, reset=reset)
        assert (code, document["error"]["type"]) == (3, "LinkDown")
        assert bedplate(guest, PCI, "reg", "get", "die0.sysid.magic")[1]["values"][0]["value"] == MAGIC

    def test_in_mid_boot_the_route_goes_on_over_spi_and_returns(self, server, guest):
        first = len(server.log())

        def lose() -> None:
            while len(server.log(first)) < 600:
                time.sleep(0.01)
            server.link(False)
            while not any(entry.path == "spi" for entry in server.log(first)):
                time.sleep(0.01)
            server.link(True)

        loss = threading.Thread(target=lose, daemon=True)
        loss.start()
        code, document = bedplate(guest, ROUTE, "up")
        loss.join()
        assert (code, document["ok"]) == (0, True)
        assert document["writes"] > 200, "it was a boot, of one die at least"
        ways = [entry.path for entry in server.log(first)]
        assert (ways[0], ways[-1]) == ("pci", "pci")
        assert "spi" in ways
        assert server.ask("violations") == []
        assert bedplate(guest, PCI, "up")[1]["writes"] == 0


def test_a_device_server_that_is_killed_is_a_dead_link(server, guest):
    """The last one: the chip is gone after it, the guest is not."""
    server.kill()
    code, document = bedplate(guest, PCI, "up")
    assert code == 3, document
    assert document["error"]["type"] in ("LinkDown", "EnvError")
    assert guest.run(["true"]).code == 0
