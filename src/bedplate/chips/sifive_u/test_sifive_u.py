"""The FU540's clocks, on hardware that somebody else modelled: PLLs change behind their bypass, and only then feed anybody."""

import pytest

from bedplate.block import source
from bedplate.bus import Decorator, MemoryBus
from bedplate.chips.sifive_u.driver import CoreclkState, GateState, Wrpll, WrpllState, XoscState
from bedplate.chips.sifive_u.regs import Pllcfg0Value, WrpllRegs
from bedplate.chips.sifive_u.wiring import CORE, DDR, GEM, SifiveU
from bedplate.errors import PollTimeout


def plls(chip):
    return (chip.core_pll, chip.ddr_pll, chip.gem_pll)


@pytest.mark.parametrize("config", [CORE, DDR, GEM])
def test_the_vco_stays_within_its_range(config):
    assert 2400 <= 33.33 / (config.divr + 1) * 2 * (config.divf + 1) <= 4800


def test_as_it_comes_out_of_reset(machine):
    chip = machine.on()
    assert chip.xosc.observe() is XoscState.READY
    assert [pll.observe() for pll in plls(chip)] == 3 * [WrpllState.OTHER]
    assert chip.coreclk.observe() is CoreclkState.ON_REFERENCE
    assert chip.ddr_gate.observe() is GateState.CLOSED


def test_converges_to_the_planned_clocks(machine):
    chip = machine.up()
    for pll in plls(chip):
        now = pll.regs.pllcfg0.read()
        assert (now.divr, now.divf, now.divq, now.range) == pll.config
        assert (now.lock, now.bypass, now.fse) == (True, False, True)
    assert not chip.coreclk.regs.coreclksel.read().hfclk
    assert chip.gem_gate.regs.pllcfg1.read() == 0x8000_0000


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (0x0201_87C1, WrpllState.OTHER),
        (0x8213_0EC0, WrpllState.OTHER),
        (0x0311_0EC0, WrpllState.LOCKING),
        (0x8311_0EC0, WrpllState.LOCKED),
        (0x8211_0EC0, WrpllState.RUNNING),
        (0x0211_0EC0, WrpllState.UNLOCKED),
        (0x8011_0EC0, WrpllState.OTHER),
    ],
)
def test_what_a_plls_register_means(word, state):
    """By the manual's bits, several of which the model never shows: without lock, or without internal feedback."""
    bus = MemoryBus(4)
    bus.write(0, word)
    assert Wrpll(WrpllRegs(bus, 0, "pll"), CORE, source(SifiveU(bus).xosc)).observe() is state


def test_a_second_converge_writes_nothing(machine):
    assert machine.up().converge().writes == 0


def test_divisors_change_behind_the_bypass_only(machine):
    chip = machine.up()
    chip.ddr_pll.regs.pllcfg0.modify(divf=40)
    hal, log = machine.watched(chip)
    assert hal.converge().ok
    words = [Pllcfg0Value(*request.values) for request in log]
    assert [(word.divf, word.bypass) for word in words] == [(40, True), (DDR.divf, True), (DDR.divf, False)]


def test_an_oscillator_that_was_turned_off_is_turned_on_first(machine):
    chip = machine.up()
    chip.xosc.regs.hfxosccfg.modify(en=False)
    assert chip.xosc.observe() is XoscState.OFF
    assert chip.converge().ok
    assert chip.xosc.regs.hfxosccfg.read().en


def test_a_pll_without_lock_under_its_users_goes_back_to_the_reference(machine):
    """The model never loses lock, so its lock bit is hidden on the way."""

    class NoLock(Decorator):
        def transact(self, request):
            words = super().transact(request)
            return words if request.is_write or request.address != 0x1000_0004 else (words[0] & ~0x8000_0000,)

    chip = machine.up()
    hal = SifiveU(NoLock(chip.meter.bus))
    assert hal.core_pll.observe() is WrpllState.UNLOCKED
    report = hal.converge()
    assert isinstance(report.first_error, PollTimeout)
    assert chip.core_pll.regs.pllcfg0.read().bypass, "its users run from the reference"


class TestKilled:
    def test_while_coming_up(self, machine):
        assert machine.survives_every_kill() == 12

    def test_while_replacing_divisors(self, machine):
        def prepare(chip):
            chip.converge()
            chip.gem_pll.regs.pllcfg0.modify(divq=4)

        machine.survives_every_kill(prepare)
