# Generated from hbm_phy.rdl by `bedplate gen`; do not edit. Digest of the description: d74a62f3f5d65a5d.
# fmt: off

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    Register,
    RegisterBlock,
    Value,
    decode,
    decoder,
)


class TrainCodeE(IntEnum):
    NOT_STARTED = 286331153
    """No training since reset. Not zero."""
    STARTED = 0
    """Training is in progress. Zero."""
    PASSED = 1611489293
    """All channels are trained."""
    FAILED = 64017
    """At least one channel is not; see fail_step and fail_channels."""


class TrainStepE(IntEnum):
    NONE = 0
    RX_OFFSET = 1
    """Receiver offset."""
    DUTY_CYCLE = 2
    """Duty cycle of clock and strobe."""
    VREF = 3
    """Reference voltage of data."""
    WRITE_STROBE = 4
    """Write strobe to clock."""
    CENTRING = 5
    """Read and write centring."""


_TRAIN_STEP_E = decoder(TrainStepE, 4)


class IdValue(Value):
    """Block identity: 'HPH1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x48504831),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'HPH1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class PhyCtrlValue(Value):
    """Reset and power of the PHY. Either one forgets calibration, training and test."""
    __slots__ = ()
    NAME = "phy_ctrl"
    FIELDS = (
        Field("rst", 0, 1, reset=1),
        Field("pd", 1, 1, reset=1),
    )

    @property
    def rst(self) -> bool:
        """Held in reset; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def pd(self) -> bool:
        """Powered down; bit 1, rw."""
        return (self & 0x2) != 0


