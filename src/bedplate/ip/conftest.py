"""What the tests of all rooms share: one instance of an IP type, alone on a bench that supplies whatever it needs.

`bench(driver, want, model)` is the chip at power-on. The HAL in front of it is made anew for every look and every converge.
"""

from typing import NamedTuple

import pytest

from bedplate.block import Block, Need, State
from bedplate.bus import Canary, Kill, Killed, Moment, Request, Trace, ms
from bedplate.converge import Chip
from bedplate.model import ChipModel, Model, Placed
from bedplate.reg import RegisterBlock

BASE = 0x1000
ALONE = ms(50)
"""How long a chip without a controller is left alone: longer than most waits."""


class SupplyState(State):
    ON = "supplies everything"


class Supply(Block[RegisterBlock, None]):
    goal = reset_state = SupplyState.ON

    def observe(self):
        return SupplyState.ON


class SupplyModel(Model):
    """Everything that an instance may need, by kind, but for what a test withdraws."""

    regs = RegisterBlock
    withdrawn = frozenset()

    def provides(self, port):
        return port not in self.withdrawn


class BenchChip(Chip):
    name = "bench"
    canary = Canary(BASE)

    def __init__(self, bus, driver, want):
        self.driver, self.want = driver, want
        super().__init__(bus)

    def wire(self, bus):
        self.supply = Supply(RegisterBlock(bus, 0, "supply"), None)
        regs = self.driver.__orig_bases__[0].__args__[0]
        needs = [Need(kind, self.supply) for kind in self.driver.requires]
        self.dut = self.driver(regs(bus, BASE, "dut"), self.want, *needs)


class Bench(NamedTuple):
    """A chip with one instance, and what it takes to make a HAL for it."""

    driver: type[Block]
    want: object
    chip: ChipModel

    @property
    def model(self):
        """The behaviour of the instance."""
        return self.chip["dut"]

    def hal(self, bus=None):
        """A HAL that knows nothing but the chip, or the bus in front of it."""
        return BenchChip(bus or self.chip, self.driver, self.want)

    @property
    def dut(self):
        """The driver of the instance."""
        return self.hal().dut

    @property
    def state(self):
        return self.dut.observe()

    def wanting(self, want):
        """The same chip under a HAL that wants something else."""
        return self._replace(want=want)

    # Converging.

    def converge(self, **how):
        return self.hal().converge(**how)

    def boot(self):
        """Converge, which must succeed; the driver."""
        report = self.converge()
        assert report.ok, str(report)
        return self.dut

    def fails(self, kind, state):
        """Converge, which must end in that state with an error of that kind; the error."""
        report = self.converge()
        error = report.first_error
        assert (type(error), report.lines[-1].state) == (kind, state.name), str(report)
        return error

    def writes(self):
        """Converge, which must succeed; everything that it wrote, as (register, words)."""
        trace = Trace(self.chip)
        hal = self.hal(trace)
        assert hal.converge().ok
        written = [transaction for transaction in trace.log if transaction.request.is_write]
        return [(hal.addresses.find(w.request.address).path.removeprefix("dut."), w.request.length) for w in written]

    # What may go wrong.

    def plant(self, fault, value=None, times=None):
        """A fault, for ever or so many times."""
        self.chip.plant("dut", fault, value, times=times)

    def plant_at_power_on(self, fault, value=None, times=None):
        """A fault that strikes when the block comes out of reset."""
        self.plant(fault, value, times)
        self.model.reset("bench")

    def withdraw(self, kind):
        """Something that the block needs goes away: `link`, `firmware`, ..."""
        self._supply(lambda withdrawn: withdrawn | {kind})

    def give(self, kind):
        """It comes back."""
        self._supply(lambda withdrawn: withdrawn - {kind})

    def _supply(self, change):
        supply = self.chip["supply"]
        supply.withdrawn = change(supply.withdrawn)
        supply.outputs_changed()

    # Kill-anywhere.

    def survives_every_kill(self):
        """A controller may die at any transaction from here on, in any way: the next one leads the chip to the same end.

        The same end is the same state bit for bit, without a hazard or a permanent effect more, and nothing left to write.
        """
        start, hazards, trace = self.chip.snapshot(), len(self.chip.hazards()), Trace(self.chip)
        report = self.hal(trace).converge()
        assert report.ok, str(report)
        self._ends_as(self, hazards, "not killed")
        for at, transaction in enumerate(trace.log):
            for moment, words, alone in deaths(transaction.request):
                bench = self._replace(chip=ChipModel.restore(start))
                with pytest.raises(Killed) as killed:
                    bench.hal(Kill(bench.chip, at, moment, words)).converge()
                bench.chip.sleep(alone)
                bench._ends_as(self, hazards, f"{killed.value}, {words} words, {alone} ns alone")

    def _ends_as(self, other, hazards, how):
        report = self.converge()
        assert report.ok, f"{how}: {report}"
        assert self.chip.state() == other.chip.state(), how
        assert self.chip.permanent() == other.chip.permanent(), how
        assert self.chip.hazards()[hazards:] == [], how
        assert self.converge().writes == 0, how


def deaths(request: Request):
    """Every way to die at a transaction: the moment, how many words of a burst get through, how long nobody comes (ns)."""
    yield Moment.BEFORE, 0, 0
    for words in range(1, request.length):
        yield Moment.INSIDE, words, 0
    yield Moment.AFTER, 0, 0
    yield Moment.AFTER, 0, ALONE


@pytest.fixture
def bench():
    def make(driver, want, model):
        needs = [(kind.value, "supply", kind.value) for kind in driver.requires]
        chip = ChipModel([Placed("supply", 0, SupplyModel(), size=4), Placed("dut", BASE, model, needs)])
        return Bench(driver, want, chip)

    return make
