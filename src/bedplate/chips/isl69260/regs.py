# Generated from isl69260.rdl by `bedplate gen`; do not edit. Digest of the description: e5f8daeb31fbdbe6.
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


class CapabilityValue(Value):
    """CAPABILITY (19h)."""
    __slots__ = ()
    NAME = "capability"
    WIDTH = 8
    FIELDS = (
        Field("alert", 4, 1, sw="r", hw="na"),
        Field("speed", 5, 2, sw="r", hw="na", reset=2),
        Field("pec", 7, 1, sw="r", hw="na"),
    )

    @property
    def alert(self) -> bool:
        """SMBALERT# is there; bit 4, r."""
        return (self & 0x10) != 0

    @property
    def speed(self) -> int:
        """Fastest clock: 100 kHz, 400 kHz, 1 MHz; bits 6:5, r."""
        return self >> 5 & 0x3

    @property
    def pec(self) -> bool:
        """Makes and checks PEC; bit 7, r."""
        return (self & 0x80) != 0


class Capability(ReadableRegister):
    """CAPABILITY (19h)."""
    __slots__ = ()
    Value = CapabilityValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> CapabilityValue:
        return CapabilityValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, alert: bool = ..., speed: int = ..., pec: bool = ..., timeout: int) -> CapabilityValue: ...


class RevisionValue(Value):
    """PMBUS_REVISION (98h)."""
    __slots__ = ()
    NAME = "revision"
    WIDTH = 8
    FIELDS = (
        Field("part_2", 0, 4, sw="r", hw="na", reset=3),
        Field("part_1", 4, 4, sw="r", hw="na", reset=3),
    )

    @property
    def part_2(self) -> int:
        """Part II: 3 is 1.3; bits 3:0, r."""
        return self & 0xF

    @property
    def part_1(self) -> int:
        """Part I: 3 is 1.3; bits 7:4, r."""
        return self >> 4 & 0xF


class Revision(ReadableRegister):
    """PMBUS_REVISION (98h)."""
    __slots__ = ()
    Value = RevisionValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> RevisionValue:
        return RevisionValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, part_2: int = ..., part_1: int = ..., timeout: int) -> RevisionValue: ...


class DeviceRegs(RegisterBlock):
    """What the device says of itself."""
    __slots__ = (
        "capability",
        "revision",
    )
    SIZE = 0x9801
    CHILDREN = (
        Child("capability", 0x1900, Capability),
        Child("revision", 0x9800, Revision),
    )
    capability: Capability
    revision: Revision


class OperationValue(Value):
    """OPERATION (01h)."""
    __slots__ = ()
    NAME = "operation"
    WIDTH = 8
    FIELDS = (
        Field("margin", 2, 4),
        Field("soft_off", 6, 1),
        Field("on", 7, 1, reset=1),
    )

    @property
    def margin(self) -> int:
        """Margin: 1 low, 2 high, faults ignored; bits 5:2, rw."""
        return self >> 2 & 0xF

    @property
    def soft_off(self) -> bool:
        """Off as TOFF says, where `on` is 0; else at once; bit 6, rw."""
        return (self & 0x40) != 0

    @property
    def on(self) -> bool:
        """The output is on; bit 7, rw."""
        return (self & 0x80) != 0


class Operation(ReadableRegister):
    """OPERATION (01h)."""
    __slots__ = ()
    Value = OperationValue
    WIDTH = 8
    ACCESS = 8
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> OperationValue:
        return OperationValue(self.bus.read(self.address, 1))

    def write(self, value: int = 0x80, /, *, margin: int | None = None, soft_off: bool | None = None, on: bool | None = None) -> None:
        try:
            word, over = value, value >> 8
            if margin is not None: word = word & 0xC3 | margin << 2; over |= margin >> 4
            if soft_off is not None: word = word & 0xBF | soft_off << 6; over |= soft_off >> 1
            if on is not None: word = word & 0x7F | on << 7; over |= on >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, margin=margin, soft_off=soft_off, on=on)
        self.bus.write(self.address, word, 1)

    def modify(self, *, margin: int | None = None, soft_off: bool | None = None, on: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFF, 0x0, 0
            if margin is not None: keep ^= 0x3C; bits |= margin << 2; over |= margin >> 4
            if soft_off is not None: keep ^= 0x40; bits |= soft_off << 6; over |= soft_off >> 1
            if on is not None: keep ^= 0x80; bits |= on << 7; over |= on >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", margin=margin, soft_off=soft_off, on=on)
        if keep != 0xFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 1) & keep | bits, 1)

    if TYPE_CHECKING:
        def wait(self, *, margin: int = ..., soft_off: bool = ..., on: bool = ..., timeout: int) -> OperationValue: ...


