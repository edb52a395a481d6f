"""Pickled messages with files over a socket, between the device server and the process that it was forked from.

Only between those two: a pickle is believed.
"""

from __future__ import annotations

import pickle
import socket
from collections.abc import Sequence

from bedplate.errors import EnvError

FILES = 8


def send(connection: socket.socket, message: object, files: Sequence[int] = ()) -> None:
    """Send a message, whole. Raises OSError."""
    data = _pickled(message)
    socket.send_fds(connection, [len(data).to_bytes(8, "little")], files)
    connection.sendall(data)


def receive(connection: socket.socket) -> tuple[object, list[int]]:
    """The next message and its files. Raises EOFError when the other end is gone, OSError."""
    head, files, _, _ = socket.recv_fds(connection, 8, FILES)
    size = int.from_bytes(head + _exactly(connection, 8 - len(head)), "little")
    return pickle.loads(_exactly(connection, size)), files


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _pickled(message: object) -> bytes:
    """What cannot make the journey is replaced by an error that says so."""
    try:
        data = pickle.dumps(message)
        pickle.loads(data)
    except Exception as error:
        what = message[1] if isinstance(message, tuple) and isinstance(message[1], Exception) else error
        return pickle.dumps((None, EnvError(f"{type(what).__name__}: {what}")))
    return data
