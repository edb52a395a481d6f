"""The PHY of a stack: lock, impedance, DFI, training and memory test; both last, and both are started once."""

import pytest

from bedplate.block import Effect
from bedplate.bus import Decorator, ms, us
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.hbm_phy.driver import HbmPhy, HbmPhyConfig, HbmPhyState
from bedplate.ip.hbm_phy.model import HbmPhyModel
from bedplate.ip.hbm_phy.regs import TrainCodeE


@pytest.fixture
def phy(bench):
    return bench(HbmPhy, HbmPhyConfig(), HbmPhyModel())


def test_boot_trains_and_tests(phy):
    report = phy.converge()
    assert report.ok
    assert ms(600) < report.device_time < ms(700)
    assert report.transactions < 150


def test_killed_anywhere(phy):
    phy.survives_every_kill()


@pytest.mark.parametrize("off", [{"rst": True, "pd": False}, {"rst": False, "pd": True}])
def test_it_is_set_up_while_powered_down_and_released_last(phy, off):
    regs = phy.dut.regs
    regs.phy_ctrl.write(**off)

    class Watched(Decorator):
        def transact(self, request):
            if request.is_write and request.address in {
                regs.speed.address,
                regs.eye_limit.address,
                regs.phy_ctrl.address,
            }:
                held.append(regs.phy_ctrl.read())
            return super().transact(request)

    held = []
    assert phy.hal(Watched(phy.bus)).converge().ok
    was_off, *later = [(before.rst, before.pd) for before in held]
    assert was_off == (off["rst"], off["pd"])
    assert later == [(True, True)] * 3 + [(True, False)], "powered, and only then released"


@pytest.mark.parametrize("way", ["reset", "reset_sequencer", "power_down"])
def test_what_is_reset_is_powered_down_as_well(phy, way):
    getattr(phy.boot(), way)()
    ctrl = phy.dut.regs.phy_ctrl.read()
    assert (ctrl.rst, ctrl.pd) == (True, True)


def test_killed_anywhere_while_training_again(phy):
    phy.plant("train_fail", 5, times=1)
    phy.survives_every_kill()


@pytest.mark.parametrize("fault", ["lock_lost", "dfi_lost", "drift"])
def test_killed_anywhere_while_bringing_back_what_was_lost(phy, fault):
    phy.boot()
    phy.plant(fault, times=1)
    phy.survives_every_kill()


# Training and memory test.


def test_a_memory_test_over_marginal_eyes_is_not_trained_away(phy):
    phy.plant("marginal", 3)
    phy.fails(NoWayOut, HbmPhyState.MARGINAL)
    phy.dut.regs.test_cmd.pulse(start=True)
    assert phy.state is HbmPhyState.TESTING
    phy.sleep(ms(400))
    assert phy.state is HbmPhyState.MARGINAL
    assert phy.violations() == []


def test_training_is_not_started_twice(phy):
    phy.boot().regs.train_cmd.write(steps=0x1F, start=True)
    phy.sleep(ms(100))
    assert phy.state is HbmPhyState.TRAINING
    report = phy.converge()
    assert report.ok
    assert ms(500) < report.device_time < ms(600)
    assert phy.violations() == []


def test_a_new_controller_gives_only_what_is_left_of_the_budget(phy):
    phy.plant("stuck_busy", times=1)
    dut = phy.dut
    for act in (dut.power_up, dut.calibrate_impedance, dut.start_dfi, dut.train):
        act()
        phy.sleep(us(100))
    phy.sleep(ms(900))
    assert phy.state is HbmPhyState.TRAINING
    report = phy.converge()
    assert report.ok
    assert report.device_time < ms(100 + 50 + 600 + 20)
    assert phy.violations() == []


@pytest.mark.model_only(
    "the sequencer does not take codes: most of these come up in other tests, by the way they come up in"
)
@pytest.mark.parametrize(
    ("code", "state"),
    [
        (0x1111_1111, HbmPhyState.UNTRAINED),
        (0, HbmPhyState.TRAINING),  # zero is not "never started"
        (0x600D_600D, HbmPhyState.READY),
        (0xFA11, HbmPhyState.TRAIN_FAILED),
        (1, HbmPhyState.GARBLED),
    ],
)
def test_the_training_status_is_decoded_by_table(phy, code, state):
    phy.boot()
    phy.model.hw.train_status.code = code
    assert phy.state is state


@pytest.mark.parametrize("state", ["UNTRAINED", "TRAINED", "TRAIN_FAILED", "DRIFTED", "DFI_LOST"])
def test_training_loses_data_and_says_so(state):
    assert HbmPhy.way_from(HbmPhyState[state]).effect is Effect.LOSES_DATA


