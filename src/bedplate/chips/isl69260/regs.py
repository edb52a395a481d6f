# Generated from isl69260.rdl by `bedplate gen`; do not edit. Digest of the description: 7dfb9c10f16cc85f.
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


class Capability(Register):
    """CAPABILITY (19h)."""
    __slots__ = ()
    Value = CapabilityValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> CapabilityValue:
        return CapabilityValue(self.bus.read(self.address, 1))

    def wait(self, *, alert: bool | None = None, speed: int | None = None, pec: bool | None = None, timeout: int) -> CapabilityValue:
        mask = bits = 0
        try:
            if alert is not None:
                if alert >> 1:
                    raise self._field("alert", alert)
                mask |= 0x10
                bits |= alert << 4
            if speed is not None:
                if speed >> 2:
                    raise self._field("speed", speed)
                mask |= 0x60
                bits |= speed << 5
            if pec is not None:
                if pec >> 1:
                    raise self._field("pec", pec)
                mask |= 0x80
                bits |= pec << 7
        except TypeError:
            raise self._no_number({"alert": alert, "speed": speed, "pec": pec}) from None
        return CapabilityValue(self._wait(mask, bits, timeout))


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


class Revision(Register):
    """PMBUS_REVISION (98h)."""
    __slots__ = ()
    Value = RevisionValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> RevisionValue:
        return RevisionValue(self.bus.read(self.address, 1))

    def wait(self, *, part_2: int | None = None, part_1: int | None = None, timeout: int) -> RevisionValue:
        mask = bits = 0
        try:
            if part_2 is not None:
                if part_2 >> 4:
                    raise self._field("part_2", part_2)
                mask |= 0xF
                bits |= part_2
            if part_1 is not None:
                if part_1 >> 4:
                    raise self._field("part_1", part_1)
                mask |= 0xF0
                bits |= part_1 << 4
        except TypeError:
            raise self._no_number({"part_2": part_2, "part_1": part_1}) from None
        return RevisionValue(self._wait(mask, bits, timeout))


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


class Operation(Register):
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
            if value >> 8:
                raise self._whole(value)
            if margin is not None:
                if margin >> 4:
                    raise self._field("margin", margin)
                value = value & 0xC3 | margin << 2
            if soft_off is not None:
                if soft_off >> 1:
                    raise self._field("soft_off", soft_off)
                value = value & 0xBF | soft_off << 6
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                value = value & 0x7F | on << 7
        except TypeError:
            raise self._no_number({"": value, "margin": margin, "soft_off": soft_off, "on": on}) from None
        self.bus.write(self.address, value, 1)

    def modify(self, *, margin: int | None = None, soft_off: bool | None = None, on: bool | None = None) -> None:
        keep = 0xFF
        bits = 0x0
        try:
            if margin is not None:
                if margin >> 4:
                    raise self._field("margin", margin)
                keep ^= 0x3C
                bits |= margin << 2
            if soft_off is not None:
                if soft_off >> 1:
                    raise self._field("soft_off", soft_off)
                keep ^= 0x40
                bits |= soft_off << 6
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                keep ^= 0x80
                bits |= on << 7
        except TypeError:
            raise self._no_number({"margin": margin, "soft_off": soft_off, "on": on}) from None
        if keep != 0xFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 1) & keep | bits, 1)

    def wait(self, *, margin: int | None = None, soft_off: bool | None = None, on: bool | None = None, timeout: int) -> OperationValue:
        mask = bits = 0
        try:
            if margin is not None:
                if margin >> 4:
                    raise self._field("margin", margin)
                mask |= 0x3C
                bits |= margin << 2
            if soft_off is not None:
                if soft_off >> 1:
                    raise self._field("soft_off", soft_off)
                mask |= 0x40
                bits |= soft_off << 6
            if on is not None:
                if on >> 1:
                    raise self._field("on", on)
                mask |= 0x80
                bits |= on << 7
        except TypeError:
            raise self._no_number({"margin": margin, "soft_off": soft_off, "on": on}) from None
        return OperationValue(self._wait(mask, bits, timeout))


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
            if value >> 8:
                raise self._whole(value)
            if go is not None:
                if go >> 1:
                    raise self._field("go", go)
                value = value & 0xFE | go
        except TypeError:
            raise self._no_number({"": value, "go": go}) from None
        self.bus.write(self.address, value, 1)


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


