"""`bedplate gen`: from SystemRDL to typed Python, and to SystemVerilog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, paint
from bedplate.errors import ToolMissing

if TYPE_CHECKING:
    from bedplate.gen import Generated


@click.command(cls=Command, short_help="Generate Python from SystemRDL.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.rdl]...")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a generated file is stale.")
@click.option("--top", metavar="NAME", help="The address map to generate; the last one defined if not given.")
@click.option(
    "-I",
    "include",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where includes are; may repeat.",
)
@click.option("-D", "defines", multiple=True, metavar="MACRO[=VALUE]", help="Define a preprocessor macro; may repeat.")
@click.option(
    "-P", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the top address map; may repeat."
)
@click.option(
    "--bus-width",
    type=click.Choice(["8", "16", "32", "64"]),
    help="Leave out what a bus of so many bits cannot do without harm to wider registers.",
)
@click.option(
    "-o", "out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="The package to write."
)
@click.option("--rtl", is_flag=True, help="Write NAME_regs.sv of each block into DIR: its registers in SystemVerilog.")
@pass_session
def gen(
    session: Session,
    files: tuple[Path, ...],
    check: bool,
    top: str | None,
    include: tuple[Path, ...],
    defines: tuple[str, ...],
    parameters: tuple[str, ...],
    bus_width: str | None,
    out: Path | None,
    rtl: bool,
) -> int:
    """Generate a Python package from SystemRDL files; without files, the regs.py of Bedplate's own folders.

    With --rtl it is the registers of each block in SystemVerilog instead, on APB4 as `block_pkg` (hw/common) bundles it. What Python cannot express is told as a note, with file and line.
    """
    if files and out is None:
        raise click.UsageError("give the package to write: -o DIR", click.get_current_context())
    if files and check:
        raise click.UsageError("--check is for Bedplate's own folders, without files", click.get_current_context())
    if not files and (out is not None or top or include or defines or parameters or bus_width or rtl):
        raise click.UsageError("-o, --top, --rtl, -I, -D, -P and --bus-width need files", click.get_current_context())
    if rtl and (parameters or bus_width):
        raise click.UsageError("-P and --bus-width are for Python, not for --rtl", click.get_current_context())
    for one in parameters:
        if not all(one.partition("=")):
            raise click.UsageError(f"-P {one}: wanted NAME=VALUE", click.get_current_context())
    for option, ones in (("-D", defines), ("-P", parameters)):
        names = [one.partition("=")[0] for one in ones]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            raise click.UsageError(f"{option} {twice} is given twice", click.get_current_context())
    from bedplate.gen import generate, in_tree

    macros, given = (
        {name: value for name, _, value in (one.partition("=") for one in ones)} for ones in (defines, parameters)
    )
    if out is not None and rtl:
        result = _generator()(files, top=top, include=include, defines=macros, out=out)
    elif out is not None:
        width = {"bus_width": int(bus_width)} if bus_width else {}
        result = generate(files, top=top, include=include, defines=macros, parameters=given, out=out, **width)
    else:
        result = in_tree(check=check)
    ok = not (check and result.stale)
    facts = {
        "ok": ok,
        "top": result.top or None,
        "registers": result.registers,
        "fields": result.fields,
        "files": [str(path) for path in result.files],
        "stale": [str(path) for path in result.stale],
        "removed": [str(path) for path in result.gone],
        "renamed": [{"file": str(path), "gone": lost, "new": new} for path, lost, new in result.renamed],
        "checked_only": check,
        "notes": [{"where": note.where, "text": note.text} for note in result.notes],
    }
    session.answer("gen", facts, _lines(result, check))
    return 0 if ok else 1


def _generator() -> Callable[..., Generated]:
    """What makes RTL. Raises ToolMissing without the package that it stands on."""
    try:
        from bedplate.gen.rtl_files import generate_rtl
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed", where="gen --rtl", next="pip install peakrdl-regblock"
        ) from error
    return generate_rtl


def _lines(result: Generated, check: bool) -> Iterator[str]:
    done = paint("stale", "failed") if check else paint("written", "on its way")
    for path in result.files:
        yield f"  {done if path in result.stale else paint('same', 'goal')}  {_short(path)}"
    for path in result.gone:
        yield f"  {paint('removed', 'on its way')}  {_short(path)}: an earlier run made it, and nothing does now"
    for path, lost, new in result.renamed:
        shown = f"; new: {', '.join(new)}" if new else ""
        yield f"  {paint('names', 'on its way')}  {_short(path)}: no longer there: {', '.join(lost)}{shown}"
    for note in result.notes:
        yield f"  note  {note}"
    top = f", top {result.top}" if result.top else ""
    yield bold(f"{result.registers} registers, {result.fields} fields") + f" in {len(result.files)} files{top}"
    if check and result.stale:
        yield f"{len(result.stale)} stale: run `bedplate gen` and commit"


def _short(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
