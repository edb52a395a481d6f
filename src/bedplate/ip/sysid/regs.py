# Generated from sysid.rdl by `bedplate gen`; do not edit. Digest of the description: e5e5921e064156fa.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Field,
    ReadableRegister,
    RegisterBlock,
    Value,
    decoder,
)


class ResetReasonE(IntEnum):
    POWER_ON = 1
    WARM = 2
    WATCHDOG = 3


_RESET_REASON_E = decoder(ResetReasonE, 2)


class MagicValue(Value):
    """Canary and identity: 'TERN' in ASCII. Never all ones, never all zeros."""
    __slots__ = ()
    NAME = "magic"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x5445524E),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Magic(ReadableRegister):
    """Canary and identity: 'TERN' in ASCII. Never all ones, never all zeros."""
    __slots__ = ()
    Value = MagicValue

    def read(self) -> MagicValue:
        return MagicValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> MagicValue: ...


class ChipIdValue(Value):
    """Which chip, revision and die this is."""
    __slots__ = ()
    NAME = "chip_id"
    FIELDS = (
        Field("chip", 0, 16, sw="r", hw="na", reset=0xA17),
        Field("revision", 16, 8, sw="r", hw="na", reset=0x10),
        Field("die", 24, 4, sw="r", hw="w"),
    )

    @property
    def chip(self) -> int:
        """Chip type; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def revision(self) -> int:
        """Revision: 0x10 is A0; bits 23:16, r."""
        return self >> 16 & 0xFF

    @property
    def die(self) -> int:
        """Die, 0 or 1, by a strap; bits 27:24, r."""
        return self >> 24 & 0xF


class ChipId(ReadableRegister):
    """Which chip, revision and die this is."""
    __slots__ = ()
    Value = ChipIdValue

    def read(self) -> ChipIdValue:
        return ChipIdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, chip: int = ..., revision: int = ..., die: int = ..., timeout: int) -> ChipIdValue: ...


class StrapsValue(Value):
    """Straps, sampled at power-on."""
    __slots__ = ()
    NAME = "straps"
    FIELDS = (
        Field("value", 0, 8, sw="r", hw="w"),
    )

    @property
    def value(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF


class Straps(ReadableRegister):
    """Straps, sampled at power-on."""
    __slots__ = ()
    Value = StrapsValue

    def read(self) -> StrapsValue:
        return StrapsValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> StrapsValue: ...


class BootIdValue(Value):
    """Boot identity: another value after each power-on reset."""
    __slots__ = ()
    NAME = "boot_id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="w", reset=1),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class BootId(ReadableRegister):
    """Boot identity: another value after each power-on reset."""
    __slots__ = ()
    Value = BootIdValue

    def read(self) -> BootIdValue:
        return BootIdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> BootIdValue: ...


class SerialValue(Value):
    """Serial number of this die, from fuses that need no sensing: another one for each die ever made, never 0."""
    __slots__ = ()
    NAME = "serial"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w"),
        Field("high", 32, 32, sw="r", hw="w"),
    )

    @property
    def low(self) -> int:
        """Lower half; it never changes, so that halves cannot be torn; bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Upper half; bits 63:32, r."""
        return self >> 32 & 0xFFFFFFFF


class Serial(ReadableRegister):
    """Serial number of this die, from fuses that need no sensing: another one for each die ever made, never 0."""
    __slots__ = ()
    Value = SerialValue
    WIDTH = 64

    def read(self) -> SerialValue:
        return SerialValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., timeout: int) -> SerialValue: ...


class TenantValue(Value):
    """The workload's word: set and cleared by the tenant, from the other side."""
    __slots__ = ()
    NAME = "tenant"
    FIELDS = (
        Field("active", 0, 1, sw="r", hw="w"),
        Field("id", 8, 24, sw="r", hw="w"),
    )

    @property
    def active(self) -> bool:
        """A workload is running: nothing may disturb it; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def id(self) -> int:
        """Which workload; bits 31:8, r."""
        return self >> 8 & 0xFFFFFF


class Tenant(ReadableRegister):
    """The workload's word: set and cleared by the tenant, from the other side."""
    __slots__ = ()
    Value = TenantValue

    def read(self) -> TenantValue:
        return TenantValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, active: bool = ..., id: int = ..., timeout: int) -> TenantValue: ...


