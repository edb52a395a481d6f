# Generated from pvt.rdl by `bedplate gen`; do not edit. Digest of the description: 706a21758b91a9ac.
# fmt: off

from __future__ import annotations

from enum import IntEnum

from bedplate.reg import (
    Child,
    Effect,
    Field,
    Register,
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


class Id(Register):
    """Block identity: 'PVT1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    def wait(self, *, value: int | None = None, timeout: int) -> IdValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return IdValue(self._wait(mask, bits, timeout))


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


class IpCfg(Register):
    """What this group is made of."""
    __slots__ = ()
    Value = IpCfgValue

    def read(self) -> IpCfgValue:
        return IpCfgValue(self.bus.read(self.address))

    def wait(self, *, ts_count: int | None = None, vm_count: int | None = None, series: int | None = None, calibrated: bool | None = None, timeout: int) -> IpCfgValue:
        mask = bits = 0
        try:
            if ts_count is not None:
                if ts_count >> 5:
                    raise self._field("ts_count", ts_count)
                mask |= 0x1F
                bits |= ts_count
            if vm_count is not None:
                if vm_count >> 5:
                    raise self._field("vm_count", vm_count)
                mask |= 0x1F00
                bits |= vm_count << 8
            if series is not None:
                if series >> 4:
                    raise self._field("series", series)
                mask |= 0xF0000
                bits |= series << 16
            if calibrated is not None:
                if calibrated >> 1:
                    raise self._field("calibrated", calibrated)
                mask |= 0x80000000
                bits |= calibrated << 31
        except TypeError:
            raise self._no_number({"ts_count": ts_count, "vm_count": vm_count, "series": series, "calibrated": calibrated}) from None
        return IpCfgValue(self._wait(mask, bits, timeout))


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


class Timer(Register):
    """Free-running time."""
    __slots__ = ()
    Value = TimerValue

    def read(self) -> TimerValue:
        return TimerValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, timeout: int) -> TimerValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 32:
                    raise self._field("us", us)
                mask |= 0xFFFFFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return TimerValue(self._wait(mask, bits, timeout))


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


class ClkSynth(Register):
    """Clock synthesiser: divides the 100 MHz reference by hi + lo."""
    __slots__ = ()
    Value = ClkSynthValue

    def read(self) -> ClkSynthValue:
        return ClkSynthValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, lo: int | None = None, hi: int | None = None, strobe: int | None = None, en: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if lo is not None:
                if lo >> 8:
                    raise self._field("lo", lo)
                value = value & 0xFFFFFF00 | lo
            if hi is not None:
                if hi >> 8:
                    raise self._field("hi", hi)
                value = value & 0xFFFF00FF | hi << 8
            if strobe is not None:
                if strobe >> 4:
                    raise self._field("strobe", strobe)
                value = value & 0xFFF0FFFF | strobe << 16
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                value = value & 0xFEFFFFFF | en << 24
        except TypeError:
            raise self._no_number({"": value, "lo": lo, "hi": hi, "strobe": strobe, "en": en}) from None
        self.bus.write(self.address, value)

    def modify(self, *, lo: int | None = None, hi: int | None = None, strobe: int | None = None, en: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if lo is not None:
                if lo >> 8:
                    raise self._field("lo", lo)
                keep ^= 0xFF
                bits |= lo
            if hi is not None:
                if hi >> 8:
                    raise self._field("hi", hi)
                keep ^= 0xFF00
                bits |= hi << 8
            if strobe is not None:
                if strobe >> 4:
                    raise self._field("strobe", strobe)
                keep ^= 0xF0000
                bits |= strobe << 16
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                keep ^= 0x1000000
                bits |= en << 24
        except TypeError:
            raise self._no_number({"lo": lo, "hi": hi, "strobe": strobe, "en": en}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, lo: int | None = None, hi: int | None = None, strobe: int | None = None, en: bool | None = None, timeout: int) -> ClkSynthValue:
        mask = bits = 0
        try:
            if lo is not None:
                if lo >> 8:
                    raise self._field("lo", lo)
                mask |= 0xFF
                bits |= lo
            if hi is not None:
                if hi >> 8:
                    raise self._field("hi", hi)
                mask |= 0xFF00
                bits |= hi << 8
            if strobe is not None:
                if strobe >> 4:
                    raise self._field("strobe", strobe)
                mask |= 0xF0000
                bits |= strobe << 16
            if en is not None:
                if en >> 1:
                    raise self._field("en", en)
                mask |= 0x1000000
                bits |= en << 24
        except TypeError:
            raise self._no_number({"lo": lo, "hi": hi, "strobe": strobe, "en": en}) from None
        return ClkSynthValue(self._wait(mask, bits, timeout))


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


class Ctrl(Register):
    """Reset of the serial interfaces and the macros behind them."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, soft_reset: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if soft_reset is not None:
                if soft_reset >> 1:
                    raise self._field("soft_reset", soft_reset)
                value = value & 0xFFFFFFFE | soft_reset
        except TypeError:
            raise self._no_number({"": value, "soft_reset": soft_reset}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, soft_reset: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if soft_reset:
                if soft_reset >> 1:
                    raise self._field("soft_reset", soft_reset)
                bits |= soft_reset
        except TypeError:
            raise self._no_number({"soft_reset": soft_reset}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, soft_reset: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if soft_reset is not None:
                if soft_reset >> 1:
                    raise self._field("soft_reset", soft_reset)
                mask |= 0x1
                bits |= soft_reset
        except TypeError:
            raise self._no_number({"soft_reset": soft_reset}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


class CmdValue(Value):
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


class Cmd(Register):
    """One serial access: writing with prog set starts it."""
    __slots__ = ()
    Value = CmdValue

    def read(self) -> CmdValue:
        return CmdValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, wdata: int | None = None, addr: SdifAddrE | None = None, wrn: bool | None = None, prog: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if wdata is not None:
                if wdata >> 24:
                    raise self._field("wdata", wdata)
                value = value & 0xFF000000 | wdata
            if addr is not None:
                if addr >> 3:
                    raise self._field("addr", addr)
                value = value & 0xF8FFFFFF | addr << 24
            if wrn is not None:
                if wrn >> 1:
                    raise self._field("wrn", wrn)
                value = value & 0xF7FFFFFF | wrn << 27
            if prog is not None:
                if prog >> 1:
                    raise self._field("prog", prog)
                value = value & 0x7FFFFFFF | prog << 31
        except TypeError:
            raise self._no_number({"": value, "wdata": wdata, "addr": addr, "wrn": wrn, "prog": prog}) from None
        self.bus.write(self.address, value)

    def modify(self, *, wdata: int | None = None, addr: SdifAddrE | None = None, wrn: bool | None = None) -> None:
        keep = 0x7FFFFFFF
        bits = 0x0
        try:
            if wdata is not None:
                if wdata >> 24:
                    raise self._field("wdata", wdata)
                keep ^= 0xFFFFFF
                bits |= wdata
            if addr is not None:
                if addr >> 3:
                    raise self._field("addr", addr)
                keep ^= 0x7000000
                bits |= addr << 24
            if wrn is not None:
                if wrn >> 1:
                    raise self._field("wrn", wrn)
                keep ^= 0x8000000
                bits |= wrn << 27
        except TypeError:
            raise self._no_number({"wdata": wdata, "addr": addr, "wrn": wrn}) from None
        if keep != 0x7FFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, prog: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            bits = 0
            if prog:
                if prog >> 1:
                    raise self._field("prog", prog)
                bits |= prog << 31
        except TypeError:
            raise self._no_number({"prog": prog}) from None
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0x7FFFFFFF | bits)

    def wait(self, *, wdata: int | None = None, addr: SdifAddrE | None = None, wrn: bool | None = None, prog: bool | None = None, timeout: int) -> CmdValue:
        mask = bits = 0
        try:
            if wdata is not None:
                if wdata >> 24:
                    raise self._field("wdata", wdata)
                mask |= 0xFFFFFF
                bits |= wdata
            if addr is not None:
                if addr >> 3:
                    raise self._field("addr", addr)
                mask |= 0x7000000
                bits |= addr << 24
            if wrn is not None:
                if wrn >> 1:
                    raise self._field("wrn", wrn)
                mask |= 0x8000000
                bits |= wrn << 27
            if prog is not None:
                if prog >> 1:
                    raise self._field("prog", prog)
                mask |= 0x80000000
                bits |= prog << 31
        except TypeError:
            raise self._no_number({"wdata": wdata, "addr": addr, "wrn": wrn, "prog": prog}) from None
        return CmdValue(self._wait(mask, bits, timeout))


class StatusValue(Value):
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


class Status(Register):
    """The serial interface."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, busy: bool | None = None, lock: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x1
                bits |= busy
            if lock is not None:
                if lock >> 1:
                    raise self._field("lock", lock)
                mask |= 0x2
                bits |= lock << 1
        except TypeError:
            raise self._no_number({"busy": busy, "lock": lock}) from None
        return StatusValue(self._wait(mask, bits, timeout))


class HaltValue(Value):
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


class Halt(Register):
    """Hold the macros between two samples."""
    __slots__ = ()
    Value = HaltValue

    def read(self) -> HaltValue:
        return HaltValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, hold: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if hold is not None:
                if hold >> 1:
                    raise self._field("hold", hold)
                value = value & 0xFFFFFFFE | hold
        except TypeError:
            raise self._no_number({"": value, "hold": hold}) from None
        self.bus.write(self.address, value)

    def modify(self, *, hold: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if hold is not None:
                if hold >> 1:
                    raise self._field("hold", hold)
                keep ^= 0x1
                bits |= hold
        except TypeError:
            raise self._no_number({"hold": hold}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, hold: bool | None = None, timeout: int) -> HaltValue:
        mask = bits = 0
        try:
            if hold is not None:
                if hold >> 1:
                    raise self._field("hold", hold)
                mask |= 0x1
                bits |= hold
        except TypeError:
            raise self._no_number({"hold": hold}) from None
        return HaltValue(self._wait(mask, bits, timeout))


class MirrorValue(Value):
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


class Mirror(Register):
    """What the macros last accepted."""
    __slots__ = ()
    Value = MirrorValue

    def read(self) -> MirrorValue:
        return MirrorValue(self.bus.read(self.address))

    def wait(self, *, mode: int | None = None, delay: int | None = None, powered: bool | None = None, running: bool | None = None, timeout: int) -> MirrorValue:
        mask = bits = 0
        try:
            if mode is not None:
                if mode >> 8:
                    raise self._field("mode", mode)
                mask |= 0xFF
                bits |= mode
            if delay is not None:
                if delay >> 12:
                    raise self._field("delay", delay)
                mask |= 0xFFF0000
                bits |= delay << 16
            if powered is not None:
                if powered >> 1:
                    raise self._field("powered", powered)
                mask |= 0x10000000
                bits |= powered << 28
            if running is not None:
                if running >> 1:
                    raise self._field("running", running)
                mask |= 0x80000000
                bits |= running << 31
        except TypeError:
            raise self._no_number({"mode": mode, "delay": delay, "powered": powered, "running": running}) from None
        return MirrorValue(self._wait(mask, bits, timeout))


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
        Child("cmd", 0x0, Cmd),
        Child("status", 0x4, Status),
        Child("halt", 0x8, Halt),
        Child("mirror", 0xC, Mirror),
    )
    cmd: Cmd
    status: Status
    halt: Halt
    mirror: Mirror


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


class Done(Register):
    """Channels with at least one sample since the last soft reset. Reading changes nothing."""
    __slots__ = ()
    Value = DoneValue

    def read(self) -> DoneValue:
        return DoneValue(self.bus.read(self.address))

    def wait(self, *, ts: int | None = None, vm: int | None = None, timeout: int) -> DoneValue:
        mask = bits = 0
        try:
            if ts is not None:
                if ts >> 8:
                    raise self._field("ts", ts)
                mask |= 0xFF
                bits |= ts
            if vm is not None:
                if vm >> 8:
                    raise self._field("vm", vm)
                mask |= 0xFF00
                bits |= vm << 8
        except TypeError:
            raise self._no_number({"ts": ts, "vm": vm}) from None
        return DoneValue(self._wait(mask, bits, timeout))


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


class Faulty(Register):
    """Channels whose macro reports a fault, now."""
    __slots__ = ()
    Value = FaultyValue

    def read(self) -> FaultyValue:
        return FaultyValue(self.bus.read(self.address))

    def wait(self, *, ts: int | None = None, vm: int | None = None, timeout: int) -> FaultyValue:
        mask = bits = 0
        try:
            if ts is not None:
                if ts >> 8:
                    raise self._field("ts", ts)
                mask |= 0xFF
                bits |= ts
            if vm is not None:
                if vm >> 8:
                    raise self._field("vm", vm)
                mask |= 0xFF00
                bits |= vm << 8
        except TypeError:
            raise self._no_number({"ts": ts, "vm": vm}) from None
        return FaultyValue(self._wait(mask, bits, timeout))


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


class Oldest(Register):
    """The channel whose latest sample is oldest: a frozen value looks plausible, its age does not."""
    __slots__ = ()
    Value = OldestValue

    def read(self) -> OldestValue:
        return OldestValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, channel: int | None = None, vm: bool | None = None, timeout: int) -> OldestValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 16:
                    raise self._field("us", us)
                mask |= 0xFFFF
                bits |= us
            if channel is not None:
                if channel >> 4:
                    raise self._field("channel", channel)
                mask |= 0xF0000
                bits |= channel << 16
            if vm is not None:
                if vm >> 1:
                    raise self._field("vm", vm)
                mask |= 0x100000
                bits |= vm << 20
        except TypeError:
            raise self._no_number({"us": us, "channel": channel, "vm": vm}) from None
        return OldestValue(self._wait(mask, bits, timeout))


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


class AlarmA(Register):
    """Lower alarm of all temperature sensors, in codes of the macro."""
    __slots__ = ()
    Value = AlarmAValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> AlarmAValue:
        return AlarmAValue(self.bus.read(self.address))

    def write(self, value: int = 0xFFFFFFFF, /, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                value = value & 0xFFFF0000 | thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                value = value & 0xFFFF | hyst << 16
        except TypeError:
            raise self._no_number({"": value, "thresh": thresh, "hyst": hyst}) from None
        self.bus.write(self.address, value)

    def modify(self, *, thresh: int | None = None, hyst: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                keep ^= 0xFFFF
                bits |= thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                keep ^= 0xFFFF0000
                bits |= hyst << 16
        except TypeError:
            raise self._no_number({"thresh": thresh, "hyst": hyst}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, thresh: int | None = None, hyst: int | None = None, timeout: int) -> AlarmAValue:
        mask = bits = 0
        try:
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                mask |= 0xFFFF
                bits |= thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                mask |= 0xFFFF0000
                bits |= hyst << 16
        except TypeError:
            raise self._no_number({"thresh": thresh, "hyst": hyst}) from None
        return AlarmAValue(self._wait(mask, bits, timeout))


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


class AlarmB(Register):
    """Upper alarm of all temperature sensors, in codes of the macro: requests a thermal trip."""
    __slots__ = ()
    Value = AlarmBValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> AlarmBValue:
        return AlarmBValue(self.bus.read(self.address))

    def write(self, value: int = 0xFFFFFFFF, /, *, thresh: int | None = None, hyst: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                value = value & 0xFFFF0000 | thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                value = value & 0xFFFF | hyst << 16
        except TypeError:
            raise self._no_number({"": value, "thresh": thresh, "hyst": hyst}) from None
        self.bus.write(self.address, value)

    def modify(self, *, thresh: int | None = None, hyst: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                keep ^= 0xFFFF
                bits |= thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                keep ^= 0xFFFF0000
                bits |= hyst << 16
        except TypeError:
            raise self._no_number({"thresh": thresh, "hyst": hyst}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, thresh: int | None = None, hyst: int | None = None, timeout: int) -> AlarmBValue:
        mask = bits = 0
        try:
            if thresh is not None:
                if thresh >> 16:
                    raise self._field("thresh", thresh)
                mask |= 0xFFFF
                bits |= thresh
            if hyst is not None:
                if hyst >> 16:
                    raise self._field("hyst", hyst)
                mask |= 0xFFFF0000
                bits |= hyst << 16
        except TypeError:
            raise self._no_number({"thresh": thresh, "hyst": hyst}) from None
        return AlarmBValue(self._wait(mask, bits, timeout))


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


class IrqEn(Register):
    """Interrupt enables."""
    __slots__ = ()
    Value = IrqEnValue

    def read(self) -> IrqEnValue:
        return IrqEnValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if faulty is not None:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                value = value & 0xFFFFFFFE | faulty
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                value = value & 0xFFFFFFFD | done << 1
            if alarm_a is not None:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                value = value & 0xFFFFFFFB | alarm_a << 2
            if alarm_b is not None:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                value = value & 0xFFFFFFF7 | alarm_b << 3
        except TypeError:
            raise self._no_number({"": value, "faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        self.bus.write(self.address, value)

    def modify(self, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if faulty is not None:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                keep ^= 0x1
                bits |= faulty
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                keep ^= 0x2
                bits |= done << 1
            if alarm_a is not None:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                keep ^= 0x4
                bits |= alarm_a << 2
            if alarm_b is not None:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                keep ^= 0x8
                bits |= alarm_b << 3
        except TypeError:
            raise self._no_number({"faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None, timeout: int) -> IrqEnValue:
        mask = bits = 0
        try:
            if faulty is not None:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                mask |= 0x1
                bits |= faulty
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                mask |= 0x2
                bits |= done << 1
            if alarm_a is not None:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                mask |= 0x4
                bits |= alarm_a << 2
            if alarm_b is not None:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                mask |= 0x8
                bits |= alarm_b << 3
        except TypeError:
            raise self._no_number({"faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        return IrqEnValue(self._wait(mask, bits, timeout))


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


class IrqStatus(Register):
    """Interrupts. Evidence: one owner reads, then clears."""
    __slots__ = ()
    Value = IrqStatusValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> IrqStatusValue:
        return IrqStatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if faulty is not None:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                value = value & 0xFFFFFFFE | faulty
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                value = value & 0xFFFFFFFD | done << 1
            if alarm_a is not None:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                value = value & 0xFFFFFFFB | alarm_a << 2
            if alarm_b is not None:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                value = value & 0xFFFFFFF7 | alarm_b << 3
        except TypeError:
            raise self._no_number({"": value, "faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, faulty: bool = False, done: bool = False, alarm_a: bool = False, alarm_b: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0xF
            if faulty:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                bits |= faulty
            if done:
                if done >> 1:
                    raise self._field("done", done)
                bits |= done << 1
            if alarm_a:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                bits |= alarm_a << 2
            if alarm_b:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                bits |= alarm_b << 3
        except TypeError:
            raise self._no_number({"": value, "faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, faulty: bool | None = None, done: bool | None = None, alarm_a: bool | None = None, alarm_b: bool | None = None, timeout: int) -> IrqStatusValue:
        mask = bits = 0
        try:
            if faulty is not None:
                if faulty >> 1:
                    raise self._field("faulty", faulty)
                mask |= 0x1
                bits |= faulty
            if done is not None:
                if done >> 1:
                    raise self._field("done", done)
                mask |= 0x2
                bits |= done << 1
            if alarm_a is not None:
                if alarm_a >> 1:
                    raise self._field("alarm_a", alarm_a)
                mask |= 0x4
                bits |= alarm_a << 2
            if alarm_b is not None:
                if alarm_b >> 1:
                    raise self._field("alarm_b", alarm_b)
                mask |= 0x8
                bits |= alarm_b << 3
        except TypeError:
            raise self._no_number({"faulty": faulty, "done": done, "alarm_a": alarm_a, "alarm_b": alarm_b}) from None
        return IrqStatusValue(self._wait(mask, bits, timeout))


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


class HiloReset(Register):
    """Forget the extremes."""
    __slots__ = ()
    Value = HiloResetValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> HiloResetValue:
        return HiloResetValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, forget: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if forget is not None:
                if forget >> 1:
                    raise self._field("forget", forget)
                value = value & 0xFFFFFFFE | forget
        except TypeError:
            raise self._no_number({"": value, "forget": forget}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, forget: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if forget:
                if forget >> 1:
                    raise self._field("forget", forget)
                bits |= forget
        except TypeError:
            raise self._no_number({"forget": forget}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, forget: bool | None = None, timeout: int) -> HiloResetValue:
        mask = bits = 0
        try:
            if forget is not None:
                if forget >> 1:
                    raise self._field("forget", forget)
                mask |= 0x1
                bits |= forget
        except TypeError:
            raise self._no_number({"forget": forget}) from None
        return HiloResetValue(self._wait(mask, bits, timeout))


class DataValue(Value):
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


class Data(Register):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    Value = DataValue

    def read(self) -> DataValue:
        return DataValue(self.bus.read(self.address))

    def wait(self, *, sample: int | None = None, fault: bool | None = None, kind: bool | None = None, count: int | None = None, timeout: int) -> DataValue:
        mask = bits = 0
        try:
            if sample is not None:
                if sample >> 16:
                    raise self._field("sample", sample)
                mask |= 0xFFFF
                bits |= sample
            if fault is not None:
                if fault >> 1:
                    raise self._field("fault", fault)
                mask |= 0x10000
                bits |= fault << 16
            if kind is not None:
                if kind >> 1:
                    raise self._field("kind", kind)
                mask |= 0x20000
                bits |= kind << 17
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF000000
                bits |= count << 24
        except TypeError:
            raise self._no_number({"sample": sample, "fault": fault, "kind": kind, "count": count}) from None
        return DataValue(self._wait(mask, bits, timeout))


class AgeValue(Value):
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


class Age(Register):
    """Age of the latest sample."""
    __slots__ = ()
    Value = AgeValue

    def read(self) -> AgeValue:
        return AgeValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, timeout: int) -> AgeValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 16:
                    raise self._field("us", us)
                mask |= 0xFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return AgeValue(self._wait(mask, bits, timeout))


class HiloValue(Value):
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


class Hilo(Register):
    """Extremes since the last hilo_reset."""
    __slots__ = ()
    Value = HiloValue

    def read(self) -> HiloValue:
        return HiloValue(self.bus.read(self.address))

    def wait(self, *, lo: int | None = None, hi: int | None = None, timeout: int) -> HiloValue:
        mask = bits = 0
        try:
            if lo is not None:
                if lo >> 16:
                    raise self._field("lo", lo)
                mask |= 0xFFFF
                bits |= lo
            if hi is not None:
                if hi >> 16:
                    raise self._field("hi", hi)
                mask |= 0xFFFF0000
                bits |= hi << 16
        except TypeError:
            raise self._no_number({"lo": lo, "hi": hi}) from None
        return HiloValue(self._wait(mask, bits, timeout))


class TrimValue(Value):
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


class Trim(Register):
    """Offset of this sensor, from OTP."""
    __slots__ = ()
    Value = TrimValue

    def read(self) -> TrimValue:
        return TrimValue(self.bus.read(self.address))

    def wait(self, *, offset: int | None = None, timeout: int) -> TrimValue:
        mask = bits = 0
        try:
            if offset is not None:
                if offset >> 8:
                    raise self._field("offset", offset)
                mask |= 0xFF
                bits |= offset
        except TypeError:
            raise self._no_number({"offset": offset}) from None
        return TrimValue(self._wait(mask, bits, timeout))


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
        Child("data", 0x0, Data),
        Child("age", 0x4, Age),
        Child("hilo", 0x8, Hilo),
        Child("trim", 0xC, Trim),
    )
    data: Data
    age: Age
    hilo: Hilo
    trim: Trim


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


class VmData(Register):
    """Latest sample. Value and counter in one word: one read, then split."""
    __slots__ = ()
    Value = VmDataValue

    def read(self) -> VmDataValue:
        return VmDataValue(self.bus.read(self.address))

    def wait(self, *, sample: int | None = None, fault: bool | None = None, kind: bool | None = None, count: int | None = None, timeout: int) -> VmDataValue:
        mask = bits = 0
        try:
            if sample is not None:
                if sample >> 16:
                    raise self._field("sample", sample)
                mask |= 0xFFFF
                bits |= sample
            if fault is not None:
                if fault >> 1:
                    raise self._field("fault", fault)
                mask |= 0x10000
                bits |= fault << 16
            if kind is not None:
                if kind >> 1:
                    raise self._field("kind", kind)
                mask |= 0x20000
                bits |= kind << 17
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF000000
                bits |= count << 24
        except TypeError:
            raise self._no_number({"sample": sample, "fault": fault, "kind": kind, "count": count}) from None
        return VmDataValue(self._wait(mask, bits, timeout))


class Vm(RegisterBlock):
    __slots__ = (
        "data",
        "age",
    )
    SIZE = 0x8
    IS_FILE = True
    CHILDREN = (
        Child("data", 0x0, VmData),
        Child("age", 0x4, Age),
    )
    data: VmData
    age: Age


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
