"""What software may do to a memory controller, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.block import OFF
from bedplate.bus import ms, us
from bedplate.model import act

WITHOUT = "there is no traffic, and nothing gets warm, here"
UNREACHED = {
    "mr_rdata.data": "no memory answers mode register accesses here",
    "thermal.celsius": WITHOUT,
    "thermal.band": WITHOUT,
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""

TRAFFIC = "timing or refresh written under traffic"
UNDEFINED = "fence opened over memory whose contents are undefined"


def _initialised(mc: Any) -> Any:
    """Configured and initialised behind the fence; its registers."""
    dut = mc.dut
    dut.configure()
    dut.initialise()
    mc.sleep(us(600))
    return dut.regs


def _seeded(mc: Any) -> Any:
    """And its contents valid."""
    regs = _initialised(mc)
    regs.seed_ctrl.pulse(start=True)
    mc.sleep(ms(60))
    return regs


@act()
def boot(mc: Any) -> None:
    """Configure, initialise, seed, scrub, open the fence: as the driver does."""
    mc.boot()


@act(*[TRAFFIC] * 6)
def write_timing_under_traffic(mc: Any) -> object:
    """Each word of both registers."""
    regs = mc.boot().regs
    regs.timing.modify(trcd=25)
    regs.refresh.modify(trefi=6473)
    return int(regs.status.read())


@act(TRAFFIC, TRAFFIC)
def write_refresh_during_the_initialisation(mc: Any) -> None:
    """Behind the fence, but busy."""
    mc.dut.configure()
    mc.dut.initialise()
    mc.dut.regs.refresh.modify(trefi=6473)


@act(TRAFFIC, TRAFFIC)
def write_refresh_during_the_seed(mc: Any) -> None:
    """Behind the fence, but busy."""
    regs = _initialised(mc)
    regs.seed_ctrl.pulse(start=True)
    regs.refresh.modify(trefi=6473)
    mc.sleep(ms(60))


@act()
def write_locked_timing_under_traffic(mc: Any) -> None:
    """What is locked stays as it is."""
    regs = mc.boot().regs
    regs.regwen.clear(writable=True)
    regs.timing._store((1 << 128) - 1)
    regs.refresh._store((1 << 64) - 1)
    regs.refresh._store(0)


@act("ECC turned off under traffic")
def turn_ecc_off_under_traffic(mc: Any) -> None:
    """It scrubs on."""
    mc.boot().regs.ecc_ctrl.modify(corr_en=False)


@act()
def turn_ecc_off_behind_the_fence(mc: Any) -> None:
    """Before the seed that is nobody's loss."""
    _initialised(mc).ecc_ctrl.modify(corr_en=False)


@act("seed before initialisation, or without ECC")
def seed_before_initialisation(mc: Any) -> None:
    """Configured only."""
    mc.dut.configure()
    mc.dut.regs.seed_ctrl.pulse(start=True)
    mc.sleep(ms(60))


@act("seed before initialisation, or without ECC")
def seed_without_ecc(mc: Any) -> None:
    """Contents without good ECC."""
    regs = _initialised(mc)
    regs.ecc_ctrl.modify(corr_en=False)
    regs.seed_ctrl.pulse(start=True)
    mc.sleep(ms(60))


@act("seeded twice: valid contents were overwritten")
def seed_twice(mc: Any) -> None:
    """Valid contents go."""
    _seeded(mc).seed_ctrl.pulse(start=True)
    mc.sleep(ms(60))


@act("initialisation started under traffic")
def initialise_under_traffic(mc: Any) -> None:
    """The contents go under the tenant."""
    mc.boot().regs.init_ctrl._store(1)


@act("seed started under traffic")
def seed_under_traffic(mc: Any) -> None:
    """More than one rule is broken; the first counts."""
    mc.boot().regs.seed_ctrl.pulse(start=True)
    mc.sleep(ms(60))


