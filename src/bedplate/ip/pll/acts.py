"""What software may do to a PLL, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.model import act


@act()
def boot(pll: Any) -> None:
    """Lock, measure, take the output: as the driver does."""
    pll.boot()


@act("powered down while the output was in use")
def power_down_in_use(pll: Any) -> None:
    """Without going back to the reference first."""
    pll.boot().regs.ctrl.modify(power_down=True)


@act("powered down while the output was in use")
def reset_in_use(pll: Any) -> None:
    """The dividers' reset stops the output as well."""
    pll.boot().regs.ctrl.modify(reset=True)


@act("powered down while the output was in use")
def stay_powered_down(pll: Any) -> None:
    """What is off already is not powered down again by a write that leaves it so."""
    ctrl = pll.boot().regs.ctrl
    ctrl.modify(power_down=True)
    ctrl.modify(reset=True)
    ctrl.modify(gate=True)


@act()
def power_down_by_the_bypass(pll: Any) -> None:
    """Both in one write: the switch is free of glitches."""
    pll.boot().regs.ctrl.modify(power_down=True, bypass=True)


@act()
def take_the_output_of_what_is_off(pll: Any) -> object:
    """It was never in use, whatever the switch says."""
    regs = pll.dut.regs
    regs.ctrl.write(power_down=True, reset=False, bypass=False)
    regs.ctrl.write(power_down=True, reset=True, bypass=False)
    return int(regs.status.read())


@act(*["divider written while the output was in use"] * 3)
def divide_in_use(pll: Any) -> list[int]:
    """Each of the three registers of dividers."""
    regs = pll.boot().regs
    told = []
    for register in (regs.div, regs.frac, regs.post):
        register._store(int(register.read()) ^ 0x01)
        told.append(int(regs.status.read()))
        pll.sleep(us(30))
    return told


@act()
def divide_on_the_reference(pll: Any) -> None:
    """Powered up and in bypass: it looks for lock anew."""
    regs = pll.boot().regs
    regs.ctrl.modify(bypass=True)
    regs.post.write(postdiv1=4, postdiv2=1)


@act()
def divide_in_reset(pll: Any) -> object:
    """Dividers that are held in reset find no lock, whatever is written to them."""
    pll.dut.program()
    regs = pll.dut.regs
    regs.ctrl.write(power_down=False, reset=True, bypass=True)
    regs.post.write(postdiv1=2, postdiv2=1)
    pll.sleep(us(100))
    return int(regs.status.read())


@act()
def divide_when_locked_up(pll: Any) -> None:
    """Closed dividers keep what they hold, and an attempt makes it look for lock anew."""
    regs = pll.boot().regs
    regs.ctrl.modify(bypass=True)
    regs.regwen.clear(writable=True)
    regs.div.write(refdiv=1, fbdiv=1)


@act()
def stop_the_output_by_a_divider(pll: Any) -> None:
    """A post divider of zero stops it: there is nothing to lock to, and in the end it gives up."""
    regs = pll.boot().regs
    regs.ctrl.modify(bypass=True)
    regs.post.write(postdiv1=0, postdiv2=1)


@act("measurement started twice")
def measure_twice(pll: Any) -> object:
    """The second one counts."""
    regs = pll.boot().regs
    regs.meas_ctrl.pulse(start=True)
    regs.meas_ctrl.pulse(start=True)
    return int(regs.meas.read())


@act()
def measure_what_is_off(pll: Any) -> object:
    """There is no output to count."""
    regs = pll.dut.regs
    regs.meas_ctrl.pulse(start=True)
    return int(regs.meas.read())


@act()
def measure_and_power_down(pll: Any) -> None:
    """A measurement does not outlive its output."""
    regs = pll.boot().regs
    regs.ctrl.modify(bypass=True)
    regs.meas_ctrl.pulse(start=True)
    regs.ctrl.modify(power_down=True)


@act()
def give_up(pll: Any) -> object:
    """No lock within its limit; power down forgets that."""
    pll.plant("no_lock", times=1)
    pll.dut.program()
    pll.sleep(us(100))
    told = int(pll.dut.regs.status.read())
    pll.dut.regs.ctrl.write(power_down=True, reset=True, bypass=True)
    return told


@act()
def lose_the_rail_in_use(pll: Any) -> list[int]:
    """Lock goes, and does not come back by itself."""
    regs = pll.boot().regs
    pll.withdraw("rail")
    pll.sleep(us(5))
    told = [int(regs.status.read()), int(regs.meas.read())]
    pll.give("rail")
    pll.sleep(us(100))
    return [*told, int(regs.status.read())]


@act()
def lose_the_rail_while_locking(pll: Any) -> object:
    """It looks for nothing without: in the end it gives up."""
    pll.dut.program()
    pll.sleep(us(5))
    pll.withdraw("rail")
    pll.sleep(us(5))
    pll.give("rail")
    pll.sleep(us(100))
    return int(pll.dut.regs.status.read())


@act()
def clear_the_evidence_of_lost_lock(pll: Any) -> object:
    """Writing the other bits of its register leaves it."""
    regs = pll.boot().regs
    pll.plant("lock_lost", us(50), times=1)
    pll.sleep(us(200))
    regs.status._store(~0x4 & 0xFFFF_FFFF)
    told = int(regs.status.read())
    regs.status.clear(lock_lost=True)
    return told
