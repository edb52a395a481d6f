# Generated from hbm_mc.rdl by `bedplate gen`; do not edit. Digest of the description: acc626339a1d70b9.
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


class Id(Register):
    """Block identity: 'HMC1' in ASCII."""
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


class InitCtrl(Register):
    """Initialisation and traffic fence."""
    __slots__ = ()
    Value = InitCtrlValue

    def read(self) -> InitCtrlValue:
        return InitCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x100, /, *, start: bool | None = None, axi_fence: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if start is not None:
                if start >> 1:
                    raise self._field("start", start)
                value = value & 0xFFFFFFFE | start
            if axi_fence is not None:
                if axi_fence >> 1:
                    raise self._field("axi_fence", axi_fence)
                value = value & 0xFFFFFEFF | axi_fence << 8
        except TypeError:
            raise self._no_number({"": value, "start": start, "axi_fence": axi_fence}) from None
        self.bus.write(self.address, value)

    def modify(self, *, axi_fence: bool | None = None) -> None:
        keep = 0xFFFFFFFE
        bits = 0x0
        try:
            if axi_fence is not None:
                if axi_fence >> 1:
                    raise self._field("axi_fence", axi_fence)
                keep ^= 0x100
                bits |= axi_fence << 8
        except TypeError:
            raise self._no_number({"axi_fence": axi_fence}) from None
        if keep != 0xFFFFFFFE:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            bits = 0
            if start:
                if start >> 1:
                    raise self._field("start", start)
                bits |= start
        except TypeError:
            raise self._no_number({"start": start}) from None
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0xFFFFFFFE | bits)

    def wait(self, *, axi_fence: bool | None = None, timeout: int) -> InitCtrlValue:
        mask = bits = 0
        try:
            if axi_fence is not None:
                if axi_fence >> 1:
                    raise self._field("axi_fence", axi_fence)
                mask |= 0x100
                bits |= axi_fence << 8
        except TypeError:
            raise self._no_number({"axi_fence": axi_fence}) from None
        return InitCtrlValue(self._wait(mask, bits, timeout))


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


class Status(Register):
    """All that decides what to do next, in one word: it cannot be torn."""
    __slots__ = ()
    Value = StatusValue

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address))

    def wait(self, *, dfi: bool | None = None, inprog: bool | None = None, passed: bool | None = None, init_failed: bool | None = None, seeding: bool | None = None, seeded: bool | None = None, seed_failed: bool | None = None, scrub_overdue: bool | None = None, fenced: bool | None = None, fail_channels: int | None = None, cattrip: bool | None = None, timeout: int) -> StatusValue:
        mask = bits = 0
        try:
            if dfi is not None:
                if dfi >> 1:
                    raise self._field("dfi", dfi)
                mask |= 0x1
                bits |= dfi
            if inprog is not None:
                if inprog >> 1:
                    raise self._field("inprog", inprog)
                mask |= 0x10
                bits |= inprog << 4
            if passed is not None:
                if passed >> 1:
                    raise self._field("passed", passed)
                mask |= 0x20
                bits |= passed << 5
            if init_failed is not None:
                if init_failed >> 1:
                    raise self._field("init_failed", init_failed)
                mask |= 0x40
                bits |= init_failed << 6
            if seeding is not None:
                if seeding >> 1:
                    raise self._field("seeding", seeding)
                mask |= 0x100
                bits |= seeding << 8
            if seeded is not None:
                if seeded >> 1:
                    raise self._field("seeded", seeded)
                mask |= 0x200
                bits |= seeded << 9
            if seed_failed is not None:
                if seed_failed >> 1:
                    raise self._field("seed_failed", seed_failed)
                mask |= 0x400
                bits |= seed_failed << 10
            if scrub_overdue is not None:
                if scrub_overdue >> 1:
                    raise self._field("scrub_overdue", scrub_overdue)
                mask |= 0x1000
                bits |= scrub_overdue << 12
            if fenced is not None:
                if fenced >> 1:
                    raise self._field("fenced", fenced)
                mask |= 0x10000
                bits |= fenced << 16
            if fail_channels is not None:
                if fail_channels >> 4:
                    raise self._field("fail_channels", fail_channels)
                mask |= 0xF00000
                bits |= fail_channels << 20
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                mask |= 0x80000000
                bits |= cattrip << 31
        except TypeError:
            raise self._no_number({"dfi": dfi, "inprog": inprog, "passed": passed, "init_failed": init_failed, "seeding": seeding, "seeded": seeded, "seed_failed": seed_failed, "scrub_overdue": scrub_overdue, "fenced": fenced, "fail_channels": fail_channels, "cattrip": cattrip}) from None
        return StatusValue(self._wait(mask, bits, timeout))


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


