"""What software may do to fuses, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import ms, us
from bedplate.model import act

UNREACHED = {
    "status.dai_error": "direct accesses do not fail here",
    "dai_rdata.low": "no word is ever read out",
    "dai_rdata.high": "no word is ever read out",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""

UNPOWERED, TWICE = "programmed a fuse without its supply", "programmed word 0x{:x} twice"
ACTS = ("burn", "seal", "zeroize")


@act()
def boot(otp: Any) -> None:
    """Sense by itself, then arm the checks as the driver does."""
    otp.boot()


@act()
def access_before_sensing_is_done(otp: Any) -> object:
    """Direct access is closed until then: nothing is taken, least of all a programming."""
    regs = otp.dut.regs
    regs.dai_addr.write(address=0x7FF)
    regs.dai_wdata.write(low=1, high=1)
    regs.dai_read.pulse(go=True)
    for name in ACTS:
        regs.dai_program.pulse(**{name: True})
    return int(regs.status.read())


@act()
def access_while_an_access_is_under_way(otp: Any) -> object:
    """Direct access is closed for so long."""
    regs = otp.boot().regs
    regs.supply.write(on=True)
    regs.dai_addr.write(address=0x12)
    regs.dai_wdata.write(low=5, high=6)
    otp.plant("slow", 50)
    regs.dai_read.pulse(go=True)
    told = [int(regs.dai_regwen.read()), int(regs.status.read())]
    regs.dai_program.pulse(burn=True)
    regs.dai_addr.write(address=0x13)
    return told


@act(UNPOWERED, UNPOWERED, UNPOWERED)
def program_without_supply(otp: Any) -> None:
    """In each of the three ways, another word each time."""
    regs = otp.boot().regs
    for address, name in enumerate(ACTS, 0x20):
        regs.dai_addr.write(address=address)
        regs.dai_program.pulse(**{name: True})
        otp.sleep(us(5))


@act(TWICE.format(0x10))
def program_twice(otp: Any) -> None:
    """The same word; its neighbour is another one."""
    regs = otp.boot().regs
    regs.supply.write(on=True)
    for address in (0x10, 0x11, 0x10):
        regs.dai_addr.write(address=address)
        regs.dai_program.pulse(burn=True)
        otp.sleep(us(5))


@act(UNPOWERED, TWICE.format(0x7FF))
def break_two_rules_at_once(otp: Any) -> None:
    """The last word, twice, the second time without the supply; a reset does not make it forget."""
    regs = otp.boot().regs
    regs.supply.write(on=True)
    regs.dai_addr.write(address=0x7FF)
    regs.dai_program.pulse(burn=True)
    otp.reset()
    otp.sleep(ms(2))
    regs.dai_addr.write(address=0x7FF)
    regs.dai_program.pulse(zeroize=True)


@act()
def check_in_both_ways(otp: Any) -> list[int]:
    """Pending, then through."""
    regs, told = otp.boot().regs, []
    for name in ("integrity", "consistency"):
        regs.check_trigger.pulse(**{name: True})
        told.append(int(regs.status.read()))
        otp.sleep(us(300))
        told.append(int(regs.status.read()))
    return told


@act()
def check_too_late(otp: Any) -> object:
    """By its budget, of 50 us; without one nobody hears of it."""
    regs = otp.boot().regs
    otp.plant("check_late", times=2)
    regs.check_limit.write(cycles=0)
    regs.check_trigger.pulse(integrity=True)
    otp.sleep(ms(1))
    told = int(regs.status.read())
    regs.check_limit.write(cycles=1200)
    regs.check_trigger.pulse(consistency=True)
    return told


@act()
def lock_the_checks(otp: Any) -> None:
    """Their budget and periods stay as they are."""
    regs = otp.boot().regs
    regs.check_regwen.clear(writable=True)
    regs.check_limit.write(cycles=1)
    regs.integrity.write(period=1)
    regs.consistency.write(period=1)


@act()
def lock_what_may_be_read(otp: Any) -> list[int]:
    """One partition leaves its neighbours."""
    regs, told = otp.boot().regs, []
    for lock in regs.read_lock:
        lock.clear(readable=True)
        told.append(sum(int(other.read()) << n for n, other in enumerate(regs.read_lock)))
    return told


@act()
def find_errors_in_every_partition(otp: Any) -> list[int]:
    """Corrected ones are no errors, others are, each in its own partition."""
    told = []
    for partition in range(4):
        for fault in ("corrected", "uncorrectable", "digest"):
            otp.plant_at_power_on(fault, partition, times=1)
            otp.sleep(ms(2))
            regs = otp.dut.regs
            told += [int(regs.status.read()), *(int(code.read()) for code in regs.err_code)]
    return told
