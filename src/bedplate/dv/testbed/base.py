"""One instance of an IP type on a bench: what the tests of its folder are written against, whatever world it lives in.

A `Testbed` is an instance at power-on, with all it needs: a sample on the bench of its type. The HAL in front of it knows it alone, as
`dut`, and is made anew for every look and every converge. An end of a pair has its other end with it, of the same type, as `far`.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

from bedplate.block import OFF, Kind, Need, State, Step, Tenant, is_end, us
from bedplate.bus import Backdoor, Bus, Trace
from bedplate.chips.bench.supply.driver import Supply
from bedplate.chips.bench.supply.model import MHZ, WITHDRAWN
from bedplate.chips.bench.wiring import Part, constant_of, part_of, supply_name
from bedplate.component import Component, Sample, component_of, registers_of
from bedplate.converge import Chip, Report
from bedplate.dv.compare.normal import Normal
from bedplate.dv.kill.patient import Patient
from bedplate.errors import RAISED, BedplateError
from bedplate.model import Model
from bedplate.reg import RegisterBlock
from bedplate.topology import Instance, Pair, failure_of, observed

DUT, FAR = "dut", "far"


class Raw(Bus, Backdoor, Protocol):
    """A raw bus with a back door."""


class Alone(Chip):
    """The HAL of one instance, at an address. It believes that whatever the instance needs is there. Its canary is its type's (`alone`)."""

    name = "bench"
    tenant = Tenant.IDLE

    def __init__(self, bus: Bus, driver: type[Instance], config: object, base: int, far: int) -> None:
        self.driver, self.config, self.base, self.far_base = driver, config, base, far
        super().__init__(bus)

    def wire(self, bus: Bus) -> None:
        self.supply = Supply(RegisterBlock(bus, 0, "supply"), None)
        needs = [Need(kind, self.supply) for kind in self.driver.requires]
        if is_end(self.driver):
            self.far = self.driver(registers_of(self.driver)(bus, self.far_base, FAR), self.config, *needs)
        self.unlimited = tuple(self.driver.draws_on)
        self.dut = self.driver(registers_of(self.driver)(bus, self.base, DUT), self.config, *needs)
        if is_end(self.driver):
            self.pairs = (Pair(self.dut, self.far),)


@cache
def alone(driver: type[Instance]) -> type[Alone]:
    """The HAL of one instance of a type."""
    return type("Alone", (Alone,), {"canary": constant_of(driver), "__module__": __name__, "__doc__": Alone.__doc__})


@contextmanager
def blamed_on_driver(who: str) -> Iterator[None]:
    """For whatever a driver is asked on its own. Raises DriverDefect, with its line, for what it raises that is no error of its hardware."""
    try:
        yield
    except BedplateError:
        raise
    except RAISED as error:
        raise failure_of(error, who) from error


