"""Driver of the fuses. Source: Tern data sheet, OTP (`otp.rdl`). It reads; nothing here can program a fuse."""

from __future__ import annotations

from bedplate.block import Block, State, fault, ms, step, wait
from bedplate.errors import CheckFailed
from bedplate.ip.otp.regs import OtpErrorE, OtpRegs

HARVEST_MARKER = 0x4856
"""Stands in the harvest word where it was programmed: blank fuses are no harvest mask."""

CHECK_LIMIT = 0x0004_0000
INTEGRITY_PERIOD = 0x0001_6E36
CONSISTENCY_PERIOD = 0x000E_4E1C
"""Budget of a check (11 ms), and mean times between checks (1 s and 10 s): as the data sheet recommends."""

PARTITIONS = ("harvest", "calibration", "identity", "secret")


class OtpState(State):
    """States of the fuses."""

    SENSING = "the fuses are being sensed into their shadows"
    SENSED = "shadows are good; periodic checks are not armed"
    READY = "shadows are good, and checked periodically"
    CORRUPT = fault("a partition is not what was programmed")
    BLANK = fault("the harvest word was never programmed")
    CHECK_LATE = fault("a periodic check did not finish in time")


class Otp(Block[OtpRegs, None]):
    """The fuses of a die: from power-up to shadows that may be believed."""

    goal = OtpState.READY
    reset_state = OtpState.SENSING

    def observe(self) -> OtpState:
        status = self.regs.status.read()
        if not status.sensed:
            return OtpState.SENSING
        if status.part_error:
            return OtpState.CORRUPT
        if self.regs.harvest.read().marker != HARVEST_MARKER:
            return OtpState.BLANK
        if status.check_timeout:
            return OtpState.CHECK_LATE
        return OtpState.READY if self.is_armed() else OtpState.SENSED

    def is_armed(self) -> bool:
        """Whether the periodic checks are on, with the recommended periods."""
        return (
            self.regs.check_limit.read().cycles == CHECK_LIMIT
            and self.regs.integrity.read().period == INTEGRITY_PERIOD
            and self.regs.consistency.read().period == CONSISTENCY_PERIOD
        )

    def detail(self) -> str:
        """Which partitions are not good, and why."""
        codes = [(name, err.read().code) for name, err in zip(PARTITIONS, self.regs.err_code, strict=True)]
        return ", ".join(f"{name}: {code.name}" for name, code in codes if code is not OtpErrorE.NONE)

    sense = wait(OtpState.SENSING, OtpState.SENSED, typical=ms(1), limit=ms(10))

    @step(OtpState.SENSED, OtpState.READY)
    def arm_checks(self) -> None:
        """Let the hardware compare shadows with digests and fuses from now on. Harmless at any time."""
        self.regs.check_limit.write(cycles=CHECK_LIMIT)
        self.regs.integrity.write(period=INTEGRITY_PERIOD)
        self.regs.consistency.write(period=CONSISTENCY_PERIOD)

    # What others read here, once the fuses are READY.

    def harvest(self) -> int:
        """Parts that are fused off: bits 0-3 NC0-NC3, 4 HBM0, 5 HBM1, 6 SE0, 7 SE1. Raises CheckFailed for a blank word."""
        word = self.regs.harvest.read()
        if word.marker != HARVEST_MARKER:
            raise CheckFailed(
                "the harvest word bears no marker",
                where=self.regs.harvest.path,
                wanted=f"marker 0x{HARVEST_MARKER:04x}",
                got=f"0x{word.marker:04x}",
                cause="fuses not sensed yet, or never programmed",
            )
        return word.absent

    def serial(self) -> int:
        """The die's serial number (64 bits)."""
        return int(self.regs.serial.read())
