"""The ground floor: how bits and time reach the chip. The Bus protocol and its decorators; nothing here knows a register's name.

Start reading at `protocol.py`. A decorator is a bus in front of a bus: Meter, Trace, Guard (dead or data?), Kill and ErrorInjector
(harm on purpose), Record and Replay, ReadOnly. Split joins a chip's ports, Route chooses among paths to one chip.
"""

from bedplate.bus.backdoor import Backdoor
from bedplate.bus.decorator import Decorator, Meter, Request, Trace, Transaction, notes_of, often, perform
from bedplate.bus.guard import Canary, Guard, Port, require_access
from bedplate.bus.inject import ErrorInjector, InjectedError, Kill, Killed, Moment
from bedplate.bus.memory import MemoryBus
from bedplate.bus.observer import Observer, described, shown
from bedplate.bus.protocol import ALL_ONES, SIZES, WORD, Bus
from bedplate.bus.readonly import ReadOnly
from bedplate.bus.record import Record, Replay
from bedplate.bus.route import Path, Route
from bedplate.bus.split import Split
from bedplate.bus.time import LONGEST, Backoff, Watch, ms, poll_by_reading, s, us, wait_for

__all__ = [
    "ALL_ONES",
    "LONGEST",
    "SIZES",
    "WORD",
    "Backdoor",
    "Backoff",
    "Bus",
    "Canary",
    "Decorator",
    "ErrorInjector",
    "Guard",
    "InjectedError",
    "Kill",
    "Killed",
    "MemoryBus",
    "Meter",
    "Moment",
    "Observer",
    "Path",
    "Port",
    "ReadOnly",
    "Record",
    "Replay",
    "Request",
    "Route",
    "Split",
    "Trace",
    "Transaction",
    "Watch",
    "described",
    "ms",
    "notes_of",
    "often",
    "perform",
    "poll_by_reading",
    "require_access",
    "s",
    "shown",
    "us",
    "wait_for",
]