class Testbed(ABC):
    """An instance in some world: the sample that has the settings of a model.

    `name` and `base` are what the bench calls it, and where it has it; `far_name` and `far_base` say the same of the other end of a pair.
    """

    def __init__(self, driver: type[Instance], config: object, model: Model) -> None:
        component = component_of(driver)
        number = component.number_like(model)
        self.driver, self.config = driver, config
        self.name, self.base = part_of(component, number)
        self.far_name, self.far_base = part_of(component, number ^ 1) if is_end(driver) else Part("", 0)
        self.raw = self._power_on(model)
        self.bus: Bus = self.raw
        self.normal = Normal(self.hal, {DUT: model.free, FAR: model.free} if self.far_name else {DUT: model.free})

    @abstractmethod
    def _power_on(self, model: Model) -> Raw:
        """The bench, in which nothing has happened yet."""

    @classmethod
    def of(cls, component: Component, sample: Sample | None = None) -> Any:
        """A sample of a type, its first one if none is named. Raises IndexError for a type that no bench can hold."""
        sample = component.samples[0] if sample is None else sample
        return cls(component.driver, sample.config, component.model(**sample.parameters))

    def hal(self, bus: Bus | None = None) -> Alone:
        """A HAL that knows nothing but the chip, or the bus in front of it."""
        kind = alone(self.driver)
        return kind(self.bus if bus is None else bus, self.driver, self.config, self.base, self.far_base)

    @property
    def dut(self) -> Any:
        """The driver of the instance, for tests that write by hand, and mean it."""
        chip = self.hal()
        chip.bus.forced = chip.bus.intended = True
        return chip.dut

    @property
    def far(self) -> Any:
        """The driver of the other end, likewise."""
        chip = self.hal()
        chip.bus.forced = chip.bus.intended = True
        return chip.far

    def far_keeps_up(self) -> None:
        """The other end takes the step that it can take, for who leads the instance by hand."""
        if self.far_name:
            way = self.driver.way_from(self.hal().far.observe())
            if isinstance(way, Step):
                way.run(self.far)

    @property
    def state(self) -> State:
        """What `observe` of a new HAL says of the part under test."""
        dut = self.hal().dut
        with blamed_on_driver(dut.name):
            return observed(dut)

    def wanting(self, config: object) -> Any:
        """The same chip under a HAL that wants something else."""
        other = copy.copy(self)
        other.config = config
        return other

    def registers(self) -> dict[str, int]:
        """Every word that may be read without effect, without the bits that are free to differ."""
        return Patient(self.hal, self.raw, self.normal).state()

    # Converging.

    def converge(self, **how: Any) -> Report:
        """Converge with a new HAL, as after a crash. The arguments are those of `Chip.converge`."""
        return self.hal().converge(**how)

    def boot(self) -> Any:
        """Converge, which must succeed; the driver."""
        report = self.converge()
        assert report.ok, str(report)
        return self.dut

    def leads_down(self) -> Testbed:
        """Converge to off, which must succeed, and write nothing the second time; the bench."""
        for _ in range(2):
            report = self.converge(goal=OFF)
            assert report.ok, str(report)
        assert report.writes == 0
        return self

    def fails(self, kind: type[BedplateError], state: State) -> BedplateError:
        """Converge, which must end in that state with an error of that kind; the error."""
        report = self.converge()
        error = report.first_error
        assert error is not None, str(report)
        assert (type(error), report.lines[-1].state) == (kind, state.name), str(report)
        return error

    def writes(self) -> list[tuple[str, int]]:
        """Converge, which must succeed; everything that it wrote, as (register, words)."""
        trace = Trace(self.bus)
        report = self.hal(trace).converge()
        assert report.ok, str(report)
        return list(_written(self.hal(), trace))

    # Time, and what may go wrong.

    def now(self) -> int:
        """Device time (ns)."""
        return self.bus.now()

    def sleep(self, duration: int) -> None:
        """Let device time pass (ns)."""
        self.bus.sleep(duration)

    def leap(self, duration: int) -> None:
        """Let hours of device time pass (ns); RTL rounds them to 16 ms."""
        self.raw.leap(duration)

    def plant(self, fault: str, value: int | None = None, times: int | None = None) -> None:
        """A fault, for ever or so many times."""
        self._plant(self.name, fault, value, times)

    def plant_far(self, fault: str, value: int | None = None, times: int | None = None) -> None:
        """A fault in the other end."""
        self._plant(self.far_name, fault, value, times)

    def plant_at_power_on(self, fault: str, value: int | None = None, times: int | None = None) -> None:
        """A fault that triggers when the block comes out of reset."""
        self.plant(fault, value, times)
        self.reset()

    def reset(self) -> None:
        """The block resets itself, without anybody asking; it is over when this returns."""
        self.plant("block_reset", times=1)
        self.sleep(us(3))

    def withdraw(self, kind: str) -> None:
        """Something that the block needs goes away: `link`, `firmware`, ..."""
        self._plant(supply_name(Kind(kind)), WITHDRAWN, 1, None)

    def give(self, kind: str) -> None:
        """It comes back."""
        self._plant(supply_name(Kind(kind)), WITHDRAWN, 0, None)

    def change_rate(self, mhz: int) -> None:
        """The clock from its source has another rate from now on, after a moment without one."""
        self._plant(supply_name(Kind.SOURCE), MHZ, mhz, None)

    def power_cycle(self) -> None:
        """Power goes and comes back: nothing survives."""
        self.withdraw("power")
        self.give("power")

    def _plant(self, instance: str, fault: str, value: int | None, times: int | None) -> None:
        text = f"{instance}:{fault}" + (f"={value}" if value is not None else "") + (f"*{times}" if times else "")
        self.raw.plant_text(text)

    def tenant(self, active: bool) -> None:
        """A workload comes (or goes)."""
        self.raw.tenant(active)

    def violations(self) -> Sequence[object]:
        """The dangerous acts of software until now."""
        return self.raw.violations()

    @abstractmethod
    def violations_are(self, *texts: str) -> bool:
        """Whether these are the dangerous acts of software until now."""

    @abstractmethod
    def permanent(self) -> Mapping[str, int]:
        """How often each register with a permanent effect was written."""

    @abstractmethod
    def reset_a_neighbour(self) -> int:
        """An instance of another reset domain is reset; the number of its domain."""

    @abstractmethod
    def survives_every_kill(self) -> None:
        """A controller may die at any transaction from here on, in any way: the next one leads the chip to the same end."""

    def close(self) -> None:
        """The test is over."""
        return


def _written(chip: Chip, trace: Trace) -> Iterator[tuple[str, int]]:
    for transaction in trace.log:
        if transaction.request.is_write:
            place = chip.addresses.find(transaction.request.address)
            assert place is not None
            yield place.path.removeprefix(f"{DUT}."), transaction.request.length
