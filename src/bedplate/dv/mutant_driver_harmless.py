"""Mutants of drivers that no test finds, since they do no harm: each with its reason.

One that is found after all makes `python -m bedplate.dv.mutant_driver` fail, one that fits no mutant any more
`tests/test_mutant_driver.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OFF = "nothing runs yet that could see one without the other, and a controller that died between them begins anew"

HARMLESS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "d2d": {
            "train: together not declared": "READY says that the other end is awake; one that is not told in time is ABANDONED,"
            " and both begin anew",
            "begin_anew: attempts not declared": "twice is bounded as well",
            "reset: attempts not declared": "twice is bounded as well",
        },
        "hbm_mc": {
            "configure: `self.regs.refresh.write(RefreshValue(0).replace(**want.refresh()))` first": OFF,
            "configure: `self.regs.timing.write(**want.timing._asdict())` first": OFF,
            "restart_scrub: attempts not declared": "a scrub is overdue again only seconds later: in another run",
            "stop: `self.regs.refresh.write(RefreshValue(0))` first": "contents are lost by then, and behind the fence",
        },
        "hbm_phy": {
            "power_up: `self.regs.dfi_init.write(start=False)` first": OFF,
            "power_up: `self.regs.speed.write(bin=want.speed_bin)` first": OFF,
            "power_up: `self.regs.eye_limit.write(width=want.eye_width, height=want.eye_height)` first": OFF,
        },
        "hbm_stk": {
            "identify: without `self.regs.w_ctrl.wait(wrst_n=True, timeout=us(10))`": "the pin follows its bit at once; the read"
            " back is for a bridge that would post the write",
            "identify: `self.regs.w_ctrl.wait(wrst_n=True, timeout=us(10))` first": "likewise: the pause comes after it",
            "identify: `self._start(WirE.DEVICE_ID)` first": "likewise",
        },
        "otp": {
            "arm_checks: `self.regs.integrity.write(period=INTEGRITY_PERIOD)` first": OFF,
            "arm_checks: `self.regs.consistency.write(period=CONSISTENCY_PERIOD)` first": OFF,
        },
        "pll": {
            "program: `self.regs.frac.write(frac=want.frac)` first": OFF,
            "restart: `self.settle(us(3))` first": "the pause has to lie before the power goes, and does in either order",
            "take_output: without `self.regs.status.wait(on_pll=True, timeout=us(10))`": "the switch is through within a"
            " microsecond; until then it is VERIFIED, and taken once more",
        },
        "pvt": {
            "synthesise_clock: `self.regs.clk_synth.write(lo=want.lo, hi=want.hi, strobe=want.strobe, en=True)` first": "what is"
            " reset stands behind the serial interfaces, and has been told nothing yet",
            "start: `self._send(sdif, SdifAddrE.CFG, self.want.mode)` first": "delay and mode are used from RUN on",
            "arm: `self.regs.alarm_b.write(**self._alarm(self.want.trip))` first": "two alarms that do not know each other",
            "arm: `self.regs.irq_en.modify(faulty=True, alarm_a=True, alarm_b=True)` first": "an interrupt is raised by an alarm,"
            " not by its being enabled",
        },
    }
)
"""By room and mutant."""
