"""Who reaches the goal, on small chips of workers; who is fused off."""

import pytest

from bedplate.block import OFF
from bedplate.bus import Trace, us
from bedplate.converge import Outcome
from bedplate.converge.conftest import ALONE, CHAIN, Branch, chip_of, model_of
from bedplate.errors import UnknownName


class TestGoal:
    def test_is_reached_in_one_act_and_then_nothing_is_written(self):
        model = model_of(CHAIN)
        report = CHAIN(model).converge()
        assert report.ok
        assert [line.name for line in report.critical_path] == ["a", "b", "c"]
        assert report.number(Outcome.GOAL) == 4
        again = CHAIN(model).converge()
        assert (again.ok, again.writes, again.steps) == (True, 0, 0)
        assert not model.violations()

    def test_instances_do_not_wait_for_each_others_waits(self):
        side_by_side = chip_of(*((name, lambda made: ()) for name in "abcdefgh"))
        report = side_by_side(model_of(side_by_side)).converge()
        assert max(line.reached for line in report.lines) < 2 * us(100)

    def test_the_same_chip_gives_the_same_transactions(self):
        def trace():
            bus = Trace(model_of(CHAIN))
            CHAIN(bus).converge()
            return bus.log

        assert trace() == trace()

    def test_an_unreachable_instance_is_never_read(self):
        model = model_of(CHAIN)
        CHAIN(model).observe()
        CHAIN(model).converge()
        assert model.fabric_log == []

    def test_a_limit_holds_at_any_time(self):
        names = "abcdef"
        limited = chip_of(*((name, lambda made: ()) for name in names), budgets=[(2, names)])
        model = model_of(limited)
        busy = []

        class Watch(Trace):
            def transact(self, request):
                busy.append(sum(model[name].hw.status.phase == 1 for name in names))
                return super().transact(request)

        report = limited(Watch(model)).converge()
        assert report.ok
        assert max(busy) == 2
        assert len(report.critical_path) == 3, "each pair waited for the one before"
        assert report.device_time >= 3 * us(90)

    def test_work_in_progress_is_waited_for_and_not_started_again(self):
        model = model_of(ALONE)
        model.write(4, 1)
        model.sleep(us(10))
        report = ALONE(model).converge()
        assert (report.ok, report.writes) == (True, 0)

    def test_a_chip_of_which_nothing_can_be_led_down_stays_as_it_is(self):
        model = model_of(CHAIN)
        CHAIN(model).converge()
        report = CHAIN(model).converge(goal=OFF)
        assert (report.ok, report.writes) == (True, 0)
        assert CHAIN(model).plan(goal=OFF).acts == ()
        with pytest.raises(UnknownName, match="parked"):
            CHAIN(model).converge(goal="parked")

    def test_an_output_is_turned_on_for_its_user_only(self):
        with_branch = chip_of(("a", lambda made: ()), ("b", lambda made: (Branch(made["a"], 0, "branch"),)))
        model = model_of(with_branch)
        report = with_branch(model).converge()
        assert (report.ok, model["a"].hw.output.go) == (True, 1)


class TestHarvest:
    def test_a_part_that_is_fused_off_is_absent_and_fails_nothing(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 1, ["b"]))
        model = model_of(fused)
        assert [one.outcome for one in fused(model).observe()] == [None, None], "fuses not at their goal say nothing"
        report = fused(model).converge()
        assert (report.ok, report.number(Outcome.HARVESTED)) == (True, 1)
        assert model["b"].hw.status.phase == 0
        assert fused(model).converge().writes == 0
        assert [one.outcome for one in fused(model).observe()] == [Outcome.GOAL, Outcome.HARVESTED]

    def test_the_critical_path_goes_through_the_fuses(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        assert [line.name for line in fused(model_of(fused)).converge().critical_path] == ["a", "b"]

    def test_unreadable_fuses_block_what_they_decide(self):
        fused = chip_of(("a", lambda made: ()), ("b", lambda made: ()), harvest=("a", 0, ["b"]))
        model = model_of(fused)
        model.plant("a", "burnt")
        assert [line.name for line in fused(model).converge().of(Outcome.BLOCKED)] == ["b"]
