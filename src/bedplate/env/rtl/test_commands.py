"""Commands as text say what the command line says, by the same words."""

import pytest

from bedplate.chips.duo import Duo
from bedplate.component import make_model
from bedplate.env.rtl.commands import execute
from bedplate.errors import UnknownName


@pytest.fixture
def model():
    return make_model(Duo)


@pytest.fixture
def chip(model):
    return Duo(model)


def outcomes(answer):
    return {line["name"]: line["outcome"] for line in answer.document["lines"]}


def test_up_and_down_lead_all_or_those_that_are_named(chip):
    up = execute(chip, "up die0.pll", "model:duo")
    assert (up.error, up.document["schema"]) == (None, "bedplate.up/1")
    assert outcomes(up)["die0.pll"] == "goal"
    assert "die1.pll" not in outcomes(up)
    down = execute(chip, "down", "model:duo")
    assert (down.error, down.document["schema"]) == (None, "bedplate.down/1")
    assert len(outcomes(down)) == len(chip.all)


def test_who_may_be_disturbed_is_said_as_on_the_command_line(model, chip):
    execute(chip, "up", "model:duo")
    model.tenant(True)
    refused = execute(chip, "down die0.pll", "model:duo")
    assert "workload" in str(refused.error)
    assert execute(chip, "down die0.pll --force *", "model:duo").error is None


def test_status_takes_a_pattern(chip):
    execute(chip, "up", "model:duo")
    states = execute(chip, "status *.pll", "model:duo").document["states"]
    assert [one["name"] for one in states] == ["die0.pll", "die1.pll"]


@pytest.mark.parametrize(
    "command",
    [
        "",
        "upp",
        "die0.pll converge",
        "status a b",
        "reg",
        "reg get",
        "up --force",
        "up --force --intent a",
        "up --json",
    ],
)
def test_what_is_no_command_is_refused_before_any_transaction(chip, command):
    before = chip.bus.now()
    with pytest.raises(UnknownName, match=r"unknown command .*"):
        execute(chip, command, "model:duo")
    assert chip.bus.now() == before
