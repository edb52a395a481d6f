"""Workers on this machine: processes that are forked from this one, and end with it."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, TypeVar

from bedplate.dv.jobs.job import Job
from bedplate.env.children import dies_with_us

T = TypeVar("T")


class LocalWorkers:
    """So many processes. They have a process group of their own each: Ctrl-C is for the one that leads them."""

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    tries = 3

    def __init__(self, count: int) -> None:
        self.room = count
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []

    def __enter__(self) -> LocalWorkers:
        return self

    def submit(self, job: Job[T]) -> Future[T]:
        """Have a job done. After a worker was lost, with all that the others were about, these are new ones."""
        if self._pool is not None:
            try:
                return self._pool.submit(job.perform)
            except BrokenProcessPool:
                self._end()
        others = multiprocessing.active_children()
        fork = multiprocessing.get_context("fork")
        self._pool = ProcessPoolExecutor(self.room, fork, partial(_begin, dies_with_us()))
        future = self._pool.submit(job.perform)
        ours = (one for one in multiprocessing.active_children() if isinstance(one, fork.Process))
        self._processes = [one for one in ours if one not in others]
        return future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        """Whatever they are about: nobody waits for it."""
        for process in self._processes:
            process.kill()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _begin(dies: Any) -> None:
    dies()
    os.setpgid(0, 0)