class PhyCtrl(ReadableRegister):
    """Reset and power of the PHY. Either one forgets calibration, training and test."""
    __slots__ = ()
    Value = PhyCtrlValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> PhyCtrlValue:
        return PhyCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x3, /, *, rst: bool | None = None, pd: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if rst is not None: word = word & 0xFFFFFFFE | rst; over |= rst >> 1
            if pd is not None: word = word & 0xFFFFFFFD | pd << 1; over |= pd >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, rst=rst, pd=pd)
        self.bus.write(self.address, word)

    def modify(self, *, rst: bool | None = None, pd: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if rst is not None: keep ^= 0x1; bits |= rst; over |= rst >> 1
            if pd is not None: keep ^= 0x2; bits |= pd << 1; over |= pd >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", rst=rst, pd=pd)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, rst: bool = ..., pd: bool = ..., timeout: int) -> PhyCtrlValue: ...


class SpeedValue(Value):
    """Speed. Write only while in reset."""
    __slots__ = ()
    NAME = "speed"
    FIELDS = (
        Field("bin", 0, 4, props={"swmod": True}),
    )

    @property
    def bin(self) -> int:
        """Speed bin: 4800 + 400 * bin MT/s per pin; bits 3:0, rw."""
        return self & 0xF


class Speed(ReadableRegister):
    """Speed. Write only while in reset."""
    __slots__ = ()
    Value = SpeedValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> SpeedValue:
        return SpeedValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, bin: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if bin is not None: word = word & 0xFFFFFFF0 | bin; over |= bin >> 4
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, bin=bin)
        self.bus.write(self.address, word)

    def modify(self, *, bin: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if bin is not None: keep ^= 0xF; bits |= bin; over |= bin >> 4
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", bin=bin)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, bin: int = ..., timeout: int) -> SpeedValue: ...


class PllValue(Value):
    """PLL of the PHY."""
    __slots__ = ()
    NAME = "pll"
    FIELDS = (
        Field("lock", 0, 1, sw="r", hw="w"),
        Field("lock_lost", 1, 1, hw="na", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE, props={"hwset": True, "precedence": "hw", "resetsignal": "signal:por_n"}),
        Field("lock_timeout", 2, 1, sw="r", hw="w"),
        Field("mhz", 16, 16, sw="r", hw="w"),
    )

    @property
    def lock(self) -> bool:
        """Locked, now; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def lock_lost(self) -> bool:
        """Lock was lost at some time. Evidence: survives everything but power-on reset; bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def lock_timeout(self) -> bool:
        """No lock within 100 us since the PHY was released, or lost since: it does not look for it again; bit 2, r."""
        return (self & 0x4) != 0

    @property
    def mhz(self) -> int:
        """Rate of the clock that it gets from its source, in MHz, as counted now; 0 without; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class Pll(ReadableRegister):
    """PLL of the PHY."""
    __slots__ = ()
    Value = PllValue

    def read(self) -> PllValue:
        return PllValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, lock_lost: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if lock_lost is not None: word = word & 0xFFFFFFFD | lock_lost << 1; over |= lock_lost >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, lock_lost=lock_lost)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, lock_lost: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x2
            if lock_lost: bits |= lock_lost << 1; over |= lock_lost >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, lock_lost=lock_lost)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, lock: bool = ..., lock_lost: bool = ..., lock_timeout: bool = ..., mhz: int = ..., timeout: int) -> PllValue: ...


class ZqCtrlValue(Value):
    """Calibrate impedance against the external resistor."""
    __slots__ = ()
    NAME = "zq_ctrl"
    FIELDS = (
        Field("start", 0, 1, sw="w", singlepulse=True),
    )


class ZqCtrl(Register):
    """Calibrate impedance against the external resistor."""
    __slots__ = ()
    Value = ZqCtrlValue

    def write(self, value: int = 0x0, /, *, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if start is not None: word = word & 0xFFFFFFFE | start; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, start=start)
        self.bus.write(self.address, word)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if start: bits |= start; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", start=start)
        if bits:
            self.bus.write(self.address, bits)


class ZqStatusValue(Value):
    """Impedance calibration."""
    __slots__ = ()
    NAME = "zq_status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("done", 1, 1, sw="r", hw="w"),
        Field("code", 8, 6, sw="r", hw="w"),
    )

    @property
    def busy(self) -> bool:
        """Calibrating; visible before the next access; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def done(self) -> bool:
        """The code is good; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def code(self) -> int:
        """Pull-up and pull-down code; bits 13:8, r."""
        return self >> 8 & 0x3F


class ZqStatus(ReadableRegister):
    """Impedance calibration."""
    __slots__ = ()
    Value = ZqStatusValue

    def read(self) -> ZqStatusValue:
        return ZqStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., done: bool = ..., code: int = ..., timeout: int) -> ZqStatusValue: ...


class DfiInitValue(Value):
    """DFI initialisation: a level, not a pulse."""
    __slots__ = ()
    NAME = "dfi_init"
    FIELDS = (
        Field("start", 0, 1, props={"swmod": True}),
    )

    @property
    def start(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0


class DfiInit(ReadableRegister):
    """DFI initialisation: a level, not a pulse."""
    __slots__ = ()
    Value = DfiInitValue

    def read(self) -> DfiInitValue:
        return DfiInitValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if start is not None: word = word & 0xFFFFFFFE | start; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, start=start)
        self.bus.write(self.address, word)

    def modify(self, *, start: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if start is not None: keep ^= 0x1; bits |= start; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", start=start)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, start: bool = ..., timeout: int) -> DfiInitValue: ...


class DfiStatusValue(Value):
    """DFI initialisation, answer."""
    __slots__ = ()
    NAME = "dfi_status"
    FIELDS = (
        Field("complete", 0, 1, sw="r", hw="w"),
    )

    @property
    def complete(self) -> bool:
        """Bit 0, r."""
        return (self & 0x1) != 0


class DfiStatus(ReadableRegister):
    """DFI initialisation, answer."""
    __slots__ = ()
    Value = DfiStatusValue

    def read(self) -> DfiStatusValue:
        return DfiStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, complete: bool = ..., timeout: int) -> DfiStatusValue: ...


class TrainCmdValue(Value):
    """Training."""
    __slots__ = ()
    NAME = "train_cmd"
    FIELDS = (
        Field("steps", 0, 5),
        Field("start", 31, 1, sw="w", singlepulse=True),
    )

    @property
    def steps(self) -> int:
        """Steps to run, a bit each in their order; redoing one invalidates those after it; bits 4:0, rw."""
        return self & 0x1F


class TrainCmd(ReadableRegister):
    """Training."""
    __slots__ = ()
    Value = TrainCmdValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> TrainCmdValue:
        return TrainCmdValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, steps: int | None = None, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if steps is not None: word = word & 0xFFFFFFE0 | steps; over |= steps >> 5
            if start is not None: word = word & 0x7FFFFFFF | start << 31; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, steps=steps, start=start)
        self.bus.write(self.address, word)

    def modify(self, *, steps: int | None = None) -> None:
        try:
            keep, bits, over = 0x7FFFFFFF, 0x0, 0
            if steps is not None: keep ^= 0x1F; bits |= steps; over |= steps >> 5
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", steps=steps)
        if keep != 0x7FFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            over = bits = 0
            if start: bits |= start << 31; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", start=start)
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0x7FFFFFFF | bits)

    if TYPE_CHECKING:
        def wait(self, *, steps: int = ..., timeout: int) -> TrainCmdValue: ...


class TrainStatusValue(Value):
    """Where training is. Not monotone: decode by table, never by comparing with 0."""
    __slots__ = ()
    NAME = "train_status"
    FIELDS = (
        Field("code", 0, 32, sw="r", hw="w", reset=0x11111111, enum=TrainCodeE),
    )

    @property
    def code(self) -> TrainCodeE:
        """Bits 31:0, r."""
        return decode(TrainCodeE, self & 0xFFFFFFFF)


class TrainStatus(ReadableRegister):
    """Where training is. Not monotone: decode by table, never by comparing with 0."""
    __slots__ = ()
    Value = TrainStatusValue

    def read(self) -> TrainStatusValue:
        return TrainStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, code: TrainCodeE = ..., timeout: int) -> TrainStatusValue: ...


class PostCodeValue(Value):
    """Progress of training or test: standing still for long means a hung sequencer."""
    __slots__ = ()
    NAME = "post_code"
    FIELDS = (
        Field("code", 0, 16, sw="r", hw="w"),
    )

    @property
    def code(self) -> int:
        """Step in the high byte, hundredths of it in the low one; bits 15:0, r."""
        return self & 0xFFFF


class PostCode(ReadableRegister):
    """Progress of training or test: standing still for long means a hung sequencer."""
    __slots__ = ()
    Value = PostCodeValue

    def read(self) -> PostCodeValue:
        return PostCodeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, code: int = ..., timeout: int) -> PostCodeValue: ...


class FailStepValue(Value):
    """The first step that failed."""
    __slots__ = ()
    NAME = "fail_step"
    FIELDS = (
        Field("step", 0, 4, sw="r", hw="w", enum=TrainStepE),
    )

    @property
    def step(self) -> TrainStepE:
        """Bits 3:0, r."""
        return _TRAIN_STEP_E[self & 0xF]


class FailStep(ReadableRegister):
    """The first step that failed."""
    __slots__ = ()
    Value = FailStepValue

    def read(self) -> FailStepValue:
        return FailStepValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, step: TrainStepE = ..., timeout: int) -> FailStepValue: ...


class FailChannelsValue(Value):
    """Channels that failed training."""
    __slots__ = ()
    NAME = "fail_channels"
    FIELDS = (
        Field("mask", 0, 16, sw="r", hw="w"),
    )

    @property
    def mask(self) -> int:
        """Bits 15:0, r."""
        return self & 0xFFFF


class FailChannels(ReadableRegister):
    """Channels that failed training."""
    __slots__ = ()
    Value = FailChannelsValue

    def read(self) -> FailChannelsValue:
        return FailChannelsValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, mask: int = ..., timeout: int) -> FailChannelsValue: ...


class MarginalValue(Value):
    """Channels that passed with an eye smaller than eye_limit."""
    __slots__ = ()
    NAME = "marginal"
    FIELDS = (
        Field("mask", 0, 16, sw="r", hw="w"),
    )

    @property
    def mask(self) -> int:
        """Bits 15:0, r."""
        return self & 0xFFFF


class Marginal(ReadableRegister):
    """Channels that passed with an eye smaller than eye_limit."""
    __slots__ = ()
    Value = MarginalValue

    def read(self) -> MarginalValue:
        return MarginalValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, mask: int = ..., timeout: int) -> MarginalValue: ...


class EyeLimitValue(Value):
    """Smallest eye that is good enough."""
    __slots__ = ()
    NAME = "eye_limit"
    FIELDS = (
        Field("width", 0, 8),
        Field("height", 8, 8),
    )

    @property
    def width(self) -> int:
        """Width, in 1/64 of a unit interval; bits 7:0, rw."""
        return self & 0xFF

    @property
    def height(self) -> int:
        """Height, in mV; bits 15:8, rw."""
        return self >> 8 & 0xFF


class EyeLimit(ReadableRegister):
    """Smallest eye that is good enough."""
    __slots__ = ()
    Value = EyeLimitValue

    def read(self) -> EyeLimitValue:
        return EyeLimitValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, width: int | None = None, height: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if width is not None: word = word & 0xFFFFFF00 | width; over |= width >> 8
            if height is not None: word = word & 0xFFFF00FF | height << 8; over |= height >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, width=width, height=height)
        self.bus.write(self.address, word)

    def modify(self, *, width: int | None = None, height: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if width is not None: keep ^= 0xFF; bits |= width; over |= width >> 8
            if height is not None: keep ^= 0xFF00; bits |= height << 8; over |= height >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", width=width, height=height)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, width: int = ..., height: int = ..., timeout: int) -> EyeLimitValue: ...


class ElapsedValue(Value):
    """How long the present training or test has been running, or how long the last one took."""
    __slots__ = ()
    NAME = "elapsed"
    FIELDS = (
        Field("us", 0, 32, sw="r", hw="w"),
    )

    @property
    def us(self) -> int:
        """Microseconds, saturating; bits 31:0, r."""
        return self & 0xFFFFFFFF


class Elapsed(ReadableRegister):
    """How long the present training or test has been running, or how long the last one took."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> ElapsedValue: ...


class TestCmdValue(Value):
    """Test the memory of all channels: writes all over it."""
    __slots__ = ()
    NAME = "test_cmd"
    FIELDS = (
        Field("start", 0, 1, sw="w", singlepulse=True),
    )


class TestCmd(Register):
    """Test the memory of all channels: writes all over it."""
    __slots__ = ()
    Value = TestCmdValue
    EFFECT = Effect.LOSES_DATA

    def write(self, value: int = 0x0, /, *, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if start is not None: word = word & 0xFFFFFFFE | start; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, start=start)
        self.bus.write(self.address, word)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if start: bits |= start; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", start=start)
        if bits:
            self.bus.write(self.address, bits)


class TestStatusValue(Value):
    """Test of the memory."""
    __slots__ = ()
    NAME = "test_status"
    FIELDS = (
        Field("busy", 0, 1, sw="r", hw="w"),
        Field("done", 1, 1, sw="r", hw="w"),
        Field("fail_channels", 16, 16, sw="r", hw="w"),
    )

    @property
    def busy(self) -> bool:
        """Testing; visible before the next access; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def done(self) -> bool:
        """A result is there. Withdrawn by training; bit 1, r."""
        return (self & 0x2) != 0

    @property
    def fail_channels(self) -> int:
        """Channels that failed; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class TestStatus(ReadableRegister):
    """Test of the memory."""
    __slots__ = ()
    Value = TestStatusValue

    def read(self) -> TestStatusValue:
        return TestStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, busy: bool = ..., done: bool = ..., fail_channels: int = ..., timeout: int) -> TestStatusValue: ...


