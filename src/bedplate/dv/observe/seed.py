"""What registers really hold in each state: taken from the model of an IP type, on its way to the goal and out of every fault.

The way is walked without the scheduler: whatever `observe` names, the one way out of it is taken. It is looked at after every
write, since a controller may die there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, TypeVar

from bedplate.block import SERVICE, State, Step, Wait, ms, us
from bedplate.bus import Decorator, MemoryBus, Request
from bedplate.chips.bench import benches
from bedplate.component import component_of
from bedplate.dv.observe.held import Contents, ObserveJudge
from bedplate.dv.testbed.base import blamed_on_driver
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.env import chip_type, known_chips
from bedplate.errors import BedplateError, DriverDefect, UnknownName
from bedplate.model import Model
from bedplate.topology import Instance, observed

SLICES = 8
"""Looks within the typical time of a wait."""

PAUSES = (0, us(2), us(200), ms(3), ms(3000))
"""After which it is looked for what a trouble did: at once, or when something was late by far."""

T = TypeVar("T")
Seeds = dict[State, Contents]


def subjects(*chips: str) -> dict[type[Instance], Instance]:
    """An instance of every type of block of these chips, or of all and of those on benches alone: for its `config` and its needs."""
    blocks = [block for name in chips or known_chips() for block in chip_type(name)(MemoryBus(0)).all]
    blocks = [*(part for bench in benches().values() for part in bench(MemoryBus(0)).parts if not chips), *blocks]
    return {type(block): block for block in reversed(blocks)}


def part(block: Instance) -> tuple[object, Callable[[], Model] | None]:
    """What the type is brought to, and how to make its model, as on the bench; None for a type that has no model."""
    with suppress(UnknownName):
        component = component_of(type(block))
        if component.samples:
            first = component.samples[0]
            return distinct(first.config), partial(component.model, **first.parameters)
        return block.config, component.model
    return block.config, None


def distinct(config: Any) -> Any:
    """The same plan, but no number twice: a driver that mistakes one for another shall not be right by accident."""
    if not isinstance(config, tuple) or not hasattr(config, "_replace"):
        return config
    values: list[Any] = []
    for value in config:
        fitting = distinct(value)
        while type(fitting) is int and fitting in values:
            fitting += 1
        values.append(fitting)
    return type(config)(*values)


def harvest(driver: type[Instance], config: object, model: Callable[[], Model]) -> Seeds:
    """What the registers held when a state was first seen, in an order that is always the same."""
    found: Seeds = {}

    def bed() -> ModelTestbed:
        return ModelTestbed(driver, config, model())

    walk_through(bed(), found, _settled)
    for other in other_configs(config):
        there = bed()
        walk_through(there.wanting(other), {}, _settled)
        walk_through(there, found, _settled)
    for prepare in _troubles(driver, model()):
        early, late = bed(), bed()
        prepare(early)
        early.reset()
        walk_through(early, found, _settled)
        walk_through(late, {}, _settled)
        prepare(late)
        for there in (early, late):
            for pause in PAUSES:
                there.sleep(pause)
                _note(there, found, _settled)
            walk_through(there, found, _settled)
    for goal in driver.goals:
        there = bed()
        walk_through(there, {}, _settled)
        walk_through(there, found, _settled, goal)
    return found


def _troubles(driver: type[Instance], model: Model) -> Iterator[Callable[[ModelTestbed], None]]:
    for name in ("block_reset", *model.faults):
        yield partial(ModelTestbed.plant, fault=name, times=1)
        yield partial(ModelTestbed.plant, fault=name)
    for kind in driver.requires:
        yield partial(ModelTestbed.withdraw, kind=kind.value)


def other_configs(config: object) -> Iterator[object]:
    """The same plan with one number of it changed."""
    plan: Any = config
    for name in getattr(config, "_fields", ()):
        value = getattr(config, name)
        if type(value) is int:
            yield plan._replace(**{name: value + 1})


def walk_through(
    bed: ModelTestbed, found: dict[State, T], keep: Callable[[ModelTestbed, State], T], goal: str = SERVICE
) -> None:
    """From wherever the instance is, as far as its state machine to a goal leads; of every state that is new, what `keep` makes of it."""
    for _ in range(3 * len(type(bed.driver.goal))):
        state = _note(bed, found, keep)
        way = None if state is None else bed.driver.way_from(state, goal)
        try:
            if isinstance(way, Step):
                dut = bed.hal(_Watched(bed, lambda: _note(bed, found, keep))).dut
                with blamed_on_driver(dut.name):
                    way.run(dut)
                bed.far_keeps_up()
            elif way is None or not any(_passes(bed, way, state, found, keep)):
                return
        except DriverDefect:
            raise
        except BedplateError:  # a fault that is planted may be in the way of a step
            return


def _passes(
    bed: ModelTestbed,
    way: Wait[Any],
    state: State | None,
    found: dict[State, T],
    keep: Callable[[ModelTestbed, State], T],
) -> Iterator[bool]:
    """Look after look at a wait, whether its state has passed."""
    for _ in range(SLICES * -(-way.limit // way.typical)):
        bed.sleep(way.typical // SLICES)
        bed.far_keeps_up()
        yield _note(bed, found, keep) is not state


def _note(bed: ModelTestbed, found: dict[State, T], keep: Callable[[ModelTestbed, State], T]) -> State | None:
    """The state that the instance is in, kept if it is new; None if it does not answer."""
    try:
        dut = _eye(bed)
        with blamed_on_driver(dut.name):
            state: State = observed(dut)
        if state not in found:
            found[state] = keep(bed, state)
    except DriverDefect:
        raise
    except BedplateError:
        return None
    return state


@lru_cache(maxsize=4)
def _eye(bed: ModelTestbed) -> Instance:
    """The driver by which a bench is looked at, thousands of times: one for all looks, since it keeps no memory (`tests/test_memory.py`)."""
    dut: Instance = bed.hal().dut
    return dut


class _Watched(Decorator):
    """Looks after each write, as a controller would that died there and came again."""

    def __init__(self, bed: ModelTestbed, look: Callable[[], object]) -> None:
        super().__init__(bed.raw)
        self._look = look

    def transact(self, request: Request) -> Sequence[int]:
        words = super().transact(request)
        if request.is_write:
            self._look()
        return words


def _settled(bed: ModelTestbed, state: State) -> Contents:
    """What the registers hold, with zeros for what is free to differ between two runs, where the state does not depend on it."""
    judge = ObserveJudge(bed.dut)
    held = {
        place.register: place.cls(bed.raw, bed.base + place.offset, place.register)._load() for place in judge.places
    }
    for place in judge.places:
        register = re.sub(r"\[\d+\]", "", place.register)
        if {register, f"{register}.{place.field.name}"} & bed.model.free:
            without = place.put(held, 0)
            if judge.ask(without).state is state:
                held = without
    return {name: word for name, word in held.items() if word}
