# Generated from edu.rdl by `bedplate gen`; do not edit. Digest of the description: 97197db51e9ed6d2.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    Register,
    RegisterBlock,
    Value,
)


class IdValue(Value):
    """Identity: 0xRRrr00ED, RR and rr being the version."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("magic", 0, 8, sw="r", hw="na", reset=0xED),
        Field("minor", 16, 8, sw="r", hw="na"),
        Field("major", 24, 8, sw="r", hw="na", reset=1),
    )

    @property
    def magic(self) -> int:
        """0xED; bits 7:0, r."""
        return self & 0xFF

    @property
    def minor(self) -> int:
        """Bits 23:16, r."""
        return self >> 16 & 0xFF

    @property
    def major(self) -> int:
        """Bits 31:24, r."""
        return self >> 24 & 0xFF


class Id(ReadableRegister):
    """Identity: 0xRRrr00ED, RR and rr being the version."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, magic: int = ..., minor: int = ..., major: int = ..., timeout: int) -> IdValue: ...


class LivenessValue(Value):
    """Liveness: reads as the complement of what was written."""
    __slots__ = ()
    NAME = "liveness"
    FIELDS = (
        Field("value", 0, 32, hw="rw"),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Liveness(ReadableRegister):
    """Liveness: reads as the complement of what was written."""
    __slots__ = ()
    Value = LivenessValue

    def read(self) -> LivenessValue:
        return LivenessValue(self.bus.read(self.address))

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
        def wait(self, *, value: int = ..., timeout: int) -> LivenessValue: ...


class FactorialValue(Value):
    """Factorial: write a number, read its factorial once the engine has stopped computing."""
    __slots__ = ()
    NAME = "factorial"
    FIELDS = (
        Field("value", 0, 32, hw="rw"),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Factorial(ReadableRegister):
    """Factorial: write a number, read its factorial once the engine has stopped computing."""
    __slots__ = ()
    Value = FactorialValue

    def read(self) -> FactorialValue:
        return FactorialValue(self.bus.read(self.address))

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
        def wait(self, *, value: int = ..., timeout: int) -> FactorialValue: ...


class StatusValue(Value):
    """Status."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("computing", 0, 1, sw="r", hw="w"),
        Field("interrupt", 7, 1),
    )

    @property
    def computing(self) -> bool:
        """Computing; visible before the next access; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def interrupt(self) -> bool:
        """Interrupt when it has finished computing; bit 7, rw."""
        return (self & 0x80) != 0


class Status(ReadableRegister):
    """Status."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, interrupt: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if interrupt is not None: word = word & 0xFFFFFF7F | interrupt << 7; over |= interrupt >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, interrupt=interrupt)
        self.bus.write(self.address, word)

    def modify(self, *, interrupt: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if interrupt is not None: keep ^= 0x80; bits |= interrupt << 7; over |= interrupt >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", interrupt=interrupt)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, computing: bool = ..., interrupt: bool = ..., timeout: int) -> StatusValue: ...


class InterruptStatusValue(Value):
    """Why it interrupts."""
    __slots__ = ()
    NAME = "interrupt_status"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="w"),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class InterruptStatus(ReadableRegister):
    """Why it interrupts."""
    __slots__ = ()
    Value = InterruptStatusValue

    def read(self) -> InterruptStatusValue:
        return InterruptStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> InterruptStatusValue: ...


class InterruptRaiseValue(Value):
    """Raise an interrupt with these bits."""
    __slots__ = ()
    NAME = "interrupt_raise"
    FIELDS = (
        Field("value", 0, 32, sw="w"),
    )


class InterruptRaise(Register):
    """Raise an interrupt with these bits."""
    __slots__ = ()
    Value = InterruptRaiseValue

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 32
            if value is not None: word = value; over |= value >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word)


class InterruptAcknowledgeValue(Value):
    """Clear these bits of the interrupt status."""
    __slots__ = ()
    NAME = "interrupt_acknowledge"
    FIELDS = (
        Field("value", 0, 32, sw="w"),
    )


class InterruptAcknowledge(Register):
    """Clear these bits of the interrupt status."""
    __slots__ = ()
    Value = InterruptAcknowledgeValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 32
            if value is not None: word = value; over |= value >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word)


class EduRegs(RegisterBlock):
    """edu
    BAR 0 of the educational device.
    """
    __slots__ = (
        "id",
        "liveness",
        "factorial",
        "status",
        "interrupt_status",
        "interrupt_raise",
        "interrupt_acknowledge",
    )
    SIZE = 0x68
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("liveness", 0x4, Liveness),
        Child("factorial", 0x8, Factorial),
        Child("status", 0x20, Status),
        Child("interrupt_status", 0x24, InterruptStatus),
        Child("interrupt_raise", 0x60, InterruptRaise),
        Child("interrupt_acknowledge", 0x64, InterruptAcknowledge),
    )
    id: Id
    liveness: Liveness
    factorial: Factorial
    status: Status
    interrupt_status: InterruptStatus
    interrupt_raise: InterruptRaise
    interrupt_acknowledge: InterruptAcknowledge
