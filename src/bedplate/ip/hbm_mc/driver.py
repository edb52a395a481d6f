"""Driver of a controller of four HBM channels. Source: Tern data sheet, HBM_MC (`hbm_mc.rdl`).

Timing and refresh while the fence is closed, initialise, seed everything with good ECC, scrub, and open the fence last.
Error counters and addresses are evidence: nothing here clears them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, ms, s, step, us, wait
from bedplate.ip.hbm_mc.regs import EccCtrlValue, HbmMcRegs, RefreshValue

COUNTED_WITHIN = 1
"""How far the counted rate of a healthy clock may be off (MHz)."""


class Timing(NamedTuple):
    """Timing in cycles of the controller's clock; names and order as in the register."""

    trcd: int = 24
    trp: int = 24
    tras: int = 48
    twr: int = 27
    trfc: int = 582
    trfcpb: int = 333
    tfaw: int = 27
    trrd: int = 7
    tccd_l: int = 4
    twtr: int = 13
    rl: int = 26
    wl: int = 10


class HbmMcConfig(NamedTuple):
    """Timing, refresh interval (cycles), refresh management (activations), time of a scrub of everything (ms).

    `mhz` is the rate of the controller's clock that the cycles are made for.
    """

    timing: Timing = Timing()
    trefi: int = 6474
    per_bank: bool = True
    raaimt: int = 64
    raammt: int = 192
    scrub_ms: int = 1000
    mhz: int = 1660

    def refresh(self) -> dict[str, int]:
        """The fields of the refresh register."""
        return {
            "trefi": self.trefi,
            "per_bank": self.per_bank,
            "temp_scale": True,
            "raaimt": self.raaimt,
            "raammt": self.raammt,
            "rfm_en": True,
        }


def _running(mc: HbmMc) -> int:
    return us(mc.regs.elapsed.read().us)


def _stands(refresh: RefreshValue, ecc: EccCtrlValue) -> bool:
    return not refresh.trefi and not ecc.scrub_en


class HbmMcState(State):
    """States of a controller."""

    STOPPED = "fence closed; neither refresh nor scrub, as after reset: the memory keeps nothing"
    AWAITING_DFI = "fence closed; the PHY's DFI is not there yet"
    UNCONFIGURED = "fence closed; timing, refresh or ECC are not as planned, or a scrub runs over undefined contents"
    CONFIGURED = "as planned, not initialised"
    INITIALISING = "channels are being initialised"
    INITIALISED = "channels initialised; contents and ECC are undefined"
    SEEDING = "a background with good ECC is being written"
    SEEDED = "contents and ECC are valid; no scrub"
    FENCED = "scrubbing; the fence is closed"
    IN_SERVICE = "scrubbing; traffic may pass"
    INIT_FAILED = fault("a channel did not answer its initialisation")
    SEED_FAILED = fault("the background write did not reach everything")
    DFI_LOST = fault("the PHY lost DFI while traffic was passing")
    EXPOSED = fault("the fence is open over memory whose contents are undefined")
    MISCONFIGURED = fault("traffic is passing with another timing, refresh or ECC than planned")
    SCRUB_OVERDUE = fault("the scrub does not get through: a bank is blocked")
    WRONG_RATE = fault("the clock has another rate than timing and refresh are made for")
    TRIPPED = fault("the stack tripped by temperature; only power-off clears that")


