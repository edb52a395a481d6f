# Generated from one_register.rdl by `bedplate gen`; do not edit. Digest of the description: 5e13552d81d7f82f.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Field,
    ReadableRegister,
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


class Id(ReadableRegister):
    """Identity"""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


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


class Ctrl(ReadableRegister):
    """Control"""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, enable: bool | None = None, gain: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if enable is not None: word = word & 0xFFFFFFFE | enable; over |= enable >> 1
            if gain is not None: word = word & 0xFFFF00FF | gain << 8; over |= gain >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, enable=enable, gain=gain)
        self.bus.write(self.address, word)

    def modify(self, *, enable: bool | None = None, gain: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if enable is not None: keep ^= 0x1; bits |= enable; over |= enable >> 1
            if gain is not None: keep ^= 0xFF00; bits |= gain << 8; over |= gain >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", enable=enable, gain=gain)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, enable: bool = ..., gain: int = ..., ready: bool = ..., timeout: int) -> CtrlValue: ...


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
