"""The guest's side of the link: takes jobs from the host, one after another, and carries back what they say and how they end.

It runs as a plain script in the guest, before Bedplate is imported there; the host imports its frames. A frame is one byte
that says what it is, the length of what follows (32 bits, little-endian), and that.

    host to guest   JOB       a line of JSON (argv, env; tty: which of 0, 1, 2 are a terminal; size: its rows and columns),
                              then the job's standard input, whole
                    TYPED     what was typed at the terminal
                    SIZE      the terminal has another size: rows, columns (16 bits each)
                    SIGNAL    a signal's number (8 bits), for the job and what it started
                    OFF       no job follows
    guest to host   READY     JSON about the guest, once
                    OUTPUT    of standard output;  ERRORS: of standard error;  TERMINAL: of both, where they are one
                    EXIT      the job has ended: its exit code (32 bits, signed; negative: the signal that ended it)
"""

from __future__ import annotations

import fcntl
import json
import os
import selectors
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

JOB, TYPED, SIZE, SIGNAL, OFF = b"J", b"T", b"S", b"K", b"Q"
READY, OUTPUT, ERRORS, TERMINAL, EXIT = b"R", b"O", b"E", b"T", b"X"

HEAD = struct.Struct("<cI")
"""Kind and length."""
CODE = struct.Struct("<i")
WINDOW = struct.Struct("<HH")

PIECE = 32 * 1024
"""Bytes passed on at once: as many as a virtio console takes in one write."""

NOT_FOUND, NOT_RUN = 127, 126
"""Exit codes of jobs that could not be started, as shells have them."""

Send = Callable[[bytes, bytes], None]


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """A frame as it goes over the link."""
    return HEAD.pack(kind, len(data)) + data


class Frames:
    """Takes the bytes of a link as they come, and gives its frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def add(self, data: bytes) -> None:
        """More has come."""
        self._bytes += data

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """More has come; the frames that are complete now: kind, contents."""
        self.add(data)
        while len(self._bytes) >= HEAD.size:
            kind, length = HEAD.unpack_from(self._bytes)
            end = HEAD.size + length
            if len(self._bytes) < end:
                return
            body = bytes(self._bytes[HEAD.size : end])
            del self._bytes[:end]
            yield kind, body


class GuestJob(threading.Thread):
    """A process and the way of its words to the host. Its input is a file; a terminal has both ways.

    Raises OSError when it cannot be started.
    """

    def __init__(self, order: bytes, send: Send) -> None:
        super().__init__(daemon=True)
        head, _, given = order.partition(b"\n")
        wanted = json.loads(head)
        tty = wanted["tty"]
        self.send = send
        self.terminal, theirs = os.openpty() if tty else (-1, -1)
        self.resize(*wanted["size"])
        file = _file(given)
        try:
            self.process = subprocess.Popen(
                wanted["argv"],
                env={**os.environ, **wanted["env"]},
                stdin=theirs if 0 in tty else file,
                stdout=theirs if 1 in tty else subprocess.PIPE,
                stderr=theirs if 2 in tty else subprocess.PIPE,
                start_new_session=True,
                preexec_fn=(lambda: _control(theirs)) if tty else None,
            )
        except OSError:
            self.close()
            raise
        finally:
            os.close(file)
            if tty:
                os.close(theirs)

    def close(self) -> None:
        """Let go of the terminal. Only when nothing is typed any more, so not where the job ends."""
        if self.terminal >= 0:
            os.close(self.terminal)
            self.terminal = -1

    def run(self) -> None:
        """Until the process ends. What it leaves running has no voice any more."""
        streams = {OUTPUT: self.process.stdout, ERRORS: self.process.stderr}
        sources = {stream.fileno(): kind for kind, stream in streams.items() if stream is not None}
        if self.terminal >= 0:
            sources[self.terminal] = TERMINAL
        end = os.pidfd_open(self.process.pid)
        with selectors.DefaultSelector() as selector:
            for fd in sources:
                os.set_blocking(fd, False)
            for fd in (*sources, end):
                selector.register(fd, selectors.EVENT_READ)
            ready: set[int] = set()
            while end not in ready:
                ready = {key.fd for key, _ in selector.select()}
                for fd in ready & set(sources):
                    if not self._pass_on(fd, sources[fd]):
                        selector.unregister(fd)
                        del sources[fd]
        for fd, kind in sources.items():
            while self._pass_on(fd, kind):
                pass
        os.close(end)
        for stream in streams.values():
            if stream is not None:
                stream.close()
        self.send(EXIT, CODE.pack(self.process.wait()))

    def _pass_on(self, fd: int, kind: bytes) -> bool:
        """A piece of output. False when there is none; of a terminal also when nobody has it open any more."""
        try:
            data = os.read(fd, PIECE - HEAD.size)
        except OSError:
            data = b""
        if data:
            self.send(kind, data)
        return bool(data)

    def resize(self, rows: int, columns: int) -> None:
        """The terminal's size, where there is one."""
        if self.terminal >= 0:
            fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("<HHHH", rows, columns, 0, 0))

    def type(self, text: bytes) -> None:
        """What was typed. Nobody reads it when the job has ended."""
        with suppress(OSError):
            while text and self.terminal >= 0:
                text = text[os.write(self.terminal, text) :]

    def signal(self, number: int) -> None:
        """To the job and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def serve(link: int) -> None:
    """Do what comes over a link, until the host wants no more or is gone."""

    def send(kind: bytes, data: bytes) -> None:
        rest = memoryview(frame(kind, data))
        while rest:
            rest = rest[os.write(link, rest[:PIECE]) :]

    frames = Frames()
    job: GuestJob | None = None
    send(READY, json.dumps(facts()).encode())
    while data := os.read(link, PIECE):
        for kind, body in frames.feed(data):
            if kind == OFF:
                return
            if kind == JOB:
                if job is not None:
                    job.close()
                job = _begin(body, send)
            elif job is None:
                continue
            elif kind == TYPED:
                job.type(body)
            elif kind == SIZE:
                job.resize(*WINDOW.unpack(body))
            elif kind == SIGNAL:
                job.signal(body[0])


def facts() -> dict[str, object]:
    """What the host may want to know: seconds since the kernel started, KiB of memory in use and in all, versions."""
    with open("/proc/uptime") as file:
        uptime = float(file.read().split()[0])
    with open("/proc/meminfo") as file:
        memory = {line.split(":")[0]: int(line.split()[1]) for line in file}
    return {
        "uptime": uptime,
        "used_kib": memory["MemTotal"] - memory["MemAvailable"],
        "total_kib": memory["MemTotal"],
        "kernel": os.uname().release,
        "python": sys.version.split()[0],
    }


def _begin(order: bytes, send: Send) -> GuestJob | None:
    try:
        job = GuestJob(order, send)
    except OSError as error:
        send(ERRORS, f"{error.filename}: {error.strerror}\n".encode())
        send(EXIT, CODE.pack(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_RUN))
        return None
    job.start()
    return job


def _file(data: bytes) -> int:
    """A file with these contents, to be read from its beginning."""
    fd = os.memfd_create("input")
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _control(terminal: int) -> None:
    """Make it the controlling terminal, so that Ctrl-C typed there is a signal."""
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


if __name__ == "__main__":
    serve(os.open(sys.argv[1], os.O_RDWR))
