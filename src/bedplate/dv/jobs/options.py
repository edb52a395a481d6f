"""Where the jobs of a campaign are done: the options that every campaign has, as a command of `bedplate` or a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import click

from bedplate.dv.jobs.runner import TWO, Runner
from bedplate.env.program import ended

Function = Callable[..., Any]


def runs_jobs(processes: int = TWO.jobs) -> Callable[[Function], Function]:
    """Give a command `--on` and `--jobs`, which are so many unless said; it gets them as one argument, `runner`."""

    def decorate(command: Function) -> Function:
        @click.option(
            "--on",
            default=TWO.on,
            show_default=True,
            metavar="WHERE",
            help="Where its jobs are done: local, or a Dask scheduler such as tcp://host:8786.",
        )
        @click.option(
            "--jobs",
            type=click.IntRange(min=1),
            default=processes,
            show_default=True,
            help="Processes, of --on local.",
        )
        @wraps(command)
        def with_runner(*arguments: Any, on: str, jobs: int, **options: Any) -> Any:
            return command(*arguments, runner=Runner(on, jobs), **options)

        return with_runner

    return decorate


def campaign(doc: str) -> Callable[[Function], click.Command]:
    """Make a function the command of a module, `python -m bedplate.dv...`: `doc` is its help, what it returns its exit code."""
    as_written = "\n\n".join(f"\b\n{paragraph}" for paragraph in doc.split("\n\n"))

    def decorate(function: Function) -> click.Command:
        @click.command(help=as_written)
        @runs_jobs()
        @wraps(function)
        def command(*arguments: Any, **options: Any) -> None:
            click.get_current_context().exit(ended(partial(function, *arguments, **options)))

        return command

    return decorate
