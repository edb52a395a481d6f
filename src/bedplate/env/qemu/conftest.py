"""What the tests of this folder share: clients of both protocols, written from the documents, and memory behind a BAR."""

import select
import shutil
import socket
import struct
import subprocess

import pytest

from bedplate.env.qemu.mpqemu import Mpqemu
from bedplate.env.qemu.pci import Function, PcieLink, PciIdentity
from bedplate.env.qemu.vfio_user import VfioUser
from bedplate.errors import BusFault

IDENTITY = PciIdentity(0x1234, 0x0A17, 0x120000, 3, 0x4321, 0x00BD)
BASE = 0xE000_0000


class Memory:
    """Bytes behind a BAR. It keeps every access as (verb, offset, size); those at `broken` offsets end in an error response."""

    def __init__(self, size=4096):
        self.size = size
        self.bytes = bytearray(size)
        self.accesses = []
        self.broken = set()

    def read(self, offset, size):
        self._note("read", offset, size)
        return int.from_bytes(self.bytes[offset : offset + size], "little")

    def write(self, offset, value, size):
        self._note("write", offset, size)
        self.bytes[offset : offset + size] = value.to_bytes(size, "little")

    def _note(self, verb, offset, size):
        assert size in (1, 2, 4)
        assert 0 <= offset <= self.size - size
        self.accesses.append((verb, offset, size))
        if offset in self.broken:
            raise BusFault("broken", where=f"0x{offset:x}")


class Host:
    """What a host can do with a function, whatever carries it."""

    def enable(self, address=BASE):
        """Place BAR 0 and let it decode, as firmware does."""
        self.config_write(0x10, address, 4)
        self.config_write(0x04, 0x6, 2)

    @property
    def status(self):
        return self.config_read(0x06, 2)


class Direct(Host):
    """No transport at all."""

    def __init__(self, function):
        self.config_read, self.config_write = function.config_read, function.config_write
        self.read, self.write, self.reset = function.read, function.write, function.reset

    def close(self):
        pass


class MpqemuClient(Host):
    """QEMU's side of mpqemu. `serve` lets the other side work, where it is not a process of its own."""

    def __init__(self, connection, serve=lambda: None):
        self.connection, self.serve = connection, serve
        connection.settimeout(10)

    def request(self, command, payload, files=()):
        """A request and its answer; None when the other side hangs up instead."""
        socket.send_fds(self.connection, [struct.pack("=iiQ", command, -1, len(payload)) + payload], files)
        self.serve()
        answer = self.connection.recv(24)
        if not answer:
            return None
        command, _, size, value = struct.unpack("=iIQQ", answer)
        assert (command, size) == (1, 8)
        return value

    def config_read(self, offset, size):
        return self.request(3, struct.pack("=IIi", offset, 0, size))

    def config_write(self, offset, value, size):
        self.request(2, struct.pack("=IIi", offset, value, size))

    def read(self, bar, offset, size):
        return self.request(5, struct.pack("=QQIB3x", self._address(bar) + offset, 0, size, 1))

    def write(self, bar, offset, value, size):
        return self.request(4, struct.pack("=QQIB3x", self._address(bar) + offset, value, size, 1))

    def reset(self):
        self.request(7, b"")

    def close(self):
        self.connection.close()

    def _address(self, bar):
        """QEMU knows where it mapped a BAR. Here it is always where `enable` puts it."""
        return BASE + (bar << 24)


class VfioClient(Host):
    """A vfio-user client."""

    def __init__(self, connection, serve=lambda: None):
        self.connection, self.serve, self.number = connection, serve, 0
        connection.settimeout(10)
        error, body = self.request(1, struct.pack("<HH", 0, 0) + b'{"capabilities":{"max_msg_fds":16}}\0')
        assert (error, body[:4]) == (0, bytes(4))

    def request(self, command, body=b"", files=(), flags=0):
        """(errno, body) of the answer; None when the other side hangs up instead."""
        self.number += 1
        message = struct.pack("<HHIII", self.number, command, 16 + len(body), flags, 0) + body
        socket.send_fds(self.connection, [message], files)
        self.serve()
        if flags & 0x10:
            return None
        head = self.connection.recv(16)
        if not head:
            return None
        number, echo, size, kind, error = struct.unpack("<HHIII", head)
        assert (number, echo) == (self.number, command)
        assert kind == (0x21 if error else 1)
        return error, self.connection.recv(size - 16) if size > 16 else b""

    def access(self, command, region, offset, size, data=b""):
        error, body = self.request(command, struct.pack("<QII", offset, region, size) + data)
        if error:  # refused by the server: no BAR is there, so nobody answers
            return b"\xff" * size
        assert struct.unpack_from("<QII", body) == (offset, region, size)
        return body[16:]

    def config_read(self, offset, size):
        return int.from_bytes(self.access(9, 7, offset, size), "little")

    def config_write(self, offset, value, size):
        self.access(10, 7, offset, size, value.to_bytes(size, "little"))

    def read(self, bar, offset, size):
        return int.from_bytes(self.access(9, bar, offset, size), "little")

    def write(self, bar, offset, value, size):
        self.access(10, bar, offset, size, value.to_bytes(size, "little"))

    def reset(self):
        assert self.request(13) == (0, b"")

    def close(self):
        self.connection.close()


def carried(kind, function):
    """A host that reaches the function directly, or by one of the protocols within this process; and what serves it."""
    if kind == "direct":
        return Direct(function), None
    ours, theirs = socket.socketpair()
    end = (Mpqemu if kind == "mpqemu" else VfioUser)(function, theirs)
    return (MpqemuClient if kind == "mpqemu" else VfioClient)(ours, lambda: drain(end)), end


def drain(end):
    """Serve as long as there is something to serve, as the server's loop does."""
    while select.select([end], [], [], 0)[0] and end.serve():
        pass


class World:
    """A function with 4 KiB of memory behind BAR 0 and 64 KiB behind BAR 2, and a host that reaches it."""

    def __init__(self, kind, **options):
        self.memory, self.other = Memory(), Memory(1 << 16)
        self.function = Function(IDENTITY, [self.memory, None, self.other], link=PcieLink(speed=4, width=8), **options)
        self.host, self.end = carried(kind, self.function)

    def close(self):
        self.host.close()
        if self.end:
            self.end.close()


@pytest.fixture(params=["direct", "mpqemu", "vfio-user"])
def world(request):
    world = World(request.param)
    yield world
    world.close()


@pytest.fixture
def make_world():
    made = []

    def make(kind, **options):
        made.append(World(kind, **options))
        return made[-1]

    yield make
    for world in made:
        world.close()


@pytest.fixture(scope="session")
def qemu():
    """The stock QEMU of this machine."""
    found = shutil.which("qemu-system-x86_64")
    if not found:
        pytest.fail("qemu-system-x86_64 is missing: apt-get install qemu-system-x86")
    return found


@pytest.fixture(scope="session")
def qemu_knows(qemu):
    """Whether this QEMU has a device of that name."""

    def knows(device):
        asked = subprocess.run(
            [qemu, "-device", f"{device},help"], capture_output=True, text=True, timeout=60, check=False
        )
        return f"{device} options:" in asked.stdout

    return knows
