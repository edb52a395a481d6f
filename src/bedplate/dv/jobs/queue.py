"""Jobs on their way through workers: who waits, who is being done, whose worker was lost.

A job whose worker is lost is done again. From then on it is alone, so what is lost once more is lost by it, and after a few
times it is named.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from bedplate.dv.jobs.job import Job

T = TypeVar("T")


class Workers(Protocol):
    """Who does jobs, while a context is open. On its exit nothing is waited for."""

    room: int
    """Jobs that they take at a time."""
    tries: int
    """How often a job is handed over that is lost each time."""
    lost: tuple[type[BaseException], ...]
    """What a future raises whose worker was lost."""

    def submit(self, job: Job[T]) -> Future[T]:
        """Have a job done."""
        ...

    def __enter__(self) -> Workers: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Queue(Generic[T]):
    """The jobs of one run, by their numbers."""

    def __init__(self, jobs: Sequence[Job[T]], workers: Workers) -> None:
        self.jobs, self.workers = jobs, workers
        self.waiting = deque(range(len(jobs)))
        self.running: dict[Future[T], int] = {}
        self.done: dict[int, Future[T]] = {}
        self.losses = Counter[int]()

    def run(self, listen: Callable[[int, T], object]) -> list[T]:
        """What all of them return, in order. Raises the first error in that order."""
        results: list[T] = []
        while len(results) < len(self.jobs):
            self._submit()
            self._collect()
            while len(results) in self.done:
                number = len(results)
                try:
                    results.append(self.done.pop(number).result())
                except CancelledError:
                    raise
                except Exception as error:
                    raise self.jobs[number].error_of(error) from error
                listen(len(results), results[-1])
        return results

    def _submit(self) -> None:
        while self.waiting and len(self.running) < self._room():
            number = self.waiting.popleft()
            self.running[self.workers.submit(self.jobs[number])] = number

    def _room(self) -> int:
        """Who was lost before is done alone."""
        at_hand = (self.waiting[0], *self.running.values())
        return 1 if self.losses and any(number in self.losses for number in at_hand) else self.workers.room

    def _collect(self) -> None:
        again: list[int] = []
        for future in wait(self.running, return_when=FIRST_COMPLETED).done:
            number = self.running.pop(future)
            if isinstance(future.exception(), self.workers.lost):
                self.losses[number] += 1
                if self.losses[number] < self.workers.tries:
                    again.append(number)
                    continue
                future = Future()
                future.set_exception(self.jobs[number].lost(self.losses[number]))
            self.done[number] = future
        self.waiting.extendleft(sorted(again, reverse=True))