class Timing(Register):
    """Timing, in cycles of the controller's clock."""
    __slots__ = ()
    Value = TimingValue
    WIDTH = 128
    EFFECT = Effect.LOSES_DATA

    def read(self) -> TimingValue:
        return TimingValue(self._load())

    def write(self, value: int = 0x0, /, *, trcd: int | None = None, trp: int | None = None, tras: int | None = None, twr: int | None = None, trfc: int | None = None, trfcpb: int | None = None, tfaw: int | None = None, trrd: int | None = None, tccd_l: int | None = None, twtr: int | None = None, rl: int | None = None, wl: int | None = None) -> None:
        try:
            if value >> 128:
                raise self._whole(value)
            if trcd is not None:
                if trcd >> 8:
                    raise self._field("trcd", trcd)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00 | trcd
            if trp is not None:
                if trp >> 8:
                    raise self._field("trp", trp)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF00FF | trp << 8
            if tras is not None:
                if tras >> 8:
                    raise self._field("tras", tras)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFFFF00FFFF | tras << 16
            if twr is not None:
                if twr >> 8:
                    raise self._field("twr", twr)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFFFF00FFFFFF | twr << 24
            if trfc is not None:
                if trfc >> 10:
                    raise self._field("trfc", trfc)
                value = value & 0xFFFFFFFFFFFFFFFFFFFFFC00FFFFFFFF | trfc << 32
            if trfcpb is not None:
                if trfcpb >> 10:
                    raise self._field("trfcpb", trfcpb)
                value = value & 0xFFFFFFFFFFFFFFFFFC00FFFFFFFFFFFF | trfcpb << 48
            if tfaw is not None:
                if tfaw >> 8:
                    raise self._field("tfaw", tfaw)
                value = value & 0xFFFFFFFFFFFFFF00FFFFFFFFFFFFFFFF | tfaw << 64
            if trrd is not None:
                if trrd >> 8:
                    raise self._field("trrd", trrd)
                value = value & 0xFFFFFFFFFFFF00FFFFFFFFFFFFFFFFFF | trrd << 72
            if tccd_l is not None:
                if tccd_l >> 8:
                    raise self._field("tccd_l", tccd_l)
                value = value & 0xFFFFFFFFFF00FFFFFFFFFFFFFFFFFFFF | tccd_l << 80
            if twtr is not None:
                if twtr >> 8:
                    raise self._field("twtr", twtr)
                value = value & 0xFFFFFFFF00FFFFFFFFFFFFFFFFFFFFFF | twtr << 88
            if rl is not None:
                if rl >> 8:
                    raise self._field("rl", rl)
                value = value & 0xFFFFFF00FFFFFFFFFFFFFFFFFFFFFFFF | rl << 96
            if wl is not None:
                if wl >> 8:
                    raise self._field("wl", wl)
                value = value & 0xFFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF | wl << 104
        except TypeError:
            raise self._no_number({"": value, "trcd": trcd, "trp": trp, "tras": tras, "twr": twr, "trfc": trfc, "trfcpb": trfcpb, "tfaw": tfaw, "trrd": trrd, "tccd_l": tccd_l, "twtr": twtr, "rl": rl, "wl": wl}) from None
        self._store(value)

    def modify(self, *, trcd: int | None = None, trp: int | None = None, tras: int | None = None, twr: int | None = None, trfc: int | None = None, trfcpb: int | None = None, tfaw: int | None = None, trrd: int | None = None, tccd_l: int | None = None, twtr: int | None = None, rl: int | None = None, wl: int | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if trcd is not None:
                if trcd >> 8:
                    raise self._field("trcd", trcd)
                keep ^= 0xFF
                bits |= trcd
            if trp is not None:
                if trp >> 8:
                    raise self._field("trp", trp)
                keep ^= 0xFF00
                bits |= trp << 8
            if tras is not None:
                if tras >> 8:
                    raise self._field("tras", tras)
                keep ^= 0xFF0000
                bits |= tras << 16
            if twr is not None:
                if twr >> 8:
                    raise self._field("twr", twr)
                keep ^= 0xFF000000
                bits |= twr << 24
            if trfc is not None:
                if trfc >> 10:
                    raise self._field("trfc", trfc)
                keep ^= 0x3FF00000000
                bits |= trfc << 32
            if trfcpb is not None:
                if trfcpb >> 10:
                    raise self._field("trfcpb", trfcpb)
                keep ^= 0x3FF000000000000
                bits |= trfcpb << 48
            if tfaw is not None:
                if tfaw >> 8:
                    raise self._field("tfaw", tfaw)
                keep ^= 0xFF0000000000000000
                bits |= tfaw << 64
            if trrd is not None:
                if trrd >> 8:
                    raise self._field("trrd", trrd)
                keep ^= 0xFF000000000000000000
                bits |= trrd << 72
            if tccd_l is not None:
                if tccd_l >> 8:
                    raise self._field("tccd_l", tccd_l)
                keep ^= 0xFF00000000000000000000
                bits |= tccd_l << 80
            if twtr is not None:
                if twtr >> 8:
                    raise self._field("twtr", twtr)
                keep ^= 0xFF0000000000000000000000
                bits |= twtr << 88
            if rl is not None:
                if rl >> 8:
                    raise self._field("rl", rl)
                keep ^= 0xFF000000000000000000000000
                bits |= rl << 96
            if wl is not None:
                if wl >> 8:
                    raise self._field("wl", wl)
                keep ^= 0xFF00000000000000000000000000
                bits |= wl << 104
        except TypeError:
            raise self._no_number({"trcd": trcd, "trp": trp, "tras": tras, "twr": twr, "trfc": trfc, "trfcpb": trfcpb, "tfaw": tfaw, "trrd": trrd, "tccd_l": tccd_l, "twtr": twtr, "rl": rl, "wl": wl}) from None
        if keep != 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, trcd: int | None = None, trp: int | None = None, tras: int | None = None, twr: int | None = None, trfc: int | None = None, trfcpb: int | None = None, tfaw: int | None = None, trrd: int | None = None, tccd_l: int | None = None, twtr: int | None = None, rl: int | None = None, wl: int | None = None, timeout: int) -> TimingValue:
        mask = bits = 0
        try:
            if trcd is not None:
                if trcd >> 8:
                    raise self._field("trcd", trcd)
                mask |= 0xFF
                bits |= trcd
            if trp is not None:
                if trp >> 8:
                    raise self._field("trp", trp)
                mask |= 0xFF00
                bits |= trp << 8
            if tras is not None:
                if tras >> 8:
                    raise self._field("tras", tras)
                mask |= 0xFF0000
                bits |= tras << 16
            if twr is not None:
                if twr >> 8:
                    raise self._field("twr", twr)
                mask |= 0xFF000000
                bits |= twr << 24
            if trfc is not None:
                if trfc >> 10:
                    raise self._field("trfc", trfc)
                mask |= 0x3FF00000000
                bits |= trfc << 32
            if trfcpb is not None:
                if trfcpb >> 10:
                    raise self._field("trfcpb", trfcpb)
                mask |= 0x3FF000000000000
                bits |= trfcpb << 48
            if tfaw is not None:
                if tfaw >> 8:
                    raise self._field("tfaw", tfaw)
                mask |= 0xFF0000000000000000
                bits |= tfaw << 64
            if trrd is not None:
                if trrd >> 8:
                    raise self._field("trrd", trrd)
                mask |= 0xFF000000000000000000
                bits |= trrd << 72
            if tccd_l is not None:
                if tccd_l >> 8:
                    raise self._field("tccd_l", tccd_l)
                mask |= 0xFF00000000000000000000
                bits |= tccd_l << 80
            if twtr is not None:
                if twtr >> 8:
                    raise self._field("twtr", twtr)
                mask |= 0xFF0000000000000000000000
                bits |= twtr << 88
            if rl is not None:
                if rl >> 8:
                    raise self._field("rl", rl)
                mask |= 0xFF000000000000000000000000
                bits |= rl << 96
            if wl is not None:
                if wl >> 8:
                    raise self._field("wl", wl)
                mask |= 0xFF00000000000000000000000000
                bits |= wl << 104
        except TypeError:
            raise self._no_number({"trcd": trcd, "trp": trp, "tras": tras, "twr": twr, "trfc": trfc, "trfcpb": trfcpb, "tfaw": tfaw, "trrd": trrd, "tccd_l": tccd_l, "twtr": twtr, "rl": rl, "wl": wl}) from None
        return TimingValue(self._wait(mask, bits, timeout))


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


