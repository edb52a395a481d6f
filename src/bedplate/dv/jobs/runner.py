"""The runner: does a list of jobs, and answers with what they return, in their order.

It asks of its workers no more than the interface of `concurrent.futures`. Whatever they are and however many, what
comes of a campaign is the same: jobs share nothing, their results are taken in order, and the first error in that order is the one
that is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from bedplate.dv.jobs.ground import own_ground
from bedplate.dv.jobs.job import Job
from bedplate.dv.jobs.queue import Queue, Workers
from bedplate.errors import AccessError

T = TypeVar("T")

Tell = Callable[[str, int, int], None]
"""Hears of progress: what is counted, how many are done, of how many."""

LOCAL = "local"
WIDTH = 16
"""Into how many parts a long piece of work is cut for a farm."""


class Runner(NamedTuple):
    """Where jobs are done: in so many processes here, or (`on`) by the workers of a Dask scheduler, such as tcp://host:8786."""

    on: str = LOCAL
    jobs: int = 2

    @property
    def width(self) -> int:
        """Into how many jobs work is to be cut that could be cut anyhow. What comes of it may not depend on that."""
        return self.jobs if self.on == LOCAL else WIDTH

    def run(self, jobs: Sequence[Job[T]], listen: Callable[[int, T], object] | None = None) -> list[T]:
        """Do all jobs; what they return, in their order. `listen(done, result)` hears of each in that order, as soon as may be.

        Raises what a job raises, with its name, if it is an error of the tree, else JobDefect; WorkerLost; ToolMissing and EnvError for a farm that is not to be had,
        AccessError for no farm. However this ends, also by Ctrl-C, no process that was started here is left.
        """
        if not jobs:
            return []
        hear = listen or (lambda done, result: None)
        if self.on == LOCAL and self.jobs == 1:
            return _here(jobs, hear)
        with self._workers(len(jobs)) as workers:
            return Queue(jobs, workers).run(hear)

    def _workers(self, most: int) -> Workers:
        if self.on == LOCAL:
            from bedplate.dv.jobs.local import LocalWorkers

            return LocalWorkers(min(self.jobs, most))
        if "://" not in self.on:
            raise AccessError("jobs cannot be done there", where=f"--on {self.on}", wanted=f"{LOCAL}, tcp://host:port")
        from bedplate.dv.jobs.farm import FarmWorkers

        return FarmWorkers(self.on)


HERE = Runner(jobs=1)
"""In this very process."""
TWO = Runner()
"""In two processes here: the default of campaigns."""


def counted(tell: Tell | None, what: str, total: int) -> Callable[[int, object], None]:
    """A listener that tells how many are done."""

    def listen(done: int, result: object) -> None:
        if tell is not None:
            tell(what, done, total)

    return listen


def _here(jobs: Sequence[Job[T]], listen: Callable[[int, T], object]) -> list[T]:
    results: list[T] = []
    with own_ground():
        for job in jobs:
            results.append(job.perform(KeyboardInterrupt))
            listen(len(results), results[-1])
    return results
