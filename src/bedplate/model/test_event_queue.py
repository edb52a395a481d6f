"""Virtual time: order, cancelling, and that a run depends on nothing but its inputs."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.bus import s
from bedplate.errors import ModelDefect
from bedplate.model import EventQueue


def test_events_run_in_the_order_of_their_times_and_of_their_making():
    queue, seen = EventQueue(), []
    for name, time in (("late", 30), ("first", 10), ("second", 10), ("never", 31)):
        queue.at(time, seen.append, name)
    queue.advance(30)
    assert seen == ["first", "second", "late"]
    assert queue.now == 30


def test_events_see_their_own_time_and_may_make_more():
    queue, seen = EventQueue(), []

    def tick(left: int) -> None:
        seen.append(queue.now)
        if left:
            queue.at(queue.now + 7, tick, left - 1)

    queue.at(5, tick, 3)
    queue.advance(19)
    assert (seen, queue.now) == ([5, 12, 19], 19)
    queue.advance(100)
    assert (seen, queue.now) == ([5, 12, 19, 26], 119)


def test_an_event_made_for_the_past_runs_with_the_next_step():
    queue, seen = EventQueue(), []
    queue.advance(100)
    queue.at(3, seen.append, "now")
    queue.advance(0)
    assert (seen, queue.now) == (["now"], 100)


def test_cancel():
    queue, seen = EventQueue(), []
    event = queue.at(10, seen.append, "x")
    assert event.pending
    queue.cancel(event)
    queue.cancel(event)
    queue.cancel(None)
    assert not event.pending
    queue.advance(20)
    assert seen == []


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=30))
def test_what_one_owner_takes_leaves_the_others_in_order(entries):
    queue, seen = EventQueue(), []
    for i, (time, mine) in enumerate(entries):
        queue.at(time, seen.append, (time, i), owner="me" if mine else None)
    taken = queue.take("me")
    queue.advance(50)
    order = sorted((time, i, mine) for i, (time, mine) in enumerate(entries))
    assert [event.args[0] for event in taken] == [(time, i) for time, i, mine in order if mine]
    assert seen == [(time, i) for time, i, mine in order if not mine]


def test_an_event_cannot_wait():
    queue = EventQueue()
    queue.at(1, queue.advance, 1)
    with pytest.raises(RuntimeError, match="after"):
        queue.advance(5)
    queue.advance(5)


def test_who_keeps_time_from_passing_is_named(monkeypatch):
    monkeypatch.setattr("bedplate.model.event_queue.MOST_AT_ONCE", 100)
    queue, seen = EventQueue(), []

    def again() -> None:
        seen.append(queue.now)
        queue.at(queue.now, again)

    for n in range(100):
        queue.at(5, seen.append, n)
        queue.at(6 + n, seen.append, n)
    queue.advance(200)
    assert len(seen) == 200
    again()
    with pytest.raises(ModelDefect, match="for ever at one moment") as error:
        queue.advance(1)
    assert len(seen) == 301
    assert "test_event_queue.py:" in error.value.got


def test_empty_time_costs_nothing():
    """A century of device time, at once."""
    queue = EventQueue()
    queue.advance(s(3_000_000_000))
    assert queue.now == s(3_000_000_000)


plans = st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 20)), max_size=30)


class Log:
    def __init__(self) -> None:
        self.queue = EventQueue()
        self.seen: list[tuple[int, int]] = []

    def happen(self, name: int, again: int) -> None:
        self.seen.append((self.queue.now, name))
        if again:
            self.queue.at(self.queue.now + again, self.happen, name, 0)


def run(plan, steps, *, copy: bool) -> list[tuple[int, int]]:
    log = Log()
    events = [log.queue.at(time, log.happen, i, again) for i, (time, _, again) in enumerate(plan)]
    for event, (_, keep, _) in zip(events, plan, strict=True):
        if not keep:
            log.queue.cancel(event)
    for step in steps:
        log.queue.advance(step)
        if copy:
            log = pickle.loads(pickle.dumps(log))
    return log.seen


@given(plans, st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_same_inputs_same_run_however_time_is_sliced_and_with_a_snapshot_at_every_slice(plan, steps):
    once = run(plan, [sum(steps)], copy=False)
    assert once == sorted(once, key=lambda entry: entry[0])
    assert run(plan, steps, copy=False) == once
    assert run(plan, steps, copy=True) == once
