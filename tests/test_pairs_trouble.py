"""A pair when a part of the chip, its controller, its workload or a driver does what it should not."""

import pytest

from bedplate.block import OFF, SERVICE
from bedplate.bus import (
    ALL_ONES,
    Decorator,
    ErrorInjector,
    InjectedError,
    Kill,
    Killed,
    Moment,
    Trace,
    ms,
    us,
)
from bedplate.chips.duo import Duo
from bedplate.chips.duo.conftest import CMD, ENDS, TRAIN, converged, model, roots, trained, up
from bedplate.chips.duo.wiring import DIE
from bedplate.component import make_model
from bedplate.converge import Outcome, Scheduler
from bedplate.dv.kill.oracle import verdict_of
from bedplate.dv.kill.patient import deaths
from bedplate.dv.kill.reference import ALONE
from bedplate.errors import BusFault, DriverDefect, LinkDown, UnderLoad
from bedplate.model import ChipModel


class TestGate:
    @pytest.mark.parametrize("die", [0, 1])
    def test_a_workload_on_either_die_keeps_the_link_from_being_disturbed(self, die):
        duo = up()
        duo.plant_text("die0.d2d:block_reset")
        duo.sleep(us(3))
        duo[f"die{die}.sysid"].tenant(True)
        report, lines, told = converged(duo)
        assert told == []
        assert any(isinstance(line.error, UnderLoad) for line in report.of(Outcome.FAILED))
        assert len(roots(report)) == 1
        assert {lines[name].outcome for name in ENDS} == {Outcome.FAILED, Outcome.BLOCKED}

    @pytest.mark.parametrize("die", [0, 1])
    def test_what_feeds_one_end_is_not_disturbed_under_a_workload_at_the_other(self, die):
        duo = up()
        duo[f"die{die}.pll"].lose()
        duo[f"die{1 - die}.sysid"].tenant(True)
        report, lines, _ = converged(duo)
        assert isinstance(lines[f"die{die}.pll"].error, UnderLoad)
        assert roots(report) == {f"die{die}.pll"}

    def test_both_dies_are_asked_right_before_an_end_is_told_to_train(self):
        trace = Trace(model())
        assert Duo(trace).converge().ok
        for at, one in enumerate(trace.log):
            if one.request.is_write and one.request.address in CMD and one.request.values[0] & TRAIN:
                before = {t.request.address for t in trace.log[at - 2 : at]}
                assert before == {0x0, 0x100000}, "the bursts that prove who answers"

    @pytest.mark.parametrize("die", [0, 1])
    def test_who_writes_by_hand_is_kept_from_it_by_a_workload_there_and_by_no_other(self, die):
        duo = up()
        duo[f"die{die}.sysid"].tenant(True)
        chip = Duo(duo)
        chip.die[1 - die].d2d.regs.cmd.pulse(stop=True)
        with pytest.raises(UnderLoad):
            chip.die[die].d2d.regs.cmd.pulse(stop=True)

    @pytest.mark.parametrize("die", [0, 1])
    def test_so_are_they_before_anybody_begins_to_work_through_an_end(self, die):
        trace = Trace(model())
        chip = Duo(trace)
        assert chip.converge().ok
        client = chip.die[die].client.regs.ctrl.address
        at = next(n for n, t in enumerate(trace.log) if t.request.is_write and t.request.address == client)
        before = {t.request.address for t in trace.log[at - 2 : at]}
        assert before == {0x0, 0x100000}, "the bursts that prove who answers"


class TestHarvest:
    @pytest.mark.parametrize("die", ["die0", "die1"])
    def test_a_fuse_that_removes_one_end_removes_the_pair(self, die):
        report, lines, told = converged(model(harvest={die: 1}))
        assert report.ok
        assert told == []
        assert {lines[name].outcome for name in (*ENDS, "die0.client", "die1.client")} == {Outcome.HARVESTED}


