"""Behaviour of the fuses: sensing at power-up, what it can find, checks, and direct access."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from bedplate.bus import ms, us
from bedplate.ip.otp.regs import OtpErrorE, OtpRegs
from bedplate.model import FaultKind, Model, QueuedEvent, after_pulse, fault_kinds

HARVEST_MARKER = 0x4856
SECRET = 0x005E_C3E7
AON_CYCLE = 1000 / 24
"""Period of the AON clock (ns)."""


class OtpModel(Model):
    """The fuses of one die. Settings are what was programmed."""

    regs = OtpRegs
    faults = fault_kinds(
        "stuck_busy",
        corrected=FaultKind("a bit of partition =partition is corrected: harmless", fits=range(4)),
        uncorrectable=FaultKind("a word of partition =partition cannot be corrected", fits=range(4)),
        digest=FaultKind("partition =partition does not match its digest", fits=range(4)),
        blank="the harvest word was never programmed",
        check_late="a check does not finish in time",
    )
    evidence = frozenset({"err_code"})
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
        self.checking: QueuedEvent | None = None
        self.after(self.sense_time, self.sensed)

    def sensed(self) -> None:
        """All words were read: fill the shadows, say what was found."""
        if self.fault("stuck_busy"):
            return
        harvest = () if self.fault("blank") else (HARVEST_MARKER << 16 | self.harvest,)
        for word in harvest:
            self.hw.harvest.absent = word & 0xFF
            self.hw.harvest.marker = word >> 16
        for shadow, word in zip(self.hw.calibration, self.calibration, strict=True):
            for sensor in range(4):
                setattr(shadow, f"trim{sensor}", word >> 8 * sensor & 0xFF)
        self.hw.thermal_trip.trim = self.thermal_trip
        self.hw.thermal_trip.valid = True
        serial = (self.serial & 0xFFFF_FFFF, self.serial >> 32)
        self.hw.serial.low, self.hw.serial.high = serial
        for digest, words in zip(self.hw.digest, (harvest, self.calibration, serial, (SECRET,)), strict=True):
            if words:
                digest.low, digest.high = digest_of(words)
        self._find("corrected", OtpErrorE.CORRECTED)
        self._find("uncorrectable", OtpErrorE.UNCORRECTABLE)
        self._find("digest", OtpErrorE.DIGEST)
        self.hw.status.dai_idle = True
        self.hw.dai_regwen.open = True
        self.hw.status.sensed = True
        self.outputs_changed()

    def _find(self, fault: str, code: OtpErrorE) -> None:
        planted = self.fault(fault)
        if planted is None:
            return
        partition = int(planted.value or 0)
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
        """One check at a time: a trigger begins anew. A late one without a budget never ends, and nobody hears of it."""
        self.cancel(self.checking)
        self.hw.status.check_pending = True
        if not self.fault("check_late"):
            self.checking = self.after(self.check_time, self.checked)
        elif self.hw.check_limit.cycles:
            self.checking = self.after(round(self.hw.check_limit.cycles * AON_CYCLE), self.check_late)

    def checked(self) -> None:
        """The check ends in time, and finds nothing."""
        self.hw.status.check_pending = False

    def check_late(self) -> None:
        """The check used up its budget."""
        self.hw.status.check_timeout = True

    @after_pulse("dai_read.go")
    def dai_read(self) -> None:
        """Begin a direct read: no other access begins until it is over."""
        self._access()

    @after_pulse("dai_program.burn", "dai_program.seal", "dai_program.zeroize")
    def dai_program(self) -> None:
        """Begin to burn, seal or zeroize a word: each only once, and with the supply on."""
        address = self.hw.dai_addr.address
        if not self.hw.supply.on:
            self.violation("programmed a fuse without its supply")
        if address in self.programmed:
            self.violation(f"programmed word 0x{address:x} twice")
        self.programmed |= {address}
        self._access()

    def _access(self) -> None:
        self.hw.status.dai_idle = False
        self.hw.dai_regwen.open = False
        self.after(self.access_time, self.idle)

    def idle(self) -> None:
        """The direct access is over: the next one may begin."""
        self.hw.status.dai_idle = True
        self.hw.dai_regwen.open = True


def digest_of(words: Sequence[int]) -> tuple[int, int]:
    """The digest of a partition (low, high word): CRC-32 as of IEEE 802.3 over its words, little-endian, from seeds 0 and 1."""
    contents = b"".join(word.to_bytes(4, "little") for word in words)
    return crc32(contents), crc32(contents, 1)
