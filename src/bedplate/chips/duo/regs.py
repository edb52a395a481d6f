# Generated from duo.rdl by `bedplate gen`; do not edit. Digest of the description: 9136d2e77d06dca1.
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


class Id(Register):
    """Block identity: 'CLNT' in ASCII."""
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


class Ctrl(Register):
    """Control."""
    __slots__ = ()
    Value = CtrlValue

    def read(self) -> CtrlValue:
        return CtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, on: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                value = value & 0xFFFFFFFE | on
        except TypeError:
            raise self._no_number({"": value, "on": on}) from None
        self.bus.write(self.address, value)

    def modify(self, *, on: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                keep ^= 0x1
                bits |= on
        except TypeError:
            raise self._no_number({"on": on}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, on: bool | None = None, timeout: int) -> CtrlValue:
        mask = bits = 0
        try:
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                mask |= 0x1
                bits |= on
        except TypeError:
            raise self._no_number({"on": on}) from None
        return CtrlValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """Status."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, lost: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if lost is not None:
                if lost >> 1:
                    raise self._field("lost", lost)
                mask |= 0x1
                bits |= lost
        except TypeError:
            raise self._no_number({"lost": lost}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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
