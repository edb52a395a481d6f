# Generated from edu.rdl by `bedplate gen`; do not edit. Digest of the description: 63b189b758ff5e08.
# fmt: off

from __future__ import annotations

from bedplate.reg import (
    Child,
    Effect,
    Field,
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


class Id(Register):
    """Identity: 0xRRrr00ED, RR and rr being the version."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    def wait(self, *, magic: int | None = None, minor: int | None = None, major: int | None = None, timeout: int) -> IdValue:
        mask = bits = 0
        try:
            if magic is not None:
                if magic >> 8:
                    raise self._field("magic", magic)
                mask |= 0xFF
                bits |= magic
            if minor is not None:
                if minor >> 8:
                    raise self._field("minor", minor)
                mask |= 0xFF0000
                bits |= minor << 16
            if major is not None:
                if major >> 8:
                    raise self._field("major", major)
                mask |= 0xFF000000
                bits |= major << 24
        except TypeError:
            raise self._no_number({"magic": magic, "minor": minor, "major": major}) from None
        return IdValue(self._wait(mask, bits, timeout))


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


class Liveness(Register):
    """Liveness: reads as the complement of what was written."""
    __slots__ = ()
    Value = LivenessValue

    def read(self) -> LivenessValue:
        return LivenessValue(self.bus.read(self.address))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                keep ^= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, value: int | None = None, timeout: int) -> LivenessValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return LivenessValue(self._wait(mask, bits, timeout))


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


class Factorial(Register):
    """Factorial: write a number, read its factorial once the engine has stopped computing."""
    __slots__ = ()
    Value = FactorialValue

    def read(self) -> FactorialValue:
        return FactorialValue(self.bus.read(self.address))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                keep ^= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, value: int | None = None, timeout: int) -> FactorialValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return FactorialValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """Status."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, interrupt: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if interrupt is not None:
                if interrupt >> 1:
                    raise self._field("interrupt", interrupt)
                value = value & 0xFFFFFF7F | interrupt << 7
        except TypeError:
            raise self._no_number({"": value, "interrupt": interrupt}) from None
        self.bus.write(self.address, value)

    def modify(self, *, interrupt: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if interrupt is not None:
                if interrupt >> 1:
                    raise self._field("interrupt", interrupt)
                keep ^= 0x80
                bits |= interrupt << 7
        except TypeError:
            raise self._no_number({"interrupt": interrupt}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, computing: bool | None = None, interrupt: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if computing is not None:
                if computing >> 1:
                    raise self._field("computing", computing)
                mask |= 0x1
                bits |= computing
            if interrupt is not None:
                if interrupt >> 1:
                    raise self._field("interrupt", interrupt)
                mask |= 0x80
                bits |= interrupt << 7
        except TypeError:
            raise self._no_number({"computing": computing, "interrupt": interrupt}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class InterruptStatus(Register):
    """Why it interrupts."""
    __slots__ = ()
    Value = InterruptStatusValue

    def read(self) -> InterruptStatusValue:
        return InterruptStatusValue(self.bus.read(self.address))

    def wait(self, *, value: int | None = None, timeout: int) -> InterruptStatusValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                mask |= 0xFFFFFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return InterruptStatusValue(self._wait(mask, bits, timeout))


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
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)


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
            if _value >> 32:
                raise self._whole(_value)
            if value is not None:
                if value >> 32:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value)


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
