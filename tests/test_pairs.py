"""Pairs: two ends that train together are one unit, with one root cause, one budget of time, and an end of each in its own die."""

from types import MappingProxyType

import pytest

from bedplate.block import OFF, SERVICE, Effect, Tenant, is_end, link
from bedplate.bus import (
    ALL_ONES,
    Decorator,
    ErrorInjector,
    InjectedError,
    Kill,
    Killed,
    MemoryBus,
    Moment,
    Trace,
    ms,
    us,
)
from bedplate.chips.duo import Duo
from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.regs import DuoRegs
from bedplate.chips.duo.wiring import DIE
from bedplate.component import make_model
from bedplate.converge import Outcome, Scheduler
from bedplate.converge.scope import cells
from bedplate.dv.kill.forked import deaths
from bedplate.dv.kill.oracle import verdict_of
from bedplate.dv.kill.reference import ALONE
from bedplate.errors import BusFault, DriverDefect, Flapping, LinkDown, NoWayOut, PollTimeout, UnderLoad, WiringError
from bedplate.ip.d2d.driver import D2d, D2dState
from bedplate.ip.d2d.regs import D2dRegs
from bedplate.model import ChipModel
from bedplate.topology import Harvest, Pair, Region


class Blind(Duo):
    """The same, but resets behind our back are not told."""

    def wire(self, bus):
        super().wire(bus)
        self.regions = tuple(
            Region(f"die{n}", port, self.canary_of(port), tenant=Tenant.IDLE) for n, port in enumerate(self.ports)
        )


def model(*faults, harvest=MappingProxyType({})):
    return make_model(Duo, harvest, faults)


def up(kind=Duo, **how):
    duo = model(**how)
    report = kind(duo).converge()
    assert report.ok, str(report)
    return duo


ENDS = ("die0.d2d", "die1.d2d")
TRAIN, STOP = 1, 2
CMD = {0x4008: "die0.d2d", 0x104008: "die1.d2d"}


def commands(bus):
    """Who was told to train, or to stop, in the order in which it was."""
    return [
        (CMD[t.request.address], t.request.values[0])
        for t in bus.log
        if t.request.is_write and t.request.address in CMD
    ]


def trained(bus):
    return [name for name, word in commands(bus) if word & TRAIN]


def converged(duo, kind=Duo, **how):
    """Converge; the report, the outcome of each instance, and who was told to train."""
    trace = Trace(duo)
    report = kind(trace).converge(**how)
    return report, {line.name: line for line in report.lines}, trained(trace)


def roots(report):
    """The instances that failed by themselves, and those at the root of what is blocked."""
    return {line.name for line in report.of(Outcome.FAILED)} | {line.cause for line in report.of(Outcome.BLOCKED)}


class TestUp:
    def test_both_ends_train_once_and_their_users_work_through_the_link(self):
        duo = model()
        report, lines, told = converged(duo)
        assert report.ok, str(report)
        assert sorted(told) == sorted(ENDS)
        assert duo.violations() == []
        assert lines["die0.client"].outcome is Outcome.GOAL

    def test_a_second_converge_writes_nothing(self):
        assert Duo(up()).converge().writes == 0

    def test_training_begins_when_the_last_provider_of_either_end_is_there(self):
        duo = model("die1.pll:slow=4")
        report, _, told = converged(duo)
        assert report.ok
        assert len(told) == 2
        assert duo.violations() == []

    def test_only_one_end_is_asked_for_and_both_come_up(self):
        report, lines, _ = converged(model(), only={"die0.client"})
        assert report.ok
        assert {*ENDS, "die1.pll", "die1.rstmgr"} <= lines.keys()
        assert "die1.client" not in lines

    def test_the_plan_shows_that_it_waits_for_the_other_end(self):
        chip = Duo(model())
        acts = {(act.instance, act.act): act.why for act in chip.plan().acts}
        assert "die1.d2d has come as far" in acts["die0.d2d", "train"]
        assert "die0.d2d has come as far" in acts["die1.d2d", "train"]
        assert chip.meter.writes == 0


