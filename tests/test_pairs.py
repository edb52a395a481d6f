"""Pairs: two ends that train together are one unit, with one root cause, one budget of time, and an end of each in its own die."""

import pytest

from bedplate.block import OFF, SERVICE, Effect
from bedplate.bus import (
    Decorator,
    MemoryBus,
    Trace,
    ms,
    us,
)
from bedplate.chips.duo import Duo
from bedplate.chips.duo.conftest import ENDS, STOP, Blind, commands, converged, model, roots, up
from bedplate.converge import Outcome, Scheduler
from bedplate.converge.scope import cells
from bedplate.errors import Flapping, NoWayOut, PollTimeout
from bedplate.ip.d2d.driver import D2dState


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
        assert roots(report) == {f"die{die}.sysid"}, (
            "also of the clock that would reach that die: nobody knows what runs there"
        )
        assert lines[f"die{1 - die}.pll"].outcome is Outcome.BLOCKED

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
