"""The digest of a configuration is that of its values."""

from typing import NamedTuple

import pytest

from bedplate.block import digest_of
from bedplate.errors import ConfigError
from bedplate.reg import Effect


class Plan(NamedTuple):
    fast: int = 3
    word: str = "a"
    lanes: tuple[int, ...] = (1, 2)
    more: Effect = Effect.NONE


def test_each_value_counts_and_no_name_does():
    class Other(NamedTuple):
        quick: int = 3
        name: str = "a"
        lines: tuple[int, ...] = (1, 2)
        rest: Effect = Effect.NONE

    assert digest_of(Plan()) == digest_of(Other())
    changed = [Plan(4), Plan(word="b"), Plan(lanes=(1, 3)), Plan(lanes=(12,)), Plan(more=Effect.PERMANENT), (Plan(),)]
    assert len({digest_of(plan) for plan in [Plan(), *changed]}) == 7


def test_what_has_no_digest_is_refused():
    with pytest.raises(ConfigError, match=r"nan"):
        digest_of((1, float("nan")))
    with pytest.raises(ConfigError, match="list"):
        digest_of((1, [2]))
    assert digest_of(0.5) != digest_of(-0.5)
