"""A stock QEMU in front of the device server: its own PCI host bridge enumerates and accesses our function.

No guest runs (`-S`): the accesses are a host's, through qtest. Guests are in the tests of `guest.py`.
"""

import socket
import subprocess
from contextlib import contextmanager

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env.qemu.intx import Qtest, line_of
from bedplate.env.qemu.server import Cable, Server
from bedplate.ip.sysid.driver import MAGIC

SCRATCH = Tern(MemoryBus()).die[0].sysid.regs.scratch[0].address
NOBODY = 0x00FF_F000
BASE = 0xE000_0000
ABORTED = 1 << 11


class Bridge:
    """The host bridge of a q35, over qtest: configuration mechanism 1, and memory."""

    def __init__(self, connection, lines, process):
        self.connection, self.lines, self.process = connection, lines, process

    def command(self, text):
        self.connection.sendall(text.encode() + b"\n")
        verdict, _, value = self.lines.readline().partition(" ")
        assert verdict.strip() == "OK", text
        return int(value, 0) if value else None

    def config_read(self, slot, offset, size=4):
        self.command(f"outl 0xcf8 {1 << 31 | slot << 11 | offset & ~3:#x}")
        return self.command(f"in{'bw l'[size - 1]} {0xCFC + offset % 4:#x}")

    def config_write(self, slot, offset, value, size=4):
        self.command(f"outl 0xcf8 {1 << 31 | slot << 11 | offset & ~3:#x}")
        self.command(f"out{'bw l'[size - 1]} {0xCFC + offset % 4:#x} {value:#x}")

    def enable(self, slot, base):
        self.config_write(slot, 0x10, base)
        self.config_write(slot, 0x04, 0x6, 2)


def start(qemu, arguments, files):
    ram = ["-m", "128M", "-object", "memory-backend-memfd,id=ram,size=128M,share=on", "-machine", "memory-backend=ram"]
    quiet = ["-display", "none", "-nodefaults", "-monitor", "none"]
    return subprocess.Popen([qemu, "-machine", "q35", "-accel", "tcg", "-S", *quiet, *ram, *arguments], pass_fds=files)


@contextmanager
def running(qemu, cable, folder):
    """A QEMU at the end of a cable, and its host bridge."""
    with socket.socket(socket.AF_UNIX) as listening:
        path = folder / f"qtest{len(list(folder.iterdir()))}"
        listening.bind(str(path))
        listening.listen()
        listening.settimeout(30)
        process = start(qemu, ["-qtest", f"unix:{path}", "-qtest-log", "/dev/null", *cable.arguments], cable.fds)
        cable.close()
        try:
            connection, _ = listening.accept()
            connection.settimeout(30)
            with connection, connection.makefile() as lines:
                yield Bridge(connection, lines, process)
        finally:
            process.kill()
            process.wait()


@pytest.fixture(params=["mpqemu", "vfio-user"])
def protocol(request, qemu_knows):
    device = {"mpqemu": "x-pci-proxy-dev", "vfio-user": "vfio-user-pci"}[request.param]
    if not qemu_knows(device):
        assert request.param == "vfio-user", "every x86 QEMU since 6.0 has x-pci-proxy-dev"
        pytest.skip("this QEMU has no vfio-user-pci: it is older than 10.1")
    return request.param


def test_a_host_finds_the_chip_and_reaches_it(qemu, protocol, tmp_path):
    with Server("model:tern") as server, running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
        assert bridge.config_read(4, 0) == Tern.pci_id[1] << 16 | Tern.pci_id[0]
        bridge.config_write(4, 0x10, 0xFFFF_FFFF)
        assert bridge.config_read(4, 0x10) == 0xFE00_0000
        bridge.enable(4, BASE)
        assert bridge.command(f"readl {BASE:#x}") == MAGIC
        bridge.command(f"writel {BASE + SCRATCH:#x} 0x12345678")
        assert bridge.command(f"readw {BASE + SCRATCH + 2:#x}") == 0x1234
        requests = [entry.transaction.request for entry in server.log()]
        assert [(one.address, one.size, one.is_write) for one in requests] == [
            (0, 4, False),
            (SCRATCH, 4, True),
            (SCRATCH + 2, 2, False),
        ]