class ResetReasonValue(Value):
    """What reset the chip as a whole the last time. Stays until the next such reset; software cannot change it."""
    __slots__ = ()
    NAME = "reset_reason"
    FIELDS = (
        Field("reason", 0, 2, sw="r", hw="w", reset=1, enum=ResetReasonE),
    )

    @property
    def reason(self) -> ResetReasonE:
        """Bits 1:0, r."""
        return _RESET_REASON_E[self & 0x3]


class ResetReason(ReadableRegister):
    """What reset the chip as a whole the last time. Stays until the next such reset; software cannot change it."""
    __slots__ = ()
    Value = ResetReasonValue

    def read(self) -> ResetReasonValue:
        return ResetReasonValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, reason: ResetReasonE = ..., timeout: int) -> ResetReasonValue: ...


class EpochValue(Value):
    """Reset epoch of one domain: counts every reset of it, whoever caused it."""
    __slots__ = ()
    NAME = "epoch"
    FIELDS = (
        Field("count", 0, 16, sw="r", hw="w"),
    )

    @property
    def count(self) -> int:
        """Bits 15:0, r."""
        return self & 0xFFFF


class Epoch(ReadableRegister):
    """Reset epoch of one domain: counts every reset of it, whoever caused it."""
    __slots__ = ()
    Value = EpochValue

    def read(self) -> EpochValue:
        return EpochValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> EpochValue: ...


class TimerValue(Value):
    """Time since power-on reset. A read of the low word freezes the high one."""
    __slots__ = ()
    NAME = "timer"
    WIDTH = 64
    FIELDS = (
        Field("us", 0, 64, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds; bits 63:0, r."""
        return self & 0xFFFFFFFFFFFFFFFF


class Timer(ReadableRegister):
    """Time since power-on reset. A read of the low word freezes the high one."""
    __slots__ = ()
    Value = TimerValue
    WIDTH = 64

    def read(self) -> TimerValue:
        return TimerValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> TimerValue: ...


class ScratchValue(Value):
    """Scratch word that survives warm resets. Word 0: signature of the HAL; word 1: digest of its configuration."""
    __slots__ = ()
    NAME = "scratch"
    FIELDS = (
        Field("value", 0, 32, props={"resetsignal": "signal:por_n"}),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Scratch(ReadableRegister):
    """Scratch word that survives warm resets. Word 0: signature of the HAL; word 1: digest of its configuration."""
    __slots__ = ()
    Value = ScratchValue

    def read(self) -> ScratchValue:
        return ScratchValue(self.bus.read(self.address))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 32
            if value is not None: word = value; over |= value >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFFFFFF; bits |= value; over |= value >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ScratchValue: ...


class SysidRegs(RegisterBlock):
    """SYSID
    Identity of a die. Always on, readable in every state; survives everything but power-on reset.
    """
    __slots__ = (
        "magic",
        "chip_id",
        "straps",
        "boot_id",
        "serial",
        "tenant",
        "reset_reason",
        "epoch",
        "timer",
        "scratch",
    )
    SIZE = 0xA0
    CHILDREN = (
        Child("magic", 0x0, Magic),
        Child("chip_id", 0x4, ChipId),
        Child("straps", 0x8, Straps),
        Child("boot_id", 0xC, BootId),
        Child("serial", 0x10, Serial),
        Child("tenant", 0x18, Tenant),
        Child("reset_reason", 0x1C, ResetReason),
        Child("epoch", 0x20, Epoch, (16,), 0x4),
        Child("timer", 0x60, Timer),
        Child("scratch", 0x80, Scratch, (8,), 0x4),
    )
    magic: Magic
    chip_id: ChipId
    straps: Straps
    boot_id: BootId
    serial: Serial
    tenant: Tenant
    reset_reason: ResetReason
    epoch: tuple[Epoch, ...]
    timer: Timer
    scratch: tuple[Scratch, ...]
