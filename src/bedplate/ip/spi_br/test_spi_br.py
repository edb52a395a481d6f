"""The SPI bridge: looked at, opened where somebody closed it, and never touched otherwise."""

import pytest

from bedplate.bus import MemoryBus
from bedplate.errors import NoWayOut
from bedplate.ip.spi_br.driver import SpiBr, SpiBrState
from bedplate.ip.spi_br.model import SpiBrModel
from bedplate.ip.spi_br.regs import SpiBrRegs


@pytest.fixture
def bridge(bench):
    return bench(SpiBr, None, SpiBrModel())


def close(bridge, **ctrl):
    bridge.dut.regs.ctrl.write(**{"en": True, "read_only": False, **ctrl})


def test_is_ready_after_reset_without_a_write(bridge):
    assert bridge.state is SpiBrState.READY
    assert bridge.writes() == []


@pytest.mark.parametrize("how", [{"en": False}, {"read_only": True}], ids=str)
def test_is_opened_where_somebody_closed_it(bridge, how):
    close(bridge, **how)
    assert bridge.state is SpiBrState.CLOSED
    assert bridge.model.hw.status.locked
    assert bridge.writes() == [("ctrl", 1)]
    assert not bridge.model.hw.status.locked


def test_killed_anywhere_while_opening(bridge):
    close(bridge, en=False)
    bridge.survives_every_kill()


def test_a_lock_makes_closing_final(bridge):
    close(bridge, read_only=True)
    bridge.dut.regs.lock.clear(writable=True)
    assert bridge.state is SpiBrState.LOCKED_OUT
    assert "locked" in bridge.fails(NoWayOut, SpiBrState.LOCKED_OUT).got
    close(bridge)
    assert bridge.model.hw.ctrl.read_only


def test_an_access_that_nobody_answers_is_reported(bridge):
    bridge.plant("no_answer")
    bridge.model.access()
    assert "draining" in bridge.fails(NoWayOut, SpiBrState.STUCK).got
    assert bridge.model.hw.err_cnt_timeout.count == 1


def test_errors_are_forgotten_when_told_so(bridge):
    bridge.plant("no_answer", times=1)
    bridge.model.access()
    bridge.model.hw.status.dropped = True
    bridge.dut.regs.err_clr.pulse(clear=True)
    assert not bridge.model.hw.status.dropped
    assert bridge.model.hw.err_cnt_timeout.count == 0


def test_error_counters_saturate(bridge):
    bridge.model.increment("err_cnt_timeout.count", 0xFFFF)
    bridge.plant("no_answer", times=1)
    bridge.model.access()
    assert bridge.model.hw.err_cnt_timeout.count == 0xFFFF


def test_resets_are_counted(bridge):
    assert bridge.dut.regs.epoch.read().count == 1
    bridge.model.reset("spontaneous")
    assert bridge.dut.regs.epoch.read().count == 2


def test_another_block_is_not_taken_for_a_bridge():
    alone = SpiBr(SpiBrRegs(MemoryBus(), 0, "bridge"), None)
    assert alone.observe() is SpiBrState.WRONG_BRIDGE