class Refresh(Register):
    """Refresh, and refresh management (row hammer). Too rare loses data, slowly."""
    __slots__ = ()
    Value = RefreshValue
    WIDTH = 64
    EFFECT = Effect.LOSES_DATA

    def read(self) -> RefreshValue:
        return RefreshValue(self._load())

    def write(self, value: int = 0x0, /, *, trefi: int | None = None, per_bank: bool | None = None, temp_scale: bool | None = None, raaimt: int | None = None, raammt: int | None = None, rfm_en: bool | None = None) -> None:
        try:
            if value >> 64:
                raise self._whole(value)
            if trefi is not None:
                if trefi >> 16:
                    raise self._field("trefi", trefi)
                value = value & 0xFFFFFFFFFFFF0000 | trefi
            if per_bank is not None:
                if per_bank >> 1:
                    raise self._field("per_bank", per_bank)
                value = value & 0xFFFFFFFFFFFEFFFF | per_bank << 16
            if temp_scale is not None:
                if temp_scale >> 1:
                    raise self._field("temp_scale", temp_scale)
                value = value & 0xFFFFFFFFFFFDFFFF | temp_scale << 17
            if raaimt is not None:
                if raaimt >> 10:
                    raise self._field("raaimt", raaimt)
                value = value & 0xFFFFFC00FFFFFFFF | raaimt << 32
            if raammt is not None:
                if raammt >> 10:
                    raise self._field("raammt", raammt)
                value = value & 0xFC00FFFFFFFFFFFF | raammt << 48
            if rfm_en is not None:
                if rfm_en >> 1:
                    raise self._field("rfm_en", rfm_en)
                value = value & 0x7FFFFFFFFFFFFFFF | rfm_en << 63
        except TypeError:
            raise self._no_number({"": value, "trefi": trefi, "per_bank": per_bank, "temp_scale": temp_scale, "raaimt": raaimt, "raammt": raammt, "rfm_en": rfm_en}) from None
        self._store(value)

    def modify(self, *, trefi: int | None = None, per_bank: bool | None = None, temp_scale: bool | None = None, raaimt: int | None = None, raammt: int | None = None, rfm_en: bool | None = None) -> None:
        keep = 0xFFFFFFFFFFFFFFFF
        bits = 0x0
        try:
            if trefi is not None:
                if trefi >> 16:
                    raise self._field("trefi", trefi)
                keep ^= 0xFFFF
                bits |= trefi
            if per_bank is not None:
                if per_bank >> 1:
                    raise self._field("per_bank", per_bank)
                keep ^= 0x10000
                bits |= per_bank << 16
            if temp_scale is not None:
                if temp_scale >> 1:
                    raise self._field("temp_scale", temp_scale)
                keep ^= 0x20000
                bits |= temp_scale << 17
            if raaimt is not None:
                if raaimt >> 10:
                    raise self._field("raaimt", raaimt)
                keep ^= 0x3FF00000000
                bits |= raaimt << 32
            if raammt is not None:
                if raammt >> 10:
                    raise self._field("raammt", raammt)
                keep ^= 0x3FF000000000000
                bits |= raammt << 48
            if rfm_en is not None:
                if rfm_en >> 1:
                    raise self._field("rfm_en", rfm_en)
                keep ^= 0x8000000000000000
                bits |= rfm_en << 63
        except TypeError:
            raise self._no_number({"trefi": trefi, "per_bank": per_bank, "temp_scale": temp_scale, "raaimt": raaimt, "raammt": raammt, "rfm_en": rfm_en}) from None
        if keep != 0xFFFFFFFFFFFFFFFF:
            self._store(self._load() & keep | bits)

    def wait(self, *, trefi: int | None = None, per_bank: bool | None = None, temp_scale: bool | None = None, raaimt: int | None = None, raammt: int | None = None, rfm_en: bool | None = None, timeout: int) -> RefreshValue:
        mask = bits = 0
        try:
            if trefi is not None:
                if trefi >> 16:
                    raise self._field("trefi", trefi)
                mask |= 0xFFFF
                bits |= trefi
            if per_bank is not None:
                if per_bank >> 1:
                    raise self._field("per_bank", per_bank)
                mask |= 0x10000
                bits |= per_bank << 16
            if temp_scale is not None:
                if temp_scale >> 1:
                    raise self._field("temp_scale", temp_scale)
                mask |= 0x20000
                bits |= temp_scale << 17
            if raaimt is not None:
                if raaimt >> 10:
                    raise self._field("raaimt", raaimt)
                mask |= 0x3FF00000000
                bits |= raaimt << 32
            if raammt is not None:
                if raammt >> 10:
                    raise self._field("raammt", raammt)
                mask |= 0x3FF000000000000
                bits |= raammt << 48
            if rfm_en is not None:
                if rfm_en >> 1:
                    raise self._field("rfm_en", rfm_en)
                mask |= 0x8000000000000000
                bits |= rfm_en << 63
        except TypeError:
            raise self._no_number({"trefi": trefi, "per_bank": per_bank, "temp_scale": temp_scale, "raaimt": raaimt, "raammt": raammt, "rfm_en": rfm_en}) from None
        return RefreshValue(self._wait(mask, bits, timeout))


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


