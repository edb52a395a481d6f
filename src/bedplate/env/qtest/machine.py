"""Machines: which QEMU a chip is found in, started with its processors stopped, or met where it runs.

A module `machine` beside a chip's class says so, as data:

    ARCHITECTURE = "arm"                    which QEMU
    ARGUMENTS = ("-M", "npcm750-evb")       its machine, and what is plugged into it
    PORT_WRITES = ((0xCF8, 0x80000060),)    left out where there are none: what firmware would have written to I/O ports (32 bits)
    I2C = (0x1E78A040, 0x60)                left out where the chip is the machine: it is a device on an I2C bus, behind the registers of an
                                            Aspeed controller there, at this address
    I2C_WRITES = (b"\x00\x01",)             left out where there are none: messages that it gets at power-on, for what its
                                            non-volatile memory would hold
"""

from __future__ import annotations

import socket
import subprocess
import tempfile
import weakref
from collections.abc import Sequence
from typing import IO, NamedTuple

from bedplate.component.plugin import beside, member
from bedplate.converge import Chip
from bedplate.env.cache import tool
from bedplate.env.children import dies_with_us
from bedplate.env.targets import known_chips
from bedplate.errors import EnvError, UnknownName

MODULE = "machine"
PACKAGES = {"arm": "qemu-system-arm", "riscv64": "qemu-system-misc", "x86_64": "qemu-system-x86"}
"""Debian's package of each architecture's QEMU."""

ALONE = ("-display", "none", "-nodefaults", "-serial", "none", "-monitor", "none")
STOPPED = {"tcg": ("-accel", "tcg", "-S"), "qtest": ("-accel", "qtest")}
"""How processors are kept from running. `qtest` has none that would; and with -S its timers would not run either."""


class MachineSpec(NamedTuple):
    """What `machine` beside a chip's class says."""

    architecture: str
    arguments: Sequence[str]
    port_writes: Sequence[tuple[int, int]]
    i2c: tuple[int, int] | None = None
    i2c_writes: Sequence[bytes] = ()


class QemuLink:
    """The way to a QEMU: its socket, and the process where it is ours, which ends with this object and with our process."""

    def __init__(
        self, connection: socket.socket, process: subprocess.Popen[bytes] | None, log: IO[bytes] | None
    ) -> None:
        self.connection = connection
        self.process = process
        self._log = log
        self.close = weakref.finalize(self, _end, connection, process, log)

    def last_words(self) -> str:
        """What QEMU said on its standard error, the end of it; and how it ended, if it did."""
        if self.process is None or self._log is None or self._log.closed:
            return ""
        try:
            status = f"exit status {self.process.wait(1)}"
        except subprocess.TimeoutExpired:
            status = "still running"
        self._log.seek(0)
        return f"{status}: {self._log.read().decode(errors='replace')[-500:].strip()}"


def has(chip: type[Chip]) -> bool:
    """Whether a machine is said to have the chip."""
    return beside(chip, MODULE) is not None


def machine_of(chip: type[Chip]) -> MachineSpec:
    """The machine that has a chip, from the module `machine` beside the chip's class. Raises UnknownName without one, ConfigError."""
    module = beside(chip, MODULE)
    if module is None:
        place = f"{chip.__module__}: {MODULE}.py beside it"
        raise UnknownName("machine of chip", chip.name, known_chips("qtest"), where=place)
    return MachineSpec(
        member(module, "ARCHITECTURE", str, 'ARCHITECTURE = "arm", or another that there is a QEMU for'),
        member(module, "ARGUMENTS", tuple, 'ARGUMENTS = ("-M", "pc"), those of its machine'),
        getattr(module, "PORT_WRITES", ()),
        getattr(module, "I2C", None),
        getattr(module, "I2C_WRITES", ()),
    )


def find(architecture: str) -> str:
    """The path of an architecture's QEMU. Raises ToolMissing."""
    name = f"qemu-system-{architecture}"
    return tool(name, PACKAGES.get(architecture, name))


def start(machine: MachineSpec, accel: str = "tcg") -> QemuLink:
    """A fresh QEMU with this machine, as it is after power-on, its time kept by `accel`. Raises ToolMissing; that it cannot start shows at the first request."""
    program = find(machine.architecture)
    ours, theirs = socket.socketpair()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the link
    number = theirs.fileno()
    channel = ("-chardev", f"socket,id=qtest,fd={number}", "-object", "qtest,id=qtest0,chardev=qtest,log=/dev/null")
    with theirs:
        process = subprocess.Popen(
            [program, *machine.arguments, *STOPPED[accel], *ALONE, *channel],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(number,),
            preexec_fn=dies_with_us(),
        )
    return QemuLink(ours, process, log)


def attach(path: str) -> QemuLink:
    """A QEMU that listens at this socket. Raises EnvError."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
    except OSError as error:
        connection.close()
        raise EnvError(
            "no QEMU listens here",
            where=path,
            got=str(error),
            next=f"start one: qemu-system-... -accel tcg -S ... -qtest unix:{path},server=on,wait=off",
        ) from error
    return QemuLink(connection, None, None)


def _end(connection: socket.socket, process: subprocess.Popen[bytes] | None, log: IO[bytes] | None) -> None:
    connection.close()
    if process is not None:
        process.kill()
        process.wait()
    if log is not None:
        log.close()
