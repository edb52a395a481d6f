"""Inside the device server: one loop over the control channel and all the sockets of all the QEMUs.

A connection is one controller: it has functions of its own, fresh from reset, and they lead to the same chip.
"""

from __future__ import annotations

import select
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Literal, NamedTuple, Protocol, cast

from bedplate.bus import Bus, Split
from bedplate.converge import Chip
from bedplate.env.qemu import channel
from bedplate.env.qemu.chip import ChipPath, CutToCome, LogEntry, PowerCut, Shared, ports_of
from bedplate.env.qemu.intx import Qtest, line_of
from bedplate.env.qemu.lpss import Controller
from bedplate.env.qemu.mpqemu import Mpqemu
from bedplate.env.qemu.pci import Function, PcieLink, PciIdentity
from bedplate.env.qemu.vfio_user import VfioUser
from bedplate.env.qemu.wire import Wire
from bedplate.env.spi.bridge import Bridge
from bedplate.errors import ConfigError, EnvError, UnknownName

SLOTS = {"pci": 4, "spi": 3}
"""The devices that a controller may have, and their slots."""
PROCESSING_ACCELERATOR = 0x12_00_00


class Handler(Protocol):
    """Something that is served when its file is readable, until `serve` says that the other end is gone."""

    def fileno(self) -> int:
        """The descriptor that is waited for."""

    def serve(self) -> bool:
        """Do what there is to do now; False when it has come to its end. Raises EnvError, OSError."""

    def close(self) -> None:
        """Let go of the descriptor."""


class Served(NamedTuple):
    """A handler, the number of its connection, and the function that it serves, if any, with the device's name."""

    handler: Handler
    connection: int
    device: str
    function: Function | None


class ServiceSocket:
    """A UNIX socket on which one QEMU is awaited."""

    def __init__(self, listening: socket.socket, accepted: Callable[[socket.socket], None]) -> None:
        listening.setblocking(False)
        self._socket = listening
        self._accepted = accepted

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def serve(self) -> bool:
        """Take the QEMU that has come, and await no other."""
        with suppress(BlockingIOError):
            self._accepted(self._socket.accept()[0])
            return False
        return True


