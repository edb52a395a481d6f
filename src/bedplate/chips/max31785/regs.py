# Generated from max31785.rdl by `bedplate gen`; do not edit. Digest of the description: 8c212fcfe9c6d9b1.
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


class MfrIdValue(Value):
    """MFR_ID (99h)."""
    __slots__ = ()
    NAME = "mfr_id"
    WIDTH = 8
    FIELDS = (
        Field("value", 0, 8, sw="r", hw="na", reset=0x4D),
    )

    @property
    def value(self) -> int:
        """'M'; bits 7:0, r."""
        return self & 0xFF


class MfrId(ReadableRegister):
    """MFR_ID (99h)."""
    __slots__ = ()
    Value = MfrIdValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> MfrIdValue:
        return MfrIdValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> MfrIdValue: ...


class MfrModelValue(Value):
    """MFR_MODEL (9Ah)."""
    __slots__ = ()
    NAME = "mfr_model"
    WIDTH = 8
    FIELDS = (
        Field("value", 0, 8, sw="r", hw="na", reset=0x53),
    )

    @property
    def value(self) -> int:
        """'S'; bits 7:0, r."""
        return self & 0xFF


class MfrModel(ReadableRegister):
    """MFR_MODEL (9Ah)."""
    __slots__ = ()
    Value = MfrModelValue
    WIDTH = 8
    ACCESS = 8

    def read(self) -> MfrModelValue:
        return MfrModelValue(self.bus.read(self.address, 1))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> MfrModelValue: ...


class MfrRevisionValue(Value):
    """MFR_REVISION (9Bh)."""
    __slots__ = ()
    NAME = "mfr_revision"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="na", reset=0x3030),
    )

    @property
    def value(self) -> int:
        """0x3030 MAX31785, 0x3040 MAX31785A, 0x3061 MAX31785B; bits 15:0, r."""
        return self & 0xFFFF


class MfrRevision(ReadableRegister):
    """MFR_REVISION (9Bh)."""
    __slots__ = ()
    Value = MfrRevisionValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> MfrRevisionValue:
        return MfrRevisionValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> MfrRevisionValue: ...


class DeviceRegs(RegisterBlock):
    """What the device says of itself."""
    __slots__ = (
        "mfr_id",
        "mfr_model",
        "mfr_revision",
    )
    SIZE = 0x9B02
    CHILDREN = (
        Child("mfr_id", 0x9900, MfrId),
        Child("mfr_model", 0x9A00, MfrModel),
        Child("mfr_revision", 0x9B00, MfrRevision),
    )
    mfr_id: MfrId
    mfr_model: MfrModel
    mfr_revision: MfrRevision


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


class ConfigValue(Value):
    """FAN_CONFIG_1_2 (3Ah)."""
    __slots__ = ()
    NAME = "config"
    WIDTH = 8
    FIELDS = (
        Field("pulses", 4, 2),
        Field("rpm", 6, 1),
        Field("installed", 7, 1, reset=1),
    )

    @property
    def pulses(self) -> int:
        """Tachometer pulses a turn, less one; bits 5:4, rw."""
        return self >> 4 & 0x3

    @property
    def rpm(self) -> bool:
        """1: FAN_COMMAND_1 is a speed; 0: a duty cycle; bit 6, rw."""
        return (self & 0x40) != 0

    @property
    def installed(self) -> bool:
        """The fan is there, and driven; bit 7, rw."""
        return (self & 0x80) != 0


class Config(ReadableRegister):
    """FAN_CONFIG_1_2 (3Ah)."""
    __slots__ = ()
    Value = ConfigValue
    WIDTH = 8
    ACCESS = 8
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> ConfigValue:
        return ConfigValue(self.bus.read(self.address, 1))

    def write(self, value: int = 0x80, /, *, pulses: int | None = None, rpm: bool | None = None, installed: bool | None = None) -> None:
        try:
            word, over = value, value >> 8
            if pulses is not None: word = word & 0xCF | pulses << 4; over |= pulses >> 2
            if rpm is not None: word = word & 0xBF | rpm << 6; over |= rpm >> 1
            if installed is not None: word = word & 0x7F | installed << 7; over |= installed >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, pulses=pulses, rpm=rpm, installed=installed)
        self.bus.write(self.address, word, 1)

    def modify(self, *, pulses: int | None = None, rpm: bool | None = None, installed: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFF, 0x0, 0
            if pulses is not None: keep ^= 0x30; bits |= pulses << 4; over |= pulses >> 2
            if rpm is not None: keep ^= 0x40; bits |= rpm << 6; over |= rpm >> 1
            if installed is not None: keep ^= 0x80; bits |= installed << 7; over |= installed >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", pulses=pulses, rpm=rpm, installed=installed)
        if keep != 0xFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 1) & keep | bits, 1)

    if TYPE_CHECKING:
        def wait(self, *, pulses: int = ..., rpm: bool = ..., installed: bool = ..., timeout: int) -> ConfigValue: ...


