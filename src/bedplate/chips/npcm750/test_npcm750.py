"""The NPCM750's clocks, on hardware that somebody else modelled: its PLLs lock as planned, from whatever they were left in."""

import pytest

from bedplate.bus import Decorator
from bedplate.chips.npcm750.driver import ClkselState, GcrState, PllConfig, PllState
from bedplate.chips.npcm750.regs import PllconValue, SourceE
from bedplate.chips.npcm750.wiring import PLL0, PLL1, PLL2, PLLG, Npcm750
from bedplate.converge import Outcome
from bedplate.errors import OutOfRange, PollTimeout


def plls(chip):
    return (chip.pll0, chip.pll1, chip.pll2, chip.pllg)


def test_arithmetic():
    assert [config.output_khz for config in (PLL0, PLL1, PLL2, PLLG)] == [1_000_000, 800_000, 960_000, 50_347]


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.gcr.observe() is GcrState.IDENTIFIED
    assert [pll.observe() for pll in plls(chip)] == [PllState.OTHER] + 3 * [PllState.LOCKED]
    assert chip.clksel.observe() is ClkselState.OTHER


def test_converges_to_the_planned_clocks(machine):
    chip = machine.up()
    pllcon = chip.pll0.regs.pllcon.read()
    assert (pllcon.fbdv, pllcon.pwden, pllcon.loki) == (40, False, True)
    assert chip.clksel.regs.clksel.read().cpucksel is SourceE.PLL1


def test_selects_no_source_that_nobody_planned(machine):
    chip = machine.on()
    planned = 0b11 | 0b1111 << 6 | 0b11 << 14
    before = chip.clksel.regs.clksel.read()
    chip.converge()
    assert (before ^ chip.clksel.regs.clksel.read()) & ~planned == 0


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


@pytest.mark.parametrize("name", ["pll0", "pll1", "pll2", "pllg"])
def test_a_pll_that_was_powered_down_locks_again(machine, name):
    chip = machine.up()
    pll = getattr(chip, name)
    pll.regs.pllcon.modify(pwden=True)
    assert not pll.regs.pllcon.read().loki
    assert pll.observe() is PllState.OFF
    assert chip.converge().ok
    assert pll.regs.pllcon.read().loki


def test_other_divisors_are_replaced_while_the_pll_is_off(machine):
    chip = machine.up()
    chip.pll2.regs.pllcon.modify(fbdv=100, indv=3)
    assert chip.pll2.observe() is PllState.OTHER
    hal, log = machine.watched(chip)
    seen = []
    assert hal.converge(listen=lambda event: seen.append(event.text)).ok
    words = [PllconValue(*request.values) for request in log]
    assert [(word.fbdv, word.indv, word.pwden) for word in words] == [(100, 3, True), (192, 5, True), (192, 5, False)]
    assert [text for text in seen if text.startswith(("power_down", "program"))] == [
        "power_down: OTHER -> OFF",
        "program: OFF -> LOCKING",
    ]
    assert chip.pll2.regs.pllcon.read().fbdv == PLL2.fbdv


def test_divisors_that_do_not_fit_are_refused_without_a_write(machine):
    chip = machine.on()
    greedy = type(chip.pll0)(chip.pll0.regs, PllConfig(indv=64, fbdv=40, otdv1=1, otdv2=1))
    chip.pll0.regs.pllcon.modify(pwden=True)
    before = chip.meter.writes
    with pytest.raises(OutOfRange, match="indv"):
        greedy.program()
    assert chip.meter.writes == before


def test_a_pll_that_never_locks_runs_out_of_its_budget_and_feeds_nobody(machine):
    """The model always locks, so its lock bit is hidden on the way."""

    class NoLock(Decorator):
        def transact(self, request):
            words = super().transact(request)
            return words if request.is_write or request.address != 0xF080_100C else (words[0] & ~0x8000_0000,)

    chip = machine.on()
    report = Npcm750(NoLock(chip.meter.bus)).converge()
    assert isinstance(report.first_error, PollTimeout)
    outcomes = {line.name: line.outcome for line in report.lines}
    assert (outcomes["pll0"], outcomes["pll1"], outcomes["clksel"]) == (Outcome.FAILED, Outcome.GOAL, Outcome.BLOCKED)


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 4

    def test_while_replacing_divisors(self, machine):
        def prepare(chip):
            chip.converge()
            chip.pll1.regs.pllcon.modify(fbdv=36)
            chip.pllg.regs.pllcon.modify(pwden=True)

        machine.survives_every_kill(prepare)
