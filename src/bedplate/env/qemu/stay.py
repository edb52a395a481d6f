"""A guest that stays: one process has chip and guest, and does in it what others ask for, one job after another, by a socket.

A request is a line of JSON, the words of a command; what comes back are the frames of the guest's agent (`agent.py`): what the job said,
and last its exit code. Whoever hangs up before has the job killed. The socket is its maker's alone: who may connect may do anything in the guest.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bedplate.env.qemu import agent
from bedplate.env.qemu.guest import Guest
from bedplate.errors import AccessError, EnvError

LONGEST = 1 << 20
"""Bytes of a request."""
PATIENCE = 5.0
"""Seconds in which a request comes, once somebody has connected."""


@contextmanager
def listening(place: Path) -> Iterator[socket.socket]:
    """A socket there, which is gone afterwards. Raises AccessError where another guest is served already, EnvError."""
    with socket.socket(socket.AF_UNIX) as made:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as other:
            other.connect(str(place))
            raise AccessError("a guest is served here already", where=str(place), next="end it, or name another place")
        if place.is_socket():  # of one that was killed
            place.unlink()
        before = os.umask(0o077)
        try:
            made.bind(str(place))
        except OSError as error:
            raise EnvError("cannot make a socket", where=str(place), got=error.strerror or str(error)) from None
        finally:
            os.umask(before)
        made.listen()
        try:
            yield made
        finally:
            place.unlink(missing_ok=True)


def serve(guest: Guest, where: socket.socket, command: Callable[[Sequence[str]], list[str]]) -> None:
    """Do one job after another, for ever: `command` makes the guest's words of those that are asked for. Raises GuestEnded."""
    while True:
        connection, _ = where.accept()
        with connection, suppress(OSError, ValueError):  # who hung up, or asked for nothing, hears nothing
            connection.settimeout(PATIENCE)
            words = _request(connection)
            connection.settimeout(None)
            _job(guest, connection, command(words))


def _request(connection: socket.socket) -> list[str]:
    with connection.makefile("rb") as file:
        words = json.loads(file.readline(LONGEST))
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("not the words of a command")
    return words


def _job(guest: Guest, connection: socket.socket, argv: Sequence[str]) -> None:
    """One that is left half-way is killed before the next one begins (see `Guest.begin`)."""
    guest.begin(argv)
    for kind, data in guest.frames(also=connection.fileno()):
        if not kind:  # nobody says anything after the request: it has hung up
            return
        connection.sendall(agent.frame(kind, data))
        if kind == agent.EXIT:
            return


def ask(place: Path, words: Sequence[str], take: Callable[[bytes, bytes], object]) -> int:
    """Have a command done by whoever serves there. Its exit code; `take` hears the kind of each output, and what it is. Raises EnvError."""
    frames = agent.Frames()
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(place))
            connection.sendall(json.dumps(list(words)).encode() + b"\n")
            while data := connection.recv(agent.PIECE):
                for kind, said in frames.feed(data):
                    if kind == agent.EXIT:
                        code: int = agent.CODE.unpack(said)[0]
                        return 128 - code if code < 0 else code
                    take(kind, said)
        except OSError as error:
            raise EnvError(
                "no guest is served here",
                where=str(place),
                got=error.strerror or str(error),
                next="start one: `bedplate qemu serve SOCKET`",
            ) from None
    raise EnvError(
        "the guest went before it had answered", where=str(place), cause="its server was ended, or its power cut"
    )
