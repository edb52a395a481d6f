"""The functions of `bedplate.h` that Python implements. Imported by `libbedplate.so`, in whichever interpreter it finds.

No exception leaves a function: it is kept as the session's error, and the answer is 0, which always means failure. Should
even that fail, cffi's own `error=0` answers.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from _bedplate_dpi import ffi, lib  # type: ignore[import-not-found] # exists only inside libbedplate.so

from bedplate.env.rtl.exchange import ExchangeOp
from bedplate.env.rtl.session import Sessions
from bedplate.errors import AccessError

sessions = Sessions(ffi, lib)
turns = sessions.turns


def keep(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> int:
    """An exception inside a function: the error of the session whose handle the function was given. The answer is failure."""
    handle = trace.tb_frame.f_locals.get("handle") if trace is not None else None
    session = sessions.find(handle or 0)
    try:
        if isinstance(error, KeyboardInterrupt):
            return session.exchange.interrupt(error)
    except BaseException as unheard:
        error = unheard
    session.fail(error)
    return ExchangeOp.FAILED


exported = ffi.def_extern(error=int(ExchangeOp.FAILED), onerror=keep)


def text(pointer: Any, what: str) -> str:
    """A caller's text. Raises AccessError for none, and for what is no UTF-8."""
    if pointer == ffi.NULL:
        raise AccessError(f"NULL is no {what}", wanted="a text, which ends in a zero byte")
    given = ffi.string(pointer)
    try:
        return str(given, "utf-8")
    except UnicodeDecodeError as error:
        raise AccessError(f"{given!r} is no {what}", wanted="UTF-8", got=str(error)) from None


@exported  # type: ignore[untyped-decorator]
def bedplate_open(target: Any) -> int:
    """See `bedplate.h`, as for all functions here."""
    new, session = sessions.add()
    try:
        session.open(text(target, "target"))
    except BaseException:
        sessions.remove(new)
        raise
    return new


@ffi.def_extern()  # type: ignore[untyped-decorator]
def bedplate_close(handle: int) -> None:
    """Closing twice, or nobody's, is harmless."""
    sessions.remove(handle)


@exported  # type: ignore[untyped-decorator]
def bedplate_speedup(handle: int, factor: float) -> int:
    """Refuses 0 and less."""
    if not factor > 0:
        raise AccessError("a speed-up must be above 0", got=f"{factor}")
    sessions[handle].exchange.speedup = factor
    return 1


@exported  # type: ignore[untyped-decorator]
def bedplate_start(handle: int, command: Any) -> int:
    """Runs nothing yet: `bedplate_next` does."""
    sessions[handle].start(text(command, "command"))
    return 1


@exported  # type: ignore[untyped-decorator]
def bedplate_next(handle: int, now: int, status: int) -> int:
    """Once for each transaction: the shortest way to the HAL."""
    return turns[handle](now, status)


@exported  # type: ignore[untyped-decorator]
def bedplate_call(handle: int, command: Any) -> int:
    """For chips whose bus is Bedplate's."""
    session = sessions[handle]
    if not session.drives_itself:
        raise AccessError(
            "the bus of this chip is the caller's",
            where=session.target,
            next="bedplate_start, then bedplate_next until it is done",
        )
    session.start(text(command, "command"))
    return int(turns[handle](0, 0) == ExchangeOp.DONE)
