"""A running simulation inside this process, as a bus. The HAL is the main greenlet, the simulator's C stack another one.

So everything is one thread, the one that opened it, and `os.fork` gives two simulations that go on independently.
"""

from __future__ import annotations

import atexit
import ctypes
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType

from greenlet import getcurrent, greenlet

from bedplate.bus import us
from bedplate.env.owner import Owner
from bedplate.env.rtl.bus import LEAP, PLANT, RESET, TENANT, VIOLATIONS, SimulatorBus
from bedplate.env.rtl.exchange import ENDED, Exchange, ExchangeOp
from bedplate.env.rtl.faults import Faults
from bedplate.env.rtl.library import library
from bedplate.errors import EnvError, UnknownName
from bedplate.model import RESETS

SIGNALLED = ctypes.cast(ctypes.pythonapi.PyErr_CheckSignals, ctypes.c_void_p)
"""Runs the handlers of signals that came while C++ ran; not 0 when one of them raised, which Python then sees."""


STRIDE = us(1 << 14)
"""A step of a leap in time (ns of device time)."""


class Simulation(SimulatorBus):
    """The bus of a design in a simulator that was built as a library. Starts at once.

    `plusargs` are what a simulator's command line would have. Raises EnvError when the testbench ends before it serves.
    """

    def __init__(self, simulator: Path, plusargs: Sequence[str], waves: bool) -> None:
        capi = load_capi()
        self._sessions = capi.sessions
        self._handle, session = self._sessions.add()
        super().__init__(session.exchange)
        self._library = _functions(simulator)
        arguments = [b"sim", *(f"+{text}".encode() for text in (*plusargs, f"bedplate={self._handle}"))]
        self._arguments = (ctypes.c_char_p * len(arguments))(*arguments)  # the simulator keeps pointers into it
        self._simulation = self._library.sim_open(len(arguments), self._arguments, int(waves))
        self._start()
        atexit.register(_close, weakref.ref(self))

    def _start(self) -> None:
        exchange = self.exchange
        exchange.owner.fix()
        exchange.select = partial(self._library.sim_select, self._simulation)
        exchange.select()
        Exchange.running = exchange
        exchange.hal = getcurrent()
        exchange.simulator = greenlet(self._run)
        if exchange.simulator.switch() == ENDED:
            raise EnvError(
                "the simulation ended before its testbench served anybody",
                wanted="if (hal.is_served()) hal.serve();",
                next="its last words are on stderr",
            )

    def _run(self) -> None:
        try:
            self._library.sim_run(self._simulation, SIGNALLED)
        finally:  # with KeyboardInterrupt, where that was the signal: it goes on in the greenlet that waits, the HAL's
            self.exchange.simulator = None
        self.exchange.end()

    def close(self) -> None:
        """Let the testbench come to its end, which writes out waves. The bus is dead afterwards."""
        if self._simulation is None:
            return
        with suppress(EnvError):  # it ends: that is what is wanted
            self.exchange.ask(ExchangeOp.DONE)
        if self.exchange.simulator is None:
            self._library.sim_close(self._simulation)
        self._simulation = None
        self._sessions.remove(self._handle)

    @property
    def slots(self) -> int:
        """How many times something happened in the simulation, such as an edge of a clock. For benchmarks."""
        return int(self._library.sim_slots(self._simulation))


class OpenSimulation(Simulation):
    """A simulation whose testbench has the back door."""

    def __init__(self, simulator: Path, plusargs: Sequence[str], faults: Faults, waves: bool) -> None:
        self._faults = faults
        super().__init__(simulator, plusargs, waves)

    def plant_text(self, text: str) -> None:
        """Plant a fault, as `parse_plant` reads it. Raises AccessError, UnknownName, EnvError."""
        self.backdoor(PLANT, *self._faults.numbers(text))

    def tenant(self, active: bool) -> None:
        """A workload comes (or goes)."""
        self.backdoor(TENANT, int(active))

    def reset(self, cause: str) -> None:
        """The chip as a whole is reset. Raises UnknownName."""
        if cause not in RESETS:
            raise UnknownName("reset of a chip", cause, RESETS)
        self.backdoor(RESET, 1 + RESETS.index(cause))

    def leap(self, duration: int) -> None:
        """Many hours at once, in steps of 16.384 ms (ns)."""
        self.backdoor(LEAP, duration // STRIDE)

    def violations(self) -> Sequence[object]:
        """The dangerous acts of software until now; the testbench counts them and does not say which."""
        return [f"violation {number + 1}" for number in range(self.backdoor(VIOLATIONS))]


class InFront:
    """For a bus in front of a simulation."""

    _simulation: Simulation

    @property
    def owners(self) -> tuple[Owner, ...]:
        """See `SimulatorBus.owners`."""
        return self._simulation.owners

    def close(self) -> None:
        """See `Simulation.close`."""
        self._simulation.close()


class Behind(InFront):
    """The same, where the back door is: it stays open."""

    _simulation: OpenSimulation

    def plant_text(self, text: str) -> None:
        """See `OpenSimulation.plant_text`."""
        self._simulation.plant_text(text)

    def tenant(self, active: bool) -> None:
        """See `OpenSimulation.tenant`."""
        self._simulation.tenant(active)

    def reset(self, cause: str) -> None:
        """See `OpenSimulation.reset`."""
        self._simulation.reset(cause)

    def leap(self, duration: int) -> None:
        """See `OpenSimulation.leap`."""
        self._simulation.leap(duration)

    def violations(self) -> Sequence[object]:
        """See `OpenSimulation.violations`."""
        return self._simulation.violations()


def load_capi() -> ModuleType:
    """The C API inside this interpreter: loading the library makes it importable."""
    if "_bedplate_dpi" not in sys.modules:
        loaded = ctypes.PyDLL(str(library()), mode=ctypes.RTLD_GLOBAL)
        loaded.bedplate_close(0)
    from bedplate.env.rtl import capi

    return capi


def _functions(path: Path) -> ctypes.PyDLL:
    loaded = ctypes.PyDLL(str(path))
    loaded.sim_open.restype = ctypes.c_void_p
    loaded.sim_open.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
    loaded.sim_slots.restype = ctypes.c_ulonglong
    loaded.sim_run.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    for name in ("sim_slots", "sim_select", "sim_close"):
        getattr(loaded, name).argtypes = (ctypes.c_void_p,)
    return loaded


def _close(reference: weakref.ref[Simulation]) -> None:
    simulation = reference()
    if simulation is not None:
        simulation.close()
