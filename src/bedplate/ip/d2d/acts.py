"""What software may do to an end of a link, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import ms, us
from bedplate.model import act

UNREACHED = {"status.side": "a strap, and that of this end is 0"}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


def _both(link: Any) -> Any:
    """Both ends on the sideband; the registers of this one."""
    link.dut.enable()
    link.far.enable()
    link.sleep(us(50))
    return link.dut.regs


def _told(link: Any) -> Any:
    """And both told to train."""
    regs = _both(link)
    regs.cmd.pulse(train=True)
    link.far.regs.cmd.pulse(train=True)
    return regs


def _up(link: Any) -> Any:
    """And up."""
    regs = _told(link)
    link.sleep(ms(12))
    return regs


@act()
def boot(link: Any) -> None:
    """Sideband, training: as the driver does."""
    link.boot()


@act("disabled while the link was up")
def disable_in_service(link: Any) -> object:
    """The other end loses it unawares."""
    _up(link).ctrl.write(enable=False)
    return int(link.far.regs.status.read()), int(link.far.regs.log.read())


@act()
def disable_while_training(link: Any) -> object:
    """The other end gives up."""
    regs = _told(link)
    link.sleep(ms(3))
    regs.ctrl.write(enable=False)
    return int(link.far.regs.status.read())


@act("told to train while training")
def train_twice(link: Any) -> object:
    """The first one counts."""
    regs = _told(link)
    regs.cmd.pulse(train=True)
    link.sleep(ms(12))
    return int(regs.status.read())


@act("told to train while training")
def train_while_waiting(link: Any) -> object:
    """For the other end, which was not told."""
    regs = _both(link)
    regs.cmd.pulse(train=True)
    told = int(regs.status.read())
    regs.cmd.pulse(train=True)
    link.sleep(ms(9))
    return told, int(regs.status.read())


@act("told to train while the link was up")
def train_in_service(link: Any) -> object:
    """Nothing happens."""
    regs = _up(link)
    regs.cmd.pulse(train=True)
    return int(regs.status.read())


@act("told to train without a sideband")
def train_while_disabled(link: Any) -> object:
    """Nothing happens."""
    regs = link.dut.regs
    regs.cmd.pulse(train=True)
    return int(regs.status.read())


@act("told to train without a sideband")
def train_out_of_an_error(link: Any) -> object:
    """It has to be left first."""
    regs = _both(link)
    regs.cmd.pulse(train=True)
    link.sleep(ms(9))
    regs.cmd.pulse(train=True)
    return int(regs.status.read())


@act("told to train with nobody on the sideband")
def train_alone(link: Any) -> object:
    """It tries, and nobody answers."""
    regs = link.dut.regs
    regs.ctrl.write(enable=True)
    regs.cmd.pulse(train=True)
    told = int(regs.status.read())
    link.sleep(ms(9))
    return told, int(regs.status.read())


@act()
def stop_in_service(link: Any) -> object:
    """Both ends are back on the sideband, and train again."""
    regs = _up(link)
    regs.cmd.pulse(stop=True)
    told = int(regs.status.read()), int(link.far.regs.status.read())
    regs.cmd.pulse(train=True)
    link.far.regs.cmd.pulse(train=True)
    link.sleep(ms(12))
    return told, int(regs.status.read())


@act()
def stop_what_is_not_under_way(link: Any) -> object:
    """Disabled, and on the sideband."""
    regs = link.dut.regs
    regs.cmd.pulse(stop=True)
    told = int(regs.status.read())
    _both(link).cmd.pulse(stop=True)
    return told, int(regs.status.read())


@act()
def clear_the_evidence(link: Any) -> object:
    """Of lanes that did not train, and of a lost link: each by itself."""
    link.plant("train_fail", times=1)
    regs = _told(link)
    link.sleep(ms(6))
    regs.cmd.pulse(stop=True)
    link.far.regs.cmd.pulse(stop=True)
    link.sleep(us(50))
    regs.cmd.pulse(train=True)
    link.far.regs.cmd.pulse(train=True)
    link.sleep(ms(12))
    link.plant("lanes_lost", times=1)
    link.sleep(us(5))
    told = [int(regs.log.read())]
    regs.log.clear(link_lost=True)
    told.append(int(regs.log.read()))
    regs.log.clear(train_failed=True)
    return [*told, int(regs.log.read()), int(link.far.regs.log.read())]


@act()
def lose_lanes_as_soon_as_the_link_is_up(link: Any) -> object:
    """A moment after it."""
    link.plant("lanes_lost", times=1)
    regs = _told(link)
    link.sleep(ms(12))
    return int(regs.status.read()), int(link.far.regs.status.read())


@act()
def hang_in_training(link: Any) -> object:
    """The other end waits for a while, and gives up."""
    link.plant("stuck_busy", times=1)
    regs = _told(link)
    link.sleep(ms(15))
    told = int(regs.status.read()), int(link.far.regs.status.read())
    link.sleep(ms(5))
    return told, int(regs.status.read()), int(link.far.regs.status.read())


@act()
def look_at_the_time_that_training_takes(link: Any) -> object:
    """Counted while it runs, kept when it is through."""
    regs = _told(link)
    link.sleep(ms(5))
    under_way = regs.elapsed.read().us
    link.sleep(ms(10))
    return 4_990 <= under_way <= 5_050, 9_990 <= regs.elapsed.read().us <= 10_050
