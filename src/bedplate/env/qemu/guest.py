"""A guest: Debian in a stock QEMU with this very checkout in it, which does one job after another.

    with Server("model:tern") as server, Guest(server, ("pci",)) as guest:
        done = guest.run(["bedplate", "-t", "pci:auto", "--json", "up"])
        print(done.code, done.stdout)

A job's output is exact to the byte: it comes in frames over a virtio console (see `agent.py`). What the kernel's console says is
kept, and shown when a guest ends that should not.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple, NoReturn

from bedplate.converge import Chip
from bedplate.env.cache import tool
from bedplate.env.owner import Owner
from bedplate.env.qemu import acpi, agent, lpss, machine
from bedplate.env.qemu.image import LINK, Image, Listen, image
from bedplate.env.qemu.luggage import carried, place_of
from bedplate.env.qemu.machine import Machine
from bedplate.env.qemu.server import Protocol, Server
from bedplate.errors import EnvError, UnknownName

TOOLS = {
    machine.QEMU: machine.PACKAGE,
    "iasl": "acpica-tools",
    "apt-get": "apt",
    "apt-cache": "apt",
    "dpkg-deb": "dpkg",
}
"""Programs that make and run a guest, and the Debian packages that have them."""

BOOT_LIMIT = 90.0
"""Seconds that a guest has to boot; it takes 4 on an idle machine. One that does not is started once more."""

DYING = 5.0
"""Seconds that a QEMU has to end after it closed its link."""

PIECE = 1 << 16

Take = Callable[[bytes], object]
"""Who takes output as it comes."""


class Done(NamedTuple):
    """A job that has ended: its exit code (negative: the signal that ended it), and what it said if nobody else took it."""

    code: int
    stdout: bytes
    stderr: bytes


class GuestEnded(EnvError):
    """QEMU ended while its guest was wanted. `status` says how: negative is the signal that killed it, as a power cut does."""

    status: int | None = None


class Guest:
    """A guest that has booted, with devices of a server plugged in; without a server it has none.

    QEMU and server are pinned to one processor of the host, since they take turns: to wake another one costs more than an
    access. With `icount` the guest's time stands while it waits for an access, for a chip that is slower than real time.
    The guest dies with the thread that made it, and works for one thread (NotOwner). Raises ToolMissing, EnvError, UnknownName.
    """

    def __init__(
        self,
        server: Server | None = None,
        devices: Sequence[str] = ("pci",),
        *,
        icount: bool = False,
        protocol: Protocol | None = None,
        modules: Sequence[str] = (),
        listen: Listen = lambda text: None,
    ) -> None:
        """`devices` and `protocol` as for `Server.connect`, by default the protocol that this QEMU speaks; `modules` are loaded besides those of the devices; `listen` hears of the work."""
        require_tools()
        self.facts: Mapping[str, object] = {}
        """What the guest says of itself when it has booted (see `agent.facts`), and `boot`: the seconds that it took."""
        self._owner, self._at_work, self._torn = Owner("guest"), False, False
        built = image(listen, carried(server.chip) if server is not None else {})
        spi = server is not None and "spi" in devices
        parameters = [_load(built, (*LINK, *(lpss.MODULES if spi else ()), *modules))]
        core = machine.core()
        if server is not None:
            os.sched_setaffinity(server.pid, {core})
        for last in (False, True):
            cable = server.connect(devices, protocol or machine.protocol()) if server is not None else None
            more = acpi.arguments() if spi else ()
            self._frames = agent.Frames()
            self.machine = Machine(built.kernel, built.archives, parameters, cable, more, core, icount)
            try:
                self._boot(listen)
                return
            except BaseException as error:
                self.close()
                if last or not isinstance(error, EnvError):
                    raise
                listen(f"the guest did not boot ({error.what}), once more")

    def _boot(self, listen: Listen) -> None:
        listen("booting the guest")
        started = time.monotonic()
        for kind, data in self.frames(BOOT_LIMIT):
            if kind == agent.READY:
                self.facts = {**json.loads(data), "boot": time.monotonic() - started}
                return

    # Jobs

    def run(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        stdout: Take | None = None,
        stderr: Take | None = None,
        limit: float | None = None,
    ) -> Done:
        """Do a job and wait for its end, `limit` seconds at most. Raises GuestEnded, and EnvError when it takes too long."""
        said: dict[bytes, list[bytes]] = {agent.OUTPUT: [], agent.ERRORS: []}
        take = {agent.OUTPUT: stdout or said[agent.OUTPUT].append, agent.ERRORS: stderr or said[agent.ERRORS].append}
        self.begin(argv, stdin=stdin, env=env)
        for kind, data in self.frames(limit):
            if kind == agent.EXIT:
                break
            take[kind](data)
        (code,) = agent.CODE.unpack(data)
        return Done(code, *(b"".join(pieces) for pieces in said.values()))

    def begin(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        tty: Sequence[int] = (),
        size: tuple[int, int] = (24, 80),
    ) -> None:
        """Begin a job, for `frames` to follow. `tty`: which of 0, 1 and 2 are a terminal, of so many rows and columns.

        One before it that has not ended, since who waited for it was interrupted, is killed, and its words are dropped.
        """
        self._owner.enter()
        if self._at_work:
            self.send(agent.SIGNAL, bytes([signal.SIGKILL]))
            for kind, _ in self.frames(BOOT_LIMIT):
                if kind == agent.EXIT:
                    break
        order = {"argv": list(argv), "env": dict(env or {}), "tty": list(tty), "size": size}
        self.send(agent.JOB, json.dumps(order).encode() + b"\n" + stdin)

    def frames(self, limit: float | None = None, also: int | None = None) -> Iterator[tuple[bytes, bytes]]:
        """What the guest sends, as it comes. Each time the file `also` can be read there is a frame that is empty, of no kind.

        Raises GuestEnded, and EnvError when `limit` seconds are over.
        """
        link = self.machine.link
        files: list[int] = [link.fileno(), *(() if also is None else (also,))]
        end = None if limit is None else time.monotonic() + limit
        while True:
            self._owner.enter()
            for kind, data in self._frames.feed(b""):  # first what an earlier caller has left
                self._at_work = self._at_work and kind != agent.EXIT
                yield kind, data
            ready = select.select(files, [], [], None if end is None else max(0.0, end - time.monotonic()))[0]
            if not ready:
                raise EnvError(
                    "the guest takes too long",
                    wanted=f"at most {limit:g} s",
                    got=self.machine.console(),
                    cause="it hangs, or this machine is very busy",
                )
            if also in ready:
                yield b"", b""
            if link.fileno() in ready:
                self._receive()

    def send(self, kind: bytes, data: bytes = b"") -> None:
        """A frame to the guest's agent. Raises GuestEnded."""
        self._owner.enter()
        with self._whole():
            self._at_work = self._at_work or kind == agent.JOB
            self.machine.link.sendall(agent.frame(kind, data))

    def _receive(self) -> None:
        with self._whole():
            data = self.machine.link.recv(PIECE)
            if not data:
                raise EOFError
            self._frames.add(data)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What may not stop half-way: after an interruption in here nobody knows where a frame begins. Raises GuestEnded."""
        if self._torn:
            raise EnvError(
                "the link to the guest is torn",
                cause="an interruption in the middle of a frame",
                next="start another guest",
            )
        self._torn = True
        try:
            yield
        except (OSError, EOFError):
            self._torn = False
            self._ended()
        self._torn = False

    def _ended(self) -> NoReturn:
        status = self.machine.ended(DYING)
        killed = status is not None and status < 0
        error = GuestEnded(
            "the guest's power was cut" if killed else "the guest has ended",
            where="QEMU",
            wanted="a job's exit code" if self.facts else "a guest that boots",
            got=signal.Signals(-status).name if status is not None and killed else self.machine.console(),
        )
        error.status = status
        raise error

    # The machine

    @property
    def pid(self) -> int:
        """Of QEMU."""
        return self.machine.pid

    def cut(self) -> None:
        """Cut the controller's power: SIGKILL for QEMU."""
        self.machine.cut()

    def close(self) -> None:
        """Take everything down. Nothing in a guest is worth saving."""
        self.machine.close()

    def __enter__(self) -> Guest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _load(built: Image, modules: Sequence[str]) -> str:
    """The kernel's parameter that makes `init` load modules, and before them what they depend on."""
    for name in modules:
        if name not in built.modules:
            raise UnknownName("module of the guest", name, built.modules)
    files = dict.fromkeys(file for name in modules for file in built.modules[name])
    return "MODULES=" + ",".join(files)


def inner_target(device: str, chip: type[Chip]) -> str:
    """The target by which a guest opens a chip that is plugged in as this device."""
    if device == "spi":
        return f"spi:{','.join(lpss.NODES[: len(chip.ports)])}?chip={place_of(chip)}"
    return f"pci:auto?chip={place_of(chip)}"


def requirements() -> Iterator[tuple[str, str, str]]:
    """What a guest needs of this machine: (tool, what was found, the command that installs it)."""
    for name, package in TOOLS.items():
        yield name, shutil.which(name) or "", f"apt-get install {package}"


def require_tools() -> None:
    """Raise ToolMissing for the first tool that is not there, with the command that installs it."""
    for name, package in TOOLS.items():
        tool(name, package)