class VoutMode(Register):
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
            if value >> 8:
                raise self._whole(value)
            if parameter is not None:
                if parameter >> 5:
                    raise self._field("parameter", parameter)
                value = value & 0xE0 | parameter
            if mode is not None:
                if mode >> 2:
                    raise self._field("mode", mode)
                value = value & 0x9F | mode << 5
            if relative is not None:
                if relative >> 1:
                    raise self._field("relative", relative)
                value = value & 0x7F | relative << 7
        except TypeError:
            raise self._no_number({"": value, "parameter": parameter, "mode": mode, "relative": relative}) from None
        self.bus.write(self.address, value, 1)

    def modify(self, *, parameter: int | None = None, mode: int | None = None, relative: bool | None = None) -> None:
        keep = 0xFF
        bits = 0x0
        try:
            if parameter is not None:
                if parameter >> 5:
                    raise self._field("parameter", parameter)
                keep ^= 0x1F
                bits |= parameter
            if mode is not None:
                if mode >> 2:
                    raise self._field("mode", mode)
                keep ^= 0x60
                bits |= mode << 5
            if relative is not None:
                if relative >> 1:
                    raise self._field("relative", relative)
                keep ^= 0x80
                bits |= relative << 7
        except TypeError:
            raise self._no_number({"parameter": parameter, "mode": mode, "relative": relative}) from None
        if keep != 0xFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 1) & keep | bits, 1)

    def wait(self, *, parameter: int | None = None, mode: int | None = None, relative: bool | None = None, timeout: int) -> VoutModeValue:
        mask = bits = 0
        try:
            if parameter is not None:
                if parameter >> 5:
                    raise self._field("parameter", parameter)
                mask |= 0x1F
                bits |= parameter
            if mode is not None:
                if mode >> 2:
                    raise self._field("mode", mode)
                mask |= 0x60
                bits |= mode << 5
            if relative is not None:
                if relative >> 1:
                    raise self._field("relative", relative)
                mask |= 0x80
                bits |= relative << 7
        except TypeError:
            raise self._no_number({"parameter": parameter, "mode": mode, "relative": relative}) from None
        return VoutModeValue(self._wait(mask, bits, timeout))


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