class ClearFaultsValue(Value):
    """CLEAR_FAULTS (03h), a command without data."""
    __slots__ = ()
    NAME = "clear_faults"
    WIDTH = 8
    FIELDS = (
        Field("go", 0, 1, sw="w"),
    )


class ClearFaults(Register):
    """CLEAR_FAULTS (03h), a command without data."""
    __slots__ = ()
    Value = ClearFaultsValue
    WIDTH = 8
    ACCESS = 8
    EFFECT = Effect.DESTROYS_EVIDENCE

    def write(self, value: int = 0x0, /, *, go: bool | None = None) -> None:
        try:
            word, over = value, value >> 8
            if go is not None: word = word & 0xFE | go; over |= go >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, go=go)
        self.bus.write(self.address, word, 1)


class VoutModeValue(Value):
    """VOUT_MODE (20h). Written it means all voltages anew."""
    __slots__ = ()
    NAME = "vout_mode"
    WIDTH = 8
    FIELDS = (
        Field("parameter", 0, 5),
        Field("mode", 5, 2, reset=2),
        Field("relative", 7, 1),
    )

    @property
    def parameter(self) -> int:
        """Of ULINEAR16 the exponent; bits 4:0, rw."""
        return self & 0x1F

    @property
    def mode(self) -> int:
        """0 ULINEAR16, 1 VID, 2 DIRECT; bits 6:5, rw."""
        return self >> 5 & 0x3

    @property
    def relative(self) -> bool:
        """Limits are relative to the voltage commanded; bit 7, rw."""
        return (self & 0x80) != 0


class VoutMode(ReadableRegister):
    """VOUT_MODE (20h). Written it means all voltages anew."""
    __slots__ = ()
    Value = VoutModeValue
    WIDTH = 8
    ACCESS = 8
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutModeValue:
        return VoutModeValue(self.bus.read(self.address, 1))

    def write(self, value: int = 0x40, /, *, parameter: int | None = None, mode: int | None = None, relative: bool | None = None) -> None:
        try:
            word, over = value, value >> 8
            if parameter is not None: word = word & 0xE0 | parameter; over |= parameter >> 5
            if mode is not None: word = word & 0x9F | mode << 5; over |= mode >> 2
            if relative is not None: word = word & 0x7F | relative << 7; over |= relative >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, parameter=parameter, mode=mode, relative=relative)
        self.bus.write(self.address, word, 1)

    def modify(self, *, parameter: int | None = None, mode: int | None = None, relative: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFF, 0x0, 0
            if parameter is not None: keep ^= 0x1F; bits |= parameter; over |= parameter >> 5
            if mode is not None: keep ^= 0x60; bits |= mode << 5; over |= mode >> 2
            if relative is not None: keep ^= 0x80; bits |= relative << 7; over |= relative >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", parameter=parameter, mode=mode, relative=relative)
        if keep != 0xFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 1) & keep | bits, 1)

    if TYPE_CHECKING:
        def wait(self, *, parameter: int = ..., mode: int = ..., relative: bool = ..., timeout: int) -> VoutModeValue: ...


class VoutCommandValue(Value):
    """VOUT_COMMAND (21h)."""
    __slots__ = ()
    NAME = "vout_command"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x384),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutCommand(ReadableRegister):
    """VOUT_COMMAND (21h)."""
    __slots__ = ()
    Value = VoutCommandValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutCommandValue:
        return VoutCommandValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x384, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutCommandValue: ...


class VoutMarginHighValue(Value):
    """VOUT_MARGIN_HIGH (25h)."""
    __slots__ = ()
    NAME = "vout_margin_high"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x640),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutMarginHigh(ReadableRegister):
    """VOUT_MARGIN_HIGH (25h)."""
    __slots__ = ()
    Value = VoutMarginHighValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutMarginHighValue:
        return VoutMarginHighValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x640, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutMarginHighValue: ...


