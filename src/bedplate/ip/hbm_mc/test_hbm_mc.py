"""A controller of four channels: configured behind the fence, seeded once, scrubbing; the fence opens last."""

import pytest

from bedplate.block import Effect
from bedplate.bus import ms, us
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcConfig, HbmMcState
from bedplate.ip.hbm_mc.model import HbmMcModel


@pytest.fixture
def mc(bench):
    return bench(HbmMc, HbmMcConfig(), HbmMcModel())


def test_boot_takes_the_time_of_the_seed(mc):
    report = mc.converge()
    assert report.ok
    assert ms(50.5) < report.device_time < ms(60)
    assert report.transactions < 80


def test_the_fence_opens_last(mc):
    assert mc.writes()[-1] == ("init_ctrl", 1)
    assert not mc.dut.regs.init_ctrl.read().axi_fence


def test_killed_anywhere(mc):
    mc.survives_every_kill()


@pytest.mark.parametrize("fault", ["init_fail", "seed_fail"])
def test_killed_anywhere_while_trying_again(mc, fault):
    mc.plant(fault, 2, times=1)
    mc.survives_every_kill()


def test_killed_anywhere_while_recovering_from_a_lost_dfi(mc):
    mc.boot()
    mc.withdraw("link")
    mc.give("link")
    mc.survives_every_kill()


def test_what_was_seeded_is_not_seeded_again(mc):
    mc.boot().regs.init_ctrl.modify(axi_fence=True)
    assert mc.state is HbmMcState.FENCED
    report = mc.converge()
    assert report.ok
    assert report.lines[-1].reached < ms(1)
    assert mc.violations() == []


@pytest.mark.parametrize("state", ["UNCONFIGURED", "CONFIGURED", "INITIALISED"])
def test_everything_before_the_scrub_loses_data_and_says_so(state):
    assert HbmMc.way_from(HbmMcState[state]).effect is Effect.LOSES_DATA


@pytest.mark.parametrize("state", ["FENCED", "MISCONFIGURED", "EXPOSED", "DFI_LOST"])
def test_whatever_moves_the_fence_stops_traffic_and_says_so(state):
    assert HbmMc.way_from(HbmMcState[state]).effect is Effect.STOPS_TRAFFIC


@pytest.mark.parametrize("state", ["SEEDED", "SCRUB_OVERDUE"])
def test_nothing_after_the_seed_disturbs(state):
    assert HbmMc.way_from(HbmMcState[state]).effect is Effect.NONE


def test_elapsed_counts_while_initialising(mc):
    dut = mc.dut
    dut.configure()
    dut.initialise()
    mc.sleep(us(200))
    assert 190 <= dut.regs.elapsed.read().us <= 210


# DFI.


def test_the_phy_is_waited_for(mc):
    mc.withdraw("link")
    mc.fails(PollTimeout, HbmMcState.AWAITING_DFI)
    mc.give("link")
    mc.boot()


@pytest.mark.parametrize("command", ["init_ctrl", "seed_ctrl"])
def test_nothing_starts_without_dfi(mc, command):
    mc.withdraw("link")
    getattr(mc.dut.regs, command).pulse(start=True)
    status = mc.dut.regs.status.read()
    assert not status.inprog
    assert not status.seeding
    assert len(mc.violations()) == 1


def test_a_lost_dfi_takes_contents_and_initialisation_along(mc):
    regs = mc.boot().regs
    mc.withdraw("link")
    assert mc.state is HbmMcState.DFI_LOST
    assert regs.intr_state.read().dfi_lost
    mc.give("link")
    assert mc.state is HbmMcState.EXPOSED
    mc.boot()
    assert mc.violations() == []


def test_nothing_scrubs_what_a_lost_dfi_left_undefined(mc):
    regs = mc.boot().regs
    mc.withdraw("link")
    mc.give("link")
    regs.init_ctrl.modify(axi_fence=True)
    assert regs.ecc_ctrl.read().scrub_en
    assert mc.state is HbmMcState.UNCONFIGURED
    mc.dut.configure()
    assert not regs.ecc_ctrl.read().scrub_en
    mc.boot()


# Configuration.


@pytest.mark.parametrize(
    ("register", "field", "state"),
    [
        ("timing", "trfc", HbmMcState.EXPOSED),
        ("refresh", "trefi", HbmMcState.EXPOSED),
        ("refresh", "raaimt", HbmMcState.EXPOSED),
        ("ecc_ctrl", "wr_bypass", HbmMcState.MISCONFIGURED),
        ("ecc_ctrl", "scrub_ms", HbmMcState.MISCONFIGURED),
    ],
)
def test_another_configuration_in_service_is_a_fault(mc, register, field, state):
    getattr(mc.boot().regs, register).modify(**{field: 1})
    assert mc.state is state
    mc.boot()


def test_another_configuration_behind_the_fence_is_replaced(mc):
    regs = mc.boot().regs
    regs.init_ctrl.modify(axi_fence=True)
    regs.timing.modify(trcd=1)
    assert mc.state is HbmMcState.UNCONFIGURED
    mc.boot()
    assert mc.violations() == []


def test_refresh_changed_under_traffic_is_a_violation(mc):
    mc.boot().regs.refresh.modify(trefi=1)
    assert mc.violations_are(*["timing or refresh written under traffic"] * 2), "one for each word"


