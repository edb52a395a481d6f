"""What software may do to a power switch, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.ip.ppu.regs import PowerModeE
from bedplate.model import act


@act()
def boot(ppu: Any) -> None:
    """Ramp, as the driver does."""
    ppu.boot()


@act("asked for the same mode twice while ramping")
def ask_twice(ppu: Any) -> object:
    """The ramp begins anew."""
    for _ in range(2):
        ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.sleep(us(150))
    return int(ppu.dut.regs.status.read())


@act()
def turn_off(ppu: Any) -> list[int]:
    """Down as it came up: busy, then off. Nothing needs it."""
    regs, told = ppu.boot().regs, []
    regs.policy.write(policy=PowerModeE.OFF)
    for pause in (0, us(150), us(100)):
        ppu.sleep(pause)
        told.append(int(regs.status.read()))
    return told


@act("domain taken to another mode than ON and OFF")
def retain(ppu: Any) -> None:
    """No mode between the two is any that this chip has."""
    ppu.boot().regs.policy.write(policy=PowerModeE.MEM_RET)


@act("its rail was taken away while the domain was on")
def take_its_rail(ppu: Any) -> None:
    """By whoever switched it: once, and no more when it comes back."""
    ppu.boot()
    ppu.withdraw("rail")
    ppu.give("rail")


@act("its rail was taken away while the domain was on")
def turn_off_without_rail(ppu: Any) -> object:
    """What has lost its supply may be turned off: it is off then when the supply comes back."""
    regs = ppu.boot().regs
    ppu.withdraw("rail")
    regs.policy.write(policy=PowerModeE.OFF)
    ppu.sleep(us(300))
    ppu.give("rail")
    return int(regs.status.read())


@act()
def take_the_rail_of_what_is_off(ppu: Any) -> None:
    """That harms nobody."""
    ppu.withdraw("rail")
    ppu.give("rail")


@act("domain taken to another mode than ON and OFF")
def change_the_wish_while_ramping(ppu: Any) -> None:
    """The last wish counts."""
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.dut.regs.policy.write(policy=PowerModeE.FULL_RET)


@act("switched on without its rail")
def switch_without_rail(ppu: Any) -> None:
    """The supply of the die is not there."""
    ppu.withdraw("rail")
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.give("rail")


@act("switched on without its rail")
def ramp_without_rail(ppu: Any) -> object:
    """In the end it is denied."""
    ppu.withdraw("rail")
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.sleep(us(300))
    return [int(ppu.dut.regs.status.read()), int(ppu.dut.regs.events.read())]


@act("its rail was taken away while the domain was on")
def lose_the_rail(ppu: Any) -> list[int]:
    """The domain is off, and stays off when the rail is back; its event can be cleared."""
    regs = ppu.boot().regs
    ppu.withdraw("rail")
    ppu.sleep(us(5))
    told = [int(regs.status.read())]
    ppu.give("rail")
    ppu.sleep(us(300))
    told += [int(regs.status.read()), int(regs.events.read())]
    regs.events.clear(lost=True)
    return [*told, int(regs.events.read())]


@act()
def lose_the_rail_while_ramping(ppu: Any) -> object:
    """There is nothing left to ramp."""
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.sleep(us(50))
    ppu.withdraw("rail")
    ppu.sleep(us(5))
    ppu.give("rail")
    return int(ppu.dut.regs.status.read())


@act()
def ask_for_what_is(ppu: Any) -> None:
    """A write of the mode that it is in starts nothing."""
    ppu.boot().regs.policy.write(policy=PowerModeE.ON, dynamic=True, off_lock=True)


@act()
def ramp_in_no_time(ppu: Any) -> object:
    """A ramp of zero microseconds counts as one."""
    ppu.dut.regs.delays.write(ramp_us=0, isolation=0xFF)
    ppu.dut.regs.policy.write(policy=PowerModeE.ON)
    ppu.sleep(us(3))
    return int(ppu.dut.regs.status.read())


@act()
def be_denied(ppu: Any) -> object:
    """The denial stays until the next wish, its event until it is cleared; clearing one event leaves the other."""
    regs = ppu.dut.regs
    ppu.plant("deny", times=1)
    regs.policy.write(policy=PowerModeE.ON)
    ppu.sleep(us(300))
    told = [int(regs.status.read()), int(regs.events.read())]
    regs.policy.write(policy=PowerModeE.ON)
    told.append(int(regs.status.read()) >> 17 & 1)
    ppu.sleep(us(300))
    told.append(int(regs.events.read()))
    regs.events.clear(deny=True)
    told.append(int(regs.events.read()))
    regs.events.clear(accept=True)
    return told