class TestOneRoot:
    """The sighting: one broken PLL gave two roots and three futile trainings."""

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_provider_of_one_end_that_fails_is_the_root_of_both_and_nothing_is_trained(self, die):
        duo = model(f"die{die}.pll:no_lock")
        report, lines, told = converged(duo)
        assert told == []
        assert roots(report) == {f"die{die}.pll"}
        for name in (*ENDS, "die0.client", "die1.client"):
            assert (lines[name].outcome, lines[name].cause) == (Outcome.BLOCKED, f"die{die}.pll")
        assert str(report).count("lost") == 1
        assert duo.violations() == []

    @pytest.mark.parametrize("die", [0, 1])
    def test_the_other_end_has_come_as_far_as_it_can_by_itself(self, die):
        _, lines, _ = converged(model(f"die{1 - die}.pll:no_lock"))
        assert lines[f"die{die}.d2d"].state == D2dState.ALONE.name

    @pytest.mark.parametrize("die", [0, 1])
    def test_an_end_that_does_not_answer(self, die):
        report, lines, told = converged(model(f"die{die}.d2d:hung"))
        assert told == []
        assert roots(report) == {f"die{die}.d2d"}
        assert lines[f"die{1 - die}.d2d"].outcome is Outcome.BLOCKED

    @pytest.mark.parametrize("die", [0, 1])
    def test_an_end_that_does_not_answer_any_more_takes_along_the_other_one_which_is_up(self, die):
        duo = up()
        duo.plant_text(f"die{die}.d2d:hung")
        report, lines, _ = converged(duo)
        assert roots(report) == {f"die{die}.d2d"}
        other = lines[f"die{1 - die}.d2d"]
        assert (other.outcome, other.cause) == (Outcome.BLOCKED, f"die{die}.d2d")
        assert other.state == D2dState.UP.name

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_die_that_does_not_answer_for_itself(self, die):
        report, lines, told = converged(model(f"die{die}.sysid:hung"))
        assert told == []
        assert {lines[name].cause for name in (*ENDS, "die0.client", "die1.client")} == {f"die{die}.sysid"}
        others = roots(report) - {f"die{die}.sysid"}
        assert others == {f"die{1 - die}.pll"}, "its clock would reach a die of which nobody knows what runs there"
        assert isinstance(lines[f"die{1 - die}.pll"].error, UnderLoad)

    @pytest.mark.parametrize("die", [0, 1])
    def test_training_that_fails_has_one_failure_that_names_both_ends(self, die):
        duo = model(f"die{die}.d2d:train_fail")
        report, lines, told = converged(duo)
        assert len(told) == 4, "once, and once more"
        (failed,) = report.of(Outcome.FAILED)
        assert isinstance(failed.error, NoWayOut)
        (other,) = set(ENDS) - {failed.name}
        assert other in str(failed.error)
        assert (lines[other].outcome, lines[other].cause) == (Outcome.BLOCKED, failed.name)
        assert roots(report) == {failed.name}
        assert duo.violations() == []

    @pytest.mark.parametrize("die", [0, 1])
    def test_an_end_that_hangs_in_training(self, die):
        duo = model(f"die{die}.d2d:stuck_busy")
        report, _, told = converged(duo)
        assert len(roots(report)) == 1
        assert roots(report) < set(ENDS)
        assert len(told) <= 4
        assert duo.violations() == []

    @pytest.mark.parametrize("die", [0, 1])
    def test_an_end_that_is_not_heard(self, die):
        duo = model(f"die{die}.d2d:no_sideband")
        report, _, told = converged(duo)
        assert told == []
        (failed,) = report.of(Outcome.FAILED)
        assert failed.name == f"die{1 - die}.d2d", "who hears nothing"
        assert isinstance(failed.error, PollTimeout)
        assert f"die{die}.d2d" in failed.error.got
        assert roots(report) == {failed.name}
        assert duo.violations() == []

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_clock_that_is_lost_in_mid_training_is_the_root(self, die):
        duo = model()
        trace = Trace(duo)
        chip = Duo(trace)

        def listen(event):
            if event.kind == "wait" and event.text.startswith("training"):
                duo.plant(f"die{die}.pll", "no_lock")
                duo[f"die{die}.pll"].lose()

        report = chip.converge(listen=listen)
        assert roots(report) == {f"die{die}.pll"}, str(report)

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_clock_that_is_lost_when_no_attempt_is_left_is_the_root_still(self, die):
        duo = model("die0.d2d:train_fail*1")
        waits = []

        def listen(event):
            if event.kind == "wait" and event.text.startswith("training"):
                waits.append(event.instance)
                if len(waits) == 4:
                    duo.plant(f"die{die}.pll", "no_lock")
                    duo[f"die{die}.pll"].lose()

        report = Duo(duo).converge(listen=listen)
        assert len(waits) == 4
        assert roots(report) == {f"die{die}.pll"}, str(report)

    @pytest.mark.parametrize(("fault", "times"), [("train_fail", 1), ("stuck_busy", 1), ("lanes_lost", 1)])
    @pytest.mark.parametrize("ends", [(0,), (1,), (0, 1)])
    def test_what_fails_once_is_tried_again(self, fault, times, ends):
        duo = model(*(f"die{n}.d2d:{fault}*{times}" for n in ends))
        report, _, _ = converged(duo)
        if not report.ok and fault == "lanes_lost":  # it was lost after the report's last look
            report, _, _ = converged(duo)
        assert report.ok, str(report)
        assert duo.violations() == []

    @pytest.mark.parametrize("fault", ["train_fail", "stuck_busy"])
    @pytest.mark.parametrize("end", ENDS)
    def test_so_is_what_fails_once_after_an_end_went_away(self, fault, end):
        """That the other end went away is no failure to train: it leaves the attempt for that."""
        duo = up()
        duo.plant_text(f"{end}:{fault}*1")
        duo.plant_text(f"{end}:block_reset")
        duo.sleep(us(3))
        report, _, _ = converged(duo)
        assert report.ok, str(report)
        assert duo.violations() == []

    @pytest.mark.parametrize("fault", ["train_fail", "stuck_busy", "no_sideband", "hung"])
    def test_both_ends_broken_are_one_failure(self, fault):
        duo = model(*(f"{name}:{fault}" for name in ENDS))
        report, _, _ = converged(duo)
        assert len(report.of(Outcome.FAILED)) == (2 if fault == "hung" else 1), str(report)
        assert duo.violations() == []