class VoutCommand(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutCommandValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutCommandValue(self._wait(mask, bits, timeout))


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


class VoutMarginHigh(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutMarginHighValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutMarginHighValue(self._wait(mask, bits, timeout))


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


class VoutMarginLow(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutMarginLowValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutMarginLowValue(self._wait(mask, bits, timeout))


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


class VoutOvFaultLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutOvFaultLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutOvFaultLimitValue(self._wait(mask, bits, timeout))


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


class VoutOvWarnLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutOvWarnLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutOvWarnLimitValue(self._wait(mask, bits, timeout))


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


class VoutUvWarnLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutUvWarnLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutUvWarnLimitValue(self._wait(mask, bits, timeout))


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


class VoutUvFaultLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> VoutUvFaultLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return VoutUvFaultLimitValue(self._wait(mask, bits, timeout))


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


class IoutOcFaultLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> IoutOcFaultLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return IoutOcFaultLimitValue(self._wait(mask, bits, timeout))


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


class IoutOcWarnLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> IoutOcWarnLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return IoutOcWarnLimitValue(self._wait(mask, bits, timeout))


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


class OtFaultLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> OtFaultLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return OtFaultLimitValue(self._wait(mask, bits, timeout))


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


class OtWarnLimit(Register):
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
            if _value >> 16:
                raise self._whole(_value)
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                _value = value
        except TypeError:
            raise self._no_number({"": _value, "value": value}) from None
        self.bus.write(self.address, _value, 2)

    def modify(self, *, value: int | None = None) -> None:
        keep = 0xFFFF
        bits = 0x0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                keep ^= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    def wait(self, *, value: int | None = None, timeout: int) -> OtWarnLimitValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return OtWarnLimitValue(self._wait(mask, bits, timeout))


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


class StatusWord(Register):
    """STATUS_WORD (79h): what happened since it was cleared, and whether the output is off now."""
    __slots__ = ()
    Value = StatusWordValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> StatusWordValue:
        return StatusWordValue(self.bus.read(self.address, 2))

    def wait(self, *, none: bool | None = None, cml: bool | None = None, temperature: bool | None = None, vin_uv: bool | None = None, iout_oc: bool | None = None, vout_ov: bool | None = None, off: bool | None = None, busy: bool | None = None, unknown: bool | None = None, other: bool | None = None, fans: bool | None = None, power_bad: bool | None = None, mfr: bool | None = None, inputs: bool | None = None, iout_pout: bool | None = None, vout: bool | None = None, timeout: int) -> StatusWordValue:
        mask = bits = 0
        try:
            if none is not None:
                if none >> 1:
                    raise self._field("none", none)
                mask |= 0x1
                bits |= none
            if cml is not None:
                if cml >> 1:
                    raise self._field("cml", cml)
                mask |= 0x2
                bits |= cml << 1
            if temperature is not None:
                if temperature >> 1:
                    raise self._field("temperature", temperature)
                mask |= 0x4
                bits |= temperature << 2
            if vin_uv is not None:
                if vin_uv >> 1:
                    raise self._field("vin_uv", vin_uv)
                mask |= 0x8
                bits |= vin_uv << 3
            if iout_oc is not None:
                if iout_oc >> 1:
                    raise self._field("iout_oc", iout_oc)
                mask |= 0x10
                bits |= iout_oc << 4
            if vout_ov is not None:
                if vout_ov >> 1:
                    raise self._field("vout_ov", vout_ov)
                mask |= 0x20
                bits |= vout_ov << 5
            if off is not None:
                if off >> 1:
                    raise self._field("off", off)
                mask |= 0x40
                bits |= off << 6
            if busy is not None:
                if busy >> 1:
                    raise self._field("busy", busy)
                mask |= 0x80
                bits |= busy << 7
            if unknown is not None:
                if unknown >> 1:
                    raise self._field("unknown", unknown)
                mask |= 0x100
                bits |= unknown << 8
            if other is not None:
                if other >> 1:
                    raise self._field("other", other)
                mask |= 0x200
                bits |= other << 9
            if fans is not None:
                if fans >> 1:
                    raise self._field("fans", fans)
                mask |= 0x400
                bits |= fans << 10
            if power_bad is not None:
                if power_bad >> 1:
                    raise self._field("power_bad", power_bad)
                mask |= 0x800
                bits |= power_bad << 11
            if mfr is not None:
                if mfr >> 1:
                    raise self._field("mfr", mfr)
                mask |= 0x1000
                bits |= mfr << 12
            if inputs is not None:
                if inputs >> 1:
                    raise self._field("inputs", inputs)
                mask |= 0x2000
                bits |= inputs << 13
            if iout_pout is not None:
                if iout_pout >> 1:
                    raise self._field("iout_pout", iout_pout)
                mask |= 0x4000
                bits |= iout_pout << 14
            if vout is not None:
                if vout >> 1:
                    raise self._field("vout", vout)
                mask |= 0x8000
                bits |= vout << 15
        except TypeError:
            raise self._no_number({"none": none, "cml": cml, "temperature": temperature, "vin_uv": vin_uv, "iout_oc": iout_oc, "vout_ov": vout_ov, "off": off, "busy": busy, "unknown": unknown, "other": other, "fans": fans, "power_bad": power_bad, "mfr": mfr, "inputs": inputs, "iout_pout": iout_pout, "vout": vout}) from None
        return StatusWordValue(self._wait(mask, bits, timeout))


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


class StatusVout(Register):
    """STATUS_VOUT (7Ah)."""
    __slots__ = ()
    Value = StatusVoutValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusVoutValue:
        return StatusVoutValue(self.bus.read(self.address, 1))

    def wait(self, *, tracking: bool | None = None, toff_max: bool | None = None, ton_max: bool | None = None, vout_max: bool | None = None, uv_fault: bool | None = None, uv_warn: bool | None = None, ov_warn: bool | None = None, ov_fault: bool | None = None, timeout: int) -> StatusVoutValue:
        mask = bits = 0
        try:
            if tracking is not None:
                if tracking >> 1:
                    raise self._field("tracking", tracking)
                mask |= 0x1
                bits |= tracking
            if toff_max is not None:
                if toff_max >> 1:
                    raise self._field("toff_max", toff_max)
                mask |= 0x2
                bits |= toff_max << 1
            if ton_max is not None:
                if ton_max >> 1:
                    raise self._field("ton_max", ton_max)
                mask |= 0x4
                bits |= ton_max << 2
            if vout_max is not None:
                if vout_max >> 1:
                    raise self._field("vout_max", vout_max)
                mask |= 0x8
                bits |= vout_max << 3
            if uv_fault is not None:
                if uv_fault >> 1:
                    raise self._field("uv_fault", uv_fault)
                mask |= 0x10
                bits |= uv_fault << 4
            if uv_warn is not None:
                if uv_warn >> 1:
                    raise self._field("uv_warn", uv_warn)
                mask |= 0x20
                bits |= uv_warn << 5
            if ov_warn is not None:
                if ov_warn >> 1:
                    raise self._field("ov_warn", ov_warn)
                mask |= 0x40
                bits |= ov_warn << 6
            if ov_fault is not None:
                if ov_fault >> 1:
                    raise self._field("ov_fault", ov_fault)
                mask |= 0x80
                bits |= ov_fault << 7
        except TypeError:
            raise self._no_number({"tracking": tracking, "toff_max": toff_max, "ton_max": ton_max, "vout_max": vout_max, "uv_fault": uv_fault, "uv_warn": uv_warn, "ov_warn": ov_warn, "ov_fault": ov_fault}) from None
        return StatusVoutValue(self._wait(mask, bits, timeout))


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


class StatusIout(Register):
    """STATUS_IOUT (7Bh)."""
    __slots__ = ()
    Value = StatusIoutValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusIoutValue:
        return StatusIoutValue(self.bus.read(self.address, 1))

    def wait(self, *, op_warn: bool | None = None, op_fault: bool | None = None, power_limiting: bool | None = None, current_share: bool | None = None, uc_fault: bool | None = None, oc_warn: bool | None = None, oc_lv_fault: bool | None = None, oc_fault: bool | None = None, timeout: int) -> StatusIoutValue:
        mask = bits = 0
        try:
            if op_warn is not None:
                if op_warn >> 1:
                    raise self._field("op_warn", op_warn)
                mask |= 0x1
                bits |= op_warn
            if op_fault is not None:
                if op_fault >> 1:
                    raise self._field("op_fault", op_fault)
                mask |= 0x2
                bits |= op_fault << 1
            if power_limiting is not None:
                if power_limiting >> 1:
                    raise self._field("power_limiting", power_limiting)
                mask |= 0x4
                bits |= power_limiting << 2
            if current_share is not None:
                if current_share >> 1:
                    raise self._field("current_share", current_share)
                mask |= 0x8
                bits |= current_share << 3
            if uc_fault is not None:
                if uc_fault >> 1:
                    raise self._field("uc_fault", uc_fault)
                mask |= 0x10
                bits |= uc_fault << 4
            if oc_warn is not None:
                if oc_warn >> 1:
                    raise self._field("oc_warn", oc_warn)
                mask |= 0x20
                bits |= oc_warn << 5
            if oc_lv_fault is not None:
                if oc_lv_fault >> 1:
                    raise self._field("oc_lv_fault", oc_lv_fault)
                mask |= 0x40
                bits |= oc_lv_fault << 6
            if oc_fault is not None:
                if oc_fault >> 1:
                    raise self._field("oc_fault", oc_fault)
                mask |= 0x80
                bits |= oc_fault << 7
        except TypeError:
            raise self._no_number({"op_warn": op_warn, "op_fault": op_fault, "power_limiting": power_limiting, "current_share": current_share, "uc_fault": uc_fault, "oc_warn": oc_warn, "oc_lv_fault": oc_lv_fault, "oc_fault": oc_fault}) from None
        return StatusIoutValue(self._wait(mask, bits, timeout))


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


class StatusTemperature(Register):
    """STATUS_TEMPERATURE (7Dh)."""
    __slots__ = ()
    Value = StatusTemperatureValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> StatusTemperatureValue:
        return StatusTemperatureValue(self.bus.read(self.address, 1))

    def wait(self, *, ut_fault: bool | None = None, ut_warn: bool | None = None, ot_warn: bool | None = None, ot_fault: bool | None = None, timeout: int) -> StatusTemperatureValue:
        mask = bits = 0
        try:
            if ut_fault is not None:
                if ut_fault >> 1:
                    raise self._field("ut_fault", ut_fault)
                mask |= 0x10
                bits |= ut_fault << 4
            if ut_warn is not None:
                if ut_warn >> 1:
                    raise self._field("ut_warn", ut_warn)
                mask |= 0x20
                bits |= ut_warn << 5
            if ot_warn is not None:
                if ot_warn >> 1:
                    raise self._field("ot_warn", ot_warn)
                mask |= 0x40
                bits |= ot_warn << 6
            if ot_fault is not None:
                if ot_fault >> 1:
                    raise self._field("ot_fault", ot_fault)
                mask |= 0x80
                bits |= ot_fault << 7
        except TypeError:
            raise self._no_number({"ut_fault": ut_fault, "ut_warn": ut_warn, "ot_warn": ot_warn, "ot_fault": ot_fault}) from None
        return StatusTemperatureValue(self._wait(mask, bits, timeout))


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


class ReadVin(Register):
    """READ_VIN (88h), on page 0 alone; all ones on others."""
    __slots__ = ()
    Value = ReadVinValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadVinValue:
        return ReadVinValue(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadVinValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadVinValue(self._wait(mask, bits, timeout))


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


class ReadIin(Register):
    """READ_IIN (89h)."""
    __slots__ = ()
    Value = ReadIinValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadIinValue:
        return ReadIinValue(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadIinValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadIinValue(self._wait(mask, bits, timeout))


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


class ReadVout(Register):
    """READ_VOUT (8Bh)."""
    __slots__ = ()
    Value = ReadVoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadVoutValue:
        return ReadVoutValue(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadVoutValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadVoutValue(self._wait(mask, bits, timeout))


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


class ReadIout(Register):
    """READ_IOUT (8Ch)."""
    __slots__ = ()
    Value = ReadIoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadIoutValue:
        return ReadIoutValue(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadIoutValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadIoutValue(self._wait(mask, bits, timeout))


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


class ReadTemperature1(Register):
    """READ_TEMPERATURE_1 (8Dh)."""
    __slots__ = ()
    Value = ReadTemperature1Value
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadTemperature1Value:
        return ReadTemperature1Value(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadTemperature1Value:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadTemperature1Value(self._wait(mask, bits, timeout))


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


class ReadPout(Register):
    """READ_POUT (96h)."""
    __slots__ = ()
    Value = ReadPoutValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> ReadPoutValue:
        return ReadPoutValue(self.bus.read(self.address, 2))

    def wait(self, *, value: int | None = None, timeout: int) -> ReadPoutValue:
        mask = bits = 0
        try:
            if value is not None:
                if value >> 16:
                    raise self._field("value", value)
                mask |= 0xFFFF
                bits |= value
        except TypeError:
            raise self._no_number({"value": value}) from None
        return ReadPoutValue(self._wait(mask, bits, timeout))


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
