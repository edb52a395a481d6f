"""What software may do to a sensor group, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.bus import us
from bedplate.ip.pvt.regs import SdifAddrE
from bedplate.model import act

CONSTANT = "of what a group is made does not change"
UNREACHED = {
    "ts.data.kind": CONSTANT,
    "vm.data.kind": CONSTANT,
    "vm.data.fault": "macros for voltages report no faults here",
    "faulty.vm": "macros for voltages report no faults here",
    "sdif.status.lock": "nothing here locks accesses out",
    "irq_status.done": "samples follow each other without end: none is the last",
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""

GROUPS = (0, 1)


def _send(pvt: Any, group: int, address: SdifAddrE, data: int, write: bool = True) -> None:
    pvt.dut.regs.sdif[group].cmd.write(wdata=data, addr=address, wrn=write, prog=True)


@act()
def boot(pvt: Any) -> list[int]:
    """Start every macro and arm the alarms, as the driver does; values, without what only time decides."""
    regs = pvt.boot().regs
    pvt.sleep(us(500))
    return [int(channel.data.read()) & 0xFFFF for channel in (*regs.ts, *regs.vm)]


@act("sensors reset while they were sampling")
def reset_while_sampling(pvt: Any) -> object:
    """The macros forget what they were told."""
    pvt.boot().regs.ctrl.pulse(soft_reset=True)
    return [int(sdif.mirror.read()) for sdif in pvt.dut.regs.sdif]


@act()
def reset_what_is_held(pvt: Any) -> None:
    """One group that stands still is enough."""
    regs = pvt.boot().regs
    regs.sdif[1].halt.write(hold=True)
    regs.ctrl.pulse(soft_reset=True)


@act(*["serial access started while another one was shifting"] * 2)
def shift_twice(pvt: Any) -> list[int]:
    """Over each interface; the first one counts, and the other interface is free."""
    pvt.dut.synthesise_clock()
    told = []
    for group in GROUPS:
        _send(pvt, group, SdifAddrE.TIMER, 0x111)
        _send(pvt, group, SdifAddrE.TIMER, 0x222)
        told.append(int(pvt.dut.regs.sdif[group].status.read()))
        pvt.sleep(us(20))
        told.append(int(pvt.dut.regs.sdif[group].mirror.read()))
    return told


@act(*["serial access without a sensor clock"] * 2)
def shift_without_a_clock(pvt: Any) -> list[int]:
    """Over each interface."""
    for group in GROUPS:
        _send(pvt, group, SdifAddrE.CFG, 0x55)
    return [int(sdif.status.read()) for sdif in pvt.dut.regs.sdif]


@act("serial access started while another one was shifting")
def shift_twice_as_the_clock_stops(pvt: Any) -> None:
    """One rule is broken, not two."""
    pvt.dut.synthesise_clock()
    pvt.plant("stuck_busy", times=1)
    _send(pvt, 0, SdifAddrE.CFG, 0x55)
    pvt.dut.restart()
    _send(pvt, 0, SdifAddrE.CFG, 0x55)


@act(*["macros started twice"] * 2)
def start_twice(pvt: Any) -> None:
    """Each group."""
    pvt.boot()
    for group in GROUPS:
        _send(pvt, group, SdifAddrE.CTRL, 1)
        pvt.sleep(us(200))


@act()
def set_every_word_of_the_macros(pvt: Any) -> list[int]:
    """Mode and delay, powered without running, and a read, which changes nothing."""
    pvt.dut.synthesise_clock()
    told = []
    for group in GROUPS:
        for address, data, write in (
            (SdifAddrE.CFG, 0xA5, True),
            (SdifAddrE.TIMER, 0xFED, True),
            (SdifAddrE.CTRL, 0, True),
            (SdifAddrE.CTRL, 4, True),
            (SdifAddrE.CTRL, 1, False),
        ):
            _send(pvt, group, address, data, write)
            pvt.sleep(us(20))
            told += [int(sdif.mirror.read()) for sdif in pvt.dut.regs.sdif]
    return told


@act()
def prepare_an_access_without_starting_it(pvt: Any) -> None:
    """Only `prog` starts it."""
    pvt.dut.synthesise_clock()
    pvt.dut.regs.sdif[0].cmd.write(wdata=0x55, addr=SdifAddrE.CFG, wrn=True)


@act()
def hold_and_let_go(pvt: Any) -> object:
    """Held macros count no samples."""
    regs = pvt.boot().regs
    pvt.sleep(us(500))
    for sdif in regs.sdif:
        sdif.halt.write(hold=True)
    before = [int(channel.data.read()) for channel in (*regs.ts, *regs.vm)]
    pvt.sleep(us(500))
    stands = before == [int(channel.data.read()) for channel in (*regs.ts, *regs.vm)]
    for sdif in regs.sdif:
        sdif.halt.write(hold=False)
    pvt.sleep(us(500))
    return stands, before == [int(channel.data.read()) for channel in (*regs.ts, *regs.vm)]


@act()
def stop_the_clock(pvt: Any) -> object:
    """Values stay, and grow old; time goes on."""
    regs = pvt.boot().regs
    pvt.sleep(us(200))
    before = regs.timer.read().us
    regs.clk_synth.write(en=False)
    pvt.sleep(us(3000))
    ages = [channel.age.read().us for channel in (*regs.ts, *regs.vm)]
    return min(ages) >= 2990, regs.oldest.read().us >= 2990, 3000 <= regs.timer.read().us - before < 3300


@act()
def find_the_oldest(pvt: Any) -> object:
    """The voltages stand still, then a temperature does so for longer."""
    regs = pvt.boot().regs
    regs.sdif[1].halt.write(hold=True)
    pvt.sleep(us(500))
    first = regs.oldest.read()
    regs.sdif[1].halt.write(hold=False)
    pvt.plant("frozen", 2, times=1)
    pvt.sleep(us(500))
    then = regs.oldest.read()
    return first.vm, first.channel, then.vm, then.channel


@act()
def raise_alarms(pvt: Any) -> list[int]:
    """By a threshold at the hottest sensor, kept by its hysteresis; one interrupt leaves the other."""
    regs, told = pvt.boot().regs, []
    hottest = 1900
    for name in ("alarm_a", "alarm_b"):
        alarm = getattr(regs, name)
        for thresh, hyst in ((hottest + 1, hottest), (hottest, hottest), (hottest + 1, hottest), (0xFFFF, 0xFFFF)):
            alarm.write(thresh=thresh, hyst=hyst)
            pvt.sleep(us(2))
            told.append(int(regs.irq_status.read()))
    for name in ("alarm_a", "alarm_b"):
        regs.irq_status.clear(**{name: True})
        told.append(int(regs.irq_status.read()))
    return told


@act()
def clear_an_alarm_that_stands(pvt: Any) -> object:
    """It is there again at once."""
    regs = pvt.boot().regs
    regs.alarm_a.write(thresh=1900, hyst=1900)
    pvt.sleep(us(2))
    regs.irq_status.clear(alarm_a=True)
    return int(regs.irq_status.read())


@act()
def clear_the_evidence_of_a_broken_sensor(pvt: Any) -> list[int]:
    """Its interrupt stands as long as it is broken; a reset of the macros mends it."""
    regs, told = pvt.boot().regs, []
    pvt.plant("sensor_fault", 3, times=1)
    pvt.sleep(us(5))
    told += [int(regs.irq_status.read()), int(regs.faulty.read()), int(regs.ts[3].data.read()) & 0x1_FFFF]
    regs.irq_status.clear(faulty=True)
    told.append(int(regs.irq_status.read()))
    regs.clk_synth.write(en=False)
    regs.ctrl.pulse(soft_reset=True)
    regs.irq_status.clear(faulty=True)
    told.append(int(regs.irq_status.read()))
    return told


@act()
def forget_the_extremes(pvt: Any) -> None:
    """Before there is a sample, and after."""
    pvt.dut.regs.hilo_reset.pulse(forget=True)
    pvt.boot()
    pvt.dut.regs.hilo_reset.pulse(forget=True)


@act()
def be_of_the_other_series(pvt: Any) -> None:
    """Found where it is planted."""
    pvt.plant("wrong_type", times=1)


@act()
def be_calibrated_late(pvt: Any) -> object:
    """As soon as the offsets are handed over, and for good."""
    pvt.withdraw("firmware")
    pvt.reset()
    told = [int(pvt.dut.regs.ip_cfg.read()), *(int(sensor.trim.read()) for sensor in pvt.dut.regs.ts)]
    pvt.give("firmware")
    pvt.sleep(us(5))
    pvt.withdraw("firmware")
    pvt.sleep(us(5))
    told += [int(pvt.dut.regs.ip_cfg.read()), *(int(sensor.trim.read()) for sensor in pvt.dut.regs.ts)]
    pvt.give("firmware")
    return told
