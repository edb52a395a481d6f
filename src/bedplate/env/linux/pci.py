"""The environment `pci:DEVICE[?option=value&...]`: a chip in a slot of this machine, its BAR 0 mapped through sysfs, in real time.

    pci:auto                               the only device of the chip's own identity
    pci:0000:01:00.0                       the device at that place, which must have that identity

vendor=, device=    the identity, where it is another (16 bits each)
timeout=65          seconds that one access may take, an hour at most
direct=1            map it in this very process
chip=tern           which chip it is

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

from bedplate.bus import Bus, s
from bedplate.converge import Chip
from bedplate.env.linux import broker, sysfs
from bedplate.env.linux.attachment import Attached, Attachment
from bedplate.env.linux.bar import Bar
from bedplate.env.linux.broker import Broker
from bedplate.env.linux.sysfs import SysfsFunction
from bedplate.env.linux.writer import Writer, writer_of
from bedplate.env.owner import Owner
from bedplate.env.targets import Target
from bedplate.errors import AccessError, EnvError, OutOfRange

IDENTITIES = range(0xFFFF)
"""Of vendors and devices: all ones is none."""

LONGEST = s(3600)
"""ns: no single access takes longer."""


ONCE = ("at", "vendor", "device", "timeout", "direct")
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    target.require_known(*ONCE)
    _identity(target, chip)
    _limit(target)
    target.is_on("direct")


def open_bus(target: Target, chip: type[Chip]) -> Attachment:
    """The raw bus; nothing is read from the chip. Who is to write has the writer's lease before the device is touched.

    Raises UnknownName, AccessError, EnvError, NotOwner for another writer, and LinkDown for a dead device.
    """
    check(target, chip)
    vendor, device = _identity(target, chip)
    limit = _limit(target)
    direct = target.is_on("direct")
    at = target.one("at") or ""
    reader = Owner(f"pci:{at}")

    def attach() -> Attached:
        if at != "auto":
            place = sysfs.SYSFS / at
        elif vendor is not None and device is not None:
            place = sysfs.find(vendor, device)
        else:
            raise AccessError("pci:auto wants an identity", wanted="vendor= and device=", next="`lspci -nn` shows them")
        function = SysfsFunction(place)
        function.check(vendor, device)
        writer = _writer(place) if target.write else None
        owner = writer.owner if writer is not None else reader

        def bar() -> Bar:
            return Bar(function.attach(), function.judge)

        bus: Bus = bar() if direct else Broker(bar, [] if writer is None else [writer.fd], limit, owner)
        return Attached(bus, owner, writer, (*function.notes(), *_beyond(function, chip)))

    return Attachment(attach, chip.canary)


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs: a PCI bus."""
    count = len(list(sysfs.SYSFS.glob("*")))
    yield "PCI bus", f"{count} devices" if count else "", "a machine with PCI, and /sys mounted"


def _writer(place: Path) -> Writer:
    """The writer's lease, on the file that gives access to BAR 0: root's alone. Raises EnvError, NotOwner."""
    try:
        writer = writer_of(place / "resource0")
    except OSError as error:
        cause, next = sysfs.why_not()
        raise EnvError(
            "the kernel does not let us map BAR 0", where=place.name, got=str(error), cause=cause, next=next
        ) from error
    writer.take()
    return writer


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