class TestBehindOurBack:
    @pytest.mark.parametrize("die", [0, 1])
    def test_a_reset_of_one_end_brings_both_to_train_again_once(self, die):
        duo = up()
        duo.plant_text(f"die{die}.d2d:block_reset")
        duo.sleep(us(3))
        report, _, told = converged(duo)
        assert report.ok
        assert sorted(told) == sorted(ENDS)
        assert duo.violations() == []

    @pytest.mark.parametrize("name", ["die0.d2d", "die1.d2d", "die0", "die1", "die0.rstmgr.d2d"])
    @pytest.mark.parametrize("at", [us(50), us(200), ms(1), ms(5), ms(9.99), ms(11)])
    def test_a_reset_at_any_moment_of_the_run(self, name, at):
        duo = model()
        duo.plant_text(f"{name}:{'block_reset' if name in ENDS else 'reset'}={at}ns")
        report, _, _ = converged(duo)
        late = duo.now() < at
        duo.sleep(max(at - duo.now(), 0) + us(3))
        again = Duo(duo).converge()
        assert again.ok, str(again)
        assert report.ok or late, str(report)

    def test_an_end_that_is_reset_when_the_other_is_about_to_train_is_seen_before(self):
        duo = model()
        ready = []

        def listen(event):
            if event.kind == "observed" and event.text.startswith("D2dState.READY") and len(ready) < 2:
                ready.append(event.instance)
                if len(ready) == 2:
                    duo.plant_text(f"{ready[0]}:block_reset")

        report = Blind(duo).converge(listen=listen)
        assert set(ready) == set(ENDS)
        assert report.ok, str(report)
        assert duo.violations() == []

    def test_a_reset_that_nobody_tells_counts_as_one_flap_of_the_pair(self):
        duo = model()
        left = ["die0.d2d"]

        def listen(event):
            if event.kind == "goal" and event.instance == "die1.client" and left:
                duo.plant_text(f"{left.pop()}:block_reset")

        run = Scheduler(Blind(duo), listen=listen)
        report = run.run()
        assert left == []
        assert report.ok, str(report)
        assert sum(run.cells[name].flaps for name in ENDS) == 1
        assert duo.violations() == []

    @pytest.mark.parametrize("kind", [Duo, Blind])
    @pytest.mark.parametrize("end", ENDS)
    def test_an_end_that_had_arrived_is_led_anew_when_the_link_goes_before_the_other_one_looks(self, kind, end):
        duo, struck = up(), []

        def strike(event):
            if event.kind == "goal" and event.instance in ENDS and not struck:
                struck.append(event.instance)
                duo.plant_text(f"{end}:lanes_lost*1")
                duo.sleep(us(50))

        report = kind(duo).converge(only={"die0.d2d"}, listen=strike)
        assert struck
        assert report.ok, str(report)

    def test_what_its_ends_do_in_turn_counts_together(self):
        made = cells(Duo(MemoryBus(0)), SERVICE, None)
        one, other = (made[name] for name in ENDS)
        assert one.flapped("lost") is None
        assert other.flapped("lost") is None
        error = one.flapped("lost")
        assert isinstance(error, Flapping)
        assert "left its goal 3 times" in str(error)

    def test_a_pair_that_leaves_its_goal_over_and_over_flaps_as_one(self):
        duo = model("die0.d2d:lanes_lost")
        report = Blind(duo).converge()
        (failed,) = report.of(Outcome.FAILED)
        assert isinstance(failed.error, Flapping | NoWayOut)
        assert failed.name in ENDS
        assert roots(report) == {failed.name}


