# Generated from pvt.rdl by `bedplate gen`; do not edit. Digest of the description: cc1cfd617ab8aafd.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    RegisterBlock,
    Value,
    decoder,
)


class SdifAddrE(IntEnum):
    CTRL = 0
    """Bit 0 run continuously, bit 2 power down."""
    CFG = 1
    """Bits 7:0 mode."""
    TIMER = 2
    """Bits 11:0 power-up delay in sensor clock cycles."""


_SDIF_ADDR_E = decoder(SdifAddrE, 3)


class IdValue(Value):
    """Block identity: 'PVT1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x50565431),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'PVT1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class IpCfgValue(Value):
    """What this group is made of."""
    __slots__ = ()
    NAME = "ip_cfg"
    FIELDS = (
        Field("ts_count", 0, 5, sw="r", hw="na", reset=4),
        Field("vm_count", 8, 5, sw="r", hw="na", reset=4),
        Field("series", 16, 4, sw="r", hw="w", reset=6),
        Field("calibrated", 31, 1, sw="r", hw="w"),
    )

    @property
    def ts_count(self) -> int:
        """Temperature sensors; bits 4:0, r."""
        return self & 0x1F

    @property
    def vm_count(self) -> int:
        """Voltage channels; bits 12:8, r."""
        return self >> 8 & 0x1F

    @property
    def series(self) -> int:
        """Sensor series: decides the temperature curve; bits 19:16, r."""
        return self >> 16 & 0xF

    @property
    def calibrated(self) -> bool:
        """The offsets were handed over by OTP; bit 31, r."""
        return (self & 0x80000000) != 0


class IpCfg(ReadableRegister):
    """What this group is made of."""
    __slots__ = ()
    Value = IpCfgValue

    def read(self) -> IpCfgValue:
        return IpCfgValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, ts_count: int = ..., vm_count: int = ..., series: int = ..., calibrated: bool = ..., timeout: int) -> IpCfgValue: ...


class TimerValue(Value):
    """Free-running time."""
    __slots__ = ()
    NAME = "timer"
    FIELDS = (
        Field("us", 0, 32, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, wrapping; bits 31:0, r."""
        return self & 0xFFFFFFFF


class Timer(ReadableRegister):
    """Free-running time."""
    __slots__ = ()
    Value = TimerValue

    def read(self) -> TimerValue:
        return TimerValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> TimerValue: ...


