"""The device server: a process of its own which has the chip, and outlives every QEMU that plays its controller.

    with Server("model:tern") as server:
        cable = server.connect(("pci",))
        qemu = Popen([..., *cable.arguments], pass_fds=cable.fds)
        cable.close()

Each `connect` is a controller that is plugged in: its functions are fresh from reset, the chip behind them is as it was left.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Literal, NamedTuple, NoReturn, cast

from bedplate.bus import Bus
from bedplate.converge import Chip
from bedplate.env.children import fork
from bedplate.env.qemu import channel
from bedplate.env.qemu.chip import LogEntry
from bedplate.env.qemu.service import SLOTS, run
from bedplate.env.targets import chip_type, open_bus, parse
from bedplate.errors import AccessError, EnvError, NotOwner, UnknownName

PATIENCE = 10
"""Seconds that a closing server gets before it is killed: a simulator may have waves to write."""

Protocol = Literal["mpqemu", "vfio-user"]


class Cable(NamedTuple):
    """What connects one QEMU, once: arguments of its command line, and the files that it must inherit."""

    arguments: tuple[str, ...]
    fds: tuple[int, ...]

    def close(self) -> None:
        """Close this process's copies of the files, once QEMU has its own: only then does its death reach the server."""
        for file in self.fds:
            os.close(file)


