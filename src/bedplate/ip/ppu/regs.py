# Generated from ppu.rdl by `bedplate gen`; do not edit. Digest of the description: a0f7ae2c57dcd6dd.
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


class Id(Register):
    """Block identity: 'PPU1' in ASCII."""
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


class Policy(Register):
    """Power policy: the wish."""
    __slots__ = ()
    Value = PolicyValue
    EFFECT = Effect.ELECTRICAL

    def read(self) -> PolicyValue:
        return PolicyValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, policy: PowerModeE | None = None, dynamic: bool | None = None, off_lock: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if policy is not None:
                if policy >> 4:
                    raise self._field("policy", policy)
                value = value & 0xFFFFFFF0 | policy
            if dynamic is not None:
                if dynamic >> 1:
                    raise self._field("dynamic", dynamic)
                value = value & 0xFFFFFEFF | dynamic << 8
            if off_lock is not None:
                if off_lock >> 1:
                    raise self._field("off_lock", off_lock)
                value = value & 0xFFFFEFFF | off_lock << 12
        except TypeError:
            raise self._no_number({"": value, "policy": policy, "dynamic": dynamic, "off_lock": off_lock}) from None
        self.bus.write(self.address, value)

    def modify(self, *, policy: PowerModeE | None = None, dynamic: bool | None = None, off_lock: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if policy is not None:
                if policy >> 4:
                    raise self._field("policy", policy)
                keep ^= 0xF
                bits |= policy
            if dynamic is not None:
                if dynamic >> 1:
                    raise self._field("dynamic", dynamic)
                keep ^= 0x100
                bits |= dynamic << 8
            if off_lock is not None:
                if off_lock >> 1:
                    raise self._field("off_lock", off_lock)
                keep ^= 0x1000
                bits |= off_lock << 12
        except TypeError:
            raise self._no_number({"policy": policy, "dynamic": dynamic, "off_lock": off_lock}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, policy: PowerModeE | None = None, dynamic: bool | None = None, off_lock: bool | None = None, timeout: int) -> PolicyValue:
        mask = bits = 0
        try:
            if policy is not None:
                if policy >> 4:
                    raise self._field("policy", policy)
                mask |= 0xF
                bits |= policy
            if dynamic is not None:
                if dynamic >> 1:
                    raise self._field("dynamic", dynamic)
                mask |= 0x100
                bits |= dynamic << 8
            if off_lock is not None:
                if off_lock >> 1:
                    raise self._field("off_lock", off_lock)
                mask |= 0x1000
                bits |= off_lock << 12
        except TypeError:
            raise self._no_number({"policy": policy, "dynamic": dynamic, "off_lock": off_lock}) from None
        return PolicyValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """Power status: what the domain is in."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, mode: PowerModeE | None = None, busy: bool | None = None, denied: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if mode is not None:
                if mode >> 4:
                    raise self._field("mode", mode)
                mask |= 0xF
                bits |= mode
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x10000
                bits |= busy << 16
            if denied is not None:
                if denied >> 1:
                    raise self._field("denied", denied)
                mask |= 0x20000
                bits |= denied << 17
        except TypeError:
            raise self._no_number({"mode": mode, "busy": busy, "denied": denied}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class Events(Register):
    """Events."""
    __slots__ = ()
    Value = EventsValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> EventsValue:
        return EventsValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, accept: bool | None = None, deny: bool | None = None, lost: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if accept is not None:
                if accept >> 1:
                    raise self._field("accept", accept)
                value = value & 0xFFFFFFFE | accept
            if deny is not None:
                if deny >> 1:
                    raise self._field("deny", deny)
                value = value & 0xFFFFFFFD | deny << 1
            if lost is not None:
                if lost >> 1:
                    raise self._field("lost", lost)
                value = value & 0xFFFFFFFB | lost << 2
        except TypeError:
            raise self._no_number({"": value, "accept": accept, "deny": deny, "lost": lost}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, accept: bool = False, deny: bool = False, lost: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x7
            if accept:
                if accept >> 1:
                    raise self._field("accept", accept)
                bits |= accept
            if deny:
                if deny >> 1:
                    raise self._field("deny", deny)
                bits |= deny << 1
            if lost:
                if lost >> 1:
                    raise self._field("lost", lost)
                bits |= lost << 2
        except TypeError:
            raise self._no_number({"": value, "accept": accept, "deny": deny, "lost": lost}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, accept: bool | None = None, deny: bool | None = None, lost: bool | None = None, timeout: int) -> EventsValue:
        mask = bits = 0
        try:
            if accept is not None:
                if accept >> 1:
                    raise self._field("accept", accept)
                mask |= 0x1
                bits |= accept
            if deny is not None:
                if deny >> 1:
                    raise self._field("deny", deny)
                mask |= 0x2
                bits |= deny << 1
            if lost is not None:
                if lost >> 1:
                    raise self._field("lost", lost)
                mask |= 0x4
                bits |= lost << 2
        except TypeError:
            raise self._no_number({"accept": accept, "deny": deny, "lost": lost}) from None
        return EventsValue(self._wait(mask, bits, timeout))


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


class Delays(Register):
    """Delays of the power switch."""
    __slots__ = ()
    Value = DelaysValue

    def read(self) -> DelaysValue:
        return DelaysValue(self.bus.read(self.address))

    def write(self, value: int = 0x480C8, /, *, ramp_us: int | None = None, isolation: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if ramp_us is not None:
                if ramp_us >> 10:
                    raise self._field("ramp_us", ramp_us)
                value = value & 0xFFFFFC00 | ramp_us
            if isolation is not None:
                if isolation >> 8:
                    raise self._field("isolation", isolation)
                value = value & 0xFFF00FFF | isolation << 12
        except TypeError:
            raise self._no_number({"": value, "ramp_us": ramp_us, "isolation": isolation}) from None
        self.bus.write(self.address, value)

    def modify(self, *, ramp_us: int | None = None, isolation: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if ramp_us is not None:
                if ramp_us >> 10:
                    raise self._field("ramp_us", ramp_us)
                keep ^= 0x3FF
                bits |= ramp_us
            if isolation is not None:
                if isolation >> 8:
                    raise self._field("isolation", isolation)
                keep ^= 0xFF000
                bits |= isolation << 12
        except TypeError:
            raise self._no_number({"ramp_us": ramp_us, "isolation": isolation}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, ramp_us: int | None = None, isolation: int | None = None, timeout: int) -> DelaysValue:
        mask = bits = 0
        try:
            if ramp_us is not None:
                if ramp_us >> 10:
                    raise self._field("ramp_us", ramp_us)
                mask |= 0x3FF
                bits |= ramp_us
            if isolation is not None:
                if isolation >> 8:
                    raise self._field("isolation", isolation)
                mask |= 0xFF000
                bits |= isolation << 12
        except TypeError:
            raise self._no_number({"ramp_us": ramp_us, "isolation": isolation}) from None
        return DelaysValue(self._wait(mask, bits, timeout))


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
