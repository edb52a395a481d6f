"""What software may do to a PHY, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.block import OFF
from bedplate.bus import ms, us
from bedplate.model import act

UNREACHED = {
    "fw_msg.id": "the sequencer says nothing here",
    "fw_msg.arg": "the sequencer says nothing here",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""

ALL_STEPS = 0x1F


def _untrained(phy: Any) -> Any:
    """Up to DFI; its registers."""
    dut = phy.dut
    for what in (dut.power_up, dut.calibrate_impedance, dut.start_dfi):
        what()
        phy.sleep(us(100))
    return dut.regs


def _trained(phy: Any) -> Any:
    """And trained."""
    regs = _untrained(phy)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(310))
    return regs


@act()
def boot(phy: Any) -> None:
    """Lock, calibrate, train, test: as the driver does."""
    phy.boot()


@act("speed changed outside reset")
def change_speed_in_service(phy: Any) -> None:
    """It has to be in reset for that."""
    phy.boot().regs.speed.write(bin=3)


@act()
def change_speed_in_reset(phy: Any) -> None:
    """Powered or not."""
    regs = phy.dut.regs
    regs.phy_ctrl.write(rst=True, pd=False)
    regs.speed.write(bin=3)


@act("impedance calibration started while it runs, or without a clock")
def calibrate_without_a_clock(phy: Any) -> None:
    """In reset there is none."""
    phy.dut.regs.zq_ctrl.pulse(start=True)


@act("impedance calibration started while it runs, or without a clock")
def calibrate_twice(phy: Any) -> object:
    """The first one counts."""
    dut = phy.dut
    dut.power_up()
    phy.sleep(us(100))
    dut.calibrate_impedance()
    dut.calibrate_impedance()
    return int(dut.regs.zq_status.read())


@act("training started without DFI, or without a stack: there is nothing to train")
def train_without_dfi(phy: Any) -> None:
    """Nothing starts."""
    dut = phy.dut
    dut.power_up()
    phy.sleep(us(100))
    dut.regs.train_cmd.write(steps=ALL_STEPS, start=True)


@act("training started without DFI, or without a stack: there is nothing to train")
def train_without_a_stack(phy: Any) -> None:
    """Nothing starts."""
    regs = _untrained(phy)
    phy.withdraw("link")
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.give("link")


@act("training started while training or test was running")
def train_twice(phy: Any) -> None:
    """The first one counts."""
    regs = _untrained(phy)
    for _ in range(2):
        regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(310))


@act("training started while training or test was running")
def train_while_testing(phy: Any) -> None:
    """The test goes on."""
    regs = _trained(phy)
    regs.test_cmd.pulse(start=True)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(310))


@act("training steps left out: those after them are worth nothing")
def leave_training_steps_out(phy: Any) -> None:
    """One of five."""
    regs = _untrained(phy)
    regs.train_cmd.write(steps=ALL_STEPS & ~0x04, start=True)
    phy.sleep(ms(310))


@act("memory test started while training or test was running")
def test_while_training(phy: Any) -> None:
    """The training goes on."""
    regs = _untrained(phy)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    regs.test_cmd.pulse(start=True)
    phy.sleep(ms(310))


@act("memory test started while training or test was running")
def test_twice(phy: Any) -> None:
    """The first one counts."""
    regs = _trained(phy)
    regs.test_cmd.pulse(start=True)
    regs.test_cmd.pulse(start=True)
    phy.sleep(ms(310))


@act("memory test without training")
def test_without_training(phy: Any) -> None:
    """Nothing starts."""
    _untrained(phy).test_cmd.pulse(start=True)


@act("memory test over a memory in service")
def test_in_service(phy: Any) -> object:
    """It writes all over what is used."""
    regs = phy.boot().regs
    regs.test_cmd.pulse(start=True)
    told = int(regs.test_status.read())
    phy.sleep(ms(310))
    return told


@act()
def train_again_in_service(phy: Any) -> None:
    """Allowed to who knows that nobody is there: results are withdrawn at once."""
    phy.boot().regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(100))


@act()
def withdraw_dfi_while_training(phy: Any) -> object:
    """A level: it goes with its request, and comes back with it."""
    regs = _untrained(phy)
    regs.dfi_init.write(start=False)
    told = int(regs.dfi_status.read())
    regs.dfi_init.write(start=True)
    return told


@act()
def ask_for_dfi_before_the_calibration(phy: Any) -> None:
    """It is never answered; asked again afterwards, it is."""
    dut = phy.dut
    dut.power_up()
    phy.sleep(us(100))
    dut.start_dfi()
    phy.sleep(us(100))
    dut.calibrate_impedance()


@act()
def power_down_in_service(phy: Any) -> None:
    """Everything is forgotten but the evidence."""
    phy.boot().regs.phy_ctrl.write(rst=False, pd=True)


@act()
def give_up_on_lock(phy: Any) -> object:
    """Within 100 us; reset forgets that."""
    phy.plant("no_lock", times=1)
    phy.dut.power_up()
    phy.sleep(us(300))
    told = int(phy.dut.regs.pll.read())
    phy.dut.regs.phy_ctrl.write(rst=True, pd=False)
    return told


@act()
def clear_the_evidence_of_lost_lock(phy: Any) -> object:
    """Writing the other bits of its register leaves it."""
    regs = phy.boot().regs
    phy.plant("lock_lost", times=1)
    phy.sleep(us(5))
    regs.pll._store(~0x2 & 0xFFFF_FFFF)
    told = int(regs.pll.read())
    regs.pll.clear(lock_lost=True)
    return told


@act()
def fail_training_in_every_channel(phy: Any) -> list[int]:
    """Each in turn: the step and the channel are named, and withdrawn with the next training."""
    regs, told = _untrained(phy), []
    for channel in range(16):
        phy.plant("train_fail", channel, times=1)
        regs.train_cmd.write(steps=ALL_STEPS, start=True)
        told.append(int(regs.fail_channels.read()))
        phy.sleep(ms(310))
        told += [int(regs.train_status.read()), int(regs.fail_step.read()), int(regs.fail_channels.read())]
    return told


@act()
def find_a_small_eye_in_every_channel(phy: Any) -> list[int]:
    """Each in turn, and then in all of them by another limit."""
    regs, told = _untrained(phy), []
    regs.eye_limit.write(width=20, height=60)
    for channel in range(16):
        phy.plant("marginal", channel, times=1)
        regs.train_cmd.write(steps=ALL_STEPS, start=True)
        phy.sleep(ms(310))
        told += [int(regs.marginal.read()), int(regs.ch[channel].eye.read())]
    regs.eye_limit.write(width=20, height=61)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(310))
    return told


@act()
def fail_the_test_in_every_channel(phy: Any) -> list[int]:
    """Each in turn."""
    regs, told = _trained(phy), []
    for channel in range(16):
        phy.plant("test_fail", channel, times=1)
        regs.test_cmd.pulse(start=True)
        phy.sleep(ms(310))
        told += [int(regs.test_status.read()), int(regs.post_code.read())]
    return told


@act()
def write_over_a_trained_reference_voltage(phy: Any) -> int:
    """It stays so until the next training."""
    regs = phy.boot().regs
    for number, channel in enumerate(regs.ch):
        channel.vref.write(code=number)
    return int(regs.ch[15].vref.read())


@act()
def drift(phy: Any) -> None:
    """The PHY asks for retraining."""
    phy.boot()
    phy.plant("drift", times=1)


@act()
def lose_the_stack_in_service(phy: Any) -> None:
    """Training and test never were."""
    phy.boot()
    phy.withdraw("link")
    phy.sleep(us(5))
    phy.give("link")


@act()
def lose_the_clock_in_service(phy: Any) -> list[int]:
    """Lock is lost, for good; the rate of what comes back is another one."""
    regs = phy.boot().regs
    phy.withdraw("source")
    phy.sleep(us(5))
    told = [int(regs.pll.read())]
    phy.give("source")
    phy.change_rate(1510)
    phy.sleep(us(300))
    return [*told, int(regs.pll.read())]


@act()
def be_released_without_a_clock(phy: Any) -> object:
    """There is nothing to lock to: in the end it gives up."""
    phy.withdraw("source")
    phy.dut.power_up()
    phy.sleep(us(300))
    return int(phy.dut.regs.pll.read())


@act()
def lose_the_clock_while_locking(phy: Any) -> object:
    """It comes back in the meantime."""
    phy.dut.power_up()
    phy.withdraw("source")
    phy.sleep(us(5))
    phy.give("source")
    phy.sleep(us(100))
    return int(phy.dut.regs.pll.read())


@act()
def find_no_clock_when_about_to_lock(phy: Any) -> object:
    """It gives up at once."""
    phy.dut.power_up()
    phy.withdraw("source")
    phy.sleep(us(50))
    phy.give("source")
    return int(phy.dut.regs.pll.read())


@act("power, clock or reset taken away in service, or during training or test")
def stand_still_while_training(phy: Any) -> object:
    """Without a clock for its registers nothing goes on, not even time; then everything does."""
    regs = _untrained(phy)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    phy.sleep(ms(100))
    phy.withdraw("clock")
    phy.sleep(ms(500))
    phy.give("clock")
    told = regs.elapsed.read().us
    phy.sleep(ms(210))
    return 99_900 <= told <= 100_200, int(regs.train_status.read())


@act()
def look_at_the_time_that_work_takes(phy: Any) -> object:
    """Counted while it runs, kept when it is through; and the sequencer's heart beats."""
    regs = _untrained(phy)
    regs.train_cmd.write(steps=ALL_STEPS, start=True)
    before = regs.fw_heartbeat.read().count
    phy.sleep(ms(100))
    under_way, beats = regs.elapsed.read().us, regs.fw_heartbeat.read().count - before
    phy.sleep(ms(300))
    return 99_900 <= under_way <= 100_200, 99 <= beats <= 101, 299_990 <= regs.elapsed.read().us <= 300_050


@act(*["power, clock or reset taken away in service, or during training or test"] * 3)
def take_what_it_needs_in_service(phy: Any) -> None:
    """Power, clock, reset: each once."""
    for need in ("power", "clock", "reset"):
        phy.boot()
        phy.withdraw(need)
        phy.sleep(us(2))
        phy.give(need)


@act()
def take_what_it_needs_when_it_is_off(phy: Any) -> None:
    """Nothing works any more: it harms nobody."""
    for need in ("clock", "reset", "power"):
        phy.boot()
        phy.converge(goal=OFF)
        phy.withdraw(need)
        phy.sleep(us(2))
        phy.give(need)
