"""Small chips of workers: blocks that take one command, and needs between them."""

from bedplate.block import (
    Block,
    Effect,
    Identity,
    Kind,
    Output,
    State,
    Tenant,
    Vitals,
    fault,
    power,
    step,
    wait,
)
from bedplate.bus import Canary, MemoryBus, ms, us
from bedplate.converge import Chip
from bedplate.model import Capacity, ChipModel, Model, Placed, after_write, fault_kinds
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.topology import Budget, Harvest, Region


class Job(State):
    IDLE = "nothing asked for"
    BUSY = "working"
    DONE = "done"
    BURNT = fault("failed for good")
    STUMBLED = fault("failed, can be tried again")


class CommandValue(Value):
    NAME = "command"
    FIELDS = (Field("go", 0, 1),)

    @property
    def go(self):
        return bool(self & 1)


class Command(Register):
    __slots__ = ()
    Value = CommandValue


class StatusValue(Value):
    NAME = "status"
    FIELDS = tuple(Field(name, low, width, sw="r", hw="w") for name, low, width in (("phase", 0, 4), ("us", 8, 16)))


class Status(Register):
    __slots__ = ()
    Value = StatusValue


class IdValue(Value):
    NAME = "id"
    FIELDS = (Field("value", 0, 32, sw="r", hw="na", reset=0x4A4F4231),)


class Id(Register):
    __slots__ = ()
    Value = IdValue


class Regs(RegisterBlock):
    __slots__ = ("command", "id", "output", "status")
    SIZE = 0x10
    CHILDREN = (
        Child("id", 0, Id),
        Child("command", 4, Command),
        Child("status", 8, Status),
        Child("output", 12, Command),
    )


class Worker(Block[Regs, None]):
    goal = Job.DONE
    reset_state = Job.IDLE

    def observe(self):
        return list(Job)[min(self.regs.bus.read(self.regs.status.address) & 0xF, 4)]

    def detail(self):
        return "job 7"

    @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC, budget="bench")
    def start(self):
        """Give the command."""
        self.regs.bus.write(self.regs.command.address, 1)

    work = wait(
        Job.BUSY,
        Job.DONE,
        typical=us(100),
        limit=ms(1),
        elapsed=lambda block: us(block.regs.bus.read(block.regs.status.address) >> 8),
    )

    @step(Job.STUMBLED, Job.BUSY, effect=Effect.STOPS_TRAFFIC)
    def retry(self):
        """Once more."""
        self.regs.bus.write(self.regs.command.address, 1)


class Branch(Output):
    __slots__ = ()
    KIND = Kind.CLOCK

    def is_on(self):
        return bool(self.provider.regs.bus.read(self.provider.regs.output.address) & 1)

    def turn_on(self):
        self.provider.regs.bus.write(self.provider.regs.output.address, 1)


class WorkerModel(Model):
    regs = Regs
    faults = fault_kinds("stuck_busy", burnt="fails for good", stumble="fails, can be tried again", deaf="no start")
    duration = us(90)

    def after_reset(self):
        self.started = 0

    @after_write("command")
    def command(self):
        if self.hw.status.phase == 1:
            self.violation("started twice")
        if self.fault("deaf"):
            return
        self.hw.status.phase = 1
        if not self.fault("stuck_busy"):
            self.after(self.duration, self.end)

    def end(self):
        self.hw.status.phase = 3 if self.fault("burnt") else 4 if self.fault("stumble") else 2
        self.outputs_changed()

    @after_write("output")
    def gate(self):
        self.outputs_changed()

    def provides(self, port):
        return bool(self.hw.status.phase == 2 and (not port or self.hw.output.go))


class Drawing(WorkerModel):
    """Draws on the bench while it works."""

    def draws(self, budget):
        return self.hw.status.phase == 1

    @after_write("command")
    def command(self):
        super().command()
        self.begins_to_draw("bench")


def drawing(kind, most):
    """A model of a chip without needs, whose bench so many may draw on at once."""
    blocks = kind(MemoryBus(0)).all
    bench = Capacity("bench", most, tuple(one.name for one in blocks))
    return ChipModel((Placed(one.name, one.regs.base, Drawing()) for one in blocks), capacities=[bench])


def chip_of(*wired, budgets=(), harvest=None, vitals=None):
    """A chip class with the instances that `wired` makes: (name, function of the instances before -> needs)."""

    class Small(Chip):
        name = "small"
        canary = Canary(0, 0x4A4F4231)
        unlimited = ("bench",)

        def wire(self, bus):
            made = {}
            for n, (name, needs) in enumerate(wired):
                made[name] = Worker(Regs(bus, 0x1000 * n, name), None, *needs(made))
                setattr(self, name, made[name])
            self.budgets = tuple(Budget("bench", most, tuple(made[x] for x in among)) for most, among in budgets)
            if harvest:
                fuses, mask, parts = harvest
                self.harvests = (Harvest(made[fuses], lambda: mask, tuple((made[part],) for part in parts)),)

            if vitals:
                self.regions = (Region("chip", range(1 << 20), self.canary, ask=lambda: vitals(bus)),)

    Small.tenant = Tenant.IDLE
    return Small


def says(*answers):
    """A chip's vitals that say this of its tenant, one after the other, the last one for ever."""
    left = list(answers)

    def vitals(bus):
        word = bus.read(0)
        return Vitals(Identity(word, None, 1), (), left.pop(0) if len(left) > 1 else left[0])

    return vitals


def model_of(kind):
    from bedplate.model import FabricNeed

    return ChipModel(
        Placed(b.name, b.regs.base, WorkerModel(), [FabricNeed(n.kind.value, n.provider.name, n.port) for n in b.needs])
        for b in kind(MemoryBus(0)).all
    )


ALONE = chip_of(("a", lambda made: ()))
CHAIN = chip_of(
    ("a", lambda made: ()),
    ("b", lambda made: (power(made["a"]),)),
    ("c", lambda made: (power(made["b"]),)),
    ("d", lambda made: ()),
)


class Wired(Chip):
    name = "wired"
    canary = Canary(0, 0x4A4F4231)
    unlimited = ("bench",)
    tenant = Tenant.IDLE
    first = Worker

    def wire(self, bus):
        self.a = self.first(Regs(bus, 0, "a"), None)
        self.b = Worker(Regs(bus, 0x1000, "b"), None)


def chip_with(kind):
    """A chip of two, the first of which has that driver."""
    return type("Led", (Wired,), {"first": kind})(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ()))))


def led_by(kind):
    """The report on it."""
    return chip_with(kind).converge()
