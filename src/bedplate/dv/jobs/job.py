"""A job: a piece of a campaign that any process can do, today or again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

from bedplate.errors import BedplateError, ModelDefect, WorkerLost

T = TypeVar("T")


class Job(NamedTuple, Generic[T]):
    """A function of a module, with arguments that can be pickled: what it returns depends on nothing else.

    `name` says for people which piece it is. `replay` is the command that does it again, alone or with little besides.
    """

    name: str
    replay: str
    work: Callable[..., T]
    arguments: tuple[object, ...]

    def name_in(self, error: Exception) -> None:
        """Say in what the job raised what it does not say itself: where, and how to see it again."""
        if isinstance(error, ModelDefect):
            error.shown_again_by(self.replay)
        if isinstance(error, BedplateError):
            error.where = error.where or self.name
            error.next = error.next or self.replay
        else:
            error.add_note(f"in the job: {self.name}\nagain: {self.replay}")

    def lost(self, times: int) -> WorkerLost:
        """The error of a job that takes its worker with it, each time."""
        return WorkerLost(
            "a job ended with its worker, without an answer",
            where=self.name,
            wanted="an answer",
            got=f"{times} workers lost with it, the last ones with nothing but this job to do",
            cause="killed from outside, out of memory, or a crash in compiled code",
            next=self.replay,
        )


@contextmanager
def shown_again_by(command: Callable[[], str]) -> Iterator[None]:
    """For one case of many: a defect of the model, with which the campaign ends, is said with the command that plays this case alone."""
    try:
        yield
    except ModelDefect as error:
        error.shown_again_by(command())
        raise
