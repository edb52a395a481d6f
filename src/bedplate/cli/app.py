"""The program `bedplate`: its commands, its global options, and how it ends.

Exit codes: 0 ok, 1 the hardware or a check said no, 2 usage, 3 unreachable, 4 timeout, 5 configuration, 6 tool missing,
130 interrupted (Ctrl-C, SIGTERM, SIGHUP), 141 ok but nobody took the answer; 70 is a defect in Bedplate itself, the only case with a
traceback.
Standard output is data, standard error is talk. With `--json` there is exactly one document on standard output, whatever
happens, and it has a `schema`; only `--help` and `--version` stay text.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from bedplate.cli.command import CommandGroup
from bedplate.cli.session import DEFAULT_TARGET, Session
from bedplate.errors import BedplateError, BusError, DriverError, JobDefect, ToolMissing, UnknownName, render

COMMANDS = {
    "up": "Bring every instance to its goal: boot, resume, recover.",
    "down": "Lead instances out of service, users first.",
    "plan": "Show what `up` or `down` would do now, and why. Writes nothing.",
    "status": "Observe every instance.",
    "ls": "List instances: address, needs.",
    "info": "Explain an instance, a register or a field.",
    "reg": "Read and write registers by name.",
    "dump": "Read all harmless registers of instances, decoded.",
    "trace": "Run a command and show every bus transaction by name.",
    "gen": "Generate Python from SystemRDL.",
    "new-ip": "Make the folder of a new IP type, with a block in it that works.",
    "dv": "Prove drivers: kill-anywhere, conformance, two worlds compared.",
    "qemu": "Boot a Linux guest that is the chip's controller.",
    "bench": "Measure Bedplate's own cost.",
    "doctor": "Say what is present, what is missing, and what fixes it.",
}
"""Every command and its help in one line. Each lives in the module of its name, as a click command of that name."""

EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "systemrdl": "gen",
    "peakrdl_regblock": "gen,dev",
    "cffi": "rtl",
    "greenlet": "rtl",
    "distributed": "farm",
    "cocotb": "dev",
    "pylibfst": "dev",
}
"""Packages that Bedplate can do without, as they are imported, and its extras that bring them."""

INTERRUPTED, UNDELIVERED, DEFECT = 130, 141, 70

NO_ROOM = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""How a write to standard output fails that click makes itself, `--help` for one: no device of ours fails like this."""


class App(CommandGroup):
    """A group that imports a command's module when it is called, and turns every ending into one answer."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"bedplate.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click has it, but raises UnknownName, with the commands that are close."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownName("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(  # type: ignore[override] # it never returns, as in standalone mode
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        **extra: Any,
    ) -> None:
        """Run, and end the process. A command returns its exit code, or None for 0."""
        args = list(sys.argv[1:] if args is None else args)
        session = Session(json="--json" in args)
        _require_standard_streams(session)
        extra |= {"obj": session, "standalone_mode": False}
        try:
            code = super().main(args, prog_name, complete_var, **extra) or session.run_code
        except (
            SystemExit
        ) as end:  # how click ends completions, and when nobody reads its output; commands return instead
            session.undelivered, code = BrokenPipeError() if end.code else None, 0
        except Exception as error:
            code = _end(session, error)
        except KeyboardInterrupt:
            code = _end(session, click.Abort())
        sys.exit(_delivered(session, code))


def _require_standard_streams(session: Session) -> None:
    """Where one was closed from the start, nothing else may take its number: a chip's device would hear what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", closefd=False)
        session.undelivered = OSError(errno.EBADF, os.strerror(errno.EBADF))
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)


