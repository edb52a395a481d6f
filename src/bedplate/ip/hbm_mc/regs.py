# Generated from hbm_mc.rdl by `bedplate gen`; do not edit. Digest of the description: 7570ab13da8ed4ac.
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
    """Block identity: 'HMC1' in ASCII."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("value", 0, 32, sw="r", hw="na", reset=0x484D4331),
    )

    @property
    def value(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class Id(ReadableRegister):
    """Block identity: 'HMC1' in ASCII."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, value: int = ..., timeout: int) -> IdValue: ...


class InitCtrlValue(Value):
    """Initialisation and traffic fence."""
    __slots__ = ()
    NAME = "init_ctrl"
    FIELDS = (
        Field("start", 0, 1, sw="w", singlepulse=True, effect=Effect.LOSES_DATA),
        Field("axi_fence", 8, 1, reset=1, effect=Effect.STOPS_TRAFFIC),
    )

    @property
    def axi_fence(self) -> bool:
        """Fence closed: traffic is held. Traffic before the seed is undefined; bit 8, rw."""
        return (self & 0x100) != 0


class InitCtrl(ReadableRegister):
    """Initialisation and traffic fence."""
    __slots__ = ()
    Value = InitCtrlValue

    def read(self) -> InitCtrlValue:
        return InitCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x100, /, *, start: bool | None = None, axi_fence: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if start is not None: word = word & 0xFFFFFFFE | start; over |= start >> 1
            if axi_fence is not None: word = word & 0xFFFFFEFF | axi_fence << 8; over |= axi_fence >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, start=start, axi_fence=axi_fence)
        self.bus.write(self.address, word)

    def modify(self, *, axi_fence: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFE, 0x0, 0
            if axi_fence is not None: keep ^= 0x100; bits |= axi_fence << 8; over |= axi_fence >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", axi_fence=axi_fence)
        if keep != 0xFFFFFFFE:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            over = bits = 0
            if start: bits |= start; over |= start >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", start=start)
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0xFFFFFFFE | bits)

    if TYPE_CHECKING:
        def wait(self, *, axi_fence: bool = ..., timeout: int) -> InitCtrlValue: ...


