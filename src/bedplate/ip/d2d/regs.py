# Generated from d2d.rdl by `bedplate gen`; do not edit. Digest of the description: df81f8fc55bbbbe9.
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


class LtsmE(IntEnum):
    RESET = 0
    """Disabled."""
    SBINIT = 1
    """The sideband is up."""
    MBINIT = 2
    """Told to train, waiting for the other end, for at most 8 ms."""
    MBTRAIN = 3
    """Both ends train."""
    LINKINIT = 4
    """Trained, waiting for the other end, for at most 8 ms."""
    ACTIVE = 5
    """The link is up."""
    TRAINERROR = 6
    """Training failed, or the link was lost; see `cause`."""


class CauseE(IntEnum):
    NONE = 0
    NO_PARTNER = 1
    """The other end was not told to train in time."""
    FAILED = 2
    """Lanes of this end did not train."""
    REMOTE = 3
    """The other end gave up training."""
    LOST = 4
    """The other end went away while the link was up."""
    LANES = 5
    """Lanes of this end failed while the link was up."""
    TIMEOUT = 6
    """The other end did not end its training in time."""


_LTSM_E = decoder(LtsmE, 4)
_CAUSE_E = decoder(CauseE, 3)


class IdValue(Value):
    """Block identity: 'D2D1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x44324431),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(Register):
    """Block identity: 'D2D1' in ASCII."""
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


class CtrlValue(Value):
    """Sideband and training engine. Disabling forgets everything but the log."""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("enable", 0, 1),
    )

    @property
    def enable(self) -> bool:
        """Out of reset. Take it away only while the link is down; bit 0, rw."""
        return (self & 0x1) != 0


class Ctrl(Register):
    """Sideband and training engine. Disabling forgets everything but the log."""
    __slots__ = ()
    Value = CtrlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, enable: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                value = value & 0xFFFFFFFE | enable
        except TypeError:
            raise self._no_number({"": value, "enable": enable}) from None
        self.bus.write(self.address, value)

    def modify(self, *, enable: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                keep ^= 0x1
                bits |= enable
        except TypeError:
            raise self._no_number({"enable": enable}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, enable: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                mask |= 0x1
                bits |= enable
        except TypeError:
            raise self._no_number({"enable": enable}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


class CmdValue(Value):
    """Commands, visible in the status before the next access."""
    __slots__ = ()
    NAME = "cmd"
    FIELDS = (
        Field("train", 0, 1, sw="w", singlepulse=True),
        Field("stop", 1, 1, sw="w", singlepulse=True),
    )


class Cmd(Register):
    """Commands, visible in the status before the next access."""
    __slots__ = ()
    Value = CmdValue
    EFFECT = Effect.STOPS_TRAFFIC

    def write(self, value: int = 0x0, /, *, train: bool | None = None, stop: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if train is not None:
                if train >> 1:
                    raise self._field("train", train)
                value = value & 0xFFFFFFFE | train
            if stop is not None:
                if stop >> 1:
                    raise self._field("stop", stop)
                value = value & 0xFFFFFFFD | stop << 1
        except TypeError:
            raise self._no_number({"": value, "train": train, "stop": stop}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, train: bool = False, stop: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if train:
                if train >> 1:
                    raise self._field("train", train)
                bits |= train
            if stop:
                if stop >> 1:
                    raise self._field("stop", stop)
                bits |= stop << 1
        except TypeError:
            raise self._no_number({"train": train, "stop": stop}) from None
        if bits:
            self.bus.write(self.address, bits)


class StatusValue(Value):
    """Where the end is."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("ltsm", 0, 4, sw="r", hw="w", enum=LtsmE),
        Field("partner", 8, 1, sw="r", hw="w"),
        Field("cause", 12, 3, sw="r", hw="w", enum=CauseE),
        Field("side", 16, 1, sw="r", hw="w"),
    )

    @property
    def ltsm(self) -> LtsmE:
        """Bits 3:0, r."""
        return _LTSM_E[self & 0xF]

    @property
    def partner(self) -> bool:
        """The other end is awake, and heard on the sideband; bit 8, r."""
        return (self & 0x100) != 0

    @property
    def cause(self) -> CauseE:
        """Why it is in TRAINERROR; bits 14:12, r."""
        return _CAUSE_E[self >> 12 & 0x7]

    @property
    def side(self) -> bool:
        """Which end this is, by its strap; bit 16, r."""
        return (self & 0x10000) != 0


