"""What drivers answer, and how much of it is believed: one that raises, or says what cannot be, has a defect, and nobody else fails."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from bedplate.block import Block, Output, State, Wait
from bedplate.bus import described, shown
from bedplate.errors import (
    RAISED,
    AccessError,
    BedplateError,
    DriverDefect,
    EnvError,
    LinkDown,
    OutOfRange,
    PathLost,
    line_of,
    place_of,
)

T = TypeVar("T")


def defect(what: str, where: str, wanted: str, answer: object, asked: Callable[..., object]) -> DriverDefect:
    """The error of a driver that answers what cannot be, with the line of what was asked."""
    return DriverDefect(
        what,
        where=where,
        wanted=wanted,
        got=_with_line(shown(answer), line_of(asked)),
        cause="a defect of the driver, not of the hardware",
    )


def _with_line(got: str, line: str) -> str:
    return got if line in got else f"{got}, {line}"


def sound(ask: Callable[[], T], who: str) -> T | BedplateError:
    """The answer to a question that only reads, or the error of the instance that it gave: whatever was raised, nothing else fails.

    A question that failed is asked once more. Raises LinkDown, PathLost and EnvError of the bus, which are no instance's.
    """
    for _ in range(2):
        try:
            return ask()
        except RAISED as caught:
            error = failure_of(caught, who)
    return error


def failure_of(error: BaseException, who: str) -> BedplateError:
    """What an instance failed with: an error of its hardware as it is; anything else is a defect of its driver, with its traceback.

    Raises what is no instance's: LinkDown, PathLost and EnvError, if the bus said so. Of a driver that is a defect as well, and so is
    whatever it asks for that cannot be (AccessError).
    """
    if isinstance(error, DriverDefect):
        error.is_told = True
        error.got = _with_line(error.got, place_of(error))
    if isinstance(error, (LinkDown, PathLost, EnvError)):
        if error.is_of_bus:
            raise error
    elif isinstance(error, BedplateError) and not isinstance(error, AccessError) and _is_told_well(error):
        if isinstance(error, DriverDefect):
            error.where = error.where or who
        return error
    return DriverDefect(
        f"the driver raised {described(error)}",
        where=who,
        got=place_of(error) or _called(error),
        cause=f"a defect of the driver{_or_of_its_configuration(error)}, not of the hardware",
        next="the traceback is in the document that `bedplate --json` prints, as `trace` of this error",
        trace="".join(traceback.format_exception(error)),
    )


def _called(error: BaseException) -> str:
    """Where the driver stands whose method could not be called: it takes other arguments."""
    block = _driver_in(error)
    return line_of(type(block)) if block is not None else ""


def _or_of_its_configuration(error: BaseException) -> str:
    """Words for a value that fits nowhere: the driver may only have handed on what it is configured to, in the wiring."""
    block = _driver_in(error) if isinstance(error, OutOfRange) else None
    if block is None or block.config is None:
        return ""
    return f" or of its configuration ({shown(block.config)}, given in the wiring, {block.made_at})"


def _driver_in(error: BaseException) -> Block[Any, Any] | None:
    """The block that the innermost frame with one has to do with."""
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        for held in frame.f_locals.values():
            if issubclass(type(held), Block):
                return cast("Block[Any, Any]", held)
    return None


def _is_told_well(error: BedplateError) -> bool:
    """Whether an error can be printed: a driver may raise one that cannot."""
    words = (error.what, error.where, error.wanted, error.got, error.cause, error.next)
    if not all(isinstance(word, str) for word in words) or not isinstance(error.waited, int | None):
        return False
    try:
        str(error)
    except Exception:
        return False
    return True


def observed(block: Block[Any, Any]) -> State:
    """What a block observes. Raises DriverDefect for what is no state of its own."""
    state = block.observe()
    if type(state) is not type(block.goal):
        raise defect(
            "observe answers what is no state of this block",
            block.name,
            type(block.goal).__name__,
            state,
            block.observe,
        )
    return state


def elapsed_of(block: Block[Any, Any], wait: Wait[Any]) -> int:
    """How long (ns) what is waited for is under way, by the block's own timer. Raises DriverDefect for what is no such time."""
    if wait.elapsed is None:
        return 0
    elapsed = wait.elapsed(block)
    if type(elapsed) is not int or elapsed < 0:
        what = f"{wait.name}: its timer answers what is no time"
        raise defect(what, block.name, "nanoseconds, as an integer from 0 on", elapsed, wait.elapsed)
    return elapsed


def is_on(need: Output[Any]) -> bool | BedplateError:
    """Whether an output is on, by its own word; or the error of its provider, whose driver says it."""
    return sound(partial(_yes_or_no, need, need.is_on), need.provider.name)


def is_coming(need: Output[Any]) -> bool | BedplateError:
    """Whether it is on its way, likewise."""
    return sound(partial(_yes_or_no, need, need.is_coming), need.provider.name)


def _yes_or_no(need: Output[Any], ask: Callable[[], object]) -> bool:
    answer = ask()
    if not isinstance(answer, int):
        raise defect(
            f"{need}: {getattr(ask, '__name__', 'it')} answers neither yes nor no",
            need.provider.name,
            "a bool",
            answer,
            ask,
        )
    return bool(answer)