class CommandValue(Value):
    """FAN_COMMAND_1 (3Bh): DIRECT, m = 1, b = 0, R = 2."""
    __slots__ = ()
    NAME = "command"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, reset=0x7FFF),
    )

    @property
    def value(self) -> int:
        """Duty cycle in 0.01 %; 0x2711 to 0x7FFF is full speed, 0x8000 and more as the temperatures want it; bits 15:0, rw."""
        return self & 0xFFFF


class Command(ReadableRegister):
    """FAN_COMMAND_1 (3Bh): DIRECT, m = 1, b = 0, R = 2."""
    __slots__ = ()
    Value = CommandValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CommandValue:
        return CommandValue(self.bus.read(self.address, 2))

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
        def wait(self, *, value: int = ..., timeout: int) -> CommandValue: ...


class StatusWordValue(Value):
    """STATUS_WORD (79h): what happened since it was cleared."""
    __slots__ = ()
    NAME = "status_word"
    WIDTH = 16
    FIELDS = (
        Field("cml", 1, 1, sw="r", hw="w"),
        Field("fans", 10, 1, sw="r", hw="w"),
        Field("mfr", 12, 1, sw="r", hw="w"),
    )

    @property
    def cml(self) -> bool:
        """Communication, memory or logic; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def fans(self) -> bool:
        """A fan is, or was, slower than one of its limits; bit 10, r."""
        return (self & 0x400) != 0

    @property
    def mfr(self) -> bool:
        """Of the manufacturer; bit 12, r."""
        return (self & 0x1000) != 0


class StatusWord(ReadableRegister):
    """STATUS_WORD (79h): what happened since it was cleared."""
    __slots__ = ()
    Value = StatusWordValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> StatusWordValue:
        return StatusWordValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, cml: bool = ..., fans: bool = ..., mfr: bool = ..., timeout: int) -> StatusWordValue: ...


class SpeedValue(Value):
    """READ_FAN_SPEED_1 (90h)."""
    __slots__ = ()
    NAME = "speed"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """Turns a minute; bits 15:0, r."""
        return self & 0xFFFF


class Speed(ReadableRegister):
    """READ_FAN_SPEED_1 (90h)."""
    __slots__ = ()
    Value = SpeedValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> SpeedValue:
        return SpeedValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> SpeedValue: ...


class PwmValue(Value):
    """MFR_READ_FAN_PWM (F3h)."""
    __slots__ = ()
    NAME = "pwm"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """Duty cycle in 0.01 %; bits 15:0, r."""
        return self & 0xFFFF


class Pwm(ReadableRegister):
    """MFR_READ_FAN_PWM (F3h)."""
    __slots__ = ()
    Value = PwmValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> PwmValue:
        return PwmValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> PwmValue: ...


class FaultLimitValue(Value):
    """MFR_FAN_FAULT_LIMIT (F5h)."""
    __slots__ = ()
    NAME = "fault_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16),
    )

    @property
    def value(self) -> int:
        """Turns a minute; bits 15:0, rw."""
        return self & 0xFFFF


class FaultLimit(ReadableRegister):
    """MFR_FAN_FAULT_LIMIT (F5h)."""
    __slots__ = ()
    Value = FaultLimitValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> FaultLimitValue:
        return FaultLimitValue(self.bus.read(self.address, 2))

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
        def wait(self, *, value: int = ..., timeout: int) -> FaultLimitValue: ...


class WarnLimitValue(Value):
    """MFR_FAN_WARN_LIMIT (F6h)."""
    __slots__ = ()
    NAME = "warn_limit"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16),
    )

    @property
    def value(self) -> int:
        """Turns a minute; bits 15:0, rw."""
        return self & 0xFFFF


class WarnLimit(ReadableRegister):
    """MFR_FAN_WARN_LIMIT (F6h)."""
    __slots__ = ()
    Value = WarnLimitValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> WarnLimitValue:
        return WarnLimitValue(self.bus.read(self.address, 2))

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
        def wait(self, *, value: int = ..., timeout: int) -> WarnLimitValue: ...


class FanRegs(RegisterBlock):
    """One fan."""
    __slots__ = (
        "clear_faults",
        "config",
        "command",
        "status_word",
        "speed",
        "pwm",
        "fault_limit",
        "warn_limit",
    )
    SIZE = 0xF602
    CHILDREN = (
        Child("clear_faults", 0x308, ClearFaults),
        Child("config", 0x3A00, Config),
        Child("command", 0x3B00, Command),
        Child("status_word", 0x7900, StatusWord),
        Child("speed", 0x9000, Speed),
        Child("pwm", 0xF300, Pwm),
        Child("fault_limit", 0xF500, FaultLimit),
        Child("warn_limit", 0xF600, WarnLimit),
    )
    clear_faults: ClearFaults
    config: Config
    command: Command
    status_word: StatusWord
    speed: Speed
    pwm: Pwm
    fault_limit: FaultLimit
    warn_limit: WarnLimit


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
        """0.01 degrees; bits 15:0, rw."""
        return self & 0xFFFF


class OtFaultLimit(ReadableRegister):
    """OT_FAULT_LIMIT (4Fh)."""
    __slots__ = ()
    Value = OtFaultLimitValue
    WIDTH = 16
    ACCESS = 16

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
        """0.01 degrees; bits 15:0, rw."""
        return self & 0xFFFF


class OtWarnLimit(ReadableRegister):
    """OT_WARN_LIMIT (51h)."""
    __slots__ = ()
    Value = OtWarnLimitValue
    WIDTH = 16
    ACCESS = 16

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


class StatusTemperatureValue(Value):
    """STATUS_TEMPERATURE (7Dh)."""
    __slots__ = ()
    NAME = "status_temperature"
    WIDTH = 8
    FIELDS = (
        Field("ot_warn", 6, 1, sw="r", hw="w"),
        Field("ot_fault", 7, 1, sw="r", hw="w"),
    )

    @property
    def ot_warn(self) -> bool:
        """Warmer than OT_WARN_LIMIT; bit 6, r."""
        return (self & 0x40) != 0

    @property
    def ot_fault(self) -> bool:
        """Warmer than OT_FAULT_LIMIT; bit 7, r."""
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
        def wait(self, *, ot_warn: bool = ..., ot_fault: bool = ..., timeout: int) -> StatusTemperatureValue: ...


class TemperatureValue(Value):
    """READ_TEMPERATURE_1 (8Dh)."""
    __slots__ = ()
    NAME = "temperature"
    WIDTH = 16
    FIELDS = (
        Field("value", 0, 16, sw="r", hw="w", reset=None),
    )

    @property
    def value(self) -> int:
        """0.01 degrees; 0x7FFF: the sensor is broken; bits 15:0, r."""
        return self & 0xFFFF


class Temperature(ReadableRegister):
    """READ_TEMPERATURE_1 (8Dh)."""
    __slots__ = ()
    Value = TemperatureValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> TemperatureValue:
        return TemperatureValue(self.bus.read(self.address, 2))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> TemperatureValue: ...


class SensorRegs(RegisterBlock):
    """One temperature sensor: DIRECT, m = 1, b = 0, R = 2; 0.01 degrees Celsius."""
    __slots__ = (
        "ot_fault_limit",
        "ot_warn_limit",
        "status_temperature",
        "temperature",
    )
    SIZE = 0x8D02
    CHILDREN = (
        Child("ot_fault_limit", 0x4F00, OtFaultLimit),
        Child("ot_warn_limit", 0x5100, OtWarnLimit),
        Child("status_temperature", 0x7D00, StatusTemperature),
        Child("temperature", 0x8D00, Temperature),
    )
    ot_fault_limit: OtFaultLimit
    ot_warn_limit: OtWarnLimit
    status_temperature: StatusTemperature
    temperature: Temperature


class Max31785Regs(RegisterBlock):
    """MAX31785
    Controller of six fans.
    """
    __slots__ = (
        "device",
        "fan",
        "die_temp",
    )
    SIZE = 0x10C8D02
    CHILDREN = (
        Child("device", 0x0, DeviceRegs),
        Child("fan", 0x1000000, FanRegs, (6,), 0x10000),
        Child("die_temp", 0x10C0000, SensorRegs),
    )
    device: DeviceRegs
    fan: tuple[FanRegs, ...]
    die_temp: SensorRegs
