"""Behaviour of the fuses: sensing at power-up, what it can find, checks, and direct access."""

from __future__ import annotations

from typing import ClassVar
from zlib import crc32

from bedplate.bus import ms, us
from bedplate.ip.otp.regs import OtpErrorE, OtpRegs
from bedplate.model import Model, after_pulse, standard

HARVEST, CALIBRATION, IDENTITY, SECRET = range(4)
AON_CYCLE = 1000 / 24
"""Period of the AON clock (ns)."""


class OtpModel(Model):
    """The fuses of one die. Settings are what was programmed."""

    regs = OtpRegs
    faults: ClassVar[dict[str, str]] = {
        **standard("stuck_busy"),
        "corrected": "a bit of partition =partition is corrected: harmless",
        "uncorrectable": "a word of partition =partition cannot be corrected",
        "digest": "partition =partition does not match its digest",
        "blank": "the harvest word was never programmed",
        "check_late": "a check does not finish in time",
    }
    sense_time = ms(1)
    access_time = us(1)
    check_time = us(200)
    harvest = 0
    """Bits 0-3 NC0-NC3, 4 HBM0, 5 HBM1, 6 SE0, 7 SE1; 1 is absent."""
    calibration: tuple[int, ...] = (0x0A04_FB02,) * 3
    """Sensor offsets of SE0, SE1, IO: four signed bytes each, in 1/8 degC."""
    thermal_trip = 24
    serial = 0x5445_524E_0000_0001
    programmed: frozenset[int] = frozenset()
    """Addresses that software programmed. No reset forgets them."""

    def after_reset(self) -> None:
        self.after(self.sense_time, self.sensed)

    def sensed(self) -> None:
        """All words were read: fill the shadows, say what was found."""
        if self.fault("stuck_busy"):
            return
        if not self.fault("blank"):
            self.hw.harvest.absent = self.harvest
            self.hw.harvest.marker = 0x4856
        for shadow, word in zip(self.hw.calibration, self.calibration, strict=True):
            for sensor in range(4):
                setattr(shadow, f"trim{sensor}", word >> 8 * sensor & 0xFF)
        self.hw.thermal_trip.trim = self.thermal_trip
        self.hw.thermal_trip.valid = True
        self.hw.serial.low = self.serial & 0xFFFF_FFFF
        self.hw.serial.high = self.serial >> 32
        self._digests()
        self._find("corrected", CALIBRATION, OtpErrorE.CORRECTED)
        self._find("uncorrectable", CALIBRATION, OtpErrorE.UNCORRECTABLE)
        self._find("digest", HARVEST, OtpErrorE.DIGEST)
        self.hw.status.dai_idle = True
        self.hw.dai_regwen.open = True
        self.hw.status.sensed = True
        self.outputs_changed()

    def _digests(self) -> None:
        contents = ((self.harvest,), self.calibration, (self.serial,), (0x5EC3E7,))
        for digest, words in zip(self.hw.digest, contents, strict=True):
            digest.low = crc32(repr(words).encode())
            digest.high = crc32(repr(words).encode(), 1)

    def _find(self, fault: str, partition: int, code: OtpErrorE) -> None:
        planted = self.fault(fault)
        if planted is None:
            return
        partition = partition if planted.value is None else int(planted.value)
        self.hw.err_code[partition].code = code
        if code is OtpErrorE.CORRECTED:
            self.hw.err_code[partition].corrected = 1
        else:
            self.hw.status.part_error = self.hw.status.part_error | 1 << partition

    def provides(self, port: str) -> bool:
        """Words for others: calibration to sensors, masks to the managers."""
        return bool(self.hw.status.sensed and not self.hw.status.part_error)

    @after_pulse("check_trigger.integrity", "check_trigger.consistency")
    def check(self) -> None:
        self.hw.status.check_pending = True
        if self.fault("check_late"):
            self.after(round(self.hw.check_limit.cycles * AON_CYCLE), self.check_late)
        else:
            self.after(self.check_time, self.checked)

    def checked(self) -> None:
        self.hw.status.check_pending = False

    def check_late(self) -> None:
        self.hw.status.check_timeout = True

    @after_pulse("dai_read.go")
    def dai_read(self) -> None:
        self._access()

    @after_pulse("dai_program.program", "dai_program.seal", "dai_program.zeroize")
    def dai_program(self) -> None:
        address = self.hw.dai_addr.address
        if not self.hw.supply.on:
            self.hazard("programmed a fuse without its supply")
        if address in self.programmed:
            self.hazard(f"programmed word 0x{address:x} twice")
        self.programmed |= {address}
        self._access()

    def _access(self) -> None:
        self.hw.status.dai_idle = False
        self.hw.dai_regwen.open = False
        self.after(self.access_time, self.idle)

    def idle(self) -> None:
        self.hw.status.dai_idle = True
        self.hw.dai_regwen.open = True
