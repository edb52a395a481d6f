"""One run of a stock QEMU: a PC with one processor, memory that others may map, a console that is kept, and a link to its guest.

One processor, always: QEMU 7.2 answers a second one's access to a device in another process with zeros, silently (its guard
against re-entrant I/O). Never KVM because it is there: it may be one in which plain guests hang.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bedplate.env.cache import tool
from bedplate.env.children import dies_with_us
from bedplate.env.qemu.server import Cable, Protocol
from bedplate.errors import EnvError

QEMU, PACKAGE = "qemu-system-x86_64", "qemu-system-x86"

MEMORY = 512
"""MiB that the guest has. Of the host it takes what is touched."""

CPU = "qemu64,+rdrand"
"""With a source of random numbers: without one Python waits for a second until the kernel has made some out of jitter."""

KERNEL = (
    "console=ttyS0",
    "quiet",
    "panic=-1",  # at once, and -no-reboot makes it an end
    # The rest saves a quarter of the time to boot, and nothing that anybody here would miss.
    "mitigations=off",
    "tsc=reliable",
    "no_timer_check",
    "cryptomgr.notests",
    "rodata=off",
)
"""The kernel's command line."""

INSTRUCTION = 3
"""With `icount`, an instruction takes 2^3 ns of the guest's time: about what it takes of the host's."""

LOST = (8, 2)
"""The version from which on `x-pci-proxy-dev` is of no use on a q35 without KVM."""

TAIL = 25
"""Lines of the console that an error shows."""


class Machine:
    """A running QEMU. It dies with the thread that started it. Raises ToolMissing.

    `link` is the host's end of a stream that the guest finds at /dev/vport0p1.
    """

    def __init__(
        self,
        kernel: Path,
        archives: Sequence[Path],
        parameters: Sequence[str],
        cable: Cable | None,
        more: Sequence[str],
        core: int,
        icount: bool,
    ) -> None:
        """`parameters` are for the kernel's command line, `more` for QEMU's; `core` is the host's that it runs on."""
        self.link, theirs = socket.socketpair()
        initrd = _joined(archives)
        self._log = os.memfd_create("console")
        fds = (theirs.fileno(), initrd, *(cable.fds if cable is not None else ()))
        self.command = [
            tool(QEMU, PACKAGE),
            *("-machine", "q35,memory-backend=memory", "-accel", "tcg", "-cpu", CPU, "-smp", "1"),
            *("-m", str(MEMORY)),
            *("-object", f"memory-backend-memfd,id=memory,size={MEMORY}M,share=on"),
            *("-no-user-config", "-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio"),
            *("-kernel", str(kernel), "-initrd", f"/proc/self/fd/{initrd}"),
            *("-append", " ".join((*KERNEL, *parameters))),
            *("-chardev", f"socket,id=link,fd={theirs.fileno()}"),
            *("-device", "virtio-serial-pci,addr=05", "-device", "virtserialport,chardev=link,nr=1"),
            *(("-icount", f"shift={INSTRUCTION},sleep=on") if icount else ()),
            *(cable.arguments if cable is not None else ()),
            *more,
        ]
        try:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=fds,
                start_new_session=True,  # Ctrl-C is for us, and for the guest if we say so
                preexec_fn=dies_with_us({core}),
            )
        finally:
            theirs.close()
            os.close(initrd)
            if cable is not None:
                cable.close()

    @property
    def pid(self) -> int:
        """Of QEMU."""
        return self._process.pid

    def ended(self, patience: float) -> int | None:
        """How QEMU ended (negative: the signal that killed it), or None if it goes on for so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(patience)
        return None

    def console(self) -> str:
        """The last of what the kernel's console and QEMU itself have said."""
        if self._log < 0:
            return ""
        said = os.pread(self._log, os.fstat(self._log).st_size, 0)
        lines = [line.strip() for line in said.decode(errors="replace").splitlines()]
        return "\n".join([line for line in lines if line][-TAIL:])

    def cut(self) -> None:
        """Cut the power: SIGKILL."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Take everything down; once more does nothing."""
        self.cut()
        self.link.close()
        if self._log >= 0:
            os.close(self._log)
            self._log = -1


def protocol() -> Protocol:
    """How this QEMU speaks to a device in another process. Raises ToolMissing, and EnvError for one that cannot, without KVM."""
    program = tool(QEMU, PACKAGE)

    def says(*words: str) -> str:
        return subprocess.run([program, *words], capture_output=True, text=True, check=False).stdout

    if "vfio-user-pci options:" in says("-device", "vfio-user-pci,help"):
        return "vfio-user"
    version = re.search(r"version (\d+)\.(\d+)", says("--version"))
    if version is not None and (int(version[1]), int(version[2])) >= LOST:
        raise EnvError(
            "this QEMU has no way to a device in another process",
            where=program,
            wanted="7.2 to 8.1 (x-pci-proxy-dev), or 10.1 and newer (vfio-user-pci)",
            got=".".join(version.groups()),
            cause="between these, x-pci-proxy-dev ends QEMU by SIGSEGV where it emulates the processor",
            next="put another QEMU first on PATH",
        )
    return "mpqemu"


def core() -> int:
    """A processor of the host for a machine and its server; by its number, so that those of a test run are spread."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[os.getpid() % len(allowed)]


def _joined(archives: Sequence[Path]) -> int:
    """The archives as one file in memory: QEMU takes one."""
    fd = os.memfd_create("initrd")
    for path in archives:
        with path.open("rb") as file:
            while os.sendfile(fd, file.fileno(), None, 1 << 30):
                pass
    return fd
