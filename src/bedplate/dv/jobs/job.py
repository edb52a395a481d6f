"""A job: a piece of a campaign that any process can do, today or again."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

from bedplate.bus import described
from bedplate.errors import BedplateError, JobDefect, ModelDefect, WorkerLost, line_in, place_of

T = TypeVar("T")


class Job(NamedTuple, Generic[T]):
    """A function of a module, with arguments that can be pickled: what it returns depends on nothing else.

    `name` says for people which piece it is. `replay` is the command that does it again, alone or with little besides.
    """

    name: str
    replay: str
    work: Callable[..., T]
    arguments: tuple[object, ...]

    def perform(self, *passing: type[BaseException]) -> T:
        """Do it, in this process; what it returns.

        Raises errors of the tree alone, which any process can read, whatever the job raises, but for what is `passing`.
        """
        try:
            return self.work(*self.arguments)
        except passing:
            raise
        except BaseException as error:
            said = self.error_of(error)
        raise said  # out here it has no context: that would travel with it

    def error_of(self, error: BaseException) -> BedplateError:
        """What the job raised, as an error that says in which job, and how to see it again."""
        if not isinstance(error, BedplateError) or not _travels(error):
            return JobDefect(
                f"the job raised {described(error)}",
                where=self.name,
                cause=place_of(error) or line_in(error),
                next=self.replay,
                trace="".join(traceback.format_exception(error)),
            )
        if isinstance(error, ModelDefect):
            error.shown_again_by(self.replay)
        error.where = error.where or self.name
        error.next = error.next or self.replay
        return error

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


def _travels(error: BedplateError) -> bool:
    """Whether another process can read it: one of somebody's own may be made from other arguments, or hold a lock.

    What it came from stays here, if that is what cannot.
    """
    if _is_read(error):
        return True
    error.__cause__ = error.__context__ = None
    return _is_read(error)


def _is_read(error: BedplateError) -> bool:
    try:
        return isinstance(pickle.loads(pickle.dumps(error)), type(error))
    except Exception:
        return False


@contextmanager
def shown_again_by(command: Callable[[], str]) -> Iterator[None]:
    """For one case of many: a defect of the model, with which the campaign ends, is said with the command that plays this case alone."""
    try:
        yield
    except ModelDefect as error:
        error.shown_again_by(command())
        raise
