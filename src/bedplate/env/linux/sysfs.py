"""A PCI function as the kernel shows it: its folder in sysfs. Nothing here touches the chip behind its BARs.

Configuration space answers even when the chip does not, so it is what is asked first, and what tells an error from data.
Offsets and bits are those of the type 0 header (PCI Local Bus Specification 3.0, section 6.2).
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from bedplate.errors import AccessError, BusFault, EnvError, LinkDown, NotReady, UnsupportedRequest

SYSFS = Path("/sys/bus/pci/devices")

LOCKDOWN = Path("/sys/kernel/security/lockdown")
"""How much of the machine the kernel keeps from root, in brackets among what it could: `none [integrity] confidentiality`."""

COMMAND, MEMORY_SPACE = 4, 0x2
"""Offset of the command register, and its bit that lets the function answer at its BARs."""
STATUS, SIGNALED_TARGET_ABORT = 6, 0x800
"""Offset of the status register, and its bit that says: an access was completed with an error. Writing 1 clears it."""
UNSUPPORTED = 0x8
"""Bit of PCI Express's device status that says: a request was not supported. Writing 1 clears it."""
CAPABILITIES, LISTED, EXPRESS, DEVICE_STATUS = 0x34, 0x10, 0x10, 0x0A
"""Offset of the pointer to the list of capabilities; the bit of the status register that there is one; PCI Express's id in it (PCI
Express Base Specification 4.0, section 7.5.3), and where in it the device status is."""
RETRY = 0x0001
"""What a vendor id reads as while a device answers with a retry status (section 2.3.2)."""
BARS = 0x10
"""Offset of the first of six base address registers, 32 bits each; one of 64 bits takes two."""
BAR_FLAGS = 0xF
"""Bits of a memory BAR that are no address."""
MEMORY, MEMORY_64 = 0x200, 0x10_0000
"""The kernel's flags of a resource: IORESOURCE_MEM, IORESOURCE_MEM_64 (<linux/ioport.h>)."""


