"""Pickled messages with files over a socket, between the device server and the process that it was forked from.

A message is one packet: its number, and a file in memory with the pickle. So it is sent whole or not at all, whatever its size,
and an answer that nobody took, since who asked was interrupted, is known by its number. Only between those two: a pickle is
believed.
"""

from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Sequence
from struct import Struct

from bedplate.errors import EnvError

FILES = 8
NUMBER = Struct("<Q")


def pair() -> tuple[socket.socket, socket.socket]:
    """Both ends of a channel."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(connection: socket.socket, number: int, message: object, files: Sequence[int] = ()) -> None:
    """Send a message, whole. Raises OSError."""
    with os.fdopen(os.memfd_create("message"), "wb") as memory:
        memory.write(_pickled(message))
        memory.flush()
        socket.send_fds(connection, [NUMBER.pack(number)], [memory.fileno(), *files])


def receive(connection: socket.socket) -> tuple[int, object, list[int]]:
    """The next message: its number, itself and its files. Raises EOFError when the other end is gone, OSError."""
    head, files, _, _ = socket.recv_fds(connection, NUMBER.size, FILES + 1)
    if not head:
        raise EOFError
    with os.fdopen(files[0], "rb") as memory:
        memory.seek(0)
        return NUMBER.unpack(head)[0], pickle.loads(memory.read()), files[1:]


def _pickled(message: object) -> bytes:
    """What cannot make the journey is replaced by an error that says so."""
    try:
        data = pickle.dumps(message)
        pickle.loads(data)
    except Exception as error:
        what = message[1] if isinstance(message, tuple) and isinstance(message[1], Exception) else error
        return pickle.dumps((None, EnvError(f"{type(what).__name__}: {what}")))
    return data