class TestDown:
    @pytest.mark.parametrize("only", [None, {"die0.d2d"}, {"die1.d2d"}])
    def test_an_end_led_down_leads_the_other_one_down_and_users_go_first(self, only):
        duo = up()
        trace = Trace(duo)
        report = Duo(trace).converge(goal=OFF, only=only)
        assert report.ok, str(report)
        states = {line.name: line.state for line in report.lines}
        assert {*ENDS, "die0.client", "die1.client"} <= states.keys()
        written = [t.request.address for t in trace.log if t.request.is_write]
        assert {0x5004, 0x105004} == set(written[:2]), "the users of both ends, before either"
        assert [word for _, word in commands(trace)] == [STOP], "the other end follows by itself"
        assert {duo[name].hw.ctrl.enable for name in ENDS} == {0}
        assert {duo[name].hw.log.link_lost for name in ENDS} == {0}
        assert duo.violations() == []

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_user_of_either_end_that_takes_longer_is_waited_for(self, die):
        class Loses(Decorator):
            """The first write to a reset line of that die, which is its client's: it is made once more when it is late."""

            lost = False

            def transact(self, request):
                if request.is_write and request.address in line and not self.lost:
                    self.lost = True
                    return ()
                return super().transact(request)

        bus, events = Loses(up()), []
        chip = Duo(bus)
        line = range(chip.die[die].rstmgr.regs.base, chip.die[die].rstmgr.regs.base + 0x1000)
        assert chip.converge(goal=OFF, listen=events.append).ok
        assert bus.lost
        assert not [event for event in events if event.kind == "blocked"]

    @pytest.mark.parametrize("die", [0, 1])
    def test_a_user_of_either_end_that_cannot_be_led_down_keeps_both(self, die):
        duo = up()
        duo.plant_text(f"die{die}.client:hung")
        trace = Trace(duo)
        report = Duo(trace).converge(goal=OFF)
        assert commands(trace) == []
        assert roots(report) == {f"die{die}.client"}
        assert {name: duo[name].hw.ctrl.enable for name in ENDS} == dict.fromkeys(ENDS, 1)

    def test_what_is_down_is_left_alone_and_up_again_is_the_same_act(self):
        duo = up()
        before = duo.state()
        Duo(duo).converge(goal=OFF, only={"die0.d2d"})
        assert Duo(duo).converge(goal=OFF, only={"die0.d2d"}).writes == 0
        assert Duo(duo).converge().ok
        changed = {name for name in before if before[name] != duo.state()[name]}
        assert {name.rpartition(".")[0].removesuffix(".epoch") for name in changed} <= {"die0.sysid", "die1.sysid"}

    @pytest.mark.parametrize("die", [0, 1])
    def test_an_end_that_cannot_be_reached_gives_its_reset_line_back(self, die):
        duo = up()
        duo.plant_text(f"die{die}.pll:no_lock")
        duo[f"die{die}.pll"].lose()
        report = Duo(duo).converge(goal=OFF, only=set(ENDS))
        assert report.ok, str(report)
        assert [duo[f"die{n}.rstmgr"].hw.lines.released for n in range(2)] == [0, 0]
        assert duo.violations() == []

    def test_the_plan_counts_what_the_users_of_both_ends_lose(self):
        chip = Duo(up())
        acts = {(act.instance, act.act): act for act in chip.plan(goal=OFF, only={"die0.d2d"}).acts}
        assert Effect.LOSES_DATA in acts["die0.d2d", "stop"].effect
        for name, other in (ENDS, ENDS[::-1]):
            assert acts[name, "stop"].why == f"observed UP, unless {other} has done it for both"
            assert "for both" not in acts[name, "disable"].why
        order = list(acts)
        assert max(order.index((f"die{n}.client", "turn_off")) for n in range(2)) < order.index(("die0.d2d", "stop"))


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