class SysfsFunction:
    """A function at its place. Its configuration space is held open from `attach` on, or from `look`, which changes nothing of it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.name = place.name
        self._looks = False
        self._noted = 0
        """Errors that were noted before, where they are not ours to clear: of those nothing can be told any more."""

    def __del__(self) -> None:
        if hasattr(self, "_config"):
            os.close(self._config)

    def check(self, vendor: int | None, device: int | None, look: bool = False) -> None:
        """That a device answers, is what was wanted (None: any), and is nobody else's, unless it is only to be looked at.

        Raises EnvError, LinkDown for all ones, NotReady for one that asks for another try.
        """
        try:
            with (self.place / "config").open("rb", buffering=0) as file:
                head = file.read(4)
        except OSError as error:
            raise EnvError(
                "no such PCI device",
                where=self.name,
                got=error.strerror or "",
                next="`lspci -nn` lists what is there; rescan, if it came late: echo 1 > /sys/bus/pci/rescan",
            ) from error
        found = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little")
        if found[0] in (0xFFFF, RETRY):
            raise self._silent("a vendor id", found[0])
        for name, have, want in zip(("vendor", "device"), found, (vendor, device), strict=True):
            if want not in (None, have):
                raise EnvError(
                    f"this PCI device has another {name}",
                    where=self.name,
                    wanted=f"0x{want:04x}",
                    got=f"0x{have:04x}",
                    next="`lspci -nn` lists what is there; vendor= and device= say what else it may be",
                )
        if (self.place / "driver").is_symlink() and not look:
            raise EnvError(
                "a kernel driver owns this PCI device",
                where=self.name,
                got=(self.place / "driver").readlink().name,
                cause="another device than was meant, or one that needs no kernel driver while Bedplate has it",
                next=f"readonly=1 only looks, beside a driver; only if it is the right one: echo {self.name} > {self.place}/driver/unbind",
            )

    def attach(self) -> None:
        """Make it a function that is enabled and has no error noted any more.

        The kernel counts enables, so only a function that is not enabled is, and it stays so. One that was reset since the kernel
        set it up, as by a link that was down, before the first attachment or after it, gets back the addresses that the kernel
        has assigned to it: enabling it alone turns its memory space on, and its BARs say 0 then. Raises EnvError, LinkDown.
        """
        doing = "enable it"
        try:
            if text(self.place / "enable") == "0":
                (self.place / "enable").write_text("1")
            doing = "open its configuration space"
            self._config = os.open(self.place / "config", os.O_RDWR | os.O_CLOEXEC)
            command, status = self._command_and_status()
            assigned = self._assigned()
            if not command & MEMORY_SPACE or any(self._is_cleared(*bar) for bar in assigned):
                doing = "give it back its addresses"
                self._restore(command, assigned)
            if not self._command_and_status()[0] & MEMORY_SPACE:
                raise EnvError(
                    "the PCI device is enabled, but its memory space is off",
                    where=self.name,
                    cause="it was reset behind the kernel's back, and does not take its addresses back",
                    next=f"echo 1 > {self.place}/remove; echo 1 > /sys/bus/pci/rescan",
                )
            self._clear(status & SIGNALED_TARGET_ABORT, self._unsupported())  # of somebody before us
        except (OSError, ValueError) as error:
            cause, next = why_not()
            raise EnvError(
                f"the kernel does not let us {doing}", where=self.name, got=str(error), cause=cause, next=next
            ) from error

    def look(self) -> None:
        """Open configuration space to be read alone: nothing is enabled, cleared or given back. Raises EnvError, LinkDown, NotReady."""
        self._looks = True
        try:
            self._config = os.open(self.place / "config", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise EnvError("the kernel does not let us look", where=self.name, got=str(error)) from error
        self._noted = self._command_and_status()[1] & SIGNALED_TARGET_ABORT | self._unsupported()

    def map(self, bar: int) -> memoryview:
        """A BAR, whole; of a function that is only looked at, to be read alone. The mapping lives as long as the view. Raises EnvError."""
        if self._looks and not self._command_and_status()[0] & MEMORY_SPACE:
            raise EnvError(
                "the PCI device's memory space is off",
                where=self.name,
                cause="nobody has enabled it, and who only looks does not",
                next="its configuration space can be looked at; a target without readonly=1 enables it",
            )
        access, protection = (
            (os.O_RDONLY, mmap.PROT_READ) if self._looks else (os.O_RDWR, mmap.PROT_READ | mmap.PROT_WRITE)
        )
        try:
            fd = os.open(self.place / f"resource{bar}", access | os.O_SYNC | os.O_CLOEXEC)
            try:
                return memoryview(mmap.mmap(fd, os.fstat(fd).st_size, prot=protection))
            finally:
                os.close(fd)
        except (OSError, ValueError) as error:
            cause, next = why_not(f"a driver that keeps it for itself, or a device without a BAR {bar} in memory")
            raise EnvError(
                f"the kernel does not let us map BAR {bar}",
                where=self.name,
                got=str(error),
                cause=cause,
                next=next,
            ) from error

    @property
    def size(self) -> int:
        """Bytes of configuration space."""
        return os.fstat(self._config).st_size

    def read(self, offset: int, size: int) -> int:
        """One configuration read of 1, 2 or 4 bytes. Raises LinkDown for a device that is removed, EnvError for what is not shown to us."""
        try:
            data = os.pread(self._config, size, offset)
        except OSError as error:  # the kernel has removed the device
            raise self._silent("configuration space", got=error.strerror or "") from error
        if len(data) < size:
            raise EnvError(f"only root sees configuration space at 0x{offset:x}", where=self.name, next="be root")
        return int.from_bytes(data, "little")

    def write(self, offset: int, value: int, size: int) -> None:
        """One configuration write of 1, 2 or 4 bytes. Raises LinkDown."""
        try:
            os.pwrite(self._config, value.to_bytes(size, "little"), offset)
        except OSError as error:
            raise self._silent("configuration space", got=error.strerror or "") from error

    def require_present(self) -> None:
        """Raise LinkDown, NotReady for a function that does not answer."""
        self._command_and_status()

    def bar_size(self) -> int:
        """Bytes of BAR 0; 0 for a device without one."""
        try:
            return (self.place / "resource0").stat().st_size
        except OSError:
            return 0

    def judge(self, doing: str, address: int) -> None:
        """Whether the access before this was answered well: one read of configuration space, which a posted write cannot outrun.

        Raises BusFault for a target abort, UnsupportedRequest for what that says, whose note is cleared; LinkDown for a function that
        is gone, or was reset, NotReady for one that was reset just now. Who only looks clears nothing, and hears of each kind once.
        """
        command, status = self._command_and_status()
        if not command & MEMORY_SPACE:
            raise LinkDown(
                f"the PCI device was reset behind us, seen after {doing} 0x{address:08x}",
                where=self.name,
                wanted="memory space on",
                got="off",
                cause="a reset of the function or its bus, or another device in the slot",
                next="the next access attaches anew; if the BARs are lost, remove the device and rescan",
            )
        aborted, unsupported = status & SIGNALED_TARGET_ABORT & ~self._noted, self._unsupported() & ~self._noted
        if aborted or unsupported:
            self._clear(aborted, unsupported)
        if aborted:
            raise BusFault(
                f"{doing} was completed with a target abort",
                where=f"0x{address:08x}",
                cause="the block refused, or the fabric answered for it: without power or clock, in reset, or hung",
            )
        if unsupported:
            raise UnsupportedRequest(
                f"{doing} was answered as unsupported",
                where=f"0x{address:08x}",
                cause="nothing of the function is there, the access is too wide for it, or it is powered down (D3)",
            )

    def notes(self) -> tuple[str, ...]:
        """What is worse with the link than it could be; empty for a conventional device, whose link nobody tells of."""
        return tuple(self._degraded())

    def _degraded(self) -> Iterator[str]:
        for name, before in (("speed", ""), ("width", "x")):
            now, most = text(self.place / f"current_link_{name}"), text(self.place / f"max_link_{name}")
            if _number(now) < _number(most):
                yield f"{self.name}: degraded link: {name} {before}{now} of {before}{most}"

    def _assigned(self) -> list[tuple[int, bytes]]:
        """What the kernel has assigned to the memory BARs (`resource`: first, last, flags): offset of the register, its bytes."""
        found = []
        for index, line in enumerate(text(self.place / "resource").splitlines()[:6]):
            first, _, flags = (int(word, 16) for word in line.split())
            if flags & MEMORY and first:
                found.append((BARS + 4 * index, first.to_bytes(8 if flags & MEMORY_64 else 4, "little")))
        return found

    def _is_cleared(self, offset: int, address: bytes) -> bool:
        """Whether a BAR says 0, as after a reset. Another address than the kernel's is none of ours: buses may count otherwise."""
        held = int.from_bytes(os.pread(self._config, len(address), offset), "little")
        return held & ~BAR_FLAGS == 0

    def _restore(self, command: int, assigned: list[tuple[int, bytes]]) -> None:
        """Write the memory BARs as the kernel has assigned them, with memory space off, and turn it on."""
        if command & MEMORY_SPACE:
            os.pwrite(self._config, (command & ~MEMORY_SPACE).to_bytes(2, "little"), COMMAND)
        for offset, address in assigned:
            os.pwrite(self._config, address, offset)
        os.pwrite(self._config, (command | MEMORY_SPACE).to_bytes(2, "little"), COMMAND)

    def _command_and_status(self) -> tuple[int, int]:
        both = self.read(COMMAND, 4)
        if both == 0xFFFF_FFFF:
            raise self._silent("a status register", self.read(0, 2))
        return both & 0xFFFF, both >> 16

    def _unsupported(self) -> int:
        """The device status's note of an unsupported request; 0 of a function that is none of PCI Express."""
        return self.read(self._express + DEVICE_STATUS, 2) & UNSUPPORTED if self._express else 0

    @cached_property
    def _express(self) -> int:
        """Where its PCI Express capability is; 0 where it has none."""
        at = self.read(CAPABILITIES, 1) & 0xFC if self.read(STATUS, 2) & LISTED else 0
        with suppress(EnvError):  # the list is shown to root alone
            for _ in range(48):  # as many as there is room for
                if at < 0x40 or self.read(at, 1) == EXPRESS:
                    return at
                at = self.read(at + 1, 1) & 0xFC
        return 0

    def _clear(self, aborted: int, unsupported: int) -> None:
        """Clear these notes, by writing 1; who only looks remembers them."""
        if self._looks:
            self._noted |= aborted | unsupported
            return
        if aborted:
            self.write(STATUS, aborted, 2)
        if unsupported:
            self.write(self._express + DEVICE_STATUS, unsupported, 2)

    def _silent(self, wanted: str, vendor: int = 0xFFFF, got: str = "all ones") -> LinkDown:
        if vendor == RETRY:
            return NotReady(
                "the PCI device is not ready yet",
                where=self.name,
                wanted=wanted,
                got="a configuration request retry status",
                cause="it was reset or powered up just now; it has a second, or says that it takes longer",
                next="again in a second; a device that stays so does not come up: power and firmware of the card",
            )
        return LinkDown(
            "the PCI device does not answer",
            where=self.name,
            wanted=wanted,
            got=got,
            cause="link down, or device without power",
            next="check power and slot, then remove and rescan the device",
        )


