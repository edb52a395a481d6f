# Generated from one_register.rdl by `bedplate gen`; do not edit. Digest of the description: 28b6bea95e9745d0.
# fmt: off

from __future__ import annotations

from bedplate.reg import (
    Child,
    Field,
    Register,
    RegisterBlock,
    Value,
)


class IdValue(Value):
    """Identity"""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0xBED0001),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(Register):
    """Identity"""
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
    """Control"""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("enable", 0, 1),
        Field("gain", 8, 8),
        Field("ready", 31, 1, sw="r", hw="w"),
    )

    @property
    def enable(self) -> bool:
        """Switches it on; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def gain(self) -> int:
        """Any number; bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def ready(self) -> bool:
        """It is on, and has settled; bit 31, r."""
        return (self & 0x80000000) != 0


class Ctrl(Register):
    """Control"""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, enable: bool | None = None, gain: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                value = value & 0xFFFFFFFE | enable
            if gain is not None:
                if gain >> 8:
                    raise self._field("gain", gain)
                value = value & 0xFFFF00FF | gain << 8
        except TypeError:
            raise self._no_number({"": value, "enable": enable, "gain": gain}) from None
        self.bus.write(self.address, value)

    def modify(self, *, enable: bool | None = None, gain: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                keep ^= 0x1
                bits |= enable
            if gain is not None:
                if gain >> 8:
                    raise self._field("gain", gain)
                keep ^= 0xFF00
                bits |= gain << 8
        except TypeError:
            raise self._no_number({"enable": enable, "gain": gain}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, enable: bool | None = None, gain: int | None = None, ready: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if enable is not None:
                if enable >> 1:
                    raise self._field("enable", enable)
                mask |= 0x1
                bits |= enable
            if gain is not None:
                if gain >> 8:
                    raise self._field("gain", gain)
                mask |= 0xFF00
                bits |= gain << 8
            if ready is not None:
                if ready >> 1:
                    raise self._field("ready", ready)
                mask |= 0x80000000
                bits |= ready << 31
        except TypeError:
            raise self._no_number({"enable": enable, "gain": gain, "ready": ready}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


class OneRegisterRegs(RegisterBlock):
    """The smallest chip: an identity and one register. hw/tb/one_register.sv"""
    __slots__ = (
        "id",
        "ctrl",
    )
    SIZE = 0x8
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("ctrl", 0x4, Ctrl),
    )
    id: Id
    ctrl: Ctrl
