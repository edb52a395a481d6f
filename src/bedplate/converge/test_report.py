"""What a report and a plan say."""

import pytest

from bedplate.block import (
    Tenant,
)
from bedplate.converge import Outcome, Scheduler, lead
from bedplate.converge.conftest import (
    CHAIN,
    Branch,
    chip_of,
    model_of,
    says,
)
from bedplate.errors import (
    AccessError,
    LinkDown,
)


class TestReport:
    def test_is_ok_only_at_rest_and_with_a_link(self):
        good = CHAIN(model_of(CHAIN)).converge()
        assert good.ok
        assert not good._replace(settled=False).ok
        assert not good._replace(ended=LinkDown("cut")).ok

    def test_names_a_few_of_many_and_how_many_there_are(self):
        report = CHAIN(model_of(CHAIN)).converge()
        for outcome, word in (
            (Outcome.BLOCKED, "blocked by n0"),
            (Outcome.UNKNOWN, "not reached"),
            (Outcome.FAILED, "lost"),
        ):
            lines = tuple(
                report.lines[0]._replace(name=f"n{n}", outcome=outcome, cause="n0", error=LinkDown(f"error {n}"))
                for n in range(500)
            )
            text = str(report._replace(lines=lines))
            assert f"500 {word}: n0, n1, n2, n3, n4, n5, n6, n7 and 492 more" in text
            assert len(text.splitlines()) <= 10
            few = str(report._replace(lines=lines[:8]))
            assert "n7" in few
            assert "more" not in few
        roots = tuple(line._replace(outcome=Outcome.BLOCKED, cause=line.name) for line in lines)
        text = str(report._replace(lines=roots))
        assert "500 blocked by 500: n0, n1, n2, n3, n4, n5, n6, n7 and 492 more" in text
        assert len(text.splitlines()) == 10


class TestArguments:
    """What is of another kind than wanted is refused in words, before any transaction."""

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda chip: chip.converge(listen=3),
            lambda chip: chip.converge(goal=3),
            lambda chip: chip.converge(only=3),
            lambda chip: chip.converge(force=3),
            lambda chip: chip.plan(goal=3),
            lambda chip: chip.plan(intent="a"),
            lambda chip: chip.select(3),
            lambda chip: chip.register(3),
            lambda chip: chip.names(3),
            lambda chip: lead([chip]),
            lambda chip: lead(chip),
            lambda chip: lead(Scheduler(chip)),
            lambda chip: lead([Scheduler(chip), 3]),
            lambda chip: Scheduler(3),
        ],
    )
    def test_of_another_kind(self, wrong):
        chip = CHAIN(model_of(CHAIN))
        with pytest.raises(AccessError) as caught:
            wrong(chip)
        assert caught.value.wanted
        assert chip.meter.transactions == 0


class TestPlan:
    def test_shows_the_steps_and_writes_nothing(self):
        chip = CHAIN(model_of(CHAIN))
        plan = chip.plan()
        assert [(act.instance, act.act) for act in plan.acts[:2]] == [("a", "start"), ("a", "work")]
        assert "no power from a" in next(act.why for act in plan.acts if act.instance == "b")
        assert chip.meter.writes == 0

    def test_names_the_outputs_that_are_off_and_no_others(self):
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