class TestKilled:
    """A controller that dies at any transaction leaves a pair that the next one brings to the same end."""

    @pytest.mark.parametrize(
        ("faults", "boot", "how"),
        [
            ((), False, {}),
            (("die0.d2d:train_fail*1",), False, {}),
            (("die1.d2d:stuck_busy*1",), False, {}),
            (("die1.d2d:block_reset",), True, {}),
            ((), True, {"goal": OFF}),
        ],
        ids=["boot", "train_fail", "stuck_busy", "block_reset", "down"],
    )
    def test_anywhere(self, faults, boot, how):
        duo = up() if boot else model()
        for fault in faults:
            duo.plant_text(fault)
        duo.sleep(us(3) if boot else 0)
        start, trace = duo.snapshot(), Trace(duo)
        report = Duo(trace).converge(**how)
        assert report.ok, str(report)
        want = verdict_of(lambda bus: Duo(bus), duo, report, 0, settles=True)
        for at, transaction in enumerate(trace.log):
            if not transaction.request.is_write:
                continue  # reads change nothing: a death at one is a death at the write before, later
            for death in deaths(at, transaction.request):
                again = ChipModel.restore(start)
                variant = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(death.variant, Moment.AFTER)
                with pytest.raises(Killed):
                    Duo(Kill(again, at, variant, death.words)).converge(**how)
                again.sleep(ALONE if death.variant == "later" else 0)
                got = Duo(again).converge(**how)
                settles = not how or Duo(again).converge(**how).writes == 0
                judged = verdict_of(lambda bus: Duo(bus), again, got, 0, settles=settles)
                assert want.differences(judged) == [], f"{death}: {got}"

    @pytest.mark.parametrize("after", [us(1), ms(1), ms(5), ms(9), ms(10)])
    def test_in_mid_training_it_goes_on_and_nothing_is_told_twice(self, after):
        duo, log = model(), Trace(model())
        Duo(log).converge()
        writes = [at for at, t in enumerate(log.log) if t.request.is_write and t.request.address in CMD]
        with pytest.raises(Killed):
            Duo(Kill(duo, writes[-1], Moment.AFTER)).converge()
        duo.sleep(after)
        report, _, told = converged(duo)
        assert report.ok
        assert told == []
        assert report.device_time < ms(20) - after

    def test_between_the_two_only_the_other_end_is_told(self):
        duo, log = model(), Trace(model())
        Duo(log).converge()
        writes = [at for at, t in enumerate(log.log) if t.request.is_write and t.request.address in CMD]
        with pytest.raises(Killed):
            Duo(Kill(duo, writes[0], Moment.AFTER)).converge()
        duo.sleep(ms(4))
        report, _, told = converged(duo)
        assert report.ok
        assert told == [trained(log)[1]]

    def test_training_that_was_under_way_and_does_not_end_is_one_failure_that_names_both_ends(self, monkeypatch):
        monkeypatch.setattr("bedplate.ip.d2d.driver.HUNG_AFTER", ms(400))  # the block has no word for it
        duo, log = model(*(f"{end}:stuck_busy" for end in ENDS)), Trace(model())
        Duo(log).converge()
        writes = [at for at, t in enumerate(log.log) if t.request.is_write and t.request.address in CMD]
        with pytest.raises(Killed):
            Duo(Kill(duo, writes[-1], Moment.AFTER)).converge()
        report = Duo(duo).converge()
        (failed,) = report.of(Outcome.FAILED)
        assert "its other end" in failed.error.got
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {failed.name}

    def test_the_budget_is_that_of_both_by_the_timer_that_runs_longer(self):
        duo, log = model("die0.d2d:stuck_busy", "die1.d2d:stuck_busy"), Trace(model())
        Duo(log).converge()
        first, second = [at for at, t in enumerate(log.log) if t.request.is_write and t.request.address in CMD]
        with pytest.raises(Killed):
            Duo(Kill(duo, first, Moment.AFTER)).converge()
        duo.sleep(ms(7))
        with pytest.raises(Killed):
            Duo(Kill(duo, duo_writes(duo), Moment.AFTER)).converge()
        duo.sleep(ms(30))
        run = Scheduler(Duo(duo))
        before = duo.now()
        for _ in run.go():
            watches = [run.cells[name].watch for name in ENDS]
            if all(watches):
                break
        assert [before - watch.since > ms(36) for watch in watches] == [True, True], (
            "both, by the timer that runs longer"
        )


def duo_writes(duo):
    """The number of the first command that a converge from here would write."""
    log = Trace(ChipModel.restore(duo.snapshot()))
    Duo(log).converge()
    return next(at for at, t in enumerate(log.log) if t.request.is_write and t.request.address in CMD)


class TestUnderLoad:
    def test_ends_whose_outputs_are_off_are_refused_and_do_not_wait_for_each_other(self):
        duo = up()
        assert Duo(duo).converge(goal=OFF, only={"die0.d2d"}).ok
        duo["die0.sysid"].tenant(True)
        report = Duo(duo).converge()
        failed = report.of(Outcome.FAILED)
        assert len(failed) == 1
        assert isinstance(failed[0].error, UnderLoad)
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {failed[0].name}

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_part_that_dies_while_an_end_asks_it_leaves_nobody_without_a_turn(self, die):
        for at in range(32):
            duo = model()

            class Struck(Decorator):
                writes = 0

                def transact(self, request, at=at, duo=duo):
                    if request.is_write:
                        if self.writes == at:
                            duo.plant_text(f"die{die}.sysid:hung")
                        self.writes += 1
                    return super().transact(request)

            report = Duo(Struck(duo)).converge()
            assert not [line for line in report.lines if "never got its turn" in str(line.error)], (
                f"write {at}: {report}"
            )