class ClkSynthValue(Value):
    """Clock synthesiser: divides the 100 MHz reference by hi + lo."""
    __slots__ = ()
    NAME = "clk_synth"
    FIELDS = (
        Field("lo", 0, 8),
        Field("hi", 8, 8),
        Field("strobe", 16, 4),
        Field("en", 24, 1),
    )

    @property
    def lo(self) -> int:
        """Reference cycles that the sensor clock is low; bits 7:0, rw."""
        return self & 0xFF

    @property
    def hi(self) -> int:
        """Reference cycles that the sensor clock is high; bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def strobe(self) -> int:
        """Sensor clock cycles to strobe; bits 19:16, rw."""
        return self >> 16 & 0xF

    @property
    def en(self) -> bool:
        """The sensor clock runs; bit 24, rw."""
        return (self & 0x1000000) != 0


class ClkSynth(ReadableRegister):
    """Clock synthesiser: divides the 100 MHz reference by hi + lo."""
    __slots__ = ()
    Value = ClkSynthValue

    def read(self) -> ClkSynthValue:
        return ClkSynthValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, lo: int | None = None, hi: int | None = None, strobe: int | None = None, en: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if lo is not None: word = word & 0xFFFFFF00 | lo; over |= lo >> 8
            if hi is not None: word = word & 0xFFFF00FF | hi << 8; over |= hi >> 8
            if strobe is not None: word = word & 0xFFF0FFFF | strobe << 16; over |= strobe >> 4
            if en is not None: word = word & 0xFEFFFFFF | en << 24; over |= en >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, lo=lo, hi=hi, strobe=strobe, en=en)
        self.bus.write(self.address, word)

    def modify(self, *, lo: int | None = None, hi: int | None = None, strobe: int | None = None, en: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if lo is not None: keep ^= 0xFF; bits |= lo; over |= lo >> 8
            if hi is not None: keep ^= 0xFF00; bits |= hi << 8; over |= hi >> 8
            if strobe is not None: keep ^= 0xF0000; bits |= strobe << 16; over |= strobe >> 4
            if en is not None: keep ^= 0x1000000; bits |= en << 24; over |= en >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", lo=lo, hi=hi, strobe=strobe, en=en)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, lo: int = ..., hi: int = ..., strobe: int = ..., en: bool = ..., timeout: int) -> ClkSynthValue: ...


class CtrlValue(Value):
    """Reset of the serial interfaces and the macros behind them."""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("soft_reset", 0, 1, singlepulse=True),
    )

    @property
    def soft_reset(self) -> bool:
        """Bit 0, rw, single pulse."""
        return (self & 0x1) != 0


class Ctrl(ReadableRegister):
    """Reset of the serial interfaces and the macros behind them."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, soft_reset: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if soft_reset is not None: word = word & 0xFFFFFFFE | soft_reset; over |= soft_reset >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, soft_reset=soft_reset)
        self.bus.write(self.address, word)

    def pulse(self, *, soft_reset: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if soft_reset: bits |= soft_reset; over |= soft_reset >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", soft_reset=soft_reset)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, soft_reset: bool = ..., timeout: int) -> CtrlValue: ...


class SdifCmdValue(Value):
    """One serial access: writing with prog set starts it."""
    __slots__ = ()
    NAME = "cmd"
    FIELDS = (
        Field("wdata", 0, 24),
        Field("addr", 24, 3, enum=SdifAddrE),
        Field("wrn", 27, 1),
        Field("prog", 31, 1, singlepulse=True),
    )

    @property
    def wdata(self) -> int:
        """Bits 23:0, rw."""
        return self & 0xFFFFFF

    @property
    def addr(self) -> SdifAddrE:
        """Bits 26:24, rw."""
        return _SDIF_ADDR_E[self >> 24 & 0x7]

    @property
    def wrn(self) -> bool:
        """1 writes, 0 reads; bit 27, rw."""
        return (self & 0x8000000) != 0

    @property
    def prog(self) -> bool:
        """Bit 31, rw, single pulse."""
        return (self & 0x80000000) != 0


class SdifCmd(ReadableRegister):
    """One serial access: writing with prog set starts it."""
    __slots__ = ()
    Value = SdifCmdValue

    def read(self) -> SdifCmdValue:
        return SdifCmdValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, wdata: int | None = None, addr: SdifAddrE | None = None, wrn: bool | None = None, prog: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if wdata is not None: word = word & 0xFF000000 | wdata; over |= wdata >> 24
            if addr is not None: word = word & 0xF8FFFFFF | addr << 24; over |= addr >> 3
            if wrn is not None: word = word & 0xF7FFFFFF | wrn << 27; over |= wrn >> 1
            if prog is not None: word = word & 0x7FFFFFFF | prog << 31; over |= prog >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, wdata=wdata, addr=addr, wrn=wrn, prog=prog)
        self.bus.write(self.address, word)

    def modify(self, *, wdata: int | None = None, addr: SdifAddrE | None = None, wrn: bool | None = None) -> None:
        try:
            keep, bits, over = 0x7FFFFFFF, 0x0, 0
            if wdata is not None: keep ^= 0xFFFFFF; bits |= wdata; over |= wdata >> 24
            if addr is not None: keep ^= 0x7000000; bits |= addr << 24; over |= addr >> 3
            if wrn is not None: keep ^= 0x8000000; bits |= wrn << 27; over |= wrn >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", wdata=wdata, addr=addr, wrn=wrn)
        if keep != 0x7FFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, prog: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            over = bits = 0
            if prog: bits |= prog << 31; over |= prog >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", prog=prog)
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0x7FFFFFFF | bits)

    if TYPE_CHECKING:
        def wait(self, *, wdata: int = ..., addr: SdifAddrE = ..., wrn: bool = ..., prog: bool = ..., timeout: int) -> SdifCmdValue: ...


