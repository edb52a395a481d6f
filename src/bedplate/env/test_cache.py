"""What is built is kept by content: never half, never twice."""

import itertools
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bedplate.env import cache
from bedplate.errors import EnvError


def test_a_build_that_fails_shows_the_tools_own_words(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EnvError, match="no such thing"):
        cache.cached("x", ["1"], lambda folder: cache.run(["sh", "-c", "echo 'Error: no such thing'; exit 1"]))
    assert list((tmp_path / "bedplate" / "x").iterdir()) == []


def test_what_two_want_at_the_same_time_is_built_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built = []

    def build(folder):
        built.append(folder)
        cache.run(["sleep", "0.2"])

    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda _: cache.cached("x", ["1"], build), range(2)))
    assert len(built) == 1
    assert places[0] == places[1]
    assert places[0].is_dir()


def test_what_has_another_name_is_built_meanwhile(tmp_path, monkeypatch):
    """And within: a build may want what others want too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def build(folder):
        (folder / "part").symlink_to(cache.cached("part", ["1"], lambda place: (place / "it").touch()) / "it")

    assert (cache.cached("whole", ["1"], build) / "part").exists()


def test_of_several_things_those_that_are_missing_are_built_at_once(tmp_path, monkeypatch):
    """Whoever wants some of them at the same time waits, in whatever order they were named."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.cached("a", ["1"], lambda folder: None)
    built = []

    def build(folders):
        built.append(sorted(folders))
        cache.run(["sleep", "0.2"])

    def want(names):
        return cache.cached_all({name: ["1"] for name in names}, build)

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(want, ["abc", "cba", "bc"]))
    assert sorted(name for names in built for name in names) == ["b", "c"]
    assert found[0] == found[1] == found[2] | {"a": found[0]["a"]}
    assert all(place.is_dir() for place in found[0].values())


def test_of_several_things_none_is_kept_when_one_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EnvError):
        cache.cached_all({"a": ["1"], "b": ["1"]}, lambda folders: cache.run(["false"]))
    assert [list((tmp_path / "bedplate" / name).iterdir()) for name in "ab"] == [[], []]


BUILD = """
import sys
from bedplate.env.cache import cached, run
cached("x", ["1"], lambda folder: run(["sh", "-c", "sleep 600 & echo $!; wait"], listen=lambda line: print(line, flush=True)))
"""
"""A build that has begun a process of its own, and says which."""


def test_a_build_that_is_killed_leaves_no_process_and_its_folder_until_the_next(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = tmp_path / "bedplate" / "x"
    with subprocess.Popen([sys.executable, "-c", BUILD], stdout=subprocess.PIPE, text=True) as builder:
        started = int(builder.stdout.readline())
        builder.kill()
    deadline = time.monotonic() + 60
    while lives(started):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [path.name[0] for path in place.iterdir()] == ["."]
    builds = itertools.count()
    while list(place.iterdir()):  # its kernel may still be closing its files
        assert time.monotonic() < deadline, "any build clears away what is nobody's"
        cache.cached("y", [str(next(builds))], lambda folder: None)


def test_a_build_of_somebody_else_is_not_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = tmp_path / "bedplate" / "x"
    with subprocess.Popen([sys.executable, "-c", BUILD], stdout=subprocess.PIPE, text=True) as builder:
        builder.stdout.readline()
        cache.cached("y", ["1"], lambda folder: None)
        assert [path.name[0] for path in place.iterdir()] == ["."]
        builder.send_signal(signal.SIGINT)


@pytest.mark.parametrize("harm", ["unlink", "truncate"])
def test_what_has_lost_a_file_is_built_anew(tmp_path, monkeypatch, harm):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built = []

    def build(folder):
        built.append(folder)
        (folder / "below").mkdir()
        (folder / "below" / "file").write_text("content")

    file = cache.cached("x", ["1"], build) / "below" / "file"
    file.unlink() if harm == "unlink" else file.write_text("")
    assert (cache.cached("x", ["1"], build) / "below" / "file").read_text() == "content"
    cache.cached("x", ["1"], build)
    assert len(built) == 2


def lives(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False