class Status(Register):
    """Where the end is."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, ltsm: LtsmE | None = None, partner: bool | None = None, cause: CauseE | None = None, side: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if ltsm is not None:
                if ltsm >> 4:
                    raise self._field("ltsm", ltsm)
                mask |= 0xF
                bits |= ltsm
            if partner is not None:
                if partner >> 1:
                    raise self._field("partner", partner)
                mask |= 0x100
                bits |= partner << 8
            if cause is not None:
                if cause >> 3:
                    raise self._field("cause", cause)
                mask |= 0x7000
                bits |= cause << 12
            if side is not None:
                if side >> 1:
                    raise self._field("side", side)
                mask |= 0x10000
                bits |= side << 16
        except TypeError:
            raise self._no_number({"ltsm": ltsm, "partner": partner, "cause": cause, "side": side}) from None
        return StatusValue(self._wait(mask, bits, timeout))


class ElapsedValue(Value):
    """How long the present training has been running since it was asked for, or how long the last one took."""
    __slots__ = ()
    NAME = "elapsed"
    FIELDS = (
        Field("us", 0, 32, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, saturating; bits 31:0, r."""
        return self & 0xFFFFFFFF


class Elapsed(Register):
    """How long the present training has been running since it was asked for, or how long the last one took."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, timeout: int) -> ElapsedValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 32:
                    raise self._field("us", us)
                mask |= 0xFFFFFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return ElapsedValue(self._wait(mask, bits, timeout))


class LogValue(Value):
    """What went wrong. Evidence: survives everything but power-on reset."""
    __slots__ = ()
    NAME = "log"
    FIELDS = (
        Field("link_lost", 0, 1, hw="na", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE, props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("train_failed", 1, 1, hw="na", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE, props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
    )

    @property
    def link_lost(self) -> bool:
        """The link was lost while it was up; bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def train_failed(self) -> bool:
        """Lanes of this end did not train; bit 1, rw, woclr."""
        return (self & 0x2) != 0


class Log(Register):
    """What went wrong. Evidence: survives everything but power-on reset."""
    __slots__ = ()
    Value = LogValue

    def read(self) -> LogValue:
        return LogValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, link_lost: bool | None = None, train_failed: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if link_lost is not None:
                if link_lost >> 1:
                    raise self._field("link_lost", link_lost)
                value = value & 0xFFFFFFFE | link_lost
            if train_failed is not None:
                if train_failed >> 1:
                    raise self._field("train_failed", train_failed)
                value = value & 0xFFFFFFFD | train_failed << 1
        except TypeError:
            raise self._no_number({"": value, "link_lost": link_lost, "train_failed": train_failed}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, link_lost: bool = False, train_failed: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x3
            if link_lost:
                if link_lost >> 1:
                    raise self._field("link_lost", link_lost)
                bits |= link_lost
            if train_failed:
                if train_failed >> 1:
                    raise self._field("train_failed", train_failed)
                bits |= train_failed << 1
        except TypeError:
            raise self._no_number({"": value, "link_lost": link_lost, "train_failed": train_failed}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, link_lost: bool | None = None, train_failed: bool | None = None, timeout: int) -> LogValue:
        mask = bits = 0
        try:
            if link_lost is not None:
                if link_lost >> 1:
                    raise self._field("link_lost", link_lost)
                mask |= 0x1
                bits |= link_lost
            if train_failed is not None:
                if train_failed >> 1:
                    raise self._field("train_failed", train_failed)
                mask |= 0x2
                bits |= train_failed << 1
        except TypeError:
            raise self._no_number({"link_lost": link_lost, "train_failed": train_failed}) from None
        return LogValue(self._wait(mask, bits, timeout))


class D2dRegs(RegisterBlock):
    """D2D
    One end of a die-to-die link.
    """
    __slots__ = (
        "id",
        "ctrl",
        "cmd",
        "status",
        "elapsed",
        "log",
    )
    SIZE = 0x18
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("ctrl", 0x4, Ctrl),
        Child("cmd", 0x8, Cmd),
        Child("status", 0xC, Status),
        Child("elapsed", 0x10, Elapsed),
        Child("log", 0x14, Log),
    )
    id: Id
    ctrl: Ctrl
    cmd: Cmd
    status: Status
    elapsed: Elapsed
    log: Log
