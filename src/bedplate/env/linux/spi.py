"""The environment `spi:NODE[,NODE...][?option=value&...]`: a chip behind the SPI bridges at its ports, in real time.

    spi:/dev/spidev0.0,/dev/spidev0.1      the nodes of the chip's ports, in the chip's order; one may do without the later ones

speed=10000000      clock rate in Hz, at most
chip=tern           which chip it is

A session with a bridge is exclusive, so whoever only reads needs the writer's lease too, from the first frame on (see `writer.py`).
Start reading at `spidev.py` for the kernel's side, at `env/spi` for the frames.
"""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bedplate.bus import Request, Split, often
from bedplate.converge import Chip
from bedplate.env.linux import clock
from bedplate.env.linux.spidev import Ioctl, Spidev
from bedplate.env.spi import SpiBus
from bedplate.env.targets import Target
from bedplate.errors import AccessError, OutOfReach

SPEED = 10_000_000
"""Hz: what the bridge is made for."""

SPEEDS = range(1, 1 << 32)
"""Hz: what the kernel's interface can say."""


class SpiPorts(Split):
    """The bridges at a chip's ports as one bus. `missing` are the ports that have no node."""

    def __init__(self, links: Sequence[tuple[range, SpiBus]], missing: Sequence[int] = ()) -> None:
        super().__init__(links)
        self.links = [link for _, link in links]
        self.owners = tuple(link.owner for link in self.links)
        self._missing = tuple(
            f"no node for port {port} of the chip: what is behind it is out of reach" for port in missing
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What is out of reach, and what went wrong on the lines and was put right."""
        wrong = ", ".join(f"{name} {often(count)}" for name, count in sorted(self.errors.items()))
        return self._missing + ((f"frames were sent again: {wrong}",) if wrong else ())

    def transact(self, request: Request) -> Sequence[int]:
        for owner in self.owners:
            owner.enter()
        try:
            return super().transact(request)
        except OutOfReach as error:
            error.cause, error.next = "; ".join(self._missing), "name a node for each port of the chip"
            raise

    @property
    def errors(self) -> Counter[str]:
        """What went wrong on all the lines and was put right, by name (see `SpiBus.errors`)."""
        return sum((link.errors for link in self.links), Counter())


ONCE = ("at", "speed")
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    target.require_known(*ONCE)
    _speed(target)
    nodes = _nodes(target)
    if len(nodes) > len(chip.ports):
        raise AccessError(
            f"{len(nodes)} nodes", where=f"chip {chip.name}", wanted=f"at most {len(chip.ports)}, one a port"
        )


def _speed(target: Target) -> int:
    return target.number("speed", "a clock rate, in Hz", SPEEDS) or SPEED


def _nodes(target: Target) -> list[str]:
    return (target.one("at") or "").split(",")


def open_bus(target: Target, chip: type[Chip], ioctl: Ioctl = fcntl.ioctl) -> SpiPorts:
    """The raw bus. No frame is moved before the first access. Raises UnknownName, AccessError, EnvError, NotOwner."""
    check(target, chip)
    speed, nodes = _speed(target), _nodes(target)
    devices = [Spidev(node, speed, ioctl, target.write) for node in nodes]
    return SpiPorts(
        [
            (reach, SpiBus(device.transfer, clock.now, clock.sleep, port, owner=device.owner, longest=device.limit))
            for port, (reach, device) in enumerate(zip(chip.ports, devices, strict=False))
        ],
        range(len(nodes), len(chip.ports)),
    )


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs: a node."""
    nodes = sorted(str(node) for node in Path("/dev").glob("spidev*"))
    yield "spidev", ", ".join(nodes), "modprobe spidev, and a device of the controller's device tree bound to it"
