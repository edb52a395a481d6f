"""INTx for a guest whose device has no way to interrupt it: mpqemu under TCG. The line is pulled over a qtest socket.

The slots of a q35 are wired to the I/O APIC: pin A of slot s to its input 20 + s % 4. A QEMU with an object `qtest` takes
commands about them while its guest runs. Lines are levels, so a late one costs the guest a look, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from socket import socket

from bedplate.errors import EnvError


def line_of(slot: int) -> int:
    """The input of the I/O APIC for pin A of a slot of the q35."""
    return 20 + slot % 4


class Qtest:
    """The lines, over the server's end of a qtest socket."""

    def __init__(self, connection: socket) -> None:
        connection.setblocking(False)
        self._socket = connection

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up: the lines keep their levels."""
        self._socket.close()

    def line(self, number: int) -> Callable[[bool], None]:
        """What sets the level of a line. It is silent once QEMU is gone, or takes nothing more: nobody is left to be interrupted."""

        def pull(level: bool) -> None:
            try:
                self._socket.send(b"set_irq_in ioapic unnamed-gpio-in %d %d\n" % (number, level))
            except (BrokenPipeError, ConnectionResetError, BlockingIOError):
                return

        return pull

    def serve(self) -> bool:
        """Take QEMU's answers; False once it has hung up. Raises EnvError for an answer that is not OK."""
        try:
            data = self._socket.recv(4096)
        except BlockingIOError:
            return True
        if b"FAIL" in data or b"ERR" in data:
            raise EnvError("QEMU refused to set an interrupt line", got=data.decode(errors="replace").strip())
        return bool(data)
