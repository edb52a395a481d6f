"""What is built is kept by content: never half, never twice."""

from concurrent.futures import ThreadPoolExecutor

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