def test_timing_can_be_locked_until_reset(mc):
    dut = mc.boot()
    dut.regs.regwen.clear(writable=True)
    dut.regs.refresh.modify(trefi=1)
    dut.regs.timing.modify(trcd=1)
    assert mc.state is HbmMcState.IN_SERVICE
    assert mc.violations() == []


# What goes wrong.


@pytest.mark.parametrize("fault", ["init_fail", "seed_fail"])
def test_a_channel_that_fails_once_is_tried_again(mc, fault):
    mc.plant(fault, 2, times=1)
    mc.boot()


@pytest.mark.parametrize(
    ("fault", "state"), [("init_fail", HbmMcState.INIT_FAILED), ("seed_fail", HbmMcState.SEED_FAILED)]
)
def test_a_channel_that_fails_again_is_reported(mc, fault, state):
    mc.plant(fault, 2)
    assert "fail_channels=4" in mc.fails(NoWayOut, state).got


@pytest.mark.parametrize(
    ("fault", "state"), [("init_fail", HbmMcState.INIT_FAILED), ("seed_fail", HbmMcState.SEED_FAILED)]
)
def test_it_is_tried_once_more_and_no_more(mc, fault, state):
    mc.plant(fault, 2, times=2)
    mc.fails(NoWayOut, state)


def test_traffic_is_held_while_the_clock_has_another_rate(mc):
    mc.boot()
    other = mc.wanting(HbmMcConfig()._replace(mhz=HbmMcConfig().mhz // 2))
    assert not mc.dut.regs.status.read().fenced
    other.fails(NoWayOut, HbmMcState.WRONG_RATE)
    assert mc.dut.regs.status.read().fenced
    assert HbmMc.hold_until_clocked.withdraws, "whoever used the memory has lost it"
    assert HbmMc.stop_tripped.withdraws, "likewise, on the way down"


def test_a_stuck_controller_is_a_timeout_and_its_own_timer_counts(mc):
    mc.plant("stuck_busy")
    mc.fails(PollTimeout, HbmMcState.INITIALISING)
    before = mc.now()
    mc.fails(PollTimeout, HbmMcState.INITIALISING)
    assert mc.now() - before < ms(10)


def test_a_blocked_scrub_is_restarted_under_traffic(mc):
    mc.plant("scrub_stuck", times=1)
    mc.boot()
    mc.sleep(ms(2100))
    assert mc.state is HbmMcState.SCRUB_OVERDUE
    mc.dut.restart_scrub()
    assert mc.state is HbmMcState.IN_SERVICE
    mc.boot()
    assert mc.violations() == []


def test_a_trip_is_reported(mc):
    mc.boot()
    mc.plant("cattrip", times=1)
    mc.fails(NoWayOut, HbmMcState.TRIPPED)


def test_a_trip_is_led_down_behind_the_fence(mc):
    mc.boot()
    mc.plant("cattrip", times=1)
    mc.leads_down()
    assert mc.dut.regs.status.read().fenced
    assert not mc.dut.regs.ecc_ctrl.read().scrub_en
    assert mc.violations() == []


def test_a_block_reset_loses_the_contents(mc):
    mc.boot()
    mc.reset()
    assert mc.state is HbmMcState.STOPPED
    mc.boot()


def test_slow_is_waited_for(mc):
    mc.plant("slow", 3)
    mc.boot()


# Errors are evidence.


def test_counters_saturate_and_the_first_address_is_frozen(mc):
    regs = mc.boot().regs
    mc.plant("ce_storm", 1, times=1)
    mc.plant("ce_storm", 1, times=1)
    assert regs.ch[1].ce.read().count == 255
    first = regs.ch[1].ce_addr.read()
    assert (first.valid, first.high, first.low) == (True, 1, 0x40)
    assert regs.intr_state.read().ce_storm


def test_converging_keeps_the_evidence(mc):
    regs = mc.boot().regs
    mc.plant("ue", 3, times=1)
    mc.plant("block_reset")
    assert "ecc_clr" not in dict(mc.writes())
    assert regs.ch[3].ue.read().count == 1
    assert regs.intr_state.read().ue


@pytest.mark.parametrize(("fault", "seen"), [("ce_storm", "ce_storm"), ("ue", "ue"), ("cattrip", "cattrip")])
def test_evidence_survives_every_reset_but_power_on(mc, fault, seen):
    regs = mc.boot().regs
    mc.plant(fault, None if fault == "cattrip" else 0, times=1)
    mc.reset()
    assert getattr(regs.intr_state.read(), seen)
    assert regs.status.read().cattrip == (fault == "cattrip")
    assert regs.ch[0].ce_addr.read().valid == (fault == "ce_storm")
    assert regs.ch[0].ue_addr.read().valid == (fault == "ue")
    mc.power_cycle()
    assert not regs.intr_state.read()
    assert not regs.ch[0].ce.read()


def test_clearing_one_interrupt_leaves_its_neighbour(mc):
    regs = mc.boot().regs
    mc.plant("ue", 0, times=1)
    mc.plant("ce_storm", 0, times=1)
    regs.intr_state.clear(ue=True)
    assert regs.intr_state.read().ce_storm
    regs.ecc_clr.pulse(clear=True)
    assert regs.ch[0].ce.read().count == 0
