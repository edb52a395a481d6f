"""Where the jobs of a campaign are done: the options that every campaign has."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

Function = Callable[..., Any]


def runs_jobs(processes: int = 2) -> Callable[[Function], Function]:
    """Give a command `--on` and `--jobs`, which are so many unless said; it gets them as one argument, `runner`."""

    def decorate(command: Function) -> Function:
        @click.option(
            "--on",
            default="local",
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
            from bedplate.dv.jobs import Runner

            return command(*arguments, runner=Runner(on, jobs), **options)

        return with_runner

    return decorate
