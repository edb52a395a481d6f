"""Where built things are kept, by content: the same sources, options and tools are built once for all checkouts of a user."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
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
    return cached_all({name: key}, lambda folders: build(folders[name]))[name]


def cached_all(keys: Mapping[str, Iterable[str]], build: Callable[[dict[str, Path]], None]) -> dict[str, Path]:
    """The same of several things, by their names. Those that are not there are built at once, each into its folder."""
    places = {name: cache_folder() / name / _digest(keys[name]) for name in sorted(keys)}
    with ExitStack() as locks:
        for place in _missing(places).values():  # by their names: two who want the same ones never wait for each other
            place.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(place.parent, os.O_RDONLY)
            locks.callback(os.close, lock)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if missing := _missing(places):
            _fill(missing, build)
    return places


def _digest(key: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:16]


def _missing(places: Mapping[str, Path]) -> dict[str, Path]:
    return {name: place for name, place in places.items() if not place.is_dir()}


def _fill(places: Mapping[str, Path], build: Callable[[dict[str, Path]], None]) -> None:
    works: dict[str, Path] = {}
    try:
        for name, place in places.items():
            works[name] = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        build(dict(works))
        for name, place in places.items():
            works[name].rename(place)
    finally:
        for work in works.values():
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