class Service:
    """The device server's work. The methods without an underscore are what may be called over the control channel."""

    def __init__(self, bus: Bus, chip: type[Chip], control: socket.socket) -> None:
        self._bus = bus
        self._chip = chip
        self._shared = Shared(bus)
        self._ports = ports_of(chip)
        self._wires = [Wire(Bridge(Split([(reach, ChipPath(self._shared, "spi", [reach]))]))) for reach in self._ports]
        self._control = control
        self._epoll = select.epoll()
        self._epoll.register(control, select.EPOLLIN)
        self._served: dict[int, Served] = {}
        self._connections = 0
        self._link_up = True

    # Over the control channel

    def connect(self, devices: Sequence[str], protocol: str, files: Sequence[int]) -> None:
        """A controller comes: a socket for each device, and one for its interrupt lines where they need it."""
        self._connections += 1
        sockets = [socket.socket(fileno=file) for file in files]
        functions = [self._function(device) for device in devices]
        for device, function, one in zip(devices, functions, sockets, strict=False):
            if protocol == "mpqemu":
                self._serve(Served(Mpqemu(function, one), self._connections, device, function))
            else:
                accepted = partial(self._accepted, self._connections, device, function)
                self._serve(Served(ServiceSocket(one, accepted), self._connections, device, function))
        if len(sockets) > len(devices):
            lines = Qtest(sockets[-1])
            for device, function in zip(devices, functions, strict=True):
                function.interrupt_line = lines.line(line_of(SLOTS[device]))
            self._serve(Served(lines, self._connections, "", None))

    def ask(self, name: str, arguments: Sequence[object]) -> object:
        """Call a method of the raw bus, or get its attribute, in the chip's time. Raises UnknownName, and what it raises."""
        if not hasattr(self._bus, name):
            raise UnknownName("method of the bus", name, dir(self._bus))
        self._shared.catch_up()
        what = getattr(self._bus, name)
        return what(*arguments) if callable(what) else what

    def log(self, since: int) -> list[LogEntry]:
        """What happened on the chip from entry `since` on."""
        return self._shared.log(since)

    def cut(self, at: int, performed: bool, files: Sequence[int]) -> None:
        """Cut the power of a controller at transaction `at`, performed or not; it is killed through the first of the files, a pidfd."""
        self._shared.cut(CutToCome(at, performed, files[0]))

    def link(self, up: bool, reset: bool) -> None:
        """Take the PCI Express links down or up; `reset` as a link that was down does to the functions behind it."""
        self._link_up = up
        for _, _, device, function in self._served.values():
            if function and device == "pci":
                function.link_up = up
                if reset:
                    function.reset()

    def damage(self, chip_select: int, errors: float, losses: float, stuck: Literal[0, 1] | None, seed: int) -> None:
        """Damage the wires of a chip select from here on, as `Wire.damage` does."""
        self._wires[chip_select].damage(errors, losses, stuck, seed)

    # The loop

    def _run(self) -> None:
        """Serve until the control channel closes."""
        try:
            while True:
                for file, _ in self._epoll.poll():
                    if file == self._control.fileno():
                        self._command()
                    elif file in self._served:
                        self._one(file)
        except EOFError:
            pass
        finally:
            for file in list(self._served):
                self._end(file)

    def _one(self, file: int) -> None:
        """Serve a socket, and part with it if it has come to its end."""
        handler, self._shared.connection, _, _ = self._served[file]
        try:
            if handler.serve():
                return
        except PowerCut:
            pass
        except (EnvError, OSError) as error:
            print(f"device server: connection {self._shared.connection}: {error}", file=sys.stderr)
        except Exception:  # a device with a bug: its own controller loses it, the chip and the others live on
            traceback.print_exc()
        self._end(file)

    def _command(self) -> None:
        number, request, files = channel.receive(self._control)
        name, *arguments = cast(tuple[str, *tuple[object, ...]], request)
        try:
            answer = getattr(self, name)(*arguments, *([files] if files else []))
        except Exception as error:
            channel.send(self._control, number, (None, error))
        else:
            channel.send(self._control, number, (answer, None))

    def _serve(self, served: Served) -> None:
        self._served[served.handler.fileno()] = served
        self._epoll.register(served.handler, select.EPOLLIN)

    def _end(self, file: int) -> None:
        """Part with a socket. Its controller has lost power: functions are reset, and chip selects rise."""
        served = self._served.pop(file)
        self._epoll.unregister(file)
        served.handler.close()
        self._shared.connection = served.connection
        if served.function:
            served.function.reset()

    def _accepted(self, connection: int, device: str, function: Function, come: socket.socket) -> None:
        self._serve(Served(VfioUser(function, come), connection, device, function))

    def _function(self, device: str) -> Function:
        if device == "spi":
            return Controller(self._wires)
        if self._chip.pci_id is None:
            raise ConfigError(
                f"chip {self._chip.name} has no PCI function",
                where=f"{self._chip.__module__}.{self._chip.__qualname__}",
                wanted="pci_id = (vendor, device), 16 bits each, in its class",
            )
        identity = PciIdentity(*self._chip.pci_id, PROCESSING_ACCELERATOR)
        function = Function(identity, [ChipPath(self._shared, "pci", self._ports)], link=PcieLink())
        function.link_up = self._link_up
        return function


def run(control: socket.socket, open_bus: Callable[[], Bus], chip: type[Chip]) -> None:
    """Open the bus, say how that went, and serve until the control channel closes."""
    try:
        bus = open_bus()
        service = Service(bus, chip, control)
    except Exception as error:
        channel.send(control, 0, (None, error))
        return
    channel.send(control, 0, (None, None))
    try:
        service._run()
    finally:
        close = getattr(bus, "close", None)
        if close:
            close()
