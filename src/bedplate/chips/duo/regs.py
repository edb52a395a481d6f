# Generated from duo.rdl by `bedplate gen`; do not edit. Digest of the description: 75f0515995e2f8ff.
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
    """Block identity: 'CLNT' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x434C4E54),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'CLNT' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class CtrlValue(Value):
    """Control."""
    __slots__ = ()
    NAME = "ctrl"
    FIELDS = (
        Field("on", 0, 1),
    )

    @property
    def on(self) -> bool:
        """Work through the link; bit 0, rw."""
        return (self & 0x1) != 0


class Ctrl(ReadableRegister):
    """Control."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, on: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if on is not None: word = word & 0xFFFFFFFE | on; over |= on >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, on=on)
        self.bus.write(self.address, word)

    def modify(self, *, on: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if on is not None: keep ^= 0x1; bits |= on; over |= on >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", on=on)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, on: bool = ..., timeout: int) -> CtrlValue: ...


class StatusValue(Value):
    """Status."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("lost", 0, 1, sw="r", hw="w"),
    )

    @property
    def lost(self) -> bool:
        """The link went while it worked: what was under way is lost. Cleared by turning it off; bit 0, r."""
        return (self & 0x1) != 0


class Status(ReadableRegister):
    """Status."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, lost: bool = ..., timeout: int) -> StatusValue: ...


class DuoRegs(RegisterBlock):
    """DUO
    A client of the link of the pair chip.
    """
    __slots__ = (
        "id",
        "ctrl",
        "status",
    )
    SIZE = 0xC
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("ctrl", 0x4, Ctrl),
        Child("status", 0x8, Status),
    )
    id: Id
    ctrl: Ctrl
    status: Status
