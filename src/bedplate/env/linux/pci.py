"""The door `pci:DEVICE[?option=value&...]`: a chip in a slot of this machine, its BAR 0 mapped through sysfs, in real time.

    pci:0000:01:00.0                       the device at that place
    pci:auto?vendor=0x1234&device=0x11e8   the only device of that identity

vendor=, device=    what the device must be (16 bits each)
chip=tern           which chip it is

The device is enabled where it was not, and stays so. What sits there is looked at in its configuration space, which answers
even when the chip does not, before anything is mapped.

**What this door does not promise: to survive SIGBUS.** On x86 a read from a device that has gone is completed with all ones by
the root port, and the guard above makes a LinkDown of it. But where the kernel takes the mapping away, the next access is a
SIGBUS: when a driver claims the BAR (5.12 and newer, with CONFIG_IO_STRICT_DEVMEM), and before 5.12 when the device is removed
from sysfs (hot-unplug, `remove`). On ARM a lost read can be an external abort: SIGBUS, or the end of the kernel. (Believed,
not yet tried; spdk issue 2873 saw an unplug without SIGBUS on 5.15.) Python cannot survive it in the process itself: a handler
returns into the same load. So a process that must live opens this door in a child; nothing is lost with it, since everything is in the chip.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bedplate.converge import Chip
from bedplate.env.linux.bar import Bar
from bedplate.env.targets import Target
from bedplate.errors import AccessError, EnvError, LinkDown

SYSFS = Path("/sys/bus/pci/devices")

COMMAND, MEMORY_SPACE = 4, 0x2
"""Offset of the command register in configuration space, and its bit that lets the device answer at its BARs."""


def open_bus(target: Target, chip: type[Chip]) -> Bar:
    """The raw bus; nothing is read from the chip. Raises UnknownName, AccessError, EnvError, and LinkDown for a dead device."""
    target.require_known("at", "vendor", "device")
    wanted = _identity(target, "vendor"), _identity(target, "device")
    place = find(*wanted) if target.all("at")[0] == "auto" else SYSFS / target.all("at")[0]
    check(place, *wanted)
    enable(place)
    return Bar(mapped(place))


def find(vendor: int | None, device: int | None) -> Path:
    """The only device of that identity. Raises AccessError when none was given, EnvError for none or several."""
    if vendor is None or device is None:
        raise AccessError("pci:auto wants an identity", wanted="vendor= and device=", next="`lspci -nn` shows them")
    ours = (f"0x{vendor:04x}", f"0x{device:04x}")
    found = sorted(place for place in SYSFS.glob("*") if (_text(place / "vendor"), _text(place / "device")) == ours)
    if len(found) != 1:
        raise EnvError(
            f"{len(found) or 'no'} PCI devices {vendor:04x}:{device:04x}",
            wanted="one",
            got=", ".join(place.name for place in found),
            next="name one: pci:" + found[0].name
            if found
            else "`lspci -nn` lists what is there; rescan, if it came late",
        )
    return found[0]


def check(place: Path, vendor: int | None, device: int | None) -> None:
    """That a device answers in configuration space, is what was wanted, and is nobody else's.

    Raises EnvError, and LinkDown for all ones.
    """
    try:
        head = configuration(place)
    except FileNotFoundError as error:
        raise EnvError(
            "no such PCI device",
            where=place.name,
            next="`lspci -nn` lists what is there; rescan, if it came late: echo 1 > /sys/bus/pci/rescan",
        ) from error
    found = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:4], "little")
    if found[0] == 0xFFFF:
        raise LinkDown(
            "the PCI device does not answer",
            where=place.name,
            wanted="a vendor id",
            got="all ones",
            cause="link down, or device without power",
            next="check power and slot, then remove and rescan the device",
        )
    for name, have, want in zip(("vendor", "device"), found, (vendor, device), strict=True):
        if want not in (None, have):
            raise EnvError(
                f"this PCI device has another {name}", where=place.name, wanted=f"0x{want:04x}", got=f"0x{have:04x}"
            )
    if (place / "driver").is_symlink():
        raise EnvError(
            "a kernel driver owns this PCI device",
            where=place.name,
            got=(place / "driver").readlink().name,
            cause="another device than was meant, or one that needs no kernel driver while Bedplate has it",
            next=f"only if it is the right one: echo {place.name} > {place}/driver/unbind",
        )


def enable(place: Path) -> None:
    """Let the device answer at its BARs. The kernel counts enables, so only one that is not enabled is. Raises EnvError."""
    try:
        if _text(place / "enable") == "0":
            (place / "enable").write_text("1")
    except OSError as error:
        raise _refused("enable", place, error) from error
    if not configuration(place)[COMMAND] & MEMORY_SPACE:
        raise EnvError(
            "the PCI device is enabled, but its memory space is off",
            where=place.name,
            cause="it was reset behind the kernel's back",
            next=f"echo 1 > {place}/remove; echo 1 > /sys/bus/pci/rescan",
        )


def mapped(place: Path) -> memoryview:
    """BAR 0, whole. The mapping lives as long as the view. Raises EnvError."""
    try:
        fd = os.open(place / "resource0", os.O_RDWR | os.O_SYNC)
        try:
            size = os.fstat(fd).st_size
            return memoryview(mmap.mmap(fd, size))
        finally:
            os.close(fd)
    except (OSError, ValueError) as error:
        raise _refused("map BAR 0", place, error) from error


def configuration(place: Path) -> bytes:
    """The standard header of a device's configuration space. Raises OSError."""
    with (place / "config").open("rb", buffering=0) as file:
        return file.read(64)


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this door needs: a PCI bus."""
    count = len(list(SYSFS.glob("*")))
    yield "PCI bus", f"{count} devices" if count else "", "a machine with PCI, and /sys mounted"


def _refused(doing: str, place: Path, error: Exception) -> EnvError:
    return EnvError(
        f"the kernel does not let us {doing}",
        where=place.name,
        got=str(error),
        cause="not root, kernel lockdown (secure boot), or a device without a BAR 0",
        next="be root",
    )


def _identity(target: Target, option: str) -> int | None:
    given: Sequence[str] = target.all(option)
    try:
        number = int(given[-1], 16) if given else None
    except ValueError:
        number = -1
    if number is not None and not 0 <= number < 0xFFFF:
        raise AccessError(f"cannot read a {option} id", where=f"{option}={given[-1]}", wanted="16 bits, such as 0x1234")
    return number


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""