class TestLost:
    """A die whose link dies takes along its end and what hangs on the pair; the run goes on in the other die, and comes to its end."""

    def test_who_meets_a_loss_once_more_is_blocked_by_it(self):
        run = Scheduler(Duo(up()))
        run.vigil.begin()
        error, end = LinkDown("dead"), run.cells["die1.d2d"]
        error.reach = Duo.ports[0]
        run.losses.link_down(end, error)
        assert end.outcome is None, "it goes on, and may do so without the lost part"
        run.losses.link_down(end, error)
        assert (end.outcome, end.cause) == (Outcome.BLOCKED, "die0.sysid")

    def test_nothing_in_a_lost_part_is_asked_on_the_way_down(self):
        duo = up()
        duo.plant_text("die0.sysid:hung")
        trace = Trace(duo)
        report = Duo(trace).converge(goal=OFF)
        assert not report.ok
        sysid = range(0x1000)
        assert {t.request.address for t in trace.log if t.request.address in Duo.ports[0]} <= set(sysid)

    def test_who_had_failed_before_keeps_its_own_reason_and_a_loss_is_told_once(self):
        duo, events = model("die1.pll:no_lock"), []

        def tell(event):
            events.append((event.instance, event.kind))
            if events[-1] == ("die1.pll", "failed"):
                duo.plant_text("die1.sysid:hung")

        lines = {line.name: line for line in Duo(duo).converge(listen=tell).lines}
        assert (lines["die1.sysid"].outcome, lines["die1.otp"].cause) == (Outcome.FAILED, "die1.sysid")
        assert (lines["die1.pll"].outcome, lines["die1.pll"].cause) == (Outcome.FAILED, "die1.pll")
        assert events.count(("die1.sysid", "failed")) == 1

    @pytest.mark.parametrize("end", ENDS)
    def test_an_end_that_falls_silent_at_any_look_takes_along_the_other_one_which_had_arrived(self, end):
        duo = up()
        base = Duo(duo).select(end)[0].regs.base

        class Silent(Decorator):
            count, at = 0, 1 << 30

            def transact(self, request):
                if request.address in range(base, base + 0x1000):
                    self.count += 1
                    if self.count > self.at:
                        raise BusFault("no answer")
                return super().transact(request)

        whole = Silent(duo)
        assert Duo(whole).converge().ok
        assert whole.count
        for at in range(whole.count):
            bus = Silent(ChipModel.restore(duo.snapshot()))
            bus.at = at
            report = Duo(bus).converge()
            lines = {line.name: (line.outcome, line.cause) for line in report.lines}
            assert lines[end] == (Outcome.FAILED, end), f"access {at}: {report}"
            (other,) = set(ENDS) - {end}
            assert lines[other] == (Outcome.BLOCKED, end), f"access {at}: {report}"

    MOST_TURNS = 5000

    @pytest.mark.parametrize("goal", [SERVICE, OFF])
    @pytest.mark.parametrize("die", [0, 1])
    def test_at_any_access_of_the_run(self, die, goal):
        port = Duo.ports[die]

        class Dies(Decorator):
            """From one of the accesses behind a port on, all that it reads are ones."""

            count = 0

            def transact(self, request):
                if request.address not in port:
                    return super().transact(request)
                self.count += 1
                if self.count <= self.at:
                    return super().transact(request)
                return () if request.is_write else (ALL_ONES,) * request.length

        start = up() if goal == OFF else model()
        whole = Dies(ChipModel.restore(start.snapshot()))
        whole.at = 1 << 30
        assert Duo(whole).converge(goal=goal).ok
        for at in range(whole.count):
            duo = ChipModel.restore(start.snapshot())
            bus = Dies(duo)
            bus.at = at
            run = Scheduler(Duo(bus), goal=goal)
            turns, report = 0, None
            going = run.go()
            while report is None:
                try:
                    when = next(going)
                except StopIteration as end:
                    report = end.value
                else:
                    duo.sleep(max(when - duo.now(), 0))
                turns += 1
                assert turns < self.MOST_TURNS, f"access {at}: the run does not come to its end"
            lines = {line.name: line for line in report.lines}
            assert lines[f"die{die}.sysid"].outcome is Outcome.FAILED, f"access {at}: {report}"
            for line in report.of(Outcome.BLOCKED):
                assert lines[line.cause].outcome is Outcome.FAILED, f"access {at}: {report}"
            assert not [line for line in report.of(Outcome.FAILED) if not isinstance(line.error, LinkDown | UnderLoad)]


class TestDrivers:
    @pytest.mark.parametrize("mask", [None, "0x20", 3.5, -1])
    def test_a_harvest_mask_that_is_none_is_the_failure_of_its_fuses(self, mask):
        class Odd(Duo):
            def wire(self, bus):
                super().wire(bus)
                self.harvests = (self.harvests[0], self.harvests[1]._replace(read=lambda: mask))

        report = Odd(make_model(Duo)).converge()
        (failed,) = report.of(Outcome.FAILED)
        assert (failed.name, type(failed.error)) == ("die1.otp", DriverDefect)

    @pytest.mark.parametrize("name", ["die1.otp", "die1.rstmgr", "die1.pll"])
    def test_a_dead_die_is_nothing_to_a_run_that_needs_nothing_of_it(self, name):
        model = make_model(Duo)
        assert Duo(model).converge().ok
        report = Duo(ErrorInjector(model, {0: InjectedError("broken")}, lambda address: range(DIE))).converge(
            only={name}
        )
        assert report.ok, str(report)
