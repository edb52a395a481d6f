"""`--on` and `--jobs` for a campaign that is a module of its own, `python -m bedplate.dv...`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence

from bedplate.dv.jobs.runner import TWO, Runner


def parsed(doc: str, arguments: Sequence[str], names: str, *flags: str) -> Namespace:
    """Its arguments: names (`args.names`), flags, and where its jobs are done (`args.runner`). `doc` is the module's text."""
    parser = ArgumentParser(description=doc, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar=names)
    for flag in flags:
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("--on", default=TWO.on, metavar="WHERE", help="local, or a Dask scheduler: tcp://host:8786")
    parser.add_argument("--jobs", type=int, default=TWO.jobs, metavar="N", help="processes of --on local")
    args = parser.parse_args(arguments)
    if args.jobs < 1:
        parser.error("--jobs wants 1 or more")
    args.runner = Runner(args.on, args.jobs)
    return args
