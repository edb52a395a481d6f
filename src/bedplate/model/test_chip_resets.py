"""Resets of the chip model: of a block, a line, the chip, and by the loss of power; what each takes along."""

from __future__ import annotations

import pytest

from bedplate.bus import us
from bedplate.errors import (
    UnknownName,
)
from bedplate.model import (
    RESETS,
    ChipModel,
    Placed,
)
from bedplate.model.conftest import CLK, PWR, RST, SCRATCH, STATUS, A, B, C, Supply, User, bring_up, small


def test_reset_is_one_edge_however_often_it_is_written(chip):
    bring_up(chip)
    chip.write(A + SCRATCH, 1)
    for _ in range(3):
        chip.write(RST, 0)
    assert chip["a"].starts == 1
    assert chip["a"].reset_cause == "reset"
    chip.write(RST, 1)
    chip.write(RST, 1)
    assert chip["a"].starts == 2
    assert chip.read(A + SCRATCH) == 0
    assert chip.read(A + STATUS) == 0


def test_a_provider_that_resets_itself_takes_its_users_along(chip):
    bring_up(chip)
    chip["clk"].reset("watchdog")
    assert chip.blocked("a") == "unclocked"


def test_inputs_changed_is_told_to_those_that_run(chip):
    bring_up(chip)
    before = chip["c"].inputs
    chip.write(PWR, 2)
    assert chip["c"].inputs == before + 1
    assert not hasattr(chip["pwr"], "inputs")


class Counting(ChipModel):
    """A chip that counts what its instances lose."""

    def was_reset(self, name: str) -> None:
        self.lost = [*getattr(self, "lost", []), name]


def test_a_chip_hears_of_every_reset_and_loss_of_power_once():
    chip = Counting([Placed("pwr", PWR, Supply()), Placed("a", A, User(), [("power", "pwr", "0")])])
    assert not hasattr(chip, "lost"), "coming up is no loss"
    chip.write(PWR, 1)
    chip["a"].reset("watchdog")
    chip.write(PWR, 0)
    chip.write(PWR, 0)
    assert chip.lost == ["a", "a"]


def up_with_all(cause: str) -> ChipModel:
    """A counting chip with a and b up and something in their scratch words, then reset by that cause."""
    chip = small(Counting)
    bring_up(chip)
    chip.sleep(us(5))
    for at in (A, B, C, CLK):
        chip.write(at + (SCRATCH if at in (A, B, C) else 4), 1)
    chip.plant("a", "stuck_busy")
    chip.tenant(True)
    chip.lost = []
    chip.reset(cause)
    return chip


@pytest.mark.parametrize("cause", RESETS)
def test_a_reset_of_the_chip_brings_everybody_to_where_power_on_does(cause):
    chip, fresh = up_with_all(cause), small()
    for each in (chip, fresh):
        each.sleep(us(10))
    assert chip.state() == fresh.state()
    assert [chip.blocked(name) for name in chip] == [fresh.blocked(name) for name in fresh]
    assert [chip[name].reset_cause for name in ("pwr", "c")] == [cause, cause]
    assert chip["a"].planted, "what a test planted stays"
    bring_up(chip)
    assert chip.read(A + STATUS) & 1


def test_a_reset_of_the_chip_is_told_once_of_each_that_was_up():
    chip = up_with_all("warm")
    assert sorted(chip.lost) == ["a", "b", "c", "clk", "pwr", "rst"]
    chip.lost = []
    chip.reset("warm")
    assert sorted(chip.lost) == ["c", "clk", "pwr", "rst"], "a and b had no power any more"


class Keeping(User):
    """Its scratch word survives a reset, but no loss of power."""

    survives = frozenset({"scratch"})


@pytest.mark.parametrize(("cause", "kept"), [("warm", 1), ("watchdog", 1), ("power", 0)])
def test_what_survives_a_reset_does_so_while_power_stays(cause, kept):
    chip = ChipModel(
        [Placed("pwr", PWR, Supply()), Placed("a", A, Keeping(), [("power", "pwr", "0")]), Placed("c", C, Keeping())]
    )
    chip.write(PWR, 1)
    for at in (A, C):
        chip.write(at + SCRATCH, 1)
    chip.reset(cause)
    chip.write(PWR, 1)
    assert (chip.read(A + SCRATCH), chip.read(C + SCRATCH)) == (0, kept), "the reset of its switch took the power of a"


def test_what_was_under_way_ends_with_a_reset_of_the_chip():
    chip = up_with_all("warm")
    bring_up(chip)
    chip.sleep(us(1))
    chip.reset("warm")
    chip.sleep(us(1.5))
    assert not chip.read(C + STATUS) & 1
    chip.sleep(us(1))
    assert chip.read(C + STATUS) & 1


def test_only_power_ends_a_workload():
    assert up_with_all("warm")["c"].rented
    assert not up_with_all("power")["c"].rented
    with pytest.raises(UnknownName, match="hot"):
        small().reset("hot")
