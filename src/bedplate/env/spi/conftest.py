"""What the tests of this folder share: a line with noise, memory that remembers accesses, the pins of the RTL."""

import fcntl
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from bedplate.bus import Decorator, MemoryBus
from bedplate.env.spi import SpiBus
from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.frame import ACCESSES
from bedplate.env.spi.noise import bit_errors, flipped
from bedplate.gen.sources import write_registers

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
RTL = HERE.parents[1] / "ip" / "spi_br" / "rtl"
write_registers(RTL.parent, RTL.parent.name)
FIRST = [RTL / "spi_br_pkg.sv", RTL / "spi_br_regs.sv"]
SOURCES = [
    f"-I{ROOT / 'hw' / 'common'}",
    ROOT / "hw" / "verilator.vlt",
    ROOT / "hw" / "common" / "block_pkg.sv",
    *FIRST,
    *sorted(set(RTL.glob("*.sv")) - {*FIRST, RTL / "spi_br_block.sv"}),  # the bridge alone, without a slot
    HERE / "testdata" / "pins.sv",
    HERE / "testdata" / "pins.cpp",
]
SIZE = 0x3FF0


class Memory(Decorator):
    """Memory of 16 KiB less 16 bytes that remembers every access, as (address, value written or None, size)."""

    def __init__(self):
        super().__init__(MemoryBus(SIZE))
        self.log = []

    def transact(self, request):
        words = super().transact(request)
        self.log.append((request.address, request.values and request.values[0], request.size))
        return words

    def accesses(self):
        """The accesses since the last time."""
        log, self.log = self.log, []
        return log


class Line:
    """The wire to a bridge. `errors` is the chance of a bit to flip, `losses` that of a frame to vanish or to come twice."""

    def __init__(self, bridge, errors=0.0, losses=0.0, seed=0):
        self.bridge, self.errors, self.losses = bridge, errors, losses
        self.random = random.Random(seed)
        self.frames = []
        self.deaf = False
        """Accesses get lost on their way to the bridge, questions do not."""

    def __call__(self, chip_select, data):
        self.frames.append(data)
        if self.deaf and data[0] & 0xF in ACCESSES:
            return bytes(len(data))
        came = self._damaged(data)
        if self.random.random() < self.losses:
            if self.random.random() < 0.5:
                return bytes(len(data))
            self.bridge.exchange(came)
        if self.random.random() < self.losses:  # a clock edge too many or too few, then noise
            cut = self.random.randrange(len(came))
            self.bridge.exchange(came[:cut], cut=True)
            return bytes(len(data))
        return self._damaged(self.bridge.exchange(came))

    def _damaged(self, data):
        return flipped(data, bit_errors(8 * len(data), self.errors, self.random)) if self.errors else data


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def bridge(memory):
    return Bridge(memory)


@pytest.fixture
def connect(memory):
    """A bus over a line, on the memory's time; nonces count up."""
    count = iter(range(0x1001, 1 << 32))

    def make(line):
        return SpiBus(line, memory.now, memory.sleep, nonce=lambda: next(count))

    return make


@pytest.fixture
def line(bridge):
    """A line without errors."""
    return Line(bridge)


@pytest.fixture
def noisy(bridge):
    """A line with that rate of bit errors and of lost frames."""
    return lambda errors, losses: Line(bridge, errors, losses)


@pytest.fixture
def attached(connect, line):
    """A controller on a line without errors, which has not said anything yet."""
    return connect(line)


class Pins:
    """The RTL of the bridge with memory behind it; the commands are those of `testdata/pins.cpp`."""

    def __init__(self, binary):
        self.process = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, command, *arguments):
        words = [format(word, "x") if isinstance(word, int) else word for word in arguments]
        self.process.stdin.write(" ".join([command, *words]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer.endswith("\n"), f"the harness died of {command}"
        return answer.strip()

    def exchange(self, data, cut=False):
        """One frame; `cut` adds three bits."""
        return bytes.fromhex(self("frame", data.hex() or "-", 3 if cut else 0))

    def accesses(self):
        """The accesses to the memory since the last time, as those of `Memory`, but with lanes (bits) instead of a size."""
        found = []
        for text in self("log").split():
            kind, *words = text.split(":")
            address, *rest = (int(word, 16) for word in words)
            found.append((address, rest[0] if kind == "w" else None, rest[1] if kind == "w" else 0xF))
        return found

    def register(self, offset):
        return int(self("get", offset), 16)

    def bus(self, nonce=lambda: 0x51):
        """A controller at these pins."""
        return SpiBus(
            lambda chip_select, data: self.exchange(data),
            lambda: int(self("time")),
            lambda duration: self("run", max(duration // 10, 1)) and None,
            nonce=nonce,
        )

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture(scope="session")
def pins_binary(tmp_path_factory):
    """The harness, built once for all workers of a run."""
    if not shutil.which("verilator"):
        pytest.fail("verilator is not installed: apt-get install verilator")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "spi_pins"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        binary = folder / "obj" / "pins"
        if not binary.exists():
            command = ["verilator", "--cc", "--exe", "--build", "-Wno-WIDTH", "--top-module", "pins"]
            command += [
                "-MAKEFLAGS",
                "OPT_FAST=-O1",
                "-MAKEFLAGS",
                "OPT_GLOBAL=-O0",
            ]  # compiling takes longer than running
            command += ["--Mdir", str(folder / "obj"), "-o", "pins", *map(str, SOURCES)]
            built = subprocess.run(command, capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stderr
    return binary


@pytest.fixture
def pins(pins_binary):
    pins = Pins(pins_binary)
    yield pins
    pins.close()