@act("initialisation started under traffic")
def initialise_without_dfi_under_traffic(mc: Any) -> None:
    """More than one rule is broken; the first counts."""
    mc.boot()
    mc.withdraw("link")
    mc.dut.regs.init_ctrl._store(1)


@act("fence opened over memory whose contents are undefined")
def open_the_fence_from_reset(mc: Any) -> None:
    """Whatever is read there is undefined."""
    mc.withdraw("link")
    mc.dut.regs.init_ctrl.modify(axi_fence=False)


@act(
    "initialisation started without DFI: there is no memory to talk to",
    "seed started without DFI: there is no memory to talk to",
)
def start_without_dfi(mc: Any) -> None:
    """Neither is possible."""
    mc.withdraw("link")
    mc.dut.regs.init_ctrl.pulse(start=True)
    mc.dut.regs.seed_ctrl.pulse(start=True)


@act(
    "initialisation started while initialisation or seed was running",
    "seed started while initialisation or seed was running",
)
def start_while_initialising(mc: Any) -> None:
    """The first one counts."""
    mc.dut.configure()
    mc.dut.initialise()
    mc.dut.regs.init_ctrl.pulse(start=True)
    mc.dut.regs.seed_ctrl.pulse(start=True)


@act("initialisation started while initialisation or seed was running")
def initialise_while_seeding(mc: Any) -> None:
    """The seed goes on."""
    regs = _initialised(mc)
    regs.seed_ctrl.pulse(start=True)
    regs.init_ctrl.pulse(start=True)
    mc.sleep(ms(60))


@act(UNDEFINED)
def open_the_fence_before_the_seed(mc: Any) -> None:
    """Whatever is read there is undefined."""
    _initialised(mc).init_ctrl.modify(axi_fence=False)


@act(UNDEFINED)
def open_the_fence_over_withdrawn_timing(mc: Any) -> None:
    """Seeded, but another timing took the initialisation back."""
    regs = _seeded(mc)
    regs.timing.modify(trcd=25)
    regs.init_ctrl.modify(axi_fence=False)


@act(UNDEFINED)
def open_the_fence_while_seeding_stands_still(mc: Any) -> None:
    """Not yet seeded, and the seed never ends."""
    regs = _initialised(mc)
    mc.plant("stuck_busy", times=1)
    regs.seed_ctrl.pulse(start=True)
    regs.init_ctrl.modify(axi_fence=False)


@act("scrub over memory that was not seeded")
def scrub_before_the_seed(mc: Any) -> None:
    """It finds errors that are none."""
    _initialised(mc).ecc_ctrl.modify(scrub_en=True)


@act()
def close_and_open_the_fence_in_service(mc: Any) -> object:
    """As often as one likes: contents stay."""
    regs = mc.boot().regs
    regs.init_ctrl.modify(axi_fence=True)
    told = int(regs.status.read())
    regs.init_ctrl.modify(axi_fence=False)
    return told


@act()
def initialise_again_behind_the_fence(mc: Any) -> None:
    """The contents are gone, and nobody used them."""
    regs = mc.boot().regs
    regs.init_ctrl.modify(axi_fence=True)
    regs.init_ctrl.pulse(start=True)


@act()
def lose_dfi_in_service(mc: Any) -> object:
    """It takes initialisation and contents along, and leaves evidence."""
    regs = mc.boot().regs
    mc.withdraw("link")
    mc.sleep(us(5))
    told = [int(regs.status.read()), int(regs.intr_state.read())]
    mc.give("link")
    return told


@act()
def lose_the_clock_in_service(mc: Any) -> object:
    """Nothing refreshes the memory: it is as without DFI."""
    regs = mc.boot().regs
    mc.withdraw("source")
    mc.sleep(us(5))
    told = [int(regs.status.read()), int(regs.clk_rate.read()), int(regs.intr_state.read())]
    mc.give("source")
    return told