def test_an_error_response_shows_in_the_status_register(qemu, protocol, tmp_path):
    with Server("model:tern") as server, running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
        bridge.enable(4, BASE)
        assert bridge.config_read(4, 0x06, 2) & ABORTED == 0
        assert bridge.command(f"readl {BASE + NOBODY:#x}") == 0xFFFF_FFFF
        assert bridge.config_read(4, 0x06, 2) & ABORTED
        bridge.config_write(4, 0x06, ABORTED, 2)
        assert bridge.config_read(4, 0x06, 2) & ABORTED == 0
        bridge.command(f"writel {BASE + NOBODY:#x} 1")
        assert bridge.config_read(4, 0x06, 2) & ABORTED


def test_the_link_width_can_be_read(qemu, protocol, tmp_path):
    with Server("model:tern") as server, running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
        at = bridge.config_read(4, 0x34, 1)
        assert bridge.config_read(4, at, 1) == 0x10
        if bridge.config_read(4, at + 2, 1) >> 4 == 9:
            assert protocol == "vfio-user"
            return  # QEMU makes a Root Complex Integrated Endpoint of it on a root bus, and those have no link
        assert bridge.config_read(4, at + 0x12, 2) & 0x3FF == 5 | 16 << 4


def test_the_chip_outlives_a_qemu_whose_power_is_cut(qemu, protocol, tmp_path):
    with Server("model:tern") as server:
        with running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
            bridge.enable(4, BASE)
            bridge.command(f"writel {BASE + SCRATCH:#x} 1")
            server.cut(bridge.process.pid, at=1, performed=True)
            bridge.connection.sendall(f"writel {BASE + SCRATCH:#x} 2\n".encode())
            assert bridge.lines.readline() == "", "no answer came"
            assert bridge.process.wait(30) == -9
        with running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
            assert bridge.config_read(4, 0x10) == 0
            bridge.enable(4, BASE)
            assert bridge.command(f"readl {BASE + SCRATCH:#x}") == 2
        assert {entry.connection for entry in server.log()} == {1, 2}


def test_a_surprise_link_down_reads_as_ones(qemu, protocol, tmp_path):
    with Server("model:tern") as server, running(qemu, server.connect(("pci",), protocol), tmp_path) as bridge:
        bridge.enable(4, BASE)
        server.link(False)
        assert bridge.command(f"readl {BASE:#x}") == 0xFFFF_FFFF
        assert bridge.config_read(4, 0) == 0xFFFF_FFFF
        server.link(True)
        bridge.enable(4, BASE)
        assert bridge.command(f"readl {BASE:#x}") == MAGIC


def test_a_qemu_outlives_the_server(qemu, tmp_path):
    """With mpqemu; over vfio-user QEMU waits for its whole message timeout first."""
    with Server("model:tern") as server, running(qemu, server.connect(("pci",), "mpqemu"), tmp_path) as bridge:
        bridge.enable(4, BASE)
        server.kill()
        assert bridge.command(f"readl {BASE:#x}") == 0xFFFF_FFFF
        assert bridge.process.poll() is None


def test_the_spi_controller_is_a_second_function(qemu, protocol, tmp_path):
    with Server("model:tern") as server:
        cable = server.connect(("pci", "spi"), protocol)
        if protocol == "mpqemu":  # of the two users of QEMU's one qtest, here it is the test
            assert cable.arguments[-2] == "-object"
            cable = Cable(cable.arguments[:-4], cable.fds)
        with running(qemu, cable, tmp_path) as bridge:
            assert bridge.config_read(3, 0) == 0x228E_8086
            assert bridge.config_read(4, 0) == 0x0A17_1234
            bridge.enable(3, BASE)
            bridge.command(f"writel {BASE + 0x28:#x} 0x123456")
            assert bridge.command(f"readl {BASE + 0x28:#x}") == 0x123456


def test_an_interrupt_line_of_the_q35_follows_the_function(qemu):
    ours, theirs = socket.socketpair()
    chardev = f"socket,id=qtest,fd={theirs.fileno()}"
    arguments = ["-chardev", chardev, "-object", "qtest,id=lines,chardev=qtest,log=/dev/null"]
    process = start(qemu, arguments, [theirs.fileno()])
    theirs.close()
    ours.settimeout(30)
    try:
        lines = ours.makefile()
        ours.sendall(b"irq_intercept_in ioapic\n")
        assert lines.readline() == "OK\n"
        pull = Qtest(ours).line(line_of(3))
        ours.settimeout(30)
        pull(True)
        assert sorted([lines.readline(), lines.readline()]) == ["IRQ raise 23\n", "OK\n"]
        pull(False)
        assert sorted([lines.readline(), lines.readline()]) == ["IRQ lower 23\n", "OK\n"]
    finally:
        process.kill()
        process.wait()
        lines.close()
        ours.close()
