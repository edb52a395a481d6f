"""What the tests of all rooms share: one instance of an IP type alone on a bench that supplies whatever it needs."""

from typing import NamedTuple

import pytest

from bedplate.block import Block, Need, State
from bedplate.bus import Canary, Kill, Killed, Moment
from bedplate.converge import Chip
from bedplate.model import ChipModel, Placed
from bedplate.reg import RegisterBlock

BASE = 0x1000


class BenchState(State):
    ON = "supplies everything"


class Supply(Block[RegisterBlock, None]):
    goal = reset_state = BenchState.ON

    def observe(self):
        return BenchState.ON


class Bench(NamedTuple):
    """`chip(model)` is a HAL with nothing but the chip in front of it; its one instance is `dut`."""

    chip: type[Chip]
    model: ChipModel

    @property
    def dut(self):
        return self.model["dut"]

    def converge(self, **how):
        return self.chip(self.model).converge(**how)

    def state(self):
        return self.chip(self.model).dut.observe()

    def plant_at_power_on(self, fault):
        """For faults that strike when the block comes out of reset."""
        self.model.plant_text(f"dut:{fault}")
        self.dut.reset("bench")

    def error(self):
        """Converge, and the error at the root of what failed."""
        return self.converge().first_error


@pytest.fixture
def bench():
    def make(driver, want, behaviour, canary):
        regs = driver.__orig_bases__[0].__args__[0]

        class BenchChip(Chip):
            name = "bench"

            def wire(self, bus):
                self.supply = Supply(RegisterBlock(bus, 0, "supply"), None)
                needs = [Need(kind, self.supply) for kind in driver.requires]
                self.dut = driver(regs(bus, BASE, "dut"), want, *needs)

        BenchChip.canary = Canary(BASE + canary[0], canary[1])
        return Bench(BenchChip, ChipModel([Placed("dut", BASE, behaviour)]))

    return make


@pytest.fixture
def kill_everywhere():
    """Kill the HAL at every transaction, before it and after it took effect; a new one must get to the same state."""

    def run(make_bench):
        reference = make_bench()
        count = reference.converge().transactions
        for at in range(count):
            for moment in (Moment.BEFORE, Moment.AFTER):
                bench = make_bench()
                with pytest.raises(Killed):
                    bench.chip(Kill(bench.model, at, moment)).converge()
                report = bench.converge()
                assert report.ok, f"killed {moment.value} at {at}: {report}"
                assert bench.model.state() == reference.model.state(), f"killed {moment.value} at {at}"
                assert bench.model.hazards() == []
                assert bench.converge().writes == 0

    return run