@act(*["initialised with refresh or timing that is made for a clock of another rate"] * 2)
def initialise_for_another_rate(mc: Any) -> list[int]:
    """A slower clock refreshes too rarely, a faster one leaves rows too little time."""
    mc.dut.configure()
    told = []
    for rate in (1510, 1800, 1660):
        mc.change_rate(rate)
        mc.sleep(us(5))
        mc.dut.initialise()
        mc.sleep(us(700))
        told += [int(mc.dut.regs.clk_rate.read()), int(mc.dut.regs.status.read())]
    return told


@act()
def fail_initialisation_and_seed(mc: Any) -> list[int]:
    """Each channel in turn; the next try begins with a clean slate."""
    dut, told = mc.dut, []
    dut.configure()
    for channel in range(4):
        mc.plant("init_fail", channel, times=1)
        dut.initialise()
        mc.sleep(us(700))
        told.append(int(dut.regs.status.read()))
    dut.initialise()
    mc.sleep(us(700))
    for channel in range(4):
        mc.plant("seed_fail", channel, times=1)
        dut.regs.seed_ctrl.pulse(start=True)
        mc.sleep(ms(60))
        told.append(int(dut.regs.status.read()))
    return told


@act()
def scrub_for_long(mc: Any) -> object:
    """Pass after pass; a blocked one is overdue after two periods."""
    regs = mc.boot().regs
    mc.sleep(ms(2500))
    told = [regs.scrub_status.read().passes]
    mc.plant("scrub_stuck", times=1)
    regs.ecc_ctrl.modify(scrub_en=False)
    regs.ecc_ctrl.modify(scrub_en=True)
    mc.sleep(ms(2500))
    told.append(int(regs.status.read()))
    regs.ecc_ctrl.modify(scrub_en=False)
    return [*told, int(regs.status.read()), regs.act_mon.read().count > 0, regs.scrub_status.read().address > 0]


@act()
def look_at_the_time_that_work_takes(mc: Any) -> object:
    """Counted while it runs, kept when it is through."""
    mc.dut.configure()
    mc.dut.initialise()
    mc.sleep(us(300))
    under_way = mc.dut.regs.elapsed.read().us
    mc.sleep(us(700))
    return 290 <= under_way <= 330, 500 <= mc.dut.regs.elapsed.read().us <= 502


@act()
def clear_the_evidence_of_errors(mc: Any) -> list[int]:
    """Of every channel, each interrupt alone; counters and addresses go together."""
    regs, told = mc.boot().regs, []

    def look() -> None:
        told.append(int(regs.intr_state.read()))
        for channel in regs.ch:
            told.extend((int(channel.ce.read()), int(channel.ue.read())))
            told.extend((int(channel.ce_addr.read()), int(channel.ue_addr.read())))

    for channel in range(4):
        mc.plant("ce_storm", channel, times=1)
        mc.plant("ue", channel, times=1)
        look()
    mc.plant("cattrip", times=1)
    mc.withdraw("link")
    mc.give("link")
    look()
    for name in ("ce_storm", "ue", "dfi_lost", "cattrip"):
        regs.intr_state.clear(**{name: True})
        look()
    regs.ecc_clr.pulse(clear=True)
    look()
    return told


@act()
def pulse_what_has_no_memory_behind_it(mc: Any) -> None:
    """Mode registers and injected errors."""
    regs = mc.boot().regs
    regs.mr_cmd.write(addr=3, data=0x55, channel=2, start=True)
    regs.ecc_inj.pulse(one_bit=True)
    regs.ecc_inj.pulse(two_bits=True)


@act(*["power, clock or reset taken away under traffic, or while it worked on the memory"] * 3)
def take_what_it_needs_in_service(mc: Any) -> None:
    """Power, clock, reset: each once."""
    for need in ("power", "clock", "reset"):
        mc.boot()
        mc.withdraw(need)
        mc.sleep(us(2))
        mc.give(need)


@act()
def take_what_it_needs_when_it_is_off(mc: Any) -> None:
    """Nothing works any more: it harms nobody."""
    for need in ("clock", "reset", "power"):
        mc.boot()
        mc.converge(goal=OFF)
        mc.withdraw(need)
        mc.sleep(us(2))
        mc.give(need)
