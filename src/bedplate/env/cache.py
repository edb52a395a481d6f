"""Where built things are kept, by content: the same sources, options and tools are built once for all checkouts of a user."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bedplate.errors import EnvError, ToolMissing

PATIENCE = 2.0
"""Seconds that a build step has to end when it is told to."""


def cache_folder() -> Path:
    """The user's cache: `$XDG_CACHE_HOME/bedplate`, or `~/.cache/bedplate`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bedplate"


def cached(name: str, key: Iterable[str], build: Callable[[Path], None]) -> Path:
    """The folder of what is built from `key`. `build` fills an empty one; nobody ever sees a half-filled folder.

    One build of a name at a time: whoever waits may find that what it wants was built meanwhile. A build may want others by other names.
    """
    digest = hashlib.sha256("\0".join(key).encode()).hexdigest()[:16]
    place = cache_folder() / name / digest
    if place.is_dir():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(place.parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            _fill(place, build)
    finally:
        os.close(lock)
    return place


def _fill(place: Path, build: Callable[[Path], None]) -> None:
    work = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        build(work)
        work.rename(place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def tool(name: str, package: str = "") -> str:
    """The path of a program, which is in the Debian package of its own name, or in another. Raises ToolMissing."""
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(f"{name} is not installed", where="PATH", next=f"apt-get install {package or name}")
    return found


def run(command: Sequence[str], listen: Callable[[str], None] | None = None, cwd: Path | None = None) -> None:
    """Run a build step, its output line by line to `listen`. Raises EnvError with its errors when it fails."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        process_group=0,  # so that it can be ended with all that it started
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line.rstrip())
                if listen is not None:
                    listen(lines[-1])
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        errors = [line for line in lines if "rror" in line][:10] or lines[-10:]
        raise EnvError(
            f"{Path(command[0]).name} failed",
            got="\n          ".join(errors),
            next=" ".join(command[:3]) + " ... by hand shows all of it",
        )


def _end(process: subprocess.Popen[str]) -> None:
    """End a build step and the compilers below it. They may tidy up; who does not want to is killed."""
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