class HbmMc(Block[HbmMcRegs, HbmMcConfig]):
    """Four channels, from closed to carrying traffic."""

    goal = HbmMcState.IN_SERVICE
    reset_state = HbmMcState.STOPPED
    goals = MappingProxyType({OFF: HbmMcState.STOPPED})
    requires = (Kind.POWER, Kind.CLOCK, Kind.RESET, Kind.SOURCE, Kind.LINK)
    loses = MappingProxyType(  # its registers' clock alone may stop: the memory is refreshed by that of its source
        {
            **dict.fromkeys((Kind.POWER, Kind.RESET, Kind.SOURCE, Kind.LINK), Effect.LOSES_DATA),
            Kind.CLOCK: Effect.NONE,
        }
    )

    def observe(self) -> HbmMcState:
        status = self.regs.status.read()
        fenced = status.fenced
        rests = fenced and not (status.inprog or status.seeding)
        if status.cattrip:
            return HbmMcState.STOPPED if rests and self._is_stopped() else HbmMcState.TRIPPED
        if not status.dfi:
            if not fenced:
                return HbmMcState.DFI_LOST
            return HbmMcState.STOPPED if rests and self._is_stopped() else HbmMcState.AWAITING_DFI
        if not fenced and (status.inprog or status.seeding or not status.passed or not status.seeded):
            return HbmMcState.EXPOSED
        if status.inprog:
            return HbmMcState.INITIALISING
        if status.seeding:
            return HbmMcState.SEEDING
        refresh, ecc = self.regs.refresh.read(), self.regs.ecc_ctrl.read()
        if fenced and _stands(refresh, ecc):
            return HbmMcState.STOPPED
        if abs(self.regs.clk_rate.read().mhz - self.config.mhz) > COUNTED_WITHIN:
            return HbmMcState.WRONG_RATE
        if not self._is_as_planned(refresh, ecc, may_scrub=status.passed and status.seeded):
            return HbmMcState.UNCONFIGURED if fenced else HbmMcState.MISCONFIGURED
        if not status.passed:
            return HbmMcState.INIT_FAILED if status.init_failed else HbmMcState.CONFIGURED
        if not status.seeded:
            return HbmMcState.SEED_FAILED if status.seed_failed else HbmMcState.INITIALISED
        if not ecc.scrub_en:
            return HbmMcState.SEEDED
        if fenced:
            return HbmMcState.FENCED
        return HbmMcState.SCRUB_OVERDUE if status.scrub_overdue else HbmMcState.IN_SERVICE

    def _is_stopped(self) -> bool:
        return _stands(self.regs.refresh.read(), self.regs.ecc_ctrl.read())

    def _is_as_planned(self, refresh: RefreshValue, ecc: EccCtrlValue, may_scrub: bool) -> bool:
        """Whether timing, refresh, refresh management and ECC are those wanted. Nothing scrubs what is undefined."""
        config, timing = self.config, self.regs.timing.read()
        return (
            timing == timing.replace(**config.timing._asdict())
            and refresh == refresh.replace(**config.refresh())
            and ecc == ecc.replace(corr_en=True, wr_bypass=False, scrub_ms=config.scrub_ms)
            and (may_scrub or not ecc.scrub_en)
        )

    def detail(self) -> str:
        """Which channels failed, and how far the scrub is."""
        return f"{self.regs.status.read()!r}; {self.regs.scrub_status.read()!r}; {self.regs.clk_rate.read()!r}"

    dfi = wait(HbmMcState.AWAITING_DFI, HbmMcState.UNCONFIGURED, typical=us(10), limit=ms(10))

    @step((HbmMcState.STOPPED, HbmMcState.UNCONFIGURED), HbmMcState.CONFIGURED, effect=Effect.LOSES_DATA)
    def configure(self) -> None:
        """Everything that must not change once traffic passes; ECC before the seed, scrub off until after it."""
        config = self.config
        self.regs.ecc_ctrl.write(corr_en=True, scrub_en=False, wr_bypass=False, scrub_ms=config.scrub_ms)
        self.regs.refresh.write(RefreshValue(0).replace(**config.refresh()))
        self.regs.timing.write(**config.timing._asdict())

    @step(HbmMcState.CONFIGURED, HbmMcState.INITIALISING, effect=Effect.LOSES_DATA)
    def initialise(self) -> None:
        """Start, with the fence closed as it is."""
        self.regs.init_ctrl.pulse(start=True)

    initialisation = wait(
        HbmMcState.INITIALISING, HbmMcState.INITIALISED, typical=us(500), limit=ms(100), elapsed=_running
    )

    @step(HbmMcState.INITIALISED, HbmMcState.SEEDING, effect=Effect.LOSES_DATA)
    def seed(self) -> None:
        """Write a background over everything: an unseeded read is an uncorrectable error."""
        self.regs.seed_ctrl.pulse(start=True)

    seeding = wait(HbmMcState.SEEDING, HbmMcState.SEEDED, typical=ms(50), limit=s(1), elapsed=_running)

    @step(HbmMcState.SEEDED, HbmMcState.FENCED)
    def start_scrub(self) -> None:
        """Scrub in the background from now on; harmless under traffic."""
        self.regs.ecc_ctrl.modify(scrub_en=True)

    @step(HbmMcState.FENCED, HbmMcState.IN_SERVICE, effect=Effect.STOPS_TRAFFIC)
    def open_fence(self) -> None:
        """Let traffic in, last of all."""
        self.regs.init_ctrl.modify(axi_fence=False)

    # Recovery.

    @step(HbmMcState.INIT_FAILED, HbmMcState.INITIALISING, effect=Effect.LOSES_DATA, attempts=1)
    def initialise_again(self) -> None:
        """Once more, then the fault is reported."""
        self.regs.init_ctrl.pulse(start=True)

    @step(HbmMcState.SEED_FAILED, HbmMcState.SEEDING, effect=Effect.LOSES_DATA, attempts=1)
    def seed_again(self) -> None:
        """Once more, then the fault is reported."""
        self.regs.seed_ctrl.pulse(start=True)

    @step(
        (HbmMcState.DFI_LOST, HbmMcState.EXPOSED, HbmMcState.MISCONFIGURED),
        HbmMcState.AWAITING_DFI,
        effect=Effect.STOPS_TRAFFIC,
        toward=(SERVICE, OFF),
        withdraws=True,
    )
    def close_fence(self) -> None:
        """Hold traffic before anything else: what follows begins anew and loses the contents."""
        self.regs.init_ctrl.modify(axi_fence=True)

    @step(HbmMcState.WRONG_RATE, HbmMcState.UNCONFIGURED, effect=Effect.STOPS_TRAFFIC, withdraws=True)
    def hold_until_clocked(self) -> None:
        """Hold traffic: only the clock's provider can mend the rate, and then the contents are lost."""
        self.regs.init_ctrl.modify(axi_fence=True)

    @step(HbmMcState.SCRUB_OVERDUE, HbmMcState.IN_SERVICE, attempts=1)
    def restart_scrub(self) -> None:
        """Scrub off and on again, under traffic: neither stops nor loses anything."""
        self.regs.ecc_ctrl.modify(scrub_en=False)
        self.regs.ecc_ctrl.modify(scrub_en=True)

    # Out of service. Initialisation and seed come to their end first: neither bears a change of refresh.

    @step(
        (HbmMcState.IN_SERVICE, HbmMcState.SCRUB_OVERDUE),
        HbmMcState.FENCED,
        effect=Effect.STOPS_TRAFFIC,
        toward=OFF,
        withdraws=True,
    )
    def hold_traffic(self) -> None:
        """Close the fence before anything else."""
        self.regs.init_ctrl.modify(axi_fence=True)

    @step(
        (
            *(HbmMcState.AWAITING_DFI, HbmMcState.UNCONFIGURED, HbmMcState.CONFIGURED, HbmMcState.INITIALISED),
            *(HbmMcState.SEEDED, HbmMcState.FENCED, HbmMcState.INIT_FAILED, HbmMcState.SEED_FAILED),
        ),
        HbmMcState.STOPPED,
        effect=Effect.LOSES_DATA,
        toward=OFF,
    )
    def stop(self) -> None:
        """Scrub off, then refresh: contents are lost from here on."""
        self.regs.ecc_ctrl.modify(scrub_en=False)
        self.regs.refresh.write(RefreshValue(0))

    @step(
        (HbmMcState.TRIPPED, HbmMcState.WRONG_RATE),
        HbmMcState.STOPPED,
        effect=Effect.STOPS_TRAFFIC | Effect.LOSES_DATA,
        toward=OFF,
        withdraws=True,
    )
    def stop_tripped(self) -> None:
        """Fence, scrub and refresh at once: the power-off that clears a trip may come."""
        self.hold_traffic()
        self.stop()
