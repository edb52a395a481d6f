# Generated from pci.rdl by `bedplate gen`; do not edit. Digest of the description: 92b74c49f6ed39ba.
# fmt: off

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reg import (
    Child,
    Effect,
    Field,
    ReadableRegister,
    RegisterBlock,
    Value,
)


class IdValue(Value):
    """Who it is. All ones where no function answers."""
    __slots__ = ()
    NAME = "id"
    FIELDS = (
        Field("vendor", 0, 16, sw="r", hw="na", reset=None),
        Field("device", 16, 16, sw="r", hw="na", reset=None),
    )

    @property
    def vendor(self) -> int:
        """Vendor ID; 0xFFFF is no vendor; bits 15:0, r."""
        return self & 0xFFFF

    @property
    def device(self) -> int:
        """Device ID; bits 31:16, r."""
        return self >> 16 & 0xFFFF


class Id(ReadableRegister):
    """Who it is. All ones where no function answers."""
    __slots__ = ()
    Value = IdValue

    def read(self) -> IdValue:
        return IdValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, vendor: int = ..., device: int = ..., timeout: int) -> IdValue: ...


class CommandValue(Value):
    """Command."""
    __slots__ = ()
    NAME = "command"
    WIDTH = 16
    FIELDS = (
        Field("io", 0, 1),
        Field("memory", 1, 1),
        Field("master", 2, 1),
        Field("parity", 6, 1),
        Field("serr", 8, 1),
        Field("intx_off", 10, 1),
    )

    @property
    def io(self) -> bool:
        """I/O space: answers at its I/O BARs; bit 0, rw."""
        return (self & 0x1) != 0

    @property
    def memory(self) -> bool:
        """Memory space: answers at its memory BARs; bit 1, rw."""
        return (self & 0x2) != 0

    @property
    def master(self) -> bool:
        """Bus master: may access memory by itself; bit 2, rw."""
        return (self & 0x4) != 0

    @property
    def parity(self) -> bool:
        """Parity error response; bit 6, rw."""
        return (self & 0x40) != 0

    @property
    def serr(self) -> bool:
        """SERR# enable; bit 8, rw."""
        return (self & 0x100) != 0

    @property
    def intx_off(self) -> bool:
        """INTx assertion disabled; bit 10, rw."""
        return (self & 0x400) != 0


class Command(ReadableRegister):
    """Command."""
    __slots__ = ()
    Value = CommandValue
    WIDTH = 16
    ACCESS = 16
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> CommandValue:
        return CommandValue(self.bus.read(self.address, 2))

    def write(self, value: int = 0x0, /, *, io: bool | None = None, memory: bool | None = None, master: bool | None = None, parity: bool | None = None, serr: bool | None = None, intx_off: bool | None = None) -> None:
        try:
            word, over = value, value >> 16
            if io is not None: word = word & 0xFFFE | io; over |= io >> 1
            if memory is not None: word = word & 0xFFFD | memory << 1; over |= memory >> 1
            if master is not None: word = word & 0xFFFB | master << 2; over |= master >> 1
            if parity is not None: word = word & 0xFFBF | parity << 6; over |= parity >> 1
            if serr is not None: word = word & 0xFEFF | serr << 8; over |= serr >> 1
            if intx_off is not None: word = word & 0xFBFF | intx_off << 10; over |= intx_off >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, io=io, memory=memory, master=master, parity=parity, serr=serr, intx_off=intx_off)
        self.bus.write(self.address, word, 2)

    def modify(self, *, io: bool | None = None, memory: bool | None = None, master: bool | None = None, parity: bool | None = None, serr: bool | None = None, intx_off: bool | None = None) -> None:
        try:
            keep, bits, over = 0xFFFF, 0x0, 0
            if io is not None: keep ^= 0x1; bits |= io; over |= io >> 1
            if memory is not None: keep ^= 0x2; bits |= memory << 1; over |= memory >> 1
            if master is not None: keep ^= 0x4; bits |= master << 2; over |= master >> 1
            if parity is not None: keep ^= 0x40; bits |= parity << 6; over |= parity >> 1
            if serr is not None: keep ^= 0x100; bits |= serr << 8; over |= serr >> 1
            if intx_off is not None: keep ^= 0x400; bits |= intx_off << 10; over |= intx_off >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", io=io, memory=memory, master=master, parity=parity, serr=serr, intx_off=intx_off)
        if keep != 0xFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address, 2) & keep | bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, io: bool = ..., memory: bool = ..., master: bool = ..., parity: bool = ..., serr: bool = ..., intx_off: bool = ..., timeout: int) -> CommandValue: ...


