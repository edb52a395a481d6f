"""Behaviour of a stack behind its IEEE 1500 port: reset timing, wrapper instructions, lanes and their repairs."""

from __future__ import annotations

from collections.abc import Iterable

from bedplate.bus import ms, us
from bedplate.ip.hbm_stk.regs import HbmStkRegs, WirE
from bedplate.model import (
    Fault,
    FaultKind,
    Model,
    QueuedEvent,
    SoftwareAccess,
    after_pulse,
    after_write,
    before_read,
    fault_kinds,
)

CHANNELS = 16
NO_REPAIR = 0
INSTRUCTIONS = {int(opcode): opcode for opcode in WirE}
"""Any other opcode selects BYPASS, as IEEE 1500 has it."""


class HbmStkModel(Model):
    """One stack. `vendor`, `density` and lanes are settings; lanes are pairs of channel and lane."""

    regs = HbmStkRegs
    faults = fault_kinds(
        "stuck_busy",
        no_identity="DEVICE_ID brings nothing",
        wrong_device="the stack is of a manufacturer that nobody knows",
        bad_lane=FaultKind("lane =lane of channel 3 breaks", "40", fits=range(1, 1 << 7)),
        two_bad_lanes="two lanes of channel 7 break: one spare is not enough",
        mode_lost="mode registers do not take one of the bits",
        cattrip="the stack trips by temperature",
    )
    free = frozenset({"elapsed"})
    evidence = frozenset({"lane_map", "lane_repair"})
    reset_time = us(200)
    fuse_time = ms(4)
    pulse_time = us(1)
    shift_time = us(10)
    check_time = ms(2)
    vendor = 0x6
    density = 4
    serial = 0x1_2345_6789
    celsius = 45
    bad_lanes: tuple[tuple[int, int], ...] = ((5, 17),)
    """Broken at the factory."""
    hard_repairs: tuple[tuple[int, int], ...] = ((5, 17),)
    """Repaired by fuses at the factory. A soft repair that does not name them undoes them."""

    def after_reset(self) -> None:
        self.broken = set(self.bad_lanes)
        self.changed_at = self.ran
        self.timing: QueuedEvent | None = self.after(self.reset_time, self.reset_long_enough)
        self.working: QueuedEvent | None = None
        self.running: WirE | None = None
        self._trip()

    def provides(self, port: str) -> bool:
        """A memory that can be trained."""
        return bool(self.hw.w_ctrl.reset_n and self.hw.w_ctrl.ck_en and self.hw.mr_status.valid)

    def deprived(self) -> None:
        at_work = self.running is not None or self.provides("")
        if at_work and not self.hw.monitor.cattrip:
            self.violation("power, clock or reset taken away in service, or during an instruction")

    def plant(self, name: str, value: int | float | str | None = None, **more: int | float | str | None) -> Fault:
        """Like any model; a trip happens at once."""
        planted = super().plant(name, value, **more)  # type: ignore[arg-type]
        if name == "cattrip":
            self._trip()
        return planted

    def _trip(self) -> None:
        if self.fault("cattrip"):
            self.hw.monitor.cattrip = True

    # Pins.

    @after_write("w_ctrl")
    def pins(self, access: SoftwareAccess) -> None:
        """Follow RESET_n, WRST_n and CK; each has an order and times that must be kept (tINIT1, tINIT3, tPW)."""
        pins, monitor = self.hw.w_ctrl, self.hw.monitor
        if access.changed("reset_n"):
            if pins.reset_n:
                self._reset_rises()
            else:
                self._reset_falls()
            self.changed_at = self.ran
        if access.changed("wrst_n") and pins.wrst_n and not monitor.fuses_applied:
            self.violation("port released before fuses were applied (tINIT3)")
        if access.changed("ck_en") and pins.ck_en and (monitor.extest_dirty or not monitor.fuses_applied):
            self.violation("CK on while the memory needs a reset")
        if access.changed("wrst_n") and not pins.wrst_n:
            self._port_reset()
        if not pins.wrst_n and not pins.reset_n and (access.changed("wrst_n") or access.changed("reset_n")):
            self._begin_anew()
        self.outputs_changed()

    def _reset_rises(self) -> None:
        monitor = self.hw.monitor
        if not monitor.reset_time_ok:
            self.violation("RESET_n high too early (tINIT1)")
        elif self.ran - self.changed_at < self.pulse_time:
            self.violation("RESET_n pulse too short (tPW)")
        if not monitor.fuses_applied:
            self.cancel(self.timing)
            self.timing = self.after(self.fuse_time, self.apply_fuses)

    def _reset_falls(self) -> None:
        """RESET_n takes the port to BYPASS and the memory to its beginning; what was captured stays."""
        if self.running is not None:
            self.violation(f"RESET_n low during {self.running.name}")
        self._stop()
        self.cancel(self.timing)
        if not self.hw.monitor.reset_time_ok:
            self.timing = self.after(self.reset_time, self.reset_long_enough)
        self.hw.monitor.extest_dirty = False
        self.hw.mr_status.valid = False
        for n in range(16):
            setattr(self.hw.mr_dump, f"mr{n}", 0)

    def _port_reset(self) -> None:
        self._stop()
        self.hw.device_id.valid = False
        self.hw.temperature.valid = False
        self.hw.extest.valid = False

    def _begin_anew(self) -> None:
        """Both resets low: soft repairs are gone, all times count anew."""
        self.hw.monitor.reset_time_ok = False
        self.hw.monitor.fuses_applied = False
        self._repairs(())
        self.cancel(self.timing)
        self.timing = self.after(self.reset_time, self.reset_long_enough)

    def reset_long_enough(self) -> None:
        """RESET_n was low for as long as it must be after power (tINIT1); not while the stack has tripped."""
        self.hw.monitor.reset_time_ok = not self.hw.monitor.cattrip

    def apply_fuses(self) -> None:
        """RESET_n was high for as long as fuses take (tINIT3): repairs of the factory are in force."""
        self.hw.monitor.fuses_applied = True
        self._repairs(self.hard_repairs)

    @before_read("elapsed")
    def look(self) -> None:
        """Bring the time since RESET_n last changed up to now (us)."""
        self.hw.elapsed.us = min((self.ran - self.changed_at) // 1000, 0xFFFF_FFFF)

    # Wrapper instructions.

    @after_pulse("w_start.go")
    def start(self) -> None:
        """Start the wrapper instruction that is selected; one at a time, and not in reset."""
        pins = self.hw.w_ctrl
        opcode = INSTRUCTIONS.get(int(self.hw.w_instr.opcode), WirE.BYPASS)
        if not (pins.wrst_n and pins.reset_n):
            self.violation(f"{opcode.name} started while the port is in reset")
            return
        if self.running is not None:
            self.violation(f"{opcode.name} started during {self.running.name}")
            return
        if pins.ck_en and opcode in (WirE.EXTEST, WirE.SOFT_LANE_REPAIR):
            self.violation(f"{opcode.name} while CK toggles")
        if opcode is WirE.MODE_REGISTER_DUMP_SET and not pins.ck_en:
            self.violation("mode registers written without CK")
        self.running = opcode
        self.hw.w_status.busy = True
        self.hw.w_status.done = False
        if opcode is WirE.EXTEST:
            self.hw.monitor.extest_dirty = True
            self.hw.extest.valid = False
        if opcode is WirE.SOFT_LANE_REPAIR:
            self.hw.extest.valid = False
        if not self.fault("stuck_busy"):
            self.working = self.after(self.check_time if opcode is WirE.EXTEST else self.shift_time, self.finish)

    def finish(self) -> None:
        """The instruction ends, and does what it is for."""
        done = {
            WirE.DEVICE_ID: self.bring_identity,
            WirE.TEMPERATURE: self.bring_temperature,
            WirE.EXTEST: self.bring_lanes,
            WirE.SOFT_LANE_REPAIR: self.take_repairs,
            WirE.MODE_REGISTER_DUMP_SET: self.take_mode_registers,
        }.get(self.running or WirE.BYPASS)
        self._stop()
        self.hw.w_status.done = True
        if done is not None:
            done()
        self.outputs_changed()

    def _stop(self) -> None:
        self.cancel(self.working)
        self.running = None
        self.hw.w_status.busy = False

    def bring_identity(self) -> None:
        """DEVICE_ID: capture who the stack is."""
        if self.fault("no_identity"):
            return
        device = self.hw.device_id
        device.vendor = 0xA if self.fault("wrong_device") else self.vendor
        device.density = self.density
        device.height = 2
        device.rfm = True
        device.raaimt = 8
        device.raammt = 3
        device.revision = 0x21
        device.serial_low = self.serial & 0xFFFF_FFFF
        device.serial_high = self.serial >> 32
        device.valid = True

    def bring_temperature(self) -> None:
        """TEMPERATURE: capture it (degC, a signed byte)."""
        self.hw.temperature.celsius = self.celsius & 0xFF
        self.hw.temperature.valid = True

    def bring_lanes(self) -> None:
        """The first broken lane that no repair covers."""
        lane = self.fault("bad_lane")
        if lane is not None:
            self.broken.add((3, int(lane.value or 40)))
        if self.fault("two_bad_lanes"):
            self.broken |= {(7, 11), (7, 12)}
        in_force = int(self.hw.lane_map)
        bad = [(ch, lane) for ch, lane in sorted(self.broken) if in_force >> 8 * ch & 0xFF != 0x80 | lane]
        extest = self.hw.extest
        extest.bad = bool(bad)
        extest.channel, extest.lane = bad[0] if bad else (0, 0)
        extest.valid = True

    def take_repairs(self) -> None:
        """SOFT_LANE_REPAIR: the lanes named are in force, and no others, until power goes or both resets are low."""
        wanted = int(self.hw.lane_repair)
        self._repairs((ch, byte & 0x7F) for ch in range(CHANNELS) if (byte := wanted >> 8 * ch & 0xFF) & 0x80)

    def take_mode_registers(self) -> None:
        """MODE_REGISTER_DUMP_SET: write the image to the mode registers, and dump them."""
        lost = 1 if self.fault("mode_lost") else 0
        for n in range(16):
            value = getattr(self.hw.mr_image, f"mr{n}")
            setattr(self.hw.mr_dump, f"mr{n}", value ^ lost if n == 2 else value)
        self.hw.mr_status.valid = True

    def _repairs(self, lanes: Iterable[tuple[int, int]]) -> None:
        """These repairs are in force, and no others."""
        repairs = dict(lanes)
        for ch in range(CHANNELS):
            setattr(self.hw.lane_map, f"ch{ch}", 0x80 | repairs[ch] if ch in repairs else NO_REPAIR)

    @after_pulse("hard_repair.lanes", "hard_repair.rows")
    def burn(self) -> None:
        """Hard repairs are permanent, and nothing here has a reason to make one."""
        self.violation("fuses of the stack were burnt")
