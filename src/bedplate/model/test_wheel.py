"""Virtual time: order, cancelling, and that a run depends on nothing but its inputs."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.bus import s
from bedplate.model import Wheel


def test_events_run_in_the_order_of_their_times_and_of_their_making():
    wheel, seen = Wheel(), []
    for name, time in (("late", 30), ("first", 10), ("second", 10), ("never", 31)):
        wheel.at(time, seen.append, name)
    wheel.advance(30)
    assert seen == ["first", "second", "late"]
    assert wheel.now == 30


def test_events_see_their_own_time_and_may_make_more():
    wheel, seen = Wheel(), []

    def tick(left: int) -> None:
        seen.append(wheel.now)
        if left:
            wheel.at(wheel.now + 7, tick, left - 1)

    wheel.at(5, tick, 3)
    wheel.advance(19)
    assert (seen, wheel.now) == ([5, 12, 19], 19)
    wheel.advance(100)
    assert (seen, wheel.now) == ([5, 12, 19, 26], 119)


def test_an_event_made_for_the_past_runs_with_the_next_step():
    wheel, seen = Wheel(), []
    wheel.advance(100)
    wheel.at(3, seen.append, "now")
    wheel.advance(0)
    assert (seen, wheel.now) == (["now"], 100)


def test_cancel():
    wheel, seen = Wheel(), []
    event = wheel.at(10, seen.append, "x")
    assert event.pending
    wheel.cancel(event)
    wheel.cancel(event)
    wheel.cancel(None)
    assert not event.pending
    wheel.advance(20)
    assert seen == []


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=30))
def test_what_one_owner_takes_leaves_the_others_in_order(entries):
    wheel, seen = Wheel(), []
    for i, (time, mine) in enumerate(entries):
        wheel.at(time, seen.append, (time, i), owner="me" if mine else None)
    taken = wheel.take("me")
    wheel.advance(50)
    order = sorted((time, i, mine) for i, (time, mine) in enumerate(entries))
    assert [event.args[0] for event in taken] == [(time, i) for time, i, mine in order if mine]
    assert seen == [(time, i) for time, i, mine in order if not mine]


def test_an_event_cannot_wait():
    wheel = Wheel()
    wheel.at(1, wheel.advance, 1)
    with pytest.raises(RuntimeError, match="after"):
        wheel.advance(5)
    wheel.advance(5)


def test_empty_time_costs_nothing():
    """A century of device time, at once."""
    wheel = Wheel()
    wheel.advance(s(3_000_000_000))
    assert wheel.now == s(3_000_000_000)


plans = st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 20)), max_size=30)


class Log:
    def __init__(self) -> None:
        self.wheel = Wheel()
        self.seen: list[tuple[int, int]] = []

    def happen(self, name: int, again: int) -> None:
        self.seen.append((self.wheel.now, name))
        if again:
            self.wheel.at(self.wheel.now + again, self.happen, name, 0)


def run(plan, steps, *, copy: bool) -> list[tuple[int, int]]:
    log = Log()
    events = [log.wheel.at(time, log.happen, i, again) for i, (time, _, again) in enumerate(plan)]
    for event, (_, keep, _) in zip(events, plan, strict=True):
        if not keep:
            log.wheel.cancel(event)
    for step in steps:
        log.wheel.advance(step)
        if copy:
            log = pickle.loads(pickle.dumps(log))
    return log.seen


@given(plans, st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_same_inputs_same_run_however_time_is_sliced_and_with_a_snapshot_at_every_slice(plan, steps):
    once = run(plan, [sum(steps)], copy=False)
    assert once == sorted(once, key=lambda entry: entry[0])
    assert run(plan, steps, copy=False) == once
    assert run(plan, steps, copy=True) == once
