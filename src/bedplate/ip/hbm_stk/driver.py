"""Driver of an HBM stack. Source: Tern data sheet, HBM_STK (`hbm_stk.rdl`); order and times as public for such stacks.

RESET_n low (tINIT1), high (tINIT3), port released, identity read, lanes checked and repaired, RESET_n pulsed since the check
drove the lanes, CK on, mode registers for the very device that is there. Fuses are never burnt here.
"""

from __future__ import annotations

from types import MappingProxyType

from bedplate.block import OFF, SERVICE, Block, Effect, Kind, State, fault, ms, step, us, wait
from bedplate.ip.hbm_stk.mode import GIGABITS, image, is_known
from bedplate.ip.hbm_stk.mode import HbmStkConfig as HbmStkConfig  # for the chips, as in every driver
from bedplate.ip.hbm_stk.regs import DeviceIdValue, HbmStkRegs, WirE

ALL_CHANNELS = 0x1F
REPAIRED = 0x80
"""Bit of a channel's byte in lane_map: the spare lane is in use."""


def _since_reset_changed(stack: HbmStk) -> int:
    return us(stack.regs.elapsed.read().us)


class HbmStkState(State):
    """States of a stack."""

    IN_RESET = "RESET_n is low, not yet for long enough (tINIT1)"
    RESET_HELD = "RESET_n was low for long enough"
    APPLYING_FUSES = "RESET_n is high; the stack applies fuses and calibrates impedance (tINIT3)"
    FUSES_APPLIED = "ready for its port to be released; identity not read"
    IDENTIFYING = "the identity is being shifted out"
    IDENTIFIED = "identity read and known; lanes not checked, or repaired since"
    TESTING_LANES = "all lanes are being driven and compared"
    REPAIRING = "lane repairs are being shifted in"
    LANE_BAD = "the check named a bad lane, and the channel's spare is free"
    CHECKED = "all lanes are good; the check has left the memory in a state that only RESET_n clears"
    CLEAN = "RESET_n was pulsed, CK is off"
    CLOCKED = "CK toggles; mode registers are not those for this device"
    LOADING = "mode registers are being shifted in"
    ASKING = "the port works on another instruction, such as a temperature"
    READY = "mode registers hold what this device needs; training may begin"
    OUT_OF_ORDER = fault("resets, CK and checks are in no order from which initialisation could go on")
    UNKNOWN_DEVICE = fault("manufacturer or density is in no table: no mode register is guessed")
    UNREPAIRABLE = fault("a lane is bad and the spare of its channel is used already")
    TRIPPED = fault("the stack tripped by temperature; only power-off clears that")
    LOCKED_OUT = fault("the port is locked out until power-off")


WORKING = MappingProxyType(
    {
        WirE.DEVICE_ID: HbmStkState.IDENTIFYING,
        WirE.EXTEST: HbmStkState.TESTING_LANES,
        WirE.SOFT_LANE_REPAIR: HbmStkState.REPAIRING,
        WirE.MODE_REGISTER_DUMP_SET: HbmStkState.LOADING,
    }
)
"""What the port is busy with, by its instruction."""