class SdifStatusValue(Value):
    """The serial interface."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("lock", 1, 1, sw="r", hw="w"),
    )

    @property
    def busy(self) -> bool:
        """Shifting; visible before the next access. Commands are ignored meanwhile; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def lock(self) -> bool:
        """Accesses are locked out; bit 1, r."""
        return (self & 0x2) != 0


class SdifStatus(ReadableRegister):
    """The serial interface."""
    __slots__ = ()
    Value = SdifStatusValue

    def read(self) -> SdifStatusValue:
        return SdifStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., lock: bool = ..., timeout: int) -> SdifStatusValue: ...


class SdifHaltValue(Value):
    """Hold the macros between two samples."""
    __slots__ = ()
    NAME = "halt"
    FIELDS = (
        Field("hold", 0, 1),
    )

    @property
    def hold(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0


class SdifHalt(ReadableRegister):
    """Hold the macros between two samples."""
    __slots__ = ()
    Value = SdifHaltValue

    def read(self) -> SdifHaltValue:
        return SdifHaltValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, hold: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if hold is not None: word = word & 0xFFFFFFFE | hold; over |= hold >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, hold=hold)
        self.bus.write(self.address, word)

    def modify(self, *, hold: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if hold is not None: keep ^= 0x1; bits |= hold; over |= hold >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", hold=hold)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, hold: bool = ..., timeout: int) -> SdifHaltValue: ...


class SdifMirrorValue(Value):
    """What the macros last accepted."""
    __slots__ = ()
    NAME = "mirror"
    FIELDS = (
        Field("mode", 0, 8, sw="r", hw="w"),
        Field("delay", 16, 12, sw="r", hw="w"),
        Field("powered", 28, 1, sw="r", hw="w"),
        Field("running", 31, 1, sw="r", hw="w"),
    )

    @property
    def mode(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def delay(self) -> int:
        """Power-up delay, in sensor clock cycles; bits 27:16, r."""
        return self >> 16 & 0xFFF

    @property
    def powered(self) -> bool:
        """Powered up; bit 28, r."""
        return (self & 0x10000000) != 0

    @property
    def running(self) -> bool:
        """Sampling continuously; bit 31, r."""
        return (self & 0x80000000) != 0


class SdifMirror(ReadableRegister):
    """What the macros last accepted."""
    __slots__ = ()
    Value = SdifMirrorValue

    def read(self) -> SdifMirrorValue:
        return SdifMirrorValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, mode: int = ..., delay: int = ..., powered: bool = ..., running: bool = ..., timeout: int) -> SdifMirrorValue: ...


class Sdif(RegisterBlock):
    __slots__ = (
        "cmd",
        "status",
        "halt",
        "mirror",
    )
    SIZE = 0x10
    IS_FILE = True
    CHILDREN = (
        Child("cmd", 0x0, SdifCmd),
        Child("status", 0x4, SdifStatus),
        Child("halt", 0x8, SdifHalt),
        Child("mirror", 0xC, SdifMirror),
    )
    cmd: SdifCmd
    status: SdifStatus
    halt: SdifHalt
    mirror: SdifMirror


class DoneValue(Value):
    """Channels with at least one sample since the last soft reset. Reading changes nothing."""
    __slots__ = ()
    NAME = "done"
    FIELDS = (
        Field("ts", 0, 8, sw="r", hw="w"),
        Field("vm", 8, 8, sw="r", hw="w"),
    )

    @property
    def ts(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def vm(self) -> int:
        """Bits 15:8, r."""
        return self >> 8 & 0xFF


class Done(ReadableRegister):
    """Channels with at least one sample since the last soft reset. Reading changes nothing."""
    __slots__ = ()
    Value = DoneValue

    def read(self) -> DoneValue:
        return DoneValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, ts: int = ..., vm: int = ..., timeout: int) -> DoneValue: ...


class FaultyValue(Value):
    """Channels whose macro reports a fault, now."""
    __slots__ = ()
    NAME = "faulty"
    FIELDS = (
        Field("ts", 0, 8, sw="r", hw="w"),
        Field("vm", 8, 8, sw="r", hw="w"),
    )

    @property
    def ts(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def vm(self) -> int:
        """Bits 15:8, r."""
        return self >> 8 & 0xFF


class Faulty(ReadableRegister):
    """Channels whose macro reports a fault, now."""
    __slots__ = ()
    Value = FaultyValue

    def read(self) -> FaultyValue:
        return FaultyValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, ts: int = ..., vm: int = ..., timeout: int) -> FaultyValue: ...


class OldestValue(Value):
    """The channel whose latest sample is oldest: a frozen value looks plausible, its age does not."""
    __slots__ = ()
    NAME = "oldest"
    FIELDS = (
        Field("us", 0, 16, sw="r", hw="w"),
        Field("channel", 16, 4, sw="r", hw="w"),
        Field("vm", 20, 1, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds since that sample, saturating; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def channel(self) -> int:
        """Which channel; bits 19:16, r."""
        return self >> 16 & 0xF

    @property
    def vm(self) -> bool:
        """It is a voltage channel; bit 20, r."""
        return (self & 0x100000) != 0


class Oldest(ReadableRegister):
    """The channel whose latest sample is oldest: a frozen value looks plausible, its age does not."""
    __slots__ = ()
    Value = OldestValue

    def read(self) -> OldestValue:
        return OldestValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., channel: int = ..., vm: bool = ..., timeout: int) -> OldestValue: ...


class AlarmAValue(Value):
    """Lower alarm of all temperature sensors, in codes of the macro."""
    __slots__ = ()
    NAME = "alarm_a"
    FIELDS = (
        Field("thresh", 0, 16, reset=0xFFFF),
        Field("hyst", 16, 16, reset=0xFFFF),
    )

    @property
    def thresh(self) -> int:
        """Raised at and above; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def hyst(self) -> int:
        """Withdrawn below; bits 31:16, rw."""
        return self >> 16 & 0xFFFF


class AlarmA(ReadableRegister):
    """Lower alarm of all temperature sensors, in codes of the macro."""
    __slots__ = ()
    Value = AlarmAValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> AlarmAValue:
        return AlarmAValue(self.bus.read(self.address))

    def write(self, value: int = 0xFFFFFFFF, /, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if thresh is not None: word = word & 0xFFFF0000 | thresh; over |= thresh >> 16
            if hyst is not None: word = word & 0xFFFF | hyst << 16; over |= hyst >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, thresh=thresh, hyst=hyst)
        self.bus.write(self.address, word)

    def modify(self, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if thresh is not None: keep ^= 0xFFFF; bits |= thresh; over |= thresh >> 16
            if hyst is not None: keep ^= 0xFFFF0000; bits |= hyst << 16; over |= hyst >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", thresh=thresh, hyst=hyst)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, thresh: int = ..., hyst: int = ..., timeout: int) -> AlarmAValue: ...


class AlarmBValue(Value):
    """Upper alarm of all temperature sensors, in codes of the macro: requests a thermal trip."""
    __slots__ = ()
    NAME = "alarm_b"
    FIELDS = (
        Field("thresh", 0, 16, reset=0xFFFF),
        Field("hyst", 16, 16, reset=0xFFFF),
    )

    @property
    def thresh(self) -> int:
        """Raised at and above; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def hyst(self) -> int:
        """Withdrawn below; bits 31:16, rw."""
        return self >> 16 & 0xFFFF


class AlarmB(ReadableRegister):
    """Upper alarm of all temperature sensors, in codes of the macro: requests a thermal trip."""
    __slots__ = ()
    Value = AlarmBValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> AlarmBValue:
        return AlarmBValue(self.bus.read(self.address))

    def write(self, value: int = 0xFFFFFFFF, /, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if thresh is not None: word = word & 0xFFFF0000 | thresh; over |= thresh >> 16
            if hyst is not None: word = word & 0xFFFF | hyst << 16; over |= hyst >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, thresh=thresh, hyst=hyst)
        self.bus.write(self.address, word)

    def modify(self, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if thresh is not None: keep ^= 0xFFFF; bits |= thresh; over |= thresh >> 16
            if hyst is not None: keep ^= 0xFFFF0000; bits |= hyst << 16; over |= hyst >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", thresh=thresh, hyst=hyst)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, thresh: int = ..., hyst: int = ..., timeout: int) -> AlarmBValue: ...


class IrqEnValue(Value):
    """Interrupt enables."""
    __slots__ = ()
    NAME = "irq_en"
    FIELDS = (
        Field("faulty", 0, 1),
        Field("done", 1, 1),
        Field("alarm_a", 2, 1),
        Field("alarm_b", 3, 1),
    )

    @property
    def faulty(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def done(self) -> bool:
        """Bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def alarm_a(self) -> bool:
        """Bit 2, rw."""
        return (self & 0x4) != 0

    @property
    def alarm_b(self) -> bool:
        """Bit 3, rw."""
        return (self & 0x8) != 0


class IrqEn(ReadableRegister):
    """Interrupt enables."""
    __slots__ = ()
    Value = IrqEnValue

    def read(self) -> IrqEnValue:
        return IrqEnValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if faulty is not None: word = word & 0xFFFFFFFE | faulty; over |= faulty >> 1
            if done is not None: word = word & 0xFFFFFFFD | done << 1; over |= done >> 1
            if alarm_a is not None: word = word & 0xFFFFFFFB | alarm_a << 2; over |= alarm_a >> 1
            if alarm_b is not None: word = word & 0xFFFFFFF7 | alarm_b << 3; over |= alarm_b >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, faulty=faulty, done=done, alarm_a=alarm_a, alarm_b=alarm_b)
        self.bus.write(self.address, word)

    def modify(self, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if faulty is not None: keep ^= 0x1; bits |= faulty; over |= faulty >> 1
            if done is not None: keep ^= 0x2; bits |= done << 1; over |= done >> 1
            if alarm_a is not None: keep ^= 0x4; bits |= alarm_a << 2; over |= alarm_a >> 1
            if alarm_b is not None: keep ^= 0x8; bits |= alarm_b << 3; over |= alarm_b >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", faulty=faulty, done=done, alarm_a=alarm_a, alarm_b=alarm_b)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, faulty: bool = ..., done: bool = ..., alarm_a: bool = ..., alarm_b: bool = ..., timeout: int) -> IrqEnValue: ...


class IrqStatusValue(Value):
    """Interrupts. Evidence: one owner reads, then clears."""
    __slots__ = ()
    NAME = "irq_status"
    FIELDS = (
        Field("faulty", 0, 1, hw="w", onwrite="woclr", props={"enable": "irq_en.faulty", "intr": "level", "precedence": "hw", "stickybit": True}),
        Field("done", 1, 1, hw="w", onwrite="woclr", props={"enable": "irq_en.done", "intr": "level", "precedence": "hw", "stickybit": True}),
        Field("alarm_a", 2, 1, hw="w", onwrite="woclr", props={"enable": "irq_en.alarm_a", "intr": "level", "precedence": "hw", "stickybit": True}),
        Field("alarm_b", 3, 1, hw="w", onwrite="woclr", props={"enable": "irq_en.alarm_b", "intr": "level", "precedence": "hw", "stickybit": True}),
    )

    @property
    def faulty(self) -> bool:
        """Bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def done(self) -> bool:
        """Bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def alarm_a(self) -> bool:
        """Bit 2, rw, woclr."""
        return (self & 0x4) != 0

    @property
    def alarm_b(self) -> bool:
        """Bit 3, rw, woclr."""
        return (self & 0x8) != 0


class IrqStatus(ReadableRegister):
    """Interrupts. Evidence: one owner reads, then clears."""
    __slots__ = ()
    Value = IrqStatusValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> IrqStatusValue:
        return IrqStatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if faulty is not None: word = word & 0xFFFFFFFE | faulty; over |= faulty >> 1
            if done is not None: word = word & 0xFFFFFFFD | done << 1; over |= done >> 1
            if alarm_a is not None: word = word & 0xFFFFFFFB | alarm_a << 2; over |= alarm_a >> 1
            if alarm_b is not None: word = word & 0xFFFFFFF7 | alarm_b << 3; over |= alarm_b >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, faulty=faulty, done=done, alarm_a=alarm_a, alarm_b=alarm_b)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, faulty: bool = False, done: bool = False, alarm_a: bool = False, alarm_b: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0xF
            if faulty: bits |= faulty; over |= faulty >> 1
            if done: bits |= done << 1; over |= done >> 1
            if alarm_a: bits |= alarm_a << 2; over |= alarm_a >> 1
            if alarm_b: bits |= alarm_b << 3; over |= alarm_b >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, faulty=faulty, done=done, alarm_a=alarm_a, alarm_b=alarm_b)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, faulty: bool = ..., done: bool = ..., alarm_a: bool = ..., alarm_b: bool = ..., timeout: int) -> IrqStatusValue: ...


class HiloResetValue(Value):
    """Forget the extremes."""
    __slots__ = ()
    NAME = "hilo_reset"
    FIELDS = (
        Field("forget", 0, 1, singlepulse=True),
    )

    @property
    def forget(self) -> bool:
        """Bit 0, rw, single pulse."""
        return (self & 0x1) != 0


class HiloReset(ReadableRegister):
    """Forget the extremes."""
    __slots__ = ()
    Value = HiloResetValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> HiloResetValue:
        return HiloResetValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, forget: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if forget is not None: word = word & 0xFFFFFFFE | forget; over |= forget >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, forget=forget)
        self.bus.write(self.address, word)

    def pulse(self, *, forget: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if forget: bits |= forget; over |= forget >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", forget=forget)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, forget: bool = ..., timeout: int) -> HiloResetValue: ...


class TsDataValue(Value):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    NAME = "data"
    FIELDS = (
        Field("sample", 0, 16, sw="r", hw="w"),
        Field("fault", 16, 1, sw="r", hw="w"),
        Field("kind", 17, 1, sw="r", hw="w"),
        Field("count", 24, 8, sw="r", hw="w"),
    )

    @property
    def sample(self) -> int:
        """Code of the macro; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def fault(self) -> bool:
        """The macro reports a fault: the value means nothing; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def kind(self) -> bool:
        """1 voltage, 0 temperature; bit 17, r."""
        return (self & 0x20000) != 0

    @property
    def count(self) -> int:
        """Samples taken, wrapping; bits 31:24, r."""
        return self >> 24 & 0xFF


class TsData(ReadableRegister):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    Value = TsDataValue

    def read(self) -> TsDataValue:
        return TsDataValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, sample: int = ..., fault: bool = ..., kind: bool = ..., count: int = ..., timeout: int) -> TsDataValue: ...


class TsAgeValue(Value):
    """Age of the latest sample."""
    __slots__ = ()
    NAME = "age"
    FIELDS = (
        Field("us", 0, 16, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, saturating; bits 15:0, r."""
        return self & 0xFFFF


class TsAge(ReadableRegister):
    """Age of the latest sample."""
    __slots__ = ()
    Value = TsAgeValue

    def read(self) -> TsAgeValue:
        return TsAgeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> TsAgeValue: ...


class TsHiloValue(Value):
    """Extremes since the last hilo_reset."""
    __slots__ = ()
    NAME = "hilo"
    FIELDS = (
        Field("lo", 0, 16, sw="r", hw="w", reset=0xFFFF),
        Field("hi", 16, 16, sw="r", hw="w"),
    )

    @property
    def lo(self) -> int:
        """Bits 15:0, r."""
        return self & 0xFFFF

    @property
    def hi(self) -> int:
        """Bits 31:16, r."""
        return self >> 16 & 0xFFFF


class TsHilo(ReadableRegister):
    """Extremes since the last hilo_reset."""
    __slots__ = ()
    Value = TsHiloValue

    def read(self) -> TsHiloValue:
        return TsHiloValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, lo: int = ..., hi: int = ..., timeout: int) -> TsHiloValue: ...


class TsTrimValue(Value):
    """Offset of this sensor, from OTP."""
    __slots__ = ()
    NAME = "trim"
    FIELDS = (
        Field("offset", 0, 8, sw="r", hw="w"),
    )

    @property
    def offset(self) -> int:
        """Signed, in 1/8 degC; bits 7:0, r."""
        return self & 0xFF


class TsTrim(ReadableRegister):
    """Offset of this sensor, from OTP."""
    __slots__ = ()
    Value = TsTrimValue

    def read(self) -> TsTrimValue:
        return TsTrimValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, offset: int = ..., timeout: int) -> TsTrimValue: ...


class Ts(RegisterBlock):
    __slots__ = (
        "data",
        "age",
        "hilo",
        "trim",
    )
    SIZE = 0x10
    IS_FILE = True
    CHILDREN = (
        Child("data", 0x0, TsData),
        Child("age", 0x4, TsAge),
        Child("hilo", 0x8, TsHilo),
        Child("trim", 0xC, TsTrim),
    )
    data: TsData
    age: TsAge
    hilo: TsHilo
    trim: TsTrim


class VmDataValue(Value):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    NAME = "data"
    FIELDS = (
        Field("sample", 0, 16, sw="r", hw="w"),
        Field("fault", 16, 1, sw="r", hw="w"),
        Field("kind", 17, 1, sw="r", hw="w", reset=1),
        Field("count", 24, 8, sw="r", hw="w"),
    )

    @property
    def sample(self) -> int:
        """Code of the macro, 14 bits; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def fault(self) -> bool:
        """The macro reports a fault: the value means nothing; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def kind(self) -> bool:
        """1 voltage, 0 temperature; bit 17, r."""
        return (self & 0x20000) != 0

    @property
    def count(self) -> int:
        """Samples taken, wrapping; bits 31:24, r."""
        return self >> 24 & 0xFF


class VmData(ReadableRegister):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    Value = VmDataValue

    def read(self) -> VmDataValue:
        return VmDataValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, sample: int = ..., fault: bool = ..., kind: bool = ..., count: int = ..., timeout: int) -> VmDataValue: ...


class VmAgeValue(Value):
    """Age of the latest sample."""
    __slots__ = ()
    NAME = "age"
    FIELDS = (
        Field("us", 0, 16, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, saturating; bits 15:0, r."""
        return self & 0xFFFF


class VmAge(ReadableRegister):
    """Age of the latest sample."""
    __slots__ = ()
    Value = VmAgeValue

    def read(self) -> VmAgeValue:
        return VmAgeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> VmAgeValue: ...


class Vm(RegisterBlock):
    __slots__ = (
        "data",
        "age",
    )
    SIZE = 0x8
    IS_FILE = True
    CHILDREN = (
        Child("data", 0x0, VmData),
        Child("age", 0x4, VmAge),
    )
    data: VmData
    age: VmAge


class PvtRegs(RegisterBlock):
    """PVT
    Temperature and voltage sensors with clock synthesiser, serial interfaces, sampling and alarms.
    """
    __slots__ = (
        "id",
        "ip_cfg",
        "timer",
        "clk_synth",
        "ctrl",
        "sdif",
        "done",
        "faulty",
        "oldest",
        "alarm_a",
        "alarm_b",
        "irq_en",
        "irq_status",
        "hilo_reset",
        "ts",
        "vm",
    )
    SIZE = 0x178
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("ip_cfg", 0x4, IpCfg),
        Child("timer", 0x8, Timer),
        Child("clk_synth", 0xC, ClkSynth),
        Child("ctrl", 0x10, Ctrl),
        Child("sdif", 0x20, Sdif, (2,), 0x10),
        Child("done", 0x40, Done),
        Child("faulty", 0x44, Faulty),
        Child("oldest", 0x48, Oldest),
        Child("alarm_a", 0x50, AlarmA),
        Child("alarm_b", 0x54, AlarmB),
        Child("irq_en", 0x58, IrqEn),
        Child("irq_status", 0x5C, IrqStatus),
        Child("hilo_reset", 0x60, HiloReset),
        Child("ts", 0x100, Ts, (4,), 0x10),
        Child("vm", 0x140, Vm, (4,), 0x10),
    )
    id: Id
    ip_cfg: IpCfg
    timer: Timer
    clk_synth: ClkSynth
    ctrl: Ctrl
    sdif: tuple[Sdif, ...]
    done: Done
    faulty: Faulty
    oldest: Oldest
    alarm_a: AlarmA
    alarm_b: AlarmB
    irq_en: IrqEn
    irq_status: IrqStatus
    hilo_reset: HiloReset
    ts: tuple[Ts, ...]
    vm: tuple[Vm, ...]
