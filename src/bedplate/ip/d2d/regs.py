# Generated from d2d.rdl by `bedplate gen`; do not edit. Digest of the description: 2afd85ae64f01146.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
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


class Id(ReadableRegister):
    """Block identity: 'D2D1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


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


class Ctrl(ReadableRegister):
    """Sideband and training engine. Disabling forgets everything but the log."""
    __slots__ = ()
    Value = CtrlValue
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, enable: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if enable is not None: word = word & 0xFFFFFFFE | enable; over |= enable >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, enable=enable)
        self.bus.write(self.address, word)

    def modify(self, *, enable: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if enable is not None: keep ^= 0x1; bits |= enable; over |= enable >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", enable=enable)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, enable: bool = ..., timeout: int) -> CtrlValue: ...


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
            word, over = value, value >> 32
            if train is not None: word = word & 0xFFFFFFFE | train; over |= train >> 1
            if stop is not None: word = word & 0xFFFFFFFD | stop << 1; over |= stop >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, train=train, stop=stop)
        self.bus.write(self.address, word)

    def pulse(self, *, train: bool = False, stop: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if train: bits |= train; over |= train >> 1
            if stop: bits |= stop << 1; over |= stop >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", train=train, stop=stop)
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


class Status(ReadableRegister):
    """Where the end is."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, ltsm: LtsmE = ..., partner: bool = ..., cause: CauseE = ..., side: bool = ..., timeout: int) -> StatusValue: ...


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


class Elapsed(ReadableRegister):
    """How long the present training has been running since it was asked for, or how long the last one took."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> ElapsedValue: ...


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


class Log(ReadableRegister):
    """What went wrong. Evidence: survives everything but power-on reset."""
    __slots__ = ()
    Value = LogValue

    def read(self) -> LogValue:
        return LogValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, link_lost: bool | None = None, train_failed: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if link_lost is not None: word = word & 0xFFFFFFFE | link_lost; over |= link_lost >> 1
            if train_failed is not None: word = word & 0xFFFFFFFD | train_failed << 1; over |= train_failed >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, link_lost=link_lost, train_failed=train_failed)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, link_lost: bool = False, train_failed: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x3
            if link_lost: bits |= link_lost; over |= link_lost >> 1
            if train_failed: bits |= train_failed << 1; over |= train_failed >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, link_lost=link_lost, train_failed=train_failed)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, link_lost: bool = ..., train_failed: bool = ..., timeout: int) -> LogValue: ...


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
