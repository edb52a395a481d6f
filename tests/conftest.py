"""What several proofs begin with: a booted model, and drivers with bugs, which the proofs must find."""

import pytest

from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.ip.pll.driver import Pll
from bedplate.model import ChipModel


@pytest.fixture(scope="session")
def snapshot():
    """Of Tern, booted."""
    model = make_model(Tern)
    assert Tern(model).converge().ok
    return model.snapshot()


@pytest.fixture
def booted(snapshot):
    """The model of a Tern that has booted, this test's own."""
    return ChipModel.restore(snapshot)


@pytest.fixture
def with_memory(monkeypatch):
    """A PLL driver with a bug: one step does more when this very process has taken the one before."""
    seen = []
    program, measure = Pll.program.run, Pll.measure.run

    def remembers(pll):
        seen.append(pll)
        program(pll)

    def does_more_if_it_remembers(pll):
        if any(one is pll for one in seen):
            pll.regs.lock_limit.write(cycles=4999)
        measure(pll)

    monkeypatch.setattr(Pll.program, "run", remembers)
    monkeypatch.setattr(Pll.measure, "run", does_more_if_it_remembers)
