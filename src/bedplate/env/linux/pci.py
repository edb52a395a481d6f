"""The environment `pci:DEVICE[?option=value&...]`: a chip in a slot of this machine, its BARs mapped through sysfs, in real time.

    pci:auto                               the only device of the chip's own identity
    pci:0000:01:00.0                       the device at that place, which must have that identity; also 01:00.0
    pci:01:00.0?readonly=1&chip=...        looks at a device, whatever it is used for

vendor=, device=    the identity, where it is another (16 bits each)
timeout=65          seconds that one access may take, an hour at most
direct=1            map it in this very process
readonly=1          only look: nothing is enabled, cleared or written, and a driver of the kernel may have the device
chip=tern           which chip it is

The chip's addresses are offsets in BAR 0; the other BARs and configuration space are ports of the same bus (`ports.py`).

The device is enabled where it was not, and stays so. What sits there is looked at in its configuration space, which answers
even when the chip does not, before anything is mapped; then the canary is read, before anything else is.

Accesses are made in a child process (see `broker.py`), because an access can be a SIGBUS: where a driver claims the BAR (Linux
5.12 and newer, with CONFIG_IO_STRICT_DEVMEM), where the device is removed from sysfs, and on ARM where a read is lost. With
`direct=1` such an access ends this process: for benches, and for workers that may die.

Start reading at `attachment.py` for how a lost link comes back, at `bar.py` for how an error is told from data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bedplate.bus import Bus, ReadOnly, s
from bedplate.converge import Chip
from bedplate.env.linux import broker, sysfs
from bedplate.env.linux.attachment import Attached, Attachment
from bedplate.env.linux.broker import Broker
from bedplate.env.linux.ports import FunctionPorts
from bedplate.env.linux.sysfs import SysfsFunction
from bedplate.env.linux.writer import Writer, writer_of
from bedplate.env.owner import Owner
from bedplate.env.targets import Target
from bedplate.errors import AccessError, EnvError, OutOfRange

IDENTITIES = range(0xFFFF)
"""Of vendors and devices: all ones is none."""

LONGEST = s(3600)
"""ns: no single access takes longer."""


ONCE = ("at", "vendor", "device", "timeout", "direct", "readonly")
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    target.require_known(*ONCE)
    _identity(target, chip)
    _limit(target)
    target.is_on("direct")
    _at(target)
    if target.is_on("readonly") and target.write and target.all("write"):
        raise AccessError(
            "a target to be looked at is not written to", where=target.where, wanted="readonly=1 or write=1"
        )


def open_bus(target: Target, chip: type[Chip]) -> Attachment | ReadOnly:
    """The raw bus; nothing is read from the chip. Who is to write has the writer's lease before the device is touched.

    Raises UnknownName, AccessError, EnvError, NotOwner for another writer, and LinkDown for a dead device.
    """
    check(target, chip)
    vendor, device = _identity(target, chip)
    limit = _limit(target)
    direct, looks = target.is_on("direct"), target.is_on("readonly")
    at = _at(target)
    reader = Owner(f"pci:{at}")

    def attach() -> Attached:
        if at != "auto":
            place = sysfs.SYSFS / at
        elif vendor is not None and device is not None:
            place = sysfs.find(vendor, device)
        else:
            raise AccessError("pci:auto wants an identity", wanted="vendor= and device=", next="`lspci -nn` shows them")
        function = SysfsFunction(place)
        function.check(vendor, device, looks)
        writer = _writer(place) if target.write and not looks else None
        owner = writer.owner if writer is not None else reader

        def ports() -> FunctionPorts:
            made = FunctionPorts(function)
            if looks:
                function.look()
                return made
            function.attach()
            if chip.canary is not None:  # what cannot be opened is said here, before anything is read
                made.open(chip.canary.address)
            return made

        bus: Bus = ports() if direct else Broker(ports, [] if writer is None else [writer.fd], limit, owner)
        return Attached(bus, owner, writer, (*function.notes(), *_beyond(function, chip)))

    attachment = Attachment(attach, chip.canary)
    return ReadOnly(attachment) if looks else attachment


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs: a PCI bus."""
    count = len(list(sysfs.SYSFS.glob("*")))
    yield "PCI bus", f"{count} devices" if count else "", "a machine with PCI, and /sys mounted"


def _writer(place: Path) -> Writer:
    """The writer's lease, on the file that gives access to the first BAR: root's alone. Raises EnvError, NotOwner."""
    found = [place / f"resource{bar}" for bar in range(6) if (place / f"resource{bar}").exists()]
    try:
        writer = writer_of(found[0] if found else place / "resource0")
    except OSError as error:
        cause, next = sysfs.why_not()
        raise EnvError(
            "the kernel does not let us map BAR 0", where=place.name, got=str(error), cause=cause, next=next
        ) from error
    writer.take()
    return writer


def _at(target: Target) -> str:
    """Which device, as sysfs names it; or `auto`. Raises AccessError."""
    at = target.one("at") or ""
    return at if at == "auto" else sysfs.address_of(at)


def _identity(target: Target, chip: type[Chip]) -> tuple[int | None, int | None]:
    """What the device must be: what the target says, else what the chip does."""
    vendor, device = (target.number(name, f"a {name} id", IDENTITIES, base=16) for name in ("vendor", "device"))
    return (vendor, device) if (vendor, device) != (None, None) else chip.pci_id or (None, None)


def _beyond(function: SysfsFunction, chip: type[Chip]) -> Iterator[str]:
    """What of the chip BAR 0 is too small for."""
    size, end = function.bar_size(), max(reach.stop for reach in chip.ports)
    if size < end and chip.ports is not Chip.ports:
        yield f"{function.name}: BAR 0 has {size:#x} bytes, the chip is out of reach from there to {end - 1:#x}"


def _limit(target: Target) -> int:
    """How long an access may take, in ns. Raises AccessError, OutOfRange."""
    given = target.one("timeout")
    try:
        limit = s(float(given.encode("ascii"))) if given is not None else broker.LIMIT
    except (ValueError, OverflowError):
        limit = 0
    if not 0 < limit <= LONGEST:
        raise OutOfRange(
            "cannot read a time",
            where=target.where,
            wanted="seconds, such as 65, an hour at most",
            got=f"timeout={given}",
        )
    return limit
