"""Workers on a farm: those of a Dask scheduler, whoever started them (`dask worker`, dask-jobqueue, dask-kubernetes)."""

from __future__ import annotations

import hashlib
from concurrent.futures import CancelledError, Future
from functools import cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TypeVar

from bedplate.dv.jobs.job import Job
from bedplate.errors import EnvError, ToolMissing

T = TypeVar("T")

PACKAGE = Path(__file__).parents[2]
SOURCES = ("*.py", "*.rdl", "ip/*/rtl/*.sv")
OTHERS = ("test_*.py", "*_regs.sv", "*_block.sv")
"""Of these: what no job stands on, and what is made when RTL is built."""
ANSWERS = 10
"""Seconds that a scheduler may take to answer."""
_TURN = Lock()
"""Who does a job in this process: one at a time, since a chip belongs to a thread, however many threads a worker has."""


class FarmWorkers:
    """The workers of a scheduler. A worker that is lost is the scheduler's to replace, and its jobs to hand to another one."""

    room = 1024
    """More than a farm has workers, so that none of them waits for this process."""
    tries = 2
    """The scheduler has tried by itself before it calls a job lost (`distributed.scheduler.allowed-failures`, 3 times)."""

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ModuleNotFoundError as missing:
            raise ToolMissing(
                "a farm is reached through the package distributed",
                where=f"--on {address}",
                got=f"no module named {missing.name}",
                next="pip install 'bedplate[farm]'",
            ) from None
        self.lost: tuple[type[BaseException], ...] = (distributed.KilledWorker,)
        self.address = address
        self._client = distributed.Client.__new__(distributed.Client)
        try:
            distributed.Client.__init__(self._client, address, timeout=ANSWERS, set_as_default=False)
        except BaseException as error:
            self._client.status = (
                "closed"  # one that never began would be waited for, and complain, when it is collected
            )
            if not isinstance(error, Exception):
                raise
            raise _no_answer(address, error) from None
        self._executor = self._client.get_executor(pure=False)

    def __enter__(self) -> FarmWorkers:
        return self

    def submit(self, job: Job[T]) -> Future[T]:
        """Have a job done by whichever worker is free."""
        future: Future[T] = self._executor.submit(_perform, job, sources())
        return future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing more is begun. What a worker is about it ends, a share of seconds, and nobody hears of it."""
        self._executor.shutdown(wait=False)
        self._client.close()
        if isinstance(error, CancelledError):
            raise EnvError(
                "the Dask scheduler has dropped a job", where=f"--on {self.address}", cause="it was ended or restarted"
            ) from None


def _no_answer(address: str, error: Exception) -> EnvError:
    lacks_tls = "ssl_context" in str(error)
    return EnvError(
        "no Dask scheduler answers",
        where=f"--on {address}",
        wanted="the address that `dask scheduler` prints, such as tcp://host:8786",
        got=str(error) or type(error).__name__,
        cause="Dask is not configured for TLS here: it has no certificates" if lacks_tls else "",
        next="distributed.comm.tls in Dask's configuration: see docs/farm.md" if lacks_tls else "dask scheduler",
    )


def _perform(job: Job[T], wanted: str) -> T:
    """On a worker: a job, by the very sources that the campaign has."""
    if sources() != wanted:
        raise EnvError(
            "a worker of the farm has other sources of Bedplate than this process",
            wanted=wanted,
            got=sources(),
            cause="it was started before they were changed, or has an installation of its own",
            next="restart the workers, from the same installation",
        )
    with _TURN:
        return job.perform()


@cache
def sources() -> str:
    """A digest of Bedplate's sources as they were when this process first asked."""
    digest = hashlib.sha256()
    for path in sorted(path for kind in SOURCES for path in PACKAGE.rglob(kind)):
        if any(path.match(other) for other in OTHERS):
            continue
        digest.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