class Regwen(Register):
    """Write protection of timing and refresh: clear to lock until reset."""
    __slots__ = ()
    Value = RegwenValue

    def read(self) -> RegwenValue:
        return RegwenValue(self.bus.read(self.address))

    def write(self, value: int = 0x1, /, *, writable: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                value = value & 0xFFFFFFFE | writable
        except TypeError:
            raise self._no_number({"": value, "writable": writable}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, writable: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0x1
            if writable:
                if writable >> 1:
                    raise self._field("writable", writable)
                bits |= writable
        except TypeError:
            raise self._no_number({"": value, "writable": writable}) from None
        if bits:
            self.bus.write(self.address, bits ^ 0x1)

    def wait(self, *, writable: bool | None = None, timeout: int) -> RegwenValue:
        mask = bits = 0
        try:
            if writable is not None:
                if writable >> 1:
                    raise self._field("writable", writable)
                mask |= 0x1
                bits |= writable
        except TypeError:
            raise self._no_number({"writable": writable}) from None
        return RegwenValue(self._wait(mask, bits, timeout))


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


class MrCmd(Register):
    """Mode register access of one channel."""
    __slots__ = ()
    Value = MrCmdValue
    EFFECT = Effect.LOSES_DATA

    def read(self) -> MrCmdValue:
        return MrCmdValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, addr: int | None = None, data: int | None = None, channel: int | None = None, start: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if addr is not None:
                if addr >> 4:
                    raise self._field("addr", addr)
                value = value & 0xFFFFFFF0 | addr
            if data is not None:
                if data >> 8:
                    raise self._field("data", data)
                value = value & 0xFFFF00FF | data << 8
            if channel is not None:
                if channel >> 2:
                    raise self._field("channel", channel)
                value = value & 0xFFFCFFFF | channel << 16
            if start is not None:
                if start >> 1:
                    raise self._field("start", start)
                value = value & 0x7FFFFFFF | start << 31
        except TypeError:
            raise self._no_number({"": value, "addr": addr, "data": data, "channel": channel, "start": start}) from None
        self.bus.write(self.address, value)

    def modify(self, *, addr: int | None = None, data: int | None = None, channel: int | None = None) -> None:
        keep = 0x7FFFFFFF
        bits = 0x0
        try:
            if addr is not None:
                if addr >> 4:
                    raise self._field("addr", addr)
                keep ^= 0xF
                bits |= addr
            if data is not None:
                if data >> 8:
                    raise self._field("data", data)
                keep ^= 0xFF00
                bits |= data << 8
            if channel is not None:
                if channel >> 2:
                    raise self._field("channel", channel)
                keep ^= 0x30000
                bits |= channel << 16
        except TypeError:
            raise self._no_number({"addr": addr, "data": data, "channel": channel}) from None
        if keep != 0x7FFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One read, one write; none if no bit is given."""
        try:
            bits = 0
            if start:
                if start >> 1:
                    raise self._field("start", start)
                bits |= start << 31
        except TypeError:
            raise self._no_number({"start": start}) from None
        if bits:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & 0x7FFFFFFF | bits)

    def wait(self, *, addr: int | None = None, data: int | None = None, channel: int | None = None, timeout: int) -> MrCmdValue:
        mask = bits = 0
        try:
            if addr is not None:
                if addr >> 4:
                    raise self._field("addr", addr)
                mask |= 0xF
                bits |= addr
            if data is not None:
                if data >> 8:
                    raise self._field("data", data)
                mask |= 0xFF00
                bits |= data << 8
            if channel is not None:
                if channel >> 2:
                    raise self._field("channel", channel)
                mask |= 0x30000
                bits |= channel << 16
        except TypeError:
            raise self._no_number({"addr": addr, "data": data, "channel": channel}) from None
        return MrCmdValue(self._wait(mask, bits, timeout))


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


class MrRdata(Register):
    """Mode register as read by the last access."""
    __slots__ = ()
    Value = MrRdataValue

    def read(self) -> MrRdataValue:
        return MrRdataValue(self.bus.read(self.address))

    def wait(self, *, data: int | None = None, timeout: int) -> MrRdataValue:
        mask = bits = 0
        try:
            if data is not None:
                if data >> 8:
                    raise self._field("data", data)
                mask |= 0xFF
                bits |= data
        except TypeError:
            raise self._no_number({"data": data}) from None
        return MrRdataValue(self._wait(mask, bits, timeout))


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


class Thermal(Register):
    """Temperature of the stack as the controller knows it."""
    __slots__ = ()
    Value = ThermalValue

    def read(self) -> ThermalValue:
        return ThermalValue(self.bus.read(self.address))

    def wait(self, *, celsius: int | None = None, band: int | None = None, timeout: int) -> ThermalValue:
        mask = bits = 0
        try:
            if celsius is not None:
                if celsius >> 8:
                    raise self._field("celsius", celsius)
                mask |= 0xFF
                bits |= celsius
            if band is not None:
                if band >> 3:
                    raise self._field("band", band)
                mask |= 0x700
                bits |= band << 8
        except TypeError:
            raise self._no_number({"celsius": celsius, "band": band}) from None
        return ThermalValue(self._wait(mask, bits, timeout))


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


class EccCtrl(Register):
    """ECC. Turning it off loses data silently; the scrub may come and go under traffic."""
    __slots__ = ()
    Value = EccCtrlValue

    def read(self) -> EccCtrlValue:
        return EccCtrlValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, corr_en: bool | None = None, scrub_en: bool | None = None, wr_bypass: bool | None = None, scrub_ms: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if corr_en is not None:
                if corr_en >> 1:
                    raise self._field("corr_en", corr_en)
                value = value & 0xFFFFFFFE | corr_en
            if scrub_en is not None:
                if scrub_en >> 1:
                    raise self._field("scrub_en", scrub_en)
                value = value & 0xFFFFFFFD | scrub_en << 1
            if wr_bypass is not None:
                if wr_bypass >> 1:
                    raise self._field("wr_bypass", wr_bypass)
                value = value & 0xFFFFFFFB | wr_bypass << 2
            if scrub_ms is not None:
                if scrub_ms >> 16:
                    raise self._field("scrub_ms", scrub_ms)
                value = value & 0xFFFF | scrub_ms << 16
        except TypeError:
            raise self._no_number({"": value, "corr_en": corr_en, "scrub_en": scrub_en, "wr_bypass": wr_bypass, "scrub_ms": scrub_ms}) from None
        self.bus.write(self.address, value)

    def modify(self, *, corr_en: bool | None = None, scrub_en: bool | None = None, wr_bypass: bool | None = None, scrub_ms: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if corr_en is not None:
                if corr_en >> 1:
                    raise self._field("corr_en", corr_en)
                keep ^= 0x1
                bits |= corr_en
            if scrub_en is not None:
                if scrub_en >> 1:
                    raise self._field("scrub_en", scrub_en)
                keep ^= 0x2
                bits |= scrub_en << 1
            if wr_bypass is not None:
                if wr_bypass >> 1:
                    raise self._field("wr_bypass", wr_bypass)
                keep ^= 0x4
                bits |= wr_bypass << 2
            if scrub_ms is not None:
                if scrub_ms >> 16:
                    raise self._field("scrub_ms", scrub_ms)
                keep ^= 0xFFFF0000
                bits |= scrub_ms << 16
        except TypeError:
            raise self._no_number({"corr_en": corr_en, "scrub_en": scrub_en, "wr_bypass": wr_bypass, "scrub_ms": scrub_ms}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, corr_en: bool | None = None, scrub_en: bool | None = None, wr_bypass: bool | None = None, scrub_ms: int | None = None, timeout: int) -> EccCtrlValue:
        mask = bits = 0
        try:
            if corr_en is not None:
                if corr_en >> 1:
                    raise self._field("corr_en", corr_en)
                mask |= 0x1
                bits |= corr_en
            if scrub_en is not None:
                if scrub_en >> 1:
                    raise self._field("scrub_en", scrub_en)
                mask |= 0x2
                bits |= scrub_en << 1
            if wr_bypass is not None:
                if wr_bypass >> 1:
                    raise self._field("wr_bypass", wr_bypass)
                mask |= 0x4
                bits |= wr_bypass << 2
            if scrub_ms is not None:
                if scrub_ms >> 16:
                    raise self._field("scrub_ms", scrub_ms)
                mask |= 0xFFFF0000
                bits |= scrub_ms << 16
        except TypeError:
            raise self._no_number({"corr_en": corr_en, "scrub_en": scrub_en, "wr_bypass": wr_bypass, "scrub_ms": scrub_ms}) from None
        return EccCtrlValue(self._wait(mask, bits, timeout))


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


class ScrubStatus(Register):
    """Scrub."""
    __slots__ = ()
    Value = ScrubStatusValue

    def read(self) -> ScrubStatusValue:
        return ScrubStatusValue(self.bus.read(self.address))

    def wait(self, *, passes: int | None = None, address: int | None = None, timeout: int) -> ScrubStatusValue:
        mask = bits = 0
        try:
            if passes is not None:
                if passes >> 8:
                    raise self._field("passes", passes)
                mask |= 0xFF
                bits |= passes
            if address is not None:
                if address >> 20:
                    raise self._field("address", address)
                mask |= 0xFFFFF00
                bits |= address << 8
        except TypeError:
            raise self._no_number({"passes": passes, "address": address}) from None
        return ScrubStatusValue(self._wait(mask, bits, timeout))


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
            if value >> 32:
                raise self._whole(value)
            if start is not None:
                if start >> 1:
                    raise self._field("start", start)
                value = value & 0xFFFFFFFE | start
        except TypeError:
            raise self._no_number({"": value, "start": start}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, start: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if start:
                if start >> 1:
                    raise self._field("start", start)
                bits |= start
        except TypeError:
            raise self._no_number({"start": start}) from None
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


class Elapsed(Register):
    """How long the present initialisation or seed has been running, or how long the last one took."""
    __slots__ = ()
    Value = ElapsedValue

    def read(self) -> ElapsedValue:
        return ElapsedValue(self.bus.read(self.address))

    def wait(self, *, us: int | None = None, timeout: int) -> ElapsedValue:
        mask = bits = 0
        try:
            if us is not None:
                if us >> 32:
                    raise self._field("us", us)
                mask |= 0xFFFFFFFF
                bits |= us
        except TypeError:
            raise self._no_number({"us": us}) from None
        return ElapsedValue(self._wait(mask, bits, timeout))


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
            if value >> 32:
                raise self._whole(value)
            if clear is not None:
                if clear >> 1:
                    raise self._field("clear", clear)
                value = value & 0xFFFFFFFE | clear
        except TypeError:
            raise self._no_number({"": value, "clear": clear}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, clear: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if clear:
                if clear >> 1:
                    raise self._field("clear", clear)
                bits |= clear
        except TypeError:
            raise self._no_number({"clear": clear}) from None
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
            if value >> 32:
                raise self._whole(value)
            if one_bit is not None:
                if one_bit >> 1:
                    raise self._field("one_bit", one_bit)
                value = value & 0xFFFFFFFE | one_bit
            if two_bits is not None:
                if two_bits >> 1:
                    raise self._field("two_bits", two_bits)
                value = value & 0xFFFFFFFD | two_bits << 1
        except TypeError:
            raise self._no_number({"": value, "one_bit": one_bit, "two_bits": two_bits}) from None
        self.bus.write(self.address, value)

    def pulse(self, *, one_bit: bool = False, two_bits: bool = False) -> None:
        """Pulse the bits given; the others stay. One write, no read; none if no bit is given."""
        try:
            bits = 0
            if one_bit:
                if one_bit >> 1:
                    raise self._field("one_bit", one_bit)
                bits |= one_bit
            if two_bits:
                if two_bits >> 1:
                    raise self._field("two_bits", two_bits)
                bits |= two_bits << 1
        except TypeError:
            raise self._no_number({"one_bit": one_bit, "two_bits": two_bits}) from None
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


class CeThresh(Register):
    """Corrected errors of a channel that raise the interrupt."""
    __slots__ = ()
    Value = CeThreshValue

    def read(self) -> CeThreshValue:
        return CeThreshValue(self.bus.read(self.address))

    def write(self, value: int = 0xFF, /, *, count: int | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                value = value & 0xFFFFFF00 | count
        except TypeError:
            raise self._no_number({"": value, "count": count}) from None
        self.bus.write(self.address, value)

    def modify(self, *, count: int | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                keep ^= 0xFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, count: int | None = None, timeout: int) -> CeThreshValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return CeThreshValue(self._wait(mask, bits, timeout))


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


class IntrState(Register):
    """Interrupts. Evidence: one owner reads, then clears; kept over all resets but power-on."""
    __slots__ = ()
    Value = IntrStateValue
    EFFECT = Effect.DESTROYS_EVIDENCE

    def read(self) -> IntrStateValue:
        return IntrStateValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if ce_storm is not None:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                value = value & 0xFFFFFFFE | ce_storm
            if ue is not None:
                if ue >> 1:
                    raise self._field("ue", ue)
                value = value & 0xFFFFFFFD | ue << 1
            if dfi_lost is not None:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                value = value & 0xFFFFFFFB | dfi_lost << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                value = value & 0xFFFFFFF7 | cattrip << 3
        except TypeError:
            raise self._no_number({"": value, "ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        self.bus.write(self.address, value)

    def clear(self, value: int = 0, /, *, ce_storm: bool = False, ue: bool = False, dfi_lost: bool = False, cattrip: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            if value >> 32:
                raise self._whole(value)
            bits = value & 0xF
            if ce_storm:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                bits |= ce_storm
            if ue:
                if ue >> 1:
                    raise self._field("ue", ue)
                bits |= ue << 1
            if dfi_lost:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                bits |= dfi_lost << 2
            if cattrip:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                bits |= cattrip << 3
        except TypeError:
            raise self._no_number({"": value, "ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        if bits:
            self.bus.write(self.address, bits)

    def wait(self, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None, timeout: int) -> IntrStateValue:
        mask = bits = 0
        try:
            if ce_storm is not None:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                mask |= 0x1
                bits |= ce_storm
            if ue is not None:
                if ue >> 1:
                    raise self._field("ue", ue)
                mask |= 0x2
                bits |= ue << 1
            if dfi_lost is not None:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                mask |= 0x4
                bits |= dfi_lost << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                mask |= 0x8
                bits |= cattrip << 3
        except TypeError:
            raise self._no_number({"ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        return IntrStateValue(self._wait(mask, bits, timeout))


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


class IntrEn(Register):
    """Interrupt enables."""
    __slots__ = ()
    Value = IntrEnValue

    def read(self) -> IntrEnValue:
        return IntrEnValue(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        try:
            if value >> 32:
                raise self._whole(value)
            if ce_storm is not None:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                value = value & 0xFFFFFFFE | ce_storm
            if ue is not None:
                if ue >> 1:
                    raise self._field("ue", ue)
                value = value & 0xFFFFFFFD | ue << 1
            if dfi_lost is not None:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                value = value & 0xFFFFFFFB | dfi_lost << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                value = value & 0xFFFFFFF7 | cattrip << 3
        except TypeError:
            raise self._no_number({"": value, "ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        self.bus.write(self.address, value)

    def modify(self, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None) -> None:
        keep = 0xFFFFFFFF
        bits = 0x0
        try:
            if ce_storm is not None:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                keep ^= 0x1
                bits |= ce_storm
            if ue is not None:
                if ue >> 1:
                    raise self._field("ue", ue)
                keep ^= 0x2
                bits |= ue << 1
            if dfi_lost is not None:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                keep ^= 0x4
                bits |= dfi_lost << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                keep ^= 0x8
                bits |= cattrip << 3
        except TypeError:
            raise self._no_number({"ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    def wait(self, *, ce_storm: bool | None = None, ue: bool | None = None, dfi_lost: bool | None = None, cattrip: bool | None = None, timeout: int) -> IntrEnValue:
        mask = bits = 0
        try:
            if ce_storm is not None:
                if ce_storm >> 1:
                    raise self._field("ce_storm", ce_storm)
                mask |= 0x1
                bits |= ce_storm
            if ue is not None:
                if ue >> 1:
                    raise self._field("ue", ue)
                mask |= 0x2
                bits |= ue << 1
            if dfi_lost is not None:
                if dfi_lost >> 1:
                    raise self._field("dfi_lost", dfi_lost)
                mask |= 0x4
                bits |= dfi_lost << 2
            if cattrip is not None:
                if cattrip >> 1:
                    raise self._field("cattrip", cattrip)
                mask |= 0x8
                bits |= cattrip << 3
        except TypeError:
            raise self._no_number({"ce_storm": ce_storm, "ue": ue, "dfi_lost": dfi_lost, "cattrip": cattrip}) from None
        return IntrEnValue(self._wait(mask, bits, timeout))


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


class ActMon(Register):
    """Activations, for rates."""
    __slots__ = ()
    Value = ActMonValue

    def read(self) -> ActMonValue:
        return ActMonValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> ActMonValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 32:
                    raise self._field("count", count)
                mask |= 0xFFFFFFFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return ActMonValue(self._wait(mask, bits, timeout))


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


class ClkRate(Register):
    """The controller's clock, which timing and refresh are counted in."""
    __slots__ = ()
    Value = ClkRateValue

    def read(self) -> ClkRateValue:
        return ClkRateValue(self.bus.read(self.address))

    def wait(self, *, mhz: int | None = None, timeout: int) -> ClkRateValue:
        mask = bits = 0
        try:
            if mhz is not None:
                if mhz >> 16:
                    raise self._field("mhz", mhz)
                mask |= 0xFFFF
                bits |= mhz
        except TypeError:
            raise self._no_number({"mhz": mhz}) from None
        return ClkRateValue(self._wait(mask, bits, timeout))


class CeValue(Value):
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


class Ce(Register):
    """Corrected errors."""
    __slots__ = ()
    Value = CeValue

    def read(self) -> CeValue:
        return CeValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> CeValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return CeValue(self._wait(mask, bits, timeout))


class UeValue(Value):
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


class Ue(Register):
    """Uncorrectable errors."""
    __slots__ = ()
    Value = UeValue

    def read(self) -> UeValue:
        return UeValue(self.bus.read(self.address))

    def wait(self, *, count: int | None = None, timeout: int) -> UeValue:
        mask = bits = 0
        try:
            if count is not None:
                if count >> 8:
                    raise self._field("count", count)
                mask |= 0xFF
                bits |= count
        except TypeError:
            raise self._no_number({"count": count}) from None
        return UeValue(self._wait(mask, bits, timeout))


class CeAddrValue(Value):
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


class CeAddr(Register):
    """Address of the first corrected error; frozen until ecc_clr."""
    __slots__ = ()
    Value = CeAddrValue
    WIDTH = 64

    def read(self) -> CeAddrValue:
        return CeAddrValue(self._load())

    def wait(self, *, low: int | None = None, high: int | None = None, valid: bool | None = None, timeout: int) -> CeAddrValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 8:
                    raise self._field("high", high)
                mask |= 0xFF00000000
                bits |= high << 32
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x8000000000000000
                bits |= valid << 63
        except TypeError:
            raise self._no_number({"low": low, "high": high, "valid": valid}) from None
        return CeAddrValue(self._wait(mask, bits, timeout))


class UeAddrValue(Value):
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


class UeAddr(Register):
    """Address of the first uncorrectable error; frozen until ecc_clr."""
    __slots__ = ()
    Value = UeAddrValue
    WIDTH = 64

    def read(self) -> UeAddrValue:
        return UeAddrValue(self._load())

    def wait(self, *, low: int | None = None, high: int | None = None, valid: bool | None = None, timeout: int) -> UeAddrValue:
        mask = bits = 0
        try:
            if low is not None:
                if low >> 32:
                    raise self._field("low", low)
                mask |= 0xFFFFFFFF
                bits |= low
            if high is not None:
                if high >> 8:
                    raise self._field("high", high)
                mask |= 0xFF00000000
                bits |= high << 32
            if valid is not None:
                if valid >> 1:
                    raise self._field("valid", valid)
                mask |= 0x8000000000000000
                bits |= valid << 63
        except TypeError:
            raise self._no_number({"low": low, "high": high, "valid": valid}) from None
        return UeAddrValue(self._wait(mask, bits, timeout))


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
        Child("ce", 0x0, Ce),
        Child("ue", 0x4, Ue),
        Child("ce_addr", 0x8, CeAddr),
        Child("ue_addr", 0x10, UeAddr),
    )
    ce: Ce
    ue: Ue
    ce_addr: CeAddr
    ue_addr: UeAddr


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
