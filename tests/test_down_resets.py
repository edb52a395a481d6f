"""On the way down, something is reset behind the run's back, at each transaction in turn: nobody innocent is blamed."""

from types import MappingProxyType

from bedplate.block import OFF, SERVICE, Effect, Identity, Tenant, Vitals, power, step
from bedplate.bus import Decorator
from bedplate.converge import Chip
from bedplate.converge.conftest import Job, Regs, Worker, WorkerModel
from bedplate.model import ChipModel, FabricNeed, Placed, after_write
from bedplate.topology import Region

CHAIN = "abcd"


class Stops(Worker):
    """A worker that can be led out of service."""

    goals = MappingProxyType({OFF: Job.IDLE})

    @step(Job.DONE, Job.IDLE, effect=Effect.STOPS_TRAFFIC, toward=OFF, withdraws=True)
    def stop(self):
        """Take the command back."""
        self.regs.bus.write(self.regs.command.address, 0)

    @step((Job.BURNT, Job.STUMBLED), Job.IDLE, effect=Effect.STOPS_TRAFFIC, toward=OFF)
    def leave(self):
        """Take it back from one that failed."""
        self.regs.bus.write(self.regs.command.address, 0)


class StopsModel(WorkerModel):
    @after_write("command")
    def command(self):
        if self.hw.command.go:
            super().command()
        else:
            self.hw.status.phase = 0
            self.outputs_changed()


class Resets(Decorator):
    """The first of the chain resets itself before the transaction of that number; the chip counts it."""

    def __init__(self, model, at=-1):
        super().__init__(model)
        self.model, self.at, self.count, self.epoch = model, at, 0, 0

    def transact(self, request):
        if self.count == self.at:
            self.model["a"].reset("by itself")
            self.epoch += 1
        self.count += 1
        return super().transact(request)


def chip(bus):
    class Down(Chip):
        name = "down"

        def wire(self, inner):
            before = ()
            for n, name in enumerate(CHAIN):
                block = Stops(Regs(inner, 0x1000 * n, name), None, *before)
                setattr(self, name, block)
                before = (power(block),)
            vitals = lambda: Vitals(Identity(inner.read(0)), (bus.epoch, 0, 0, 0), Tenant.IDLE)  # noqa: E731
            epoch_of = lambda block: CHAIN.index(block.name)  # noqa: E731
            self.regions = (Region("chip", range(1 << 20), None, ask=vitals, epoch_of=epoch_of),)

    return Down(bus)


def booted():
    needs = [[], *([FabricNeed("power", name, "")] for name in CHAIN)]
    model = ChipModel(Placed(name, 0x1000 * n, StopsModel(), needs[n]) for n, name in enumerate(CHAIN))
    assert chip(Resets(model)).converge().ok
    return model


def test_the_first_of_a_chain_is_reset_while_it_is_led_down_or_up():
    for goal in (OFF, SERVICE):
        bus = Resets(booted())
        chip(bus).converge(goal=goal)
        for at in range(bus.count):
            struck = Resets(booted(), at)
            report = chip(struck).converge(goal=goal)
            assert report.ok, f"{goal}, before transaction {at}: {report}"
            assert struck.model.violations() == []