class TestWiring:
    def wrong(self, match, pairs, harvest=None):
        class Wrong(Duo):
            def wire(self, bus):
                super().wire(bus)
                self.pairs = pairs(self, bus)
                self.harvests = (harvest(self),) if harvest is not None else ()

        with pytest.raises(WiringError, match=match):
            Wrong(MemoryBus(0))

    def end(self, bus, name, *needs, base=0x8000):
        return D2d(D2dRegs(bus, base, name), None, *needs)

    def test_an_end_in_two_pairs(self):
        def pairs(chip, bus):
            chip.third = self.end(bus, "die0.third", *chip.die[0].d2d.needs)
            return Pair(chip.die[0].d2d, chip.die[1].d2d), Pair(chip.third, chip.die[0].d2d)

        self.wrong("an end of two pairs", pairs)

    def test_an_end_with_itself(self):
        self.wrong("with itself", lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[0].d2d),))

    def test_an_end_that_is_not_on_the_chip(self):
        def pairs(chip, bus):
            return (Pair(chip.die[0].d2d, self.end(bus, "elsewhere", *chip.die[0].d2d.needs)),)

        self.wrong("not on this chip", pairs)

    def test_an_end_that_has_the_name_of_one_on_the_chip(self):
        def pairs(chip, bus):
            return (Pair(chip.die[0].d2d, self.end(bus, "die1.d2d", *chip.die[1].d2d.needs)),)

        self.wrong("not on this chip", pairs)

    def test_an_end_alone(self):
        self.wrong("without its other end", lambda chip, bus: ())

    def test_ends_that_do_not_fit(self):
        self.wrong("do not fit", lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[1].client),))
        self.wrong("do not fit", lambda chip, bus: (Pair(chip.die[0].client, chip.die[1].client),))

    def test_an_end_that_needs_the_other(self):
        def pairs(chip, bus):
            chip.die[0].d2d = self.end(bus, "die0.needy", *chip.die[0].d2d.needs, link(chip.die[1].d2d))
            return (Pair(chip.die[0].d2d, chip.die[1].d2d),)

        self.wrong("needs its other end", pairs)

    def test_an_end_that_needs_the_other_by_another_way(self):
        def pairs(chip, bus):
            near, far = chip.die
            chip.via = Client(DuoRegs(bus, 0x7000, "die0.via"), None, *near.client.needs[:1], link(far.d2d))
            near.d2d = self.end(bus, "die0.needy", *near.d2d.needs, link(chip.via))
            near.client = Client(DuoRegs(bus, 0x5000, "die0.client"), None, *near.client.needs[:1], link(near.d2d))
            chip.parameters = {}  # those of the end that is replaced are nobody's
            return (Pair(chip.die[0].d2d, chip.die[1].d2d),)

        self.wrong("cycle in needs", pairs)

    def test_a_fuse_that_removes_one_end_alone(self):
        self.wrong(
            "half a pair",
            lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[1].d2d),),
            harvest=lambda chip: Harvest(
                chip.die[0].otp, chip.die[0].otp.harvest, ((chip.die[0].d2d, chip.die[0].client),)
            ),
        )

    def test_users_of_one_end_come_after_both(self):
        order = [block.name for block in Duo(MemoryBus(0)).order]
        assert order.index("die0.client") > order.index("die1.d2d")
        assert is_end(D2d)
        assert not is_end(Client)


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


@pytest.mark.parametrize("odd", [lambda one, other: ((one, other),), lambda one, other: Pair(one, other)])
def test_what_is_no_pair_is_refused(odd):
    class Odd(Duo):
        def wire(self, bus):
            super().wire(bus)
            one, other = self.die
            self.pairs = odd(one.d2d, other.d2d)

    with pytest.raises(WiringError, match=r"`pairs\[0\]` of duo is of a wrong kind, wanted Pair, got"):
        Odd(MemoryBus(0))