class StatusValue(Value):
    """All that decides what to do next, in one word: it cannot be torn."""
    __slots__ = ()
    NAME = "status"
    FIELDS = (
        Field("dfi", 0, 1, sw="r", hw="w"),
        Field("inprog", 4, 1, sw="r", hw="w"),
        Field("passed", 5, 1, sw="r", hw="w"),
        Field("init_failed", 6, 1, sw="r", hw="w"),
        Field("seeding", 8, 1, sw="r", hw="w"),
        Field("seeded", 9, 1, sw="r", hw="w"),
        Field("seed_failed", 10, 1, sw="r", hw="w"),
        Field("scrub_overdue", 12, 1, sw="r", hw="w"),
        Field("fenced", 16, 1, sw="r", hw="w", reset=1),
        Field("fail_channels", 20, 4, sw="r", hw="w"),
        Field("cattrip", 31, 1, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
    )

    @property
    def dfi(self) -> bool:
        """The PHY's DFI is initialised, its channels are trained, and the controller's clock runs; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def inprog(self) -> bool:
        """Initialisation is in progress; visible before the next access; bit 4, r."""
        return (self & 0x10) != 0

    @property
    def passed(self) -> bool:
        """Initialised, with the present timing: any change of timing or refresh withdraws it; bit 5, r."""
        return (self & 0x20) != 0

    @property
    def init_failed(self) -> bool:
        """A channel did not answer its initialisation; bit 6, r."""
        return (self & 0x40) != 0

    @property
    def seeding(self) -> bool:
        """The background is being written; visible before the next access; bit 8, r."""
        return (self & 0x100) != 0

    @property
    def seeded(self) -> bool:
        """Contents and ECC are valid; bit 9, r."""
        return (self & 0x200) != 0

    @property
    def seed_failed(self) -> bool:
        """The background did not reach everything; bit 10, r."""
        return (self & 0x400) != 0

    @property
    def scrub_overdue(self) -> bool:
        """The present pass of the scrub takes more than twice its period: a bank is blocked; bit 12, r."""
        return (self & 0x1000) != 0

    @property
    def fenced(self) -> bool:
        """The fence is closed; bit 16, r."""
        return (self & 0x10000) != 0

    @property
    def fail_channels(self) -> int:
        """Channels that did not answer, or were not reached; bits 23:20, r."""
        return self >> 20 & 0xF

    @property
    def cattrip(self) -> bool:
        """The stack tripped by temperature. Only power-off clears it; bit 31, r."""
        return (self & 0x80000000) != 0


class Status(ReadableRegister):
    """All that decides what to do next, in one word: it cannot be torn."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, dfi: bool = ..., inprog: bool = ..., passed: bool = ..., init_failed: bool = ..., seeding: bool = ..., seeded: bool = ..., seed_failed: bool = ..., scrub_overdue: bool = ..., fenced: bool = ..., fail_channels: int = ..., cattrip: bool = ..., timeout: int) -> StatusValue: ...


class TimingValue(Value):
    """Timing, in cycles of the controller's clock."""
    __slots__ = ()
    NAME = "timing"
    WIDTH = 128
    FIELDS = (
        Field("trcd", 0, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("trp", 8, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("tras", 16, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("twr", 24, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("trfc", 32, 10, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("trfcpb", 48, 10, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("tfaw", 64, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("trrd", 72, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("tccd_l", 80, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("twtr", 88, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("rl", 96, 8, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("wl", 104, 8, props={"swmod": True, "swwe": "regwen.writable"}),
    )

    @property
    def trcd(self) -> int:
        """Activate to read or write; bits 7:0, rw."""
        return self & 0xFF

    @property
    def trp(self) -> int:
        """Precharge; bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def tras(self) -> int:
        """Activate to precharge; bits 23:16, rw."""
        return self >> 16 & 0xFF

    @property
    def twr(self) -> int:
        """Write recovery; bits 31:24, rw."""
        return self >> 24 & 0xFF

    @property
    def trfc(self) -> int:
        """Refresh of all banks; bits 41:32, rw."""
        return self >> 32 & 0x3FF

    @property
    def trfcpb(self) -> int:
        """Refresh of one bank; bits 57:48, rw."""
        return self >> 48 & 0x3FF

    @property
    def tfaw(self) -> int:
        """Four activates; bits 71:64, rw."""
        return self >> 64 & 0xFF

    @property
    def trrd(self) -> int:
        """Activate to activate; bits 79:72, rw."""
        return self >> 72 & 0xFF

    @property
    def tccd_l(self) -> int:
        """Column to column, same bank group; bits 87:80, rw."""
        return self >> 80 & 0xFF

    @property
    def twtr(self) -> int:
        """Write to read; bits 95:88, rw."""
        return self >> 88 & 0xFF

    @property
    def rl(self) -> int:
        """Read latency; bits 103:96, rw."""
        return self >> 96 & 0xFF

    @property
    def wl(self) -> int:
        """Write latency; bits 111:104, rw."""
        return self >> 104 & 0xFF


class Timing(ReadableRegister):
    """Timing, in cycles of the controller's clock."""
    __slots__ = ()
    Value = TimingValue
    WIDTH = 128
    EFFECT = Effect.LOSES_DATA

    def read(self) -> TimingValue:
        return TimingValue(self._load())

    def write(self, value: int = 0x0, /, *, trcd: int | None = None, trp: int | None = None, tras: int | None = None, twr: int | None = None, trfc: int | None = None, trfcpb: int | None = None, tfaw: int | None = None, trrd: int | None = None, tccd_l: int | None = None, twtr: int | None = None, rl: int | None = None, wl: int | None = None) -> None:
        try:
            word, over = value, value >> 128
            if trcd is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | trcd; over |= trcd >> 8
            if trp is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | trp << 8; over |= trp >> 8
            if tras is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | tras << 16; over |= tras >> 8
            if twr is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | twr << 24; over |= twr >> 8
            if trfc is not None: word = word & 0xFFFFFFFFFFFFFFFFFFFFFC00FFFFFFFF | trfc << 32; over |= trfc >> 10
            if trfcpb is not None: word = word & 0xFFFFFFFFFFFFFFFFFC00FFFFFFFFFFFF | trfcpb << 48; over |= trfcpb >> 10
            if tfaw is not None: word = word & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | tfaw << 64; over |= tfaw >> 8
            if trrd is not None: word = word & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | trrd << 72; over |= trrd >> 8
            if tccd_l is not None: word = word & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | tccd_l << 80; over |= tccd_l >> 8
            if twtr is not None: word = word & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | twtr << 88; over |= twtr >> 8
            if rl is not None: word = word & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | rl << 96; over |= rl >> 8
            if wl is not None: word = word & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | wl << 104; over |= wl >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, trcd=trcd, trp=trp, tras=tras, twr=twr, trfc=trfc, trfcpb=trfcpb, tfaw=tfaw, trrd=trrd, tccd_l=tccd_l, twtr=twtr, rl=rl, wl=wl)
        self._store(word)

    def modify(self, *, trcd: int | None = None, trp: int | None = None, tras: int | None = None, twr: int | None = None, trfc: int | None = None, trfcpb: int | None = None, tfaw: int | None = None, trrd: int | None = None, tccd_l: int | None = None, twtr: int | None = None, rl: int | None = None, wl: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, 0x0, 0
            if trcd is not None: keep ^= 0xFF; bits |= trcd; over |= trcd >> 8
            if trp is not None: keep ^= 0xFF00; bits |= trp << 8; over |= trp >> 8
            if tras is not None: keep ^= 0xFF0000; bits |= tras << 16; over |= tras >> 8
            if twr is not None: keep ^= 0xFF000000; bits |= twr << 24; over |= twr >> 8
            if trfc is not None: keep ^= 0x3FF00000000; bits |= trfc << 32; over |= trfc >> 10
            if trfcpb is not None: keep ^= 0x3FF000000000000; bits |= trfcpb << 48; over |= trfcpb >> 10
            if tfaw is not None: keep ^= 0xFF0000000000000000; bits |= tfaw << 64; over |= tfaw >> 8
            if trrd is not None: keep ^= 0xFF000000000000000000; bits |= trrd << 72; over |= trrd >> 8
            if tccd_l is not None: keep ^= 0xFF00000000000000000000; bits |= tccd_l << 80; over |= tccd_l >> 8
            if twtr is not None: keep ^= 0xFF0000000000000000000000; bits |= twtr << 88; over |= twtr >> 8
            if rl is not None: keep ^= 0xFF000000000000000000000000; bits |= rl << 96; over |= rl >> 8
            if wl is not None: keep ^= 0xFF00000000000000000000000000; bits |= wl << 104; over |= wl >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", trcd=trcd, trp=trp, tras=tras, twr=twr, trfc=trfc, trfcpb=trfcpb, tfaw=tfaw, trrd=trrd, tccd_l=tccd_l, twtr=twtr, rl=rl, wl=wl)
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, trcd: int = ..., trp: int = ..., tras: int = ..., twr: int = ..., trfc: int = ..., trfcpb: int = ..., tfaw: int = ..., trrd: int = ..., tccd_l: int = ..., twtr: int = ..., rl: int = ..., wl: int = ..., timeout: int) -> TimingValue: ...


class RefreshValue(Value):
    """Refresh, and refresh management (row hammer). Too rare loses data, slowly."""
    __slots__ = ()
    NAME = "refresh"
    WIDTH = 64
    FIELDS = (
        Field("trefi", 0, 16, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("per_bank", 16, 1, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("temp_scale", 17, 1, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("raaimt", 32, 10, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("raammt", 48, 10, props={"swmod": True, "swwe": "regwen.writable"}),
        Field("rfm_en", 63, 1, props={"swmod": True, "swwe": "regwen.writable"}),
    )

    @property
    def trefi(self) -> int:
        """Interval, in cycles; 0 is no refresh; bits 15:0, rw."""
        return self & 0xFFFF

    @property
    def per_bank(self) -> bool:
        """Bank by bank; bit 16, rw."""
        return (self & 0x10000) != 0

    @property
    def temp_scale(self) -> bool:
        """Twice as often in the hot band, by itself; bit 17, rw."""
        return (self & 0x20000) != 0

    @property
    def raaimt(self) -> int:
        """Activations until refresh management; bits 41:32, rw."""
        return self >> 32 & 0x3FF

    @property
    def raammt(self) -> int:
        """Most activations; bits 57:48, rw."""
        return self >> 48 & 0x3FF

    @property
    def rfm_en(self) -> bool:
        """Refresh management is on; bit 63, rw."""
        return (self & 0x8000000000000000) != 0


class Refresh(ReadableRegister):
    """Refresh, and refresh management (row hammer). Too rare loses data, slowly."""
    __slots__ = ()
    Value = RefreshValue
    WIDTH = 64
    EFFECT = Effect.LOSES_DATA

    def read(self) -> RefreshValue:
        return RefreshValue(self._load())

    def write(self, value: int = 0x0, /, *, trefi: int | None = None, per_bank: bool | None = None, temp_scale: bool | None = None, raaimt: int | None = None, raammt: int | None = None, rfm_en: bool | None = None) -> None:
        try:
            word, over = value, value >> 64
            if trefi is not None: word = word & 0xFFFFFFFFFFFF0000 | trefi; over |= trefi >> 16
            if per_bank is not None: word = word & 0xFFFFFFFFFFFEFFFF | per_bank << 16; over |= per_bank >> 1
            if temp_scale is not None: word = word & 0xFFFFFFFFFFFDFFFF | temp_scale << 17; over |= temp_scale >> 1
            if raaimt is not None: word = word & 0xFFFFFC00FFFFFFFF | raaimt << 32; over |= raaimt >> 10
            if raammt is not None: word = word & 0xFC00FFFFFFFFFFFF | raammt << 48; over |= raammt >> 10
            if rfm_en is not None: word = word & 0x7FFFFFFFFFFFFFFF | rfm_en << 63; over |= rfm_en >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, trefi=trefi, per_bank=per_bank, temp_scale=temp_scale, raaimt=raaimt, raammt=raammt, rfm_en=rfm_en)
        self._store(word)

    def modify(self, *, trefi: int | None = None, per_bank: bool | None = None, temp_scale: bool | None = None, raaimt: int | None = None, raammt: int | None = None, rfm_en: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFFFFFFFFFF, 0x0, 0
            if trefi is not None: keep ^= 0xFFFF; bits |= trefi; over |= trefi >> 16
            if per_bank is not None: keep ^= 0x10000; bits |= per_bank << 16; over |= per_bank >> 1
            if temp_scale is not None: keep ^= 0x20000; bits |= temp_scale << 17; over |= temp_scale >> 1
            if raaimt is not None: keep ^= 0x3FF00000000; bits |= raaimt << 32; over |= raaimt >> 10
            if raammt is not None: keep ^= 0x3FF000000000000; bits |= raammt << 48; over |= raammt >> 10
            if rfm_en is not None: keep ^= 0x8000000000000000; bits |= rfm_en << 63; over |= rfm_en >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", trefi=trefi, per_bank=per_bank, temp_scale=temp_scale, raaimt=raaimt, raammt=raammt, rfm_en=rfm_en)
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._update(keep, bits)

    if TYPE_CHECKING:
        def wait(self, *, trefi: int = ..., per_bank: bool = ..., temp_scale: bool = ..., raaimt: int = ..., raammt: int = ..., rfm_en: bool = ..., timeout: int) -> RefreshValue: ...


class RegwenValue(Value):
    """Write protection of timing and refresh: clear to lock until reset."""
    __slots__ = ()
    NAME = "regwen"
    FIELDS = (
        Field("writable", 0, 1, reset=1, onwrite="wzc"),
    )

    @property
    def writable(self) -> bool:
        """Bit 0, rw, wzc."""
        return (self & 0x1) != 0


class Regwen(ReadableRegister):
    """Write protection of timing and refresh: clear to lock until reset."""
    __slots__ = ()
    Value = RegwenValue

    def read(self) -> RegwenValue:
        return RegwenValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, writable: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if writable is not None: word = word & 0xFFFFFFFE | writable; over |= writable >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, writable=writable)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, writable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0x1
            if writable: bits |= writable; over |= writable >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, writable=writable)
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    if TYPE_CHECKING:
        def wait(self, *, writable: bool = ..., timeout: int) -> RegwenValue: ...


class MrCmdValue(Value):
    """Mode register access of one channel."""
    __slots__ = ()
    NAME = "mr_cmd"
    FIELDS = (
        Field("addr", 0, 4),
        Field("data", 8, 8),
        Field("channel", 16, 2),
        Field("start", 31, 1, sw="w", singlepulse=True),
    )

    @property
    def addr(self) -> int:
        """Bits 3:0, rw."""
        return self & 0xF

    @property
    def data(self) -> int:
        """Bits 15:8, rw."""
        return self >> 8 & 0xFF

    @property
    def channel(self) -> int:
        """Bits 17:16, rw."""
        return self >> 16 & 0x3


class MrCmd(ReadableRegister):
    """Mode register access of one channel."""
    __slots__ = ()
    Value = MrCmdValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> MrCmdValue:
        return MrCmdValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, addr: int | None = None, data: int | None = None, channel: int | None = None, start: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if addr is not None: word = word & 0xFFFFFFF0 | addr; over |= addr >> 4
            if data is not None: word = word & 0xFFFF00FF | data << 8; over |= data >> 8
            if channel is not None: word = word & 0xFFFCFFFF | channel << 16; over |= channel >> 2
            if start is not None: word = word & 0x7FFFFFFF | start << 31; over |= start >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, addr=addr, data=data, channel=channel, start=start)
        self.bus.write(self.address, word)

    def modify(self, *, addr: int | None = None, data: int | None = None, channel: int | None = None) -> None:
        try:
            keep, bits, over = 0x7FFFFFFF, 0x0, 0
            if addr is not None: keep ^= 0xF; bits |= addr; over |= addr >> 4
            if data is not None: keep ^= 0xFF00; bits |= data << 8; over |= data >> 8
            if channel is not None: keep ^= 0x30000; bits |= channel << 16; over |= channel >> 2
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", addr=addr, data=data, channel=channel)
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
        def wait(self, *, addr: int = ..., data: int = ..., channel: int = ..., timeout: int) -> MrCmdValue: ...


class MrRdataValue(Value):
    """Mode register as read by the last access."""
    __slots__ = ()
    NAME = "mr_rdata"
    FIELDS = (
        Field("data", 0, 8, sw="r", hw="w"),
    )

    @property
    def data(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF


class MrRdata(ReadableRegister):
    """Mode register as read by the last access."""
    __slots__ = ()
    Value = MrRdataValue

    def read(self) -> MrRdataValue:
        return MrRdataValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, data: int = ..., timeout: int) -> MrRdataValue: ...


class ThermalValue(Value):
    """Temperature of the stack as the controller knows it."""
    __slots__ = ()
    NAME = "thermal"
    FIELDS = (
        Field("celsius", 0, 8, sw="r", hw="w", reset=0x2D),
        Field("band", 8, 3, sw="r", hw="w"),
    )

    @property
    def celsius(self) -> int:
        """degC, signed; bits 7:0, r."""
        return self & 0xFF

    @property
    def band(self) -> int:
        """Band: decides the refresh rate; bits 10:8, r."""
        return self >> 8 & 0x7


class Thermal(ReadableRegister):
    """Temperature of the stack as the controller knows it."""
    __slots__ = ()
    Value = ThermalValue

    def read(self) -> ThermalValue:
        return ThermalValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, celsius: int = ..., band: int = ..., timeout: int) -> ThermalValue: ...


class EccCtrlValue(Value):
    """ECC. Turning it off loses data silently; the scrub may come and go under traffic."""
    __slots__ = ()
    NAME = "ecc_ctrl"
    FIELDS = (
        Field("corr_en", 0, 1, effect=Effect.LOSES_DATA),
        Field("scrub_en", 1, 1),
        Field("wr_bypass", 2, 1, effect=Effect.LOSES_DATA),
        Field("scrub_ms", 16, 16),
    )

    @property
    def corr_en(self) -> bool:
        """Check and correct; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def scrub_en(self) -> bool:
        """Scrub in the background. Only over seeded memory; bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def wr_bypass(self) -> bool:
        """Do not check partial writes; bit 2, rw."""
        return (self & 0x4) != 0

    @property
    def scrub_ms(self) -> int:
        """Time of one scrub of everything, in milliseconds; bits 31:16, rw."""
        return self >> 16 & 0xFFFF


class EccCtrl(ReadableRegister):
    """ECC. Turning it off loses data silently; the scrub may come and go under traffic."""
    __slots__ = ()
    Value = EccCtrlValue

    def read(self) -> EccCtrlValue:
        return EccCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, corr_en: bool | None = None, scrub_en: bool | None = None, wr_bypass: bool | None = None, scrub_ms: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if corr_en is not None: word = word & 0xFFFFFFFE | corr_en; over |= corr_en >> 1
            if scrub_en is not None: word = word & 0xFFFFFFFD | scrub_en << 1; over |= scrub_en >> 1
            if wr_bypass is not None: word = word & 0xFFFFFFFB | wr_bypass << 2; over |= wr_bypass >> 1
            if scrub_ms is not None: word = word & 0xFFFF | scrub_ms << 16; over |= scrub_ms >> 16
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, corr_en=corr_en, scrub_en=scrub_en, wr_bypass=wr_bypass, scrub_ms=scrub_ms)
        self.bus.write(self.address, word)

    def modify(self, *, corr_en: bool | None = None, scrub_en: bool | None = None, wr_bypass: bool | None = None, scrub_ms: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if corr_en is not None: keep ^= 0x1; bits |= corr_en; over |= corr_en >> 1
            if scrub_en is not None: keep ^= 0x2; bits |= scrub_en << 1; over |= scrub_en >> 1
            if wr_bypass is not None: keep ^= 0x4; bits |= wr_bypass << 2; over |= wr_bypass >> 1
            if scrub_ms is not None: keep ^= 0xFFFF0000; bits |= scrub_ms << 16; over |= scrub_ms >> 16
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", corr_en=corr_en, scrub_en=scrub_en, wr_bypass=wr_bypass, scrub_ms=scrub_ms)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, corr_en: bool = ..., scrub_en: bool = ..., wr_bypass: bool = ..., scrub_ms: int = ..., timeout: int) -> EccCtrlValue: ...


class ScrubStatusValue(Value):
    """Scrub."""
    __slots__ = ()
    NAME = "scrub_status"
    FIELDS = (
        Field("passes", 0, 8, sw="r", hw="w"),
        Field("address", 8, 20, sw="r", hw="w"),
    )

    @property
    def passes(self) -> int:
        """Passes over everything, saturating; bits 7:0, r."""
        return self & 0xFF

    @property
    def address(self) -> int:
        """Address in units of 64 KiB; bits 27:8, r."""
        return self >> 8 & 0xFFFFF


class ScrubStatus(ReadableRegister):
    """Scrub."""
    __slots__ = ()
    Value = ScrubStatusValue

    def read(self) -> ScrubStatusValue:
        return ScrubStatusValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, passes: int = ..., address: int = ..., timeout: int) -> ScrubStatusValue: ...


class SeedCtrlValue(Value):
    """Write a background with good ECC over everything."""
    __slots__ = ()
    NAME = "seed_ctrl"
    FIELDS = (
        Field("start", 0, 1, sw="w", singlepulse=True),
    )


class SeedCtrl(Register):
    """Write a background with good ECC over everything."""
    __slots__ = ()
    Value = SeedCtrlValue
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


class ElapsedValue(Value):
    """How long the present initialisation or seed has been running, or how long the last one took."""
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
    """How long the present initialisation or seed has been running, or how long the last one took."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, us: int = ..., timeout: int) -> ElapsedValue: ...


class EccClrValue(Value):
    """Clear counters and first-error addresses."""
    __slots__ = ()
    NAME = "ecc_clr"
    FIELDS = (
        Field("clear", 0, 1, sw="w", singlepulse=True),
    )


class EccClr(Register):
    """Clear counters and first-error addresses."""
    __slots__ = ()
    Value = EccClrValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def write(self, value: int = 0x0, /, *, clear: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if clear is not None: word = word & 0xFFFFFFFE | clear; over |= clear >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, clear=clear)
        self.bus.write(self.address, word)

    def pulse(self, *, clear: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if clear: bits |= clear; over |= clear >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", clear=clear)
        if bits:
            self.bus.write(self.address, bits)


class EccInjValue(Value):
    """Inject an error with the next write."""
    __slots__ = ()
    NAME = "ecc_inj"
    FIELDS = (
        Field("one_bit", 0, 1, sw="w", singlepulse=True),
        Field("two_bits", 1, 1, sw="w", singlepulse=True),
    )


class EccInj(Register):
    """Inject an error with the next write."""
    __slots__ = ()
    Value = EccInjValue
    EFFECT = Effect.LOSES_DATA

    def write(self, value: int = 0x0, /, *, one_bit: bool | None = None, two_bits: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if one_bit is not None: word = word & 0xFFFFFFFE | one_bit; over |= one_bit >> 1
            if two_bits is not None: word = word & 0xFFFFFFFD | two_bits << 1; over |= two_bits >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, one_bit=one_bit, two_bits=two_bits)
        self.bus.write(self.address, word)

    def pulse(self, *, one_bit: bool = False, two_bits: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            over = bits = 0
            if one_bit: bits |= one_bit; over |= one_bit >> 1
            if two_bits: bits |= two_bits << 1; over |= two_bits >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("pulse", one_bit=one_bit, two_bits=two_bits)
        if bits:
            self.bus.write(self.address, bits)


class CeThreshValue(Value):
    """Corrected errors of a channel that raise the interrupt."""
    __slots__ = ()
    NAME = "ce_thresh"
    FIELDS = (
        Field("count", 0, 8, reset=0xFF),
    )

    @property
    def count(self) -> int:
        """Bits 7:0, rw."""
        return self & 0xFF


class CeThresh(ReadableRegister):
    """Corrected errors of a channel that raise the interrupt."""
    __slots__ = ()
    Value = CeThreshValue

    def read(self) -> CeThreshValue:
        return CeThreshValue(self.bus.read(self.address))

    def write(self, value: int = 0xFF, /, *, count: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if count is not None: word = word & 0xFFFFFF00 | count; over |= count >> 8
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, count=count)
        self.bus.write(self.address, word)

    def modify(self, *, count: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if count is not None: keep ^= 0xFF; bits |= count; over |= count >> 8
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", count=count)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> CeThreshValue: ...


class IntrStateValue(Value):
    """Interrupts. Evidence: one owner reads, then clears; kept over all resets but power-on."""
    __slots__ = ()
    NAME = "intr_state"
    FIELDS = (
        Field("ce_storm", 0, 1, hw="w", onwrite="woclr", props={"enable": "intr_en.ce_storm", "intr": "posedge", "precedence": "hw", "resetsignal": "signal:por_n", "stickybit": True}),
        Field("ue", 1, 1, hw="w", onwrite="woclr", props={"enable": "intr_en.ue", "intr": "posedge", "precedence": "hw", "resetsignal": "signal:por_n", "stickybit": True}),
        Field("dfi_lost", 2, 1, hw="w", onwrite="woclr", props={"enable": "intr_en.dfi_lost", "intr": "posedge", "precedence": "hw", "resetsignal": "signal:por_n", "stickybit": True}),
        Field("cattrip", 3, 1, hw="w", onwrite="woclr", props={"enable": "intr_en.cattrip", "intr": "posedge", "precedence": "hw", "resetsignal": "signal:por_n", "stickybit": True}),
    )

    @property
    def ce_storm(self) -> bool:
        """A channel reached ce_thresh; bit 0, rw, woclr."""
        return (self & 0x1) != 0

    @property
    def ue(self) -> bool:
        """An uncorrectable error; bit 1, rw, woclr."""
        return (self & 0x2) != 0

    @property
    def dfi_lost(self) -> bool:
        """The PHY lost DFI; bit 2, rw, woclr."""
        return (self & 0x4) != 0

    @property
    def cattrip(self) -> bool:
        """The stack tripped; bit 3, rw, woclr."""
        return (self & 0x8) != 0


class IntrState(ReadableRegister):
    """Interrupts. Evidence: one owner reads, then clears; kept over all resets but power-on."""
    __slots__ = ()
    Value = IntrStateValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> IntrStateValue:
        return IntrStateValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if ce_storm is not None: word = word & 0xFFFFFFFE | ce_storm; over |= ce_storm >> 1
            if ue is not None: word = word & 0xFFFFFFFD | ue << 1; over |= ue >> 1
            if dfi_lost is not None: word = word & 0xFFFFFFFB | dfi_lost << 2; over |= dfi_lost >> 1
            if cattrip is not None: word = word & 0xFFFFFFF7 | cattrip << 3; over |= cattrip >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ce_storm=ce_storm, ue=ue, dfi_lost=dfi_lost, cattrip=cattrip)
        self.bus.write(self.address, word)

    def clear(self, value: int = 0, /, *, ce_storm: bool = False, ue: bool = False, dfi_lost: bool = False, cattrip: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 32, value & 0xF
            if ce_storm: bits |= ce_storm; over |= ce_storm >> 1
            if ue: bits |= ue << 1; over |= ue >> 1
            if dfi_lost: bits |= dfi_lost << 2; over |= dfi_lost >> 1
            if cattrip: bits |= cattrip << 3; over |= cattrip >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, ce_storm=ce_storm, ue=ue, dfi_lost=dfi_lost, cattrip=cattrip)
        if bits:
            self.bus.write(self.address, bits)

    if TYPE_CHECKING:
        def wait(self, *, ce_storm: bool = ..., ue: bool = ..., dfi_lost: bool = ..., cattrip: bool = ..., timeout: int) -> IntrStateValue: ...


class IntrEnValue(Value):
    """Interrupt enables."""
    __slots__ = ()
    NAME = "intr_en"
    FIELDS = (
        Field("ce_storm", 0, 1),
        Field("ue", 1, 1),
        Field("dfi_lost", 2, 1),
        Field("cattrip", 3, 1),
    )

    @property
    def ce_storm(self) -> bool:
        """Bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def ue(self) -> bool:
        """Bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def dfi_lost(self) -> bool:
        """Bit 2, rw."""
        return (self & 0x4) != 0

    @property
    def cattrip(self) -> bool:
        """Bit 3, rw."""
        return (self & 0x8) != 0


class IntrEn(ReadableRegister):
    """Interrupt enables."""
    __slots__ = ()
    Value = IntrEnValue

    def read(self) -> IntrEnValue:
        return IntrEnValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        try:
            word, over = value, value >> 32
            if ce_storm is not None: word = word & 0xFFFFFFFE | ce_storm; over |= ce_storm >> 1
            if ue is not None: word = word & 0xFFFFFFFD | ue << 1; over |= ue >> 1
            if dfi_lost is not None: word = word & 0xFFFFFFFB | dfi_lost << 2; over |= dfi_lost >> 1
            if cattrip is not None: word = word & 0xFFFFFFF7 | cattrip << 3; over |= cattrip >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, ce_storm=ce_storm, ue=ue, dfi_lost=dfi_lost, cattrip=cattrip)
        self.bus.write(self.address, word)

    def modify(self, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if ce_storm is not None: keep ^= 0x1; bits |= ce_storm; over |= ce_storm >> 1
            if ue is not None: keep ^= 0x2; bits |= ue << 1; over |= ue >> 1
            if dfi_lost is not None: keep ^= 0x4; bits |= dfi_lost << 2; over |= dfi_lost >> 1
            if cattrip is not None: keep ^= 0x8; bits |= cattrip << 3; over |= cattrip >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", ce_storm=ce_storm, ue=ue, dfi_lost=dfi_lost, cattrip=cattrip)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, ce_storm: bool = ..., ue: bool = ..., dfi_lost: bool = ..., cattrip: bool = ..., timeout: int) -> IntrEnValue: ...


class ActMonValue(Value):
    """Activations, for rates."""
    __slots__ = ()
    NAME = "act_mon"
    FIELDS = (
        Field("count", 0, 32, sw="r", hw="w"),
    )

    @property
    def count(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF


class ActMon(ReadableRegister):
    """Activations, for rates."""
    __slots__ = ()
    Value = ActMonValue

    def read(self) -> ActMonValue:
        return ActMonValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ActMonValue: ...


class ClkRateValue(Value):
    """The controller's clock, which timing and refresh are counted in."""
    __slots__ = ()
    NAME = "clk_rate"
    FIELDS = (
        Field("mhz", 0, 16, sw="r", hw="w"),
    )

    @property
    def mhz(self) -> int:
        """Rate as counted now, in MHz; 0 without; bits 15:0, r."""
        return self & 0xFFFF


class ClkRate(ReadableRegister):
    """The controller's clock, which timing and refresh are counted in."""
    __slots__ = ()
    Value = ClkRateValue

    def read(self) -> ClkRateValue:
        return ClkRateValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, mhz: int = ..., timeout: int) -> ClkRateValue: ...


class ChCeValue(Value):
    """Corrected errors."""
    __slots__ = ()
    NAME = "ce"
    FIELDS = (
        Field("count", 0, 8, sw="r", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrwidth": 8, "resetsignal": "signal:por_n"}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 7:0, r."""
        return self & 0xFF


class ChCe(ReadableRegister):
    """Corrected errors."""
    __slots__ = ()
    Value = ChCeValue

    def read(self) -> ChCeValue:
        return ChCeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ChCeValue: ...


class ChUeValue(Value):
    """Uncorrectable errors."""
    __slots__ = ()
    NAME = "ue"
    FIELDS = (
        Field("count", 0, 8, sw="r", hw="na", props={"counter": True, "hwclr": True, "incrsaturate": True, "incrvalue": 1, "resetsignal": "signal:por_n"}),
    )

    @property
    def count(self) -> int:
        """Saturating; bits 7:0, r."""
        return self & 0xFF


class ChUe(ReadableRegister):
    """Uncorrectable errors."""
    __slots__ = ()
    Value = ChUeValue

    def read(self) -> ChUeValue:
        return ChUeValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, count: int = ..., timeout: int) -> ChUeValue: ...


class ChCeAddrValue(Value):
    """Address of the first corrected error; frozen until ecc_clr."""
    __slots__ = ()
    NAME = "ce_addr"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
        Field("high", 32, 8, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
        Field("valid", 63, 1, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
    )

    @property
    def low(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Bits 39:32, r."""
        return self >> 32 & 0xFF

    @property
    def valid(self) -> bool:
        """Bit 63, r."""
        return (self & 0x8000000000000000) != 0


class ChCeAddr(ReadableRegister):
    """Address of the first corrected error; frozen until ecc_clr."""
    __slots__ = ()
    Value = ChCeAddrValue
    WIDTH = 64

    def read(self) -> ChCeAddrValue:
        return ChCeAddrValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., valid: bool = ..., timeout: int) -> ChCeAddrValue: ...


class ChUeAddrValue(Value):
    """Address of the first uncorrectable error; frozen until ecc_clr."""
    __slots__ = ()
    NAME = "ue_addr"
    WIDTH = 64
    FIELDS = (
        Field("low", 0, 32, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
        Field("high", 32, 8, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
        Field("valid", 63, 1, sw="r", hw="w", props={"resetsignal": "signal:por_n"}),
    )

    @property
    def low(self) -> int:
        """Bits 31:0, r."""
        return self & 0xFFFFFFFF

    @property
    def high(self) -> int:
        """Bits 39:32, r."""
        return self >> 32 & 0xFF

    @property
    def valid(self) -> bool:
        """Bit 63, r."""
        return (self & 0x8000000000000000) != 0


class ChUeAddr(ReadableRegister):
    """Address of the first uncorrectable error; frozen until ecc_clr."""
    __slots__ = ()
    Value = ChUeAddrValue
    WIDTH = 64

    def read(self) -> ChUeAddrValue:
        return ChUeAddrValue(self._load())

    if TYPE_CHECKING:
        def wait(self, *, low: int = ..., high: int = ..., valid: bool = ..., timeout: int) -> ChUeAddrValue: ...


class Ch(RegisterBlock):
    __slots__ = (
        "ce",
        "ue",
        "ce_addr",
        "ue_addr",
    )
    SIZE = 0x18
    IS_FILE = True
    CHILDREN = (
        Child("ce", 0x0, ChCe),
        Child("ue", 0x4, ChUe),
        Child("ce_addr", 0x8, ChCeAddr),
        Child("ue_addr", 0x10, ChUeAddr),
    )
    ce: ChCe
    ue: ChUe
    ce_addr: ChCeAddr
    ue_addr: ChUeAddr


class HbmMcRegs(RegisterBlock):
    """HBM_MC
    HBM controller of four channels: initialisation, timing, refresh, ECC, scrub, and the traffic fence.
    """
    __slots__ = (
        "id",
        "init_ctrl",
        "status",
        "timing",
        "refresh",
        "regwen",
        "mr_cmd",
        "mr_rdata",
        "thermal",
        "ecc_ctrl",
        "scrub_status",
        "seed_ctrl",
        "elapsed",
        "ecc_clr",
        "ecc_inj",
        "ce_thresh",
        "intr_state",
        "intr_en",
        "act_mon",
        "clk_rate",
        "ch",
    )
    SIZE = 0x178
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("init_ctrl", 0x10, InitCtrl),
        Child("status", 0x14, Status),
        Child("timing", 0x20, Timing),
        Child("refresh", 0x30, Refresh),
        Child("regwen", 0x38, Regwen),
        Child("mr_cmd", 0x3C, MrCmd),
        Child("mr_rdata", 0x40, MrRdata),
        Child("thermal", 0x44, Thermal),
        Child("ecc_ctrl", 0x50, EccCtrl),
        Child("scrub_status", 0x58, ScrubStatus),
        Child("seed_ctrl", 0x5C, SeedCtrl),
        Child("elapsed", 0x64, Elapsed),
        Child("ecc_clr", 0x68, EccClr),
        Child("ecc_inj", 0x6C, EccInj),
        Child("ce_thresh", 0x70, CeThresh),
        Child("intr_state", 0x74, IntrState),
        Child("intr_en", 0x78, IntrEn),
        Child("act_mon", 0x80, ActMon),
        Child("clk_rate", 0x84, ClkRate),
        Child("ch", 0x100, Ch, (4,), 0x20),
    )
    id: Id
    init_ctrl: InitCtrl
    status: Status
    timing: Timing
    refresh: Refresh
    regwen: Regwen
    mr_cmd: MrCmd
    mr_rdata: MrRdata
    thermal: Thermal
    ecc_ctrl: EccCtrl
    scrub_status: ScrubStatus
    seed_ctrl: SeedCtrl
    elapsed: Elapsed
    ecc_clr: EccClr
    ecc_inj: EccInj
    ce_thresh: CeThresh
    intr_state: IntrState
    intr_en: IntrEn
    act_mon: ActMon
    clk_rate: ClkRate
    ch: tuple[Ch, ...]