def why_not(otherwise: str = "a device without a BAR in memory") -> tuple[str, str]:
    """What may keep us from a device, and what helps: nobody but root has its files, and under lockdown (secure boot) root has not either."""
    if os.geteuid():
        return "not root", "be root"
    if (mode := re.search(r"\[(\w+)\]", text(LOCKDOWN))) and mode[1] != "none":
        return (
            f"kernel lockdown ({mode[1]}), as secure boot has it: nobody reaches a BAR from user space, root included",
            "turn secure boot off in the firmware's setup (or `mokutil --disable-validation`); or go over SPI: spi:, route:",
        )
    return otherwise, "`lspci -v` shows its regions"


ADDRESS = re.compile(r"(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])", re.IGNORECASE)
"""A function's address: domain, which is 0 where it is left out, bus, device and function, in hexadecimal."""


def address_of(text: str) -> str:
    """A function's address as sysfs has it, of one that is short or in capitals. Raises AccessError for what is none."""
    found = ADDRESS.fullmatch(text)
    if found is None:
        raise AccessError(
            "cannot read the address of a PCI device",
            where=f"pci:{text}",
            wanted="0000:01:00.0, or 01:00.0; auto",
            got=text,
        )
    return f"{found[1] or '0000'}:{found[2]}".lower()


def find(vendor: int, device: int) -> Path:
    """The place of the only device of that identity. Raises EnvError for none or several."""
    ours = (f"0x{vendor:04x}", f"0x{device:04x}")
    found = sorted(place for place in SYSFS.glob("*") if (text(place / "vendor"), text(place / "device")) == ours)
    if len(found) != 1:
        raise EnvError(
            f"{len(found) or 'no'} PCI devices {vendor:04x}:{device:04x}",
            wanted="one",
            got=", ".join(place.name for place in found),
            next="name one: pci:" + found[0].name
            if found
            else "`lspci -nn` lists what is there; rescan, if it came late: echo 1 > /sys/bus/pci/rescan",
        )
    return found[0]


def text(path: Path) -> str:
    """What an attribute says; nothing for one that is not there."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _number(value: str) -> float:
    """The number that a link attribute begins with (`8.0 GT/s PCIe`, `16`); `Unknown` and absence say nothing."""
    try:
        return float(value.split()[0])
    except (ValueError, IndexError):
        return float("nan")