class VoutMarginLowValue(Value):
    """VOUT_MARGIN_LOW (26h)."""
    __slots__ = ()
    NAME = "vout_margin_low"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0xFA),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutMarginLow(ReadableRegister):
    """VOUT_MARGIN_LOW (26h)."""
    __slots__ = ()
    Value = VoutMarginLowValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutMarginLowValue:
        return VoutMarginLowValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0xFA, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutMarginLowValue: ...


class VoutOvFaultLimitValue(Value):
    """VOUT_OV_FAULT_LIMIT (40h)."""
    __slots__ = ()
    NAME = "vout_ov_fault_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutOvFaultLimit(ReadableRegister):
    """VOUT_OV_FAULT_LIMIT (40h)."""
    __slots__ = ()
    Value = VoutOvFaultLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutOvFaultLimitValue:
        return VoutOvFaultLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutOvFaultLimitValue: ...


class VoutOvWarnLimitValue(Value):
    """VOUT_OV_WARN_LIMIT (42h)."""
    __slots__ = ()
    NAME = "vout_ov_warn_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutOvWarnLimit(ReadableRegister):
    """VOUT_OV_WARN_LIMIT (42h)."""
    __slots__ = ()
    Value = VoutOvWarnLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutOvWarnLimitValue:
        return VoutOvWarnLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutOvWarnLimitValue: ...


class VoutUvWarnLimitValue(Value):
    """VOUT_UV_WARN_LIMIT (43h)."""
    __slots__ = ()
    NAME = "vout_uv_warn_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutUvWarnLimit(ReadableRegister):
    """VOUT_UV_WARN_LIMIT (43h)."""
    __slots__ = ()
    Value = VoutUvWarnLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutUvWarnLimitValue:
        return VoutUvWarnLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutUvWarnLimitValue: ...


class VoutUvFaultLimitValue(Value):
    """VOUT_UV_FAULT_LIMIT (44h)."""
    __slots__ = ()
    NAME = "vout_uv_fault_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, rw."""
        return self & 0xFFFF


class VoutUvFaultLimit(ReadableRegister):
    """VOUT_UV_FAULT_LIMIT (44h)."""
    __slots__ = ()
    Value = VoutUvFaultLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> VoutUvFaultLimitValue:
        return VoutUvFaultLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x0, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> VoutUvFaultLimitValue: ...