def _delivered(session: Session, code: int) -> int:
    """The exit code of a run with that code, once its answer has left. That of the run is kept unless it was 0."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        session.undelivered = session.undelivered or error
    if session.undelivered is None:
        return code
    with suppress(OSError, ValueError):  # or the interpreter complains as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(session.undelivered, BrokenPipeError):
        from bedplate.bus.observer import described

        with suppress(OSError, ValueError):
            click.echo(f"error BP-CLI-141: standard output: {described(session.undelivered)}", err=True)
    return code or UNDELIVERED


def _end(session: Session, error: Exception) -> int:
    """Answer an error: one document, or text for people. The exit code."""
    package = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package in EXTRAS:
        error = ToolMissing(f"this command needs {package}", next=f"pip install 'bedplate[{EXTRAS[package]}]'")
    if isinstance(error, (OSError, RuntimeError)):
        from bedplate.env.children import poor

        error = poor(error) or error
    if isinstance(error, BedplateError):
        as_brought_up = (
            isinstance(error, (BusError, DriverError)) and session.was_brought_up
        )  # it is about that very chip
        error.next = session.way_on(error.next, brings_up=as_brought_up)
        session.fail(error.to_dict(), render(error))
        if isinstance(error, JobDefect):
            click.echo(error.trace, err=True, nl=False)
        return error.exit_code
    if isinstance(error, click.Abort):
        session.fail({"code": "BP-CLI-130", "type": "Interrupted", "what": "interrupted"}, "interrupted")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        return _usage(session, error)
    if isinstance(error, OSError) and error.filename is None and error.errno in NO_ROOM:
        session.undelivered = error
        return 0
    if isinstance(error, OSError) and error.filename is not None:
        text = f"{error.filename}: {error.strerror}"
        session.fail({"code": "BP-CLI-003", "type": type(error).__name__, "what": text}, f"error BP-CLI-003: {text}")
        return 2
    import traceback

    what = f"{type(error).__name__}: {error}"
    session.fail(
        {"code": "BP-CLI-070", "type": "Defect", "what": what}, f"error BP-CLI-070: defect in Bedplate: {what}"
    )
    traceback.print_exception(error)
    return DEFECT


def _usage(session: Session, error: click.ClickException) -> int:
    """A command line that cannot be understood, in click's words and with a way on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "bedplate"
    next = f"{path} --help"
    if isinstance(error, click.NoSuchOption) and error.option_name in ("--json", "--target"):
        next = f"global options come before the command: bedplate {error.option_name}, and then the command"
    what = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":  # click 8.2 and newer; its message is the whole help
        if not session.json:
            click.echo(what, err=True)
            return 2
        what = "no command given"
    usage = BedplateError(what, next=next)
    facts = {**usage.to_dict(), "code": "BP-CLI-002", "type": type(error).__name__}
    session.fail(facts, render(usage).replace(usage.code, "BP-CLI-002"))
    return 2


@click.group(cls=App, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-t", "--target", default=DEFAULT_TARGET, show_default=True, envvar="BEDPLATE_TARGET", help="The chip.")
@click.option("--waves", metavar="FILE.fst", help="Of an rtl: target: write waves. Short for its option `waves`.")
@click.option("--spi", is_flag=True, help="Of an rtl: target: go through its SPI pins. Short for its option `spi=1`.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, also on errors.")
@click.version_option(package_name="bedplate", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context, target: str, waves: str | None, spi: bool, as_json: bool) -> None:
    """Bedplate: boot, configure, manage and monitor every block of an AI-accelerator chip.

    \b
    Targets:  model:tern                  the embedded model
              rtl:tern                    its RTL in a simulator, built when it has to be
              'rtl:tern?seed=7&spi=1'     with options; of both: fault=NAME:FAULT harvest=DIE:MASK tenant=1 up=1,
                                          of rtl: waves=FILE.fst seed=N spi=1 plusarg=TEXT
              pci:auto                    the chip in a slot of this machine, or pci:0000:01:00.0
              spi:/dev/spidev0.0,...      the chip behind its SPI bridges, a node for each port
              'route:tern?path=pci:auto&path=spi:...'   over the first path that works
              qtest:npcm750               a chip that stock QEMU models, also sifive_u, edu, nvme, isl69260, max31785
              Chips of model:, rtl: and qtest: begin at power-on with each command: after `bedplate up`,
              `bedplate status` shows a new one. `bedplate status --up` brings it up first.
              `bedplate info NAME` lists the faults of an instance.

    \b
    Names:    die0.pll.sys                an instance
              die*.hbm.phy, ip:pll        many
              die0.pll.sys.ctrl.bypass    a register's field

    Exit codes: 0 ok, 1 the hardware or a check said no, 2 usage, 3 unreachable, 4 timeout, 5 configuration,
    6 tool missing, 130 interrupted, 141 ok but nobody took the answer; 70 is a bug of Bedplate itself, with a
    traceback: report it. Mistakes in your chip, drivers or models are 1, 2 or 5, with your file and line.
    """
    if "NO_COLOR" in os.environ:
        ctx.color = False
    session = ctx.ensure_object(Session)
    session.target = target
    if waves is not None or spi:
        from bedplate.env import extended

        options = {"waves": waves, "spi": "1" if spi else None}
        session.target = extended(target, **{name: value for name, value in options.items() if value is not None})
    session.json = session.json or as_json
