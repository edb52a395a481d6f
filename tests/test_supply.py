"""The supply of a chip bears so much and no more: model and RTL note it when more is drawn, whatever the HAL believes."""

import pytest

from bedplate.bus import MemoryBus, ms, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env import open_bus
from bedplate.ip.ppu.regs import PowerModeE

TARGETS = ("model:tern", "rtl:tern")
DIE0 = ("die0.ppu.fab", "die0.ppu.io", "die0.ppu.hbm0", "die0.ppu.hbm1")
"""Domains on the rails themselves."""
DIE1 = tuple(name.replace("die0", "die1") for name in DIE0)


class Board:
    """A chip whose rails are good, with somebody who writes registers by hand."""

    def __init__(self, target):
        self.bus = open_bus(target)
        self.bus.sleep(ms(1))

    def regs(self, name):
        (block,) = Tern(self.bus).select(name)
        return block.regs

    def ramp(self, *names):
        """Switch domains on, one right after the other; how many violations that made."""
        before = len(self.bus.violations())
        for name in names:
            self.regs(name).policy.write(policy=PowerModeE.ON)
        self.bus.sleep(us(1))  # a simulator is told in the clocks that follow the access
        return len(self.bus.violations()) - before


@pytest.fixture(params=TARGETS)
def board(request):
    made = Board(request.param)
    yield made
    if hasattr(made.bus, "close"):
        made.bus.close()


def test_two_domains_of_each_die_may_ramp_at_once(board):
    assert board.ramp(*DIE0[:2], *DIE1[:2]) == 0
    board.bus.sleep(ms(1))
    assert board.ramp(*DIE0[2:], *DIE1[2:]) == 0


@pytest.mark.parametrize("names", [DIE0, DIE1])
def test_each_domain_more_than_two_is_one_too_many(board, names):
    assert board.ramp(*names[:3]) == 1
    assert board.ramp(names[3]) == 1
    board.bus.sleep(ms(1))
    assert board.ramp() == 0, "it is noted when it begins, and once"


def test_one_that_never_ends_holds_its_part(board):
    board.bus.plant_text("die0.ppu.fab:stuck_busy")
    assert board.ramp(*DIE0[:2]) == 0
    board.bus.sleep(ms(1))
    assert board.ramp(DIE0[2]) == 0
    assert board.ramp(DIE0[3]) == 1


def test_one_that_was_reset_in_mid_ramp_holds_nothing(board):
    assert board.ramp(*DIE0[:2]) == 0
    board.bus.plant_text("die0.ppu.io:block_reset*1")
    board.bus.sleep(us(3))
    assert board.ramp(DIE0[2]) == 0


def test_the_violation_says_who_and_how_many():
    board = Board("model:tern")
    board.ramp(*DIE0[:3])
    (violation,) = board.bus.violations()
    assert (violation.instance, violation.text) == ("die0.ppu.hbm0", "inrush: 3 draw at once, 2 may")


def test_the_hal_keeps_to_what_the_supply_bears():
    """Two facts of two parties, each in its place: what the HAL allows itself, and what the chip can bear."""
    allowed = {(one.name, one.most, tuple(block.name for block in one.among)) for one in Tern(MemoryBus(0)).budgets}
    borne = set(make_model(Tern).capacities)
    assert allowed == borne
    assert sum(len(budget.members) for budget in borne) == 20
