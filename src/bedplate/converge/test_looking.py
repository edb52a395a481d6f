"""Looking writes nothing, whoever looks at what for whom; and before a write the chip is asked wherever it is felt."""

import pytest

from bedplate.block import Effect, Identity, Tenant, Vitals, power, step
from bedplate.bus import Canary, Decorator, us
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import Branch, Job, Regs, Worker, chip_of, model_of
from bedplate.errors import DriverDefect, EnvError, LinkDown, NotOwner, PathLost, UnderLoad
from bedplate.topology import Harvest, Region

VERBS = ("observe", "survey", "plan", "converge")


class Writes(Decorator):
    """Counts what is written where it must not."""

    def __init__(self, bus):
        super().__init__(bus)
        self.seen = []

    def transact(self, request):
        if request.is_write and request.values == (7,):
            self.seen.append(request)
        return super().transact(request)


class TestWhoLooks:
    """Whatever a driver is asked, by whichever verb: what it writes does not reach the chip."""

    @pytest.mark.parametrize("verb", VERBS)
    @pytest.mark.parametrize("asked", ["observe", "is_on", "mask", "vitals"])
    def test_writes_nothing(self, asked, verb):
        class Prying(Worker):
            def observe(self):
                if asked == "observe":
                    self.pry()
                return super().observe()

            def pry(self):
                self.regs.bus.write(self.regs.output.address, 7)

        class Lit(Branch):
            __slots__ = ()

            def is_on(self):
                if asked == "is_on":
                    self.provider.pry()
                return super().is_on()

        class Odd(Chip):
            name = "odd"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)

            def wire(self, bus):
                self.a = Prying(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x1000, "b"), None, Lit(self.a, 0, "x"))

                def mask():
                    if asked == "mask":
                        self.a.pry()
                    return 0

                def vitals():
                    if asked == "vitals":
                        self.a.pry()
                    return Vitals(Identity(1), (), Tenant.IDLE)

                self.harvests = (Harvest(self.a, mask, ((self.b,),)),)
                self.regions = (Region("one", range(0x2000), self.canary, self.a, vitals),)

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: ()))
        booted = model_of(kind)
        kind(booted).converge()
        booted.write(12, 1)  # the output is on: all are reached
        bus = Writes(booted)
        found = getattr(Odd(bus), verb)()
        assert bus.seen == []
        seen = getattr(found, "seen", getattr(found, "lines", found))
        assert [one.outcome for one in seen] != [Outcome.GOAL] * 2, "it is said whose defect it is"

    @pytest.mark.parametrize("error", [EnvError("e"), NotOwner("n"), PathLost("p"), LinkDown("l"), ValueError("v")])
    def test_which_epoch_counts_is_its_authors_word(self, error):
        def boom(block):
            raise error

        found = self.counting(boom)
        assert type(error).__name__ in str(found)

    @pytest.mark.parametrize("answer", ["0", 1, -1, 0.0, True, [0], 1 << 80])
    def test_an_epoch_that_there_is_not_is_a_defect_with_its_authors_line(self, answer):
        found = self.counting(lambda block: answer)
        assert "which epoch counts the resets of b has no proper answer" in str(found)
        assert "below 1" in found.wanted
        assert f"{answer!r}, converge/test_looking.py:" in found.got

    def counting(self, epoch_of):
        """The first error of a run over a chip whose author says so which epoch counts; and that it is the region's."""

        class Counting(Chip):
            name = "counting"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)

            def wire(self, bus):
                class Gives(Worker):
                    @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC, withdraws=True)
                    def start(self):
                        """Give the command."""
                        self.regs.bus.write(self.regs.command.address, 1)

                self.a = Gives(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x1000, "b"), None, power(self.a))
                ask = lambda: Vitals(Identity(1), (0,), Tenant.IDLE)  # noqa: E731
                self.regions = (Region("one", range(0x2000), self.canary, None, ask, epoch_of=epoch_of),)

        report = Counting(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ())))).converge()
        assert not report.ok
        assert isinstance(report.first_error, DriverDefect)
        assert report.first_error.where == "one", "the region, and not who acts"
        return report.first_error


class TestWhoActs:
    """An act is felt where it writes, where its instance lies, and where its users do: all of these are asked, also after a pause."""

    def played(self, during, on_output):
        """A chip of two regions; what happens in a pause of an act of the first; the report, and who wrote when under load."""
        tenants, wrote = {"one": Tenant.IDLE, "two": Tenant.IDLE}, []

        class Slow(Branch):
            __slots__ = ()
            effect = Effect.STOPS_TRAFFIC

            def turn_on(self):
                self.provider.regs.bus.sleep(us(5))
                tenants.update(during)
                super().turn_on()

        class SlowStart(Worker):
            @step(Job.IDLE, Job.BUSY, effect=Effect.STOPS_TRAFFIC)
            def start(self):
                """Give the command, after a pause."""
                self.regs.bus.sleep(us(5))
                tenants.update(during)
                self.regs.bus.write(self.regs.command.address, 1)

        class Two(Chip):
            name = "two"
            ports = (range(0x1000), range(0x1000, 0x2000))
            unlimited = ("bench",)

            @classmethod
            def canary_of(cls, port):
                return Canary(port.start, 0x4A4F4231)

            def wire(self, bus):
                self.a = (Worker if on_output else SlowStart)(Regs(bus, 0, "a"), None)
                need = Slow(self.a, 0, "x") if on_output else power(self.a)
                self.b = Worker(Regs(bus, 0x1000, "b"), None, need)
                self.regions = tuple(
                    Region(
                        name, port, self.canary_of(port), ask=lambda name=name: Vitals(Identity(1), (), tenants[name])
                    )
                    for name, port in zip(tenants, self.ports, strict=True)
                )

        class Seen(Decorator):
            def transact(self, request):
                if request.is_write and Tenant.ACTIVE in tenants.values():
                    wrote.append(request)
                return super().transact(request)

        report = Two(Seen(model_of(chip_of(("a", lambda made: ()), ("b", lambda made: ()))))).converge()
        return report, wrote

    @pytest.mark.parametrize("where", ["one", "two"])
    @pytest.mark.parametrize("on_output", [True, False], ids=["output", "step"])
    def test_a_workload_that_begins_in_a_pause_of_it_is_seen_wherever_it_is_felt(self, where, on_output):
        report, wrote = self.played({where: Tenant.ACTIVE}, on_output)
        assert wrote == []
        assert isinstance(report.first_error, UnderLoad)

    def test_who_says_how_an_output_is_turned_on_is_its_provider(self):
        class Broken(Branch):
            __slots__ = ()

            def turn_on(self):
                raise ValueError("no such bit")

        kind = chip_of(("a", lambda made: ()), ("b", lambda made: (Broken(made["a"], 0, "x"),)))
        error = kind(model_of(kind)).converge().first_error
        assert isinstance(error, DriverDefect)
        assert error.where == "a"