class StatusValue(Value):
    """Status."""
    __slots__ = ()
    NAME = "status"
    WIDTH = 16
    FIELDS = (
        Field("interrupt", 3, 1, sw="r", hw="w", reset=None),
        Field("capabilities", 4, 1, sw="r", hw="w", reset=None),
        Field("master_parity", 8, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("target_abort_given", 11, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("target_abort_got", 12, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("master_abort_got", 13, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("system_error", 14, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
        Field("parity_error", 15, 1, hw="w", onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
    )

    @property
    def interrupt(self) -> bool:
        """An INTx interrupt is pending; bit 3, r."""
        return (self & 0x8) != 0

    @property
    def capabilities(self) -> bool:
        """There is a list of capabilities; bit 4, r."""
        return (self & 0x10) != 0

    @property
    def master_parity(self) -> bool:
        """Data parity error as a master; bit 8, rw, woclr."""
        return (self & 0x100) != 0

    @property
    def target_abort_given(self) -> bool:
        """Ended a transaction by target abort; bit 11, rw, woclr."""
        return (self & 0x800) != 0

    @property
    def target_abort_got(self) -> bool:
        """Its own transaction ended by target abort; bit 12, rw, woclr."""
        return (self & 0x1000) != 0

    @property
    def master_abort_got(self) -> bool:
        """Its own transaction ended by master abort; bit 13, rw, woclr."""
        return (self & 0x2000) != 0

    @property
    def system_error(self) -> bool:
        """Asserted SERR#; bit 14, rw, woclr."""
        return (self & 0x4000) != 0

    @property
    def parity_error(self) -> bool:
        """Parity error seen; bit 15, rw, woclr."""
        return (self & 0x8000) != 0


class Status(ReadableRegister):
    """Status."""
    __slots__ = ()
    Value = StatusValue
    WIDTH = 16
    ACCESS = 16

    def read(self) -> StatusValue:
        return StatusValue(self.bus.read(self.address, 2))

    def write(self, value: int = 0x0, /, *, master_parity: bool | None = None, target_abort_given: bool | None = None, target_abort_got: bool | None = None, master_abort_got: bool | None = None, system_error: bool | None = None, parity_error: bool | None = None) -> None:
        try:
            word, over = value, value >> 16
            if master_parity is not None: word = word & 0xFEFF | master_parity << 8; over |= master_parity >> 1
            if target_abort_given is not None: word = word & 0xF7FF | target_abort_given << 11; over |= target_abort_given >> 1
            if target_abort_got is not None: word = word & 0xEFFF | target_abort_got << 12; over |= target_abort_got >> 1
            if master_abort_got is not None: word = word & 0xDFFF | master_abort_got << 13; over |= master_abort_got >> 1
            if system_error is not None: word = word & 0xBFFF | system_error << 14; over |= system_error >> 1
            if parity_error is not None: word = word & 0x7FFF | parity_error << 15; over |= parity_error >> 1
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, master_parity=master_parity, target_abort_given=target_abort_given, target_abort_got=target_abort_got, master_abort_got=master_abort_got, system_error=system_error, parity_error=parity_error)
        self.bus.write(self.address, word, 2)

    def clear(self, value: int = 0, /, *, master_parity: bool = False, target_abort_given: bool = False, target_abort_got: bool = False, master_abort_got: bool = False, system_error: bool = False, parity_error: bool = False) -> None:
        """Clear the bits given, and those set in `value`; the others stay. One write, no read; none if no bit is given."""
        try:
            over, bits = value >> 16, value & 0xF900
            if master_parity: bits |= master_parity << 8; over |= master_parity >> 1
            if target_abort_given: bits |= target_abort_given << 11; over |= target_abort_given >> 1
            if target_abort_got: bits |= target_abort_got << 12; over |= target_abort_got >> 1
            if master_abort_got: bits |= master_abort_got << 13; over |= master_abort_got >> 1
            if system_error: bits |= system_error << 14; over |= system_error >> 1
            if parity_error: bits |= parity_error << 15; over |= parity_error >> 1
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("clear", value, master_parity=master_parity, target_abort_given=target_abort_given, target_abort_got=target_abort_got, master_abort_got=master_abort_got, system_error=system_error, parity_error=parity_error)
        if bits:
            self.bus.write(self.address, bits, 2)

    if TYPE_CHECKING:
        def wait(self, *, interrupt: bool = ..., capabilities: bool = ..., master_parity: bool = ..., target_abort_given: bool = ..., target_abort_got: bool = ..., master_abort_got: bool = ..., system_error: bool = ..., parity_error: bool = ..., timeout: int) -> StatusValue: ...


class ClassRevisionValue(Value):
    """Revision and class code."""
    __slots__ = ()
    NAME = "class_revision"
    FIELDS = (
        Field("revision", 0, 8, sw="r", hw="na", reset=None),
        Field("class_code", 8, 24, sw="r", hw="na", reset=None),
    )

    @property
    def revision(self) -> int:
        """Bits 7:0, r."""
        return self & 0xFF

    @property
    def class_code(self) -> int:
        """Base class, sub-class and programming interface; bits 31:8, r."""
        return self >> 8 & 0xFFFFFF


class ClassRevision(ReadableRegister):
    """Revision and class code."""
    __slots__ = ()
    Value = ClassRevisionValue

    def read(self) -> ClassRevisionValue:
        return ClassRevisionValue(self.bus.read(self.address))

    if TYPE_CHECKING:
        def wait(self, *, revision: int = ..., class_code: int = ..., timeout: int) -> ClassRevisionValue: ...


class Bar0Value(Value):
    """Base address 0. Bits of the address below the size of the BAR are 0 whatever is written."""
    __slots__ = ()
    NAME = "bar0"
    FIELDS = (
        Field("io", 0, 1, sw="r", hw="na", reset=None),
        Field("width", 1, 2, sw="r", hw="na", reset=None),
        Field("prefetchable", 3, 1, sw="r", hw="na", reset=None),
        Field("base", 4, 28),
    )

    @property
    def io(self) -> bool:
        """1: in I/O space; bit 0, r."""
        return (self & 0x1) != 0

    @property
    def width(self) -> int:
        """0: 32 bits; 2: 64 bits, with the next BAR as upper half; bits 2:1, r."""
        return self >> 1 & 0x3

    @property
    def prefetchable(self) -> bool:
        """Bit 3, r."""
        return (self & 0x8) != 0

    @property
    def base(self) -> int:
        """Address, bits 31 to 4; bits 31:4, rw."""
        return self >> 4 & 0xFFFFFFF


class Bar0(ReadableRegister):
    """Base address 0. Bits of the address below the size of the BAR are 0 whatever is written."""
    __slots__ = ()
    Value = Bar0Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Bar0Value:
        return Bar0Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, base: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if base is not None: word = word & 0xF | base << 4; over |= base >> 28
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, base=base)
        self.bus.write(self.address, word)

    def modify(self, *, base: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if base is not None: keep ^= 0xFFFFFFF0; bits |= base << 4; over |= base >> 28
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", base=base)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, io: bool = ..., width: int = ..., prefetchable: bool = ..., base: int = ..., timeout: int) -> Bar0Value: ...


class Bar1Value(Value):
    """Base address 1; the upper half of a 64-bit BAR 0."""
    __slots__ = ()
    NAME = "bar1"
    FIELDS = (
        Field("base", 0, 32),
    )

    @property
    def base(self) -> int:
        """Bits 63 to 32; bits 31:0, rw."""
        return self & 0xFFFFFFFF


class Bar1(ReadableRegister):
    """Base address 1; the upper half of a 64-bit BAR 0."""
    __slots__ = ()
    Value = Bar1Value
    EFFECT = Effect.STOPS_TRAFFIC

    def read(self) -> Bar1Value:
        return Bar1Value(self.bus.read(self.address))

    def write(self, value: int = 0x0, /, *, base: int | None = None) -> None:
        try:
            word, over = value, value >> 32
            if base is not None: word = base; over |= base >> 32
            if over or not isinstance(word, int): raise TypeError
        except TypeError:
            return self._again("write", value, base=base)
        self.bus.write(self.address, word)

    def modify(self, *, base: int | None = None) -> None:
        try:
            keep, bits, over = 0xFFFFFFFF, 0x0, 0
            if base is not None: keep ^= 0xFFFFFFFF; bits |= base; over |= base >> 32
            if over or not isinstance(bits, int): raise TypeError
        except TypeError:
            return self._again("modify", base=base)
        if keep != 0xFFFFFFFF:
            bus = self.bus
            bus.write(self.address, bus.read(self.address) & keep | bits)

    if TYPE_CHECKING:
        def wait(self, *, base: int = ..., timeout: int) -> Bar1Value: ...


class PciRegs(RegisterBlock):
    """PCI function
    Configuration space header, type 0.
    """
    __slots__ = (
        "id",
        "command",
        "status",
        "class_revision",
        "bar0",
        "bar1",
    )
    SIZE = 0x18
    CHILDREN = (
        Child("id", 0x0, Id),
        Child("command", 0x4, Command),
        Child("status", 0x6, Status),
        Child("class_revision", 0x8, ClassRevision),
        Child("bar0", 0x10, Bar0),
        Child("bar1", 0x14, Bar1),
    )
    id: Id
    command: Command
    status: Status
    class_revision: ClassRevision
    bar0: Bar0
    bar1: Bar1
