"""What a report and a plan say."""

from bedplate.block import (
    Tenant,
)
from bedplate.converge.conftest import (
    CHAIN,
    Branch,
    chip_of,
    model_of,
    says,
)
from bedplate.errors import (
    LinkDown,
)


class TestReport:
    def test_is_ok_only_at_rest_and_with_a_link(self):
        good = CHAIN(model_of(CHAIN)).converge()
        assert good.ok
        assert not good._replace(settled=False).ok
        assert not good._replace(ended=LinkDown("cut")).ok


class TestPlan:
    def test_shows_the_steps_and_writes_nothing(self):
        chip = CHAIN(model_of(CHAIN))
        plan = chip.plan()
        assert [(act.instance, act.act) for act in plan.acts[:2]] == [("a", "start"), ("a", "work")]
        assert "no power from a" in next(act.why for act in plan.acts if act.instance == "b")
        assert chip.meter.writes == 0

    def test_names_the_outlets_that_are_off_and_no_others(self):
        with_branch = chip_of(("a", lambda made: ()), ("b", lambda made: (Branch(made["a"], 0, "branch"),)))
        model = model_of(with_branch)
        assert with_branch(model).converge(only={"a"}).ok
        assert [act.act for act in with_branch(model).plan().acts] == ["turn on clock branch from a", "start", "work"]
        model.write(0xC, 1)
        assert [act.act for act in with_branch(model).plan().acts] == ["start", "work"]

    def test_is_empty_for_a_healthy_chip(self):
        model = model_of(CHAIN)
        CHAIN(model).converge()
        assert CHAIN(model).plan().acts == ()

    def test_marks_what_would_be_refused(self):
        busy = chip_of(("a", lambda made: ()), vitals=says(Tenant.ACTIVE))
        plan = busy(model_of(busy)).plan()
        assert [bool(act.refused) for act in plan.acts] == [True, False]
