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
