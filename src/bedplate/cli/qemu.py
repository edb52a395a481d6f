"""`bedplate qemu`: the same command line in a Linux guest, which is the controller of a chip outside of it."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bedplate.cli.command import CommandGroup
from bedplate.cli.progress import Listener, watch
from bedplate.cli.session import Session, pass_session
from bedplate.converge import Event

if TYPE_CHECKING:
    from bedplate.env.qemu.guest import Guest

via = click.option(
    "--via", type=click.Choice(["pci", "spi"]), default="pci", show_default=True, help="How the guest reaches the chip."
)
device = click.option(
    "--device", type=click.Choice(["model", "rtl"]), help="What the chip is, if not what --target says."
)


@click.group(cls=CommandGroup, short_help="Boot a Linux guest that is the chip's controller.")
def qemu() -> None:
    """Start a chip (--target) in a process of its own, and a stock QEMU with a Linux guest in it that is its controller.

    The guest runs this very checkout, and reaches the chip as production does: by a PCI function, or by SPI through spidev.
    """


@qemu.command(
    short_help="Boot the chip from within a guest.",
    context_settings={"ignore_unknown_options": True},
)
@via
@device
@click.argument("arguments", metavar="[OPTION OF UP]...", nargs=-1, type=click.UNPROCESSED)
@pass_session
def up(session: Session, via: str, device: str | None, arguments: tuple[str, ...]) -> int:
    """Boot a guest, and do `bedplate up` in it: its report, its document with --json, its exit code."""
    from bedplate.env.qemu.terminal import stream

    with _guest(session, via, device) as (guest, target):
        options = ["--json"] if session.json else []
        command = ["bedplate", "-t", target, *options, "up", *arguments]
        sys.stdout.flush()
        if session.json or not sys.stderr.isatty():
            return stream(guest, command)
        with watch(session, session.drawing()) as listen:
            retold = Retold(listen)
            report: list[bytes] = []
            code = stream(guest, [*command, "--events", "/dev/stderr"], report.append, retold)
        sys.stdout.buffer.write(b"".join(report))
        for line in retold.talk:
            session.tell(line)
        return code


class Retold:
    """Takes what a run in a guest says on standard error. Its events go to a listener here; the rest is kept: `talk`."""

    def __init__(self, listen: Listener) -> None:
        self.talk: list[str] = []
        self._listen = listen
        self._rest = b""

    def __call__(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            try:
                event = Event(**json.loads(line))
            except (ValueError, TypeError):
                self.talk.append(line.decode(errors="replace").rstrip())
            else:
                self._listen(event)


@qemu.command(short_help="A prompt in a guest.")
@via
@device
@pass_session
def shell(session: Session, via: str, device: str | None) -> int:
    """Boot a guest and leave a prompt in it, with `bedplate` on its path and the chip as its target.

    Where standard input is no terminal, it is the script that the guest's shell runs.
    """
    from bedplate.env.qemu.terminal import interact

    with _guest(session, via, device) as (guest, target):
        if sys.stdin.isatty():
            session.tell(f"{target} is the target; `exit` or Ctrl-D leaves, Ctrl-] always does")
        sys.stdout.flush()
        return interact(guest, ["sh"], {"BEDPLATE_TARGET": target, "PS1": "guest:\\w# "})


@qemu.command(short_help="Keep chip and guest alive between commands.")
@via
@device
@click.argument("place", metavar="SOCKET", type=click.Path(dir_okay=False, path_type=Path))
@pass_session
def serve(session: Session, via: str, device: str | None, place: Path) -> int:
    """Boot a guest, and do in it what `bedplate qemu ask SOCKET COMMAND` asks for, until it is interrupted, or ended by SIGTERM: chip and guest stay as they are."""
    from bedplate.env.qemu import stay

    def end(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)  # as Ctrl-C does: what serves is ended by whoever started it
    with stay.listening(place) as socket, _guest(session, via, device) as (guest, target):
        session.tell(f"{session.target} is served at {place}: bedplate qemu ask {place} up; Ctrl-C ends it")
        with suppress(KeyboardInterrupt):
            stay.serve(guest, socket, lambda words: ["bedplate", "-t", target, *words])
    return 0


@qemu.command(
    short_help="Run a command in a guest that is kept.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("place", metavar="SOCKET", type=click.Path(path_type=Path))
@click.argument("command", metavar="COMMAND...", nargs=-1, required=True, type=click.UNPROCESSED)
@pass_session
def ask(session: Session, place: Path, command: tuple[str, ...]) -> int:
    """Run a command of `bedplate` in the guest that `qemu serve` keeps: its output, its document with --json, its exit code."""
    from bedplate.env.qemu import agent, stay

    streams = {agent.OUTPUT: sys.stdout, agent.ERRORS: sys.stderr}

    def take(kind: bytes, data: bytes) -> None:
        stream = streams.get(kind, sys.stdout)
        stream.buffer.write(data)
        stream.flush()

    return stay.ask(place, ["--json", *command] if session.json else command, take)


@contextmanager
def _guest(session: Session, via: str, device: str | None) -> Iterator[tuple[Guest, str]]:
    """A guest with the chip of the session's target plugged in, and what the chip's target is in there."""
    from bedplate.env import parse
    from bedplate.env.progress import progress
    from bedplate.env.qemu.guest import Guest, inner_target, require_tools
    from bedplate.env.qemu.server import Server

    require_tools()
    if device is not None:
        session.target = f"{device}:{session.target.partition(':')[2]}"
    slow = parse(session.target).environment == "rtl"
    chip = session.chip_type()
    with Server(session.target) as server:
        with progress(sys.stderr) as listen:
            guest = Guest(server, [via], icount=slow, listen=listen)
        with guest:
            yield guest, inner_target(via, chip)