class Server:
    """A running device server for a target. Raises what opening and preparing it raises.

    Its threads wait for one another, each question for its own answer. To a forked child it is a stranger's (NotOwner).
    """

    def __init__(
        self, target: str, chip: type[Chip] | None = None, prepare: Callable[[Bus], object] | None = None
    ) -> None:
        """`target` is any that gives a bus: `model:tern?fault=...`, `rtl:tern`. It is opened in the server's process.

        There `prepare` may lead it to where the controllers are to find it, before the first one comes.
        """
        kind = self.chip = chip or chip_type(parse(target).name)
        self.target = target
        self._lock = Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._sockets = 0
        self._control, theirs = channel.pair()
        self._parent = os.getpid()
        self._number = 0
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = fork(partial(_child, theirs, target, kind, prepare))
        theirs.close()
        self._pidfd = os.pidfd_open(self.pid)
        try:
            self._answer()
        except BaseException:
            self.close()
            raise

    # What a test bench or a command does with it

    def connect(self, devices: Sequence[str] = ("pci",), protocol: Protocol = "mpqemu") -> Cable:
        """Plug in a controller with these devices: "pci", the chip's function, and "spi", a host controller with its bridges.

        Raises UnknownName, AccessError, ConfigError for a chip without a PCI function, EnvError.
        """
        for device in devices:
            if device not in SLOTS:
                raise UnknownName("device", device, SLOTS)
        if not devices or len(set(devices)) < len(devices):
            raise AccessError("a controller wants devices, each at most once", got=repr(tuple(devices)))
        if protocol == "mpqemu":
            return self._mpqemu(devices)
        if protocol == "vfio-user":
            return self._vfio_user(devices)
        raise UnknownName("protocol", protocol, ("mpqemu", "vfio-user"))

    def ask(self, name: str, *arguments: object) -> object:
        """Call a method of the raw bus (`plant_text`, `tenant`, `violations`, `state`, `now`, ...). Raises what it raises."""
        return self._call("ask", name, arguments)

    def log(self, since: int = 0) -> list[LogEntry]:
        """The transactions on the chip from that running number on; the latest 131072 are kept."""
        return cast(list[LogEntry], self._call("log", since))

    def cut(self, pid: int, at: int = 1, *, performed: bool = False) -> None:
        """Cut the power of a controller: SIGKILL for that process at the access to the chip that comes as number `at` from now.

        With `performed` the access still takes place, but its answer is never sent; else it does not take place. Over SPI the
        bridge stops within a burst in the same way. Raises AccessError, ProcessLookupError.
        """
        if at < 1:
            raise AccessError("a power cut wants an access to come", where=f"at={at}", wanted="1 or more")
        pidfd = os.pidfd_open(pid)
        try:
            self._call("cut", at, performed, files=[pidfd])
        finally:
            os.close(pidfd)

    def link(self, up: bool, *, reset: bool = True) -> None:
        """Take the PCI Express links of all controllers down or up, as by surprise.

        A link that goes down resets the function: its BARs and command register are cleared when it returns (PCI Express Base,
        6.6.1). Without `reset` they live, as when only completions are lost.
        """
        self._call("link", up, reset)

    def damage(
        self,
        chip_select: int = 0,
        *,
        errors: float = 0.0,
        losses: float = 0.0,
        stuck: Literal[0, 1] | None = None,
        seed: int = 0,
    ) -> None:
        """From here on the SPI lines to one of the chip's bridges are like this (see `Wire`); without more, as good as new."""
        self._call("damage", chip_select, errors, losses, stuck, seed)

    def kill(self) -> None:
        """Kill the server with the chip in it."""
        signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        self._reap()

    def close(self) -> None:
        """End the server. Controllers that are still connected read all ones from now on."""
        self._control.close()
        if self.pid and os.getpid() == self._parent:
            if not select.select([self._pidfd], [], [], PATIENCE)[0]:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            self._reap()
        if self._folder and os.getpid() == self._parent:
            self._folder.cleanup()
            self._folder = None

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Cables

    def _mpqemu(self, devices: Sequence[str]) -> Cable:
        interrupts = "spi" in devices
        pairs = [socket.socketpair() for _ in range(len(devices) + interrupts)]
        try:
            self._call("connect", tuple(devices), "mpqemu", files=[theirs.fileno() for _, theirs in pairs])
        except BaseException:
            for ours, _ in pairs:
                ours.close()
            raise
        finally:
            for _, theirs in pairs:
                theirs.close()
        files = tuple(ours.detach() for ours, _ in pairs)
        arguments = []
        for device, file in zip(devices, files, strict=False):
            arguments += ["-device", f"x-pci-proxy-dev,id={device},fd={file},addr={SLOTS[device]:02x}"]
        if interrupts:
            arguments += ["-chardev", f"socket,id=qtest,fd={files[-1]}"]
            arguments += ["-object", "qtest,id=lines,chardev=qtest,log=/dev/null"]
        return Cable(tuple(arguments), files)

    def _vfio_user(self, devices: Sequence[str]) -> Cable:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="bedplate-")
        arguments, listening = [], []
        for device in devices:
            self._sockets += 1
            path = Path(self._folder.name, f"{device}{self._sockets}.sock")
            one = socket.socket(socket.AF_UNIX)
            listening.append(one)
            one.bind(str(path))
            one.listen(1)
            options = {
                "driver": "vfio-user-pci",
                "id": device,
                "addr": f"{SLOTS[device]:02x}",
                "socket": {"type": "unix", "path": str(path)},
                "x-no-posted-writes": True,  # an error must be known before the next access
                "x-msg-timeout": 60_000,  # ms; a simulator takes its time
            }
            arguments += ["-device", json.dumps(options)]
        try:
            self._call("connect", tuple(devices), "vfio-user", files=[one.fileno() for one in listening])
        finally:
            for one in listening:
                one.close()
        return Cable(tuple(arguments), ())

    # The control channel

    def _call(self, *request: object, files: Sequence[int] = ()) -> object:
        if os.getpid() != self._parent:
            raise NotOwner(
                "this device server belongs to another process",
                where=self.target,
                wanted=f"process {self._parent}, of which this is a fork",
                got=f"process {os.getpid()}",
                next="start one in each process by itself",
            )
        with self._lock:
            self._number += 1
            try:
                channel.send(self._control, self._number, request, files)
            except OSError:
                self._died()
            return self._answer()

    def _answer(self) -> object:
        """The answer to the latest question; those to earlier ones, whose callers were interrupted, are dropped."""
        number = -1
        while number != self._number:
            try:
                number, message, _ = channel.receive(self._control)
            except (EOFError, OSError):
                self._died()
        answer, error = cast(tuple[object, Exception | None], message)
        if error is not None:
            raise error
        return answer

    def _died(self) -> NoReturn:
        raise EnvError(
            "the device server is gone",
            where=self.target,
            cause="it was closed or killed; else its last words are on stderr",
        )

    def _reap(self) -> None:
        if self.pid:
            os.waitpid(self.pid, 0)
            os.close(self._pidfd)
            self.pid = 0


def _child(control: socket.socket, target: str, chip: type[Chip], prepare: Callable[[Bus], object] | None) -> NoReturn:
    """The server's process: it keeps its channel and stderr, ends when the channel closes, and leaves Ctrl-C to its parent."""
    code = 1

    def opened() -> Bus:
        bus = open_bus(target, chip)
        if prepare:
            prepare(bus)
        return bus

    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _let_go(control.fileno())
        run(control, opened, chip)
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


def _let_go(kept: int) -> None:
    """Let go of every inherited file but stderr and one other.

    Their numbers stay taken: an inherited object that is collected later must not close a file of ours. What is printed goes to
    stderr, since stdout is the parent's alone.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for file in map(int, os.listdir("/proc/self/fd")):
        if file not in (kept, 2, nothing):
            with suppress(OSError):  # the listing's own
                os.fstat(file)
                os.dup2(nothing, file, inheritable=False)
    os.dup2(2, 1)
    sys.stdout = sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), line_buffering=True)
