"""Sessions: the chips that a caller of the C API has open, by handle; and how an error reaches a caller that is not Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from greenlet import getcurrent, greenlet

from bedplate.converge import Chip
from bedplate.env.rtl.bus import SimulatorBus
from bedplate.env.rtl.commands import CommandAnswer, execute, failure
from bedplate.env.rtl.exchange import Exchange, ExchangeOp
from bedplate.env.targets import chip_type, open_chip
from bedplate.errors import AccessError, BedplateError, EnvError, render

SUPPLIED = "sv:"
"""The target prefix of a chip whose bus the caller drives."""


class RtlSession:
    """One chip of one caller, one command at a time."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.target = ""
        self.chip: Chip | None = None
        self.drives_itself = False

    def open(self, target: str) -> None:
        """Make the chip. Raises what `bedplate.open` raises."""
        self.target = target
        self.drives_itself = not target.startswith(SUPPLIED)
        if self.drives_itself:
            self.chip = open_chip(target)
        else:
            self.chip = chip_type(target.removeprefix(SUPPLIED))(SimulatorBus(self.exchange))

    def start(self, command: str) -> None:
        """Make a command ready to run at the next `next`. A command that was not finished is dropped: no HAL remembers it."""
        if self.chip is None:
            raise AccessError("this session drives no chip of its own", next="open one first")
        self.exchange.owner.enter()
        self.exchange.say("text", "")
        self.exchange.say("error", "")
        self.exchange.hal = None  # ends the last one, before there is a new one
        self.exchange.simulator = getcurrent()
        self.exchange.hal = greenlet(lambda status: self._run(command))

    def _run(self, command: str) -> int:
        assert self.chip is not None
        try:
            answer = execute(self.chip, command, self.target)
        except BedplateError as error:
            answer = CommandAnswer(failure(error), error=error)
        finally:
            self.exchange.hal = None  # a dead greenlet would answer its caller with the caller's own words
        self.exchange.slot.value = answer.value
        self.exchange.say("text", json.dumps(answer.document))
        if answer.error is None:
            return ExchangeOp.DONE
        self.exchange.say("error", render(answer.error))
        return ExchangeOp.FAILED

    def fail(self, error: BaseException) -> None:
        """Keep an error for the caller: a Bedplate error as rendered, anything else as the defect that it is."""
        if not isinstance(error, BedplateError):
            import traceback

            trace = "".join(traceback.format_exception(error))
            error = EnvError(f"defect in Bedplate: {type(error).__name__}: {error}", got=trace)
        self.exchange.say("error", render(error))
        self.exchange.say("text", json.dumps(failure(error)))


class Turns(dict[int, Callable[[int, int], int]]):
    """What takes a turn, by handle. Raises AccessError for a handle that no session has."""

    def __missing__(self, handle: int) -> Callable[[int, int], int]:
        raise _not_open(handle)


class Sessions:
    """All sessions of this process. Handle 0 is nobody's: it holds the error of an `open` that failed. So are those that are not open:
    of these it is said, and nothing of the session that had the handle before."""

    MOST = 64

    def __init__(self, ffi: Any, lib: Any) -> None:
        self._ffi = ffi
        self._lib = lib
        self._nobody = [self._new(handle) for handle in range(self.MOST + 1)]
        """For each handle: who answers while no session has it."""
        self._open: dict[int, RtlSession] = {}
        self.turns = Turns()
        """`Exchange.next` of every session, without a detour: once for each transaction."""

    def add(self) -> tuple[int, RtlSession]:
        """A new session and its handle. Raises EnvError when there are too many."""
        for handle in range(1, self.MOST + 1):
            if handle not in self._open:
                session = self._open[handle] = self._new(handle)
                session.exchange.say("error", "")
                self.turns[handle] = session.exchange.next
                return handle, session
        raise EnvError(f"{self.MOST} sessions are open", next="close some: bedplate_close")

    def _new(self, handle: int) -> RtlSession:
        """A session at a handle, of which its slot says nothing yet but that it is not open."""
        session = RtlSession(Exchange(self._ffi, self._lib.slot_of(handle)))
        slot = session.exchange.slot
        slot.address = slot.count = slot.size = slot.value = 0
        session.exchange.say("text", "")
        session.exchange.say("error", render(_not_open(handle)) if handle else "")
        return session

    def __getitem__(self, handle: int) -> RtlSession:
        session = self._open.get(handle)
        if session is None:
            raise _not_open(handle)
        return session

    def find(self, handle: int) -> RtlSession:
        """The session, or who answers instead: handles that there are not have the slot of 0."""
        return self._open.get(handle) or self._nobody[handle if 0 < handle <= self.MOST else 0]

    def remove(self, handle: int) -> None:
        """Forget a session."""
        if self._open.pop(handle, None) is not None:
            self._nobody[handle] = self._new(handle)
        self.turns.pop(handle, None)


def _not_open(handle: int) -> AccessError:
    return AccessError(f"no session has the handle {handle}", next="bedplate_open gives one")
