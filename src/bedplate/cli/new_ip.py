"""`bedplate new-ip`: the folder of a new IP type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bedplate.cli.command import Command
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, paint


@click.command("new-ip", cls=Command, short_help="Make the folder of a new IP type, with a block in it that works.")
@click.argument("name")
@click.option(
    "-o",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of IP types; this tree's if not given.",
)
@pass_session
def new_ip(session: Session, name: str, out: Path | None) -> int:
    """Make the folder of the IP type NAME: description, driver, model, component, acts, tests and RTL.

    What is in it is a block that starts and serves. All proofs see it at once, and pass. CONTRIBUTING says what to change.
    """
    from bedplate.gen.new_ip import IP, new_ip

    files = new_ip(name, out or IP)
    session.answer("new-ip", {"ok": True, "name": name, "files": [str(path) for path in files]}, _lines(name, files))
    return 0


def _lines(name: str, files: list[Path]) -> Iterator[str]:
    for path in files:
        yield f"  {paint('written', 'on its way')}  {path}"
    yield bold(f"{len(files)} files") + "; next:"
    yield f"  edit {files[0].parent / name}.rdl, then: bedplate gen"
    yield f"  python -m bedplate.dv.observe.table --write {name}"
    yield "  make docs"
    yield f"  python -m bedplate.dv.mutant.driver {name} --write"
    yield f"  pytest {files[0].parent}"
