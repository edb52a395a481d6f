"""What many jobs stand on and none changes, such as an undisturbed run: made once in each process that does jobs."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

T = TypeVar("T")

KEPT = 4
"""Of how many a process remembers what it made; of the others it makes it again. Jobs that share one stand side by side."""
COLLECT_AFTER = 50
"""Chips between two collections of garbage."""

_MADE: OrderedDict[tuple[object, ...], object] = OrderedDict()


def made_once(make: Callable[..., T], *arguments: object) -> T:
    """What `make(*arguments)` returns, made when a job of this process first asks for it."""
    key = (make, *arguments)
    if key not in _MADE:
        _MADE[key] = make(*arguments)
        while len(_MADE) > KEPT:
            _MADE.popitem(last=False)
    _MADE.move_to_end(key)
    return cast(T, _MADE[key])


@contextmanager
def own_ground() -> Iterator[None]:
    """For jobs that are done in the process of their campaign: what they stand on ends with them."""
    try:
        yield
    finally:
        _MADE.clear()


@contextmanager
def rare_collection() -> Iterator[Callable[[], None]]:
    """For work that makes a chip, drops it, and then calls what it is given: garbage is collected after COLLECT_AFTER of them.

    Collecting by the usual thresholds would cost a third of the time, most of it for looking at the ground.
    """
    usual, count = gc.isenabled(), 0

    def dropped() -> None:
        nonlocal count
        count += 1
        if count % COLLECT_AFTER == 0:
            gc.collect()

    gc.freeze()
    gc.disable()
    try:
        yield dropped
    finally:
        gc.unfreeze()
        if usual:
            gc.enable()
