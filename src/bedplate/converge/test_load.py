"""What the gate lets pass under a workload, and what is permanent."""

from functools import partial

from bedplate.block import (
    Effect,
    Tenant,
    clock,
    power,
    step,
)
from bedplate.bus import Canary, ErrorInjector, InjectedError, Trace
from bedplate.converge import Chip, Outcome
from bedplate.converge.conftest import (
    ALONE,
    CHAIN,
    Job,
    Regs,
    Worker,
    chip_of,
    model_of,
    says,
)
from bedplate.errors import (
    CheckFailed,
    NeedsIntent,
    UnderLoad,
    WrongChip,
)
from bedplate.topology import Region


class Burner(Worker):
    @step(Job.IDLE, Job.BUSY, effect=Effect.PERMANENT)
    def start(self):
        """Burn."""
        self.regs.bus.write(self.regs.command.address, 1)


class Fusing(Chip):
    name = "fusing"
    canary = Canary(0, 0x4A4F4231)
    unlimited = ("bench",)
    tenant = Tenant.IDLE

    def wire(self, bus):
        self.a = Burner(Regs(bus, 0, "a"), None)


class TestUnderLoad:
    def test_a_disturbing_step_is_refused_and_nothing_is_written(self):
        busy = chip_of(("a", lambda made: ()), vitals=says(Tenant.ACTIVE))
        report = busy(model_of(busy)).converge()
        error = report.first_error
        assert isinstance(error, UnderLoad)
        assert report.writes == 0
        assert "--force a" in error.next

    def test_it_can_be_forced_by_name(self):
        busy = chip_of(("a", lambda made: ()), ("b", lambda made: ()), vitals=says(Tenant.ACTIVE))
        report = busy(model_of(busy)).converge(force=["a"])
        assert [line.name for line in report.of(Outcome.GOAL)] == ["a"]

    def test_where_nobody_knows_it_counts_as_running(self):
        unknown = chip_of(("a", lambda made: ()), vitals=says(Tenant.UNKNOWN))
        report = unknown(model_of(unknown)).converge()
        assert isinstance(report.first_error, UnderLoad)
        assert (report.writes, "nobody knows" in report.first_error.got) == (0, True)

    def test_a_workload_that_starts_in_between_is_noticed(self):
        answers = says(Tenant.IDLE, Tenant.IDLE, Tenant.ACTIVE)  # at the start, before a's step, before b's
        busy = chip_of(("a", lambda made: ()), ("b", lambda made: (clock(made["a"]),)), vitals=answers)
        report = busy(model_of(busy)).converge()
        assert [line.name for line in report.of(Outcome.GOAL)] == ["a"]

    def test_so_is_one_that_would_disturb_a_user_in_another_part_of_the_chip(self):
        class Apart(CHAIN):
            def wire(self, bus):
                super().wire(bus)
                near, far = (partial(says(word), bus) for word in (Tenant.IDLE, Tenant.ACTIVE))
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=near),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=far),
                )

        report = Apart(model_of(CHAIN)).converge()
        assert {line.name: line.outcome for line in report.lines}["a"] is Outcome.FAILED, (
            "c lies in a part that is busy"
        )
        assert isinstance(report.first_error, UnderLoad)
        assert report.writes == 0
        assert Apart(model_of(CHAIN)).survey().tenant is Tenant.ACTIVE

    def test_who_stands_on_a_part_that_is_lost_in_mid_round_is_blocked_by_it(self):
        """It waits in another part of the chip for one that waits itself: that its turn never comes is no failure of its own."""
        words = [Tenant.IDLE] * 2  # at the start, before a's step; not before c's

        class Apart(Chip):
            name = "apart"
            canary = Canary(0, 0x4A4F4231)
            unlimited = ("bench",)

            def wire(self, bus):
                self.a = Worker(Regs(bus, 0, "a"), None)
                self.b = Worker(Regs(bus, 0x2000, "b"), None, power(self.a))
                self.c = Worker(Regs(bus, 0x1000, "c"), None)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=lambda: self.near(bus)),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=partial(says(Tenant.IDLE), bus)),
                )

            def near(self, bus):
                if not words:
                    raise WrongChip("another die", where="near")
                return says(words.pop())(bus)

        report = Apart(model_of(Apart)).converge()
        assert {line.name: line.outcome for line in report.lines}["b"] is Outcome.BLOCKED
        assert report.of(Outcome.FAILED) == []
        assert isinstance(report.ended, WrongChip)

    def test_a_workload_and_a_lost_part_are_told_as_the_workload(self):
        """A loss alone would be the reason; this one is refused without it."""

        def lost(bus):
            raise WrongChip("another die", where="far")

        class Apart(CHAIN):
            def wire(self, bus):
                super().wire(bus)
                near, far = partial(says(Tenant.ACTIVE), bus), partial(lost, bus)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=near),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=far),
                )

        line = Apart(model_of(CHAIN)).converge().lines[0]
        assert (line.name, line.outcome, type(line.error)) == ("a", Outcome.FAILED, UnderLoad)

    def test_nobody_knows_it_of_a_part_that_did_not_prove_who_it_is(self):
        """And it stays so, whatever that part says later in the run."""
        words = [WrongChip("another die", where="far")]

        def far(bus):
            if words:
                raise words.pop()
            return says(Tenant.IDLE)(bus)

        class Apart(CHAIN):
            def wire(self, bus):
                super().wire(bus)
                near = partial(says(Tenant.IDLE), bus)
                self.regions = (
                    Region("near", range(0x2000), self.canary, ask=near),
                    Region("far", range(0x2000, 0x4000), self.canary, ask=partial(far, bus)),
                )

        report = Apart(model_of(CHAIN)).converge()
        line = report.lines[0]
        assert (line.name, line.outcome, line.cause) == ("a", Outcome.UNKNOWN, "far"), "c, which needs it, is there"
        assert report.writes == 0
        words.append(WrongChip("another die", where="far"))
        plan = Apart(model_of(CHAIN)).plan()
        assert {lost.instance: (lost.outcome, lost.by) for lost in plan.lost}["a"] == (Outcome.UNKNOWN, "far")
        words.append(WrongChip("another die", where="far"))
        report = Apart(model_of(CHAIN)).converge(force=["a"])
        assert {line.name: line.outcome for line in report.lines}["a"] is Outcome.GOAL
        assert "far unknown" in report.identity, "in the last round, though it answered in the second"

    def test_a_permanent_step_wants_an_intent(self):
        report = Fusing(model_of(ALONE)).converge()
        assert isinstance(report.first_error, NeedsIntent)
        assert report.writes == 0
        assert Fusing(model_of(ALONE)).converge(intent=["a"]).ok

    def test_a_permanent_step_is_taken_once_whatever_becomes_of_it(self):
        deaf = model_of(ALONE)
        deaf.plant("a", "deaf")
        report = Fusing(deaf).converge(intent=["a"])
        assert (isinstance(report.first_error, CheckFailed), report.writes) == (True, 1)
        for at in range(report.transactions):
            trace = Trace(ErrorInjector(model_of(ALONE), {at: InjectedError("error")}))
            Fusing(trace).converge(intent=["a"])
            assert sum(one.request.is_write for one in trace.log) <= 1, f"error at transaction {at}"