def test_a_stack_that_was_reset_withdraws_the_training(phy):
    phy.boot()
    phy.withdraw("link")
    assert phy.dut.regs.train_status.read().code is TrainCodeE.NOT_STARTED
    assert phy.state is HbmPhyState.UNTRAINED
    phy.give("link")
    phy.boot()


@pytest.mark.model_only("what a block gives to others is no register")
def test_memory_is_provided_as_long_as_there_is_a_stack(phy):
    phy.boot()
    assert phy.model.provides("")
    phy.withdraw("link")
    assert not phy.model.provides("")


def test_dfi_that_is_no_longer_asked_for_does_not_come(phy):
    regs = phy.boot().regs
    for start in (False, True, False):
        regs.dfi_init.write(start=start)
    phy.sleep(us(20))
    assert not regs.dfi_status.read().complete


def test_without_a_stack_nothing_is_trained_or_tested(phy):
    regs = phy.boot().regs
    phy.withdraw("link")
    regs.train_cmd.write(steps=0x1F, start=True)
    regs.test_cmd.pulse(start=True)
    assert len(phy.violations()) == 2
    assert regs.train_status.read().code is TrainCodeE.NOT_STARTED
    assert not regs.test_status.read().busy


def test_only_what_is_trained_drifts(phy):
    phy.plant("drift", times=1)
    phy.boot().regs.train_cmd.write(steps=0x1F, start=True)
    phy.sleep(us(200))
    assert not phy.dut.regs.drift.read().retrain


# What goes wrong.

OF_A_CHANNEL = {"train_fail", "marginal", "test_fail"}
"""Faults that say which."""


@pytest.mark.parametrize("fault", ["no_lock", "train_fail", "test_fail", "garbled", "stuck_busy"])
def test_what_fails_once_is_tried_again(phy, fault):
    phy.plant(fault, 5 if fault in OF_A_CHANNEL else None, times=1)
    phy.boot()
    assert phy.violations() == []


@pytest.mark.parametrize(
    ("fault", "state", "got"),
    [
        ("no_lock", HbmPhyState.NO_LOCK, ""),
        ("train_fail", HbmPhyState.TRAIN_FAILED, "channel 5 failed at VREF"),
        ("marginal", HbmPhyState.MARGINAL, "channel 5 marginal"),
        ("test_fail", HbmPhyState.TEST_FAILED, "channel 5 failed the memory test"),
        ("garbled", HbmPhyState.GARBLED, ""),
        ("stuck_busy", HbmPhyState.HUNG, "POST code 0x0000"),
    ],
)
def test_what_fails_again_is_reported_by_its_place(phy, fault, state, got):
    phy.plant(fault, 5 if fault in OF_A_CHANNEL else None)
    assert got in phy.fails(NoWayOut, state).got
    assert phy.violations() == []


@pytest.mark.parametrize(
    ("fault", "value", "state"),
    [("train_fail", 5, HbmPhyState.TRAIN_FAILED), ("stuck_busy", None, HbmPhyState.HUNG)],
)
def test_it_is_tried_once_more_and_no_more(phy, fault, value, state):
    phy.plant(fault, value, times=2)
    phy.fails(NoWayOut, state)


def test_a_small_eye_is_not_good_enough(phy):
    phy.plant("marginal", 11)
    phy.fails(NoWayOut, HbmPhyState.MARGINAL)
    assert phy.dut.regs.ch[11].eye.read().width == 12


def test_dfi_that_is_never_answered_is_a_timeout(phy):
    phy.plant("no_dfi")
    phy.fails(PollTimeout, HbmPhyState.DFI_STARTING)


@pytest.mark.parametrize(
    ("fault", "state"), [("lock_lost", "LOCK_LOST"), ("dfi_lost", "DFI_LOST"), ("drift", "DRIFTED")]
)
def test_what_is_lost_in_service_is_seen_and_brought_back(phy, fault, state):
    phy.boot()
    phy.plant(fault, times=1)
    assert phy.state is HbmPhyState[state]
    phy.boot()
    assert phy.violations() == []


def test_another_speed_than_planned_resets_the_phy(phy):
    phy.boot().regs.eye_limit.modify(width=1)
    assert phy.state is HbmPhyState.MISCONFIGURED
    phy.boot()


def test_a_slow_phy_is_waited_for(phy):
    phy.plant("slow", 3)
    phy.boot()


def test_a_block_reset_is_trained_again(phy):
    phy.boot()
    phy.reset()
    assert phy.state is HbmPhyState.OFF
    phy.boot()
