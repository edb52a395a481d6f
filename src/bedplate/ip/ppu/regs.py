# Generated from ppu.rdl by `bedplate gen`; do not edit. Digest of the description: 5f460c0196bd0713.
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


class PowerModeE(IntEnum):
    OFF = 0
    OFF_EMU = 1
    MEM_RET = 2
    MEM_RET_EMU = 3
    LOGIC_RET = 4
    FULL_RET = 5
    MEM_OFF = 6
    FUNC_RET = 7
    ON = 8
    WARM_RST = 9
    DBG_RECOV = 10


_POWER_MODE_E = decoder(PowerModeE, 4)


class IdValue(Value):
    """Block identity: 'PPU1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x50505531),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'PPU1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class PolicyValue(Value):
    """Power policy: the wish."""
    __slots__ = ()
    NAME = "policy"
    FIELDS = (
        Field("policy", 0, 4, enum=PowerModeE, props={"swmod": True}),
        Field("dynamic", 8, 1, props={"swmod": True}),
        Field("off_lock", 12, 1),
    )

    @property
    def policy(self) -> PowerModeE:
        """Bits 3:0, rw."""
        return _POWER_MODE_E[self & 0xF]

    @property
    def dynamic(self) -> bool:
        """Let the domain change modes by itself; bit 8, rw."""
        return (self & 0x100) != 0

    @property
    def off_lock(self) -> bool:
        """Lock in OFF; bit 12, rw."""
        return (self & 0x1000) != 0


class Policy(ReadableRegister):
    """Power policy: the wish."""
    __slots__ = ()
    Value = PolicyValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> PolicyValue:
        return PolicyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, policy: PowerModeE | None = None, dynamic: bool | None = None, off_lock: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if policy is not None: word = word & 0xFFFFFFF0 | policy; over |= policy >> 4
            if dynamic is not None: word = word & 0xFFFFFEFF | dynamic << 8; over |= dynamic >> 1
            if off_lock is not None: word = word & 0xFFFFEFFF | off_lock << 12; over |= off_lock >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, policy=policy, dynamic=dynamic, off_lock=off_lock)
        self.bus.write(self.address, word)

    def modify(self, *, policy: PowerModeE | None = None, dynamic: bool | None = None, off_lock: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if policy is not None: keep ^= 0xF; bits |= policy; over |= policy >> 4
            if dynamic is not None: keep ^= 0x100; bits |= dynamic << 8; over |= dynamic >> 1
            if off_lock is not None: keep ^= 0x1000; bits |= off_lock << 12; over |= off_lock >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", policy=policy, dynamic=dynamic, off_lock=off_lock)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, policy: PowerModeE = ..., dynamic: bool = ..., off_lock: bool = ..., timeout: int) -> PolicyValue: ...


class StatusValue(Value):
    """Power status: what the domain is in."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("mode", 0, 4, sw="r", hw="w", enum=PowerModeE),
        Field("busy", 16, 1, sw="r", hw="w"),
        Field("denied", 17, 1, sw="r", hw="w"),
    )

    @property
    def mode(self) -> PowerModeE:
        """Bits 3:0, r."""
        return _POWER_MODE_E[self & 0xF]

    @property
    def busy(self) -> bool:
        """A transition is in progress; visible before the next access; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def denied(self) -> bool:
        """The last request was denied: the domain was busy. Cleared by the next policy write; bit 17, r."""
        return (self & 0x20000) != 0


class Status(ReadableRegister):
    """Power status: what the domain is in."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, mode: PowerModeE = ..., busy: bool = ..., denied: bool = ..., timeout: int) -> StatusValue: ...


class EventsValue(Value):
    """Events."""
    __slots__ = ()
    NAME = "events"
    FIELDS = (
        Field("accept", 0, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
        Field("deny", 1, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
        Field("lost", 2, 1, hw="na", onwrite="woclr", props={"hwset": True, "precedence": "hw"}),
    )

    @property
    def accept(self) -> bool:
        """Bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def deny(self) -> bool:
        """Bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def lost(self) -> bool:
        """The domain lost power by itself; bit 2, rw, woclr."""
        return (self & 0x4) != 0


class Events(ReadableRegister):
    """Events."""
    __slots__ = ()
    Value = EventsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> EventsValue:
        return EventsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, accept: bool | None = None, deny: bool | None = None, lost: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if accept is not None: word = word & 0xFFFFFFFE | accept; over |= accept >> 1
            if deny is not None: word = word & 0xFFFFFFFD | deny << 1; over |= deny >> 1
            if lost is not None: word = word & 0xFFFFFFFB | lost << 2; over |= lost >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, accept=accept, deny=deny, lost=lost)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, accept: bool = False, deny: bool = False, lost: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x7
            if accept: bits |= accept; over |= accept >> 1
            if deny: bits |= deny << 1; over |= deny >> 1
            if lost: bits |= lost << 2; over |= lost >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, accept=accept, deny=deny, lost=lost)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, accept: bool = ..., deny: bool = ..., lost: bool = ..., timeout: int) -> EventsValue: ...


class DelaysValue(Value):
    """Delays of the power switch."""
    __slots__ = ()
    NAME = "delays"
    FIELDS = (
        Field("ramp_us", 0, 10, reset=0xC8),
        Field("isolation", 12, 8, reset=0x48),
    )

    @property
    def ramp_us(self) -> int:
        """Ramp of the switch, in microseconds; 0 counts as 1; bits 9:0, rw."""
        return self & 0x3FF

    @property
    def isolation(self) -> int:
        """Isolation, in AON clock cycles; bits 19:12, rw."""
        return self >> 12 & 0xFF


class Delays(ReadableRegister):
    """Delays of the power switch."""
    __slots__ = ()
    Value = DelaysValue

    def read(self) -> DelaysValue:
        return DelaysValue(self.bus.read(self.address))

    def write(self, value: int = 0x480C8, /, *, ramp_us: int | None = None, isolation: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if ramp_us is not None: word = word & 0xFFFFFC00 | ramp_us; over |= ramp_us >> 10
            if isolation is not None: word = word & 0xFFF00FFF | isolation << 12; over |= isolation >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ramp_us=ramp_us, isolation=isolation)
        self.bus.write(self.address, word)

    def modify(self, *, ramp_us: int | None = None, isolation: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if ramp_us is not None: keep ^= 0x3FF; bits |= ramp_us; over |= ramp_us >> 10
            if isolation is not None: keep ^= 0xFF000; bits |= isolation << 12; over |= isolation >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", ramp_us=ramp_us, isolation=isolation)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, ramp_us: int = ..., isolation: int = ..., timeout: int) -> DelaysValue: ...


class PpuRegs(RegisterBlock):
    """PPU
    Power policy unit: the policy is a wish, the status is what the domain is in.
    """
    __slots__ = (
        "id",
        "policy",
        "status",
        "events",
        "delays",
    )
    SIZE = 0x14
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("policy", 0x4, Policy),
        Child("status", 0x8, Status),
        Child("events", 0xC, Events),
        Child("delays", 0x10, Delays),
    )
    id: Id
    policy: Policy
    status: Status
    events: Events
    delays: Delays