class IoutOcFaultLimitValue(Value):
    """IOUT_OC_FAULT_LIMIT (46h)."""
    __slots__ = ()
    NAME = "iout_oc_fault_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """0.1 A; bits 15:0, rw."""
        return self & 0xFFFF


class IoutOcFaultLimit(ReadableRegister):
    """IOUT_OC_FAULT_LIMIT (46h)."""
    __slots__ = ()
    Value = IoutOcFaultLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> IoutOcFaultLimitValue:
        return IoutOcFaultLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IoutOcFaultLimitValue: ...


class IoutOcWarnLimitValue(Value):
    """IOUT_OC_WARN_LIMIT (4Ah)."""
    __slots__ = ()
    NAME = "iout_oc_warn_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """0.1 A; bits 15:0, rw."""
        return self & 0xFFFF


class IoutOcWarnLimit(ReadableRegister):
    """IOUT_OC_WARN_LIMIT (4Ah)."""
    __slots__ = ()
    Value = IoutOcWarnLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> IoutOcWarnLimitValue:
        return IoutOcWarnLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IoutOcWarnLimitValue: ...


class OtFaultLimitValue(Value):
    """OT_FAULT_LIMIT (4Fh)."""
    __slots__ = ()
    NAME = "ot_fault_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """Degrees; bits 15:0, rw."""
        return self & 0xFFFF


class OtFaultLimit(ReadableRegister):
    """OT_FAULT_LIMIT (4Fh)."""
    __slots__ = ()
    Value = OtFaultLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> OtFaultLimitValue:
        return OtFaultLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> OtFaultLimitValue: ...


class OtWarnLimitValue(Value):
    """OT_WARN_LIMIT (51h)."""
    __slots__ = ()
    NAME = "ot_warn_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """Degrees; bits 15:0, rw."""
        return self & 0xFFFF


class OtWarnLimit(ReadableRegister):
    """OT_WARN_LIMIT (51h)."""
    __slots__ = ()
    Value = OtWarnLimitValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> OtWarnLimitValue:
        return OtWarnLimitValue(self.bus.read(self.address, 2))

    def write(self, _value: int = 0x7FFF, /, *, value: int | None = None) -> None:
        try:
            word, over = _value, _value >> 16
            if value is not None: word = value; over |= value >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", _value, value=value)
        self.bus.write(self.address, word, 2)

    def modify(self, *, value: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if value is not None: keep ^= 0xFFFF; bits |= value; over |= value >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", value=value)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> OtWarnLimitValue: ...


class StatusWordValue(Value):
    """STATUS_WORD (79h): what happened since it was cleared, and whether the output is off now."""
    __slots__ = ()
    NAME = "status_word"
    WIDTH = 16
    FIELDS = (
        Field("none", 0, 1, sw="r", hw="w", reset=None),
        Field("cml", 1, 1, sw="r", hw="w", reset=None),
        Field("temperature", 2, 1, sw="r", hw="w", reset=None),
        Field("vin_uv", 3, 1, sw="r", hw="w", reset=None),
        Field("iout_oc", 4, 1, sw="r", hw="w", reset=None),
        Field("vout_ov", 5, 1, sw="r", hw="w", reset=None),
        Field("off", 6, 1, sw="r", hw="w", reset=None),
        Field("busy", 7, 1, sw="r", hw="w", reset=None),
        Field("unknown", 8, 1, sw="r", hw="w", reset=None),
        Field("other", 9, 1, sw="r", hw="w", reset=None),
        Field("fans", 10, 1, sw="r", hw="w", reset=None),
        Field("power_bad", 11, 1, sw="r", hw="w", reset=None),
        Field("mfr", 12, 1, sw="r", hw="w", reset=None),
        Field("inputs", 13, 1, sw="r", hw="w", reset=None),
        Field("iout_pout", 14, 1, sw="r", hw="w", reset=None),
        Field("vout", 15, 1, sw="r", hw="w", reset=None),
    )

    @property
    def none(self) -> bool:
        """None of the below; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def cml(self) -> bool:
        """Communication, memory or logic; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def temperature(self) -> bool:
        """Temperature; bit 2, r."""
        return (self & 0x4) != 0

    @property
    def vin_uv(self) -> bool:
        """Input undervoltage fault; bit 3, r."""
        return (self & 0x8) != 0

    @property
    def iout_oc(self) -> bool:
        """Output overcurrent fault; bit 4, r."""
        return (self & 0x10) != 0

    @property
    def vout_ov(self) -> bool:
        """Output overvoltage fault; bit 5, r."""
        return (self & 0x20) != 0

    @property
    def off(self) -> bool:
        """The output is off, for whatever reason; bit 6, r."""
        return (self & 0x40) != 0

    @property
    def busy(self) -> bool:
        """Busy, and did not answer; bit 7, r."""
        return (self & 0x80) != 0

    @property
    def unknown(self) -> bool:
        """Something else; bit 8, r."""
        return (self & 0x100) != 0

    @property
    def other(self) -> bool:
        """STATUS_OTHER has more; bit 9, r."""
        return (self & 0x200) != 0

    @property
    def fans(self) -> bool:
        """Fans; bit 10, r."""
        return (self & 0x400) != 0

    @property
    def power_bad(self) -> bool:
        """The power is not good; bit 11, r."""
        return (self & 0x800) != 0

    @property
    def mfr(self) -> bool:
        """Of the manufacturer; bit 12, r."""
        return (self & 0x1000) != 0

    @property
    def inputs(self) -> bool:
        """STATUS_INPUT has more; bit 13, r."""
        return (self & 0x2000) != 0

    @property
    def iout_pout(self) -> bool:
        """STATUS_IOUT has more; bit 14, r."""
        return (self & 0x4000) != 0

    @property
    def vout(self) -> bool:
        """STATUS_VOUT has more; bit 15, r."""
        return (self & 0x8000) != 0


class StatusWord(ReadableRegister):
    """STATUS_WORD (79h): what happened since it was cleared, and whether the output is off now."""
    __slots__ = ()
    Value = StatusWordValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> StatusWordValue:
        return StatusWordValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, none: bool = ..., cml: bool = ..., temperature: bool = ..., vin_uv: bool = ..., iout_oc: bool = ..., vout_ov: bool = ..., off: bool = ..., busy: bool = ..., unknown: bool = ..., other: bool = ..., fans: bool = ..., power_bad: bool = ..., mfr: bool = ..., inputs: bool = ..., iout_pout: bool = ..., vout: bool = ..., timeout: int) -> StatusWordValue: ...


class StatusVoutValue(Value):
    """STATUS_VOUT (7Ah)."""
    __slots__ = ()
    NAME = "status_vout"
    WIDTH = 8
    FIELDS = (
        Field("tracking", 0, 1, sw="r", hw="w", reset=None),
        Field("toff_max", 1, 1, sw="r", hw="w", reset=None),
        Field("ton_max", 2, 1, sw="r", hw="w", reset=None),
        Field("vout_max", 3, 1, sw="r", hw="w", reset=None),
        Field("uv_fault", 4, 1, sw="r", hw="w", reset=None),
        Field("uv_warn", 5, 1, sw="r", hw="w", reset=None),
        Field("ov_warn", 6, 1, sw="r", hw="w", reset=None),
        Field("ov_fault", 7, 1, sw="r", hw="w", reset=None),
    )

    @property
    def tracking(self) -> bool:
        """Bit 0, r."""
        return (self & 0x1) != 0

    @property
    def toff_max(self) -> bool:
        """Bit 1, r."""
        return (self & 0x2) != 0

    @property
    def ton_max(self) -> bool:
        """Bit 2, r."""
        return (self & 0x4) != 0

    @property
    def vout_max(self) -> bool:
        """Bit 3, r."""
        return (self & 0x8) != 0

    @property
    def uv_fault(self) -> bool:
        """Bit 4, r."""
        return (self & 0x10) != 0

    @property
    def uv_warn(self) -> bool:
        """Bit 5, r."""
        return (self & 0x20) != 0

    @property
    def ov_warn(self) -> bool:
        """Bit 6, r."""
        return (self & 0x40) != 0

    @property
    def ov_fault(self) -> bool:
        """Bit 7, r."""
        return (self & 0x80) != 0


class StatusVout(ReadableRegister):
    """STATUS_VOUT (7Ah)."""
    __slots__ = ()
    Value = StatusVoutValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusVoutValue:
        return StatusVoutValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, tracking: bool = ..., toff_max: bool = ..., ton_max: bool = ..., vout_max: bool = ..., uv_fault: bool = ..., uv_warn: bool = ..., ov_warn: bool = ..., ov_fault: bool = ..., timeout: int) -> StatusVoutValue: ...


class StatusIoutValue(Value):
    """STATUS_IOUT (7Bh)."""
    __slots__ = ()
    NAME = "status_iout"
    WIDTH = 8
    FIELDS = (
        Field("op_warn", 0, 1, sw="r", hw="w", reset=None),
        Field("op_fault", 1, 1, sw="r", hw="w", reset=None),
        Field("power_limiting", 2, 1, sw="r", hw="w", reset=None),
        Field("current_share", 3, 1, sw="r", hw="w", reset=None),
        Field("uc_fault", 4, 1, sw="r", hw="w", reset=None),
        Field("oc_warn", 5, 1, sw="r", hw="w", reset=None),
        Field("oc_lv_fault", 6, 1, sw="r", hw="w", reset=None),
        Field("oc_fault", 7, 1, sw="r", hw="w", reset=None),
    )

    @property
    def op_warn(self) -> bool:
        """Bit 0, r."""
        return (self & 0x1) != 0

    @property
    def op_fault(self) -> bool:
        """Bit 1, r."""
        return (self & 0x2) != 0

    @property
    def power_limiting(self) -> bool:
        """Bit 2, r."""
        return (self & 0x4) != 0

    @property
    def current_share(self) -> bool:
        """Bit 3, r."""
        return (self & 0x8) != 0

    @property
    def uc_fault(self) -> bool:
        """Bit 4, r."""
        return (self & 0x10) != 0

    @property
    def oc_warn(self) -> bool:
        """Bit 5, r."""
        return (self & 0x20) != 0

    @property
    def oc_lv_fault(self) -> bool:
        """Bit 6, r."""
        return (self & 0x40) != 0

    @property
    def oc_fault(self) -> bool:
        """Bit 7, r."""
        return (self & 0x80) != 0


class StatusIout(ReadableRegister):
    """STATUS_IOUT (7Bh)."""
    __slots__ = ()
    Value = StatusIoutValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusIoutValue:
        return StatusIoutValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, op_warn: bool = ..., op_fault: bool = ..., power_limiting: bool = ..., current_share: bool = ..., uc_fault: bool = ..., oc_warn: bool = ..., oc_lv_fault: bool = ..., oc_fault: bool = ..., timeout: int) -> StatusIoutValue: ...


class StatusTemperatureValue(Value):
    """STATUS_TEMPERATURE (7Dh)."""
    __slots__ = ()
    NAME = "status_temperature"
    WIDTH = 8
    FIELDS = (
        Field("ut_fault", 4, 1, sw="r", hw="w", reset=None),
        Field("ut_warn", 5, 1, sw="r", hw="w", reset=None),
        Field("ot_warn", 6, 1, sw="r", hw="w", reset=None),
        Field("ot_fault", 7, 1, sw="r", hw="w", reset=None),
    )

    @property
    def ut_fault(self) -> bool:
        """Bit 4, r."""
        return (self & 0x10) != 0

    @property
    def ut_warn(self) -> bool:
        """Bit 5, r."""
        return (self & 0x20) != 0

    @property
    def ot_warn(self) -> bool:
        """Bit 6, r."""
        return (self & 0x40) != 0

    @property
    def ot_fault(self) -> bool:
        """Bit 7, r."""
        return (self & 0x80) != 0


class StatusTemperature(ReadableRegister):
    """STATUS_TEMPERATURE (7Dh)."""
    __slots__ = ()
    Value = StatusTemperatureValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusTemperatureValue:
        return StatusTemperatureValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, ut_fault: bool = ..., ut_warn: bool = ..., ot_warn: bool = ..., ot_fault: bool = ..., timeout: int) -> StatusTemperatureValue: ...


class ReadVinValue(Value):
    """READ_VIN (88h), on page 0 alone; all ones on others."""
    __slots__ = ()
    NAME = "read_vin"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """10 mV; bits 15:0, r."""
        return self & 0xFFFF


class ReadVin(ReadableRegister):
    """READ_VIN (88h), on page 0 alone; all ones on others."""
    __slots__ = ()
    Value = ReadVinValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadVinValue:
        return ReadVinValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadVinValue: ...


class ReadIinValue(Value):
    """READ_IIN (89h)."""
    __slots__ = ()
    NAME = "read_iin"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """10 mA; bits 15:0, r."""
        return self & 0xFFFF


class ReadIin(ReadableRegister):
    """READ_IIN (89h)."""
    __slots__ = ()
    Value = ReadIinValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadIinValue:
        return ReadIinValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadIinValue: ...


class ReadVoutValue(Value):
    """READ_VOUT (8Bh)."""
    __slots__ = ()
    NAME = "read_vout"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """mV; bits 15:0, r."""
        return self & 0xFFFF


class ReadVout(ReadableRegister):
    """READ_VOUT (8Bh)."""
    __slots__ = ()
    Value = ReadVoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadVoutValue:
        return ReadVoutValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadVoutValue: ...


class ReadIoutValue(Value):
    """READ_IOUT (8Ch)."""
    __slots__ = ()
    NAME = "read_iout"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """0.1 A; bits 15:0, r."""
        return self & 0xFFFF


class ReadIout(ReadableRegister):
    """READ_IOUT (8Ch)."""
    __slots__ = ()
    Value = ReadIoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadIoutValue:
        return ReadIoutValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadIoutValue: ...


class ReadTemperature1Value(Value):
    """READ_TEMPERATURE_1 (8Dh)."""
    __slots__ = ()
    NAME = "read_temperature_1"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """Degrees; bits 15:0, r."""
        return self & 0xFFFF


class ReadTemperature1(ReadableRegister):
    """READ_TEMPERATURE_1 (8Dh)."""
    __slots__ = ()
    Value = ReadTemperature1Value
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadTemperature1Value:
        return ReadTemperature1Value(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadTemperature1Value: ...


class ReadPoutValue(Value):
    """READ_POUT (96h)."""
    __slots__ = ()
    NAME = "read_pout"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """W; bits 15:0, r."""
        return self & 0xFFFF


class ReadPout(ReadableRegister):
    """READ_POUT (96h)."""
    __slots__ = ()
    Value = ReadPoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadPoutValue:
        return ReadPoutValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> ReadPoutValue: ...


class RailRegs(RegisterBlock):
    """One rail. Voltages in mV, currents in 0.1 A, powers in W, temperatures in degrees Celsius: DIRECT, m = 1, b = 0,
    R = 3, 1, 0, 0.
    """
    __slots__ = (
        "operation",
        "clear_faults",
        "vout_mode",
        "vout_command",
        "vout_margin_high",
        "vout_margin_low",
        "vout_ov_fault_limit",
        "vout_ov_warn_limit",
        "vout_uv_warn_limit",
        "vout_uv_fault_limit",
        "iout_oc_fault_limit",
        "iout_oc_warn_limit",
        "ot_fault_limit",
        "ot_warn_limit",
        "status_word",
        "status_vout",
        "status_iout",
        "status_temperature",
        "read_vin",
        "read_iin",
        "read_vout",
        "read_iout",
        "read_temperature_1",
        "read_pout",
    )
    SIZE = 0x9602
    CHILDREN = (
        Child("operation", 0x100, Operation),
        Child("clear_faults", 0x308, ClearFaults),
        Child("vout_mode", 0x2000, VoutMode),
        Child("vout_command", 0x2100, VoutCommand),
        Child("vout_margin_high", 0x2500, VoutMarginHigh),
        Child("vout_margin_low", 0x2600, VoutMarginLow),
        Child("vout_ov_fault_limit", 0x4000, VoutOvFaultLimit),
        Child("vout_ov_warn_limit", 0x4200, VoutOvWarnLimit),
        Child("vout_uv_warn_limit", 0x4300, VoutUvWarnLimit),
        Child("vout_uv_fault_limit", 0x4400, VoutUvFaultLimit),
        Child("iout_oc_fault_limit", 0x4600, IoutOcFaultLimit),
        Child("iout_oc_warn_limit", 0x4A00, IoutOcWarnLimit),
        Child("ot_fault_limit", 0x4F00, OtFaultLimit),
        Child("ot_warn_limit", 0x5100, OtWarnLimit),
        Child("status_word", 0x7900, StatusWord),
        Child("status_vout", 0x7A00, StatusVout),
        Child("status_iout", 0x7B00, StatusIout),
        Child("status_temperature", 0x7D00, StatusTemperature),
        Child("read_vin", 0x8800, ReadVin),
        Child("read_iin", 0x8900, ReadIin),
        Child("read_vout", 0x8B00, ReadVout),
        Child("read_iout", 0x8C00, ReadIout),
        Child("read_temperature_1", 0x8D00, ReadTemperature1),
        Child("read_pout", 0x9600, ReadPout),
    )
    operation: Operation
    clear_faults: ClearFaults
    vout_mode: VoutMode
    vout_command: VoutCommand
    vout_margin_high: VoutMarginHigh
    vout_margin_low: VoutMarginLow
    vout_ov_fault_limit: VoutOvFaultLimit
    vout_ov_warn_limit: VoutOvWarnLimit
    vout_uv_warn_limit: VoutUvWarnLimit
    vout_uv_fault_limit: VoutUvFaultLimit
    iout_oc_fault_limit: IoutOcFaultLimit
    iout_oc_warn_limit: IoutOcWarnLimit
    ot_fault_limit: OtFaultLimit
    ot_warn_limit: OtWarnLimit
    status_word: StatusWord
    status_vout: StatusVout
    status_iout: StatusIout
    status_temperature: StatusTemperature
    read_vin: ReadVin
    read_iin: ReadIin
    read_vout: ReadVout
    read_iout: ReadIout
    read_temperature_1: ReadTemperature1
    read_pout: ReadPout


class Isl69260Regs(RegisterBlock):
    """ISL69260
    Regulator of two rails.
    """
    __slots__ = (
        "device",
        "rail0",
        "rail1",
    )
    SIZE = 0x1019602
    CHILDREN = (
        Child("device", 0x0, DeviceRegs),
        Child("rail0", 0x1000000, RailRegs),
        Child("rail1", 0x1010000, RailRegs),
    )
    device: DeviceRegs
    rail0: RailRegs
    rail1: RailRegs
