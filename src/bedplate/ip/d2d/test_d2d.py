"""One end of a die-to-die link, and its other end: they train together, or are back where they were."""

import pytest

from bedplate.block import OFF
from bedplate.bus import ms, us
from bedplate.converge import Outcome
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.d2d.driver import D2d, D2dState
from bedplate.ip.d2d.model import D2dModel
from bedplate.ip.d2d.regs import CauseE, LtsmE


@pytest.fixture
def link(bench):
    return bench(D2d, None, D2dModel())


def both(link):
    """Both ends enabled, and each hears the other; their registers, and those of the far one."""
    link.dut.enable()
    link.far.enable()
    link.sleep(us(50))
    return link.dut.regs, link.far.regs


def up(link):
    """Both ends up, by hand."""
    near, far = both(link)
    near.cmd.pulse(train=True)
    far.cmd.pulse(train=True)
    link.sleep(ms(12))
    return near, far


def test_both_ends_come_up_together_and_train_once(link):
    report = link.converge()
    assert report.ok
    assert ms(10) < report.device_time < ms(20)
    assert link.writes() == []
    assert link.far.observe() is D2dState.UP
    assert link.violations() == []


def test_killed_anywhere(link):
    link.survives_every_kill()


@pytest.mark.parametrize("fault", ["train_fail", "stuck_busy"])
def test_killed_anywhere_while_training_again(link, fault):
    link.plant(fault, times=1)
    link.survives_every_kill()


def test_killed_anywhere_while_bringing_the_link_back(link):
    link.boot()
    link.plant("lanes_lost", times=1)
    link.sleep(us(5))
    link.survives_every_kill()


# The two ends.


def test_an_end_hears_the_other_one_only_while_that_is_awake(link):
    near, far = both(link)
    assert link.state is D2dState.READY
    far.ctrl.write(enable=False)
    assert link.state is D2dState.ALONE
    assert near.status.read().ltsm is LtsmE.SBINIT


def test_training_waits_for_the_other_end(link):
    near, far = both(link)
    near.cmd.pulse(train=True)
    link.sleep(ms(7))
    assert near.status.read().ltsm is LtsmE.MBINIT
    far.cmd.pulse(train=True)
    link.sleep(ms(12))
    assert (near.status.read().ltsm, far.status.read().ltsm) == (LtsmE.ACTIVE, LtsmE.ACTIVE)


def test_but_not_for_ever(link):
    near, _ = both(link)
    near.cmd.pulse(train=True)
    link.sleep(ms(8.1))
    assert (near.status.read().ltsm, near.status.read().cause) == (LtsmE.TRAINERROR, CauseE.NO_PARTNER)
    assert link.state is D2dState.ABANDONED
    link.boot()
    assert int(near.log.read()) == 0, "nothing was wrong with the link"


def test_time_is_counted_from_when_it_was_told(link):
    near, far = both(link)
    near.cmd.pulse(train=True)
    link.sleep(ms(4))
    far.cmd.pulse(train=True)
    link.sleep(ms(2))
    assert 5_990 <= near.elapsed.read().us <= 6_050
    assert 1_990 <= far.elapsed.read().us <= 2_050
    link.sleep(ms(10))
    assert 13_990 <= near.elapsed.read().us <= 14_050, "stands still once the link is up"


def test_a_link_that_is_taken_down_takes_the_other_end_along(link):
    near, far = up(link)
    near.cmd.pulse(stop=True)
    link.sleep(us(5))
    assert (near.status.read().ltsm, far.status.read().ltsm) == (LtsmE.SBINIT, LtsmE.SBINIT)
    assert (int(near.log.read()), int(far.log.read())) == (0, 0), "nothing was lost unawares"


@pytest.mark.parametrize("kind", ["clock", "reset"])
def test_what_both_need_and_lose_is_trained_again(link, kind):
    link.boot()
    link.withdraw(kind)
    link.give(kind)
    assert link.state is not D2dState.UP
    link.boot()
    assert link.violations() == []


def test_a_reset_of_one_end_is_a_loss_for_the_other(link):
    link.boot()
    link.reset()
    assert link.state is D2dState.OFF
    assert link.far.observe() is D2dState.PARTNER_LOST
    assert link.far.regs.log.read().link_lost
    link.boot()
    assert link.violations() == []


def test_a_reset_of_the_other_end_is_seen_here(link):
    link.boot()
    link.plant_far("block_reset", times=1)
    link.sleep(us(5))
    assert link.state is D2dState.PARTNER_LOST
    link.boot()


def test_down_and_up(link):
    link.boot()
    report = link.converge(goal=OFF)
    assert report.ok
    assert {line.state for line in report.lines if line.name != "supply"} == {"OFF"}
    assert link.violations() == []
    link.boot()


# What goes wrong.


@pytest.mark.parametrize("fault", ["train_fail", "stuck_busy"])
def test_what_fails_once_is_tried_again(link, fault):
    link.plant(fault, times=1)
    link.boot()
    assert link.violations() == []


def failure(link):
    """Converge, which must fail once; the failed line, and that of the other end, which it blocks."""
    report = link.converge()
    (failed,) = report.of(Outcome.FAILED)
    (blocked,) = report.of(Outcome.BLOCKED)
    assert {failed.name, blocked.name} == {"dut", "far"}
    assert blocked.cause == failed.name
    assert blocked.name in failed.error.got
    assert link.violations() == []
    return failed


@pytest.mark.parametrize("plant", ["plant", "plant_far"])
@pytest.mark.parametrize("fault", ["train_fail", "stuck_busy"])
def test_training_that_fails_again_is_one_failure(link, plant, fault):
    getattr(link, plant)(fault)
    assert isinstance(failure(link).error, NoWayOut)


@pytest.mark.parametrize("fault", ["train_fail", "stuck_busy"])
def test_training_is_tried_once_more_and_no_more(link, fault):
    link.plant(fault, times=2)
    link.plant_far(fault, times=2)
    assert isinstance(failure(link).error, NoWayOut)


@pytest.mark.parametrize("way", ["reset", "give_up"])
def test_training_that_hangs_ends_where_the_end_is_disabled(link, way):
    link.plant("stuck_busy", times=1)
    link.plant_far("stuck_busy", times=1)
    for act in ("enable", "train"):
        for end in (link.dut, link.far):
            getattr(end, act)()
        link.sleep(us(20))
    link.sleep(ms(45))
    assert link.state is D2dState.HUNG
    getattr(link.dut, way)()
    assert link.state is D2dState.OFF


@pytest.mark.parametrize(("plant", "deaf"), [("plant", "far"), ("plant_far", "dut")])
def test_an_end_that_is_not_heard_is_never_told_to_train(link, plant, deaf):
    getattr(link, plant)("no_sideband")
    failed = failure(link)
    assert failed.name == deaf
    assert isinstance(failed.error, PollTimeout)


def test_lanes_that_are_lost_are_trained_again(link):
    link.boot()
    link.plant("lanes_lost", times=1)
    link.sleep(us(5))
    assert link.state is D2dState.LANES_LOST
    assert link.far.observe() is D2dState.PARTNER_LOST
    link.boot()
    assert link.dut.regs.log.read().link_lost
