"""A job in a guest, with this process's own terminal, or with whatever stands in its place."""

from __future__ import annotations

import os
import sys
import termios
import tty
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from bedplate.env.qemu import agent
from bedplate.env.qemu.guest import Guest, Take

LEAVE = b"\x1d"
"""Ctrl-], as telnet has it: leaves a guest whatever it does."""

LEFT = 130
"""The exit code then, as of what was interrupted."""

PIECE = 4096

NO_TAKERS: Mapping[bytes, Take] = MappingProxyType({})


def stream(guest: Guest, argv: Sequence[str], output: Take | None = None, errors: Take | None = None) -> int:
    """Do a job whose output is ours, as it comes; its input is empty. Its exit code. Where ours is a terminal, so is its own.

    Only standard output: on a terminal of errors Bedplate draws pictures, for which an emulated processor is too slow. So
    `output` and `errors` may take what comes instead, to draw them here.
    """
    terminal = [1] if os.isatty(1) else []
    guest.begin(argv, tty=terminal, size=_size(1))
    takers: dict[bytes, Take | None] = {agent.OUTPUT: output, agent.TERMINAL: output, agent.ERRORS: errors}
    return _relay(guest, terminal, None, {kind: take for kind, take in takers.items() if take is not None})


def interact(guest: Guest, argv: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Do a job that is ours to type to, until it ends or LEAVE is typed. Its exit code. Every key goes to the guest.

    Where standard input is no terminal, all of it is the job's input.
    """
    if not os.isatty(0):
        guest.begin(argv, env=env, stdin=sys.stdin.buffer.read())
        return _relay(guest, [], None)
    terminal = [fd for fd in range(3) if os.isatty(fd)]
    guest.begin(argv, env={"TERM": os.environ.get("TERM", "dumb"), **(env or {})}, tty=terminal, size=_size(0))
    with _raw(0):
        return _relay(guest, terminal, 0)


def _relay(
    guest: Guest, terminal: Sequence[int], keyboard: int | None, takers: Mapping[bytes, Take] = NO_TAKERS
) -> int:
    outputs = {agent.OUTPUT: 1, agent.ERRORS: 2, agent.TERMINAL: max(terminal, default=1)}
    size = _size(keyboard or 0)
    for kind, data in guest.frames(also=keyboard):
        if kind == agent.EXIT:
            code: int = agent.CODE.unpack(data)[0]
            return 128 - code if code < 0 else code
        if kind in takers:
            takers[kind](data)
        elif kind in outputs:
            _write(outputs[kind], data)
        elif keyboard is not None:
            if _size(keyboard) != size:  # told with the next key: nothing else needs to know
                size = _size(keyboard)
                guest.send(agent.SIZE, agent.WINDOW.pack(*size))
            typed = os.read(keyboard, PIECE)
            if LEAVE in typed or not typed:
                return LEFT
            guest.send(agent.TYPED, typed)
    raise AssertionError("unreachable: frames end with an exit code or an error")


def _write(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]


def _size(fd: int) -> tuple[int, int]:
    """Rows and columns."""
    try:
        found = os.get_terminal_size(fd)
    except OSError:
        return 24, 80
    return found.lines, found.columns


@contextmanager
def _raw(fd: int) -> Iterator[None]:
    before = termios.tcgetattr(fd)
    tty.setraw(fd)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)