class HbmStk(Block[HbmStkRegs, HbmStkConfig]):
    """One stack, from power to mode registers."""

    goal = HbmStkState.READY
    reset_state = HbmStkState.IN_RESET
    goals = MappingProxyType({OFF: HbmStkState.RESET_HELD})
    until_power_off = frozenset({HbmStkState.TRIPPED, HbmStkState.LOCKED_OUT})
    requires = (Kind.POWER, Kind.CLOCK, Kind.RESET, Kind.SOURCE)
    loses = MappingProxyType(  # without clocks it stands still, and goes on where it was
        {
            **dict.fromkeys((Kind.POWER, Kind.RESET), Effect.LOSES_DATA),
            **dict.fromkeys((Kind.CLOCK, Kind.SOURCE), Effect.NONE),
        }
    )

    def observe(self) -> HbmStkState:
        pins, seen = self.regs.w_ctrl.read(), self.regs.monitor.read()
        if seen.cattrip:
            return HbmStkState.TRIPPED
        if seen.lockout:
            return HbmStkState.LOCKED_OUT
        if not pins.reset_n:
            if pins.ck_en or (pins.wrst_n and not seen.fuses_applied):
                return HbmStkState.OUT_OF_ORDER
            return HbmStkState.RESET_HELD if seen.reset_time_ok else HbmStkState.IN_RESET
        if not seen.reset_time_ok:
            return HbmStkState.OUT_OF_ORDER
        if not seen.fuses_applied:
            early = pins.wrst_n or pins.ck_en
            return HbmStkState.OUT_OF_ORDER if early else HbmStkState.APPLYING_FUSES
        if self.regs.w_status.read().busy:
            return WORKING.get(self.regs.w_instr.read().opcode, HbmStkState.ASKING)
        device = self.regs.device_id.read()
        if not pins.wrst_n or not device.valid:
            return HbmStkState.OUT_OF_ORDER if pins.ck_en else HbmStkState.FUSES_APPLIED
        if not is_known(device):
            return HbmStkState.UNKNOWN_DEVICE
        check = self.regs.extest.read()
        if pins.ck_en and (not check.valid or check.bad or seen.extest_dirty):
            return HbmStkState.OUT_OF_ORDER
        if not check.valid:
            return HbmStkState.IDENTIFIED
        if check.bad:
            return HbmStkState.UNREPAIRABLE if self._spare_is_used(check.channel) else HbmStkState.LANE_BAD
        if seen.extest_dirty:
            return HbmStkState.CHECKED
        if not pins.ck_en:
            return HbmStkState.CLEAN
        return HbmStkState.READY if self._has_mode_registers(device) else HbmStkState.CLOCKED

    def _spare_is_used(self, channel: int) -> bool:
        return bool(self.regs.lane_map.read() >> 8 * channel & REPAIRED)

    def _has_mode_registers(self, device: DeviceIdValue) -> bool:
        return self.regs.mr_status.read().valid and int(self.regs.mr_dump.read()) == image(device, self.config)

    def detail(self) -> str:
        """Which device this is, and which lane is bad."""
        device, check = self.regs.device_id.read(), self.regs.extest.read()
        known = f"vendor {device.vendor}, {GIGABITS.get(device.density, '?')} Gb a channel" if device.valid else ""
        lane = f"channel {check.channel} lane {check.lane} is bad" if check.valid and check.bad else ""
        return ", ".join(filter(None, (known or "no identity", lane, repr(self.regs.w_status.read()))))

    # Resets.

    reset_time = wait(
        HbmStkState.IN_RESET, HbmStkState.RESET_HELD, typical=us(200), limit=ms(10), elapsed=_since_reset_changed
    )

    @step(HbmStkState.RESET_HELD, HbmStkState.APPLYING_FUSES, effect=Effect.LOSES_DATA)
    def release_reset(self) -> None:
        """RESET_n high. Its low time (tPW) is kept even when a controller died while pulsing it."""
        self.settle(us(2))
        self.regs.w_ctrl.modify(reset_n=True)

    fuses = wait(
        HbmStkState.APPLYING_FUSES,
        HbmStkState.FUSES_APPLIED,
        typical=ms(4),
        limit=ms(50),
        elapsed=_since_reset_changed,
    )

    # The port.

    @step(HbmStkState.FUSES_APPLIED, HbmStkState.IDENTIFYING, effect=Effect.LOSES_DATA)
    def identify(self) -> None:
        """Release the port and read who is there, before anything is built on it."""
        self.regs.w_ctrl.modify(wrst_n=True)
        self.settle(us(1))
        self.regs.w_ctrl.wait(wrst_n=True, timeout=us(10))  # an instruction must not meet a port in reset
        self._start(WirE.DEVICE_ID)

    identity = wait(HbmStkState.IDENTIFYING, HbmStkState.IDENTIFIED, typical=us(15), limit=ms(1))

    @step(HbmStkState.IDENTIFIED, HbmStkState.TESTING_LANES, effect=Effect.LOSES_DATA, attempts=5)
    def check_lanes(self) -> None:
        """Drive and compare every lane of every channel."""
        self._start(WirE.EXTEST)

    lanes = wait(HbmStkState.TESTING_LANES, HbmStkState.CHECKED, typical=ms(2), limit=ms(100))

    @step(HbmStkState.LANE_BAD, HbmStkState.REPAIRING, effect=Effect.LOSES_DATA, attempts=4)
    def repair_lane(self) -> None:
        """Give one lane its channel's spare, softly. A soft repair replaces those from fuses, so these are merged in."""
        bad, merged = self.regs.extest.read(), int(self.regs.lane_map.read())
        merged |= (REPAIRED | bad.lane) << 8 * bad.channel
        self.regs.lane_repair.write(merged)
        self._start(WirE.SOFT_LANE_REPAIR)

    repair = wait(HbmStkState.REPAIRING, HbmStkState.IDENTIFIED, typical=us(15), limit=ms(1))

    @step(HbmStkState.CHECKED, HbmStkState.CLEAN, effect=Effect.LOSES_DATA)
    def pulse_reset(self) -> None:
        """RESET_n low and high again, which also brings the port to BYPASS."""
        self.regs.w_ctrl.modify(reset_n=False)
        self.settle(us(2))
        self.regs.w_ctrl.modify(reset_n=True)

    @step(HbmStkState.CLEAN, HbmStkState.CLOCKED, effect=Effect.LOSES_DATA)
    def start_clock(self) -> None:
        """CK on."""
        self.settle(us(1))
        self.regs.w_ctrl.modify(ck_en=True)

    @step(HbmStkState.CLOCKED, HbmStkState.LOADING, effect=Effect.LOSES_DATA)
    def load_mode_registers(self) -> None:
        """All mode registers at once, built for the device that answered."""
        self.settle(us(1))
        self.regs.mr_image.write(image(self.regs.device_id.read(), self.config))
        self._start(WirE.MODE_REGISTER_DUMP_SET)

    loading = wait(HbmStkState.LOADING, HbmStkState.READY, typical=us(15), limit=ms(1))
    answer = wait(HbmStkState.ASKING, HbmStkState.READY, typical=us(15), limit=ms(1))

    @step(HbmStkState.OUT_OF_ORDER, HbmStkState.IN_RESET, effect=Effect.LOSES_DATA, toward=(SERVICE, OFF))
    def hold(self) -> None:
        """Everything low: the sequence begins anew."""
        self.regs.w_ctrl.write(wrst_n=False, reset_n=False, ck_en=False)

    @step(
        (
            *(HbmStkState.APPLYING_FUSES, HbmStkState.FUSES_APPLIED, HbmStkState.IDENTIFIED, HbmStkState.LANE_BAD),
            *(HbmStkState.CHECKED, HbmStkState.CLEAN, HbmStkState.CLOCKED, HbmStkState.READY),
            *(HbmStkState.UNKNOWN_DEVICE, HbmStkState.UNREPAIRABLE),
        ),
        HbmStkState.IN_RESET,
        effect=Effect.LOSES_DATA,
        toward=OFF,
        withdraws=True,
    )
    def take_down(self) -> None:
        """Everything low, but never in the midst of an instruction."""
        self.hold()

    def _start(self, opcode: WirE) -> None:
        self.regs.w_instr.write(opcode=opcode, channel=ALL_CHANNELS)
        self.regs.w_instr.wait(
            opcode=opcode, channel=ALL_CHANNELS, timeout=us(10)
        )  # never start what stood there before
        self.regs.w_start.pulse(go=True)

    # What others read here.

    def measure_temperature(self) -> int:
        """Temperature of the stack (degC), asked of it now through the port: it must be READY."""
        self._start(WirE.TEMPERATURE)
        self.regs.w_status.wait(busy=False, timeout=ms(1))
        code = self.regs.temperature.read().celsius
        return code - 256 if code & 0x80 else code