class DriftValue(Value):
    """Drift."""
    __slots__ = ()
    NAME = "drift"
    FIELDS = (
        Field("retrain", 0, 1, sw="r", hw="w"),
        Field("trained", 8, 8, sw="r", hw="w"),
        Field("present", 16, 8, sw="r", hw="w"),
    )

    @property
    def retrain(self) -> bool:
        """The PHY asks for retraining; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def trained(self) -> int:
        """Oscillator count of the stack, at training; bits 15:8, r."""
        return self >> 8 & 0xFF

    @property
    def present(self) -> int:
        """Oscillator count of the stack, now; bits 23:16, r."""
        return self >> 16 & 0xFF


class Drift(ReadableRegister):
    """Drift."""
    __slots__ = ()
    Value = DriftValue

    def read(self) -> DriftValue:
        return DriftValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, retrain: bool = ..., trained: int = ..., present: int = ..., timeout: int) -> DriftValue: ...


class FwMsgValue(Value):
    """Message of the sequencer; id 0 is idle."""
    __slots__ = ()
    NAME = "fw_msg"
    FIELDS = (
        Field("id", 0, 8, sw="r", hw="w"),
        Field("arg", 8, 24, sw="r", hw="w"),
    )

    @property
    def id(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def arg(self) -> int:
        """Bits 31:8, r."""
        return self >> 8 & 0xFFFFFF


class FwMsg(ReadableRegister):
    """Message of the sequencer; id 0 is idle."""
    __slots__ = ()
    Value = FwMsgValue

    def read(self) -> FwMsgValue:
        return FwMsgValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, id: int = ..., arg: int = ..., timeout: int) -> FwMsgValue: ...


class FwHeartbeatValue(Value):
    """Beats while the sequencer lives."""
    __slots__ = ()
    NAME = "fw_heartbeat"
    FIELDS = (
        Field("count", 0, 32, sw="r", hw="w"),
    )

    @property
    def count(self) -> int:
        """Milliseconds of its own, wrapping; bits 31:0, r."""
        return self & 0xFFFFFFFF


class FwHeartbeat(ReadableRegister):
    """Beats while the sequencer lives."""
    __slots__ = ()
    Value = FwHeartbeatValue

    def read(self) -> FwHeartbeatValue:
        return FwHeartbeatValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> FwHeartbeatValue: ...


class ChVrefValue(Value):
    """Reference voltage of the channel."""
    __slots__ = ()
    NAME = "vref"
    FIELDS = (
        Field("code", 0, 7, hw="w", reset=0x40, props={"we": True}),
    )

    @property
    def code(self) -> int:
        """Bits 6:0, rw."""
        return self & 0x7F


class ChVref(ReadableRegister):
    """Reference voltage of the channel."""
    __slots__ = ()
    Value = ChVrefValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> ChVrefValue:
        return ChVrefValue(self.bus.read(self.address))

    def write(self, value: int = 0x40, /, *, code: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if code is not None: word = word & 0xFFFFFF80 | code; over |= code >> 7
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, code=code)
        self.bus.write(self.address, word)

    def modify(self, *, code: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if code is not None: keep ^= 0x7F; bits |= code; over |= code >> 7
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", code=code)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, code: int = ..., timeout: int) -> ChVrefValue: ...


class ChDelayValue(Value):
    """Trained delays."""
    __slots__ = ()
    NAME = "delay"
    FIELDS = (
        Field("wdqs2ck", 0, 10, sw="r", hw="w"),
        Field("rx", 16, 10, sw="r", hw="w"),
    )

    @property
    def wdqs2ck(self) -> int:
        """Write strobe to clock; bits 9:0, r."""
        return self & 0x3FF

    @property
    def rx(self) -> int:
        """Receiver; bits 25:16, r."""
        return self >> 16 & 0x3FF


class ChDelay(ReadableRegister):
    """Trained delays."""
    __slots__ = ()
    Value = ChDelayValue

    def read(self) -> ChDelayValue:
        return ChDelayValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, wdqs2ck: int = ..., rx: int = ..., timeout: int) -> ChDelayValue: ...


class ChEyeValue(Value):
    """Eye as trained."""
    __slots__ = ()
    NAME = "eye"
    FIELDS = (
        Field("width", 0, 8, sw="r", hw="w"),
        Field("height", 8, 8, sw="r", hw="w"),
    )

    @property
    def width(self) -> int:
        """Width, in 1/64 of a unit interval; bits 7:0, r."""
        return self & 0xFF

    @property
    def height(self) -> int:
        """Height, in mV; bits 15:8, r."""
        return self >> 8 & 0xFF


class ChEye(ReadableRegister):
    """Eye as trained."""
    __slots__ = ()
    Value = ChEyeValue

    def read(self) -> ChEyeValue:
        return ChEyeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, width: int = ..., height: int = ..., timeout: int) -> ChEyeValue: ...


class Ch(RegisterBlock):
    __slots__ = (
        "vref",
        "delay",
        "eye",
    )
    SIZE = 0xC
    IS_FILE = True
    CHILDREN = (
        Child("vref", 0x0, ChVref),
        Child("delay", 0x4, ChDelay),
        Child("eye", 0x8, ChEye),
    )
    vref: ChVref
    delay: ChDelay
    eye: ChEye


class HbmPhyRegs(RegisterBlock):
    """HBM_PHY
    PHY of an HBM stack: PLL, impedance calibration, DFI handshake, training, memory test.
    """
    __slots__ = (
        "id",
        "phy_ctrl",
        "speed",
        "pll",
        "zq_ctrl",
        "zq_status",
        "dfi_init",
        "dfi_status",
        "train_cmd",
        "train_status",
        "post_code",
        "fail_step",
        "fail_channels",
        "marginal",
        "eye_limit",
        "elapsed",
        "test_cmd",
        "test_status",
        "drift",
        "fw_msg",
        "fw_heartbeat",
        "ch",
    )
    SIZE = 0x1FC
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("phy_ctrl", 0x4, PhyCtrl),
        Child("speed", 0x8, Speed),
        Child("pll", 0xC, Pll),
        Child("zq_ctrl", 0x10, ZqCtrl),
        Child("zq_status", 0x14, ZqStatus),
        Child("dfi_init", 0x18, DfiInit),
        Child("dfi_status", 0x1C, DfiStatus),
        Child("train_cmd", 0x20, TrainCmd),
        Child("train_status", 0x24, TrainStatus),
        Child("post_code", 0x28, PostCode),
        Child("fail_step", 0x2C, FailStep),
        Child("fail_channels", 0x30, FailChannels),
        Child("marginal", 0x34, Marginal),
        Child("eye_limit", 0x38, EyeLimit),
        Child("elapsed", 0x3C, Elapsed),
        Child("test_cmd", 0x40, TestCmd),
        Child("test_status", 0x44, TestStatus),
        Child("drift", 0x48, Drift),
        Child("fw_msg", 0x4C, FwMsg),
        Child("fw_heartbeat", 0x50, FwHeartbeat),
        Child("ch", 0x100, Ch, (16,), 0x10),
    )
    id: Id
    phy_ctrl: PhyCtrl
    speed: Speed
    pll: Pll
    zq_ctrl: ZqCtrl
    zq_status: ZqStatus
    dfi_init: DfiInit
    dfi_status: DfiStatus
    train_cmd: TrainCmd
    train_status: TrainStatus
    post_code: PostCode
    fail_step: FailStep
    fail_channels: FailChannels
    marginal: Marginal
    eye_limit: EyeLimit
    elapsed: Elapsed
    test_cmd: TestCmd
    test_status: TestStatus
    drift: Drift
    fw_msg: FwMsg
    fw_heartbeat: FwHeartbeat
    ch: tuple[Ch, ...]
