"""A PCI function as the kernel shows it: its folder in sysfs. Nothing here touches the chip behind BAR 0.

Configuration space answers even when the chip does not, so it is what is asked first, and what tells an error from data.
Offsets and bits are those of the type 0 header (PCI Local Bus Specification 3.0, section 6.2).
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from pathlib import Path

from bedplate.errors import BusFault, EnvError, LinkDown

SYSFS = Path("/sys/bus/pci/devices")

LOCKDOWN = Path("/sys/kernel/security/lockdown")
"""How much of the machine the kernel keeps from root, in brackets among what it could: `none [integrity] confidentiality`."""

COMMAND, MEMORY_SPACE = 4, 0x2
"""Offset of the command register, and its bit that lets the function answer at its BARs."""
STATUS, SIGNALED_TARGET_ABORT = 6, 0x800
"""Offset of the status register, and its bit that says: an access was completed with an error. Writing 1 clears it."""
BARS = 0x10
"""Offset of the first of six base address registers, 32 bits each; one of 64 bits takes two."""
BAR_FLAGS = 0xF
"""Bits of a memory BAR that are no address."""
MEMORY, MEMORY_64 = 0x200, 0x10_0000
"""The kernel's flags of a resource: IORESOURCE_MEM, IORESOURCE_MEM_64 (<linux/ioport.h>)."""


class SysfsFunction:
    """A function at its place. Its configuration space is held open from `attach` on."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.name = place.name

    def __del__(self) -> None:
        if hasattr(self, "_config"):
            os.close(self._config)

    def check(self, vendor: int | None, device: int | None) -> None:
        """That a device answers, is what was wanted (None: any), and is nobody else's. Raises EnvError, LinkDown for all ones."""
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
        if found[0] == 0xFFFF:
            raise self._silent("a vendor id")
        for name, have, want in zip(("vendor", "device"), found, (vendor, device), strict=True):
            if want not in (None, have):
                raise EnvError(
                    f"this PCI device has another {name}",
                    where=self.name,
                    wanted=f"0x{want:04x}",
                    got=f"0x{have:04x}",
                    next="`lspci -nn` lists what is there; vendor= and device= say what else it may be",
                )
        if (self.place / "driver").is_symlink():
            raise EnvError(
                "a kernel driver owns this PCI device",
                where=self.name,
                got=(self.place / "driver").readlink().name,
                cause="another device than was meant, or one that needs no kernel driver while Bedplate has it",
                next=f"only if it is the right one: echo {self.name} > {self.place}/driver/unbind",
            )

    def attach(self) -> memoryview:
        """BAR 0, whole, of a function that is enabled and has no error noted any more. The mapping lives as long as the view.

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
            if status & SIGNALED_TARGET_ABORT:  # of somebody before us
                self._clear_abort()
            doing = "map BAR 0"
            fd = os.open(self.place / "resource0", os.O_RDWR | os.O_SYNC | os.O_CLOEXEC)
            try:
                return memoryview(mmap.mmap(fd, os.fstat(fd).st_size))
            finally:
                os.close(fd)
        except (OSError, ValueError) as error:
            cause, next = why_not()
            raise EnvError(
                f"the kernel does not let us {doing}", where=self.name, got=str(error), cause=cause, next=next
            ) from error

    def bar_size(self) -> int:
        """Bytes of BAR 0; 0 for a device without one."""
        try:
            return (self.place / "resource0").stat().st_size
        except OSError:
            return 0

    def judge(self, doing: str, address: int) -> None:
        """Whether the access before this was answered well: one read of configuration space, which a posted write cannot outrun.

        Raises BusFault for a target abort, whose note is cleared; LinkDown for a function that is gone, or was reset.
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
        if status & SIGNALED_TARGET_ABORT:
            self._clear_abort()
            raise BusFault(
                f"{doing} was completed with a target abort",
                where=f"0x{address:08x}",
                cause="the block refused, or the fabric answered for it: without power or clock, in reset, or hung",
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
        try:
            both = os.pread(self._config, 4, COMMAND)
        except OSError as error:  # the kernel has removed the device
            raise self._silent("configuration space", error.strerror or "") from error
        if both == b"\xff\xff\xff\xff":
            raise self._silent("a status register")
        return int.from_bytes(both[:2], "little"), int.from_bytes(both[2:], "little")

    def _clear_abort(self) -> None:
        os.pwrite(self._config, SIGNALED_TARGET_ABORT.to_bytes(2, "little"), STATUS)

    def _silent(self, wanted: str, got: str = "all ones") -> LinkDown:
        return LinkDown(
            "the PCI device does not answer",
            where=self.name,
            wanted=wanted,
            got=got,
            cause="link down, or device without power",
            next="check power and slot, then remove and rescan the device",
        )


def why_not() -> tuple[str, str]:
    """What may keep us from a device, and what helps: nobody but root has its files, and under lockdown (secure boot) root has not either."""
    if os.geteuid():
        return "not root", "be root"
    if (mode := re.search(r"\[(\w+)\]", text(LOCKDOWN))) and mode[1] != "none":
        return (
            f"kernel lockdown ({mode[1]}), as secure boot has it: nobody reaches a BAR from user space, root included",
            "turn secure boot off in the firmware's setup (or `mokutil --disable-validation`); or go over SPI: spi:, route:",
        )
    return "a device without a BAR 0, or whose BAR 0 is no memory", "`lspci -v` shows its regions"


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
