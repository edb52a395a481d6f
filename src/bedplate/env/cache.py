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

from bedplate.env.children import group_dies_with_us, room
from bedplate.errors import EnvError, ToolMissing

CONTENTS = ".contents"
"""The file beside what was built that says what it is: the size and the name of each file."""

PATIENCE = 2.0
"""Seconds that a build step has to end when it is told to."""


def cache_folder() -> Path:
    """The user's cache: `$XDG_CACHE_HOME/bedplate`, or `~/.cache/bedplate`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bedplate"


def cached(name: str, key: Iterable[str], build: Callable[[Path], None]) -> Path:
    """The folder of what is built from `key`. `build` fills an empty one; nobody ever sees a half-filled folder, and one that has lost a
    file since is built anew.

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
    return {name: place for name, place in places.items() if not _is_whole(place)}


def _is_whole(place: Path) -> bool:
    """Whether all is there that was built."""
    try:
        lines = (place / CONTENTS).read_text(encoding="utf-8").splitlines()
        return all(
            (place / name).stat().st_size == int(size) for size, _, name in (one.partition(" ") for one in lines)
        )
    except (OSError, ValueError):
        return False


def _note_contents(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    lines = [f"{path.stat().st_size} {path.relative_to(folder)}\n" for path in files]
    (folder / CONTENTS).write_text("".join(lines), encoding="utf-8")


def _sweep(name: Path) -> None:
    """Clear away what builds of that name left that were killed. Who calls has its lock, so nobody is building there."""
    for left in name.glob(".*-*"):
        shutil.rmtree(left, ignore_errors=True)


def _sweep_others() -> None:
    """The same for all names that nobody is building just now."""
    for name in cache_folder().iterdir():
        with suppress(OSError), ExitStack() as lock:
            handle = os.open(name, os.O_RDONLY | os.O_DIRECTORY)
            lock.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _sweep(name)


def _fill(places: Mapping[str, Path], build: Callable[[dict[str, Path]], None]) -> None:
    works: dict[str, Path] = {}
    _sweep_others()
    try:
        for name, place in places.items():
            _sweep(place.parent)
            works[name] = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        build(dict(works))
        for name, place in places.items():
            _note_contents(works[name])
            shutil.rmtree(place, ignore_errors=True)  # where something of it is missing
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
    with room():
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,  # so that it can be ended with all that it started
        )
    with process, group_dies_with_us(process.pid):
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
